"""Whether a writer may have worked a value out from those that a source tells: a share, a sum, a price apiece, a duration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from app.analysis.check.material import Claim
from app.analysis.quantities import Measure, Quantity, same
from app.domain.dates import Precision

#: So many values of one passage are combined.
_MOST = 8
#: What is shared out among more than this is told as a rate, not apiece.
_MOST_PIECES = 100
_EXACT = 9
#: After the years of somebody's age.
_OLD = re.compile(r"[\s-](?:old|of age)\b")
_PERCENT = 100
_NOT_COMBINED = frozenset((Measure.YEAR, Measure.VERSION, Measure.FACTOR))


def is_worked_out(claim: Claim, quantity: Quantity) -> bool:
    """Whether the values of a passage beside the sentence come to ``quantity``, or its dates may be as far apart."""
    is_length = quantity.measure is Measure.TIME and quantity.unit != "second" and not _OLD.match(claim.text, quantity.end)
    if is_length and _has_dates(claim):
        return True
    for match in claim.aligned:
        told = [item for item in claim.sources.quantities(match.index) if item.measure not in _NOT_COMBINED][:_MOST]
        if any(same(quantity, quantity._replace(value=value, digits=_EXACT)) for value in _results(quantity, told)):
            return True
    return False


def _has_dates(claim: Claim) -> bool:
    """Whether a passage beside the sentence tells a day or a month, from which a length of time can be counted."""
    return any(
        phrase.interval is not None and phrase.interval.precision in (Precision.DAY, Precision.MONTH)
        for match in claim.aligned
        for phrase in claim.sources.dates(match.index)
    )


def _results(quantity: Quantity, told: list[Quantity]) -> Iterator[float]:
    """What pairs of values come to that is of the kind of ``quantity``."""
    kind = (quantity.measure, quantity.unit)
    for one, other in permutations(told, 2):
        alike = (one.measure, one.unit) == (other.measure, other.unit)
        if quantity.measure is Measure.SHARE and alike and one.measure is not Measure.SHARE and other.value > 0:
            yield _PERCENT * one.value / other.value
            yield _PERCENT * abs(one.value - other.value) / other.value
        if kind != (one.measure, one.unit):
            continue
        if alike:
            yield one.value + other.value
            yield one.value - other.value
        if other.measure is Measure.COUNT and 1 < other.value <= min(one.value, _MOST_PIECES):
            yield one.value / other.value
