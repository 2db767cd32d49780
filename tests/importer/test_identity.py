"""What makes two documents one story."""

from __future__ import annotations

import pytest

from app.domain.documents import ParsedDocument, ParsedSource, Sentence, Title
from app.importer.identity import identity_key, story_id

PAGE = "https://News.example/news-story/plovers-and-their-models-22416"


def key(
    *, id: str | None = None, url: str | None = None, titles: tuple[str, ...] = ("One", "Two"), title: str = "T", dek: str = "D."
) -> str:
    sources = tuple(ParsedSource(number, text, "", raw_title=text) for number, text in enumerate(titles, 1))
    return identity_key(ParsedDocument("text-dump", "B", Title(title), None, (Sentence(dek),), (), sources, id=id, url=url))


def test_the_id_alone_and_the_address_of_the_story_page_agree() -> None:
    assert (
        key(id="22416") == key(url=PAGE) == key(url=PAGE + "/?utm_source=x#top") == key(id="22416", url=PAGE) == "origin::22416"
    )


def test_the_slug_of_a_story_page_does_not_matter() -> None:
    assert key(url=PAGE) == key(url="https://news.example/news-story/another-title-22416")
    assert key(url=PAGE) != key(url="https://news.example/news-story/plovers-and-their-models-22417")


def test_an_id_that_is_given_wins_over_the_address() -> None:
    assert key(id="7", url=PAGE) == "origin::7"


@pytest.mark.parametrize(
    "other",
    [
        "http://MARSH.example/a",
        "https://marsh.example/a/",
        "https://marsh.example:443/a#part",
        "https://marsh.example/a?utm_source=x&utm_medium=y&fbclid=z",
    ],
)
def test_two_forms_of_one_address_agree(other: str) -> None:
    assert key(url=other) == key(url="https://marsh.example/a") == "url:https://marsh.example/a"


@pytest.mark.parametrize("other", ["https://marsh.example/b", "https://marsh.example/a?page=2", "https://marsh.example:8080/a"])
def test_other_addresses_differ(other: str) -> None:
    assert key(url=other) != key(url="https://marsh.example/a")


def test_without_id_and_address_the_titles_of_the_sources_decide() -> None:
    assert key(titles=("One", "Two")) == key(titles=("ONE", " Two "), title="Other", dek="Other.")
    assert key(titles=("One", "Two")) != key(titles=("Two", "One"))
    assert key().startswith("sources:")


def test_without_sources_title_and_dek_decide() -> None:
    assert key(titles=()).startswith("title:")
    assert key(titles=()) != key(titles=(), dek="Other.")


def test_story_ids_are_short_and_the_same_for_ever() -> None:
    assert story_id("origin::22416") == "68rr8fczmt"
