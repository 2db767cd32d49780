"""Reading what stories are compared by: a story, and those around it in time that are about the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.stories import StoryFeatures
from app.store.schema import Entity, EntityTimelineItem, Story, StoryEntity

#: So many of the rarest entities of a story are followed to other stories, and so many stories of each on either side in time.
_ENTITIES, _STORIES = 6, 25
_CHUNK = 500


def features(connection: Connection, story_ids: Iterable[int]) -> dict[int, StoryFeatures]:
    """Stories by row id, with the entities that they are about."""
    wanted = sorted(set(story_ids))
    found: dict[int, StoryFeatures] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        entities: defaultdict[int, dict[str, float]] = defaultdict(dict)
        for story_id, slug, salience in connection.execute(
            select(StoryEntity.story_id, Entity.slug, StoryEntity.salience)
            .join(Entity, Entity.id == StoryEntity.entity_id)
            .where(StoryEntity.story_id.in_(chunk), StoryEntity.about)
        ):
            entities[story_id][slug] = salience
        for row in connection.execute(
            select(Story.id, Story.public_id, Story.slug, Story.title, Story.dek, Story.sort_date).where(Story.id.in_(chunk))
        ):
            found[row.id] = StoryFeatures(row.id, row.public_id, row.slug, row.title, row.dek, row.sort_date, entities[row.id])
    return found


def story_features(connection: Connection, public_id: str) -> StoryFeatures | None:
    """One story; ``None`` where there is none with this id."""
    story_id = connection.execute(select(Story.id).where(Story.public_id == public_id)).scalar_one_or_none()
    return features(connection, [story_id])[story_id] if story_id is not None else None


def neighbours(connection: Connection, story: StoryFeatures) -> list[StoryFeatures]:
    """Stories about one of the rarest entities that a story is about, those nearest in time (the newest, for an undated one)."""
    rarest = connection.execute(
        select(StoryEntity.entity_id)
        .join(Entity, Entity.id == StoryEntity.entity_id)
        .where(StoryEntity.story_id == story.id, StoryEntity.about)
        .order_by(Entity.story_count, Entity.id)
        .limit(_ENTITIES)
    )
    found: set[int] = set()
    for entity_id in rarest.scalars().all():
        found.update(_nearest(connection, entity_id, story.day))
    found.discard(story.id)
    return list(features(connection, found).values())


def _nearest(connection: Connection, entity_id: int, day: date | None) -> set[int]:
    item = EntityTimelineItem
    stories = select(item.item_id).where(item.entity_id == entity_id, item.item_kind == "story", item.about).limit(_STORIES)

    def ids(order: Any, *conditions: ColumnElement[bool]) -> list[int]:
        return list(connection.scalars(stories.where(*conditions).order_by(order)))

    if day is None:
        return set(ids(item.sort_date.desc()))
    return {*ids(item.sort_date.desc(), item.sort_date <= day), *ids(item.sort_date.asc(), item.sort_date > day)}


def entity_names(connection: Connection, slugs: Sequence[str]) -> dict[str, str]:
    """The names of entities by slug, in the order given."""
    names = {slug: name for slug, name in connection.execute(select(Entity.slug, Entity.name).where(Entity.slug.in_(slugs)))}
    return {slug: names[slug] for slug in slugs if slug in names}


def story_counts(connection: Connection, slugs: Iterable[str]) -> tuple[int, dict[str, int]]:
    """How many stories there are, about, and in how many of them each of these entities occurs."""
    stories = connection.execute(select(func.coalesce(func.max(Story.id), 0))).scalar_one()
    wanted = sorted(set(slugs))
    counts: dict[str, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = connection.execute(select(Entity.slug, Entity.story_count).where(Entity.slug.in_(wanted[start : start + _CHUNK])))
        counts.update((slug, count) for slug, count in rows)
    return stories, counts
