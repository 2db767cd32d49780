"""What follows the summary: the writer's name, related stories, the list of top stories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import Interval, day
from app.domain.documents import RankedTopic, RelatedLink, Role
from app.importer.accounting import Ledger, tidy
from app.importer.formats.text_dump.header import MONTHS
from app.importer.formats.text_dump.shapes import CUT_MARKER, DIGITS, MARKER, STOPS, is_furniture, summarised_at
from app.importer.lines import Line

#: "04 Dec 2025•Technology"; category and year may be missing.
_RELATED = re.compile(
    r"(?P<day>[0-9]{1,2})\s(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?(?:,?\s(?P<year>[0-9]{4}))?"
    r"(?:\s*[•·∙|]\s*(?P<category>.{1,80}))?"
)
_CATEGORY_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Tail:
    """Related and top stories."""

    related: tuple[RelatedLink, ...] = ()
    ranked: tuple[RankedTopic, ...] = ()


def related_row(text: str) -> re.Match[str] | None:
    """The parts of a row of related stories, or ``None`` where a line is none."""
    return _RELATED.fullmatch(text) if len(text) < 120 else None


def read_related(line: Line, ledger: Ledger) -> RelatedLink:
    """One row of related stories. A day that has no year or does not exist stays unknown, with a warning."""
    match = related_row(line.text)
    assert match is not None, "only rows are read"
    ledger.claim(line.start, line.end, Role.RELATED)
    category = tidy(match["category"]) if match["category"] else None
    published: Interval | None = None
    if match["year"] is None:
        ledger.warn("year-unknown", line.number, line.text, "a related story's date has no year")
    else:
        try:
            published = day(date(int(match["year"]), MONTHS[match["month"][:3].lower()], int(match["day"])))
        except ValueError:
            ledger.warn("bad-date", line.number, line.text, "a related story's date does not exist")
    return RelatedLink(published=published, category=category or None)


def tail_start(lines: Sequence[Line]) -> int:
    """Index of the first line of the rows that end a document whose summary has no closing line."""
    index = len(lines)
    while index:
        line = lines[index - 1]
        if related_row(line.text) or MARKER.fullmatch(line.text) or (index == len(lines) and CUT_MARKER.fullmatch(line.text)):
            index -= 1
        elif index > 1 and DIGITS.fullmatch(lines[index - 2].text) and _is_category(line):
            index -= 2
        else:
            break
    return index


def read_tail(lines: Sequence[Line], ledger: Ledger) -> Tail:
    """Claim the rows after the summary. A number in brackets is a remnant of the list of references, not a source."""
    related: list[RelatedLink] = []
    ranked: list[RankedTopic] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if related_row(line.text):
            related.append(read_related(line, ledger))
        elif DIGITS.fullmatch(line.text):
            ledger.claim(line.start, line.end, Role.RANKED)
            category = None
            if index < len(lines) and _is_category(lines[index]):
                category = tidy(lines[index].text)
                ledger.claim(lines[index].start, lines[index].end, Role.RANKED)
                index += 1
            ranked.append(RankedTopic(int(line.text), category))
        elif MARKER.fullmatch(line.text) or is_furniture(line) or summarised_at(line.text) == 0:
            ledger.claim(line.start, line.end, Role.FURNITURE)
    return Tail(tuple(related), tuple(ranked))


def _is_category(line: Line) -> bool:
    text = line.text
    if len(text) > _CATEGORY_LENGTH or text[0].islower() or text[0] in STOPS or text[-1] in STOPS or is_furniture(line):
        return False
    return not (DIGITS.fullmatch(text) or MARKER.fullmatch(text) or CUT_MARKER.fullmatch(text) or related_row(text))
