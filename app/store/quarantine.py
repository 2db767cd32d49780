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
    """A document that could not be read. ``content`` is ``None`` where it is too large to keep, or was never seen."""

    name: str
    sha256: str
    size: int
    content: bytes | None
    code: str
    message: str
    line: int | None
    hints: str = "{}"


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
                "hints": item.hints,
                "quarantined_at": now,
            }
            for offset, item in enumerate(unique.values())
        ],
    )


def release(connection: Connection, sha256s: Sequence[str]) -> int:
    """Take documents out of quarantine, because they could be read after all or nobody wants them; how many there were."""
    count = 0
    for start in range(0, len(sha256s), 500):
        count += connection.execute(delete(Quarantined).where(Quarantined.sha256.in_(sha256s[start : start + 500]))).rowcount
    return count


def rejected_as(connection: Connection, names: Sequence[str]) -> list[str]:
    """The fingerprints of the documents in quarantine that came under one of these names."""
    if not names or connection.execute(select(Quarantined.id).limit(1)).first() is None:
        return []
    found: list[str] = []
    for start in range(0, len(names), 500):
        named = Quarantined.name.in_(names[start : start + 500])
        found += connection.execute(select(Quarantined.sha256).where(named)).scalars()
    return found


def quarantined(connection: Connection, prefixes: Sequence[str] = ()) -> list[tuple[Rejected, datetime]]:
    """The documents in quarantine, those that came last first, each with the time of its last rejection.

    Args:
        connection: where to look.
        prefixes: only those whose fingerprint begins with one of these; all where there are none.
    """
    query = select(
        Quarantined.name,
        Quarantined.sha256,
        Quarantined.size,
        Quarantined.content,
        Quarantined.code,
        Quarantined.message,
        Quarantined.line,
        Quarantined.hints,
        Quarantined.quarantined_at,
    ).order_by(Quarantined.quarantined_at.desc(), Quarantined.id.desc())
    found = []
    for name, sha256, size, content, code, message, line, hints, at in connection.execute(query):
        if not prefixes or sha256.startswith(tuple(prefixes)):
            raw = None if content is None else zlib.decompress(content)
            found.append((Rejected(name, sha256, size, raw, code, message, line, hints), at))
    return found
