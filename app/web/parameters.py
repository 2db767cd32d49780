"""The state of a view as its address: reading it, with a clear word about what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fastapi import Query, Request
from sqlalchemy import Connection

from app.domain.dates import parse_edtf
from app.domain.entities import Kind
from app.domain.events import EventType
from app.domain.findings import Verdict
from app.store.entities import EntityRow, entities_named, entity_by_slug, moved_to, with_versions
from app.store.listings import NamedRow, category_by_slug, outlet_by_slug
from app.store.timeline_filter import TimelineFilter
from app.store.timelines import Cursor
from app.web.i18n import gettext
from app.web.ranges import bound, parse_span

#: Pages of a timeline that may be shown as one.
MOST_PAGES = 12
#: More values of one parameter than this are nobody's filter.
MOST_VALUES = 12
#: More names and threads than this are nobody's watch list, and each takes a query.
MOST_WATCHED = 40


class BadParameter(ValueError):
    """A parameter that cannot be read; the message is for the person who typed it."""


@dataclass(frozen=True, slots=True)
class TimelineParameters:
    """The parameters of a timeline as they stand in its address."""

    entity: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    any_entity: bool = False
    """One of the entities is enough; else all of them must take part."""
    mentions: bool = False
    oldest_first: bool = False
    before: Cursor | None = None
    after: Cursor | None = None
    pages: int = 1
    """So many pages are shown as one; with a place, that many are shown already."""

    @classmethod
    def from_request(cls, request: Request) -> TimelineParameters:
        """The parameters of a request.

        Raises:
            BadParameter: one of them cannot be read.
        """
        query = request.query_params

        def values(name: str, known: Sequence[str] | None = None) -> tuple[str, ...]:
            return values_of(request, name, known)

        parameters = cls(
            entity=values("entity"),
            type=values("type", ["story", *EventType]),
            kind=values("kind", list(Kind)),
            category=values("category"),
            outlet=values("outlet"),
            verdict=values("verdict", list(Verdict)),
            first=query.get("from") or None,
            last=query.get("to") or None,
            any_entity=query.get("match") == "any",
            mentions=query.get("mentions") == "1",
            oldest_first=query.get("order") == "oldest",
            before=cursor("before", query.get("before")),
            after=cursor("after", query.get("after")),
            pages=_pages(query.get("pages")),
        )
        check_range(parameters.first, parameters.last)
        return parameters


@dataclass(frozen=True, slots=True)
class ResolvedFilter:
    """A timeline's parameters with the things that they name."""

    filters: TimelineFilter
    entities: tuple[EntityRow, ...] = ()
    categories: tuple[NamedRow, ...] = ()
    outlets: tuple[NamedRow, ...] = ()
    unknown: tuple[str, ...] = field(default=())
    """Slugs that name nothing; with one of them nothing can match."""


def resolve(connection: Connection, parameters: TimelineParameters) -> ResolvedFilter:
    """Look up what the parameters name."""
    entities = {slug: entity_by_slug(connection, slug) for slug in parameters.entity}
    categories = {slug: category_by_slug(connection, slug) for slug in parameters.category}
    outlets = {slug: outlet_by_slug(connection, slug) for slug in parameters.outlet}
    found = tuple(row for row in entities.values() if row)
    groups = tuple(with_versions(connection, row.id) for row in found)
    if parameters.any_entity and groups:
        groups = (tuple(sorted({entity_id for group in groups for entity_id in group})),)
    return ResolvedFilter(
        TimelineFilter(
            entities=groups,
            types=parameters.type,
            kinds=parameters.kind,
            category_ids=tuple(row.id for row in categories.values() if row),
            outlet_ids=tuple(row.id for row in outlets.values() if row),
            verdicts=parameters.verdict,
            first=day_bound("from", parameters.first),
            last=day_bound("to", parameters.last, end=True),
            mentions=parameters.mentions,
        ),
        found,
        tuple(row for row in categories.values() if row),
        tuple(row for row in outlets.values() if row),
        tuple(slug for slug, row in (*entities.items(), *categories.items(), *outlets.items()) if row is None),
    )


def current_entities(connection: Connection, slugs: Sequence[str]) -> tuple[str, ...]:
    """Slugs of entities as they are now: an old one stands for the one that it leads to."""
    return tuple(dict.fromkeys(moved_to(connection, slug) or slug for slug in slugs))


def as_typed(connection: Connection, request: Request, parameters: TimelineParameters, today: date) -> TimelineParameters | None:
    """The parameters that the form's free fields mean, ``when`` and ``name``, old addresses of entities made new; ``None`` where
    there is none of them.

    Raises:
        BadParameter: the words for a time are not understood.
    """
    query = request.query_params
    when, name = query.get("when", "").strip(), query.get("name", "").strip()
    if when:
        try:
            first, last = parse_span(when, today)
        except ValueError:
            raise BadParameter(
                gettext(
                    "when=%(when)s is not understood; "
                    "write “since June”, “last 90 days”, “Q3 2025”, “2024 to 2025” or 2025-06-12",
                    when=when,
                )
            ) from None
        parameters = replace(parameters, first=bound(first) if first else None, last=bound(last, end=True) if last else None)
    if name:
        named = entities_named(connection, name, 1)
        slug = named[0].slug if named else name
        parameters = replace(parameters, entity=tuple(dict.fromkeys((*parameters.entity, slug))))
    untidy = any(value == "" for value in query.values())
    entities = current_entities(connection, parameters.entity)
    if when or name or untidy or entities != parameters.entity:
        return replace(parameters, entity=entities)
    return None


def values_of(request: Request, name: str, known: Sequence[str] | None = None) -> tuple[str, ...]:
    """The values of a parameter that may be given several times, each once.

    Raises:
        BadParameter: there are too many, or one is not among those ``known``.
    """
    found = tuple(dict.fromkeys(value for value in request.query_params.getlist(name) if value))
    if len(found) > MOST_VALUES:
        raise BadParameter(
            gettext("%(name)s is given %(count)s times; %(most)s is the most", name=name, count=len(found), most=MOST_VALUES)
        )
    for value in found:
        if known is not None and value not in known:
            raise BadParameter(
                gettext("%(name)s=%(value)s is not known; it may be: %(known)s", name=name, value=value, known=", ".join(known))
            )
    return found


def check_range(first: str | None, last: str | None) -> None:
    """See that what was typed for ``from`` and ``to`` are dates in this order.

    Raises:
        BadParameter: they are not.
    """
    start, end = day_bound("from", first), day_bound("to", last, end=True)
    if start and end and start > end:
        raise BadParameter(gettext("from=%(first)s is later than to=%(last)s", first=first, last=last))


def day_bound(name: str, text: str | None, *, end: bool = False) -> date | None:
    """The first (or last) day of what was typed: a day, a month, a year or any other EDTF date.

    Raises:
        BadParameter: it is none.
    """
    if text is None:
        return None
    try:
        interval = parse_edtf(text)
    except ValueError:
        raise BadParameter(
            gettext("%(name)s=%(text)s is not a date; write 2025, 2025-06 or 2025-06-12", name=name, text=text)
        ) from None
    return interval.end if end else interval.start


def page_number(value: int = Query(default=1, ge=1, le=500, alias="page")) -> int:
    """The page of a list that is not ordered by date."""
    return value


def _pages(text: str | None) -> int:
    return min(int(text), MOST_PAGES) if text and text.isascii() and text.isdigit() and int(text) else 1


def cursor(name: str, text: str | None) -> Cursor | None:
    """A place in a timeline.

    Raises:
        BadParameter: it is none.
    """
    if not text:
        return None
    try:
        return Cursor.parse(text)
    except ValueError:
        raise BadParameter(
            gettext("%(name)s=%(text)s is not a place in this timeline; follow the links at its ends", name=name, text=text)
        ) from None
