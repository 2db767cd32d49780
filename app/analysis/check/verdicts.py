"""From the findings on a sentence to one verdict."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.check.claims import Claim, Draft
from app.domain.findings import FindingKind, Strength, Verdict

#: What a source has otherwise, rather than not at all.
_DIFFERENCES = frozenset((FindingKind.VALUE, FindingKind.NAME, FindingKind.DATE, FindingKind.QUOTE))


def verdict_on(claim: Claim, drafts: Sequence[Draft]) -> Verdict:
    """The gravest of what the findings say: differs, then not in any source, in another one, without a citation."""
    kinds = {draft.kind for draft in drafts}
    if any(draft.kind in _DIFFERENCES and draft.strength is Strength.STRONG for draft in drafts):
        return Verdict.DIFFERS
    if not claim.is_supported:
        return Verdict.UNSUPPORTED
    if FindingKind.ELSEWHERE in kinds:
        return Verdict.MISATTRIBUTED
    if claim.part != "dek" and not claim.cited and not claim.inherited:
        return Verdict.UNCITED
    return Verdict.SUPPORTED
