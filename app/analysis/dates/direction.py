"""Which way a date without a year looks, from the tense of the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from app.analysis.dates.lexicon import Token


class Direction(Enum):
    """Before or after publication."""

    PAST = "past"
    FUTURE = "future"


_FUTURE = frozenset(
    "will ll won shall plans planning expects expecting scheduled slated due upcoming aims aiming intends hopes "
    "hoping going set may should must can starting begins".split()
)
#: Future in themselves, undecided after "was" or "had".
_AWAITED = frozenset({"expected", "planned", "supposed", "scheduled", "slated", "due", "set", "going", "projected", "anticipated", "to"})
_BEING = frozenset({"is", "are", "be", "been", "s", "re"})
_WAS = frozenset({"was", "were", "had"})
_HYPOTHETICAL = frozenset({"would", "could", "might"})
_REPORTING = frozenset("said says announced told reported confirmed wrote added revealed disclosed promised".split())
_PAST = frozenset(
    "was were had did has have said says told made began won lost sold bought built came became got gave took went saw found held "
    "kept led left met paid rose fell ran sent spent stood struck wrote hit cut drew grew knew threw chose broke spoke drove "
    "beat shut quit thought brought caught taught sought fought felt heard read put let slid sank dug hung swung sued died "
    "since ago".split()
)
_NOT_VERBS = frozenset("need speed feed seed exceed proceed succeed indeed hundred sacred embed bleed breed greed creed steed".split())
_BOUNDARIES = ",.()—;-"


def direction_at(tokens: Sequence[Token], first: int, last: int) -> Direction | None:
    """The direction of tokens ``first`` to ``last`` (excluded): that of the nearest verb that tells one.

    Verbs before the phrase count first, those after it where the phrase opens its clause. ``None`` where nothing tells.
    """
    opening = max(0, first - 2)
    opens = first == 0 or any(token.letter in _BOUNDARIES for token in tokens[opening:first]) or first <= 1
    before, after = _nearest(tokens, first - 1, -1), _nearest(tokens, last, 1)
    if opens:
        return after if after is not None else before
    return before if before is not None else after


def _nearest(tokens: Sequence[Token], index: int, step: int) -> Direction | None:
    while 0 <= index < len(tokens):
        told = _told_by(tokens, index)
        if told is not None:
            return told if isinstance(told, Direction) else None
        index += step
    return None


def _told_by(tokens: Sequence[Token], index: int) -> Direction | bool | None:
    """What one token tells: a direction, ``False`` for "cannot be told", ``None`` for nothing."""
    word = tokens[index].lower
    previous = tokens[index - 1].lower if index else ""
    before = {tokens[at].lower for at in range(max(0, index - 2), index)}
    if word in _HYPOTHETICAL:
        return Direction.FUTURE if any(token.lower in _REPORTING for token in tokens[:index]) else False
    if word in _AWAITED:
        if before & _WAS:
            return False
        if word == "to":
            return Direction.FUTURE if previous in ("is", "are") else None
        if word in _FUTURE or before & _BEING or word in ("expected", "planned"):
            return Direction.FUTURE
    if word in _FUTURE and tokens[index].text != "May":
        return Direction.FUTURE
    if word in _PAST:
        return Direction.PAST
    if len(word) > 4 and word.endswith("ed") and word not in _NOT_VERBS:
        return Direction.PAST
    return None
