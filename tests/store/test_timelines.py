"""Timelines: order, pages, filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from app.domain.events import EventType
from app.domain.stories import AnalysedStory
from app.store.engine import Store
from app.store.entities import entity_by_slug
from app.store.events import undated_events
from app.store.facets import Facets, rows_by_month
from app.store.schema import Category, Entity, Outlet
from app.store.timeline_filter import TimelineFilter
from app.store.timelines import Cursor, TimelineRow, days, timeline_page
from tests.support.stories import HALCYON, OKAFOR, ROVER, make_story, store_stories


@pytest.fixture
def many(store: Store) -> Store:
    """Forty stories on forty days, each with an event three days earlier, a third of them about the model."""
    first = date(2025, 1, 1)
    store_stories(
        store,
        *(
            make_story(
                number,
                published=first + timedelta(days=number),
                happened=first + timedelta(days=number - 3),
                event_type=EventType.LAUNCH if number % 3 == 0 else EventType.DEPARTURE,
                participants=(HALCYON, ROVER) if number % 3 == 0 else (HALCYON, OKAFOR),
                category="Policy" if number % 4 == 0 else "Technology",
            )
            for number in range(40)
        ),
    )
    return store


def _groups(store: Store, *slugs: str) -> tuple[tuple[int, ...], ...]:
    with store.read() as connection:
        found = [entity_by_slug(connection, slug) for slug in slugs]
    return tuple((entity.id,) for entity in found if entity)


def test_pages_follow_each_other_without_gap_or_repetition(many: Store) -> None:
    seen: list[Cursor] = []
    before = None
    with many.read() as connection:
        while True:
            page = timeline_page(connection, TimelineFilter(), 7, before=before)
            seen += [row.cursor for row in page.rows]
            if page.earlier is None:
                break
            before = page.earlier
    assert len(seen) == len(set(seen)) == 80
    assert seen == sorted(seen, reverse=True)


def test_a_page_after_a_cursor_is_the_one_before_it_in_reading_order(many: Store) -> None:
    with many.read() as connection:
        first = timeline_page(connection, TimelineFilter(), 10)
        second = timeline_page(connection, TimelineFilter(), 10, before=first.earlier)
        back = timeline_page(connection, TimelineFilter(), 10, after=second.later)
    assert back.rows == first.rows
    assert back.later is None and back.earlier == first.earlier


def test_all_entities_of_a_filter_take_part(many: Store) -> None:
    both = TimelineFilter(entities=_groups(many, "halcyon-labs", "rover-4"))
    with many.read() as connection:
        page = timeline_page(connection, both, 100)
    assert len(page.rows) == 2 * 14
    assert all("rover-4" in {p.slug for p in row.event.participants} for row in page.rows if row.event)


def test_a_group_is_any_one_of_its_entities_and_no_row_comes_twice(many: Store) -> None:
    (okafor,), (rover,), (halcyon,) = _groups(many, "ines-okafor", "rover-4", "halcyon-labs")
    with many.read() as connection:
        either = timeline_page(connection, TimelineFilter(entities=((okafor, rover),)), 100)
        overlapping = timeline_page(connection, TimelineFilter(entities=((halcyon, rover), (okafor, halcyon))), 100)
        assert days(connection, TimelineFilter(entities=((halcyon, rover),))).total() == 80
    assert len(either.rows) == len({row.cursor for row in either.rows}) == 80
    assert len(overlapping.rows) == len({row.cursor for row in overlapping.rows}) == 80


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (TimelineFilter(types=("launch",)), 14),
        (TimelineFilter(types=("story",)), 40),
        (TimelineFilter(types=("launch", "story")), 54),
        (TimelineFilter(kinds=("person",)), 52),
        (TimelineFilter(first=date(2025, 2, 1)), 9 + 6),
        (TimelineFilter(last=date(2024, 12, 31)), 3),
        (TimelineFilter(first=date(2025, 1, 1), last=date(2025, 1, 1)), 2),
    ],
)
def test_filters(many: Store, filters: TimelineFilter, expected: int) -> None:
    with many.read() as connection:
        assert len(timeline_page(connection, filters, 100).rows) == expected
        assert days(connection, filters).total() == expected


@pytest.mark.parametrize(
    "chosen",
    [TimelineFilter(first=date(2025, 1, 10), types=("launch",)), TimelineFilter(), TimelineFilter(types=("launch",))],
    ids=["rows counted", "everything", "one value"],
)
def test_counts_beside_a_value_are_those_of_choosing_it(many: Store, chosen: TimelineFilter) -> None:
    with many.read() as connection:
        facets = Facets(connection, chosen)
        counted = {
            "types": facets.types(),
            "kinds": facets.kinds(),
            "category_ids": facets.categories(),
            "outlet_ids": facets.outlets(5),
            "entities": facets.entities(5),
        }
        ids = {slug: (number,) for number, slug in connection.execute(select(Entity.id, Entity.slug))}
        ids |= {slug: number for number, slug in connection.execute(select(Category.id, Category.slug))}
        ids |= {slug: number for number, slug in connection.execute(select(Outlet.id, Outlet.slug))}
        for field, values in counted.items():
            assert values, field
            for value, _, rows in values:
                choice = replace(chosen, **{field: (ids.get(value, value),)})
                assert days(connection, choice).total() == rows, (field, value)
        assert facets.verdicts() == ()
        by_month = rows_by_month(connection, chosen)
        assert (by_month is None) == (chosen.first is not None)
        assert by_month is None or by_month.total() == days(connection, chosen).total()


def test_the_same_rows_from_either_end(many: Store) -> None:
    with many.read() as connection:
        newest = timeline_page(connection, TimelineFilter(), 100)
        seen: list[TimelineRow] = []
        after = None
        while True:
            page = timeline_page(connection, TimelineFilter(), 9, after=after, oldest_first=True)
            seen += page.rows
            if page.later is None:
                break
            after = page.later
        back = timeline_page(connection, TimelineFilter(), 9, before=page.earlier, oldest_first=True)
    assert seen == list(reversed(newest.rows))
    assert back.rows == tuple(seen[-len(page.rows) - 9 : -len(page.rows)])


def test_an_outlet_is_that_of_the_sources_of_a_story_and_of_the_sentence_of_an_event(store: Store) -> None:
    store_stories(store, make_story(1), make_story(2, outlet="The Other Gazette", happened=date(2025, 10, 1)))
    with store.read() as connection:
        other = connection.execute(select(Outlet.id).where(Outlet.slug == "the-other-gazette")).scalar_one()
        page = timeline_page(connection, TimelineFilter(outlet_ids=(other,)), 10)
    assert [(row.cursor.item_kind, row.story.title) for row in page.rows] == [
        ("story", "Story number 2"),
        ("event", "Story number 2"),
    ]


@pytest.mark.parametrize(
    "text", ["", "2025-01-01", "2025-01-01.event", "2025-13-01.event.1", "2025-01-01.person.1", "2025-01-01.story.x"]
)
def test_a_cursor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Cursor.parse(text)


def _rows(store: Store, filters: TimelineFilter = TimelineFilter(types=("departure",)), limit: int = 100) -> list[TimelineRow]:  # noqa: B008
    with store.read() as connection:
        return list(timeline_page(connection, filters, limit).rows)


def test_several_stories_tell_one_event_in_one_row(store: Store) -> None:
    store_stories(store, *(make_story(number, published=date(2025, 11, 10 + number)) for number in range(3)))
    (row,) = _rows(store)
    assert row.story.title == "Story number 0"
    assert [witness.story.title for witness in row.witnesses] == ["Story number 1", "Story number 2"]


def test_witnesses_of_a_page_are_sought_on_the_others_too(store: Store) -> None:
    store_stories(
        store,
        make_story(1, happened=date(2025, 11, 3)),
        *(make_story(number, happened=date(2025, 11, 4 + number)) for number in range(2, 9)),
        make_story(9, happened=date(2025, 11, 3)),
    )
    seen: list[tuple[str, int]] = []
    with store.read() as connection:
        before = None
        while True:
            page = timeline_page(connection, TimelineFilter(types=("departure",)), 1, before=before)
            seen += [(row.story.title, len(row.witnesses)) for row in page.rows]
            if page.earlier is None:
                break
            before = page.earlier
    assert seen == [*((f"Story number {number}", 0) for number in range(8, 1, -1)), ("Story number 1", 1)]


def test_events_without_a_date_are_those_of_the_stories_stored_last(store: Store) -> None:
    def undated(number: int) -> AnalysedStory:
        story = make_story(number, published=date(2025, 1, 1) + timedelta(days=number))
        analysis = replace(story.analysis, events=tuple(replace(event, phrase=None) for event in story.analysis.events))
        return replace(story, analysis=analysis)

    store_stories(store, *(make_story(number) for number in range(100, 130)), *(undated(number) for number in range(30)))
    ((entity_id,),) = _groups(store, HALCYON.slug)
    with store.read() as connection:
        found = undated_events(connection, [entity_id], 3)
        if store.engine.dialect.name == "sqlite":  # PostgreSQL reads so small a table whole
            query = (
                f"SELECT event_id FROM event_participants WHERE entity_id = {entity_id} AND undated = 1 ORDER BY event_id DESC"
            )
            (plan,) = connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))
            assert "ix_event_participants_undated" in plan.detail, "the dated ones are not looked at"
    assert [told.story.title for told in found] == [f"Story number {number}" for number in (29, 28, 27)]


def test_a_filter_that_hides_the_first_telling_shows_the_next(store: Store) -> None:
    store_stories(store, make_story(1, category="Policy"), make_story(2, category="Technology"))
    with store.read() as connection:
        wanted = connection.execute(select(Category.id).where(Category.slug == "technology")).scalar_one()
    (row,) = _rows(store, TimelineFilter(types=("departure",), category_ids=(wanted,)))
    assert (row.story.title, row.witnesses) == ("Story number 2", ())


def test_on_one_day_two_sums_are_a_disagreement(store: Store) -> None:
    store_stories(store, make_story(1, amount=60_000_000_000), make_story(2, amount=600_000_000_000))
    (row,) = _rows(store)
    assert row.event and [amount.value for amount in row.event.amounts] == [60_000_000_000]
    assert [[amount.value for amount in witness.event.amounts] for witness in row.witnesses] == [[600_000_000_000]]
