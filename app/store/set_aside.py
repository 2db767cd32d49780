"""Verdicts whose findings people dismissed: readers meet them neither at the sentence nor in any count.

A verdict that is none of "supported" rests on findings. When all on which it rests are dismissed, the sentence counts as not
checked, with a reason that says why; when one of them is reopened, it has its verdict again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from app.domain.findings import FindingKind, FindingState, Strength, Verdict
from app.store import facet_counts, rollups
from app.store.buffer import table_of
from app.store.schema import Check, Finding

#: Why a sentence counts as not checked.
REASON = "A curator set aside what was found."

#: What a verdict rests on, the gravest first (see ``app.analysis.check.verdicts``).
_RESTS_ON: Sequence[tuple[Verdict, frozenset[FindingKind]]] = (
    (Verdict.DIFFERS, frozenset((FindingKind.VALUE, FindingKind.NAME, FindingKind.DATE, FindingKind.QUOTE))),
    (Verdict.UNSUPPORTED, frozenset((FindingKind.UNSUPPORTED,))),
    (Verdict.MISATTRIBUTED, frozenset((FindingKind.ELSEWHERE,))),
    (Verdict.UNCITED, frozenset((FindingKind.UNCITED,))),
)


class _Found(NamedTuple):
    story_id: int
    kind: str
    strength: str
    state: str


def reconsider(connection: Connection, story_ids: Sequence[int]) -> None:
    """Set aside or give back the verdicts on sentences of these stories, and bring what is counted by verdict in step.

    The counts must be in step with the stored verdicts before.
    """
    changes = list(_changes(connection, story_ids))
    if not changes:
        return
    concerned = sorted({story_id for story_id, _ in changes})
    counts = rollups.Counts()
    for contribution in rollups.contributions(connection, concerned):
        counts.count(contribution, -1)
    facet_counts.add(connection, concerned, -1)
    table = table_of(Check)
    connection.execute(
        update(table).where(table.c.sentence_id == bindparam("key")).values(verdict=bindparam("new"), reason=bindparam("why")),
        [values for _, values in changes],
    )
    for contribution in rollups.contributions(connection, concerned):
        counts.count(contribution)
    rollups.apply(connection, counts)
    facet_counts.add(connection, concerned)


def _changes(connection: Connection, story_ids: Sequence[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    """What becomes of which sentence, with its story."""
    dismissed = select(Finding.sentence_id).where(Finding.story_id.in_(story_ids), Finding.state == FindingState.DISMISSED.value)
    set_aside = select(Check.sentence_id).where(Check.story_id.in_(story_ids), Check.reason == REASON)
    rows = connection.execute(
        select(
            Check.sentence_id,
            Check.verdict,
            Check.reason,
            Finding.story_id,
            Finding.kind,
            Finding.strength,
            Finding.state,
        )
        .join(Finding, Finding.sentence_id == Check.sentence_id)
        .where(Check.sentence_id.in_(dismissed) | Check.sentence_id.in_(set_aside))
        .order_by(Check.sentence_id)
    )
    verdicts: dict[int, tuple[str, bool]] = {}
    found: defaultdict[int, list[_Found]] = defaultdict(list)
    for sentence_id, verdict, reason, story_id, kind, strength, state in rows:
        verdicts[sentence_id] = (verdict, reason == REASON)
        found[sentence_id].append(_Found(story_id, kind, strength, state))
    for sentence_id, findings in found.items():
        resting = {verdict: _bearing(findings, verdict, kinds) for verdict, kinds in _RESTS_ON}
        gravest = next((verdict for verdict, bearing in resting.items() if bearing), None)
        if gravest is None:
            continue
        stored, is_set_aside = verdicts[sentence_id]
        aside = all(finding.state == FindingState.DISMISSED for finding in resting[gravest])
        if aside and not is_set_aside and stored == gravest:
            yield findings[0].story_id, {"key": sentence_id, "new": Verdict.UNCHECKED.value, "why": REASON}
        elif is_set_aside and not aside:
            yield findings[0].story_id, {"key": sentence_id, "new": gravest.value, "why": None}


def _bearing(findings: Iterable[_Found], verdict: Verdict, kinds: frozenset[FindingKind]) -> list[_Found]:
    """The findings on which a verdict rests; only a strong difference makes one."""
    return [
        finding
        for finding in findings
        if finding.kind in kinds and (verdict is not Verdict.DIFFERS or finding.strength == Strength.STRONG)
    ]
