"""Stories as they were imported: every revision, with the documents that it was read from."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.dates import parse_edtf
from app.domain.documents import (
    Citation,
    Paragraph,
    ParsedDocument,
    ParsedSource,
    ParseWarning,
    Published,
    RelatedLink,
    Sentence,
    Title,
)
from app.domain.stories import AnalysedStory, Analysis, RawDocument
from app.store import schema
from app.store.withdrawals import shown
from app.store.writer import StoredParts

_PAGE = 200
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """One revision: what was parsed (without spans and top stories, which are not stored), and the documents it was read from."""

    number: int
    content_sha256: str
    imported_at: datetime
    document: ParsedDocument
    raw: tuple[RawDocument, ...]
    formats: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class StoryHistory:
    """A story with all its revisions, the first first."""

    public_id: str
    slug: str
    identity: str
    revisions: tuple[StoredRevision, ...]


def story_history(connection: Connection, public_id: str) -> StoryHistory | None:
    """One story with all its revisions; ``None`` where none with this id is shown."""
    row = connection.execute(
        select(schema.Story.id, schema.Story.slug, schema.Story.identity).where(schema.Story.public_id == public_id, shown())
    ).one_or_none()
    return StoryHistory(public_id, row.slug, row.identity, tuple(_revisions(connection, row.id))) if row else None


def all_stories(connection: Connection, *, withdrawn: bool = False) -> Iterator[StoryHistory]:
    """Every story that is shown, and with ``withdrawn`` the others too, in the order in which they were first imported."""
    wanted = () if withdrawn else (shown(),)
    last = 0
    while rows := connection.execute(
        select(schema.Story.id, schema.Story.public_id, schema.Story.slug, schema.Story.identity)
        .where(schema.Story.id > last, *wanted)
        .order_by(schema.Story.id)
        .limit(_PAGE)
    ).all():
        for story_id, public_id, slug, identity in rows:
            yield StoryHistory(public_id, slug, identity, tuple(_revisions(connection, story_id)))
        last = rows[-1][0]


def other_analyses(
    connection: Connection, version: str, limit: int, only: str | None = None
) -> list[tuple[StoredParts, AnalysedStory]]:
    """Stories (or ``only`` one) whose analysis is of another version than this, at most ``limit``: parts, and the story without
    an analysis.
    """
    rows = connection.execute(
        select(schema.Story.id, schema.Story.public_id, schema.Story.identity, schema.Story.slug, schema.Story.current_revision)
        .where(schema.Story.analysis_version != version, *([schema.Story.public_id == only] if only else []))
        .order_by(schema.Story.id)
        .limit(limit)
    )
    return [_without_analysis(connection, *row) for row in rows.all()]


def without_analysis(connection: Connection, story_ids: Sequence[int]) -> list[tuple[StoredParts, AnalysedStory]]:
    """These stories, each with the parts of its current revision, and without an analysis."""
    rows = connection.execute(
        select(schema.Story.id, schema.Story.public_id, schema.Story.identity, schema.Story.slug, schema.Story.current_revision)
        .where(schema.Story.id.in_(story_ids))
        .order_by(schema.Story.id)
    )
    return [_without_analysis(connection, *row) for row in rows.all()]


def unchanged(connection: Connection, version: str, stories: Sequence[StoredParts]) -> set[int]:
    """The ids of those of these stories that still have this revision, and an analysis of another version."""
    found = connection.execute(
        select(schema.Story.id, schema.Revision.id)
        .join(schema.Revision, schema.Revision.story_id == schema.Story.id)
        .where(
            schema.Story.id.in_([parts.story_id for parts in stories]),
            schema.Story.analysis_version != version,
            schema.Revision.number == schema.Story.current_revision,
        )
    )
    revisions = {story_id: revision_id for story_id, revision_id in found}
    return {parts.story_id for parts in stories if revisions.get(parts.story_id) == parts.revision_id}


def count_other_analyses(connection: Connection, version: str) -> int:
    """How many stories have an analysis of another version than this."""
    return connection.execute(
        select(func.count()).select_from(schema.Story).where(schema.Story.analysis_version != version)
    ).scalar_one()


def count_stale(connection: Connection) -> int:
    """How many stories are marked to be analysed again."""
    return connection.execute(
        select(func.count()).select_from(schema.Story).where(schema.Story.analysis_version == "")
    ).scalar_one()


def forget_analyses(connection: Connection, public_ids: Sequence[str]) -> int:
    """Mark stories (all, where none are named) as not analysed by any version; how many there are."""
    statement = update(schema.Story).values(analysis_version="")
    if public_ids:
        statement = statement.where(schema.Story.public_id.in_(public_ids))
    return connection.execute(statement).rowcount


def stories_with(connection: Connection, public_ids: Sequence[str]) -> list[int]:
    """The row ids of the stories with these ids."""
    return _ids(connection, schema.Story.id, schema.Story.public_id, public_ids)


def stories_of_findings(connection: Connection, public_ids: Sequence[str]) -> list[int]:
    """The row ids of the stories that have these findings."""
    return _ids(connection, schema.Finding.story_id, schema.Finding.public_id, public_ids)


def _ids(
    connection: Connection, wanted: InstrumentedAttribute[int], key: InstrumentedAttribute[str], keys: Sequence[str]
) -> list[int]:
    found: set[int] = set()
    for start in range(0, len(keys), _CHUNK):
        found.update(connection.scalars(select(wanted).where(key.in_(keys[start : start + _CHUNK]))))
    return sorted(found)


def mark_stale(connection: Connection, story_ids: Sequence[int]) -> None:
    """Mark these stories as not analysed by any version."""
    for start in range(0, len(story_ids), _CHUNK):
        chunk = story_ids[start : start + _CHUNK]
        connection.execute(update(schema.Story).where(schema.Story.id.in_(chunk)).values(analysis_version=""))


def _without_analysis(
    connection: Connection, story_id: int, public_id: str, identity: str, slug: str, number: int
) -> tuple[StoredParts, AnalysedStory]:
    revision_id = connection.execute(
        select(schema.Revision.id).where(schema.Revision.story_id == story_id, schema.Revision.number == number)
    ).scalar_one()
    sentences = connection.execute(
        select(schema.Sentence.id, schema.Sentence.part, schema.Sentence.position).where(
            schema.Sentence.revision_id == revision_id
        )
    )
    sources = connection.execute(select(schema.Source.number, schema.Source.id).where(schema.Source.revision_id == revision_id))
    parts = StoredParts(
        story_id,
        revision_id,
        {number: source_id for number, source_id in sources},
        {(part, position - 1): sentence_id for sentence_id, part, position in sentences},
    )
    (revision,) = _revisions(connection, story_id, number)
    story = AnalysedStory(
        identity, public_id, slug, revision.content_sha256, revision.document, Analysis(), revision.raw, revision.formats
    )
    return parts, story


def _revisions(connection: Connection, story_id: int, number: int | None = None) -> Iterator[StoredRevision]:
    """The revisions of a story, or the one with this number."""
    revision = schema.Revision
    rows = connection.execute(
        select(
            revision.id,
            revision.number,
            revision.content_sha256,
            revision.imported_at,
            revision.title,
            revision.title_derived,
            revision.published_edtf,
            revision.published_source,
            revision.url,
            revision.origin_id,
            revision.language,
            revision.declared_sources,
            schema.Category.name,
        )
        .outerjoin(schema.Category, schema.Category.id == revision.category_id)
        .where(revision.story_id == story_id, *([revision.number == number] if number else []))
        .order_by(revision.number)
    ).all()
    for row in rows:
        documents = _documents(connection, row.id)
        dek, paragraphs = _summary(connection, row.id)
        yield StoredRevision(
            number=row.number,
            content_sha256=row.content_sha256,
            imported_at=_utc(row.imported_at),
            document=ParsedDocument(
                format=documents[-1][1][0],
                variant=documents[-1][1][1],
                title=Title(row.title, row.title_derived),
                published=_published(row.published_edtf, row.published_source),
                dek=dek,
                paragraphs=paragraphs,
                sources=_sources(connection, row.id),
                related=_related(connection, row.id),
                warnings=_warnings(connection, row.id),
                url=row.url,
                id=row.origin_id,
                category=row.name,
                language=row.language,
                declared_sources=row.declared_sources,
            ),
            raw=tuple(raw for raw, _ in documents),
            formats=tuple(form for _, form in documents),
        )


def _documents(connection: Connection, revision_id: int) -> list[tuple[RawDocument, tuple[str, str | None]]]:
    document = schema.Document
    rows = connection.execute(
        select(document.name, document.content, document.sha256, document.hints, document.format, document.variant)
        .join(schema.RevisionDocument, schema.RevisionDocument.document_id == document.id)
        .where(schema.RevisionDocument.revision_id == revision_id)
        .order_by(schema.RevisionDocument.position)
    )
    return [
        (RawDocument(name, zlib.decompress(content), sha256, hints), (form, variant))
        for name, content, sha256, hints, form, variant in rows
    ]


def _summary(connection: Connection, revision_id: int) -> tuple[tuple[Sentence, ...], tuple[Paragraph, ...]]:
    own: defaultdict[int, list[Citation]] = defaultdict(list)
    inherited: defaultdict[int, list[int]] = defaultdict(list)
    citation, sentence, paragraph = schema.Citation, schema.Sentence, schema.Paragraph
    for sentence_id, number, is_inherited, uncertain in connection.execute(
        select(citation.sentence_id, citation.number, citation.inherited, citation.uncertain)
        .join(sentence, sentence.id == citation.sentence_id)
        .where(sentence.revision_id == revision_id)
        .order_by(citation.sentence_id, citation.position)
    ):
        if is_inherited:
            inherited[sentence_id].append(number)
        else:
            own[sentence_id].append(Citation(number, uncertain))
    parts: defaultdict[int | None, list[Sentence]] = defaultdict(list)
    for sentence_id, paragraph_id, words in connection.execute(
        select(sentence.id, sentence.paragraph_id, sentence.text)
        .where(sentence.revision_id == revision_id)
        .order_by(sentence.part, sentence.position)
    ):
        parts[paragraph_id].append(Sentence(words, tuple(own[sentence_id]), tuple(inherited[sentence_id])))
    paragraphs = connection.execute(
        select(paragraph.id, paragraph.heading).where(paragraph.revision_id == revision_id).order_by(paragraph.position)
    )
    return tuple(parts[None]), tuple(Paragraph(tuple(parts[paragraph_id]), heading) for paragraph_id, heading in paragraphs)


def _sources(connection: Connection, revision_id: int) -> tuple[ParsedSource, ...]:
    source = schema.Source
    rows = connection.execute(
        select(
            source.number,
            source.title,
            source.text,
            source.raw_title,
            schema.Outlet.name,
            source.url,
            source.published_edtf,
            source.author,
        )
        .outerjoin(schema.Outlet, schema.Outlet.id == source.outlet_id)
        .where(source.revision_id == revision_id)
        .order_by(source.id)
    )
    return tuple(
        ParsedSource(number, title, words, raw_title, outlet, url, parse_edtf(edtf) if edtf else None, author)
        for number, title, words, raw_title, outlet, url, edtf, author in rows
    )


def _related(connection: Connection, revision_id: int) -> tuple[RelatedLink, ...]:
    link = schema.RelatedLink
    rows = connection.execute(
        select(link.title, link.url, link.published_edtf, schema.Category.name)
        .outerjoin(schema.Category, schema.Category.id == link.category_id)
        .where(link.revision_id == revision_id)
        .order_by(link.position)
    )
    return tuple(RelatedLink(title, url, parse_edtf(edtf) if edtf else None, category) for title, url, edtf, category in rows)


def _warnings(connection: Connection, revision_id: int) -> tuple[ParseWarning, ...]:
    warning = schema.StoryWarning
    rows = connection.execute(
        select(warning.code, warning.line, warning.excerpt, warning.message)
        .where(warning.revision_id == revision_id)
        .order_by(warning.position)
    )
    return tuple(ParseWarning(*row) for row in rows)


def _published(edtf: str | None, source: str | None) -> Published | None:
    return Published(parse_edtf(edtf), source) if edtf and source else None


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
