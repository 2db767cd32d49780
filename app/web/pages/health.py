"""For machines that watch: is the process alive, and can it answer."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy.exc import DBAPIError
from starlette.responses import PlainTextResponse

from app.store.generation import generation
from app.web.site import SiteDependency

router = APIRouter()


@router.get("/healthz")
async def alive() -> PlainTextResponse:
    """The process runs."""
    return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})


@router.get("/readyz")
async def ready(site: SiteDependency) -> PlainTextResponse:
    """The store answers; 503 where it does not."""
    headers = {"cache-control": "no-store"}
    try:
        number = await site.read(generation)
    except DBAPIError:
        return PlainTextResponse("the store does not answer\n", status_code=503, headers=headers)
    return PlainTextResponse(f"ok, generation {number}\n", headers=headers)
