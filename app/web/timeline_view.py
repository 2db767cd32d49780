"""The timeline as its template needs it: rows under headings, chips for what is chosen, a histogram whose bars are links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from app.domain.dates import day
from app.store.entities import EntityRow
from app.store.facets import Facets, rows_by_month
from app.store.stories import StorySummary, undated_stories
from app.store.timeline_filter import TimelineFilter
from app.store.timelines import Cursor, TimelinePage, count_after, days, lanes_of, newest_day, timeline_page
from app.web import links, words
from app.web.histogram import Histogram, finer_than_months, histogram
from app.web.i18n import gettext
from app.web.parameters import MOST_PAGES, TimelineParameters, resolve
from app.web.ranges import bound
from app.web.timeline_filters import ChipView, FieldView, Own, also, chosen, fields
from app.web.timeline_rows import GroupView, grouped

#: Shown of the stories without a date, below a timeline.
UNDATED_SHOWN = 20
#: Shown of what has yet to happen, above a timeline.
EXPECTED_SHOWN = 12


@dataclass(frozen=True, slots=True)
class MoreView:
    """The next page: as a page of its own, as a part to add below, and the address of both pages as one."""

    url: str
    part: str
    both: str | None
    label: str


@dataclass(frozen=True, slots=True)
class MoreRows:
    """A page of a timeline to be added below the one before."""

    path: str
    own: Own
    groups: tuple[GroupView, ...]
    continued: bool
    more: MoreView | None


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """What lies after the newest story, folded away above what has happened: the next of it on top."""

    count: int
    rows: MoreRows
    url: str
    """All of it."""


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
    expected: ExpectedView | None = None


def more_rows(connection: Connection, path: str, parameters: TimelineParameters, page_size: int, own: Own) -> MoreRows:
    """Only the rows of a page, and what comes after them."""
    resolved = resolve(connection, parameters)
    page = _page(connection, parameters, own.narrow(connection, resolved.filters), page_size)
    groups = _grouped(connection, page, own)
    place = parameters.after if parameters.oldest_first else parameters.before
    if groups and place and groups[0].year == str(place.sort_date.year):  # the page before has said it
        groups = (replace(groups[0], year=None), *groups[1:])
    return MoreRows(path, own, groups, _continued(parameters, groups), _more(path, parameters, page))


def timeline_view(connection: Connection, path: str, parameters: TimelineParameters, page_size: int, own: Own) -> TimelineView:
    """The timeline at ``path``."""
    resolved = resolve(connection, parameters)
    filters = own.narrow(connection, resolved.filters)
    at_an_end = parameters.before is None and parameters.after is None
    if resolved.unknown:
        page, by_day, expected = TimelinePage((), None, None), Counter[date](), None
    else:
        size = page_size * parameters.pages if at_an_end else page_size
        past, expected = _past(connection, path, parameters, filters, size, own) if at_an_end else (None, None)
        page = past or _page(connection, parameters, filters, size)
        by_day = _activity(connection, filters)
    facets = Facets(connection, filters)
    groups = _grouped(connection, page, own)
    window = _window(filters, by_day)
    around = (
        by_day
        if window == (filters.first, filters.last)
        else _activity(connection, replace(filters, first=window[0], last=window[1]))
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
        order=tuple(_order(path, parameters)),
        chosen=tuple(chosen(path, parameters, resolved, own)),
        names=resolved.entities,
        also=() if resolved.unknown else tuple(also(facets, path, parameters)),
        fields=() if resolved.unknown else tuple(fields(facets, parameters, own)),
        undated=_undated(connection, filters, parameters) if at_an_end and not resolved.unknown and own.lanes is None else (),
        unknown=resolved.unknown,
        expected=expected,
    )


def _past(
    connection: Connection, path: str, parameters: TimelineParameters, filters: TimelineFilter, size: int, own: Own
) -> tuple[TimelinePage | None, ExpectedView | None]:
    """Newest first: what has happened, and apart from it what has not; nothing where the two are not to be told apart."""
    today = newest_day(connection)
    if parameters.oldest_first or today is None:
        return None, None
    count = count_after(connection, filters, today)
    place = Cursor.end_of(today)
    page = timeline_page(connection, filters, size, before=place) if count else None
    if page is None or not page.rows:
        return None, None
    ahead = timeline_page(connection, filters, EXPECTED_SHOWN, after=place, oldest_first=True)
    rows = MoreRows(path, own, _grouped(connection, ahead, own), continued=False, more=None)
    address = links.timeline(parameters, path, **{"from": bound(place.sort_date), "to": parameters.last, "order": "oldest"})
    return replace(page, later=None), ExpectedView(count, rows, address)


def _grouped(connection: Connection, page: TimelinePage, own: Own) -> tuple[GroupView, ...]:
    return grouped(page.rows, lanes_of(connection, page.rows, own.groups(connection)) if own.lanes else {})


def _order(path: str, parameters: TimelineParameters) -> Iterable[ChipView]:
    oldest_first = parameters.oldest_first
    yield ChipView(gettext("newest first"), links.timeline(parameters, path, order=None) if oldest_first else "")
    yield ChipView(gettext("oldest first"), "" if oldest_first else links.timeline(parameters, path, order="oldest"))


def _activity(connection: Connection, filters: TimelineFilter) -> Counter[date]:
    """Rows by day, or by month (at its first day) where that is at hand and a histogram needs no more."""
    by_month = rows_by_month(connection, filters)
    if by_month is None or finer_than_months(by_month):
        return days(connection, filters)
    return by_month


def _page(connection: Connection, parameters: TimelineParameters, filters: TimelineFilter, limit: int) -> TimelinePage:
    return timeline_page(connection, filters, limit, parameters.before, parameters.after, oldest_first=parameters.oldest_first)


def next_place(parameters: TimelineParameters, page: TimelinePage) -> dict[str, object] | None:
    """What an address says to go on reading: ``before`` or ``after`` the last row."""
    name, cursor = ("after", page.later) if parameters.oldest_first else ("before", page.earlier)
    return {name: cursor} if cursor else None


def _more(path: str, parameters: TimelineParameters, page: TimelinePage) -> MoreView | None:
    """What is read next: what is earlier, or later where the oldest come first."""
    place = next_place(parameters, page)
    if place is None:
        return None
    pages = parameters.pages + 1
    from_an_end = parameters.after is None if parameters.oldest_first else parameters.before is None
    whole = (from_an_end or parameters.pages > 1) and pages <= MOST_PAGES
    return MoreView(
        url=links.timeline(parameters, path, **place),
        part=links.timeline(parameters, path, **place, pages=pages if whole else None),
        both=links.timeline(parameters, path, pages=pages) if whole else None,
        label=gettext("Later entries") if parameters.oldest_first else gettext("Earlier entries"),
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
        yield ChipView(gettext("Twice as long"), _narrowed(parameters, path, *window))
    if filters.first is not None or filters.last is not None:
        yield ChipView(gettext("All time"), _narrowed(parameters, path, None, None))


def _narrowed(parameters: TimelineParameters, path: str, first: date | None, last: date | None) -> str:
    span: dict[str, object] = {"from": first and bound(first), "to": last and bound(last, end=True)}
    return links.timeline(parameters, path, **span)
