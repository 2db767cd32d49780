"""What is said of a document at its top, and how it is added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import day, not_before, parse_edtf
from app.domain.documents import Hints, ParsedDocument, ParsedSource, ParseError, Published, SourceHint, Title
from app.importer.front_matter import LONGEST, combine, split_front_matter

FULL = """---
title: "Plovers: a history"
url: https://plover.example/news
published: 2025-12-11
id: 022416
category: Technology
language: en-GB
sources:
  - {number: 1, title: One, outlet: The Marsh, url: "http://marsh.example/1", published: 2025-12, author: Ola Brand}
  - number: 2
    outlet: Estuary Ledger
---
Body
"""


def document(**changes: object) -> ParsedDocument:
    base = ParsedDocument(
        format="text-dump",
        variant="B",
        title=Title("The first sentence of the dek.", "dek"),
        published=Published(not_before(date(2025, 12, 4)), "related"),
        dek=(),
        paragraphs=(),
        sources=(ParsedSource(1, "Printed", "Text.", raw_title="Printed | Wire", outlet="Wire"), ParsedSource(2, "Second", "")),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_everything_that_front_matter_can_say(end: str) -> None:
    text = FULL.replace("\n", end)
    hints, start = split_front_matter(text)
    assert text[start:] == f"Body{end}"
    assert hints == Hints(
        title="Plovers: a history",
        url="https://plover.example/news",
        published=Published(day(date(2025, 12, 11)), "front-matter"),
        id="022416",
        category="Technology",
        language="en-GB",
        sources=(
            SourceHint(1, "One", "The Marsh", "http://marsh.example/1", parse_edtf("2025-12"), "Ola Brand"),
            SourceHint(2, outlet="Estuary Ledger"),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Body\n",
        "---\n\nProse below a rule.\n\n---\nMore.\n",
        "---\nProse: with a colon\nand more of it\n---\n",
        "--- \nno end\n",
        "----\ntitle: x\n----\n",
        "\n---\ntitle: x\n---\n",
    ],
)
def test_what_is_not_front_matter(text: str) -> None:
    assert split_front_matter(text) == (Hints(), 0)


@pytest.mark.parametrize("block", ["", "# nothing but a remark\ntitle:\n", "title: ~\nsources:\n"])
def test_empty_front_matter_says_nothing(block: str) -> None:
    hints, start = split_front_matter(f"---\n{block}---\nBody")
    assert (hints, start) == (Hints(), 8 + len(block))


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        ("title: x\ntitle: y\n", 3, "twice"),
        ("title: [a, b]\n", 2, "single value"),
        ("title: ''\n", 2, "empty"),
        ("title: x\npublished: last week\n", 3, "not a date in EDTF"),
        ("published: 2025-02-30\n", 2, "'published'"),
        ("published: 0000\n", 2, "'published'"),
        ("title: x\nurl: javascript:alert(1)\n", 3, "not an http or https address"),
        ("url: https://a b.example/\n", 2, "not an address"),
        ("url: http://[::1\n", 2, "'url'"),
        ("url: http://a.example:99999/\n", 2, "not an address"),
        ("language: klingon spoken\n", 2, "not a language tag"),
        ("sources: 3\n", 2, "must be a list"),
        ("sources:\n  - outlet: x\n", 3, "must have its 'number'"),
        ("sources:\n  - number: one\n", 3, "not a number"),
        ("sources:\n  - number: 0\n", 3, "not a number"),
        ("sources:\n  - number: 1\n  - number: 1\n", 4, "twice"),
        ("sources:\n  - text\n", 3, "a source must be a mapping"),
        ("sources:\n  - {number: 1, colour: red}\n", 3, "unknown key 'colour'"),
        ("title: &a x\nid: *a\n", 2, "aliases"),
        ("title: 'x\n", 3, "not YAML"),
        ("title: x\n\x07: y\n", 1, "not YAML"),
        ("title: " + "[" * 5000 + "\n", 2, "nested deeper"),
        ("title: " + "x" * 2000 + "\n", 2, "longer than"),
        ("title: x\n" + "# remark\n" * 10_000, 1, f"longer than {LONGEST:,}"),
    ],
)
def test_what_it_cannot_say_is_refused_with_its_line(block: str, line: int, words: str) -> None:
    with pytest.raises(ParseError) as error:
        split_front_matter(f"---\n{block}---\nBody\n")
    assert error.value.code == "front-matter"
    assert words in error.value.message
    assert error.value.line == line


def test_front_matter_without_its_end_is_refused() -> None:
    with pytest.raises(ParseError, match="without its end"):
        split_front_matter("---\ntitle: x\n\nBody\n")


def test_nothing_is_constructed() -> None:
    with pytest.raises(ParseError, match="single value"):
        split_front_matter("---\ntitle: !!python/object/apply:os.getcwd []\n---\n")


@pytest.mark.parametrize("written", ["2025-12-11", "'2025-12-11'", "2025-12-11T08:09:00Z", "2025-12-11 08:09:00"])
def test_dates_in_the_forms_of_yaml(written: str) -> None:
    hints, _ = split_front_matter(f"---\npublished: {written}\n---\n")
    assert hints.published == Published(day(date(2025, 12, 11)), "front-matter")


@pytest.mark.parametrize("edtf", ["2025-10", "2026-21", "2023/2024", "2025-07~", "2025-12-04/.."])
def test_dates_in_edtf(edtf: str) -> None:
    hints, _ = split_front_matter(f"---\npublished: {edtf}\n---\n")
    assert hints.published is not None
    assert hints.published.interval.edtf == edtf


@given(st.text(max_size=200))
def test_any_block_is_read_or_refused(block: str) -> None:
    text = f"---\ntitle: x\n{block}\n---\n"
    try:
        _, end = split_front_matter(text)
        refused = None
    except ParseError as error:
        end, refused = len(text), error.code
    assert refused in (None, "front-matter")
    assert 0 < end <= len(text)


def test_hints_win_over_the_document() -> None:
    hints = Hints(
        title="Said",
        published=Published(day(date(2025, 12, 11)), "option"),
        id="7",
        category="Policy",
        language="en",
        sources=(SourceHint(1, "Said of one", "The Marsh", "https://marsh.example/", parse_edtf("2025"), "Ola"),),
    )
    combined = combine(document(category="Technology"), hints)
    assert (combined.title, combined.published, combined.category) == (Title("Said"), hints.published, "Policy")
    assert combined.sources[0] == ParsedSource(
        1, "Said of one", "Text.", "Printed | Wire", "The Marsh", "https://marsh.example/", parse_edtf("2025"), "Ola"
    )
    assert combined.sources[1] == document().sources[1]


def test_no_hints_change_nothing() -> None:
    assert combine(document(), Hints()) == document()


def test_options_win_over_front_matter_when_added_after_it() -> None:
    front_matter = Hints(title="Front", published=Published(parse_edtf("2025"), "front-matter"))
    option = Hints(published=Published(parse_edtf("2026"), "option"))
    combined = combine(combine(document(), front_matter), option)
    assert (combined.title.text, combined.published) == ("Front", option.published)


def test_a_title_is_derived_from_the_address_only_where_there_is_none() -> None:
    hints = Hints(url="https://news.example/news-story/open-ai-s-new-model-tests-chat-gpt-in-the-us-22416")
    assert combine(document(), hints).title == Title("OpenAI's new model tests ChatGPT in the US", "url")
    assert combine(document(title=Title("Printed")), hints).title == Title("Printed")
    assert combine(document(), Hints(url="https://news.example/news-story/22416")).title == document().title


def test_a_hint_of_a_source_that_is_not_there_is_warned_of() -> None:
    combined = combine(document(), Hints(sources=(SourceHint(9, outlet="The Marsh"),)))
    assert [(warning.code, warning.excerpt) for warning in combined.warnings] == [("unknown-source-hint", "source 9")]


@pytest.mark.parametrize("hints", [Hints(url="javascript:alert(1)"), Hints(sources=(SourceHint(1, url="file:///etc/passwd"),))])
def test_addresses_that_are_not_of_the_web_are_refused(hints: Hints) -> None:
    with pytest.raises(ParseError) as error:
        combine(document(), hints)
    assert error.value.code == "bad-url"
