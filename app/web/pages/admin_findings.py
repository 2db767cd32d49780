"""Curators' desk of findings: those that nobody has decided on first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from app.domain.curation import Action, Decision, Subject
from app.domain.findings import FindingState
from app.store.engine import Store
from app.store.finding_decisions import decide
from app.store.finding_states import STATES
from app.web import links
from app.web.finding_list import finding_list
from app.web.finding_parameters import FindingParameters
from app.web.forms import CuratorDependency, CuratorsForm
from app.web.i18n import N_, gettext
from app.web.pages.admin import done, page
from app.web.sessions import ADMIN, safe_next
from app.web.site import SiteDependency

PATH = f"{ADMIN}/findings"

router = APIRouter(prefix=PATH)

_DONE = {
    Action.CONFIRM: N_("Confirmed."),
    Action.DISMISS: N_("Dismissed: readers do not see it any more."),
    Action.CORRECT: N_("Marked as corrected."),
    Action.REOPEN: N_("Open again."),
}


@router.get("")
async def desk(request: Request, site: SiteDependency, visit: CuratorDependency) -> Response:
    """Findings with what can be decided on them; without a state in the address, those that are open."""
    states = tuple(FindingState)
    parameters = FindingParameters.from_request(request, states)
    if not parameters.state:
        parameters = replace(parameters, state=(FindingState.OPEN.value,))
    shown: Literal["excerpt", "full"] = "full" if site.settings.source_text == "full" else "excerpt"
    view = await site.read(finding_list, parameters, site.settings.page_size, shown, PATH, states)
    here = f"{PATH}?{request.url.query}" if request.url.query else PATH
    return page(request, site, visit, "pages/admin_findings.html", {"view": view, "here": here})


@router.post("/{public_id}")
async def decide_on(site: SiteDependency, form: CuratorsForm, public_id: str) -> Response:
    """Confirm, dismiss, mark as corrected or reopen one."""
    action = next((action for action in STATES if action.value == form.text("action")), None)
    if action is None:
        raise HTTPException(400, gettext("Choose what to decide."))
    decision = Decision(action, Subject.FINDING, public_id, form.visit.curator, datetime.now(UTC), note=form.note())

    def record(store: Store) -> bool:
        with store.write() as connection:
            return decide(connection, decision)

    if not await site.decide(record):
        raise HTTPException(404, gettext("There is no finding with this id any more."))
    finding = links.finding(public_id)
    address = safe_next(form.raw("next", 4000), finding)
    return done(form.visit, address, gettext(_DONE[action]), finding if address != finding else None)
