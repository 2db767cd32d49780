"""Stories into the store: in bulk, inside the one writer's transaction, with rollups and search index kept in step."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.orm import aliased

from app.domain.stories import AnalysedStory, RawDocument
from app.domain.text import slugify
from app.store import facet_counts, finding_states, retired, rollups, schema, withdrawals
from app.store.buffer import References, RowBuffer, table_of
from app.store.derived import remove_derived
from app.store.dialects import dialect_of
from app.store.generation import bump
from app.store.rows import (
    Contribution,
    add_analysis,
    add_document,
    add_story,
    search_values,
    story_values,
)

#: Longest list that goes into one IN (…): well under SQLite's limit of variables.
CHUNK = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredStory:
    """The current state of a story in the store, as far as an import needs it."""

    id: int
    revision: int
    content_sha256: str
    documents: tuple[tuple[int, str, str | None], ...]
    """Row id, format and variant of the documents that the current revision was read from, in order."""


def known_documents(connection: Connection, documents: Iterable[RawDocument]) -> set[tuple[str, str]]:
    """Which of these documents are stored already, as (sha256, hints)."""
    wanted = {(document.sha256, document.hints) for document in documents}
    found: set[tuple[str, str]] = set()
    for chunk in _chunks([sha256 for sha256, _ in wanted]):
        rows = connection.execute(select(schema.Document.sha256, schema.Document.hints).where(schema.Document.sha256.in_(chunk)))
        found.update((sha256, hints) for sha256, hints in rows)
    return found & wanted


def gone_back(connection: Connection, documents: Iterable[RawDocument]) -> set[tuple[str, str]]:
    """Which of these stored documents were replaced by another from the same place, as (sha256, hints): whoever publishes there
    has gone back to them.

    A document that was replaced by one from elsewhere is an old copy and not among them; nor is one that was replaced for what
    somebody said of it on the command line.
    """
    given = {(document.sha256, document.hints): document for document in documents}
    old, now = aliased(schema.Document), aliased(schema.Document)
    then, current = aliased(schema.Revision), aliased(schema.Revision)
    of_then, of_current = aliased(schema.RevisionDocument), aliased(schema.RevisionDocument)
    query = (
        select(old.sha256, old.hints, now.sha256, now.hints, now.name)
        .join(of_then, of_then.document_id == old.id)
        .join(then, then.id == of_then.revision_id)
        .join(schema.Story, (schema.Story.id == then.story_id) & (schema.Story.current_revision > then.number))
        .join(current, (current.story_id == schema.Story.id) & (current.number == schema.Story.current_revision))
        .join(of_current, of_current.revision_id == current.id)
        .join(now, now.id == of_current.document_id)
    )
    replaced: set[tuple[str, str]] = set()
    in_use: set[tuple[str, str]] = set()
    for chunk in _chunks(sorted({sha256 for sha256, _ in given})):
        for sha256, hints, newer, newer_hints, name in connection.execute(query.where(old.sha256.in_(chunk))):
            if (sha256, hints) not in given:
                continue
            if (sha256, hints) == (newer, newer_hints):
                in_use.add((sha256, hints))
            elif name == given[sha256, hints].name and _said(hints) == _said(newer_hints):
                replaced.add((sha256, hints))
    return replaced - in_use


def _said(hints: str) -> dict[str, Any]:
    """What was said of a document on the command line: all but its sidecar."""
    return {key: value for key, value in json.loads(hints).items() if key != "sidecar"}


def find_stories(connection: Connection, identities: Iterable[str]) -> dict[str, StoredStory]:
    """The stored stories among these, by identity."""
    found: dict[str, StoredStory] = {}
    revisions: dict[int, str] = {}
    for chunk in _chunks(list(identities)):
        rows = connection.execute(
            select(
                schema.Story.identity,
                schema.Story.id,
                schema.Story.current_revision,
                schema.Revision.id,
                schema.Revision.content_sha256,
            )
            .join(schema.Revision, schema.Revision.story_id == schema.Story.id)
            .where(schema.Story.identity.in_(chunk), schema.Revision.number == schema.Story.current_revision)
        )
        for identity, story_id, number, revision_id, content_sha256 in rows:
            found[identity] = StoredStory(story_id, number, content_sha256, ())
            revisions[revision_id] = identity
    documents: defaultdict[str, list[tuple[int, str, str | None]]] = defaultdict(list)
    for numbers in _chunks(list(revisions)):
        of_revisions = connection.execute(
            select(schema.RevisionDocument.revision_id, schema.Document.id, schema.Document.format, schema.Document.variant)
            .join(schema.Document, schema.RevisionDocument.document_id == schema.Document.id)
            .where(schema.RevisionDocument.revision_id.in_(numbers))
            .order_by(schema.RevisionDocument.revision_id, schema.RevisionDocument.position)
        )
        for revision_id, document_id, format_name, variant in of_revisions:
            documents[revisions[revision_id]].append((document_id, format_name, variant))
    return {identity: replace(story, documents=tuple(documents[identity])) for identity, story in found.items()}


def known_contents(connection: Connection, story_id: int) -> set[str]:
    """The fingerprints of all revisions of a story."""
    return set(connection.scalars(select(schema.Revision.content_sha256).where(schema.Revision.story_id == story_id)))


def raw_document(connection: Connection, document_id: int) -> RawDocument:
    """A stored document as it came."""
    name, content, sha256, hints = connection.execute(
        select(schema.Document.name, schema.Document.content, schema.Document.sha256, schema.Document.hints).where(
            schema.Document.id == document_id
        )
    ).one()
    return RawDocument(name, zlib.decompress(content), sha256, hints)


@dataclass(frozen=True, slots=True)
class StoredParts:
    """Row ids of a story, its current revision and the parts of it that derived rows point at.

    Sources by their number, sentences by part (``dek``, ``summary``) and number from 0.
    """

    story_id: int
    revision_id: int
    source_ids: Mapping[int, int]
    sentence_ids: Mapping[tuple[str, int], int]


class StoryWriter:
    """Stores stories within one write transaction.

    Stories are collected by :meth:`add` and stored in bulk by :meth:`flush`, which the caller must call at the end. Ask
    :meth:`find` before each ``add``: it stores what is waiting when the story is among it, so that revisions are told apart.
    Whoever knows beforehand what it will ask for says so to :meth:`look_up`, and one query does for all.
    """

    def __init__(
        self,
        connection: Connection,
        entity_ids: Mapping[str, int],
        names: Mapping[str, str],
        now: datetime,
        analysis_version: str,
    ) -> None:
        self.connection = connection
        self._analysis_version = analysis_version
        self._dialect = dialect_of(connection)
        self._entity_ids = entity_ids
        self._names = names
        self._now = now
        self._kind_of: Mapping[int, str] | None = None
        self._next: dict[type[schema.Base], Iterator[int]] = {}
        self._waiting: dict[str, tuple[AnalysedStory, StoredStory | None]] = {}
        self._looked_up: dict[str, StoredStory | None] = {}
        self._kept: list[tuple[RawDocument, str]] = []

    def look_up(self, identities: Iterable[str]) -> None:
        """Find these stories now, for :meth:`find` to know."""
        wanted = set(identities)
        self._looked_up = {**dict.fromkeys(wanted), **find_stories(self.connection, wanted)}

    def keep(self, raw: RawDocument, format_name: str) -> None:
        """Keep a document that tells no story."""
        self._kept.append((raw, format_name))

    def find(self, identity: str) -> StoredStory | None:
        """The stored story with this identity, one that is still waiting to be stored included."""
        if identity in self._waiting:
            self.flush()
        if identity not in self._looked_up:
            self._looked_up[identity] = find_stories(self.connection, [identity]).get(identity)
        return self._looked_up[identity]

    def add(self, story: AnalysedStory, stored: StoredStory | None) -> None:
        """Collect a new revision of ``stored``, or a new story where that is ``None``."""
        if story.identity in self._waiting:
            raise ValueError(f"{story.identity} is waiting already: ask find() first")
        self._waiting[story.identity] = (story, stored)
        self._looked_up.pop(story.identity, None)

    def flush(self) -> None:
        """Store what was collected."""
        self._keep_documents()
        if not self._waiting:
            return
        work = list(self._waiting.values())
        self._waiting.clear()
        buffer = RowBuffer(self._ids)
        references = self._references([story for story, _ in work])
        document_ids = self._documents(buffer, [story for story, _ in work])
        replaced = [stored.id for _, stored in work if stored]
        removed = rollups.contributions(self.connection, replaced)
        remove_derived(self.connection, removed)
        counts = rollups.Counts(removed)
        facets: list[set[facet_counts.Value]] = []
        updates: list[dict[str, Any]] = []
        story_ids: list[int] = []
        for story, stored in work:
            story_id = stored.id if stored else next(self._ids(schema.Story))
            revision = stored.revision + 1 if stored else 1
            imported_at = story.restored_at or self._now
            values = story_values(story, revision, references, imported_at, self._analysis_version)
            if stored:
                updates.append({"story_id": story_id, **values})
            else:
                buffer.add(
                    schema.Story,
                    id=story_id,
                    public_id=story.public_id,
                    identity=story.identity,
                    first_imported_at=imported_at,
                    **values,
                )
            documents = tuple(document_ids[raw.sha256, raw.hints] for raw in story.raw)
            added = add_story(buffer, story, story_id, revision, documents, references, imported_at)
            self._add_derived(buffer, counts, story, added)
            facets += added.facets
            story_ids.append(story_id)
        if updates:
            self._update_stories(updates)
        self._store_derived(buffer, counts, facets, story_ids, replaced)
        bump(self.connection)

    def replace_analysis(self, stories: Sequence[tuple[StoredParts, AnalysedStory]]) -> None:
        """Put a new analysis of stored stories in the place of the one they have; what was imported stays as it is."""
        story_ids = [parts.story_id for parts, _ in stories]
        removed = rollups.contributions(self.connection, story_ids)
        remove_derived(self.connection, removed)
        counts = rollups.Counts(removed)
        facets: list[set[facet_counts.Value]] = []
        buffer = RowBuffer(self._ids)
        references = self._references([story for _, story in stories])
        for parts, story in stories:
            added = add_analysis(
                buffer, story, parts.story_id, parts.revision_id, parts.source_ids, parts.sentence_ids, references
            )
            self._add_derived(buffer, counts, story, added)
            facets += added.facets
        self._store_derived(buffer, counts, facets, story_ids, story_ids)
        for chunk in _chunks(story_ids):
            self.connection.execute(
                update(schema.Story).where(schema.Story.id.in_(chunk)).values(analysis_version=self._analysis_version)
            )

    def _add_derived(self, buffer: RowBuffer, counts: rollups.Counts, story: AnalysedStory, added: Contribution) -> None:
        """Add what follows from a story's rows, while they are still in the processor's cache: a quarter of the time."""
        buffer.add(
            schema.SearchDocument,
            story_id=added.story_id,
            sort_date=added.sort_date,
            **search_values(story, self._names),
        )
        rollups.add_timeline_rows(buffer, added)
        counts.count(added)

    def _store_derived(
        self,
        buffer: RowBuffer,
        counts: rollups.Counts,
        facets: Iterable[set[facet_counts.Value]],
        story_ids: Sequence[int],
        replaced: Sequence[int],
    ) -> None:
        """Store what is waiting, with the states of findings, the counts and the search index of these stories.

        ``replaced`` are those of them that were stored before: only theirs can have events and findings that come back.
        """
        self._store(buffer)
        rollups.apply(self.connection, counts)
        facet_counts.add_rows(self.connection, facets)
        for chunk in _chunks(replaced):
            retired.bring_back(self.connection, chunk)
        for chunk in _chunks(story_ids):
            finding_states.settle(self.connection, chunk)
        self._dialect.index_stories(self.connection, story_ids)
        withdrawals.settle(self.connection, story_ids)

    def _keep_documents(self) -> None:
        buffer = RowBuffer(self._ids)
        for raw, format_name in self._kept:
            add_document(buffer, next(self._ids(schema.Document)), raw, format_name, None, self._now)
        self._kept.clear()
        self._store(buffer)

    def _store(self, buffer: RowBuffer) -> None:
        for table in schema.Base.metadata.sorted_tables:
            self._dialect.insert_rows(self.connection, table, buffer.rows.get(table, ()))

    def _update_stories(self, updates: list[dict[str, Any]]) -> None:
        columns: dict[str, Any] = {key: bindparam(f"new_{key}") for key in updates[0] if key != "story_id"}
        self.connection.execute(
            update(table_of(schema.Story)).where(schema.Story.id == bindparam("story_id")).values(columns),
            [{key if key == "story_id" else f"new_{key}": value for key, value in row.items()} for row in updates],
        )

    def _documents(self, buffer: RowBuffer, stories: Sequence[AnalysedStory]) -> dict[tuple[str, str], int]:
        """Row ids of all raw documents of these stories; those not stored yet are added."""
        ids: dict[tuple[str, str], int] = {}
        for chunk in _chunks(sorted({raw.sha256 for story in stories for raw in story.raw})):
            rows = self.connection.execute(
                select(schema.Document.sha256, schema.Document.hints, schema.Document.id).where(schema.Document.sha256.in_(chunk))
            )
            ids.update(((sha256, hints), row_id) for sha256, hints, row_id in rows)
        for story in stories:
            for raw, (format_name, variant) in zip(story.raw, story.formats, strict=True):
                if (raw.sha256, raw.hints) not in ids:
                    ids[raw.sha256, raw.hints] = row_id = next(self._ids(schema.Document))
                    add_document(buffer, row_id, raw, format_name, variant, story.restored_at or self._now)
        return ids

    def _references(self, stories: Sequence[AnalysedStory]) -> References:
        outlets = {source.outlet for story in stories for source in story.document.sources if source.outlet}
        categories = {story.document.category for story in stories if story.document.category}
        categories |= {link.category for story in stories for link in story.document.related if link.category}
        return References(
            entities=self._entity_ids,
            kinds=self._kinds(),
            outlets=self._named(schema.Outlet, outlets),
            categories=self._named(schema.Category, categories),
        )

    def _kinds(self) -> Mapping[int, str]:
        if self._kind_of is None:
            self._kind_of = {
                row_id: kind for row_id, kind in self.connection.execute(select(schema.Entity.id, schema.Entity.kind))
            }
        return self._kind_of

    def _named(self, model: type[schema.Outlet | schema.Category], names: set[str]) -> dict[str, int]:
        """Row ids of outlets or categories by name; those not seen before are stored. Names with one slug are one."""
        slugs = {name: slugify(name) for name in sorted(names)}
        ids: dict[str, int] = {}
        for chunk in _chunks(sorted(set(slugs.values()))):
            rows = self.connection.execute(select(model.slug, model.id).where(model.slug.in_(chunk)))
            ids.update((slug, row_id) for slug, row_id in rows)
        new = []
        for name, slug in slugs.items():
            if slug not in ids:
                ids[slug] = next(self._ids(model))
                new.append({"id": ids[slug], "slug": slug, "name": name})
        if new:
            self.connection.execute(insert(model), new)
        return {name: ids[slug] for name, slug in slugs.items()}

    def _ids(self, model: type[schema.Base]) -> Iterator[int]:
        """The row ids after the highest of a table, which only this transaction can give out."""
        numbers = self._next.get(model)
        if numbers is None:
            column: Any = table_of(model).c.id
            last = self.connection.execute(select(func.max(column))).scalar_one() or 0
            numbers = self._next[model] = count(last + 1)
        return numbers


def _chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
