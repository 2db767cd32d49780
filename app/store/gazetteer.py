"""The gazetteer's entities in the store: inserted and updated, so that their addresses stay; only decisions take one away."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from app.domain.entities import Entity as GazetteerEntity
from app.domain.text import fold, initial
from app.store import facet_counts
from app.store.buffer import table_of
from app.store.generation import bump
from app.store.schema import (
    Alias,
    Entity,
    EntityMonth,
    EntityPair,
    EntityRedirect,
    EntityRelation,
    EntityTimelineItem,
    EntityVerdict,
    EventParticipant,
    Mention,
    StoreState,
    StoryEntity,
)

_CHUNK = 500


def gazetteer_version(entities: Iterable[GazetteerEntity], redirects: Mapping[str, str] | None = None) -> str:
    """The fingerprint of a gazetteer and of its old addresses: another one where anything in them differs.

    It is the same in every process: nothing in an entity may be a set, whose order no two processes share.
    """
    said = [*sorted(entities, key=lambda entity: entity.slug), *sorted((redirects or {}).items())]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def sync_gazetteer(
    connection: Connection,
    entities: Iterable[GazetteerEntity],
    version: str,
    redirects: Mapping[str, str] | None = None,
    *,
    announce: bool = True,
) -> dict[str, int]:
    """Bring the store's entities in step with the gazetteer, and its old addresses with ``redirects`` where these are given;
    returns the row id of every slug.

    Does nothing but read when the gazetteer is the one that was stored last. Whoever bumps the generation later, when what
    follows from the new gazetteer is stored too, need not ``announce`` it here.
    """
    ids = _ids(connection)
    if connection.execute(select(StoreState.gazetteer_version)).scalar_one() == version:
        return ids
    entities = sorted(entities, key=lambda entity: entity.slug)
    next_id = (connection.execute(select(func.max(Entity.id))).scalar_one() or 0) + 1
    new: list[dict[str, Any]] = []
    known_before: list[dict[str, Any]] = []
    for entity in entities:
        values = {
            "name": entity.name,
            "initial": initial(entity.name),
            "kind": entity.kind.value,
            "description": entity.description,
            "wikidata": entity.wikidata,
            "url": entity.url,
        }
        if entity.slug in ids:
            known_before.append({"key": ids[entity.slug], **{f"new_{name}": value for name, value in values.items()}})
        else:
            new.append({"id": next_id, "slug": entity.slug, **values})
            ids[entity.slug] = next_id
            next_id += 1
    # Rows of timelines are counted by the kinds of their entities.
    recounted = _stories_of(connection, _of_another_kind(connection, known_before))
    facet_counts.add(connection, recounted, -1)
    if known_before:
        table = table_of(Entity)
        changed: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in known_before[0] if name != "key"}
        connection.execute(update(table).where(table.c.id == bindparam("key")).values(changed), known_before)
    facet_counts.add(connection, recounted)
    if new:
        connection.execute(insert(Entity), new)
    known = [ids[entity.slug] for entity in entities]
    for start in range(0, len(known), 500):
        chunk = known[start : start + 500]
        connection.execute(delete(Alias).where(Alias.entity_id.in_(chunk)))
        connection.execute(delete(EntityRelation).where(EntityRelation.entity_id.in_(chunk)))
    aliases = [
        {"entity_id": ids[entity.slug], "name": name, "folded": fold(name)}
        for entity in entities
        for name in dict.fromkeys((entity.name, *(alias.name for alias in entity.aliases)))
    ]
    relations = {
        (ids[entity.slug], relation.kind, ids[relation.target]): (relation.since, relation.until)
        for entity in entities
        for relation in entity.relations
        if relation.target in ids
    }
    if aliases:
        connection.execute(insert(Alias), aliases)
    if relations:
        connection.execute(
            insert(EntityRelation),
            [
                {"entity_id": left, "kind": kind, "target_id": right, "since": since, "until": until}
                for (left, kind, right), (since, until) in relations.items()
            ],
        )
    if redirects is not None:
        connection.execute(delete(EntityRedirect))
        if redirects:
            connection.execute(insert(EntityRedirect), [{"slug": slug, "target": redirects[slug]} for slug in sorted(redirects)])
    connection.execute(update(StoreState).values(gazetteer_version=version))
    if announce:
        bump(connection)
    return ids


def drop_entities(connection: Connection, slugs: Collection[str]) -> None:
    """Take away the entities at these addresses, those excepted that some story still has."""
    ordered = sorted(slugs)
    for start in range(0, len(ordered), _CHUNK):
        used = (Mention.entity_id, StoryEntity.entity_id, EventParticipant.entity_id, EntityTimelineItem.entity_id)
        ids = connection.scalars(
            select(Entity.id).where(
                Entity.slug.in_(ordered[start : start + _CHUNK]), *(~exists().where(column == Entity.id) for column in used)
            )
        ).all()
        if not ids:
            continue
        for counted in (EntityMonth.entity_id, EntityPair.entity_id, EntityPair.other_id, EntityVerdict.entity_id):
            connection.execute(delete(counted.class_).where(counted.in_(ids)))
        connection.execute(delete(Entity).where(Entity.id.in_(ids)))


def _of_another_kind(connection: Connection, known: list[dict[str, Any]]) -> list[int]:
    """The row ids of those of these entities that change their kind."""
    stored = {row_id: kind for row_id, kind in connection.execute(select(Entity.id, Entity.kind))}
    return [values["key"] for values in known if stored[values["key"]] != values["new_kind"]]


def _stories_of(connection: Connection, entity_ids: list[int]) -> list[int]:
    """The row ids of the stories that have one of these entities."""
    found: set[int] = set()
    for start in range(0, len(entity_ids), _CHUNK):
        chunk = entity_ids[start : start + _CHUNK]
        found.update(connection.scalars(select(StoryEntity.story_id).where(StoryEntity.entity_id.in_(chunk))))
    return sorted(found)


def _ids(connection: Connection) -> dict[str, int]:
    return {slug: entity_id for slug, entity_id in connection.execute(select(Entity.slug, Entity.id))}
