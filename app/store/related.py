"""Reading what stories are compared by: a story, and those around it in time that are about the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Date, Integer, Select, bindparam, func, or_, select

from app.domain.stories import StoryFeatures
from app.store.schema import Entity, EntityTimelineItem, Story, StoryEntity

#: So many stories about an entity on either side in time are neighbours of one.
_STORIES = 25
_CHUNK = 500


_ABOUT = (
    select(StoryEntity.story_id, Entity.slug, StoryEntity.salience)
    .join(Entity, Entity.id == StoryEntity.entity_id)
    .where(StoryEntity.story_id.in_(bindparam("ids")), StoryEntity.about)
)
_FEATURES = select(Story.id, Story.public_id, Story.slug, Story.title, Story.dek, Story.sort_date).where(
    Story.id.in_(bindparam("ids"))
)
_STORY_ID = select(Story.id).where(Story.public_id == bindparam("public_id"))


def features(connection: Connection, story_ids: Iterable[int]) -> dict[int, StoryFeatures]:
    """Stories by row id, with the entities that they are about."""
    wanted = sorted(set(story_ids))
    found: dict[int, StoryFeatures] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = {"ids": wanted[start : start + _CHUNK]}
        entities: defaultdict[int, dict[str, float]] = defaultdict(dict)
        for story_id, slug, salience in connection.execute(_ABOUT, chunk):
            entities[story_id][slug] = salience
        for row in connection.execute(_FEATURES, chunk):
            found[row.id] = StoryFeatures(*row, entities[row.id])
    return found


def story_features(connection: Connection, public_id: str) -> StoryFeatures | None:
    """One story; ``None`` where there is none with this id."""
    story_id = connection.execute(_STORY_ID, {"public_id": public_id}).scalar_one_or_none()
    return features(connection, [story_id])[story_id] if story_id is not None else None


_ENTITIES = (
    select(StoryEntity.entity_id)
    .where(StoryEntity.story_id == bindparam("story_id"), StoryEntity.about)
    .order_by(StoryEntity.entity_id)
)


def neighbours(connection: Connection, story: StoryFeatures, known: dict[int, StoryFeatures]) -> list[StoryFeatures]:
    """Stories about something that a story is about, those nearest in time (the newest, for an undated one).

    Whoever is a neighbour of a dated story has it for a neighbour too. Stories that are in ``known`` by row id are not read
    again; the others are added to it.
    """
    found: set[int] = set()
    for entity_id in connection.scalars(_ENTITIES, {"story_id": story.id}).all():
        found.update(_nearest(connection, entity_id, story))
    found.discard(story.id)
    known.update(features(connection, found - known.keys()))
    return [known[number] for number in sorted(found)]


def _nearest(connection: Connection, entity_id: int, story: StoryFeatures) -> set[int]:
    values = {"entity": entity_id, "day": story.day, "story": story.id}
    statements = (_BEFORE, _AFTER) if story.day is not None else (_NEWEST,)
    return {number for statement in statements for number in connection.execute(statement, values).scalars()}


def _about_an_entity() -> Select[int]:
    item = EntityTimelineItem
    chosen = select(item.item_id).where(item.entity_id == bindparam("entity"), item.item_kind == "story", item.about)
    return chosen.limit(_STORIES)


_ITEM, _DAY, _STORY = EntityTimelineItem, bindparam("day", type_=Date), bindparam("story", type_=Integer)
_NEWEST = _about_an_entity().order_by(_ITEM.sort_date.desc(), _ITEM.item_id.desc())
# The order of stories of one day is their row's, so that both ends of every step agree on who stands between them.
_BEFORE = _NEWEST.where(_ITEM.sort_date <= _DAY, or_(_ITEM.sort_date < _DAY, _ITEM.item_id < _STORY))
_AFTER = (
    _about_an_entity()
    .where(_ITEM.sort_date >= _DAY, or_(_ITEM.sort_date > _DAY, _ITEM.item_id > _STORY))
    .order_by(_ITEM.sort_date, _ITEM.item_id)
)


_NAMES = select(Entity.slug, Entity.name).where(Entity.slug.in_(bindparam("slugs")))
_STORY_COUNTS = select(Entity.slug, Entity.story_count).where(Entity.slug.in_(bindparam("slugs")))
_LAST_STORY = select(func.coalesce(func.max(Story.id), 0))


def entity_names(connection: Connection, slugs: Sequence[str]) -> dict[str, str]:
    """The names of entities by slug, in the order given."""
    names = {slug: name for slug, name in connection.execute(_NAMES, {"slugs": slugs})}
    return {slug: names[slug] for slug in slugs if slug in names}


def story_counts(connection: Connection, slugs: Iterable[str]) -> tuple[int, dict[str, int]]:
    """How many stories there are, about, and in how many of them each of these entities occurs."""
    stories = connection.execute(_LAST_STORY).scalar_one()
    wanted = sorted(set(slugs))
    counts: dict[str, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = connection.execute(_STORY_COUNTS, {"slugs": wanted[start : start + _CHUNK]})
        counts.update((slug, count) for slug, count in rows)
    return stories, counts
