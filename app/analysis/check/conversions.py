"""One value in two forms: in another unit or currency, for another length of time, as "a month", as so many of a hundred."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.analysis.check.material import Claim
from app.analysis.evidence import Match
from app.analysis.quantities import Measure, Quantity, same_number

#: Two values that were converted into each other are so much apart at most.
_APART = 0.05
_DAYS = {"second": 1 / 86400, "day": 1.0, "month": 30.44}
_METRES = {"metre": 1.0, "mile": 1609.344, "foot": 0.3048}
_HECTARES = {"hectare": 1.0, "acre": 0.404686}
_PER = re.compile(
    r"\s(?:an?|per|each|every)\s(hour|day|week|month|quarter|year)\b|\s(hourly|daily|weekly|monthly|quarterly|yearly)\b"
)
_TIMES_A_YEAR = {"hour": 8760.0, "day": 365.0, "dai": 365.0, "week": 52.0, "month": 12.0, "quarter": 4.0, "year": 1.0}
_ONE = re.compile(
    r"\b(?:an?|one|full|whole|per|each|every)\s(?P<unit>minute|hour|day|week|fortnight|month|quarter|year|decade)\b"
    r"(?P<half>\sand\sa\shalf\b)?"
)
_DAYS_OF_ONE = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.44, "quarter": 91.3,
    "year": 365.25, "decade": 3652.5,
}  # fmt: skip
#: "17 of 100 pairs", "four in every 1,000".
_BASES = frozenset((10.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0))
_BEFORE_BASE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine) (?:of|in|out of)(?: (?:every|each))? $", re.IGNORECASE
)
#: Before money that the sentence has told in another currency already.
_THAT_IS = re.compile(
    r"(?: [a-z]+){0,3},? ?\(?(?:or|about|around|some|roughly|nearly|almost|approximately|equivalent to|worth|that is|=|~|≈| )*$"
)
#: Units that are told but not converted.
_UNIT = re.compile(
    r"[\s-](pounds?|lbs?|tons?|ounces?|inch(?:es)?|yards?|gallons?|lit(?:re|er)s?|cubic|barrels?|degrees?(?: \w+)?|knots?|mph|"
    r"nautical|°[CF])"
)


def converted(quantity: Quantity, other: Quantity) -> bool:
    """Whether two values are about the same length of time, distance or area in different units."""
    measures = (quantity.measure, other.measure)
    if measures == (Measure.TIME, Measure.TIME):
        return _about_same(quantity, other, _DAYS)
    if measures == (Measure.PHYSICAL, Measure.PHYSICAL):
        return _about_same(quantity, other, _METRES) or _about_same(quantity, other, _HECTARES)
    return False


def _about_same(quantity: Quantity, other: Quantity, units: Mapping[str, float]) -> bool:
    if quantity.unit == other.unit or quantity.unit not in units or other.unit not in units:
        return False
    return _close(quantity.value * units[quantity.unit], other.value * units[other.unit])


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= _APART * max(one, other)


def told_otherwise(claim: Claim, quantity: Quantity) -> bool:
    """Whether a passage tells a value for another length of time ($20 a month are $240 a year), or one as "a month".

    What a rate is told of ("17 of 100") counts as told.
    """
    if quantity.measure is Measure.TIME:
        return _told_as_one(claim, quantity)
    if quantity.measure is Measure.COUNT and quantity.value in _BASES and _BEFORE_BASE.search(claim.text, 0, quantity.start):
        return True
    ours = _times_a_year(claim.text, quantity)
    if ours is None:
        return False
    return any(
        theirs is not None and theirs != ours and _close(quantity.value * ours, other.value * theirs)
        for match in claim.aligned
        for other in claim.sources.quantities(match.index)
        if other.measure is quantity.measure and other.unit == quantity.unit
        for theirs in [_times_a_year(match.passage.text, other)]
    )


def _times_a_year(text: str, quantity: Quantity) -> float | None:
    """How often a year a value is told to come: "$20 a month"."""
    match = _PER.match(text, quantity.end)
    return _TIMES_A_YEAR[(match[1] or match[2]).casefold().removesuffix("ly")] if match else None


def _told_as_one(claim: Claim, quantity: Quantity) -> bool:
    days = quantity.value * _DAYS.get(quantity.unit, 0.0)
    return any(
        _close(days, _DAYS_OF_ONE[found["unit"]] * (1.5 if found["half"] else 1.0))
        for match in claim.aligned
        for found in _ONE.finditer(match.passage.text)
    )


def may_be_converted(claim: Claim, quantity: Quantity, match: Match, other: Quantity) -> bool:
    """Whether a value that stands for another is told in a currency or a unit which the passage does not use."""
    if quantity.measure is Measure.MONEY:
        return quantity.unit != other.unit and not same_number(quantity, other)
    unit = _UNIT.match(claim.text, quantity.end)
    return unit is not None and unit[1] not in match.passage.text


def is_conversion(claim: Claim, quantity: Quantity) -> bool:
    """Whether a sentence tells money right after the same in another currency: "3.2 billion yen, about $21 million"."""
    if quantity.measure is not Measure.MONEY:
        return False
    return any(
        other.end <= quantity.start
        and other.measure is Measure.MONEY
        and other.unit != quantity.unit
        and _THAT_IS.fullmatch(claim.text, other.end, quantity.start) is not None
        for other in claim.quantities
    )
