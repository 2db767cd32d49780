"""The rule for values: money, shares, counts, lengths of time, versions, compared by value, unit and what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.analysis.check.claims import Claim, Draft
from app.analysis.check.conversions import (
    BARE,
    converted,
    is_conversion,
    is_currency,
    may_be_converted,
    told_otherwise,
    with_unit,
)
from app.analysis.check.sums import is_worked_out, may_come_from_afar
from app.analysis.check.wording import GLUE, context, shared, stands_in
from app.analysis.evidence import Match
from app.analysis.evidence.terms import terms
from app.analysis.measures import Measure, Quantity, comparable, same, same_number
from app.domain.findings import FindingKind, Strength

RULE = "value"
VERSION = 8

#: What two values of one measure must share in the words around them to be of one thing.
_SAME_THING = 0.4
_LEAST_SHARED = 2
_SAME_WORD = 0.15
#: A value that stands elsewhere in a source is of another thing when it shares less than this with the sentence.
_ANOTHER_THING = 0.25
#: Numbers up to this one may be counted out by whoever sums up, and are not told so by the source.
_COUNTED_OUT = 12
#: "Two firms" have their 500 employees; the one number does not stand in the place of the other.
_FAR_MORE = 10
#: What a source rounds, a sentence may have so many times as much of from elsewhere.
_FINER = 1.03
#: So many digits tell a number from others.
_TELLING = 2
_SCALES = (1e3, 1e6)
_EXACTLY = 1e-6
#: A passage with less of the sentence is hardly related to it.
_RELATED = 0.2
#: How many words after a number tell what is counted.
_NOUNS = 3
_IN_NAME = re.compile(r"(?:[a-z,] [A-Z][a-z]+|\b(?:Section|Chapter|Article|Title|Rule|Order|Flight|Route|Fortune)) $")
_REST = re.compile(r"\s(?:other|others|more|further|additional|fellow)\b")
_WORD_AFTER = re.compile(r"[\s-]?[A-Za-z]+")


class Counterpart(NamedTuple):
    """A value of a source in the place of one of the sentence, and how much the words around both share."""

    match: Match
    quantity: Quantity
    closeness: float


def values(claim: Claim) -> Iterator[Draft]:
    """The values of a sentence that its sources tell differently or not at all."""
    for quantity in claim.quantities:
        if quantity.measure is Measure.YEAR or (quantity.measure is Measure.COUNT and quantity.value == 1):
            continue
        if _verbatim(claim, quantity):
            continue
        draft = _version(claim, quantity) if quantity.measure is Measure.VERSION else _value(claim, quantity)
        if draft is not None:
            yield draft


def _value(claim: Claim, quantity: Quantity) -> Draft | None:
    if _stands(claim, quantity, claim.aligned) or told_otherwise(claim, quantity):
        return None
    counterpart = counterpart_of(claim, quantity, claim.aligned)
    if counterpart is None and not claim.cites_some and _may_be_worked_out(quantity):
        # No other source can have it either, which is known without reading the values of all passages.
        return None
    cited = set(claim.cited) or set(claim.sources.by_number)
    holding = [
        (claim.sources.passages.all[index].source, index, other)
        for index, other in claim.sources.holding(quantity)
        if _backs(claim, quantity, index, other)
    ]
    about = context(claim.text, quantity.start, quantity.end)
    in_cited = [(index, other) for source, index, other in holding if source in cited]
    if counterpart and not any(_near(claim, about, index, other) for index, other in in_cited):
        # "Two named people and eleven others" are the source's thirteen.
        rest = _REST.match(claim.text, quantity.end) is not None
        return _differs(quantity, counterpart, Strength.WEAK if rest else _strength(claim, quantity, counterpart))
    if in_cited:
        return None
    if holding:
        source, index, other = holding[0]
        passage = claim.sources.passages.all[index]
        reason = f"The summary says {quantity.text}; that is in source {source}, which the sentence does not cite."
        match = next((match for match in claim.elsewhere if match.index == index), Match(passage, index, 0.0))
        found = (passage.start + other.start, passage.start + other.end)
        return Draft(FindingKind.COVERAGE, Strength.WEAK, "coverage", quantity.start, quantity.end, reason, source, found, match)
    beside = counterpart_of(claim, quantity, claim.elsewhere)
    if beside:
        return _differs(quantity, beside, _strength(claim, quantity, beside))
    if _may_be_worked_out(quantity):
        return None
    if slip := _slip(claim, quantity):
        return _differs(quantity, slip, _strength(claim, quantity, slip))
    near = _nearest(claim, quantity)
    stands_out = (near is not None and near.quantity == _other_one(claim, quantity)) or (
        claim.leaves_out(quantity.start, quantity.end) and not may_come_from_afar(claim, quantity)
    )
    strength = _strength(claim, quantity, near) if stands_out else Strength.WEAK
    if near:
        return _differs(quantity, near, strength)
    best = claim.aligned[0] if claim.aligned else None
    reason = f"The summary says {quantity.text}; no source has that value."
    source_number = best.passage.source if best else None
    return Draft(FindingKind.VALUE, strength, RULE, quantity.start, quantity.end, reason, source_number, None, best)


def _strength(claim: Claim, quantity: Quantity, counterpart: Counterpart | None) -> Strength:
    """Strong unless the writer may have worked the value out or converted it, or it is that of a name ("Section 230")."""
    other = counterpart.quantity if counterpart else None
    slip = other is not None and _is_slip(quantity, other)
    if is_worked_out(claim, quantity) or (is_conversion(claim, quantity) and not slip):
        return Strength.WEAK
    if other is not None and not slip and not _is_as_large(quantity, other):
        return Strength.WEAK
    of_name = quantity.measure is Measure.COUNT and _IN_NAME.search(claim.text, 0, quantity.start)
    if of_name or may_be_converted(claim, quantity, other):
        return Strength.WEAK
    return Strength.STRONG


def _version(claim: Claim, quantity: Quantity) -> Draft | None:
    """A version of something of which the sources name others only."""
    if quantity.value in claim.sources.versions(quantity.unit):
        return None
    about = context(claim.text, quantity.start, quantity.end)
    others = [
        Counterpart(match, other, shared(about, context(match.passage.text, other.start, other.end))[1])
        for match in claim.aligned
        for other in claim.sources.quantities(match.index)
        if other.measure is Measure.VERSION and other.unit == quantity.unit and not _told_by_another(claim, quantity, other)
    ]
    if not others:
        return None
    closest = max(others, key=lambda item: item.closeness)
    return _differs(quantity, closest, Strength.STRONG if closest.closeness >= _SAME_THING else Strength.WEAK)


def _verbatim(claim: Claim, quantity: Quantity) -> bool:
    """Whether one of the passages tells the value in the same words, the word after it included: what is most often so."""
    following = _WORD_AFTER.match(claim.text, quantity.end)
    if following is None:
        return False
    words = claim.text[quantity.start : following.end()].casefold()
    return any(stands_in(words, claim.sources.folded(match.index), GLUE) for match in claim.aligned)


def _stands(claim: Claim, quantity: Quantity, matches: Iterable[Match]) -> bool:
    """Whether one of the passages, or one beside the best of them, tells the value."""
    return any(
        _backs(claim, quantity, match.index, other) for match in matches for other in claim.sources.quantities(match.index)
    )


def _backs(claim: Claim, quantity: Quantity, index: int, other: Quantity) -> bool:
    """Whether a value of a source backs one of the sentence; either may leave its unit out ("105 million euros, 385 million")."""
    if _tells(quantity, other):
        return True
    measures = (quantity.measure, other.measure)
    if Measure.COUNT not in measures or not same_number(quantity, other):
        return False
    if quantity.measure is Measure.COUNT:
        bare = BARE.match(claim.text, quantity.end) is not None
        return bare or (other.measure is Measure.MONEY and is_currency(claim.text, quantity, other.unit))
    passage = claim.sources.passages.all[index]
    if same(quantity, with_unit(other, passage.text, quantity, claim.sources.quantities(index))):
        return True
    if quantity.measure is not Measure.MONEY or not BARE.match(passage.text, other.end):
        return False
    # "A round of 46 million euros, 20 million of it from one fund": the source tells the currency but once, or not at all.
    currencies = claim.sources.currencies(passage.source)
    return not currencies or quantity.unit in currencies


def _tells(quantity: Quantity, other: Quantity) -> bool:
    """Whether a value of a source backs one of the sentence: the same, or the same number where the unit is not told."""
    if (same(quantity, other) and not _is_overprecise(quantity, other)) or converted(quantity, other):
        return True
    measures = (quantity.measure, other.measure)
    return Measure.COUNT in measures and _LOOSE.issuperset(measures) and quantity.number == other.number


def _is_overprecise(quantity: Quantity, other: Quantity) -> bool:
    """Whether a sentence tells in figures more digits than its source does: "74%" for "almost 70 percent"."""
    if quantity.measure is Measure.TIME or not other.digits < _TELLING <= quantity.digits:
        return False
    low, high = sorted((quantity.value, other.value))
    return high > _FINER * low


#: What a bare number may be meant for.
_LOOSE = frozenset((Measure.COUNT, Measure.TIME, Measure.FACTOR, Measure.PHYSICAL, Measure.VERSION, Measure.YEAR))


def counterpart_of(claim: Claim, quantity: Quantity, matches: Iterable[Match]) -> Counterpart | None:
    """The value that the passages tell of the same thing as ``quantity`` and that is another; the closest of several."""
    about = context(claim.text, quantity.start, quantity.end)
    counted = _counted(claim.text, quantity)
    before = _word_before(claim.text, quantity.start)
    best: Counterpart | None = None
    for match in matches:
        for other in claim.sources.quantities(match.index):
            if not comparable(quantity, other) or _tells(quantity, other) or _told_by_another(claim, quantity, other):
                continue
            if quantity.measure is Measure.COUNT and not counted & _counted(match.passage.text, other):
                continue
            if _may_be_worked_out(quantity) and other.value >= _FAR_MORE * quantity.value:
                continue
            count, share = shared(about, context(match.passage.text, other.start, other.end))
            if count < _LEAST_SHARED or share < _SAME_THING:
                continue
            # "It fell to 12 percent from 19 percent": the word before says which of the two.
            share += _SAME_WORD * ((_word_before(match.passage.text, other.start) == before) + _is_slip(quantity, other))
            if best is None or share > best.closeness:
                best = Counterpart(match, other, share)
    return best


def _word_before(text: str, start: int) -> str:
    return text[max(start - 24, 0) : start].rstrip(" $€£").rpartition(" ")[2].casefold()


def _nearest(claim: Claim, quantity: Quantity) -> Counterpart | None:
    """The value in the best passage that is nearest to one that is nowhere, to be shown beside it."""
    for match in claim.aligned[:1]:
        others = [
            other
            for other in claim.sources.quantities(match.index)
            if comparable(quantity, other) and not _told_by_another(claim, quantity, other)
        ]
        if others:
            return Counterpart(match, min(others, key=lambda other: abs(other.value - quantity.value)), 0.0)
    return None


def _other_one(claim: Claim, quantity: Quantity) -> Quantity | None:
    """The one value of the best passage that the sentence does not tell, if the sentence has but ``quantity`` to tell for it."""
    best = claim.aligned[0]
    if best.score < _RELATED:
        return None
    told = claim.sources.quantities(best.index)
    ours = [item for item in claim.quantities if comparable(quantity, item) and not any(_tells(item, other) for other in told)]
    theirs = [
        other for other in told if comparable(quantity, other) and not any(_tells(item, other) for item in claim.quantities)
    ]
    return theirs[0] if ours == [quantity] and len({other.value for other in theirs}) == 1 else None


def _slip(claim: Claim, quantity: Quantity) -> Counterpart | None:
    """A value of a passage that is the same number of another currency or unit, or of thousands instead of millions.

    A sum of money is looked for in all of the cited sources: one of so many digits is hardly there twice by chance.
    """
    if quantity.digits < _TELLING:
        return None
    beside = [(match, other) for match in claim.aligned for other in claim.sources.quantities(match.index)]
    if quantity.measure is Measure.MONEY:
        every, cited = claim.sources.passages.all, claim.cited or claim.sources.by_number
        beside += [
            (Match(every[index], index, 0.0), other)
            for factor in (1.0, *_SCALES, *(1 / scale for scale in _SCALES))
            for index, other in claim.sources.holding(quantity._replace(value=quantity.value * factor))
            if every[index].source in cited and other.measure is Measure.MONEY
        ]
    for match, other in beside:
        if _is_slip(quantity, other) and not _told_by_another(claim, quantity, other):
            return Counterpart(match, other, 0.0)
    return None


def _is_slip(quantity: Quantity, other: Quantity) -> bool:
    """Whether two values have the same number in different units, or one is exactly a thousand or a million times the other."""
    if not (comparable(quantity, other) or quantity.measure is other.measure):
        return False
    if quantity.measure is Measure.MONEY and quantity.unit != other.unit:
        # Some currencies are worth about the same, and what was converted is rounded.
        return quantity.number == other.number
    low, high = sorted((quantity.value, other.value))
    times = high / low if low > 0 else 1.0
    return (same_number(quantity, other) and not same(quantity, other)) or any(
        abs(times - scale) < _EXACTLY * scale for scale in _SCALES
    )


def _is_as_large(quantity: Quantity, other: Quantity) -> bool:
    """Whether two values are so near to each other that one may have been told for the other, and not for something else."""
    low, high = sorted((quantity.value, other.value))
    return high <= _FAR_MORE * low


def _told_by_another(claim: Claim, quantity: Quantity, other: Quantity) -> bool:
    """Whether the sentence tells a source's value too, beside ``quantity``."""
    return any(item is not quantity and _tells(item, other) for item in claim.quantities)


def _counted(text: str, quantity: Quantity) -> frozenset[str]:
    """The terms of the words after a number: what is counted."""
    following = text[quantity.end : quantity.end + 60].split(",")[0].split(";")[0]
    return frozenset(term for term in terms(following)[:_NOUNS] if not term[0].isdigit())


def _near(claim: Claim, about: frozenset[str], index: int, other: Quantity) -> bool:
    """Whether the same value elsewhere in a source is of the same thing."""
    _, share = shared(about, context(claim.sources.passages.all[index].text, other.start, other.end))
    return share >= _ANOTHER_THING


def _may_be_worked_out(quantity: Quantity) -> bool:
    """Whether a value is of a kind that a writer may count or work out."""
    if quantity.measure is Measure.FACTOR or not any(character.isdigit() for character in quantity.text):
        return True
    return quantity.measure in (Measure.COUNT, Measure.TIME) and quantity.number <= _COUNTED_OUT


def _differs(quantity: Quantity, counterpart: Counterpart, strength: Strength) -> Draft:
    passage, other = counterpart.match.passage, counterpart.quantity
    reason = f"The summary says {quantity.text}; source {passage.source} says {other.text}."
    found = (passage.start + other.start, passage.start + other.end)
    return Draft(
        FindingKind.VALUE, strength, RULE, quantity.start, quantity.end, reason, passage.source, found, counterpart.match
    )
