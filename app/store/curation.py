"""The record of what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC

from sqlalchemy import Connection, Select, func, insert, select

from app.domain.curation import Action, Decision, Subject
from app.store import schema

_CHUNK = 500


def record(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Add decisions to the record, in the order given."""
    next_id = (connection.execute(select(func.max(schema.Decision.id))).scalar_one() or 0) + 1
    rows = [
        {
            "id": row_id,
            "action": decision.action.value,
            "subject": decision.subject.value,
            "subject_id": decision.subject_id,
            "details": json.dumps(dict(decision.details), ensure_ascii=False, sort_keys=True),
            "note": decision.note,
            "curator": decision.curator,
            "decided_at": decision.decided_at,
        }
        for row_id, decision in enumerate(decisions, next_id)
    ]
    if rows:
        connection.execute(insert(schema.Decision), rows)


def decisions(connection: Connection, *subjects: Subject) -> list[Decision]:
    """The decisions on these sorts of things (all, for none), in the order in which they were made."""
    query = select(schema.Decision).order_by(schema.Decision.id)
    if subjects:
        query = query.where(schema.Decision.subject.in_(subjects))
    return list(_read(connection, query))


def decisions_on(connection: Connection, subject: Subject, subject_ids: Iterable[str]) -> dict[str, list[Decision]]:
    """The decisions on each of these things, in order; what nobody decided on is left out."""
    wanted = sorted(set(subject_ids))
    found: dict[str, list[Decision]] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = (
            select(schema.Decision)
            .where(schema.Decision.subject == subject, schema.Decision.subject_id.in_(wanted[start : start + _CHUNK]))
            .order_by(schema.Decision.id)
        )
        for decision in _read(connection, query):
            found.setdefault(decision.subject_id, []).append(decision)
    return found


def decisions_among(connection: Connection, subject: Subject, subject_ids: Select[str]) -> list[Decision]:
    """The decisions on the things that a query finds, in order."""
    found = select(schema.Decision).where(schema.Decision.subject == subject, schema.Decision.subject_id.in_(subject_ids))
    return list(_read(connection, found.order_by(schema.Decision.id)))


def recent(connection: Connection, limit: int) -> list[Decision]:
    """The last decisions, the newest first."""
    return list(_read(connection, select(schema.Decision).order_by(schema.Decision.id.desc()).limit(limit)))


def latest(connection: Connection, *subjects: Subject) -> int:
    """The number of the last decision on these sorts of things; 0 where there is none. It grows with every decision."""
    return connection.execute(select(func.max(schema.Decision.id)).where(schema.Decision.subject.in_(subjects))).scalar_one() or 0


def _read(connection: Connection, query: object) -> Iterator[Decision]:
    table = schema.Base.metadata.tables["decisions"]
    for row in connection.execute(query.with_only_columns(*table.c)):  # type: ignore[attr-defined]
        yield Decision(
            action=Action(row.action),
            subject=Subject(row.subject),
            subject_id=row.subject_id,
            curator=row.curator,
            decided_at=row.decided_at.replace(tzinfo=row.decided_at.tzinfo or UTC),
            details=json.loads(row.details),
            note=row.note,
        )
