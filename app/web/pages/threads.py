"""Threads: the run of stories on one matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from app.domain.stories import StoryFeatures
from app.store.related import entity_names
from app.store.stories import StorySummary, stories_by_id
from app.store.timeline_filter import TimelineFilter
from app.store.timelines import Cursor, timeline_page
from app.web import links
from app.web.explorer import Subject, explore, export
from app.web.exports.timeline import FORMS
from app.web.i18n import gettext
from app.web.parameters import cursor
from app.web.site import Site, SiteDependency
from app.web.threads import Surroundings, about_whom, surroundings
from app.web.timeline_filters import Own
from app.web.timeline_view import TimelineView

router = APIRouter()

INDEX = "/threads"
#: Stories that one page of the list follows to their threads: each takes some milliseconds.
FOLLOWED = 60


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


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """A thread in the list: whom it is about, its first and its newest chapter, as far as it is followed."""

    url: str
    names: tuple[str, ...]
    first: StorySummary
    newest: StorySummary
    chapters: int


@dataclass(frozen=True, slots=True)
class ThreadList:
    """Threads by their newest chapters; a thread is in the list that its newest chapter falls into."""

    threads: tuple[ThreadEntry, ...]
    earlier_url: str | None
    since: date | None
    """The day of the oldest story that was looked at."""


@router.get(INDEX)
async def thread_index(request: Request, site: SiteDependency) -> Response:
    """Threads, those that went on last on top."""
    before = cursor("before", request.query_params.get("before"))
    return site.templates.page(request, "pages/threads.html", {"view": await site.read(_list, before)})


def _list(connection: Connection, before: Cursor | None) -> ThreadList:
    page = timeline_page(connection, TimelineFilter(types=("story",)), FOLLOWED, before)
    found: list[Surroundings] = []
    followed: set[int] = set()
    for row in page.rows:
        if row.story.id in followed:
            continue
        around = surroundings(connection, row.story.public_id)
        if around is None or len(around.thread) == 1:
            continue
        followed.update(chapter.id for chapter in around.thread)
        if around.thread[-1].id == row.story.id:
            found.append(around)
    ends = {chapter.id for around in found for chapter in (around.thread[0], around.thread[-1])}
    stories = stories_by_id(connection, sorted(ends))
    return ThreadList(
        tuple(
            ThreadEntry(
                links.thread(around.address.public_id, around.address.slug),
                tuple(entity_names(connection, about_whom(around)).values()),
                stories[around.thread[0].id],
                stories[around.thread[-1].id],
                len(around.thread),
            )
            for around in found
        ),
        links.threads(str(page.earlier)) if page.earlier else None,
        page.rows[-1].story.sort_date if page.rows else None,
    )


async def thread_form(request: Request, site: SiteDependency, public_id: str, slug: str) -> Response:
    """The timeline of a thread in another form."""
    around = await _surroundings(site, public_id)
    first, form = around.address, request.url.path.rpartition(".")[2]
    if (public_id, slug) != (first.public_id, first.slug):
        return RedirectResponse(f"{links.thread(first.public_id, first.slug)}.{form}", status_code=307)
    return await export(request, site, await site.read(_subject, around))


for _form in FORMS:
    router.add_api_route("/threads/{public_id}/{slug}." + _form, thread_form, methods=["GET"], name=f"thread {_form}")


@router.get("/threads/{public_id}")
@router.get("/threads/{public_id}/{slug}")
async def thread_page(request: Request, site: SiteDependency, public_id: str, slug: str = "") -> Response:
    """The thread of a story. Any chapter's id leads to it; its own address is that of the first, as far as that is in reach."""
    around = await _surroundings(site, public_id)
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
        await site.read(_subject, around),
        lambda connection, timeline: _thread_view(connection, around, timeline),
    )


async def _surroundings(site: Site, public_id: str) -> Surroundings:
    around = await site.read(surroundings, public_id)
    if around is None:
        raise HTTPException(404, gettext("There is no story with this id, and so no thread."))
    return around


def _subject(connection: Connection, around: Surroundings) -> Subject:
    """A thread is called by whom it is about, else by its first chapter."""
    first = around.address
    names = list(entity_names(connection, about_whom(around)).values())[:3]
    title = ", ".join(names) or stories_by_id(connection, [first.id])[first.id].title
    own = Own(thread=tuple(chapter.id for chapter in around.thread))
    return Subject(links.thread(first.public_id, first.slug), title, own)


def _thread_view(connection: Connection, around: Surroundings, timeline: TimelineView) -> ThreadView:
    names = entity_names(connection, about_whom(around))
    return ThreadView(tuple(_chapters(connection, around)), around.address, around.whole, names, timeline)


def _chapters(connection: Connection, around: Surroundings) -> list[StorySummary]:
    rows = stories_by_id(connection, [chapter.id for chapter in around.thread])
    return [rows[chapter.id] for chapter in around.thread]
