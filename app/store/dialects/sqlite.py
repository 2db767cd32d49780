"""SQLite: bulk storing through the driver, full-text search by FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, text
from sqlalchemy.exc import DatabaseError

from app.store.dialects.search import CLOSE, OPEN, Hit, SearchQuery, hits

# How the driver writes values as SQLAlchemy's types read them, for rows that do not go through SQLAlchemy.
sqlite3.register_adapter(date, date.isoformat)
sqlite3.register_adapter(datetime, lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S.%f"))
sqlite3.register_adapter(Decimal, float)


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Store rows in bulk with the driver's ``executemany``."""
    if rows:
        _execute_many(connection, _insertion(table), rows)


def add_up(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], counters: Sequence[str]) -> None:
    """Store rows; where one is there already, add its counters."""
    if not rows:
        return
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    sums = ", ".join(f'"{name}" = "{name}" + excluded."{name}"' for name in counters)
    _execute_many(connection, f"{_insertion(table)} ON CONFLICT ({keys}) DO UPDATE SET {sums}", rows)


@lru_cache
def _insertion(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" for _ in table.columns)})'


def _execute_many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(statement, rows)
    finally:
        cursor.close()


_COLUMNS = "title, names, summary, sources"
_INDEX = text(
    f"INSERT INTO search_index (rowid, {_COLUMNS}) SELECT story_id, {_COLUMNS} FROM search_documents WHERE story_id IN :ids"
).bindparams(bindparam("ids", expanding=True))
# An external-content index forgets a row only when it is told what the row said.
_UNINDEX = text(
    f"INSERT INTO search_index (search_index, rowid, {_COLUMNS}) "
    f"SELECT 'delete', story_id, {_COLUMNS} FROM search_documents WHERE story_id IN :ids"
).bindparams(bindparam("ids", expanding=True))


def index_stories(connection: Connection, story_ids: Sequence[int]) -> None:
    """Put the search documents of these stories into the full-text index."""
    for start in range(0, len(story_ids), 500):
        connection.execute(_INDEX, {"ids": story_ids[start : start + 500]})


def unindex_stories(connection: Connection, story_ids: Sequence[int]) -> None:
    """Take the search documents of these stories out of the full-text index, before they change."""
    for start in range(0, len(story_ids), 500):
        connection.execute(_UNINDEX, {"ids": story_ids[start : start + 500]})


def index_problem(connection: Connection) -> str | None:
    """What is wrong with the full-text index, compared with the search documents; ``None`` where nothing is."""
    try:
        connection.exec_driver_sql("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        return f"search_index does not agree with search_documents: {error.orig}"
    return None


def match_expression(query: SearchQuery) -> str:
    """The query in FTS5's language: every word quoted, so that nothing in it is an operator; the last word may be unfinished."""
    return " AND ".join(f'"{" ".join(words)}"' for words in query.terms[:-1]) + (
        (" AND " if len(query.terms) > 1 else "") + f'"{" ".join(query.terms[-1])}" *'
    )


_COUNT_HITS = text("SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH :query LIMIT :most)")
_PASSAGES = (
    f"snippet(search_index, 0, '{OPEN}', '{CLOSE}', '…', 40), "
    f"snippet(search_index, 2, '{OPEN}', '{CLOSE}', '…', 32), "
    f"snippet(search_index, 3, '{OPEN}', '{CLOSE}', '…', 32)"
)
_BY_RELEVANCE = text(
    f"SELECT rowid, {_PASSAGES} FROM search_index WHERE search_index MATCH :query "
    "ORDER BY bm25(search_index, 10.0, 5.0, 3.0, 1.0), rowid DESC LIMIT :limit OFFSET :offset"
)
_BY_DATE = text(
    f"SELECT search_index.rowid, {_PASSAGES} FROM search_documents "
    "JOIN search_index ON search_index.rowid = search_documents.story_id "
    "WHERE search_index MATCH :query ORDER BY search_documents.sort_date DESC, search_index.rowid DESC "
    "LIMIT :limit OFFSET :offset"
)


def count_hits(connection: Connection, query: SearchQuery, most: int) -> int:
    """How many stories match, counted up to ``most``."""
    return int(connection.execute(_COUNT_HITS, {"query": match_expression(query), "most": most}).scalar_one())


def find_hits(connection: Connection, query: SearchQuery, *, by_relevance: bool, limit: int, offset: int) -> list[Hit]:
    """Stories that match, by bm25 or newest first."""
    return hits(connection, _BY_RELEVANCE if by_relevance else _BY_DATE, match_expression(query), limit, offset)
