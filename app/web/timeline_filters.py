"""The filters of a timeline as templates need them: chips for what is chosen, fields and names for what may be, with counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from app.domain.dates import parse_edtf
from app.store.entities import EntityRow, with_versions
from app.store.facets import Facets, FacetValue
from app.store.timeline_filter import TimelineFilter
from app.web import links, words
from app.web.i18n import gettext
from app.web.parameters import ResolvedFilter, TimelineParameters

#: Outlets that the form offers, and names to add.
OUTLETS_SHOWN, ALSO_SHOWN = 8, 8


@dataclass(frozen=True, slots=True)
class ChipView:
    """Something chosen, with the address of the view without it; or something to choose, with its count."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A value of a field of the form, with the rows that there would be."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the form: values that are alternatives to each other."""

    name: str
    legend: str
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What a page is about: it is in every filter of the page's timeline, and not among the chips."""

    entity: EntityRow | None = None
    category: int | None = None
    outlet: int | None = None
    thread: tuple[int, ...] | None = None
    """The stories of a thread."""
    lanes: tuple[EntityRow, ...] | None = None
    """Entities side by side: one of them is enough for a row."""

    def narrow(self, connection: Connection, filters: TimelineFilter) -> TimelineFilter:
        """The filter with what the page is about."""
        if self.entity is not None:
            filters = replace(filters, entities=(with_versions(connection, self.entity.id), *filters.entities))
        if self.category is not None:
            filters = replace(filters, category_ids=(self.category,))
        if self.outlet is not None:
            filters = replace(filters, outlet_ids=(self.outlet,))
        if self.thread is not None:
            filters = replace(filters, story_ids=self.thread)
        if self.lanes is not None:
            anybody = {entity_id for group in self.groups(connection) for entity_id in group}
            filters = replace(filters, entities=(tuple(sorted(anybody)),))
        return filters

    def groups(self, connection: Connection) -> list[tuple[int, ...]]:
        """What each lane holds: its entity, or the family with its versions."""
        return [with_versions(connection, entity.id) for entity in self.lanes or ()]


def chosen(path: str, parameters: TimelineParameters, resolved: ResolvedFilter, own: Own) -> Iterable[ChipView]:
    """What is chosen beside what the page is about, each with the address without it."""

    def without(name: str, values: Sequence[str], value: str) -> str:
        return links.timeline(parameters, path, **{name: tuple(other for other in values if other != value)})

    for entity in resolved.entities if own.lanes is None else ():
        yield ChipView(entity.name, without("entity", parameters.entity, entity.slug))
    for category in resolved.categories:
        yield ChipView(category.name, without("category", parameters.category, category.slug))
    for outlet in resolved.outlets:
        yield ChipView(outlet.name, without("outlet", parameters.outlet, outlet.slug))
    for slug in resolved.unknown:
        kept: dict[str, object] = {
            name: tuple(other for other in values if other != slug)
            for name, values in (
                ("entity", parameters.entity),
                ("category", parameters.category),
                ("outlet", parameters.outlet),
            )
        }
        yield ChipView(gettext("unknown: %(name)s", name=slug), links.timeline(parameters, path, **kept))
    for value in parameters.type:
        yield ChipView(words.event_type(value), without("type", parameters.type, value))
    for value in parameters.kind:
        yield ChipView(words.kind(value, plural=True), without("kind", parameters.kind, value))
    for value in parameters.verdict:
        yield ChipView(words.verdict(value), without("verdict", parameters.verdict, value))
    if parameters.first:
        yield ChipView(
            gettext("from %(date)s", date=words.interval(parse_edtf(parameters.first))),
            links.timeline(parameters, path, **{"from": None}),
        )
    if parameters.last:
        yield ChipView(
            gettext("to %(date)s", date=words.interval(parse_edtf(parameters.last))), links.timeline(parameters, path, to=None)
        )
    if parameters.any_entity and len(resolved.entities) > 1:
        yield ChipView(gettext("any of the names"), links.timeline(parameters, path, match=None))
    if parameters.mentions:
        yield ChipView(gettext("mentions too"), links.timeline(parameters, path, mentions=None))


def also(facets: Facets, path: str, parameters: TimelineParameters) -> Iterable[ChipView]:
    """Names to add; not where any one of them is enough, as then they would not narrow anything."""
    if parameters.any_entity:
        return
    for slug, name, rows in facets.entities(ALSO_SHOWN):
        yield ChipView(name, links.timeline(parameters, path, entity=(*parameters.entity, slug)), rows)


def fields(facets: Facets, parameters: TimelineParameters, own: Own) -> Iterable[FieldView]:
    """The fields of the form, with what each value would leave."""
    yield _field("type", gettext("What happened"), facets.types(), parameters.type, words.event_type)
    yield _field("kind", gettext("Who takes part"), facets.kinds(), parameters.kind, partial(words.kind, plural=True))
    yield _field("verdict", gettext("What the check says"), facets.verdicts(), parameters.verdict, words.verdict)
    if own.outlet is None:
        yield _field("outlet", gettext("Reported by"), facets.outlets(OUTLETS_SHOWN), parameters.outlet)
    if own.category is None:
        yield _field("category", gettext("Filed under"), facets.categories(), parameters.category)


def _field(
    name: str,
    legend: str,
    values: Iterable[FacetValue],
    chosen: Sequence[str],
    in_words: Callable[[str], str] | None = None,
) -> FieldView:
    """A field with the values that have rows, and those chosen even if they have none."""
    known = {value.value: value for value in values}
    known |= {value: FacetValue(value, value, 0) for value in chosen if value not in known}
    return FieldView(
        name,
        legend,
        tuple(
            ChoiceView(value.value, in_words(value.value) if in_words else value.name, value.rows, value.value in chosen)
            for value in known.values()
        ),
    )
