"""Dates in running prose, read by a grammar of our own: nothing is guessed, whatever is not sure stays unresolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.analysis.dates.direction import direction_at
from app.analysis.dates.grammar import Phrase, combine, find_phrases
from app.analysis.dates.guards import stands
from app.analysis.dates.lexicon import words
from app.analysis.dates.reading import Context, duration
from app.analysis.dates.resolution import resolve
from app.analysis.dates.tokens import Token, Tokens, tokenise
from app.analysis.dates.triggers import may_hold_dates, which_may_hold_dates
from app.analysis.dates.years import YEARLESS, in_its_year
from app.domain.dates import Interval, Precision
from app.domain.events import DatedPhrase

__all__ = ["DurationPhrase", "find_dates", "find_dates_after", "find_durations"]

#: Rules whose phrases lean on the date told before them rather than on publication.
_LEANING = frozenset({"shifted", "next_unit", "same_unit", "same_period", "clock", "year_before"})
#: Classes that make a phrase lean on another date: following, previous, that.
_RELATIVE = frozenset("LVm")
#: Rules whose phrases may mean something else after another date; so may those that compare.
_MAY_LEAN = _LEANING | {"day_of_month", "rest_of_unit"}
#: Rules whose phrases say nothing where they have no date.
_OPTIONAL = frozenset({"in_time", "same_unit", "clock", "quarter_ended", "full_year", "months"})
#: Rules whose phrases tell a day, to which a time of day near them belongs.
_TELLING_DAYS = frozenset({"iso_day", "numeric_day", "day", "known_day", "holiday", "weekday", "today"})
#: Rules, by their names outside, whose phrases tell only what something else is compared with.
_COMPARED = frozenset({"year-before", "same-period"})
_FROM_ANOTHER = _COMPARED | {"ago", "shifted"}
#: Before what something else is compared with, at most so many tokens away.
_COMPARING, _REACH = words("from than versus vs against compared"), 24
#: Rules whose phrases are about the quarter told last.
_OF_PERIOD = frozenset({"year_before", "same_period"})
#: Rules whose phrases are about the quarter told last where they name a quarter.
_OF_QUARTER = frozenset({"same_unit", "same_period"})
#: What a report on a quarter compares with that of years before.
_RESULTS = words("revenue revenues earnings earned sales profit profits loss losses income net share")
#: Words and signs of results that need no word of comparing ("a year ago it earned $2 million").
_EARNED = words("revenue revenues earnings earned profit loss income net")
_MONEY = words("$ million billion cents")
#: Words between a day and its time of day.
_NEAR = 5
#: Rules whose phrases hold a length of time.
_MEASURING = frozenset({"duration", "vague_span", "span", "in_time"})
#: Classes of tokens that tell a year by themselves.
_EXPLICIT = frozenset("yij3D")
_EXPLICIT_RULES = frozenset({"year_in_words", "century"})
_SILENT = frozenset({"duration", "vague_span"})
#: Publication outside these years is a mistake and no anchor.
_YEARS = (1500, 2500)
_SHIFTS = re.compile(
    r"\b(?:[Dd]elay|[Pp]ostpon|[Pp]ush|[Mm]ov|[Ss]hift|[Rr]eschedul|[Ss]lip|[Ee]xtended|brought forward|bring forward|[Aa]dvanc)"
)


class _Told(NamedTuple):
    """What phrases may lean on: the date told last in the same or the previous sentence, the quarter told last, and the last
    sentence that told dates, with them.
    """

    date: Interval | None
    quarter: Interval | None
    before: tuple[str, Sequence[DatedPhrase]] | None = None


_NOTHING = _Told(None, None)
#: So many sentences without a date make one forget the dates told before them.
_FORGETTING = 3
_BY_THE_WAY = re.compile(r"\b(?:which|who|whose|when|where)\b")


def find_dates(sentences: Sequence[str], anchor: Interval | None) -> list[list[DatedPhrase]]:
    """Find the phrases that tell a date.

    Args:
        sentences: consecutive sentences of one text; "a month later" leans on a date of the same or the previous one.
        anchor: when the text was published. ``None`` or an open interval leaves relative phrases unresolved; one that is
            wider than a day resolves those that mean the same throughout.

    Returns:
        One list a sentence, in order of appearance, offsets counting from the sentence's beginning. ``interval`` is ``None``
        where a phrase tells a date that cannot be worked out. Durations and repetitions are not dates. Time is linear.
    """
    return [phrases for phrases, _ in _read_in_turn(sentences, _usable(anchor))]


def find_dates_after(before: Sequence[str], sentence: str, anchor: Interval | None) -> list[DatedPhrase]:
    """What :func:`find_dates` finds in ``sentence`` where the sentences ``before`` stand before it.

    Those are read only if ``sentence`` has a phrase that may lean on them: few have.
    """
    if not may_hold_dates(sentence):
        return []
    anchor, told = _usable(anchor), _NOTHING
    tokens = tokenise(sentence)
    phrases = _phrases(sentence, tokens)
    if before and any(_may_lean(phrase, tokens) for phrase in phrases):
        *_, (_, told) = _read_in_turn(before, anchor)
    return _date(phrases, tokens, sentence, anchor, told)[0]


@dataclass(frozen=True, slots=True)
class DurationPhrase:
    """Words that tell a length of time, at characters ``start`` to ``end`` of a sentence; ``value`` as ISO 8601 writes it.

    A number that is not told is ``X``: "several years" is ``PXY``.
    """

    start: int
    end: int
    text: str
    value: str


def find_durations(sentence: str) -> list[DurationPhrase]:
    """Find the lengths of time in a sentence ("two years", "a three-month trial"), whether or not they make part of a date."""
    found = []
    tokens = tokenise(sentence)
    for phrase in find_phrases(tokens):
        measures = phrase.rule in _MEASURING and stands(phrase, tokens, sentence)
        value = duration(phrase) if measures else None
        if value is not None:
            words = [token for token in phrase.tokens if token.letter not in "Iglk"]
            start, end = words[0].start, words[-1].end
            found.append(DurationPhrase(start, end, sentence[start:end], value))
    return found


def _is_reference(phrase: DatedPhrase) -> bool:
    known = phrase.interval is not None and phrase.interval.precision is not Precision.RANGE
    return known and phrase.rule not in _COMPARED


def _reported(dated: DatedPhrase, phrase: Phrase, told: Interval | None, anchor: Interval | None) -> Interval | None:
    """The quarter of which results are told: the one ``told`` before, if that of the phrase is none.

    None are told of a quarter that has not ended, and those of one that something is compared with are not the news. That is
    one named by its year before, and one named without a year beside a later one.
    """
    quarter = dated.interval
    if quarter is None or not _is_quarter(quarter) or dated.rule in _FROM_ANOTHER:
        return told
    ahead = anchor is not None and anchor.end is not None and quarter.end is not None and quarter.end > anchor.end
    beside = told is not None and not phrase.names_year and quarter.sort_date < told.sort_date
    return told if ahead or beside else quarter


def _is_quarter(interval: Interval | None) -> bool:
    return interval is not None and interval.precision is Precision.QUARTER


def _is_like(interval: Interval | None, reference: Interval | None) -> bool:
    """Whether a date is that part of another year that was told before."""
    if interval is None or reference is None or interval.precision is Precision.YEAR:
        return False
    return interval.precision is reference.precision


def _usable(anchor: Interval | None) -> Interval | None:
    """The date of publication, if it can be one."""
    if anchor is not None and all(end and _YEARS[0] <= end.year <= _YEARS[1] for end in (anchor.start, anchor.end)):
        return anchor
    return None


def _read_in_turn(sentences: Sequence[str], anchor: Interval | None) -> Iterator[tuple[list[DatedPhrase], _Told]]:
    """The dates of each sentence and, after it, what the next one may lean on."""
    told, last = _NOTHING, 0
    for index, (sentence, may_hold_one) in enumerate(zip(sentences, which_may_hold_dates(sentences), strict=True)):
        if may_hold_one:
            tokens = tokenise(sentence)
            dates, told = _date(_phrases(sentence, tokens), tokens, sentence, anchor, told)
        else:
            dates = []
        if dates:
            last = index
        elif told.before is not None and index - last >= _FORGETTING:
            told = _Told(None, told.quarter)
        elif told.date is not None:
            told = _Told(None, told.quarter, told.before)
        yield dates, told


def _phrases(sentence: str, tokens: Tokens) -> list[Phrase]:
    """The phrases of a sentence that tell a time, those that belong together put together."""
    phrases = [item for item in find_phrases(tokens) if stands(item, tokens, sentence)]
    if len(phrases) > 1 and (combined := combine(phrases, tokens)) != phrases and not _SHIFTS.search(sentence):
        return combined
    return phrases


def _may_lean(phrase: Phrase, tokens: Tokens) -> bool:
    """Whether a phrase may mean something else after another date."""
    return (
        phrase.rule in _MAY_LEAN
        or (phrase.rule == "day" and not phrase.names_year)
        or not _RELATIVE.isdisjoint(phrase.letters)
        or _compares(phrase, tokens)
        or any(_may_lean(end, tokens) for end in phrase.ends[1:])
    )


def _date(
    phrases: Sequence[Phrase], tokens: Tokens, sentence: str, anchor: Interval | None, told: _Told
) -> tuple[list[DatedPhrase], _Told]:
    """The dates of a sentence, and what phrases of the next one may lean on."""
    reference, quarter = told.date, told.quarter
    if "u" in tokens.letters and "months" in tokens.lowers and not _RESULTS.isdisjoint(tokens.lowers):  # of more than a quarter
        quarter, reference = None, None if _is_quarter(reference) else reference
    found: list[DatedPhrase] = []
    previous: Phrase | None = None
    told_here: Interval | None = None
    for index, phrase in enumerate(phrases):
        if phrase.rule in _SILENT or (phrase.rule == "clock" and _belongs_to_a_day(phrases, index)):
            continue
        # "The quarter" is the one told last, however long ago; so is the one with which results are compared.
        of_quarter = ("G" in phrase.letters or "=" in phrase.letters) and (phrase.rule in _OF_QUARTER or "m" in phrase.letters)
        of_quarter = of_quarter or (quarter is not None and phrase.rule in _OF_PERIOD and "N" not in phrase.letters)
        of_quarter = of_quarter or (quarter is not None and told_here is None and _of_results(phrase, tokens))
        leant_on = (quarter or (None if _is_quarter(reference) else reference)) if of_quarter else reference
        if leant_on is None and told.before is not None and _is_same(phrase, tokens):
            leant_on = _the_date(*told.before)
        dated = _read(phrase, tokens, sentence, anchor, leant_on)
        if dated is None:
            continue
        if phrase.rule in YEARLESS and "y" not in phrase.letters and not phrase.names_year:
            dated = in_its_year(dated, phrase, tokens, (phrases[:index], previous, found), reference)
        found.append(dated)
        previous = phrase
        ends_a_quarter = index > 0 and phrases[index - 1].ends[1:] == (phrase,) and _is_quarter(reference)
        if _is_reference(dated) and not ends_a_quarter and not _is_compared_with(phrase, tokens):
            reference = told_here = dated.interval
        quarter = _reported(dated, phrase, quarter, anchor)
    return found, _Told(told_here, quarter, (sentence, found) if found else told.before)


def _is_same(phrase: Phrase, tokens: Tokens) -> bool:
    """Whether a phrase is about the date told last, a few sentences ago ("that day"), and not about one told after it."""
    if phrase.rule == "same_unit":
        return phrase.letters[-1] == "J"
    if phrase.rule != "next_unit" or "m" not in phrase.letters:
        return False
    followed = phrase.last < len(tokens) and tokens.lower(phrase.last) in ("as", "that", "when")
    return not (followed and phrase.the("m").lower == "same")


def _the_date(sentence: str, found: Sequence[DatedPhrase]) -> Interval | None:
    """The date of a sentence, if it tells one only and that not by the way ("the model, which appeared in May, is …")."""
    date, *others = {item.interval for item in found}
    return None if others or _BY_THE_WAY.search(sentence, 0, found[-1].start) else date


def _belongs_to_a_day(phrases: Sequence[Phrase], index: int) -> bool:
    """Whether a time of day stands beside its day."""
    clock = phrases[index]
    beside = phrases[max(index - 1, 0) : index + 2]
    return any(
        item.rule in _TELLING_DAYS and clock.first - item.last <= _NEAR and item.first - clock.last <= _NEAR for item in beside
    )


def _read(
    phrase: Phrase, tokens: Tokens, sentence: str, anchor: Interval | None, reference: Interval | None
) -> DatedPhrase | None:
    interval, used = None, None
    leans = (phrase.rule in _LEANING or not _RELATIVE.isdisjoint(phrase.letters)) and not phrase.is_explained
    if phrase.rule == "day_of_month" and reference is not None:
        leans = reference.precision in (Precision.DAY, Precision.MONTH)
    if leans or phrase.ends or phrase.rule in _EXPLICIT_RULES or not _EXPLICIT.isdisjoint(phrase.letters):
        interval = resolve(phrase, Context(None, None, reference))
    if anchor is not None and anchor.start and anchor.end and (interval is None or leans):
        direction = direction_at(tokens, phrase.first, phrase.last)
        compared = _compares(phrase, tokens) or (_is_quarter(reference) and _of_results(phrase, tokens))
        interval = _agreed(phrase, Context(anchor.start, direction, reference, compared), anchor.end)
        used = anchor
        leans = leans or (compared and _is_like(interval, reference))
    if leans and reference is not None:
        used = reference
    if interval is None and phrase.rule in _OPTIONAL:
        return None
    words = _trimmed(phrase.tokens)
    start, end = words[0].start, words[-1].end
    return DatedPhrase(start, end, sentence[start:end], interval, used if interval else None, _rule(phrase))


def _compares(phrase: Phrase, tokens: Tokens) -> bool:
    """Whether a phrase dates what something else is compared with: "up from 5 a year ago"."""
    return phrase.rule == "year_before" or (phrase.token("Y") is not None and _is_compared_with(phrase, tokens))


def _is_compared_with(phrase: Phrase, tokens: Tokens) -> bool:
    if phrase.rule not in ("ago", "shifted"):
        return False
    return not _COMPARING.isdisjoint(tokens.lowers[max(0, phrase.first - _REACH) : phrase.first])


def _of_results(phrase: Phrase, tokens: Tokens) -> bool:
    """Whether results of years before are told: in a report on a quarter, those of the same quarter."""
    if phrase.rule not in ("ago", "shifted") or "months" in tokens.lowers:
        return False
    if _compares(phrase, tokens):
        return not _RESULTS.isdisjoint(tokens.lowers)
    return phrase.token("Y") is not None and not (_EARNED.isdisjoint(tokens.lowers) or _MONEY.isdisjoint(tokens.lowers))


def _rule(phrase: Phrase) -> str:
    """The name of a phrase's rule; parts of a fiscal year are marked as such."""
    fiscal = "z" in phrase.letters and not phrase.rule.startswith("fiscal")
    return f"fiscal-{phrase.rule}".replace("_", "-") if fiscal else phrase.rule.replace("_", "-")


def _agreed(phrase: Phrase, context: Context, last: date) -> Interval | None:
    """What a phrase means, if it means the same for the first (``context.now``) and the last possible day of publication."""
    interval = resolve(phrase, context)
    if interval is None or context.now == last or interval == resolve(phrase, context._replace(now=last)):
        return interval
    return None


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    first, last = 0, len(tokens)
    while tokens[first].letter in ",(-#":
        first += 1
    while tokens[last - 1].letter in "s,":
        last -= 1
    return tokens[first:last]
