"""Dates in running prose, read by a grammar of our own: nothing is guessed, whatever is not sure stays unresolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.dates.direction import direction_at
from app.analysis.dates.grammar import Phrase, find_phrases, join_ranges
from app.analysis.dates.guards import stands
from app.analysis.dates.lexicon import TRIGGERS, Token, tokenise
from app.analysis.dates.resolution import Context, duration, resolve
from app.domain.dates import Interval, Precision
from app.domain.events import DatedPhrase

__all__ = ["DurationPhrase", "find_dates", "find_durations"]

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d|\d/\d")
_WORD = re.compile(r"[a-z]+[1-4]?|[1-4][qh]|\d0s")
#: Rules whose phrases lean on the date told before them rather than on publication.
_LEANING = frozenset({"shifted", "next_unit"})
#: Rules whose phrases hold a length of time.
_MEASURING = frozenset({"duration", "vague_span", "span", "in_time"})
_SILENT = frozenset({"duration", "vague_span"})
_SHIFTS = re.compile(
    r"\b(?:delay|postpon|push|mov|shift|reschedul|slip|brought forward|bring forward|advanc)", re.IGNORECASE
)


def find_dates(sentences: Sequence[str], anchor: Interval | None) -> list[list[DatedPhrase]]:
    """Find the phrases that tell a date.

    Args:
        sentences: consecutive sentences of one text; "a month later" leans on a date of the same or the previous one.
        anchor: when the text was published. ``None`` or an open interval leaves relative phrases unresolved; one that is
            wider than a day resolves those that mean the same throughout.

    Returns:
        One list a sentence, in order of appearance, offsets counting from the sentence's beginning. ``interval`` is ``None``
        where a phrase tells a date that cannot be worked out. Durations and repetitions are not dates. Time is linear.
    """
    found: list[list[DatedPhrase]] = []
    reference: Interval | None = None
    for sentence in sentences:
        phrases = _find(sentence, anchor, reference) if _may_hold_a_date(sentence) else []
        found.append(phrases)
        reference = next((item.interval for item in reversed(phrases) if _is_reference(item)), None)
    return found


@dataclass(frozen=True, slots=True)
class DurationPhrase:
    """Words that tell a length of time, at characters ``start`` to ``end`` of a sentence; ``value`` as ISO 8601 writes it.

    A number that is not told is ``X``: "several years" is ``PXY``.
    """

    start: int
    end: int
    text: str
    value: str


def find_durations(sentence: str) -> list[DurationPhrase]:
    """Find the lengths of time in a sentence ("two years", "a three-month trial"), whether or not they make part of a date."""
    if not _may_hold_a_date(sentence):
        return []
    found = []
    for phrase in find_phrases(tokenise(sentence)):
        value = duration(phrase) if phrase.rule in _MEASURING else None
        if value is not None:
            words = [token for token in phrase.tokens if token.letter not in "Iglk"]
            start, end = words[0].start, words[-1].end
            found.append(DurationPhrase(start, end, sentence[start:end], value))
    return found


def _may_hold_a_date(sentence: str) -> bool:
    return _YEAR.search(sentence) is not None or not TRIGGERS.isdisjoint(_WORD.findall(sentence.lower()))


def _is_reference(phrase: DatedPhrase) -> bool:
    return phrase.interval is not None and phrase.interval.precision is not Precision.RANGE


def _find(sentence: str, anchor: Interval | None, reference: Interval | None) -> list[DatedPhrase]:
    tokens = tokenise(sentence)
    phrases: list[Phrase] = [item for item in find_phrases(tokens) if stands(item, tokens, sentence)]
    if not _SHIFTS.search(sentence):
        phrases = list(join_ranges(phrases, tokens))
    found = []
    for phrase in phrases:
        if phrase.rule in _SILENT:
            continue
        dated = _read(phrase, tokens, sentence, anchor, reference)
        if dated is None:
            continue
        found.append(dated)
        if _is_reference(dated):
            reference = dated.interval
    return found


def _read(
    phrase: Phrase, tokens: Sequence[Token], sentence: str, anchor: Interval | None, reference: Interval | None
) -> DatedPhrase | None:
    direction = direction_at(tokens, phrase.first, phrase.last)
    used = None
    interval = resolve(phrase, Context(None, direction, reference))
    if interval is not None:
        used = reference if phrase.rule in _LEANING else None
    elif anchor is not None and anchor.start is not None and anchor.end is not None:
        interval = resolve(phrase, Context(anchor.start, direction, reference))
        if interval is not None and anchor.end != anchor.start:
            other = resolve(phrase, Context(anchor.end, direction, reference))
            interval = interval if interval == other else None
        used = None if interval is None else reference if phrase.rule in _LEANING and reference is not None else anchor
    if interval is None and phrase.rule == "in_time":
        return None
    words = _trimmed(phrase.tokens)
    start, end = words[0].start, words[-1].end
    return DatedPhrase(start, end, sentence[start:end], interval, used, phrase.rule.replace("_", "-"))


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    first, last = 0, len(tokens)
    while tokens[first].letter in ",(-":
        first += 1
    while tokens[last - 1].letter in "s,":
        last -= 1
    return tokens[first:last]
