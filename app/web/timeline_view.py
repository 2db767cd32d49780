"""The timeline as its template needs it: rows under headings, chips for what is chosen, a histogram whose bars are links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Connection

from app.domain.dates import Interval, Precision, parse_edtf
from app.store.stories import StorySummary, undated_stories
from app.store.timelines import TimelinePage, TimelineRow, days, timeline_page, types
from app.web import links, words
from app.web.parameters import ResolvedFilter, TimelineParameters

#: Shown of the stories without a date, below a timeline.
UNDATED_SHOWN = 20
#: Bars that a histogram has at most; a longer span gets longer bars.
MOST_BARS = 60
BAR_WIDTH, BAR_GAP, HEIGHT = 12, 3, 60


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the rail."""

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
    row: TimelineRow


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under one heading."""

    heading: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar of the histogram: a link to its span."""

    x: int
    y: int
    height: int
    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class HistogramView:
    """How much there is when."""

    bars: tuple[BarView, ...]
    width: int
    first: str
    last: str
    unit: str


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
    histogram: HistogramView | None
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
        histogram=_histogram(by_day, path, parameters),
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
            row=row,
        )
    return RowView(
        when=("planned, " if event.planned else "") + words.margin(when),
        title=None,
        text=event.sentence,
        url=links.story(story.public_id, story.slug, sentence=(event.sentence_part, event.sentence_position)),
        story_title=story.title,
        type=event.type,
        planned=event.planned,
        imprecise=when.precision is not Precision.DAY,
        note=how_read(event.phrase, event.anchor_edtf),
        source_count=event.source_count,
        row=row,
    )


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


def _histogram(by_day: Counter[date], path: str, parameters: TimelineParameters) -> HistogramView | None:
    if len(by_day) < 2:
        return None
    first, last = min(by_day), max(by_day)
    unit, starts = _buckets(first, last)
    counts: Counter[date] = Counter()
    position = 0
    for day in sorted(by_day):
        while position + 1 < len(starts) and starts[position + 1] <= day:
            position += 1
        counts[starts[position]] += by_day[day]
    tallest = max(counts.values())
    bars = []
    for index, start in enumerate(starts):
        end = starts[index + 1] - timedelta(days=1) if index + 1 < len(starts) else _end(start, unit)
        height = max(round((HEIGHT - 4) * counts[start] / tallest), 2) if counts[start] else 0
        span = _span_words(start, unit)
        bars.append(
            BarView(
                x=index * (BAR_WIDTH + BAR_GAP),
                y=HEIGHT - height,
                height=height,
                label=f"{span}: {words.counted(counts[start], 'entry', 'entries')}",
                url=links.timeline(parameters, path, **{"from": start.isoformat(), "to": end.isoformat()}),
                chosen=bool(parameters.first or parameters.last),
            )
        )
    return HistogramView(
        tuple(bars),
        len(bars) * (BAR_WIDTH + BAR_GAP) - BAR_GAP,
        _span_words(starts[0], unit),
        _span_words(starts[-1], unit),
        unit,
    )


def _buckets(first: date, last: date) -> tuple[str, list[date]]:
    """The unit that needs at most MOST_BARS bars, and the first day of each bar."""
    for unit, floor, step in (
        ("day", first, 0),
        ("month", first.replace(day=1), 1),
        ("quarter", first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1), 3),
        ("year", first.replace(month=1, day=1), 12),
    ):
        starts = [floor]
        while starts[-1] <= last and len(starts) <= MOST_BARS + 1:
            starts.append(starts[-1] + timedelta(days=1) if step == 0 else _months_later(starts[-1], step))
        if starts[-1] > last:
            starts.pop()
        if len(starts) <= MOST_BARS or unit == "year":
            return unit, starts
    raise AssertionError("the last unit always fits")


def _months_later(day: date, months: int) -> date:
    index = day.month - 1 + months
    return day.replace(year=day.year + index // 12, month=index % 12 + 1)


def _end(start: date, unit: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    return _months_later(start, months) - timedelta(days=1) if months else start


def _span_words(start: date, unit: str) -> str:
    match unit:
        case "day":
            return words.day(start)
        case "month":
            return words.month(start)
        case "quarter":
            return f"Q{(start.month + 2) // 3} {start.year}"
        case _:
            return str(start.year)


def interval_of(edtf: str | None) -> Interval | None:
    """A stored date."""
    return parse_edtf(edtf) if edtf else None
