"""What the phrases of the grammar mean: the interval of each, given the day of publication and the dates told before.

Conventions: "in October" after a verb in the past is the latest October that has begun by publication, "earlier this
year" is the year, "late July" the 21st to the 31st, spring March to May. Whatever two readers could take for different
dates stays unresolved.
"""

from __future__ import annotations

from datetime import timedelta

from app.analysis.dates.direction import Direction
from app.analysis.dates.fixed import FIXED
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.periods import PERIODS, quarter_until
from app.analysis.dates.reading import Context
from app.analysis.dates.relative import RELATIVE
from app.domain.dates import Interval, parse_edtf

_RULES = FIXED | PERIODS | RELATIVE
#: Two readings of one date are no further apart; where they are, the year of the one that names none was taken wrong.
_SAME = timedelta(days=45)


def _is_working_week(first: Phrase, last: Phrase) -> bool:
    return [phrase.tokens[-1].lower for phrase in (first, last)] == ["monday", "friday"]


def resolve(phrase: Phrase, context: Context) -> Interval | None:
    """The interval that ``phrase`` stands for, or ``None`` where that cannot be told."""
    if not phrase.ends:
        return _RULES[phrase.rule](phrase, context)
    left, right = phrase.ends
    last = resolve(right, context)
    if phrase.is_explained:
        own = None if right.names_year else resolve(left, context)
        return last if own is None or last is None or abs(own.sort_date - last.sort_date) <= _SAME else own
    # "It is open Monday to Thursday", "They meet Monday to Friday."
    opening_hours = right.rule == "weekday" and (context.past is None or (not context.past and _is_working_week(left, right)))
    if last is None or last.end is None or (opening_hours and phrase.rule == "range"):
        return None
    if phrase.rule == "quarter_ended":
        return quarter_until(last)
    # The first takes its year from the second.
    first = resolve(left, context if left.names_year else Context(last.end, Direction.PAST, context.reference))
    if first is None or phrase.rule != "range":
        return first
    if first.sort_date > last.sort_date:
        return None
    return parse_edtf(f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}")
