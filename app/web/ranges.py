"""Spans of time as people type them: "since June", "last 90 days", "Q3 2025", "2024 to 2025", or EDTF; in German too; pure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from app.domain.dates import Interval, day, month, parse_edtf, part, year
from app.web.time_words import in_english

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' if len(name) > 3 else name for name in _MONTHS)}|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_COUNT = r"(?P<count>\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?P<unit>day|week|month|quarter|year)s?"
_NUMBERS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)) | {
    "a": 1,
    "twelve": 12,
}


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)


_MONTH_YEAR = _pattern(rf"{_MONTH}(?: (?:of )?{_YEAR})?")
_DAY_MONTH = _pattern(rf"{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?")
_MONTH_DAY = _pattern(rf"{_MONTH} {_DAY}(?:,? {_YEAR})?")
_PART = _pattern(rf"(?:(?P<letter>[qh])(?P<part>[1-4])|(?P<season>{'|'.join(_SEASONS)}))(?:[ /]{_YEAR})?")
_RECENT = _pattern(rf"(?:the )?(?:last|past) {_COUNT} {_UNIT}")
_CURRENT = _pattern(rf"(?:the )?(?P<which>this|last|previous) {_UNIT}")
_FROM_TO = _pattern(r"(?:from |between )?(?P<first>.+?)(?: to | until | till | and |\s?(?:–|—|\.\.)\s?| - )(?P<last>.+)")
_SINCE = _pattern(r"(?:since|from|starting|after) (?P<first>.+)")
_UNTIL = _pattern(r"(?:until|till|to|up to) (?P<last>.+)")
_BEFORE = _pattern(r"before (?P<last>.+)")


class Span(NamedTuple):
    """From the first day to the last, both included; ``None`` is open."""

    first: date | None
    last: date | None


def parse_span(text: str, today: date) -> Span:
    """The span that words mean on ``today``. A month or day without a year is the latest that has begun.

    Raises:
        ValueError: the words are not understood, or the span ends before it begins.
    """
    words = in_english(text)
    if match := _RECENT.fullmatch(words):
        return Span(_earlier(today, _count(match["count"]), match["unit"]), today)
    try:
        interval = _interval(words, today)
        span = Span(interval.start, interval.end)
    except ValueError:
        span = _open(words, today)
    if span.first and span.last and span.first > span.last:
        raise ValueError(f"“{text}” ends before it begins")
    return span


def bound(value: date, *, end: bool = False) -> str:
    """A day as an address has it: the year or month alone where the day is its first (or, at an end, its last)."""
    other = value + timedelta(days=1) if end else value
    if other.day != 1:
        return value.isoformat()
    return f"{value:%Y}" if other.month == 1 else f"{value:%Y-%m}"


def _open(words: str, today: date) -> Span:
    if match := _SINCE.fullmatch(words):
        if not _FROM_TO.fullmatch(words):
            return Span(_interval(match["first"], today).start, None)
    elif match := _UNTIL.fullmatch(words):
        return Span(None, _interval(match["last"], today).end)
    elif match := _BEFORE.fullmatch(words):
        start = _interval(match["last"], today).start
        assert start is not None, "what words name has a beginning"
        return Span(None, start - timedelta(days=1))
    if match := _FROM_TO.fullmatch(words):
        last = _interval(match["last"], today)
        first = match["first"]
        # "March to May 2024": the year stands for both.
        if last.end and _MONTH_YEAR.fullmatch(first) and not re.search(r"\d{4}", first) and re.search(r"\d{4}", match["last"]):
            first = f"{first} {last.end.year}"
        return Span(_interval(first, today).start, last.end)
    raise ValueError(f"“{words}” is not understood")


def _interval(words: str, today: date) -> Interval:
    if words in {"today", "now"}:
        return day(today)
    if words == "yesterday":
        return day(today - timedelta(days=1))
    if match := _CURRENT.fullmatch(words):
        return _calendar(match["unit"], today, back=match["which"] != "this")
    if match := _MONTH_YEAR.fullmatch(words):
        number = _month_number(match["month"])
        return month(int(match["year"]) if match["year"] else _latest_year(date(today.year, number, 1), today), number)
    if match := (_DAY_MONTH.fullmatch(words) or _MONTH_DAY.fullmatch(words)):
        number, of_month = _month_number(match["month"]), int(match["day"])
        if match["year"]:
            return day(date(int(match["year"]), number, of_month))
        return day(date(_latest_year(date(today.year, number, of_month), today), number, of_month))
    if match := _PART.fullmatch(words):
        return _part_of_year(match, today)
    return parse_edtf(words.upper())


def _part_of_year(match: re.Match[str], today: date) -> Interval:
    if match["season"]:
        code = _SEASONS[match["season"]]
    elif match["letter"] == "q":
        code = 32 + int(match["part"])
    elif int(match["part"]) <= 2:
        code = 39 + int(match["part"])
    else:
        raise ValueError("a year has two halves")
    if match["year"]:
        return part(int(match["year"]), code)
    found = part(today.year, code)
    return found if found.start and found.start <= today else part(today.year - 1, code)


def _calendar(unit: str, today: date, *, back: bool) -> Interval:
    """The day, week, month, quarter or year that ``today`` is in, or the one before."""
    if unit == "day":
        return day(today - timedelta(days=back))
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return parse_edtf(f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}")
    within = _earlier(today.replace(day=1), 1, unit) if back else today
    if unit == "month":
        return month(within.year, within.month)
    return part(within.year, 33 + (within.month - 1) // 3) if unit == "quarter" else year(within.year)


def _earlier(today: date, count: int, unit: str) -> date:
    """So many days, weeks, months, quarters or years before; in a shorter month its last day."""
    if unit in {"day", "week"}:
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * {"month": 1, "quarter": 3, "year": 12}[unit]
    of_month = month(months // 12, months % 12 + 1)
    assert of_month.start and of_month.end
    return of_month.start.replace(day=min(today.day, of_month.end.day))


def _latest_year(candidate: date, today: date) -> int:
    return candidate.year if candidate <= today else candidate.year - 1


def _month_number(name: str) -> int:
    return next(number for number, full in enumerate(_MONTHS, 1) if full.startswith(name[:3]))


def _count(text: str) -> int:
    return _NUMBERS[text] if text in _NUMBERS else int(text)
