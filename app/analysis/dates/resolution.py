"""What the phrases of the grammar mean: the interval of each, given the day of publication and the dates told before.

Conventions: "in October" after a verb in the past is the latest October that has begun by publication, "earlier this year" is the
year, "late July" the 21st to the 31st, spring March to May. Whatever two readers could take for different dates stays
unresolved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.analysis.dates.calendar import (
    at_distance,
    make_day,
    nearest,
    part_of,
    shift,
    span,
    unit_around,
    week,
    weekend,
)
from app.analysis.dates.direction import Direction
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.lexicon import (
    DAY_OFFSETS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    PLURAL_UNITS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
)
from app.domain.dates import SEASONS, Interval, Precision, approximately, between, day, decade, month, parse_edtf, part, year

_NEAR = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase is read against: a day of publication, the way the sentence looks, the date told last before the phrase."""

    now: date | None
    direction: Direction | None
    reference: Interval | None

    @property
    def past(self) -> bool | None:
        """Whether the sentence looks back; ``None`` where it does not tell."""
        return None if self.direction is None else self.direction is Direction.PAST


def resolve(phrase: Phrase, context: Context) -> Interval | None:
    """The interval that ``phrase`` stands for, or ``None`` where that cannot be told."""
    return _RESOLVERS[phrase.rule](phrase, context)


def quantity(phrase: Phrase) -> tuple[int, str] | None:
    """How many of which unit ("three months": 3, ``N``), or ``None`` for a vague number."""
    numbers = [NUMBERS.get(token.lower) or int(token.text) for token in phrase.tokens if token.letter in "nd"]
    if not numbers and (phrase.token("v") or not phrase.token("a")):
        return None
    amount = sum(numbers) if numbers else 1
    for token in phrase.tokens:
        if token.letter in "YNKGXJ":
            return amount, token.letter
        if token.letter == "u":
            return amount, PLURAL_UNITS[token.lower]
    return None


def duration(phrase: Phrase) -> str | None:
    """The length of time that a phrase tells, as ISO 8601 writes it; ``X`` stands for a number that is not told."""
    unit = next((PLURAL_UNITS.get(token.lower, token.letter) for token in phrase.tokens if token.letter in "YNKGXJu"), None)
    if unit is None:
        return None
    counted = quantity(phrase)
    amount = counted[0] if counted is not None else 1 if phrase.rule == "span" else None
    factor, letter = {"Y": (1, "Y"), "N": (1, "M"), "K": (1, "W"), "J": (1, "D"), "G": (3, "M"), "X": (10, "Y")}[unit]
    return f"P{'X' if amount is None else amount * factor}{letter}"


def _explicit_year(phrase: Phrase, now: date | None) -> int | None:
    """The year that a phrase names, in digits or as last, this or next year."""
    token = phrase.token("y")
    if token is not None:
        return int(token.text)
    if now is not None and phrase.token("Y"):
        relation = next((item.letter for item in reversed(phrase.tokens) if item.letter in "rxh"), None)
        if relation is not None:
            return now.year + {"r": -1, "h": 0, "x": 1}[relation]
    return None


def _names_year(phrase: Phrase) -> bool:
    return phrase.token("y") is not None or phrase.token("Y") is not None


def _part(phrase: Phrase) -> str | None:
    token = phrase.token("eb")
    return PARTS[token.lower] if token is not None else None


def _ordinal(phrase: Phrase) -> int:
    token = phrase.token("qQH") or phrase.the("r")
    if token.letter == "r":
        return 2 if phrase.token("Z") else -1
    return ORDINALS[token.lower] if token.letter == "q" else int(token.text.strip("QHqh"))


def _month_number(phrase: Phrase) -> int:
    token = phrase.the("M")
    return MONTHS[token.lower]


def _years_around(now: date) -> range:
    return range(now.year - 1, now.year + 2)


def _iso_day(phrase: Phrase, _context: Context) -> Interval | None:
    numbers = phrase.tokens[0].text[:10].split("-")
    return make_day(int(numbers[0]), int(numbers[1]), int(numbers[2]))


def _iso_month(phrase: Phrase, _context: Context) -> Interval | None:
    number, second = (int(text) for text in phrase.tokens[0].text.split("-"))
    return None if second > number % 100 else month(number, second)


def _numeric_day(phrase: Phrase, _context: Context) -> Interval | None:
    text = phrase.tokens[0].text
    first, second, number = (int(piece) for piece in text.replace("/", ".").split("."))
    if "." in text or first > 12 or first == second:
        return make_day(number, second, first)
    return make_day(number, first, second) if second > 12 else None


def _day(phrase: Phrase, context: Context) -> Interval | None:
    number = phrase.the("do")
    return _place_day(phrase, context, int(number.text.rstrip("stndrhSTNDRH")))


def _place_day(phrase: Phrase, context: Context, number: int) -> Interval | None:
    number_of_month, weekday = _month_number(phrase), phrase.token("Ww")
    named = _explicit_year(phrase, context.now)
    if named is None and (context.now is None or _names_year(phrase)):
        return None
    years = [named] if named is not None else list(_years_around(context.now or date.min))
    candidates = [item for item in (make_day(at, number_of_month, number) for at in years) if item is not None]
    if weekday is not None:
        wanted = (WEEKDAYS | SHORT_WEEKDAYS)[weekday.lower]
        candidates = [item for item in candidates if item.sort_date.weekday() == wanted]
    if named is not None or context.now is None:
        return candidates[0] if candidates else None
    if weekday is not None:
        return min(candidates, key=lambda item: abs(item.sort_date - context.now), default=None)
    return _near_day(candidates, context.now, True if phrase.token("r") else context.past)


def _near_day(candidates: list[Interval], now: date, past: bool | None) -> Interval | None:
    """The day that tense tells, unless another year's is so much nearer that the writer would have named the year."""
    told = nearest(candidates, now, past)
    closest = min(candidates, key=lambda item: abs(item.sort_date - now), default=None)
    if closest is not None and abs(closest.sort_date - now) <= _NEAR:
        return closest
    return told


def _day_range(phrase: Phrase, context: Context) -> Interval | None:
    numbers = [int(token.text.rstrip("stndrhSTNDRH")) for token in phrase.all("do")]
    last = _place_day(phrase, context, numbers[1])
    if last is None or numbers[0] >= numbers[1]:
        return None
    first = last.sort_date.replace(day=numbers[0])
    return between(day(first), last)


def _month(phrase: Phrase, context: Context) -> Interval | None:
    return _place_month(phrase, context)


def _place_month(phrase: Phrase, context: Context) -> Interval | None:
    number, now = _month_number(phrase), context.now
    named = _explicit_year(phrase, now)
    if named is not None:
        return month(named, number)
    if _names_year(phrase):
        return None
    if phrase.token("LVm"):
        return _month_from_reference(phrase, number, context.reference)
    if now is None:
        return None
    candidates = [month(at, number) for at in _years_around(now)]
    current = month(now.year, now.month)
    if phrase.token("r"):
        return nearest([item for item in candidates if item != current], now, past=True)
    if phrase.token("xC"):
        item = nearest([item for item in candidates if item != current], now, past=False)
        sure = item is not None and (phrase.token("C") or item.sort_date.year > now.year)
        return item if sure else None
    if phrase.token("h"):
        return month(now.year, number)
    return nearest(candidates, now, context.past)


def _month_from_reference(phrase: Phrase, number: int, reference: Interval | None) -> Interval | None:
    if reference is None or reference.start is None or reference.end is None or phrase.token("m"):
        return None
    if phrase.token("L"):
        after = reference.end
        return month(after.year + (number <= after.month), number)
    before = reference.start
    return month(before.year - (number >= before.month), number)


def _part_of_month(phrase: Phrase, context: Context) -> Interval | None:
    whole, which = _place_month(phrase, context), _part(phrase)
    if whole is None or which is None:
        return None
    piece = part_of(whole, which)
    if context.past and not _names_year(phrase) and context.now is not None and piece.sort_date > context.now:
        return part_of(month(whole.sort_date.year - 1, whole.sort_date.month), which)
    return piece


def _week_of_month(phrase: Phrase, context: Context) -> Interval | None:
    whole, number = _place_month(phrase, context), _ordinal(phrase)
    if whole is None or whole.start is None or whole.end is None:
        return None
    if number < 0:
        return between(day(whole.end - timedelta(days=6)), day(whole.end))
    first = whole.start + timedelta(days=7 * (number - 1))
    return between(day(first), day(first + timedelta(days=6)))


def _season(phrase: Phrase, context: Context) -> Interval | None:
    token, now = phrase.the("S"), context.now
    code = SEASONS[token.lower]
    named = _explicit_year(phrase, now)
    if named is not None:
        return part(named, code)
    if now is None or _names_year(phrase) or phrase.token("m"):
        return None
    candidates = [part(at, code) for at in _years_around(now)]
    current = next((item for item in candidates if item.start and item.end and item.start <= now <= item.end), None)
    if phrase.token("h"):
        return current or (part(now.year, code) if code != 24 else nearest(candidates, now, context.past))
    others = [item for item in candidates if item != current]
    if phrase.token("r"):
        item = nearest([item for item in others if item.end and item.end < now], now, past=True)
        return item if item is not None and item.sort_date.year < now.year else None
    if phrase.token("xC"):
        item = nearest(others, now, past=False)
        return item if item is not None and (code == 24 or item.sort_date.year > now.year) else None
    return nearest(candidates, now, context.past)


def _quarter(phrase: Phrase, context: Context) -> Interval | None:
    if phrase.token("z"):
        return None
    number, now = _ordinal(phrase), context.now
    named = _explicit_year(phrase, now)
    if not 1 <= number <= 4:
        return None
    if named is not None:
        return part(named, 32 + number)
    if now is None or _names_year(phrase):
        return None
    candidates = [part(at, 32 + number) for at in _years_around(now)]
    item = _near_quarter(candidates, now, context.past)
    return approximately(item) if item is not None else None


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
    number, named = _ordinal(phrase), _explicit_year(phrase, context.now)
    if phrase.token("z") or named is None or number not in (1, 2):
        return None
    return part(named, 39 + number)


def _months_of_year(phrase: Phrase, context: Context) -> Interval | None:
    counted, number = quantity(phrase), _explicit_year(phrase, context.now)
    if phrase.token("z") or number is None or counted is None or counted[1] != "N" or not 1 < counted[0] < 12:
        return None
    if _ordinal(phrase) == 1:
        return between(month(number, 1), month(number, counted[0]))
    return between(month(number, 13 - counted[0]), month(number, 12)) if _ordinal(phrase) == -1 else None


def _decade(phrase: Phrase, _context: Context) -> Interval | None:
    token = phrase.the("D")
    digits = token.text.strip("'’s")
    number = int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) >= 30 else 2000 + int(digits)
    if number % 100 == 0 and number != 2000:
        return None
    return _in_part(decade(number), phrase)


def _in_part(whole: Interval | None, phrase: Phrase) -> Interval | None:
    which = _part(phrase)
    return part_of(whole, which) if whole is not None and which is not None else whole


def _unresolved(_phrase: Phrase, _context: Context) -> Interval | None:
    return None


def _year_range(phrase: Phrase, _context: Context) -> Interval | None:
    first, second = int(phrase.tokens[0].text), phrase.tokens[2].text
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return between(year(first), year(last)) if len(second) in (2, 4) and first < last <= first + 60 else None


def _year(phrase: Phrase, _context: Context) -> Interval | None:
    token = phrase.the("y")
    return _in_part(year(int(token.text)), phrase)


def _ago(phrase: Phrase, context: Context) -> Interval | None:
    counted = quantity(phrase)
    if counted is None or context.now is None:
        return None
    return at_distance(context.now, -counted[0], counted[1])


def _from_now(phrase: Phrase, context: Context) -> Interval | None:
    counted = quantity(phrase)
    if counted is None or context.now is None:
        return None
    return at_distance(context.now, counted[0], counted[1])


def _shifted(phrase: Phrase, context: Context) -> Interval | None:
    counted = quantity(phrase)
    if counted is None:
        return None
    sign = 1 if phrase.token("l") else -1
    return _from_reference(context, sign * counted[0], counted[1])


_FINENESS = {
    Precision.DAY: "JKNGYX",
    Precision.MONTH: "NYX",
    Precision.SEASON: "YX",
    Precision.QUARTER: "GYX",
    Precision.HALF: "YX",
    Precision.YEAR: "YX",
    Precision.DECADE: "X",
}


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
    return approximately(year(moved.year))


def _next_unit(phrase: Phrase, context: Context) -> Interval | None:
    token, relation = phrase.the("YNKGXJP"), phrase.the("LVrxCmlkf")
    letter, reference = token.letter.replace("P", "J"), context.reference
    if relation.letter in "rC":
        return None
    if relation.letter == "x" and reference is None:
        end = shift(context.now, 1, letter) if context.now is not None else None
        return span(context.now, end, letter) if context.now is not None and end is not None and letter != "J" else None
    if reference is None or letter not in _FINENESS.get(reference.precision, ""):
        return None
    amount = {"m": 0, "L": 1, "x": 1, "l": 1}.get(relation.letter, -1)
    moved = shift(reference.sort_date, amount, letter)
    if moved is None or (context.past and context.now is not None and moved > context.now):
        return None
    return unit_around(letter, moved)


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
    return approximately(whole) if unit.letter == "G" else _in_part(whole, phrase)


def _rest_of_unit(phrase: Phrase, context: Context) -> Interval | None:
    unit, now, reference = phrase.the("YNKGX"), context.now, context.reference
    if now is None:
        return None
    if phrase.tokens[0].letter == "Y" and context.direction is not Direction.FUTURE:
        return None
    whole = unit_around(unit.letter, now)
    if reference is not None and unit_around(unit.letter, reference.sort_date) != whole:
        return None
    return approximately(whole) if unit.letter == "G" else _in_part(whole, phrase)


def _weekday(phrase: Phrase, context: Context) -> Interval | None:
    token, now = phrase.the("W"), context.now
    wanted = WEEKDAYS[token.lower]
    if phrase.token("LV"):
        return _weekday_from_reference(phrase, wanted, context.reference)
    if now is None:
        return None
    back, ahead = (now.weekday() - wanted) % 7, (wanted - now.weekday()) % 7
    if phrase.token("r"):
        return day(now - timedelta(days=back or 7))
    if phrase.token("x"):
        item = now + timedelta(days=ahead or 7)
        return day(item) if week(item) != week(now) else None
    if phrase.token("s") and not phrase.token("xh"):
        return day(now - timedelta(days=back)) if context.past is not False else None
    if phrase.token("C") or context.past is False:
        return day(now + timedelta(days=ahead))
    if phrase.token("h") and context.past is None:
        return day(now - timedelta(days=now.weekday() - wanted))
    return day(now - timedelta(days=back)) if context.past else None


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
    return day(context.now + timedelta(days=offset))


def _weekend(phrase: Phrase, context: Context) -> Interval | None:
    now = context.now
    if now is None or phrase.token("LVCx"):
        return None
    this, last = weekend(now), weekend(now - timedelta(days=7))
    if phrase.token("r"):
        return last
    if phrase.token("h"):
        return this
    return nearest([last, this], now, context.past)


def _range(phrase: Phrase, context: Context) -> Interval | None:
    """Two ends, of which the first may take its year from the second."""
    left, right = phrase.ends
    last = resolve(right, context)
    if last is None or last.end is None:
        return None
    if _names_year(left) or left.rule in ("decade", "iso_day", "iso_month", "numeric_day"):
        first = resolve(left, context)
    else:
        first = resolve(left, Context(last.end, Direction.PAST, context.reference))
    if first is None or first.start is None or first.sort_date > last.sort_date:
        return None
    return parse_edtf(f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}")


_RESOLVERS[phrase.rule](phrase, context)


def quantity(phrase: Phrase) -> tuple[int, str] | None:
    """How many of which unit ("three months": 3, ``N``), or ``None`` for a vague number."""
    numbers = [NUMBERS.get(token.lower) or int(token.text) for token in phrase.tokens if token.letter in "nd"]
    if not numbers and (phrase.token("v") or not phrase.token("a")):
        return None
    amount = sum(numbers) if numbers else 1
    for token in phrase.tokens:
        if token.letter in "YNKGXJ":
            return amount, token.letter
        if token.letter == "u":
            return amount, PLURAL_UNITS[token.lower]
    return None


def duration(phrase: Phrase) -> str | None:
    """The length of time that a phrase tells, as ISO 8601 writes it; ``X`` stands for a number that is not told."""
    unit = next((PLURAL_UNITS.get(token.lower, token.letter) for token in phrase.tokens if token.letter in "YNKGXJu"), None)
    if unit is None:
        return None
    counted = quantity(phrase)
    amount = counted[0] if counted is not None else 1 if phrase.rule == "span" else None
    factor, letter = {"Y": (1, "Y"), "N": (1, "M"), "K": (1, "W"), "J": (1, "D"), "G": (3, "M"), "X": (10, "Y")}[unit]
    return f"P{'X' if amount is None else amount * factor}{letter}"


def _explicit_year(phrase: Phrase, now: date | None) -> int | None:
    """The year that a phrase names, in digits or as last, this or next year."""
    token = phrase.token("y")
    if token is not None:
        return int(token.text)
    if now is not None and phrase.token("Y"):
        relation = next((item.letter for item in reversed(phrase.tokens) if item.letter in "rxh"), None)
        if relation is not None:
            return now.year + {"r": -1, "h": 0, "x": 1}[relation]
    return None


def _names_year(phrase: Phrase) -> bool:
    return phrase.token("y") is not None or phrase.token("Y") is not None


def _part(phrase: Phrase) -> str | None:
    token = phrase.token("eb")
    return PARTS[token.lower] if token is not None else None


def _ordinal(phrase: Phrase) -> int:
    token = phrase.token("qQH") or phrase.the("r")
    if token.letter == "r":
        return 2 if phrase.token("Z") else -1
    return ORDINALS[token.lower] if token.letter == "q" else int(token.text.strip("QHqh"))


def _month_number(phrase: Phrase) -> int:
    token = phrase.the("M")
    return MONTHS[token.lower]


def _years_around(now: date) -> range:
    return range(now.year - 1, now.year + 2)


def _iso_day(phrase: Phrase, _context: Context) -> Interval | None:
    numbers = phrase.tokens[0].text[:10].split("-")
    return make_day(int(numbers[0]), int(numbers[1]), int(numbers[2]))


def _iso_month(phrase: Phrase, _context: Context) -> Interval | None:
    number, second = (int(text) for text in phrase.tokens[0].text.split("-"))
    return None if second > number % 100 else month(number, second)


def _numeric_day(phrase: Phrase, _context: Context) -> Interval | None:
    text = phrase.tokens[0].text
    first, second, number = (int(piece) for piece in text.replace("/", ".").split("."))
    if "." in text or first > 12 or first == second:
        return make_day(number, second, first)
    return make_day(number, first, second) if second > 12 else None


def _day(phrase: Phrase, context: Context) -> Interval | None:
    number = phrase.the("do")
    return _place_day(phrase, context, int(number.text.rstrip("stndrhSTNDRH")))


def _place_day(phrase: Phrase, context: Context, number: int) -> Interval | None:
    number_of_month, weekday = _month_number(phrase), phrase.token("Ww")
    named = _explicit_year(phrase, context.now)
    if named is None and (context.now is None or _names_year(phrase)):
        return None
    years = [named] if named is not None else list(_years_around(context.now or date.min))
    candidates = [item for item in (make_day(at, number_of_month, number) for at in years) if item is not None]
    if weekday is not None:
        wanted = (WEEKDAYS | SHORT_WEEKDAYS)[weekday.lower]
        candidates = [item for item in candidates if item.sort_date.weekday() == wanted]
    if named is not None or context.now is None:
        return candidates[0] if candidates else None
    if weekday is not None:
        return min(candidates, key=lambda item: abs(item.sort_date - context.now), default=None)
    return _near_day(candidates, context.now, True if phrase.token("r") else context.past)


def _near_day(candidates: list[Interval], now: date, past: bool | None) -> Interval | None:
    """The day that tense tells, unless another year's is so much nearer that the writer would have named the year."""
    told = nearest(candidates, now, past)
    closest = min(candidates, key=lambda item: abs(item.sort_date - now), default=None)
    if closest is not None and abs(closest.sort_date - now) <= _NEAR:
        return closest
    return told


def _day_range(phrase: Phrase, context: Context) -> Interval | None:
    numbers = [int(token.text.rstrip("stndrhSTNDRH")) for token in phrase.all("do")]
    last = _place_day(phrase, context, numbers[1])
    if last is None or numbers[0] >= numbers[1]:
        return None
    first = last.sort_date.replace(day=numbers[0])
    return between(day(first), last)


def _month(phrase: Phrase, context: Context) -> Interval | None:
    return _place_month(phrase, context)


def _place_month(phrase: Phrase, context: Context) -> Interval | None:
    number, now = _month_number(phrase), context.now
    named = _explicit_year(phrase, now)
    if named is not None:
        return month(named, number)
    if _names_year(phrase):
        return None
    if phrase.token("LVm"):
        return _month_from_reference(phrase, number, context.reference)
    if now is None:
        return None
    candidates = [month(at, number) for at in _years_around(now)]
    current = month(now.year, now.month)
    if phrase.token("r"):
        return nearest([item for item in candidates if item != current], now, past=True)
    if phrase.token("xC"):
        item = nearest([item for item in candidates if item != current], now, past=False)
        sure = item is not None and (phrase.token("C") or item.sort_date.year > now.year)
        return item if sure else None
    if phrase.token("h"):
        return month(now.year, number)
    return nearest(candidates, now, context.past)


def _month_from_reference(phrase: Phrase, number: int, reference: Interval | None) -> Interval | None:
    if reference is None or reference.start is None or reference.end is None or phrase.token("m"):
        return None
    if phrase.token("L"):
        after = reference.end
        return month(after.year + (number <= after.month), number)
    before = reference.start
    return month(before.year - (number >= before.month), number)


def _part_of_month(phrase: Phrase, context: Context) -> Interval | None:
    whole, which = _place_month(phrase, context), _part(phrase)
    if whole is None or which is None:
        return None
    piece = part_of(whole, which)
    if context.past and not _names_year(phrase) and context.now is not None and piece.sort_date > context.now:
        return part_of(month(whole.sort_date.year - 1, whole.sort_date.month), which)
    return piece


def _week_of_month(phrase: Phrase, context: Context) -> Interval | None:
    whole, number = _place_month(phrase, context), _ordinal(phrase)
    if whole is None or whole.start is None or whole.end is None:
        return None
    if number < 0:
        return between(day(whole.end - timedelta(days=6)), day(whole.end))
    first = whole.start + timedelta(days=7 * (number - 1))
    return between(day(first), day(first + timedelta(days=6)))


def _season(phrase: Phrase, context: Context) -> Interval | None:
    token, now = phrase.the("S"), context.now
    code = SEASONS[token.lower]
    named = _explicit_year(phrase, now)
    if named is not None:
        return part(named, code)
    if now is None or _names_year(phrase) or phrase.token("m"):
        return None
    candidates = [part(at, code) for at in _years_around(now)]
    current = next((item for item in candidates if item.start and item.end and item.start <= now <= item.end), None)
    if phrase.token("h"):
        return current or (part(now.year, code) if code != 24 else nearest(candidates, now, context.past))
    others = [item for item in candidates if item != current]
    if phrase.token("r"):
        item = nearest([item for item in others if item.end and item.end < now], now, past=True)
        return item if item is not None and item.sort_date.year < now.year else None
    if phrase.token("xC"):
        item = nearest(others, now, past=False)
        return item if item is not None and (code == 24 or item.sort_date.year > now.year) else None
    return nearest(candidates, now, context.past)


def _quarter(phrase: Phrase, context: Context) -> Interval | None:
    if phrase.token("z"):
        return None
    number, now = _ordinal(phrase), context.now
    named = _explicit_year(phrase, now)
    if not 1 <= number <= 4:
        return None
    if named is not None:
        return part(named, 32 + number)
    if now is None or _names_year(phrase):
        return None
    candidates = [part(at, 32 + number) for at in _years_around(now)]
    item = _near_quarter(candidates, now, context.past)
    return approximately(item) if item is not None else None


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
    number, named = _ordinal(phrase), _explicit_year(phrase, context.now)
    if phrase.token("z") or named is None or number not in (1, 2):
        return None
    return part(named, 39 + number)


def _months_of_year(phrase: Phrase, context: Context) -> Interval | None:
    counted, number = quantity(phrase), _explicit_year(phrase, context.now)
    if phrase.token("z") or number is None or counted is None or counted[1] != "N" or not 1 < counted[0] < 12:
        return None
    if _ordinal(phrase) == 1:
        return between(month(number, 1), month(number, counted[0]))
    return between(month(number, 13 - counted[0]), month(number, 12)) if _ordinal(phrase) == -1 else None


def _decade(phrase: Phrase, _context: Context) -> Interval | None:
    token = phrase.the("D")
    digits = token.text.strip("'’s")
    number = int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) >= 30 else 2000 + int(digits)
    if number % 100 == 0 and number != 2000:
        return None
    return _in_part(decade(number), phrase)


def _in_part(whole: Interval | None, phrase: Phrase) -> Interval | None:
    which = _part(phrase)
    return part_of(whole, which) if whole is not None and which is not None else whole


def _unresolved(_phrase: Phrase, _context: Context) -> Interval | None:
    return None


def _year_range(phrase: Phrase, _context: Context) -> Interval | None:
    first, second = int(phrase.tokens[0].text), phrase.tokens[2].text
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return between(year(first), year(last)) if len(second) in (2, 4) and first < last <= first + 60 else None


def _year(phrase: Phrase, _context: Context) -> Interval | None:
    token = phrase.the("y")
    return _in_part(year(int(token.text)), phrase)


def _ago(phrase: Phrase, context: Context) -> Interval | None:
    counted = quantity(phrase)
    if counted is None or context.now is None:
        return None
    return at_distance(context.now, -counted[0], counted[1])


def _from_now(phrase: Phrase, context: Context) -> Interval | None:
    counted = quantity(phrase)
    if counted is None or context.now is None:
        return None
    return at_distance(context.now, counted[0], counted[1])


def _shifted(phrase: Phrase, context: Context) -> Interval | None:
    counted = quantity(phrase)
    if counted is None:
        return None
    sign = 1 if phrase.token("l") else -1
    return _from_reference(context, sign * counted[0], counted[1])


_FINENESS = {
    Precision.DAY: "JKNGYX",
    Precision.MONTH: "NYX",
    Precision.SEASON: "YX",
    Precision.QUARTER: "GYX",
    Precision.HALF: "YX",
    Precision.YEAR: "YX",
    Precision.DECADE: "X",
}


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
    return approximately(year(moved.year))


def _next_unit(phrase: Phrase, context: Context) -> Interval | None:
    token, relation = phrase.the("YNKGXJP"), phrase.the("LVrxCmlkf")
    letter, reference = token.letter.replace("P", "J"), context.reference
    if relation.letter in "rC":
        return None
    if relation.letter == "x" and reference is None:
        end = shift(context.now, 1, letter) if context.now is not None else None
        return span(context.now, end, letter) if context.now is not None and end is not None and letter != "J" else None
    if reference is None or letter not in _FINENESS.get(reference.precision, ""):
        return None
    amount = {"m": 0, "L": 1, "x": 1, "l": 1}.get(relation.letter, -1)
    moved = shift(reference.sort_date, amount, letter)
    if moved is None or (context.past and context.now is not None and moved > context.now):
        return None
    return unit_around(letter, moved)


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
    return approximately(whole) if unit.letter == "G" else _in_part(whole, phrase)


def _rest_of_unit(phrase: Phrase, context: Context) -> Interval | None:
    unit, now, reference = phrase.the("YNKGX"), context.now, context.reference
    if now is None:
        return None
    if phrase.tokens[0].letter == "Y" and context.direction is not Direction.FUTURE:
        return None
    whole = unit_around(unit.letter, now)
    if reference is not None and unit_around(unit.letter, reference.sort_date) != whole:
        return None
    return approximately(whole) if unit.letter == "G" else _in_part(whole, phrase)


def _weekday(phrase: Phrase, context: Context) -> Interval | None:
    token, now = phrase.the("W"), context.now
    wanted = WEEKDAYS[token.lower]
    if phrase.token("LV"):
        return _weekday_from_reference(phrase, wanted, context.reference)
    if now is None:
        return None
    back, ahead = (now.weekday() - wanted) % 7, (wanted - now.weekday()) % 7
    if phrase.token("r"):
        return day(now - timedelta(days=back or 7))
    if phrase.token("x"):
        item = now + timedelta(days=ahead or 7)
        return day(item) if week(item) != week(now) else None
    if phrase.token("s") and not phrase.token("xh"):
        return day(now - timedelta(days=back)) if context.past is not False else None
    if phrase.token("C") or context.past is False:
        return day(now + timedelta(days=ahead))
    if phrase.token("h") and context.past is None:
        return day(now - timedelta(days=now.weekday() - wanted))
    return day(now - timedelta(days=back)) if context.past else None


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
    return day(context.now + timedelta(days=offset))


def _weekend(phrase: Phrase, context: Context) -> Interval | None:
    now = context.now
    if now is None or phrase.token("LVCx"):
        return None
    this, last = weekend(now), weekend(now - timedelta(days=7))
    if phrase.token("r"):
        return last
    if phrase.token("h"):
        return this
    return nearest([last, this], now, context.past)


def _range(phrase: Phrase, context: Context) -> Interval | None:
    """Two ends, of which the first may take its year from the second."""
    left, right = phrase.ends
    last = resolve(right, context)
    if last is None or last.end is None:
        return None
    if _names_year(left) or left.rule in ("decade", "iso_day", "iso_month", "numeric_day"):
        first = resolve(left, context)
    else:
        first = resolve(left, Context(last.end, Direction.PAST, context.reference))
    if first is None or first.start is None or first.sort_date > last.sort_date:
        return None
    return between(first, last) if "/" not in first.edtf + last.edtf else _spell_out(first, last)


def _spell_out(first: Interval, last: Interval) -> Interval | None:
    if first.start is None or last.end is None:
        return None
    return between(day(first.start), day(last.end))


_RESOLVERS: dict[str, Callable[[Phrase, Context], Interval | None]] = {
    "iso_day": _iso_day,
    "iso_month": _iso_month,
    "numeric_day": _numeric_day,
    "day_range": _day_range,
    "day": _day,
    "week_of_month": _week_of_month,
    "months_of_year": _months_of_year,
    "part_of_month": _part_of_month,
    "quarter": _quarter,
    "half": _half,
    "decade": _decade,
    "fiscal_year": _unresolved,
    "year_range": _year_range,
    "part_of_year": _year,
    "month": _month,
    "season": _season,
    "ago": _ago,
    "shifted": _shifted,
    "from_now": _from_now,
    "in_time": _in_time,
    "span": _span,
    "unit": _unit,
    "rest_of_unit": _rest_of_unit,
    "next_unit": _next_unit,
    "weekday": _weekday,
    "today": _today,
    "weekend": _weekend,
    "year": _year,
    "range": _range,
}
