"""Reading stories: one with everything on its page, and lists of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select, tuple_

from app.domain.dates import Interval, parse_edtf
from app.store.schema import (
    Category,
    Citation,
    Document,
    Entity,
    Event,
    Outlet,
    Paragraph,
    RelatedLink,
    Revision,
    RevisionDocument,
    Sentence,
    Source,
    Story,
    StoryEntity,
    StoryWarning,
)


class StorySummary(NamedTuple):
    """A story as a row of a list."""

    id: int
    public_id: str
    slug: str
    title: str
    title_derived: str | None
    dek: str
    published_edtf: str | None
    sort_date: date | None
    source_count: int
    category_slug: str | None
    category_name: str | None

    @property
    def published(self) -> Interval | None:
        """The publication date, exactly as precise as it is known."""
        return parse_edtf(self.published_edtf) if self.published_edtf else None


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
    edtf: str
    type: str
    planned: bool
    phrase: str
    anchor_edtf: str | None
    sentence_position: int
    sentence_part: str
    sentence: str


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


def story_address(connection: Connection, public_id: str) -> StoryAddress | None:
    """The address of a story, or ``None`` where there is no such story."""
    row = connection.execute(select(Story.public_id, Story.slug).where(Story.public_id == public_id)).one_or_none()
    return StoryAddress(*row) if row else None


def story_detail(connection: Connection, public_id: str, number: int | None = None) -> StoryDetail | None:
    """A story with its current revision, or with revision ``number``; ``None`` where either does not exist."""
    head = connection.execute(
        select(Story.id, Story.public_id, Story.slug, Story.current_revision, Story.first_imported_at).where(
            Story.public_id == public_id
        )
    ).one_or_none()
    if head is None:
        return None
    story_id, _, slug, current, first_imported_at = head
    row = connection.execute(
        _revisions().where(Revision.story_id == story_id, Revision.number == (number or current))
    ).one_or_none()
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
        sources=_rows(
            connection,
            SourceRow,
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
            .where(Source.revision_id == revision.id)
            .order_by(Source.number),
        ),
        related=_rows(
            connection,
            RelatedRow,
            select(RelatedLink.title, RelatedLink.url, RelatedLink.published_edtf, Category.slug, Category.name)
            .outerjoin(Category, Category.id == RelatedLink.category_id)
            .where(RelatedLink.revision_id == revision.id)
            .order_by(RelatedLink.position),
        ),
        warnings=_rows(
            connection,
            WarningRow,
            select(StoryWarning.code, StoryWarning.line, StoryWarning.excerpt, StoryWarning.message)
            .where(StoryWarning.revision_id == revision.id)
            .order_by(StoryWarning.position),
        ),
        documents=_rows(
            connection,
            StoryDocumentRow,
            select(Document.sha256, Document.name, Document.format, Document.variant, Document.size, Document.imported_at)
            .join(RevisionDocument, RevisionDocument.document_id == Document.id)
            .where(RevisionDocument.revision_id == revision.id)
            .order_by(RevisionDocument.position),
        ),
        entities=_entities(connection, story_id) if is_current else (),
        events=_events(connection, story_id) if is_current else (),
    )


def revisions_of(connection: Connection, public_id: str) -> tuple[RevisionRow, ...]:
    """All revisions of a story, newest first; empty where there is no such story."""
    return _rows(
        connection,
        RevisionRow,
        _revisions()
        .join(Story, Story.id == Revision.story_id)
        .where(Story.public_id == public_id)
        .order_by(Revision.number.desc()),
    )


def summaries() -> Select[*tuple[Any, ...]]:
    """The query behind every list of stories: add conditions and an order, and make rows of :class:`StorySummary`."""
    return select(
        Story.id,
        Story.public_id,
        Story.slug,
        Story.title,
        Story.title_derived,
        Story.dek,
        Story.published_edtf,
        Story.sort_date,
        Story.source_count,
        Category.slug,
        Category.name,
    ).outerjoin(Category, Category.id == Story.category_id)


def newest_stories(connection: Connection, limit: int) -> tuple[StorySummary, ...]:
    """The newest dated stories."""
    return _rows(
        connection,
        StorySummary,
        summaries().where(Story.sort_date.is_not(None)).order_by(Story.sort_date.desc(), Story.id.desc()).limit(limit),
    )


def undated_stories(
    connection: Connection, limit: int, entity_id: int | None = None, category_id: int | None = None
) -> tuple[StorySummary, ...]:
    """Stories whose publication date is not known, by title."""
    query = summaries().where(Story.sort_date.is_(None)).order_by(Story.title, Story.id).limit(limit)
    if entity_id is not None:
        query = query.join(StoryEntity, StoryEntity.story_id == Story.id).where(StoryEntity.entity_id == entity_id)
    if category_id is not None:
        query = query.where(Story.category_id == category_id)
    return _rows(connection, StorySummary, query)


def stories_by_id(connection: Connection, story_ids: Sequence[int]) -> dict[int, StorySummary]:
    """Stories as list rows, by row id."""
    rows = _rows(connection, StorySummary, summaries().where(Story.id.in_(story_ids)))
    return {row.id: row for row in rows}


def outlet_stories(
    connection: Connection, outlet_id: int, limit: int, before: tuple[date, int] | None = None
) -> tuple[StorySummary, ...]:
    """Dated stories whose current revision has a source of this outlet, newest first, ``before`` a (day, story) excluded."""
    cited = (
        select(Revision.story_id)
        .join(Source, Source.revision_id == Revision.id)
        .join(Story, (Story.id == Revision.story_id) & (Story.current_revision == Revision.number))
        .where(Source.outlet_id == outlet_id)
    )
    query = summaries().where(Story.id.in_(cited), Story.sort_date.is_not(None))
    if before is not None:
        query = query.where(tuple_(Story.sort_date, Story.id) < before)
    return _rows(connection, StorySummary, query.order_by(Story.sort_date.desc(), Story.id.desc()).limit(limit))


class StoreSize(NamedTuple):
    """How much there is, for the front page and for people who wonder."""

    stories: int
    sources: int
    events: int
    entities: int


def store_size(connection: Connection) -> StoreSize:
    """Counts of what the store holds."""
    count = func.count()
    return StoreSize(
        connection.execute(select(count).select_from(Story)).scalar_one(),
        connection.execute(select(func.coalesce(func.sum(Story.source_count), 0))).scalar_one(),
        connection.execute(select(count).select_from(Event)).scalar_one(),
        connection.execute(select(count).select_from(Entity).where(Entity.story_count > 0)).scalar_one(),
    )


def _revisions() -> Select[*tuple[Any, ...]]:
    return select(
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


def _summary(connection: Connection, revision_id: int) -> tuple[tuple[SentenceRow, ...], tuple[ParagraphRow, ...]]:
    citations: defaultdict[int, list[CitationRow]] = defaultdict(list)
    for sentence_id, number, source_id, inherited, uncertain in connection.execute(
        select(Citation.sentence_id, Citation.number, Citation.source_id, Citation.inherited, Citation.uncertain)
        .join(Sentence, Sentence.id == Citation.sentence_id)
        .where(Sentence.revision_id == revision_id)
        .order_by(Citation.sentence_id, Citation.position)
    ):
        citations[sentence_id].append(CitationRow(number, source_id, inherited, uncertain))
    by_paragraph: defaultdict[int | None, list[SentenceRow]] = defaultdict(list)
    for sentence_id, part, position, paragraph_id, text in connection.execute(
        select(Sentence.id, Sentence.part, Sentence.position, Sentence.paragraph_id, Sentence.text)
        .where(Sentence.revision_id == revision_id)
        .order_by(Sentence.part, Sentence.position)
    ):
        by_paragraph[paragraph_id].append(
            SentenceRow(sentence_id, part, position, paragraph_id, text, tuple(citations[sentence_id]))
        )
    paragraphs = tuple(
        ParagraphRow(paragraph_id, position, heading, tuple(by_paragraph[paragraph_id]))
        for paragraph_id, position, heading in connection.execute(
            select(Paragraph.id, Paragraph.position, Paragraph.heading)
            .where(Paragraph.revision_id == revision_id)
            .order_by(Paragraph.position)
        )
    )
    return tuple(by_paragraph[None]), paragraphs


def _entities(connection: Connection, story_id: int) -> tuple[StoryEntityRow, ...]:
    return _rows(
        connection,
        StoryEntityRow,
        select(Entity.slug, Entity.name, Entity.kind, StoryEntity.mention_count, StoryEntity.salience, StoryEntity.about)
        .join(Entity, Entity.id == StoryEntity.entity_id)
        .where(StoryEntity.story_id == story_id)
        .order_by(StoryEntity.salience.desc(), StoryEntity.mention_count.desc(), Entity.name),
    )


def _events(connection: Connection, story_id: int) -> tuple[StoryEventRow, ...]:
    return _rows(
        connection,
        StoryEventRow,
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
        )
        .join(Sentence, Sentence.id == Event.sentence_id)
        .where(Event.story_id == story_id)
        .order_by(Event.sort_date, Event.id),
    )


def _rows(connection: Connection, row_type: Any, query: Select[*tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(row_type(*row) for row in connection.execute(query))
