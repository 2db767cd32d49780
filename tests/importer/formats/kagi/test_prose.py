"""Markers and sections: what the words of a story are and what they cite."""

from __future__ import annotations

from typing import Any

import pytest

from app.analysis.dates import find_dates
from app.domain.documents import ParsedDocument
from app.importer.assemble import carried_forward
from tests.importer.formats.kagi.support import article, read, section, sections, warning_codes


def said(text: str, **values: Any) -> list[tuple[str, list[int]]]:
    """The sentences of a summary with their own citations."""
    story = read(short_summary=text, **values)
    return [(sentence.text, [citation.number for citation in sentence.citations]) for sentence in story.sentences]


def unresolved(story: ParsedDocument) -> list[str]:
    return [warning.excerpt for warning in story.warnings if warning.code == "unresolved-citation"]


def from_domains(*domains: str) -> list[dict[str, Any]]:
    return [article(domain, number % 9 + 1, link="") for number, domain in enumerate(domains)]


def test_a_marker_counts_the_articles_of_its_domain_from_one_in_the_order_of_the_list() -> None:
    text = "One [marsh.example#1]. Two [marsh.example#2]. Three [heron.example#1]."
    assert said(text) == [("One.", [1]), ("Two.", [3]), ("Three.", [2])]


def test_markers_may_follow_each_other() -> None:
    assert said("One [marsh.example#1][heron.example#1] [marsh.example#2].") == [("One.", [1, 2, 3])]


def test_markers_after_the_stop_belong_to_the_sentence_before() -> None:
    assert said("It began. [marsh.example#1] It went on.[heron.example#1]It ended.") == [
        ("It began.", [1]),
        ("It went on.", [2]),
        ("It ended.", []),
    ]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("so [common] , so [common]; so [common] : so (so [common] ) [common] !", "so, so; so: so (so)!"),
        ("[common] It began", "It began"),
        ("it [common]began [common] and  [common]  ended", "it began and ended"),
        ("runs on [common] .NET and [common] .5 percent", "runs on .NET and .5 percent"),
        ("a “word[common]” here", "a “word” here"),
        ("mot [common] ! Déjà vu : non", "mot! Déjà vu : non"),
    ],
)
def test_the_gap_of_a_marker_closes(text: str, clean: str) -> None:
    assert " ".join(sentence for sentence, _ in said(text)) == clean


def test_common_knowledge_is_dropped_without_a_warning() -> None:
    story = read(short_summary="Birds fly [common]. Plovers wade [common][marsh.example#1].")
    assert [(s.text, [c.number for c in s.citations]) for s in story.sentences] == [("Birds fly.", []), ("Plovers wade.", [1])]
    assert story.warnings == ()


@pytest.mark.parametrize("marker", ["[common]", "[heath.example#1]", "[marsh.example#9]"])
def test_nothing_is_carried_into_a_sentence_whose_marker_has_no_article_nor_past_it(marker: str) -> None:
    story = read(short_summary=f"One [marsh.example#1]. Two. Three {marker}. Four. Five [marsh.example#1]. Six.")
    inherited = [sentence.inherited for sentence in story.sentences]
    assert inherited == [(), (1,), (), (), (), (1,)]
    again = carried_forward(story.sentences)
    assert [sentence.inherited for sentence in again] == inherited


def test_several_references_in_one_bracket() -> None:
    assert said("One [marsh.example#1, heron.example#1; common].") == [("One.", [1, 2])]


@pytest.mark.parametrize(
    "text", ["A [sic] word.", "See [1] and a[1].", "An [uncommon] thing.", "C# [a note] here.", "[a # b] c.", "open [x#1"]
)
def test_other_brackets_are_prose(text: str) -> None:
    assert [sentence for sentence, _ in said(text)] == [text]
    assert read(short_summary=text).warnings == ()


@pytest.mark.parametrize(
    ("domains", "marker", "number", "uncertain"),
    [
        (["Marsh.example", "heron.example"], "MARSH.Example#1", 1, False),
        (["marshes.example", "marsh.example"], "marsh#1", 2, False),
        (["marsh.example", "heron.example", "marsh.example"], "marsh#2", 3, False),
        (["themarsh.example", "heron.example"], "marsh#1", 1, True),
        (["news.marsh.example", "heron.example"], "marsh.example#1", 1, False),
        (["heron.example", "marsh.example"], "www.marsh.example#1", 2, False),
        (["x.example", "heron.org"], "netx.example#1", 1, True),
    ],
)
def test_a_domain_may_be_written_otherwise(domains: list[str], marker: str, number: int, uncertain: bool) -> None:
    story = read(short_summary=f"One [{marker}].", articles=from_domains(*domains))
    assert [(c.number, c.uncertain) for c in story.sentences[0].citations] == [(number, uncertain)]
    assert story.warnings == ()


@pytest.mark.parametrize(
    ("domains", "marker", "reason"),
    [
        (["marsh.example", "marsh.org"], "marsh#1", "it may mean marsh.example, marsh.org"),
        (["themarsh.example", "ourmarsh.example"], "marsh#1", "it may mean themarsh.example, ourmarsh.example"),
        (["marsh.example"], "reed.org#1", "none from there"),
        (["marsh.example"], "marsh.example#2", "has one from marsh.example"),
        (["marsh.example", "marsh.example"], "marsh.example#3", "has 2 from marsh.example"),
        (["marsh.example"], "marsh.example#0", "has one from"),
        ([""], "marsh.example#1", "none from there"),
        ([], "marsh.example#1", "none from there"),
    ],
)
def test_a_marker_without_an_article_is_taken_out_with_a_warning(domains: list[str], marker: str, reason: str) -> None:
    story = read(short_summary=f"One\n\nis here [{marker}].", articles=from_domains(*domains))
    assert [sentence.text for sentence in story.sentences] == ["One", "is here."]
    assert not any(sentence.citations for sentence in story.sentences)
    (warning,) = story.warnings
    assert (warning.code, warning.excerpt, warning.line) == ("unresolved-citation", f"[{marker}]", 7)
    assert reason in warning.message


def test_a_file_of_2025_has_no_markers_at_all() -> None:
    story = read(short_summary="Plover shipped a model. It runs on phones.")
    assert [(sentence.citations, sentence.inherited) for sentence in story.sentences] == [((), ()), ((), ())]
    assert story.warnings == ()


@pytest.mark.parametrize("separator", ["\n\n", "\\n\\n", "\\n", "\r\n\r\n", "\n", " \n \n "])
def test_paragraphs_of_the_summary(separator: str) -> None:
    story = read(short_summary=f"It began [marsh.example#1].{separator}It ended [heron.example#1].")
    assert sections(story) == [(None, "It began.", [1]), (None, "It ended.", [2])]
    assert [paragraph.heading for paragraph in story.paragraphs] == [None, None]


def test_a_backslash_in_a_path_is_no_line_break() -> None:
    assert said("It wrote C:\\new to disk.") == [("It wrote C:\\new to disk.", [])]


FULL: dict[str, Any] = {
    "short_summary": "Plover shipped a model.",
    "talking_points": ["Price: It costs $4 a month [marsh.example#1].", "Size: It has 3B weights."],
    "quote": "Small is enough.",
    "quote_author": "Ada Lund",
    "quote_attribution": "head of models at Plover",
    "quote_source_url": "https://heron.example/report-2/",
    "quote_source_domain": "heron.example",
    "perspectives": [
        {
            "text": "Heron: Heron doubted the price. It waits.",
            "sources": [{"name": "Heron", "url": "https://heron.example/report-2?utm_source=x"}],
        },
        {"text": "The Marsh: It praised the size.", "sources": []},
    ],
    "timeline": [
        {"date": "May 6, 2025", "date_iso": "2025-05-06", "content": "Plover was founded [marsh.example#2]."},
        "May 11, 2026:: The model shipped.",
    ],
    "historical_background": "Plover began on a beach.",
    "international_reactions": ["Norway: It asked for copies."],
    "business_angle_text": "Plover sells phones.",
    "business_angle_points": ["Margin: It rose."],
    "technical_details": ["Memory: It needs 2 GB."],
    "industry_impact": ["Rivals: They follow."],
    "scientific_significance": ["Sparse: It is a first."],
    "user_action_items": ["Update your phone."],
    "suggested_qna": [{"question": "Does it run offline?", "answer": "It does [marsh.example#1]."}],
    "did_you_know": "Plovers wade.",
}


def test_sections_come_in_order_and_only_their_first_paragraph_has_the_heading() -> None:
    story = read(**FULL)
    assert story.warnings == ()
    assert sections(story) == [
        (None, "Plover shipped a model.", []),
        ("Highlights", "Price: It costs $4 a month.", [1]),
        ("Highlights", "Size: It has 3B weights.", []),
        ("Quote", "Ada Lund, head of models at Plover: “Small is enough.”", [2]),
        ("Perspectives", "Heron: Heron doubted the price. It waits.", [2]),
        ("Perspectives", "The Marsh: It praised the size.", []),
        ("Timeline", "May 6, 2025: Plover was founded.", [3]),
        ("Timeline", "May 11, 2026: The model shipped.", []),
        ("Historical background", "Plover began on a beach.", []),
        ("International reactions", "Norway: It asked for copies.", []),
        ("Business angle", "Plover sells phones.", []),
        ("Business angle", "Margin: It rose.", []),
        ("Technical details", "Memory: It needs 2 GB.", []),
        ("Industry impact", "Rivals: They follow.", []),
        ("Scientific significance", "Sparse: It is a first.", []),
        ("What you can do", "Update your phone.", []),
        ("Questions", "Does it run offline? It does.", [1]),
        ("Did you know", "Plovers wade.", []),
    ]
    headings = [paragraph.heading for paragraph in story.paragraphs if paragraph.heading]
    assert len(headings) == len(set(headings)) == 13


def test_sections_of_other_categories_are_kept() -> None:
    story = read(travel_advisory=["Bring boots."], humanitarian_impact="Nobody was hurt.", future_outlook="More will come.")
    assert section(story, "Travel") == ["Bring boots."]
    assert section(story, "Humanitarian impact") == ["Nobody was hurt."]
    assert story.warnings == ()


@pytest.mark.parametrize(
    ("quote", "author", "attribution", "expected"),
    [
        ("Small is enough.", "Ada Lund", "", "Ada Lund: “Small is enough.”"),
        ("“Small is enough.”", "", "– Ada Lund, Plover", "Ada Lund, Plover: “Small is enough.”"),
        ("Small is enough.", "Ada Lund", "Ada Lund, in a letter", "Ada Lund, in a letter: “Small is enough.”"),
        ('"Small is enough."', None, None, '"Small is enough."'),
    ],
)
def test_a_quote_and_its_speaker_are_one_sentence(quote: str, author: Any, attribution: Any, expected: str) -> None:
    story = read(quote=quote, quote_author=author, quote_attribution=attribution)
    assert [sentence.text for paragraph in story.paragraphs[1:] for sentence in paragraph.sentences] == [expected]
    assert story.warnings == ()


def test_the_source_of_a_quote_is_an_article_or_nothing() -> None:
    elsewhere = read(quote="So.", quote_source_url="https://reed.example/1", quote_source_domain="heron.example")
    assert (sections(elsewhere)[-1], unresolved(elsewhere)) == (("Quote", "“So.”", []), ["https://reed.example/1"])
    by_domain = read(quote="So.", quote_source_url="", quote_source_domain="heron.example")
    assert (sections(by_domain)[-1], by_domain.warnings) == (("Quote", "“So.”", [2]), ())
    either = read(quote="So.", quote_source_domain="marsh.example")
    assert (sections(either)[-1], unresolved(either)) == (("Quote", "“So.”", []), ["marsh.example"])


def test_sentences_of_a_perspective_share_its_source() -> None:
    story = read(**FULL)
    first, second = next(p for p in story.paragraphs if p.heading == "Perspectives").sentences
    assert [citation.number for citation in first.citations] == [2]
    assert (second.citations, second.inherited) == ((), (2,))


@pytest.mark.parametrize(
    "source", [{"name": "Reed", "url": "https://reed.example/1"}, {"name": "Reed"}, {"url": "javascript:alert(1)"}]
)
def test_a_source_of_a_perspective_that_is_no_article_is_not_added(source: dict[str, str]) -> None:
    story = read(perspectives=[{"text": "Reed: It shrugged.", "sources": [source]}])
    assert len(story.sources) == 3
    assert sections(story)[-1] == ("Perspectives", "Reed: It shrugged.", [])
    assert unresolved(story) == [source.get("url") or source["name"]]


@pytest.mark.parametrize("sources", [[], None, "", [{"name": "", "url": ""}], [{}]])
def test_a_perspective_without_sources_needs_no_warning(sources: Any) -> None:
    assert read(perspectives=[{"text": "Reed: It shrugged.", "sources": sources}]).warnings == ()


@pytest.mark.parametrize(
    ("item", "text", "date"),
    [
        ({"date": "May 6, 2025", "content": "It began."}, "May 6, 2025: It began.", "2025-05-06"),
        ({"date": "", "date_iso": "2025-05-06", "content": "It began."}, "6 May 2025: It began.", "2025-05-06"),
        ({"date": None, "date_iso": "2025-05", "content": "It began."}, "May 2025: It began.", "2025-05"),
        ({"date_iso": "2025", "content": "It began."}, "2025: It began.", None),
        ({"date": "May 6", "date_iso": "2025-05-06T00:00:00Z", "content": "It began."}, "6 May 2025: It began.", "2025-05-06"),
        ({"date": "early May", "date_iso": "2025-05-01", "content": "It began."}, "early May: It began.", None),
        ({"date": "May 6, 2025:", "date_iso": "soon", "content": "It began."}, "May 6, 2025: It began.", "2025-05-06"),
        ({"date": "", "date_iso": "soon", "content": "It began."}, "soon: It began.", None),
        ({"date": "", "date_iso": "", "content": "It began."}, "It began.", None),
        ("May 6, 2025:: It began.", "May 6, 2025: It began.", "2025-05-06"),
        ("May 6, 2025:: It runs Kit::Core now.", "May 6, 2025: It runs Kit::Core now.", "2025-05-06"),
        ("May 6, 2025: It began.", "May 6, 2025: It began.", "2025-05-06"),
        ("May 6, 2025, 10:30:: It began at 9:15.", "May 6, 2025, 10:30: It began at 9:15.", "2025-05-06"),
        ("At 10:30 on May 6, 2025 it began.", "At 10:30 on May 6, 2025 it began.", "2025-05-06"),
    ],
)
def test_an_event_of_the_timeline_begins_with_its_date(item: Any, text: str, date: str | None) -> None:
    story = read(timeline=[item])
    assert section(story, "Timeline") == [text]
    assert story.warnings == ()
    if date is not None:
        assert find_dates([text], None)[0][0].interval.edtf == date


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"question": "Why small?", "answer": "It fits."}, "Why small? It fits."),
        ({"question": "Size", "answer": "It fits."}, "Size: It fits."),
        ({"question": "Why small?", "answer": ""}, "Why small?"),
        ("Why small? It fits.", "Why small? It fits."),
    ],
)
def test_a_question_stands_before_its_answer(item: Any, text: str) -> None:
    assert section(read(suggested_qna=[item]), "Questions") == [text]


@pytest.mark.parametrize("points", ["Price: It fell.", ["Price: It fell."], ["", None, "Price: It fell.", "[common]"]])
def test_a_section_may_be_one_text_or_a_list(points: Any) -> None:
    story = read(talking_points=points, did_you_know="Yes.")
    assert section(story, "Highlights") == ["Price: It fell."]
    assert story.warnings == ()


def test_a_citation_without_words_is_reported() -> None:
    story = read(talking_points=["[marsh.example#1]"])
    assert [(warning.code, warning.excerpt) for warning in story.warnings] == [("unresolved-citation", "[marsh.example#1]")]


def test_entities_and_invisible_characters_are_resolved_and_markup_is_text() -> None:
    assert said("R&amp;D\u200b at\u00a0Plover <b>grew</b>.") == [("R&D at Plover <b>grew</b>.", [])]


def test_warnings_tell_their_line() -> None:
    story = read(historical_background="It began [reed.org#1].")
    assert [(warning.code, warning.line) for warning in story.warnings] == [("unresolved-citation", 19)]


def test_the_original_categories_of_categories_stay() -> None:
    assert warning_codes(read(category="World/Diplomacy")) == []
    assert read(category="World/Diplomacy").category == "World/Diplomacy"
