"""Reading timelines: stories and events in time order under a filter, a page at a time by keyset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal, or_, select, tuple_

from app.domain.dates import Interval, parse_edtf
from app.domain.findings import FindingState, Strength, Verdict
from app.domain.witnesses import same_events
from app.store.events import EventRow, ToldEvent, tellings_beside, told_events
from app.store.schema import (
    Check,
    Citation,
    Entity,
    EntityTimelineItem,
    Event,
    EventParticipant,
    FacetCount,
    Finding,
    Revision,
    Source,
    Story,
    StoryEntity,
    TimelineItem,
)
from app.store.stories import StorySummary, stories_by_id

#: From so many rows on a value of a filter is looked up for each row.
MANY_ROWS = 5000


class Cursor(NamedTuple):
    """A place in a timeline: the key of the row beside it."""

    sort_date: date
    item_kind: str
    item_id: int

    def __str__(self) -> str:
        return f"{self.sort_date.isoformat()}.{self.item_kind}.{self.item_id}"

    @classmethod
    def end_of(cls, day: date) -> Cursor:
        """The place between the rows that begin on a day or before it and those that begin later."""
        return cls(day + timedelta(days=1), "", 0)

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """The inverse of ``str``.

        Raises:
            ValueError: the text is not a cursor.
        """
        day, kind, number = text.split(".")
        if kind not in {"event", "story"}:
            raise ValueError(f"not a place in a timeline: {text!r}")
        return cls(date.fromisoformat(day), kind, int(number))


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


class StoryCheck(NamedTuple):
    """What the check says of a story in short: sentences that were checked and are supported, and what should be looked at."""

    checked: int
    supported: int
    findings: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row of a timeline: the publication of ``story``, or the event that it tells."""

    cursor: Cursor
    story: StorySummary
    event: EventRow | None
    witnesses: tuple[ToldEvent, ...] = ()
    """The other tellings of the event that the filter lets through; they have no rows of their own."""
    check: StoryCheck | None = None
    """Of a story whose sentences were checked."""

    @property
    def interval(self) -> Interval:
        """When."""
        edtf = self.event.edtf if self.event else self.story.published_edtf
        assert edtf is not None, "what is on a timeline has a date"
        return parse_edtf(edtf)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of a timeline; ``earlier`` and ``later`` are the cursors of the pages beside it, if there are any."""

    rows: tuple[TimelineRow, ...]
    earlier: Cursor | None
    later: Cursor | None


def timeline_page(
    connection: Connection,
    filters: TimelineFilter,
    limit: int,
    before: Cursor | None = None,
    after: Cursor | None = None,
    *,
    oldest_first: bool = False,
) -> TimelinePage:
    """One page: the rows before (earlier than) or after (later than) a cursor, or those at the end that is read first."""
    items, query = matching(connection, filters)
    key = tuple_(items.sort_date, items.item_kind, items.item_id)
    order = [items.sort_date, items.item_kind, items.item_id]
    forward = after is not None or (oldest_first and before is None)
    page = query.order_by(*order) if forward else query.order_by(*(column.desc() for column in order))
    if after is not None:
        page = page.where(key > _literal(after))
    elif before is not None:
        page = page.where(key < _literal(before))
    keys = [Cursor(*row[:3]) for row in connection.execute(page.limit(limit + 1))]
    more, keys = len(keys) > limit, keys[:limit]
    if not keys:
        return TimelinePage((), None, None)
    shown, others = _folded(connection, items, query, keys)
    if not shown and more:  # a whole page of events that are told better elsewhere
        return timeline_page(
            connection,
            filters,
            limit,
            before=None if forward else keys[-1],
            after=keys[-1] if forward else None,
            oldest_first=oldest_first,
        )
    if forward != oldest_first:
        shown.reverse()
    rows = _rows(connection, shown, others)
    has_earlier = after is not None if forward else more
    has_later = more if forward else before is not None
    first, last = min(keys), max(keys)
    return TimelinePage(rows, first if has_earlier else None, last if has_later else None)


def lanes_of(
    connection: Connection, rows: Sequence[TimelineRow], groups: Sequence[tuple[int, ...]]
) -> dict[Cursor, tuple[int, ...]]:
    """To which of these groups of entities each row belongs, by the numbers of the groups from 1."""
    number = {entity_id: place for place, group in enumerate(groups, 1) for entity_id in group}
    found: defaultdict[Cursor, set[int]] = defaultdict(set)
    for kind in ("story", "event"):
        items = EntityTimelineItem
        wanted = [row.cursor for row in rows if row.cursor.item_kind == kind]
        for entity_id, *key in connection.execute(
            select(items.entity_id, items.sort_date, items.item_kind, items.item_id).where(
                items.entity_id.in_(number),
                items.sort_date.in_({cursor.sort_date for cursor in wanted}),
                items.item_kind == kind,
                items.item_id.in_([cursor.item_id for cursor in wanted]),
            )
        ):
            found[Cursor._make(key)].add(number[entity_id])
    return {cursor: tuple(sorted(places)) for cursor, places in found.items()}


def days(connection: Connection, filters: TimelineFilter) -> Counter[date]:
    """How many rows there are on each day that has any: what a histogram is drawn from."""
    _, query = matching(connection, filters)
    inner = query.subquery()
    rows = connection.execute(select(inner.c.sort_date, func.count()).group_by(inner.c.sort_date))
    return Counter({day: count for day, count in rows})


def newest_day(connection: Connection) -> date | None:
    """The day of the newest story: what lies after it has yet to happen, as far as the store can know."""
    return connection.scalar(
        select(TimelineItem.sort_date)
        .where(TimelineItem.item_kind == "story")
        .order_by(TimelineItem.sort_date.desc(), TimelineItem.item_kind.desc(), TimelineItem.item_id.desc())
        .limit(1)
    )


def count_after(connection: Connection, filters: TimelineFilter, day: date) -> int:
    """How many rows begin after a day."""
    items, query = matching(connection, filters)
    rows = query.where(items.sort_date > day).subquery()
    return connection.execute(select(func.count()).select_from(rows)).scalar_one()


def matching(connection: Connection, filters: TimelineFilter) -> tuple[Any, Select[*tuple[Any, ...]]]:
    """The table that a filter is read from, and the query of its keys (day, kind, row id).

    With entities it is the timeline of the rarest of them: the others are looked up in it.
    """
    groups = _rarest_first(connection, filters.entities)
    items: Any = EntityTimelineItem if groups else TimelineItem
    query = select(items.sort_date, items.item_kind, items.item_id)
    for position, group in enumerate(groups):
        if position == 0:
            query = query.where(items.entity_id.in_(group))
            if len(group) > 1:  # a row that two of them share is one row
                query = query.distinct()
            if not filters.mentions:
                query = query.where(items.about)
            continue
        other = EntityTimelineItem.__table__.alias()
        same = and_(
            other.c.entity_id.in_(group),
            other.c.sort_date == items.sort_date,
            other.c.item_kind == items.item_kind,
            other.c.item_id == items.item_id,
        )
        if not filters.mentions:
            same = and_(same, other.c.about)
        query = query.where(exists(select(literal(1)).select_from(other).where(same)))
    if filters.types:
        wanted = [event_type for event_type in filters.types if event_type != "story"]
        chosen = [items.type.in_(wanted)] if wanted else []
        if "story" in filters.types:
            chosen.append(items.item_kind == "story")
        query = query.where(or_(*chosen))
    if filters.kinds:
        query = query.where(_either(items, *_of_kinds(filters.kinds), often=_often(connection, "kind", filters.kinds)))
    if filters.category_ids:
        query = query.where(items.category_id.in_(filters.category_ids))
    if filters.outlet_ids:
        query = query.where(_either(items, *_citing(filters.outlet_ids), often=_often(connection, "outlet", filters.outlet_ids)))
    if filters.verdicts:
        query = query.where(_either(items, *_judged(filters.verdicts), often=_often(connection, "verdict", filters.verdicts)))
    if filters.story_ids is not None:
        query = query.where(items.story_id.in_(filters.story_ids))
    if filters.last is not None:
        query = query.where(items.sort_date <= filters.last)
    if filters.first is not None:
        query = query.where(or_(items.sort_date >= filters.first, items.end_date >= filters.first))
    return items, query


def _either(items: Any, story_ids: Select[int], event_ids: Select[int], *, often: bool) -> ColumnElement[bool]:
    """Rows of these stories or these events: where they are many, looked up for each row; else found first, and all at once."""

    def among(ids: Select[int]) -> ColumnElement[bool]:
        looked_up: ColumnElement[bool] = items.item_id.in_(ids)
        return ids.where(ids.selected_columns[0] == items.item_id).exists() if often else looked_up

    return or_(
        and_(items.item_kind == "story", among(story_ids)),
        and_(items.item_kind == "event", among(event_ids)),
    )


def _often(connection: Connection, field: str, values: Sequence[object]) -> bool:
    """Whether so many rows have one of these values that reading rows in order soon finds some."""
    rows = connection.scalar(
        select(func.sum(FacetCount.rows)).where(
            FacetCount.scope == "", FacetCount.field == field, FacetCount.value.in_([str(value) for value in values])
        )
    )
    return (rows or 0) > MANY_ROWS


def _of_kinds(kinds: Sequence[str]) -> tuple[Select[int], Select[int]]:
    """The stories about an entity of one of these kinds, and the events in which one takes part."""
    return (
        select(StoryEntity.story_id)
        .join(Entity, Entity.id == StoryEntity.entity_id)
        .where(StoryEntity.about, Entity.kind.in_(kinds)),
        select(EventParticipant.event_id).join(Entity, Entity.id == EventParticipant.entity_id).where(Entity.kind.in_(kinds)),
    )


def _citing(outlet_ids: Sequence[int]) -> tuple[Select[int], Select[int]]:
    """The stories with a source of one of these outlets, and the events whose sentences cite one."""
    return (
        select(Story.id)
        .join(Revision, (Revision.story_id == Story.id) & (Revision.number == Story.current_revision))
        .join(Source, Source.revision_id == Revision.id)
        .where(Source.outlet_id.in_(outlet_ids)),
        select(Event.id)
        .join(Citation, Citation.sentence_id == Event.sentence_id)
        .join(Source, Source.id == Citation.source_id)
        .where(Source.outlet_id.in_(outlet_ids)),
    )


def _judged(verdicts: Sequence[str]) -> tuple[Select[int], Select[int]]:
    """The stories and the events with a sentence of one of these verdicts."""
    return (
        select(Check.story_id).where(Check.verdict.in_(verdicts)),
        select(Event.id).join(Check, Check.sentence_id == Event.sentence_id).where(Check.verdict.in_(verdicts)),
    )


def _rarest_first(connection: Connection, groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    if len(groups) < 2:
        return list(groups)
    ids = {entity_id for group in groups for entity_id in group}
    rows = connection.execute(select(Entity.id, Entity.story_count + Entity.event_count).where(Entity.id.in_(ids)))
    size: dict[int, int] = {entity_id: count for entity_id, count in rows}
    return sorted(groups, key=lambda group: (sum(size[entity_id] for entity_id in group), group))


def _literal(cursor: Cursor) -> Any:
    return tuple_(literal(cursor.sort_date), literal(cursor.item_kind), literal(cursor.item_id))


def _folded(
    connection: Connection, items: Any, query: Select[*tuple[Any, ...]], keys: Sequence[Cursor]
) -> tuple[list[Cursor], dict[int, tuple[int, ...]]]:
    """The keys without events that others tell better, and for each event that is told several times its other tellings.

    Only tellings that the filter lets through count, wherever on the timeline they are, so that an event has one row on one page.
    """
    tellings = tellings_beside(connection, [key.item_id for key in keys if key.item_kind == "event"])
    shown = {
        row.item_id
        for row in connection.execute(
            query.where(items.item_kind == "event", items.item_id.in_([telling.id for telling in tellings]))
        )
    }
    others = {}
    hidden: set[int] = set()
    for group in same_events(telling for telling in tellings if telling.id in shown):
        others[group[0].id] = tuple(telling.id for telling in group[1:])
        hidden.update(others[group[0].id])
    return [key for key in keys if key.item_kind != "event" or key.item_id not in hidden], others


def _rows(connection: Connection, keys: Sequence[Cursor], others: Mapping[int, tuple[int, ...]]) -> tuple[TimelineRow, ...]:
    events = [key.item_id for key in keys if key.item_kind == "event"]
    told = told_events(connection, [*events, *(other for event in events for other in others.get(event, ()))])
    published = [key.item_id for key in keys if key.item_kind == "story"]
    stories, checks = stories_by_id(connection, published), _checks(connection, published)
    rows = []
    for key in keys:
        if key.item_kind == "event":
            story, event = told[key.item_id]
            rows.append(TimelineRow(key, story, event, tuple(told[other] for other in others.get(key.item_id, ()))))
        else:
            rows.append(TimelineRow(key, stories[key.item_id], None, check=checks.get(key.item_id)))
    return tuple(rows)


def _checks(connection: Connection, story_ids: Sequence[int]) -> dict[int, StoryCheck]:
    if not story_ids:
        return {}
    supported = func.sum(case((Check.verdict == Verdict.SUPPORTED, 1), else_=0))
    judged = connection.execute(
        select(Check.story_id, func.count(), supported)
        .where(Check.story_id.in_(story_ids), Check.verdict != Verdict.UNCHECKED)
        .group_by(Check.story_id)
    )
    strong = connection.execute(
        select(Finding.story_id, func.count())
        .where(Finding.story_id.in_(story_ids), Finding.strength == Strength.STRONG, Finding.state != FindingState.DISMISSED)
        .group_by(Finding.story_id)
    )
    findings: dict[int, int] = {story_id: count for story_id, count in strong}
    return {story_id: StoryCheck(checked, fine, findings.get(story_id, 0)) for story_id, checked, fine in judged}
