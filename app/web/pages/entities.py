"""Entities: the index, and each with its timeline."""

from __future__ import annotations

import string
from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.domain.entities import Kind
from app.store.entities import (
    CountedEntity,
    EntityRow,
    RelationRow,
    aliases_of,
    entities_named,
    index,
    index_counts,
    mentioned_with,
    months_of,
    relations_of,
    together,
    with_versions,
)
from app.store.events import ToldEvent, undated_events
from app.store.facets import Facets, FacetValue
from app.store.findings import Share, entity_share
from app.store.timeline_filter import TimelineFilter
from app.web import links
from app.web.elsewhere import EntityDependency
from app.web.explorer import Subject, explore, export
from app.web.exports.timeline import FORMS
from app.web.i18n import N_, gettext
from app.web.parameters import BadParameter
from app.web.site import SiteDependency
from app.web.sparkline import Sparkline, common_span, sparkline
from app.web.ties import Ties, ties
from app.web.timeline_filters import Own
from app.web.timeline_view import TimelineView

router = APIRouter()

#: Names beside a timeline.
SHOWN = 12
#: Events without a date below it.
UNDATED = 8
LETTERS = (*string.ascii_uppercase, "#")

_FORWARD = {
    "parent": N_("Part of"),
    "maker": N_("Made by"),
    "family": N_("Family"),
    "member": N_("At"),
    "stake": N_("Partly owned by"),
}
_BACKWARD = {
    "parent": N_("Parts"),
    "maker": N_("Makes"),
    "family": N_("Versions"),
    "member": N_("People"),
    "stake": N_("Holds a part of"),
}


@dataclass(frozen=True, slots=True)
class RelationsView:
    """Entities that are tied to one in the same way."""

    label: str
    outgoing: bool
    entities: tuple[RelationRow, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity's page."""

    entity: EntityRow
    aliases: tuple[str, ...]
    relations: tuple[RelationsView, ...]
    mentioned_with: tuple[CountedEntity, ...]
    outlets: tuple[FacetValue, ...]
    timeline: TimelineView
    share: Share
    """Of the sentences in stories about it."""
    activity: Sparkline | None
    ties: Ties | None
    """Between those that it is mentioned with."""
    undated: tuple[ToldEvent, ...]
    """Events that nobody gives a date for."""

    @property
    def belongs_to(self) -> tuple[RelationsView, ...]:
        """Its makers, owners and families: what it is, rather than what it has."""
        return tuple(relation for relation in self.relations if relation.outgoing)


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index of entities."""

    kind: str | None
    initial: str | None
    kinds: tuple[tuple[str, int], ...]
    letters: tuple[tuple[str, int], ...]
    entities: tuple[EntityRow, ...]
    total: int


@router.get("/entities")
async def entity_index(request: Request, site: SiteDependency, kind: str | None = None, initial: str | None = None) -> Response:
    """The entities that stories mention, by kind and initial."""
    if kind and kind not in set(Kind):
        raise BadParameter(
            gettext("%(name)s=%(value)s is not known; it may be: %(known)s", name="kind", value=kind, known=", ".join(Kind))
        )
    if initial and initial not in LETTERS:
        raise BadParameter(gettext("initial=%(initial)s is not known; it may be A to Z, or %%23 for the rest", initial=initial))
    view = await site.read(_index_view, kind or None, initial or None)
    return site.templates.page(request, "pages/entities.html", {"view": view})


@router.get("/entities/suggest")
async def suggestions(request: Request, site: SiteDependency, name: str = Query(default="", max_length=100)) -> Response:
    """Names that begin like what is being typed, for the form of a timeline."""
    found = await site.read(entities_named, name, SHOWN)
    return site.templates.page(request, "partials/suggestions.html", {"entities": found})


async def entity_form(request: Request, site: SiteDependency, entity: EntityDependency) -> Response:
    """The timeline of an entity in another form."""
    return await export(request, site, _subject(entity))


for _form in FORMS:
    router.add_api_route("/entities/{slug}." + _form, entity_form, methods=["GET"], name=f"entity {_form}")


@router.get("/entities/{slug}")
async def entity_page(request: Request, site: SiteDependency, entity: EntityDependency) -> Response:
    """An entity with its timeline."""
    return await explore(
        request,
        site,
        "pages/entity.html",
        _subject(entity),
        lambda connection, timeline: _entity_view(connection, entity, timeline),
    )


def _subject(entity: EntityRow) -> Subject:
    return Subject(links.entity(entity.slug), entity.name, Own(entity=entity))


def _entity_view(connection: Connection, entity: EntityRow, timeline: TimelineView) -> EntityView:
    family = with_versions(connection, entity.id)
    others = mentioned_with(connection, entity.id, SHOWN)
    months = months_of(connection, entity.id)
    span = common_span([months])
    narrowed = bool(timeline.chosen or timeline.parameters.before or timeline.parameters.after)
    return EntityView(
        entity=entity,
        aliases=aliases_of(connection, entity.id),
        relations=_relations(relations_of(connection, entity.id)),
        mentioned_with=others,
        outlets=Facets(connection, TimelineFilter(entities=(family,))).outlets(SHOWN),
        share=entity_share(connection, entity.id),
        timeline=timeline,
        activity=sparkline(months, *span) if span else None,
        ties=ties(
            [(other.slug, other.name) for other in others], together(connection, {other.id: other.slug for other in others})
        ),
        undated=() if narrowed else undated_events(connection, family, UNDATED),
    )


def _relations(rows: tuple[RelationRow, ...]) -> tuple[RelationsView, ...]:
    groups: dict[tuple[bool, str], list[RelationRow]] = {}
    for row in rows:
        if row.outgoing or row.story_count:
            groups.setdefault((row.outgoing, row.kind), []).append(row)
    return tuple(
        RelationsView(gettext((_FORWARD if outgoing else _BACKWARD)[kind]), outgoing, tuple(members[:SHOWN]))
        for (outgoing, kind), members in groups.items()
    )


def _index_view(connection: Connection, kind: str | None, initial: str | None) -> IndexView:
    counts = index_counts(connection)
    by_kind: Counter[str] = Counter()
    by_letter: Counter[str] = Counter()
    for (row_kind, letter), count in counts.items():
        by_kind[row_kind] += count
        if kind in (None, row_kind):
            by_letter[letter] += count
    return IndexView(
        kind=kind,
        initial=initial,
        kinds=tuple((value, by_kind[value]) for value in Kind if by_kind[value]),
        letters=tuple((letter, by_letter[letter]) for letter in LETTERS),
        entities=index(connection, kind, initial),
        total=by_kind.total(),
    )
