"""Comparing: two to four entities on one time axis, each in a lane of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.store.entities import EntityRow, entity_by_slug, months_of, with_versions
from app.store.stories import StorySummary
from app.store.timeline_filter import TimelineFilter
from app.store.timelines import days, timeline_page
from app.web import links, words
from app.web.explorer import Subject, explore, export
from app.web.exports.timeline import FORMS
from app.web.i18n import gettext
from app.web.parameters import BadParameter, TimelineParameters
from app.web.site import Site, SiteDependency
from app.web.sparkline import Sparkline, common_span, sparkline
from app.web.timeline_filters import Own
from app.web.timeline_view import TimelineView

router = APIRouter()

PATH = "/compare"
MOST_LANES = 4
#: Stories about all of them that are listed.
SHARED = 8


@dataclass(frozen=True, slots=True)
class LaneView:
    """One of the entities that are compared."""

    entity: EntityRow
    activity: Sparkline | None
    without_url: str
    """The comparison without it."""


@dataclass(frozen=True, slots=True)
class CompareView:
    """A comparison; ``shared_count`` stories are about all of them."""

    lanes: tuple[LaneView, ...]
    shared: tuple[StorySummary, ...]
    shared_count: int
    shared_url: str
    naming_count: int
    """Stories that name all of them, where none is about all."""
    naming_url: str
    timeline: TimelineView


@router.get(PATH)
async def compare_page(request: Request, site: SiteDependency) -> Response:
    """Parallel timelines, and the stories that they share."""
    parameters = TimelineParameters.from_request(request)
    lanes = await _lanes(site, parameters)
    return await explore(
        request,
        site,
        "pages/compare.html",
        _subject(lanes),
        lambda connection, timeline: _view(connection, parameters, lanes, timeline),
    )


async def compare_form(request: Request, site: SiteDependency) -> Response:
    """The entries of all lanes in another form."""
    lanes = await _lanes(site, TimelineParameters.from_request(request))
    return await export(request, site, _subject(lanes))


for _form in FORMS:
    router.add_api_route(f"{PATH}.{_form}", compare_form, methods=["GET"], name=f"compare {_form}")


async def _lanes(site: Site, parameters: TimelineParameters) -> tuple[EntityRow, ...]:
    if len(parameters.entity) > MOST_LANES:
        raise BadParameter(
            gettext("entity is given %(count)s times; %(most)s can be compared", count=len(parameters.entity), most=MOST_LANES)
        )
    found = [await site.read(entity_by_slug, slug) for slug in parameters.entity]
    return tuple(entity for entity in found if entity)


def _subject(lanes: tuple[EntityRow, ...]) -> Subject:
    names = words.listed([lane.name for lane in lanes])
    return Subject(PATH, gettext("Compare %(names)s", names=names) if lanes else gettext("Compare"), Own(lanes=lanes))


def _view(
    connection: Connection, parameters: TimelineParameters, lanes: tuple[EntityRow, ...], timeline: TimelineView
) -> CompareView:
    months = {entity.id: months_of(connection, entity.id) for entity in lanes}
    span = common_span(months.values())
    together = TimelineFilter(entities=tuple(with_versions(connection, entity.id) for entity in lanes), types=("story",))
    shared = timeline_page(connection, together, SHARED).rows if len(lanes) > 1 else ()
    shared_count = days(connection, together).total() if len(lanes) > 1 else 0
    naming = days(connection, replace(together, mentions=True)).total() if len(lanes) > 1 and not shared_count else 0
    others = replace(parameters, type=("story",), any_entity=False, before=None, after=None)
    return CompareView(
        lanes=tuple(
            LaneView(
                entity,
                sparkline(months[entity.id], *span) if span else None,
                links.timeline(parameters, PATH, entity=tuple(slug for slug in parameters.entity if slug != entity.slug)),
            )
            for entity in lanes
        ),
        shared=tuple(row.story for row in shared),
        shared_count=shared_count,
        shared_url=links.timeline(others),
        naming_count=naming,
        naming_url=links.timeline(replace(others, mentions=True)),
        timeline=timeline,
    )
