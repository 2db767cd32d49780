"""Documents that could not be read, kept with the reason."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from app.store.schema import Quarantined


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that could not be read. ``content`` is ``None`` where it is too large to keep."""

    name: str
    sha256: str
    size: int
    content: bytes | None
    code: str
    message: str
    line: int | None


def quarantine(connection: Connection, rejected: Sequence[Rejected], now: datetime) -> None:
    """Keep documents that could not be read; one that is there already keeps its place, with the newest reason."""
    if not rejected:
        return
    unique = {item.sha256: item for item in rejected}
    release(connection, list(unique))
    next_id = (connection.execute(select(func.max(Quarantined.id))).scalar_one() or 0) + 1
    connection.execute(
        insert(Quarantined),
        [
            {
                "id": next_id + offset,
                "sha256": item.sha256,
                "name": item.name,
                "size": item.size,
                "content": None if item.content is None else zlib.compress(item.content),
                "code": item.code,
                "message": item.message,
                "line": item.line,
                "quarantined_at": now,
            }
            for offset, item in enumerate(unique.values())
        ],
    )


def release(connection: Connection, sha256s: Sequence[str]) -> None:
    """Take documents out of quarantine, because they could be read after all."""
    for start in range(0, len(sha256s), 500):
        connection.execute(delete(Quarantined).where(Quarantined.sha256.in_(sha256s[start : start + 500])))
