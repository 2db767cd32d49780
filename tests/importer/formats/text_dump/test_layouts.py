"""The three layouts as whole documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.documents import ParseError, Role, Title
from app.importer.decoding import decode
from app.importer.formats import text_dump
from tests.importer.formats.text_dump.support import page, parse, summary_of, warning_codes

DUMPS = Path(__file__).parents[3] / "data" / "dumps"


def dump(name: str) -> str:
    return decode((DUMPS / f"{name}.txt").read_bytes())


@pytest.mark.parametrize(("name", "variant"), [("glued", "B"), ("readable", "A"), ("curated", "C")])
def test_each_layout_is_recognised(name: str, variant: str) -> None:
    assert text_dump.sniff(dump(name)[:4096]) > 0.8
    assert parse(dump(name)).variant == variant


@pytest.mark.parametrize("text", ["Dear all,\n\nhello.\n", "# A digest\n\n- one\n- two\n", "[1]\n[2]\n", "\n"])
def test_other_texts_are_not_recognised(text: str) -> None:
    assert text_dump.sniff(text) == 0


def test_glued_page() -> None:
    document = parse(dump("glued"))
    assert [[numbers for _, numbers in paragraph] for paragraph in summary_of(document)] == [
        [[1], [2], [3], []],
        [[3], [1]],
        [[2], []],
        [[1], []],
    ]
    assert document.paragraphs[2].sentences[0].text == 'Investors in New York watched the cost and "the long road ahead".'
    assert document.sentences[-1].text == "Its chief says so often."
    assert [sentence.text for sentence in document.dek] == [
        "Kestrel released Plover 3, a closed model.",
        "It follows years of open releases.",
    ]
    assert document.title == Title("Kestrel released Plover 3, a closed model.", "dek")
    assert [(source.number, source.title, source.outlet) for source in document.sources] == [
        (1, "Kestrel ships Plover 3, its first closed model", None),
        (2, "Why Kestrel closed its models", "Estuary Ledger"),
        (3, "Plover3-mini tested", None),
    ]
    assert [(row.published and row.published.edtf, row.category) for row in document.related] == [
        ("2025-12-05", "Technology"),
        ("2024-07-24", None),
        ("2025-06-17", "Startups"),
    ]
    assert [(row.rank, row.category) for row in document.ranked] == [
        (1, "Technology"),
        (2, "Technology"),
        (3, "Policy and Regulation"),
    ]
    assert document.published is not None
    assert (document.published.interval.edtf, document.published.source) == ("2025-12-05/..", "related")
    assert warning_codes(document) == ["ambiguous-citation"]


def test_duplicated_counts_and_buttons_and_the_stray_marker_are_furniture() -> None:
    text = dump("glued")
    spans = [text[span.start : span.end] for span in parse(text).spans if span.role is Role.FURNITURE]
    assert spans == [
        "3 Sources",
        "3 Sources",
        "Share",
        "Share",
        "Copy Link",
        "Related Stories",
        "Summarized by",
        "Navi",
        "[3]",
    ]


def test_readable_page() -> None:
    document = parse(dump("readable"))
    assert document.title == Title("Kestrel Tests Plover at Fledge/O 2026")
    assert [(paragraph.heading, len(paragraph.sentences)) for paragraph in document.paragraphs] == [
        ("Fledge/O 2026 Brings a Third Plover", 2),
        (None, 1),
        (None, 1),
        ("What Comes Next?", 2),
    ]
    assert summary_of(document)[2] == [
        ("Visitors tried the model in a hall full of telephones, and most of them stayed for an hour.", [2])
    ]
    assert document.published is None
    assert document.sources == ()
    assert [(warning.code, warning.message) for warning in document.warnings] == [
        ("source-count", "the document says that it has 2 sources; 0 were found")
    ]


def test_readable_page_with_its_sources_after_the_summary() -> None:
    text = dump("readable") + (
        "\nSummarized by\n\nNavi\n\n[1]\n\nA title\n\nA text.\n\n[2]\n\nAnother title\n\nAnother text.\n\n[2]\n\n"
        "04 Dec 2025•Technology\n\n1\n\nTechnology\n"
    )
    document = parse(text)
    assert [(source.title, source.text) for source in document.sources] == [
        ("A title", "A text."),
        ("Another title", "Another text."),
    ]
    assert len(document.related) == len(document.ranked) == 1
    assert document.warnings == ()


def test_curated_page() -> None:
    document = parse(dump("curated"))
    assert document.published is not None
    assert (document.published.interval.edtf, document.published.source) == ("2025-03-05", "document")
    assert document.sources[0].outlet == "Mudflat Weekly"
    assert document.sources[0].raw_title == "Heron raises money -- again | Mudflat Weekly"
    assert document.sources[0].title == "Heron raises money -- again"
    assert '"[We] are pleased," Heron said -- and' in document.sources[0].text
    assert summary_of(document)[0][1] == ("The money pays for 40 people in Leeds.", [3])


def test_sources_without_a_header() -> None:
    document = parse("[1]\nA title\nA text.\n[2]\nAnother title\nAnother text.\nA dek.\n\nIt opened\n1\n. It closed2\n.\n")
    assert document.variant == "B"
    assert [source.text for source in document.sources] == ["A text.", "Another text."]
    assert summary_of(document) == [[("It opened.", [1]), ("It closed.", [2])]]
    assert document.warnings == ()


def test_sources_alone_are_a_story_without_a_summary() -> None:
    document = parse("[1]\nA title\nA text.\nAnother paragraph of it.\n\nA third.\n")
    assert document.sources[0].text == "A text.\nAnother paragraph of it.\n\nA third."
    assert document.title == Title("A title", "source")
    assert warning_codes(document) == ["no-summary"]


@pytest.mark.parametrize("text", ["2 Sources\n2 Sources\n", "Curated by THEOUTPOST\nShare\n", "1 Source\n[1]\n", "Hello.\n", ""])
def test_neither_sources_nor_summary_is_no_story(text: str) -> None:
    with pytest.raises(ParseError) as error:
        text_dump.parse(text)
    assert error.value.code == "no-story"
    assert error.value.line is not None


def test_two_digit_source_numbers() -> None:
    document = parse(page("It opened\n27\n. It closed30\n.\n", sources=30))
    assert [source.number for source in document.sources] == list(range(1, 31))
    assert [citation.number for sentence in document.sentences for citation in sentence.citations] == [27, 30]


def test_bodies_of_one_very_long_line() -> None:
    body = "The plover is a bird of the shore. " * 20_000
    document = parse(page("It opened\n1\n.\n", extra_source_text=body))
    assert document.sources[2].text.endswith(body.strip())


@pytest.mark.parametrize(("declared", "warned"), [(3, []), (4, ["source-count"]), (2, ["source-count"])])
def test_a_count_that_is_not_the_number_of_sources_is_warned_of(declared: int, warned: list[str]) -> None:
    text = page("It opened\n1\n.\n").replace("3 Sources", f"{declared} Sources")
    document = parse(text)
    assert len(document.sources) == 3
    assert warning_codes(document) == warned


def test_markers_within_a_source_open_no_source() -> None:
    document = parse("2 Sources\n[1]\nA title\nA text\n[1]\ngoes on.\n[2]\nAnother\nText.\nShare\nA dek.\n\nIt opened\n1\n.\n")
    assert [source.text for source in document.sources] == ["A text\n[1]\ngoes on.", "Text."]
    assert warning_codes(document) == ["source-number"]


def test_an_outlet_is_short() -> None:
    text = page("It opened\n1\n.\n")
    long = text.replace("Title 1\n", "Plovers | what everybody should know about them\n")
    assert parse(long).sources[0].outlet is None
    twice = text.replace("Title 1\n", "Plovers | Herons | The Marsh\n")
    assert (parse(twice).sources[0].title, parse(twice).sources[0].outlet) == ("Plovers | Herons", "The Marsh")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (page("It opened\n1\n. It then clo\n", tail=""), ["cut"]),
        (page("It opened\n1\n", tail=""), ["cut"]),
        (page("It opened\n1\n. It closed.\n", tail=""), []),
        (page("", tail=""), ["no-summary"]),
        ("2 Sources\n[1]\nA title\nA text.\n[", ["cut", "no-summary", "source-count"]),
        ("2 Sources\n[1]\nA title\nA text.\n[2", ["cut", "no-summary", "source-count"]),
        ("1 Source\n[1]\nA title\nThe firm [wil", ["cut", "no-summary"]),
        ("1 Source\n[1]\nA title\n", ["no-summary", "source-without-text"]),
        ("2 Sources\n[1]\nA title\nText.\n[2]\n", ["no-summary", "source-without-title"]),
    ],
)
def test_cut_documents(text: str, codes: list[str]) -> None:
    document = parse(text)
    assert sorted(code for code in warning_codes(document) if code != "unrecognised") == codes


def test_a_document_cut_anywhere_is_read_or_refused() -> None:
    text = dump("glued")
    read = 0
    for length in range(len(text)):
        try:
            parse(text[:length])
        except ParseError:
            assert length < text.index("Kestrel") + 10
        else:
            read += 1
    assert read > len(text) - 40


def test_what_has_no_place_is_kept_in_account_with_a_warning() -> None:
    text = page("It opened\n1\n.\n") + "04 Dec 2025\nA footer that nobody knows\n"
    document = parse(text)
    (warning,) = document.warnings
    assert (warning.code, warning.excerpt) == ("unrecognised", "A footer that nobody knows")
    assert text.split("\n")[(warning.line or 0) - 1] == "A footer that nobody knows"
    assert [text[span.start : span.end] for span in document.spans if span.role is Role.UNRECOGNISED] == [warning.excerpt]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_make_no_difference(end: str) -> None:
    text = dump("glued")
    plain, other = parse(text), parse(text.replace("\n", end))
    assert (other.paragraphs, other.sources, other.related, other.ranked) == (
        plain.paragraphs,
        plain.sources,
        plain.related,
        plain.ranked,
    )
    assert [warning.line for warning in other.warnings] == [warning.line for warning in plain.warnings]


def test_odd_spaces_invisible_characters_and_entities_are_tidied() -> None:
    text = page("It\u00a0opened a\u200b door\n1\n. AT&amp;T\u202fleft.\n")
    document = parse(text.replace("Share\n", "\u200bShare\u00a0\n", 1))
    assert summary_of(document) == [[("It opened a door.", [1]), ("AT&T left.", [])]]
    assert document.warnings == ()


def test_rows_of_related_stories_without_a_year_or_day_are_unresolved() -> None:
    document = parse(page("It opened\n1\n.\n") + "04 Dec•Technology\n31 Feb 2025\n1 June 2025 • Business | Money\n")
    assert [(row.published and row.published.edtf, row.category) for row in document.related] == [
        (None, "Technology"),
        (None, None),
        ("2025-06-01", "Business | Money"),
    ]
    assert warning_codes(document) == ["year-unknown", "bad-date"]


@pytest.mark.parametrize(
    ("line", "related", "expected"),
    [
        ("On Wed, 5 Mar, 8:09 AM UTC", "", "2025-03-05"),
        ("On Thu, 29 Feb, 8:09 AM UTC", "", "2024-02-29"),
        ("On Wed, 5 Mar, 8:09 AM UTC", "01 Jan 2026\n", "2031-03-05"),
        ("On Wed, 5 Mar, 8:09 AM UTC", "01 Jan 2033\n", "2033-01-01/.."),
        ("On Wed, 31 Feb, 8:09 AM UTC", "", None),
        ("On Wed, 5 Foo, 8:09 AM UTC", "", None),
    ],
)
def test_the_year_of_a_date_line_follows_from_its_weekday(line: str, related: str, expected: str | None) -> None:
    text = dump("curated").replace("On Wed, 5 Mar, 8:09 AM UTC", line).replace("21 Feb 2025•Startups\n", related)
    document = parse(text)
    assert (document.published.interval.edtf if document.published else None) == expected
    resolved = document.published is not None and document.published.source == "document"
    assert ("year-unknown" in warning_codes(document)) is not resolved


def test_a_page_of_one_source() -> None:
    document = parse(page("It opened\n1\n.\n", sources=1).replace("1 Sources", "1 Source"))
    assert (len(document.sources), document.declared_sources) == (1, 1)
