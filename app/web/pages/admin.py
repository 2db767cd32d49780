"""Curators: logging in and out, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from app.domain.findings import FindingState, Strength
from app.domain.text import printable
from app.store.curation import recent
from app.store.ended_sessions import end_session
from app.store.engine import Store
from app.store.findings import FindingFilter, counts
from app.store.proposals import count_proposed
from app.store.revisions import count_stale
from app.web import links
from app.web.decisions_view import DecisionLine, decision_lines
from app.web.forms import CuratorDependency, CuratorsForm, FormDependency, SessionsDependency, Visit, session_of
from app.web.i18n import gettext
from app.web.sessions import ADMIN, LIFETIME, Session, Sessions, safe_next
from app.web.site import Site, SiteDependency

router = APIRouter(prefix=ADMIN)

#: Decisions that are listed.
RECENT = 12
#: Of a curator's name, in characters.
MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a curator, and what was decided last. ``stale`` stories wait to be analysed again."""

    proposed: int
    strong: int
    weak: int
    stale: int
    decisions: tuple[DecisionLine, ...]


@router.get("")
async def overview(request: Request, site: SiteDependency, visit: CuratorDependency) -> Response:
    """What waits."""
    view = await site.read(_waiting)
    return page(request, site, visit, "pages/admin.html", {"view": view})


@router.get("/login")
async def login_page(
    request: Request, site: SiteDependency, sessions: SessionsDependency, next_address: str = Query(default="", alias="next")
) -> Response:
    """The form that asks for name and token."""
    session = await session_of(request, site, sessions)
    if session and session.curator:
        return RedirectResponse(safe_next(next_address), HTTPStatus.SEE_OTHER)
    return _login_form(request, site, sessions, session or sessions.begin(), safe_next(next_address, ""))


@router.post("/login")
async def log_in(request: Request, site: SiteDependency, form: FormDependency) -> Response:
    """Begin a curator's session where the token is right."""
    address = request.client.host if request.client else ""
    name = form.text("name", MOST_NAME * 4)
    next_address = safe_next(form.raw("next", 4000), "")
    sessions = form.visit.sessions

    def again(problem: str, status: int, headers: dict[str, str] | None = None) -> Response:
        return _login_form(request, site, sessions, form.visit.session, next_address, name, problem, status, headers)

    if wait := site.attempts.wait(address):
        problem = gettext("Too many wrong tokens from your address. Try again in %(seconds)s seconds.", seconds=wait)
        return again(problem, HTTPStatus.TOO_MANY_REQUESTS, {"retry-after": str(wait)})
    if not name or len(name) > MOST_NAME or printable(name) != name:
        problem = gettext("Say who you are, in at most %(most)s characters: it stands beside what you decide.", most=MOST_NAME)
        return again(problem, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not sessions.is_token(form.raw("token", 4000).strip()):
        site.attempts.failed(address)
        return again(gettext("That is not the token."), HTTPStatus.FORBIDDEN)
    response = RedirectResponse(next_address or ADMIN, HTTPStatus.SEE_OTHER)
    sessions.keep(response, sessions.begin(name))
    return response


@router.post("/logout")
async def log_out(site: SiteDependency, form: CuratorsForm) -> Response:
    """End the session, wherever its cookie has got to."""
    now = datetime.now(UTC)

    def end(store: Store) -> None:
        with store.write() as connection:
            end_session(connection, form.visit.session.id, now, now - timedelta(seconds=LIFETIME))

    await site.decide(end)
    response = RedirectResponse(links.login(), HTTPStatus.SEE_OTHER)
    form.visit.sessions.end(response)
    return response


def page(
    request: Request,
    site: Site,
    visit: Visit,
    template: str,
    context: dict[str, object],
    status: int = HTTPStatus.OK,
    problem: str | None = None,
) -> Response:
    """A page for a curator; what the page before had to tell is told once."""
    context = {"visit": visit, "problem": problem, **context}
    return visit.told(site.templates.page(request, template, context, status))


def done(visit: Visit, address: str, notice: str, about: str | None = None) -> Response:
    """The way on after something was decided, with what the next page tells and the address of what it is ``about``."""
    return visit.to_tell(RedirectResponse(address, HTTPStatus.SEE_OTHER), notice, about)


def _login_form(
    request: Request,
    site: Site,
    sessions: Sessions,
    session: Session,
    next_address: str,
    name: str = "",
    problem: str | None = None,
    status: int = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
) -> Response:
    context: dict[str, object] = {
        "form_token": sessions.form_token(session),
        "next_address": next_address,
        "name": name,
        "problem": problem,
    }
    response = site.templates.page(request, "pages/admin_login.html", context, status, headers)
    sessions.keep(response, session)
    return response


def _waiting(connection: Connection) -> Waiting:
    found = counts(connection, FindingFilter(states=(FindingState.OPEN,)))
    return Waiting(
        proposed=count_proposed(connection),
        strong=sum(count.findings for count in found if count.strength == Strength.STRONG),
        weak=sum(count.findings for count in found if count.strength == Strength.WEAK),
        stale=count_stale(connection),
        decisions=decision_lines(recent(connection, RECENT)),
    )
