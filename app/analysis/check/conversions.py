"""One value in two forms: in another unit or currency, for another length of time, as "a month", as so many of a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from app.analysis.check.claims import Claim
from app.analysis.measures import Measure, Quantity, same_number, same_unit

#: Two values that were converted into each other are so much apart at most.
_APART = 0.05
_A_MONTH = 30.44
#: The days of the units in which lengths of time are told.
DAYS = {"second": 1 / 86400, "day": 1.0, "month": _A_MONTH}
_METRES = {"metre": 1.0, "mile": 1609.344, "foot": 0.3048}
_HECTARES = {"hectare": 1.0, "acre": 0.404686}
_PER = re.compile(
    r"(?:\s[A-Za-z]+){0,4}?"
    r"(?:\s(?:an?|per|each|every|per\s[a-z]+\sand)\s(second|minute|hour|day|week|month|quarter|year)\b|\s(hourly|daily|weekly|monthly|quarterly|yearly)\b)"
)
_TIMES_A_YEAR = {
    "second": 31_536_000.0, "minute": 525_600.0, "hour": 8760.0, "day": 365.0, "dai": 365.0, "week": 52.0, "month": 12.0,
    "quarter": 4.0, "year": 1.0,
}  # fmt: skip
_ONE = re.compile(
    r"\b(?:an?|one|full|whole|per|each|every|(?P<ordinal>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth))\s(?P<unit>minute|hour|day|week|fortnight|month|quarter|year|decade)\b"
    r"(?P<half>\sand\sa\shalf\b)?"
)
_DAYS_OF_ONE = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": _A_MONTH,
    "quarter": 3 * _A_MONTH, "year": 12 * _A_MONTH, "decade": 120 * _A_MONTH,
}  # fmt: skip
#: Before a bound, and what says of the whole number next to it that it is within.
_BOUND = re.compile(r"\b(?:(?P<below>under|below|(?:younger|fewer|less|smaller) than)|over|above|(?:older|more|larger) than)\s$")
_AT_MOST = re.compile(r"\b(?:at most|no more than|up to|or (?:younger|fewer|less|under|below))\b")
_AT_LEAST = re.compile(r"\b(?:at least|no less than|or (?:older|more|over|above))\b")
_NEAR = 24
SCALES = (1e3, 1e6, 1e9, 1e12)
#: Values that share a scale which is told but once are less than so many times apart.
WIDEST = 10
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_A_MINUTE = 60
AN_HOUR = 3600
_ORDINALS = {
    "other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twelfth": 12, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100,
}  # fmt: skip
#: "Seven practices in ten", "every fiftieth pound".
_AMONG = re.compile(r"(?:\s[a-z]+){0,3}\s(?:in|of|out\sof)(?:\severy|\seach)?\s")
_EVERY = re.compile(r"\b[Ee]very\s([a-z]+th|second|third|other)\b")
_PERCENT = 100.0
#: "17 of 100 pairs", "four in every 1,000".
_BASES = frozenset((10.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0))
_BEFORE_BASE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine) (?:of|in|out of)(?: (?:every|each))? $", re.IGNORECASE
)
#: Before money that the sentence has told in another currency already.
_THAT_IS = re.compile(
    r"(?: [a-z]+){0,3},? ?\(?(?:or|about|around|some|roughly|nearly|almost|approximately|equivalent to|worth|that is|=|~|≈| )*$"
)
#: What follows a number that stands without what it counts.
BARE = re.compile(
    r"\s*(?:$|[.,;:)!?—–]|(?:a|after|again|already|and|as|at|before|behind|by|down|for|from|here|in|instead|last|less|more|now|on|only|or|since|so|than|the|there|this|to|today|until|up|when|while|with)\b)"
)
#: Units that are told but not converted.
_UNIT = re.compile(
    r"[\s-](pounds?|lbs?|tons?|ounces?|inch(?:es)?|yards?|gallons?|lit(?:re|er)s?|cubic|barrels?|"
    r"BCE?|CE|AD|parts\sper\s[a-z]+|ppm|degrees?(?: \w+)?|knots?|mph|nautical|°[CF])\b"
)

#: What a number without a currency is followed by that may be money, and which money it may be.
_CURRENCY = re.compile(r" (?:[A-Z][a-z]+ )?(dollar|euro|pound|yen|kron|rupee|won|franc|peso|rand|yuan)[a-z]{0,2}\b")
_CURRENCIES = {
    "dollar": "USD CAD AUD NZD HKD SGD TWD", "euro": "EUR", "pound": "GBP EGP", "yen": "JPY", "kron": "SEK NOK DKK ISK CZK",
    "rupee": "INR PKR", "won": "KRW", "franc": "CHF", "peso": "MXN ARS CLP COP PHP", "rand": "ZAR", "yuan": "CNY",
}  # fmt: skip
_OF_SIGN = {"¥": "JPY CNY"}


def converted(quantity: Quantity, other: Quantity) -> bool:
    """Whether two values are about the same length of time, distance or area in different units."""
    measures = (quantity.measure, other.measure)
    if measures == (Measure.TIME, Measure.TIME):
        return _about_same(quantity, other, DAYS)
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
    """Whether a passage tells a value for another length of time ($20 a month are $240 a year), as "a month" or "seven in ten".

    What a rate is told of ("17 of 100") counts as told.
    """
    if quantity.measure is Measure.TIME:
        return _told_as_one(claim, quantity) or _told_as_often(claim, quantity) or _told_on_clock(claim, quantity)
    if quantity.measure is Measure.SHARE and _told_as_rate(claim, quantity):
        return True
    if _told_as_bound(claim, quantity) or _told_without_scale(claim, quantity):
        return True
    if quantity.measure is Measure.COUNT and quantity.value in _BASES and _BEFORE_BASE.search(claim.text, 0, quantity.start):
        return True
    ours = _times_a_year(claim.text, quantity)
    if ours is None:
        return False
    # "£2,950 a month for each of the ninety robots" are £3.2 million a year.
    times = {1.0, *(item.value for item in claim.quantities if item.measure is Measure.COUNT)}
    return any(
        theirs is not None and theirs != ours and any(_close(quantity.value * ours, other.value * theirs * of) for of in times)
        for match in claim.aligned
        for every in [claim.sources.quantities(match.index)]
        for other in (with_unit(item, match.passage.text, quantity, every) for item in every)
        if (other.measure, other.unit) == (quantity.measure, quantity.unit)
        for theirs in [_times_a_year(match.passage.text, other)]
    )


def _times_a_year(text: str, quantity: Quantity) -> float | None:
    """How often a year a value is told to come: "$20 a month"."""
    match = _PER.match(text, quantity.end)
    return _TIMES_A_YEAR[(match[1] or match[2]).casefold().removesuffix("ly")] if match else None


def _told_as_one(claim: Claim, quantity: Quantity) -> bool:
    days = quantity.value * DAYS.get(quantity.unit, 0.0)
    return any(
        _close(days, _DAYS_OF_ONE[found["unit"]] * (1.5 if found["half"] else _ORDINALS.get(found["ordinal"] or "", 1)))
        for match in claim.aligned
        for found in _ONE.finditer(match.passage.text)
    )


def _told_as_often(claim: Claim, quantity: Quantity) -> bool:
    """Whether something comes so often that it is "every 15 minutes": four an hour."""
    days = quantity.value * DAYS.get(quantity.unit, 0.0)
    return any(
        other.measure is Measure.COUNT and times and other.value and _close(days, _DAYS_OF_ONE["year"] / (times * other.value))
        for match in claim.aligned
        for other in claim.sources.quantities(match.index)
        for times in [_times_a_year(match.passage.text, other)]
    )


def _told_on_clock(claim: Claim, quantity: Quantity) -> bool:
    """Whether a passage has a length of time in figures ("29:41" for 29 minutes 41 seconds), or as times of day so far apart."""
    if quantity.unit != "second":
        return False
    for match in claim.aligned:
        told = [
            int(found[1]) * AN_HOUR + int(found[2]) * _A_MINUTE + int(found[3] or 0)
            for found in _CLOCK.finditer(match.passage.text)
        ]
        if any(quantity.value in (time, time / _A_MINUTE) for time in told):
            return True
        if any(abs(later - earlier) == quantity.value for earlier, later in pairwise(told)):
            return True
    return False


def _told_as_bound(claim: Claim, quantity: Quantity) -> bool:
    """Whether a passage has the whole number next to a bound: "22 or younger" for "younger than 23"."""
    bound = _BOUND.search(claim.text, 0, quantity.start)
    if bound is None:
        return False
    next_to, pattern = (-1, _AT_MOST) if bound["below"] else (1, _AT_LEAST)
    return any(
        same_unit(quantity, other)
        and other.measure is quantity.measure
        and other.number == quantity.number + next_to
        and pattern.search(match.passage.text[max(other.start - _NEAR, 0) : other.end + _NEAR])
        for match in claim.aligned
        for other in claim.sources.quantities(match.index)
    )


def _told_without_scale(claim: Claim, quantity: Quantity) -> bool:
    """Whether a passage tells the number and leaves out its scale: "17.8 million came, 17.5 are expected"."""
    if quantity.measure not in (Measure.COUNT, Measure.MONEY):
        return False
    return any(
        other.measure is Measure.COUNT
        and other.number * scale == quantity.value
        and BARE.match(match.passage.text, other.end) is not None
        and any(
            told.measure is quantity.measure
            and told.value >= scale
            and told.value < WIDEST * quantity.value < WIDEST**2 * told.value
            for place in claim.sources.near(match.index, 1, 0)
            for told in claim.sources.quantities(place)
        )
        for scale in SCALES
        if quantity.value >= scale
        for match in claim.aligned
        for other in claim.sources.quantities(match.index)
    )


def _told_as_rate(claim: Claim, quantity: Quantity) -> bool:
    for match in claim.aligned:
        text = match.passage.text
        rates = [_PERCENT / _ORDINALS[found[1]] for found in _EVERY.finditer(text) if found[1] in _ORDINALS]
        rates += [
            _PERCENT * one.value / other.value
            for one, other in pairwise(claim.sources.quantities(match.index))
            if one.measure is other.measure is Measure.COUNT
            and 0 < one.value < other.value
            and _AMONG.fullmatch(text, one.end, other.start)
        ]
        if any(_close(quantity.value, rate) for rate in rates):
            return True
    return False


def may_be_converted(claim: Claim, quantity: Quantity, other: Quantity | None) -> bool:
    """Whether a value is told in a currency or a unit that no passage uses; ``other`` is what stands in its place there."""
    if quantity.measure is Measure.MONEY:
        return other is not None and not same_unit(quantity, other) and not same_number(quantity, other)
    unit = _UNIT.match(claim.text, quantity.end)
    return unit is not None and not any(unit[1] in match.passage.text for match in claim.aligned)


def is_conversion(claim: Claim, quantity: Quantity) -> bool:
    """Whether a sentence tells something right after the same in another unit: "3.2 billion yen, about $21 million".

    What is not money is so only in brackets: "50 feet (15 m)".
    """
    return any(
        other.end <= quantity.start
        and (match := _THAT_IS.fullmatch(claim.text, other.end, quantity.start)) is not None
        and (
            "(" in match[0]
            if Measure.MONEY not in (quantity.measure, other.measure)
            else quantity.measure is other.measure and quantity.unit != other.unit
        )
        for other in claim.quantities
    )


def with_unit(item: Quantity, text: str, quantity: Quantity, beside: Iterable[Quantity]) -> Quantity:
    """A number of a passage in the unit of ``quantity`` where it may be meant so: "300,000 pounds", "nine hours, now four".

    ``beside`` are all quantities of the passage, which tells a unit but once.
    """
    if item.measure is not Measure.COUNT:
        return item
    if quantity.measure is Measure.MONEY and is_currency(text, item, quantity.unit):
        return item._replace(measure=Measure.MONEY, unit=quantity.unit)
    if quantity.measure is Measure.COUNT or not BARE.match(text, item.end):
        return item
    for told in beside:
        if told.number and (
            (told.measure, told.unit) == (quantity.measure, quantity.unit)
            or (quantity.measure is Measure.MONEY and is_currency(text, told, quantity.unit))
        ):
            return item._replace(measure=quantity.measure, unit=quantity.unit, value=item.number * told.value / told.number)
    return item


def is_currency(text: str, quantity: Quantity, currency: str) -> bool:
    """Whether the word after a number, or the sign before it, may be that of a currency: "ten thousand dollars" are no euros.

    "¥10,000" are yen or yuan.
    """
    word = _CURRENCY.match(text, quantity.end)
    sign = text[max(quantity.start - 1, 0) : quantity.start]
    return (word is not None and currency in _CURRENCIES[word[1]]) or currency in _OF_SIGN.get(sign, "")
