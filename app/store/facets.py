"""Counting what could be chosen next on a timeline: for each value of a filter, the rows that there would be.

The counts of a field are under all other filters but not under its own, as its values are alternatives to each other. Where
those say at most one value, the counts are read from the rollup (:mod:`app.store.facet_counts`); else the rows are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)

from app.store.facet_counts import EVERYTHING, MONTH, Value
from app.store.schema import (
    Category,
    Check,
    Citation,
    Entity,
    Event,
    EventParticipant,
    FacetCount,
    Outlet,
    Revision,
    Source,
    Story,
    StoryEntity,
)
from app.store.timeline_filter import Shape, TimelineFilter, keys_of, matching, once_for_a_shape

#: Of more rows than this, what needs a look-up for each (who takes part, who reports, what the check says) is not counted.
MOST_LOOKED_UP = 10_000


class FacetValue(NamedTuple):
    """A value of a filter, as an address has it and as people read it, with its number of rows.

    There is no number where counting would take longer than a reader waits.
    """

    value: str
    name: str
    rows: int | None


class Facets:
    """The values that could be chosen next under a filter. What is counted under the same filters is counted at once."""

    def __init__(self, connection: Connection, filters: TimelineFilter) -> None:
        self._connection = connection
        self._filters = filters
        self._found: dict[str, dict[str, int | None]] = {}

    def types(self) -> tuple[FacetValue, ...]:
        """Event types, ``story`` for publications."""
        return _words(self._counts("type"))

    def categories(self) -> tuple[FacetValue, ...]:
        """What stories are filed under."""
        return _named(self._connection, Category, self._counts("category"))

    def kinds(self) -> tuple[FacetValue, ...]:
        """Kinds of the entities that take part."""
        return _words(self._counts("kind"))

    def verdicts(self) -> tuple[FacetValue, ...]:
        """What the check says of the sentences."""
        return _words(self._counts("verdict"))

    def outlets(self, limit: int) -> tuple[FacetValue, ...]:
        """Who published the sources, those with most rows."""
        return _named(self._connection, Outlet, self._counts("outlet", limit), limit)

    def entities(self, limit: int) -> tuple[FacetValue, ...]:
        """Who else takes part, those with most rows."""
        asked = {str(entity_id) for group in self._filters.entities for entity_id in group}
        counts = self._counts("entity", limit + len(asked))
        return _named(self._connection, Entity, {value: counts[value] for value in counts if value not in asked}, limit)

    def _counts(self, field: str, limit: int | None = None) -> dict[str, int | None]:
        """Rows by value; with a limit, at least of so many values with most rows."""
        filters = _without(self._filters, field)
        scope = _scope(filters)
        if scope is not None:
            return _counted(self._connection, scope, field, limit)
        if field not in self._found:
            alike = tuple(other for other in _OWN if _without(self._filters, other) == filters)
            self._found |= _counted_anew(self._connection, filters, alike)
        return self._found[field]


#: By field, what a filter says of it; names are added to others, all else is an alternative to what is chosen.
_OWN = {
    "entity": None,
    "type": "types",
    "kind": "kinds",
    "verdict": "verdicts",
    "outlet": "outlet_ids",
    "category": "category_ids",
}


def _without(filters: TimelineFilter, field: str) -> TimelineFilter:
    own = _OWN[field]
    return replace(filters, **{own: ()}) if own else filters  # type: ignore[arg-type]


def rows_by_month(connection: Connection, filters: TimelineFilter) -> Counter[date] | None:
    """The rows of each month, at its first day, where they need not be counted."""
    scope = _scope(filters)
    if scope is None:
        return None
    counts = _counted(connection, scope, MONTH)
    return Counter({date(int(month[:4]), int(month[5:]), 1): rows for month, rows in counts.items()})


def _scope(filters: TimelineFilter) -> str | None:
    """Where the rollup has the counts under these filters."""
    if filters.first or filters.last or filters.story_ids is not None or (filters.entities and filters.mentions):
        return None
    chosen: list[Value] = []
    for group in filters.entities:
        if len(group) != 1:  # any of several, or nobody
            return None
        chosen.append(Value("entity", str(group[0])))
    for field, values in (
        ("type", filters.types),
        ("kind", filters.kinds),
        ("verdict", filters.verdicts),
        ("category", filters.category_ids),
        ("outlet", filters.outlet_ids),
    ):
        if len(values) > 1:
            return None
        chosen += [Value(field, str(value)) for value in values]
    if not chosen:
        return EVERYTHING
    return chosen[0].scope if len(chosen) == 1 else None


_ASKED = (FacetCount.scope == bindparam("scope"), FacetCount.field == bindparam("field"))
_COUNTED = select(FacetCount.value, FacetCount.rows).where(*_ASKED)
_LAST_SHOWN = select(FacetCount.rows).where(*_ASKED).order_by(FacetCount.rows.desc()).limit(1).offset(bindparam("more"))
_MOST = _COUNTED.where(FacetCount.rows >= func.coalesce(_LAST_SHOWN.scalar_subquery(), 0))


def _counted(connection: Connection, scope: str, field: str, limit: int | None = None) -> dict[str, int | None]:
    """What the rollup has; with a limit, so many values with most rows, and those with as many as the last of them."""
    values = {"scope": scope, "field": field, "more": (limit or 1) - 1}
    rows = connection.execute(_COUNTED if limit is None else _MOST, values)
    return {value: count for value, count in rows}


def _counted_anew(connection: Connection, filters: TimelineFilter, fields: tuple[str, ...]) -> dict[str, dict[str, int | None]]:
    """Rows by the values of these fields."""
    found = matching(connection, filters)
    countable = fields
    own = tuple(field for field in fields if field in _COLUMNS)
    if fields != own and connection.execute(_least(found.shape), found.values).scalar_one() > MOST_LOOKED_UP:
        countable = own
    counts: dict[str, dict[str, int | None]] = {
        field: {} if field in countable else dict.fromkeys(_most_frequent(connection, field, filters)) for field in fields
    }
    if countable:
        for field, value, rows in connection.execute(_by_value(found.shape, countable), found.values):
            if value is not None:
                counts[field][value] = rows
    return counts


@once_for_a_shape
def _least(shape: Shape) -> Select[int]:
    """The number of rows, at most one more than are looked up."""
    return select(func.count()).select_from(keys_of(shape)[1].limit(MOST_LOOKED_UP + 1).subquery())


@once_for_a_shape
def _by_value(shape: Shape, fields: tuple[str, ...]) -> CompoundSelect[*tuple[Any, ...]]:
    """Field, value and number of rows: the rows are found once for all fields."""
    items, query = keys_of(shape)
    rows = query.add_columns(func.coalesce(items.type, "story").label("type"), items.category_id).cte()
    counts = []
    for field in fields:
        if field in _COLUMNS:
            value = rows.c[_COLUMNS[field]]
        else:
            value = union_all(*(of_item(rows).distinct() for of_item in _LOOK_UPS[field])).subquery().c[0]
        counts.append(select(literal(field), cast(value, String), func.count()).group_by(value))
    return union_all(*counts)


def _most_frequent(connection: Connection, field: str, filters: TimelineFilter) -> list[str]:
    """Values to offer without their numbers: those of the first entity, else of everything, the most frequent first."""
    single = filters.entities and len(filters.entities[0]) == 1
    scope = Value("entity", str(filters.entities[0][0])).scope if single else EVERYTHING
    counts = _counted(connection, scope, field)
    return sorted(counts, key=lambda value: (-(counts[value] or 0), value))[:40]


def _in_story(rows: Any, column: Any) -> ColumnElement[bool]:
    return and_(rows.c.item_kind == "story", column == rows.c.item_id)


def _in_event(rows: Any, column: Any) -> ColumnElement[bool]:
    return and_(rows.c.item_kind == "event", column == rows.c.item_id)


def _entities_of_stories(rows: Any) -> Select[Any]:
    joined = select(StoryEntity.entity_id.label("value"), rows.c.item_kind, rows.c.item_id)
    return joined.join_from(rows, StoryEntity, and_(_in_story(rows, StoryEntity.story_id), StoryEntity.about))


def _entities_of_events(rows: Any) -> Select[Any]:
    joined = select(EventParticipant.entity_id.label("value"), rows.c.item_kind, rows.c.item_id)
    return joined.join_from(rows, EventParticipant, _in_event(rows, EventParticipant.event_id))


def _kinds_of_stories(rows: Any) -> Select[Any]:
    joined = select(Entity.kind.label("value"), rows.c.item_kind, rows.c.item_id)
    joined = joined.join_from(rows, StoryEntity, and_(_in_story(rows, StoryEntity.story_id), StoryEntity.about))
    return joined.join(Entity, Entity.id == StoryEntity.entity_id)


def _kinds_of_events(rows: Any) -> Select[Any]:
    joined = select(Entity.kind.label("value"), rows.c.item_kind, rows.c.item_id)
    joined = joined.join_from(rows, EventParticipant, _in_event(rows, EventParticipant.event_id))
    return joined.join(Entity, Entity.id == EventParticipant.entity_id)


def _outlets_of_stories(rows: Any) -> Select[Any]:
    return (
        select(Source.outlet_id.label("value"), rows.c.item_kind, rows.c.item_id)
        .join_from(rows, Story, _in_story(rows, Story.id))
        .join(Revision, (Revision.story_id == Story.id) & (Revision.number == Story.current_revision))
        .join(Source, Source.revision_id == Revision.id)
    )


def _outlets_of_events(rows: Any) -> Select[Any]:
    return (
        select(Source.outlet_id.label("value"), rows.c.item_kind, rows.c.item_id)
        .join_from(rows, Event, _in_event(rows, Event.id))
        .join(Citation, Citation.sentence_id == Event.sentence_id)
        .join(Source, Source.id == Citation.source_id)
    )


def _verdicts_of_stories(rows: Any) -> Select[Any]:
    joined = select(Check.verdict.label("value"), rows.c.item_kind, rows.c.item_id)
    return joined.join_from(rows, Check, _in_story(rows, Check.story_id))


def _verdicts_of_events(rows: Any) -> Select[Any]:
    joined = select(Check.verdict.label("value"), rows.c.item_kind, rows.c.item_id)
    return joined.join_from(rows, Event, _in_event(rows, Event.id)).join(Check, Check.sentence_id == Event.sentence_id)


#: What rows have one value of, as a column, and what other tables have, maybe several.
_COLUMNS = {"type": "type", "category": "category_id"}
_LOOK_UPS = {
    "entity": (_entities_of_stories, _entities_of_events),
    "kind": (_kinds_of_stories, _kinds_of_events),
    "outlet": (_outlets_of_stories, _outlets_of_events),
    "verdict": (_verdicts_of_stories, _verdicts_of_events),
}


def _words(counts: dict[str, int | None]) -> tuple[FacetValue, ...]:
    return _ordered(FacetValue(value, value, rows) for value, rows in counts.items())


_NAMED = {
    model: select(model.id, model.slug, model.name).where(model.id.in_(bindparam("ids"))) for model in (Category, Entity, Outlet)
}


def _named(connection: Connection, model: Any, counts: dict[str, int | None], limit: int | None = None) -> tuple[FacetValue, ...]:
    """The values that are row ids, with their slugs and names; those with most rows."""
    most = sorted(counts, key=lambda value: -(counts[value] or 0))
    # Of those with as many rows as the last one, the first by name are shown.
    if limit is not None and len(most) > limit:
        least = counts[most[limit - 1]]
        most = [value for value in most if (counts[value] or 0) >= (least or 0)]
    named = connection.execute(_NAMED[model], {"ids": [int(value) for value in most]}) if most else ()
    return _ordered(FacetValue(slug, name, counts[str(number)]) for number, slug, name in named)[:limit]


def _ordered(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    """Most rows first."""
    return tuple(sorted(values, key=lambda value: (-(value.rows or 0), value.name)))
