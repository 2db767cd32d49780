"""The timeline of everything."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.explorer import explore
from app.web.site import SiteDependency

router = APIRouter()

PATH = "/timeline"


@router.get(PATH)
async def timeline_page(request: Request, site: SiteDependency) -> Response:
    """Everything, or what the filters leave of it."""
    return await explore(request, site, "pages/timeline.html", PATH, lambda _, timeline: timeline)
