"""Rows of timelines counted by pairs of filter values: what facets read where one value, or none, is chosen (rollup).

A timeline of everything, of one entity, outlet, category, event type, kind or verdict has its counts here, however big it is.
Where more is chosen, :mod:`app.store.facets` counts the rows that are left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, select

from app.store.buffer import table_of
from app.store.dialects import dialect_of
from app.store.schema import (
    Check,
    Citation,
    Entity,
    Event,
    EventParticipant,
    FacetCount,
    Revision,
    Source,
    Story,
    StoryEntity,
    TimelineItem,
)

#: The scope of everything.
EVERYTHING = ""
_CHUNK = 500


class Value(NamedTuple):
    """A value of a filter: a word, or the row id of an entity, an outlet or a category."""

    field: str
    value: str

    @property
    def scope(self) -> str:
        """The rows that have it, as a key of the rollup."""
        return f"{self.field}:{self.value}"


#: Not chosen as a value, but counted like one: what a histogram of years is drawn from.
MONTH = "month"

_ALL = Value("", "")


def add(connection: Connection, story_ids: Sequence[int], sign: int = 1) -> None:
    """Add what the rows of these stories in the timeline count for; with ``sign`` -1 take it away, before they change."""
    add_rows(connection, _rows_of(connection, story_ids), sign)


def add_rows(connection: Connection, rows_values: Iterable[set[Value]], sign: int = 1) -> None:
    """The same for rows of which each has these values."""
    rows = sorted([(scope, field, value, sign * count) for scope, field, value, count in _counts(rows_values)])
    table = table_of(FacetCount)
    dialect_of(connection).add_up(connection, table, rows, ("rows",))
    if rows and sign < 0:
        connection.execute(delete(table).where(table.c.rows == 0))


def differences(connection: Connection) -> Iterator[str]:
    """Count everything anew and say where the rollup differs."""
    every = list(connection.scalars(select(Story.id)))
    counts = {(scope, field, value): count for scope, field, value, count in _counts(_rows_of(connection, every))}
    stored = {(row[0], row[1], row[2]): row[3] for row in connection.execute(select(table_of(FacetCount)))}
    for key in sorted(counts.keys() | stored.keys()):
        if counts.get(key) != stored.get(key):
            yield f"facet_counts {key}: stored {stored.get(key)}, counted anew {counts.get(key)}"


def _counts(rows_values: Iterable[set[Value]]) -> list[tuple[str, str, str, int]]:
    """How many rows have each pair of values: scope, field and value, and the number."""
    numbers: dict[Value, int] = {_ALL: 0}
    pairs: Counter[tuple[int, int]] = Counter()
    for values in rows_values:
        # Pairs of small numbers are counted five times as quickly as pairs of pairs of words; each stands for both directions.
        pairs.update(combinations(sorted([0, *[numbers.setdefault(value, len(numbers)) for value in values]]), 2))
    named = list(numbers)
    scopes = {number: value.scope if number else EVERYTHING for number, value in enumerate(named) if value.field != MONTH}
    return [
        (scopes[of], *named[having], count)
        for (first, last), count in pairs.items()
        for of, having in ((first, last), (last, first))
        if having and of in scopes
    ]


def _rows_of(connection: Connection, story_ids: Sequence[int]) -> Iterator[set[Value]]:
    """The values of each dated row (a story or an event) of these stories."""
    for start in range(0, len(story_ids), _CHUNK):
        yield from _rows_of_chunk(connection, story_ids[start : start + _CHUNK])


def _rows_of_chunk(connection: Connection, story_ids: Sequence[int]) -> Iterator[set[Value]]:
    found: defaultdict[tuple[str, int], set[Value]] = defaultdict(set)

    def read(kind: str, field: str, query: Select[*tuple[Any, ...]]) -> None:
        for number, value in connection.execute(query):
            if (kind, number) in found and value is not None:
                found[kind, number].add(Value(field, str(value)))

    for model in (Story, Event):
        kind, of_story = ("story", Story.id) if model is Story else ("event", Event.story_id)
        rows = select(TimelineItem.item_id, TimelineItem.type, TimelineItem.sort_date, TimelineItem.category_id).join_from(
            model,
            TimelineItem,
            (TimelineItem.sort_date == model.sort_date) & (TimelineItem.item_kind == kind) & (TimelineItem.item_id == model.id),
        )
        for number, event_type, day, category in connection.execute(rows.where(of_story.in_(story_ids))):
            found[kind, number] = {Value("type", event_type or "story"), Value(MONTH, f"{day:%Y-%m}")}
            if category is not None:
                found[kind, number].add(Value("category", str(category)))
    about = select(StoryEntity.story_id, Entity.id, Entity.kind).join(Entity, Entity.id == StoryEntity.entity_id)
    about = about.where(StoryEntity.story_id.in_(story_ids), StoryEntity.about)
    taking_part = (
        select(Event.id, Entity.id, Entity.kind)
        .join(EventParticipant, EventParticipant.event_id == Event.id)
        .join(Entity, Entity.id == EventParticipant.entity_id)
        .where(Event.story_id.in_(story_ids))
    )
    for kind, query in (("story", about), ("event", taking_part)):
        for number, entity, entity_kind in connection.execute(query):
            if (kind, number) in found:
                found[kind, number] |= {Value("entity", str(entity)), Value("kind", entity_kind)}
    of_current = (Revision.story_id == Story.id) & (Revision.number == Story.current_revision)
    read(
        "story",
        "outlet",
        select(Story.id, Source.outlet_id)
        .join(Revision, of_current)
        .join(Source, Source.revision_id == Revision.id)
        .where(Story.id.in_(story_ids)),
    )
    read(
        "event",
        "outlet",
        select(Event.id, Source.outlet_id)
        .join(Citation, Citation.sentence_id == Event.sentence_id)
        .join(Source, Source.id == Citation.source_id)
        .where(Event.story_id.in_(story_ids)),
    )
    read("story", "verdict", select(Check.story_id, Check.verdict).where(Check.story_id.in_(story_ids)))
    read(
        "event",
        "verdict",
        select(Event.id, Check.verdict).join(Check, Check.sentence_id == Event.sentence_id).where(Event.story_id.in_(story_ids)),
    )
    yield from found.values()
