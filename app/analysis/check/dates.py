"""The rule for dates: by the days that they cover, each side read against its own date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from app.analysis.check.claims import MUCH_MORE, Claim, Draft
from app.analysis.check.conversions import DAYS
from app.analysis.check.times import DECADE, Explicit, agrees, apart, explicit, is_listed, last_named, names_all_of
from app.analysis.check.wording import GLUE, context, shared, stands_in
from app.analysis.evidence import Match
from app.analysis.measures import Measure
from app.analysis.signs import Sign, signs
from app.domain.dates import Precision, parse_edtf
from app.domain.events import DatedPhrase
from app.domain.findings import FindingKind, Strength

RULE = "date"
VERSION = 6

#: What the words around two dates must share for both to be of one thing.
_SAME_THING = 0.4
_LEAST_SHARED = 2
_SAME_PARTS = 0.2
#: A passage with less of the sentence may be about something else; one with less than the second has next to nothing of it.
_CARRIED = 0.3
_HARDLY_CARRIED = 0.2
#: A month that is told without its year is at most so many years away from when it was written.
_YEARS_FROM_NOW = 2
_SLACK = timedelta(days=2)
_ABOUT = 20
#: "They cost 85,000 euros each. They do not get tired. In three years they pay off."
_AROUND = 2
_A_DAY = timedelta(days=1)
_BEFORE = re.compile(r"\b(?:before|until|till)\s$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|since|as of|starting(?: in)?)\s$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|beyond)\s$", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:until|till|through|by)\s$", re.IGNORECASE)
_TELL_MONTHS = frozenset((Precision.DAY, Precision.MONTH))
#: A winter is of two years, and quarters and halves may be those of a fiscal year.
_VAGUE = frozenset((Precision.SEASON, Precision.QUARTER, Precision.HALF))


class Beside(NamedTuple):
    """A date of a passage beside a sentence, and how much the words around it share with those around the sentence's."""

    match: Match
    phrase: DatedPhrase
    closeness: float


def dates(claim: Claim) -> Iterator[Draft]:
    """The dates of a sentence that the passages which carry it tell otherwise, and those that no source has."""
    told = named_dates(claim)
    for phrase in told:
        draft = _contradicted(claim, phrase, told) if _verbatim(claim, phrase) else _compare(claim, phrase, told)
        if draft is None and _ends_otherwise(claim, phrase):
            draft = _untold(claim, phrase, Strength.WEAK)
        if draft is not None:
            yield draft


def _contradicted(claim: Claim, phrase: DatedPhrase, told: list[DatedPhrase]) -> Draft | None:
    """What the passage with most of a sentence tells in the place of a date that only lesser ones have, of something else."""
    best = claim.aligned[0]
    if best.score < _HARDLY_CARRIED:
        return None
    near = claim.sources.near(best.index, 1, 1)
    carrying = {*near, *(match.index for match in claim.aligned if match.score * MUCH_MORE >= best.score)}
    words = phrase.text.casefold()
    if any(words in claim.sources.folded(index) for index in carrying):
        return None
    named = explicit(phrase)
    if any(names_all_of(named, explicit(other)) for index in carrying for other in claim.sources.dates(index)):
        return None
    others = [other for other in claim.sources.dates(best.index) if explicit(other).names or _stands_for(other, phrase)]
    if len(others) != 1 or not _in_place_of(others[0], phrase) or any(_agrees(claim, own, best, others[0]) for own in told):
        return None
    if _closeness(claim, phrase, best, others[0]) < _SAME_THING and len(told) > 1:
        return None
    return _differs(phrase, best, others[0], Strength.WEAK)


def _compare(claim: Claim, phrase: DatedPhrase, told: list[DatedPhrase]) -> Draft | None:
    """What differs between a date of a sentence and those of the passages beside it."""
    named = explicit(phrase)
    found: list[tuple[Match, DatedPhrase]] = []
    for match in claim.aligned:
        there = claim.sources.dates(match.index)
        if any(names_all_of(named, explicit(other)) for other in there):
            return _contradicted(claim, phrase, told)
        found += [(match, other) for other in there]
    beside = [Beside(match, other, _closeness(claim, phrase, match, other)) for match, other in found]
    alike = [item for item in beside if _agrees(claim, phrase, item.match, item.phrase)]
    agreeing = max((item.closeness for item in alike), default=-1.0)
    backing = max((item.closeness for item in alike if not _is_some_year(item.phrase)), default=-1.0)
    rivals = [
        item
        for item in beside
        if (explicit(item.phrase).names or _stands_for(item.phrase, phrase))
        and not any(agrees(other, item.phrase) for other in claim.dates)
    ]

    def stands_in_its_place(item: Beside) -> float:
        return item.closeness + _SAME_PARTS * _in_place_of(item.phrase, phrase)

    differing = [item for item in rivals if item.closeness >= _SAME_THING or _only(claim, told, item)]
    closest = max(differing, key=stands_in_its_place, default=None)
    if closest and closest.closeness > backing:
        # "Published in July and entered into force on 1 August": the words around both dates are the same, their parts are not.
        shown = max((item for item in rivals if item.match is closest.match), key=stands_in_its_place)
        sure = closest.closeness > agreeing and (closest.closeness >= _SAME_THING or closest.match.score >= _CARRIED)
        return _differs(phrase, shown.match, shown.phrase, _strength(claim, phrase, shown.phrase) if sure else Strength.WEAK)
    other_year = next((item for item in beside if _is_other_year(named, explicit(item.phrase))), None)
    if other_year and not any(agrees(phrase, item.phrase) and not _is_only_year(item) for item in beside):
        return _differs(phrase, other_year.match, other_year.phrase, Strength.WEAK)
    if agreeing >= 0:
        return None
    if _anywhere(claim, named):
        return _contradicted(claim, phrase, told) if claim.aligned else None
    stands_out = not beside and claim.leaves_out(phrase.start, phrase.end) and not _may_follow(claim, phrase)
    return _untold(claim, phrase, Strength.STRONG if stands_out else Strength.WEAK)


def _untold(claim: Claim, phrase: DatedPhrase, strength: Strength) -> Draft:
    best = claim.aligned[0] if claim.aligned else None
    reason = f"The summary says {phrase.text}; no source has that date."
    number = best.passage.source if best else None
    return Draft(FindingKind.DATE, strength, RULE, phrase.start, phrase.end, reason, number, None, best)


def _ends_otherwise(claim: Claim, phrase: DatedPhrase) -> bool:
    """Whether no source has the month or the year in which a range ends, nor a time beside the sentence that ends with it."""
    if phrase.interval is None or phrase.interval.precision is not Precision.RANGE:
        return False
    last = last_named(phrase)
    # The year of a month may be known from the text around it.
    if not last.names or _anywhere(claim, last._replace(years=frozenset()) if last.month else last):
        return False
    return not any(
        other.interval is not None and other.interval.end == phrase.interval.end
        for match in claim.aligned
        for place in claim.sources.near(match.index, 1, 1)
        for other in claim.sources.dates(place)
    )


def _agrees(claim: Claim, phrase: DatedPhrase, match: Match, other: DatedPhrase) -> bool:
    """Whether a date of a passage may be one of the sentence; a month without its year is none of years before or after."""
    passage = match.passage.text
    if (
        _is_bounded_by(claim.text, phrase, other)
        or _is_bounded_by(passage, other, phrase)
        or is_listed(passage, explicit(phrase))
    ):
        return True
    if not agrees(phrase, other) or not (explicit(other).names or other.interval is not None):
        return False
    ours, theirs = explicit(phrase), explicit(other)
    published = claim.sources.by_number[match.passage.source].published
    if other.interval is not None or theirs.years or not ours.years or not (published and published.start):
        return True
    return min(abs(year - published.start.year) for year in ours.years) <= _YEARS_FROM_NOW


def _is_bounded_by(text: str, bound: DatedPhrase, other: DatedPhrase) -> bool:
    """Whether another time is next to a date that a text tells as a bound.

    "Before 2026" is by the end of 2025, "after the end of 2025" is from 2026 on; what follows on a term "until 23 August" begins
    on the 24th.
    """
    if _is_next_to(other, bound):
        return _BEFORE.search(text, 0, bound.start) is not None
    if not _is_next_to(bound, other):
        return False
    is_term = bound.interval is not None and bound.interval.precision is Precision.DAY
    return bool(_AFTER.search(text, 0, bound.start) or (is_term and _UP_TO.search(text, 0, bound.start)))


def _is_next_to(one: DatedPhrase, other: DatedPhrase) -> bool:
    """Whether one time ends on the day before another one begins."""
    if one.interval is None or other.interval is None or one.interval.end is None or other.interval.start is None:
        return False
    return other.interval.start - one.interval.end == _A_DAY


def _stands_for(other: DatedPhrase, phrase: DatedPhrase) -> bool:
    """Whether a date that names neither year nor month, "last year" or "Tuesday", is as precise as one that does."""
    if other.interval is None or explicit(other).names:
        return False
    named = explicit(phrase)
    return other.interval.precision is (Precision.DAY if named.day else Precision.MONTH if named.month else Precision.YEAR)


def _in_place_of(other: DatedPhrase, phrase: DatedPhrase) -> bool:
    """Whether one date is told with the same parts as another (year, month, day), and so rather stands in its place."""
    return _stands_for(other, phrase) or _same_parts(explicit(phrase), other)


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


def _is_some_year(phrase: DatedPhrase) -> bool:
    """Whether a date is "this year" or another one that is not named: many a day is in it."""
    return phrase.interval is not None and phrase.interval.precision is Precision.YEAR and not explicit(phrase).names


def _is_only_year(item: Beside) -> bool:
    """Whether a date is no more than a year, and that of something else, so that it backs no month of that year."""
    return not item.closeness and explicit(item.phrase).month is None and bool(explicit(item.phrase).years)


def named_dates(claim: Claim) -> list[DatedPhrase]:
    """The dates of a sentence that name a year or a month; most sentences have none."""
    if not signs(claim.text) & Sign.DAY:
        return []
    # "In 2027 and 2028" is one date to the grammar, or none.
    years = [
        DatedPhrase(year.start, year.end, year.text, parse_edtf(year.text), None, "year")
        for year in claim.quantities
        if year.measure is Measure.YEAR and not any(item.start < year.end and year.start < item.end for item in claim.dates)
    ]
    return [phrase for phrase in claim.dates if explicit(phrase).names] + years


def _closeness(claim: Claim, phrase: DatedPhrase, match: Match, other: DatedPhrase) -> float:
    """How much the words around two dates share; 0 where that is too little to tell."""
    about = context(claim.text, phrase.start, phrase.end)
    count, share = shared(about, context(match.passage.text, other.start, other.end))
    return share if count >= _LEAST_SHARED else 0.0


def _only(claim: Claim, told: list[DatedPhrase], item: Beside) -> bool:
    """Whether sentence and passage have one date each, so that they need no more than their sentences in common."""
    others = [
        other
        for other in claim.sources.dates(item.match.index)
        if explicit(other).names or (other.interval is not None and not explicit(item.phrase).names)
    ]
    return len(told) == 1 and len(others) == 1


def _verbatim(claim: Claim, phrase: DatedPhrase) -> bool:
    """Whether a passage that stands beside the sentence has the words of the date, or one right beside the best two."""
    words = phrase.text.casefold()
    sources = claim.sources
    if any(stands_in(words, sources.folded(match.index), GLUE) for match in claim.aligned):
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
        (any if len(named.years) >= DECADE else all)(source.has_word(str(year)) for year in named.years)
        and (named.month is None or source.names_month(named.month))
        for source in claim.sources.by_number.values()
    )


def _may_follow(claim: Claim, phrase: DatedPhrase) -> bool:
    """Whether a date may have been worked out: from a day of publication, a month without its year, or any date of a source."""
    if phrase.interval is None:
        return False
    sources = claim.sources.by_number.values()
    published = [source.published for source in sources] + [claim.published]
    if any(day is not None and phrase.interval.overlaps(day) for day in published) or _is_counted_on(claim, phrase, _AROUND):
        return True
    if _FROM.search(claim.text, 0, phrase.start) and any(
        _is_next_to(other, phrase)
        for match in claim.aligned
        for index in claim.sources.near(match.index, 1, 1)
        for other in claim.sources.dates(index)
    ):
        # "They survive the month of April", to be cancelled "from May".
        return True
    month = explicit(phrase).month
    if month is not None and any(source.names_month(month) for source in sources):
        return True
    return any(
        agrees(phrase, other)
        for index in range(len(claim.sources.passages.all))
        for other in claim.sources.dates(index)
        # "Two months ago" is August, but "last year" tells no month of it.
        if month is None or (other.interval is not None and other.interval.precision in _TELL_MONTHS)
    )


def _is_counted_on(claim: Claim, phrase: DatedPhrase, around: int = 0) -> bool:
    """Whether a date comes to a length of time after or before one that a passage tells, or after the passage's own day.

    So many passages before and after it are read too.
    """
    if phrase.interval is None or phrase.interval.start is None or phrase.interval.end is None:
        return False
    first, last = phrase.interval.start, phrase.interval.end
    for match in claim.aligned[:2]:
        near = claim.sources.near(match.index, around, around)
        lengths = [
            timedelta(days=round(item.value * DAYS[item.unit]))
            for index in near
            if signs(claim.sources.passages.all[index].text) & Sign.TIME_UNIT
            for item in claim.sources.quantities(index)
            if item.measure is Measure.TIME and item.unit in DAYS
        ]
        if not lengths:
            continue
        told = [other.interval for index in near for other in claim.sources.dates(index)]
        published = claim.sources.by_number[match.passage.source].published
        days = [day.start for day in (*told, published) if day is not None and day.start is not None]
        if any(
            first - slack <= day + sign * length <= last + slack
            for length in lengths
            # "Eleven weeks" are seldom 77 days.
            for slack in [max(_SLACK, length / _ABOUT)]
            for day in days
            for sign in (1, -1)
        ):
            return True
    return False


def _strength(claim: Claim, phrase: DatedPhrase, other: DatedPhrase) -> Strength:
    """Strong where both name what they differ in, unless one is a part of a year or was counted from the other."""
    vague = any(item.interval is not None and item.interval.precision in _VAGUE for item in (phrase, other))
    sure = apart(explicit(phrase), explicit(other)) and not vague and not _is_counted_on(claim, phrase)
    return Strength.STRONG if sure else Strength.WEAK


def _differs(phrase: DatedPhrase, match: Match, other: DatedPhrase, strength: Strength) -> Draft:
    passage = match.passage
    reason = f"The summary says {phrase.text}; source {passage.source} says {other.text}."
    place = (passage.start + other.start, passage.start + other.end)
    return Draft(FindingKind.DATE, strength, RULE, phrase.start, phrase.end, reason, passage.source, place, match)
