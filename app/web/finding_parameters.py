"""The state of a list of findings as its address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fastapi import Request
from sqlalchemy import Connection

from app.domain.findings import FindingKind, FindingState, Strength
from app.store.entities import EntityRow, entity_by_slug, with_versions
from app.store.findings import SHOWN, FindingFilter, Place
from app.store.listings import NamedRow, category_by_slug, outlet_by_slug
from app.web.i18n import gettext
from app.web.parameters import BadParameter, check_range, day_bound, values_of


@dataclass(frozen=True, slots=True)
class FindingParameters:
    """The parameters of a list of findings as they stand in its address."""

    kind: tuple[str, ...] = ()
    strength: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    after: Place | None = None

    @classmethod
    def from_request(cls, request: Request, states: tuple[FindingState, ...] = SHOWN) -> FindingParameters:
        """The parameters of a request, ``states`` those that whoever asks may see.

        Raises:
            BadParameter: one of them cannot be read.
        """
        query = request.query_params
        parameters = cls(
            kind=values_of(request, "kind", list(FindingKind)),
            strength=values_of(request, "strength", list(Strength)),
            state=values_of(request, "state", list(states)),
            entity=values_of(request, "entity"),
            outlet=values_of(request, "outlet"),
            category=values_of(request, "category"),
            first=query.get("from") or None,
            last=query.get("to") or None,
            after=_place(query.get("after")),
        )
        check_range(parameters.first, parameters.last)
        return parameters

    def as_query(self) -> dict[str, object]:
        """The parameters by their names in an address, the place in the list excepted."""
        return {
            "kind": self.kind,
            "strength": self.strength,
            "state": self.state,
            "entity": self.entity,
            "outlet": self.outlet,
            "category": self.category,
            "from": self.first,
            "to": self.last,
        }


@dataclass(frozen=True, slots=True)
class ResolvedFindings:
    """The parameters with the things that they name."""

    filters: FindingFilter
    entities: tuple[EntityRow, ...] = ()
    outlets: tuple[NamedRow, ...] = ()
    categories: tuple[NamedRow, ...] = ()
    unknown: tuple[str, ...] = field(default=())
    """Slugs that name nothing; with one of them nothing can match."""


def resolve_findings(
    connection: Connection, parameters: FindingParameters, states: tuple[FindingState, ...] = SHOWN
) -> ResolvedFindings:
    """Look up what the parameters name; without a state among them, those of ``states`` are meant."""
    entities = {slug: entity_by_slug(connection, slug) for slug in parameters.entity}
    outlets = {slug: outlet_by_slug(connection, slug) for slug in parameters.outlet}
    categories = {slug: category_by_slug(connection, slug) for slug in parameters.category}
    known = ResolvedFindings(
        FindingFilter(
            kinds=parameters.kind,
            strengths=parameters.strength,
            states=parameters.state or states,
            first=day_bound("from", parameters.first),
            last=day_bound("to", parameters.last, end=True),
        ),
        tuple(row for row in entities.values() if row),
        tuple(row for row in outlets.values() if row),
        tuple(row for row in categories.values() if row),
        tuple(slug for named in (entities, outlets, categories) for slug, row in named.items() if row is None),
    )
    filters = replace(
        known.filters,
        entities=tuple(with_versions(connection, row.id) for row in known.entities),
        outlet_ids=tuple(row.id for row in known.outlets),
        category_ids=tuple(row.id for row in known.categories),
    )
    return replace(known, filters=filters)


def _place(text: str | None) -> Place | None:
    if not text:
        return None
    try:
        return Place.parse(text)
    except ValueError:
        raise BadParameter(
            gettext("after=%(after)s is not a place in this list; follow the link at its end", after=text)
        ) from None
