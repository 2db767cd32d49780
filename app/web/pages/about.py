"""What Dateline is, how far it can be trusted, and help."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.store.stories import store_size
from app.web.site import SiteDependency

router = APIRouter()


@router.get("/about")
async def about(request: Request, site: SiteDependency) -> Response:
    """About this site."""
    return site.templates.page(request, "pages/about.html", {"size": await site.read(store_size)})


@router.get("/help")
async def help_page(request: Request, site: SiteDependency) -> Response:
    """The keys, what can be searched for, what the marks mean."""
    return site.templates.page(request, "pages/help.html", {})
