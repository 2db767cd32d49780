"""Time as an interval with a precision, written in EDTF (ISO 8601-2:2019, levels 0 to 2, the part that Dateline uses).

A date that a document gives is rarely a day. It is kept as the interval that it covers, together with
the EDTF string that says how precisely it was given, so that nothing looks more certain than it is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Precision(StrEnum):
    """How precisely a date was given."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


#: EDTF codes for parts of a year: first month, number of months, precision. Seasons are those of the north.
_PARTS: dict[int, tuple[int, int, Precision]] = {
    21: (3, 3, Precision.SEASON),
    22: (6, 3, Precision.SEASON),
    23: (9, 3, Precision.SEASON),
    24: (12, 3, Precision.SEASON),
    33: (1, 3, Precision.QUARTER),
    34: (4, 3, Precision.QUARTER),
    35: (7, 3, Precision.QUARTER),
    36: (10, 3, Precision.QUARTER),
    40: (1, 6, Precision.HALF),
    41: (7, 6, Precision.HALF),
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


@dataclass(frozen=True, slots=True)
class Interval:
    """A date as the days that it covers, both ends included.

    ``start`` or ``end`` is ``None`` where the interval is open ("not before", "not after"). ``edtf`` is the exact notation,
    approximation mark included (``2025-07~``).
    """

    edtf: str
    start: date | None
    end: date | None
    precision: Precision

    @property
    def sort_date(self) -> date:
        """The day by which a timeline orders this date: its first, or its last where the first is open."""
        day = self.start or self.end
        assert day is not None, "an interval has at least one end"
        return day

    @property
    def approximate(self) -> bool:
        """Whether the date was given as approximate ("about July 2025")."""
        return self.edtf.endswith(("~", "%", "?"))

    @property
    def bounded(self) -> bool:
        """Whether both ends are known."""
        return self.start is not None and self.end is not None

    def overlaps(self, other: Interval) -> bool:
        """Whether the two intervals share a day."""
        return (self.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (self.end or date.max)


def month_before(day: date, count: int) -> date:
    """The first day of the month that lies ``count`` months before a day's month."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def day(value: date) -> Interval:
    """One day."""
    return Interval(value.isoformat(), value, value, Precision.DAY)


@lru_cache(maxsize=1 << 12)
def month(year: int, number: int) -> Interval:
    """One calendar month; ``number`` is 1 to 12."""
    return Interval(f"{year:04d}-{number:02d}", *_months(year, number, 1), Precision.MONTH)


@lru_cache(maxsize=1 << 12)
def part(year: int, code: int) -> Interval:
    """A part of a year by its EDTF code: 21–24 seasons (winter begins in December of ``year``), 33–36 quarters, 40–41 halves."""
    first, count, precision = _PARTS[code]
    return Interval(f"{year:04d}-{code}", *_months(year, first, count), precision)


@lru_cache(maxsize=1 << 12)
def year(number: int) -> Interval:
    """One calendar year."""
    return Interval(f"{number:04d}", date(number, 1, 1), date(number, 12, 31), Precision.YEAR)


def decade(first: int) -> Interval:
    """Ten years from ``first``, which ends in 0."""
    return Interval(f"{first // 10}X", date(first, 1, 1), date(first + 9, 12, 31), Precision.DECADE)


def between(first: Interval, last: Interval) -> Interval:
    """From the beginning of ``first`` to the end of ``last``.

    Raises:
        ValueError: ``last`` ends before ``first`` begins.
    """
    if first.start and last.end and last.end < first.start:
        raise ValueError(f"{last.edtf} ends before {first.edtf} begins")
    return Interval(f"{first.edtf}/{last.edtf}", first.start, last.end, Precision.RANGE)


def not_before(value: date) -> Interval:
    """Open at its end: this day or any later one."""
    return Interval(f"{value.isoformat()}/..", value, None, Precision.RANGE)


def not_after(value: date) -> Interval:
    """Open at its beginning: this day or any earlier one."""
    return Interval(f"../{value.isoformat()}", None, value, Precision.RANGE)


def approximately(interval: Interval) -> Interval:
    """The same interval, marked as approximate."""
    return Interval(f"{interval.edtf}~", interval.start, interval.end, interval.precision)


_SINGLE = re.compile(r"(?P<year>\d{4})(?:-(?P<second>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%])?|(?P<decade>\d{3})X", re.ASCII)


def parse_edtf(text: str) -> Interval:
    """Read the EDTF notations that Dateline writes: dates, months, seasons, quarters, halves, years, decades, intervals.

    Raises:
        ValueError: the text is none of these, or names a day that does not exist.
    """
    text = text.strip()
    if "/" in text:
        left, right = text.split("/", 1)
        if left == ".." and right != "..":
            end = _single(right)
            return Interval(text, None, end.end, Precision.RANGE)
        if right == ".." and left != "..":
            return Interval(text, _single(left).start, None, Precision.RANGE)
        return between(_single(left), _single(right))
    return _single(text)


def _single(text: str) -> Interval:
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date in EDTF: {text!r} (examples: 2025-10-02, 2025-10, 2026-21 for spring, 2025, 2023/2024)")
    if match["decade"]:
        return decade(int(match["decade"]) * 10)
    number, second = int(match["year"]), match["second"]
    if number == 0:
        raise ValueError("the year 0000 is outside the calendar that Dateline keeps")
    if second is None:
        interval = year(number)
    elif match["day"]:
        interval = day(date(number, int(second), int(match["day"])))
    elif int(second) in _PARTS:
        interval = part(number, int(second))
    elif 1 <= int(second) <= 12:
        interval = month(number, int(second))
    else:
        raise ValueError(f"not a month, season, quarter or half: {text!r}")
    if match["mark"]:
        return Interval(text, interval.start, interval.end, interval.precision)
    return interval


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last_index = first - 1 + count - 1
    last_year, last = year + last_index // 12, last_index % 12 + 1
    return date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1])
