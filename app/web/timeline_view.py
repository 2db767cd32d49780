"""The timeline as its template needs it: rows under headings, chips for what is chosen, a histogram whose bars are links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from types import MappingProxyType

from sqlalchemy import Connection

from app.domain.dates import Interval, Precision, day, parse_edtf
from app.store import facets
from app.store.entities import EntityRow, with_versions
from app.store.events import AmountRow, EventRow, ToldEvent
from app.store.facets import FacetValue
from app.store.stories import StorySummary, undated_stories
from app.store.timelines import Cursor, TimelineFilter, TimelinePage, TimelineRow, days, lanes_of, timeline_page
from app.web import links, words
from app.web.histogram import Histogram, histogram
from app.web.parameters import MOST_PAGES, ResolvedFilter, TimelineParameters, resolve
from app.web.ranges import bound

#: Shown of the stories without a date, below a timeline.
UNDATED_SHOWN = 20
#: Outlets that the form offers, and names to add.
OUTLETS_SHOWN, ALSO_SHOWN = 8, 8


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
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ChipView:
    """Something chosen, with the address of the view without it; or something to choose, with its count."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A value of a field of the form, with the rows that there would be."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the form: values that are alternatives to each other."""

    name: str
    legend: str
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class MoreView:
    """The next page: as a page of its own, as a part to add below, and the address of both pages as one."""

    url: str
    part: str
    both: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a page is about: it is in every filter of the page's timeline, and not among the chips."""

    entity: EntityRow | None = None
    category: int | None = None
    outlet: int | None = None
    thread: tuple[int, ...] | None = None
    """The stories of a thread."""
    lanes: tuple[EntityRow, ...] | None = None
    """Entities side by side: one of them is enough for a row."""

    def narrow(self, connection: Connection, filters: TimelineFilter) -> TimelineFilter:
        """The filter with what the page is about."""
        if self.entity is not None:
            filters = replace(filters, entities=(with_versions(connection, self.entity.id), *filters.entities))
        if self.category is not None:
            filters = replace(filters, category_ids=(self.category,))
        if self.outlet is not None:
            filters = replace(filters, outlet_ids=(self.outlet,))
        if self.thread is not None:
            filters = replace(filters, story_ids=self.thread)
        if self.lanes is not None:
            anybody = {entity_id for group in self.groups(connection) for entity_id in group}
            filters = replace(filters, entities=(tuple(sorted(anybody)),))
        return filters

    def groups(self, connection: Connection) -> list[tuple[int, ...]]:
        """What each lane holds: its entity, or the family with its versions."""
        return [with_versions(connection, entity.id) for entity in self.lanes or ()]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A timeline with everything around it."""

    path: str
    own: Own
    parameters: TimelineParameters
    groups: tuple[GroupView, ...]
    continued: bool
    """The first heading is that of the page before."""
    more: MoreView | None
    back_url: str | None
    total: int
    histogram: Histogram | None
    wider: tuple[ChipView, ...]
    """Ways to see a longer time."""
    order: tuple[ChipView, ...]
    """Newest or oldest first: the one that is chosen has no address."""
    chosen: tuple[ChipView, ...]
    names: tuple[EntityRow, ...]
    also: tuple[ChipView, ...]
    """Names that could be added, with the rows that there would be."""
    fields: tuple[FieldView, ...]
    undated: tuple[StorySummary, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoreRows:
    """A page of a timeline to be added below the one before."""

    path: str
    own: Own
    groups: tuple[GroupView, ...]
    continued: bool
    more: MoreView | None


def more_rows(connection: Connection, path: str, parameters: TimelineParameters, page_size: int, own: Own = Own()) -> MoreRows:
    """Only the rows of a page, and what comes after them."""
    resolved = resolve(connection, parameters)
    page = _page(connection, parameters, own.narrow(connection, resolved.filters), page_size)
    groups = grouped(page.rows, lanes_of(connection, page.rows, own.groups(connection)) if own.lanes else {})
    return MoreRows(path, own, groups, _continued(parameters, groups), _more(path, parameters, page))


def timeline_view(
    connection: Connection, path: str, parameters: TimelineParameters, page_size: int, own: Own = Own()
) -> TimelineView:
    """The timeline at ``path``."""
    resolved = resolve(connection, parameters)
    filters = own.narrow(connection, resolved.filters)
    at_an_end = parameters.before is None and parameters.after is None
    if resolved.unknown:
        page, by_day = TimelinePage((), None, None), Counter[date]()
    else:
        page = _page(connection, parameters, filters, page_size * parameters.pages if at_an_end else page_size)
        by_day = days(connection, filters)
    groups = grouped(page.rows, lanes_of(connection, page.rows, own.groups(connection)) if own.lanes else {})
    window = _window(filters, by_day)
    around = (
        by_day if window == (filters.first, filters.last) else days(connection, replace(filters, first=window[0], last=window[1]))
    )
    return TimelineView(
        path=path,
        own=own,
        parameters=parameters,
        groups=groups,
        continued=False,
        more=_more(path, parameters, page),
        back_url=_back(path, parameters, page),
        total=by_day.total(),
        histogram=histogram(around, lambda first, last: _narrowed(parameters, path, first, last), (filters.first, filters.last)),
        wider=tuple(_wider(path, parameters, filters, window)),
        order=(
            ChipView("newest first", links.timeline(parameters, path, order=None) if parameters.oldest_first else ""),
            ChipView("oldest first", "" if parameters.oldest_first else links.timeline(parameters, path, order="oldest")),
        ),
        chosen=tuple(_chosen(path, parameters, resolved, own)),
        names=resolved.entities,
        also=() if resolved.unknown else tuple(_also(connection, path, parameters, filters)),
        fields=() if resolved.unknown else tuple(_fields(connection, parameters, filters, own)),
        undated=_undated(connection, filters, parameters) if at_an_end and not resolved.unknown and own.lanes is None else (),
        unknown=resolved.unknown,
    )


def _page(connection: Connection, parameters: TimelineParameters, filters: TimelineFilter, limit: int) -> TimelinePage:
    return timeline_page(connection, filters, limit, parameters.before, parameters.after, oldest_first=parameters.oldest_first)


def _more(path: str, parameters: TimelineParameters, page: TimelinePage) -> MoreView | None:
    """What is read next: what is earlier, or later where the oldest come first."""
    name, cursor = ("after", page.later) if parameters.oldest_first else ("before", page.earlier)
    if cursor is None:
        return None
    pages = parameters.pages + 1
    from_an_end = parameters.after is None if parameters.oldest_first else parameters.before is None
    whole = (from_an_end or parameters.pages > 1) and pages <= MOST_PAGES
    return MoreView(
        url=links.timeline(parameters, path, **{name: cursor}),
        part=links.timeline(parameters, path, **{name: cursor, "pages": pages if whole else None}),
        both=links.timeline(parameters, path, pages=pages) if whole else None,
        label="Later entries" if parameters.oldest_first else "Earlier entries",
    )


def _back(path: str, parameters: TimelineParameters, page: TimelinePage) -> str | None:
    name, cursor = ("before", page.earlier) if parameters.oldest_first else ("after", page.later)
    return links.timeline(parameters, path, **{name: cursor}) if cursor else None


def _continued(parameters: TimelineParameters, groups: Sequence[GroupView]) -> bool:
    """Whether the first heading is the last one of the page before: that of the month of the place in the address."""
    place = parameters.after if parameters.oldest_first else parameters.before
    return place is not None and bool(groups) and groups[0].heading == words.heading(day(place.sort_date))


def _undated(connection: Connection, filters: TimelineFilter, parameters: TimelineParameters) -> tuple[StorySummary, ...]:
    """Stories of unknown date, where the filter says nothing that only dated rows can answer."""
    narrowed = (
        parameters.first,
        parameters.last,
        parameters.type,
        parameters.kind,
        parameters.verdict,
        filters.outlet_ids,
        filters.story_ids,
    )
    if any(narrowed) or len(filters.entities) > 1 or len(filters.category_ids) > 1:
        return ()
    entity = filters.entities[0][0] if filters.entities else None
    category = filters.category_ids[0] if filters.category_ids else None
    return undated_stories(connection, UNDATED_SHOWN, entity, category)


def grouped(rows: Iterable[TimelineRow], lanes: Mapping[Cursor, tuple[int, ...]] = MappingProxyType({})) -> tuple[GroupView, ...]:
    """Rows under the headings of their months, longer spans under their own."""
    return tuple(
        GroupView(heading, tuple(_row(row, lanes.get(row.cursor, ())) for row in group))
        for heading, group in groupby(rows, key=lambda row: words.heading(row.interval))
    )


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
    return f"“{phrase}”, read against {words.interval(parse_edtf(anchor_edtf))}" if anchor_edtf else None


def _chosen(path: str, parameters: TimelineParameters, resolved: ResolvedFilter, own: Own) -> Iterable[ChipView]:
    def without(name: str, values: Sequence[str], value: str) -> str:
        return links.timeline(parameters, path, **{name: tuple(other for other in values if other != value)})

    for entity in resolved.entities if own.lanes is None else ():
        yield ChipView(entity.name, without("entity", parameters.entity, entity.slug))
    for category in resolved.categories:
        yield ChipView(category.name, without("category", parameters.category, category.slug))
    for outlet in resolved.outlets:
        yield ChipView(outlet.name, without("outlet", parameters.outlet, outlet.slug))
    for slug in resolved.unknown:
        kept: dict[str, object] = {
            name: tuple(other for other in values if other != slug)
            for name, values in (
                ("entity", parameters.entity),
                ("category", parameters.category),
                ("outlet", parameters.outlet),
            )
        }
        yield ChipView(f"unknown: {slug}", links.timeline(parameters, path, **kept))
    for value in parameters.type:
        yield ChipView(words.event_type(value), without("type", parameters.type, value))
    for value in parameters.kind:
        yield ChipView(words.kind(value, plural=True), without("kind", parameters.kind, value))
    for value in parameters.verdict:
        yield ChipView(words.verdict(value), without("verdict", parameters.verdict, value))
    if parameters.first:
        yield ChipView(f"from {words.interval(parse_edtf(parameters.first))}", links.timeline(parameters, path, **{"from": None}))
    if parameters.last:
        yield ChipView(f"to {words.interval(parse_edtf(parameters.last))}", links.timeline(parameters, path, to=None))
    if parameters.any_entity and len(resolved.entities) > 1:
        yield ChipView("any of the names", links.timeline(parameters, path, match=None))
    if parameters.mentions:
        yield ChipView("mentions too", links.timeline(parameters, path, mentions=None))


def _also(connection: Connection, path: str, parameters: TimelineParameters, filters: TimelineFilter) -> Iterable[ChipView]:
    """Names to add; not where any one of them is enough, as then they would not narrow anything."""
    if parameters.any_entity:
        return
    for slug, name, rows in facets.entities(connection, filters, ALSO_SHOWN):
        yield ChipView(name, links.timeline(parameters, path, entity=(*parameters.entity, slug)), rows)


def _fields(connection: Connection, parameters: TimelineParameters, filters: TimelineFilter, own: Own) -> Iterable[FieldView]:
    yield _field("type", "What happened", facets.types(connection, filters), parameters.type, words.event_type)
    yield _field("kind", "Who takes part", facets.kinds(connection, filters), parameters.kind, partial(words.kind, plural=True))
    yield _field("verdict", "What the check says", facets.verdicts(connection, filters), parameters.verdict, words.verdict)
    if own.outlet is None:
        yield _field("outlet", "Reported by", facets.outlets(connection, filters, OUTLETS_SHOWN), parameters.outlet)
    if own.category is None:
        yield _field("category", "Filed under", facets.categories(connection, filters), parameters.category)


def _field(
    name: str,
    legend: str,
    values: Iterable[FacetValue],
    chosen: Sequence[str],
    in_words: Callable[[str], str] | None = None,
) -> FieldView:
    """A field with the values that have rows, and those chosen even if they have none."""
    known = {value.value: value for value in values}
    known |= {value: FacetValue(value, value, 0) for value in chosen if value not in known}
    return FieldView(
        name,
        legend,
        tuple(
            ChoiceView(value.value, in_words(value.value) if in_words else value.name, value.rows, value.value in chosen)
            for value in known.values()
        ),
    )


def _window(filters: TimelineFilter, by_day: Counter[date]) -> tuple[date | None, date | None]:
    """What the histogram shows: the chosen time with half as much before and after, so that it is seen where it lies."""
    if filters.first is None and filters.last is None:
        return None, None
    first = filters.first or min(by_day, default=None)
    last = filters.last or max(by_day, default=None)
    if first is None or last is None or first > last:
        return filters.first, filters.last
    margin = timedelta(days=max((last - first).days // 2, 3))
    return (
        filters.first and date.fromordinal(max(first.toordinal() - margin.days, 1)),
        filters.last and date.fromordinal(min(last.toordinal() + margin.days, date.max.toordinal())),
    )


def _wider(
    path: str, parameters: TimelineParameters, filters: TimelineFilter, window: tuple[date | None, date | None]
) -> Iterable[ChipView]:
    if filters.first is not None and filters.last is not None and window[0] and window[1]:
        yield ChipView("Twice as long", _narrowed(parameters, path, *window))
    if filters.first is not None or filters.last is not None:
        yield ChipView("All time", _narrowed(parameters, path, None, None))


def _narrowed(parameters: TimelineParameters, path: str, first: date | None, last: date | None) -> str:
    span: dict[str, object] = {"from": first and bound(first), "to": last and bound(last, end=True)}
    return links.timeline(parameters, path, **span)


def interval_of(edtf: str | None) -> Interval | None:
    """A stored date."""
    return parse_edtf(edtf) if edtf else None
