"""What a front page tells: the newest days, who is more in the news than usual, and what happened on this day in earlier years.

All of it hangs on the days that stories carry, not on a clock, so that a page stays right for as long as the store is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, bindparam, func, select

from app.domain.dates import Interval, month_before, parse_edtf
from app.store.entities import MonthRow
from app.store.schema import Entity, EntityMonth, Event, Sentence, Story, TimelineItem
from app.store.stories import SUMMARIES, StorySummary, story_rows
from app.store.withdrawals import shown

#: Months that say what is usual.
USUAL_MONTHS = 12
#: Of the entities with most stories so many are compared with what is usual for them.
_MOST_CANDIDATES = 60
#: Of stories and events of a day in an earlier year so many are looked at.
_OF_EARLIER_YEARS = 400


class ActiveEntity(NamedTuple):
    """An entity with its stories in the newest months, and how many are usual for it in so many months."""

    slug: str
    name: str
    kind: str
    stories: int
    usual: float
    months: tuple[MonthRow, ...]
    """Its activity in the newest months and in those that say what is usual."""


class EarlierRow(NamedTuple):
    """Something that happened, or was told, on a day in an earlier year. ``sentence`` is empty for a story."""

    day: date
    type: str
    text: str
    story_public_id: str
    story_slug: str
    story_title: str
    sentence: tuple[str, int] | None
    """Part and number of an event's sentence."""
    edtf: str

    @property
    def when(self) -> Interval:
        """When, exactly as precisely as it is known."""
        return parse_edtf(self.edtf)


_DAYS = Story.sort_date.between(bindparam("first"), bindparam("last"))
_NEWEST_DAY = select(func.max(Story.sort_date)).where(shown())
_BETWEEN = SUMMARIES.where(_DAYS).order_by(Story.sort_date.desc(), Story.id.desc()).limit(bindparam("limit"))
_COUNT_BETWEEN = select(func.count()).where(_DAYS, shown())


def newest_day(connection: Connection) -> date | None:
    """The newest day on which a story was published; ``None`` where no story has a date."""
    return connection.execute(_NEWEST_DAY).scalar_one()


def stories_between(connection: Connection, first: date, last: date, limit: int) -> tuple[StorySummary, ...]:
    """The stories published from ``first`` to ``last``, the newest first."""
    return story_rows(connection, _BETWEEN, first=first, last=last, limit=limit)


def count_between(connection: Connection, first: date, last: date) -> int:
    """How many stories were published from ``first`` to ``last``."""
    return connection.execute(_COUNT_BETWEEN, {"first": first, "last": last}).scalar_one()


_STORIES = func.sum(EntityMonth.stories)
_CANDIDATES = (
    select(Entity.id, Entity.slug, Entity.name, Entity.kind, _STORIES)
    .join(Entity, Entity.id == EntityMonth.entity_id)
    .where(EntityMonth.month.between(bindparam("first"), bindparam("last")))
    .group_by(Entity.id, Entity.slug, Entity.name, Entity.kind)
    .having(_STORIES > 0)
    .order_by(_STORIES.desc(), func.sum(EntityMonth.events).desc(), Entity.name)
    .limit(_MOST_CANDIDATES)
)
_MONTHS = (
    select(EntityMonth.entity_id, EntityMonth.month, EntityMonth.stories, EntityMonth.events)
    .where(EntityMonth.entity_id.in_(bindparam("ids")), EntityMonth.month.between(bindparam("first"), bindparam("last")))
    .order_by(EntityMonth.month)
)


def active_entities(connection: Connection, newest: date, months: int, limit: int) -> tuple[ActiveEntity, ...]:
    """Who is in the news in the last ``months`` calendar months up to ``newest``, those furthest above their usual first.

    What is usual is the mean of the ``USUAL_MONTHS`` before. How far above is told by (stories - usual) / sqrt(usual + 1):
    the excess in units of its spread, if stories come at random; the 1 keeps newcomers from standing above everything.
    """
    first = month_before(newest, months - 1)
    before = month_before(first, USUAL_MONTHS)
    candidates = connection.execute(_CANDIDATES, {"first": first, "last": newest}).all()
    by_entity: defaultdict[int, list[MonthRow]] = defaultdict(list)
    values = {"ids": [row[0] for row in candidates], "first": before, "last": newest}
    for entity_id, month, told, happened in connection.execute(_MONTHS, values):
        by_entity[entity_id].append(MonthRow(month, told, happened))
    found = []
    for entity_id, slug, name, kind, count in candidates:
        usual = sum(row.stories for row in by_entity[entity_id] if row.month < first) * months / USUAL_MONTHS
        found.append(ActiveEntity(slug, name, kind, int(count), usual, tuple(by_entity[entity_id])))
    found.sort(key=lambda entity: (entity.usual - entity.stories) / (entity.usual + 1) ** 0.5)
    return tuple(found[:limit])


_OF_DAYS = (
    select(TimelineItem.sort_date, TimelineItem.item_kind, TimelineItem.item_id)
    .where(TimelineItem.sort_date.in_(bindparam("days", type_=Date)), TimelineItem.end_date == TimelineItem.sort_date)
    .limit(_OF_EARLIER_YEARS)
)
_EVENTS = (
    select(
        Event.sort_date,
        Event.type,
        Sentence.text,
        Story.public_id,
        Story.slug,
        Story.title,
        Sentence.part,
        Sentence.position,
        Event.edtf,
    )
    .join(Sentence, Sentence.id == Event.sentence_id)
    .join(Story, Story.id == Event.story_id)
    .where(Event.id.in_(bindparam("ids")))
)
_PUBLISHED = select(Story.sort_date, Story.title, Story.public_id, Story.slug, Story.published_edtf).where(
    Story.id.in_(bindparam("ids"))
)


def earlier_years(connection: Connection, day: date, years: int, around: int) -> tuple[EarlierRow, ...]:
    """What happened on this day of the year, or at most ``around`` days from it, in each of the ``years`` before: one of each.

    Only what has a day. The nearest day counts first, then events before stories.
    """
    days = {anniversary + timedelta(days=off) for anniversary in _anniversaries(day, years) for off in range(-around, around + 1)}
    rows = connection.execute(_OF_DAYS, {"days": sorted(days)}).all()
    best: dict[int, tuple[tuple[int, bool, int], str, int]] = {}
    for when, item_kind, item_id in rows:
        off, year = min((abs((when - anniversary).days), anniversary.year) for anniversary in _anniversaries(day, years))
        rank = ((off, item_kind == "story", item_id), item_kind, item_id)
        best[year] = min(best.get(year, rank), rank)
    events = [item_id for _, item_kind, item_id in best.values() if item_kind == "event"]
    stories = [item_id for _, item_kind, item_id in best.values() if item_kind == "story"]
    return tuple(sorted([*_events(connection, events), *_stories(connection, stories)], key=lambda row: row.day, reverse=True))


def _events(connection: Connection, ids: Sequence[int]) -> list[EarlierRow]:
    rows: Iterable[Any] = connection.execute(_EVENTS, {"ids": ids})
    return [
        EarlierRow(day, kind, text, public_id, slug, title, (part, position), edtf)
        for day, kind, text, public_id, slug, title, part, position, edtf in rows
    ]


def _stories(connection: Connection, ids: Sequence[int]) -> list[EarlierRow]:
    rows: Iterable[Any] = connection.execute(_PUBLISHED, {"ids": ids})
    return [EarlierRow(day, "story", title, public_id, slug, title, None, edtf) for day, title, public_id, slug, edtf in rows]


def _anniversaries(day: date, years: int) -> list[date]:
    return [_same_day(day, day.year - back) for back in range(1, years + 1)]


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
