"""Outlets and categories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.store.listings import CountedRow, NamedRow, category_by_slug, outlet_by_slug, outlets
from app.store.stories import StorySummary, outlet_stories
from app.web import links
from app.web.parameters import BadParameter, TimelineParameters, resolve
from app.web.site import SiteDependency
from app.web.templating import wants_part
from app.web.timeline_view import TimelineView, timeline_view

router = APIRouter()


@dataclass(frozen=True, slots=True)
class OutletView:
    """An outlet's page: the stories that rest on its articles."""

    outlet: NamedRow
    stories: tuple[StorySummary, ...]
    earlier_url: str | None


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category's page: its timeline."""

    category: NamedRow
    timeline: TimelineView


@router.get("/outlets")
async def outlet_index(request: Request, site: SiteDependency) -> Response:
    """All outlets."""
    rows: tuple[CountedRow, ...] = await site.read(outlets)
    return site.templates.page(request, "pages/outlets.html", {"outlets": rows})


@router.get("/outlets/{slug}")
async def outlet_page(request: Request, site: SiteDependency, slug: str, before: str | None = None) -> Response:
    """The stories that have a source of an outlet, newest first."""
    view = await site.read(_outlet_view, slug, _place(before), site.settings.page_size)
    if view is None:
        raise HTTPException(404, "There is no outlet at this address.")
    return site.templates.page(request, "pages/outlet.html", {"view": view})


@router.get("/categories/{slug}")
async def category_page(request: Request, site: SiteDependency, slug: str) -> Response:
    """The timeline of a category."""
    parameters = TimelineParameters.from_request(request)
    view = await site.read(_category_view, slug, parameters, site.settings.page_size)
    if view is None:
        raise HTTPException(404, "There is no category at this address.")
    name = "partials/timeline.html" if wants_part(request, "#timeline") else "pages/category.html"
    return site.templates.page(request, name, {"view": view, "timeline": view.timeline})


def _outlet_view(connection: Connection, slug: str, before: tuple[date, int] | None, page_size: int) -> OutletView | None:
    outlet = outlet_by_slug(connection, slug)
    if outlet is None:
        return None
    stories = outlet_stories(connection, outlet.id, page_size + 1, before)
    shown = stories[:page_size]
    earlier = f"{links.outlet(slug)}?before={shown[-1].sort_date}.{shown[-1].id}" if len(stories) > page_size else None
    return OutletView(outlet, shown, earlier)


def _category_view(connection: Connection, slug: str, parameters: TimelineParameters, page_size: int) -> CategoryView | None:
    category = category_by_slug(connection, slug)
    if category is None:
        return None
    parameters = replace(parameters, category=())
    resolved = resolve(connection, parameters)
    resolved = replace(resolved, filters=replace(resolved.filters, category_ids=(category.id,)))
    timeline = timeline_view(connection, links.category(slug), parameters, resolved, page_size, own_category=category.id)
    return CategoryView(category, timeline)


def _place(text: str | None) -> tuple[date, int] | None:
    if not text:
        return None
    day, _, number = text.rpartition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        raise BadParameter(f"before={text} is not a place in this list; follow the link at its end") from None
