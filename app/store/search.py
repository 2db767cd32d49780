"""Searching stories: by relevance while the hits are few, newest first beyond that, and the answer says which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.store.dialects import dialect_of
from app.store.dialects.search import Hit, SearchQuery, parse_query
from app.store.stories import StorySummary, stories_by_id

#: More hits than this are not ranked: sorting them all by relevance would take longer than anybody waits.
RANKED_HITS = 2000


class Order(StrEnum):
    """How results are ordered."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Result:
    """A story that matches.

    ``passage`` is text in pieces, every second one (from the second) a match; ``field`` is where it stands.
    """

    story: StorySummary
    field: str
    passage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results. ``total`` is exact up to ``RANKED_HITS``; one more than that means "more than"."""

    query: SearchQuery
    results: tuple[Result, ...]
    total: int
    order: Order


def search(connection: Connection, text: str, limit: int, offset: int = 0) -> Results:
    """Stories whose title, names, summary or sources have all words of ``text`` (phrases in double quotes)."""
    query = parse_query(text)
    if not query.terms:
        return Results(query, (), 0, Order.RELEVANCE)
    dialect = dialect_of(connection)
    total = dialect.count_hits(connection, query, RANKED_HITS + 1)
    order = Order.RELEVANCE if total <= RANKED_HITS else Order.NEWEST
    hits: Sequence[Hit] = dialect.find_hits(connection, query, by_relevance=order is Order.RELEVANCE, limit=limit, offset=offset)
    stories = stories_by_id(connection, [hit.story_id for hit in hits])
    return Results(query, tuple(Result(stories[hit.story_id], hit.field, hit.passage) for hit in hits), total, order)
