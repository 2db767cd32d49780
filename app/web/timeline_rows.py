"""Rows of a timeline as templates need them, under the headings of their months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from app.domain.dates import Interval, Precision, parse_edtf
from app.store.events import AmountRow, EventRow, ToldEvent
from app.store.timelines import Cursor, TimelineRow
from app.web import links, words
from app.web.i18n import gettext


@dataclass(frozen=True, slots=True)
class WitnessView:
    """Another story that tells the event of a row; ``when`` and ``amounts`` only where it says them otherwise."""

    url: str
    story_title: str
    text: str
    when: str | None
    amounts: tuple[AmountRow, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the rail."""

    date: Interval
    when: str
    title: str | None
    """Of a story; an event has ``text``."""
    text: str
    url: str
    story_title: str
    type: str
    planned: bool
    weights: str
    """Whether the weights of what comes out are open, in words; empty where the sentence does not say."""
    imprecise: bool
    note: str | None
    """How a relative date was read."""
    source_count: int
    outlets: tuple[str, ...]
    """Who published the sources that an event's sentence cites."""
    event_url: str | None
    witnesses: tuple[WitnessView, ...]
    lanes: tuple[int, ...]
    """The lanes that it belongs to, from 1, where entities are compared."""
    row: TimelineRow

    @property
    def disagree(self) -> bool:
        """Whether the stories that tell the event give other days or sums."""
        return any(witness.when or witness.amounts for witness in self.witnesses)


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under one heading."""

    heading: str
    """The month with its year, or a longer span by its own name."""
    label: str
    """The heading below that of its year."""
    year: str | None
    """Where a year begins."""
    rows: tuple[RowView, ...]


def grouped(rows: Iterable[TimelineRow], lanes: Mapping[Cursor, tuple[int, ...]] = MappingProxyType({})) -> tuple[GroupView, ...]:
    """Rows under the headings of their months, longer spans under their own."""
    groups: list[GroupView] = []
    open_year = ""
    for heading, group in groupby(rows, key=lambda row: words.heading(row.interval)):
        of_group = tuple(group)
        first = of_group[0].cursor.sort_date
        year = str(first.year)
        label = words.month_alone(first) if heading == words.month(first) else heading
        views = tuple(_row(row, lanes.get(row.cursor, ())) for row in of_group)
        groups.append(GroupView(heading, label, year if year != open_year else None, views))
        open_year = year
    return tuple(groups)


def _row(row: TimelineRow, lanes: tuple[int, ...]) -> RowView:
    when, story, event = row.interval, row.story, row.event
    if event is None:
        return RowView(
            date=when,
            when=words.margin(when),
            title=story.title,
            text=story.dek,
            url=links.story(story.public_id, story.slug),
            story_title=story.title,
            type="story",
            planned=False,
            weights="",
            imprecise=when.precision is not Precision.DAY,
            note=None,
            source_count=story.source_count,
            outlets=(),
            event_url=None,
            witnesses=(),
            lanes=lanes,
            row=row,
        )
    return RowView(
        date=when,
        when=(gettext("planned") + ", " if event.planned else "") + words.margin(when),
        title=None,
        text=event.sentence,
        url=links.story(story.public_id, story.slug, sentence=(event.sentence_part, event.sentence_position)),
        story_title=story.title,
        type=event.type,
        planned=event.planned,
        weights=words.weights(event.open_weights),
        imprecise=when.precision is not Precision.DAY,
        note=how_read(event.phrase, event.anchor_edtf),
        source_count=len(event.sources),
        outlets=tuple(dict.fromkeys(source.outlet_name for source in event.sources if source.outlet_name)),
        event_url=links.event(event.public_id),
        witnesses=tuple(_witness(witness, event) for witness in row.witnesses),
        lanes=lanes,
        row=row,
    )


def _witness(witness: ToldEvent, shown: EventRow) -> WitnessView:
    story, event = witness
    return WitnessView(
        url=links.story(story.public_id, story.slug, sentence=(event.sentence_part, event.sentence_position)),
        story_title=story.title,
        text=event.sentence,
        when=words.interval(parse_edtf(event.edtf)) if event.edtf and event.edtf != shown.edtf else None,
        amounts=other_amounts(event, shown),
    )


def other_amounts(event: EventRow, shown: EventRow) -> tuple[AmountRow, ...]:
    """The sums that a telling names where none of them is among those of the telling that is shown."""
    return event.amounts if shown.amounts and set(event.amounts).isdisjoint(shown.amounts) else ()


def how_read(phrase: str, anchor_edtf: str | None) -> str | None:
    """How a date was read that its words alone do not give: "“last month”, read against 11 December 2025"."""
    if not anchor_edtf:
        return None
    return gettext("“%(phrase)s”, read against %(date)s", phrase=phrase, date=words.interval(parse_edtf(anchor_edtf)))


def interval_of(edtf: str | None) -> Interval | None:
    """A stored date."""
    return parse_edtf(edtf) if edtf else None
