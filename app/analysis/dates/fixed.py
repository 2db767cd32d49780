"""Dates that have a name in the calendar: days, months, seasons, years, decades."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from app.analysis.dates.calendar import make_day, nearest, part_of, shift, week, weekend
from app.analysis.dates.direction import Direction
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.holidays import EVENTS, NINE_ELEVEN, holiday_in
from app.analysis.dates.lexicon import DECADES, NUMBERS, SHORT_WEEKDAYS, WEEKDAYS
from app.analysis.dates.reading import (
    Context,
    day_number,
    in_part,
    month_number,
    named_year,
    ordinal,
    part_named,
    years_around,
)
from app.analysis.dates.tokens import Token
from app.domain.dates import SEASONS, Interval, Precision, between, day, decade, month, part, year

_NEAR = timedelta(days=120)
#: A month, about: what was done on a holiday further ahead was done on the one before.
_SOON = timedelta(days=31)
#: A month so near, in months, is meant where a verb goes with both; the other one is three times as far.
_MONTHS_NEAR = 3
_FRIDAY, _SATURDAY = 4, 5


def _iso_day(phrase: Phrase, _context: Context) -> Interval | None:
    numbers = phrase.tokens[0].text[:10].split("-")
    return make_day(int(numbers[0]), int(numbers[1]), int(numbers[2]))


def _iso_month(phrase: Phrase, _context: Context) -> Interval | None:
    text = phrase.tokens[0].text
    number, second = (int(piece) for piece in text.replace("/", "-").split("-"))
    if second % 100 == (number + 1) % 100:  # "the season 2008-09"
        return between(year(number), year(number + 1))
    return None if second > number % 100 else month(number, second)


def _numeric_day(phrase: Phrase, _context: Context) -> Interval | None:
    text = phrase.tokens[0].text
    first, second, number = (int(piece) for piece in text.replace("/", ".").split("."))
    if "." in text or first > 12 or first == second:
        return make_day(number, second, first)
    return make_day(number, first, second) if second > 12 else None


def _day(phrase: Phrase, context: Context) -> Interval | None:
    return _place_day(phrase, context, day_number(phrase.the("doq")))


def _known_day(phrase: Phrase, context: Context) -> Interval | None:
    """A day that is known for what happened on it in one year: "the Sept. 11 attacks"."""
    known = EVENTS.get((month_number(phrase), day_number(phrase.the("d"))))
    if known is not None and (context.now is None or known <= context.now):
        return day(known)
    return _day(phrase, context)


def _place_day(phrase: Phrase, context: Context, number: int) -> Interval | None:
    """The day of a month, in the nearest year where the writer names none: who means last year's, says so."""
    number_of_month, weekday = month_number(phrase), phrase.token("Ww")
    named = named_year(phrase, context)
    if named is None and (context.now is None or phrase.names_year):
        return None
    years = [named] if named is not None else list(years_around(context.now or date.min))
    candidates = [item for item in (make_day(at, number_of_month, number) for at in years) if item is not None]
    if weekday is not None:
        wanted = (WEEKDAYS | SHORT_WEEKDAYS)[weekday.lower]
        candidates = [item for item in candidates if item.sort_date.weekday() == wanted]
    if named is not None or context.now is None:
        return candidates[0] if candidates else None
    if phrase.token("r#"):
        return nearest(candidates, context.now, past=True)
    closest = _closest(candidates, context.now)
    if weekday is not None:
        return closest
    return _nearby(closest, context) or nearest(candidates, context.now, context.past)


def _holiday(phrase: Phrase, context: Context) -> Interval | None:
    name, now = phrase.the("&").text, context.now
    if name == NINE_ELEVEN:
        return day(EVENTS[9, 11])
    named = named_year(phrase, context)
    if named is not None:
        return day(holiday_in(name, named))
    if now is None or phrase.names_year:
        return None
    candidates = [day(holiday_in(name, at)) for at in years_around(now)]
    if phrase.token("h"):
        return candidates[1]
    if phrase.token("rx"):
        past = phrase.token("r") is not None
        return nearest([item for item in candidates if item.sort_date != now], now, past=past)
    closest = _closest(candidates, now)
    gone = context.past and closest is not None and closest.sort_date - now > _SOON
    return (None if gone else _nearby(closest, context)) or nearest(candidates, now, context.past)


def _day_of_month(phrase: Phrase, context: Context) -> Interval | None:
    """What "the 9th" is: of the month told last, else the last or next one by tense."""
    number, reference, now = day_number(phrase.the("o")), context.reference, context.now
    if reference is not None and reference.precision in (Precision.DAY, Precision.MONTH):
        item = make_day(reference.sort_date.year, reference.sort_date.month, number)
        if item is None or now is None:
            return item
        # "It met on 28 February and meets again on the 14th."
        is_over = item.sort_date < reference.sort_date <= now and now - item.sort_date < _SOON
        if context.past is not False or not is_over:
            return None if context.past and item.sort_date > now else item
    if now is None or context.past is None:
        return None
    months = [shift(now.replace(day=1), at, "N") for at in (-1, 0, 1)]
    days = [make_day(first.year, first.month, number) for first in months if first is not None]
    return nearest([item for item in days if item is not None], now, context.past)


def _closest(candidates: list[Interval], now: date) -> Interval | None:
    return min(candidates, key=lambda item: abs(item.sort_date - now), default=None)


def _nearby(closest: Interval | None, context: Context) -> Interval | None:
    """The closest day, whatever the tense, if it is near; who means last year's, says so, but not who means one of this year."""
    now = context.now
    if closest is None or now is None or abs(closest.sort_date - now) > _NEAR:
        return None
    return None if context.past and closest.sort_date.year > now.year else closest


def _day_range(phrase: Phrase, context: Context) -> Interval | None:
    numbers = [day_number(token) for token in phrase.all("do")]
    last = _place_day(phrase, context, numbers[1])
    alternatives = phrase.token("A") is not None and phrase.token("B") is None
    if last is None or numbers[0] >= numbers[1] or (alternatives and numbers[1] - numbers[0] > 1):
        return None
    first = last.sort_date.replace(day=numbers[0])
    return between(day(first), last)


def _month(phrase: Phrase, context: Context) -> Interval | None:
    number, now = month_number(phrase), context.now
    named = named_year(phrase, context)
    if named is not None:
        return month(named, number)
    if phrase.names_year:
        return None
    if phrase.token("LVm"):
        return _month_from_reference(phrase, number, context.reference)
    if now is None:
        return None
    candidates = [month(at, number) for at in years_around(now)]
    current = month(now.year, now.month)
    if phrase.token("r"):
        return nearest([item for item in candidates if item != current], now, past=True)
    if phrase.token("xC"):
        item = nearest([item for item in candidates if item != current], now, past=False)
        sure = item is not None and (phrase.token("C") or item.sort_date.year > now.year)
        return item if sure else None
    if phrase.token("h"):
        return month(now.year, number)
    if context.direction is Direction.EITHER:
        return next((item for item in candidates if abs(_months_between(now, item.sort_date)) <= _MONTHS_NEAR), None)
    return nearest(candidates, now, context.past)


def _months_between(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month


def _month_from_reference(phrase: Phrase, number: int, reference: Interval | None) -> Interval | None:
    if reference is None or reference.start is None or reference.end is None or phrase.token("m"):
        return None
    if phrase.token("L"):
        after = reference.end
        return month(after.year + (number <= after.month), number)
    before = reference.start
    return month(before.year - (number >= before.month), number)


def _part_of_month(phrase: Phrase, context: Context) -> Interval | None:
    whole, which = _month(phrase, context), part_named(phrase)
    if whole is None or which is None:
        return None
    piece = part_of(whole, which)
    if context.past and not phrase.names_year and context.now is not None and piece.sort_date > context.now:
        return part_of(month(whole.sort_date.year - 1, whole.sort_date.month), which)
    return piece


def _week_of_day(phrase: Phrase, context: Context) -> Interval | None:
    known = _day(phrase, context)
    if known is None or phrase.token("E") is None:
        return week(known.sort_date) if known is not None else None
    return weekend(known.sort_date) if known.sort_date.weekday() >= _FRIDAY else None


def _part_in_month(phrase: Phrase, context: Context) -> Interval | None:
    """A week, weekend, day or weekday by its number in a month ("the first Tuesday in November"); weeks begin with the month."""
    number, weekday, of_month = ordinal(phrase), phrase.token("WE"), phrase.letters.index("M")
    month_told = phrase._replace(tokens=phrase.tokens[of_month:], letters=phrase.letters[of_month:])
    whole, now = _month(month_told, context), context.now
    item = _numbered(whole, number, weekday, phrase) if whole is not None else None
    if whole is None or item is None or not context.past or phrase.names_year or now is None or item.sort_date <= now:
        return item
    return _numbered(month(whole.sort_date.year - 1, whole.sort_date.month), number, weekday, phrase)


def _numbered(whole: Interval, number: int, weekday: Token | None, phrase: Phrase) -> Interval | None:
    if whole.start is None or whole.end is None:
        return None
    back = number < 0
    first = whole.end if back else whole.start
    if weekday is not None:
        away = (WEEKDAYS.get(weekday.lower, _SATURDAY) - first.weekday()) % 7
        first += timedelta(days=away - 7 if back and away else away)
    if phrase.token("K") is None:
        first += timedelta(days=0 if back else (number - 1) * (7 if weekday is not None else 1))
        return day(first) if phrase.token("E") is None else weekend(first)
    first = first - timedelta(days=6) if back else first + timedelta(days=7 * (number - 1))
    return between(day(first), day(first + timedelta(days=6)))


def _season(phrase: Phrase, context: Context) -> Interval | None:
    token, now = phrase.the("S"), context.now
    code = SEASONS[token.lower]
    named = named_year(phrase, context)
    if named is not None:
        return part(named, code)
    if now is None or phrase.names_year or phrase.token("m"):
        return None
    candidates = [part(at, code) for at in years_around(now)]
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


def _decade(phrase: Phrase, _context: Context) -> Interval | None:
    token = phrase.the("D")
    if token.lower in DECADES:
        return in_part(decade(DECADES[token.lower]), phrase)
    digits = token.text.strip("'’s")
    number = int(digits) if len(digits) == 4 else 1900 + int(digits) if int(digits) >= 30 else 2000 + int(digits)
    if number % 100 == 0 and number != 2000:
        return None
    return in_part(decade(number), phrase)


def _year_in_words(phrase: Phrase, _context: Context) -> Interval | None:
    first, *rest = (NUMBERS[token.lower] for token in phrase.tokens if token.letter == "n")
    if phrase.token("c"):
        return year(1000 * first + sum(rest))
    return year(100 * first + sum(rest))


def _century(phrase: Phrase, _context: Context) -> Interval | None:
    """The hundred years that are commonly called a century: the 20th begins in 1900."""
    number = day_number(phrase.the("oq"))
    if not 15 <= number <= 21 or part_named(phrase):
        return None
    return between(year(100 * number - 100), year(100 * number - 1))


def _year_range(phrase: Phrase, _context: Context) -> Interval | None:
    first, second = int(phrase.tokens[0].text), phrase.tokens[2].text
    if len(second) not in (2, 4) or not second.isdecimal():
        return None
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return between(year(first), year(last)) if first < last <= first + 60 else None


def _year(phrase: Phrase, _context: Context) -> Interval | None:
    token = phrase.the("y")
    return in_part(year(int(token.text)), phrase)


FIXED: dict[str, Callable[[Phrase, Context], Interval | None]] = {
    "iso_day": _iso_day,
    "iso_month": _iso_month,
    "numeric_day": _numeric_day,
    "known_day": _known_day,
    "day": _day,
    "day_range": _day_range,
    "day_of_month": _day_of_month,
    "holiday": _holiday,
    "month": _month,
    "part_of_month": _part_of_month,
    "week_of_day": _week_of_day,
    "part_in_month": _part_in_month,
    "season": _season,
    "decade": _decade,
    "century": _century,
    "year_range": _year_range,
    "year": _year,
    "year_in_words": _year_in_words,
    "part_of_year": _year,
}
