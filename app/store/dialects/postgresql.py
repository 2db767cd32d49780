"""PostgreSQL: bulk storing by COPY, full-text search by a generated ``tsvector`` column that indexes itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from psycopg import sql
from sqlalchemy import (
    REAL,
    BindParameter,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
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
_DAY = _DOCUMENTS.c.sort_date
_VECTOR: ColumnElement[Any] = literal_column("search_documents.vector")
_OPTIONS = f"StartSel={OPEN}, StopSel={CLOSE}, MaxWords=32, MinWords=16, MaxFragments=1, FragmentDelimiter=…"


def _tsquery(expression: str | BindParameter[str]) -> ColumnElement[Any]:
    return func.to_tsquery("english", expression)


_QUERY = _tsquery(bindparam("query", type_=Text))
_HITS: Select[int] = select(_DOCUMENTS.c.story_id).where(_VECTOR.op("@@")(_QUERY))


def matching_stories(among: Select[int] | None = None) -> Select[int]:
    """The ids of the stories that match the parameter ``query``."""
    return _HITS if among is None else _HITS.where(_DOCUMENTS.c.story_id.in_(among))


def stories_with_any(terms: Sequence[tuple[str, ...]]) -> Select[int]:
    """The ids of the stories that have any of these words and phrases."""
    return select(_DOCUMENTS.c.story_id).where(_VECTOR.op("@@")(_tsquery(_any_of(terms))))


def stories_naming(names: Sequence[tuple[str, ...]]) -> Select[int]:
    """The ids of the stories that have any of these phrases, of which the last word may go on."""
    query = " | ".join(f"({' <-> '.join(words)}:*)" for words in names)
    return select(_DOCUMENTS.c.story_id).where(_VECTOR.op("@@")(_tsquery(query)))


_HEADLINES = tuple(
    func.ts_headline("english", column, _QUERY, _OPTIONS)
    for column in (_DOCUMENTS.c.title, func.left(_DOCUMENTS.c.summary, 20000), func.left(_DOCUMENTS.c.sources, 60000))
)
_PASSAGES = select(_DOCUMENTS.c.story_id, *_HEADLINES).where(_DOCUMENTS.c.story_id.in_(bindparam("ids")))
_RANK: ColumnElement[Any] = func.ts_rank(cast([0.1, 0.3, 0.5, 1.0], ARRAY(REAL)), _VECTOR, _QUERY)


def find_hits(
    connection: Connection, query: SearchQuery, among: Select[int] | None, *, by_relevance: bool, limit: int, offset: int
) -> list[Hit]:
    """Stories that match, and are ``among`` these, by ``ts_rank`` or newest first."""
    values = {"query": match_expression(query)}
    hits = matching_stories(among)
    if by_relevance:
        ranked = hits.order_by(_RANK.desc(), _DOCUMENTS.c.story_id.desc()).limit(limit).offset(offset)
        story_ids = connection.scalars(ranked, values).all()
    else:
        story_ids = _newest_first(connection, hits, values, limit, offset)
    # The passages are cut out of the rows of one page only: ts_headline reads the whole text.
    found = {hit.story_id: hit for hit in with_passages(connection.execute(_PASSAGES, {**values, "ids": story_ids}))}
    return [found[story_id] for story_id in story_ids]


def _newest_first(
    connection: Connection, hits: Select[int], values: Mapping[str, object], limit: int, offset: int
) -> Sequence[int]:
    """Dated stories are read from the index of days until there are enough, so that not all hits are sorted; others come last."""
    dated, undated = hits.where(_DAY.is_not(None)), hits.where(_DAY.is_(None))
    newest = dated.order_by(_DAY.desc(), _DOCUMENTS.c.story_id.desc()).limit(limit).offset(offset)
    story_ids = connection.scalars(newest, values).all()
    if len(story_ids) == limit:
        return story_ids
    before = connection.execute(select(func.count()).select_from(dated.subquery()), values).scalar_one()
    rest = undated.order_by(_DOCUMENTS.c.story_id.desc()).limit(limit - len(story_ids)).offset(max(offset - before, 0))
    return [*story_ids, *connection.scalars(rest, values)]
