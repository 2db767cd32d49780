"""Which layout a document has, and what stands above its sources or its summary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.domain.dates import day
from app.domain.documents import Published, Role
from app.importer.accounting import Ledger
from app.importer.formats.text_dump.shapes import BUTTON, COUNT, CURATED, MARKER, REVIEWED
from app.importer.lines import Line

MONTHS = {
    name: number
    for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: "On Wed, 5 Mar, 8:09 AM UTC"
_CURATED_ON = re.compile(
    r"On (?P<weekday>[A-Za-z]{3})[a-z]{0,6},? (?P<day>\d{1,2}) (?P<month>[A-Za-z]{3})[a-z]{0,6}(?: (?P<year>\d{4}))?,.{0,40}",
    re.ASCII,
)
#: The editor's line is within so many blocks of the beginning.
_TOP = 5
#: Years that a date without a year is tried with, and the last that it is put in where more than one fits.
_YEARS = range(2022, 2036)
_LAST_YEAR_OF_LAYOUT = 2026


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the top: layout, title, date line, declared number of sources; ``end`` is the index of the line after it."""

    variant: str
    end: int
    title: Line | None = None
    curated_on: Line | None = None
    declared: int | None = None


def detect(lines: Sequence[Line]) -> str | None:
    """The layout of a document by its first lines: ``A``, ``B`` (also without its header), ``C``, or ``None``.

    A: the page as readers see it, summary first. B: sources first, then the summary. C: B below a date line (early 2025).
    """
    if not lines:
        return None
    if CURATED.fullmatch(lines[0].text):
        return "C"
    if COUNT.fullmatch(lines[0].text):
        return "B"
    top = lines[:_TOP]
    if any(REVIEWED.fullmatch(line.text) for line in top):
        return "A"
    count = next((index for index, line in enumerate(top) if COUNT.fullmatch(line.text)), None)
    if count is not None and not any(MARKER.fullmatch(line.text) for line in top[:count]):
        return "A"
    titled = (MARKER.fullmatch(line.text) and not MARKER.fullmatch(after.text) for line, after in pairwise(lines))
    return "B" if any(titled) else None


def read_header(lines: Sequence[Line], variant: str, ledger: Ledger) -> Header:
    """Claim the lines above the sources (B, C) or above the dek (A)."""
    title = curated_on = None
    declared: int | None = None
    end = index = 0
    if variant == "A" and not _is_known(lines[0]):
        title = lines[0]
        ledger.claim(title.start, title.end, Role.TITLE)
        end = index = 1
    while index < len(lines) and index < end + (_TOP if variant != "B" else 1):
        line = lines[index]
        index += 1
        if MARKER.fullmatch(line.text):
            break
        if count := COUNT.fullmatch(line.text):
            number = int(count[1])
            if declared is not None and number != declared:
                ledger.warn("source-count", line.number, line.text, f"the count above this one says {declared}")
            declared = number if declared is None else declared
        elif variant == "C" and _CURATED_ON.fullmatch(line.text):
            curated_on = line
        elif variant == "A" and line.text == "Reviewed by" and index < len(lines) and not _is_known(lines[index]):
            ledger.claim(lines[index].start, lines[index].end, Role.FURNITURE)
            index += 1
        elif not _is_known(line):
            if declared is not None:
                break
            continue
        ledger.claim(line.start, line.end, Role.PUBLISHED if line is curated_on else Role.FURNITURE)
        end = index
    return Header(variant, end, title, curated_on, declared)


def _is_known(line: Line) -> bool:
    return any(shape.fullmatch(line.text) for shape in (COUNT, CURATED, REVIEWED, BUTTON))


def curated_day(line: Line, newest_related: date | None, ledger: Ledger) -> Published | None:
    """The day of a date line that has weekday, day and month but no year.

    A weekday falls on the same day of a month again after five, six or eleven years. Years before the newest related story are
    out; where several are left, the layout itself decides: it was replaced in 2025.
    """
    match = _CURATED_ON.fullmatch(line.text)
    assert match is not None, "the header is claimed by the same pattern"
    weekday, month = match["weekday"].lower(), MONTHS.get(match["month"].lower())
    years = [int(match["year"])] if match["year"] else _YEARS
    candidates = []
    for year in years:
        try:
            candidate = date(year, month or 0, int(match["day"]))
        except ValueError:
            continue
        if weekday == _WEEKDAYS[candidate.weekday()] and (newest_related is None or candidate >= newest_related):
            candidates.append(candidate)
    if not candidates or (len(candidates) > 1 and candidates[0].year > _LAST_YEAR_OF_LAYOUT):
        ledger.warn("year-unknown", line.number, line.text, "weekday, day and month do not decide the year")
        return None
    if len(candidates) > 1:
        others = ", ".join(str(candidate.year) for candidate in candidates[1:])
        message = f"no year; taken as {candidates[0].year}, when this layout was in use (the weekday also fits {others})"
        ledger.warn("year-inferred", line.number, line.text, message)
    return Published(day(candidates[0]), "document")
