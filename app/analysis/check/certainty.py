"""The rule for certainty: what a source calls possible or expected, told as a fact; whose word it is, left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.analysis.certainty import Hedge, attributed, governs_any, hedges, unnamed_attribution, wills
from app.analysis.check.claims import Claim, Draft
from app.analysis.check.prospects import doubt, of_clause
from app.analysis.evidence import Match
from app.analysis.evidence.terms import terms
from app.analysis.signs import Sign, signs
from app.domain.findings import FindingKind, Strength

RULE = "certainty"
VERSION = 6

#: A passage that has less of the sentence does not tell how certain it is.
_CARRIES = 0.45
#: What is told on the word of people whom nobody names must be less.
_CARRIES_SOME = 0.2


def certainty(claim: Claim) -> Iterator[Draft]:
    """Where a sentence is more certain than the passage that carries it: at most one finding of each sort."""
    told = wills(claim.text)
    carrying = [match for match in claim.aligned if match.score >= _CARRIES]
    raised = next(filter(None, (_unsure(claim, will) for will in told)), None) if told else _raised(claim, carrying)
    if raised or (raised := _on_the_word_of_others(claim, told)):
        yield raised


def _on_the_word_of_others(claim: Claim, told: Sequence[re.Match[str]]) -> Draft | None:
    """Whose word the passage that carries a sentence says it is, if the sentence says nothing of that."""
    beside = (*claim.aligned[:1], *of_clause(claim, told[0])) if told else claim.aligned[:1]
    for match in beside:
        words = unnamed_attribution(match.passage.text) if match.score >= _CARRIES_SOME else None
        # The sentence is shorter than the passage, and most of those with such a passage have a "said" themselves.
        if words and (words["nobody"] or match.score >= _CARRIES) and not attributed(claim.text):
            source = match.passage.source
            reason = f"Source {source} says this on the word of others (“{words[0]}”); the summary tells it as a fact."
            return _draft(0, len(claim.text), reason, match, words.start(), words.end())
    return None


def _raised(claim: Claim, carrying: list[Match]) -> Draft | None:
    """What a passage hedges and the sentence tells as a fact."""
    # One passage that hedges nothing is enough for a fact; most show it by their words, without a search.
    for match in carrying:
        if not signs(match.passage.text) & Sign.HEDGE:
            return None
    if not carrying or hedges(claim.text):
        return None
    said = terms(claim.text)
    hedged: tuple[Match, Hedge] | None = None
    for match in carrying:
        found = claim.sources.hedges(match.index)
        if not found:
            return None
        for hedge in found:
            if hedged is None and governs_any(hedge, said):
                hedged = (match, hedge)
    if hedged is None:
        return None
    match, hedge = hedged
    start, end = _verb(claim.text, hedge)
    reason = f"The summary says it as a fact; source {match.passage.source} says “{hedge.text.strip()}”."
    return _draft(start, end, reason, match, hedge.start, hedge.end)


def _unsure(claim: Claim, will: re.Match[str]) -> Draft | None:
    """What the passages make less certain than a sentence, which says "will" of it."""
    found = doubt(claim, will)
    if found is None:
        return None
    match, hedge = found
    if hedge is None:
        reason = f"The summary says “{will[0]}”; the passage of source {match.passage.source} does not."
        return Draft(FindingKind.CERTAINTY, Strength.WEAK, RULE, *will.span(), reason, match.passage.source, passage=match)
    reason = f"The summary says “{will[0]}”; source {match.passage.source} says “{hedge.text.strip()}”."
    return _draft(will.start(), will.end(), reason, match, hedge.start, hedge.end)


def _verb(text: str, hedge: Hedge) -> tuple[int, int]:
    """Where the sentence has the word that the source hedges; all of it where that is not plain."""
    position = 0
    for word in text.split():
        position = text.index(word, position)
        if governs_any(hedge, terms(word)):
            return position, position + len(word)
        position += len(word)
    return 0, len(text)


def _draft(start: int, end: int, reason: str, match: Match, found: int, found_end: int) -> Draft:
    passage = match.passage
    place = (passage.start + found, passage.start + found_end)
    return Draft(FindingKind.CERTAINTY, Strength.WEAK, RULE, start, end, reason, passage.source, place, match)
