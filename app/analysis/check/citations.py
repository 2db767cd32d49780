"""The rules for citations: whether what a sentence says is in the sources that it cites, in others, or in none."""

from __future__ import annotations

from collections.abc import Iterator

from app.analysis.check.claims import Claim, Draft
from app.analysis.evidence import SUPPORTED, Cover, Match
from app.domain.findings import FindingKind, Strength

RULE = "citation"
VERSION = 4

#: How much more of a sentence the other sources must have for its citation not to cover it.
_GAIN = 0.18
#: Passages of the cited source with less than this do not carry a sentence that another source has much more of.
_HARDLY = 0.62
_FOUND = 0.6
_MUCH_MORE = 0.2
#: Of a sentence that no source supports, another source has at least so much, and so many times what the cited ones have.
_SOME = 0.15
_TIMES = 1.3


def citations(claim: Claim, *, expected: bool) -> Iterator[Draft]:
    """What there is to say of a sentence's citations; ``expected``: whether the document cites at all, and in this part."""
    if not claim.is_supported:
        if claim.whole.score < SUPPORTED and not claim.whole.matches:
            reason = "No source has anything of this sentence."
            yield Draft(FindingKind.UNSUPPORTED, Strength.WEAK, RULE, 0, len(claim.text), reason)
        else:
            best = claim.elsewhere[0] if claim.elsewhere else None
            reason = "No source has enough of this sentence to support it."
            yield Draft(FindingKind.UNSUPPORTED, Strength.WEAK, RULE, 0, len(claim.text), reason, _number(best), None, best)
        if further := _rather(claim):
            yield _in_part(claim, further)
        return
    if claim.cited:
        other = misplaced(claim)
        if other:
            number = other.passage.source
            reason = f"This is in source {number}, not in {_listed(claim.cited)}, which the sentence cites."
            yield Draft(FindingKind.ELSEWHERE, Strength.WEAK, RULE, 0, len(claim.text), reason, number, None, other)
        elif further := _uncovered(claim):
            yield _in_part(claim, further)
    elif expected and not claim.inherited and claim.elsewhere:
        best = claim.elsewhere[0]
        reason = f"The sentence cites no source; source {best.passage.source} has this."
        yield Draft(FindingKind.UNCITED, Strength.WEAK, RULE, 0, len(claim.text), reason, best.passage.source, None, best)


def misplaced(claim: Claim) -> Match | None:
    """The best passage of a source that a sentence does not cite and that has what the cited ones lack."""
    own = claim.own.score
    if not claim.cites_some or own >= _HARDLY:
        return None
    cover = claim.query.cover(sources=[number for number in claim.sources.by_number if number not in claim.cited])
    if cover.score >= max(_FOUND, own + _MUCH_MORE):
        return max(cover.matches, key=lambda match: match.score)
    return None


def _rather(claim: Claim) -> Match | None:
    """The best passage of another source that has clearly more of a sentence than the cited ones, of which they have little."""
    if not claim.cites_some:
        return None
    least = max(_SOME, _TIMES * _carries(claim.own))
    # All sources have no more of a sentence than the terms that any of them has.
    if claim.query.known < least:
        return None
    cover = claim.query.cover(sources=[number for number in claim.sources.by_number if number not in claim.cited])
    return cover.matches[0] if _carries(cover) >= least else None


def _carries(cover: Cover) -> float:
    """How much of a sentence passages have together and in one: a few words of it may be scattered over any source."""
    return (cover.score + cover.matches[0].score) / 2 if cover.matches else 0.0


def _in_part(claim: Claim, further: Match) -> Draft:
    number = further.passage.source
    reason = f"Part of this is only in source {number}, which the sentence does not cite."
    return Draft(FindingKind.COVERAGE, Strength.WEAK, RULE, 0, len(claim.text), reason, number, None, further)


def _uncovered(claim: Claim) -> Match | None:
    """The best passage of another source that has a good part of what the cited ones lack."""
    own = claim.own.score
    # All sources have no more of a sentence than the terms that any of them has.
    if not claim.cites_some or claim.query.known - own < _GAIN or claim.whole.score - own < _GAIN:
        return None
    others = [match for match in claim.whole.matches if match.passage.source not in claim.cited]
    return max(others, key=lambda match: match.score, default=None)


def _number(match: Match | None) -> int | None:
    return match.passage.source if match else None


def _listed(numbers: tuple[int, ...]) -> str:
    return " or ".join(str(number) for number in numbers)
