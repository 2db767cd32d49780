"""Spans of time as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from app.web.ranges import Span, bound, parse_span

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("since June", "2025-06-01", None),
        ("Since  March", "2026-03-01", None),
        ("from 12 June 2025", "2025-06-12", None),
        ("since Q3 2025", "2025-07-01", None),
        ("last 90 days", "2025-12-31", "2026-03-31"),
        ("past two weeks", "2026-03-17", "2026-03-31"),
        ("last one month", "2026-02-28", "2026-03-31"),
        ("last 3 years", "2023-03-31", "2026-03-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        ("2025-06-12", "2025-06-12", "2025-06-12"),
        ("2025-06/2025-08", "2025-06-01", "2025-08-31"),
        ("June 2025", "2025-06-01", "2025-06-30"),
        ("sept 2024", "2024-09-01", "2024-09-30"),
        ("may", "2025-05-01", "2025-05-31"),
        ("June 12, 2025", "2025-06-12", "2025-06-12"),
        ("12th of June", "2025-06-12", "2025-06-12"),
        ("q4", "2025-10-01", "2025-12-31"),
        ("H1 2025", "2025-01-01", "2025-06-30"),
        ("summer 2025", "2025-06-01", "2025-08-31"),
        ("this week", "2026-03-30", "2026-04-05"),
        ("last week", "2026-03-23", "2026-03-29"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("last quarter", "2025-10-01", "2025-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("today", "2026-03-31", "2026-03-31"),
        ("yesterday", "2026-03-30", "2026-03-30"),
        ("until May 2025", None, "2025-05-31"),
        ("before June 2025", None, "2025-05-31"),
        ("2023 to 2024", "2023-01-01", "2024-12-31"),
        ("March to May 2024", "2024-03-01", "2024-05-31"),
        ("between 1 March 2024 and 3 April 2024", "2024-03-01", "2024-04-03"),
        ("from 2024 to 2025-06", "2024-01-01", "2025-06-30"),
    ],
)
def test_what_people_type(text: str, first: str | None, last: str | None) -> None:
    expected = Span(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
    assert parse_span(text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "since ever", "q5", "h3 2025", "31 February 2025", "2025 to 2024", "last 0x days", "[" * 999]
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_span(text, TODAY)


@pytest.mark.parametrize(
    ("value", "end", "text"),
    [
        ("2025-01-01", False, "2025"),
        ("2025-06-01", False, "2025-06"),
        ("2025-06-02", False, "2025-06-02"),
        ("2025-12-31", True, "2025"),
        ("2025-02-28", True, "2025-02"),
        ("2024-02-28", True, "2024-02-28"),
    ],
)
def test_addresses_are_as_short_as_they_can_be(value: str, end: bool, text: str) -> None:
    assert bound(date.fromisoformat(value), end=end) == text
