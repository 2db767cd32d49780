"""Parsing what the renderer writes gives the story back, in every layout and whatever the text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importer.formats import text_dump
from app.importer.front_matter import combine, split_front_matter
from tests.importer.formats.text_dump.support import parse, parse_or_refuse, summary_of
from tests.support.dumps import ParagraphSpec, RelatedSpec, SourceSpec, StorySpec, render, render_document, story_from_mapping

WORDS = [
    "the",
    "plover",
    "Kestrel",
    "model",
    "U.S.",
    "01.AI",
    "$40",
    "million",
    "open-weight",
    "Qwen3-based",
    "so-called",
    '"closed"',
    "2025,",
]
LAST = ["phones", "Llama", "AI", "gpt-oss", "billion", '"open"', "OpenAI", "markets", "percent)", "95%"]
STARTS = ["The", "A", "In", "Analysts", "It", "Meanwhile,"]
CATEGORIES = ["Technology", "Business and Economy", "Policy and Regulation"]


@st.composite
def sentences(draw: st.DrawFn, sources: int) -> str:
    words = [
        draw(st.sampled_from(STARTS)),
        *draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8)),
        draw(st.sampled_from(LAST)),
    ]
    numbers = draw(st.lists(st.integers(1, sources), max_size=3, unique=True).map(sorted))
    return " ".join(words) + "".join(f"{{{number}}}" for number in numbers) + "."


@st.composite
def stories(draw: st.DrawFn) -> StorySpec:
    sources = draw(st.integers(1, 9))
    days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
    published = draw(days)
    earlier = st.integers(0, 200).map(lambda number: published - timedelta(days=number))
    return StorySpec(
        title="Plovers and their models",
        dek="A dek about plovers. It has two sentences.",
        paragraphs=[
            ParagraphSpec(
                " ".join(draw(st.lists(sentences(sources), min_size=1, max_size=4))), f"A heading, the {position} of all"
            )
            for position in range(draw(st.integers(1, 4)))
        ],
        sources=[
            SourceSpec(
                number, f"Title of number {number}", f"It tells of plovers. [Not] a marker, {number} times.", outlet="The Marsh"
            )
            for number in range(1, sources + 1)
        ],
        related=draw(st.lists(st.builds(RelatedSpec, earlier, st.none() | st.sampled_from(CATEGORIES)), max_size=3)),
        published=published,
        id="sample-1",
    )


def quirks() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "duplicated": st.booleans(),
            "related_stories_after": st.none() | st.integers(1, 3),
            "stray": st.none() | st.just(1),
            "ranked": st.lists(st.sampled_from(CATEGORIES), max_size=3),
            "outlets": st.frozensets(st.integers(1, 9)),
            "image_text": st.booleans(),
            "line_end": st.sampled_from(["\n", "\r\n", "\r"]),
        }
    )


def expected(story: StorySpec) -> list[tuple[str, list[int]]]:
    """The text of each paragraph and all its markers, those repeated in one sentence once."""
    return [
        (re.sub(r"\s*\{\d+\}", "", paragraph.text), [int(number) for number in re.findall(r"\{(\d+)\}", paragraph.text)])
        for paragraph in story.paragraphs
    ]


@settings(max_examples=150, deadline=None)
@given(stories(), quirks(), st.sampled_from("ABC"))
def test_the_story_comes_back(story: StorySpec, how: dict[str, Any], variant: str) -> None:
    document = parse(render(story, variant, **how))
    assert document.variant == variant
    found = [
        (" ".join(text for text, _ in paragraph), [number for _, own in paragraph for number in own])
        for paragraph in summary_of(document)
    ]
    assert found == expected(story)
    assert not any(citation.uncertain for sentence in document.sentences for citation in sentence.citations)
    assert " ".join(sentence.text for sentence in document.dek) == story.dek
    assert [(source.number, source.title, source.text) for source in document.sources] == [
        (source.number, source.title, source.text) for source in story.sources
    ]
    assert [source.outlet for source in document.sources] == [
        source.outlet if source.number in how["outlets"] else None for source in story.sources
    ]
    assert [(row.published and row.published.start, row.category) for row in document.related] == [
        (row.date, row.category) for row in story.related
    ]
    assert [row.category for row in document.ranked] == how["ranked"]
    if variant == "A":
        assert document.title.text == story.title
        assert [paragraph.heading for paragraph in document.paragraphs] == [paragraph.heading for paragraph in story.paragraphs]
    if variant == "C":
        assert document.published is not None
        assert document.published.interval.start == story.published
    assert {warning.code for warning in document.warnings} <= {"year-inferred"}


@pytest.mark.parametrize("variant", ["A", "B", "C"])
@pytest.mark.parametrize(("ending", "kept"), [("in spring 2025", True), ("of GPT-4", True), ("of Plover-7", False)])
def test_a_digit_right_before_a_marker_survives(variant: str, ending: str, kept: bool) -> None:
    story = story_from_mapping(
        {
            "title": "A title",
            "dek": "A dek.",
            "paragraphs": [{"heading": "A heading", "text": f"It began {{1}}. That was the end {ending} {{2}}. It was over."}],
            "sources": [{"number": number, "title": f"Title {number}", "text": "A text."} for number in (1, 2)],
        }
    )
    document = parse(render(story, variant))
    sentence = document.sentences[1]
    assert ending in sentence.text
    if kept or variant == "A":
        assert sentence.text == f"That was the end {ending}."
        assert [(citation.number, citation.uncertain) for citation in sentence.citations] == [(2, False)]
    else:
        assert [(citation.number, citation.uncertain) for citation in sentence.citations] == [(2, True)]


@pytest.mark.parametrize("extent", ["full", "partial", "none"])
def test_front_matter_comes_back(extent: str) -> None:
    story = story_from_mapping(
        {
            "id": "sample-7",
            "variant": "B",
            "front_matter": extent,
            "title": 'A "quoted" title: with a colon',
            "published": date(2025, 6, 13),
            "category": "Technology",
            "dek": "A dek.",
            "paragraphs": [{"text": "It began {1}."}],
            "sources": [
                {
                    "number": 1,
                    "title": "A source",
                    "outlet": "The Marsh",
                    "url": "https://marsh.example/1",
                    "published": date(2025, 6, 12),
                    "author": "Ola Brand",
                    "text": "A text.",
                }
            ],
        }
    )
    text = render_document(story)
    hints, start = split_front_matter(text)
    document = combine(text_dump.parse(text[start:])[0], hints)
    source = document.sources[0]
    if extent == "none":
        assert (start, document.id, document.title.derived) == (0, None, "dek")
        return
    assert (document.id, document.title.text, document.category) == ("sample-7", story.title, "Technology")
    assert document.published is not None
    assert (document.published.interval.edtf, document.published.source) == ("2025-06-13", "front-matter")
    given = (source.outlet, source.url, source.published and source.published.edtf, source.author)
    assert given == (("The Marsh", "https://marsh.example/1", "2025-06-12", "Ola Brand") if extent == "full" else (None,) * 4)


PIECES = [
    *[
        "2 Sources",
        "1 Source",
        "[1]",
        "[2]",
        "[3]",
        "[",
        "[1",
        "1",
        "2",
        "12",
        "0",
        "99999",
        ".",
        ". Then more",
        ".The next",
        ")",
        '"',
    ],
    *[
        "Share",
        "Copy Link",
        "Related Stories",
        ".Related Stories",
        "Summarized by",
        "Navi",
        "ends here.Summarized by",
        "News article",
    ],
    *[
        "04 Dec 2025•Technology",
        "26 Jul",
        "31 Feb 2025",
        "Technology",
        "Source: A Bureau",
        "Reviewed byAda",
        "A heading",
        "and more",
    ],
    *["words monetize2", "in 20252", "Llama 4", "GPT-42", "models12", "A full sentence.", 'said "so."The next', "a | b", "---"],
    *[
        "Curated by THEOUTPOST",
        "On Wed, 5 Mar, 8:09 AM UTC",
        "",
        "",
        "\u200b",
        "\u00a0",
        "模型2",
        "。另外",
        ".NET is",
        "...",
        "?!",
    ],
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=30), st.sampled_from(["\n", "\n\n", "\r\n", "\r"]))
def test_any_text_is_read_with_every_character_accounted_for_or_refused(pieces: list[str], end: str) -> None:
    text = end.join(pieces)
    text_dump.sniff(text)
    document = parse_or_refuse(text)
    if isinstance(document, str):
        assert document == "no-story"
    else:
        assert document.title.text
        assert all(paragraph.sentences for paragraph in document.paragraphs)
