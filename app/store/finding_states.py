"""What becomes of findings: people decide on them, and new revisions take them away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.curation import Action, Decision, Subject
from app.domain.findings import FindingState
from app.store.curation import decisions_among, record
from app.store.generation import bump
from app.store.schema import Check, Evidence, Finding, RetiredFinding, Story
from app.store.schema import Decision as DecisionRow
from app.store.set_aside import reconsider

_CHUNK = 500
_RETIRED = select(RetiredFinding.public_id).join(Story, Story.id == RetiredFinding.story_id)

#: What a finding is after each decision on it.
STATES = {
    Action.CONFIRM: FindingState.CONFIRMED,
    Action.DISMISS: FindingState.DISMISSED,
    Action.CORRECT: FindingState.CORRECTED,
    Action.REOPEN: FindingState.OPEN,
}


def decide(connection: Connection, decision: Decision) -> bool:
    """Record a decision on a finding and give the finding its state; ``False``, and nothing done, where there is no such finding.

    Raises:
        ValueError: the decision is none that can be made on a finding.
    """
    if decision.subject is not Subject.FINDING or decision.action not in STATES:
        raise ValueError(f"{decision.action} is no decision on a finding")
    story_id = connection.execute(select(Finding.story_id).where(Finding.public_id == decision.subject_id)).scalar_one_or_none()
    if story_id is None:
        return False
    state = STATES[decision.action].value
    connection.execute(update(Finding).where(Finding.public_id == decision.subject_id).values(state=state))
    reconsider(connection, [story_id])
    record(connection, [decision])
    bump(connection)
    return True


def corrections(connection: Connection, story_public_id: str) -> list[Decision]:
    """Decisions that findings of a story were corrected, where the finding is gone since, as it should: the earliest first."""
    last: dict[str, Decision] = {}
    for decision in decisions_among(connection, Subject.FINDING, _RETIRED.where(Story.public_id == story_public_id)):
        last[decision.subject_id] = decision
    return [decision for decision in last.values() if decision.action is Action.CORRECT]


def remove_checks(connection: Connection, story_ids: Sequence[int]) -> None:
    """Take away verdicts, passages and findings of these stories; that the findings were there is kept."""
    of_stories = select(Check.sentence_id).where(Check.story_id.in_(story_ids))
    found = select(Finding.public_id, Finding.story_id).where(Finding.story_id.in_(story_ids))
    connection.execute(insert(RetiredFinding).from_select(["public_id", "story_id"], found))
    connection.execute(delete(Evidence).where(Evidence.sentence_id.in_(of_stories)))
    connection.execute(delete(Finding).where(Finding.story_id.in_(story_ids)))
    connection.execute(delete(Check).where(Check.story_id.in_(story_ids)))


def settle(connection: Connection, story_ids: Sequence[int] | None = None) -> None:
    """Give the findings of these stories (``None``: of all) the state that earlier decisions on them come to.

    Needed wherever findings or decisions were stored by other means than :func:`decide`.
    """
    found = select(Finding.public_id)
    decided = (
        select(DecisionRow.subject_id, DecisionRow.action, Finding.story_id)
        .join(Finding, Finding.public_id == DecisionRow.subject_id)
        .where(DecisionRow.subject == Subject.FINDING)
        .order_by(DecisionRow.id)
    )
    if story_ids is not None:
        found = found.where(Finding.story_id.in_(story_ids))
        decided = decided.where(Finding.story_id.in_(story_ids))
    connection.execute(delete(RetiredFinding).where(RetiredFinding.public_id.in_(found)))
    rows = connection.execute(decided).all()
    latest = {public_id: STATES[Action(action)] for public_id, action, _ in rows}
    by_state: defaultdict[FindingState, list[str]] = defaultdict(list)
    for public_id, state in latest.items():
        by_state[state].append(public_id)
    for state, public_ids in by_state.items():
        for start in range(0, len(public_ids), _CHUNK):
            chunk = public_ids[start : start + _CHUNK]
            connection.execute(update(Finding).where(Finding.public_id.in_(chunk)).values(state=state.value))
    concerned = sorted({story_id for *_, story_id in rows})
    for start in range(0, len(concerned), _CHUNK):
        reconsider(connection, concerned[start : start + _CHUNK])
