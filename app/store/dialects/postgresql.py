"""PostgreSQL: bulk storing by COPY, full-text search by a generated ``tsvector`` column that indexes itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from psycopg import sql
from sqlalchemy import REAL, ColumnElement, Connection, Dialect, Select, Table, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.store.dialects.search import CLOSE, OPEN, Hit, SearchQuery, with_passages
from app.store.schema import SearchDocument


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Store rows in bulk by COPY."""
    if not rows:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    )
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        cursor.close()


def add_up(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], counters: Sequence[str]) -> None:
    """Store rows; where one is there already, add its counters. No two rows have one key."""
    if not rows:
        return
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(
            _adding_up(table, tuple(counters), connection.dialect), [list(values) for values in zip(*rows, strict=True)]
        )
    finally:
        cursor.close()


@lru_cache
def _adding_up(table: Table, counters: Sequence[str], dialect: Dialect) -> sql.Composed:
    """One statement for all rows, which come as an array for each column: a statement a row takes longer at both ends."""
    name = sql.Identifier(table.name)
    arrays = (sql.SQL(f"%s::{column.type.compile(dialect=dialect)}[]") for column in table.columns)
    return sql.SQL("INSERT INTO {} ({}) SELECT * FROM unnest({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
        name,
        sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns),
        sql.SQL(", ").join(arrays),
        sql.SQL(", ").join(sql.Identifier(column.name) for column in table.primary_key),
        sql.SQL(", ").join(sql.SQL("{1} = {0}.{1} + excluded.{1}").format(name, sql.Identifier(counter)) for counter in counters),
    )


def index_stories(connection: Connection, story_ids: Sequence[int]) -> None:
    """Nothing to do: the index follows the generated column."""


def unindex_stories(connection: Connection, story_ids: Sequence[int]) -> None:
    """Nothing to do: the index follows the generated column."""


def index_problem(_connection: Connection) -> str | None:
    """Nothing can be: the index follows the generated column."""
    return None


def match_expression(query: SearchQuery) -> str:
    """The query in ``to_tsquery``'s language: words only, phrases by distance; the last word may be unfinished."""
    phrases = [f"({' <-> '.join(words)})" for words in query.terms]
    wanted = " & ".join([*phrases[:-1], f"{phrases[-1][:-1]}:*)" if query.unfinished else phrases[-1]])
    return f"{wanted} & !({_any_of(query.excluded)})" if query.excluded else wanted


def _any_of(terms: Sequence[tuple[str, ...]]) -> str:
    return " | ".join(f"({' <-> '.join(words)})" for words in terms)


_DOCUMENTS = SearchDocument.__table__
_VECTOR: ColumnElement[Any] = literal_column("search_documents.vector")
_OPTIONS = f"StartSel={OPEN}, StopSel={CLOSE}, MaxWords=32, MinWords=16, MaxFragments=1, FragmentDelimiter=…"


def _tsquery(expression: str) -> ColumnElement[Any]:
    return func.to_tsquery("english", expression)


def matching_stories(query: SearchQuery, among: Select[int] | None = None) -> Select[int]:
    """The ids of the stories that match."""
    found = select(_DOCUMENTS.c.story_id).where(_VECTOR.op("@@")(_tsquery(match_expression(query))))
    return found if among is None else found.where(_DOCUMENTS.c.story_id.in_(among))


def stories_with_any(terms: Sequence[tuple[str, ...]]) -> Select[int]:
    """The ids of the stories that have any of these words and phrases."""
    return select(_DOCUMENTS.c.story_id).where(_VECTOR.op("@@")(_tsquery(_any_of(terms))))


def stories_naming(names: Sequence[tuple[str, ...]]) -> Select[int]:
    """The ids of the stories that have any of these phrases, of which the last word may go on."""
    query = " | ".join(f"({' <-> '.join(words)}:*)" for words in names)
    return select(_DOCUMENTS.c.story_id).where(_VECTOR.op("@@")(_tsquery(query)))


def find_hits(
    connection: Connection, query: SearchQuery, among: Select[int] | None, *, by_relevance: bool, limit: int, offset: int
) -> list[Hit]:
    """Stories that match, and are ``among`` these, by ``ts_rank`` or newest first."""
    tsquery = _tsquery(match_expression(query))
    found = matching_stories(query, among)
    rank: ColumnElement[Any] = func.ts_rank(cast([0.1, 0.3, 0.5, 1.0], ARRAY(REAL)), _VECTOR, tsquery)
    first = rank.desc() if by_relevance else _DOCUMENTS.c.sort_date.desc().nulls_last()
    # The passages are cut out of the rows of one page only: ts_headline reads the whole text.
    page = found.add_columns(func.row_number().over(order_by=(first, _DOCUMENTS.c.story_id.desc())).label("place"))
    rows = page.order_by("place").limit(limit).offset(offset).subquery()
    texts = (_DOCUMENTS.c.title, func.left(_DOCUMENTS.c.summary, 20000), func.left(_DOCUMENTS.c.sources, 60000))
    headlines = [func.ts_headline("english", column, tsquery, _OPTIONS) for column in texts]
    query_of_page = select(_DOCUMENTS.c.story_id, *headlines).join(rows, rows.c.story_id == _DOCUMENTS.c.story_id)
    return with_passages(connection.execute(query_of_page.order_by(rows.c.place)))
