"""The state of a view as its address: reading it, with a clear word about what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fastapi import Query, Request
from sqlalchemy import Connection

from app.domain.dates import parse_edtf
from app.domain.entities import Kind
from app.domain.events import EventType
from app.store.entities import EntityRow, entity_by_slug, with_versions
from app.store.listings import NamedRow, category_by_slug
from app.store.timelines import Cursor, TimelineFilter

#: More values of one parameter than this are nobody's filter.
MOST_VALUES = 12


class BadParameter(ValueError):
    """A parameter that cannot be read; the message is for the person who typed it."""


@dataclass(frozen=True, slots=True)
class TimelineParameters:
    """The parameters of a timeline as they stand in its address."""

    entity: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    mentions: bool = False
    before: Cursor | None = None
    after: Cursor | None = None

    @classmethod
    def from_request(cls, request: Request) -> TimelineParameters:
        """The parameters of a request.

        Raises:
            BadParameter: one of them cannot be read.
        """
        query = request.query_params

        def values(name: str, known: Sequence[str] | None = None) -> tuple[str, ...]:
            found = tuple(dict.fromkeys(value for value in query.getlist(name) if value))
            if len(found) > MOST_VALUES:
                raise BadParameter(f"{name} is given {len(found)} times; {MOST_VALUES} is the most")
            for value in found:
                if known is not None and value not in known:
                    raise BadParameter(f"{name}={value} is not known; it may be: {', '.join(known)}")
            return found

        parameters = cls(
            entity=values("entity"),
            type=values("type", ["story", *EventType]),
            kind=values("kind", list(Kind)),
            category=values("category"),
            first=query.get("from") or None,
            last=query.get("to") or None,
            mentions=query.get("mentions") == "1",
            before=_cursor("before", query.get("before")),
            after=_cursor("after", query.get("after")),
        )
        bounds = day_bound("from", parameters.first), day_bound("to", parameters.last, end=True)
        if bounds[0] and bounds[1] and bounds[0] > bounds[1]:
            raise BadParameter(f"from={parameters.first} is later than to={parameters.last}")
        return parameters


@dataclass(frozen=True, slots=True)
class ResolvedFilter:
    """A timeline's parameters with the things that they name."""

    filters: TimelineFilter
    entities: tuple[EntityRow, ...] = ()
    categories: tuple[NamedRow, ...] = ()
    unknown: tuple[str, ...] = field(default=())
    """Slugs that name nothing; with one of them nothing can match."""


def resolve(connection: Connection, parameters: TimelineParameters) -> ResolvedFilter:
    """Look up what the parameters name."""
    entities = {slug: entity_by_slug(connection, slug) for slug in parameters.entity}
    categories = {slug: category_by_slug(connection, slug) for slug in parameters.category}
    found_entities = tuple(row for row in entities.values() if row)
    found_categories = tuple(row for row in categories.values() if row)
    return ResolvedFilter(
        TimelineFilter(
            entities=tuple(with_versions(connection, row.id) for row in found_entities),
            types=parameters.type,
            kinds=parameters.kind,
            category_ids=tuple(row.id for row in found_categories),
            first=day_bound("from", parameters.first),
            last=day_bound("to", parameters.last, end=True),
            mentions=parameters.mentions,
        ),
        found_entities,
        found_categories,
        tuple(slug for slug, row in (*entities.items(), *categories.items()) if row is None),
    )


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
        raise BadParameter(f"{name}={text} is not a date; write 2025, 2025-06 or 2025-06-12") from None
    return interval.end if end else interval.start


def page_number(value: int = Query(default=1, ge=1, le=500, alias="page")) -> int:
    """The page of a list that is not ordered by date."""
    return value


def _cursor(name: str, text: str | None) -> Cursor | None:
    if not text:
        return None
    try:
        return Cursor.parse(text)
    except ValueError:
        raise BadParameter(f"{name}={text} is not a place in this timeline; follow the links at its ends") from None
