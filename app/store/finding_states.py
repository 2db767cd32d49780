"""What becomes of findings: people decide on them, and new revisions take them away."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.curation import Action, Subject
from app.domain.findings import FindingState
from app.store.schema import Check, Evidence, Finding, RetiredFinding, Story
from app.store.schema import Decision as DecisionRow
from app.store.set_aside import reconsider

_CHUNK = 500
_GONE = select(DecisionRow.subject_id, DecisionRow.details).where(
    DecisionRow.subject == Subject.FINDING,
    DecisionRow.subject_id.not_in(select(Finding.public_id)),
    DecisionRow.subject_id.not_in(select(RetiredFinding.public_id)),
)

#: What a finding is after each decision on it.
STATES = {
    Action.CONFIRM: FindingState.CONFIRMED,
    Action.DISMISS: FindingState.DISMISSED,
    Action.CORRECT: FindingState.CORRECTED,
    Action.REOPEN: FindingState.OPEN,
}


def remove_checks(connection: Connection, story_ids: Sequence[int]) -> None:
    """Take away verdicts, passages and findings of these stories."""
    of_stories = select(Check.sentence_id).where(Check.story_id.in_(story_ids))
    connection.execute(delete(Evidence).where(Evidence.sentence_id.in_(of_stories)))
    connection.execute(delete(Finding).where(Finding.story_id.in_(story_ids)))
    connection.execute(delete(Check).where(Check.story_id.in_(story_ids)))


def settle(connection: Connection, story_ids: Sequence[int] | None = None) -> None:
    """Give the findings of these stories (``None``: of all) the state that earlier decisions on them come to.

    Needed wherever findings or decisions were stored by other means than :func:`decide`.
    """
    decided = (
        select(DecisionRow.subject_id, DecisionRow.action, Finding.story_id)
        .join(Finding, Finding.public_id == DecisionRow.subject_id)
        .where(DecisionRow.subject == Subject.FINDING)
        .order_by(DecisionRow.id)
    )
    if story_ids is not None:
        decided = decided.where(Finding.story_id.in_(story_ids))
    rows = connection.execute(decided).all()
    latest = {public_id: STATES[Action(action)] for public_id, action, _ in rows}
    by_state: defaultdict[FindingState, list[str]] = defaultdict(list)
    for public_id, state in latest.items():
        by_state[state].append(public_id)
    for state, public_ids in by_state.items():
        for start in range(0, len(public_ids), _CHUNK):
            chunk = public_ids[start : start + _CHUNK]
            connection.execute(update(Finding).where(Finding.public_id.in_(chunk)).values(state=state.value))
    _remember(connection, story_ids)
    concerned = sorted({story_id for *_, story_id in rows})
    for start in range(0, len(concerned), _CHUNK):
        reconsider(connection, concerned[start : start + _CHUNK])


def _remember(connection: Connection, story_ids: Sequence[int] | None) -> None:
    """Keep the addresses of findings that were decided on in another store and were gone there already."""
    gone = {public_id: json.loads(details).get("story") for public_id, details in connection.execute(_GONE)}
    if not gone:
        return
    query = select(Story.public_id, Story.id).where(Story.public_id.in_({story for story in gone.values() if story}))
    ids = {story: row_id for story, row_id in connection.execute(query) if story_ids is None or row_id in story_ids}
    rows = [{"public_id": public_id, "story_id": ids[story]} for public_id, story in gone.items() if story in ids]
    if rows:
        connection.execute(insert(RetiredFinding), rows)
