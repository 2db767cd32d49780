"""One module a format: how confident it is that a document is its own, and how it reads it.

A format is a module with ``NAME``, ``sniff(head) -> float`` and ``parse(text) -> list[ParsedDocument]``. To add one, write
the module and add it to ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.documents import ParsedDocument, ParseError
from app.importer.formats import text_dump

#: Characters from the beginning of a document that a format is recognised by.
HEAD = 4096
#: A format that is less sure than this does not get the document.
CONFIDENT = 0.3


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how sure it is of a document's head (0 to 1), and its parser."""

    name: str
    sniff: Callable[[str], float]
    parse: Callable[[str], list[ParsedDocument]]


FORMATS: tuple[Format, ...] = (Format(text_dump.NAME, text_dump.sniff, text_dump.parse),)


def recognise(text: str) -> Format:
    """The format that is surest of the document.

    Raises:
        ParseError: ``unknown-format``; the message lists what was looked for and the nearest match.
    """
    head = text[:HEAD]
    confidence, best = max(((form.sniff(head), form) for form in FORMATS), key=lambda pair: pair[0])
    if confidence < CONFIDENT:
        looked_for = ", ".join(form.name for form in FORMATS)
        raise ParseError(
            "unknown-format",
            f"no known format (looked for: {looked_for}; nearest: {best.name}, {confidence:.0%} sure)",
            line=1,
        )
    return best
