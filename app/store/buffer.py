"""Rows on their way into the store, and the row ids that they refer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from app.store import schema

Row = tuple[Any, ...]


def table_of(model: type[schema.Base]) -> Table:
    """The table behind a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


@lru_cache
def _columns(model: type[schema.Base]) -> tuple[Table, tuple[str, ...]]:
    table = table_of(model)
    return table, tuple(column.name for column in table.columns)


@dataclass(slots=True)
class RowBuffer:
    """Rows waiting to be stored, by table; each has a value for every column in order.

    ``ids`` gives the row ids of a table that are still free.
    """

    ids: Callable[[type[schema.Base]], Iterator[int]]
    rows: defaultdict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: type[schema.Base], **values: Any) -> None:
        """Add one row; every column must be named."""
        table, columns = _columns(model)
        if len(values) != len(columns):
            raise KeyError(f"{table.name}: {sorted(set(columns) ^ values.keys())}")
        self.rows[table].append(tuple(map(values.__getitem__, columns)))

    def appender(self, model: type[schema.Base], *names: str) -> Callable[[Row], None]:
        """Adds rows that come as tuples of all columns in the table's order, as ``names`` says them: for rows by the hundred.

        Raises:
            KeyError: the names are not the table's columns in order.
        """
        table, columns = _columns(model)
        if names != columns:
            raise KeyError(f"{table.name} has the columns {columns}, not {names}")
        return self.rows[table].append


@dataclass(frozen=True, slots=True)
class References:
    """Row ids of what stories share, all of them present before the rows are made."""

    entities: Mapping[str, int]
    kinds: Mapping[int, str]
    """The kind of each entity, by its row id."""
    outlets: Mapping[str, int]
    categories: Mapping[str, int]
