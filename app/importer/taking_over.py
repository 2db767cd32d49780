"""What people decided in another store, recorded here with all that follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from app.analysis.gazetteer import Gazetteer
from app.domain.curation import Decision, Subject
from app.importer.curating import bring_in_step
from app.importer.gazetteers import SUBJECTS, curated_gazetteer
from app.store import finding_states, withdrawals
from app.store.curation import decisions_on, record
from app.store.generation import bump
from app.store.revisions import stories_of_findings, stories_with


def take_over(connection: Connection, delivered: Gazetteer, made: Sequence[Decision]) -> list[Decision]:
    """Record those of these decisions that are :func:`new`, and bring what the store has in step; returns them."""
    taken = new(connection, made)
    if not taken:
        return taken
    before = curated_gazetteer(connection, delivered)
    record(connection, taken)
    if any(decision.subject in SUBJECTS for decision in taken):
        bring_in_step(connection, before, curated_gazetteer(connection, delivered))
    found = [decision.subject_id for decision in taken if decision.subject is Subject.FINDING]
    finding_states.settle(connection, stories_of_findings(connection, found))
    stories = [decision.subject_id for decision in taken if decision.subject is Subject.STORY]
    withdrawals.settle(connection, stories_with(connection, stories))
    bump(connection)
    return taken


def new(connection: Connection, made: Sequence[Decision]) -> list[Decision]:
    """Those of these decisions that this store has not got, in order.

    One that is older than what was decided on the same thing here is not among them: the later decision counts.
    """
    recorded: dict[tuple[Subject, str], list[Decision]] = defaultdict(list)
    for subject in Subject:
        named = {decision.subject_id for decision in made if decision.subject is subject}
        for subject_id, decisions in decisions_on(connection, subject, named).items():
            recorded[subject, subject_id] = decisions
    found: list[Decision] = []
    for decision in made:
        before = recorded[decision.subject, decision.subject_id]
        if decision not in before and all(other.decided_at <= decision.decided_at for other in before):
            before.append(decision)
            found.append(decision)
    return found
