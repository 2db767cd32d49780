"""Ways on to another address, from wherever it turns out that this is not the one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request

from app.store.entities import EntityRow, entity_by_slug
from app.web import links
from app.web.i18n import gettext
from app.web.site import SiteDependency


class Elsewhere(Exception):
    """What was asked for is at another address, for now or (308) for good."""

    def __init__(self, address: str, status: int = HTTPStatus.SEE_OTHER) -> None:
        super().__init__(address)
        self.address = address
        self.status = status


async def find_entity(request: Request, site: SiteDependency) -> EntityRow:
    """The entity of every page of one, whatever its form: an old address leads to the new one.

    Raises:
        Elsewhere: it is an old one.
        HTTPException: there is none.
    """
    slug = request.path_params["slug"]
    entity = await site.read(entity_by_slug, slug)
    if entity is None:
        raise HTTPException(404, gettext("There is no entity at this address."))
    if entity.slug != slug:
        form = request.scope["path"].partition(f"/entities/{slug}")[2]
        query = f"?{request.url.query}" if request.url.query else ""
        raise Elsewhere(f"{links.entity(entity.slug)}{quote(form)}{query}", HTTPStatus.PERMANENT_REDIRECT)
    return entity


#: The entity that a page is of.
EntityDependency = Annotated[EntityRow, Depends(find_entity)]
