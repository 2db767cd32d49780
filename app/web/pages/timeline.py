"""The timeline of everything."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.explorer import Subject, explore, export
from app.web.exports.timeline import FORMS
from app.web.i18n import gettext
from app.web.site import SiteDependency

router = APIRouter()

PATH = "/timeline"


def _subject() -> Subject:
    return Subject(PATH, gettext("Timeline"))


@router.get(PATH)
async def timeline_page(request: Request, site: SiteDependency) -> Response:
    """Everything, or what the filters leave of it."""
    return await explore(request, site, "pages/timeline.html", _subject(), lambda _, timeline: timeline)


async def timeline_form(request: Request, site: SiteDependency) -> Response:
    """The same in another form."""
    return await export(request, site, _subject())


for _form in FORMS:
    router.add_api_route(f"{PATH}.{_form}", timeline_form, methods=["GET"], name=f"timeline {_form}")
