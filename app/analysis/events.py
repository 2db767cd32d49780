"""From a dated sentence to an event: what kind of thing it reports, who takes part, and whether it is still to come."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.analysis.values import find_amounts
from app.domain.dates import Interval
from app.domain.entities import Mention
from app.domain.events import Amount, DatedPhrase, Event, EventType

#: Words that put a sentence's matter into the future.
_FUTURE = re.compile(
    r"\b(?:will|shall|would|expected to|expects? to|due to|slated|scheduled|set to|plans? to|planned|aims? to|intends? to|"
    r"is to|are to|by the end of|going to|hopes? to|about to|prepares? to|preparing to|pledged? to|targets?|targeted)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """For each event type, its verbs and its nouns as one pattern each."""

    verbs: tuple[tuple[EventType, re.Pattern[str]], ...]
    nouns: tuple[tuple[EventType, re.Pattern[str]], ...]


@lru_cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("app.analysis").joinpath("data/events.toml").read_text("utf-8"))

    def patterns(part: str) -> tuple[tuple[EventType, re.Pattern[str]], ...]:
        return tuple(
            (EventType(name), re.compile(rf"\b(?:{'|'.join(words[part])})(?!\w)", re.IGNORECASE)) for name, words in data.items()
        )

    return _Lexicon(patterns("verbs"), patterns("nouns"))


def classify(sentence: str, phrase: DatedPhrase) -> EventType:
    """The type of event that a sentence reports at a dated phrase: by the verb nearest to the date, else by a noun."""
    best: tuple[int, EventType] | None = None
    for event_type, pattern in _lexicon().verbs:
        for match in pattern.finditer(sentence):
            distance = phrase.start - match.end() if match.end() <= phrase.start else max(match.start() - phrase.end, 0)
            # "said" and its kind report the event of another verb wherever there is one.
            penalty = 10_000 if event_type is EventType.STATEMENT else 0
            if best is None or distance + penalty < best[0]:
                best = (distance + penalty, event_type)
    if best is not None and best[0] < 10_000:
        return best[1]
    for event_type, pattern in _lexicon().nouns:
        if pattern.search(sentence):
            return event_type
    return best[1] if best else EventType.OTHER


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
                    participants=tuple(dict.fromkeys(mention.slug for mention in mentions[index])),
                    amounts=tuple(Amount(amount.value, amount.currency) for amount in find_amounts(sentence)),
                )
            )
    return events
