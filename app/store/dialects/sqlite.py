"""SQLite: bulk storing through the driver, full-text search by FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.exc import DatabaseError

from app.store.dialects.search import CLOSE, OPEN, Hit, SearchQuery, with_passages
from app.store.schema import Story

# How the driver writes values as SQLAlchemy's types read them, for rows that do not go through SQLAlchemy.
sqlite3.register_adapter(date, date.isoformat)
sqlite3.register_adapter(datetime, lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S.%f"))
sqlite3.register_adapter(Decimal, float)


#: Rows that one statement stores. Beginning and ending a statement takes as long as storing a short row does, so that 160 rows at
#: once take two thirds of the time of 160 statements; more gain nothing.
_ROWS = 160


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Store rows in bulk with the driver's ``executemany``, many rows a statement."""
    _insert(connection, table, rows)


def add_up(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], counters: Sequence[str]) -> None:
    """Store rows; where one is there already, add its counters."""
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    sums = ", ".join(f'"{name}" = "{name}" + excluded."{name}"' for name in counters)
    _insert(connection, table, rows, f" ON CONFLICT ({keys}) DO UPDATE SET {sums}")


def _insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], on_conflict: str = "") -> None:
    if not rows:
        return
    driver: Any = connection.connection.driver_connection
    variables: int = driver.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    many = min(_ROWS, variables // len(table.columns))
    whole = len(rows) - len(rows) % many
    cursor = driver.cursor()
    try:
        # The driver keeps prepared statements by their text, so there are two for each table, whatever the number of rows.
        together = (tuple(chain.from_iterable(rows[start : start + many])) for start in range(0, whole, many))
        if whole:  # else a small import would have long statements prepared for nothing
            cursor.executemany(_insertion(table, many) + on_conflict, together)
        cursor.executemany(_insertion(table, 1) + on_conflict, rows[whole:])
    finally:
        cursor.close()


@lru_cache
def _insertion(table: Table, rows: int) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    row = f"({', '.join('?' for _ in table.columns)})"
    return f'INSERT INTO "{table.name}" ({columns}) VALUES {", ".join([row] * rows)}'


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
    phrases = [f'"{" ".join(words)}"' for words in query.terms]
    wanted = " AND ".join([*phrases[:-1], f"{phrases[-1]} *" if query.unfinished else phrases[-1]])
    return f"({wanted}) NOT ({_any_of(query.excluded)})" if query.excluded else wanted


def _any_of(terms: Sequence[tuple[str, ...]]) -> str:
    return " OR ".join(f'"{" ".join(words)}"' for words in terms)


#: So many hits are sorted by date in some hundredths of a second.
_SORTED_HITS = 20_000
_INDEXED = table("search_index", column("rowid", Integer))
_MATCHES: Any = text("search_index MATCH :query")
_HITS = select(_INDEXED.c.rowid).where(_MATCHES)
_TO_SORT = select(func.count()).select_from(_HITS.limit(bindparam("most")).subquery())
_SNIPPETS: tuple[ColumnElement[Any], ...] = tuple(
    literal_column(f"snippet(search_index, {number}, '{OPEN}', '{CLOSE}', '…', {words})")
    for number, words in ((0, 40), (2, 32), (3, 32))
)
_PASSAGES = select(_INDEXED.c.rowid, *_SNIPPETS).where(_MATCHES, _INDEXED.c.rowid.in_(bindparam("ids")))


def matching_stories(among: Select[int] | None = None) -> Select[int]:
    """The ids of the stories that match the parameter ``query``."""
    # The sum keeps SQLite from asking the index once for each of the others: going through all hits is much quicker.
    return _HITS if among is None else _HITS.where((_INDEXED.c.rowid + 0).in_(among))


def stories_with_any(terms: Sequence[tuple[str, ...]]) -> Select[int]:
    """The ids of the stories that have any of these words and phrases."""
    return select(_INDEXED.c.rowid).where(text("search_index MATCH :any").bindparams(any=_any_of(terms)))


def stories_naming(names: Sequence[tuple[str, ...]]) -> Select[int]:
    """The ids of the stories that have any of these phrases, of which the last word may go on."""
    query = " OR ".join(f'"{" ".join(words)}" *' for words in names)
    return select(_INDEXED.c.rowid).where(text("search_index MATCH :naming").bindparams(naming=query))


def find_hits(
    connection: Connection, query: SearchQuery, among: Select[int] | None, *, by_relevance: bool, limit: int, offset: int
) -> list[Hit]:
    """Stories that match, and are ``among`` these, by bm25 or newest first."""
    values = {"query": match_expression(query)}
    order = _by_relevance(among) if by_relevance else _newest_first(connection, values, among)
    story_ids = connection.scalars(order, {**values, "limit": limit, "offset": offset}).all()
    # The passages are cut out of the rows of one page only: that takes longer than finding all of them.
    hits = {hit.story_id: hit for hit in with_passages(connection.execute(_PASSAGES, {**values, "ids": story_ids}))}
    return [hits[story_id] for story_id in story_ids]


def _by_relevance(among: Select[int] | None) -> Select[int]:
    return _RANKED if among is None else _ranked(matching_stories(among))


def _ranked(hits: Select[int]) -> Select[int]:
    relevance: ColumnElement[Any] = literal_column("bm25(search_index, 10.0, 5.0, 3.0, 1.0)")
    return hits.order_by(relevance, _INDEXED.c.rowid.desc()).limit(bindparam("limit")).offset(bindparam("offset"))


_RANKED = _ranked(_HITS)


def _newest_first(connection: Connection, values: Mapping[str, object], among: Select[int] | None) -> Select[int]:
    """While the hits are not very many they are sorted; beyond that stories are asked, newest first, whether they are hits."""
    page = (
        select(Story.id).order_by(Story.sort_date.desc(), Story.id.desc()).limit(bindparam("limit")).offset(bindparam("offset"))
    )
    if among is None and connection.execute(_TO_SORT, {**values, "most": _SORTED_HITS + 1}).scalar_one() > _SORTED_HITS:
        return page.where(exists().where(_INDEXED.c.rowid == Story.id, _MATCHES))
    return page.where(Story.id.in_(matching_stories(among)))
