"""Forms that curators send: read within limits, and only where they come from a page of the same session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, HTTPException, Request
from starlette.responses import Response

from app.store.ended_sessions import has_ended
from app.web import links
from app.web.elsewhere import Elsewhere
from app.web.i18n import gettext
from app.web.sessions import Session, Sessions
from app.web.site import Site, SiteDependency

#: Bytes that a form may have.
MOST_BYTES = 64 * 1024
#: Fields that a form may have.
MOST_FIELDS = 100
_TOO_LARGE = 413
#: Of a note, in characters.
MOST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Visit:
    """A session and what checks it."""

    sessions: Sessions
    session: Session

    @property
    def curator(self) -> str:
        """The curator's name."""
        return self.session.curator or ""

    @property
    def form_token(self) -> str:
        """What the forms of a page carry."""
        return self.sessions.form_token(self.session)

    def told(self, response: Response) -> Response:
        """The response with a cookie without what its page has told, so that it is told once."""
        if self.session.notice:
            self.sessions.keep(response, replace(self.session, notice=None, about=None))
        return response

    def to_tell(self, response: Response, notice: str, about: str | None = None) -> Response:
        """The response with a cookie that has the next page tell something, with a link to what it is ``about``."""
        self.sessions.keep(response, replace(self.session, notice=notice, about=about))
        return response


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form that was sent from a page of its session."""

    visit: Visit
    fields: Mapping[str, list[str]]

    def text(self, name: str, most: int = 200) -> str:
        """A field of one line, with single spaces; empty where it is missing."""
        return " ".join(self.raw(name, most).split())

    def note(self) -> str | None:
        """The field ``note``."""
        return self.text("note", MOST_NOTE) or None

    def lines(self, name: str, most: int = 4000) -> list[str]:
        """The lines of a field, without empty ones."""
        return [line for text in self.raw(name, most).splitlines() if (line := " ".join(text.split()))]

    def raw(self, name: str, most: int) -> str:
        """A field as it came.

        Raises:
            HTTPException: it is longer than ``most`` characters.
        """
        value = self.fields.get(name, [""])[0]
        if len(value) > most:
            raise HTTPException(HTTPStatus.BAD_REQUEST, gettext("%(name)s is too long.", name=name))
        return value


def _sessions(site: SiteDependency) -> Sessions:
    if site.sessions is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return site.sessions


SessionsDependency = Annotated[Sessions, Depends(_sessions)]


async def session_of(request: Request, site: Site, sessions: Sessions) -> Session | None:
    """The session of a request; ``None`` where there is none, or whoever had it has logged out."""
    session = sessions.read(request)
    return None if session is None or await site.read(has_ended, session.id) else session


async def _curator(request: Request, site: SiteDependency, sessions: SessionsDependency) -> Visit:
    session = await session_of(request, site, sessions)
    if session is None or not session.curator:
        query = f"?{request.url.query}" if request.url.query else ""
        raise Elsewhere(links.login(f"{request.url.path}{query}" if request.method == "GET" else ""))
    return Visit(sessions, session)


#: Whoever has logged in, as a parameter of a page.
CuratorDependency = Annotated[Visit, Depends(_curator)]


async def _form(request: Request, site: SiteDependency, sessions: SessionsDependency) -> Form:
    """A form of whoever has a session, logged in or not.

    Raises:
        HTTPException: it comes from elsewhere, or from a page of another session.
    """
    session = await session_of(request, site, sessions)
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"} or session is None:
        raise _foreign()
    fields = await _fields(request)
    if not sessions.is_form_token(session, fields.get("csrf", [""])[0]):
        raise _foreign()
    return Form(Visit(sessions, session), fields)


FormDependency = Annotated[Form, Depends(_form)]


async def _curators_form(form: FormDependency) -> Form:
    if not form.visit.session.curator:
        raise Elsewhere(links.login())
    return form


#: A form that somebody sent who has logged in, as a parameter of a page.
CuratorsForm = Annotated[Form, Depends(_curators_form)]


def _foreign() -> HTTPException:
    return HTTPException(
        HTTPStatus.FORBIDDEN,
        gettext("This form is not from a page of your session. Load that page again, and send it anew."),
    )


async def _fields(request: Request) -> Mapping[str, list[str]]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(_TOO_LARGE)
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None


async def visit_of(request: Request, site: Site) -> Visit | None:
    """The curator who asks for a page that readers see too; ``None`` for a reader."""
    session = await session_of(request, site, site.sessions) if site.sessions else None
    return Visit(site.sessions, session) if site.sessions and session and session.curator else None
