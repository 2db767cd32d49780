"""Reading entities: one with what belongs to it, the index, look-ups by name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select, true

from app.domain.text import fold
from app.store.schema import (
    Alias,
    Entity,
    EntityMonth,
    EntityPair,
    EntityRedirect,
    EntityRelation,
)


class EntityRow(NamedTuple):
    """An entity."""

    id: int
    slug: str
    name: str
    kind: str
    description: str | None
    wikidata: str | None
    url: str | None
    story_count: int
    event_count: int


class RelationRow(NamedTuple):
    """A tie to another entity: ``outgoing`` from the entity asked for ("its parent is"), else towards it ("is the parent of")."""

    kind: str
    outgoing: bool
    slug: str
    name: str
    target_kind: str
    since: date | None
    until: date | None
    story_count: int


class CountedEntity(NamedTuple):
    """An entity with a count beside it."""

    id: int
    slug: str
    name: str
    kind: str
    stories: int


class MonthRow(NamedTuple):
    """Activity in one calendar month; ``month`` is its first day."""

    month: date
    stories: int
    events: int


_ENTITY = (
    Entity.id,
    Entity.slug,
    Entity.name,
    Entity.kind,
    Entity.description,
    Entity.wikidata,
    Entity.url,
    Entity.story_count,
    Entity.event_count,
)


_MOVED = select(EntityRedirect.target).where(EntityRedirect.slug == bindparam("slug")).scalar_subquery()
_BY_SLUG = select(*_ENTITY).where(Entity.slug == func.coalesce(_MOVED, bindparam("slug")))


def entity_by_slug(connection: Connection, slug: str) -> EntityRow | None:
    """The entity at an address, or the one that was there before it got the address it has now."""
    row = connection.execute(_BY_SLUG, {"slug": slug}).one_or_none()
    return EntityRow(*row) if row else None


def moved_to(connection: Connection, slug: str) -> str | None:
    """The address that the entity has now which was at this one; ``None`` where none was."""
    return connection.execute(select(EntityRedirect.target).where(EntityRedirect.slug == slug)).scalar_one_or_none()


_ALIASES = (
    select(Alias.name)
    .join(Entity, Entity.id == Alias.entity_id)
    .where(Alias.entity_id == bindparam("entity_id"), Alias.name != Entity.name)
    .order_by(Alias.name)
)


def aliases_of(connection: Connection, entity_id: int) -> tuple[str, ...]:
    """Other names of an entity."""
    return tuple(connection.scalars(_ALIASES, {"entity_id": entity_id}))


_VERSIONS = (
    select(EntityRelation.entity_id)
    .where(EntityRelation.target_id == bindparam("entity_id"), EntityRelation.kind == "family")
    .order_by(EntityRelation.entity_id)
)


def with_versions(connection: Connection, entity_id: int) -> tuple[int, ...]:
    """A family of models with its versions; any other entity alone."""
    return (entity_id, *connection.scalars(_VERSIONS, {"entity_id": entity_id}))


_RELATIONS = {
    outgoing: select(
        EntityRelation.kind, Entity.slug, Entity.name, Entity.kind, EntityRelation.since, EntityRelation.until, Entity.story_count
    )
    .join(Entity, Entity.id == other)
    .where(own == bindparam("entity_id"))
    .order_by(Entity.story_count.desc(), Entity.name)
    for outgoing, own, other in (
        (True, EntityRelation.entity_id, EntityRelation.target_id),
        (False, EntityRelation.target_id, EntityRelation.entity_id),
    )
}


def relations_of(connection: Connection, entity_id: int) -> tuple[RelationRow, ...]:
    """Ties of an entity in both directions, those with most stories first."""
    return tuple(
        RelationRow(row[0], outgoing, *row[1:])
        for outgoing, query in _RELATIONS.items()
        for row in connection.execute(query, {"entity_id": entity_id})
    )


_MONTHS = (
    select(EntityMonth.month, EntityMonth.stories, EntityMonth.events)
    .where(EntityMonth.entity_id == bindparam("entity_id"))
    .order_by(EntityMonth.month)
)


def months_of(connection: Connection, entity_id: int) -> tuple[MonthRow, ...]:
    """An entity's activity by month, oldest first; months without any are left out."""
    return tuple(MonthRow(*row) for row in connection.execute(_MONTHS, {"entity_id": entity_id}))


_MENTIONED_WITH = (
    select(Entity.id, Entity.slug, Entity.name, Entity.kind, EntityPair.stories)
    .join(Entity, Entity.id == EntityPair.other_id)
    .where(EntityPair.entity_id == bindparam("entity_id"))
    .order_by(EntityPair.stories.desc(), Entity.name)
    .limit(bindparam("limit"))
)


def mentioned_with(connection: Connection, entity_id: int, limit: int) -> tuple[CountedEntity, ...]:
    """The entities that occur most often in the same stories."""
    rows = connection.execute(_MENTIONED_WITH, {"entity_id": entity_id, "limit": limit})
    return tuple(CountedEntity(*row) for row in rows)


_TOGETHER = select(EntityPair.entity_id, EntityPair.other_id, EntityPair.stories).where(
    EntityPair.entity_id.in_(bindparam("ids")), EntityPair.other_id.in_(bindparam("ids"))
)


def together(connection: Connection, slugs: Mapping[int, str]) -> dict[tuple[str, str], int]:
    """In how many stories each two of these entities (slugs by row id) occur together, in both orders."""
    rows = connection.execute(_TOGETHER, {"ids": list(slugs)})
    return {(slugs[one], slugs[other]): stories for one, other, stories in rows}


def index(connection: Connection, kind: str | None = None, letter: str | None = None) -> tuple[EntityRow, ...]:
    """The entities that stories mention, by name, of one kind and with one initial where these are given."""
    query = select(*_ENTITY).where(Entity.story_count > 0).order_by(func.lower(Entity.name), Entity.id)
    if kind is not None:
        query = query.where(Entity.kind == kind)
    if letter is not None:
        query = query.where(Entity.initial == letter)
    return tuple(EntityRow(*row) for row in connection.execute(query))


def index_counts(connection: Connection) -> dict[tuple[str, str], int]:
    """How many mentioned entities there are of each kind with each initial."""
    rows = connection.execute(
        select(Entity.kind, Entity.initial, func.count()).where(Entity.story_count > 0).group_by(Entity.kind, Entity.initial)
    )
    return {(kind, letter): count for kind, letter, count in rows}


def names_by_slug(connection: Connection, limit: int = 3000) -> dict[str, EntityRow]:
    """The entities that most stories mention, by slug: what a misspelt name is compared with."""
    query = select(*_ENTITY).where(Entity.story_count > 0).order_by(Entity.story_count.desc(), Entity.id).limit(limit)
    return {row.slug: EntityRow(*row) for row in connection.execute(query)}


def entities_named(connection: Connection, text: str, limit: int) -> tuple[EntityRow, ...]:
    """Mentioned entities with a name or alias that begins with ``text``; whole names first, then those with most stories."""
    return _named(connection, text, limit, mentioned=True)


def entities_like(connection: Connection, text: str, limit: int) -> tuple[EntityRow, ...]:
    """The same, entities without a story included."""
    return _named(connection, text, limit, mentioned=False)


def entities_called(connection: Connection, folded: Collection[str]) -> dict[str, EntityRow]:
    """Mentioned entities by the folded names that are theirs in full; of several of one name the one with most stories."""
    return {name: EntityRow(*row) for name, *row in connection.execute(_CALLED, {"names": list(folded)})}


_CALLED = (
    select(Alias.folded, *_ENTITY)
    .join(Alias, Alias.entity_id == Entity.id)
    .where(Alias.folded.in_(bindparam("names")), Entity.story_count > 0)
    .order_by(Entity.story_count, Entity.id.desc())
)


def _named(connection: Connection, text: str, limit: int, *, mentioned: bool) -> tuple[EntityRow, ...]:
    folded = fold(text.strip())
    if not folded:
        return ()
    values = {"whole": folded, "beginning": re.sub(r"[%_/]", r"/\g<0>", folded) + "%", "limit": limit}
    rows = connection.execute(_beginning(connection.dialect.name, mentioned=mentioned), values)
    return tuple(EntityRow(*row) for row in rows)


@cache
def _beginning(dialect: str, *, mentioned: bool) -> Select[*tuple[Any, ...]]:
    """The entities with a name that begins in a way."""
    any_of = func.max if dialect == "sqlite" else func.bool_or
    matching = (
        select(Alias.entity_id, any_of(Alias.folded == bindparam("whole")).label("exact"))
        .where(Alias.folded.like(bindparam("beginning"), escape="/"))
        .group_by(Alias.entity_id)
        .subquery()
    )
    return (
        select(*_ENTITY)
        .join(matching, matching.c.entity_id == Entity.id)
        .where(Entity.story_count > 0 if mentioned else true())
        .order_by(matching.c.exact.desc(), Entity.story_count.desc(), Entity.name)
        .limit(bindparam("limit"))
    )
