"""What a digest says of its items: the day, the language, how many there are."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import day, month
from app.domain.documents import Hints, ParsedDocument, ParseError, Published
from app.importer.formats import horizon, recognise
from app.importer.identity import identity_key
from app.importer.merge import merge
from tests.importer.formats.horizon.support import (
    digest,
    item,
    parse,
    passages,
    read,
    specimen,
    story,
    warning_codes,
)


@pytest.mark.parametrize("name", ["digest-en", "digest-zh", "headline", "empty"])
def test_digests_are_recognised(name: str) -> None:
    text = specimen(name)
    body = text.partition("\n---\n\n")[2] if text.startswith("---") else text
    assert recognise(body).name == "horizon"


def test_the_day_of_front_matter() -> None:
    for told in read(specimen("digest-en")):
        assert told.published == Published(day(date(2027, 1, 2)), "front-matter")


def test_the_day_of_the_headline() -> None:
    (told,) = read(specimen("headline"))
    assert told.published == Published(day(date(2026, 5, 4)), "document")
    assert told.sources[1].published and told.sources[1].published.edtf == "2026-05-03"


def test_what_is_said_beside_a_digest_wins_over_its_headline() -> None:
    (told,) = read(specimen("headline"), published="2025-05-06")
    assert told.published and told.published.interval.edtf == "2025-05-06"
    assert told.sources[1].published and told.sources[1].published.edtf == "2025-05-03"


def test_a_day_in_the_headline_that_does_not_exist() -> None:
    (told,) = parse(digest(item("rss · Feed · May 3, 07:05")).replace("2026-05-04", "2026-02-30"))
    assert told.published is None and told.sources[0].published is None
    assert warning_codes(told) == ["bad-date"]


def posted(origin: str, issued: str) -> str | None:
    published = Published(day(date.fromisoformat(issued)), "front-matter")
    source = story(f"rss · Feed · {origin}, 07:05", hints=Hints(published=published)).sources[0]
    return source.published.edtf if source.published else None


@pytest.mark.parametrize(
    ("origin", "issued", "found"),
    [
        ("Sep 12", "2026-09-13", "2026-09-12"),
        ("Sep 1", "2026-09-13", "2026-09-01"),
        ("Dec 31", "2027-01-02", "2026-12-31"),
        ("Jan 1", "2027-01-02", "2027-01-01"),
        ("Jan 1", "2026-12-31", "2027-01-01"),
        ("Sep 14", "2026-09-13", "2026-09-14"),
        ("Sep 15", "2026-09-13", "2025-09-15"),
        ("Feb 29", "2028-03-01", "2028-02-29"),
        ("Feb 29", "2029-01-01", "2028-02-29"),
        ("Feb 29", "2027-03-01", None),
        ("Feb 30", "2027-03-01", None),
        ("Foo 12", "2026-09-13", None),
        ("Dec 31", "0001-01-01", None),
        ("Jan 1", "9999-12-31", "9999-01-01"),
    ],
)
def test_a_day_without_a_year_is_the_last_that_can_be_meant(origin: str, issued: str, found: str | None) -> None:
    assert posted(origin, issued) == found


@pytest.mark.parametrize("published", [None, Published(month(2026, 9), "front-matter")])
def test_a_day_without_a_year_stays_unknown_where_the_day_of_the_digest_is(published: Published | None) -> None:
    text = "> From 1 items, 1 important content pieces were selected\n\n" + item("rss · Feed · Sep 12, 07:05")
    (told,) = parse(text, Hints(published=published))
    assert told.sources[0].published is None and told.published == published


def test_an_empty_day_has_no_stories() -> None:
    assert read(specimen("empty")) == []
    assert parse("> 共分析 6 条内容，没有达到阈值的内容。\n\n今天没有消息。\n") == []


def test_a_digest_that_is_cut_before_its_first_item_is_refused() -> None:
    text = specimen("digest-en")
    body = text[text.index("> From") : text.index("## Marsh")]
    with pytest.raises(ParseError) as refused:
        parse(body)
    assert (refused.value.code, refused.value.line) == ("no-story", 1)


@pytest.mark.parametrize("text", ["", " \n", "Words that are no digest.\n", "# Horizon Daily - 2026-05-04\n"])
def test_what_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="no items") as refused:
        parse(text)
    assert refused.value.code == "no-story"


def test_a_digest_that_is_cut_behind_an_item_says_so() -> None:
    (told,) = parse(digest(item(), selected=3))
    (warning,) = told.warnings
    assert (warning.code, warning.line) == ("item-count", 3)
    assert warning.message == "the digest says that it has 3 items, but has 1"


def test_the_title_of_a_digest_is_not_that_of_its_stories() -> None:
    for options in ({}, {"title": "All of today", "url": "https://horizon.example/today", "id": "77"}):
        told = read(specimen("digest-en"), **options)[0]
        assert told.title.text == "Plover's new model counts waders"
        assert told.url is None and told.id == "horizon:https://plover.example/blog/waders?lang=en"


def test_the_language_of_front_matter() -> None:
    assert {(told.language, told.variant) for told in read(specimen("digest-en"))} == {("en", "en")}
    assert {(told.language, told.variant) for told in read(specimen("digest-zh"))} == {("zh", "zh")}


def test_the_language_of_the_words_that_every_digest_has() -> None:
    assert [told.language for told in read(specimen("headline"))] == ["en"]
    chinese = specimen("digest-zh").partition("\n---\n\n")[2]
    assert [told.language for told in read("# Horizon 每日速递 - 2027-01-02\n\n" + chinese)] == ["zh"]
    assert parse("# Horizon Daily - 2027-01-02\n\n" + item())[0].language is None


def twins() -> tuple[ParsedDocument, ParsedDocument]:
    return read(specimen("digest-en"))[0], read(specimen("digest-zh"))[0]


def test_twins_in_two_languages_are_one_story() -> None:
    english, chinese = twins()
    assert identity_key(english) == identity_key(chinese) == "origin::horizon:https://plover.example/blog/waders?lang=en"
    assert len({identity_key(told) for told in read(specimen("digest-en"))}) == 4


@pytest.mark.parametrize("first", ["english", "chinese"])
def test_twins_merge_into_the_english_one_whichever_comes_first(first: str) -> None:
    english, chinese = twins()
    merged = merge(english, chinese) if first == "english" else merge(chinese, english)
    assert (merged.language, merged.variant) == ("en", "en+zh")
    assert (merged.title, merged.paragraphs, merged.sources) == (english.title, english.paragraphs, english.sources)
    assert merged.category == "Marsh Technology"


def test_items_of_one_title_without_a_link_on_two_days_are_two_stories() -> None:
    first, second = (
        parse(digest(item(head="Notes of the day")).replace("2026-05-04", issued))[0] for issued in ("2026-05-04", "2026-05-05")
    )
    assert identity_key(first) != identity_key(second)


@pytest.mark.parametrize("name", ["digest-en", "digest-zh", "headline"])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_change_nothing(name: str, end: str) -> None:
    text = specimen(name)
    for told, other in zip(read(text), read(text.replace("\n", end)), strict=True):
        assert passages(told) == passages(other)
        assert (told.title, told.sources, told.published, told.category, told.id) == (
            other.title,
            other.sources,
            other.published,
            other.category,
            other.id,
        )
        assert other.warnings == ()


def test_line_numbers_count_the_lines_of_other_ends() -> None:
    text = digest(item(head="[x](javascript:a)"))
    for end in ("\n", "\r\n", "\r"):
        assert parse(text.replace("\n", end))[0].warnings[0].line == text.count("\n", 0, text.index("###")) + 1


def test_a_byte_order_mark_and_odd_spaces() -> None:
    (told,) = read("\ufeff" + specimen("headline").replace("its navigator", "its\u00a0navigator"))
    assert told.sentences[0].text == "Godwit opened the source of its navigator."


def test_other_documents_are_not_digests() -> None:
    for text in ("# A title\n\nWords[^1].\n\n[^1]: https://a.example\n", "2 Sources\n[1]\nA\nB\n", "> From my window\n", "{}"):
        assert horizon.FORMAT.sniff(text) == 0
