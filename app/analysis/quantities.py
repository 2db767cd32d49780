"""Quantities in running prose, by what they measure and how much: "$1.2 billion", "12 percent", "600 jobs", "Llama 4"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from app.analysis.measures import CENT, Measure, Quantity
from app.analysis.signs import Sign, signs
from app.analysis.values import AmountPhrase, find_amounts

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
    "bn": 1e9, "mn": 1e6, "k": 1e3, "m": 1e6, "b": 1e9, "dozen": 12,
}  # fmt: skip
#: Parts of a whole that are told without a number, in percent.
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
#: The base unit of each unit and how many of it there are in one.
_UNITS: dict[str, tuple[Measure, str, float]] = {
    "second": (Measure.TIME, "second", 1), "minute": (Measure.TIME, "second", 60), "hour": (Measure.TIME, "second", 3600),
    "day": (Measure.TIME, "day", 1), "week": (Measure.TIME, "day", 7), "fortnight": (Measure.TIME, "day", 14),
    "month": (Measure.TIME, "month", 1), "quarter": (Measure.TIME, "month", 3), "year": (Measure.TIME, "month", 12),
    "decade": (Measure.TIME, "month", 120), "century": (Measure.TIME, "month", 1200), "centurie": (Measure.TIME, "month", 1200),
    "gigawatt": (Measure.PHYSICAL, "watt", 1e9), "megawatt": (Measure.PHYSICAL, "watt", 1e6),
    "kilowatt": (Measure.PHYSICAL, "watt", 1e3), "terawatt": (Measure.PHYSICAL, "watt", 1e12),
    "gw": (Measure.PHYSICAL, "watt", 1e9), "mw": (Measure.PHYSICAL, "watt", 1e6), "kw": (Measure.PHYSICAL, "watt", 1e3),
    "watt hour": (Measure.PHYSICAL, "watt hour", 1), "kilowatt hour": (Measure.PHYSICAL, "watt hour", 1e3),
    "megawatt hour": (Measure.PHYSICAL, "watt hour", 1e6), "gigawatt hour": (Measure.PHYSICAL, "watt hour", 1e9),
    "terawatt hour": (Measure.PHYSICAL, "watt hour", 1e12), "kwh": (Measure.PHYSICAL, "watt hour", 1e3),
    "mwh": (Measure.PHYSICAL, "watt hour", 1e6), "gwh": (Measure.PHYSICAL, "watt hour", 1e9),
    "twh": (Measure.PHYSICAL, "watt hour", 1e12),
    "tonne": (Measure.PHYSICAL, "gram", 1e6), "kilo": (Measure.PHYSICAL, "gram", 1e3),
    "kilogram": (Measure.PHYSICAL, "gram", 1e3), "kg": (Measure.PHYSICAL, "gram", 1e3),
    "gram": (Measure.PHYSICAL, "gram", 1), "kilometre": (Measure.PHYSICAL, "metre", 1e3),
    "kilometer": (Measure.PHYSICAL, "metre", 1e3), "km": (Measure.PHYSICAL, "metre", 1e3),
    "centimetre": (Measure.PHYSICAL, "metre", 1e-2), "centimeter": (Measure.PHYSICAL, "metre", 1e-2),
    "cm": (Measure.PHYSICAL, "metre", 1e-2), "millimetre": (Measure.PHYSICAL, "metre", 1e-3),
    "millimeter": (Measure.PHYSICAL, "metre", 1e-3), "mm": (Measure.PHYSICAL, "metre", 1e-3),
    "litre": (Measure.PHYSICAL, "litre", 1), "liter": (Measure.PHYSICAL, "litre", 1),
    "millilitre": (Measure.PHYSICAL, "litre", 1e-3), "milliliter": (Measure.PHYSICAL, "litre", 1e-3),
    "metre": (Measure.PHYSICAL, "metre", 1), "meter": (Measure.PHYSICAL, "metre", 1), "mile": (Measure.PHYSICAL, "mile", 1),
    "mph": (Measure.PHYSICAL, "mile", 1),
    "foot": (Measure.PHYSICAL, "foot", 1), "feet": (Measure.PHYSICAL, "foot", 1), "acre": (Measure.PHYSICAL, "acre", 1),
    "hectare": (Measure.PHYSICAL, "hectare", 1),
    "square kilometre": (Measure.PHYSICAL, "hectare", 100), "square kilometer": (Measure.PHYSICAL, "hectare", 100),
    "square mile": (Measure.PHYSICAL, "acre", 640), "square metre": (Measure.PHYSICAL, "square metre", 1),
    "square meter": (Measure.PHYSICAL, "square metre", 1), "square feet": (Measure.PHYSICAL, "square foot", 1),
    "square foot": (Measure.PHYSICAL, "square foot", 1),
    "terabyte": (Measure.PHYSICAL, "byte", 1e12), "tb": (Measure.PHYSICAL, "byte", 1e12),
    "gigabyte": (Measure.PHYSICAL, "byte", 1e9), "gb": (Measure.PHYSICAL, "byte", 1e9),
    "megabyte": (Measure.PHYSICAL, "byte", 1e6), "mb": (Measure.PHYSICAL, "byte", 1e6),
    "cubic metre": (Measure.PHYSICAL, "litre", 1000), "cubic meter": (Measure.PHYSICAL, "litre", 1000),
    "cubic kilometre": (Measure.PHYSICAL, "litre", 1e12), "cubic kilometer": (Measure.PHYSICAL, "litre", 1e12),
    "pence": (Measure.MONEY, "GBP", 0.01), "p": (Measure.MONEY, "GBP", 0.01),
    "cent": (Measure.MONEY, CENT, 0.01), "dollar": (Measure.MONEY, "USD", 1), "euro": (Measure.MONEY, "EUR", 1),
    "yen": (Measure.MONEY, "JPY", 1), "yuan": (Measure.MONEY, "CNY", 1), "rupee": (Measure.MONEY, "INR", 1),
    "time": (Measure.FACTOR, "", 1), "fold": (Measure.FACTOR, "", 1), "x": (Measure.FACTOR, "", 1),
    "percent": (Measure.SHARE, "", 1), "%": (Measure.SHARE, "", 1), "per cent": (Measure.SHARE, "", 1),
    "percentage point": (Measure.POINTS, "", 1), "point": (Measure.POINTS, "", 1), "pp": (Measure.POINTS, "", 1),
    "basis point": (Measure.POINTS, "", 0.01),
}  # fmt: skip
_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
).split()
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_WORDS = "|".join((*_SMALL, *_TENS))
#: Between a number and what is counted: "4B, 14B and 90B parameters".
_LISTED = r"(?:(?:,|,?\s(?:and|or|to))\s?[\d.]{1,6}[KMB])"
#: What may follow a number: its scale or the letters of a short unit right after it, then a unit.
_AFTER_NUMBER = rf"""
    (?:[\s\u00a0\u202f-]?(?P<scale>{_SCALE}|[KMB](?={_LISTED}*\s(?:parameters?|params|tokens|models?)\b))s?(?!\w)
        (?:\s(?P<further>thousand|million|billion|trillion)\b)?|(?P<letters>[a-zA-Z%]{{1,3}})(?!\w))?
    (?:[\s\u00a0\u202f-]?(?P<unit>%|per\s?cent\b|(?:percentage|basis)[\s-]points?\b|(?:square|cubic)\s(?:kilomet|mile|met|f[eo]+t)[a-z]*|[a-z]{{0,4}}watt[\s-]hours?\b|(?!(?:{_WORDS})\b)[A-Za-z]+))?
"""
# Both begin with a class of characters and look behind it afterwards, because that is what the engine can skip to.
_IN_DIGITS = re.compile(
    rf"""
    (?P<digits>[0-9](?<![\w$€£₹#].)(?<!\w[.,:/].)(?<![A-Za-z][-\u2010\u2011].)(?<!\d[-–—/].)
        (?:\d{{0,2}}(?:,\d{{3}}){{1,4}}|\d{{0,14}})(?:\.\d{{1,6}})?)(?![.,:/]?\d)
    (?:(?:[-–]|\sto\s|\sor\s)(?P<upper>\d{{1,15}}(?:\.\d{{1,6}})?)(?![.,:]?\d))?
    {_AFTER_NUMBER}
    """,
    re.VERBOSE,
)
_IN_WORDS = re.compile(
    rf"""
    (?P<word>[AaEeFfNnOoSsTt](?<![\w-].)(?:
        (?:(?<=[Oo])ne|(?<=[Tt])(?:wo|hree|en|welve|hirteen|wenty|hirty)|(?<=[Ff])(?:our|ive|ourteen|ifteen|orty|ifty)
           |(?<=[Ss])(?:ix|even|ixteen|eventeen|ixty|eventy)|(?<=[Ee])(?:ight|leven|ighteen|ighty)|(?<=[Nn])(?:ine|ineteen|inety))
           (?:-(?:one|two|three|four|five|six|seven|eight|nine))?
        |(?<=[Tt])he(?=\s(?:million|billion|trillion)\s(?:dollar|euro|pound|yen|yuan|rupee)s?\b)
        |(?<=[aA])(?=\s(?:hundred|thousand|million|billion|trillion|dozen)\b)))(?!\w)
    {_AFTER_NUMBER}
    """,
    re.VERBOSE,
)
#: After a number in words or its scale: "two and a half thousand", "a million and a half".
_AND_A_HALF = re.compile(
    rf"\sand\s(?P<part>(?P<half>a\shalf)|(?P<quarters>a|one|three)[\s-]quarters?)\b(?!\sof){_AFTER_NUMBER}",
    re.VERBOSE,
)
_PART = re.compile(
    r"\b(?:(?P<count>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Aa])[\s-](?P<part>third|quarter|fifth|tenth)(?:(?<=[hd])s\b|s?\b(?=\s(?:of|as|more|less)))(?!\sof\sa\s(?:million|billion|trillion|dozen)\b)"
    r"|(?P<half>[Hh]alf)\b(?=\s(?:of|the|its|their|as|an?|all)\b)(?!\sa\s(?:million|billion|trillion|dozen)\b))"
)
_WHOLES = sorted(
    (unit for unit, (measure, *_) in _UNITS.items() if measure in (Measure.TIME, Measure.PHYSICAL)), key=len, reverse=True
)
#: After a part: "half an hour", "three quarters of a cubic metre".
_OF_A_UNIT = re.compile(rf"\s(?:of\s)?an?\s({'|'.join(_WHOLES)})\b")
_OF_A_PERCENT = re.compile(r"\s(?:of\s)?(?:a|one)\sper\s?cent(?P<points>age\spoint)?\b")
_VERSION = re.compile(
    r"(?P<name>[A-Z](?<![\w.-].)[A-Za-z]++)[ -]?(?P<number>\d{1,2}(?:\.\d{1,2})?)(?P<letter>[a-z]?)"
    r"(?![\w%]|[.,:]\d|[ -](?:percent|per cent|million|billion|trillion)\b)"
)
_YEAR = re.compile(r"[12](?<![\w$€£.,/-].)(?:(?<=1)[6-9]|(?<=2)0)\d\d(?![\w%]|[.,]\d)")
#: Words with a capital before a number that is no part of their name.
_NOT_NAMES = frozenset(
    "In The About Of On At By For From With Over Under After Before Between Among Only Some Nearly Almost Around Roughly Another "
    "Just All Its Their These Those And But Or When While Since Until Up More Less Than Top Approximately Last Next First "
    "Every Each Any Both Now Then No Age Aged Day Days Page Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
) | {month.capitalize() for month in _MONTHS}
#: Of a text without case: that is quicker than a pattern that ignores it.
_ROUNDED = re.compile(
    r"\b(?:about|around|some|roughly|nearly|almost|approximately|more than|over|under|less than|fewer than|up to|at least|"
    r"close to|as many as|as much as|an estimated|estimated|just|upwards of|above|below|well over|in excess of|exceeding|"
    r"exceeded|topped|surpassed|surpassing|c\.|circa|~)\s*(?:an?\s|the\s)?[^\w\s]{0,3}$"
)
_HUNDRED = 100
_STEPS = (1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000, _HUNDRED)
#: Between two parts of a number in words.
_IN_PARTS = re.compile(r"\s(?:and\s)?")
#: Between two parts of a length of time.
_AND = re.compile(r"(?:,?\sand|,)?\s")
#: Between the parts of a sum: "two dollars and fifty cents", "2 euros 50 cents".
_WHOLE = re.compile(r"(?:\s(dollar|euro)s?)?(?:\sand)?\s")
_CURRENCIES = {"dollar": "USD", "euro": "EUR"}
#: Before "a million".
_FRACTION = re.compile(r"\b(?:(?P<half>[Hh]alf)|(?:[Aa]|[Oo]ne|(?P<three>[Tt]hree))[\s-]quarters?\sof)\s$")
_PLUS = re.compile(r"\+|\s(?:or so|or more)\b")
_BEFORE = 24
_LAST_DAY = 31
#: What is no sum in pence but the lines of a picture: "1080p".
_LINES = frozenset("240 360 480 720 1080 1440 2160 4320".split())
_GAPS = re.compile(r"[\s-]+")
_NO_FIGURES = re.compile(r"[^\d.]")
#: What stands before the second year of a season: "2018–19".
_SEASON = re.compile(r"(?:1[89]|20)\d\d[-–/]")
_DASHES = ("-", "–", "/")
_UNIT_MONTHS = frozenset(_MONTHS)
_Spans = list[tuple[int, int]]
_COUNTED_AFTER = re.compile(r"[\s-]+(?:[a-z]+s|people)\b")


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of ``text`` in order, without overlap; days of the month, clock times and codes are none. Linear time."""
    has = signs(text)
    if not has & _ANY:
        return []
    found = [_of_amount(text, amount) for amount in find_amounts(text)] if has & Sign.DIGIT else []
    for finder, needed in _FINDERS:
        if has & needed:
            taken = sorted((item.start, item.end) for item in found) if found else []
            found += [item for item in finder(text, taken) if not (taken and _overlaps(taken, item.start, item.end))]
    return _joined(text, sorted(found))


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with those that are told in two parts as one: "two hours and ten minutes", "two hundred and fourteen"."""
    for place in range(len(found) - 1, 0, -1):
        one, other = found[place - 1 : place + 1]
        if one.measure is Measure.COUNT and other.number and _IN_PARTS.fullmatch(text, one.end, other.start):
            number = _put_together(one, text[one.end : other.start], other)
            if number:
                value, digits = number * other.value / other.number, one.digits + other.digits
                words = text[one.start : other.end]
                found[place - 1 : place + 1] = [
                    other._replace(start=one.start, text=words, value=value, number=number, digits=digits, rounded=one.rounded)
                ]
        if other.unit == CENT and (whole := _WHOLE.fullmatch(text, one.end, other.start)):
            currency = _CURRENCIES[whole[1]] if whole[1] else one.unit
            if one.measure is (Measure.COUNT if whole[1] else Measure.MONEY):
                value, words = one.value + other.value, text[one.start : other.end]
                digits = one.digits + other.digits
                found[place - 1 : place + 1] = [
                    Quantity(one.start, other.end, words, Measure.MONEY, value, value, currency, digits, one.rounded)
                ]
        if one.measure is other.measure is Measure.TIME and one.unit == other.unit and _AND.fullmatch(text, one.end, other.start):
            unit = other.value / other.number if other.number else 0.0
            if other.value * one.number < one.value and unit * one.number < one.value:
                value, digits = one.value + other.value, one.digits + other.digits
                words = text[one.start : other.end]
                found[place - 1 : place + 1] = [
                    Quantity(one.start, other.end, words, one.measure, value, value / unit, one.unit, digits, one.rounded)
                ]
    return found


def _put_together(one: Quantity, between: str, other: Quantity) -> float:
    """The number of which two quantities in words are the parts, the hundreds or thousands first; 0 if they are none."""
    if any(character.isdigit() for character in one.text + other.text):
        return 0.0
    step = next((step for step in _STEPS if one.number >= step and one.number % step == 0), 0)
    # "Ten million two years later" are no ten million and two years.
    loose = "and" not in between and other.number < _HUNDRED < step
    if other.number < step and not loose:
        return one.number + other.number
    # "Four hundred and forty thousand" are 440 thousands.
    scale = next((scale for scale in _STEPS[:-1] if other.number >= scale), 0)
    return one.number * scale + other.number if step == _HUNDRED and other.number < _HUNDRED * scale else 0.0


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(taken, (start, start))
    return (index < len(taken) and taken[index][0] < end) or (index > 0 and taken[index - 1][1] > start)


def _of_amount(text: str, amount: AmountPhrase) -> Quantity:
    start, end, words, exact, currency = amount
    value, digits = float(exact), _significant(_NO_FIGURES.sub("", words))
    return Quantity(start, end, words, Measure.MONEY, value, value, currency, digits, _is_rounded(text, start, end))


def _versions(text: str, _taken: _Spans) -> Iterator[Quantity]:
    for match in _VERSION.finditer(text):
        if match["name"] not in _NOT_NAMES:
            number = match["number"]
            value = float(number) + (ord(match["letter"]) / 1e4 if match["letter"] else 0)
            yield Quantity(
                match.start(), match.end(), match[0], Measure.VERSION, value, value, match["name"].casefold(), 9, False
            )


def _parts(text: str, _taken: _Spans) -> Iterator[Quantity]:
    for match in _PART.finditer(text):
        count = {"a": 1}.get(match["count"].lower(), _SMALL.get(match["count"].lower(), 1)) if match["count"] else 1
        value = count * _PARTS[match["part"] or "half"]
        if percent := _OF_A_PERCENT.match(text, match.end()):
            value, end = value / 100, percent.end()
            measure = Measure.POINTS if percent["points"] else Measure.SHARE
            yield Quantity(match.start(), end, text[match.start() : end], measure, value, value, "", 2, False)
            continue
        if whole := _OF_A_UNIT.match(text, match.end()):
            measure, name, multiple = _UNITS[whole[1]]
            number = value / 100 * (multiple if measure is Measure.TIME else 1)
            words = text[match.start() : whole.end()]
            rounded = _is_rounded(text, match.start(), whole.end())
            yield Quantity(match.start(), whole.end(), words, measure, value / 100 * multiple, number, name, 2, rounded)
            continue
        yield Quantity(match.start(), match.end(), match[0], Measure.SHARE, value, value, "", 1, True)


def _years(text: str, _taken: _Spans) -> Iterator[Quantity]:
    for match in _YEAR.finditer(text):
        if not _COUNTED_AFTER.match(text, match.end()):
            yield Quantity(match.start(), match.end(), match[0], Measure.YEAR, float(match[0]), float(match[0]), "", 4, False)


def _numbers(text: str, taken: _Spans) -> Iterator[Quantity]:
    has, reach = signs(text), 0
    matches = list(_IN_DIGITS.finditer(text)) if has & Sign.DIGIT else []
    if has & Sign.NUMBER_WORD:
        matches = sorted([*matches, *_IN_WORDS.finditer(text)], key=re.Match.start)
    for match in matches:
        if match.start() < reach:
            continue
        reach = match.end()
        # Most numbers of news are years, which are known already, unless they begin a range.
        known = bool(taken) and _overlaps(taken, match.start(), match.start() + 1)
        if not known or (match.re is _IN_DIGITS and match["upper"]):
            for quantity in _number(text, match):
                reach = max(reach, quantity.end)
                yield quantity


def _number(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """The quantities that a number with what follows it tells: none, one, or the two ends of a range."""
    start, in_digits = match.start(), match["digits"] if match.re is _IN_DIGITS else None
    if in_digits is None and match["unit"] == "and" and (half := _AND_A_HALF.match(text, match.start("unit") - 1)):
        yield _with_a_half(text, match, half)
        return
    unit, letters, scale = (match["unit"] or "").casefold(), (match["letters"] or "").casefold(), match["scale"]
    if unit == "p":
        # "7 p.m.", "12 p. 40"
        unit = ""
    if letters and letters not in _UNITS and letters.removesuffix("s") not in _UNITS:
        return
    if in_digits and (
        ("," not in in_digits and not _LAST_DAY < float(in_digits) < _HUNDRED and _is_day(text, start, unit))
        or (letters == "p" and in_digits in _LINES)
        or (text[start - 1 : start] in _DASHES and _SEASON.match(text, max(start - 5, 0), start))
    ):
        return
    end = match.end("digits" if in_digits else "word")
    factor = 1.0
    if scale:
        factor, end = _SCALES[scale.casefold()], match.end("scale")
        if match["further"]:
            factor, end = factor * _SCALES[match["further"]], match.end("further")
    measure, name, multiple = _measure(letters or unit)
    if measure is not Measure.COUNT:
        end = match.end("letters" if letters else "unit")
    elif scale == "m" and text[match.start("scale") - 1].isspace() and not _COUNTED_AFTER.match(text, end):
        # Without anything that is counted: "120 m above ground", but "120 m users".
        factor, (measure, name, multiple) = 1.0, _UNITS["metre"]
    rounded = _is_rounded(text, start, end) or scale in ("dozen", "dozens")
    if in_digits is None:
        number: float = _spelled(match["word"])
        digits = 1 if number < 20 else 2
        if fraction := _FRACTION.search(text, max(start - _BEFORE, 0), start):
            number, start = 0.5 if fraction["half"] else 0.75 if fraction["three"] else 0.25, fraction.start()
        yield _counted(text, start, end, measure, number * factor, multiple, name, digits, rounded)
        return
    upper = match["upper"]
    if upper and _YEAR.fullmatch(in_digits) and len(upper) == 2:
        upper = None
    plain = in_digits.replace(",", "")
    first_end = match.end("digits") if upper else end
    yield _counted(text, start, first_end, measure, float(plain) * factor, multiple, name, _significant(plain), rounded)
    if upper:
        first, last = match.start("upper"), max(match.end("upper"), end)
        yield _counted(text, first, last, measure, float(upper) * factor, multiple, name, _significant(upper), rounded)


def _with_a_half(text: str, match: re.Match[str], half: re.Match[str]) -> Quantity:
    """What "two and a half thousand jobs" or "a million and a half" tells; ``half`` is from "and" on."""
    number = _spelled(match["word"]) + (0.5 if half["half"] else 0.75 if half["quarters"] == "three" else 0.25)
    scale = match["scale"] or half["scale"]
    measure, name, multiple = _measure((half["letters"] or half["unit"] or "").casefold())
    end = half.end("unit" if measure is not Measure.COUNT and half["unit"] else "scale" if half["scale"] else "part")
    return _counted(
        text, match.start(), end, measure, number * (_SCALES[scale.casefold()] if scale else 1.0), multiple, name, 2,
        _is_rounded(text, match.start(), end),
    )  # fmt: skip


def _counted(
    text: str, start: int, end: int, measure: Measure, number: float, multiple: float, name: str, digits: int, rounded: bool
) -> Quantity:
    return Quantity(start, end, text[start:end], measure, number * multiple, number, name, digits, rounded)


@lru_cache(maxsize=4096)
def _measure(word: str) -> tuple[Measure, str, float]:
    word = _GAPS.sub(" ", word).replace("per cent", "percent").replace("percentpercent", "percent")
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s"), (Measure.COUNT, "", 1.0))


def _spelled(word: str) -> int:
    tens, _, ones = word.casefold().partition("-")
    if tens in ("a", "the"):
        return 1
    return _TENS.get(tens, _SMALL.get(tens, 0)) + (_SMALL[ones] if ones else 0)


def _is_day(text: str, start: int, following: str) -> bool:
    """Whether a number is a day of the month."""
    if following in _UNIT_MONTHS:
        return True
    before = text[max(start - _BEFORE, 0) : start]
    if not before[-1:].isspace():
        return False
    words = before.lower().split()[-2:]
    if words[-1:] == ["the"]:
        words.pop()
    return bool(words) and words[-1].rstrip(".").lstrip("(\"'“‘*_") in _UNIT_MONTHS


def _significant(digits: str) -> int:
    plain = digits.replace(".", "").lstrip("0")
    return max(len(plain if "." in digits else plain.rstrip("0")), 1)


def _is_rounded(text: str, start: int, end: int) -> bool:
    if signs(text) & Sign.ROUNDED and _ROUNDED.search(text[max(start - _BEFORE, 0) : start].casefold()) is not None:
        return True
    return _PLUS.match(text, end) is not None


#: What finds the quantities that are not money, and of which a text must have one for it to find any.
_FINDERS = (
    (_versions, int(Sign.DIGIT)),
    (_parts, int(Sign.PART)),
    (_years, int(Sign.DAY)),
    (_numbers, int(Sign.DIGIT | Sign.NUMBER_WORD)),
)
_ANY = int(Sign.DIGIT | Sign.NUMBER_WORD | Sign.PART)
