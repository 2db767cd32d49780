"""The timeline explorer as every page has it: whole, as the part that a filter changes, as more rows, or in another form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from app.store.stories import updated_at
from app.store.timelines import TimelinePage, timeline_page
from app.web import i18n, links
from app.web.exports.timeline import FORMS, TimelineExport
from app.web.parameters import TimelineParameters, as_typed, resolve
from app.web.site import Site
from app.web.templating import wants_part
from app.web.timeline_filters import Own
from app.web.timeline_view import TimelineView, more_rows, next_place, timeline_view


@dataclass(frozen=True, slots=True)
class Subject:
    """What a timeline is of: its address, what it is called in feeds, and what it is about."""

    path: str
    title: str
    own: Own = Own()  # noqa: RUF009


async def explore(
    request: Request, site: Site, template: str, subject: Subject, view: Callable[[Connection, TimelineView], object]
) -> Response:
    """The page of a subject, of ``template`` with ``view``.

    What was typed in words leads on to the address that says it in dates and slugs: that one stays the same tomorrow.

    Raises:
        BadParameter: a parameter cannot be read.
    """
    path, own = subject.path, subject.own
    parameters = TimelineParameters.from_request(request)
    typed = await site.read(as_typed, request, parameters, datetime.now(UTC).date())
    if typed is not None:
        return RedirectResponse(links.timeline(typed, path), HTTPStatus.SEE_OTHER)
    if wants_part(request, "#more"):
        rows = await site.read(more_rows, path, parameters, site.settings.page_size, own)
        return site.templates.page(request, "partials/timeline_more.html", {"timeline": rows})
    if wants_part(request, "#explorer"):
        timeline = await site.read(timeline_view, path, parameters, site.settings.page_size, own)
        here = links.timeline(parameters, path)
        return site.templates.page(request, "partials/explorer.html", {"timeline": timeline}, headers={"hx-push-url": here})

    def whole(connection: Connection) -> dict[str, object]:
        timeline = timeline_view(connection, path, parameters, site.settings.page_size, own)
        return {"timeline": timeline, "view": view(connection, timeline)}

    return site.templates.page(request, template, await site.read(whole))


async def export(request: Request, site: Site, subject: Subject) -> Response:
    """The timeline of a subject in the form that the suffix of the address says, under the same filters as the page.

    Raises:
        BadParameter: a parameter cannot be read.
    """
    form = request.url.path.rpartition(".")[2]
    write, size = FORMS[form]
    parameters = TimelineParameters.from_request(request)
    page, updated = await site.read(_page, parameters, size, subject.own)
    path, base = f"{subject.path}.{form}", site.settings.base_url.rstrip("/")
    place = {"before": parameters.before, "after": parameters.after}
    following = next_place(parameters, page)
    response = write(
        TimelineExport(
            title=f"{subject.title} · {site.settings.site_name}",
            base_url=base,
            url=base + links.timeline(parameters, path, **place),
            page_url=base + links.timeline(parameters, subject.path),
            next_url=base + links.timeline(parameters, path, **following) if following else None,
            rows=page.rows,
            updated=updated,
            name=subject.path.strip("/").replace("/", "-"),
        )
    )
    response.headers["vary"] = i18n.VARY
    return response


def _page(
    connection: Connection, parameters: TimelineParameters, size: int, own: Own
) -> tuple[TimelinePage, dict[int, datetime]]:
    resolved = resolve(connection, parameters)
    if resolved.unknown:
        return TimelinePage((), None, None), {}
    filters = own.narrow(connection, resolved.filters)
    page = timeline_page(connection, filters, size, parameters.before, parameters.after, oldest_first=parameters.oldest_first)
    return page, updated_at(connection, [row.story.id for row in page.rows])
