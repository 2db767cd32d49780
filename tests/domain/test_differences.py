"""What changed between two revisions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.dates import parse_edtf
from app.domain.differences import compare_words, differences
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Published, Sentence, Title


def story(*sentences: str, **parts: object) -> ParsedDocument:
    document = ParsedDocument(
        format="text-dump",
        variant="B",
        title=Title("Halcyon closes its models"),
        published=None,
        dek=(),
        paragraphs=(Paragraph(tuple(Sentence(text, (Citation(1),)) for text in sentences)),),
        sources=(ParsedSource(1, "Plans", "A text."), ParsedSource(2, "More", "Another.")),
    )
    return replace(document, **parts)  # type: ignore[arg-type]


FIRST = ("Halcyon raised $4.2 billion in October.", "Ines Okafor left.", "It closed its models.")


def changes(older: ParsedDocument, newer: ParsedDocument) -> list[tuple[str, str, str]]:
    return [
        (change.what, change.kind, " ".join(piece.text.strip() for piece in change.words if piece.kind != "same"))
        for change in differences(older, newer)
    ]


def test_equal_revisions_have_no_differences() -> None:
    assert differences(story(*FIRST), story(*FIRST)) == ()


def test_a_changed_figure_is_marked_word_by_word() -> None:
    newer = story("Halcyon raised $4.3 billion in October.", *FIRST[1:])
    assert changes(story(*FIRST), newer) == [("summary", "changed", "$4.2 $4.3")]


def test_sentences_that_come_and_go() -> None:
    assert changes(story(*FIRST), story(FIRST[0], FIRST[2])) == [("summary", "removed", "Ines Okafor left. [1]")]
    assert changes(story(FIRST[0]), story(*FIRST[:2])) == [("summary", "added", "Ines Okafor left. [1]")]


def test_a_sentence_that_was_replaced_is_two() -> None:
    newer = story(FIRST[0], "A court in Norway ruled for the union.", FIRST[2])
    assert [kind for _, kind, _ in changes(story(*FIRST), newer)] == ["removed", "added"]


def test_a_marker_that_moved_is_a_change() -> None:
    moved = Paragraph((Sentence(FIRST[0], (Citation(2),)),))
    assert changes(story(FIRST[0]), story(paragraphs=(moved,))) == [("summary", "changed", "[1] [2]")]


def test_title_date_category_and_sources() -> None:
    newer = story(
        *FIRST,
        title=Title("Halcyon opens its models"),
        published=Published(parse_edtf("2025-12"), "option"),
        category="Technology",
        sources=(ParsedSource(1, "Plans", "A longer text."), ParsedSource(3, "Third", "New.")),
    )
    assert changes(story(*FIRST), newer) == [
        ("title", "changed", "closes opens"),
        ("date of publication", "added", "2025-12"),
        ("category", "added", "Technology"),
        ("text of source 1", "changed", "7 14 other"),
        ("source 2", "removed", "More"),
        ("source 3", "added", "Third"),
    ]


@pytest.mark.parametrize(("older", "newer"), [("a b c", "a x c"), ("", "new"), ("gone", ""), ("一 二", "一 三")])
def test_the_words_of_both_are_all_there(older: str, newer: str) -> None:
    pieces = compare_words(older, newer)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == older
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == newer
