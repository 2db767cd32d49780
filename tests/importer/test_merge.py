"""Two documents of one story made into one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.dates import day, not_before
from app.domain.documents import Hints, ParsedDocument, ParseWarning, Published, Title
from app.importer.formats import text_dump
from app.importer.front_matter import combine
from app.importer.merge import merge
from tests.support.dumps import render, story_from_mapping

STORY = story_from_mapping(
    {
        "title": "Kestrel closes its models",
        "dek": "Kestrel has closed its models. It sells access.",
        "paragraphs": [
            {"heading": "The end of openness", "text": "Kestrel closed its models {1}. It sells access {2}. Few were surprised."},
            {"heading": "What it costs", "text": "Access costs $40 {2}. Some find that dear {1}{2}."},
            {"heading": "What comes next", "text": "Another model is planned {1}. It has no name."},
        ],
        "sources": [
            {"number": 1, "title": "Kestrel closes", "text": "The firm closed its models."},
            {"number": 2, "title": "Kestrel sells", "text": "The firm sells access for $40."},
        ],
        "related": [{"date": date(2025, 12, 4), "category": "Technology"}],
    }
)


def read(variant: str, **quirks: object) -> ParsedDocument:
    return text_dump.parse(render(STORY, variant, **quirks))[0]


def readable() -> ParsedDocument:
    """Layout A as it was seen: without sources and what follows them."""
    return replace(read("A", sources=False, ranked=()), related=())


def said(document: ParsedDocument) -> tuple[object, ...]:
    return (
        document.title,
        document.published,
        document.dek,
        document.paragraphs,
        document.sources,
        document.related,
        document.ranked,
        document.variant,
        set(document.warnings),
    )


def test_headings_and_title_come_from_one_and_sources_and_rows_from_the_other() -> None:
    merged = merge(readable(), read("B"))
    assert merged.title == Title("Kestrel closes its models")
    assert [paragraph.heading for paragraph in merged.paragraphs] == [part.heading for part in STORY.paragraphs]
    assert [source.text for source in merged.sources] == [source.text for source in STORY.sources]
    assert (len(merged.related), len(merged.ranked)) == (1, 3)
    assert merged.published == Published(not_before(date(2025, 12, 4)), "related")
    assert merged.variant == "A+B"
    assert merged.spans == ()
    assert merged.warnings == ()


def test_the_order_makes_no_difference_where_nothing_conflicts() -> None:
    assert said(merge(readable(), read("B"))) == said(merge(read("B"), readable()))


def test_merging_again_changes_nothing() -> None:
    merged = merge(readable(), read("B"))
    assert said(merge(merged, read("B"))) == said(merge(merged, readable())) == said(merged)


@pytest.mark.parametrize("length", [300, 400, 450, 500])
def test_a_summary_that_breaks_off_takes_nothing_from_the_whole_one(length: int) -> None:
    cut = text_dump.parse(render(STORY, "A", sources=False)[:length])[0]
    whole = read("B")
    for merged in (merge(cut, whole), merge(whole, cut)):
        assert [sentence.text for sentence in merged.sentences] == [sentence.text for sentence in whole.sentences]
        assert [sentence.citations for sentence in merged.sentences] == [sentence.citations for sentence in whole.sentences]
        assert merged.paragraphs[0].heading == "The end of openness"


def test_paragraphs_follow_the_document_with_headings_and_inheritance_follows_paragraphs() -> None:
    headed, whole = readable(), read("B")
    one = replace(whole.paragraphs[0], sentences=whole.sentences)
    merged = merge(headed, replace(whole, paragraphs=(one,)))
    assert merged.paragraphs == headed.paragraphs


def test_a_changed_summary_is_the_newer_one() -> None:
    older, newer = readable(), read("B")
    changed = replace(newer, paragraphs=newer.paragraphs[1:])
    assert merge(older, changed).paragraphs == changed.paragraphs
    assert merge(changed, older).paragraphs == older.paragraphs


def test_the_longer_of_two_texts_of_a_source_is_kept_where_one_is_the_beginning_of_the_other() -> None:
    whole = read("B")
    short = replace(whole, sources=(replace(whole.sources[0], text="The firm"), whole.sources[1]))
    assert merge(whole, short).sources == merge(short, whole).sources == whole.sources
    other = replace(whole, sources=(replace(whole.sources[0], text="Corrected."), whole.sources[1]))
    assert merge(whole, other).sources[0].text == "Corrected."


def test_what_is_said_wins_over_what_is_derived_and_the_newer_over_the_older() -> None:
    said_day = Published(day(date(2025, 12, 11)), "front-matter")
    hinted = combine(read("B"), Hints(title="Said", published=said_day, id="7", category="Policy"))
    merged = merge(hinted, read("B"))
    assert (merged.title, merged.published, merged.id, merged.category) == (Title("Said"), said_day, "7", "Policy")
    newer = combine(read("B"), Hints(title="Said later", category="Technology"))
    assert (merge(hinted, newer).title, merge(hinted, newer).category) == (Title("Said later"), "Technology")


def test_the_later_of_two_bounds_holds() -> None:
    older = replace(read("B"), published=Published(not_before(date(2026, 1, 2)), "related"))
    assert merge(older, read("B")).published == merge(read("B"), older).published == older.published


def test_warnings_of_both_are_kept_once_and_cured_ones_are_dropped() -> None:
    note = ParseWarning("unrecognised", 3, "x", "no place for it")
    older = replace(readable(), warnings=(*readable().warnings, note))
    assert [warning.code for warning in older.warnings] == ["source-count", "unrecognised"]
    newer = replace(read("B"), warnings=(note,))
    assert merge(older, newer).warnings == (note,)
    assert [warning.code for warning in merge(older, readable()).warnings] == ["source-count", "unrecognised"]
