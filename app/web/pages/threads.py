"""Threads: the run of stories on one matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from app.domain.stories import StoryFeatures
from app.store.related import entity_names
from app.store.stories import StorySummary, stories_by_id
from app.web import links
from app.web.explorer import explore
from app.web.site import SiteDependency
from app.web.threads import Surroundings, about_whom, surroundings
from app.web.timeline_filters import Own
from app.web.timeline_view import TimelineView

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread's page: its chapters, the first on top, who it is about (names by slug), and what happened when.

    ``address`` is the chapter whose id is the thread's; not ``whole`` where there are more chapters than are shown.
    """

    chapters: tuple[StorySummary, ...]
    address: StoryFeatures
    whole: bool
    names: Mapping[str, str]
    timeline: TimelineView


@router.get("/threads/{public_id}")
@router.get("/threads/{public_id}/{slug}")
async def thread_page(request: Request, site: SiteDependency, public_id: str, slug: str = "") -> Response:
    """The thread of a story. Any chapter's id leads to it; its own address is that of the first, as far as that is in reach."""
    around = await site.read(surroundings, public_id)
    if around is None:
        raise HTTPException(404, "There is no story with this id, and so no thread.")
    first = around.address
    if len(around.thread) == 1:
        # Another chapter may still come, so this is not for good.
        return RedirectResponse(links.story(first.public_id, first.slug), status_code=307)
    if (public_id, slug) != (first.public_id, first.slug):
        return RedirectResponse(links.thread(first.public_id, first.slug), status_code=307)
    return await explore(
        request,
        site,
        "pages/thread.html",
        links.thread(first.public_id, first.slug),
        lambda connection, timeline: _thread_view(connection, around, timeline),
        Own(thread=tuple(chapter.id for chapter in around.thread)),
    )


def _thread_view(connection: Connection, around: Surroundings, timeline: TimelineView) -> ThreadView:
    names = entity_names(connection, about_whom(around))
    return ThreadView(tuple(_chapters(connection, around)), around.address, around.whole, names, timeline)


def _chapters(connection: Connection, around: Surroundings) -> list[StorySummary]:
    rows = stories_by_id(connection, [chapter.id for chapter in around.thread])
    return [rows[chapter.id] for chapter in around.thread]
