"""The numbered sources of a story page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.documents import ParsedSource, Role
from app.importer.accounting import Ledger, tidy
from app.importer.formats.text_dump.markers import has_markers
from app.importer.formats.text_dump.shapes import BUTTON, CUT_MARKER, DIGITS, MARKER, ends_sentence, is_furniture
from app.importer.formats.text_dump.tail import related_row
from app.importer.lines import Line
from app.importer.references import split_outlet

#: A line of so many characters that ends like a sentence is prose.
_PROSE = 80


@dataclass(slots=True)
class _Entry:
    marker: Line
    number: int
    title: Line | None = None
    body: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources, and the lines (by index, end excluded) that they take up; ``after_summary`` where text stands above them."""

    sources: tuple[ParsedSource, ...]
    start: int
    end: int
    after_summary: bool


def read_sources(lines: Sequence[Line], begin: int, declared: int | None, variant: str, ledger: Ledger) -> Sources:
    """Find and read the sources after line ``begin``: ``[1]``, a title, the text; numbers rise.

    Where no buttons end them, the last source has one line of text if the others have no more and something like a summary
    follows. Whatever follows is left to the caller.
    """
    start = _first_source(lines, begin)
    if start is None:
        return Sources((), begin, begin, after_summary=False)
    after_summary = any(_is_prose(line, variant) for line in lines[begin:start])
    entries: list[_Entry] = []
    closed, index = False, start
    while index < len(lines):
        line = lines[index]
        number = _marker_number(line)
        if number is not None and _opens_source(lines, index, number, entries, declared):
            entries.append(_Entry(line, number))
        elif BUTTON.fullmatch(line.text) and entries[-1].title is not None:
            after = _after_buttons(lines, index)
            number = _marker_number(lines[after]) if after < len(lines) else None
            if number is None or not _opens_source(lines, after, number, entries, declared):
                closed = True
                break
            entries[-1].body.append(line)
        elif number is not None and entries[-1].title is None:
            ledger.claim(line.start, line.end, Role.FURNITURE)
        elif index == len(lines) - 1 and CUT_MARKER.fullmatch(line.text):
            break
        elif entries[-1].title is None:
            entries[-1].title = line
        else:
            entries[-1].body.append(line)
        index += 1
    if not closed:
        index -= _give_back(entries, after_summary)
    for entry in entries:
        _claim(entry, ledger)
    return Sources(tuple(_source(entry) for entry in entries), start, index, after_summary)


def _first_source(lines: Sequence[Line], begin: int) -> int | None:
    if begin < len(lines) and _marker_number(lines[begin]):
        return begin
    for index in range(begin, len(lines) - 1):
        if lines[index].text == "[1]" and _can_be_title(lines[index + 1]):
            return index
    return None


def _can_be_title(line: Line) -> bool:
    return not any(shape.fullmatch(line.text) for shape in (MARKER, DIGITS, BUTTON)) and related_row(line.text) is None


def _marker_number(line: Line) -> int | None:
    match = MARKER.fullmatch(line.text)
    return int(match[1]) or None if match else None


def _opens_source(lines: Sequence[Line], index: int, number: int, entries: Sequence[_Entry], declared: int | None) -> bool:
    """Whether a marker begins the next source, and is not a remnant of a list or a bracket in a text."""
    if not entries:
        return True
    last = entries[-1]
    if last.title is None and number != last.number + 1:
        return False
    if not (number == last.number + 1 or last.number < number <= (declared or 0)):
        return False
    return index + 1 == len(lines) or _can_be_title(lines[index + 1]) or MARKER.fullmatch(lines[index + 1].text) is not None


def _after_buttons(lines: Sequence[Line], index: int) -> int:
    while index < len(lines) and BUTTON.fullmatch(lines[index].text):
        index += 1
    return index


def _give_back(entries: Sequence[_Entry], after_summary: bool) -> int:
    """Take from the last source what is not its own, where no button says where it ends; returns the number of lines."""
    body = entries[-1].body
    one_line_each = all(len(entry.body) <= 1 for entry in entries[:-1])
    if one_line_each and not after_summary and has_markers(body[1:]):
        keep = 1
    else:
        rows = (index for index, line in enumerate(body) if index and not _can_be_title(line))
        keep = next(rows, len(body))
    surplus = len(body) - keep
    del body[keep:]
    return max(0, surplus)


def _is_prose(line: Line, variant: str) -> bool:
    return not is_furniture(line) and (variant == "A" or (len(line.text) >= _PROSE and ends_sentence(line.text)))


def _claim(entry: _Entry, ledger: Ledger) -> None:
    ledger.claim(entry.marker.start, entry.marker.end, Role.SOURCE_NUMBER)
    if entry.title is None:
        ledger.warn("source-without-title", entry.marker.number, entry.marker.text, "no title or text follows this number")
        return
    ledger.claim(entry.title.start, entry.title.end, Role.SOURCE_TITLE)
    if not entry.body:
        ledger.warn("source-without-text", entry.title.number, entry.title.text, f"source {entry.number} has no text")
    for line in entry.body:
        ledger.claim(line.start, line.end, Role.SOURCE_TEXT)
        if MARKER.fullmatch(line.text):
            ledger.warn("source-number", line.number, line.text, f"not the next source; kept in the text of {entry.number}")


def _source(entry: _Entry) -> ParsedSource:
    printed = tidy(entry.title.text) if entry.title else ""
    title, outlet = split_outlet(printed)
    text = "".join(
        ("\n\n" if line.gap and index else "\n" if index else "") + tidy(line.text) for index, line in enumerate(entry.body)
    )
    return ParsedSource(entry.number, title, text, raw_title=printed, outlet=outlet)
