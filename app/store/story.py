"""Reading one story: everything on its page, and its history.

Each statement is put together once: that takes longer than running it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, bindparam, select

from app.store.schema import (
    Category,
    Citation,
    Document,
    Entity,
    Event,
    Outlet,
    Paragraph,
    RelatedLink,
    RetiredEvent,
    RetiredFinding,
    Revision,
    RevisionDocument,
    Sentence,
    Source,
    Story,
    StoryEntity,
    StoryWarning,
)
from app.store.withdrawals import shown


class RevisionRow(NamedTuple):
    """One revision of a story."""

    id: int
    number: int
    title: str
    title_derived: str | None
    url: str | None
    origin_id: str | None
    language: str | None
    published_edtf: str | None
    published_source: str | None
    category_slug: str | None
    category_name: str | None
    declared_sources: int | None
    imported_at: datetime


class CitationRow(NamedTuple):
    """A marker of a sentence."""

    number: int
    source_id: int | None
    inherited: bool
    uncertain: bool


class SentenceRow(NamedTuple):
    """A sentence with its markers; ``paragraph_id`` is ``None`` in the dek."""

    id: int
    part: str
    position: int
    paragraph_id: int | None
    text: str
    citations: tuple[CitationRow, ...]


class ParagraphRow(NamedTuple):
    """A paragraph with its sentences."""

    id: int
    position: int
    heading: str | None
    sentences: tuple[SentenceRow, ...]


class SourceRow(NamedTuple):
    """A source of a revision."""

    id: int
    number: int
    title: str
    url: str | None
    author: str | None
    published_edtf: str | None
    text: str
    outlet_slug: str | None
    outlet_name: str | None


class RelatedRow(NamedTuple):
    """A pointer to another story."""

    title: str | None
    url: str | None
    published_edtf: str | None
    category_slug: str | None
    category_name: str | None


class WarningRow(NamedTuple):
    """What a parser could not make sense of."""

    code: str
    line: int | None
    excerpt: str
    message: str


class StoryEntityRow(NamedTuple):
    """An entity of a story."""

    slug: str
    name: str
    kind: str
    mention_count: int
    salience: float
    about: bool


class StoryEventRow(NamedTuple):
    """An event that a story tells."""

    id: int
    public_id: str
    edtf: str | None
    type: str
    planned: bool
    phrase: str
    anchor_edtf: str | None
    sentence_position: int
    sentence_part: str
    sentence: str
    open_weights: bool | None


class StoryDocumentRow(NamedTuple):
    """A document that a revision was read from."""

    sha256: str
    name: str
    format: str
    variant: str | None
    size: int
    imported_at: datetime


class StoryDetail(NamedTuple):
    """Everything on a story's page."""

    public_id: str
    slug: str
    current_revision: int
    first_imported_at: datetime
    revision: RevisionRow
    dek: tuple[SentenceRow, ...]
    paragraphs: tuple[ParagraphRow, ...]
    sources: tuple[SourceRow, ...]
    related: tuple[RelatedRow, ...]
    warnings: tuple[WarningRow, ...]
    documents: tuple[StoryDocumentRow, ...]
    entities: tuple[StoryEntityRow, ...]
    """Of the current revision; empty for an older one."""
    events: tuple[StoryEventRow, ...]
    """Of the current revision; empty for an older one."""


class StoryAddress(NamedTuple):
    """Where a story's page is."""

    public_id: str
    slug: str


_STORY: BindParameter[int] = bindparam("story_id")
_REVISION: BindParameter[int] = bindparam("revision_id")
_PUBLIC_ID: BindParameter[str] = bindparam("public_id")

_HEAD = select(Story.id, Story.public_id, Story.slug, Story.current_revision, Story.first_imported_at).where(
    Story.public_id == _PUBLIC_ID, shown()
)
_REVISIONS: Select[*tuple[Any, ...]] = select(
    Revision.id,
    Revision.number,
    Revision.title,
    Revision.title_derived,
    Revision.url,
    Revision.origin_id,
    Revision.language,
    Revision.published_edtf,
    Revision.published_source,
    Category.slug,
    Category.name,
    Revision.declared_sources,
    Revision.imported_at,
).outerjoin(Category, Category.id == Revision.category_id)
_ONE_REVISION = _REVISIONS.where(Revision.story_id == _STORY, Revision.number == bindparam("number"))
_CITATIONS = (
    select(Citation.sentence_id, Citation.number, Citation.source_id, Citation.inherited, Citation.uncertain)
    .join(Sentence, Sentence.id == Citation.sentence_id)
    .where(Sentence.revision_id == _REVISION)
    .order_by(Citation.sentence_id, Citation.position)
)
_SENTENCES = (
    select(Sentence.id, Sentence.part, Sentence.position, Sentence.paragraph_id, Sentence.text)
    .where(Sentence.revision_id == _REVISION)
    .order_by(Sentence.part, Sentence.position)
)
_PARAGRAPHS = (
    select(Paragraph.id, Paragraph.position, Paragraph.heading)
    .where(Paragraph.revision_id == _REVISION)
    .order_by(Paragraph.position)
)
_SOURCES = (
    select(
        Source.id,
        Source.number,
        Source.title,
        Source.url,
        Source.author,
        Source.published_edtf,
        Source.text,
        Outlet.slug,
        Outlet.name,
    )
    .outerjoin(Outlet, Outlet.id == Source.outlet_id)
    .where(Source.revision_id == _REVISION)
    .order_by(Source.number)
)
_RELATED = (
    select(RelatedLink.title, RelatedLink.url, RelatedLink.published_edtf, Category.slug, Category.name)
    .outerjoin(Category, Category.id == RelatedLink.category_id)
    .where(RelatedLink.revision_id == _REVISION)
    .order_by(RelatedLink.position)
)
_WARNINGS = (
    select(StoryWarning.code, StoryWarning.line, StoryWarning.excerpt, StoryWarning.message)
    .where(StoryWarning.revision_id == _REVISION)
    .order_by(StoryWarning.position)
)
_DOCUMENTS = (
    select(Document.sha256, Document.name, Document.format, Document.variant, Document.size, Document.imported_at)
    .join(RevisionDocument, RevisionDocument.document_id == Document.id)
    .where(RevisionDocument.revision_id == _REVISION)
    .order_by(RevisionDocument.position)
)
_ENTITIES = (
    select(Entity.slug, Entity.name, Entity.kind, StoryEntity.mention_count, StoryEntity.salience, StoryEntity.about)
    .join(Entity, Entity.id == StoryEntity.entity_id)
    .where(StoryEntity.story_id == _STORY)
    .order_by(StoryEntity.salience.desc(), StoryEntity.mention_count.desc(), Entity.name)
)
_EVENTS = (
    select(
        Event.id,
        Event.public_id,
        Event.edtf,
        Event.type,
        Event.planned,
        Event.phrase,
        Event.anchor_edtf,
        Sentence.position,
        Sentence.part,
        Sentence.text,
        Event.open_weights,
    )
    .join(Sentence, Sentence.id == Event.sentence_id)
    .where(Event.story_id == _STORY)
    .order_by(Event.sort_date.is_(None), Event.sort_date, Event.id)
)


def story_address(connection: Connection, public_id: str) -> StoryAddress | None:
    """The address of a story, or ``None`` where there is no such story."""
    row = connection.execute(_HEAD, {"public_id": public_id}).one_or_none()
    return StoryAddress(row.public_id, row.slug) if row else None


def event_was_in(connection: Connection, public_id: str) -> StoryAddress | None:
    """The story that told an event which is gone since; ``None`` where there never was one with this id."""
    return _was_in(connection, RetiredEvent, public_id)


def finding_was_in(connection: Connection, public_id: str) -> StoryAddress | None:
    """The story that a finding was about which is gone since; ``None`` where there never was one with this id."""
    return _was_in(connection, RetiredFinding, public_id)


def _was_in(connection: Connection, retired: type[RetiredEvent | RetiredFinding], public_id: str) -> StoryAddress | None:
    row = connection.execute(
        select(Story.public_id, Story.slug).join(retired, retired.story_id == Story.id).where(retired.public_id == public_id)
    ).one_or_none()
    return StoryAddress(*row) if row else None


def story_detail(connection: Connection, public_id: str, number: int | None = None) -> StoryDetail | None:
    """A story with its current revision, or with revision ``number``; ``None`` where either does not exist."""
    head = connection.execute(_HEAD, {"public_id": public_id}).one_or_none()
    if head is None:
        return None
    story_id, _, slug, current, first_imported_at = head
    row = connection.execute(_ONE_REVISION, {"story_id": story_id, "number": number or current}).one_or_none()
    if row is None:
        return None
    revision = RevisionRow(*row)
    dek, paragraphs = _summary(connection, revision.id)
    is_current = revision.number == current
    return StoryDetail(
        public_id=public_id,
        slug=slug,
        current_revision=current,
        first_imported_at=first_imported_at,
        revision=revision,
        dek=dek,
        paragraphs=paragraphs,
        sources=_rows(connection, SourceRow, _SOURCES, revision_id=revision.id),
        related=_rows(connection, RelatedRow, _RELATED, revision_id=revision.id),
        warnings=_rows(connection, WarningRow, _WARNINGS, revision_id=revision.id),
        documents=_rows(connection, StoryDocumentRow, _DOCUMENTS, revision_id=revision.id),
        entities=_rows(connection, StoryEntityRow, _ENTITIES, story_id=story_id) if is_current else (),
        events=_rows(connection, StoryEventRow, _EVENTS, story_id=story_id) if is_current else (),
    )


def _summary(connection: Connection, revision_id: int) -> tuple[tuple[SentenceRow, ...], tuple[ParagraphRow, ...]]:
    parameters = {"revision_id": revision_id}
    citations: defaultdict[int, list[CitationRow]] = defaultdict(list)
    for sentence_id, number, source_id, inherited, uncertain in connection.execute(_CITATIONS, parameters):
        citations[sentence_id].append(CitationRow(number, source_id, inherited, uncertain))
    by_paragraph: defaultdict[int | None, list[SentenceRow]] = defaultdict(list)
    for sentence_id, part, position, paragraph_id, text in connection.execute(_SENTENCES, parameters):
        by_paragraph[paragraph_id].append(
            SentenceRow(sentence_id, part, position, paragraph_id, text, tuple(citations[sentence_id]))
        )
    paragraphs = tuple(
        ParagraphRow(paragraph_id, position, heading, tuple(by_paragraph[paragraph_id]))
        for paragraph_id, position, heading in connection.execute(_PARAGRAPHS, parameters)
    )
    return tuple(by_paragraph[None]), paragraphs


def _rows(connection: Connection, row_type: Any, statement: Select[*tuple[Any, ...]], **parameters: object) -> tuple[Any, ...]:
    return tuple(row_type(*row) for row in connection.execute(statement, parameters))
