"""Sessions of curators that ended before their time, so that a cookie of theirs that somebody copied is worth nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from app.store.schema import EndedSession


def end_session(connection: Connection, session_id: str, now: datetime, forget: datetime) -> None:
    """Remember that a session has ended; those that ended before ``forget`` are too old to be used anyway, and forgotten."""
    connection.execute(delete(EndedSession).where((EndedSession.session_id == session_id) | (EndedSession.ended_at < forget)))
    connection.execute(insert(EndedSession).values(session_id=session_id, ended_at=now))


def has_ended(connection: Connection, session_id: str) -> bool:
    """Whether this session was ended."""
    return connection.execute(select(EndedSession.ended_at).where(EndedSession.session_id == session_id)).first() is not None
