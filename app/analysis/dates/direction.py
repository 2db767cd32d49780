"""Which way a date without a year looks, from the tense of the words around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from typing import Literal

from app.analysis.dates.lexicon import words
from app.analysis.dates.tokens import Tokens


class Direction(Enum):
    """Before or after publication; either, where the verb goes with both and only what is much nearer can be meant."""

    PAST = "past"
    FUTURE = "future"
    EITHER = "either"


_FUTURE = words(
    "will ll shall plans planning expect expects expecting predict predicts predicting foresee foresees foreseeing forecasts "
    "forecasting anticipate anticipates anticipating scheduled slated due upcoming aims aiming intends hopes hoping going "
    "should must can payable effective"
)
#: Future before "to" ("agreed to sell in May"), whatever their own tense.
_BEFORE_TO = words(
    "agreed agrees pledged pledges promised promises vowed vows offered offers decided committed plans planned expects expected "
    "hopes hoped intends intended aims wants wanted seeks seeking ready set about continue agreement plan proposal bid deal right"
)
#: Future in themselves, undecided after "was" or "had".
_AWAITED = words("expected planned supposed scheduled slated due projected anticipated")
_WAS = words("was were had")
#: What was meant at first may have been before or may be to come.
_AT_FIRST = words("originally initially previously")
_HYPOTHETICAL = words("would could might may")
#: With "have" after them, of what was.
_PERHAPS = words("may might could must should")
_NEGATED = words("neither nor nobody none nothing never")
_REPORTING = words("said says announced told reported confirmed wrote added revealed disclosed promised predicted")
_PAST = words(
    "was were had did has have said says told made began won didn wasn weren hadn hasn couldn lost sold bought built came "
    "became got gave took went saw found held kept led left met paid rose fell ran sent spent stood struck wrote hit cut "
    "drew grew knew threw chose broke spoke drove shut quit thought brought caught taught sought fought felt heard put let "
    "slid sank dug hung swung sued died since set tore wore swore woke froze stole bore bit hid rode rang sang shook fled "
    "dealt meant slept swept wept crept stuck swam drank shrank sprang withdrew forgot forbade overcame overtook undertook "
    "arose awoke bound clung flew flung lit repaid rewrote rebuilt retook shone spun stung strode understood upheld "
    "burst cast beat outdid oversaw foresaw bet laid lay ate sat shot blew bent lent fed bled fled spat underwent overthrew "
    "overran misread leapt knelt"
)
_HAVE = words("has have")
#: Participles of the past that are no past tense as well.
_PARTICIPLES = words(
    "been become begun broken chosen come done drawn driven drunk eaten fallen flown forgotten forced frozen given gone grown "
    "hidden hurt known proven ridden risen run seen shown shrunk shut sung sunk spoken split spread stolen sworn taken thrown "
    "torn undergone withdrawn woken worn written"
)
#: A participle is so near to "has", with what may stand between ("has since been", "has not yet come").
_TO_PARTICIPLE = 4
_TELLING = _FUTURE | _BEFORE_TO | _AWAITED | _HYPOTHETICAL | _PAST | {"forecast"}
#: A participle after one of these says nothing by itself; the words before tell.
_BEFORE_A_PARTICIPLE = words(
    "be being to will would can could may might should must shall get getting not a an the its their still"
)
#: What happened after these had happened: "it is held after clashes on Friday".
_AFTER = words("after following")
#: Between them and the date are at least this many tokens, and at most that many.
_AFTER_REACH = (2, 12)
#: What was planned and then did not happen may have been for a day before publication or after it.
_CALLED_OFF, _CALLED_OFF_REACH = words("canceled cancelled postponed scrapped"), 12
#: What is spoken of as somebody's or as a day's only when it has happened: "to appeal Wednesday's ruling".
_DONE = words(
    "ruling verdict decision attack attacks bombing bombings shooting shootings crash explosion explosions blast blasts massacre "
    "killing killings arrest arrests death deaths defeat victory plunge outage breach leak announcement statement proposal "
    "report comments remarks letter filing news incident earthquake quake storm fire raid raids clashes protest protests "
    "violence accident collision resignation dismissal layoffs losses gains"
)
_TO_NOUN = 3
_NOT_VERBS = words(
    "need speed feed seed exceed proceed succeed indeed hundred sacred embed breed greed creed steed united limited"
)
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
_BOUNDARIES = ",.)—;-"
_IS = words("is are")
#: After a day that is to come: "Friday is the last day", "Friday marks its end".
_IS_DAY = words("is marks")
#: In the present tense these tell what is to come, if a date follows: "the fair opens on Friday". Forms that are nouns as well
#: tell it after a plural: "members vote on Friday", but not "the Senate vote on Friday".
_SCHEDULED = words(
    "airs appears arrives begins closes comes convenes decides ends expires faces gathers goes holds hosts kicks leaves meets "
    "opens plays resumes returns starts takes travels votes appear arrive begin come convene decide expire gather go hold meet "
    "resume take travel"
)
_SCHEDULED_OF_MANY = words("close open play return start vote")
_PRESENT = _IS | _SCHEDULED | _SCHEDULED_OF_MANY | {"reports"}
_SCHEDULE_REACH = 8
#: Before a word that is no verb in the present, or has its tense from another.
_NO_PRESENT = _BEFORE_A_PARTICIPLE | words(
    "is are was were has have had did do does don doesn didn t let s of in on at for with from after before"
)
#: After these, a date may be that of what something is about: "opens an inquiry into the crash on Friday".
_ABOUT = words("after about against following from into over since")
_RIGHT_BEFORE = words("on in at until")
#: What stands between a verb and its date in brackets is at most so long.
_ASIDE = 6
_AHEAD = frozenset({"ahead of", "prepare for", "prepares for", "prepared for", "preparing for"})
#: Between a day's genitive and the verb of what is its own are at most so many tokens, less one.
_TO_OWN_VERB = 4
_AT_A_TIME = words("in on for during since from")
#: No verb further away than this many tokens tells.
_REACH = 60


def direction_at(tokens: Tokens, first: int, last: int) -> Direction | None:
    """The direction of tokens ``first`` to ``last`` (excluded): that of the nearest verb that tells one.

    Verbs before the phrase count first, those after it where the phrase opens its clause. A deadline ("by May") looks ahead.
    ``None`` where no verb tells, or where what went on until then may have ended or not.
    """
    letters, lowers = tokens.letters, tokens.lowers
    if letters.endswith(")", 0, first):  # "at 8 p.m. (1800 GMT) Sunday"
        first = max(letters.rfind("(", max(0, first - _ASIDE), first), 0) or first
    if letters[last - 1] == "s":
        if not _DONE.isdisjoint(lowers[last : last + _TO_NOUN]):
            return Direction.PAST
        if _looks_ahead(tokens, first, last):
            return Direction.FUTURE
    elif _is_scheduled(tokens, first):
        return Direction.FUTURE
    at = first - 1
    stop = max(0, first - _REACH)
    while at >= stop and (lowers[at] in _OPENERS or lowers[at] in _CLOCK or letters[at] in ":d."):
        at -= 1
    opens = at < stop or letters[at] in _BOUNDARIES
    ways = [(last, 1), (first - 1, -1)] if opens else [(first - 1, -1), (last, 1)]
    told = next((found for found in (_nearest(tokens, *way) for way in ways) if found is not None), None)
    if told is None:
        told = _untold(tokens, first, last, opens=opens)
    if told is False and lowers[max(0, first - 3) : first] == ["as", "early", "as"]:
        return Direction.FUTURE
    if told is Direction.FUTURE and not _CALLED_OFF.isdisjoint(lowers[last : last + _CALLED_OFF_REACH]):
        return Direction.EITHER
    deadline = _DEADLINES.intersection(lowers[at + 1 : first])
    if deadline:
        return _at_deadline(lowers[max(0, at - 12) : at + 1], deadline, told, opens=opens)
    return Direction.EITHER if told is False else told


def _untold(tokens: Tokens, first: int, last: int, *, opens: bool) -> Direction | None:
    """The direction where no verb tells one, as in headlines: "after a win on Friday", "Acme to open in May"."""
    if _is_after(tokens, first):
        return Direction.PAST
    lowers, letters = tokens.lowers, tokens.letters
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if lowers[at] in _IS:
            return None
        if lowers[at] == "to" and _is_infinitive(tokens, at + 1):
            return Direction.FUTURE
    after = last + letters.startswith(",", last)
    places = range(after, min(len(lowers), after + _SCHEDULE_REACH))
    if opens and "W" in letters[first:last] and places and (lowers[after] in _IS_DAY or _is_present(tokens, places)):
        return Direction.FUTURE
    return Direction.EITHER if letters[first] in "FB" or (first and lowers[first - 1] in _AT_A_TIME) else None


def _is_infinitive(tokens: Tokens, index: int) -> bool:
    """Whether a word after "to" looks like a verb."""
    word = tokens[index]
    return word.letter == "_" and word.text.islower() and not word.text.endswith("s") and word.text not in _BEFORE_A_PARTICIPLE


def _looks_ahead(tokens: Tokens, first: int, last: int) -> bool:
    """Whether what is a day's own is to come: "ahead of Friday's vote", "Friday's vote will"."""
    lowers = tokens.lowers
    if " ".join(lowers[max(0, first - 2) : first]) in _AHEAD:
        return True
    return any(lowers[at] in _FUTURE for at in range(last + 1, min(len(lowers), last + _TO_OWN_VERB)))


def _is_scheduled(tokens: Tokens, first: int) -> bool:
    """Whether the present tense right before a date tells what is to come: "is on Friday", "is to meet", "opens the fair"."""
    lowers = tokens.lowers
    if _PRESENT.isdisjoint(lowers[max(0, first - _SCHEDULE_REACH) : first]):
        return False
    before = first - 1 - (lowers[first - 1] in _RIGHT_BEFORE)
    if before >= 0 and lowers[before] in _IS:
        return True
    return _is_present(tokens, range(first - 1, max(-1, first - 1 - _SCHEDULE_REACH), -1))


def _is_present(tokens: Tokens, places: Iterable[int]) -> bool:
    """Whether the first verb in some places is one of what is to come."""
    lowers = tokens.lowers
    for at in places:
        word, previous = lowers[at], lowers[at - 1] if at else ""
        if word == "to" and previous in _IS:
            return True
        if word == "reports" and lowers[at + 1 : at + 2] == ["earnings"]:
            return True
        if previous != "to" and (word in _SCHEDULED or (word in _SCHEDULED_OF_MANY and previous.endswith("s"))):
            return previous not in _NO_PRESENT
        if tokens.letters[at] in _BOUNDARIES or word in _ABOUT or word in _TELLING or word.endswith("ed"):
            return False
    return False


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
        if tokens.letters[at] in _BOUNDARIES:
            return False
        if tokens.lowers[at] in _AFTER:
            return True
    return False


def _nearest(tokens: Tokens, index: int, step: int) -> Direction | Literal[False] | None:
    stop = min(len(tokens), index + _REACH) if step > 0 else max(-1, index - _REACH)
    lowers = tokens.lowers
    for at in range(index, stop, step):
        if lowers[at] in _TELLING or lowers[at].endswith("ed"):
            told = _told_by(tokens, at)
            if told is not None:
                return told
    return None


def _is_reported(tokens: Tokens, index: int) -> bool:
    return not _REPORTING.isdisjoint(tokens.lowers[max(0, index - _REACH) : index + _REACH])


def _is_perfect(tokens: Tokens, index: int) -> bool:
    """Whether a participle follows "has": "has since been", but not "has a stake"."""
    after = tokens.lowers[index + 1 : index + 1 + _TO_PARTICIPLE]
    return any(word in _PARTICIPLES or word in _PAST or word.endswith("ed") for word in after)


def _told_by_have(tokens: Tokens, index: int, previous: str, following: str) -> Direction | None:
    """What "has" tells: the past in "has sold", what is to come in "has to", nothing in "has a stake" and "will have sold"."""
    if previous in _BEFORE_A_PARTICIPLE:
        return Direction.PAST if previous in _PERHAPS and _is_perfect(tokens, index) else None
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
    if word in _HAVE:
        return _told_by_have(tokens, index, previous, following)
    if word in ("was", "were") and following == "to":
        return False
    if word == "could" and (following == "not" or not _NEGATED.isdisjoint(lowers[max(0, index - 8) : index])):
        return Direction.PAST
    if word in ("may", "might") and "have" not in lowers[index + 1 : index + 3]:
        return Direction.FUTURE
    if word in _HYPOTHETICAL:
        return Direction.FUTURE if _is_reported(tokens, index) else False
    if word == "forecast":
        return Direction.FUTURE if previous in _IS and following in ("for", "to") else None
    if (following == "to" and word in _BEFORE_TO) or (following == "for" and word == "set") or word in _AWAITED:
        earlier = lowers[index - 2] if index > 1 else ""
        if word in _AWAITED and "as" in (previous, earlier):
            return None
        undone = previous in _WAS or previous in _AT_FIRST or (previous == "been" and earlier == "had")
        return False if undone else Direction.FUTURE
    if word in _FUTURE:
        return Direction.FUTURE
    if word in _PAST or (len(word) > 4 and word.endswith("ed") and word not in _NOT_VERBS):
        if previous in ("is", "are"):
            return False
        if previous == "be" and index > 1 and lowers[index - 2] == "to":
            return Direction.FUTURE
        return None if previous in _BEFORE_A_PARTICIPLE else Direction.PAST
    return None
