"""What counts without a date: only what a sentence says plainly was done, by whom or to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.analysis.events.lexicon import Predicate
from app.analysis.events.roles import MADE, is_passive
from app.domain.entities import Entity, Mention
from app.domain.events import EventType, Participant, Role

_BE = re.compile(r"\b(?:is|are|was|were|be)\s+(?:\w+\s+)?$")
_TO = re.compile(r"\b(?:to|will|would)\s+(?:\w+\s+)?$")
_INTENDED = re.compile(
    r"\b(?:will|would|plans?|planned|agreed|set|expected|talks|intends?|aims|wants|about|is|are|due|considering|decided)\b"
)
_PLAIN_FORMS = frozenset(
    "launch release buy acquire merge raise invest pledge spend sue file hire join leave resign quit open introduce unveil ship "
    "publish train beat test build report announce sign license partner cut lay take put hold adopt pass ban block require "
    "allow".split()
)
#: Types that no words without a date tell plainly enough.
_VAGUE = (EventType.OTHER, EventType.STATEMENT)


def happens(text: str, predicate: Predicate) -> bool:
    """Whether a verb without a date tells one thing that happened, happens now or is planned, rather than a habit."""
    verb = text[predicate.start : predicate.head].lower()
    before = text[max(predicate.start - 60, 0) : predicate.start]
    if verb.endswith("ing"):
        return _BE.search(before) is not None
    if verb.endswith("s") and not verb.endswith("ss"):
        return True
    if _TO.search(before):
        return _INTENDED.search(before) is not None
    return verb not in _PLAIN_FORMS and (verb.endswith(("ed", "t", "d", "e", "g", "n", "w", "k")))


def is_plain(predicate: Predicate | None, participants: Sequence[Participant]) -> bool:
    """Whether something without a date is plain enough: who it was done to, or where nobody is needed there, who did it."""
    if predicate is None or predicate.frame.type in _VAGUE:
        return False
    roles = [role for _, role in participants]
    if Role.OBJECT in roles:
        return True
    frame = predicate.frame
    return frame.object is None and Role.AGENT in roles and (frame.type is not EventType.DEAL or len(roles) > 1)


def may_be_plain(text: str, predicate: Predicate, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> bool:
    """Whether :func:`is_plain` may say so of a predicate, whatever the clauses of its sentence are: most are told apart by this.

    Whoever is named before a verb in the active voice does what it says, unless what it is about can be named there, too.
    """
    frame = predicate.frame
    if frame.type in _VAGUE:
        return False
    if frame.object is None:
        return frame.type is not EventType.DEAL or len(mentions) > 1
    if frame.subject is Role.OBJECT or any(item.start >= predicate.start for item in mentions):
        return True
    if frame.type in MADE and any(item.slug in entities and entities[item.slug].kind in frame.object_is for item in mentions):
        return True
    return is_passive(text, predicate)
