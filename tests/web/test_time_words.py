"""Spans of time as people type them in German."""

from __future__ import annotations

from datetime import date

import pytest

from app.web.ranges import parse_span

TODAY = date(2025, 11, 25)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("seit Juni", "since June"),
        ("ab dem 3. Oktober 2025", "since 3 October 2025"),
        ("letzte 90 Tage", "last 90 days"),
        ("die letzten drei Monate", "last three months"),
        ("dieses Jahr", "this year"),
        ("vorige Woche", "last week"),
        ("Q3 2025", "Q3 2025"),
        ("3. Quartal 2025", "Q3 2025"),
        ("im dritten Quartal 2025", "Q3 2025"),
        ("erstes Halbjahr 2024", "H1 2024"),
        ("2024 bis 2025", "2024 to 2025"),
        ("von März bis Mai 2024", "March to May 2024"),
        ("vor Juli 2025", "before July 2025"),
        ("bis 12. März 2025", "until 12 March 2025"),
        ("Frühjahr 2025", "spring 2025"),
        ("Dez. 2024", "Dec 2024"),
        ("gestern", "yesterday"),
        ("2025-06-12", "2025-06-12"),
    ],
)
def test_german_means_the_same(german: str, english: str) -> None:
    assert parse_span(german, TODAY) == parse_span(english, TODAY)


@pytest.mark.parametrize("words", ["vorvorgestern", "seit", "drittes Viertel 2025", "bis bis"])
def test_what_is_not_understood_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="not"):
        parse_span(words, TODAY)
