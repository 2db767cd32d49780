"""Paragraphs that an extraction has glued together."""

from __future__ import annotations

import pytest

from tests.importer.formats.text_dump.support import page, parse, summary_of


def texts(summary: str) -> list[str]:
    return [" ".join(sentence.text for sentence in paragraph.sentences) for paragraph in parse(page(summary)).paragraphs]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("It spoke publicly.", "The next day it did not."),
        ("It is made by Plover Inc.", "The price is open."),
        ('It said "no."', "The rest is open."),
        ("It closed (at last).", "Its chief left."),
        ("It said “no.”", "The rest is open."),
        ("Nobody said so.", '"We did," said one.'),
        ("Nobody said so.", "“We did,” said one."),
        ("Is that so?", "Analysts say it is."),
        ("It works with OpenAI.", "The deal is old."),
        ("It sells to the U.S.", "The deal is old."),
        ("It came out in 2025.", "While some liked it, others left."),
        ("It raised money.", "$60 billion is a lot."),
        ("Це кінець.", "Далі буде."),
        ("She left.", "CEO Okafor stayed."),
    ],
)
def test_a_stop_directly_before_a_capital_parts(left: str, right: str) -> None:
    assert texts(f"{left}{right}\n") == [left, right]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S.A. and the U.S.Senate agree.",
        "It trails 01.AI and C3.AI there.",
        "It runs on .NET and ASP.NET now.",
        "It bought Character.AI and x.AI too.",
        "It hired a Ph.D. from Leeds.",
        "It met Dr.Okafor, e.g.Tuesday, there.",
        "It wrote to Ada@Example.Com and https://a.example/Some.Page there.",
        "It grew by 3.5 points to 1.000 there.",
        "It used some_module.Name there.",
    ],
)
def test_names_and_abbreviations_stay_whole(sentence: str) -> None:
    assert texts(f"{sentence}\n") == [sentence]


@pytest.mark.parametrize("start", ["AI has won.", "The rest is open.", "US firms agree."])
def test_a_line_that_begins_with_a_stop_and_a_capital_begins_a_paragraph(start: str) -> None:
    document = parse(page(f"It opened\n1\n.{start}\n"))
    assert summary_of(document) == [[("It opened.", [1])], [(start, [])]]


def test_a_line_that_begins_with_a_stop_and_a_space_goes_on() -> None:
    assert summary_of(parse(page("It opened\n1\n. The rest is open.\n"))) == [[("It opened.", [1]), ("The rest is open.", [])]]


def test_a_name_that_begins_with_a_stop_is_no_stop() -> None:
    document = parse(page("They moved to\n.NET last year\n1\n. Done.\n"))
    assert summary_of(document) == [[("They moved to .NET last year.", [1]), ("Done.", [])]]


def test_a_marker_on_its_own_line_shows_a_break_after_a_name_in_capitals() -> None:
    glued = "It began\n1\n. It went to OpenAI.Meta followed suit"
    assert [len(paragraph) for paragraph in summary_of(parse(page(f"{glued}\n2\n. End.\n")))] == [2, 2]
    assert [len(paragraph) for paragraph in summary_of(parse(page(f"{glued}2\n. End.\n")))] == [3]


def test_related_stories_in_the_middle_is_a_label_and_parts() -> None:
    document = parse(page("It opened\n1\n.Related Stories\nthe iPhone followed\n2\n. It ended.Related Stories\nThe last one.\n"))
    assert summary_of(document) == [
        [("It opened.", [1])],
        [("the iPhone followed.", [2]), ("It ended.", [])],
        [("The last one.", [])],
    ]
    assert document.warnings == ()


@pytest.mark.parametrize(
    "ending",
    [
        "It ended.Summarized by\nNavi\n",
        "It ended.\nSummarized by\nNavi\n",
        "It ended.Summarized by Navi\n",
        "It ended. Summarized by\n",
    ],
)
def test_who_summarised_is_no_part_of_the_summary(ending: str) -> None:
    document = parse(page(f"It opened\n1\n. {ending}", tail=""))
    assert summary_of(document) == [[("It opened.", [1]), ("It ended.", [])]]
    assert document.warnings == ()


def test_prose_about_summaries_is_prose() -> None:
    document = parse(page("The paper was read. Summarized by experts in the field, it is short.\n"))
    assert document.sentences[1].text == "Summarized by experts in the field, it is short."


def test_paragraphs_on_lines_of_their_own_stay_paragraphs() -> None:
    assert texts("One is here.\n\nTwo is there.\nThree is on a line\nthat was wrapped.\n") == [
        "One is here.",
        "Two is there.",
        "Three is on a line that was wrapped.",
    ]
