"""The front page: a briefing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.briefing import front_page
from app.web.site import SiteDependency

router = APIRouter()


@router.get("/")
async def front(request: Request, site: SiteDependency) -> Response:
    """What is new, and what it goes on from."""
    view = await site.read(front_page, site.settings.source_text)
    return site.templates.page(request, "pages/front.html", {"view": view})
