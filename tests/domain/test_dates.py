"""Intervals and their notation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import (
    Interval,
    Precision,
    approximately,
    between,
    day,
    decade,
    month,
    not_after,
    not_before,
    parse_edtf,
    part,
    year,
)


@pytest.mark.parametrize(
    ("edtf", "start", "end", "precision"),
    [
        ("2025-10-02", "2025-10-02", "2025-10-02", Precision.DAY),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
        ("2026-21", "2026-03-01", "2026-05-31", Precision.SEASON),
        ("2026-22", "2026-06-01", "2026-08-31", Precision.SEASON),
        ("2026-23", "2026-09-01", "2026-11-30", Precision.SEASON),
        ("2023-24", "2023-12-01", "2024-02-29", Precision.SEASON),
        ("2025-33", "2025-01-01", "2025-03-31", Precision.QUARTER),
        ("2025-36", "2025-10-01", "2025-12-31", Precision.QUARTER),
        ("2025-40", "2025-01-01", "2025-06-30", Precision.HALF),
        ("2025-41", "2025-07-01", "2025-12-31", Precision.HALF),
        ("2025", "2025-01-01", "2025-12-31", Precision.YEAR),
        ("201X", "2010-01-01", "2019-12-31", Precision.DECADE),
        ("2023/2024", "2023-01-01", "2024-12-31", Precision.RANGE),
        ("2025-11/2026-02-03", "2025-11-01", "2026-02-03", Precision.RANGE),
        ("2025-07~", "2025-07-01", "2025-07-31", Precision.MONTH),
        ("2025?", "2025-01-01", "2025-12-31", Precision.YEAR),
    ],
)
def test_a_notation_covers_these_days(edtf: str, start: str, end: str, precision: Precision) -> None:
    interval = parse_edtf(edtf)
    assert interval == Interval(edtf, date.fromisoformat(start), date.fromisoformat(end), precision)
    assert interval.bounded


def test_open_intervals_are_ordered_by_the_end_that_they_have() -> None:
    assert parse_edtf("2025-12-04/..") == not_before(date(2025, 12, 4))
    assert parse_edtf("../2025-12-04") == not_after(date(2025, 12, 4))
    assert parse_edtf("2025-12-04/..").sort_date == date(2025, 12, 4)
    assert parse_edtf("../2025-12").sort_date == date(2025, 12, 31)
    assert not parse_edtf("2025-12-04/..").bounded
    assert not parse_edtf("../2025").bounded


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-13",
        "2025-00",
        "2025-25",
        "2025-02-30",
        "2025-1-1",
        "25-01-01",
        "0000",
        "2024/2023",
        "../..",
        "/2024",
        "2024/",
        "2023/2024/2025",
        "20XX",
        "2025-10-02T10:00",
        "٢٠٢٥",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_edtf(text)


def test_white_space_around_a_notation_does_not_matter() -> None:
    assert parse_edtf(" 2025-10 \n") == month(2025, 10)


def test_constructors_write_what_is_read_back() -> None:
    intervals = [
        day(date(2025, 1, 31)),
        month(2025, 2),
        part(2025, 24),
        part(2025, 34),
        year(1999),
        decade(1990),
        between(month(2024, 3), day(date(2024, 5, 6))),
        approximately(year(2023)),
    ]
    assert [parse_edtf(interval.edtf) for interval in intervals] == intervals


def test_only_a_marked_date_is_approximate() -> None:
    assert approximately(month(2025, 7)).approximate
    assert not month(2025, 7).approximate


def test_an_interval_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        between(year(2024), year(2023))


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        ("2025-10", "2025-10-31", True),
        ("2025-10", "2025-11", False),
        ("2025-10-15/..", "2026", True),
        ("../2025-10-15", "2025-10-16", False),
        ("../2025-10-15", "2025-10-15/..", True),
    ],
)
def test_overlap_means_a_day_in_common(left: str, right: str, shared: bool) -> None:
    assert parse_edtf(left).overlaps(parse_edtf(right)) is shared
    assert parse_edtf(right).overlaps(parse_edtf(left)) is shared


@given(st.text(alphabet="0123456789-/.~?%X T\n٢", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        interval = parse_edtf(text)
    except ValueError:
        return
    assert interval.start is not None or interval.end is not None
    assert parse_edtf(interval.edtf) == interval
