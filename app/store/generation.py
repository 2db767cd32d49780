"""The counter that tells caches whether anything changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from app.store.engine import Store
from app.store.schema import StoreState

_QUERY = f"SELECT {StoreState.generation.name} FROM {StoreState.__tablename__}"


def generation(connection: Connection) -> int:
    """How many commits have changed something that a page can show."""
    return connection.execute(select(StoreState.generation)).scalar_one()


def bump(connection: Connection) -> None:
    """Count this transaction as one that changed something."""
    connection.execute(update(StoreState).values(generation=StoreState.generation + 1))


class GenerationWatch:
    """Asks for the generation again and again, over a connection of its own and outside of any transaction.

    On SQLite that is a look-up of some microseconds, a hundredth of what opening a transaction for it takes. It belongs to the
    thread that made it.
    """

    def __init__(self, store: Store) -> None:
        self._connection: Any = store.driver_connection()

    def __call__(self) -> int:
        """The generation now."""
        return int(self._connection.execute(_QUERY).fetchone()[0])

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
