"""The rule for dates: by the days that they cover, each side read against its own date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from app.analysis.check.material import Claim, Draft, context, shared, stands_in
from app.analysis.evidence import Match
from app.analysis.signs import Sign, signs
from app.domain.dates import Interval, Precision
from app.domain.events import DatedPhrase
from app.domain.findings import FindingKind, Strength

RULE = "date"
VERSION = 2

#: What the words around two dates must share for both to be of one thing.
_SAME_THING = 0.4
_LEAST_SHARED = 2
_SAME_PARTS = 0.2
#: A passage with less of the sentence is about something else.
_CARRIED = 0.4
#: So many times as much of a sentence as another passage: that one is about something else.
_MUCH_MORE = 2.0
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)(?:['’]?(s)\b)?")
_DECADE = 10
_DAY = re.compile(r"(?<![\d,.])(\d{1,2})(?:st|nd|rd|th)?\b(?![,.]?\d)")
#: Dates that touch by this much are no difference: "early 2025", the night between two days, another time zone.
_SLACK = timedelta(days=1)


class Explicit(NamedTuple):
    """What a phrase names by itself."""

    years: frozenset[int]
    month: int | None
    day: int | None

    @property
    def names(self) -> bool:
        """Whether it names anything."""
        return bool(self.years) or self.month is not None


class Beside(NamedTuple):
    """A date of a passage beside a sentence, and how much the words around it share with those around the sentence's."""

    match: Match
    phrase: DatedPhrase
    closeness: float


def dates(claim: Claim) -> Iterator[Draft]:
    """The dates of a sentence that the passages which carry it tell otherwise, and those that no source has."""
    told = named_dates(claim)
    for phrase in told:
        draft = _contradicted(claim, phrase) if _verbatim(claim, phrase) else _compare(claim, phrase, told)
        if draft is not None:
            yield draft


def _contradicted(claim: Claim, phrase: DatedPhrase) -> Draft | None:
    """What the passage with most of a sentence tells in the place of a date that only lesser ones have, of something else."""
    best = claim.aligned[0]
    if best.score < _CARRIED:
        return None
    near = claim.sources.near(best.index, 1, 1)
    carrying = {*near, *(match.index for match in claim.aligned if match.score * _MUCH_MORE >= best.score)}
    words = phrase.text.casefold()
    if any(words in claim.sources.folded(index) for index in carrying):
        return None
    named = explicit(phrase)
    if any(_exactly(named, explicit(other)) for index in carrying for other in claim.sources.dates(index)):
        return None
    others = [other for other in claim.sources.dates(best.index) if explicit(other).names]
    if len(others) != 1 or not _same_parts(named, others[0]) or any(agrees(own, others[0]) for own in claim.dates):
        return None
    if _closeness(claim, phrase, best, others[0]) < _SAME_THING:
        return None
    return _differs(phrase, best, others[0], Strength.WEAK)


def _compare(claim: Claim, phrase: DatedPhrase, told: list[DatedPhrase]) -> Draft | None:
    """What differs between a date of a sentence and those of the passages beside it."""
    named = explicit(phrase)
    found: list[tuple[Match, DatedPhrase]] = []
    for match in claim.aligned:
        there = claim.sources.dates(match.index)
        if any(_exactly(named, explicit(other)) for other in there):
            return _contradicted(claim, phrase)
        found += [(match, other) for other in there]
    beside = [Beside(match, other, _closeness(claim, phrase, match, other)) for match, other in found]
    agreeing = max((item.closeness for item in beside if agrees(phrase, item.phrase)), default=-1.0)
    differing = [
        item
        for item in beside
        if explicit(item.phrase).names
        and not any(agrees(other, item.phrase) for other in claim.dates)
        and (item.closeness >= _SAME_THING or _only(claim, told, item))
    ]
    closest = max(differing, key=lambda item: item.closeness + _SAME_PARTS * _same_parts(named, item.phrase), default=None)
    if closest and closest.closeness > agreeing:
        return _differs(phrase, closest.match, closest.phrase, _strength(phrase, closest.phrase))
    other_year = next((item for item in beside if _is_other_year(named, explicit(item.phrase))), None)
    if other_year and not any(agrees(phrase, item.phrase) and not _is_only_year(item) for item in beside):
        return _differs(phrase, other_year.match, other_year.phrase, Strength.WEAK)
    if agreeing >= 0 or _anywhere(claim, named):
        return None
    best = claim.aligned[0] if claim.aligned else None
    reason = f"The summary says {phrase.text}; no source has that date."
    number = best.passage.source if best else None
    stands_out = not beside and not _follows(claim, phrase) and claim.carried_without(phrase.start, phrase.end)
    strength = Strength.STRONG if stands_out else Strength.WEAK
    return Draft(FindingKind.DATE, strength, RULE, phrase.start, phrase.end, reason, number, None, best)


def _same_parts(named: Explicit, other: DatedPhrase) -> bool:
    """Whether a date names the same parts (year, month, day) as another, and so rather stands in its place."""
    theirs = explicit(other)
    return (bool(named.years), named.month is None, named.day is None) == (
        bool(theirs.years),
        theirs.month is None,
        theirs.day is None,
    )


def _is_other_year(one: Explicit, other: Explicit) -> bool:
    """Whether both name the same month, and the same day if they name one, of different years."""
    return (
        one.month is not None and one[1:] == other[1:] and bool(one.years and other.years) and one.years.isdisjoint(other.years)
    )


def _is_only_year(item: Beside) -> bool:
    """Whether a date is no more than a year, and that of something else, so that it backs no month of that year."""
    return not item.closeness and explicit(item.phrase).month is None and bool(explicit(item.phrase).years)


def named_dates(claim: Claim) -> list[DatedPhrase]:
    """The dates of a sentence that name a year or a month; most sentences have none."""
    if not signs(claim.text) & Sign.DAY:
        return []
    return [phrase for phrase in claim.dates if explicit(phrase).names]


def _closeness(claim: Claim, phrase: DatedPhrase, match: Match, other: DatedPhrase) -> float:
    """How much the words around two dates share; 0 where that is too little to tell."""
    about = context(claim.text, phrase.start, phrase.end)
    count, share = shared(about, context(match.passage.text, other.start, other.end))
    return share if count >= _LEAST_SHARED else 0.0


def _only(claim: Claim, told: list[DatedPhrase], item: Beside) -> bool:
    """Whether sentence and passage have one date each, so that they need no more than their sentences in common."""
    others = [other for other in claim.sources.dates(item.match.index) if explicit(other).names]
    return len(told) == 1 and len(others) == 1 and item.match.score >= _CARRIED


def _exactly(one: Explicit, other: Explicit) -> bool:
    """Whether the second names all that the first names, and the same."""
    same_month = one.month is None or (one.month == other.month and one.day in (None, other.day))
    return same_month and one.years <= other.years


def explicit(phrase: DatedPhrase) -> Explicit:
    """The years, the first month and its day that the words of a phrase name."""
    return _explicit(phrase.text)


@lru_cache(maxsize=4096)
def _explicit(words: str) -> Explicit:
    month = _MONTH.search(words)
    day = _DAY.search(words) if month else None
    return Explicit(
        frozenset(year for found in _YEAR.finditer(words) for year in _years_of(found)),
        _MONTHS.index(month[1][:3].lower()) + 1 if month else None,
        int(day[1]) if day else None,
    )


def _years_of(found: re.Match[str]) -> range:
    """The year that a phrase names, or those of a decade."""
    year = int(found[1])
    return range(year, year + (_DECADE if found[2] else 1))


def agrees(one: DatedPhrase, other: DatedPhrase) -> bool:
    """Whether two phrases may mean the same time: the days that they cover meet, or what both name is the same."""
    if one.interval is not None and other.interval is not None:
        return _meet(one.interval, other.interval) and not _apart(explicit(one), explicit(other))
    ours, theirs = explicit(one), explicit(other)
    if not theirs.names:
        return True
    return not _apart(ours, theirs)


def _apart(one: Explicit, other: Explicit) -> bool:
    """Whether both name the same part of a date and name it otherwise."""
    if one.years and other.years and not (one.years <= other.years or other.years <= one.years):
        return True
    if one.month and other.month and one.month != other.month:
        return True
    return bool(one.month and other.month and one.day and other.day and one.day != other.day)


def _meet(one: Interval, other: Interval) -> bool:
    if one.overlaps(other):
        return True
    if not (one.start and one.end and other.start and other.end):
        return False
    if one.precision is Precision.DAY and other.precision is Precision.DAY:
        return False
    gap = max(one.start, other.start) - min(one.end, other.end)
    slack = timedelta(days=31) if one.approximate or other.approximate else _SLACK
    return gap <= slack


def _verbatim(claim: Claim, phrase: DatedPhrase) -> bool:
    """Whether a passage that stands beside the sentence has the words of the date, or one right beside the best two."""
    words = phrase.text.casefold()
    sources = claim.sources
    if any(stands_in(words, sources.folded(match.index)) for match in claim.aligned):
        return True
    return any(
        words in sources.folded(place)
        for match in claim.aligned[:2]
        for place in sources.near(match.index, 1, 1)
        if place != match.index
    )


def _anywhere(claim: Claim, named: Explicit) -> bool:
    """Whether some source names the year and the month of a date."""
    return any(
        (any if len(named.years) >= _DECADE else all)(source.has_word(str(year)) for year in named.years)
        and (named.month is None or named.month in source.months)
        for source in claim.sources.by_number.values()
    )


def _follows(claim: Claim, phrase: DatedPhrase) -> bool:
    """Whether a date may have been worked out from when a source or the story was published."""
    if phrase.interval is None:
        return False
    published = [source.published for source in claim.sources.by_number.values()] + [claim.published]
    return any(day is not None and phrase.interval.overlaps(day) for day in published)


def _strength(phrase: DatedPhrase, other: DatedPhrase) -> Strength:
    """Strong where both name what they differ in."""
    return Strength.STRONG if _apart(explicit(phrase), explicit(other)) else Strength.WEAK


def _differs(phrase: DatedPhrase, match: Match, other: DatedPhrase, strength: Strength) -> Draft:
    passage = match.passage
    reason = f"The summary says {phrase.text}; source {passage.source} says {other.text}."
    place = (passage.start + other.start, passage.start + other.end)
    return Draft(FindingKind.DATE, strength, RULE, phrase.start, phrase.end, reason, passage.source, place, match)
