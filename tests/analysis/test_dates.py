"""What the grammar of dates finds, and what it makes of it where nothing but the day of publication is known."""

import pytest

from app.analysis.dates import find_dates
from app.domain.dates import Interval, not_before, parse_edtf
from tests.support.dates import PUBLISHED, read


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
        ("2008-09", "2008/2009"),
        ("the ninth of March 2024", "2024-03-09"),
        ("the fourth of July 2025", "2025-07-04"),
        ("March ninth, 2024", "2024-03-09"),
        ("Christmas 2024", "2024-12-25"),
        ("Thanksgiving Day 2024", "2024-11-28"),
        ("New Year's Day in 2024", "2024-01-01"),
        ("the 9th of March in 2024", "2024-03-09"),
        ("2024's final quarter", "2024-36"),
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
        ("the last weekend of April 2024", "2024-04-27/2024-04-28"),
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
        ("From 2000 to 2010, it ran.", "From 2000 to 2010", "2000/2010"),
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
        ("In May or June 2022 it met.", [("May", "2022-05"), ("June 2022", "2022-06")]),
        ("On 3 May and 5 June 2022 it met.", [("3 May", "2022-05-03"), ("5 June 2022", "2022-06-05")]),
    ],
)
def test_neighbours_share_the_year_that_the_last_one_names(sentence: str, found: list[tuple[str, str]]) -> None:
    assert read(sentence) == found


def test_a_sentence_glued_on_does_not_take_a_date_away() -> None:
    assert read("It began in January 2022.Related stories follow.") == [("January 2022", "2022-01")]


def test_a_month_is_of_the_year_with_which_its_clause_opens() -> None:
    found = [("2023", "2023"), ("March", "2023-03"), ("May 5", "2023-05-05")]
    assert read("In 2023, Acme opened in March and closed on May 5.") == found


@pytest.mark.parametrize(
    ("sentences", "dates"),
    [
        (["It began on Oct. 6, 1973, and ended on Oct. 25."], ["1973-10-06", "1973-10-25"]),
        (["It began on April 6, 1973.", "It ended on April 25."], ["1973-04-06", "1973-04-25"]),
        (["It began on April 6, 1973.", "It was remembered on Aug. 1."], ["1973-04-06", "2025-08-01"]),
        (["It fell in May 2016, rose in June and fell in August."], ["2016-05", "2016-06", "2016-08"]),
        (["It fell in May 2016 and in March."], ["2016-05", None]),
        (["It came out in 1999.", "It was gone in December that same year."], ["1999", "1999-12"]),
    ],
    ids=["goes on", "soon after", "long after", "one after another", "before it", "that year"],
)
def test_a_date_without_a_year_goes_on_from_the_one_before(sentences: list[str], dates: list[str | None]) -> None:
    assert [edtf for _, edtf in read(*sentences)] == dates


def test_a_month_after_an_earlier_year_in_its_sentence_may_be_of_either() -> None:
    assert read("In 2023, Acme hired Beta, which left in March.") == [("2023", "2023"), ("March", None)]
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
        ("Acme meets on Monday.", "Monday", "2025-12-15"),
        ("The members vote on Monday.", "Monday", "2025-12-15"),
        ("The deadline is Monday, Acme said.", "Monday", "2025-12-15"),
        ("Acme is to meet Beta on Monday, people said.", "Monday", "2025-12-15"),
        ("On Monday, Acme hosts a fair.", "Monday", "2025-12-15"),
        ("Acme told them that the trial begins in May.", "May", "2026-05"),
        ("Acme opens on the 9th.", "the 9th", "2026-01-09"),
        ("Acme opens an inquiry after the crash on Monday.", "Monday", "2025-12-08"),
        ("Acme to open a plant in May", "May", "2026-05"),
        ("Snow is forecast for Monday.", "Monday", "2025-12-15"),
        ("They were to meet on Friday.", "Friday", "2025-12-12"),
        ("The launch was expected on Wednesday.", "Wednesday", "2025-12-10"),
        ("Monday's race will be long.", "Monday", "2025-12-15"),
        ("Ahead of Monday's race, Acme spoke.", "Monday", "2025-12-15"),
        ("Acme will study Monday's deadly train crash.", "Monday", "2025-12-08"),
        ("Friday is the end.", "Friday", "2025-12-12"),
        ("It could come as early as Monday.", "Monday", "2025-12-15"),
        ("This coming Friday, December 12, Acme opens.", "This coming Friday, December 12", "2025-12-12"),
        ("Acme opened last Friday, Dec. 5.", "last Friday, Dec. 5", "2025-12-05"),
        ("People said the vote on Monday will decide.", "Monday", "2025-12-15"),
        ("People said the attack on Monday would change much.", "Monday", "2025-12-08"),
        ("Acme is heading to Rome on Monday.", "Monday", "2025-12-15"),
        ("Acme reports earnings on Monday, as Beta heads into court.", "Monday", "2025-12-15"),
        ("The police are looking into a shooting on Monday.", "Monday", "2025-12-08"),
        ("The storm hit on Monday.", "Monday", "2025-12-08"),
        ("People expect a rate cut in May.", "May", "2026-05"),
        ("The Beavers host the Hens on Monday.", "Monday", "2025-12-15"),
        ("Sales rose, and data on Monday is expected to show it.", "Monday", "2025-12-15"),
        ("The man arrested on Monday is expected to leave.", "Monday", "2025-12-08"),
        ("England play Wales on Monday, for the first time since the war.", "Monday", "2025-12-15"),
        ("Housing starts in December fell.", "December", "2025-12"),
        ("The House voted to approve it on Monday.", "Monday", "2025-12-08"),
        ("Acme will attend Monday's game.", "Monday", "2025-12-15"),
        ("Monday's report is expected to be long.", "Monday", "2025-12-15"),
        ("The judge set the hearing for January.", "January", "2026-01"),
        ("Acme asked them to vote by Monday.", "Monday", "2025-12-15"),
        ("Acme failed to pay by Monday.", "Monday", "2025-12-08"),
        ("Crude for January delivery fell.", "January", "2026-01"),
        ("A list, stolen on Monday, is for sale.", "Monday", "2025-12-08"),
        ("Acme hopes to recover from Monday's loss.", "Monday", "2025-12-08"),
        ("She turns 80 on Monday, having had two runs of luck.", "Monday", "2025-12-15"),
        ("Monday's election is the first.", "Monday", "2025-12-15"),
        ("The hearing was moved to January.", "January", "2026-01"),
        ("It will snow on Christmas night.", "Christmas night", "2025-12-25"),
        ("It opened on Monday of last week.", "Monday of last week", "2025-12-01"),
        ("It will open Friday next week.", "Friday next week", "2025-12-19"),
        ("It opened the week before last.", "the week before last", "2025-11-24/2025-11-30"),
        ("It opened the day before yesterday.", "the day before yesterday", "2025-12-09"),
        ("It opens the day after tomorrow.", "the day after tomorrow", "2025-12-13"),
        ("It opened a week ago today.", "a week ago today", "2025-12-04"),
        ("It opened a year ago this week.", "a year ago this week", "2024-12-09/2024-12-15"),
        ("It opened a year ago last month.", "a year ago last month", "2024-11"),
        ("It fell in last year's second half.", "last year's second half", "2024-41"),
        ("It was shut at Christmas.", "Christmas", "2025-12-25"),
        ("It will close a week from Friday.", "a week from Friday", "2025-12-19"),
        ("It will close in a week's time.", "in a week", "2025-12-15/2025-12-21"),
        ("It closed a couple of years ago.", "a couple of years ago", "2023~"),
        ("Polls close at 8 p.m. (1800 GMT) Monday.", "Monday", "2025-12-15"),
        ("It began a week ago Sunday.", "a week ago Sunday", "2025-11-30"),
        ("There was none since Dec. 24.", "Dec. 24", "2024-12-24"),
        ("He died on New Year's Day.", "New Year's Day", "2025-01-01"),
        ("Acme released it on January 20.", "January 20", "2025-01-20"),
        ("Plants, worth millions in October, are cheap now.", "October", "2025-10"),
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
        ("It may have been at fault for a drop on Monday.", "Monday", "2025-12-08"),
        ("Acme has to speak on Monday.", "Monday", "2025-12-15"),
        ("Acme in May announced a plan.", "May", "2025-05"),
        ("Acme sat down on Monday.", "Monday", "2025-12-08"),
        ("People predict a drop in January.", "January", "2026-01"),
        ("It is quiet after its win on Monday.", "Monday", "2025-12-08"),
        ("Acme will appeal Monday's ruling.", "Monday", "2025-12-08"),
        ("Acme misses today's race.", "today", "2025-12-11"),
        ("Acme is said to be on air this past Friday.", "this past Friday", "2025-12-05"),
        ("It is this past weekend that counts.", "this past weekend", "2025-12-06/2025-12-07"),
    ],
)
def test_relative_dates_lean_on_publication(sentence: str, text: str, edtf: str) -> None:
    assert read(sentence) == [(text, edtf)]
    [[phrase]] = find_dates([sentence], PUBLISHED)
    assert phrase.anchor == PUBLISHED


def test_a_month_that_is_nearly_due_is_no_month_of_the_year_before() -> None:
    august = parse_edtf("2025-08-10")
    assert read("Acme told of a cut in September.", published=august) == [("September", None)]
    told = "Acme told of a cut of up to fifteen percent in its oil supply in September."
    assert read(told, published=august) == [("September", "2025-09")]
    assert read("Acme told of a cut last September.", published=august) == [("last September", "2024-09")]
    assert read("In September, Acme told of a cut.", published=august) == [("September", "2024-09")]


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
