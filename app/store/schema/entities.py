"""The gazetteer as the store knows it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema.base import Base


class Entity(Base):
    """An organisation, person, model or other thing that stories are about."""

    __tablename__ = "entities"
    __table_args__ = (Index("ix_entities_kind_initial_name", "kind", "initial", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    initial: Mapped[str] = mapped_column(String(1))
    """First letter for the index, A to Z, or ``#``."""
    kind: Mapped[str]
    description: Mapped[str | None]
    wikidata: Mapped[str | None]
    url: Mapped[str | None]
    story_count: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """Stories that are about it or mention it (rollup)."""
    event_count: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """Events in which it takes part (rollup)."""


class Alias(Base):
    """Another name of an entity, also as readers type it (``folded``: lower case, no accents)."""

    __tablename__ = "aliases"
    __table_args__ = (Index("ix_aliases_folded_entity_id", "folded", "entity_id"),)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str]


class EntityRelation(Base):
    """A tie between two entities (parent, maker, family, member), with its dates where known."""

    __tablename__ = "entity_relations"
    __table_args__ = (Index("ix_entity_relations_target_id", "target_id"),)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[date | None]
    until: Mapped[date | None]


class EntityRedirect(Base):
    """An entity's old address and the slug that it leads to now."""

    __tablename__ = "entity_redirects"

    slug: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str]
