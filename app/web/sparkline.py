"""Activity by month as a row of small bars; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.dates import month_before
from app.store.entities import MonthRow
from app.web import words
from app.web.i18n import gettext

#: Height of the tallest bar in pixels.
TALLEST = 28
#: Months at most: of a longer time the newest are shown.
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class SparkBar:
    """A month; ``x`` in per cent of the width, ``y`` and ``height`` in pixels."""

    x: float
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Bars from one month to another; ``words`` says the same for those who do not see it."""

    bars: tuple[SparkBar, ...]
    bar_width: float
    words: str
    first: str
    last: str


def common_span(of: Iterable[Sequence[MonthRow]]) -> tuple[date, date] | None:
    """The months that several sparklines share: from the first that any has to the last, the newest ``MOST_MONTHS`` of them."""
    months = [row.month for rows in of for row in rows]
    if not months:
        return None
    first, last = min(months), max(months)
    return max(first, month_before(last, MOST_MONTHS - 1)), last


def sparkline(rows: Sequence[MonthRow], first: date, last: date) -> Sparkline:
    """The activity (stories and events) of one entity from the month ``first`` to the month ``last``, both included."""
    counts = {row.month: row.stories + row.events for row in rows if first <= row.month <= last}
    months = [first]
    while months[-1] < last:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    tallest = max(counts.values(), default=1)
    place = 100 / len(months)
    bars = []
    for index, month in enumerate(months):
        if counts.get(month):
            height = max(round(TALLEST * counts[month] / tallest), 2)
            bars.append(SparkBar(round(index * place, 2), TALLEST - height, height))
    busiest = max(counts, key=lambda month: (counts[month], month), default=None)
    said = words.counted(sum(counts.values()), "entry", "entries")
    if busiest:
        said = gettext(
            "%(entries)s, most in %(month)s: %(count)s", entries=said, month=words.month(busiest), count=counts[busiest]
        )
    return Sparkline(tuple(bars), round(place * 0.8, 2), said, words.short_month(first), words.short_month(last))
