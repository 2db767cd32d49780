"""Outlets and categories."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from app.store.findings import Share, outlet_share
from app.store.listings import CountedRow, NamedRow, category_by_slug, outlet_by_slug, outlets
from app.web import links
from app.web.explorer import Subject, explore, export
from app.web.exports.timeline import FORMS
from app.web.i18n import gettext
from app.web.site import Site, SiteDependency
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


async def outlet_form(request: Request, site: SiteDependency, slug: str) -> Response:
    """The timeline of an outlet in another form."""
    return await export(request, site, (await _outlet(site, slug))[1])


async def category_form(request: Request, site: SiteDependency, slug: str) -> Response:
    """The timeline of a category in another form."""
    return await export(request, site, (await _category(site, slug))[1])


for _form in FORMS:
    router.add_api_route("/outlets/{slug}." + _form, outlet_form, methods=["GET"], name=f"outlet {_form}")
    router.add_api_route("/categories/{slug}." + _form, category_form, methods=["GET"], name=f"category {_form}")


@router.get("/outlets/{slug}")
async def outlet_page(request: Request, site: SiteDependency, slug: str) -> Response:
    """The stories that rest on an outlet's articles, and the events that they tell from them."""
    outlet, subject = await _outlet(site, slug)
    return await explore(
        request,
        site,
        "pages/outlet.html",
        subject,
        lambda connection, timeline: ListingView(outlet, timeline, outlet_share(connection, outlet.id)),
    )


@router.get("/categories/{slug}")
async def category_page(request: Request, site: SiteDependency, slug: str) -> Response:
    """The timeline of a category."""
    category, subject = await _category(site, slug)
    return await explore(request, site, "pages/category.html", subject, lambda _, timeline: ListingView(category, timeline))


async def _outlet(site: Site, slug: str) -> tuple[NamedRow, Subject]:
    outlet = await site.read(outlet_by_slug, slug)
    if outlet is None:
        raise HTTPException(404, gettext("There is no outlet at this address."))
    return outlet, Subject(links.outlet(slug), outlet.name, Own(outlet=outlet.id))


async def _category(site: Site, slug: str) -> tuple[NamedRow, Subject]:
    category = await site.read(category_by_slug, slug)
    if category is None:
        raise HTTPException(404, gettext("There is no category at this address."))
    return category, Subject(links.category(slug), category.name, Own(category=category.id))
