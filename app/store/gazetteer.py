"""The gazetteer's entities in the store: inserted and updated, never deleted, so that their addresses stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.domain.entities import Entity as GazetteerEntity
from app.domain.text import fold, initial
from app.store.buffer import table_of
from app.store.generation import bump
from app.store.schema import Alias, Entity, EntityRelation, StoreState


def gazetteer_version(entities: Iterable[GazetteerEntity]) -> str:
    """The fingerprint of a gazetteer: another one where anything in it differs."""
    return hashlib.sha256(repr(sorted(entities, key=lambda entity: entity.slug)).encode()).hexdigest()


def stored_version(connection: Connection) -> str | None:
    """The fingerprint of the gazetteer that was stored last."""
    return connection.execute(select(StoreState.gazetteer_version)).scalar_one()


def sync_gazetteer(
    connection: Connection, entities: Iterable[GazetteerEntity], version: str, *, announce: bool = True
) -> dict[str, int]:
    """Bring the store's entities in step with the gazetteer; returns the row id of every slug.

    Does nothing but read when the gazetteer is the one that was stored last. Whoever bumps the generation later, when what
    follows from the new gazetteer is stored too, need not ``announce`` it here.
    """
    ids = _ids(connection)
    if stored_version(connection) == version:
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
    if known_before:
        table = table_of(Entity)
        changed: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in known_before[0] if name != "key"}
        connection.execute(update(table).where(table.c.id == bindparam("key")).values(changed), known_before)
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
    connection.execute(update(StoreState).values(gazetteer_version=version))
    if announce:
        bump(connection)
    return ids


def _ids(connection: Connection) -> dict[str, int]:
    return {slug: entity_id for slug, entity_id in connection.execute(select(Entity.slug, Entity.id))}
