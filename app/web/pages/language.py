"""The switch of the interface's language."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from app.web import i18n

router = APIRouter()

_YEAR = 365 * 24 * 3600


@router.post("/language/{code}")
async def switch(request: Request, code: str) -> RedirectResponse:
    """Keep the choice in a cookie, so that addresses stay the same for everybody, and go back to where the reader was."""
    if code not in i18n.languages():
        raise HTTPException(404)
    response = RedirectResponse(_came_from(request), 303)
    response.set_cookie(i18n.COOKIE, code, max_age=_YEAR, samesite="lax", httponly=True, secure=request.url.scheme == "https")
    return response


def _came_from(request: Request) -> str:
    """The page of this site that sent the form, by path and query; the front page where the browser does not say."""
    page = urlsplit(request.headers.get("referer", ""))
    if page.netloc != request.headers.get("host"):
        return "/"
    path = f"/{page.path.lstrip('/')}"
    return f"{path}?{page.query}" if page.query else path
