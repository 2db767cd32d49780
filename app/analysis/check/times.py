"""When two dates may mean the same time: by the days that they cover, and by what their words name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from app.domain.dates import Interval, Precision
from app.domain.events import DatedPhrase

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)(?:['’]?(s)\b)?")
DECADE = 10
_DAY = re.compile(r"(?<![\d,.])(\d{1,2})(?:st|nd|rd|th)?\b(?![,.]?\d)")
#: Days that share the month after the last of them: "8, 15 and 22 December".
_LISTED = re.compile(
    rf"(?P<days>(?:\b\d\d?(?:st|nd|rd|th)?(?:,|\s(?:and|or))\s)+)\d\d?(?:st|nd|rd|th)?\s{_MONTH.pattern}", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")
#: Dates that touch by this much are no difference: "early 2025", the night between two days, another time zone.
_SLACK = timedelta(days=1)
_EXACT = frozenset((Precision.DAY, Precision.RANGE))
_MONTH_LONG = timedelta(days=31)
#: How far from the day "two years ago" something may have been.
_ABOUT = timedelta(days=120)


class Explicit(NamedTuple):
    """What a phrase names by itself."""

    years: frozenset[int]
    month: int | None
    day: int | None

    @property
    def names(self) -> bool:
        """Whether it names anything."""
        return bool(self.years) or self.month is not None


def names_all_of(one: Explicit, other: Explicit) -> bool:
    """Whether ``other`` names all that ``one`` names, and the same."""
    same_month = one.month is None or (one.month == other.month and one.day in (None, other.day))
    return same_month and one.years <= other.years


def explicit(phrase: DatedPhrase) -> Explicit:
    """The years, the first month and its day that the words of a phrase name."""
    return _explicit(phrase.text)


def last_named(phrase: DatedPhrase) -> Explicit:
    """The last month that a phrase names after another, and the last year: where "between 2004 and 2021" ends."""
    months, years = _MONTH.findall(phrase.text), _YEAR.findall(phrase.text)
    return Explicit(
        frozenset((int(years[-1][0]),) if len(years) > 1 else ()),
        _MONTHS.index(months[-1][:3].lower()) + 1 if len(months) > 1 else None,
        None,
    )


@lru_cache(maxsize=4096)
def _explicit(words: str) -> Explicit:
    month = _MONTH.search(words)
    day = _DAY.search(words) if month else None
    return Explicit(
        frozenset(year for found in _YEAR.finditer(words) for year in _years_of(found)),
        _MONTHS.index(month[1][:3].lower()) + 1 if month else None,
        int(day[1]) if day else None,
    )


def _years_of(found: re.Match[str]) -> range:
    """The year that a phrase names, or those of a decade."""
    year = int(found[1])
    return range(year, year + (DECADE if found[2] else 1))


def is_listed(text: str, one: Explicit) -> bool:
    """Whether a text lists the day that is named before others of the same month."""
    return one.day is not None and any(
        _MONTHS.index(found[2][:3].lower()) + 1 == one.month and str(one.day) in _NUMBER.findall(found["days"])
        for found in _LISTED.finditer(text)
    )


def agrees(one: DatedPhrase, other: DatedPhrase) -> bool:
    """Whether two phrases may mean the same time: the days that they cover meet, or what both name is the same."""
    if one.interval is not None and other.interval is not None:
        return _meet(_days(one), _days(other)) and not apart(explicit(one), explicit(other))
    ours, theirs = explicit(one), explicit(other)
    if not theirs.names:
        return True
    return not apart(ours, theirs)


def apart(one: Explicit, other: Explicit) -> bool:
    """Whether both name the same part of a date and name it otherwise."""
    if one.years and other.years and not (one.years <= other.years or other.years <= one.years):
        return True
    if one.month and other.month and one.month != other.month:
        return True
    return bool(one.month and other.month and one.day and other.day and one.day != other.day)


def _days(phrase: DatedPhrase) -> Interval:
    """The days that a phrase means; of "two years ago" those around the same day two years before."""
    interval, anchor = phrase.interval, phrase.anchor
    assert interval is not None, "only phrases that were resolved are compared by their days"
    if interval.precision is not Precision.YEAR or not interval.approximate:
        return interval
    if interval.start is None or anchor is None or anchor.start is None:
        return interval
    # The 29th of February has no anniversary.
    point = anchor.start.replace(year=interval.start.year, day=min(anchor.start.day, 28))
    return replace(interval, start=point - _ABOUT, end=point + _ABOUT)


def _meet(one: Interval, other: Interval) -> bool:
    if one.overlaps(other):
        return True
    if not (one.start and one.end and other.start and other.end):
        return False
    gap = max(one.start, other.start) - min(one.end, other.end)
    if one.approximate or other.approximate:
        return gap <= _MONTH_LONG
    # A night is of two days, and the last of October may be "in November"; two days, months or years are told apart.
    precisions = {one.precision, other.precision}
    return len(precisions) > 1 and not precisions.isdisjoint(_EXACT) and gap <= _SLACK
