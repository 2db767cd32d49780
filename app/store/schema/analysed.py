"""What is derived from the current revision of each story and replaced with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Numeric, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema.base import Base


class Mention(Base):
    """An entity at a character span of a title, a sentence or a source text."""

    __tablename__ = "mentions"
    __table_args__ = (
        CheckConstraint("part IN ('title', 'dek', 'summary', 'source')", name="part"),
        CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name="span"),
        Index("ix_mentions_revision_id_entity_id", "revision_id", "entity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), index=True)
    part: Mapped[str] = mapped_column(String(7))
    sentence_id: Mapped[int | None] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    start_offset: Mapped[int] = mapped_column(Integer)
    end_offset: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str]


class Event(Base):
    """Something that happened or is planned, and the sentence that says so."""

    __tablename__ = "events"
    __table_args__ = (CheckConstraint("start_date IS NULL OR end_date IS NULL OR start_date <= end_date", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), index=True)
    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), index=True)
    phrase: Mapped[str]
    """The words that tell the time; empty, like its span, where there are none."""
    phrase_start: Mapped[int] = mapped_column(Integer)
    phrase_end: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str]
    anchor_edtf: Mapped[str | None]
    edtf: Mapped[str | None]
    """Empty, like the days and the precision, for an event whose date is unknown: it is in its story, but in no timeline."""
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    sort_date: Mapped[date | None]
    precision: Mapped[str | None]
    type: Mapped[str]
    planned: Mapped[bool]
    reported: Mapped[bool] = mapped_column(server_default=false())
    """Told as what somebody says, not as a fact."""
    open_weights: Mapped[bool | None]
    """Of a release or launch; empty where the sentence does not say."""
    predicate_start: Mapped[int | None] = mapped_column(Integer)
    predicate_end: Mapped[int | None] = mapped_column(Integer)
    bucket: Mapped[str | None] = mapped_column(String(10), index=True)
    """Events that may be the same share it: see ``app.domain.witnesses``."""


class RetiredEvent(Base):
    """An event that is gone because its story tells something else by now: its address still tells where it was."""

    __tablename__ = "retired_events"

    public_id: Mapped[str] = mapped_column(String(10), primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)


class EventParticipant(Base):
    """An entity that takes part in an event."""

    __tablename__ = "event_participants"
    __table_args__ = (
        # Few events have no date: an entity's are read without looking at all the others.
        Index(
            "ix_event_participants_undated",
            "entity_id",
            "event_id",
            sqlite_where=text("undated = 1"),
            postgresql_where=text("undated"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(server_default=text("'participant'"))
    undated: Mapped[bool] = mapped_column(server_default=false())
    """The event's date is unknown."""


class EventAmount(Base):
    """A sum of money that an event's sentence names."""

    __tablename__ = "event_amounts"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    value: Mapped[Decimal] = mapped_column(Numeric(24, 2))
    currency: Mapped[str] = mapped_column(String(3))


class Check(Base):
    """The verdict on a sentence of a current revision: whether the sources that it cites say so."""

    __tablename__ = "checks"

    sentence_id: Mapped[int] = mapped_column(
        ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str]
    reason: Mapped[str | None]
    """Why the sentence could not be checked."""


class Evidence(Base):
    """A passage of a source that carries the content of a sentence, the best first."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name="span"),)

    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    start_offset: Mapped[int] = mapped_column(Integer)
    end_offset: Mapped[int] = mapped_column(Integer)
    score: Mapped[float]
    """0 to 1: the share of the sentence's weight that the passage has."""


class Finding(Base):
    """Something about a sentence and its sources that someone should look at."""

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint("strength IN ('strong', 'weak')", name="strength"),
        CheckConstraint("state IN ('open', 'confirmed', 'dismissed', 'corrected')", name="state"),
        Index("ix_findings_strength_sort_date_id", "strength", "sort_date", "id"),
        Index("ix_findings_state_strength_kind_category_id", "state", "strength", "kind", "category_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    strength: Mapped[str]
    rule: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    """Of the rule."""
    start_offset: Mapped[int] = mapped_column(Integer)
    """What differs, in the sentence."""
    end_offset: Mapped[int] = mapped_column(Integer)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    source_start: Mapped[int | None] = mapped_column(Integer)
    """What differs, in the source's text; empty where the source has nothing in its place."""
    source_end: Mapped[int | None] = mapped_column(Integer)
    passage_start: Mapped[int | None] = mapped_column(Integer)
    """The passage of the source that is shown beside the sentence."""
    passage_end: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str]
    sort_date: Mapped[date | None]
    """The story's."""
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    """The story's."""
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    """From the latest decision on it."""


class RetiredFinding(Base):
    """A finding that is gone because its story says something else by now: its address still tells where it was."""

    __tablename__ = "retired_findings"

    public_id: Mapped[str] = mapped_column(String(10), primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)


class Proposal(Base):
    """A name in a story that looks like an entity's and is not in the gazetteer, with what speaks for it."""

    __tablename__ = "proposals"
    __table_args__ = (Index("ix_proposals_folded_story_id", "folded", "story_id"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str]
    kind: Mapped[str]
    score: Mapped[float]
    mention_count: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str]
    evidence: Mapped[str]
    """A sentence that has the name."""
