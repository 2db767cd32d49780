"""Analysing stored stories again: with a newer analysis or another gazetteer, without touching what was imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from app.analysis.gazetteer import Gazetteer
from app.analysis.stories import analyse
from app.importer.workers import analysis_version, searched_names
from app.store.engine import Store
from app.store.gazetteer import gazetteer_version, sync_gazetteer
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
        self._gazetteer = gazetteer
        self._batch = batch
        self._only = only
        self._fingerprint = gazetteer_version(gazetteer.entities)
        self._version = analysis_version(self._fingerprint)
        self._names = searched_names(gazetteer)

    def left(self) -> int:
        """How many stories have another analysis."""
        with self._store.read() as connection:
            return count_other_analyses(connection, self._version)

    def run(self) -> Iterator[int]:
        """Analyse what is left; the number of stories of each batch, as soon as it is stored."""
        while done := self._next_batch():
            yield done

    def _next_batch(self) -> int:
        with self._store.read() as connection:
            found = other_analyses(connection, self._version, self._batch, self._only)
        if not found:
            return 0
        stories = [
            (parts, replace(story, analysis=analyse(story.document, self._gazetteer, source_events=False)))
            for parts, story in found
        ]
        with self._store.write() as connection:
            entity_ids = sync_gazetteer(connection, self._gazetteer.entities, self._fingerprint, announce=False)
            writer = StoryWriter(connection, entity_ids, self._names, datetime.now(UTC), self._version)
            # A story that was imported anew in the meantime has another revision by now, and today's analysis.
            current = unchanged(connection, self._version, [parts for parts, _ in stories])
            writer.replace_analysis([(parts, story) for parts, story in stories if parts.story_id in current])
            if self._only or not count_other_analyses(connection, self._version):
                bump(connection)
        return len(stories)
