"""The gazetteer as people left it: the delivered one, with all decisions on its entities and on proposed names applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.analysis.gazetteer import Gazetteer
from app.domain.curated import CuratedEntities, apply_decisions
from app.domain.curation import Decision, Subject
from app.store.curation import decisions, latest
from app.store.gazetteer import gazetteer_version, sync_gazetteer

#: What decisions are about that change the gazetteer.
SUBJECTS = (Subject.ENTITY, Subject.PROPOSAL)


@dataclass(frozen=True, slots=True)
class CuratedGazetteer:
    """A gazetteer with what people decided on it, as it stood at one moment."""

    gazetteer: Gazetteer
    curated: CuratedEntities
    decisions: tuple[Decision, ...]
    latest: int
    """The number of the last decision that it knows."""
    delivered_version: str
    """The fingerprint of the gazetteer before any decision: what the version of an analysis is made of. Decisions are not in it,
    because each is applied to all stories that it concerns when it is made (see ``app.importer.curating``)."""
    version: str
    """The fingerprint with all decisions."""

    def sync(self, connection: Connection, *, announce: bool = True) -> dict[str, int]:
        """Bring the store's entities and their old addresses in step; returns the row id of every slug."""
        return sync_gazetteer(connection, self.gazetteer.entities, self.version, self.curated.redirects, announce=announce)


def curated_gazetteer(connection: Connection, delivered: Gazetteer) -> CuratedGazetteer:
    """The gazetteer with the decisions that are recorded now."""
    made = tuple(decisions(connection, *SUBJECTS))
    curated = apply_decisions(delivered.entities, made)
    delivered_version = gazetteer_version(delivered.entities)
    return CuratedGazetteer(
        gazetteer=Gazetteer(curated.entities) if made else delivered,
        curated=curated,
        decisions=made,
        latest=latest_decision(connection),
        delivered_version=delivered_version,
        version=gazetteer_version(curated.entities, curated.redirects) if made else delivered_version,
    )


def latest_decision(connection: Connection) -> int:
    """The number of the last decision that changes the gazetteer."""
    return latest(connection, *SUBJECTS)


def with_decisions(delivered: Gazetteer, made: Sequence[Decision]) -> Gazetteer:
    """The gazetteer with these decisions."""
    return Gazetteer(apply_decisions(delivered.entities, made).entities) if made else delivered
