"""Stories: each with its sources, its events and its history, in several forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from app.domain.differences import differences
from app.domain.identifiers import as_short_id
from app.store.revisions import story_history
from app.store.story import story_address
from app.store.withdrawals import withdrawal
from app.web import links, words
from app.web.exports.citing import Work, bibtex, csl_json, in_markdown, in_text, ris, source_works, story_work
from app.web.exports.story_json import story_json
from app.web.exports.story_markdown import story_markdown
from app.web.i18n import gettext
from app.web.metadata import description, linked_data
from app.web.site import Site, SiteDependency
from app.web.story_view import StoryView, story_view
from app.web.threads import surroundings

router = APIRouter()

RevisionNumber = Annotated[int | None, Query(ge=1, le=2**31 - 1)]

#: The forms in which a reference manager takes a citation: content type, and how works are written.
CITATIONS: dict[str, tuple[str, Callable[[list[Work]], str]]] = {
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
    "csl.json": (
        "application/vnd.citationstyles.csl+json",
        lambda works: json.dumps(csl_json(works), ensure_ascii=False, indent=2),
    ),
}


@router.get("/stories/{public_id}")
async def story_short(site: SiteDependency, public_id: str, revision: RevisionNumber = None, sources: bool = False) -> Response:
    """The short address of a story leads to its page, and with a form's suffix to that form."""
    public_id, _, form = public_id.partition(".")
    public_id = as_short_id(public_id)
    address = await site.read(story_address, public_id)
    if address is None:
        raise await _missing(site, public_id)
    if not form:
        return _moved(links.story(*address, revision=revision))
    if form not in (*CITATIONS, "md", "json"):
        raise HTTPException(HTTPStatus.NOT_FOUND, gettext("A story has no form of this name."))
    return _moved(links.story_form(*address, form, revision=revision, sources=sources))


@router.get("/stories/{public_id}/history")
async def history(request: Request, site: SiteDependency, public_id: str) -> Response:
    """The revisions of a story, each with what it changed."""
    story = await site.read(story_history, public_id)
    if story is None:
        raise await _missing(site, public_id)
    changes = [(), *(differences(older.document, newer.document) for older, newer in pairwise(story.revisions))]
    revisions = list(zip(story.revisions, changes, strict=True))[::-1]
    return site.templates.page(request, "pages/history.html", {"story": story, "revisions": revisions})


@router.get("/stories/{public_id}/check")
async def check_page(request: Request, site: SiteDependency, public_id: str) -> Response:
    """A story's summary beside the passages of its sources, sentence by sentence."""
    view = await _view(site, public_id, None)
    return site.templates.page(
        request, "pages/story_check.html", {"view": view, "hides_texts": site.settings.source_text == "none"}
    )


async def citation(
    request: Request, site: SiteDependency, public_id: str, slug: str, revision: RevisionNumber = None, sources: bool = False
) -> Response:
    """How to cite a story; with ``sources``, the articles that it rests on as well."""
    form = request.scope["route"].path.partition("{slug}.")[2]
    view = await _view(site, public_id, revision)
    if slug != view.story.slug:
        return _moved(links.story_form(public_id, view.story.slug, form, revision=revision, sources=sources))
    media_type, write = CITATIONS[form]
    works = [story_work(view, site.settings.site_name, _base(site)), *(source_works(view) if sources else ())]
    name = f"dateline-{public_id}.{form}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(write(works), media_type=f"{media_type}; charset=utf-8", headers=headers)


for _form in CITATIONS:
    router.add_api_route("/stories/{public_id}/{slug}." + _form, citation, methods=["GET"], name=f"citation {_form}")


@router.get("/stories/{public_id}/{slug}.md")
async def markdown(site: SiteDependency, public_id: str, slug: str, revision: RevisionNumber = None) -> Response:
    """A story as Markdown."""
    view = await _view(site, public_id, revision)
    if slug != view.story.slug:
        return _moved(links.story_form(public_id, view.story.slug, "md", revision=revision))
    return Response(story_markdown(view, _base(site)), media_type="text/markdown; charset=utf-8")


@router.get("/stories/{public_id}/{slug}.json")
async def as_json(site: SiteDependency, public_id: str, slug: str, revision: RevisionNumber = None) -> Response:
    """A story as JSON."""
    view = await _view(site, public_id, revision)
    if slug != view.story.slug:
        return _moved(links.story_form(public_id, view.story.slug, "json", revision=revision))
    return Response(json.dumps(story_json(view, _base(site)), ensure_ascii=False, indent=1), media_type="application/json")


@router.get("/stories/{public_id}/{slug}")
async def story_page(
    request: Request,
    site: SiteDependency,
    public_id: str,
    slug: str,
    revision: RevisionNumber = None,
) -> Response:
    """A story; with ``revision`` one of its earlier states."""
    view = await _view(site, public_id, revision)
    if slug != view.story.slug:
        return _moved(links.story(public_id, view.story.slug, revision=revision))
    around = await site.read(surroundings, public_id)
    work = story_work(view, site.settings.site_name, _base(site))
    return site.templates.page(
        request,
        "pages/story.html",
        {
            "view": view,
            "around": around,
            "description": description(view),
            "linked_data": linked_data(view, site.settings.site_name, _base(site)),
            "published_for_machines": words.machine(view.published) if view.published else None,
            "citation_text": in_text(work),
            "citation_markdown": in_markdown(work),
        },
    )


async def _view(site: Site, public_id: str, revision: int | None) -> StoryView:
    """A story as its page shows it.

    Raises:
        HTTPException: there is none, it has no such revision, or it was withdrawn.
    """
    view = await site.read(story_view, public_id, revision, site.settings.source_text)
    if view is None:
        raise await _missing(site, public_id, revision)
    return view


async def _missing(site: Site, public_id: str, revision: int | None = None) -> HTTPException:
    """What to answer where a story is not shown: it was withdrawn, or it never was."""
    withdrawn = await site.read(withdrawal, public_id)
    if withdrawn:
        when = words.day(withdrawn.withdrawn_at.date())
        return HTTPException(
            HTTPStatus.GONE, gettext("This story was withdrawn on %(day)s: %(note)s", day=when, note=withdrawn.note)
        )
    address = await site.read(story_address, public_id) if revision is not None else None
    if address:
        return HTTPException(HTTPStatus.NOT_FOUND, gettext("This story has no revision %(number)s.", number=str(revision)))
    return HTTPException(HTTPStatus.NOT_FOUND, gettext("There is no story with this id."))


def _moved(url: str) -> Response:
    return RedirectResponse(url, status_code=HTTPStatus.PERMANENT_REDIRECT)


def _base(site: Site) -> str:
    return site.settings.base_url.rstrip("/")
