"""Small rules for text that addresses, indexes and look-ups share."""

from __future__ import annotations

import re
import unicodedata

_NOT_SLUG = re.compile(r"[\W_]+")


#: Controls, those that turn text around, and halves of characters (in names of files that are not UTF-8).
_NOT_PRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(name: str) -> str:
    """A name that others chose, safe to print and to store: what could move a cursor or turn text around becomes U+FFFD."""
    return _NOT_PRINTABLE.sub("\ufffd", name)


def fold(text: str) -> str:
    """Lower case without accents: how names are compared when somebody types them."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


def slugify(text: str, longest: int = 80) -> str:
    """Words in lower case joined by hyphens, at most ``longest`` characters, cut between words; letters of any script stay.

    Returns ``"-"`` for a text without a letter or digit, so that an address never has an empty part.
    """
    slug = _NOT_SLUG.sub("-", fold(text.replace("'", "").replace("\u2019", ""))).strip("-")
    if len(slug) > longest:
        slug = slug[: longest + 1].rpartition("-")[0] or slug[:longest]
    return slug or "-"


def initial(name: str) -> str:
    """The letter under which an index lists a name: ``A`` to ``Z``, or ``#``."""
    first = fold(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
