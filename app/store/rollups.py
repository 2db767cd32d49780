"""Counts and orders that pages read instead of working them out: kept in step with the stories, in the same transaction.

What one story adds is its :class:`~app.store.rows.Contribution`. A changed story first takes away what it had added.
``recount`` works everything out anew from the stories; ``dateline db check`` compares.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import permutations
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from app.store import facet_counts, schema
from app.store.buffer import Row, RowBuffer, table_of
from app.store.check_rows import NO_VERDICTS, VerdictCounts
from app.store.dialects import dialect_of
from app.store.rows import Contribution, StoredEvent

#: Only a story's most salient entities count as occurring together: a list of thirty names ties nobody to anybody.
PAIRED = 12

_CHUNK = 500


def contributions(connection: Connection, story_ids: Sequence[int]) -> list[Contribution]:
    """What these stories add to rollups and timelines now."""
    found: list[Contribution] = []
    for start in range(0, len(story_ids), _CHUNK):
        found.extend(_contributions(connection, story_ids[start : start + _CHUNK]))
    return found


def _contributions(connection: Connection, story_ids: Sequence[int]) -> Iterator[Contribution]:
    entities: defaultdict[int, dict[int, tuple[float, bool]]] = defaultdict(dict)
    for story_id, entity_id, salience, about in connection.execute(
        select(
            schema.StoryEntity.story_id,
            schema.StoryEntity.entity_id,
            schema.StoryEntity.salience,
            schema.StoryEntity.about,
        ).where(schema.StoryEntity.story_id.in_(story_ids))
    ):
        entities[story_id][entity_id] = (salience, about)
    participants: defaultdict[int, list[int]] = defaultdict(list)
    for event_id, entity_id in connection.execute(
        select(schema.EventParticipant.event_id, schema.EventParticipant.entity_id)
        .join(schema.Event, schema.Event.id == schema.EventParticipant.event_id)
        .where(schema.Event.story_id.in_(story_ids))
        .order_by(schema.EventParticipant.event_id, schema.EventParticipant.position)
    ):
        participants[event_id].append(entity_id)
    events: defaultdict[int, list[StoredEvent]] = defaultdict(list)
    for story_id, event_id, day, end, kind in connection.execute(
        select(schema.Event.story_id, schema.Event.id, schema.Event.sort_date, schema.Event.end_date, schema.Event.type).where(
            schema.Event.story_id.in_(story_ids)
        )
    ):
        if day is not None:
            events[story_id].append(StoredEvent(event_id, day, end, kind, tuple(participants[event_id])))
    verdicts = _verdicts(connection, story_ids)
    for story_id, published, category_id in connection.execute(
        select(schema.Story.id, schema.Story.sort_date, schema.Story.category_id).where(schema.Story.id.in_(story_ids))
    ):
        yield Contribution(
            story_id, published, category_id, entities[story_id], tuple(events[story_id]), verdicts.get(story_id, NO_VERDICTS)
        )


def _verdicts(connection: Connection, story_ids: Sequence[int]) -> dict[int, VerdictCounts]:
    """The verdicts on the summaries of these stories; a story that was not checked is left out."""
    sentences: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for story_id, verdict, count in connection.execute(
        select(schema.Check.story_id, schema.Check.verdict, func.count())
        .join(schema.Sentence, schema.Sentence.id == schema.Check.sentence_id)
        .where(schema.Check.story_id.in_(story_ids), schema.Sentence.part == "summary")
        .group_by(schema.Check.story_id, schema.Check.verdict)
    ):
        sentences[story_id][verdict] = count
    outlets: defaultdict[int, dict[tuple[int, str], int]] = defaultdict(dict)
    for story_id, outlet_id, verdict, count in connection.execute(
        select(
            schema.Check.story_id, schema.Source.outlet_id, schema.Check.verdict, func.count(func.distinct(schema.Sentence.id))
        )
        .join(schema.Sentence, schema.Sentence.id == schema.Check.sentence_id)
        .join(schema.Citation, schema.Citation.sentence_id == schema.Sentence.id)
        .join(schema.Source, schema.Source.id == schema.Citation.source_id)
        .where(
            schema.Check.story_id.in_(story_ids),
            schema.Sentence.part == "summary",
            schema.Citation.inherited.is_(False),
        )
        .group_by(schema.Check.story_id, schema.Source.outlet_id, schema.Check.verdict)
    ):
        if outlet_id is not None:
            outlets[story_id][outlet_id, verdict] = count
    return {story_id: VerdictCounts(counts, outlets[story_id]) for story_id, counts in sentences.items()}


#: The columns of a timeline row; an entity's has ``entity_id`` and ``about`` before them.
_ITEM = ("sort_date", "item_kind", "item_id", "story_id", "end_date", "type", "category_id")


def timeline_rows(contribution: Contribution) -> list[Row]:
    """The rows of ``timeline_items`` for one story."""
    story_id, day, category_id = contribution.story_id, contribution.sort_date, contribution.category_id
    rows: list[Row] = [(day, "story", story_id, story_id, day, None, category_id)] if day else []
    rows += [
        (event_day, "event", event_id, story_id, end, kind, category_id)
        for event_id, event_day, end, kind, _ in contribution.events
    ]
    return rows


def entity_timeline_rows(contribution: Contribution) -> list[Row]:
    """The rows of ``entity_timeline_items`` for one story."""
    story_id, day, category_id = contribution.story_id, contribution.sort_date, contribution.category_id
    rows: list[Row] = []
    if day:
        rows += [
            (entity_id, about, day, "story", story_id, story_id, day, None, category_id)
            for entity_id, (_, about) in sorted(contribution.entities.items())
        ]
    for event_id, event_day, end, kind, participants in contribution.events:
        rows += [(entity_id, True, event_day, "event", event_id, story_id, end, kind, category_id) for entity_id in participants]
    return rows


def add_timeline_rows(buffer: RowBuffer, contribution: Contribution) -> None:
    """Add the timeline rows of a story."""
    add = buffer.appender(schema.TimelineItem, *_ITEM)
    for row in timeline_rows(contribution):
        add(row)
    add = buffer.appender(schema.EntityTimelineItem, "entity_id", "about", *_ITEM)
    for row in entity_timeline_rows(contribution):
        add(row)


def remove_timeline_rows(connection: Connection, removed: Iterable[Contribution]) -> None:
    """Take away the timeline rows of these stories, each by its key."""
    for model, rows_of in ((schema.TimelineItem, timeline_rows), (schema.EntityTimelineItem, entity_timeline_rows)):
        table = table_of(model)
        names = [column.name for column in table.columns]
        keys = [(names.index(column.name), column.name) for column in table.primary_key]
        rows = [{f"key_{key}": row[place] for place, key in keys} for contribution in removed for row in rows_of(contribution)]
        if rows:
            connection.execute(delete(table).where(*(table.c[key] == bindparam(f"key_{key}") for _, key in keys)), rows)


class Counts:
    """The rollups of a set of stories, as counters. Activity is stories and events, by entity and by (entity, month).

    What ``removed`` stories add is taken away to begin with.
    """

    def __init__(self, removed: Sequence[Contribution] = ()) -> None:
        self.shrinking = False
        self.months: defaultdict[tuple[int, date], list[int]] = defaultdict(lambda: [0, 0])
        self.entities: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        self.pairs: Counter[tuple[int, int]] = Counter()
        self.entity_verdicts: Counter[tuple[int, str]] = Counter()
        self.outlet_verdicts: Counter[tuple[int, str]] = Counter()
        for contribution in removed:
            self.count(contribution, -1)

    def count(self, contribution: Contribution, sign: int = 1) -> None:
        """Add (or, with ``sign`` -1, take away) what one story adds."""
        self.shrinking = self.shrinking or sign < 0
        entities, months = self.entities, self.months
        month = contribution.sort_date.replace(day=1) if contribution.sort_date else None
        for entity_id in contribution.entities:
            entities[entity_id][0] += sign
            if month:
                months[entity_id, month][0] += sign
        for event in contribution.events:
            if event.participants:
                month = event.sort_date.replace(day=1)
                for entity_id in event.participants:
                    entities[entity_id][1] += sign
                    months[entity_id, month][1] += sign
        leading = sorted([(-salience, entity_id) for entity_id, (salience, _) in contribution.entities.items()])[:PAIRED]
        pairs = permutations([entity_id for _, entity_id in leading], 2)
        if sign > 0:
            self.pairs.update(pairs)
        else:
            self.pairs.subtract(pairs)
        about = [entity_id for entity_id, (_, about) in contribution.entities.items() if about]
        for verdict, count in contribution.verdicts.sentences.items():
            for entity_id in about:
                self.entity_verdicts[entity_id, verdict] += sign * count
        for outlet_and_verdict, count in contribution.verdicts.outlets.items():
            self.outlet_verdicts[outlet_and_verdict] += sign * count


def apply(connection: Connection, counts: Counts) -> None:
    """Bring the counts in step after stories were replaced or added."""
    months = sorted([(*key, *activity) for key, activity in counts.months.items() if any(activity)])
    pairs = sorted([(*pair, stories) for pair, stories in counts.pairs.items() if stories])
    entity_verdicts = sorted([(*key, sentences) for key, sentences in counts.entity_verdicts.items() if sentences])
    outlet_verdicts = sorted([(*key, sentences) for key, sentences in counts.outlet_verdicts.items() if sentences])
    changes: list[tuple[type[schema.Base], list[Row], tuple[str, ...]]] = [
        (schema.EntityMonth, months, ("stories", "events")),
        (schema.EntityPair, pairs, ("stories",)),
        (schema.EntityVerdict, entity_verdicts, ("sentences",)),
        (schema.OutletVerdict, outlet_verdicts, ("sentences",)),
    ]
    for model, rows, counters in changes:
        table = table_of(model)
        dialect_of(connection).add_up(connection, table, rows, counters)
        if counts.shrinking and any(min(row[-len(counters) :]) < 0 for row in rows):
            connection.execute(delete(table).where(*(table.c[name] == 0 for name in counters)))
    entities = [
        {"key": entity_id, "stories": stories, "events": events}
        for entity_id, (stories, events) in sorted(counts.entities.items())
        if stories or events
    ]
    if entities:
        table = table_of(schema.Entity)
        connection.execute(
            update(table)
            .where(table.c.id == bindparam("key"))
            .values(
                story_count=table.c.story_count + bindparam("stories"),
                event_count=table.c.event_count + bindparam("events"),
            ),
            entities,
        )


def differences(connection: Connection) -> list[str]:
    """Count everything anew and say, a line each, where rollups or the search index differ. Empty when all is well."""
    counts = Counts()
    timeline: Counter[str] = Counter()
    last = 0
    while story_ids := list(
        connection.scalars(
            select(schema.Story.id)
            .where(schema.Story.id > last, schema.Story.id.not_in(select(schema.Withdrawal.story_id)))
            .order_by(schema.Story.id)
            .limit(_CHUNK)
        )
    ):
        last = story_ids[-1]
        for contribution in _contributions(connection, story_ids):
            counts.count(contribution)
            timeline["timeline_items"] += len(timeline_rows(contribution))
            timeline["entity_timeline_items"] += len(entity_timeline_rows(contribution))
    return [
        *_compare(
            "entity_months",
            {key: tuple(activity) for key, activity in counts.months.items()},
            {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(select(table_of(schema.EntityMonth)))},
        ),
        *_compare(
            "entity_pairs",
            dict(counts.pairs),
            {(row[0], row[1]): row[2] for row in connection.execute(select(table_of(schema.EntityPair)))},
        ),
        *_verdict_differences(connection, schema.EntityVerdict, counts.entity_verdicts),
        *_verdict_differences(connection, schema.OutletVerdict, counts.outlet_verdicts),
        *_compare(
            "entities",
            {key: tuple(activity) for key, activity in counts.entities.items()},
            {
                row[0]: (row[1], row[2])
                for row in connection.execute(
                    select(schema.Entity.id, schema.Entity.story_count, schema.Entity.event_count).where(
                        (schema.Entity.story_count != 0) | (schema.Entity.event_count != 0)
                    )
                )
            },
        ),
        *(
            f"{name}: {stored} rows stored, {timeline[name]} counted anew"
            for name, stored in _row_counts(connection)
            if stored != timeline[name]
        ),
        *facet_counts.differences(connection),
        *_search_differences(connection),
    ]


def _verdict_differences(
    connection: Connection,
    model: type[schema.EntityVerdict | schema.OutletVerdict],
    counted: Counter[tuple[int, str]],
) -> Iterator[str]:
    table = table_of(model)
    stored = {(row[0], row[1]): row[2] for row in connection.execute(select(table))}
    return _compare(table.name, dict(counted), stored)


def _search_differences(connection: Connection) -> Iterator[str]:
    withdrawn = connection.execute(select(func.count()).select_from(schema.Withdrawal)).scalar_one()
    stories = connection.execute(select(func.count()).select_from(schema.Story)).scalar_one() - withdrawn
    documents = connection.execute(select(func.count()).select_from(schema.SearchDocument)).scalar_one()
    if stories != documents:
        yield f"search_documents: {documents} rows stored, {stories} stories"
    if problem := dialect_of(connection).index_problem(connection):
        yield problem


def _row_counts(connection: Connection) -> Iterator[tuple[str, int]]:
    for model in (schema.TimelineItem, schema.EntityTimelineItem):
        table = table_of(model)
        yield table.name, connection.execute(select(func.count()).select_from(table)).scalar_one()


def _compare(name: str, counted: dict[Any, Any], stored: dict[Any, Any]) -> Iterator[str]:
    for key in sorted(counted.keys() | stored.keys()):
        if counted.get(key) != stored.get(key):
            yield f"{name} {key}: stored {stored.get(key)}, counted anew {counted.get(key)}"
