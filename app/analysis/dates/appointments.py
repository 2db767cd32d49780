"""What is to come by the words around its date, whatever tense the sentence has: appointments, plans, deliveries."""

from __future__ import annotations

from collections.abc import Iterable

from app.analysis.dates.lexicon import words
from app.analysis.dates.tokens import Tokens
from app.analysis.dates.verbs import (
    AWAITED,
    BEFORE_A_PARTICIPLE,
    BOUNDARIES,
    FUTURE,
    IS,
    MODAL,
    PAST,
    REACH,
    REPORTING,
    TELLING,
)

#: In the present tense these tell what is to come, if a date follows: "the fair opens on Friday". Forms that are nouns as well
#: tell it after a plural: "members vote on Friday", but not "the Senate vote on Friday".
_SCHEDULED = words(
    "airs appears arrives begins celebrates closes comes convenes decides ends expires faces flies gathers goes holds hosts "
    "kicks leaves meets opens plays reconvenes reopens resumes restarts retires returns runs starts takes travels turns visits "
    "votes appear arrive begin come convene decide expire gather go hold meet resume take travel"
)
#: So do these after "is" or "are", and "heads" before where to.
_SCHEDULED_NOW = words(
    "arriving coming facing flying going heading holding hosting leaving meeting opening playing reopening resuming returning "
    "starting traveling travelling visiting voting"
)
_PLAYED = words("play face")
_ITS = words("the a an their its")
_WHERE_TO = words("to for into home back")
_SCHEDULED_OF_MANY = words("close open play return start vote")
#: Those that are nouns in the plural as well, as they are where the verb follows the date: "housing starts in June fell".
_NOUNS_TOO = words("airs closes ends faces holds hosts leaves plays returns runs starts travels turns visits votes")
#: Between such a verb and its date are at most so many tokens, less one.
_NEAR = 8
#: Before a word that is no verb in the present, or has its tense from another.
_NO_PRESENT = BEFORE_A_PARTICIPLE | words(
    "is are was were has have had did do does don doesn didn t let s home stocks shares markets of in on at for with from "
    "after before"
)
#: After these, a date may be that of what something is about: "opens an inquiry into the crash on Friday".
_ABOUT = words("after about against following from into over since")
_RIGHT_BEFORE = words("on in at until")
#: After a day that is to come: "Friday is the last day", "Friday marks its end".
_IS_DAY = words("is marks")
#: These set a day "for" something, or ask or allow somebody "to" do it.
_SETTING = words("set sets called calls scheduled")
_MOVING = words("extended moved postponed delayed pushed rescheduled deferred adjourned")
_ASKING = words("asked ordered urged invited instructed required voted vote want wants allowed")
_DEADLINES = words("by until before starting beginning")
#: Between a verb of asking and its date are at most so many tokens.
_TO_ASKING = 14
#: What is traded for a month that has not come yet.
_DELIVERED = words("delivery contract futures settlement")
#: What is spoken of as somebody's or as a day's only when it has happened: "to appeal Wednesday's ruling".
_DONE = words(
    "ruling verdict decision attack attacks bombing bombings shooting shootings crash explosion explosions blast blasts massacre "
    "killing killings arrest arrests death deaths defeat victory win loss plunge outage breach leak comments remarks letter "
    "filing incident earthquake quake storm fire raid raids clashes violence accident collision resignation dismissal layoffs "
    "losses gains"
)
#: Such a noun follows its day with at most two words between.
_TO_NOUN = 3
_OVER = words("after following follows followed since from despite")
_AHEAD = frozenset({"ahead of", "prepare for", "prepares for", "prepared for", "preparing for"})
#: What is told as to come before it happens: "will attend Friday's game", but "will study Friday's offer".
_EVENTS = words(
    "announcement auction ceremony concert debate draft election elections finale final funeral game games hearing inauguration "
    "launch match meeting premiere primary race rally referendum release report runoff session show summit talks trial vote"
)
#: Between a day's genitive and the verb of what is its own are at most so many tokens, less one.
_TO_OWN_VERB = 4
_PRESENT = IS | _SCHEDULED | _SCHEDULED_OF_MANY | _PLAYED | words("reports heads host")
#: Without one of these among so many tokens before a date, or ``MODAL`` after it, :func:`is_to_come` need not be asked.
CUES, CUES_REACH = _PRESENT | _SETTING | _MOVING | _ASKING | _DELIVERED, _TO_ASKING


def is_over(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a day's own ("Friday's") is something that has happened."""
    lowers = tokens.lowers
    return not _DONE.isdisjoint(lowers[last : last + _TO_NOUN]) or (first > 0 and lowers[first - 1] in _OVER)


def has_happened(tokens: Tokens, first: int) -> bool:
    """Whether what stands right before a date is something that happened on it: "a shooting on Friday"."""
    return not _DONE.isdisjoint(tokens.lowers[max(0, first - 2) : first])


def is_ahead(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a day's own is to come: "ahead of Friday's vote", "Friday's vote will"."""
    lowers = tokens.lowers
    if " ".join(lowers[max(0, first - 2) : first]) in _AHEAD:
        return True
    if lowers[last + 1 : last + 2] == ["is"] and lowers[last] in _EVENTS:
        return True
    return any(lowers[at] in FUTURE for at in range(last + 1, min(len(lowers), last + _TO_OWN_VERB)))


def is_event(tokens: Tokens, last: int) -> bool:
    """Whether what is a day's own may be told as to come."""
    return not _EVENTS.isdisjoint(tokens.lowers[last : last + _TO_NOUN])


def is_to_come(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the words around a date tell what is to come, whatever was said of it."""
    lowers = tokens.lowers
    after = lowers[last] if last < len(lowers) else ""
    if after in _DELIVERED or (first > 1 and lowers[first - 2] == "delivery"):
        return True
    is_awaited = after in IS and not AWAITED.isdisjoint(lowers[last + 1 : last + 2])
    if (after in MODAL or is_awaited) and _is_of_its_subject(tokens, first):
        return True
    if _is_appointed(tokens, first, after):
        return True
    return not _ASKING.isdisjoint(lowers[max(0, first - _TO_ASKING) : first]) and _is_asked(tokens, first)


def _is_of_its_subject(tokens: Tokens, first: int) -> bool:
    """Whether a date before "will" is that of its subject: "he said the vote on Friday will decide", "…, data on Friday will"."""
    lowers = tokens.lowers
    if has_happened(tokens, first):
        return False
    for at in range(first - 1, max(-1, first - 1 - REACH), -1):
        if lowers[at] in TELLING or lowers[at].endswith("ed"):
            return lowers[at] in REPORTING
        if tokens.letters[at] in BOUNDARIES:
            return True
    return False


def _is_appointed(tokens: Tokens, first: int, after: str) -> bool:
    """Whether a verb right before a date appoints something: "is on Friday", "is to meet", "opens the fair", "set it for"."""
    if not first:
        return False
    lowers = tokens.lowers
    before = first - 1 - (lowers[first - 1] in _RIGHT_BEFORE)
    if before >= 0 and lowers[before] in IS:
        return True
    near = lowers[max(0, first - _NEAR) : first]
    if near[-1] == "to" and not _MOVING.isdisjoint(near) and "W" not in tokens.letters[max(0, first - _NEAR) : first]:
        return True
    if near[-1] == "for" and not _SETTING.isdisjoint(near) and "record" not in near:
        return True
    if (after in PAST or after.endswith("ed")) and not _NOUNS_TOO.isdisjoint(near):
        return False
    return not _PRESENT.isdisjoint(near) and is_present(tokens, range(first - 1, max(-1, first - 1 - _NEAR), -1))


def _is_asked(tokens: Tokens, first: int) -> bool:
    """Whether somebody is asked, or resolves, to do something by a date: "asked them to leave by Friday".

    Without such a word the date may be that of asking: "voted to approve the bill on Friday".
    """
    lowers, to_do = tokens.lowers, False
    if lowers[first - 1] not in _DEADLINES:
        return False
    for at in range(first - 1, max(-1, first - 1 - _TO_ASKING), -1):
        if lowers[at] == "to" and is_infinitive(tokens, at + 1):
            to_do = True
        elif at and lowers[at - 1] == "to":
            continue
        elif lowers[at] in TELLING or lowers[at] in _ASKING or lowers[at].endswith("ed"):
            return to_do and lowers[at] in _ASKING
    return False


def is_due(tokens: Tokens, last: int) -> bool:
    """Whether the present tense after a day at the beginning of its clause tells what is to come: "On Friday, Acme opens"."""
    first = last + tokens.letters.startswith(",", last)
    places = range(first, min(len(tokens), first + _NEAR))
    return bool(places) and (tokens.lowers[first] in _IS_DAY or is_present(tokens, places))


def is_present(tokens: Tokens, places: Iterable[int]) -> bool:
    """Whether the first verb in some places is one that appoints in the present tense."""
    lowers, letters = tokens.lowers, tokens.letters
    for at in places:
        word, previous = lowers[at], lowers[at - 1] if at else ""
        if word == "to" and previous in IS:
            return True
        following = lowers[at + 1] if at + 1 < len(lowers) else ""
        if (word == "reports" and following == "earnings") or (word == "heads" and following in _WHERE_TO):
            return True
        if word in _PLAYED and _is_between_names(tokens, at):
            return True
        if (word in _SCHEDULED_NOW and previous in IS) or (word == "host" and following in _ITS and previous.endswith("s")):
            return True
        if previous != "to" and (word in _SCHEDULED or (word in _SCHEDULED_OF_MANY and previous.endswith("s"))):
            return previous not in _NO_PRESENT and not (at and letters[at - 1] in "nd")
        if letters[at] in BOUNDARIES or word in _ABOUT or word in TELLING or word.endswith("ed"):
            return False
    return False


def _is_between_names(tokens: Tokens, at: int) -> bool:
    """Whether a word stands between two with capitals ("England play Wales")."""
    return 0 < at < len(tokens) - 1 and tokens[at - 1].text[0].isupper() and tokens[at + 1].text[0].isupper()


def is_infinitive(tokens: Tokens, index: int) -> bool:
    """Whether a word after "to" looks like a verb."""
    if index >= len(tokens):
        return False
    word = tokens[index]
    return word.letter == "_" and word.text.islower() and not word.text.endswith("s") and word.text not in BEFORE_A_PARTICIPLE
