"""What the grammar of dates finds, what it makes of it, and what it leaves alone."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.analysis.dates import find_dates, find_dates_after, find_durations
from app.analysis.dates.grammar import _RULES, find_runs
from app.analysis.dates.lexicon import words
from app.analysis.sentences import split_sentences
from app.domain.dates import Interval, not_before, parse_edtf

PUBLISHED = parse_edtf("2025-12-11")  # a Thursday


def read(*sentences: str, published: Interval | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """Every phrase of the sentences with its EDTF, in order."""
    return [
        (phrase.text, phrase.interval.edtf if phrase.interval else None)
        for phrases in find_dates(sentences, published)
        for phrase in phrases
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("17 November 2023", "2023-11-17"),
        ("17th November, 2023", "2023-11-17"),
        ("the 17th of November 2023", "2023-11-17"),
        ("November 17, 2023", "2023-11-17"),
        ("Nov. 17, 2023", "2023-11-17"),
        ("NOVEMBER 17, 2023", "2023-11-17"),
        ("Friday, November 17, 2023", "2023-11-17"),
        ("Fri, 17 Nov 2023", "2023-11-17"),
        ("2023-11-17", "2023-11-17"),
        ("2023-11-17T09:30:00Z", "2023-11-17"),
        ("17/11/2023", "2023-11-17"),
        ("11/17/2023", "2023-11-17"),
        ("17.11.2023", "2023-11-17"),
        ("November 2023", "2023-11"),
        ("November of 2023", "2023-11"),
        ("Sept. 2024", "2024-09"),
        ("2023-11", "2023-11"),
        ("early November 2023", "2023-11-01/2023-11-10"),
        ("mid-November 2023", "2023-11-11/2023-11-20"),
        ("late February 2024", "2024-02-21/2024-02-29"),
        ("the end of November 2023", "2023-11-21/2023-11-30"),
        ("the first week of March 2024", "2024-03-01/2024-03-07"),
        ("the last week of March 2024", "2024-03-25/2024-03-31"),
        ("the week of March 6, 2024", "2024-03-04/2024-03-10"),
        ("spring 2026", "2026-21"),
        ("the spring of 2026", "2026-21"),
        ("Fall 2024", "2024-23"),
        ("winter 2024", "2024-24"),
        ("the third quarter of 2025", "2025-35"),
        ("Q3 2025", "2025-35"),
        ("the first half of 2025", "2025-40"),
        ("H2 2024", "2024-41"),
        ("the first nine months of 2024", "2024-01/2024-09"),
        ("early 2025", "2025-01/2025-03"),
        ("mid-2025", "2025-05/2025-08"),
        ("late 2025", "2025-10/2025-12"),
        ("the end of 2026", "2026-10/2026-12"),
        ("the 2010s", "201X"),
        ("the early 2010s", "2010/2013"),
        ("the '90s", "199X"),
        ("2023-2024", "2023/2024"),
        ("the ninth of March 2024", "2024-03-09"),
        ("the fourth of July 2025", "2025-07-04"),
        ("March ninth, 2024", "2024-03-09"),
        ("Christmas 2024", "2024-12-25"),
        ("Thanksgiving Day 2024", "2024-11-28"),
        ("Easter 2025", "2025-04-20"),
        ("Good Friday 2024", "2024-03-29"),
        ("New Year’s Eve 2023", "2023-12-31"),
        ("Labor Day 2025", "2025-09-01"),
        ("Memorial Day 2025", "2025-05-26"),
        ("nineteen ninety-six", "1996"),
        ("twenty twenty-five", "2025"),
        ("the nineties", "199X"),
        ("the 20th century", "1900/1999"),
        ("2023–24", "2023/2024"),
        ("January nineteen ninety-seven", "1997-01"),
        ("the winter of nineteen ninety-four", "1994-24"),
        ("the year two thousand", "2000"),
        ("the first two quarters of 2024", "2024-40"),
        ("the first three quarters of 2024", "2024-01/2024-09"),
        ("Election Day 2024", "2024-11-05"),
        ("Presidents’ Day 2025", "2025-02-17"),
        ("Martin Luther King Jr. Day 2025", "2025-01-20"),
        ("the weekend of March 2, 2024", "2024-03-02/2024-03-03"),
        ("the first Tuesday in November 2024", "2024-11-05"),
        ("the last Friday of May 2024", "2024-05-31"),
        ("the last day of February 2024", "2024-02-29"),
        ("the first day of March 2024", "2024-03-01"),
        ("the last three months of 2024", "2024-10/2024-12"),
        ("the last quarter of 2023", "2023-36"),
    ],
)
def test_explicit_dates_need_no_publication_date(text: str, edtf: str) -> None:
    assert read(f"It grew in {text}, people said.", published=None) == [(text, edtf)]


@pytest.mark.parametrize(
    ("sentence", "text", "edtf"),
    [
        ("It ran from March to May 2024.", "from March to May 2024", "2024-03/2024-05"),
        ("Between March and May 2024 it hired.", "Between March and May 2024", "2024-03/2024-05"),
        ("It ran from November to March 2024.", "from November to March 2024", "2023-11/2024-03"),
        ("It lasted from 2019 through 2023.", "from 2019 through 2023", "2019/2023"),
        ("Between 2020 and 2023 it grew.", "Between 2020 and 2023", "2020/2023"),
        ("The fair takes place May 19-20, 2026.", "May 19-20, 2026", "2026-05-19/2026-05-20"),
        ("The fair took place from 19 to 21 May 2025.", "from 19 to 21 May 2025", "2025-05-19/2025-05-21"),
        ("It ran Oct. 28, 2024 to Nov. 3, 2024.", "Oct. 28, 2024 to Nov. 3, 2024", "2024-10-28/2024-11-03"),
        ("From late 2023 to early 2024 it slept.", "From late 2023 to early 2024", "2023-10/2024-03"),
        ("It grew between 2000 and 2010.", "between 2000 and 2010", "2000/2010"),
        ("It ran from 1990 to 2000.", "from 1990 to 2000", "1990/2000"),
        ("Between January and March it sold five.", "Between January and March", "2025-01/2025-03"),
        ("It fell in January-March.", "January-March", "2025-01/2025-03"),
        ("The talks lasted from Monday to Wednesday.", "from Monday to Wednesday", "2025-12-08/2025-12-10"),
    ],
)
def test_two_dates_make_a_range(sentence: str, text: str, edtf: str) -> None:
    assert read(sentence) == [(text, edtf)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("In March and May 2024 it grew.", [("March", "2024-03"), ("May 2024", "2024-05")]),
        ("It grew in Q4 and Q1 2024.", [("Q4", "2023-36~"), ("Q1 2024", "2024-33")]),
        ("On 3 May and 5 June 2022 it met.", [("3 May", "2022-05-03"), ("5 June 2022", "2022-06-05")]),
    ],
)
def test_neighbours_share_the_year_that_the_last_one_names(sentence: str, found: list[tuple[str, str]]) -> None:
    assert read(sentence) == found


def test_a_sentence_glued_on_does_not_take_a_date_away() -> None:
    assert read("It began in January 2022.Related stories follow.") == [("January 2022", "2022-01")]


def test_a_month_after_an_earlier_year_in_its_sentence_may_be_of_either() -> None:
    assert read("In 2023, Acme opened in March.") == [("2023", "2023"), ("March", None)]
    assert read("Acme, founded in 2019, will move in May.") == [("2019", "2019"), ("May", "2026-05")]


def test_a_weekday_and_a_month_make_no_range() -> None:
    assert read("Acme corrected on Friday to December its figures.") == [("Friday", "2025-12-05"), ("December", "2025-12")]


def test_the_half_of_a_year_that_has_not_begun_is_not_told_as_past() -> None:
    sentence = "Acme grew in the second half of the year."
    assert read(sentence, published=parse_edtf("2025-03-02")) == [("the second half of the year", None)]
    assert read(sentence) == [("the second half of the year", "2025-41")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It grew in the quarter ended Sept. 30.", [("the quarter", "2025-35"), ("Sept. 30", "2025-09-30")]),
        ("In the quarter ended 27 September 2025 it grew.", [("the quarter", "2025-35~"), ("27 September 2025", "2025-09-27")]),
        ("It grew in its fiscal first quarter ended July 2.", [("fiscal first quarter", "2025-34~"), ("July 2", "2025-07-02")]),
        ("In the quarter that ended in January 2025 it grew.", [("the quarter", "2024-11/2025-01"), ("January 2025", "2025-01")]),
        ("It lost in the quarter ended 15 May 2025.", [("the quarter", "2025-02-16/2025-05-15"), ("15 May 2025", "2025-05-15")]),
        ("It lost in the fourth quarter ended yesterday.", [("yesterday", "2025-12-10")]),
    ],
)
def test_a_quarter_is_known_by_its_last_day(sentence: str, found: list[tuple[str, str]]) -> None:
    assert read(sentence) == found


def test_what_months_are_compared_with_is_no_quarter() -> None:
    sentences = ("It told of the third quarter of 2025.", "It hired.", "In nine months sales rose to 8 from 5 a year ago.")
    assert read(*sentences)[-1] == ("a year ago", "2024~")


def test_a_date_in_its_own_sentence_goes_before_the_quarter_told_last() -> None:
    sentences = (
        "It told of the second quarter of 2025.",
        "It hired.",
        "On 19 November 2025 sales rose to 8 from 5 a year earlier.",
    )
    assert read(*sentences)[-1] == ("a year earlier", "2024-11~")


def test_the_same_quarter_of_another_year_is_that_year_where_no_quarter_was_told() -> None:
    assert read("Beta lost 2 in the same quarter last year.") == [("the same quarter last year", "2024")]
    assert read("Beta lost 2 in the 2023 period.", published=None) == [("the 2023 period", "2023")]


def test_fiscal_periods_are_marked_as_such() -> None:
    sentence = "In the third quarter of fiscal 2025, in fiscal 2024 and in the fiscal second quarter it grew."
    [phrases] = find_dates([sentence], PUBLISHED)
    assert [(phrase.rule, phrase.interval) for phrase in phrases] == [
        ("fiscal-quarter", None),
        ("fiscal-year", None),
        ("fiscal-quarter", None),
    ]


def test_a_date_moved_is_two_dates_and_no_range() -> None:
    assert read("Acme pushed the launch from March 2025 to May 2026.") == [
        ("March 2025", "2025-03"),
        ("May 2026", "2026-05"),
    ]


@pytest.mark.parametrize(
    ("sentence", "text", "edtf"),
    [
        ("Acme raised money in October.", "October", "2025-10"),
        ("Acme raised money in January.", "January", "2025-01"),
        ("Acme raised money in December.", "December", "2025-12"),
        ("In October, Acme raised money.", "October", "2025-10"),
        ("Acme will raise money in October.", "October", "2026-10"),
        ("Acme is expected to open in January.", "January", "2026-01"),
        ("In January, Acme will open.", "January", "2026-01"),
        ("Acme, which opened in May, will close.", "May", "2025-05"),
        ("Acme said it will present what it announced in October.", "October", "2025-10"),
        ("Acme agreed in June to buy Beta.", "June", "2025-06"),
        ("Acme agreed to buy Beta in June.", "June", "2026-06"),
        ("Acme was open in October.", "October", "2025-10"),
        ("Acme needs it by March.", "March", "2026-03"),
        ("Acme stays open until March.", "March", "2026-03"),
        ("It fell last October.", "last October", "2025-10"),
        ("In October last year it fell.", "October last year", "2024-10"),
        ("It opened in May this year.", "May this year", "2025-05"),
        ("Acme spoke in late July.", "late July", "2025-07-21/2025-07-31"),
        ("On Nov. 17, Acme opened.", "Nov. 17", "2025-11-17"),
        ("Acme opens on January 5, it said.", "January 5", "2026-01-05"),
        ("Acme opened on Monday.", "Monday", "2025-12-08"),
        ("Acme opened on Thursday.", "Thursday", "2025-12-11"),
        ("Acme will open on Monday.", "Monday", "2025-12-15"),
        ("Acme opened on Monday morning.", "Monday morning", "2025-12-08"),
        ("Monday's launch was a success.", "Monday", "2025-12-08"),
        ("Acme opened last Friday.", "last Friday", "2025-12-05"),
        ("Wed, 5 Mar, 8:09 AM UTC", "Wed, 5 Mar", "2025-03-05"),
        ("Acme opened yesterday.", "yesterday", "2025-12-10"),
        ("Acme opened last night.", "last night", "2025-12-10"),
        ("Acme will open tomorrow.", "tomorrow", "2025-12-12"),
        ("Acme shrank last week.", "last week", "2025-12-01/2025-12-07"),
        ("Acme shrank earlier this week.", "earlier this week", "2025-12-08/2025-12-14"),
        ("Acme shrank earlier this month.", "earlier this month", "2025-12"),
        ("Acme shrank earlier this year after it released Rover 4.", "earlier this year", "2025"),
        ("Acme will grow later this year.", "later this year", "2025"),
        ("Acme will open next month.", "next month", "2026-01"),
        ("Acme shrank last year.", "last year", "2024"),
        ("Acme opened late last year.", "late last year", "2024-10/2024-12"),
        ("Acme will open by the end of the year.", "the end of the year", "2025-10/2025-12"),
        ("This summer, Acme opened.", "This summer", "2025-22"),
        ("Acme will open next spring.", "next spring", "2026-21"),
        ("It will spend over the next three years.", "the next three years", "2025-12/2028-12"),
        ("It spent over the past two decades.", "the past two decades", "2005/2025"),
        ("It opened two years ago.", "two years ago", "2023~"),
        ("It opened three months ago.", "three months ago", "2025-09~"),
        ("It opened three days ago.", "three days ago", "2025-12-08"),
        ("It opened two weeks ago.", "two weeks ago", "2025-11-24/2025-11-30"),
        ("Sales fell in the third quarter.", "the third quarter", "2025-35~"),
        ("Sales fell in the latest quarter.", "the latest quarter", "2025-35~"),
        ("Wages were 3.8 percent higher than a year earlier.", "a year earlier", "2024~"),
        ("The loss shrank from a year-earlier loss.", "a year-earlier", "2024~"),
        ("It will open in two weeks.", "in two weeks", "2025-12-22/2025-12-28"),
        ("Acme opened on the 9th.", "the 9th", "2025-12-09"),
        ("Acme opened on the 19th.", "the 19th", "2025-11-19"),
        ("Acme will open on the ninth, it said.", "the ninth", "2026-01-09"),
        ("Acme wants to open before Christmas.", "Christmas", "2025-12-25"),
        ("Acme has been shut since Thanksgiving.", "Thanksgiving", "2025-11-27"),
        ("Acme opened last Christmas.", "last Christmas", "2024-12-25"),
        ("Acme had sold out by October.", "October", "2025-10"),
        ("It was not until Tuesday that Acme spoke.", "Tuesday", "2025-12-09"),
        ("Until March, Acme was small.", "March", "2025-03"),
        ("Acme extended the offer until March.", "March", "2026-03"),
        ("Acme won the case in May.", "May", "2025-05"),
        ("Acme may open in May.", "May", "2026-05"),
        ("Acme might have opened in May.", "May", "2025-05"),
        ("It won't open in May.", "May", "2026-05"),
        ("Acme could not be reached on Friday.", "Friday", "2025-12-05"),
        ("Neither she nor Acme could be reached on Friday.", "Friday", "2025-12-05"),
        ("A storm tore down the roof on Friday.", "Friday", "2025-12-05"),
        ("Acme grew in the first half of the year.", "the first half of the year", "2025-40"),
        ("Acme grew through August.", "August", "2025-08"),
        ("Acme has extended the loan through January.", "January", "2026-01"),
        ("They let the trial begin as previously planned on Monday.", "Monday", "2025-12-08"),
        ("The turnover for December is high.", "December", "2025-12"),
        ("Acme meets on Thursday.", "Thursday", "2025-12-11"),
        ("The show ran well into the summer.", "the summer", "2025-22"),
        ("It opened two and a half years ago.", "two and a half years ago", "2023~"),
        ("It opened a year and a half ago.", "a year and a half ago", "2024~"),
        ("Acme was found last Thanksgiving following a wreck.", "last Thanksgiving", "2025-11-27"),
        ("Acme earned less in the year-earlier third quarter.", "the year-earlier third quarter", "2024-35~"),
        ("The launch was expected in October.", "October", "2025-10"),
        ("The launch had been planned for January.", "January", "2026-01"),
        ("The case is heard in February.", "February", "2026-02"),
        ("A stock split in January is meant to help.", "January", "2026-01"),
        ("The weekend of July 21-23 was good.", "July 21-23", "2025-07-21/2025-07-23"),
        ("It lasts until at least March.", "March", "2026-03"),
        ("Three years ago this month, it began.", "Three years ago this month", "2022-12"),
        ("It began a year ago today.", "a year ago today", "2024-12-11"),
        ("It began a year ago Friday.", "a year ago Friday", "2024~"),
        ("It fell in the last half of the year.", "the last half of the year", "2025-41"),
        ("It has grown since the Sept. 11 terrorist attacks.", "the Sept. 11", "2001-09-11"),
        ("It is about the attacks of September 11.", "September 11", "2001-09-11"),
        ("It has grown since 9/11.", "9/11", "2001-09-11"),
        ("The 9/11 attacks changed it.", "The 9/11", "2001-09-11"),
        ("It is about the January 6 riot.", "the January 6", "2021-01-06"),
        ("Hamas made its Oct. 7 attack.", "Oct. 7", "2023-10-07"),
    ],
)
def test_relative_dates_lean_on_publication(sentence: str, text: str, edtf: str) -> None:
    assert read(sentence) == [(text, edtf)]
    [[phrase]] = find_dates([sentence], PUBLISHED)
    assert phrase.anchor == PUBLISHED


def test_a_latest_month_not_yet_come_this_year_is_last_years() -> None:
    assert read("Acme raised money in October.", published=parse_edtf("2025-03-02")) == [("October", "2024-10")]


def test_earlier_in_winter_the_season_began_last_year() -> None:
    assert read("This winter, Acme opened.", published=parse_edtf("2026-01-15")) == [("This winter", "2025-24")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme opened in October.",
        "Acme opened on Monday.",
        "Acme opened earlier this year.",
        "Acme opened two weeks ago.",
        "Acme opened last night.",
        "It will spend over the next three years.",
        "Acme opened on Nov. 17.",
    ],
)
@pytest.mark.parametrize("published", [None, not_before(PUBLISHED.sort_date)], ids=["unknown", "bounded"])
def test_without_a_publication_date_relative_dates_stay_unresolved(sentence: str, published: Interval | None) -> None:
    [(_, edtf)] = read(sentence, published=published)
    assert edtf is None


def test_a_publication_month_resolves_what_is_the_same_on_all_its_days() -> None:
    month = parse_edtf("2025-12")
    assert read("Acme opened last year.", published=month) == [("last year", "2024")]
    assert read("Acme opened earlier this month.", published=month) == [("earlier this month", "2025-12")]
    assert read("Acme opened last week.", published=month) == [("last week", None)]


@pytest.mark.parametrize(
    ("sentences", "edtf"),
    [
        (("Beta left in October.", "Gamma left a month later."), "2025-11"),
        (("Beta left in October, and Gamma left a month later.",), "2025-11"),
        (("Beta left on 3 March 2024.", "Two days later, Gamma left."), "2024-03-05"),
        (("Beta left on 3 March 2024.", "The next day, Gamma left."), "2024-03-04"),
        (("Beta left on 3 March 2024.", "A year later, Gamma left."), "2025-03~"),
        (("Beta left in 2019.", "The following year, Gamma left."), "2020"),
        (("Beta left in 2019.", "Two years earlier, Gamma had left."), "2017"),
        (("Beta left on 3 March 2024.", "That day, Gamma left too."), "2024-03-03"),
        (("Beta left in May 2024.", "The following November, Gamma left."), "2024-11"),
        (("Beta left in May 2024.", "On the 9th, Gamma left."), "2024-05-09"),
        (("Beta fell in the third quarter of 2024.", "Gamma grew in the quarter."), "2024-35"),
        (("Beta fell in the third quarter of 2024.", "Gamma grew in the latest quarter."), "2024-35"),
        (("Beta fell in the third quarter of 2024.", "It had to pay.", "So it lost money in the quarter."), "2024-35"),
        (("In the third quarter of 2024 Beta fell, but in the latest quarter Gamma grew.",), "2024-35"),
        (("In the third quarter of 2024 Beta sold 8, up from 5 a year earlier.", "In the quarter it grew."), "2024-35"),
        (("Beta sold 8 in the third quarter of 2025, up from 5 a year ago.",), "2024-35"),
        (("Beta sold 8 in the third quarter of 2025, up from 5 a year earlier.",), "2024-35"),
        (("Beta grew in the third quarter of 2025.", "It hired.", "The year-ago quarter had a loss."), "2024-35"),
        (("Beta earned 8 in 2024.", "It was a year-earlier loss of 5."), "2023"),
        (("Beta earned 8 in the third quarter of 2025.", "It hired.", "In the same quarter last year it lost."), "2024-35"),
        (("Beta earned 8 in the third quarter of 2025.", "It lost 2 in the comparable quarter of 2022."), "2022-35"),
        (("Beta earned 8 in the third quarter of 2025.", "It had lost 2 in the 2023 period."), "2023-35"),
        (("It told of the third quarter of 2025.", "It hired.", "Sales rose to 8 from 5 a year ago."), "2024-35"),
        (("Beta earned 8 in the quarter ended Sept. 30, 2025, up from 5 a year earlier.",), "2024-35"),
        (("Beta left on 3 March 2024.", "Gamma left at 10:30 a.m. without a word."), "2024-03-03"),
        (("Beta left on 3 March 2024.", "That night, Gamma left."), "2024-03-03"),
        (("Beta began in June 2023, and Gamma in December of that year.",), "2023-12"),
        (("Beta left in 2012.", "Gamma left in March of the following year."), "2013-03"),
        (("In May 2024 sales rose to 8 from 5 a year earlier.", "A month later, Gamma left."), "2024-06"),
        (("Beta told of the third quarter of 2025.", "A year ago, it had net income of $2.1 million."), "2024-35"),
        (("Beta told of the third quarter of 2025.", "It earned $3 million a year earlier."), "2024-35"),
    ],
)
def test_dates_that_lean_on_the_date_told_before(sentences: tuple[str, ...], edtf: str) -> None:
    assert read(*sentences)[-1][1] == edtf
    assert find_dates(sentences, PUBLISHED)[-1][-1].anchor not in (None, PUBLISHED)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Two weeks later, on November 30, 2022, it opened.",
            [("Two weeks later", "2022-11-30"), ("November 30, 2022", "2022-11-30")],
        ),
        ("It left only a day before, on 2 September.", [("a day before", "2025-09-02"), ("2 September", "2025-09-02")]),
        ("A year ago, in May 2024, it opened.", [("A year ago", "2024-05"), ("May 2024", "2024-05")]),
        ("It was shown on 20 May 2024, two months before.", [("20 May 2024", "2024-05-20"), ("two months before", "2024-05-20")]),
        ("On November 20, less than a week earlier, it left.", [("November 20", "2025-11-20"), ("a week earlier", "2025-11-20")]),
        ("In the spring of 2023, two years ago, it grew.", [("the spring of 2023", "2023-21"), ("two years ago", "2023-21")]),
        (
            "On 3 March 2024, two days later than meant, it left.",
            [("3 March 2024", "2024-03-03"), ("two days later", "2024-03-05")],
        ),
        ("A year ago, in May, it opened.", [("A year ago", "2024~"), ("May", "2025-05")]),
        (
            "It closed a month later, at the end of April.",
            [("a month later", None), ("the end of April", "2025-04-21/2025-04-30")],
        ),
    ],
)
def test_a_distance_is_explained_by_the_date_right_beside_it(sentence: str, found: list[tuple[str, str | None]]) -> None:
    assert read(sentence) == found


def test_a_distance_that_is_known_is_kept_where_the_date_beside_it_names_no_year() -> None:
    assert ("a month later", "2016-06~") in read("It began on 3 May 2016, and a month later, on 4 June, ended.")


def test_before_it_happened_a_known_day_is_any_day() -> None:
    sentence = "It is about the Sept. 11 attacks."
    assert read(sentence, published=parse_edtf("1998-10-01")) == [("the Sept. 11", "1998-09-11")]


@pytest.mark.parametrize(
    "sentences",
    [
        ("Beta left.", "One week later, Gamma left."),
        ("Beta left.", "A year earlier, Gamma left."),
        ("Beta left in October.", "Nobody was surprised.", "A month later, Gamma left."),
        ("Beta left in 2019.", "Two weeks later, Gamma left."),
        ("Beta spoke on Monday.", "A month later, Gamma left."),
        ("Beta closed its books on 28 April 2024.", "In the previous quarter it grew."),
    ],
    ids=[
        "undated event",
        "undated event, before it",
        "too far back",
        "finer than its reference",
        "after publication",
        "a company's quarter",
    ],
)
def test_a_distance_from_nothing_sure_stays_undated(sentences: tuple[str, ...]) -> None:
    assert read(*sentences)[-1][1] is None


@pytest.mark.parametrize(
    ("before", "sentence", "edtf"),
    [
        (["Beta left in October."], "Gamma left a month later.", "2025-11"),
        (["Beta left on 3 March 2024."], "That day, Gamma left too.", "2024-03-03"),
        (["Beta fell in the third quarter of 2024.", "It had to pay."], "It lost money in the quarter.", "2024-35"),
        (["Beta left in October.", "Nobody was surprised."], "A month later, Gamma left.", None),
        ([], "A month later, Gamma left.", None),
        (["Beta left in October."], "Gamma left on Monday.", "2025-12-08"),
    ],
)
def test_one_sentence_is_read_as_after_those_before_it(before: list[str], sentence: str, edtf: str | None) -> None:
    [phrase] = find_dates_after(before, sentence, PUBLISHED)
    assert (phrase.interval.edtf if phrase.interval else None) == edtf
    assert sentence[phrase.start : phrase.end] == phrase.text
    assert [phrase] == find_dates([*before, sentence], PUBLISHED)[-1]


@pytest.mark.parametrize("before", [[], ["Beta left in October."]])
def test_a_sentence_without_a_date_has_none_whatever_stands_before_it(before: list[str]) -> None:
    assert find_dates_after(before, "Gamma left as well.", PUBLISHED) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Rover 4, GPT-4, Qwen 2.5, o1 and H100 are names.",
        "The RTX 2080, Windows 2000 and Blade Runner 2049 are names, and so is Project 2025.",
        "It runs rover-3-20241022 and rover-4o-2024-08-06.",
        "The price is $2023, or €1999, or 2,024 yuan, or $5 May knows what.",
        "It cut 2,000 people and 1,950 jobs in 2000 cities.",
        "2000 people came, and 1950 stayed.",
        "It was trained with 2048 GPUs and 1900 MW on 2024 nodes.",
        "Version 17.11.3 follows v2024.1 and 2024.5.",
        "It starts at 10:30 a.m. and ends at 2030 GMT.",
        "The 44-year-old has run it for two years.",
        "You may march on, and prices may fall in spring water.",
        "Theresa May and April Jones met June Smith.",
        "The Women's March was led by March Capital.",
        "Spring raised money, and Summer Yue joined Winter Labs.",
        "On Black Friday and Cyber Monday, people shop.",
        "The service monday.com and the page example.com/2024/november are sites.",
        "A three-month trial of a two-year plan takes three quarters of a day.",
        "This fall in prices hurts the sun and the sat.",
        "It meets each Monday and every October.",
        "In today's world, few think of tomorrow.",
        "The show 'This Week' and Saturn are not days.",
        "Room 2010 is on page 1999, by order no. 1850.",
        "Within weeks it grew, as it had for years.",
        "The Q4 build and the Q4_K_M build run on a phone.",
        "It will open in a year that changes much.",
        "It will open in a year or two.",
        "It is on the 9th floor, has a 9th model and the 9th of ten prizes.",
        "Christmas trees and Easter eggs fill the Thanksgiving table of Easter Jones.",
        "It starts at 9 a.m. and ends by midnight.",
        "He is in his nineties and sold nineteen ninety-cent stamps and twenty twenty-dollar notes.",
        "A 20th century temple was filmed by 20th Century Fox.",
        "In the quarter, and for the year, it did nothing.",
        "It opened the Sunday before last and will close a week from Friday.",
        "The 9/11 Commission saw the 9/11 film of the January-March season.",
        "The 9/11 Commission plays on Friday nights; it was the first Friday.",
        "Its ninth version, the fifth model and Chapter Seven of the ninth book are good.",
    ],
)
def test_what_is_no_date_is_left_alone(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("It happened on 05/06/2024.", "05/06/2024"),
        ("It happened on 31 February 2024.", "31 February 2024"),
        ("It happened on Monday, 17 November 2023.", "Monday, 17 November 2023"),
        ("Revenue rose in fiscal 2025.", "fiscal 2025"),
        ("Revenue rose in the 2025 fiscal year.", "the 2025 fiscal year"),
        ("Revenue rose in fiscal-year 2025.", "fiscal-year 2025"),
        ("Revenue rose in the third quarter of fiscal 2025.", "the third quarter of fiscal 2025"),
        ("Acme opens on the 9th.", "the 9th"),
        ("The launch was expected on Friday.", "Friday"),
        ("They were to meet on Friday.", "Friday"),
        ("The launch was expected in May.", "May"),
        ("Wood is for sale in November.", "November"),
        ("Acme meets on Monday.", "Monday"),
        ("Acme worked until March.", "March"),
        ("Acme is open Monday to Thursday.", "Monday to Thursday"),
        ("Sales fell in the fourth quarter.", "the fourth quarter"),
        ("Acme opened last Tuesday.", "last Tuesday"),
        ("It opened a few weeks ago.", "a few weeks ago"),
    ],
    ids=[
        "day or month first",
        "no such day",
        "wrong weekday",
        "fiscal",
        "fiscal year",
        "fiscal-year",
        "fiscal quarter",
        "ninth of which month",
        "future in the past",
        "was to",
        "future in the past, far",
        "no verb tells",
        "present",
        "deadline in the past",
        "opening hours",
        "running quarter, reported",
        "this week or last",
        "vague",
    ],
)
def test_what_two_readers_could_take_differently_stays_unresolved(sentence: str, text: str) -> None:
    assert read(sentence) == [(text, None)]


def test_a_year_counts_with_words_that_go_with_years() -> None:
    sentence = "The 2024 election, a 2023 paper and its 2025 plan came after Acme's 2022 loss; since 2019 it has grown."
    assert [text for text, _ in read(sentence)] == ["2024", "2023", "2025", "2022", "2019"]


def test_offsets_are_those_of_the_words_and_rules_have_names() -> None:
    sentence = "In early 2025, Acme “opened”; on 3 May 2025 it closed."
    [phrases] = find_dates([sentence], None)
    assert [sentence[phrase.start : phrase.end] for phrase in phrases] == [phrase.text for phrase in phrases]
    assert [phrase.rule for phrase in phrases] == ["part-of-year", "day"]
    assert [phrase.anchor for phrase in phrases] == [None, None]


def test_durations_are_found_apart_from_dates() -> None:
    found = find_durations("The two-year plan needs three months, a decade or several weeks.")
    assert [(phrase.text, phrase.value) for phrase in found] == [
        ("two-year", "P2Y"),
        ("three months", "P3M"),
        ("a decade", "P10Y"),
        ("several weeks", "PXW"),
    ]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "1500", "201X", "2024-02-29"])
def test_no_publication_date_breaks_it(published: str) -> None:
    sentences = [
        "In 999 weeks and 999 decades it will open; 999 years ago, 31 November, Monday and last winter it closed.",
        "It opened on 29 February, and 900 years later it closed on 31 June 1500, last night.",
    ]
    for edtf in read(*sentences, published=parse_edtf(published)):
        if edtf[1] is not None:
            parse_edtf(edtf[1])


WORDS = sorted(
    words(
        "attacks last next this the past early late mid end of in on by from to between and until since 1 4 17 31 99 2023 2000 1999 '90s "
        "2010s Q3 H1 first third two a few weeks week day days year years month quarter half decade May March Nov. Monday Fri "
        "Christmas Thanksgiving Easter 9th ninth a.m. noon year-ago year-earlier latest nineteen ninety-six century nineties may than "
        "spring winter fall today tonight ago later earlier before fiscal - / , . ( ) 's will opened 17/11/2023 2023-11 % $ ended"
    )
)


@example(["2023", "-", "nineteen"], None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([None, "2025-12-11", "2024-02-29", "2025-12"]))
def test_any_run_of_such_words_gives_sound_phrases(words: list[str], published: str | None) -> None:
    sentence = " ".join(words)
    anchor = parse_edtf(published) if published else None
    [phrases] = find_dates([sentence], anchor)
    assert all(sentence[item.start : item.end] == item.text for item in find_durations(sentence))
    end = 0
    for phrase in phrases:
        assert phrase.start >= end
        assert sentence[phrase.start : phrase.end] == phrase.text != ""
        end = phrase.end
        if phrase.interval is not None:
            assert parse_edtf(phrase.interval.edtf) == phrase.interval


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join), min_size=1, max_size=3))
def test_a_sentence_is_read_after_others_as_in_their_row(sentences: list[str]) -> None:
    assert find_dates_after(sentences[:-1], sentences[-1], PUBLISHED) == find_dates(sentences, PUBLISHED)[-1]


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_is_read_without_complaint(sentences: list[str]) -> None:
    assert len(find_dates(sentences, PUBLISHED)) == len(sentences)


@pytest.mark.parametrize(
    "piece",
    [
        "the first ",
        "2023-",
        "the end of ",
        "Monday, (",
        "1 ",
        "last next ",
        "May 1-",
        "10 a.m. ",
        "the 9th, ",
        "a year-ago G ",
        "on Easter ",
    ],
)
def test_long_sentences_are_read_in_one_go(piece: str) -> None:
    sentence = piece * 3000
    [phrases] = find_dates([sentence], PUBLISHED)
    assert all(sentence[phrase.start : phrase.end] == phrase.text for phrase in phrases)


@pytest.mark.shared
def test_the_seed_document_has_no_false_date(shared: Path) -> None:
    files = sorted((shared / "seed").glob("*.txt"))
    lines = files[0].read_text("utf-8").split("\n")
    text = " ".join([lines[4], lines[7], *lines[11:31]])
    allowed = {
        "2026-21", "2023/2024", "2025-01/2025-03", "2025-11", "2025", "2025-01", "2025-12", "2025-07-21/2025-07-31",
        "2025-12/2028-12", "2026", "2025-10", "2025-22", None,
    }  # fmt: skip
    found = read(*(text[start:end] for start, end in split_sentences(text)))
    assert {edtf for _, edtf in found} <= allowed
    assert len(found) > 15


@settings(max_examples=600)
@example("w,dM")
@example("aT")
@given(st.text(alphabet="TMdoyqKOuGYSnWPEZglkrxhLVmCpbeBFAI~@tfsvaQHDij3#w%&:,.-_(cRzNXJU!*=", max_size=12))
def test_rules_found_by_their_beginnings_are_those_of_one_alternation(letters: str) -> None:
    whole = re.compile("|".join(f"(?P<{name}>{pattern})" for name, _, pattern in _RULES))
    assert list(find_runs(letters)) == [(match.lastgroup, *match.span()) for match in whole.finditer(letters)]
