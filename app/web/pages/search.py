"""Search."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.domain.events import EventType
from app.domain.text import fold
from app.store.dialects.search import OPERATORS, SearchQuery, write_query
from app.store.entities import EntityRow, aliases_of, entities_named
from app.store.facets import FacetValue
from app.store.search import RANKED_HITS, Facets, Results, did_you_mean, search, search_facets
from app.web import links
from app.web.i18n import N_, gettext
from app.web.questions import Question, read_question
from app.web.site import SiteDependency
from app.web.templating import wants_part

router = APIRouter()

PAGE = 20
#: Pages of results that can be turned; who reads so far searches for something else.
PAGES = 100
NAMES = 6
#: What may stand before the number of a version: "GPT-5", "GPT 5", "GPT5".
_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_])[\s-]*(?=\d)")
#: What each operator narrows to.
_OPERATORS = {
    "entity": N_("Name"),
    "type": N_("Event"),
    "outlet": N_("Outlet"),
    "category": N_("Category"),
    "from": N_("From"),
    "to": N_("To"),
}
assert _OPERATORS.keys() == set(OPERATORS)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """An operator of a search, in words, and the search without it; or a value that would narrow it, and the search with it."""

    label: str
    value: str
    url: str
    stories: int = 0


@dataclass(frozen=True, slots=True)
class FacetView:
    """Values that narrow a search, under a heading."""

    heading: str
    values: tuple[Narrowing, ...]


@dataclass(frozen=True, slots=True)
class EntityCard:
    """An entity whose name is what was searched for."""

    entity: EntityRow
    aliases: tuple[str, ...]
    search_url: str
    """The stories about it."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was found."""

    text: str
    results: Results
    card: EntityCard | None
    entities: tuple[EntityRow, ...]
    """Others with a name that begins so."""
    active: tuple[Narrowing, ...]
    facets: tuple[FacetView, ...]
    question: Question | None
    """The timeline that was asked for, where a question was typed."""
    meant: str | None
    """The same search in another spelling."""
    meant_url: str | None
    types: tuple[str, ...]
    """What ``type:`` may be, where it was none of these."""
    page: int
    next_url: str | None
    previous_url: str | None
    more_than: int | None


@router.get("/search")
async def search_page(
    request: Request,
    site: SiteDependency,
    q: str = Query(default="", max_length=1000),
    page: int = Query(default=1, ge=1, le=PAGES),
) -> Response:
    """Stories by their words, entities by their names."""
    view = await site.read(_view, q.strip(), page)
    name = "partials/search_results.html" if wants_part(request, "#results") else "pages/search.html"
    return site.templates.page(request, name, {"view": view})


def _named(connection: Connection, text: str) -> tuple[EntityRow, ...]:
    """The entities that a text may name; the number of a version is typed with a hyphen, a space or nothing before it."""
    for typed in dict.fromkeys((text, _BEFORE_NUMBER.sub("-", text), _BEFORE_NUMBER.sub(" ", text))):
        if found := entities_named(connection, typed, NAMES):
            return found
    return ()


def _compared(name: str) -> str:
    """A name as it is compared: letters and numbers."""
    return _BEFORE_NUMBER.sub("", fold(name))


def _view(connection: Connection, text: str, page: int) -> SearchView:
    results = search(connection, text, PAGE, (page - 1) * PAGE)
    query = results.query
    named = _named(connection, text) if page == 1 else ()
    exact = [
        entity
        for entity in named
        if _compared(text) in {_compared(name) for name in (entity.name, *aliases_of(connection, entity.id))}
    ]
    card = exact[0] if exact else None
    narrowable = page == 1 and PAGE / 4 < results.total <= RANKED_HITS
    meant = did_you_mean(connection, query) if not results.total and not results.misunderstood else None
    question = None
    if page == 1 and not card and not query.operators:
        question = read_question(connection, text, datetime.now(UTC).date(), timeless=not results.total)
    return SearchView(
        text=text,
        results=results,
        card=_card(connection, card) if card else None,
        entities=tuple(entity for entity in named if entity is not card),
        active=tuple(_active(query)),
        facets=tuple(_facets(query, search_facets(connection, query))) if narrowable else (),
        question=question,
        meant=meant,
        meant_url=links.search(meant) if meant else None,
        types=tuple(EventType) if any(operator == "type" for operator, _ in results.misunderstood) else (),
        page=page,
        next_url=links.search(text, page + 1) if results.total > page * PAGE and page < PAGES else None,
        previous_url=links.search(text, page - 1) if page > 1 else None,
        more_than=RANKED_HITS if results.total > RANKED_HITS else None,
    )


def _card(connection: Connection, entity: EntityRow) -> EntityCard:
    about = SearchQuery((), operators=(("entity", entity.slug),))
    others = tuple(name for name in aliases_of(connection, entity.id) if fold(name) != fold(entity.name))
    return EntityCard(entity, others, links.search(write_query(about)))


def _active(query: SearchQuery) -> list[Narrowing]:
    """What the operators narrow to, each with the search without it."""
    return [
        Narrowing(
            gettext(_OPERATORS[operator]),
            value,
            links.search(write_query(replace(query, operators=query.operators[:place] + query.operators[place + 1 :]))),
        )
        for place, (operator, value) in enumerate(query.operators)
    ]


def _facets(query: SearchQuery, facets: Facets) -> list[FacetView]:
    """Values that would narrow a search; headings of one value that all hits have narrow nothing and are left out."""
    asked = {operator for operator, _ in query.operators}
    found = [FacetView(gettext("Names"), _narrowings(query, "entity", facets.entities))]
    if "category" not in asked:
        found.append(FacetView(gettext("Filed under"), _narrowings(query, "category", facets.categories)))
    if not asked & {"from", "to"}:
        found.append(FacetView(gettext("Years"), _years(query, facets.years)))
    return [facet for facet in found if len(facet.values) > 1]


def _narrowings(query: SearchQuery, operator: str, values: tuple[FacetValue, ...]) -> tuple[Narrowing, ...]:
    return tuple(Narrowing(operator, value.name, _with(query, (operator, value.value)), value.rows or 0) for value in values)


def _years(query: SearchQuery, values: tuple[FacetValue, ...]) -> tuple[Narrowing, ...]:
    return tuple(
        Narrowing("year", value.name, _with(query, ("from", value.value), ("to", value.value)), value.rows or 0)
        for value in values
    )


def _with(query: SearchQuery, *operators: tuple[str, str]) -> str:
    return links.search(write_query(replace(query, operators=(*query.operators, *operators))))
