"""The year of a date that names none, by the dates told before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.analysis.dates.direction import Direction
from app.analysis.dates.grammar import Phrase
from app.analysis.dates.lexicon import words
from app.analysis.dates.reading import Context
from app.analysis.dates.resolution import resolve
from app.analysis.dates.tokens import Tokens
from app.analysis.dates.verbs import TELLING
from app.domain.dates import Interval, Precision
from app.domain.events import DatedPhrase

#: Rules whose phrases may lack a year.
YEARLESS = words("day month part_of_month part_in_month season quarter")
#: Rules whose phrases tell one thing after another.
_GOING_ON = words("day month part_of_month")
#: Classes of tokens after which a clause is over.
_BREAKS = frozenset(",.;)—")
#: Between two dates of one year ("on 6 October 1973, and ended on") are at most so many tokens.
_BETWEEN = 6
#: So many dates before one may rule its year.
_BEFORE = 12
#: A day so soon after the one told before is of the same year, if publication is further away than ``_FAR``.
_SOON, _FAR = timedelta(days=92), timedelta(days=120)


#: A verb further before a month is not about it for sure.
_TO_VERB = 8


#: What a sentence told before: its phrases, the last one that told a date, and the dates. A plain tuple, made for every month.
Told = tuple[Sequence[Phrase], Phrase | None, Sequence[DatedPhrase]]


def in_its_year(dated: DatedPhrase, phrase: Phrase, tokens: Tokens, told: Told, reference: Interval | None) -> DatedPhrase:
    """A date as of the year that is sure, or without one where none is.

    ``told`` is what its sentence told before it, ``reference`` the date told last, in the sentence or the one before.
    """
    phrases, previous, dates = told
    if dates and phrase.token("rxhLVmC") is None:
        if phrases[0].rule == "year" and _opens_with_year(phrases, phrase, tokens):
            return _in_year_of(dates[0].interval, dated, phrase)
        if previous is not None and previous.rule in _GOING_ON and _goes_on(previous, dates, phrase, tokens):
            return _in_year_of(dates[-1].interval, dated, phrase)
    if phrase.rule == "day":
        if dated.interval is not None and _is_since(dated, phrase, tokens):
            return replace(dated, interval=_in_year(dated.interval.sort_date.year - 1, phrase))
        return _soon_after(reference, dated, phrase) if reference is not None else dated
    return _in_sure_year(dated, phrase, tokens, dates)


def _in_year_of(told: Interval | None, dated: DatedPhrase, phrase: Phrase) -> DatedPhrase:
    return replace(dated, interval=_in_year(told.sort_date.year, phrase) if told is not None else None, anchor=told)


def _in_year(number: int, phrase: Phrase) -> Interval | None:
    return resolve(phrase, Context(date(number, 12, 31), Direction.PAST, None))


def _is_since(dated: DatedPhrase, phrase: Phrase, tokens: Tokens) -> bool:
    """Whether a day since which something is so was taken for one to come: "none since December 1" told in September."""
    found, anchor = dated.interval, dated.anchor
    ahead = found is not None and anchor is not None and found.sort_date > anchor.sort_date
    return ahead and phrase.first > 0 and tokens.lower(phrase.first - 1) == "since"


def _opens_with_year(phrases: Sequence[Phrase], phrase: Phrase, tokens: Tokens) -> bool:
    """Whether a clause opens with a year, which is that of its dates: "In 2023, it opened in May and shut in June"."""
    year, *others = phrases
    if year.first != 1 or tokens.lower(0) != "in" or any(item.names_year for item in others):
        return False
    return _BREAKS.isdisjoint(tokens.letters[year.last + 1 : phrase.first])


def _goes_on(previous: Phrase, dates: Sequence[DatedPhrase], phrase: Phrase, tokens: Tokens) -> bool:
    """Whether a date goes on from the one before: "It began in May 2023 and ended in June"."""
    dated = dates[-1]
    if phrase.rule not in _GOING_ON or dated.interval is None:
        return False
    if not previous.names_year and not any(dated.anchor is item.interval for item in dates):
        return False
    between = tokens.letters[previous.last : phrase.first]
    if len(between) > _BETWEEN or not ("A" in between or between.startswith(",_I")):
        return False
    following = _in_year_of(dated.interval, dated, phrase).interval
    return following is not None and following.sort_date > dated.interval.sort_date


def _soon_after(told: Interval, dated: DatedPhrase, phrase: Phrase) -> DatedPhrase:
    """A day as of the year of the one told before, if it comes soon after that one and is far from publication.

    "It began on 6 April 1973. It ended on 25 April."
    """
    found, anchor = dated.interval, dated.anchor
    if found is None or anchor is None or told.precision is not Precision.DAY or found.sort_date.year == told.sort_date.year:
        return dated
    if abs(found.sort_date - anchor.sort_date) <= _FAR or phrase.token("rxhLVmC") is not None:
        return dated
    moved = _in_year_of(told, dated, phrase)
    is_soon = moved.interval is not None and timedelta(0) < moved.interval.sort_date - told.sort_date <= _SOON
    return moved if is_soon else dated


def _in_sure_year(dated: DatedPhrase, phrase: Phrase, tokens: Tokens, before: Sequence[DatedPhrase]) -> DatedPhrase:
    """A month, a season or a quarter without a date if the year that was found for it is no sure one."""
    found, anchor = dated.interval, dated.anchor
    if found is None or anchor is None or phrase.token("rxh") is not None:
        return dated
    if _is_nearly_due(found, anchor):
        if _is_far_from_verbs(phrase, tokens):
            return replace(dated, interval=_in_year(found.sort_date.year + 1, phrase))
        if phrase.first > 1 and tokens.letters[phrase.first - 2] not in ".,":  # "In September, it fell" is about the verb
            return replace(dated, interval=None, anchor=None)
    return replace(dated, interval=None, anchor=None) if _another_year_rules(found, anchor, before) else dated


def _is_far_from_verbs(phrase: Phrase, tokens: Tokens) -> bool:
    """Whether no verb of the past stands so near that a date is about it ("told of a cut of a tenth in its oil supply in")."""
    near = tokens.lowers[phrase.first - _TO_VERB : phrase.first] if phrase.first >= _TO_VERB else []
    return bool(near) and not any(word in TELLING or word.endswith("ed") for word in near)


def _another_year_rules(told: Interval, anchor: Interval, before: Sequence[DatedPhrase]) -> bool:
    """Whether another year that the sentence named before may be meant ("Founded in 2023, it opened in March")."""
    if told.sort_date > anchor.sort_date:
        return False
    year, now = told.sort_date.year, anchor.sort_date.year
    named = [item.interval.sort_date.year for item in before[-_BEFORE:] if item.interval and item.anchor is None]
    return any(other != year and other <= now for other in named)


def _is_nearly_due(told: Interval, anchor: Interval) -> bool:
    """Whether a month of the year before is the one to come as well.

    Who tells in August of "a cut in September" rarely means the one eleven months ago: that would be "last September".
    """
    first, now = told.sort_date, anchor.sort_date
    return first.year < now.year and first.month == now.month + 1 and told.precision is Precision.MONTH
