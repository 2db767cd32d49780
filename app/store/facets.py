"""Counting what could be chosen next on a timeline: for each value of a filter, the rows that there would be.

The counts of a field are under all other filters but not under its own, as its values are alternatives to each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, union_all

from app.store.schema import (
    Category,
    Check,
    Citation,
    Entity,
    EntityTimelineItem,
    Event,
    Outlet,
    Revision,
    Source,
    Story,
)
from app.store.timelines import TimelineFilter, matching


class FacetValue(NamedTuple):
    """A value of a filter, as an address has it and as people read it, with its number of rows."""

    value: str
    name: str
    rows: int


def types(connection: Connection, filters: TimelineFilter) -> tuple[FacetValue, ...]:
    """Event types, ``story`` for publications."""
    items, query = matching(connection, replace(filters, types=()))
    inner = query.add_columns(items.type).subquery()
    rows = connection.execute(select(inner.c.type, func.count()).group_by(inner.c.type))
    return _values((event_type or "story", event_type or "story", count) for event_type, count in rows)


def categories(connection: Connection, filters: TimelineFilter) -> tuple[FacetValue, ...]:
    """What stories are filed under."""
    items, query = matching(connection, replace(filters, category_ids=()))
    inner = query.add_columns(items.category_id).subquery()
    counted = select(inner.c.category_id, func.count().label("rows")).group_by(inner.c.category_id).subquery()
    return _values(
        connection.execute(
            select(Category.slug, Category.name, counted.c.rows).join(counted, counted.c.category_id == Category.id)
        )
    )


def kinds(connection: Connection, filters: TimelineFilter) -> tuple[FacetValue, ...]:
    """Kinds of the entities that take part."""
    rows = _rows(connection, replace(filters, kinds=()))
    taking_part = EntityTimelineItem.__table__
    pairs = (
        select(Entity.kind, rows.c.item_kind, rows.c.item_id)
        .join_from(
            rows,
            taking_part,
            and_(
                taking_part.c.sort_date == rows.c.sort_date,
                taking_part.c.item_kind == rows.c.item_kind,
                taking_part.c.item_id == rows.c.item_id,
                taking_part.c.about,
            ),
        )
        .join(Entity, Entity.id == taking_part.c.entity_id)
        .distinct()
        .subquery()
    )
    counted = connection.execute(select(pairs.c.kind, func.count()).group_by(pairs.c.kind))
    return _values((kind, kind, count) for kind, count in counted)


def outlets(connection: Connection, filters: TimelineFilter, limit: int) -> tuple[FacetValue, ...]:
    """Who published the sources, those with most rows."""
    rows = _rows(connection, replace(filters, outlet_ids=()))
    of_stories = (
        select(Source.outlet_id, rows.c.item_kind, rows.c.item_id)
        .join_from(rows, Story, and_(rows.c.item_kind == "story", Story.id == rows.c.item_id))
        .join(Revision, (Revision.story_id == Story.id) & (Revision.number == Story.current_revision))
        .join(Source, Source.revision_id == Revision.id)
    )
    of_events = (
        select(Source.outlet_id, rows.c.item_kind, rows.c.item_id)
        .join_from(rows, Event, and_(rows.c.item_kind == "event", Event.id == rows.c.item_id))
        .join(Citation, Citation.sentence_id == Event.sentence_id)
        .join(Source, Source.id == Citation.source_id)
    )
    counted = _counted(of_stories, of_events, "outlet_id")
    return _values(
        connection.execute(
            select(Outlet.slug, Outlet.name, counted.c.rows)
            .join(counted, counted.c.outlet_id == Outlet.id)
            .order_by(counted.c.rows.desc(), Outlet.name)
            .limit(limit)
        )
    )


def verdicts(connection: Connection, filters: TimelineFilter) -> tuple[FacetValue, ...]:
    """What the check says of the sentences."""
    rows = _rows(connection, replace(filters, verdicts=()))
    of_stories = select(Check.verdict, rows.c.item_kind, rows.c.item_id).join_from(
        rows, Check, and_(rows.c.item_kind == "story", Check.story_id == rows.c.item_id)
    )
    of_events = (
        select(Check.verdict, rows.c.item_kind, rows.c.item_id)
        .join_from(rows, Event, and_(rows.c.item_kind == "event", Event.id == rows.c.item_id))
        .join(Check, Check.sentence_id == Event.sentence_id)
    )
    counted = _counted(of_stories, of_events, "verdict")
    return _values((verdict, verdict, count) for verdict, count in connection.execute(select(counted)))


def entities(connection: Connection, filters: TimelineFilter, limit: int) -> tuple[FacetValue, ...]:
    """Who else takes part, those with most rows."""
    rows = _rows(connection, filters)
    taking_part = EntityTimelineItem.__table__
    same: ColumnElement[bool] = and_(
        taking_part.c.sort_date == rows.c.sort_date,
        taking_part.c.item_kind == rows.c.item_kind,
        taking_part.c.item_id == rows.c.item_id,
        taking_part.c.about,
        taking_part.c.entity_id.not_in([entity_id for group in filters.entities for entity_id in group]),
    )
    counted = (
        select(taking_part.c.entity_id, func.count().label("rows"))
        .join_from(rows, taking_part, same)
        .group_by(taking_part.c.entity_id)
        .subquery()
    )
    return _values(
        connection.execute(
            select(Entity.slug, Entity.name, counted.c.rows)
            .join(counted, counted.c.entity_id == Entity.id)
            .order_by(counted.c.rows.desc(), Entity.name)
            .limit(limit)
        )
    )


def _rows(connection: Connection, filters: TimelineFilter) -> Any:
    return matching(connection, filters)[1].subquery()


def _counted(of_stories: Select[Any], of_events: Select[Any], column: str) -> Any:
    """Rows by a column's value, a row that has a value twice counted once."""
    pairs = union_all(of_stories, of_events).subquery()
    once = select(pairs.c[column], pairs.c.item_kind, pairs.c.item_id).distinct().subquery()
    return select(once.c[column], func.count().label("rows")).group_by(once.c[column]).subquery()


def _values(rows: Iterable[Any]) -> tuple[FacetValue, ...]:
    """Most rows first."""
    return tuple(sorted((FacetValue(*row) for row in rows), key=lambda value: (-value.rows, value.name)))
