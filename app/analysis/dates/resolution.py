"""What the phrases of the grammar mean: the interval of each, given the day of publication and the dates told before.

Conventions: "in October" after a verb in the past is the latest October that has begun by publication, "earlier this
year" is the year, "late July" the 21st to the 31st, spring March to May. Whatever two readers could take for different
dates stays unresolved.
"""

from __future__ import annotations

from app.analysis.dates.direction import Direction
from app.analysis.dates.fixed import FIXED
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.reading import Context, names_year
from app.analysis.dates.relative import RELATIVE
from app.domain.dates import Interval, parse_edtf

_RULES = FIXED | RELATIVE


def resolve(phrase: Phrase, context: Context) -> Interval | None:
    """The interval that ``phrase`` stands for, or ``None`` where that cannot be told."""
    return _range(phrase, context) if phrase.rule == "range" else _RULES[phrase.rule](phrase, context)


def _range(phrase: Phrase, context: Context) -> Interval | None:
    """Two ends, of which the first may take its year from the second."""
    left, right = phrase.ends
    last = resolve(right, context)
    if last is None or last.end is None:
        return None
    if names_year(left) or left.rule in ("decade", "iso_day", "iso_month", "numeric_day"):
        first = resolve(left, context)
    else:
        first = resolve(left, Context(last.end, Direction.PAST, context.reference))
    if first is None or first.start is None or first.sort_date > last.sort_date:
        return None
    return parse_edtf(f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}")
