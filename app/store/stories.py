"""Reading lists of stories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from app.domain.dates import Interval, parse_edtf
from app.store.schema import Category, Entity, Event, Story, StoryEntity
from app.store.withdrawals import shown


class StorySummary(NamedTuple):
    """A story as a row of a list."""

    id: int
    public_id: str
    slug: str
    title: str
    title_derived: str | None
    dek: str
    published_edtf: str | None
    sort_date: date | None
    source_count: int
    category_slug: str | None
    category_name: str | None

    @property
    def published(self) -> Interval | None:
        """The publication date, exactly as precise as it is known."""
        return parse_edtf(self.published_edtf) if self.published_edtf else None


@lru_cache
def summaries() -> Select[*tuple[Any, ...]]:
    """The query behind every list of stories: add conditions and an order, and make rows of :class:`StorySummary`."""
    rows = select(
        Story.id,
        Story.public_id,
        Story.slug,
        Story.title,
        Story.title_derived,
        Story.dek,
        Story.published_edtf,
        Story.sort_date,
        Story.source_count,
        Category.slug,
        Category.name,
    ).outerjoin(Category, Category.id == Story.category_id)
    return rows.where(shown())


def newest_stories(connection: Connection, limit: int) -> tuple[StorySummary, ...]:
    """The newest dated stories."""
    return _rows(
        connection,
        StorySummary,
        summaries().where(Story.sort_date.is_not(None)).order_by(Story.sort_date.desc(), Story.id.desc()).limit(limit),
    )


def undated_stories(
    connection: Connection, limit: int, entity_id: int | None = None, category_id: int | None = None
) -> tuple[StorySummary, ...]:
    """Stories whose publication date is not known, by title."""
    query = summaries().where(Story.sort_date.is_(None)).order_by(Story.title, Story.id).limit(limit)
    if entity_id is not None:
        # Looked up for each undated story: there are few of them, and many stories of a busy entity.
        named = select(StoryEntity.story_id).where(StoryEntity.story_id == Story.id, StoryEntity.entity_id == entity_id)
        query = query.where(named.exists())
    if category_id is not None:
        query = query.where(Story.category_id == category_id)
    return _rows(connection, StorySummary, query)


def stories_by_id(connection: Connection, story_ids: Sequence[int]) -> dict[int, StorySummary]:
    """Stories as list rows, by row id."""
    rows = _rows(connection, StorySummary, summaries().where(Story.id.in_(story_ids)))
    return {row.id: row for row in rows}


def stories_with_id(connection: Connection, beginning: str, limit: int) -> tuple[StorySummary, ...]:
    """Stories whose public id begins with these characters, at least four of them; the newest first."""
    if len(beginning) < 4:
        return ()
    return _rows(
        connection,
        StorySummary,
        summaries()
        .where(Story.public_id >= beginning, Story.public_id <= beginning + 10 * "z")
        .order_by(Story.sort_date.desc(), Story.id.desc())
        .limit(limit),
    )


def updated_at(connection: Connection, story_ids: Sequence[int]) -> dict[int, datetime]:
    """When stories last changed, by row id."""
    rows = connection.execute(select(Story.id, Story.updated_at).where(Story.id.in_(set(story_ids))))
    return {story_id: moment for story_id, moment in rows}


class StoreSize(NamedTuple):
    """How much there is, for the front page and for people who wonder."""

    stories: int
    sources: int
    events: int
    entities: int


def store_size(connection: Connection) -> StoreSize:
    """Counts of what the store holds."""
    count = func.count()
    return StoreSize(
        connection.execute(select(count).select_from(Story).where(shown())).scalar_one(),
        connection.execute(select(func.coalesce(func.sum(Story.source_count), 0)).where(shown())).scalar_one(),
        connection.execute(select(count).select_from(Event)).scalar_one(),
        connection.execute(select(count).select_from(Entity).where(Entity.story_count > 0)).scalar_one(),
    )


def _rows(connection: Connection, row_type: Any, query: Select[*tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(row_type(*row) for row in connection.execute(query))
