"""Reading lists of stories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select

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


#: The query behind every list of stories: add conditions and an order, and make rows of :class:`StorySummary`.
SUMMARIES: Select[*tuple[Any, ...]] = (
    select(
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
    )
    .outerjoin(Category, Category.id == Story.category_id)
    .where(shown())
)
_LIMIT: BindParameter[int] = bindparam("limit")
_NEWEST = SUMMARIES.where(Story.sort_date.is_not(None)).order_by(Story.sort_date.desc(), Story.id.desc()).limit(_LIMIT)
_UNDATED = SUMMARIES.where(Story.sort_date.is_(None)).order_by(Story.title, Story.id).limit(_LIMIT)
# Looked up for each undated story: there are few of them, and many stories of a busy entity.
_NAMING = select(StoryEntity.story_id).where(StoryEntity.story_id == Story.id, StoryEntity.entity_id == bindparam("entity_id"))
_UNDATED_NAMING = _UNDATED.where(_NAMING.exists())
_STORED_LAST = SUMMARIES.order_by(Story.updated_at.desc(), Story.id.desc()).limit(_LIMIT)
_BY_ID = SUMMARIES.where(Story.id.in_(bindparam("ids")))


def stories_stored_last(connection: Connection, limit: int) -> tuple[StorySummary, ...]:
    """The stories that were new or changed last, dated or not."""
    return story_rows(connection, _STORED_LAST, limit=limit)


def newest_stories(connection: Connection, limit: int) -> tuple[StorySummary, ...]:
    """The newest dated stories."""
    return story_rows(connection, _NEWEST, limit=limit)


def undated_stories(
    connection: Connection, limit: int, entity_id: int | None = None, category_id: int | None = None
) -> tuple[StorySummary, ...]:
    """Stories whose publication date is not known, by title."""
    query = _UNDATED if entity_id is None else _UNDATED_NAMING
    if category_id is not None:
        query = query.where(Story.category_id == category_id)
    return story_rows(connection, query, limit=limit, entity_id=entity_id)


def stories_by_id(connection: Connection, story_ids: Sequence[int]) -> dict[int, StorySummary]:
    """Stories as list rows, by row id."""
    return {story.id: story for story in story_rows(connection, _BY_ID, ids=story_ids)} if story_ids else {}


def stories_with_id(connection: Connection, beginning: str, limit: int) -> tuple[StorySummary, ...]:
    """Stories whose public id begins with these characters, at least four of them; the newest first."""
    if len(beginning) < 4:
        return ()
    return story_rows(
        connection,
        SUMMARIES.where(Story.public_id >= beginning, Story.public_id <= beginning + 10 * "z")
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


_SHOWN = select(func.count(), func.coalesce(func.sum(Story.source_count), 0)).where(shown())
_EVENTS = select(func.count()).select_from(Event)
_ENTITIES = select(func.count()).where(Entity.story_count > 0)


def store_size(connection: Connection) -> StoreSize:
    """Counts of what the store holds."""
    stories, sources = connection.execute(_SHOWN).one()
    return StoreSize(stories, sources, connection.execute(_EVENTS).scalar_one(), connection.execute(_ENTITIES).scalar_one())


def story_rows(connection: Connection, query: Select[*tuple[Any, ...]], **values: object) -> tuple[StorySummary, ...]:
    """The stories of a query made from :data:`SUMMARIES`, with these values for its parameters."""
    return tuple(StorySummary(*row) for row in connection.execute(query, values))
