"""Reading events: each with the story that tells it, who takes part, and which sources its sentence cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BindParameter, Connection, Select, bindparam, select
from sqlalchemy.orm import aliased

from app.domain.witnesses import Telling
from app.store.schema import Check, Citation, Entity, Event, EventAmount, EventParticipant, Outlet, Sentence, Source, Story
from app.store.stories import StorySummary, stories_by_id

T = TypeVar("T")


class Participant(NamedTuple):
    """An entity that takes part in an event."""

    slug: str
    name: str
    kind: str
    role: str


class AmountRow(NamedTuple):
    """A sum of money."""

    value: Decimal
    currency: str


class CitedSource(NamedTuple):
    """A source that the sentence of an event cites, or inherits from the sentence before."""

    number: int
    inherited: bool
    title: str
    outlet_slug: str | None
    outlet_name: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as one story tells it; ``phrase`` is empty where no words tell the time, ``edtf`` where it is unknown."""

    id: int
    public_id: str
    edtf: str | None
    type: str
    planned: bool
    reported: bool
    phrase: str
    anchor_edtf: str | None
    sentence_id: int
    sentence: str
    sentence_part: str
    sentence_position: int
    participants: tuple[Participant, ...]
    amounts: tuple[AmountRow, ...]
    sources: tuple[CitedSource, ...]
    """In the order of the markers."""
    verdict: str | None = None
    """Of the check, on the sentence."""
    open_weights: bool | None = None
    """Of a release or launch; ``None`` where the sentence does not say."""


class ToldEvent(NamedTuple):
    """An event with the story that tells it."""

    story: StorySummary
    event: EventRow


def event_id(connection: Connection, public_id: str) -> int | None:
    """The row id of an event."""
    return connection.execute(select(Event.id).where(Event.public_id == public_id)).scalar_one_or_none()


_IDS: BindParameter[Any] = bindparam("ids")
_EVENTS = (
    select(
        Event.story_id,
        Event.id,
        Event.public_id,
        Event.edtf,
        Event.type,
        Event.planned,
        Event.reported,
        Event.phrase,
        Event.anchor_edtf,
        Sentence.id,
        Sentence.text,
        Sentence.part,
        Sentence.position,
        Check.verdict,
        Event.open_weights,
    )
    .join(Sentence, Sentence.id == Event.sentence_id)
    .outerjoin(Check, Check.sentence_id == Event.sentence_id)
    .where(Event.id.in_(_IDS))
)
_PARTICIPANTS = (
    select(EventParticipant.event_id, Entity.slug, Entity.name, Entity.kind, EventParticipant.role)
    .join(Entity, Entity.id == EventParticipant.entity_id)
    .where(EventParticipant.event_id.in_(_IDS))
    .order_by(EventParticipant.event_id, EventParticipant.position)
)
_AMOUNTS = (
    select(EventAmount.event_id, EventAmount.value, EventAmount.currency)
    .where(EventAmount.event_id.in_(_IDS))
    .order_by(EventAmount.event_id, EventAmount.position)
)
_SOURCES = (
    select(Event.id, Citation.number, Citation.inherited, Source.title, Outlet.slug, Outlet.name)
    .join(Citation, Citation.sentence_id == Event.sentence_id)
    .join(Source, Source.id == Citation.source_id)
    .outerjoin(Outlet, Outlet.id == Source.outlet_id)
    .where(Event.id.in_(_IDS))
    .order_by(Event.id, Citation.position)
)


def told_events(connection: Connection, event_ids: Sequence[int]) -> dict[int, ToldEvent]:
    """Events by row id."""
    if not event_ids:
        return {}
    rows = connection.execute(_EVENTS, {"ids": event_ids}).all()
    participants = _of_events(connection, _PARTICIPANTS, event_ids, Participant)
    amounts = _of_events(connection, _AMOUNTS, event_ids, AmountRow)
    sources = _of_events(connection, _SOURCES, event_ids, CitedSource)
    stories = stories_by_id(connection, sorted({row[0] for row in rows}))
    found: dict[int, ToldEvent] = {}
    for story_id, number, *columns, verdict, open_weights in rows:
        around = (tuple(participants[number]), tuple(amounts[number]), tuple(sources[number]))
        values: list[Any] = [number, *columns, *around, verdict, open_weights]
        found[number] = ToldEvent(stories[story_id], EventRow(*values))
    return found


_UNDATED = (
    select(EventParticipant.event_id)
    .where(EventParticipant.entity_id.in_(_IDS), EventParticipant.undated)
    .order_by(EventParticipant.event_id.desc())
    .limit(bindparam("limit"))
)


def undated_events(connection: Connection, entity_ids: Sequence[int], limit: int) -> tuple[ToldEvent, ...]:
    """Events without a date in which one of these entities takes part: of the last ones stored, those of the newest stories."""
    ids = connection.scalars(_UNDATED, {"ids": entity_ids, "limit": 5 * limit})
    told = told_events(connection, sorted(set(ids))).values()
    newest = sorted(told, key=lambda one: (one.story.sort_date or date.min, one.event.id), reverse=True)
    return tuple(newest[:limit])


_ASKED = aliased(Event)
_BUCKETS = select(_ASKED.bucket).where(_ASKED.id.in_(_IDS))
_TELLINGS = (
    select(Event.id, Event.bucket, Event.start_date, Event.end_date, Story.sort_date, Event.public_id)
    .join(Story, Story.id == Event.story_id)
    .where(Event.bucket.in_(_BUCKETS))
)
_AMOUNTS_TOLD = (
    select(EventAmount.event_id, EventAmount.value, EventAmount.currency)
    .join(Event, Event.id == EventAmount.event_id)
    .where(Event.bucket.in_(_BUCKETS))
)


def tellings_beside(connection: Connection, event_ids: Iterable[int]) -> list[Telling]:
    """These events (a page of them), as far as others may tell the same, and those others."""
    asked = {"ids": sorted(set(event_ids))}
    amounts: defaultdict[int, set[tuple[Decimal, str]]] = defaultdict(set)
    for number, value, currency in connection.execute(_AMOUNTS_TOLD, asked):
        amounts[number].add((value, currency))
    return [Telling._make((*columns, frozenset(amounts[columns[0]]))) for columns in connection.execute(_TELLINGS, asked)]


def _of_events(
    connection: Connection, query: Select[*tuple[Any, ...]], event_ids: Sequence[int], row_type: type[T]
) -> defaultdict[int, list[T]]:
    """What belongs to events, by their row ids, which come first in the rows of the query."""
    found: defaultdict[int, list[T]] = defaultdict(list)
    for number, *columns in connection.execute(query, {"ids": event_ids}):
        found[number].append(row_type(*columns))
    return found
