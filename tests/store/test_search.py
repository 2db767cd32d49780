"""Searching: what people type, whatever they type."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.events import EventType
from app.store.dialects.search import parse_query
from app.store.engine import Store
from app.store.entities import entities_named
from app.store.search import Order, did_you_mean, search, search_facets
from tests.support.stories import HALCYON, ROVER, make_story, store_stories


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


def test_a_short_last_word_is_whole(stories: Store) -> None:
    with stories.read() as connection:
        assert search(connection, "wi", 10).total == 0
        assert search(connection, "win", 10).total == 2


@pytest.mark.parametrize("sorted_hits", [20_000, 1])
def test_too_many_hits_are_not_ranked_but_newest_first(store: Store, monkeypatch: pytest.MonkeyPatch, sorted_hits: int) -> None:
    monkeypatch.setattr("app.store.search.RANKED_HITS", 2)
    monkeypatch.setattr("app.store.dialects.sqlite._SORTED_HITS", sorted_hits)
    store_stories(
        store,
        make_story(1, title="Turbines turbines 1", published=date(2025, 1, 1)),
        make_story(2, title="A turbine 2", published=date(2025, 3, 1), category="Policy"),
        make_story(3, title="Turbines again 3", published=None),
        make_story(4, title="Of turbines 4", published=date(2025, 2, 1), category="Policy"),
        make_story(5, title="Nothing of it 5", sentence="None.", source_text="None."),
    )
    with store.read() as connection:
        results = search(connection, "turbines", 2)
        assert (results.order, results.total) == (Order.NEWEST, 3)
        assert [result.story.title[-1] for result in results.results] == ["2", "4"]
        assert [result.story.title[-1] for result in search(connection, "turbines", 2, 2).results] == ["1", "3"]
        assert [result.story.title[-1] for result in search(connection, "turbines", 2, 3).results] == ["3"]
        few = search(connection, "turbines category:policy", 5)
        assert (few.order, few.total) == (Order.RELEVANCE, 2)


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


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("turbines -harbour", {1}),
        ('turbines -"wind turbines"', {1, 2}),
        ('turbines -"the harbour"', {1}),
        ("turbines type:launch", {2}),
        ("type:launch", {2}),
        ("type:departure -lighthouse", {1}),
        ("entity:halcyon turbines", {1, 2, 3}),
        ("entity:rover-4", {2}),
        ('outlet:"the other gazette"', {3}),
        ("category:policy", {1}),
        ("from:2025-11-19", {2, 3}),
        ("from:2025-11-19 to:2025-11-20", {2}),
        ("Entity:Rover from:2025", {2}),
    ],
)
def test_operators_narrow(store: Store, text: str, numbers: set[int]) -> None:
    store_stories(
        store,
        make_story(1, title="Turbines 1", published=date(2025, 11, 18), category="Policy"),
        make_story(
            2,
            title="The turbines of the harbour 2",
            published=date(2025, 11, 20),
            event_type=EventType.LAUNCH,
            participants=(HALCYON, ROVER),
        ),
        make_story(
            3,
            title="A lighthouse in the harbour 3",
            published=date(2025, 12, 1),
            outlet="The Other Gazette",
            source_text="It has wind turbines.",
        ),
    )
    with store.read() as connection:
        results = search(connection, text, 10)
        assert {int(result.story.title[-1]) for result in results.results} == numbers
        assert results.total == len(numbers) and results.misunderstood == ()
        facets = search_facets(connection, results.query)
        assert sum(value.rows for value in facets.years) == len(numbers)


def test_an_operator_that_names_nothing_is_said_and_finds_nothing(stories: Store) -> None:
    with stories.read() as connection:
        results = search(connection, "turbines type:nonsense entity:nobody from:soon", 10)
        assert results.misunderstood == (("type", "nonsense"), ("entity", "nobody"), ("from", "soon"))
        assert results.total == 0


def test_a_word_before_a_colon_that_is_no_operator_is_a_word(stories: Store) -> None:
    with stories.read() as connection:
        assert search(connection, "wind:turbines", 10).total == 2


def test_what_is_misspelt_is_put_as_names_and_titles_have_it(stories: Store) -> None:
    with stories.read() as connection:
        assert did_you_mean(connection, parse_query("lihgthouse")) == "lighthouse"
        assert did_you_mean(connection, parse_query("Halycon turbines type:launch")) == "halcyon turbines type:launch"
        assert did_you_mean(connection, parse_query("turbines")) is None
        assert did_you_mean(connection, parse_query("xyzzyq")) is None


def test_names_are_found_by_their_beginning_without_case_or_accents(stories: Store) -> None:
    with stories.read() as connection:
        assert [row.slug for row in entities_named(connection, "halc", 5)] == ["halcyon-labs"]
        assert [row.slug for row in entities_named(connection, "HALCYON LABS", 5)] == ["halcyon-labs"]
        assert entities_named(connection, "alcyon", 5) == ()
        assert entities_named(connection, "%", 5) == ()
