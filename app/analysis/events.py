"""From a dated sentence to an event: what kind of thing it reports, who takes part, and whether it is still to come."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.analysis.values import find_amounts
from app.domain.dates import Interval
from app.domain.entities import Mention
from app.domain.events import Amount, DatedPhrase, Event, EventType, Participant

#: Words that put a sentence's matter into the future.
_FUTURE = re.compile(
    r"\b(?:will|shall|would|expected to|expects? to|due to|slated|scheduled|set to|plans? to|planned|aims? to|intends? to|"
    r"is to|are to|by the end of|going to|hopes? to|about to|prepares? to|preparing to|pledged? to|targets?|targeted)\b",
    re.IGNORECASE,
)


_WORD = re.compile(r"\w+")
_STATEMENTS_LAST = 10_000


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Verbs of all event types by the first two letters of their first word, and for each type its nouns as one pattern.

    ``verbs`` has, under two letters, the types in the order in which they are tried, each with those of its verbs that can begin
    so: most words of a sentence need no more than one look-up.
    """

    verbs: dict[str, tuple[tuple[EventType, re.Pattern[str]], ...]]
    nouns: tuple[tuple[EventType, re.Pattern[str]], ...]


@lru_cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("app.analysis").joinpath("data/events.toml").read_text("utf-8"))
    begins: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, words in data.items():
        for verb in words["verbs"]:
            for letters in _first_letters(verb):
                begins[letters][name].append(verb)
    return _Lexicon(
        {
            letters: tuple((EventType(name), _pattern(by_type[name])) for name in data if name in by_type)
            for letters, by_type in begins.items()
        },
        tuple((EventType(name), _pattern(words["nouns"])) for name, words in data.items()),
    )


def _pattern(alternatives: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def _first_letters(verb: str) -> set[str]:
    """The pairs of letters that a match of the expression ``verb`` can begin with.

    Raises:
        ValueError: it begins with something other than letters or a group of alternatives.
    """
    if plain := re.match(r"([a-z][a-z])(?![?*])", verb):
        return {plain[1]}
    if (group := re.match(r"([a-z]?)\(\?:([^()]+)\)(?![?*])(.*)", verb)) is None:
        raise ValueError(f"cannot tell how a match of {verb!r} begins: write its first two letters out")
    return {letters for alternative in group[2].split("|") for letters in _first_letters(group[1] + alternative + group[3])}


def _verbs(sentence: str) -> Iterator[tuple[EventType, int, int]]:
    """The verbs in a sentence, with where they begin and end; those of one type do not overlap."""
    verbs = _lexicon().verbs
    ends: dict[EventType, int] = {}
    for word in _WORD.finditer(sentence):
        for event_type, pattern in verbs.get(word[0][:2].lower(), ()):
            if word.start() >= ends.get(event_type, 0) and (match := pattern.match(sentence, word.start())):
                ends[event_type] = match.end()
                yield event_type, match.start(), match.end()


def classify(sentence: str, phrase: DatedPhrase) -> EventType:
    """The type of event that a sentence reports at a dated phrase: by the verb nearest to the date, else by a noun."""
    best: tuple[int, int, EventType] | None = None
    for event_type, start, end in _verbs(sentence):
        distance = phrase.start - end if end <= phrase.start else max(start - phrase.end, 0)
        # "said" and its kind report the event of another verb wherever there is one.
        penalty = _STATEMENTS_LAST if event_type is EventType.STATEMENT else 0
        candidate = (distance + penalty, _order()[event_type], event_type)
        best = candidate if best is None else min(best, candidate)
    if best is not None and best[0] < _STATEMENTS_LAST:
        return best[2]
    for event_type, pattern in _lexicon().nouns:
        if pattern.search(sentence):
            return event_type
    return best[2] if best else EventType.OTHER


@lru_cache
def _order() -> dict[EventType, int]:
    return {event_type: place for place, (event_type, _) in enumerate(_lexicon().nouns)}


def is_planned(sentence: str, interval: Interval, published: Interval | None) -> bool:
    """Whether the event lies after the publication, or, where that is unknown, is told as still to come."""
    if published is not None and published.end is not None and interval.start is not None:
        return interval.start > published.end
    if published is not None and published.start is not None and interval.end is not None and interval.end < published.start:
        return False
    return _FUTURE.search(sentence) is not None


def events_of(
    part: str,
    number: int | None,
    sentences: Sequence[str],
    phrases: Sequence[Sequence[DatedPhrase]],
    mentions: Sequence[Sequence[Mention]],
    published: Interval | None,
    first: int = 0,
) -> list[Event]:
    """The events of one text: one for each dated phrase that could be resolved, once for each date in a sentence.

    ``phrases`` and ``mentions`` run parallel to ``sentences``; ``first`` is the number of the first sentence in its part.
    """
    events: list[Event] = []
    for index, sentence in enumerate(sentences):
        seen: set[str] = set()
        for phrase in phrases[index]:
            if phrase.interval is None or phrase.interval.edtf in seen:
                continue
            seen.add(phrase.interval.edtf)
            events.append(
                Event(
                    part=part,
                    number=number,
                    sentence=first + index,
                    phrase=phrase,
                    type=classify(sentence, phrase),
                    planned=is_planned(sentence, phrase.interval, published),
                    participants=tuple(Participant(slug) for slug in dict.fromkeys(mention.slug for mention in mentions[index])),
                    amounts=tuple(Amount(amount.value, amount.currency) for amount in find_amounts(sentence)),
                )
            )
    return events
