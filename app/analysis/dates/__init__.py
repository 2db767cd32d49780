"""Dates in running prose, read by a grammar of our own: nothing is guessed, whatever is not sure stays unresolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.analysis.dates.direction import Direction, direction_at
from app.analysis.dates.grammar import Phrase, combine, find_phrases
from app.analysis.dates.guards import stands
from app.analysis.dates.lexicon import Token, Tokens, tokenise, which_may_hold_dates
from app.analysis.dates.reading import Context, duration
from app.analysis.dates.resolution import resolve
from app.domain.dates import Interval, Precision
from app.domain.events import DatedPhrase

__all__ = ["DurationPhrase", "find_dates", "find_durations"]

#: Rules whose phrases lean on the date told before them rather than on publication.
_LEANING = frozenset({"shifted", "next_unit"})
#: Rules whose phrases hold a length of time.
_MEASURING = frozenset({"duration", "vague_span", "span", "in_time"})
#: Classes of tokens that tell a year by themselves.
_EXPLICIT = "yij3D"
#: Rules whose phrases may take their year from an earlier phrase of the sentence.
_YEARLESS = frozenset({"month", "part_of_month", "season", "quarter"})
_SILENT = frozenset({"duration", "vague_span"})
#: Publication outside these years is a mistake and no anchor.
_YEARS = (1500, 2500)
_SHIFTS = re.compile(
    r"\b(?:[Dd]elay|[Pp]ostpon|[Pp]ush|[Mm]ov|[Ss]hift|[Rr]eschedul|[Ss]lip|brought forward|bring forward|[Aa]dvanc)"
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
    if anchor is not None and not all(end and _YEARS[0] <= end.year <= _YEARS[1] for end in (anchor.start, anchor.end)):
        anchor = None
    for sentence, may_hold_dates in zip(sentences, which_may_hold_dates(sentences), strict=True):
        phrases = _find(sentence, anchor, reference) if may_hold_dates else []
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
    found = []
    tokens = tokenise(sentence)
    for phrase in find_phrases(tokens):
        measures = phrase.rule in _MEASURING and stands(phrase, tokens, sentence)
        value = duration(phrase) if measures else None
        if value is not None:
            words = [token for token in phrase.tokens if token.letter not in "Iglk"]
            start, end = words[0].start, words[-1].end
            found.append(DurationPhrase(start, end, sentence[start:end], value))
    return found


def _is_reference(phrase: DatedPhrase) -> bool:
    return phrase.interval is not None and phrase.interval.precision is not Precision.RANGE


def _find(sentence: str, anchor: Interval | None, reference: Interval | None) -> list[DatedPhrase]:
    tokens = tokenise(sentence)
    phrases: list[Phrase] = [item for item in find_phrases(tokens) if stands(item, tokens, sentence)]
    if len(phrases) > 1 and not _SHIFTS.search(sentence):
        phrases = combine(phrases, tokens)
    found: list[DatedPhrase] = []
    for phrase in phrases:
        if phrase.rule in _SILENT:
            continue
        dated = _read(phrase, tokens, sentence, anchor, reference)
        if dated is None:
            continue
        if phrase.rule in _YEARLESS and _another_year_rules(dated, found):
            dated = replace(dated, interval=None, anchor=None)
        found.append(dated)
        if _is_reference(dated):
            reference = dated.interval
    return found


def _another_year_rules(dated: DatedPhrase, before: Sequence[DatedPhrase]) -> bool:
    """Whether an earlier year that the sentence named before may be meant ("In 2023, it opened in March and closed in May")."""
    if dated.interval is None or dated.anchor is None or dated.interval.sort_date > dated.anchor.sort_date:
        return False
    year = dated.interval.sort_date.year
    return any(item.interval and item.anchor is None and item.interval.sort_date.year < year for item in before)


def _read(
    phrase: Phrase, tokens: Tokens, sentence: str, anchor: Interval | None, reference: Interval | None
) -> DatedPhrase | None:
    interval, used = None, None
    leans = phrase.rule in _LEANING or phrase.token("LV") is not None
    if leans or phrase.ends or phrase.token(_EXPLICIT) is not None:
        interval = resolve(phrase, Context(None, None, reference))
    if anchor is not None and anchor.start and anchor.end and (interval is None or leans):
        direction = direction_at(tokens, phrase.first, phrase.last)
        interval = _agreed(phrase, direction, reference, anchor.start, anchor.end)
        used = anchor
    if leans and reference is not None:
        used = reference
    if interval is None and phrase.rule == "in_time":
        return None
    words = _trimmed(phrase.tokens)
    start, end = words[0].start, words[-1].end
    return DatedPhrase(start, end, sentence[start:end], interval, used if interval else None, phrase.rule.replace("_", "-"))


def _agreed(phrase: Phrase, direction: Direction | None, reference: Interval | None, first: date, last: date) -> Interval | None:
    """What a phrase means, if it means the same for the first and the last possible day of publication."""
    interval = resolve(phrase, Context(first, direction, reference))
    if interval is None or first == last or interval == resolve(phrase, Context(last, direction, reference)):
        return interval
    return None


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    first, last = 0, len(tokens)
    while tokens[first].letter in ",(-#":
        first += 1
    while tokens[last - 1].letter in "s,":
        last -= 1
    return tokens[first:last]
