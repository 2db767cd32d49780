"""A list of findings as its page needs it: rows, filters with what each would leave, and the way to the next page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain.dates import parse_edtf
from app.domain.findings import FindingState
from app.store.finding_decisions import Mended, mended
from app.store.findings import (
    COUNTED,
    SHOWN,
    FindingCount,
    FindingFilter,
    FindingRow,
    Place,
    category_names,
    counts,
    findings,
    named_most,
)
from app.web import links, words
from app.web.finding_parameters import FindingParameters, ResolvedFindings, resolve_findings
from app.web.findings_view import (
    KINDS,
    STATES,
    STRENGTHS,
    FindingView,
    MendedView,
    SourceText,
    finding_views,
    mended_view,
)
from app.web.i18n import gettext, pgettext
from app.web.parameters import current_entities

PATH = "/findings"
#: Names that a filter offers.
_NAMES = 8


@dataclass(frozen=True, slots=True)
class OptionView:
    """A value of a filter: what it leaves, and the address that adds it or, where it is ``chosen``, takes it away."""

    label: str
    url: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """The values of a filter."""

    label: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class FindingListView:
    """A page of findings."""

    findings: tuple[FindingView, ...]
    mended: tuple[MendedView, ...]
    """On the last page, where corrected ones are asked for: those that are gone from their stories."""
    total: int
    facets: tuple[FacetView, ...]
    partial: bool
    """Names are counted among the newest findings only."""
    chosen: tuple[OptionView, ...]
    unknown: tuple[str, ...]
    path: str
    next_url: str | None
    atom_url: str
    csv_url: str


def finding_list(
    connection: Connection,
    parameters: FindingParameters,
    page_size: int,
    source_text: SourceText,
    path: str = PATH,
    states: tuple[FindingState, ...] = SHOWN,
) -> FindingListView:
    """A page of the list at ``path``, ``states`` those that whoever asks may see."""
    parameters = replace(parameters, entity=current_entities(connection, parameters.entity))
    resolved = resolve_findings(connection, parameters, states)
    rows, next_place = page_of(connection, parameters, resolved, page_size)
    widest = _widest(resolved, states)
    everything = () if resolved.unknown else counts(connection, widest)
    gone = () if resolved.unknown else tuple(_counted(mended(connection, widest)))
    asked = gone if asks_for_mended(parameters) else ()
    total = sum(count.findings for count in (*everything, *asked) if _matches(count, resolved))
    query = parameters.as_query()
    return FindingListView(
        findings=finding_views(connection, rows, source_text),
        mended=tuple(mended_view(one, source_text) for one in mended_after(connection, parameters, resolved, next_place)),
        total=total,
        facets=tuple(_facets(connection, parameters, resolved, (everything, gone), states, path)),
        partial=total > COUNTED,
        chosen=tuple(_chosen(parameters, resolved, path)),
        unknown=resolved.unknown,
        path=path,
        next_url=links.findings(query, path, after=str(next_place)) if next_place else None,
        atom_url=links.findings(query, f"{PATH}.atom"),
        csv_url=links.findings(query, f"{PATH}.csv"),
    )


def page_of(
    connection: Connection, parameters: FindingParameters, resolved: ResolvedFindings, size: int
) -> tuple[tuple[FindingRow, ...], Place | None]:
    """The findings from the place in the list on, and the place after which the next page begins."""
    if resolved.unknown:
        return (), None
    rows = findings(connection, resolved.filters, size + 1, parameters.after)
    if len(rows) <= size:
        return rows, None
    last = rows[size - 1]
    return rows[:size], Place(last.strength, last.sort_date, last.id)


def asks_for_mended(parameters: FindingParameters) -> bool:
    """Whether findings are asked for that were corrected and are gone: only by name, for a list is of what stands in stories."""
    return FindingState.CORRECTED in parameters.state


def mended_after(
    connection: Connection, parameters: FindingParameters, resolved: ResolvedFindings, next_place: Place | None
) -> Sequence[Mended]:
    """The corrected findings that are gone, below the last page of those that are there."""
    if next_place or resolved.unknown or not asks_for_mended(parameters):
        return ()
    return mended(connection, resolved.filters)


def _counted(found: Iterable[Mended]) -> Iterable[FindingCount]:
    for one in found:
        said = one.decision.details
        yield FindingCount(said.get("kind", ""), said.get("strength", ""), FindingState.CORRECTED, one.category_id, 1)


def _widest(resolved: ResolvedFindings, states: tuple[FindingState, ...]) -> FindingFilter:
    return replace(resolved.filters, kinds=(), strengths=(), states=states, category_ids=())


def _matches(count: FindingCount, resolved: ResolvedFindings, but: str = "") -> bool:
    """Whether what is counted passes the filters, the one on the column ``but`` excepted."""
    wanted: Mapping[str, Sequence[object]] = {
        "kind": resolved.filters.kinds,
        "strength": resolved.filters.strengths,
        "state": resolved.filters.states,
        "category_id": resolved.filters.category_ids,
    }
    return all(not values or column == but or getattr(count, column) in values for column, values in wanted.items())


def _facets(
    connection: Connection,
    parameters: FindingParameters,
    resolved: ResolvedFindings,
    counted: tuple[Sequence[FindingCount], Sequence[FindingCount]],
    states: Sequence[FindingState],
    path: str,
) -> Iterable[FacetView]:
    """``counted`` are the findings that are there, and those that were corrected and are gone."""
    query = parameters.as_query()
    there, gone = counted

    def tally(column: str) -> Counter[object]:
        found: Counter[object] = Counter()
        for count in (*there, *(gone if column == "state" or asks_for_mended(parameters) else ())):
            if _matches(count, resolved, column):
                found[getattr(count, column)] += count.findings
        return found

    def facet(label: str, name: str, values: Iterable[tuple[str, str, int]], chosen: Sequence[str]) -> FacetView:
        options = [
            OptionView(text, links.findings(query, path, **{name: _toggled(chosen, value)}), count, value in chosen)
            for value, text, count in values
            if count or value in chosen
        ]
        return FacetView(label, tuple(options))

    by_strength, by_kind, by_state, by_category = (tally(c) for c in ("strength", "kind", "state", "category_id"))
    names = category_names(connection, [int(str(row_id)) for row_id in by_category if row_id is not None])
    categories = sorted(
        ((slug, name, by_category[row_id]) for row_id, (slug, name) in names.items()), key=lambda row: (-row[2], row[1])
    )
    yield facet(
        gettext("Strength"),
        "strength",
        [(v, gettext(text), by_strength[v]) for v, text in STRENGTHS.items()],
        parameters.strength,
    )
    yield facet(gettext("Kind"), "kind", [(v, gettext(text), by_kind[v]) for v, (text, *_) in KINDS.items()], parameters.kind)
    yield facet(gettext("State"), "state", [(v, gettext(STATES[v]), by_state[v]) for v in states], parameters.state)
    if resolved.unknown:
        return
    entities, outlets = named_most(connection, resolved.filters, _NAMES)
    for label, name, found, chosen in (
        (pgettext("what findings are about", "About"), "entity", entities, parameters.entity),
        (gettext("Source by"), "outlet", outlets, parameters.outlet),
    ):
        yield facet(label, name, [(row.slug, row.name, row.findings) for row in found if row.slug not in chosen], chosen)
    yield facet(gettext("Filed under"), "category", categories[:_NAMES], parameters.category)


def _toggled(chosen: Sequence[str], value: str) -> tuple[str, ...]:
    return tuple(other for other in chosen if other != value) if value in chosen else (*chosen, value)


def _chosen(parameters: FindingParameters, resolved: ResolvedFindings, path: str) -> Iterable[OptionView]:
    """What is chosen that its facet may not show: each leads to the list without it."""
    query = parameters.as_query()

    def option(label: str, **changes: object) -> OptionView:
        return OptionView(label, links.findings(query, path, **changes), None, True)

    for name, rows, slugs in (
        ("entity", resolved.entities, parameters.entity),
        ("outlet", resolved.outlets, parameters.outlet),
        ("category", resolved.categories, parameters.category),
    ):
        for row in rows:
            yield option(row.name, **{name: _toggled(slugs, row.slug)})
    for slug in resolved.unknown:
        without = {
            name: tuple(other for other in values if other != slug)
            for name, values in (
                ("entity", parameters.entity),
                ("outlet", parameters.outlet),
                ("category", parameters.category),
            )
        }
        yield option(gettext("unknown: %(slug)s", slug=slug), **without)
    for value in parameters.strength:
        yield option(gettext(STRENGTHS[value]), strength=_toggled(parameters.strength, value))
    for value in parameters.kind:
        yield option(gettext(KINDS[value][0]), kind=_toggled(parameters.kind, value))
    for value in parameters.state:
        yield option(gettext(STATES[value]), state=_toggled(parameters.state, value))
    if parameters.first:
        yield option(gettext("from %(date)s", date=_span(parameters.first)), **{"from": None})
    if parameters.last:
        yield option(gettext("to %(date)s", date=_span(parameters.last)), to=None)


def _span(edtf: str) -> str:
    return words.interval(parse_edtf(edtf))
