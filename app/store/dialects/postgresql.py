"""PostgreSQL: bulk storing by COPY, full-text search by a generated ``tsvector`` column that indexes itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, Table, text

from app.store.dialects.search import CLOSE, OPEN, Hit, SearchQuery, hits


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
    """Store rows; where one is there already, add its counters."""
    if not rows:
        return
    name = sql.Identifier(table.name)
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
        name,
        sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns),
        sql.SQL(", ").join(sql.Placeholder() for _ in table.columns),
        sql.SQL(", ").join(sql.Identifier(column.name) for column in table.primary_key),
        sql.SQL(", ").join(sql.SQL("{1} = {0}.{1} + excluded.{1}").format(name, sql.Identifier(counter)) for counter in counters),
    )
    cursor: Any = connection.connection.cursor()
    try:
        cursor.executemany(statement, rows)
    finally:
        cursor.close()


def index_stories(connection: Connection, story_ids: Sequence[int]) -> None:
    """Nothing to do: the index follows the generated column."""


def unindex_stories(connection: Connection, story_ids: Sequence[int]) -> None:
    """Nothing to do: the index follows the generated column."""


def index_problem(_connection: Connection) -> str | None:
    """Nothing can be: the index follows the generated column."""
    return None


def match_expression(query: SearchQuery) -> str:
    """The query in ``to_tsquery``'s language: words only, phrases by distance; the last word may be unfinished."""
    phrases = [" <-> ".join(words) for words in query.terms]
    return " & ".join(f"({phrase})" for phrase in phrases[:-1]) + (" & " if len(phrases) > 1 else "") + f"({phrases[-1]}:*)"


_QUERY = "to_tsquery('english', :query)"
_COUNT_HITS = text(f"SELECT count(*) FROM (SELECT 1 FROM search_documents WHERE vector @@ {_QUERY} LIMIT :most) AS hits")
_OPTIONS = f"'StartSel={OPEN}, StopSel={CLOSE}, MaxWords=32, MinWords=16, MaxFragments=1, FragmentDelimiter=…'"
_HEADLINES = ", ".join(
    f"ts_headline('english', {column}, {_QUERY}, {_OPTIONS})"
    for column in ("title", "left(summary, 20000)", "left(sources, 60000)")
)


def _page(order: str) -> Any:
    # The passages are cut out of the rows of one page only: ts_headline reads the whole text.
    return text(
        f"SELECT story_id, {_HEADLINES} FROM search_documents JOIN (SELECT story_id FROM search_documents "
        f"WHERE vector @@ {_QUERY} ORDER BY {order} LIMIT :limit OFFSET :offset) AS page USING (story_id) ORDER BY {order}"
    )


_BY_RELEVANCE = _page(f"ts_rank('{{0.1, 0.3, 0.5, 1.0}}', vector, {_QUERY}) DESC, story_id DESC")
_BY_DATE = _page("sort_date DESC NULLS LAST, story_id DESC")


def count_hits(connection: Connection, query: SearchQuery, most: int) -> int:
    """How many stories match, counted up to ``most``."""
    return int(connection.execute(_COUNT_HITS, {"query": match_expression(query), "most": most}).scalar_one())


def find_hits(connection: Connection, query: SearchQuery, *, by_relevance: bool, limit: int, offset: int) -> list[Hit]:
    """Stories that match, by ``ts_rank`` or newest first."""
    return hits(connection, _BY_RELEVANCE if by_relevance else _BY_DATE, match_expression(query), limit, offset)
