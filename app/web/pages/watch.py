"""The watch list: as a page, as a feed, and as a list of feeds (OPML)."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.web.feeds import Entry, Outline, atom, opml
from app.web.i18n import gettext
from app.web.site import SiteDependency
from app.web.watch_list import WatchParameters, newest, watch_view, with_name

router = APIRouter()

#: Entries of the feed.
_ENTRIES = 50


@router.get("/watch")
async def watch_page(request: Request, site: SiteDependency, name: str = Query(default="", max_length=100)) -> Response:
    """What is new about the names and threads in the address; a name that was typed leads on to the address with its id."""
    parameters = WatchParameters.from_request(request)
    if name.strip():
        parameters = await site.read(with_name, parameters, name.strip())
        return RedirectResponse(parameters.url(), HTTPStatus.SEE_OTHER)
    view = await site.read(watch_view, parameters)
    return site.templates.page(request, "pages/watch.html", {"view": view})


@router.get("/watch.atom")
async def watch_feed(request: Request, site: SiteDependency) -> Response:
    """The newest stories about them as a feed."""
    parameters = WatchParameters.from_request(request)
    view = await site.read(watch_view, parameters)
    base = site.settings.base_url.rstrip("/")
    entries = [
        Entry(
            base + story.address,
            story.story.title,
            story.story.dek,
            story.arrival.current,
            story.story.category_slug or "story",
        )
        for story in newest(view, _ENTRIES)
    ]
    title = f"{gettext('Watch list')} · {site.settings.site_name}"
    names = ", ".join(thing.name for thing in view.things)
    return atom(
        f"{title}: {names}" if names else title,
        base + parameters.url(".atom", since=False),
        base + parameters.url(since=False),
        entries,
    )


@router.get("/watch.opml")
async def watch_outline(request: Request, site: SiteDependency) -> Response:
    """A feed for each of them, to take into a feed reader."""
    parameters = WatchParameters.from_request(request)
    view = await site.read(watch_view, parameters)
    base = site.settings.base_url.rstrip("/")
    outlines = [Outline(thing.name, base + thing.feed_url, base + thing.url) for thing in view.things]
    return opml(f"{gettext('Watch list')} · {site.settings.site_name}", outlines, "dateline-watch-list.opml")
