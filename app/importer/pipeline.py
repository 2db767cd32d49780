"""The import: documents in, stories stored, a report of what became of each.

Documents are read and analysed outside of any transaction and stored a batch at a time; whatever goes wrong with one
document, the others go on. An import that is interrupted has stored whole batches, and the next one skips what is there.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection

from app.analysis.gazetteer import Gazetteer
from app.domain.curation import Decision
from app.domain.documents import ParsedDocument
from app.domain.stories import AnalysedStory, Outcome, RawDocument
from app.importer.containers import STANDARD_INPUT_NAME, Found, Unreadable
from app.importer.gazetteers import CuratedGazetteer, curated_gazetteer, latest_decision
from app.importer.identity import identity_key
from app.importer.merge import merge
from app.importer.reading import read_document
from app.importer.taking_over import new, take_over
from app.importer.workers import (
    OwnProcess,
    Pending,
    Processes,
    Read,
    Workers,
    analysed,
    analysed_again,
    analysis_version,
    searched_names,
    seldom_collecting,
)
from app.store.engine import Store
from app.store.quarantine import Rejected, quarantine, rejected_as, release
from app.store.writer import StoredStory, StoryWriter, find_stories, gone_back, known_contents, known_documents, raw_document

#: What stands between the name of a container and that of a document in it.
_WITHIN = re.compile(r"[/:#]")
#: Batches that are being read while one is stored.
_AHEAD = 2
#: The last batch is stored in so many pieces, each while processes still read the next one: only the last finds them idle.
_LAST_PIECES = 4


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document (or of one story of it)."""

    name: str
    outcome: Outcome
    story_id: str | None = None
    title: str | None = None
    warnings: int = 0
    code: str | None = None
    message: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents on their way: those that could not be opened or are known already, and those that are being read."""

    items: Sequence[Found | Unreadable]
    known: frozenset[tuple[str, str]]
    settled: Sequence[str]
    """Fingerprints of what was in quarantine under the names of those that are known."""
    pending: Pending
    gazetteer: CuratedGazetteer
    """They are read with it."""

    def results(self) -> Iterator[Read | Rejected | RawDocument]:
        """What became of each document, in order; a raw document is one that is known."""
        reading = self.pending.results()
        for item in self.items:
            if isinstance(item, Unreadable):
                yield Rejected(item.name, item.sha256, item.size, None, item.code, item.message, None)
            elif (item.raw.sha256, item.raw.hints) in self.known:
                yield item.raw
            else:
                yield next(reading)


class Importer:
    """Imports documents into one store, ``batch`` of them in a transaction, read by ``jobs`` processes (0: by this one).

    A batch ends earlier when its documents have ``batch_bytes`` bytes.
    """

    def __init__(
        self,
        store: Store,
        gazetteer: Gazetteer,
        batch: int,
        jobs: int = 0,
        dry_run: bool = False,
        batch_bytes: int = 16 * 1024 * 1024,
    ) -> None:
        self._store = store
        self._delivered = gazetteer
        self._batch, self._batch_bytes = batch, batch_bytes
        self._jobs = jobs
        self._dry_run = dry_run
        self._write = self._foresee if dry_run else self._store_batch
        self._foreseen: dict[str, str] = {}
        self._foreseen_documents: set[tuple[str, str]] = set()
        self._decided = False
        self.stopping = False

    def stop(self) -> None:
        """End after the batch that is being stored."""
        self.stopping = True

    def run(self, documents: Iterable[Found | Unreadable]) -> Iterator[Result]:
        """Import documents in the order given; a result for each as soon as its batch is stored."""
        with self._store.read() as connection:
            self._use(curated_gazetteer(connection, self._delivered))
        with seldom_collecting(), self._workers() as workers:
            underway: deque[_Batch] = deque()
            for items in self._batches(documents):
                if self.stopping:
                    break
                if self._decided:
                    self._decided = False
                    workers.use(self._curated)
                underway.append(self._begin(items, workers))
                if len(underway) > (_AHEAD if self._jobs else 0):
                    yield from self._finish(underway.popleft())
            while underway and not self.stopping:
                batch = underway.popleft()
                yield from self._finish(batch, 1 if underway or not self._jobs else _LAST_PIECES)

    def _workers(self) -> Workers:
        if self._jobs:
            return Processes(self._jobs, self._curated.decisions)
        return OwnProcess(self._curated.gazetteer)

    def _use(self, curated: CuratedGazetteer) -> None:
        self._curated = curated
        self._analysis_version = analysis_version(curated.delivered_version)
        self._names = searched_names(curated.gazetteer)

    def _batches(self, documents: Iterable[Found | Unreadable]) -> Iterator[list[Found | Unreadable]]:
        batch: list[Found | Unreadable] = []
        size = 0
        for document in documents:
            batch.append(document)
            size += len(document.raw.content) if isinstance(document, Found) else 0
            if len(batch) >= self._batch or size >= self._batch_bytes:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _begin(self, items: Sequence[Found | Unreadable], workers: Workers) -> _Batch:
        found = [item.raw for item in items if isinstance(item, Found)]
        with self._store.read() as connection:
            known = frozenset(_unchanged(connection, found))
            settled = rejected_as(connection, _places(raw.name for raw in found if (raw.sha256, raw.hints) in known))
        unknown = [raw for raw in found if (raw.sha256, raw.hints) not in known]
        return _Batch(items, known, settled, workers.submit(unknown), self._curated)

    def _finish(self, batch: _Batch, pieces: int = 1) -> Iterator[Result]:
        """Store a batch, in so many transactions."""
        if batch.settled and not self._dry_run:
            with self._store.write() as connection:
                release(connection, batch.settled)
        results, size = batch.results(), -(-len(batch.items) // pieces)
        while read := list(islice(results, size)):
            if all(isinstance(item, RawDocument) for item in read):
                yield from [Result(item.name, Outcome.UNCHANGED) for item in read if isinstance(item, RawDocument)]
            else:
                yield from self._write(read, batch.gazetteer)

    def _store_batch(self, read: Sequence[Read | Rejected | RawDocument], gazetteer: CuratedGazetteer) -> list[Result]:
        now = datetime.now(UTC)
        results: list[Result] = []
        with self._store.write() as connection:
            taken = take_over(connection, self._delivered, _decisions(read))
            if latest_decision(connection) != self._curated.latest:
                self._use(curated_gazetteer(connection, self._delivered))
                self._decided = True
            if gazetteer is not self._curated:
                # Somebody decided something since these were read.
                read = [analysed_again(item, self._curated.gazetteer) if isinstance(item, Read) else item for item in read]
            entity_ids = self._curated.sync(connection)
            # Another import may have stored the same documents since they were looked up.
            known = _unchanged(connection, [item.raw for item in read if isinstance(item, Read)])
            writer = StoryWriter(connection, entity_ids, self._names, now, self._analysis_version)
            writer.look_up(story.identity for item in read if isinstance(item, Read) for story in item.stories)
            for item in read:
                if isinstance(item, Rejected):
                    results.append(_quarantined(item))
                elif isinstance(item, RawDocument):
                    results.append(Result(item.name, Outcome.UNCHANGED))
                elif (item.raw.sha256, item.raw.hints) in known:
                    results.append(Result(item.raw.name, Outcome.UNCHANGED))
                elif item.decision is not None:
                    results.append(_decided(item.raw.name, item.decision, taken))
                else:
                    known.add((item.raw.sha256, item.raw.hints))
                    results.extend(self._store_document(writer, item))
            writer.flush()
            understood = [item.raw for item in read if isinstance(item, Read)]
            release(connection, [raw.sha256 for raw in understood])
            release(connection, rejected_as(connection, _places(raw.name for raw in understood)))
            quarantine(connection, [item for item in read if isinstance(item, Rejected)], now)
        return results

    def _store_document(self, writer: StoryWriter, item: Read) -> Iterator[Result]:
        if not item.stories:
            writer.keep(item.raw, item.format)
            yield Result(item.raw.name, Outcome.EMPTY)
        for story in item.stories:
            yield self._store_story(writer, item.raw.name, story)

    def _store_story(self, writer: StoryWriter, name: str, story: AnalysedStory) -> Result:
        stored = writer.find(story.identity)
        if stored is None:
            writer.add(story, None)
            return _result(name, Outcome.NEW, story)
        if story.restored_at is not None:
            known = known_contents(writer.connection, stored.id)
        else:
            story = self._with_other_variants(writer, story, stored)
            known = {stored.content_sha256}
        if story.content_sha256 in known:
            return _result(name, Outcome.UNCHANGED, story)
        writer.add(story, stored)
        return _result(name, Outcome.CHANGED, story)

    def _with_other_variants(self, writer: StoryWriter, story: AnalysedStory, stored: StoredStory) -> AnalysedStory:
        """The story merged with what the store has of it in other variants: each variant has what the other has lost."""
        own = story.formats[0]
        others = [document_id for document_id, name, variant in stored.documents if (name, variant) != own]
        if not others:
            return story
        merged: ParsedDocument | None = None
        raws: list[RawDocument] = []
        formats: list[tuple[str, str | None]] = []
        for document_id, name, variant in stored.documents:
            if document_id not in others:
                continue
            raw = raw_document(writer.connection, document_id)
            for document in read_document(raw):
                if identity_key(document) == story.identity:
                    merged = document if merged is None else merge(merged, document)
            raws.append(raw)
            formats.append((name, variant))
        document = story.document if merged is None else merge(merged, story.document)
        return analysed(document, (*raws, *story.raw), self._curated.gazetteer, (*formats, *story.formats))

    def _foresee(self, read: Sequence[Read | Rejected | RawDocument], _gazetteer: CuratedGazetteer) -> list[Result]:
        """What :meth:`_store_batch` would do. Two variants of one story that come in one run count as a change, unmerged."""
        results: list[Result] = []
        with self._store.read() as connection:
            stories = [story for item in read if isinstance(item, Read) for story in item.stories]
            stored = find_stories(connection, {story.identity for story in stories})
            taken = new(connection, _decisions(read))
        contents = {identity: story.content_sha256 for identity, story in stored.items()} | self._foreseen
        for item in read:
            if isinstance(item, Rejected):
                results.append(_quarantined(item))
            elif isinstance(item, RawDocument):
                results.append(Result(item.name, Outcome.UNCHANGED))
            elif (item.raw.sha256, item.raw.hints) in self._foreseen_documents:
                results.append(Result(item.raw.name, Outcome.UNCHANGED))
            elif item.decision is not None:
                results.append(_decided(item.raw.name, item.decision, taken))
            else:
                self._foreseen_documents.add((item.raw.sha256, item.raw.hints))
                if not item.stories:
                    results.append(Result(item.raw.name, Outcome.EMPTY))
                for story in item.stories:
                    known = contents.get(story.identity)
                    same = known == story.content_sha256
                    outcome = Outcome.NEW if known is None else Outcome.UNCHANGED if same else Outcome.CHANGED
                    results.append(_result(item.raw.name, outcome, story))
                    contents[story.identity] = self._foreseen[story.identity] = story.content_sha256
        return results


def _unchanged(connection: Connection, documents: Sequence[RawDocument]) -> set[tuple[str, str]]:
    """Documents that need not be read again: they are stored, and are not what the place that they come from has gone back to."""
    known = known_documents(connection, documents)
    placed = [raw for raw in documents if (raw.sha256, raw.hints) in known and raw.name != STANDARD_INPUT_NAME]
    return known - gone_back(connection, placed)


def _decisions(read: Sequence[Read | Rejected | RawDocument]) -> list[Decision]:
    return [item.decision for item in read if isinstance(item, Read) and item.decision is not None]


def _decided(name: str, decision: Decision, taken: Sequence[Decision]) -> Result:
    said = f"{decision.action} {decision.subject} {decision.subject_id}"
    return Result(name, Outcome.DECIDED if decision in taken else Outcome.UNCHANGED, title=said)


def _places(names: Iterable[str]) -> list[str]:
    """Names of documents that were read, and of what holds them: nothing that was rejected there before waits any more.

    A container that is damaged still is rejected again, after its documents.
    """
    named = {name for name in names if name != STANDARD_INPUT_NAME}
    return sorted(named | {name[: match.start()] for name in named for match in _WITHIN.finditer(name)})


def _quarantined(item: Rejected) -> Result:
    return Result(item.name, Outcome.QUARANTINED, code=item.code, message=item.message, line=item.line)


def _result(name: str, outcome: Outcome, story: AnalysedStory) -> Result:
    return Result(name, outcome, story.public_id, story.document.title.text, len(story.document.warnings))
