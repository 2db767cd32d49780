"""The timeline explorer as every page has it: whole, as the part that a filter changes, or as more rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from app.web import links
from app.web.parameters import TimelineParameters, as_typed
from app.web.site import Site
from app.web.templating import wants_part
from app.web.timeline_filters import Own
from app.web.timeline_view import TimelineView, more_rows, timeline_view


async def explore(
    request: Request,
    site: Site,
    template: str,
    path: str,
    view: Callable[[Connection, TimelineView], object],
    own: Own = Own(),  # noqa: B008
) -> Response:
    """The page at ``path``, of ``template`` with ``view``, about ``own``.

    What was typed in words leads on to the address that says it in dates and slugs: that one stays the same tomorrow.

    Raises:
        BadParameter: a parameter cannot be read.
    """
    parameters = TimelineParameters.from_request(request)
    typed = await site.read(as_typed, request, parameters, datetime.now(UTC).date())
    if typed is not None:
        return RedirectResponse(links.timeline(typed, path), HTTPStatus.SEE_OTHER)
    if wants_part(request, "#more"):
        rows = await site.read(more_rows, path, parameters, site.settings.page_size, own)
        return site.templates.page(request, "partials/timeline_more.html", {"timeline": rows})
    timeline = await site.read(timeline_view, path, parameters, site.settings.page_size, own)
    if wants_part(request, "#explorer"):
        here = links.timeline(parameters, path)
        return site.templates.page(request, "partials/explorer.html", {"timeline": timeline}, headers={"hx-push-url": here})
    return site.templates.page(request, template, {"view": await site.read(view, timeline), "timeline": timeline})
