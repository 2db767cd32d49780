"""Holidays by the names that English prose has for them, those of the United States where countries differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _weekday_of(month: int, weekday: int, number: int) -> Callable[[int], date]:
    """The ``number``-th weekday (Monday is 0) of a month; -1 is the last."""

    def holiday(year: int) -> date:
        if number > 0:
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)

    return holiday


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm; Meeus, *Astronomical Algorithms*, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year's": _fixed(1, 1),
    "new year's day": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "valentine's day": _fixed(2, 14),
    "st patrick's day": _fixed(3, 17),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "good friday": _from_easter(-2),
    "easter": easter,
    "easter sunday": easter,
    "easter monday": _from_easter(1),
    "martin luther king day": _weekday_of(1, 0, 3),
    "martin luther king jr day": _weekday_of(1, 0, 3),
    "presidents day": _weekday_of(2, 0, 3),
    "earth day": _fixed(4, 22),
    "mother's day": _weekday_of(5, 6, 2),
    "father's day": _weekday_of(6, 6, 3),
    "columbus day": _weekday_of(10, 0, 2),
    "election day": lambda year: _weekday_of(11, 0, 1)(year) + timedelta(days=1),
    "veterans day": _fixed(11, 11),
    "memorial day": _weekday_of(5, 0, -1),
    "labor day": _weekday_of(9, 0, 1),
    "halloween": _fixed(10, 31),
    "thanksgiving": _weekday_of(11, 3, 4),
    "thanksgiving day": _weekday_of(11, 3, 4),
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "may day": _fixed(5, 1),
    "bastille day": _fixed(7, 14),
    "armistice day": _fixed(11, 11),
    "remembrance day": _fixed(11, 11),
    "juneteenth": _fixed(6, 19),
}


#: Days, by month and number, that are known for an attack or a riot in one year.
EVENTS = {(item.month, item.day): item for item in (date(2001, 9, 11), date(2021, 1, 6), date(2023, 10, 7))}
#: The first of them, which also has a name.
NINE_ELEVEN = "9/11"


def holiday_in(name: str, year: int) -> date:
    """The day of a holiday in a year, by its name as it is written.

    Raises:
        KeyError: no such holiday.
    """
    key = name.lower().replace("’", "'").replace(".", "").replace(",", "")
    return _HOLIDAYS[key.replace("s' ", "s ").replace("years", "year's")](year)
