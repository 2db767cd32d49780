"""A search that was typed as a question, "what happened at Meta since June 2025?": the names and the time in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.domain.dates import parse_edtf
from app.domain.text import fold
from app.store.entities import EntityRow, entities_called
from app.store.timelines import days
from app.web import links, words
from app.web.i18n import gettext
from app.web.parameters import TimelineParameters, resolve
from app.web.ranges import Span, bound, parse_span

#: Words that are looked at; who types more pastes a text.
MOST_WORDS = 24
#: Words of the longest time ("from 3 June 2024 to 5 May 2025") and of the longest name that are looked for.
_LONGEST_SPAN, _LONGEST_NAME = 9, 5
#: More names than these are no question about what they did together.
_MOST_NAMES = 3
_WORD = re.compile(r"[^\s,;:!?\"“”„()]+")
_POSSESSIVE = re.compile(r"['’]s?$")
#: A single word that is a time by itself; "may" and "5" are not.
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Question:
    """The timeline that answers a question: of whom, of when, and how much there is on it."""

    names: tuple[str, ...]
    time: str | None
    """In words, "from June 2025"."""
    entries: int
    url: str


def read_question(connection: Connection, text: str, today: date, *, timeless: bool = False) -> Question | None:
    """The timeline that a question asks for; ``None`` where it names nobody, or nothing is known of them in that time.

    Words without a time in them are a question only where ``timeless`` says so.
    """
    typed = [word.rstrip(".") for word in _WORD.findall(text)[:MOST_WORDS]]
    span, rest = _time_in(typed, today)
    if span is None and not timeless:
        return None
    entities = _names_in(connection, rest)
    if not entities or len(entities) > _MOST_NAMES:
        return None
    first = bound(span.first) if span and span.first else None
    last = bound(span.last, end=True) if span and span.last else None
    asked = TimelineParameters(entity=tuple(entity.slug for entity in entities), first=first, last=last)
    entries = days(connection, resolve(connection, asked).filters).total()
    if not entries:
        return None
    alone = len(entities) == 1
    return Question(
        tuple(entity.name for entity in entities),
        _in_words(first, last),
        entries,
        links.timeline(asked, links.entity(entities[0].slug), entity=()) if alone else links.timeline(asked),
    )


def _time_in(typed: Sequence[str], today: date) -> tuple[Span | None, list[Sequence[str]]]:
    """The longest run of words that is a time, and the runs before and after it."""
    for start, end in _runs(len(typed), _LONGEST_SPAN):
        if end - start > 1 or _YEAR.fullmatch(typed[start]):
            try:
                return parse_span(" ".join(typed[start:end]), today), [typed[:start], typed[end:]]
            except ValueError:
                continue
    return None, [typed]


def _names_in(connection: Connection, runs: Sequence[Sequence[str]]) -> tuple[EntityRow, ...]:
    """Entities that are called by words side by side; a longer name hides the shorter ones within it."""
    places: dict[tuple[int, int, int], str] = {}
    for number, run in enumerate(runs):
        for start, end in _runs(len(run), _LONGEST_NAME):
            places[number, start, end] = fold(_POSSESSIVE.sub("", " ".join(run[start:end])))
    called = entities_called(connection, set(places.values()))
    taken: set[tuple[int, int]] = set()
    found: dict[tuple[int, int], EntityRow] = {}
    for (number, start, end), name in places.items():
        own = {(number, place) for place in range(start, end)}
        if name in called and not own & taken:
            taken |= own
            found[number, start] = called[name]
    return tuple({found[place].slug: found[place] for place in sorted(found)}.values())


def _runs(count: int, longest: int) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of the runs among so many words, the longest first."""
    for length in range(min(count, longest), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _in_words(first: str | None, last: str | None) -> str | None:
    if first and last:
        return words.interval(parse_edtf(first if first == last else f"{first}/{last}"))
    if first:
        return gettext("from %(date)s", date=words.interval(parse_edtf(first)))
    return gettext("to %(date)s", date=words.interval(parse_edtf(last))) if last else None
