"""Migrations run up and down, and end where the models say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from app.resources import resource_dir
from app.store import facet_counts
from app.store.engine import Store, StoreError
from app.store.migrations import Migrations
from app.store.schema import Base
from tests.support.stories import make_story, store_stories

#: Made by hand in a migration because only one engine has it.
BY_HAND = ("search_index", "vector")


def test_the_migrated_schema_is_that_of_the_models(store: Store) -> None:
    with store.read() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)
    assert [difference for difference in found if not any(name in str(difference) for name in BY_HAND)] == []


def test_down_to_nothing_and_up_again(store: Store) -> None:
    migrations = Migrations(store, resource_dir("migrations"))
    migrations.downgrade("base")
    with store.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    migrations.upgrade()
    migrations.require_current()


def test_events_keep_what_hangs_on_them_when_their_table_is_rebuilt(store: Store) -> None:
    store_stories(store, make_story(1, happened=date(2025, 6, 12)), make_story(2, happened=date(2025, 7, 1)))

    def rows() -> list[object]:
        with store.read() as connection:
            return [
                connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY 1, 2")).all()
                for columns, table in (
                    ("id, edtf, sort_date", "events"),
                    ("event_id, position, entity_id", "event_participants"),
                    ("event_id, position, value", "event_amounts"),
                )
            ]

    before = rows()
    assert all(before)
    migrations = Migrations(store, resource_dir("migrations"))
    migrations.downgrade("0003")
    assert rows() == before
    migrations.upgrade()
    assert rows() == before


def test_an_empty_database_says_what_to_run(empty_url: str) -> None:
    with Store(empty_url) as store:
        migrations = Migrations(store, resource_dir("migrations"))
        with pytest.raises(StoreError, match="dateline db upgrade"):
            migrations.require_current()


def test_a_store_of_a_newer_version_is_left_alone(store: Store) -> None:
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    migrations = Migrations(store, resource_dir("migrations"))
    with pytest.raises(StoreError, match="newer version"):
        migrations.require_current()
    with pytest.raises(StoreError, match="newer version"):
        migrations.upgrade()


def test_an_address_of_another_engine_is_refused() -> None:
    with pytest.raises(StoreError, match="SQLite or PostgreSQL"):
        Store("mysql://localhost/dateline")


def test_sqlite_checks_foreign_keys_and_lets_readers_read_while_one_writes(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'a' / 'store.db'}") as store, store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() >= 10_000


def test_readers_are_not_held_up_by_a_writer_and_see_no_half_of_its_work(store: Store) -> None:
    with store.write() as writing:
        writing.execute(text("INSERT INTO categories (id, slug, name) VALUES (1, 'a', 'A')"))
        with store.read() as reading:
            assert reading.execute(text("SELECT count(*) FROM categories")).scalar_one() == 0
    with store.read() as reading:
        assert reading.execute(text("SELECT count(*) FROM categories")).scalar_one() == 1


def test_rows_that_were_there_already_are_counted_for_the_facets(store: Store) -> None:
    store_stories(store, *(make_story(number, happened=date(2025, 6, 12)) for number in range(3)))
    migrations = Migrations(store, resource_dir("migrations"))
    migrations.downgrade("0007")
    migrations.upgrade()
    with store.read() as connection:
        assert list(facet_counts.differences(connection)) == []
        assert connection.execute(text("SELECT count(*) FROM facet_counts")).scalar_one() > 50
