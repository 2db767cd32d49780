"""The rule for speakers: the source has a quotation word by word, and somebody else says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.analysis.check.claims import Claim, Draft
from app.analysis.check.names import RULE, is_near
from app.analysis.check.naming import NAME, Name, is_weighty, names_of_sentence, words_of
from app.analysis.quotes import FEWEST_WORDS, Quotation, find_quotations, holds, keys, pieces
from app.domain.findings import FindingKind, Strength

__all__ = ["speakers"]

_SAY = r"(?:said|says|told|tells|called|calls|wrote|writes|warned|warns|argued|argues|added|asked|explained|insisted|noted)"
_SAYS_AFTER = re.compile(rf"(?:, [^,“”\"]{{2,60}},)? {_SAY}\b")
_SAYS_BEFORE = re.compile(rf"\b{_SAY}(?: (?:[a-z]+ )?[A-Z][a-z]+)? $")


def speakers(claim: Claim) -> Iterator[Draft]:
    """The names of those whom a sentence has say what somebody else says in the passage with the quotation."""
    quotations = [item for item in find_quotations(claim.text) if sum(map(len, pieces(item.text))) >= FEWEST_WORDS]
    if not quotations:
        return
    told = names_of_sentence(claim)
    saying = [name for name in told if is_weighty(claim.text, name) and _says(claim.text, name, quotations)]
    for name in saying[:1]:
        if draft := _another(claim, name, told, quotations):
            yield draft


def _another(claim: Claim, name: Name, told: list[Name], quotations: list[Quotation]) -> Draft | None:
    """Who says one of the quotations in a passage that stands beside the sentence, if it is nobody whom the sentence names."""
    ours = words_of(told)
    for match in claim.aligned:
        passage = match.passage
        within = f" {' '.join(keys(passage.text))} "
        if not any(holds(within, pieces(item.text)) for item in quotations) or is_near(claim, name, [match]):
            continue
        theirs = find_quotations(passage.text)
        for found in NAME.finditer(passage.text):
            other = Name(found.start(), found.end(), found[0], None)
            if _says(passage.text, other, theirs) and is_weighty(passage.text, other) and ours.isdisjoint(words_of([other])):
                reason = f"The summary has {name.text} say this; in source {passage.source} it is {other.text}."
                place = (passage.start + other.start, passage.start + other.end)
                return Draft(FindingKind.NAME, Strength.WEAK, RULE, name.start, name.end, reason, passage.source, place, match)
    return None


def _says(text: str, name: Name, quotations: list[Quotation]) -> bool:
    """Whether a name outside of the quotations stands right before or after a verb of saying."""
    if any(quotation.start <= name.start < quotation.end for quotation in quotations):
        return False
    return bool(_SAYS_AFTER.match(text, name.end) or _SAYS_BEFORE.search(text, max(name.start - 60, 0), name.start))
