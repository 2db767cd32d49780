"""Full years, months that make a period, centuries, decades without a mark, and what is about the day told before."""

import pytest

from app.analysis.dates import find_dates
from app.domain.dates import parse_edtf
from tests.support.dates import PUBLISHED, read


@pytest.mark.parametrize(
    ("sentence", "text", "edtf"),
    [
        ("Sales for the full year were 6.", "the full year", "2025~"),
        ("Acme expects full-year sales of 6.", "full-year", "2025~"),
        ("It made 6 in the full year 2023.", "the full year 2023", "2023"),
        ("Exports fell in the July-September period.", "the July-September period", "2025-35"),
        ("Exports fell in the April-to-June quarter of 2024.", "the April-to-June quarter of 2024", "2024-34"),
        ("Exports fell in the January-May period.", "the January-May period", "2025-01/2025-05"),
        ("It was built a century ago.", "a century ago", "1925~"),
        ("It was built half a century ago.", "half a century ago", "1975~"),
        ("It opened three or four years ago.", "three or four years ago", "2021~/2022~"),
        ("It opened two or three weeks ago.", "two or three weeks ago", "2025-11-17/2025-11-30"),
        ("Sales will fall for the full year unless Beta pays.", "the full year", "2025~"),
        ("A decade ago this week, it failed.", "A decade ago this week", "2015-12-07/2015-12-13"),
        ("Schools will stay closed through Monday.", "Monday", "2025-12-15"),
        ("It was big in the 90s.", "the 90s", "199X"),
        ("It was big in the fifties.", "the fifties", "195X"),
        ("Rovers won the league in the 2012/13 season.", "2012/13", "2012/2013"),
        ("Season 1999/2000 was their best.", "1999/2000", "1999/2000"),
        ("Revenue in Q3 was 6.", "Q3", "2025-35~"),
        ("The race is on the last Saturday in December.", "the last Saturday in December", "2025-12-27"),
        ("The race was on the last Saturday in December.", "the last Saturday in December", "2024-12-28"),
        ("Storms are likely Saturday through Monday.", "Saturday through Monday", "2025-12-13/2025-12-15"),
        ("It was big in the mid-80s.", "the mid-80s", "1984/1986"),
        ("Acme has been shut since May Day.", "May Day", "2025-05-01"),
        ("He was found Thanksgiving Day clinging to a raft.", "Thanksgiving Day", "2025-11-27"),
    ],
)
def test_what_stands_for_a_time_as_of_publication(sentence: str, text: str, edtf: str) -> None:
    assert read(sentence) == [(text, edtf)]


def test_what_was_done_on_a_holiday_far_ahead_was_done_on_the_one_before() -> None:
    assert read("It was lost on New Year's Eve.", published=parse_edtf("2025-11-05")) == [("New Year's Eve", "2024-12-31")]


@pytest.mark.parametrize(
    "sentence",
    [
        "He spent a full year at sea and saw the full year of training.",
        "Full-year profit fell.",
        "Acme will publish full-year results and a full-year report.",
        "It was hot, with temperatures in the 90s, and she is in her 80s.",
        "It is a quarter of a century ago.",
        "The latest period is short, and that period was long.",
        "It fell later in the day.",
        "The January-March race was long.",
        "Resolution 2012/13, paper 2012/45 and file 2012/11 are not seasons, and Q3 models none.",
        "Holocaust Remembrance Day is kept, and the Holocaust Remembrance Day as well.",
    ],
)
def test_what_only_looks_like_a_period_is_no_date(sentence: str) -> None:
    assert read(sentence) == []


def test_a_day_to_come_is_not_that_of_a_month_that_is_over() -> None:
    assert read("It met on 28 November; the next meeting is on the 14th.")[-1] == ("the 14th", "2025-12-14")
    assert read("It met on 28 May; the next meeting was on the 30th.")[-1] == ("the 30th", "2025-05-30")


def test_a_deadline_extended_is_two_dates_and_no_range() -> None:
    assert read("The deadline was extended from Nov. 29 to May 31.") == [("Nov. 29", "2025-11-29"), ("May 31", "2026-05-31")]


def test_early_in_the_year_the_full_year_may_be_the_one_that_is_over() -> None:
    february = parse_edtf("2025-02-10")
    assert read("Sales for the full year fell.", published=february) == []
    assert read("Sales will grow for the full year.", published=february) == [("the full year", "2025~")]


@pytest.mark.parametrize(
    ("sentences", "edtf"),
    [
        (("Beta left on 3 March 2024.", "Nobody was surprised.", "Gamma left that day."), "2024-03-03"),
        (("Beta left on 3 March 2024.", "Later in the day Gamma left."), "2024-03-03"),
        (("Beta was founded in 1924.", "It grew.", "That same year it had a harbour."), "1924"),
        (("Beta fell in the third quarter of 2024.", "It had to pay.", "The latest period was bad."), "2024-35"),
        (("Beta left on 3 March 2024.", "It was sad.", "It was late.", "It was over.", "Gamma left that day."), None),
        (("Rover, which opened on 3 March 2024, is closed.", "It was sad.", "Gamma left that day."), None),
        (("Beta came on 3 March and left on 5 May 2024.", "It was sad.", "Gamma left that day."), None),
        (("Beta left on 3 March 2024.", "It was sad.", "Gamma left the same day as Delta."), None),
    ],
    ids=["day", "in the day", "year", "period", "long ago", "told by the way", "two days", "another day"],
)
def test_that_day_may_be_one_told_some_sentences_before(sentences: tuple[str, ...], edtf: str | None) -> None:
    assert read(*sentences)[-1][1] == edtf
    assert edtf is None or find_dates(sentences, PUBLISHED)[-1][-1].anchor == parse_edtf(edtf)
