"""What a sentence says "will" be, beside how sure the passages are of it: clause by clause, and with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from app.analysis.certainty import Certainty, Hedge, clause, faint_hedges, foretells, hedges, is_over, wills
from app.analysis.check.claims import MUCH_MORE, Claim
from app.analysis.evidence import Match
from app.analysis.evidence.terms import terms

_CARRIES_CLAUSE = 0.3
#: What "will" is said of stands among so many terms after it, within so many characters.
_GOVERNED = 3
_REACH = 60
#: Before a clause that tells what is not known: "has not said when it will be ready".
_ASKS = re.compile(r"\b(?:whether|how|if|(?<!, )(?:when|where)) ?$")
#: So many terms of a clause tell that it is about the same.
_SOME_OF_CLAUSE = 2
#: What tells that a hedge is of what stands before it: "a strike is expected", "100 million are conceivable by 2030".
_IS = re.compile(r"\b(?:is|are|was|were|be|been|seems?|remains?)\s(?:\w+\s)?$")
_THAT = re.compile(r"(?:\s(?:is|was))?\sthat")
_GOES_ON = re.compile(r"\sto\b")
#: Before a "would" that is somebody's "will", as others tell it.
_REPORTS = re.compile(r"\b(?:said|announced|promised|decided|confirmed|wrote|told|added|declared|vowed)\b[^,.;:]{0,60}\s$")
_WOULD = re.compile(r"\bwould\b")
#: What is as good as a "will".
_AS_GOOD = re.compile(r"\b(?:must|(?:is|are|was|were|has|have|had|agreed|decided|promised|pledged|vowed|committed|bound)\sto)\b")
#: Hedges that need no word of the sentence to be of what it tells, right before or after it.
_PLAINLY = re.compile(r"(?:^(?:may|might|could)|\bout)$", re.IGNORECASE)


class Doubt(NamedTuple):
    """A passage that is less sure than a sentence; ``hedge`` is ``None`` where it does not tell of the future at all."""

    match: Match
    hedge: Hedge | None


class _Said(NamedTuple):
    """The terms of a sentence, those of the clause with its "will", and how certain it is of that."""

    all: Collection[str]
    clause: Collection[str]
    certainty: Certainty


def doubt(claim: Claim, will: re.Match[str]) -> Doubt | None:
    """The passage that makes less certain what a sentence says "will" be, if none is as sure of it."""
    start, end = clause(claim.text, *will.span())
    said = _Said(terms(claim.text), terms(claim.text[start:end]), _certainty_of(claim.text, will))
    carrying, chief = _beside(claim, start, end)
    if not carrying or any(_will_be(claim.text, will, match, said.certainty) for match in carrying):
        return None
    for match in carrying:
        found = [*_less_certain(claim, match.index, said.certainty)]
        text = match.passage.text
        hedge = next((hedge for hedge in found if _is_of(text, hedge, said.all, said.clause)), None)
        if hedge is None and match.index in chief and said.certainty is Certainty.DECIDED:
            hedge = next(iter(found), None)
        if hedge is not None:
            return Doubt(match, hedge)
    return _around(claim, will, said, chief)


def _beside(claim: Claim, start: int, end: int) -> tuple[list[Match], list[int]]:
    """The passages with most of a sentence or of its clause from ``start`` to ``end``, and the places of the best for either."""
    best = max(claim.aligned, key=lambda match: match.score, default=None)
    carrying = {match.index: match for match in claim.aligned if best and match.score * MUCH_MORE >= best.score}
    chief = {best.index: best} if best else {}
    found = {match.index: match for match in _of(claim, start, end) if match.score >= _CARRIES_CLAUSE}
    return [*(found | carrying).values()], [*(chief | found)]


def of_clause(claim: Claim, will: re.Match[str]) -> list[Match]:
    """The passage with most of the clause of a "will", none where the clause is all of the sentence."""
    return _of(claim, *clause(claim.text, *will.span()))


def _of(claim: Claim, start: int, end: int) -> list[Match]:
    if end - start >= len(claim.text) - 1:
        return []
    return claim.sources.passages.best(claim.text[start:end], 1, claim.cited or None)


def _around(claim: Claim, will: re.Match[str], said: _Said, chief: Iterable[int]) -> Doubt | None:
    """What the sentences right before and after the chief passages make less certain, which hedge nothing themselves."""
    if said.certainty is not Certainty.DECIDED:
        return None
    every = claim.sources.passages.all
    near = dict.fromkeys(place for index in chief for place in claim.sources.near(index, 1, 1))
    matches = [Match(every[place], place, 0.0) for place in near]
    if any(_will_be(claim.text, will, match, said.certainty) for match in matches):
        return None
    doubts = [(match, hedge) for match in matches for hedge in _less_certain(claim, match.index, said.certainty)]
    for match, hedge in doubts:
        if _is_of(match.passage.text, hedge, said.all, said.clause):
            return Doubt(match, hedge)
    for match, hedge in doubts:
        if _PLAINLY.search(hedge.text):
            return Doubt(match, hedge)
    if any(_foretells(claim, will, match) for match in matches):
        return None
    return next((Doubt(match, None) for match in matches if match.index in chief), None)


def _foretells(claim: Claim, will: re.Match[str], match: Match) -> bool:
    """Whether a passage tells of the future without a hedge, or in the present what the sentence says "will" be."""
    text = match.passage.text
    if foretells(text) or _reported(text):
        return True
    of_it = terms(claim.text[will.end() : will.end() + _REACH])[:1]
    if not is_over(text) and not claim.sources.passages.different[match.index].isdisjoint(of_it):
        return True
    published = claim.sources.by_number[match.passage.source].published
    return (
        not is_over(text)
        and published is not None
        and published.end is not None
        and any(
            phrase.interval is not None and phrase.interval.end is not None and phrase.interval.end > published.end
            for phrase in claim.sources.dates(match.index)
        )
    )


def _less_certain(claim: Claim, index: int, than: Certainty) -> Iterator[Hedge]:
    """The hedges of a passage that make it less certain than ``than``."""
    text = claim.sources.passages.all[index].text
    for hedge in (*claim.sources.hedges(index), *faint_hedges(text)):
        if hedge.certainty < than and not (hedge.text == "would" and _REPORTS.search(text, 0, hedge.start)):
            yield hedge


def _reported(text: str) -> list[re.Match[str]]:
    """Where a text says that somebody said that something "would" be: that is their "will"."""
    if "would" not in text:
        return []
    return [found for found in _WOULD.finditer(text) if _REPORTS.search(text, 0, found.start())]


def _certainty_of(text: str, will: re.Match[str]) -> Certainty:
    """How certain a sentence is of what it says "will" be: "expects that it will" is less than "will"."""
    start, end = clause(text, *will.span())
    if _ASKS.search(text, 0, start) or text.endswith("?"):
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
    of_it = frozenset(terms(text[will.end() : will.end() + _REACH])[:_GOVERNED])
    return any(
        not of_it.isdisjoint(terms(passage[theirs.end() : theirs.end() + _REACH])[:_GOVERNED])
        and _certainty_of(passage, theirs) >= ours
        for theirs in (*wills(passage), *_reported(passage), *_AS_GOOD.finditer(passage))
    )
