"""What is imported and never changed: documents, stories, revisions and their parts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.schema.base import Base


class Document(Base):
    """An input file as it came, compressed, with the hints that were given beside it."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("sha256", "hints"), CheckConstraint("length(sha256) = 64", name="sha256_length"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the uncompressed bytes, in hexadecimal."""
    name: Mapped[str]
    format: Mapped[str]
    variant: Mapped[str | None]
    size: Mapped[int]
    """Of the uncompressed bytes."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """zlib-compressed."""
    hints: Mapped[str]
    """JSON of what the operator said beside the document (options), so that it can be parsed again; ``{}`` for nothing."""
    imported_at: Mapped[datetime]


class Category(Base):
    """What a document files a story under: free text, created on sight."""

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Outlet(Base):
    """Who published a source."""

    __tablename__ = "outlets"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class _Published:
    """Columns of a publication date of limited precision."""

    published_edtf: Mapped[str | None]
    published_start: Mapped[date | None]
    published_end: Mapped[date | None]


class Story(Base, _Published):
    """A story: its permanent id, and what its current revision says, for lists."""

    __tablename__ = "stories"
    __table_args__ = (
        CheckConstraint("length(public_id) = 10", name="public_id_length"),
        CheckConstraint("current_revision >= 1", name="current_revision"),
        Index("ix_stories_sort_date_id", "sort_date", "id"),
        Index("ix_stories_category_id_sort_date_id", "category_id", "sort_date", "id"),
        Index("ix_stories_analysis_version_id", "analysis_version", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    identity: Mapped[str] = mapped_column(unique=True)
    """What makes two documents the same story: see ``app.importer.identity``."""
    current_revision: Mapped[int] = mapped_column(Integer)
    slug: Mapped[str]
    title: Mapped[str]
    title_derived: Mapped[str | None]
    dek: Mapped[str]
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    published_source: Mapped[str | None]
    sort_date: Mapped[date | None]
    """First day of a publication date that is known, not merely bounded; empty for an undated story."""
    source_count: Mapped[int] = mapped_column(Integer)
    sentence_count: Mapped[int] = mapped_column(Integer)
    warning_count: Mapped[int] = mapped_column(Integer)
    first_imported_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    analysis_version: Mapped[str] = mapped_column(server_default=text("''"))
    """The analysis that mentions, events and everything counted from them are of; another than today's is worked out again."""


class Revision(Base, _Published):
    """One imported state of a story; never changed after it is stored."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("story_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    content_sha256: Mapped[str] = mapped_column(String(64))
    """Of what was parsed: equal content is the same revision, whatever the bytes."""
    title: Mapped[str]
    title_derived: Mapped[str | None]
    url: Mapped[str | None]
    origin_id: Mapped[str | None]
    language: Mapped[str | None]
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    published_source: Mapped[str | None]
    declared_sources: Mapped[int | None] = mapped_column(Integer)
    parser_version: Mapped[int] = mapped_column(Integer)
    imported_at: Mapped[datetime]


class RevisionDocument(Base):
    """The documents that a revision was read from: one, or several variants that were merged."""

    __tablename__ = "revision_documents"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)


class Paragraph(Base):
    """A paragraph of a summary; ``position`` counts from 1 and is its anchor (``#p3``)."""

    __tablename__ = "paragraphs"
    __table_args__ = (UniqueConstraint("revision_id", "position"), CheckConstraint("position >= 1", name="position"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    heading: Mapped[str | None]


class Sentence(Base):
    """A sentence of dek or summary; ``position`` counts from 1 through its part and is its anchor (``#s12``)."""

    __tablename__ = "sentences"
    __table_args__ = (
        UniqueConstraint("revision_id", "part", "position"),
        CheckConstraint("part IN ('dek', 'summary')", name="part"),
        CheckConstraint("(part = 'dek') = (paragraph_id IS NULL)", name="paragraph"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraphs.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(7))
    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[str]


class Source(Base, _Published):
    """A numbered article that the summary may cite. What the document does not say is empty."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("revision_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    raw_title: Mapped[str]
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"), index=True)
    url: Mapped[str | None]
    author: Mapped[str | None]
    text: Mapped[str]


class Citation(Base):
    """A marker that ties a sentence to a source: its own, or inherited from the cited sentence before it.

    ``source_id`` is empty where the document cites a number whose source it does not carry.
    """

    __tablename__ = "citations"

    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    inherited: Mapped[bool]
    uncertain: Mapped[bool]


class RelatedLink(Base, _Published):
    """A pointer to another story, as far as the document still has it."""

    __tablename__ = "related_links"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str | None]
    url: Mapped[str | None]
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))


class StoryWarning(Base):
    """Something in a revision's documents that was not understood or does not add up."""

    __tablename__ = "warnings"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str]
    line: Mapped[int | None] = mapped_column(Integer)
    excerpt: Mapped[str]
    message: Mapped[str]


class Quarantined(Base):
    """A document that could not be read, kept with the reason so that it can be tried again."""

    __tablename__ = "quarantine"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """zlib-compressed; empty where the document is over the size limit."""
    code: Mapped[str]
    message: Mapped[str]
    line: Mapped[int | None] = mapped_column(Integer)
    quarantined_at: Mapped[datetime]
    hints: Mapped[str] = mapped_column(server_default=text("'{}'"))
    """As in ``documents``."""
