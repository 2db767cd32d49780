"""What dates make of each other in a text, what is left alone, and that any text can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.analysis.dates import find_dates, find_dates_after, find_durations
from app.analysis.dates.grammar import _RULES, find_runs
from app.analysis.dates.lexicon import words
from app.analysis.sentences import split_sentences
from app.domain.dates import parse_edtf
from tests.support.dates import PUBLISHED, read


@pytest.mark.parametrize(
    ("sentences", "edtf"),
    [
        (("Beta left in October.", "Gamma left a month later."), "2025-11"),
        (("Beta left in October, and Gamma left a month later.",), "2025-11"),
        (("Beta left on 3 March 2024.", "Two days later, Gamma left."), "2024-03-05"),
        (("Beta left on 3 March 2024.", "The next day, Gamma left."), "2024-03-04"),
        (("Beta left on 3 March 2024.", "A year later, Gamma left."), "2025-03~"),
        (("Beta left in 2019.", "The following year, Gamma left."), "2020"),
        (("Beta left in 2019.", "Gamma left the year after."), "2020"),
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
        (("Beta left on 3 March 2024.", "The night before, Gamma had left."), "2024-03-02"),
        (("Beta began in June 2023, and Gamma in December of that year.",), "2023-12"),
        (("Beta left in 2012.", "Gamma left in March of the following year."), "2013-03"),
        (("In May 2024 sales rose to 8 from 5 a year earlier.", "A month later, Gamma left."), "2024-06"),
        (("Sales rose in October 2025 from those of the same month last year.",), "2024-10"),
        (("Exports grew 8 percent in July from a year ago.",), "2024-07"),
        (("Beta told of the third quarter of 2025.", "A year ago, it had net income of $2.1 million."), "2024-35"),
        (("Beta told of the third quarter of 2025.", "It earned $3 million a year earlier."), "2024-35"),
        (("Beta told of Q3 2025.", "It sees a loss in Q2 2026.", "In the year-ago quarter it earned 5."), "2024-35"),
        (("Beta told of Q3 2025.", "It came after a flat second quarter.", "The year-ago quarter had a loss."), "2024-35"),
        (("Beta told of Q3 2025.", "Sales for last year's quarter were 5."), "2024-35"),
    ],
)
def test_dates_that_lean_on_the_date_told_before(sentences: tuple[str, ...], edtf: str) -> None:
    assert read(*sentences)[-1][1] == edtf
    assert find_dates(sentences, PUBLISHED)[-1][-1].anchor not in (None, PUBLISHED)


def test_results_of_several_months_are_compared_with_no_quarter() -> None:
    before = ("Beta earned 8 in the third quarter of 2025.", "In the nine months net was 20.")
    assert read(*before, "In the year-earlier period it was 15.")[-1] == ("the year-earlier", "2024~")
    assert len(read(*before, "Net of the year-earlier nine months was 15.")) == 1


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
        ("On 3 March 2024, two days later than meant, it left.", [("3 March 2024", "2024-03-03")]),
        ("A year ago, in May, it opened.", [("A year ago", "2024~"), ("May", "2025-05")]),
        ("Nearly 40 years ago, in 1986, it opened.", [("40 years ago", "1986"), ("1986", "1986")]),
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
        "It will last two days and might last three weeks.",
        "It is on the 9th floor, has a 9th model and the 9th of ten prizes.",
        "Christmas trees and Easter eggs fill the Thanksgiving table of Easter Jones.",
        "It starts at 9 a.m. and ends by midnight.",
        "He is in his nineties and sold nineteen ninety-cent stamps and twenty twenty-dollar notes.",
        "A 20th century temple was filmed by 20th Century Fox.",
        "In the quarter, and for the year, it did nothing.",
        "It opened the Sunday before last.",
        "The 9/11 Commission saw the 9/11 film of the January-March season.",
        "The 9/11 Commission plays on Friday nights; it was the first Friday.",
        "On a Friday, the Sunday Times told of Sunday school, Monday Night Football and Monday and Tuesday nights.",
        "It fell in October 1453 and on 22 May 1455.",
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
        ("Few are here on the 9th.", "the 9th"),
        ("The launch was expected on Monday.", "Monday"),
        ("They were to meet on Monday.", "Monday"),
        ("The launch was expected in May.", "May"),
        ("Wood is for sale in November.", "November"),
        ("Acme sells cars on Monday.", "Monday"),
        ("Acme will study Monday's offer.", "Monday"),
        ("Acme has a stand on Monday.", "Monday"),
        ("A fair planned for Monday was canceled.", "Monday"),
        ("A fair, originally planned for Monday, opens.", "Monday"),
        ("Acme worked until March.", "March"),
        ("Acme is open Monday to Thursday.", "Monday to Thursday"),
        ("The members meet Monday through Friday.", "Monday through Friday"),
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
        "offered or to be offered",
        "present possession",
        "called off",
        "planned at first",
        "deadline in the past",
        "opening hours",
        "every week",
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
    assert read("The 2012 and 2010 elections came after the law of 1923 shows its age.") == [
        (y, y) for y in ("2012", "2010", "1923")
    ]
    assert read("Sales rose after a 4 percent fall in 2023.") == [("2023", "2023")]
    assert read("Acme paid for the 2000 Olympics and the 2000 census.") == [("2000", "2000")] * 2
    assert read("Acme expects 2026 revenue of 5 and 2026 cloud sales of 3, not 2000 sales.") == [("2026", "2026")] * 2


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
        "attacks last next this past the past early late mid end of in on by from to between and until since 1 4 17 31 99 2023 2000 1999 '90s "
        "2010s Q3 H1 first third two a few weeks week day days year years month quarter half decade May March Nov. Monday Fri "
        "Christmas Thanksgiving Easter 9th ninth a.m. noon year-ago year-earlier latest nineteen ninety-six century nineties may than has have after canceled ruling "
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
