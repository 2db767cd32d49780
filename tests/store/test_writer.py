"""What is stored, how it follows changes, and that the counts keep in step."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError

from app.store import schema
from app.store.engine import Store
from app.store.entities import entity_by_slug, mentioned_with, months_of
from app.store.generation import generation
from app.store.revisions import story_history
from app.store.rollups import differences
from app.store.search import search
from app.store.story import story_detail
from tests.support.stories import HALCYON, OKAFOR, ROVER, make_story, store_stories


def test_a_story_is_read_back_as_it_was_stored(store: Store) -> None:
    story = make_story(1)
    store_stories(store, story)
    with store.read() as connection:
        detail = story_detail(connection, story.public_id)
    assert detail is not None
    assert [sentence.text for sentence in detail.dek] == ["A dek of one sentence."]
    (paragraph,) = detail.paragraphs
    assert paragraph.heading == "A heading"
    assert [[(c.number, c.inherited) for c in s.citations] for s in paragraph.sentences] == [[(1, False)], [(1, True)]]
    (source,) = detail.sources
    assert (source.number, source.outlet_name, source.text) == (1, "The Sample Wire", "A body about turbines.")
    assert [(entity.slug, entity.about) for entity in detail.entities] == [
        ("ines-okafor", True),
        ("halcyon-labs", True),
    ]
    (event,) = detail.events
    assert (event.edtf, event.type, event.sentence_position) == ("2025-11-03", "departure", 1)
    (document,) = detail.documents
    assert document.sha256 == story.raw[0].sha256


def revision_numbers(connection: Connection, public_id: str) -> list[int]:
    history = story_history(connection, public_id)
    assert history is not None
    return [revision.number for revision in history.revisions]


def test_a_changed_story_gets_a_revision_and_the_older_one_keeps_its_text(store: Store) -> None:
    store_stories(store, make_story(1, sentence="Ines Okafor left Halcyon Labs."))
    store_stories(store, make_story(1, sentence="Ines Okafor stays at Halcyon Labs."))
    public_id = make_story(1).public_id
    with store.read() as connection:
        assert revision_numbers(connection, public_id) == [1, 2]
        newest, oldest = story_detail(connection, public_id), story_detail(connection, public_id, 1)
    assert newest is not None and oldest is not None
    assert newest.paragraphs[0].sentences[0].text == "Ines Okafor stays at Halcyon Labs."
    assert oldest.paragraphs[0].sentences[0].text == "Ines Okafor left Halcyon Labs."


def test_two_revisions_of_a_story_in_one_batch_are_told_apart(store: Store) -> None:
    store_stories(store, make_story(1), make_story(2), make_story(1, title="Another title"))
    with store.read() as connection:
        assert revision_numbers(connection, make_story(1).public_id) == [1, 2]
        assert revision_numbers(connection, make_story(2).public_id) == [1]


def test_counts_follow_additions_changes_and_removals(store: Store) -> None:
    store_stories(store, *(make_story(number) for number in range(1, 6)))
    store_stories(store, make_story(2, participants=(HALCYON, ROVER)), make_story(3, happened=date(2024, 2, 1)))
    store_stories(store, make_story(4, published=None, happened=None))
    with store.read() as connection:
        assert differences(connection) == []
        okafor = entity_by_slug(connection, OKAFOR.slug)
        assert okafor is not None and (okafor.story_count, okafor.event_count) == (4, 3)
        assert {(row.month, row.stories, row.events) for row in months_of(connection, okafor.id)} == {
            (date(2024, 2, 1), 0, 1),
            (date(2025, 11, 1), 3, 2),
        }
        halcyon = entity_by_slug(connection, HALCYON.slug)
        assert halcyon is not None
        assert [(row.slug, row.stories) for row in mentioned_with(connection, halcyon.id, 5)] == [
            ("ines-okafor", 4),
            ("rover-4", 1),
        ]


def test_a_count_that_is_off_is_found(store: Store) -> None:
    store_stories(store, make_story(1))
    with store.write() as connection:
        connection.execute(text("UPDATE entity_months SET stories = stories + 1"))
    with store.read() as connection:
        assert any(line.startswith("entity_months") for line in differences(connection))


def test_the_search_index_follows_changes(store: Store) -> None:
    store_stories(store, make_story(1, source_text="About turbines."), make_story(2, source_text="About harbours."))
    store_stories(store, make_story(1, source_text="About lighthouses."))
    with store.read() as connection:
        assert search(connection, "turbines", 10).total == 0
        assert [result.story.title for result in search(connection, "lighthouse", 10).results] == ["Story number 1"]
        assert search(connection, "harbours", 10).results[0].passage[1] == "harbours"


def test_storing_counts_one_generation_and_reading_none(store: Store) -> None:
    store_stories(store, make_story(1))
    with store.read() as connection:
        before = generation(connection)
    with store.read() as connection:
        assert generation(connection) == before
    store_stories(store, make_story(2))
    with store.read() as connection:
        assert generation(connection) == before + 1


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fail_halfway() -> None:
        with store.write() as connection:
            connection.execute(schema.Category.__table__.insert().values(id=1, slug="a", name="A"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(schema.Category)).scalar_one() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO stories SELECT 999, public_id, 'other', 1, slug, title, title_derived, dek, category_id, published_source, "
        "sort_date, 1, 1, 0, first_imported_at, updated_at, published_edtf, published_start, published_end, analysis_version FROM stories",
        "INSERT INTO revision_documents (revision_id, position, document_id) VALUES (12345, 1, 1)",
        "UPDATE sentences SET part = 'note'",
        "UPDATE mentions SET end_offset = start_offset",
        "INSERT INTO store_state (id) VALUES (2)",
        "UPDATE events SET end_date = '1999-01-01'",
    ],
    ids=["public id twice", "no such revision", "unknown part", "empty span", "second state row", "end before start"],
)
def test_the_database_itself_refuses_what_makes_no_sense(store: Store, statement: str) -> None:
    store_stories(store, make_story(1))
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(text(statement))
