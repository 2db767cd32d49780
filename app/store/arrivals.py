"""When stories came in: what is new to somebody who was here before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.store.schema import Revision, Story


class Arrival(NamedTuple):
    """When a story was first imported, and when its current revision was; both with a time zone."""

    first: datetime
    current: datetime


def arrivals(connection: Connection, story_ids: Collection[int]) -> dict[int, Arrival]:
    """When these stories came in, by row id."""
    rows = connection.execute(
        select(Story.id, Story.first_imported_at, Revision.imported_at)
        .join(Revision, (Revision.story_id == Story.id) & (Revision.number == Story.current_revision))
        .where(Story.id.in_(story_ids))
    )
    return {story_id: Arrival(_utc(first), _utc(current)) for story_id, first, current in rows}


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
