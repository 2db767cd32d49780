"""The timeline explorer."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.domain.entities import Kind
from app.store.listings import CountedRow, categories
from app.web.parameters import TimelineParameters, resolve
from app.web.site import SiteDependency
from app.web.templating import wants_part
from app.web.timeline_view import TimelineView, timeline_view

router = APIRouter()

PATH = "/timeline"


@dataclass(frozen=True, slots=True)
class ExplorerView:
    """The explorer: its timeline, and what its form offers."""

    timeline: TimelineView
    categories: tuple[CountedRow, ...]
    kinds: tuple[str, ...] = tuple(Kind)


@router.get(PATH)
async def explorer(request: Request, site: SiteDependency) -> Response:
    """Everything, or what the filters leave of it."""
    parameters = TimelineParameters.from_request(request)
    view = await site.read(_view, parameters, site.settings.page_size)
    name = "partials/timeline.html" if wants_part(request, "#timeline") else "pages/timeline.html"
    return site.templates.page(request, name, {"view": view, "timeline": view.timeline})


def _view(connection: Connection, parameters: TimelineParameters, page_size: int) -> ExplorerView:
    timeline = timeline_view(connection, PATH, parameters, resolve(connection, parameters), page_size)
    return ExplorerView(timeline, categories(connection))
