"""Analysing stored stories again: with a newer analysis or another gazetteer, without touching what was imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from app.analysis.gazetteer import Gazetteer
from app.analysis.stories import analyse
from app.importer.gazetteers import CuratedGazetteer, curated_gazetteer, latest_decision
from app.importer.workers import analysis_version, searched_names
from app.store.engine import Store
from app.store.gazetteer import drop_entities
from app.store.generation import bump
from app.store.revisions import count_other_analyses, other_analyses, unchanged
from app.store.writer import StoryWriter


class Reanalysis:
    """Brings every stored story (or ``only`` the one with this id) to the analysis of today, ``batch`` of them in a transaction.

    It can end at any moment: the next one goes on with the stories that are left. Readers see the new state with the last batch,
    when the generation is bumped once.
    """

    def __init__(self, store: Store, gazetteer: Gazetteer, batch: int, only: str | None = None) -> None:
        self._store = store
        self._delivered = gazetteer
        self._batch = batch
        self._only = only
        with store.read() as connection:
            self._use(curated_gazetteer(connection, gazetteer))

    def _use(self, curated: CuratedGazetteer) -> None:
        self._curated = curated
        self._version = analysis_version(curated.delivered_version)
        self._names = searched_names(curated.gazetteer)

    def left(self) -> int:
        """How many stories have another analysis."""
        with self._store.read() as connection:
            return count_other_analyses(connection, self._version)

    def run(self) -> Iterator[int]:
        """Analyse what is left; the number of stories of each batch, as soon as it is stored."""
        while (done := self._next_batch()) != 0:
            if done is not None:
                yield done

    def _next_batch(self) -> int | None:
        """The number of stories of a batch; ``None`` where somebody decided something meanwhile, so that it is for the next."""
        with self._store.read() as connection:
            found = other_analyses(connection, self._version, self._batch, self._only)
        if not found:
            return 0
        stories = [
            (parts, replace(story, analysis=analyse(story.document, self._curated.gazetteer, source_events=False)))
            for parts, story in found
        ]
        with self._store.write() as connection:
            if latest_decision(connection) != self._curated.latest:
                self._use(curated_gazetteer(connection, self._delivered))
                return None
            entity_ids = self._curated.sync(connection, announce=False)
            writer = StoryWriter(connection, entity_ids, self._names, datetime.now(UTC), self._version)
            # A story that was imported anew in the meantime has another revision by now, and today's analysis.
            current = unchanged(connection, self._version, [parts for parts, _ in stories])
            writer.replace_analysis([(parts, story) for parts, story in stories if parts.story_id in current])
            whole = not count_other_analyses(connection, self._version)
            if whole:
                drop_entities(connection, self._curated.curated.gone)
            if whole or self._only:
                bump(connection)
        return len(stories)
