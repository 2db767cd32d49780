"""The rule for certainty: what a source calls possible or expected, told as a fact; whose word it is, left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.analysis.certainty import Hedge, attributed, faint_hedges, hedges, says_will, unnamed_attribution
from app.analysis.check.claims import MUCH_MORE, Claim, Draft
from app.analysis.evidence import Match
from app.analysis.evidence.terms import terms
from app.analysis.signs import Sign, signs
from app.domain.findings import FindingKind, Strength

RULE = "certainty"
VERSION = 4

#: A passage that has less of the sentence does not tell how certain it is.
_CARRIES = 0.45
#: What "will" is said of stands among so many terms after it, within so many characters.
_GOVERNED = 3
_REACH = 60


def certainty(claim: Claim) -> Iterator[Draft]:
    """Where a sentence is more certain than the passage that carries it: at most one finding of each sort."""
    will = says_will(claim.text)
    carrying = [match for match in claim.aligned if match.score >= _CARRIES]
    raised = _will_not_be_sure(claim, will) if will else _raised(claim, carrying)
    if raised:
        yield raised
    elif carrying:
        best = carrying[0]
        words = unnamed_attribution(best.passage.text)
        # The sentence is shorter than the passage, and most of those with such a passage have a "said" themselves.
        if words and not attributed(claim.text):
            reason = (
                f"Source {best.passage.source} says this on the word of others (“{words[0]}”); the summary tells it as a fact."
            )
            yield _draft(0, len(claim.text), reason, best, words.start(), words.end())


def _raised(claim: Claim, carrying: list[Match]) -> Draft | None:
    """What a passage hedges and the sentence tells as a fact."""
    # One passage that hedges nothing is enough for a fact; most show it by their words, without a search.
    if not carrying or not all(signs(match.passage.text) & Sign.HEDGE for match in carrying):
        return None
    if hedges(claim.text):
        return None
    said = terms(claim.text)
    hedged: tuple[Match, Hedge] | None = None
    for match in carrying:
        found = claim.sources.hedges(match.index)
        if not found:
            return None
        for hedge in found:
            if hedged is None and hedge.governs[:1] and hedge.governs[0] in said:
                hedged = (match, hedge)
    if hedged is None:
        return None
    match, hedge = hedged
    start, end = _verb(claim.text, hedge)
    reason = f"The summary says it as a fact; source {match.passage.source} says “{hedge.text.strip()}”."
    return _draft(start, end, reason, match, hedge.start, hedge.end)


def _will_not_be_sure(claim: Claim, will: re.Match[str]) -> Draft | None:
    """What the passages with most of a sentence hedge and the sentence says "will" of."""
    if not claim.aligned or hedges(claim.text):
        return None
    best = claim.aligned[0]
    said = terms(claim.text)
    hedged_itself = bool(faint_hedges(claim.text))
    hedged: tuple[Match, Hedge] | None = None
    for match in claim.aligned:
        if match.score * MUCH_MORE < best.score:
            break
        if _will_be(claim.text, will, match):
            return None
        found = claim.sources.hedges(match.index)
        if not hedged_itself:
            found = found + faint_hedges(match.passage.text)
        hedge = next((hedge for hedge in found if any(term in said for term in hedge.governs)), None)
        if hedge is None and match is best and not hedged_itself:
            hedge = next(iter(found), None)
        if hedge is not None and hedged is None:
            hedged = (match, hedge)
    if hedged is None:
        return None
    match, hedge = hedged
    reason = f"The summary says “{will[0]}”; source {match.passage.source} says “{hedge.text.strip()}”."
    return _draft(will.start(), will.end(), reason, match, hedge.start, hedge.end)


def _will_be(text: str, will: re.Match[str], match: Match) -> bool:
    """Whether a passage says "will" of what the sentence says it of; "a panel will decide" is no word on "insurers will pay"."""
    theirs = says_will(match.passage.text)
    if theirs is None:
        return False
    ours = terms(text[will.end() : will.end() + _REACH])[:_GOVERNED]
    after = match.passage.text[theirs.end() : theirs.end() + _REACH]
    return not frozenset(ours).isdisjoint(terms(after)[:_GOVERNED])


def _verb(text: str, hedge: Hedge) -> tuple[int, int]:
    """Where the sentence has the word that the source hedges; all of it where that is not plain."""
    position = 0
    for word in text.split():
        position = text.index(word, position)
        if hedge.governs and hedge.governs[0] in terms(word):
            return position, position + len(word)
        position += len(word)
    return 0, len(text)


def _draft(start: int, end: int, reason: str, match: Match, found: int, found_end: int) -> Draft:
    passage = match.passage
    place = (passage.start + found, passage.start + found_end)
    return Draft(FindingKind.CERTAINTY, Strength.WEAK, RULE, start, end, reason, passage.source, place, match)
