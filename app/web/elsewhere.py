"""Ways on to another address, from wherever it turns out that this is not the one."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request

from app.store.entities import moved_to
from app.web import links
from app.web.site import SiteDependency


class Elsewhere(Exception):
    """What was asked for is at another address, for now or (308) for good."""

    def __init__(self, address: str, status: int = HTTPStatus.SEE_OTHER) -> None:
        super().__init__(address)
        self.address = address
        self.status = status


async def follow_entity(request: Request, site: SiteDependency) -> None:
    """For every page of an entity, whatever its form: an old address leads to the new one.

    Raises:
        Elsewhere: it is one.
    """
    slug = request.path_params.get("slug")
    target = await site.read(moved_to, slug) if slug else None
    if target is not None:
        form = request.scope["path"].partition(f"/entities/{slug}")[2]
        query = f"?{request.url.query}" if request.url.query else ""
        raise Elsewhere(f"{links.entity(target)}{quote(form)}{query}", HTTPStatus.PERMANENT_REDIRECT)
