"""What a quantity measures and how much, and when two of them are one.

Two writers tell one quantity in different ways ("half", "50%"; "1.2 gigawatts", "1,200 megawatts"; "about 600", "612"): what is
compared is the value in its base unit, as precisely as the rounder of the two gives it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

#: The unit of money in cents, which may be those of several currencies.
CENT = "cent"
_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"))
_HAVE_CENTS = frozenset((CENT, "USD", "EUR", "CAD", "AUD", "NZD", "HKD", "SGD", "ZAR"))


class Measure(StrEnum):
    """What kind of thing a quantity measures. Only quantities of one kind are compared."""

    MONEY = "money"
    SHARE = "share"
    """In percent."""
    POINTS = "points"
    """Percentage points."""
    FACTOR = "factor"
    """"Ten times", "10x"."""
    TIME = "time"
    """A length of time or an age, in its own unit."""
    PHYSICAL = "physical"
    VERSION = "version"
    """The number of a named thing: "GPT-4", "Phase 3"."""
    YEAR = "year"
    COUNT = "count"
    """Anything else that is counted, with or without a noun."""


class Quantity(NamedTuple):
    """A quantity at characters ``start`` to ``end`` (end excluded) of a text.

    ``unit`` is the currency (ISO 4217), the unit of time or of physics, or the name before a version; empty where there is none.
    ``number`` is the value without its unit, ``digits`` how many significant digits the text gives, ``rounded`` whether it says
    that the number is not exact.
    """

    start: int
    end: int
    text: str
    measure: Measure
    value: float
    number: float
    unit: str
    digits: int
    rounded: bool


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of the same measure and unit are one, as precisely as the rounder of them is given."""
    if one.measure is not other.measure or not same_unit(one, other):
        return False
    if one.measure in (Measure.VERSION, Measure.YEAR):
        return one.value == other.value
    return _agree(one, other)


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of one measure may have the same unit or currency: cents are those of several, and a plain dollar
    is that of the country where it is told.
    """
    units = {one.unit, other.unit}
    return (
        len(units) == 1
        or (CENT in units and units <= _HAVE_CENTS)
        or (units <= _DOLLARS and (_is_plain_dollar(one) or _is_plain_dollar(other)))
    )


def _is_plain_dollar(quantity: Quantity) -> bool:
    return quantity.unit == "USD" and "U" not in quantity.text


def same_number(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities have the same number, whatever they measure."""
    return _agree(one._replace(value=one.number), other._replace(value=other.number))


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether one quantity could stand for the other: of one measure, and not of different units of time, physics or name."""
    if one.measure is not other.measure:
        return {one.measure, other.measure} == {Measure.SHARE, Measure.POINTS}
    return one.measure is Measure.MONEY or one.unit == other.unit


def _agree(one: Quantity, other: Quantity) -> bool:
    low, high = sorted((one.value, other.value))
    if high - low <= 1e-9 * abs(high):
        return True
    if low <= 0:
        return False
    rough, exact = sorted((one, other), key=lambda item: item.digits)
    if (rough.rounded or exact.rounded) and high / low <= (1.12 if rough.digits == 1 else 1.03):
        return True
    if rough.digits < exact.digits and (rough.digits > 1 or high / low <= 1.06):
        return _rounds_to(exact.value, rough.value, rough.digits)
    return False


def _rounds_to(exact: float, rough: float, digits: int) -> bool:
    """Whether ``rough`` is ``exact`` with fewer digits, rounded or cut off."""
    step = 10.0 ** (len(f"{rough:.0f}") - digits) if rough >= 1 else 10.0**-digits
    return abs(exact - rough) < step * (0.5 + 1e-9) or 0 <= exact - rough < step * 0.75
