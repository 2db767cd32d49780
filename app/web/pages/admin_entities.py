"""Curators' work on names: the queue of proposed ones, and each entity's names, kind, merges and history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Query, Request
from sqlalchemy import Connection
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.analysis.gazetteer import load_gazetteer
from app.domain.curated import history_of
from app.domain.curation import Decision, Subject
from app.domain.entities import Kind
from app.importer import curating
from app.importer.curating import Decided, Preview, Refused
from app.importer.reanalysis import Reanalysis
from app.store.curation import decisions
from app.store.entities import EntityRow, aliases_of, entities_like, entity_by_slug
from app.store.proposals import ProposedRow, QueuePlace, count_proposed, proposed
from app.web import links, words
from app.web.decisions_view import DecisionLine, decision_lines
from app.web.forms import CuratorDependency, CuratorsForm, Form, Visit
from app.web.i18n import gettext, ngettext
from app.web.pages.admin import done, page
from app.web.parameters import BadParameter
from app.web.sessions import ADMIN
from app.web.site import Site, SiteDependency

router = APIRouter(prefix=f"{ADMIN}/entities")

#: Names in the queue on a page.
PAGE = 20
#: Stories that are analysed again before the answer; more are left to go on behind it.
AT_ONCE = curating.AT_ONCE
#: Entities that a look-up lists.
FOUND = 40
#: … and a field for an entity suggests.
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class QueueView:
    """A page of the queue."""

    rows: tuple[ProposedRow, ...]
    total: int
    next_url: str | None
    kinds: tuple[Kind, ...] = tuple(Kind)


@dataclass(frozen=True, slots=True)
class FoundView:
    """What a look-up found."""

    name: str
    entities: tuple[EntityRow, ...]


@dataclass(frozen=True, slots=True)
class AdminEntityView:
    """An entity with what can be changed about it."""

    entity: EntityRow
    aliases: tuple[str, ...]
    history: tuple[DecisionLine, ...]
    kinds: tuple[Kind, ...] = tuple(Kind)


@router.get("")
async def look_up(
    request: Request, site: SiteDependency, visit: CuratorDependency, name: str = Query(default="", max_length=100)
) -> Response:
    """Entities by the beginnings of their names, those without a story too."""
    found = await site.read(entities_like, name, FOUND)
    return page(request, site, visit, "pages/admin_entities.html", {"view": FoundView(name, found)})


@router.get("/suggest")
async def suggest(
    request: Request, site: SiteDependency, visit: CuratorDependency, into: str = Query(default="", max_length=100)
) -> Response:
    """Entities for a field that takes an address."""
    found = await site.read(entities_like, into, SUGGESTED)
    return page(request, site, visit, "partials/admin_suggestions.html", {"entities": found})


@router.get("/proposed")
async def queue(request: Request, site: SiteDependency, visit: CuratorDependency, after: str = "") -> Response:
    """Proposed names, those of most stories first."""
    return await _queue(request, site, visit, after)


@router.post("/proposed")
async def decide_on_name(request: Request, site: SiteDependency, form: CuratorsForm) -> Response:
    """Accept or reject a proposed name."""
    name, after = form.text("proposed"), form.raw("after", 400)
    match form.text("action"):
        case "accept":
            decision = curating.accept(
                name,
                form.visit.curator,
                kind=form.text("kind"),
                slug=form.text("slug") or None,
                aliases=form.lines("aliases"),
                written=form.text("name"),
            )
        case "reject":
            decision = curating.reject(name, form.visit.curator, form.note())
        case "reopen":
            decision = curating.reopen(name, form.visit.curator, form.note())
        case _:
            raise HTTPException(HTTPStatus.BAD_REQUEST, gettext("Choose what to decide."))
    try:
        decided = await site.decide(curating.decide, load_gazetteer(), decision, AT_ONCE)
    except Refused as refused:
        return await _queue(request, site, form.visit, after, HTTPStatus.UNPROCESSABLE_ENTITY, str(refused))
    return _done(site, form, links.admin_proposed(after=after or None), decided)


@router.get("/{slug}")
async def entity(request: Request, site: SiteDependency, visit: CuratorDependency, slug: str) -> Response:
    """An entity; at an old address, the way to the one that it has now."""
    return await _entity(request, site, visit, slug)


@router.post("/{slug}/{action}")
async def change(request: Request, site: SiteDependency, form: CuratorsForm, slug: str, action: str) -> Response:
    """Rename, retype, merge or split; ``preview`` says what a merge would change."""
    if action not in _CHANGES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    decision = _CHANGES[action](form, slug, await _address(site, form.text("into")))
    if action == "merge" and form.text("confirmed") != "yes":
        seen = await _preview(site, decision)
        if seen.reason:
            return await _entity(request, site, form.visit, slug, HTTPStatus.UNPROCESSABLE_ENTITY, seen.reason)
        return await _confirm_merge(request, site, form, decision, seen)
    try:
        decided = await site.decide(curating.decide, load_gazetteer(), decision, AT_ONCE)
    except Refused as refused:
        return await _entity(request, site, form.visit, slug, HTTPStatus.UNPROCESSABLE_ENTITY, str(refused))
    return _done(site, form, links.admin_entity(decided.slug or slug), decided)


_CHANGES: dict[str, Callable[[Form, str, str], Decision]] = {
    "rename": lambda form, slug, _: curating.rename(
        slug, form.text("name"), form.visit.curator, to=form.text("slug") or None, note=form.note()
    ),
    "retype": lambda form, slug, _: curating.retype(slug, form.text("kind"), form.visit.curator, form.note()),
    "merge": lambda form, slug, into: curating.merge(slug, into, form.visit.curator, form.note()),
    "split": lambda form, slug, _: curating.split(
        slug,
        form.fields.get("names", []),
        form.visit.curator,
        kind=form.text("kind"),
        to=form.text("slug") or None,
        note=form.note(),
    ),
}


async def _queue(
    request: Request, site: Site, visit: Visit, after: str, status: int = HTTPStatus.OK, problem: str | None = None
) -> Response:
    try:
        place = QueuePlace.parse(after) if after else None
    except ValueError:
        raise BadParameter(
            gettext("after=%(after)s is not a place in this list; follow the link at its end", after=after)
        ) from None
    view = await site.read(_queue_view, place)
    return page(request, site, visit, "pages/admin_proposed.html", {"view": view, "after": after}, status, problem)


def _queue_view(connection: Connection, place: QueuePlace | None) -> QueueView:
    rows = proposed(connection, PAGE + 1, place)
    further = links.admin_proposed(after=str(rows[PAGE - 1].place)) if len(rows) > PAGE else None
    return QueueView(rows[:PAGE], count_proposed(connection), further)


async def _entity(
    request: Request, site: Site, visit: Visit, slug: str, status: int = HTTPStatus.OK, problem: str | None = None
) -> Response:
    view = await site.read(_entity_view, slug)
    if view is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, gettext("There is no entity at this address."))
    if view.entity.slug != slug and request.method == "GET":
        return RedirectResponse(links.admin_entity(view.entity.slug), HTTPStatus.PERMANENT_REDIRECT)
    return page(request, site, visit, "pages/admin_entity.html", {"view": view}, status, problem)


def _entity_view(connection: Connection, slug: str) -> AdminEntityView | None:
    row = entity_by_slug(connection, slug)
    if row is None:
        return None
    made = history_of(row.slug, decisions(connection, Subject.ENTITY, Subject.PROPOSAL))
    return AdminEntityView(row, aliases_of(connection, row.id), decision_lines(reversed(made)))


async def _address(site: Site, typed: str) -> str:
    """The address of the entity that somebody named by address or by name; what they typed where there is none."""
    if not typed:
        return ""
    row = await site.read(entity_by_slug, typed)
    if row is None:
        named = [found for found in await site.read(entities_like, typed, 2) if found.name.casefold() == typed.casefold()]
        row = named[0] if len(named) == 1 else None
    return row.slug if row else typed


async def _preview(site: Site, decision: Decision) -> Preview:
    def look() -> Preview:
        with site.store.read() as connection:
            return curating.preview(connection, load_gazetteer(), decision)

    return await run_in_threadpool(look)


async def _confirm_merge(request: Request, site: Site, form: Form, decision: Decision, seen: Preview) -> Response:
    old = await site.read(entity_by_slug, decision.subject_id)
    new = await site.read(entity_by_slug, decision.details["into"])
    context: dict[str, object] = {"old": old, "new": new, "stories": seen.stories, "note": decision.note or ""}
    return page(request, site, form.visit, "pages/admin_merge.html", context)


def _done(site: Site, form: Form, address: str, decided: Decided) -> Response:
    if decided.waiting:
        notice = ngettext(
            "Done. %(num)s story is being analysed again; that goes on while you do.",
            "Done. %(num)s stories are being analysed again; that goes on while you do.",
            decided.waiting,
        )
    else:
        notice = gettext("Done; %(stories)s analysed again.", stories=words.counted(decided.stories, "story", "stories"))
    response = done(form.visit, address, notice)
    if decided.waiting:
        response.background = BackgroundTask(_catch_up, site)
    return response


def _catch_up(site: Site) -> None:
    for _ in Reanalysis(site.store, load_gazetteer(), site.settings.import_batch).run():
        pass
