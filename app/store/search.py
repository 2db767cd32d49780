"""Searching stories: by relevance while the hits are few, newest first beyond that, and the answer says which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, Select, bindparam, extract, func, select

from app.domain.dates import parse_edtf
from app.domain.events import EventType
from app.domain.text import fold
from app.store.dialects import DIALECTS, dialect_of
from app.store.dialects.search import SearchQuery, parse_query, write_query
from app.store.entities import entities_named, entity_by_slug, with_versions
from app.store.facets import FacetValue
from app.store.listings import category_named, outlet_named
from app.store.schema import Alias, Category, Entity, Event, Revision, Source, Story, StoryEntity
from app.store.stories import StorySummary, stories_by_id
from app.store.withdrawals import shown

#: More hits than this are not ranked: sorting them all by relevance would take longer than anybody waits.
RANKED_HITS = 2000
#: Values of each facet.
FACET_VALUES = 6
#: Of so many of the newest stories the words of the titles are known to the spelling help, beside all names.
_TITLES = 3000
#: How alike a word and its suggestion are (``difflib``'s ratio, 0 to 1).
_ALIKE = 0.75


class Order(StrEnum):
    """How results are ordered."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Result:
    """A story that matches.

    ``passage`` is text in pieces, every second one (from the second) a match; ``field`` is where it stands.
    """

    story: StorySummary
    field: str
    passage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results. ``total`` is exact up to ``RANKED_HITS``; one more than that means "more than"."""

    query: SearchQuery
    results: tuple[Result, ...]
    total: int
    order: Order
    misunderstood: tuple[tuple[str, str], ...] = ()
    """Operators with values that name nothing; with one of them nothing is found."""


class Facets(NamedTuple):
    """What the hits are about, filed under, and of which year, each value with its number of hits."""

    entities: tuple[FacetValue, ...]
    categories: tuple[FacetValue, ...]
    years: tuple[FacetValue, ...]


def search(connection: Connection, text: str, limit: int, offset: int = 0) -> Results:
    """Stories whose title, names, summary or sources have all words of ``text`` (phrases in double quotes), without those that
    have a ``-word``, and for which every operator holds: ``entity:``, ``type:``, ``outlet:``, ``category:``, ``from:``, ``to:``.
    """
    query = parse_query(text)
    among, misunderstood = _among(connection, query)
    if misunderstood or (not query.terms and among is None):
        return Results(query, (), 0, Order.RELEVANCE, misunderstood)
    if query.unfinished:
        # A word that alone is found too often to be ranked needs no endings, which would take their time.
        whole = replace(query, unfinished=False)
        if _count(connection, whole, among) > RANKED_HITS:
            query = whole
    total = _count(connection, query, among)
    if not query.terms:
        assert among is not None, "without words there are operators"
        newest = select(Story.id).where(Story.id.in_(among)).order_by(Story.sort_date.desc().nulls_last(), Story.id.desc())
        ids = connection.scalars(newest.limit(limit).offset(offset)).all()
        stories = stories_by_id(connection, ids)
        return Results(query, tuple(Result(stories[one], "summary", (stories[one].dek,)) for one in ids), total, Order.NEWEST)
    order = Order.RELEVANCE if total <= RANKED_HITS else Order.NEWEST
    found = dialect_of(connection).find_hits(
        connection, query, among, by_relevance=order is Order.RELEVANCE, limit=limit, offset=offset
    )
    stories = stories_by_id(connection, [hit.story_id for hit in found])
    return Results(query, tuple(Result(stories[hit.story_id], hit.field, hit.passage) for hit in found), total, order)


class _Statements(NamedTuple):
    """What is asked about hits. Parameters: ``most``, up to which they are counted; ``asked``, the names that a search has."""

    total: Select[int]
    entities: Select[str, str, int]
    categories: Select[str, str, int]
    years: Select[int, int]


def _about(hits: Select[int]) -> _Statements:
    rows, year = func.count(), extract("year", Story.sort_date)
    return _Statements(
        total=select(func.count()).select_from(hits.limit(bindparam("most")).subquery()),
        entities=select(Entity.slug, Entity.name, rows)
        .join(StoryEntity, StoryEntity.entity_id == Entity.id)
        .where(StoryEntity.story_id.in_(hits), StoryEntity.about, Entity.slug.not_in(bindparam("asked")))
        .group_by(Entity.slug, Entity.name)
        .order_by(rows.desc(), Entity.name)
        .limit(FACET_VALUES),
        categories=select(Category.slug, Category.name, rows)
        .join(Story, Story.category_id == Category.id)
        .where(Story.id.in_(hits))
        .group_by(Category.slug, Category.name)
        .order_by(rows.desc(), Category.name)
        .limit(FACET_VALUES),
        years=select(year, rows)
        .where(Story.id.in_(hits), Story.sort_date.is_not(None))
        .group_by(year)
        .order_by(year.desc())
        .limit(FACET_VALUES),
    )


#: Of searches without operators.
_ABOUT_WORDS = {name: _about(dialect.matching_stories()) for name, dialect in DIALECTS.items()}


def _asking(connection: Connection, query: SearchQuery, among: Select[int] | None) -> tuple[_Statements, dict[str, object]]:
    """The statements about the hits of a query, and their values."""
    dialect = dialect_of(connection)
    if not query.terms:
        assert among is not None, "without words there are operators"
        return _about(among), {}
    values: dict[str, object] = {"query": dialect.match_expression(query)}
    return (_ABOUT_WORDS[connection.dialect.name] if among is None else _about(dialect.matching_stories(among))), values


def _count(connection: Connection, query: SearchQuery, among: Select[int] | None) -> int:
    """How many hits there are, at most one more than are ranked."""
    statements, values = _asking(connection, query, among)
    return connection.execute(statements.total, {**values, "most": RANKED_HITS + 1}).scalar_one()


def search_facets(connection: Connection, query: SearchQuery) -> Facets:
    """What could narrow a search that has at most ``RANKED_HITS`` hits."""
    among, misunderstood = _among(connection, query)
    if misunderstood or (not query.terms and among is None):
        return Facets((), (), ())
    statements, values = _asking(connection, query, among)
    asked = sorted({value for operator, value in query.operators if operator == "entity"})
    return Facets(
        tuple(FacetValue(*row) for row in connection.execute(statements.entities, {**values, "asked": asked})),
        tuple(FacetValue(*row) for row in connection.execute(statements.categories, values)),
        tuple(
            FacetValue(str(int(number)), str(int(number)), count)
            for number, count in connection.execute(statements.years, values)
        ),
    )


def did_you_mean(connection: Connection, query: SearchQuery) -> str | None:
    """The search with the words that occur nowhere put as they are spelt in names and titles; ``None`` where that is no help."""
    single = [term[0] for term in query.terms if len(term) == 1]
    spelt = corrected(connection, single)
    if spelt is None:
        return None
    better = iter(spelt.split())
    terms = tuple((next(better),) if len(term) == 1 else term for term in query.terms)
    return write_query(replace(query, terms=terms))


def corrected(connection: Connection, words: Sequence[str]) -> str | None:
    """Words with those that occur nowhere put as they are spelt in names and titles; ``None`` where there is nothing to put."""
    known: set[str] | None = None
    found = []
    for word in words:
        if connection.execute(select(dialect_of(connection).stories_with_any([(word,)]).exists())).scalar_one():
            found.append(word)
            continue
        known = known if known is not None else _vocabulary(connection)
        near = get_close_matches(fold(word), known, 1, _ALIKE)
        found.append(near[0] if near else word)
    return " ".join(found) if found != list(words) else None


def _vocabulary(connection: Connection) -> set[str]:
    """Words of names and of the titles of the newest stories, folded."""
    names: Iterable[str] = connection.scalars(select(Alias.folded).join(Entity).where(Entity.story_count > 0))
    titles: Iterable[str] = connection.scalars(select(Story.title).where(shown()).order_by(Story.sort_date.desc()).limit(_TITLES))
    folded = [*names, *(fold(title) for title in titles)]
    return {word.strip(".,:;?!'\"()’“”") for text in folded for word in text.split() if len(word) > 3}


def _among(connection: Connection, query: SearchQuery) -> tuple[Select[int] | None, tuple[tuple[str, str], ...]]:
    """The ids of the stories for which all operators hold, ``None`` where there are none; and the operators that name nothing."""
    if not query.operators:
        return None, ()
    stories = select(Story.id).where(shown())
    misunderstood = []
    for operator, value in query.operators:
        narrowed = _narrowed(connection, stories, operator, value)
        if narrowed is None:
            misunderstood.append((operator, value))
        else:
            stories = narrowed
    if query.excluded and not query.terms:
        stories = stories.where(Story.id.not_in(dialect_of(connection).stories_with_any(query.excluded)))
    return stories, tuple(misunderstood)


def _narrowed(connection: Connection, stories: Select[int], operator: str, value: str) -> Select[int] | None:
    """The stories for which an operator holds; ``None`` where its value names nothing."""
    match operator:
        case "entity":
            ids = _entity_ids(connection, value)
            return (
                stories.where(Story.id.in_(select(StoryEntity.story_id).where(StoryEntity.entity_id.in_(ids)))) if ids else None
            )
        case "type":
            known = value.casefold() in set(EventType)
            return stories.where(Story.id.in_(select(Event.story_id).where(Event.type == value.casefold()))) if known else None
        case "outlet":
            outlet = outlet_named(connection, value)
            cited = (
                select(Revision.story_id)
                .join(Story, (Story.id == Revision.story_id) & (Story.current_revision == Revision.number))
                .join(Source, Source.revision_id == Revision.id)
            )
            return stories.where(Story.id.in_(cited.where(Source.outlet_id == outlet.id))) if outlet else None
        case "category":
            category = category_named(connection, value)
            return stories.where(Story.category_id == category.id) if category else None
        case _:
            return _dated(stories, operator, value)


def _dated(stories: Select[int], operator: str, value: str) -> Select[int] | None:
    try:
        interval = parse_edtf(value)
    except ValueError:
        return None
    if operator == "from":
        return stories.where(Story.sort_date >= interval.start) if interval.start else None
    return stories.where(Story.sort_date <= interval.end) if interval.end else None


def _entity_ids(connection: Connection, value: str) -> Sequence[int]:
    """The entity at an address or of this name, with its versions."""
    entity = entity_by_slug(connection, value.casefold())
    named = entities_named(connection, value, 1) if entity is None else (entity,)
    return with_versions(connection, named[0].id) if named else ()
