"""The files that clusters come in, and what is said of a story beside its words."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.documents import NO_HINTS, ParsedDocument, ParseError, Role
from app.importer.accounting import uncovered
from app.importer.formats import kagi, recognise
from app.importer.identity import identity_key
from tests.importer.formats.kagi.support import article, category, cluster, parse, read, warning_codes, written

OTHER = cluster(
    title="Heron answers", id="c-2", category="", short_summary="Heron answered.", articles=[article("heron.example")]
)


def edtf(story: ParsedDocument) -> str | None:
    return story.published.interval.edtf if story.published else None


SHAPES: dict[str, Any] = {
    "category": category(cluster(), OTHER),
    "legacy category": {"category": "AI", "timestamp": 1_778_630_400, "read_count": 3, "stories": [cluster(), OTHER]},
    "batch": {
        "batchId": "b1",
        "categoryId": "c1",
        "categoryName": "AI",
        "timestamp": 1_778_630_400,
        "stories": [cluster(), OTHER],
        "totalStories": 2,
        "domains": [{"name": "heron.example", "favicon": "https://heron.example/f.ico"}],
        "readCount": 1,
    },
    "list": [cluster(), OTHER],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_gives_its_stories_without_a_warning(shape: str) -> None:
    text = written(SHAPES[shape])
    assert recognise(text).name == "kagi"
    first, second = parse(text)
    assert [first.title.text, second.title.text] == ["Plover ships a small model", "Heron answers"]
    assert (first.format, first.category, first.url, first.language, first.dek) == ("kagi", "Birds", None, None, ())
    assert second.category == (None if shape == "list" else "AI")
    assert warning_codes(first) == warning_codes(second) == []
    assert second.id == "kagi:c-2"


def test_a_single_cluster_is_a_story() -> None:
    assert recognise(written(cluster())).name == "kagi"
    story = read()
    assert warning_codes(story) == []
    assert [(source.number, source.title, source.outlet, source.url) for source in story.sources] == [
        (1, "Report 1 of marsh.example", "marsh.example", "https://marsh.example/report-1"),
        (2, "Report 2 of heron.example", "heron.example", "https://heron.example/report-2"),
        (3, "Report 3 of marsh.example", "marsh.example", "https://marsh.example/report-3"),
    ]
    assert {source.text for source in story.sources} == {""}


def test_an_edition_without_stories_is_empty() -> None:
    for empty in (category(), category(clusters=None), {"category": "AI", "timestamp": 1, "stories": []}):
        assert recognise(written(empty)).name == "kagi"
        assert parse(empty) == []


def test_a_file_is_a_digest() -> None:
    assert kagi.FORMAT.digest


@pytest.mark.parametrize("value", [{}, {"categories": [{"name": "AI", "file": "ai.json"}]}, 7, "x", None, {"events": []}])
def test_json_of_another_kind_is_refused(value: Any) -> None:
    with pytest.raises(ParseError) as caught:
        kagi.FORMAT.parse(written(value), NO_HINTS)
    assert caught.value.code == "no-clusters"
    assert kagi.FORMAT.sniff(written(value)) == 0


@pytest.mark.parametrize("value", [[1, 2], category({}), category({"emoji": "🐦"}, None), [[cluster()]]])
def test_clusters_that_say_nothing_are_refused(value: Any) -> None:
    with pytest.raises(ParseError) as caught:
        kagi.FORMAT.parse(written(value), NO_HINTS)
    assert caught.value.code == "no-story"


def test_what_is_not_json_is_refused_with_its_line() -> None:
    with pytest.raises(ParseError) as caught:
        kagi.FORMAT.parse('{"clusters": [\n{"title" "x"}]}', NO_HINTS)
    assert (caught.value.code, caught.value.line) == ("json", 2)


@pytest.mark.parametrize(
    "head",
    ["", "[", "{", "[1]\nA title\nA text", '{"incident": {"incident_id": "3"}}', '{"title": "a", "link": "b"}', "short_summary"],
)
def test_other_documents_are_not_taken_for_it(head: str) -> None:
    assert kagi.FORMAT.sniff(head) == 0


def test_each_story_has_its_own_spans_and_the_first_those_of_the_file() -> None:
    text = written(category(cluster(), OTHER, cluster(title="A third")))
    stories = parse(text)
    starts = [text.index('"cluster_number"', at) for at in [0, text.index("Plover ships"), text.index("Heron answers")]]
    assert stories[0].spans[0].start < text.index('"category": "AI"')
    assert stories[0].spans[-1].end >= len(text) - 1
    for story, start, end in zip(stories[1:], starts[1:], [*starts[2:], len(text)], strict=True):
        assert all(start - 10 < span.start < end for span in story.spans)
    with pytest.raises(ValueError, match="overlaps"):
        uncovered(text, sorted([*stories[0].spans, *stories[0].spans], key=lambda span: span.start))


def test_values_have_their_roles_and_markers_are_citations() -> None:
    text = written(cluster())
    (story,) = parse(text)
    found = [(span.role, text[span.start : span.end]) for span in story.spans if span.role is not Role.FURNITURE]
    assert (Role.TITLE, '"Plover ships a small model"') in found
    assert (Role.SOURCE_TITLE, '"Report 1 of marsh.example"') in found
    assert (Role.PUBLISHED, '"2026-05-11T09:30:00+00:00"') in found
    assert [value for role, value in found if role is Role.CITATION] == ["[heron.example#1]", "[marsh.example#2]"]
    assert (Role.SUMMARY, '"Plover shipped a model ') in found


def test_unknown_keys_with_content_are_reported_and_empty_ones_are_not() -> None:
    story = read(editor_note="Checked by hand", review=None, tags=[], more={}, mood="")
    assert [(warning.code, warning.excerpt) for warning in story.warnings] == [
        ("unrecognised", '"editor_note": "Checked by hand"')
    ]


def test_unknown_keys_of_the_file_are_reported_with_the_first_story() -> None:
    first, second = parse(category(cluster(), OTHER, sponsor="Plover"))
    assert [warning.excerpt for warning in first.warnings] == ['"sponsor": "Plover"']
    assert second.warnings == ()


def test_a_value_of_the_wrong_kind_is_reported_rather_than_lost() -> None:
    story = read(
        quote={"text": "Small is enough."}, timeline="none", perspectives={"text": "A view"}, articles=[3], short_summary=[["x"]]
    )
    assert warning_codes(story).count("unrecognised") == 5


def test_empty_values_of_every_era_mean_nothing() -> None:
    keys = [
        *("did_you_know", "talking_points", "quote", "quote_author", "quote_attribution", "quote_source_url", "perspectives"),
        *("timeline", "historical_background", "international_reactions", "business_angle_text", "business_angle_points"),
        *(
            "technical_details",
            "industry_impact",
            "scientific_significance",
            "user_action_items",
            "suggested_qna",
            "primary_image",
        ),
        *("domains", "location", "emoji", "id", "secondary_image"),
    ]
    expected = read()
    for empty in ("", None, [], {}):
        story = read(**dict.fromkeys(keys, empty))
        assert (story.paragraphs, story.warnings, story.sources) == (expected.paragraphs, (), expected.sources)
    bare = {"title": "Only a title"}
    (story,) = parse({"clusters": [bare]})
    assert (story.title.text, warning_codes(story)) == ("Only a title", ["no-summary"])


@pytest.mark.parametrize("number", [7, "7", "", None])
def test_cluster_number_is_not_an_identity(number: Any) -> None:
    story = read(cluster_number=number)
    assert (story.id, story.warnings) == ("kagi:2026-05-13/..:plover-ships-a-small-model", ())


def test_the_id_is_that_of_the_cluster_else_day_and_title() -> None:
    assert read(id="0f-9").id == "kagi:0f-9"
    assert identity_key(read(id="0f-9")) == "origin::kagi:0f-9"
    assert read().id == "kagi:2026-05-13/..:plover-ships-a-small-model"
    assert read(articles=[]).id == "kagi:unknown:plover-ships-a-small-model"
    (story,) = parse(category(cluster(articles=[])))
    assert story.id == "kagi:2026-05-13:plover-ships-a-small-model"


def test_a_cluster_is_the_same_story_alone_and_in_the_file_of_a_later_day() -> None:
    (story,) = parse(category(cluster(), timestamp=1_778_716_800))
    assert (story.published and story.published.interval.edtf, story.id) == ("2026-05-14", read().id)


def test_the_day_is_that_of_the_file_else_not_before_the_newest_article_else_unknown() -> None:
    (story,) = parse(category(cluster()))
    assert story.published is not None
    assert (story.published.interval.edtf, story.published.source) == ("2026-05-13", "document")
    story = read()
    assert story.published is not None
    assert (story.published.interval.edtf, story.published.source) == ("2026-05-13/..", "document")
    assert read(articles=[]).published is None


@pytest.mark.parametrize(
    ("timestamp", "day", "codes"),
    [
        (1_778_630_400, "2026-05-13", []),
        (1_778_630_399, "2026-05-12", []),
        (1_778_630_400.75, "2026-05-13", []),
        ("1778630400", "2026-05-13", []),
        ("2026-05-12T23:59:59Z", "2026-05-12", []),
        (None, "2026-05-13/..", []),
        ("", "2026-05-13/..", []),
        (1_778_630_400_000, "2026-05-13/..", ["bad-date"]),
        (0, "2026-05-13/..", ["bad-date"]),
        (-5, "2026-05-13/..", ["bad-date"]),
        (10**30, "2026-05-13/..", ["bad-date"]),
        ("yesterday", "2026-05-13/..", ["bad-date"]),
        ("2026-02-31", "2026-05-13/..", ["bad-date"]),
        (True, "2026-05-13/..", ["unrecognised"]),
    ],
)
def test_the_time_of_a_file_is_a_day_in_utc(timestamp: Any, day: str, codes: list[str]) -> None:
    (story,) = parse(category(cluster(), timestamp=timestamp))
    assert (edtf(story), warning_codes(story)) == (day, codes)


def test_a_title_that_is_missing_is_derived() -> None:
    story = read(title="")
    assert (story.title.text, story.title.derived) == ("Plover shipped a model.", "summary")
    story = read(title=None, short_summary=None)
    assert (story.title.text, story.title.derived) == ("Report 1 of marsh.example", "source")


def test_a_title_has_no_markers() -> None:
    assert read(title="Plover ships a model [marsh.example#1][common]").title.text == "Plover ships a model"


def test_titles_in_other_scripts_stay() -> None:
    story = read(
        title="チドリが小型モデルを公開", short_summary="チドリはモデルを公開した[marsh.example#1]。電話で動く[common]。"
    )
    assert story.title.text == "チドリが小型モデルを公開"
    assert story.id == "kagi:2026-05-13/..:チトリか小型モテルを公開"
    assert [(sentence.text, [c.number for c in sentence.citations]) for sentence in story.sentences] == [
        ("チドリはモデルを公開した。", [1]),
        ("電話で動く。", []),
    ]


@pytest.mark.parametrize(
    ("language", "expected"), [("de", "de"), ("pt-BR", "pt-BR"), ("default", None), ("", None), (None, None)]
)
def test_the_language_is_what_the_file_says(language: Any, expected: str | None) -> None:
    assert read(selectedLanguage=language, sourceLanguage="en").language == expected


def test_an_address_may_be_broken_over_lines_and_padded() -> None:
    story = read(articles=[article("marsh.example", link="\n  https://marsh.example/\n   a-report  \n")])
    assert (story.sources[0].url, story.sources[0].title) == ("https://marsh.example/a-report", "Report 1 of marsh.example")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://marsh.example/x", "/relative", "https://[bad/"])
def test_other_addresses_are_left_out_with_a_warning(link: str) -> None:
    story = read(articles=[article("heron.example", link=link), *[article("marsh.example", n) for n in (1, 2)]])
    assert story.sources[0].url is None
    assert warning_codes(story) == ["bad-url"]


def test_author_and_date_of_an_article() -> None:
    story = read(
        short_summary="Plover shipped a model.",
        articles=[
            article("marsh.example", author="Ola Brand", date="2026-05-11T23:12:51.078000+00:00"),
            article("heron.example", author=None, date=""),
            article("heron.example", author="", date="last week"),
            article("heron.example", author="/u/plover_fan", date=None),
        ],
    )
    found = [(source.author, source.published and source.published.edtf) for source in story.sources]
    assert found == [("Ola Brand", "2026-05-11"), (None, None), (None, None), ("/u/plover_fan", None)]
    assert [(warning.code, warning.excerpt) for warning in story.warnings] == [("bad-date", "last week")]


def test_the_host_of_an_address_may_differ_from_the_domain() -> None:
    story = read(
        short_summary="Plover shipped a model [heron.example#1].",
        articles=[article("heron.example", link="https://it.heron.example/story/1")],
    )
    assert (story.sources[0].outlet, story.sources[0].url) == ("heron.example", "https://it.heron.example/story/1")
    assert story.sentences[0].citations[0].number == 1


def test_outlets_have_the_names_that_domains_are_given() -> None:
    domains = [
        {"name": "The Marsh", "domain": "Marsh.example", "favicon": "https://marsh.example/f.ico"},
        {"name": "heron.example"},
    ]
    story = read(domains=domains)
    assert [source.outlet for source in story.sources] == ["The Marsh", "heron.example", "The Marsh"]
    (story,) = parse({**category(cluster()), "domains": domains})
    assert [source.outlet for source in story.sources] == ["The Marsh", "heron.example", "The Marsh"]
    assert read(articles=[article("", link="https://x.example/1")], short_summary="A text.").sources[0].outlet is None
