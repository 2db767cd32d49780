"""What both engines' full-text searches share: the query as people type it, and hits with their passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, TextClause

#: Marks around a match in a passage; they cannot occur in stored text, which has no control characters of this kind.
OPEN, CLOSE = "\x02", "\x03"
#: Longer queries are cut: nobody types them, and each word costs a look-up.
MAX_TERMS = 16

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")


class Hit(NamedTuple):
    """A story that matches, with the passage that shows it; every second piece of ``passage`` (from the second) is a match."""

    story_id: int
    field: str
    passage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Words and phrases that must all occur, each a tuple of words."""

    terms: tuple[tuple[str, ...], ...]


def parse_query(text: str) -> SearchQuery:
    """What somebody typed as words and phrases: quotation marks make a phrase, so do hyphens and points inside a word."""
    terms = []
    for match in _TERM.finditer(text[:1000]):
        words = tuple(_WORD.findall(match[1] if match[1] is not None else match[2]))
        if words:
            terms.append(words)
    return SearchQuery(tuple(terms[:MAX_TERMS]))


def pieces(marked: str) -> tuple[str, ...]:
    """A passage with marks as pieces: text, match, text, match, …, text."""
    return tuple(re.split(f"[{OPEN}{CLOSE}]", marked))


def hits(connection: Connection, statement: TextClause, expression: str, limit: int, offset: int) -> list[Hit]:
    """A page of the stories that a statement finds, its rows being (story, passage in title, in summary, in sources)."""
    rows = connection.execute(statement, {"query": expression, "limit": limit, "offset": offset})
    return [_with_best_passage(*row) for row in rows]


def _with_best_passage(story_id: int, title: str, summary: str, sources: str) -> Hit:
    """The passage to show of a story: from the summary where that matches, else from its sources, else the title."""
    for field, passage in (("summary", summary), ("sources", sources), ("title", title)):
        if OPEN in passage:
            return Hit(story_id, field, pieces(passage))
    return Hit(story_id, "summary", (summary,))
