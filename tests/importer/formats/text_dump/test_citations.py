"""Markers that lost their brackets, and digits that are no markers."""

from __future__ import annotations

import pytest

from app.domain.documents import Citation, Role
from tests.importer.formats.text_dump.support import page, parse, summary_of, warning_codes


def test_number_on_its_own_line_before_a_stop_is_a_citation_of_the_sentence_before() -> None:
    document = parse(page("The firm opened\n1\n. It then closed.\n"))
    assert summary_of(document) == [[("The firm opened.", [1]), ("It then closed.", [])]]
    assert document.sentences[1].inherited == (1,)
    assert document.warnings == ()


@pytest.mark.parametrize("word", ["monetize", "gpt-oss", "Llama", "AI", "models", "Größe", "95%", '"so"', "(beta)", "U.S."])
def test_digit_glued_to_a_word_before_a_stop_is_a_citation(word: str) -> None:
    document = parse(page(f"At first it was calm\n1\n. Then came {word}2\n. The end.\n"))
    assert summary_of(document)[0][1] == (f"Then came {word}.", [2])
    assert not document.sentences[1].citations[0].uncertain


def test_product_names_with_digits_inside_a_line_are_prose() -> None:
    document = parse(page("The Qwen3-based app and GPT-4o beat 10 blue links. Qwen3. It won\n1\n.\n"))
    assert document.paragraphs[0].sentences[0].text == "The Qwen3-based app and GPT-4o beat 10 blue links."
    assert [citation.number for sentence in document.sentences for citation in sentence.citations] == [1]


@pytest.mark.parametrize(
    "marks", ["\n1\n2\n. ", "12\n. ", "1\n\n2\n. ".removeprefix("1")], ids=["own lines", "glued run", "own line after blank"]
)
def test_several_citations_in_a_row(marks: str) -> None:
    document = parse(page(f"It used two models{marks}It ended.\n"))
    numbers = [1, 2] if "1" in marks else [2]
    assert summary_of(document) == [[("It used two models.", numbers), ("It ended.", [])]]


def test_several_citations_in_blocks() -> None:
    document = parse("Title\n\nReviewed byAda\n\n2 Sources\n\nShare\n\nA dek.\n\nThe Gemini model\n\n1\n\n2\n\n. It ran.\n")
    assert summary_of(document) == [[("The Gemini model.", [1, 2]), ("It ran.", [])]]


def test_a_citation_within_a_sentence_belongs_to_it() -> None:
    document = parse(page("The model\n1\n, which is new, and the chip2\n, which is old, were sold.\n"))
    assert summary_of(document) == [[("The model, which is new, and the chip, which is old, were sold.", [1, 2])]]


def test_the_same_citation_twice_in_a_sentence_is_one() -> None:
    document = parse(page("The model\n1\n, and the chip1\n. Sold.\n"))
    assert summary_of(document)[0][0] == ("The model, and the chip.", [1])


@pytest.mark.parametrize(
    ("line", "known", "prose", "number"),
    [
        ("It beat GPT-42", "", "It beat GPT-4.", 2),
        ("It beat Llama 42", "", "It beat Llama 4.", 2),
        ("It beat Llama 3.12", "", "It beat Llama 3.1.", 2),
        ("That was in 20252", "", "That was in 2025.", 2),
        ("It met on May 192", "A talk on May 19 was held.", "It met on May 19.", 2),
        ("It has 1,2002", "There are 1,200 of them.", "It has 1,200.", 2),
        ("It runs on H1002", "The H100 is a chip.", "It runs on H100.", 2),
        ("It costs $14.3 billion2", "", "It costs $14.3 billion.", 2),
    ],
)
def test_a_known_name_or_year_before_a_marker_stays_whole(line: str, known: str, prose: str, number: int) -> None:
    document = parse(page(f"First\n1\n. {line}\n. End.\n", extra_source_text=known))
    assert summary_of(document)[0][1] == (prose, [number])
    assert not document.sentences[1].citations[0].uncertain
    assert document.warnings == ()


def test_two_digits_are_one_marker_where_there_are_so_many_sources_but_uncertain_where_they_may_be_two() -> None:
    document = parse(page("It used models12\n. It used tools21\n. It used three30\n. End.\n", sources=30))
    assert [sentence.citations for sentence in document.sentences[:3]] == [
        (Citation(12, uncertain=True),),
        (Citation(21),),
        (Citation(30),),
    ]
    assert warning_codes(document) == ["ambiguous-citation"]


def test_two_digits_on_a_line_of_their_own_are_one_marker() -> None:
    document = parse(page("It used models\n12\n. End.\n", sources=30))
    assert document.sentences[0].citations == (Citation(12),)


def test_a_name_that_the_sources_have_with_its_digit_makes_the_citation_uncertain() -> None:
    document = parse(page("They were cautious about Plover3\n. End.\n", extra_source_text="Plover is old, Plover3-mini is new."))
    assert document.sentences[0].citations == (Citation(3, uncertain=True),)
    assert document.sentences[0].text == "They were cautious about Plover."
    assert [(warning.code, warning.excerpt) for warning in document.warnings] == [
        ("ambiguous-citation", "They were cautious about Plover3")
    ]


@pytest.mark.parametrize("ending", ["OpenAI's o3", "about 1,2003", "the Rover-3", "only 3"])
def test_a_digit_that_may_belong_to_the_prose_stays_in_it_and_the_citation_is_uncertain(ending: str) -> None:
    document = parse(page(f"It was {ending}\n. End.\n"))
    assert document.sentences[0].text == f"It was {ending}."
    assert document.sentences[0].citations == (Citation(3, uncertain=True),)
    assert warning_codes(document) == ["ambiguous-citation"]


def test_a_year_before_a_stop_without_a_marker_stays_a_year() -> None:
    document = parse(page("That was in 2025\n. End\n1\n.\n"))
    assert summary_of(document)[0][0] == ("That was in 2025.", [])
    assert warning_codes(document) == ["ambiguous-citation"]


@pytest.mark.parametrize("text", ["word\n9\n. End.\n", "word42\n. End.\n", "word\n0\n. End.\n", f"word{'9' * 5000}\n. End.\n"])
def test_a_number_higher_than_the_sources_stays_text_with_a_warning(text: str) -> None:
    document = parse(page(f"First\n1\n. A {text}"))
    digits = "".join(filter(str.isdigit, text))
    assert digits in document.sentences[1].text
    assert document.sentences[1].citations == ()
    assert warning_codes(document) == ["citation-out-of-range"]


def test_the_digits_of_markers_are_accounted_for_as_citations() -> None:
    text = page("The firm opened\n1\n. It closed2\n. End.\n")
    document = parse(text)
    spans = [text[span.start : span.end] for span in document.spans if span.role is Role.CITATION]
    assert spans == ["1", "2"]


def test_numbers_in_headings_quotations_and_ranges_are_no_citations() -> None:
    text = (
        "Title\n\nReviewed byAda\n\n2 Sources\n\nShare\n\nA dek.\n\nFledge/O 2026\n\n"
        'The "10 blue links" of May 19-20 are gone\n\n1\n\n. They were 2.\n'
    )
    document = parse(text)
    assert document.paragraphs[0].heading == "Fledge/O 2026"
    assert summary_of(document) == [[('The "10 blue links" of May 19-20 are gone.', [1]), ("They were 2.", [])]]


def test_ranks_of_top_stories_are_no_citations() -> None:
    document = parse(page("It opened\n1\n. End.\n", tail="1\nTechnology\n\n2\nPolicy\n"))
    assert [(row.rank, row.category) for row in document.ranked] == [(1, "Technology"), (2, "Policy")]
    assert [citation.number for sentence in document.sentences for citation in sentence.citations] == [1]


def test_markers_of_scripts_without_capitals() -> None:
    document = parse(page("公司发布了新模型\n1\n。分析师很谨慎2\n。\n"))
    assert summary_of(document) == [[("公司发布了新模型。", [1]), ("分析师很谨慎。", [2])]]
