"""The rule for sources that disagree: one tells what the sentence says, another tells the same matter otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.analysis.check import dates, values
from app.analysis.check.claims import Claim, Draft
from app.analysis.check.times import agrees, explicit
from app.analysis.check.wording import context, shared
from app.analysis.evidence import Match
from app.analysis.measures import Measure, same
from app.domain.findings import FindingKind, Strength

RULE = "sources-disagree"
VERSION = 2

#: A passage with less of the sentence is about something else.
_CARRIES = 0.45
_SAME_THING = 0.5
_LEAST_SHARED = 3
_FROM_ANOTHER = re.compile(r"\b(?:earlier|later|before|after)\b")


def disagreements(claim: Claim) -> Iterator[Draft]:
    """Values and dates of a sentence that one source confirms and another, in a passage on the same matter, contradicts."""
    if len(claim.sources.by_number) < 2 or not (claim.quantities or dates.named_dates(claim)):
        return
    # Most sentences are in one source alone, which is quicker to see than what stands beside them.
    if len(claim.query.sources_with(_CARRIES)) < 2:
        return
    carrying = [match for match in claim.elsewhere if match.score >= _CARRIES]
    if len({match.passage.source for match in carrying}) < 2:
        return
    yield from _values(claim, carrying)
    yield from _dates(claim, carrying)


def _values(claim: Claim, carrying: list[Match]) -> Iterator[Draft]:
    for quantity in claim.quantities:
        if quantity.measure in (Measure.YEAR, Measure.VERSION):
            continue
        backing = {
            match.passage.source
            for match in carrying
            if any(same(quantity, other) for other in claim.sources.quantities(match.index))
        }
        others = [match for match in carrying if backing and match.passage.source not in backing]
        found = values.counterpart_of(claim, quantity, others)
        if found and found.closeness >= _SAME_THING:
            passage, other = found.match.passage, found.quantity
            reason = f"Source {min(backing)} says {quantity.text}; source {passage.source} says {other.text}."
            place = (passage.start + other.start, passage.start + other.end)
            yield Draft(
                FindingKind.SOURCES_DISAGREE,
                Strength.WEAK,
                RULE,
                quantity.start,
                quantity.end,
                reason,
                passage.source,
                place,
                found.match,
            )


def _dates(claim: Claim, carrying: list[Match]) -> Iterator[Draft]:
    if any(_FROM_ANOTHER.search(phrase.text) for phrase in claim.dates):
        # "Three months earlier, on 18 April": the date from which it counts is another by intention.
        return
    for phrase in dates.named_dates(claim):
        told = [(match, other) for match in carrying for other in claim.sources.dates(match.index) if explicit(other).names]
        backing = {match.passage.source for match, other in told if agrees(phrase, other)}
        about = context(claim.text, phrase.start, phrase.end)
        for match, other in told:
            if not backing or match.passage.source in backing or any(agrees(item, other) for item in claim.dates):
                continue
            count, share = shared(about, context(match.passage.text, other.start, other.end))
            if count >= _LEAST_SHARED and share >= _SAME_THING:
                passage = match.passage
                reason = f"Source {min(backing)} says {phrase.text}; source {passage.source} says {other.text}."
                place = (passage.start + other.start, passage.start + other.end)
                yield Draft(
                    FindingKind.SOURCES_DISAGREE,
                    Strength.WEAK,
                    RULE,
                    phrase.start,
                    phrase.end,
                    reason,
                    passage.source,
                    place,
                    match,
                )
                break
