"""Parts of years in which companies and statistics count: quarters, halves, several months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from app.analysis.dates.calendar import nearest, quarter_of, shift
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.lexicon import MONTHS
from app.analysis.dates.reading import Context, named_year, ordinal, quantity, years_around
from app.domain.dates import Interval, Precision, approximately, between, day, month, part, year

#: Results of a quarter are the news for so long.
_NEAR = timedelta(days=120)
#: Companies end their quarters on a weekday near the end of a month.
_SLACK = 8
#: Until this month "the full year" may be the one that is over, whose results are the news.
_RESULTS_UNTIL = 4


def _quarter(phrase: Phrase, context: Context) -> Interval | None:
    if phrase.token("z"):
        return None
    number, now = ordinal(phrase), context.now
    named = named_year(phrase, context)
    if number == -1 and named is not None:
        number = 4
    if not 1 <= number <= 4:
        return None
    if named is not None:
        return _timely(part(named, 32 + number), phrase, context)
    if now is None or (phrase.names_year and phrase.token("gk") is None):
        return None
    candidates = [part(at, 32 + number) for at in years_around(now)]
    item = _near_quarter(candidates, now, context.past)
    return _year_before(approximately(item), phrase) if item is not None else None


def _timely(item: Interval, phrase: Phrase, context: Context) -> Interval | None:
    """A part of "the year", which is this one only if that goes with the tense."""
    now = context.now
    if phrase.token("y") is not None or phrase.token("rxh") is not None or now is None or not item.start or not item.end:
        return item
    return None if (context.past and item.start > now) or (context.past is False and item.end < now) else item


def _year_before(item: Interval | None, phrase: Phrase) -> Interval | None:
    """The quarter of the year before, where a phrase says so ("the year-ago quarter")."""
    if item is None or phrase.token("gk") is None:
        return item
    return approximately(part(item.sort_date.year - 1, 32 + quarter_of(item.sort_date)))


def _near_quarter(candidates: list[Interval], now: date, past: bool | None) -> Interval | None:
    """The quarter that just ended, whose results are the news, else what tense tells.

    The running quarter in the past tense is a fiscal one, of which the calendar knows nothing.
    """
    for item in candidates:
        if item.start and item.end and item.start <= now <= item.end:
            return None if past else item
        if item.end and timedelta(0) < now - item.end <= _NEAR:
            return item
    return nearest(candidates, now, past)


def _half(phrase: Phrase, context: Context) -> Interval | None:
    number, named = ordinal(phrase), named_year(phrase, context)
    if phrase.token("z") or named is None or number not in (1, 2):
        return None
    return _timely(part(named, 39 + number), phrase, context)


def _months_of_year(phrase: Phrase, context: Context) -> Interval | None:
    counted, number = quantity(phrase), named_year(phrase, context)
    if phrase.token("z") or number is None or counted is None or counted[1] not in "NG":
        return None
    months = counted[0] * (3 if counted[1] == "G" else 1)
    which = ordinal(phrase)
    if which not in (1, -1) or not 1 < months < 12:
        return None
    if months == 6 and counted[1] == "G":
        return _timely(part(number, 40 if which == 1 else 41), phrase, context)
    first = 1 if which == 1 else 13 - months
    return _timely(between(month(number, first), month(number, first + months - 1)), phrase, context)


def _months(phrase: Phrase, context: Context) -> Interval | None:
    """The months from one to another ("the January-March period"), a quarter where they are one."""
    first, last = (MONTHS[token.lower] for token in phrase.all("M"))
    if first >= last:
        return None
    named, now = named_year(phrase, context), context.now
    if named is not None:
        return _from_month(named, first, last)
    if now is None or phrase.names_year:
        return None
    return _near_quarter([_from_month(number, first, last) for number in years_around(now)], now, context.past)


def _from_month(number: int, first: int, last: int) -> Interval:
    if last - first == 2 and last % 3 == 0:
        return part(number, 32 + last // 3)
    return between(month(number, first), month(number, last))


def _full_year(phrase: Phrase, context: Context) -> Interval | None:
    """The year of publication, about, as companies' years differ; "full-year" only of what is to come."""
    token, now = phrase.token("y"), context.now
    if token is not None:
        return year(int(token.text))
    if now is None or (context.past is not False and (now.month <= _RESULTS_UNTIL or phrase.token("-"))):
        return None
    return approximately(year(now.year))


def _unresolved(_phrase: Phrase, _context: Context) -> Interval | None:
    return None


def quarter_until(last: Interval) -> Interval | None:
    """The three months that end with a day or a month: a quarter of the calendar where they are one, to a few days."""
    if last.end is None or last.precision not in (Precision.DAY, Precision.MONTH):
        return None
    near = last.end - timedelta(days=_SLACK)
    whole = month(near.year, near.month)
    if whole.end is None or abs(last.end - whole.end) > timedelta(days=_SLACK):
        first = shift(last.end + timedelta(days=1), -3, "N")
        return between(day(first), day(last.end)) if first is not None else None
    if near.month % 3:
        first = shift(near.replace(day=1), -2, "N")
        return between(month(first.year, first.month), whole) if first is not None else None
    quarter = part(near.year, 32 + near.month // 3)
    return quarter if last.end == whole.end else approximately(quarter)


PERIODS: dict[str, Callable[[Phrase, Context], Interval | None]] = {
    "quarter": _quarter,
    "quarter_ended": _unresolved,
    "half": _half,
    "months_of_year": _months_of_year,
    "months": _months,
    "full_year": _full_year,
    "fiscal_year": _unresolved,
}
