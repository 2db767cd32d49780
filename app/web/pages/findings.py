"""Findings: what the check of summaries against their sources found, as list, feed, table, and one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.config import Settings
from app.domain.curation import Subject
from app.domain.findings import FindingState
from app.store.curation import decisions_on
from app.store.findings import Place, finding
from app.store.story import StoryAddress, finding_was_in
from app.web import links
from app.web.feeds import Entry, atom, table
from app.web.finding_list import PATH, finding_list, mended_after, page_of
from app.web.finding_parameters import FindingParameters, resolve_findings
from app.web.findings_view import FindingView, MendedView, SourceText, finding_views, mended_view, said_then
from app.web.forms import visit_of
from app.web.i18n import gettext
from app.web.site import Site, SiteDependency

router = APIRouter()

#: Rows of a table that is fetched at once; it says where it goes on.
TABLE_SIZE = 1000

COLUMNS = (
    "id",
    "kind",
    "strength",
    "state",
    "date",
    "story",
    "story_url",
    "sentence",
    "summary_text",
    "source",
    "outlet",
    "source_url",
    "source_text",
    "reason",
    "url",
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Findings for a feed or a table, and where it goes on."""

    findings: tuple[FindingView, ...]
    mended: tuple[MendedView, ...]
    """Where corrected ones are asked for, those that are gone from their stories; they come last."""
    next_place: Place | None


@router.get(PATH)
async def findings_page(request: Request, site: SiteDependency) -> Response:
    """All findings, or what the filters leave of them."""
    parameters = FindingParameters.from_request(request)
    view = await site.read(finding_list, parameters, site.settings.page_size, site.settings.source_text)
    return site.templates.page(request, "pages/findings.html", {"view": view})


@router.get(f"{PATH}.atom")
async def findings_feed(request: Request, site: SiteDependency) -> Response:
    """The same as a feed."""
    parameters, batch = await _batch(request, site, site.settings.page_size)
    base = _base(site.settings)
    query = parameters.as_query()
    entries = [
        Entry(
            base + view.url,
            f"{view.headline} · {view.row.story_title}",
            "\n\n".join(filter(None, (view.matter, view.row.sentence, "".join(s.text for s in view.passage)))),
            view.row.story_updated_at,
            view.row.kind,
        )
        for view in batch.findings
    ] + [
        Entry(
            base + view.url,
            f"{view.label} · {view.mended.story_title}",
            "\n\n".join(filter(None, (view.matter, view.sentence, view.decision.note))),
            view.mended.decision.decided_at,
            view.mended.decision.details.get("kind", ""),
        )
        for view in batch.mended
    ]
    further = f"{base}{links.findings(query, f'{PATH}.atom', after=str(batch.next_place))}" if batch.next_place else None
    return atom(
        f"{gettext('Findings')} · {site.settings.site_name}",
        base + links.findings(query, f"{PATH}.atom"),
        base + links.findings(query),
        entries,
        further,
    )


@router.get(f"{PATH}.csv")
async def findings_table(request: Request, site: SiteDependency) -> Response:
    """The same as a table."""
    parameters, batch = await _batch(request, site, TABLE_SIZE)
    base = _base(site.settings)
    further = (
        f"{base}{links.findings(parameters.as_query(), f'{PATH}.csv', after=str(batch.next_place))}" if batch.next_place else None
    )
    return table(COLUMNS, _table_rows(batch, base), "findings.csv", further)


@router.get(PATH + "/{public_id}")
async def finding_page(request: Request, site: SiteDependency, public_id: str) -> Response:
    """One finding at its permanent address; one that is gone leads to where it was."""
    view = await site.read(one_finding, public_id, site.settings.source_text)
    if view is None:
        story: StoryAddress | None = await site.read(finding_was_in, public_id)
        if story is None:
            raise HTTPException(404, gettext("There is no finding with this id."))
        last = (await site.read(decisions_on, Subject.FINDING, [public_id])).get(public_id, [None])[-1]
        visit = await visit_of(request, site)
        sentence, matter = said_then(last, site.settings.source_text) if last else (None, None)
        gone: dict[str, object] = {"story": story, "view": None, "last": last, "sentence": sentence, "matter": matter}
        response = site.templates.page(
            request, "pages/finding_gone.html", gone | {"visit": visit, "public_id": public_id}, status=410
        )
        return visit.told(response) if visit else response
    visit = await visit_of(request, site)
    if view.row.state is FindingState.DISMISSED and visit is None:
        address = StoryAddress(view.row.story_public_id, view.row.story_slug)
        withdrawn: dict[str, object] = {"story": address, "view": view, "last": None, "visit": None}
        return site.templates.page(request, "pages/finding_gone.html", withdrawn, status=410)
    response = site.templates.page(request, "pages/finding.html", {"view": view, "visit": visit})
    return visit.told(response) if visit else response


def one_finding(connection: Connection, public_id: str, source_text: SourceText) -> FindingView | None:
    """A finding in whatever state; ``None`` where there is none with this id now."""
    row = finding(connection, public_id)
    return finding_views(connection, [row], source_text)[0] if row else None


async def _batch(request: Request, site: Site, size: int) -> tuple[FindingParameters, Batch]:
    parameters = FindingParameters.from_request(request)
    return parameters, await site.read(_read_batch, parameters, size, site.settings.source_text)


def _read_batch(connection: Connection, parameters: FindingParameters, size: int, source_text: SourceText) -> Batch:
    resolved = resolve_findings(connection, parameters)
    rows, next_place = page_of(connection, parameters, resolved, size)
    gone = mended_after(connection, parameters, resolved, next_place)
    return Batch(finding_views(connection, rows, source_text), tuple(mended_view(one, source_text) for one in gone), next_place)


def _table_rows(batch: Batch, base: str) -> Iterator[tuple[object, ...]]:
    for view in batch.findings:
        row = view.row
        yield (
            row.public_id,
            row.kind.value,
            row.strength.value,
            row.state.value,
            row.sort_date,
            row.story_title,
            base + view.story_url,
            row.sentence,
            row.sentence[row.start : row.end],
            row.source_number,
            row.outlet_name,
            row.source_url,
            "".join(segment.text for segment in view.passage),
            view.matter,
            base + view.url,
        )
    for gone in batch.mended:
        said = gone.mended.decision.details
        yield (
            gone.mended.decision.subject_id,
            said.get("kind"),
            said.get("strength"),
            FindingState.CORRECTED.value,
            gone.mended.sort_date,
            gone.mended.story_title,
            base + gone.story_url,
            gone.sentence,
            said.get("text"),
            said.get("source"),
            None,
            None,
            None,
            gone.matter,
            base + gone.url,
        )


def _base(settings: Settings) -> str:
    return settings.base_url.rstrip("/")
