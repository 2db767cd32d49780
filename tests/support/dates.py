"""What is found of dates, as tests put it down."""

from __future__ import annotations

from app.analysis.dates import find_dates
from app.domain.dates import Interval, parse_edtf

PUBLISHED = parse_edtf("2025-12-11")  # a Thursday


def read(*sentences: str, published: Interval | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """Every phrase of the sentences with its EDTF, in order."""
    return [
        (phrase.text, phrase.interval.edtf if phrase.interval else None)
        for phrases in find_dates(sentences, published)
        for phrase in phrases
    ]
