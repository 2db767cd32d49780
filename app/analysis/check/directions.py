"""The rule for the way that values go: what rose in the sentence and fell in its source, by the same figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.analysis.check.claims import Claim, Draft
from app.analysis.check.wording import context, shared
from app.analysis.measures import Measure, Quantity, same
from app.domain.findings import FindingKind, Strength

RULE = "direction"
VERSION = 1

#: What something goes up or down by.
_MEASURES = frozenset((Measure.MONEY, Measure.SHARE, Measure.POINTS, Measure.COUNT))
_UP = r"rose|rises?|risen|rising|grew|grows?|grown|growing|climb(?:ed|s)?|jump(?:ed|s)?|increase[ds]?|gain(?:ed|s)?|surge[ds]?|up"
_DOWN = (
    r"fell|falls?|fallen|falling|drop(?:ped|s)?|decline[ds]?|declining|decrease[ds]?|sank|slid|shrank|shrunk|slump(?:ed|s)?|"
    r"plunge[ds]?|tumble[ds]?|down"
)
#: The word right before a figure, whatever rounds the figure.
_BEFORE = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: by)?"
    r"(?: (?:about|around|roughly|nearly|almost|some|more than|less than|over|as much as|a further|another|only|just))*\s+$"
)
#: The noun right after it.
_AFTER = re.compile(r"\s+(?:(?P<up>rise|increase|gain|jump|surge|higher)|(?P<down>drop|fall|decline|decrease|slump|lower))\b")
_DENIED = re.compile(r"(?:\b(?:not|never|without|neither|nor|no)\b|n['’]t\b)[^,;]{0,30}$")
#: Whose verb it is: the last word before it that is no auxiliary.
_SUBJECT = re.compile(
    r"([A-Za-z]\w+)(?:['’]s)?\s+(?:(?:has|have|had|also|then|since|later|already|were|was|is|are|will|would|\w+ly)\s+)*$"
)
#: Where the subjects are not the same word, the two have so many terms around them in common, and such a share of them.
_LEAST_SHARED, _SAME_THING = 3, 0.5


class _Way(NamedTuple):
    """The way that a figure goes, with the characters that say so and, where a verb does, its subject: "share" of shares."""

    up: bool
    start: int
    end: int
    subject: str | None


def directions(claim: Claim) -> Iterator[Draft]:
    """The figures of a sentence that go up where all places of the sources that have them have them go down, or the reverse."""
    for quantity in claim.quantities:
        ours = _way(claim.text, quantity) if quantity.measure in _MEASURES else None
        if ours is None:
            continue
        passages = claim.sources.passages.all
        told = [
            (index, other, _way(passages[index].text, other))
            for index, other in claim.sources.holding(quantity)
            if same(quantity, other)
        ]
        # One place that goes the same way, or none in particular, may be what the sentence goes by.
        if any(theirs is None or theirs.up == ours.up for *_, theirs in told):
            continue
        beside = {match.index: match for match in claim.aligned}
        for index, other, theirs in told:
            if theirs is None or index not in beside:
                continue
            passage = passages[index]
            is_same = ours.subject is not None and ours.subject == theirs.subject
            count, share = shared(
                context(claim.text, quantity.start, quantity.end), context(passage.text, other.start, other.end)
            )
            if is_same or (count >= _LEAST_SHARED and share >= _SAME_THING):
                said, words = claim.text[ours.start : ours.end], passage.text[theirs.start : theirs.end]
                reason = f"The summary says {said}; source {passage.source} says {words}."
                strength = Strength.STRONG if is_same else Strength.WEAK
                found = (passage.start + theirs.start, passage.start + theirs.end)
                yield Draft(FindingKind.VALUE, strength, RULE, ours.start, ours.end, reason, passage.source, found, beside[index])
                break


def _way(text: str, quantity: Quantity) -> _Way | None:
    """The way that a figure goes, where the words right beside it say so."""
    if match := _BEFORE.search(text, max(quantity.start - 60, 0), quantity.start):
        if _DENIED.search(text, max(match.start() - 40, 0), match.start()):
            return None
        subject = _SUBJECT.search(text, max(match.start() - 60, 0), match.start())
        whose = subject[1].lower().removesuffix("s") if subject else None
        return _Way(match["up"] is not None, match.start(), quantity.end, whose)
    if match := _AFTER.match(text, quantity.end):
        return _Way(match["up"] is not None, quantity.start, match.end(), None)
    return None
