"""Stories that were withdrawn: kept with all their documents and revisions, shown nowhere.

A withdrawal is a decision of a person (:mod:`app.domain.curation`), so that importing the document again does not bring
the story back. What was derived from the story is taken away; after it is restored its analysis is worked out anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from app.domain.curation import Action, Decision, Subject
from app.store import rollups
from app.store.curation import record
from app.store.derived import remove_derived
from app.store.generation import bump
from app.store.schema import Decision as DecisionRow
from app.store.schema import Story, Withdrawal


class WithdrawnStory(NamedTuple):
    """A story that was withdrawn, when and why."""

    public_id: str
    title: str
    withdrawn_at: datetime
    note: str | None


def shown() -> ColumnElement[bool]:
    """The condition that a story is not withdrawn."""
    return Story.id.not_in(select(Withdrawal.story_id))


def withdraw(connection: Connection, decision: Decision) -> bool:
    """Withdraw a story; ``False``, and nothing done, where no story with this id is shown.

    Raises:
        ValueError: the decision is not the withdrawal of a story.
    """
    _require(decision, Action.WITHDRAW)
    story_id = connection.execute(select(Story.id).where(Story.public_id == decision.subject_id, shown())).scalar_one_or_none()
    if story_id is None:
        return False
    record(connection, [decision])
    _take_away(connection, [(story_id, decision.note, decision.decided_at)])
    bump(connection)
    return True


def restore(connection: Connection, decision: Decision) -> bool:
    """Show a withdrawn story again; ``False``, and nothing done, where none with this id is withdrawn.

    It is marked as not analysed: until the analysis is worked out again it has a page, but is in no timeline and no search.

    Raises:
        ValueError: the decision is not the restoration of a story.
    """
    _require(decision, Action.RESTORE)
    if not _show_again(connection, Story.public_id == decision.subject_id):
        return False
    record(connection, [decision])
    bump(connection)
    return True


def withdrawal(connection: Connection, public_id: str) -> WithdrawnStory | None:
    """The withdrawal of a story; ``None`` where no story with this id is withdrawn."""
    row = connection.execute(_WITHDRAWN.where(Story.public_id == public_id)).one_or_none()
    return _withdrawn(*row) if row else None


def withdrawals(connection: Connection) -> tuple[WithdrawnStory, ...]:
    """All withdrawn stories, the latest first."""
    rows = connection.execute(_WITHDRAWN.order_by(Withdrawal.withdrawn_at.desc(), Story.id.desc()))
    return tuple(_withdrawn(*row) for row in rows)


def settle(connection: Connection, story_ids: Sequence[int]) -> None:
    """Withdraw again those of these stories on which the last decision says so, and show those again on which it says that.

    Needed wherever stories, what is derived from them, or decisions on them were stored.
    """
    decided = (
        select(Story.id, DecisionRow.action, DecisionRow.note, DecisionRow.decided_at)
        .join(Story, Story.public_id == DecisionRow.subject_id)
        .where(DecisionRow.subject == Subject.STORY)
        .order_by(DecisionRow.id)
    )
    latest = {story_id: (action, note, at) for story_id, action, note, at in connection.execute(decided)}
    of_these = set(story_ids)
    again = [
        (story_id, note, at)
        for story_id, (action, note, at) in latest.items()
        if story_id in of_these and action == Action.WITHDRAW
    ]
    if again:
        _take_away(connection, again)
    for story_id, (action, _, _) in latest.items():
        if story_id in of_these and action == Action.RESTORE:
            _show_again(connection, Story.id == story_id)


_WITHDRAWN = select(Story.public_id, Story.title, Withdrawal.withdrawn_at, Withdrawal.note).join(
    Withdrawal, Withdrawal.story_id == Story.id
)


def _withdrawn(public_id: str, title: str, at: datetime, note: str | None) -> WithdrawnStory:
    return WithdrawnStory(public_id, title, at if at.tzinfo else at.replace(tzinfo=UTC), note)


def _show_again(connection: Connection, condition: ColumnElement[bool]) -> bool:
    """Take back the withdrawal of a story, which is then to be analysed anew; whether it was withdrawn."""
    story_id = connection.execute(select(Story.id).where(condition)).scalar_one_or_none()
    if not connection.execute(delete(Withdrawal).where(Withdrawal.story_id == story_id)).rowcount:
        return False
    connection.execute(update(Story).where(Story.id == story_id).values(analysis_version=""))
    return True


def _take_away(connection: Connection, stories: Sequence[tuple[int, str | None, datetime]]) -> None:
    story_ids = [story_id for story_id, _, _ in stories]
    removed = rollups.contributions(connection, story_ids)
    remove_derived(connection, removed)
    rollups.apply(connection, rollups.Counts(removed))
    connection.execute(delete(Withdrawal).where(Withdrawal.story_id.in_(story_ids)))
    connection.execute(
        insert(Withdrawal), [{"story_id": story_id, "note": note, "withdrawn_at": at} for story_id, note, at in stories]
    )


def _require(decision: Decision, action: Action) -> None:
    if decision.subject is not Subject.STORY or decision.action is not action:
        raise ValueError(f"{decision.action} of {decision.subject} is not to {action} a story")
