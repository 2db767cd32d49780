"""A document as its lines, each knowing where it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.importer.accounting import BLANK

_LINE = re.compile(r"[^\r\n]+")


class Line(NamedTuple):
    """A line that is not blank: its number from 1, and its text with the blanks around it taken off.

    ``start`` and ``end`` are offsets of ``text`` in the document. ``gap`` says that a blank line or the beginning of the
    document stands before it.
    """

    number: int
    start: int
    text: str
    gap: bool

    @property
    def end(self) -> int:
        """Offset of the character after the last."""
        return self.start + len(self.text)

    def up_to(self, length: int) -> Line:
        """The first ``length`` characters of the line, without the blanks after them."""
        return Line(self.number, self.start, self.text[:length].rstrip(BLANK), self.gap)

    def after(self, length: int) -> Line:
        """The line without its first ``length`` characters and the blanks after them."""
        rest = self.text[length:].lstrip(BLANK)
        return Line(self.number, self.end - len(rest), rest, gap=False)


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank. CRLF, CR and LF each end a line."""
    lines: list[Line] = []
    number, position, last = 1, 0, -1
    for match in _LINE.finditer(text):
        breaks = text[position : match.start()]
        number += 1 if breaks == "\n" else breaks.count("\n") + breaks.count("\r") - breaks.count("\r\n")
        position = match.end()
        left = match[0].lstrip(BLANK)
        content = left.rstrip(BLANK)
        if content:
            lines.append(Line(number, position - len(left), content, number > last + 1))
            last = number
    return lines
