"""Counts and orders that are kept in step with what they are made of, in the same transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.store.schema.base import Base


class StoryEntity(Base):
    """How much a story is about an entity (rollup of mentions)."""

    __tablename__ = "story_entities"

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True, index=True)
    mention_count: Mapped[int] = mapped_column(Integer)
    """Mentions in title, dek and summary."""
    salience: Mapped[float]
    """0 to 1; see ``app.analysis.salience``."""
    about: Mapped[bool]


class EntityVerdict(Base):
    """Sentences of the summaries of stories about an entity, by verdict (rollup)."""

    __tablename__ = "entity_verdicts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    verdict: Mapped[str] = mapped_column(primary_key=True)
    sentences: Mapped[int] = mapped_column(Integer)


class OutletVerdict(Base):
    """Sentences of summaries that themselves cite a source of an outlet, by verdict (rollup)."""

    __tablename__ = "outlet_verdicts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    verdict: Mapped[str] = mapped_column(primary_key=True)
    sentences: Mapped[int] = mapped_column(Integer)


class _TimelineItem:
    """Columns of a timeline row: a story at its publication or an event at its date, with what filters look at.

    The primary key is the reading order, so that a page of a timeline is one range of the table.
    """

    sort_date: Mapped[date] = mapped_column(primary_key=True)
    item_kind: Mapped[str] = mapped_column(String(5), primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int]
    end_date: Mapped[date | None]
    type: Mapped[str | None]
    category_id: Mapped[int | None]


class TimelineItem(Base, _TimelineItem):
    """All stories and events in time order."""

    __tablename__ = "timeline_items"
    __table_args__ = (
        CheckConstraint("item_kind IN ('event', 'story')", name="item_kind"),
        Index("ix_timeline_items_type", "type", "sort_date", "item_kind", "item_id"),
        Index("ix_timeline_items_category_id", "category_id", "sort_date", "item_kind", "item_id"),
        {"sqlite_with_rowid": False},
    )


class EntityTimelineItem(Base, _TimelineItem):
    """The same for each entity: the stories about it (and, ``about`` false, those that only mention it) and its events."""

    __tablename__ = "entity_timeline_items"

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True, sort_order=-1)
    about: Mapped[bool]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        return (CheckConstraint("item_kind IN ('event', 'story')", name="item_kind"), {"sqlite_with_rowid": False})


class EntityMonth(Base):
    """Activity of an entity by calendar month (rollup)."""

    __tablename__ = "entity_months"
    __table_args__ = (Index("ix_entity_months_month_stories", "month", "stories"), {"sqlite_with_rowid": False})

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    stories: Mapped[int] = mapped_column(Integer)
    events: Mapped[int] = mapped_column(Integer)


class EntityPair(Base):
    """In how many stories two entities occur together, kept in both directions (rollup)."""

    __tablename__ = "entity_pairs"
    __table_args__ = ({"sqlite_with_rowid": False},)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    stories: Mapped[int] = mapped_column(Integer)


class FacetCount(Base):
    """Rows of timelines by pairs of filter values (rollup): those of a scope (``entity:12``, or empty for all) that have a value.

    See ``app.store.facet_counts``.
    """

    __tablename__ = "facet_counts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    scope: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    rows: Mapped[int] = mapped_column(Integer)


class SearchDocument(Base):
    """The text of a story by field, as the full-text index of the engine reads it."""

    __tablename__ = "search_documents"

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True)
    sort_date: Mapped[date | None] = mapped_column(index=True)
    title: Mapped[str]
    names: Mapped[str]
    summary: Mapped[str]
    sources: Mapped[str]
