"""The timeline as its template needs it: rows under headings, chips for what is chosen, a histogram whose bars are links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Connection

from app.domain.dates import Interval, Precision, parse_edtf
from app.store.events import AmountRow, EventRow, ToldEvent
from app.store.stories import StorySummary, undated_stories
from app.store.timelines import TimelinePage, TimelineRow, days, timeline_page, types
from app.web import links, words
from app.web.histogram import Histogram, histogram
from app.web.parameters import ResolvedFilter, TimelineParameters

#: Shown of the stories without a date, below a timeline.
UNDATED_SHOWN = 20


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
    imprecise: bool
    note: str | None
    """How a relative date was read."""
    source_count: int
    outlets: tuple[str, ...]
    """Who published the sources that an event's sentence cites."""
    event_url: str | None
    witnesses: tuple[WitnessView, ...]
    row: TimelineRow

    @property
    def disagree(self) -> bool:
        """Whether the stories that tell the event give other days or sums."""
        return any(witness.when or witness.amounts for witness in self.witnesses)


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under one heading."""

    heading: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ChipView:
    """Something chosen, with the address of the view without it; or something to choose, with its count."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A timeline with everything around it."""

    path: str
    parameters: TimelineParameters
    groups: tuple[GroupView, ...]
    total: int
    histogram: Histogram | None
    chosen: tuple[ChipView, ...]
    choices: tuple[ChipView, ...]
    earlier_url: str | None
    later_url: str | None
    undated: tuple[StorySummary, ...]
    unknown: tuple[str, ...]


def timeline_view(
    connection: Connection,
    path: str,
    parameters: TimelineParameters,
    resolved: ResolvedFilter,
    page_size: int,
    own_entity: int | None = None,
    own_category: int | None = None,
) -> TimelineView:
    """The timeline at ``path``; ``own_entity`` and ``own_category`` are what the page is about, which is not among the chips."""
    if resolved.unknown:
        page, by_day, by_type = TimelinePage((), None, None), Counter[date](), Counter[str]()
    else:
        page = timeline_page(connection, resolved.filters, page_size, parameters.before, parameters.after)
        by_day = days(connection, resolved.filters)
        by_type = types(connection, resolved.filters)
    first_page = parameters.before is None and parameters.after is None
    only_entity = resolved.filters.entities[0][0] if len(resolved.filters.entities) == 1 else None
    undated: tuple[StorySummary, ...] = ()
    if first_page and not resolved.unknown and not (parameters.first or parameters.last or parameters.type or parameters.kind):
        categories = resolved.filters.category_ids
        if len(resolved.filters.entities) < 2 and len(categories) < 2:
            undated = undated_stories(connection, UNDATED_SHOWN, only_entity, categories[0] if categories else None)
    return TimelineView(
        path=path,
        parameters=parameters,
        groups=grouped(page.rows),
        total=by_day.total(),
        histogram=histogram(by_day, lambda first, last: _narrowed(parameters, path, first, last)),
        chosen=tuple(_chosen(path, parameters, resolved, own_entity, own_category)),
        choices=tuple(_choices(path, parameters, by_type)),
        earlier_url=links.timeline(parameters, path, before=page.earlier) if page.earlier else None,
        later_url=links.timeline(parameters, path, after=page.later) if page.later else None,
        undated=undated,
        unknown=resolved.unknown,
    )


def grouped(rows: Iterable[TimelineRow]) -> tuple[GroupView, ...]:
    """Rows under the headings of their months, longer spans under their own."""
    return tuple(
        GroupView(heading, tuple(_row(row) for row in group))
        for heading, group in groupby(rows, key=lambda row: words.heading(row.interval))
    )


def _row(row: TimelineRow) -> RowView:
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
            imprecise=when.precision is not Precision.DAY,
            note=None,
            source_count=story.source_count,
            outlets=(),
            event_url=None,
            witnesses=(),
            row=row,
        )
    return RowView(
        date=when,
        when=("planned, " if event.planned else "") + words.margin(when),
        title=None,
        text=event.sentence,
        url=links.story(story.public_id, story.slug, sentence=(event.sentence_part, event.sentence_position)),
        story_title=story.title,
        type=event.type,
        planned=event.planned,
        imprecise=when.precision is not Precision.DAY,
        note=how_read(event.phrase, event.anchor_edtf),
        source_count=len(event.sources),
        outlets=tuple(dict.fromkeys(source.outlet_name for source in event.sources if source.outlet_name)),
        event_url=links.event(event.public_id),
        witnesses=tuple(_witness(witness, event) for witness in row.witnesses),
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
    return f"“{phrase}”, read against {words.interval(parse_edtf(anchor_edtf))}" if anchor_edtf else None


def _chosen(
    path: str,
    parameters: TimelineParameters,
    resolved: ResolvedFilter,
    own_entity: int | None,
    own_category: int | None,
) -> Iterable[ChipView]:
    def without(name: str, values: Sequence[str], value: str) -> str:
        return links.timeline(parameters, path, **{name: tuple(other for other in values if other != value)})

    for entity in resolved.entities:
        if entity.id != own_entity:
            yield ChipView(entity.name, without("entity", parameters.entity, entity.slug))
    for category in resolved.categories:
        if category.id != own_category:
            yield ChipView(category.name, without("category", parameters.category, category.slug))
    for slug in resolved.unknown:
        yield ChipView(
            f"unknown: {slug}",
            links.timeline(
                parameters,
                path,
                entity=tuple(other for other in parameters.entity if other != slug),
                category=tuple(other for other in parameters.category if other != slug),
            ),
        )
    for value in parameters.type:
        yield ChipView(words.event_type(value), without("type", parameters.type, value))
    for value in parameters.kind:
        yield ChipView(words.kind(value, plural=True), without("kind", parameters.kind, value))
    if parameters.first:
        yield ChipView(f"from {words.interval(parse_edtf(parameters.first))}", links.timeline(parameters, path, **{"from": None}))
    if parameters.last:
        yield ChipView(f"to {words.interval(parse_edtf(parameters.last))}", links.timeline(parameters, path, to=None))
    if parameters.mentions:
        yield ChipView("mentions too", links.timeline(parameters, path, mentions=None))


def _choices(path: str, parameters: TimelineParameters, by_type: Counter[str]) -> Iterable[ChipView]:
    for value, count in sorted(by_type.items(), key=lambda pair: (-pair[1], pair[0])):
        if value not in parameters.type:
            url = links.timeline(parameters, path, type=(*parameters.type, value))
            yield ChipView(words.event_type(value), url, count)


def _narrowed(parameters: TimelineParameters, path: str, first: date | None, last: date | None) -> str:
    span: dict[str, object] = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
    return links.timeline(parameters, path, **span)


def interval_of(edtf: str | None) -> Interval | None:
    """A stored date."""
    return parse_edtf(edtf) if edtf else None
