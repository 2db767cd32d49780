"""Where markers stand that lost their brackets: a line break directly before a full stop, with a number before the break."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.importer.formats.text_dump.shapes import DIGITS, stops, summarised_at
from app.importer.lines import Line


def has_markers(lines: Sequence[Line]) -> bool:
    """Whether some of the lines read like a summary: a marker before a stop, or the line that closes a summary."""
    for line, after in pairwise(lines):
        if stops(after) and line.text[-1] in "0123456789":
            return True
    return any(summarised_at(line.text) >= 0 for line in lines)


def own_line_numbers(lines: Sequence[Line], index: int) -> int:
    """Index of the first line from ``index`` on that is not a number alone."""
    while index < len(lines) and DIGITS.fullmatch(lines[index].text):
        index += 1
    return index
