"""Reading timelines: stories and events in time order under a filter, a page at a time by keyset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Date, Select, bindparam, case, func, select, tuple_

from app.domain.dates import Interval, parse_edtf
from app.domain.findings import FindingState, Strength, Verdict
from app.domain.witnesses import same_events
from app.store.events import EventRow, ToldEvent, tellings_beside, told_events
from app.store.schema import Check, EntityTimelineItem, Finding, TimelineItem
from app.store.stories import StorySummary, stories_by_id
from app.store.timeline_filter import Matching, Shape, TimelineFilter, keys_of, matching, once_for_a_shape


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
    found = matching(connection, filters)
    forward = after is not None or (oldest_first and before is None)
    query = _page_of(found.shape, beyond=after is not None or before is not None, forward=forward)
    place = after or before
    values = {**found.values, "limit": limit + 1, **(place._asdict() if place else {})}
    keys = [Cursor._make(row) for row in connection.execute(query, values)]
    more, keys = len(keys) > limit, keys[:limit]
    if not keys:
        return TimelinePage((), None, None)
    shown, others = _folded(connection, found, keys)
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


@once_for_a_shape
def _page_of(shape: Shape, *, beyond: bool, forward: bool) -> Select[*tuple[Any, ...]]:
    """The keys of a page, ``beyond`` a place or from the end: the next later ones (``forward``), or the next earlier ones."""
    items, query = keys_of(shape)
    key = (items.sort_date, items.item_kind, items.item_id)
    if beyond:
        place = tuple_(*(bindparam(name, type_=column.type) for name, column in zip(Cursor._fields, key, strict=True)))
        query = query.where(tuple_(*key) > place if forward else tuple_(*key) < place)
    return query.order_by(*(key if forward else [column.desc() for column in key])).limit(bindparam("limit"))


_LANES = select(
    EntityTimelineItem.entity_id, EntityTimelineItem.sort_date, EntityTimelineItem.item_kind, EntityTimelineItem.item_id
).where(
    EntityTimelineItem.entity_id.in_(bindparam("entities")),
    EntityTimelineItem.sort_date.in_(bindparam("days", type_=Date)),
    EntityTimelineItem.item_kind == bindparam("kind"),
    EntityTimelineItem.item_id.in_(bindparam("items")),
)


def lanes_of(
    connection: Connection, rows: Sequence[TimelineRow], groups: Sequence[tuple[int, ...]]
) -> dict[Cursor, tuple[int, ...]]:
    """To which of these groups of entities each row belongs, by the numbers of the groups from 1."""
    number = {entity_id: place for place, group in enumerate(groups, 1) for entity_id in group}
    found: defaultdict[Cursor, set[int]] = defaultdict(set)
    for kind in ("story", "event"):
        wanted = [row.cursor for row in rows if row.cursor.item_kind == kind]
        values = {
            "entities": list(number),
            "days": sorted({cursor.sort_date for cursor in wanted}),
            "kind": kind,
            "items": [cursor.item_id for cursor in wanted],
        }
        for entity_id, *key in connection.execute(_LANES, values):
            found[Cursor._make(key)].add(number[entity_id])
    return {cursor: tuple(sorted(places)) for cursor, places in found.items()}


def days(connection: Connection, filters: TimelineFilter) -> Counter[date]:
    """How many rows there are on each day that has any: what a histogram is drawn from."""
    found = matching(connection, filters)
    return Counter({day: count for day, count in connection.execute(_days_of(found.shape), found.values)})


@once_for_a_shape
def _days_of(shape: Shape) -> Select[*tuple[Any, ...]]:
    rows = keys_of(shape)[1].subquery()
    return select(rows.c.sort_date, func.count()).group_by(rows.c.sort_date)


_NEWEST_DAY = (
    select(TimelineItem.sort_date)
    .where(TimelineItem.item_kind == "story")
    .order_by(TimelineItem.sort_date.desc(), TimelineItem.item_kind.desc(), TimelineItem.item_id.desc())
    .limit(1)
)


def newest_day(connection: Connection) -> date | None:
    """The day of the newest story: what lies after it has yet to happen, as far as the store can know."""
    return connection.scalar(_NEWEST_DAY)


def count_after(connection: Connection, filters: TimelineFilter, day: date) -> int:
    """How many rows begin after a day."""
    found = matching(connection, filters)
    return connection.execute(_count_after_of(found.shape), {**found.values, "day": day}).scalar_one()


@once_for_a_shape
def _count_after_of(shape: Shape) -> Select[int]:
    items, query = keys_of(shape)
    rows = query.where(items.sort_date > bindparam("day")).subquery()
    return select(func.count()).select_from(rows)


def _folded(connection: Connection, found: Matching, keys: Sequence[Cursor]) -> tuple[list[Cursor], dict[int, tuple[int, ...]]]:
    """The keys without events that others tell better, and for each event that is told several times its other tellings.

    Only tellings that the filter lets through count, wherever on the timeline they are, so that an event has one row on one page.
    """
    asked = tellings_beside(connection, [key.item_id for key in keys if key.item_kind == "event"])
    in_bucket = Counter(telling.bucket for telling in asked)
    tellings = [telling for telling in asked if in_bucket[telling.bucket] > 1]
    if not tellings:
        return list(keys), {}
    days = sorted({telling.start for telling in tellings})
    values = {**found.values, "days": days, "events": [telling.id for telling in tellings]}
    shown = {item_id for _, _, item_id in connection.execute(_events_of(found.shape), values)}
    others = {}
    hidden: set[int] = set()
    for group in same_events(telling for telling in tellings if telling.id in shown):
        others[group[0].id] = tuple(telling.id for telling in group[1:])
        hidden.update(others[group[0].id])
    return [key for key in keys if key.item_kind != "event" or key.item_id not in hidden], others


@once_for_a_shape
def _events_of(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The keys of those of some events that are let through; by their days they are found without reading all rows."""
    items, query = keys_of(shape)
    days = bindparam("days", type_=Date)
    return query.where(items.sort_date.in_(days), items.item_kind == "event", items.item_id.in_(bindparam("events")))


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


_IDS: BindParameter[Any] = bindparam("ids")
_JUDGED = (
    select(Check.story_id, func.count(), func.sum(case((Check.verdict == Verdict.SUPPORTED, 1), else_=0)))
    .where(Check.story_id.in_(_IDS), Check.verdict != Verdict.UNCHECKED)
    .group_by(Check.story_id)
)
_STRONG = (
    select(Finding.story_id, func.count())
    .where(Finding.story_id.in_(_IDS), Finding.strength == Strength.STRONG, Finding.state != FindingState.DISMISSED)
    .group_by(Finding.story_id)
)


def _checks(connection: Connection, story_ids: Sequence[int]) -> dict[int, StoryCheck]:
    if not story_ids:
        return {}
    findings: dict[int, int] = {story_id: count for story_id, count in connection.execute(_STRONG, {"ids": story_ids})}
    judged = connection.execute(_JUDGED, {"ids": story_ids})
    return {story_id: StoryCheck(checked, fine, findings.get(story_id, 0)) for story_id, checked, fine in judged}
