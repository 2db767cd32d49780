"""Search."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.store.entities import EntityRow, entities_named
from app.store.search import RANKED_HITS, Results, search
from app.web import links
from app.web.site import SiteDependency
from app.web.templating import wants_part

router = APIRouter()

PAGE = 20
NAMES = 6


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was found."""

    text: str
    results: Results
    entities: tuple[EntityRow, ...]
    page: int
    next_url: str | None
    previous_url: str | None
    more_than: bool


@router.get("/search")
async def search_page(
    request: Request,
    site: SiteDependency,
    q: str = Query(default="", max_length=1000),
    page: int = Query(default=1, ge=1, le=100),
) -> Response:
    """Stories by their words, entities by their names."""
    view = await site.read(_view, q.strip(), page)
    name = "partials/search_results.html" if wants_part(request, "#results") else "pages/search.html"
    return site.templates.page(request, name, {"view": view})


def _view(connection: Connection, text: str, page: int) -> SearchView:
    results = search(connection, text, PAGE, (page - 1) * PAGE)
    return SearchView(
        text=text,
        results=results,
        entities=entities_named(connection, text, NAMES) if page == 1 else (),
        page=page,
        next_url=links.search(text, page + 1) if results.total > page * PAGE and page < 100 else None,
        previous_url=links.search(text, page - 1) if page > 1 else None,
        more_than=results.total > RANKED_HITS,
    )
