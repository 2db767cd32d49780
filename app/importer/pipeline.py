"""The import: documents in, stories stored, a report of what became of each.

Documents are read and analysed outside of any transaction and stored a batch at a time; whatever goes wrong with one
document, the others go on. An import that is interrupted has stored whole batches, and the next one skips what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from app.analysis.gazetteer import Gazetteer
from app.analysis.stories import analyse
from app.domain.documents import ParsedDocument, ParseError
from app.domain.entities import Entity
from app.domain.stories import AnalysedStory, Outcome, RawDocument
from app.domain.text import slugify
from app.importer.files import Found, Unreadable
from app.importer.identity import identity_key, story_id
from app.importer.merge import merge
from app.importer.reading import read_document
from app.store.engine import Store
from app.store.gazetteer import sync_gazetteer
from app.store.quarantine import Rejected, quarantine, release
from app.store.rows import fingerprint
from app.store.writer import StoredStory, StoryWriter, known_documents, raw_document


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
class _Read:
    """A document that could be read: the stories that it tells."""

    raw: RawDocument
    stories: tuple[AnalysedStory, ...]


class Importer:
    """Imports documents into one store."""

    def __init__(self, store: Store, gazetteer: Gazetteer, batch: int) -> None:
        self._store = store
        self._gazetteer = gazetteer
        self._batch = batch
        self._names = {entity.slug: _names(entity) for entity in gazetteer.entities}

    def run(self, documents: Iterable[Found | Unreadable]) -> Iterator[Result]:
        """Import documents in the order given; a result for each as soon as its batch is stored."""
        iterator = iter(documents)
        while batch := list(islice(iterator, self._batch)):
            yield from self._import_batch(batch)

    def _import_batch(self, batch: Sequence[Found | Unreadable]) -> list[Result]:
        found = [item.raw for item in batch if isinstance(item, Found)]
        with self._store.read() as connection:
            known = known_documents(connection, found)
        read: list[_Read | Rejected | RawDocument] = []
        for item in batch:
            if isinstance(item, Unreadable):
                read.append(Rejected(item.name, item.sha256, item.size, None, item.code, item.message, None))
            elif (item.raw.sha256, item.raw.hints) in known:
                read.append(item.raw)
            else:
                read.append(self._read(item.raw))
        if len(known_items := [item for item in read if isinstance(item, RawDocument)]) == len(read):
            return [Result(item.name, Outcome.UNCHANGED) for item in known_items]
        return self._write(read)

    def _read(self, raw: RawDocument) -> _Read | Rejected:
        try:
            documents = read_document(raw)
        except ParseError as error:
            return Rejected(raw.name, raw.sha256, len(raw.content), raw.content, error.code, error.message, error.line)
        return _Read(raw, tuple(self._analysed(document, (raw,), None) for document in documents))

    def _analysed(
        self,
        document: ParsedDocument,
        raw: tuple[RawDocument, ...],
        formats: tuple[tuple[str, str | None], ...] | None,
    ) -> AnalysedStory:
        identity = identity_key(document)
        return AnalysedStory(
            identity=identity,
            public_id=story_id(identity),
            slug=slugify(document.title.text),
            content_sha256=fingerprint(document),
            document=document,
            analysis=analyse(document, self._gazetteer),
            raw=raw,
            formats=formats or ((document.format, document.variant),),
        )

    def _write(self, read: Sequence[_Read | Rejected | RawDocument]) -> list[Result]:
        now = datetime.now(UTC)
        results: list[Result] = []
        rejected = [item for item in read if isinstance(item, Rejected)]
        with self._store.write() as connection:
            entity_ids = sync_gazetteer(connection, self._gazetteer.entities)
            # Another import may have stored the same documents since they were looked up.
            known = known_documents(connection, [item.raw for item in read if isinstance(item, _Read)])
            writer = StoryWriter(connection, entity_ids, self._names, now)
            for item in read:
                if isinstance(item, Rejected):
                    results.append(Result(item.name, Outcome.QUARANTINED, code=item.code, message=item.message, line=item.line))
                elif isinstance(item, RawDocument) or (item.raw.sha256, item.raw.hints) in known:
                    name = item.name if isinstance(item, RawDocument) else item.raw.name
                    results.append(Result(name, Outcome.UNCHANGED))
                else:
                    known.add((item.raw.sha256, item.raw.hints))
                    results.extend(self._store_story(writer, story) for story in item.stories)
            writer.flush()
            release(connection, [item.raw.sha256 for item in read if isinstance(item, _Read)])
            quarantine(connection, rejected, now)
        return results

    def _store_story(self, writer: StoryWriter, story: AnalysedStory) -> Result:
        stored = writer.find(story.identity)
        if stored is not None:
            story = self._with_other_variants(writer, story, stored)
        outcome = Outcome.NEW if stored is None else Outcome.CHANGED
        if stored is not None and stored.content_sha256 == story.content_sha256:
            outcome = Outcome.UNCHANGED
        else:
            writer.add(story, stored)
        return Result(
            story.raw[-1].name,
            outcome,
            story.public_id,
            story.document.title.text,
            len(story.document.warnings),
        )

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
        return self._analysed(document, (*raws, *story.raw), (*formats, *story.formats))


def _names(entity: Entity) -> str:
    return " ".join(dict.fromkeys((entity.name, *(alias.name for alias in entity.aliases if not alias.needs))))
