"""Addresses that outlive what stood there: events and findings that their stories do not have any more.

:mod:`app.store.story` reads where they were.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from app.store.schema import Event, Finding, RetiredEvent, RetiredFinding

_KINDS: tuple[tuple[type[Event | Finding], type[RetiredEvent | RetiredFinding]], ...] = (
    (Event, RetiredEvent),
    (Finding, RetiredFinding),
)


def retire(connection: Connection, story_ids: Sequence[int]) -> None:
    """Remember the events and findings that these stories have now, before they are taken away."""
    for current, retired in _KINDS:
        here = select(current.public_id, current.story_id).where(current.story_id.in_(story_ids))
        connection.execute(insert(retired).from_select(["public_id", "story_id"], here))


def bring_back(connection: Connection, story_ids: Sequence[int]) -> None:
    """Forget of these stories' retired events and findings those that they have again."""
    for current, retired in _KINDS:
        here = select(current.public_id).where(current.story_id.in_(story_ids))
        connection.execute(delete(retired).where(retired.story_id.in_(story_ids), retired.public_id.in_(here)))
