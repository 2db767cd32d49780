"""What both engines' full-text searches share: the query as people type it, and hits with their passage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

#: Marks around a match in a passage; they cannot occur in stored text, which has no control characters of this kind.
OPEN, CLOSE = "\x02", "\x03"
#: Longer queries are cut: nobody types them, and each word costs a look-up.
MAX_TERMS = 16

#: A last word that is shorter is not taken for the beginning of one: too much begins so.
_SHORTEST_BEGINNING = 3
#: What may stand before a colon; anything else there is a word like others.
OPERATORS = ("entity", "type", "outlet", "category", "from", "to")

_TERM = re.compile(rf'(?P<out>-)?(?:(?P<operator>{"|".join(OPERATORS)}):)?(?:"(?P<phrase>[^"]*)"|(?P<plain>\S+))', re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Hit(NamedTuple):
    """A story that matches, with the passage that shows it; every second piece of ``passage`` (from the second) is a match."""

    story_id: int
    field: str
    passage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Words and phrases that must all occur, others that must not (each a tuple of words), and what operators ask for."""

    terms: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...] = ()
    operators: tuple[tuple[str, str], ...] = ()
    """Pairs of an operator and its value, in the order in which they were typed."""
    unfinished: bool = False
    """Whether the last word of ``terms`` may be the beginning of a longer one."""


def parse_query(text: str) -> SearchQuery:
    """What somebody typed: words, phrases (in quotation marks, or joined by hyphens and points), ``-word``, ``entity:name``."""
    terms: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    operators: list[tuple[str, str]] = []
    for match in _TERM.finditer(text[:1000]):
        value = match["phrase"] if match["phrase"] is not None else match["plain"]
        words = tuple(_WORD.findall(value))
        if not words:
            continue
        if match["operator"] and not match["out"]:
            operators.append((match["operator"].casefold(), value.strip()))
        else:
            (excluded if match["out"] else terms).append(words)
    last = terms[:MAX_TERMS][-1][-1] if terms else ""
    unfinished = len(last) >= _SHORTEST_BEGINNING or not last.isascii()
    return SearchQuery(tuple(terms[:MAX_TERMS]), tuple(excluded[:MAX_TERMS]), tuple(operators[:MAX_TERMS]), unfinished)


def write_query(query: SearchQuery) -> str:
    """A query as somebody would type it."""
    return " ".join(
        [
            *(_quoted(" ".join(words)) for words in query.terms),
            *(f"-{_quoted(' '.join(words))}" for words in query.excluded),
            *(f"{operator}:{_quoted(value)}" for operator, value in query.operators),
        ]
    )


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the index takes them."""
    return tuple(_WORD.findall(text))


def pieces(marked: str) -> tuple[str, ...]:
    """A passage with marks as pieces: text, match, text, match, …, text."""
    return tuple(re.split(f"[{OPEN}{CLOSE}]", marked))


def with_passages(rows: Iterable[Any]) -> list[Hit]:
    """Hits of rows (story, passage in title, in summary, in sources)."""
    return [_with_best_passage(*row) for row in rows]


def _with_best_passage(story_id: int, title: str, summary: str, sources: str) -> Hit:
    """The passage to show of a story: from the summary where that matches, else from its sources, else the title."""
    for field, passage in (("summary", summary), ("sources", sources), ("title", title)):
        if OPEN in passage:
            return Hit(story_id, field, pieces(passage))
    return Hit(story_id, "summary", (summary,))
