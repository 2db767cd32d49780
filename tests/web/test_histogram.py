"""How much there is when, as bars."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

from app.web.histogram import BASE, LETTER, MOST_BARS, TALLEST, histogram


def address(first: date | None, last: date | None) -> str:
    return f"{first or '..'}/{last or '..'}"


def every(days: int, first: date, count: int) -> Counter[date]:
    return Counter(first + timedelta(days=days * index) for index in range(count))


def test_one_day_is_no_histogram() -> None:
    assert histogram(Counter({date(2025, 1, 1): 9}), address) is None
    assert histogram(Counter(), address) is None


def test_bars_are_as_long_as_their_number_allows() -> None:
    first = date(2020, 1, 1)
    units = {}
    for last in (date(2020, 2, 1), date(2021, 1, 1), date(2023, 1, 1), date(2030, 1, 1), date(2100, 1, 1)):
        chart = histogram(Counter({first: 1, last: 1}), address)
        assert chart is not None
        units[chart.unit] = len(chart.bars)
    assert list(units) == ["day", "week", "month", "quarter", "year"]
    assert all(count <= MOST_BARS for unit, count in units.items() if unit != "year")


def test_every_entry_is_in_a_bar_or_beyond_an_end() -> None:
    by_day = every(9, date(2023, 1, 1), 100) + Counter({date(1982, 5, 1): 1, date(2032, 1, 1): 2})
    chart = histogram(by_day, address)
    assert chart is not None and chart.before is not None and chart.after is not None
    inside = sum(bar.count for bar in chart.bars)
    assert chart.before.count + inside + chart.after.count == by_day.total()


def test_lone_entries_far_away_do_not_squeeze_the_rest_into_a_corner() -> None:
    recent = every(9, date(2023, 1, 1), 100)
    chart = histogram(recent + Counter({date(1982, 5, 1): 1}), address)
    assert chart is not None and chart.unit == "month"
    assert chart.before is not None and chart.before.url.startswith("../")
    alone = histogram(recent, address)
    assert alone is not None and alone.before is None and alone.after is None


def test_the_spans_of_bars_follow_each_other_without_gap_or_overlap() -> None:
    chart = histogram(every(11, date(2023, 11, 20), 60), address)
    assert chart is not None
    spans = [tuple(date.fromisoformat(day) for day in bar.url.split("/")) for bar in chart.bars]
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in itertools.pairwise(spans))


def test_heights_are_in_proportion_and_one_entry_is_still_seen() -> None:
    chart = histogram(Counter({date(2025, 1, 1): 1000, date(2025, 1, 2): 500, date(2025, 1, 4): 1}), address)
    assert chart is not None
    assert [bar.height for bar in chart.bars] == [TALLEST, TALLEST // 2, 0, 2]
    assert all(bar.y + bar.height == BASE for bar in chart.bars)


def test_labels_of_the_axis_are_few_and_in_order() -> None:
    for by_day in (
        every(1, date(2025, 1, 30), 40),
        every(30, date(2024, 2, 1), 18),
        every(30, date(2021, 3, 1), 55),
        every(400, date(1980, 1, 1), 60),
    ):
        chart = histogram(by_day, address)
        assert chart is not None
        places = [tick.x for tick in chart.ticks]
        assert 1 <= len(places) <= 7
        assert places == sorted(places) and places[-1] < 100
        assert len({tick.label for tick in chart.ticks}) == len(places)


def test_on_a_phone_no_label_runs_into_the_next() -> None:
    chart = histogram(every(7, date(2025, 1, 1), 47), address)
    assert chart is not None
    spans = [
        (tick.x - LETTER * len(tick.label), tick.x) if tick.at_end else (tick.x, tick.x + LETTER * len(tick.label))
        for tick in chart.ticks
        if not tick.tight
    ]
    assert len(spans) > 2 and spans[-1][1] <= 100
    assert all(before[1] < after[0] for before, after in itertools.pairwise(spans))
