"""What the tokens of a phrase say by themselves, and what a phrase is read against."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.analysis.dates.calendar import part_of
from app.analysis.dates.direction import Direction
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.lexicon import DAYS, MONTHS, NUMBERS, ORDINALS, PARTS, PLURAL_UNITS
from app.analysis.dates.tokens import Token
from app.domain.dates import Interval


class Context(NamedTuple):
    """What a phrase is read against: a day of publication, the way the sentence looks, the date told last before the phrase.

    ``compared``: what the phrase dates is only compared with what the date told last is about ("up from 5 a year ago").
    """

    now: date | None
    direction: Direction | None
    reference: Interval | None
    compared: bool = False

    @property
    def past(self) -> bool | None:
        """Whether the sentence looks back; ``None`` where it does not tell."""
        return None if self.direction in (None, Direction.EITHER) else self.direction is Direction.PAST


def count(phrase: Phrase) -> int | None:
    """The number that a phrase tells; "a" is 1, "several" is ``None``."""
    numbers = [NUMBERS.get(token.lower) or int(token.text) for token in phrase.tokens if token.letter in "nd"]
    if numbers:
        return sum(numbers)
    return 1 if phrase.token("a") and not phrase.token("v") else None


def quantity(phrase: Phrase) -> tuple[int, str] | None:
    """How many of which unit ("three months": 3, ``N``), or ``None`` for a vague number."""
    amount, unit = count(phrase), phrase.token("YNKGXJu%")
    if amount is None or unit is None:
        return None
    return amount, PLURAL_UNITS.get(unit.lower, unit.letter)


#: Factor and letter of each unit in a duration of ISO 8601.
_DESIGNATORS = {"Y": (1, "Y"), "N": (1, "M"), "K": (1, "W"), "J": (1, "D"), "G": (3, "M"), "X": (10, "Y")}


def duration(phrase: Phrase) -> str | None:
    """The length of time that a phrase tells, as ISO 8601 writes it; ``X`` stands for a number that is not told."""
    unit = phrase.token("YNKGXJuU")
    if unit is None:
        return None
    if unit.letter == "U":
        factor, letter, prefix = 1, unit.lower[0].upper(), "PT"
    else:
        factor, letter = _DESIGNATORS[PLURAL_UNITS.get(unit.lower, unit.letter)]
        prefix = "P"
    counted = count(phrase)
    if counted is None and (phrase.rule == "span" or any(token.lower == "couple" for token in phrase.tokens)):
        counted = 1 if phrase.rule == "span" else 2
    return f"{prefix}{'X' if counted is None else counted * factor}{letter}"


#: Years from this one, or from the one told before, that a word before "year" makes.
_FROM_NOW = {"r": -1, "h": 0, "x": 1}
_FROM_TOLD = {"V": -1, "m": 0, "L": 1}


def named_year(phrase: Phrase, context: Context) -> int | None:
    """The year that a phrase names, in digits, as last, this or next year, or as that year after another date."""
    token, now, reference = phrase.token("y"), context.now, context.reference
    if token is not None:
        return int(token.text)
    at = phrase.letters.rfind("Y")
    relation = phrase.letters[at - 1] if at > 0 else ""
    if relation in _FROM_TOLD:
        known = reference is not None and reference.end is not None and reference.sort_date.year == reference.end.year
        return reference.sort_date.year + _FROM_TOLD[relation] if reference is not None and known else None
    if now is None or at < 0:
        return None
    if relation in _FROM_NOW:
        return now.year + _FROM_NOW[relation]
    of_the_year = at == len(phrase.letters) - 1 and phrase.token("qrQH") is not None
    return now.year if of_the_year else None  # "the first half of the year"


def part_named(phrase: Phrase) -> str | None:
    """Early, mid or late, where a phrase says so."""
    token = phrase.token("eb")
    return PARTS[token.lower] if token is not None else None


def ordinal(phrase: Phrase) -> int:
    """The ordinal of a phrase ("third": 3), -1 for the last of many."""
    token = phrase.token("qQH") or phrase.the("r")
    if token.letter == "r":
        return 2 if phrase.token("Z") else -1
    return ORDINALS[token.lower] if token.letter == "q" else int(token.text.strip("QHqh"))


def day_number(token: Token) -> int:
    """The day of a month that a token tells, in digits or as an ordinal."""
    return DAYS.get(token.lower) or ORDINALS.get(token.lower) or int(token.text.rstrip("stndrhSTNDRH"))


def month_number(phrase: Phrase) -> int:
    """The month of a phrase, 1 to 12."""
    return MONTHS[phrase.the("M").lower]


def years_around(now: date) -> range:
    """The years in which a date without one may lie."""
    return range(now.year - 1, now.year + 2)


def in_part(whole: Interval | None, phrase: Phrase) -> Interval | None:
    """The part of ``whole`` that a phrase names, or all of it."""
    which = part_named(phrase)
    return part_of(whole, which) if whole is not None and which is not None else whole
