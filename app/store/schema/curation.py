"""What people decided, kept apart from what was imported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema.base import Base


class Decision(Base):
    """What a person decided later, kept apart from what was imported. Only ever added to: a change of mind is a later row."""

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_subject_subject_id", "subject", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    action: Mapped[str]
    subject: Mapped[str]
    """What it is about: ``entity``, ``proposal``, ``finding`` or ``story``."""
    subject_id: Mapped[str]
    """Its slug, its name or its public id."""
    details: Mapped[str] = mapped_column(server_default=text("'{}'"))
    """JSON."""
    note: Mapped[str | None]
    curator: Mapped[str]
    decided_at: Mapped[datetime]


class Withdrawal(Base):
    """A story that is shown nowhere, from the latest decision on it."""

    __tablename__ = "withdrawals"

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    note: Mapped[str | None]
    withdrawn_at: Mapped[datetime]


class EndedSession(Base):
    """A session of a curator who logged out: its cookie may be younger than the longest that a session lasts."""

    __tablename__ = "ended_sessions"

    session_id: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime]
