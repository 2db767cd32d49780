"""The style page: every component in every state, for those who work on them."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from app.web.site import SiteDependency
from app.web.style_examples import PATH, style_view

router = APIRouter()


@router.get(PATH)
async def style_page(request: Request, site: SiteDependency) -> Response:
    """The components, made from fixed examples; only where the site is being developed."""
    if not site.settings.development:
        raise HTTPException(404)
    return site.templates.page(request, "pages/style.html", {"view": style_view()})
