"""Decisions on findings: made, and read for those that are gone from their stories since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from app.domain.curation import Action, Decision, Subject
from app.store.curation import decisions_among, decisions_on, record
from app.store.finding_states import STATES
from app.store.findings import FindingFilter, about_stories, finding
from app.store.generation import bump
from app.store.schema import Decision as DecisionRow
from app.store.schema import Finding, RetiredFinding, Story
from app.store.set_aside import reconsider

_RETIRED = select(RetiredFinding.public_id).join(Story, Story.id == RetiredFinding.story_id)
_RETIRED_FROM = select(Story.public_id).join(RetiredFinding, Story.id == RetiredFinding.story_id)
#: What can be decided on a finding that is gone.
OF_GONE = (Action.CORRECT, Action.REOPEN)


class Mended(NamedTuple):
    """A finding that was marked as corrected and has gone from its story since."""

    decision: Decision
    """The last one. Its details say what the finding was, as far as anybody decided on it while it was there."""
    story_public_id: str
    story_slug: str
    story_title: str
    sort_date: date | None
    """The story's."""
    category_id: int | None
    """The story's."""


def decide(connection: Connection, decision: Decision) -> bool:
    """Record a decision on a finding and give the finding its state; ``False``, and nothing done, where there is no such finding.

    What the finding says is recorded with it. One that is gone since, as a mended document leaves it, may still be marked as
    corrected, and that be taken back.

    Raises:
        ValueError: the decision is none that can be made on a finding.
    """
    if decision.subject is not Subject.FINDING or decision.action not in STATES:
        raise ValueError(f"{decision.action} is no decision on a finding")
    public_id = decision.subject_id
    story_id = connection.execute(select(Finding.story_id).where(Finding.public_id == public_id)).scalar_one_or_none()
    if story_id is None:
        story = connection.scalar(_RETIRED_FROM.where(RetiredFinding.public_id == public_id))
        if story is None or decision.action not in OF_GONE:
            return False
        made = decisions_on(connection, Subject.FINDING, [public_id]).get(public_id, [])
        details = made[-1].details if made else {"story": story}
    else:
        connection.execute(update(Finding).where(Finding.public_id == public_id).values(state=STATES[decision.action].value))
        reconsider(connection, [story_id])
        details = _said(connection, public_id)
    record(connection, [replace(decision, details=details)])
    bump(connection)
    return True


def _said(connection: Connection, public_id: str) -> Mapping[str, Any]:
    """What a finding says, for whoever reads the record when it is gone."""
    row = finding(connection, public_id)
    assert row is not None, "it was found in the same transaction"
    return {
        "story": row.story_public_id,
        "kind": row.kind.value,
        "strength": row.strength.value,
        "sentence": row.sentence,
        "text": row.sentence[row.start : row.end],
        "source": row.source_number,
        "reason": row.reason,
    }


def corrections(connection: Connection, story_public_id: str) -> list[Decision]:
    """Decisions that findings of a story were corrected, where the finding is gone since, as it should: the earliest first."""
    last: dict[str, Decision] = {}
    for decision in decisions_among(connection, Subject.FINDING, _RETIRED.where(Story.public_id == story_public_id)):
        last[decision.subject_id] = decision
    return [decision for decision in last.values() if decision.action is Action.CORRECT]


def mended(connection: Connection, filters: FindingFilter) -> list[Mended]:
    """The findings under a filter (its states aside) that were marked as corrected and are gone since: the last decided first."""
    if filters.outlet_ids:  # nobody knows any more whose source it was
        return []
    conditions = about_stories(filters, Story.id, Story.category_id, Story.sort_date)
    query = (
        select(RetiredFinding.public_id, Story.public_id, Story.slug, Story.title, Story.sort_date, Story.category_id)
        .join(Story, Story.id == RetiredFinding.story_id)
        .join(DecisionRow, DecisionRow.subject_id == RetiredFinding.public_id)
        .where(DecisionRow.subject == Subject.FINDING, DecisionRow.action == Action.CORRECT, *conditions)
        .distinct()
    )
    stories = {row[0]: row[1:] for row in connection.execute(query)}
    last = [made[-1] for made in decisions_on(connection, Subject.FINDING, stories).values()]
    found = [
        Mended(decision, *stories[decision.subject_id])
        for decision in last
        if decision.action is Action.CORRECT
        and (not filters.kinds or decision.details.get("kind") in filters.kinds)
        and (not filters.strengths or decision.details.get("strength") in filters.strengths)
    ]
    return sorted(found, key=lambda one: (one.decision.decided_at, one.decision.subject_id), reverse=True)
