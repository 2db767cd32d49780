"""Whether a writer may have worked a value out from those that a source tells: a share, a sum, a price apiece, a duration."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise, permutations

from app.analysis.check.claims import Claim
from app.analysis.check.conversions import AN_HOUR, BARE, SCALES, WIDEST, with_unit
from app.analysis.evidence import Match
from app.analysis.measures import Measure, Quantity, same, same_unit
from app.domain.dates import Precision

#: So many values of one passage are combined.
_MOST = 8
#: So many different ones of a source.
_MOST_AFAR = 24
#: A number that is larger tells what it is of even without its unit.
_TELLING = 100
#: What is shared out among more than this is told as a rate, not apiece.
_MOST_PIECES = 100
_EXACT = 9
#: After the years of somebody's age.
_OLD = re.compile(r"[\s-](?:old|of age)\b")
_MONTHS = 12
_A_DAY = 86400
#: A round number leaves out so large a part of itself at most: one fourth.
_PART = 4
_RANGE = re.compile(r"(?: (?:to|and|or) |-|–)")
_PERCENT = 100
_OTHERS = re.compile(r"\s(?:others?|more|further)\b")
#: Factors that are verbs or adverbs.
_FACTOR = re.compile(r"\b(twice|doubl|tripl|trebl|quadrupl|halv)", re.IGNORECASE)
_FACTORS = {"twice": 2.0, "doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_NOT_COMBINED = frozenset((Measure.YEAR, Measure.VERSION, Measure.FACTOR))


def is_worked_out(claim: Claim, quantity: Quantity) -> bool:
    """Whether the values of a passage beside the sentence come to ``quantity``, or its dates may be as far apart."""
    of_age = _OLD.match(claim.text, quantity.end) is not None
    of_days = quantity.unit != "second" or quantity.value >= _A_DAY
    is_length = quantity.measure is Measure.TIME and of_days and not of_age
    if is_length and _has_dates(claim):
        return True
    if (is_length or of_age or quantity.measure is Measure.COUNT) and _is_years_apart(claim, quantity):
        return True
    # "30 trams, 25% fewer than the 40 of 2023", "£3.90, £1 less than before".
    own = _others(claim, quantity)
    if _comes_to(quantity, _results(quantity, own, math.inf)):
        return True
    if quantity.measure is Measure.COUNT and _is_one_with_others(claim, quantity):
        return True
    for match in claim.aligned:
        told = [*_beside(claim, quantity, match)][:_MOST]
        if _comes_to(quantity, (*_results(quantity, [*told, *own]), *_times(claim, quantity, told, match))):
            return True
        every, text = claim.sources.quantities(match.index), match.passage.text
        if any(_within(quantity, one, other, text) for one, other in pairwise(every)):
            return True
    return False


def _others(claim: Claim, quantity: Quantity) -> list[Quantity]:
    """What a sentence tells beside a quantity."""
    return [item for item in _combined(claim.quantities) if item is not quantity][:_MOST]


def _is_one_with_others(claim: Claim, quantity: Quantity) -> bool:
    """Whether a passage tells one thing and so many others: "in Poland and thirteen other countries" are fourteen."""
    return any(
        other.number + 1 == quantity.number and _OTHERS.match(match.passage.text, other.end)
        for match in claim.aligned
        for other in claim.sources.quantities(match.index)
    )


def may_come_from_afar(claim: Claim, quantity: Quantity) -> bool:
    """Whether values from anywhere in the sources that a sentence cites come to ``quantity``, or one tells it without its unit.

    Two values that are far from each other come to a third more often by chance; that is enough to doubt a finding, not to
    explain it.
    """
    cited = set(claim.cited) or set(claim.sources.by_number)
    told = [
        item
        for index, source in enumerate(claim.sources.passages.source_of)
        if source in cited
        for item in _combined(claim.sources.quantities(index))
    ]
    # "Nineteen hundred Canadian a month", "92 basis points in June; now it is 131".
    bare = {item.value for item in told if item.measure is Measure.COUNT and item.value > _TELLING}
    if not bare.isdisjoint((quantity.value, quantity.number)):
        return True
    if quantity.measure is Measure.SHARE and _comes_to(
        quantity,
        (
            _PERCENT * one.value / item.value
            for one in _others(claim, quantity)
            for item in told
            if (item.measure, item.unit) == (one.measure, one.unit) and item.value > one.value
        ),
    ):
        return True
    alike = [item.value for item in told if item.measure is quantity.measure and same_unit(quantity, item)]
    different = [*dict.fromkeys(alike)][:_MOST_AFAR]
    results = [2 * one for one in different]
    for one, other in combinations(different, 2):
        results += (one + other, abs(one - other))
    return _comes_to(quantity, results)


def _beside(claim: Claim, quantity: Quantity, match: Match) -> Iterator[Quantity]:
    """The values that a writer may have put together: those of a passage and then of its neighbours."""
    for place in sorted(claim.sources.near(match.index, 1, 1), key=lambda place: abs(place - match.index)):
        every = claim.sources.quantities(place)
        text = claim.sources.passages.all[place].text
        yield from (with_unit(item, text, quantity, every) for item in _combined(every))
    if quantity.measure is Measure.SHARE:
        yield from _with_the_same_unit(claim, match)


def _with_the_same_unit(claim: Claim, match: Match) -> Iterator[Quantity]:
    """The bare numbers around a passage in the unit that was told last: "it held five cubic kilometres; now it is three"."""
    last: Quantity | None = None
    for place in claim.sources.near(match.index, 1, 1):
        text = claim.sources.passages.all[place].text
        for item in _combined(claim.sources.quantities(place)):
            if item.measure is not Measure.COUNT:
                last = item
            elif last and last.number and BARE.match(text, item.end):
                yield item._replace(measure=last.measure, unit=last.unit, value=item.number * last.value / last.number)


def _combined(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    return (item for item in quantities if item.measure not in _NOT_COMBINED)


def _comes_to(quantity: Quantity, results: Iterable[float]) -> bool:
    return any(same(quantity, quantity._replace(value=value, digits=_EXACT)) for value in results)


def _has_dates(claim: Claim) -> bool:
    """Whether a passage beside the sentence tells a day or a month, from which a length of time can be counted."""
    return any(
        phrase.interval is not None and phrase.interval.precision in (Precision.DAY, Precision.MONTH)
        for match in claim.aligned
        for phrase in claim.sources.dates(match.index)
    )


def _is_years_apart(claim: Claim, quantity: Quantity) -> bool:
    """Whether a year of a passage is as many years, give or take one, from another one or from when the story came out."""
    years = quantity.value / _MONTHS if quantity.measure is Measure.TIME else quantity.value
    told = {
        phrase.interval.start.year
        for match in claim.aligned
        for place in claim.sources.near(match.index, 1, 1)
        for phrase in claim.sources.dates(place)
        if phrase.interval is not None and phrase.interval.start is not None
    }
    if claim.published is not None and claim.published.start is not None:
        told.add(claim.published.start.year)
    # "More than 200 years" may be 239.
    most = max(1.0, years / _PART if quantity.rounded else 1.0)
    return any(0 <= later - earlier - years <= most for later in told for earlier in told)


def _within(quantity: Quantity, low: Quantity, high: Quantity, text: str) -> bool:
    """Whether a value lies in a range that a passage tells: "seven to nine million dollars"."""
    alike = (quantity.measure, quantity.unit) == (high.measure, high.unit)
    # "Seven to nine million dollars": numbers in words have no currency.
    bare = quantity.measure is Measure.MONEY and high.measure is Measure.COUNT
    if not (alike or bare) or not _RANGE.fullmatch(text, low.end, high.start):
        return False
    return any(high.value / WIDEST < low.value * scale <= quantity.value <= high.value for scale in (1.0, *SCALES))


def _times(claim: Claim, quantity: Quantity, told: list[Quantity], match: Match) -> Iterator[float]:
    """What a passage's values come to by a factor that it or the sentence tells: "tripled to 9,000", "1.4 times as fast"."""
    factors = [
        item.value for item in (*claim.quantities, *claim.sources.quantities(match.index)) if item.measure is Measure.FACTOR
    ]
    factors += [_FACTORS[found[1].lower()] for text in (claim.text, match.passage.text) for found in _FACTOR.finditer(text)]
    for factor in factors:
        if quantity.measure is Measure.SHARE:
            yield _PERCENT * abs(factor - 1)
        if factor > 0:
            alike = [one.value for one in told if (one.measure, one.unit) == (quantity.measure, quantity.unit)]
            yield from (one * factor for one in alike)
            yield from (one / factor for one in alike)


def _results(quantity: Quantity, told: list[Quantity], pieces: float = _MOST_PIECES) -> Iterator[float]:
    """What values come to, alone or in pairs, that is of the kind of ``quantity``; so many ``pieces`` are told apiece at most."""
    kind = (quantity.measure, quantity.unit)
    if quantity.measure is Measure.COUNT:
        # "Twenty-two engineers and as many others", "two teams of 22".
        yield from (2 * one.value for one in told if one.measure is Measure.COUNT)
    if quantity.measure is Measure.SHARE:
        yield from (_PERCENT - one.value for one in told if one.measure is Measure.SHARE)
    if kind == (Measure.TIME, "month"):
        # "For three months a year", and the rest of it.
        yield from (_MONTHS - one.value for one in told if (one.measure, one.unit) == kind and one.value < _MONTHS)
    for one, other in permutations(told, 2):
        alike = (one.measure, one.unit) == (other.measure, other.unit)
        if quantity.measure is Measure.SHARE and alike and one.measure is not Measure.SHARE and other.value > 0:
            yield _PERCENT * one.value / other.value
            yield _PERCENT * abs(one.value - other.value) / other.value
        if quantity.measure is Measure.FACTOR and alike and other.value > 0:
            yield one.value / other.value
        if kind == (Measure.PHYSICAL, "watt hour") and (one.unit, other.unit) == ("watt", "second"):
            yield one.value * other.value / AN_HOUR
        if quantity.measure is Measure.POINTS and alike and one.measure in (Measure.SHARE, Measure.COUNT):
            yield one.value - other.value
        if kind != (one.measure, one.unit):
            continue
        if alike:
            yield one.value + other.value
            yield one.value - other.value
        if other.measure is Measure.COUNT and 1 < other.value <= min(one.value, pieces):
            yield one.value / other.value
        most = math.inf if one.measure is Measure.MONEY else _MOST_PIECES
        if other.measure is Measure.COUNT and 1 < other.value <= most:
            yield one.value * other.value
        if one.measure is Measure.MONEY and other.measure is Measure.TIME and other.number > 1:
            yield one.value / other.number
            yield one.value * other.number
        if other.measure is Measure.SHARE and 0 < other.value < _PERCENT and one.measure is not Measure.SHARE:
            # "A quarter of it", "a quarter less", "eight percent more", and what it was before.
            for part in (other.value, _PERCENT - other.value, _PERCENT + other.value):
                yield one.value * part / _PERCENT
                yield one.value / part * _PERCENT
