"""Templates: escaping is always on, and a name that is missing is an error instead of a gap."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from app.config import Settings
from app.domain.dates import parse_edtf
from app.web import links, words
from app.web.static import StaticFiles

#: What an answer depends on beside its address: the same address is a page or a part of one.
VARY = "HX-Request, HX-Target"


class Templates:
    """The templates of a directory, as responses."""

    def __init__(self, directory: Path, static: StaticFiles, settings: Settings) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(directory),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "links": links,
            "static": static.url,
            "site_name": settings.site_name,
            "base_url": settings.base_url.rstrip("/"),
        }
        self._environment.filters |= {
            "counted": words.counted,
            "day": words.day,
            "event_type": words.event_type,
            "edtf": lambda text: words.interval(parse_edtf(text)),
            "interval": words.interval,
            "kind": words.kind,
            "listed": words.listed,
            "machine": words.machine,
            "margin": words.margin,
            "money": words.money,
            "month": words.month,
            "number": words.number,
            "role": words.role,
            "verdict": words.verdict,
            "weekday": words.weekday,
        }

    def page(
        self,
        request: Request,
        name: str,
        context: dict[str, object],
        status: int = HTTPStatus.OK,
        headers: dict[str, str] | None = None,
    ) -> HTMLResponse:
        """A whole page, or a part of one where ``name`` is a partial."""
        html = self._environment.get_template(name).render(request=request, **context)
        return HTMLResponse(html, status, headers={"vary": VARY, **(headers or {})})

    def error(
        self,
        request: Request,
        status: int,
        detail: str,
        reference: str | None,
        suggestions: Sequence[object],
        headers: dict[str, str] | None,
    ) -> HTMLResponse:
        """The page of an error, with other pages that may have been meant."""
        context: dict[str, object] = {"status": status, "detail": detail, "reference": reference, "suggestions": suggestions}
        return self.page(request, "pages/error.html", context, status, headers)


def wants_part(request: Request, target: str) -> bool:
    """Whether htmx asks for the part of a page with this id, rather than a browser for the page."""
    headers = request.headers
    if headers.get("hx-request") != "true" or headers.get("hx-history-restore-request") == "true":
        return False
    return headers.get("hx-target", "").endswith(target)
