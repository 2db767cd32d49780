"""The rule for certainty: what a source calls possible or expected, told as a fact; whose word it is, left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from app.analysis.certainty import Certainty, Hedge, attributed, clause, faint_hedges, hedges, unnamed_attribution, wills
from app.analysis.check.claims import MUCH_MORE, Claim, Draft
from app.analysis.evidence import Match
from app.analysis.evidence.terms import terms
from app.analysis.signs import Sign, signs
from app.domain.findings import FindingKind, Strength

RULE = "certainty"
VERSION = 5

#: A passage that has less of the sentence does not tell how certain it is.
_CARRIES = 0.45
_CARRIES_CLAUSE = 0.3
#: What "will" is said of stands among so many terms after it, within so many characters.
_GOVERNED = 3
_REACH = 60
#: Before a clause that tells what is not known: "has not said when it will be ready".
_ASKS = re.compile(r"\b(?:whether|when|where|how|if) ?$")
#: So many terms of a clause tell that it is about the same.
_SOME_OF_CLAUSE = 2
#: What tells that a hedge is of what stands before it: "a strike is expected", "100 million are conceivable by 2030".
_IS = re.compile(r"\b(?:is|are|was|were|be|been|seems?|remains?)\s(?:\w+\s)?$")
_THAT = re.compile(r"(?:\s(?:is|was))?\sthat")
_GOES_ON = re.compile(r"\sto\b")
#: Before a "would" that is somebody's "will", as others tell it.
_REPORTS = re.compile(r"\b(?:said|announced|promised|decided|confirmed|wrote|told|added|declared|vowed)\b[^,.;:]{0,60}\s$")


def certainty(claim: Claim) -> Iterator[Draft]:
    """Where a sentence is more certain than the passage that carries it: at most one finding of each sort."""
    told = wills(claim.text)
    carrying = [match for match in claim.aligned if match.score >= _CARRIES]
    raised = next(filter(None, (_will_not_be_sure(claim, will) for will in told)), None) if told else _raised(claim, carrying)
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
    """What the passages with most of a sentence make less certain than it does, which says "will" of it."""
    if not claim.aligned:
        return None
    best = max(claim.aligned, key=lambda match: match.score)
    ours = _certainty_of(claim.text, will)
    start, end = clause(claim.text, *will.span())
    said, said_of_it = terms(claim.text), terms(claim.text[start:end])
    carrying = {match.index: match for match in claim.aligned if match.score * MUCH_MORE >= best.score}
    chief = {best.index}
    if end - start < len(claim.text) - 1:
        of_clause = claim.sources.passages.best(claim.text[start:end], 1, claim.cited or None)
        of_clause = [match for match in of_clause if match.score >= _CARRIES_CLAUSE]
        carrying = {match.index: match for match in of_clause} | carrying
        chief.update(match.index for match in of_clause)
    hedged: tuple[Match, Hedge] | None = None
    for match in carrying.values():
        if _will_be(claim.text, will, match, ours):
            return None
        text = match.passage.text
        found = [
            hedge
            for hedge in (*claim.sources.hedges(match.index), *faint_hedges(text))
            if hedge.certainty < ours and not (hedge.text == "would" and _REPORTS.search(text, 0, hedge.start))
        ]
        hedge = next((hedge for hedge in found if _is_of(text, hedge, said, said_of_it)), None)
        if hedge is None and match.index in chief and ours is Certainty.DECIDED:
            hedge = next(iter(found), None)
        if hedge is not None and hedged is None:
            hedged = (match, hedge)
    if hedged is None:
        return None
    match, hedge = hedged
    reason = f"The summary says “{will[0]}”; source {match.passage.source} says “{hedge.text.strip()}”."
    return _draft(will.start(), will.end(), reason, match, hedge.start, hedge.end)


def _certainty_of(text: str, will: re.Match[str]) -> Certainty:
    """How certain a sentence is of what it says "will" be: "expects that it will" is less than "will"."""
    start, end = clause(text, *will.span())
    if _ASKS.search(text, 0, start):
        return Certainty.POSSIBLE
    found = [
        hedge.certainty
        for hedge in (*hedges(text), *faint_hedges(text))
        if start <= hedge.start < end
        or hedge.certainty is Certainty.CONDITIONAL
        or (hedge.end < start and _THAT.fullmatch(text, hedge.end, start))
    ]
    return min(found, default=Certainty.DECIDED)


def _is_of(text: str, hedge: Hedge, said: Collection[str], said_of_it: Collection[str]) -> bool:
    """Whether a passage hedges what a sentence says: after the hedge, before it, or on both sides of it."""
    if any(term in said for term in hedge.governs):
        return True
    start, end = clause(text, hedge.start, hedge.end)
    least = _SOME_OF_CLAUSE
    if that := _THAT.match(text, hedge.end):
        start, end, least = that.end(), clause(text, that.end(), that.end())[1], 1
    elif _IS.search(text, start, hedge.start) and not _GOES_ON.match(text, hedge.end):
        end, least = hedge.start, 1
    return len(frozenset(said_of_it).intersection(terms(text[start:end]))) >= least


def _will_be(text: str, will: re.Match[str], match: Match, ours: Certainty) -> bool:
    """Whether a passage says "will" of what the sentence says it of; "a panel will decide" is no word on "insurers will pay"."""
    passage = match.passage.text
    of_it = terms(text[will.end() : will.end() + _REACH])[:_GOVERNED]
    return any(
        not frozenset(of_it).isdisjoint(terms(passage[theirs.end() : theirs.end() + _REACH])[:_GOVERNED])
        and _certainty_of(passage, theirs) >= ours
        for theirs in wills(passage)
    )


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
