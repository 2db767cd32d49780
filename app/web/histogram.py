"""How much there is when, as bars that are links; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.web import words
from app.web.i18n import gettext

#: Bars at most; a longer span gets longer bars.
MOST_BARS = 60
#: Pixels from the base line to the top of the tallest bar.
BASE, TALLEST = 66, 60
#: Per cent of the width that a bar takes of its place, and at most.
BAR_SHARE, WIDEST = 0.8, 3.5
#: The share of the entries at each end that is left out where that makes the bars finer: a lone entry of 1982 would otherwise
#: squeeze everything else into a corner.
END_SHARE = 0.05
MOST_TICKS = 6
#: Per cent of the width that a letter of a label takes on a phone of 360 pixels.
LETTER = 2.2
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: Up to so many months are labelled as months, more as years.
MONTHS_NAMED = 18

#: Makes the address that narrows the view to the days from the first to the last, both included; ``None`` is open.
Address = Callable[[date | None, date | None], str]


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days; ``x`` in per cent of the width, ``y`` and ``height`` in pixels."""

    x: float
    y: int
    height: int
    label: str
    """The span in words."""
    count: int
    url: str
    chosen: bool
    """At least partly within the time that is chosen."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis; ``x`` in per cent of the width."""

    x: float
    label: str
    at_end: bool
    """It ends where it stands, as it would not fit beyond."""
    tight: bool
    """On a phone there is no room for it."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What lies beyond an end of the bars."""

    count: int
    label: str
    """How many entries, and in which time."""
    url: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars from ``first`` to ``last`` (in words), each a ``unit`` long."""

    bars: tuple[Bar, ...]
    bar_width: float
    ticks: tuple[Tick, ...]
    first: str
    last: str
    unit: str
    before: Rest | None
    after: Rest | None


def histogram(
    by_day: Counter[date], address: Address, chosen: tuple[date | None, date | None] = (None, None)
) -> Histogram | None:
    """The histogram of entries by day; ``None`` where there are not two days to compare.

    ``chosen`` is the time that the view is narrowed to, with open ends: what lies around it is shown too, but as such.
    """
    if len(by_day) < 2:
        return None
    unit, starts = _bars_of(by_day)
    end = _end(starts[-1], unit)
    counts: Counter[date] = Counter()
    position = 0
    for day in sorted(day for day in by_day if starts[0] <= day <= end):
        while position + 1 < len(starts) and starts[position + 1] <= day:
            position += 1
        counts[starts[position]] += by_day[day]
    place = 100 / len(starts)
    tallest = max(counts.values())
    return Histogram(
        bars=tuple(
            _bar(start, unit, counts[start], tallest, index * place, address, chosen) for index, start in enumerate(starts)
        ),
        bar_width=round(min(place * BAR_SHARE, WIDEST), 3),
        ticks=tuple(_placed((round(index * place, 3), label) for index, label in _ticks(starts, unit))),
        first=_span_words(starts[0], unit),
        last=_span_words(starts[-1], unit),
        unit=unit,
        before=_rest(by_day, None, starts[0] - timedelta(days=1), address),
        after=_rest(by_day, end + timedelta(days=1), None, address),
    )


def finer_than_months(by_month: Counter[date]) -> bool:
    """Whether entries in these months (each by its first day) would have bars of days or weeks."""
    return len(by_month) < 2 or _bars_of(by_month)[0] in _DAYS


def _bars_of(by_day: Counter[date]) -> tuple[str, list[date]]:
    """Unit and first days of the bars: for all entries, or for most of them where that gives finer bars."""
    days = sorted(by_day)
    cut = int(by_day.total() * END_SHARE)
    everything = _buckets(days[0], days[-1])
    most = _buckets(_day_beyond(cut, days, by_day), _day_beyond(cut, days[::-1], by_day))
    return most if most[0] != everything[0] and len(most[1]) > 1 else everything


def _day_beyond(count: int, days: list[date], by_day: Counter[date]) -> date:
    """The first of the days that is still there when so many entries are left out."""
    left = count
    for day in days:
        left -= by_day[day]
        if left < 0:
            return day
    raise AssertionError("fewer entries are left out than there are")


def _bar(
    start: date, unit: str, count: int, tallest: int, x: float, address: Address, chosen: tuple[date | None, date | None]
) -> Bar:
    height = max(round(TALLEST * count / tallest), 2) if count else 0
    end = _end(start, unit)
    first, last = chosen
    return Bar(
        x=round(x, 3),
        y=BASE - height,
        height=height,
        label=_span_words(start, unit),
        count=count,
        url=address(start, end),
        chosen=(first is None or end >= first) and (last is None or start <= last),
    )


def _rest(by_day: Counter[date], first: date | None, last: date | None, address: Address) -> Rest | None:
    count = sum(n for day, n in by_day.items() if (first is None or day >= first) and (last is None or day <= last))
    if not count:
        return None
    figure = words.number(count)
    if last:
        label = gettext("%(count)s before %(month)s", count=figure, month=words.month(last + timedelta(days=1)))
    else:
        label = gettext("%(count)s after %(month)s", count=figure, month=words.month(_day_before(first)))
    return Rest(count, label, address(first, last))


def _day_before(day: date | None) -> date:
    assert day is not None, "one end is closed"
    return day - timedelta(days=1)


def _buckets(first: date, last: date) -> tuple[str, list[date]]:
    """The unit that needs at most MOST_BARS bars, and the first day of each bar."""
    for unit, floor in (
        ("day", first),
        ("week", first - timedelta(days=first.weekday())),
        ("month", first.replace(day=1)),
        ("quarter", first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1)),
        ("year", first.replace(month=1, day=1)),
    ):
        count = 1 + (
            (last - floor).days // _DAYS[unit]
            if unit in _DAYS
            else ((last.year - floor.year) * 12 + last.month - floor.month) // _MONTHS[unit]
        )
        if count <= MOST_BARS or unit == "year":
            return unit, [_later(floor, unit, place) for place in range(count)]
    raise AssertionError("the last unit always fits")


def _ticks(starts: list[date], unit: str) -> list[tuple[int, str]]:
    """Bars to label: evenly apart, or at the beginnings of years where there are enough."""
    if unit == "day" or (unit == "month" and len(starts) <= MONTHS_NAMED):
        step = -(-len(starts) // (MOST_TICKS - 1))
        name = words.short_day if unit == "day" else words.short_month
        return [(index, name(starts[index])) for index in range(0, len(starts), step)]
    if unit == "week":  # the weeks in which a month begins
        months = [(index, _end(start, unit)) for index, start in enumerate(starts) if _end(start, unit).day <= 7]
        step = -(-len(months) // MOST_TICKS)
        return [(index, words.short_month(month)) for index, month in months[::step]]
    years = [(index, start) for index, start in enumerate(starts) if start.month == 1]
    step = -(-len(years) // MOST_TICKS)
    ticks = [(index, str(start.year)) for index, start in years if start.year % step == 0]
    beginning = [(0, words.short_month(starts[0]))] if ticks[0][0] > len(starts) / MOST_TICKS else []
    return beginning + ticks


def _placed(ticks: Iterable[tuple[float, str]]) -> Iterator[Tick]:
    """Labels at their places, each told whether there is room for it beside the one before."""
    room = 0.0
    for x, label in ticks:
        width = LETTER * len(label)
        at_end = x + width > 100
        begins = x - width if at_end else x
        tight = begins < room
        yield Tick(x, label, at_end, tight)
        if not tight:
            room = begins + width + LETTER


def _later(start: date, unit: str, count: int) -> date:
    """The first day of the bar that comes so many bars after the one that begins on ``start``."""
    if unit in _DAYS:
        return start + timedelta(days=_DAYS[unit] * count)
    months = start.month - 1 + _MONTHS[unit] * count
    return start.replace(year=start.year + months // 12, month=months % 12 + 1)


def _end(start: date, unit: str) -> date:
    """The last day of the bar that begins on ``start``."""
    return _later(start, unit, 1) - timedelta(days=1)


def _span_words(start: date, unit: str) -> str:
    match unit:
        case "day":
            return words.day(start)
        case "week":
            return gettext("week of %(day)s", day=words.day(start))
        case "month":
            return words.month(start)
        case "quarter":
            return f"Q{(start.month + 2) // 3} {start.year}"
        case _:
            return str(start.year)
