"""The counter that tells caches whether anything changed."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from app.store.schema import StoreState


def generation(connection: Connection) -> int:
    """How many commits have changed something that a page can show."""
    return connection.execute(select(StoreState.generation)).scalar_one()


def bump(connection: Connection) -> None:
    """Count this transaction as one that changed something."""
    connection.execute(update(StoreState).values(generation=StoreState.generation + 1))
