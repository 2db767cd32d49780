"""The filter of a timeline as SQL: statements are made once for each shape of a filter, and read with its values.

Putting a statement together takes as long as running a dozen, and most filters ask the same of other names or days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, exists, func, literal, or_, select

from app.store.schema import (
    Check,
    Citation,
    Entity,
    EntityTimelineItem,
    Event,
    EventParticipant,
    FacetCount,
    Revision,
    Source,
    Story,
    StoryEntity,
    TimelineItem,
)

#: For functions that make a statement for a shape of filters.
once_for_a_shape = lru_cache(maxsize=200)

#: From so many rows on a value of a filter is looked up for each row.
MANY_ROWS = 5000


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What a timeline shows. Everything given must hold; among the values of one field any one."""

    entities: tuple[tuple[int, ...], ...] = ()
    """Of each of these groups at least one takes part: an entity, or a family of models with its versions."""
    types: tuple[str, ...] = ()
    """Event types; ``story`` for the publication of stories."""
    kinds: tuple[str, ...] = ()
    """Kinds of entity, one of which takes part."""
    category_ids: tuple[int, ...] = ()
    outlet_ids: tuple[int, ...] = ()
    """Outlets, one of which published a source: of the story, or cited by the event's sentence."""
    verdicts: tuple[str, ...] = ()
    """What the check says, one of these: of any sentence of the story, or of the event's sentence."""
    story_ids: tuple[int, ...] | None = None
    """Only these stories and their events."""
    first: date | None = None
    last: date | None = None
    """Rows that lie at least partly within ``first`` to ``last``."""
    mentions: bool = False
    """Also stories that only mention the entities."""


class Shape(NamedTuple):
    """What a filter asks, without the values that it asks for. ``None``, or false, is what it does not ask."""

    groups: tuple[bool, ...]
    """For each group of entities whether it has several."""
    mentions: bool
    events: bool
    """Events of some types."""
    stories: bool
    """Publications: with ``events`` these too, else these only."""
    kinds: bool | None
    """Here and below: whether so many rows have one of the values that reading rows in order soon finds some."""
    outlets: bool | None
    verdicts: bool | None
    categories: bool
    story_ids: bool
    first: bool
    last: bool


class Matching(NamedTuple):
    """The rows that a filter lets through: its shape, of which statements are made, and the values to run these with."""

    shape: Shape
    values: dict[str, Any]


def matching(connection: Connection, filters: TimelineFilter) -> Matching:
    """A filter as statements have it."""
    groups = _rarest_first(connection, filters.entities)
    types = [event_type for event_type in filters.types if event_type != "story"]
    shape = Shape(
        groups=tuple(len(group) > 1 for group in groups),
        mentions=filters.mentions,
        events=bool(types),
        stories="story" in filters.types,
        kinds=_often(connection, "kind", filters.kinds),
        outlets=_often(connection, "outlet", filters.outlet_ids),
        verdicts=_often(connection, "verdict", filters.verdicts),
        categories=bool(filters.category_ids),
        story_ids=filters.story_ids is not None,
        first=filters.first is not None,
        last=filters.last is not None,
    )
    values = {
        **{_group(place): group for place, group in enumerate(groups)},
        "types": types,
        "kinds": filters.kinds,
        "outlets": filters.outlet_ids,
        "verdicts": filters.verdicts,
        "categories": filters.category_ids,
        "story_ids": filters.story_ids,
        "first": filters.first,
        "last": filters.last,
    }
    return Matching(shape, values)


@once_for_a_shape
def keys_of(shape: Shape) -> tuple[Any, Select[*tuple[Any, ...]]]:
    """The table that filters of a shape are read from, and the query of the keys (day, kind, row id).

    With entities it is the timeline of the rarest of them: the others are looked up in it.
    """
    items: Any = EntityTimelineItem if shape.groups else TimelineItem
    query = select(items.sort_date, items.item_kind, items.item_id)
    for position, several in enumerate(shape.groups):
        members: BindParameter[Any] = bindparam(_group(position))
        if position == 0:
            query = query.where(items.entity_id.in_(members))
            if several:  # a row that two of them share is one row
                query = query.distinct()
            if not shape.mentions:
                query = query.where(items.about)
            continue
        other = EntityTimelineItem.__table__.alias()
        same = and_(
            other.c.entity_id.in_(members),
            other.c.sort_date == items.sort_date,
            other.c.item_kind == items.item_kind,
            other.c.item_id == items.item_id,
        )
        if not shape.mentions:
            same = and_(same, other.c.about)
        query = query.where(exists(select(literal(1)).select_from(other).where(same)))
    if shape.events or shape.stories:
        chosen = [items.type.in_(bindparam("types"))] if shape.events else []
        if shape.stories:
            chosen.append(items.item_kind == "story")
        query = query.where(or_(*chosen))
    if shape.kinds is not None:
        query = query.where(_either(items, *_of_kinds(), often=shape.kinds))
    if shape.categories:
        query = query.where(items.category_id.in_(bindparam("categories")))
    if shape.outlets is not None:
        query = query.where(_either(items, *_citing(), often=shape.outlets))
    if shape.verdicts is not None:
        query = query.where(_either(items, *_judged(), often=shape.verdicts))
    if shape.story_ids:
        query = query.where(items.story_id.in_(bindparam("story_ids")))
    if shape.last:
        query = query.where(items.sort_date <= bindparam("last"))
    if shape.first:
        query = query.where(or_(items.sort_date >= bindparam("first"), items.end_date >= bindparam("first")))
    return items, query


def _group(place: int) -> str:
    return f"group_{place}"


def _either(items: Any, story_ids: Select[int], event_ids: Select[int], *, often: bool) -> ColumnElement[bool]:
    """Rows of these stories or these events: where they are many, looked up for each row; else found first, and all at once."""

    def among(ids: Select[int]) -> ColumnElement[bool]:
        looked_up: ColumnElement[bool] = items.item_id.in_(ids)
        return ids.where(ids.selected_columns[0] == items.item_id).exists() if often else looked_up

    return or_(
        and_(items.item_kind == "story", among(story_ids)),
        and_(items.item_kind == "event", among(event_ids)),
    )


_ROWS = select(func.sum(FacetCount.rows)).where(
    FacetCount.scope == "", FacetCount.field == bindparam("field"), FacetCount.value.in_(bindparam("values"))
)


def _often(connection: Connection, field: str, values: Sequence[object]) -> bool | None:
    """Whether so many rows have one of these values that reading rows in order soon finds some; ``None`` of no values."""
    if not values:
        return None
    rows = connection.scalar(_ROWS, {"field": field, "values": [str(value) for value in values]})
    return (rows or 0) > MANY_ROWS


def _of_kinds() -> tuple[Select[int], Select[int]]:
    """The stories about an entity of one of these kinds, and the events in which one takes part."""
    return (
        select(StoryEntity.story_id)
        .join(Entity, Entity.id == StoryEntity.entity_id)
        .where(StoryEntity.about, Entity.kind.in_(bindparam("kinds"))),
        select(EventParticipant.event_id)
        .join(Entity, Entity.id == EventParticipant.entity_id)
        .where(Entity.kind.in_(bindparam("kinds"))),
    )


def _citing() -> tuple[Select[int], Select[int]]:
    """The stories with a source of one of these outlets, and the events whose sentences cite one."""
    return (
        select(Story.id)
        .join(Revision, (Revision.story_id == Story.id) & (Revision.number == Story.current_revision))
        .join(Source, Source.revision_id == Revision.id)
        .where(Source.outlet_id.in_(bindparam("outlets"))),
        select(Event.id)
        .join(Citation, Citation.sentence_id == Event.sentence_id)
        .join(Source, Source.id == Citation.source_id)
        .where(Source.outlet_id.in_(bindparam("outlets"))),
    )


def _judged() -> tuple[Select[int], Select[int]]:
    """The stories and the events with a sentence of one of these verdicts."""
    return (
        select(Check.story_id).where(Check.verdict.in_(bindparam("verdicts"))),
        select(Event.id).join(Check, Check.sentence_id == Event.sentence_id).where(Check.verdict.in_(bindparam("verdicts"))),
    )


_SIZES = select(Entity.id, Entity.story_count + Entity.event_count).where(Entity.id.in_(bindparam("ids")))


def _rarest_first(connection: Connection, groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    if len(groups) < 2:
        return list(groups)
    ids = sorted({entity_id for group in groups for entity_id in group})
    size: dict[int, int] = {entity_id: count for entity_id, count in connection.execute(_SIZES, {"ids": ids})}
    return sorted(groups, key=lambda group: (sum(size[entity_id] for entity_id in group), group))
