"""Arithmetic on days, and the intervals that the words of a date stand for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from app.domain.dates import Interval, Precision, approximately, between, day, decade, month, part, year

#: First and last month of the early, middle and late part of a year.
_PARTS_OF_YEAR = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}
_PARTS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_EARLIEST, _LATEST = 1000, 2999
#: Up to this many days, "days ago" counts days; beyond, it estimates.
_COUNTED_DAYS = 10


@lru_cache(maxsize=1 << 12)
def make_day(number_of_year: int, number_of_month: int, number_of_day: int) -> Interval | None:
    """A day, or ``None`` where the calendar has none."""
    try:
        return day(date(number_of_year, number_of_month, number_of_day))
    except ValueError:
        return None


def week(of: date) -> Interval:
    """The week from Monday to Sunday that ``of`` lies in."""
    monday = of - timedelta(days=of.weekday())
    return between(day(monday), day(monday + timedelta(days=6)))


def weekend(of: date) -> Interval:
    """Saturday and Sunday of the week that ``of`` lies in."""
    saturday = of + timedelta(days=5 - of.weekday())
    return between(day(saturday), day(saturday + timedelta(days=1)))


def quarter_of(value: date) -> int:
    """The number of the calendar quarter, 1 to 4."""
    return (value.month + 2) // 3


def unit_around(letter: str, value: date) -> Interval:
    """The unit of time (by its class letter) that ``value`` lies in."""
    if letter == "Y":
        return year(value.year)
    if letter == "N":
        return month(value.year, value.month)
    if letter == "K":
        return week(value)
    if letter == "G":
        return part(value.year, 32 + quarter_of(value))
    if letter == "X":
        return decade(value.year // 10 * 10)
    return day(value)


def shift(value: date, amount: int, letter: str) -> date | None:
    """``value`` moved by ``amount`` units; the last day of a shorter month stands for the missing ones. ``None`` out of range."""
    months = {"Y": 12, "N": 1, "G": 3, "X": 120, "%": 1200}.get(letter)
    if months is None:
        days = amount * (7 if letter == "K" else 1)
        return value + timedelta(days=days) if abs(days) < 200_000 else None
    index = value.year * 12 + value.month - 1 + amount * months
    number, month_index = divmod(index, 12)
    if not _EARLIEST <= number <= _LATEST:
        return None
    return date(number, month_index + 1, min(value.day, monthrange(number, month_index + 1)[1]))


def at_distance(value: date, amount: int, letter: str) -> Interval | None:
    """The date ``amount`` units from ``value``, as precise as the unit: "three years ago" is a year, not a day."""
    moved = shift(value, amount, letter)
    if moved is None:
        return None
    if letter == "J":
        return day(moved) if abs(amount) <= _COUNTED_DAYS else approximately(day(moved))
    if letter == "K":
        return week(moved)
    if letter in "NG":
        return approximately(month(moved.year, moved.month))
    return approximately(year(moved.year))


def span(first: date, last: date, letter: str) -> Interval:
    """From ``first`` to ``last``, as precise as units of that size deserve."""
    if letter in "JK":
        return between(day(first), day(last))
    if letter == "X":
        return between(year(first.year), year(last.year))
    return between(month(first.year, first.month), month(last.year, last.month))


def part_of(interval: Interval, which: str) -> Interval:
    """The early, middle or late part of a month, year or decade; any other interval as it is."""
    first = interval.sort_date
    if interval.precision is Precision.MONTH:
        last = monthrange(first.year, first.month)[1]
        start, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}[which]
        return between(day(first.replace(day=start)), day(first.replace(day=end)))
    if interval.precision is Precision.YEAR:
        start, end = _PARTS_OF_YEAR[which]
        return between(month(first.year, start), month(first.year, end))
    if interval.precision is Precision.DECADE:
        start, end = _PARTS_OF_DECADE[which]
        return between(year(first.year + start), year(first.year + end))
    return interval


def nearest(candidates: list[Interval], now: date, past: bool | None) -> Interval | None:
    """The latest candidate that has begun by ``now``, or the earliest that has not ended; with ``past`` unknown, the one
    that is both.
    """
    if past is None:
        latest = nearest(candidates, now, past=True)
        return latest if latest == nearest(candidates, now, past=False) else None
    if past:
        return max((item for item in candidates if item.sort_date <= now), key=lambda item: item.sort_date, default=None)
    return min(
        (item for item in candidates if item.end is not None and item.end >= now),
        key=lambda item: item.sort_date,
        default=None,
    )
