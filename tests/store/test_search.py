"""Searching: what people type, whatever they type."""

from __future__ import annotations

import pytest

from app.store.engine import Store
from app.store.entities import entities_named
from app.store.search import Order, search
from tests.support.stories import make_story, store_stories


@pytest.fixture
def stories(store: Store) -> Store:
    store_stories(
        store,
        make_story(1, title="Turbines in the north", source_text="Nothing else."),
        make_story(2, title="A harbour", sentence="Wind turbines were sold.", source_text="Nothing else."),
        make_story(3, title="A lighthouse", source_text="The keeper bought wind turbines for the harbour."),
    )
    return store


def test_a_title_outranks_a_summary_and_a_summary_a_source(stories: Store) -> None:
    with stories.read() as connection:
        results = search(connection, "turbines", 10)
    assert [result.story.title for result in results.results] == ["Turbines in the north", "A harbour", "A lighthouse"]
    assert results.order is Order.RELEVANCE and results.total == 3


def test_words_must_all_occur_and_a_phrase_in_a_row(stories: Store) -> None:
    with stories.read() as connection:
        assert search(connection, "turbines harbour", 10).total == 2
        assert search(connection, '"wind turbines"', 10).total == 2
        assert search(connection, '"turbines wind"', 10).total == 0


def test_the_last_word_may_be_unfinished(stories: Store) -> None:
    with stories.read() as connection:
        assert search(connection, "turbi", 10).total == 3


def test_the_passage_shows_where_the_match_is(stories: Store) -> None:
    with stories.read() as connection:
        found = {result.story.title: result for result in search(connection, "keeper", 10).results}
    assert found["A lighthouse"].field == "sources"
    assert "keeper" in found["A lighthouse"].passage[1::2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        '"',
        "AND",
        "NOT (",
        "a* OR b",
        "title:x",
        "'; DROP TABLE stories; --",
        "\x00",
        "ü" * 2000,
        "-" * 50,
        "(((" * 400,
    ],
)
def test_nothing_that_is_typed_is_an_error(stories: Store, text: str) -> None:
    with stories.read() as connection:
        search(connection, text, 10)
        assert search(connection, "turbines", 10).total == 3


def test_names_are_found_by_their_beginning_without_case_or_accents(stories: Store) -> None:
    with stories.read() as connection:
        assert [row.slug for row in entities_named(connection, "halc", 5)] == ["halcyon-labs"]
        assert [row.slug for row in entities_named(connection, "HALCYON LABS", 5)] == ["halcyon-labs"]
        assert entities_named(connection, "alcyon", 5) == ()
        assert entities_named(connection, "%", 5) == ()
