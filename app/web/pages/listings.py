"""Outlets and categories."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from app.store.findings import Share, outlet_share
from app.store.listings import CountedRow, NamedRow, category_by_slug, outlet_by_slug, outlets
from app.web import links
from app.web.explorer import explore
from app.web.site import SiteDependency
from app.web.timeline_filters import Own
from app.web.timeline_view import TimelineView

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ListingView:
    """The page of an outlet or a category: its timeline."""

    subject: NamedRow
    timeline: TimelineView
    share: Share | None = None
    """Of an outlet: the sentences that cite it and are supported."""


@router.get("/outlets")
async def outlet_index(request: Request, site: SiteDependency) -> Response:
    """All outlets."""
    rows: tuple[CountedRow, ...] = await site.read(outlets)
    return site.templates.page(request, "pages/outlets.html", {"outlets": rows})


@router.get("/outlets/{slug}")
async def outlet_page(request: Request, site: SiteDependency, slug: str) -> Response:
    """The stories that rest on an outlet's articles, and the events that they tell from them."""
    outlet = await site.read(outlet_by_slug, slug)
    if outlet is None:
        raise HTTPException(404, "There is no outlet at this address.")
    return await explore(
        request,
        site,
        "pages/outlet.html",
        links.outlet(slug),
        lambda connection, timeline: ListingView(outlet, timeline, outlet_share(connection, outlet.id)),
        Own(outlet=outlet.id),
    )


@router.get("/categories/{slug}")
async def category_page(request: Request, site: SiteDependency, slug: str) -> Response:
    """The timeline of a category."""
    category = await site.read(category_by_slug, slug)
    if category is None:
        raise HTTPException(404, "There is no category at this address.")
    return await explore(
        request,
        site,
        "pages/category.html",
        links.category(slug),
        lambda _, timeline: ListingView(category, timeline),
        Own(category=category.id),
    )
