"""The rule for certainty: what a source calls possible or expected, told as a fact; whose word it is, left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.analysis.certainty import Hedge, attributed, hedges, says_will, unnamed_attribution
from app.analysis.check.material import Claim, Draft
from app.analysis.evidence import Match
from app.analysis.evidence.terms import terms
from app.analysis.signs import Sign, signs
from app.domain.findings import FindingKind, Strength

RULE = "certainty"
VERSION = 3

#: A passage that has less of the sentence does not tell how certain it is.
_CARRIES = 0.45
#: … unless the sentence says "will" of what it hedges.
_FEWER = 0.25
#: What "will" is said of stands among so many terms after it, within so many characters.
_GOVERNED = 3
_REACH = 60


def certainty(claim: Claim) -> Iterator[Draft]:
    """Where a sentence is more certain than the passage that carries it: at most one finding of each sort."""
    least = _FEWER if says_will(claim.text) else _CARRIES
    carrying = [match for match in claim.aligned if match.score >= least]
    if not carrying:
        return
    raised = _raised(claim, carrying)
    if raised:
        yield raised
    else:
        best = carrying[0]
        words = unnamed_attribution(best.passage.text)
        # The sentence is shorter than the passage, and most of those with such a passage have a "said" themselves.
        if words and not attributed(claim.text):
            reason = (
                f"Source {best.passage.source} says this on the word of others (“{words[0]}”); the summary tells it as a fact."
            )
            yield _draft(0, len(claim.text), reason, best, words.start(), words.end())


def _raised(claim: Claim, carrying: list[Match]) -> Draft | None:
    will = says_will(claim.text)
    # One passage that hedges nothing is enough for a fact; most show it by their words, without a search.
    if will is None and not all(signs(match.passage.text) & Sign.HEDGE for match in carrying):
        return None
    if hedges(claim.text):
        return None
    said = terms(claim.text)
    hedged: tuple[Match, Hedge] | None = None
    for match in carrying:
        found = claim.sources.hedges(match.index)
        if not found:
            if will is None or _will_be(claim.text, will, match):
                return None
            continue
        for hedge in found:
            governed = hedge.governs[:1] and hedge.governs[0] in said
            if hedged is None and (governed or (will is not None and any(term in said for term in hedge.governs))):
                hedged = (match, hedge)
    if hedged is None:
        return None
    match, hedge = hedged
    start, end = (will.start(), will.end()) if will else _verb(claim.text, hedge)
    said_so = f"“{claim.text[start:end]}”" if will else "it as a fact"
    reason = f"The summary says {said_so}; source {match.passage.source} says “{hedge.text.strip()}”."
    return _draft(start, end, reason, match, hedge.start, hedge.end)


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
