"""Which way a date without a year looks, from the tense of the words around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from typing import Literal

from app.analysis.dates.appointments import (
    CUES,
    CUES_REACH,
    has_happened,
    is_ahead,
    is_due,
    is_event,
    is_infinitive,
    is_over,
    is_to_come,
)
from app.analysis.dates.lexicon import words
from app.analysis.dates.tokens import Tokens
from app.analysis.dates.verbs import (
    AT_FIRST,
    AWAITED,
    BEFORE_A_PARTICIPLE,
    BEFORE_TO,
    BOUNDARIES,
    FUTURE,
    HAVE,
    HYPOTHETICAL,
    IS,
    MODAL,
    NEGATED,
    NOT_VERBS,
    NOUNS_TOO,
    OF_NOUNS,
    PARTICIPLES,
    PAST,
    PERHAPS,
    REACH,
    REPORTING,
    TELLING,
    TO_PARTICIPLE,
    WAS,
)


class Direction(Enum):
    """Before or after publication; either, where the verb goes with both and only what is much nearer can be meant."""

    PAST = "past"
    FUTURE = "future"
    EITHER = "either"


#: What happened after these had happened: "it is held after clashes on Friday".
_AFTER = words("after following")
#: Between them and the date are at least this many tokens, and at most that many.
_AFTER_REACH = (2, 12)
#: What was planned and then did not happen may have been for a day before publication or after it.
_CALLED_OFF, _CALLED_OFF_REACH = words("canceled cancelled postponed scrapped"), 12
_OPENERS = words("in on by and but since until at least for of from late early as soon the or while when through till")
_DEADLINES = words("until till by through soon")
#: Before "until": what was put off looks ahead, whatever the tense.
_PUT_OFF = words(
    "extended delayed postponed deferred adjourned suspended gave given granted scheduled rescheduled pushed valid open remains "
    "wait"
)
#: So does what goes on, but for "through".
_GOING_ON = words("has have")
_CLOCK = words("a m p am pm noon midnight est edt et pst pt utc gmt o'clock")
#: What stands between a verb and its date in brackets is at most so long.
_ASIDE = 6
_AT_A_TIME = words("in on for during since from")


def direction_at(tokens: Tokens, first: int, last: int) -> Direction | None:
    """The direction of tokens ``first`` to ``last`` (excluded): that of the nearest verb that tells one.

    Verbs before the phrase count first, those after it where the phrase opens its clause. A deadline ("by May") looks ahead.
    ``None`` where no verb tells, or where what went on until then may have ended or not.
    """
    letters, lowers = tokens.letters, tokens.lowers
    if first and letters[first - 1] == ")":  # "at 8 p.m. (1800 GMT) Sunday"
        first = max(letters.rfind("(", max(0, first - _ASIDE), first), 0) or first
    is_own = letters[last - 1] == "s" and letters[last - 2] in "WP"  # "Friday's", "Friday night's"
    if is_own:
        if is_over(tokens, first, last):
            return Direction.PAST
        if is_ahead(tokens, first, last):
            return Direction.FUTURE
    else:
        near = lowers[first - CUES_REACH if first > CUES_REACH else 0 : last + 1]
        if (near[-1] in MODAL or not CUES.isdisjoint(near)) and is_to_come(tokens, first, last):
            return Direction.FUTURE
    at = first - 1
    stop = max(0, first - REACH)
    while at >= stop and (lowers[at] in _OPENERS or lowers[at] in _CLOCK or letters[at] in ":d."):
        at -= 1
    opens = at < stop or letters[at] in BOUNDARIES
    ways = [(last, 1), (first - 1, -1)] if opens else [(first - 1, -1), (last, 1)]
    told = next((found for found in (_nearest(tokens, *way) for way in ways) if found is not None), None)
    if told is None:
        told = _untold(tokens, first, last, opens=opens)
    if told is False and lowers[max(0, first - 3) : first] == ["as", "early", "as"]:
        return Direction.FUTURE
    if told is Direction.FUTURE and is_own and not is_event(tokens, last):
        return Direction.EITHER
    if told is Direction.FUTURE and not _CALLED_OFF.isdisjoint(lowers[last : last + _CALLED_OFF_REACH]):
        return Direction.EITHER
    deadline = _DEADLINES.intersection(lowers[at + 1 : first])
    if deadline:
        return _at_deadline(lowers[max(0, at - 12) : at + 1], deadline, told, opens=opens)
    return Direction.EITHER if told is False else told


def _untold(tokens: Tokens, first: int, last: int, *, opens: bool) -> Direction | None:
    """The direction where no verb tells one, as in headlines: "after a win on Friday", "Acme to open in May"."""
    if _is_after(tokens, first) or has_happened(tokens, first):
        return Direction.PAST
    lowers, letters = tokens.lowers, tokens.letters
    for at in range(first - 1, max(-1, first - 1 - REACH), -1):
        if lowers[at] in IS:
            return None
        if lowers[at] == "to" and is_infinitive(tokens, at + 1):
            return Direction.FUTURE
    if opens and "W" in letters[first:last] and is_due(tokens, last):
        return Direction.FUTURE
    return Direction.EITHER if letters[first] in "FB" or (first and lowers[first - 1] in _AT_A_TIME) else None


def _at_deadline(
    before: Sequence[str], deadline: Collection[str], told: Direction | Literal[False] | None, *, opens: bool
) -> Direction | None:
    """The direction of a deadline after the words ``before``, where the nearest verb told something.

    What had happened "by May", what did not happen "until May", how it was "Until May, …" and what went on "through May" is
    past; what was put off "until May" is not.
    """
    if told is not Direction.PAST:
        return Direction.FUTURE
    if "by" in deadline or opens or (before and before[-1] in ("not", "up", "only")):
        return Direction.PAST
    through = "through" in deadline
    if not _PUT_OFF.isdisjoint(before) or not (through or _GOING_ON.isdisjoint(before)):
        return Direction.FUTURE
    return Direction.PAST if through else None


def _is_after(tokens: Tokens, first: int) -> bool:
    """Whether what stands before a date is told as over: "after his win on Sunday"."""
    near, far = _AFTER_REACH
    for at in range(first - near, max(-1, first - far - 1), -1):
        if tokens.letters[at] in BOUNDARIES:
            return False
        if tokens.lowers[at] in _AFTER:
            return True
    return False


def _nearest(tokens: Tokens, index: int, step: int) -> Direction | Literal[False] | None:
    stop = min(len(tokens), index + REACH) if step > 0 else max(-1, index - REACH)
    lowers = tokens.lowers
    for at in range(index, stop, step):
        if lowers[at] in TELLING or lowers[at].endswith("ed"):
            told = _told_by(tokens, at)
            if told is not None:
                return told
    return None


def _is_reported(tokens: Tokens, index: int) -> bool:
    return not REPORTING.isdisjoint(tokens.lowers[max(0, index - REACH) : index + REACH])


def _is_perfect(tokens: Tokens, index: int) -> bool:
    """Whether a participle follows "has": "has since been", but not "has a stake"."""
    after = tokens.lowers[index + 1 : index + 1 + TO_PARTICIPLE]
    return any(word in PARTICIPLES or word in PAST or word.endswith("ed") for word in after)


def _told_by_have(tokens: Tokens, index: int, previous: str, following: str) -> Direction | None:
    """What "has" tells: the past in "has sold", what is to come in "has to", nothing in "has a stake" and "will have sold"."""
    if previous in BEFORE_A_PARTICIPLE:
        return Direction.PAST if previous in PERHAPS and _is_perfect(tokens, index) else None
    if following == "to":
        return Direction.FUTURE
    return Direction.PAST if _is_perfect(tokens, index) else None


def _told_by(tokens: Tokens, index: int) -> Direction | Literal[False] | None:
    """What a verb tells: a direction, ``False`` for "cannot be told", ``None`` for nothing."""
    lowers = tokens.lowers
    word = lowers[index]
    if tokens.letters[index] == "M":
        return None
    previous = lowers[index - 1] if index else ""
    following = lowers[index + 1] if index + 1 < len(lowers) else ""
    if index and tokens.letters[index - 1] == "M":
        previous = ""  # "in May announced"
    if word == "won" and following in ("'", "’"):
        return Direction.FUTURE
    if word in HAVE:
        return _told_by_have(tokens, index, previous, following)
    if word in ("was", "were") and following == "to":
        return False
    if word == "could" and (following == "not" or not NEGATED.isdisjoint(lowers[max(0, index - 8) : index])):
        return Direction.PAST
    if word in ("may", "might") and "have" not in lowers[index + 1 : index + 3]:
        return Direction.FUTURE
    if word in HYPOTHETICAL:
        return Direction.FUTURE if _is_reported(tokens, index) else False
    if word == "forecast":
        return Direction.FUTURE if previous in IS and following in ("for", "to") else None
    if (following == "to" and word in BEFORE_TO) or (following == "for" and word == "set") or word in AWAITED:
        earlier = lowers[index - 2] if index > 1 else ""
        if word in AWAITED and "as" in (previous, earlier):
            return None
        undone = previous in WAS or previous in AT_FIRST or (previous == "been" and earlier == "had")
        return False if undone else Direction.FUTURE
    if word in FUTURE:
        return Direction.FUTURE
    if word in NOUNS_TOO and previous in OF_NOUNS:
        return None
    if word in PAST or (len(word) > 4 and word.endswith("ed") and word not in NOT_VERBS):
        if previous in ("is", "are"):
            return False
        if previous == "be" and index > 1 and lowers[index - 2] == "to":
            return Direction.FUTURE
        return None if previous in BEFORE_A_PARTICIPLE else Direction.PAST
    return None
