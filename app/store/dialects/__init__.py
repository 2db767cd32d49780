"""What differs between SQLite and PostgreSQL, nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Select, Table

from app.store.dialects import postgresql, sqlite
from app.store.dialects.search import Hit, SearchQuery


class Dialect(Protocol):
    """What Dateline needs of an engine beyond common SQL."""

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Store rows in bulk; each has a value for every column of ``table``, in order."""

    def add_up(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], counters: Sequence[str]) -> None:
        """Store rows in bulk; where one with the same key is there already, add its counters, the columns of these names."""

    def index_stories(self, connection: Connection, story_ids: Sequence[int]) -> None:
        """Put the search documents of these stories into the full-text index."""

    def unindex_stories(self, connection: Connection, story_ids: Sequence[int]) -> None:
        """Take the search documents of these stories out of the full-text index, before they change."""

    def index_problem(self, connection: Connection) -> str | None:
        """What is wrong with the full-text index; ``None`` where nothing is."""

    def match_expression(self, query: SearchQuery) -> str:
        """A query that wants something, in the language of the engine."""

    def matching_stories(self, among: Select[int] | None = None) -> Select[int]:
        """The ids of the stories (``among`` these) that have all that a query wants and nothing that it excludes.

        The query is the statement's parameter ``query``, as ``match_expression`` writes it.
        """

    def stories_with_any(self, terms: Sequence[tuple[str, ...]]) -> Select[int]:
        """The ids of the stories that have any of these words and phrases."""

    def stories_naming(self, names: Sequence[tuple[str, ...]]) -> Select[int]:
        """The ids of the stories that have any of these phrases, of which the last word may go on."""

    def find_hits(
        self,
        connection: Connection,
        query: SearchQuery,
        among: Select[int] | None,
        *,
        by_relevance: bool,
        limit: int,
        offset: int,
    ) -> Sequence[Hit]:
        """Stories that match, and are ``among`` these, by relevance or newest first, each with a passage."""


#: By the names that SQLAlchemy has for them.
DIALECTS: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgresql}


def dialect_of(connection: Connection) -> Dialect:
    """The dialect of a connection's engine."""
    return DIALECTS[connection.dialect.name]
