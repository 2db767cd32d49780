"""What two texts share: words, whatever their case and accents, and what stands around something in both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from app.analysis.evidence.terms import terms
from app.analysis.wordwise import Wordwise

#: How many characters before and after something tell what it is about.
_REACH = 70
#: What ties a number to characters before or after it.
GLUE = frozenset("$€£₹¥₩#@&+-–/.,:_’'")
_WORD = re.compile(r"[^\W_]+")
_WORDS = Wordwise(lambda run: (run,) if run.isalnum() else tuple(_WORD.findall(run)))


def word_set(text: str) -> frozenset[str]:
    """The words of a text in lower case."""
    return _WORDS.different(text.casefold())


def plain(word: str) -> str:
    """A word without its accents."""
    if word.isascii():
        return word
    return "".join(character for character in unicodedata.normalize("NFKD", word) if not unicodedata.combining(character))


def stands_in(words: str, text: str, glue: Collection[str] = ()) -> bool:
    """Whether a text has these words, and they do not go on before or after, be it behind a character of ``glue``."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        before, after = text[at - 1 : at], text[end : end + 2]
        if not (before.isalnum() or before in glue) and not (after[:1].isalnum() or (after[:1] in glue and after[1:].isalnum())):
            return True
        at = text.find(words, end)
    return False


def context(text: str, start: int, end: int) -> frozenset[str]:
    """The terms of the words right before and after characters ``start`` to ``end`` of ``text``."""
    return _context(text[max(start - _REACH, 0) : start], text[end : end + _REACH], start > _REACH, end + _REACH < len(text))


@lru_cache(maxsize=4096)
def _context(before: str, after: str, cut_before: bool, cut_after: bool) -> frozenset[str]:
    if cut_before:
        before = before.partition(" ")[2]
    if cut_after:
        after = after.rpartition(" ")[0]
    return frozenset(term for term in terms(f"{before} \n {after}") if not term[0].isdigit())


def shared(one: Iterable[str], other: frozenset[str]) -> tuple[int, float]:
    """How many terms two contexts share, and which share of the smaller one that is."""
    ours = frozenset(one)
    common = len(ours & other)
    return common, common / max(min(len(ours), len(other)), 1)
