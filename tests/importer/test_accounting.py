"""Accounting for every character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import Role, Span
from app.importer.accounting import Ledger, excerpt, tidy, uncovered


def test_what_is_between_spans_is_uncovered() -> None:
    spans = [Span(2, 4, Role.DEK), Span(4, 5, Role.SUMMARY)]
    assert uncovered("a bcde \n fg h", spans) == [(0, 1), (5, 13)]
    assert uncovered("  ab\n", [Span(2, 4, Role.DEK)]) == []


@pytest.mark.parametrize("spans", [[(0, 3), (2, 4)], [(2, 4), (0, 1)], [(0, 9)], [(3, 2)]])
def test_spans_that_overlap_or_leave_the_text_are_an_error(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="span"):
        uncovered("abcdef", [Span(start, end, Role.DEK) for start, end in spans])


@given(st.text(alphabet="ab \n\u00a0", max_size=40), st.sets(st.integers(0, 40), max_size=8))
def test_spans_and_what_they_leave_are_all_that_is_not_white_space(text: str, cuts: set[int]) -> None:
    bounds = sorted(cut for cut in cuts if cut <= len(text))
    spans = [Span(start, end, Role.DEK) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
    pieces = [(span.start, span.end) for span in spans] + uncovered(text, spans)
    covered = "".join(text[start:end] for start, end in sorted(pieces))
    assert "".join(covered.split()) == "".join(text.split())


def test_a_ledger_marks_what_nobody_claimed() -> None:
    ledger = Ledger("one\ntwo\n\u200b\n")
    ledger.claim(0, 3, Role.TITLE)
    spans, warnings = ledger.close([(0, 1), (4, 2)])
    assert spans == (Span(0, 3, Role.TITLE), Span(4, 9, Role.UNRECOGNISED))
    assert [(warning.code, warning.line, warning.excerpt) for warning in warnings] == [("unrecognised", 2, "two \u200b")]


def test_characters_that_nobody_sees_deserve_no_warning() -> None:
    spans, warnings = Ledger("\ufeff\n\u200b").close([])
    assert [span.role for span in spans] == [Role.FURNITURE]
    assert warnings == ()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\u00a0b\u2009c  d\te", "a b c d e"),
        ("so\u00adft\u200b", "soft"),
        ("AT&amp;T &#8220;x&#x201D; &lt;b&gt;&nbsp;", "AT&T “x” <b>"),
        ("?a=1&copy=2 &unknown; &#0; &#55296;", "?a=1&copy=2 &unknown; &#0; &#55296;"),
    ],
)
def test_tidy_text(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


def test_excerpts_are_short_and_on_one_line() -> None:
    assert excerpt("a\n b") == "a b"
    assert len(excerpt("word " * 100)) == 80
