"""Which sentences may hold a date: those with a word or a number without which there is none. Most have neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from string import ascii_letters

from ahocorasick_rs import AhoCorasick, MatchKind

from app.analysis.dates.lexicon import (
    CLASSES,
    DAY_OFFSETS,
    DAYS,
    DECADES,
    MONTHS,
    PLURAL_UNITS,
    SHORT_WEEKDAYS,
    UNITS,
    WEEKDAYS,
    words,
)
from app.domain.dates import SEASONS


def _forms(names: Iterable[str]) -> frozenset[str]:
    """Words as they may be written: as they are, with a capital, in capitals."""
    return frozenset(form for word in names for form in (word, word.title(), word.upper()))


#: Words of which a sentence with a date, but without a year in digits, has at least one; as they are written.
TRIGGERS = _forms(
    [
        *DAY_OFFSETS,
        *DAYS,
        *DECADES,
        *SEASONS,
        *words("noon midnight midday nineteen twenty weekend morning afternoon evening night q1 q2 q3 q4 h1 h2 fy"),
    ]
) | (
    _forms([*MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS]).difference(MONTHS, WEEKDAYS, SHORT_WEEKDAYS)
    | words("a.m p.m Year Years")
    | words("Christmas Thanksgiving Halloween Easter Good Eve Day 9/11 Juneteenth Ash Palm")
)
#: Words that make a trigger only together with one of ``RELATIONS``.
UNIT_TRIGGERS = _forms([*UNITS, *PLURAL_UNITS, "period", "century"]) - TRIGGERS
RELATIONS = _forms(word for word, letter in CLASSES.items() if letter in "rpxLVChmglkf›bqI@~*°")

#: A year, a decade, an ordinal, a time of day.
_IN_DIGITS = re.compile(
    r"[0-9’'](?:(?<=1)(?<!\d1)[5-9]\d\d|(?<=2)(?<!\d2)0\d\d|(?<=[’'])\d0s|(?<=[5-9])0s\b|(?<=\d)(?:st|nd|rd|th|\s?[ap]m)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = frozenset(ascii_letters)
#: Halves of a pair, which no document has and the matcher does not take.
_HALVES = re.compile("[\ud800-\udfff]")


def may_hold_dates(sentence: str) -> bool:
    """Whether one sentence has a word or a year without which there is no date; most that have one have a year in digits."""
    return _IN_DIGITS.search(sentence) is not None or any(which_may_hold_dates([sentence]))


def which_may_hold_dates(sentences: Sequence[str]) -> Iterator[bool]:
    """Whether each of some sentences has a word or a year without which there is no date; one pass over all of them."""
    text = "\n".join(sentences)
    places = [match.start() for match in _IN_DIGITS.finditer(text)]
    units: list[int] = []
    try:
        triggers = _triggers().find_matches_as_indexes(text)
    except UnicodeEncodeError:
        triggers = _triggers().find_matches_as_indexes(_HALVES.sub("\ufffd", text))
    for index, start, end in triggers:
        if text[end : end + 1] not in _LETTERS and (not start or text[start - 1] not in _LETTERS):
            (places if index < len(TRIGGERS) else units).append(start)
    places.sort()
    start = sure = unit = 0
    for sentence in sentences:
        end = start + len(sentence)
        found = sure < len(places) and places[sure] < end
        while sure < len(places) and places[sure] < end:
            sure += 1
        if unit < len(units) and units[unit] < end:
            found = found or not RELATIONS.isdisjoint(_WORD.findall(sentence))
            while unit < len(units) and units[unit] < end:
                unit += 1
        yield found
        start = end + 1


@lru_cache
def _triggers() -> AhoCorasick:
    return AhoCorasick([*sorted(TRIGGERS), *sorted(UNIT_TRIGGERS)], matchkind=MatchKind.LeftmostLongest)
