"""Dates told by their distance from publication or from the date told before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from app.analysis.dates.calendar import at_distance, nearest, shift, span, unit_around, week, weekend
from app.analysis.dates.direction import Direction
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.lexicon import DAY_OFFSETS, NUMBERS, PLURAL_UNITS, WEEKDAYS
from app.analysis.dates.reading import Context, count, in_part, quantity
from app.domain.dates import Interval, Precision, approximately, between, day, month, parse_edtf, year

#: A weekday so near, in days, is meant where a verb goes with both; the other one is more than twice as far.
_DAYS_NEAR = 2

_FINENESS = {
    Precision.DAY: "JKNYX",
    Precision.MONTH: "NYX",
    Precision.SEASON: "YX",
    Precision.QUARTER: "GYX",
    Precision.HALF: "YX",
    Precision.YEAR: "YX",
    Precision.DECADE: "X",
}


def _ago(phrase: Phrase, context: Context) -> Interval | None:
    if "_" in phrase.letters:
        return _either_ago(phrase, context.now)
    if phrase.letters[0] == "Z":  # "half a century ago"
        return at_distance(context.now, -50, "Y") if context.now is not None else None
    counted, reference = quantity(phrase), context.reference
    if counted is None or context.now is None:
        return _couple_ago(phrase, context.now)
    if context.compared and counted[1] == "Y" and reference is not None and reference.precision in _COMPARED:
        return _in_another_year(reference, -counted[0])
    exact, weekday = phrase.token("th"), phrase.token("W")
    if weekday is not None and counted[1] == "K":
        back = (context.now.weekday() - WEEKDAYS[weekday.lower]) % 7
        return day(context.now - timedelta(days=back + 7 * counted[0]))
    unit = phrase.token("NK") if phrase.letters[-1] in "NK" else None
    moved = shift(context.now, -counted[0], counted[1])
    if moved is not None and exact is not None and exact.lower == "today":
        return day(moved)
    if moved is not None and unit is not None and counted[1] in "YX":  # "a year ago this month"
        beside = shift(moved, -1 if phrase.letters[-2] == "r" else 0, unit.letter)
        return unit_around(unit.letter, beside) if beside is not None else None
    return at_distance(context.now, -counted[0], counted[1])


def _either_ago(phrase: Phrase, now: date | None) -> Interval | None:
    """From the further to the nearer of two distances: "three or four years ago"."""
    near, far = (NUMBERS.get(token.lower) or int(token.text) for token in phrase.all("nd"))
    unit = phrase.the("YNKGXJu")
    if now is None or near >= far:
        return None
    letter = PLURAL_UNITS.get(unit.lower, unit.letter)
    first, last = at_distance(now, -far, letter), at_distance(now, -near, letter)
    if first is None or last is None:
        return None
    return between(first, last) if letter != "K" else between(day(first.sort_date), day(last.end or last.sort_date))


def _couple_ago(phrase: Phrase, now: date | None) -> Interval | None:
    """A couple of years or months: two, about."""
    unit = phrase.the("YNKGXJu")
    if now is None or "couple" not in (token.lower for token in phrase.tokens) or unit.lower not in ("years", "months"):
        return None
    return at_distance(now, -2, PLURAL_UNITS[unit.lower])


def _half_ago(phrase: Phrase, context: Context) -> Interval | None:
    """A year and a half ago, or two and a half: a year, about."""
    years, unit = count(phrase), phrase.token("u")
    if context.now is None or years is None or (unit is not None and unit.lower != "years"):
        return None
    moved = shift(context.now, -12 * years - 6, "N")
    return approximately(year(moved.year)) if moved is not None else None


def _from_now(phrase: Phrase, context: Context) -> Interval | None:
    counted, weekday = quantity(phrase), phrase.token("W")
    if counted is None or context.now is None:
        return None
    if weekday is not None:
        ahead = (WEEKDAYS[weekday.lower] - context.now.weekday()) % 7
        return day(context.now + timedelta(days=ahead + 7 * counted[0])) if counted[1] == "K" else None
    return at_distance(context.now, counted[0], counted[1])


def _shifted(phrase: Phrase, context: Context) -> Interval | None:
    counted = quantity(phrase)
    if counted is None:
        return None
    sign = 1 if phrase.token("l") else -1
    if context.compared and counted[1] == "Y" and context.reference is None and sign < 0:
        return at_distance(context.now, -counted[0], "Y") if context.now is not None else None
    return _from_reference(context, sign * counted[0], counted[1])


def _from_reference(context: Context, amount: int, letter: str) -> Interval | None:
    """The date ``amount`` units from the date told last; never finer than that date, never later than a past sentence allows."""
    reference, now = context.reference, context.now
    if reference is None or letter not in _FINENESS.get(reference.precision, ""):
        return None
    moved = shift(reference.sort_date, amount, letter)
    if moved is None or (context.past and now is not None and moved > now):
        return None
    if reference.precision is Precision.DAY and letter in "NY":
        return approximately(month(moved.year, moved.month))
    if reference.precision is Precision.DAY:
        return day(moved) if letter == "J" and abs(amount) <= 10 else approximately(day(moved))
    if reference.precision is Precision.MONTH:
        return month(moved.year, moved.month) if letter == "N" else approximately(month(moved.year, moved.month))
    if reference.precision is Precision.YEAR:
        return year(moved.year)
    if letter == "Y" and reference.precision in _PARTS_OF_YEAR:
        return _in_another_year(reference, amount)
    return approximately(year(moved.year))


def _next_unit(phrase: Phrase, context: Context) -> Interval | None:
    token, relation = phrase.the("YNKGXJP"), phrase.the("LVrxCmlkf›")
    letter, reference = token.letter.replace("P", "J"), context.reference
    if relation.lower == "latest" and letter == "G":
        return _latest_quarter(context)
    if relation.letter in "rC" or reference is None or letter not in _FINENESS.get(reference.precision, ""):
        return None
    if relation.lower == "latest" and unit_around(letter, reference.sort_date) != reference:
        return None
    amount = {"m": 0, "L": 1, "x": 1, "l": 1, "›": 1}.get(relation.letter, -1)
    moved = shift(reference.sort_date, amount, letter)
    if moved is None or (context.past and context.now is not None and moved > context.now):
        return None
    return unit_around(letter, moved)


def _before_last(phrase: Phrase, context: Context) -> Interval | None:
    """What "the week before last" is: two back."""
    letter = phrase.the("YNKP").letter.replace("P", "J")
    moved = shift(context.now, -2, letter) if context.now is not None else None
    return unit_around(letter, moved) if moved is not None else None


def _latest_quarter(context: Context) -> Interval | None:
    """The quarter told last, else the one that ended last before publication; companies differ in when theirs end."""
    reference, now = context.reference, context.now
    if reference is not None and reference.precision is Precision.QUARTER:
        return reference
    ended = shift(now, -1, "G") if now is not None else None
    return approximately(unit_around("G", ended)) if ended is not None else None


_PARTS_OF_YEAR = (Precision.QUARTER, Precision.HALF)
_COMPARED = (*_PARTS_OF_YEAR, Precision.MONTH)


def _in_another_year(reference: Interval, years: int) -> Interval | None:
    """The same quarter, half or month ``years`` later."""
    number = reference.sort_date.year + years
    return parse_edtf(f"{number:04d}{reference.edtf[4:]}") if 1000 <= number <= 2999 else None


def _year_before(_phrase: Phrase, context: Context) -> Interval | None:
    """What "year-earlier" says of results: those of the same quarter of the year before, or of that year."""
    reference, now = context.reference, context.now
    if reference is not None and reference.precision in _PARTS_OF_YEAR:
        return _in_another_year(reference, -1)
    if reference is not None and reference.precision is Precision.YEAR:
        moved = shift(reference.sort_date, -1, "Y")
        return year(moved.year) if moved is not None else None
    return approximately(year(now.year - 1)) if now is not None else None


def _same_period(phrase: Phrase, context: Context) -> Interval | None:
    """What "the same quarter last year" is, or month: the one told last in that year; without one the year, which is sure."""
    reference, now, token = context.reference, context.now, phrase.token("y")
    told = (Precision.MONTH,) if phrase.token("N") else _PARTS_OF_YEAR
    if reference is not None and reference.precision in told:
        return _in_another_year(reference, int(token.text) - reference.sort_date.year if token is not None else -1)
    if token is not None:
        return year(int(token.text))
    if now is None:
        return None
    return year(now.year - 1) if phrase.token("r") else approximately(year(now.year - 1))


_SAME = {"G": Precision.QUARTER, "=": Precision.QUARTER, "Y": Precision.YEAR, "J": Precision.DAY}


def _same_unit(phrase: Phrase, context: Context) -> Interval | None:
    """What "the quarter" or "the latest period" is after a quarter was told, "later in the day" after a day."""
    reference = context.reference
    return reference if reference is not None and reference.precision is _SAME[phrase.the("GY=J").letter] else None


def _clock(_phrase: Phrase, context: Context) -> Interval | None:
    """A time of day lies on the day told before it."""
    reference = context.reference
    return day(reference.sort_date) if reference is not None and reference.precision is Precision.DAY else None


def _in_time(phrase: Phrase, context: Context) -> Interval | None:
    return _from_now(phrase, context) if context.direction is Direction.FUTURE else None


def _span(phrase: Phrase, context: Context) -> Interval | None:
    now, relation = context.now, phrase.the("rpxC")
    unit = phrase.token("YNKGXJ")
    counted = (1, unit.letter) if unit is not None else quantity(phrase)
    if now is None or counted is None:
        return None
    amount, letter = counted
    other = shift(now, -amount if relation.letter in "rp" else amount, letter)
    if other is None:
        return None
    return span(other, now, letter) if relation.letter in "rp" else span(now, other, letter)


def _unit(phrase: Phrase, context: Context) -> Interval | None:
    unit, relation = phrase.the("YNKGX"), phrase.the("rxh")
    moved = shift(context.now, {"r": -1, "h": 0, "x": 1}[relation.letter], unit.letter) if context.now is not None else None
    if moved is None:
        return None
    whole = unit_around(unit.letter, moved)
    return approximately(whole) if unit.letter == "G" else in_part(whole, phrase)


def _rest_of_unit(phrase: Phrase, context: Context) -> Interval | None:
    unit, now, reference = phrase.the("YNKGX"), context.now, context.reference
    if now is None:
        return None
    if phrase.tokens[0].letter == "Y" and context.direction is not Direction.FUTURE:
        return None
    whole = unit_around(unit.letter, now)
    if reference is not None and unit_around(unit.letter, reference.sort_date) != whole:
        return None
    return approximately(whole) if unit.letter == "G" else in_part(whole, phrase)


def _weekday(phrase: Phrase, context: Context) -> Interval | None:
    token, now = phrase.the("W"), context.now
    wanted = WEEKDAYS[token.lower]
    if phrase.token("LV"):
        return _weekday_from_reference(phrase, wanted, context.reference)
    if now is None:
        return None
    if phrase.token("K"):  # "Monday of last week"
        weeks = {"r": -1, "h": 0, "x": 1}[phrase.the("rhx").letter]
        return day(now + timedelta(days=wanted - now.weekday() + 7 * weeks))
    back, ahead = (now.weekday() - wanted) % 7, (wanted - now.weekday()) % 7
    if phrase.token("r"):
        item = now - timedelta(days=back or 7)
        return day(item) if week(item) != week(now) else None
    if phrase.token("x"):
        item = now + timedelta(days=ahead or 7)
        return day(item) if week(item) != week(now) else None
    if phrase.token("s") and not phrase.token("xh") and context.direction in (None, Direction.PAST):
        return day(now - timedelta(days=back))
    if phrase.token("p"):
        return day(now - timedelta(days=back or 7))
    if phrase.token("C") or context.past is False:
        return day(now + timedelta(days=ahead))
    if phrase.token("h") and context.past is None:
        return day(now - timedelta(days=now.weekday() - wanted))
    if context.direction is Direction.EITHER and min(back, ahead) <= _DAYS_NEAR:
        return day(now - timedelta(days=back) if back <= _DAYS_NEAR else now + timedelta(days=ahead))
    return day(now - timedelta(days=back)) if context.past or not back else None


def _weekday_from_reference(phrase: Phrase, wanted: int, reference: Interval | None) -> Interval | None:
    if reference is None or reference.precision is not Precision.DAY:
        return None
    origin = reference.sort_date
    if phrase.token("L"):
        return day(origin + timedelta(days=(wanted - origin.weekday()) % 7 or 7))
    return day(origin - timedelta(days=(origin.weekday() - wanted) % 7 or 7))


def _today(phrase: Phrase, context: Context) -> Interval | None:
    if context.now is None:
        return None
    token = phrase.token("t")
    offset = DAY_OFFSETS[token.lower] if token is not None else -1 if phrase.token("r") else 0
    offset += (phrase.token("›") is not None) - (phrase.token("f") is not None)
    return day(context.now + timedelta(days=offset))


def _weekend(phrase: Phrase, context: Context) -> Interval | None:
    now = context.now
    if now is None or phrase.token("LVCx"):
        return None
    this, last = weekend(now), weekend(now - timedelta(days=7))
    if phrase.token("r"):
        return last
    if phrase.token("p"):
        return nearest([last, this], now, past=True)
    if phrase.token("h"):
        return this
    return nearest([last, this], now, context.past)


RELATIVE: dict[str, Callable[[Phrase, Context], Interval | None]] = {
    "ago": _ago,
    "half_ago": _half_ago,
    "from_now": _from_now,
    "shifted": _shifted,
    "before_last": _before_last,
    "next_unit": _next_unit,
    "year_before": _year_before,
    "same_unit": _same_unit,
    "same_period": _same_period,
    "clock": _clock,
    "in_time": _in_time,
    "span": _span,
    "unit": _unit,
    "rest_of_unit": _rest_of_unit,
    "weekday": _weekday,
    "today": _today,
    "weekend": _weekend,
}
