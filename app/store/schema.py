"""Tables and constraints.

Three sorts of tables, and who writes them:

* imported and never changed: documents, stories, revisions and their parts (paragraphs, sentences, sources, citations, …);
* derived from the current revision of each story and replaced with it: mentions, events, and the rollups and indexes
  kept in step in the same transaction (story_entities, timelines, months, pairs, search_documents);
* the gazetteer as the store knows it: entities, aliases, entity_relations.

Dates of limited precision are three columns: the EDTF string that says exactly what is known, and the first and last day covered.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

#: 64 bits everywhere; plain INTEGER on SQLite, where only that is an alias of the row id.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables of the store, with constraint names that are the same on every engine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {int: Id, str: Text, datetime: DateTime(timezone=True)}


class StoreState(Base):
    """The one row that describes the store itself."""

    __tablename__ = "store_state"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    generation: Mapped[int] = mapped_column(server_default=text("0"))
    """Counts the commits that changed something a page can show."""
    gazetteer_version: Mapped[str | None]
    sample_imported_at: Mapped[datetime | None]


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


class Entity(Base):
    """An organisation, person, model or other thing that stories are about."""

    __tablename__ = "entities"
    __table_args__ = (Index("ix_entities_kind_initial_name", "kind", "initial", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    initial: Mapped[str] = mapped_column(String(1))
    """First letter for the index, A to Z, or ``#``."""
    kind: Mapped[str]
    description: Mapped[str | None]
    wikidata: Mapped[str | None]
    url: Mapped[str | None]
    story_count: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """Stories that are about it or mention it (rollup)."""
    event_count: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """Events in which it takes part (rollup)."""


class Alias(Base):
    """Another name of an entity, also as readers type it (``folded``: lower case, no accents)."""

    __tablename__ = "aliases"
    __table_args__ = (Index("ix_aliases_folded_entity_id", "folded", "entity_id"),)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str]


class EntityRelation(Base):
    """A tie between two entities (parent, maker, family, member), with its dates where known."""

    __tablename__ = "entity_relations"
    __table_args__ = (Index("ix_entity_relations_target_id", "target_id"),)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[date | None]
    until: Mapped[date | None]


class Mention(Base):
    """An entity at a character span of a title, a sentence or a source text."""

    __tablename__ = "mentions"
    __table_args__ = (
        CheckConstraint("part IN ('title', 'dek', 'summary', 'source')", name="part"),
        CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name="span"),
        Index("ix_mentions_revision_id_entity_id", "revision_id", "entity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), index=True)
    part: Mapped[str] = mapped_column(String(7))
    sentence_id: Mapped[int | None] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    start_offset: Mapped[int] = mapped_column(Integer)
    end_offset: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str]


class StoryEntity(Base):
    """How much a story is about an entity (rollup of mentions)."""

    __tablename__ = "story_entities"

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True, index=True)
    mention_count: Mapped[int] = mapped_column(Integer)
    """Mentions in title, dek and summary."""
    salience: Mapped[float]
    """0 to 1; see ``app.analysis.salience``."""
    about: Mapped[bool]


class Event(Base):
    """Something that happened or is planned, and the sentence that says so."""

    __tablename__ = "events"
    __table_args__ = (CheckConstraint("start_date IS NULL OR end_date IS NULL OR start_date <= end_date", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), index=True)
    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), index=True)
    phrase: Mapped[str]
    """The words that tell the time; empty, like its span, where there are none."""
    phrase_start: Mapped[int] = mapped_column(Integer)
    phrase_end: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str]
    anchor_edtf: Mapped[str | None]
    edtf: Mapped[str | None]
    """Empty, like the days and the precision, for an event whose date is unknown: it is in its story, but in no timeline."""
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    sort_date: Mapped[date | None]
    precision: Mapped[str | None]
    type: Mapped[str]
    planned: Mapped[bool]
    reported: Mapped[bool] = mapped_column(server_default=false())
    """Told as what somebody says, not as a fact."""
    open_weights: Mapped[bool | None]
    """Of a release or launch; empty where the sentence does not say."""
    predicate_start: Mapped[int | None] = mapped_column(Integer)
    predicate_end: Mapped[int | None] = mapped_column(Integer)
    bucket: Mapped[str | None] = mapped_column(String(10), index=True)
    """Events that may be the same share it: see ``app.domain.witnesses``."""


class EventParticipant(Base):
    """An entity that takes part in an event."""

    __tablename__ = "event_participants"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(server_default=text("'participant'"))


class EventAmount(Base):
    """A sum of money that an event's sentence names."""

    __tablename__ = "event_amounts"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    value: Mapped[Decimal] = mapped_column(Numeric(24, 2))
    currency: Mapped[str] = mapped_column(String(3))


class Check(Base):
    """The verdict on a sentence of a current revision: whether the sources that it cites say so."""

    __tablename__ = "checks"

    sentence_id: Mapped[int] = mapped_column(
        ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str]
    reason: Mapped[str | None]
    """Why the sentence could not be checked."""


class Evidence(Base):
    """A passage of a source that carries the content of a sentence, the best first."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name="span"),)

    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    start_offset: Mapped[int] = mapped_column(Integer)
    end_offset: Mapped[int] = mapped_column(Integer)
    score: Mapped[float]
    """0 to 1: the share of the sentence's weight that the passage has."""


class Finding(Base):
    """Something about a sentence and its sources that someone should look at."""

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint("strength IN ('strong', 'weak')", name="strength"),
        CheckConstraint("state IN ('open', 'confirmed', 'dismissed', 'corrected')", name="state"),
        Index("ix_findings_strength_sort_date_id", "strength", "sort_date", "id"),
        Index("ix_findings_state_strength_kind_category_id", "state", "strength", "kind", "category_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)
    sentence_id: Mapped[int] = mapped_column(ForeignKey("sentences.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    strength: Mapped[str]
    rule: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    """Of the rule."""
    start_offset: Mapped[int] = mapped_column(Integer)
    """What differs, in the sentence."""
    end_offset: Mapped[int] = mapped_column(Integer)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    source_start: Mapped[int | None] = mapped_column(Integer)
    """What differs, in the source's text; empty where the source has nothing in its place."""
    source_end: Mapped[int | None] = mapped_column(Integer)
    passage_start: Mapped[int | None] = mapped_column(Integer)
    """The passage of the source that is shown beside the sentence."""
    passage_end: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str]
    sort_date: Mapped[date | None]
    """The story's."""
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    """The story's."""
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    """From the latest decision on it."""


class RetiredFinding(Base):
    """A finding that is gone because its story says something else by now: its address still tells where it was."""

    __tablename__ = "retired_findings"

    public_id: Mapped[str] = mapped_column(String(10), primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), index=True)


class EntityVerdict(Base):
    """Sentences of the summaries of stories about an entity, by verdict (rollup)."""

    __tablename__ = "entity_verdicts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    verdict: Mapped[str] = mapped_column(primary_key=True)
    sentences: Mapped[int] = mapped_column(Integer)


class OutletVerdict(Base):
    """Sentences of summaries that themselves cite a source of an outlet, by verdict (rollup)."""

    __tablename__ = "outlet_verdicts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlets.id"), primary_key=True)
    verdict: Mapped[str] = mapped_column(primary_key=True)
    sentences: Mapped[int] = mapped_column(Integer)


class Decision(Base):
    """What a person decided later, kept apart from what was imported. Only ever added to: a change of mind is a later row."""

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_subject_subject_id", "subject", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    action: Mapped[str]
    subject: Mapped[str]
    """What it is about: ``entity``, ``proposal``, ``finding`` or ``story``."""
    subject_id: Mapped[str]
    """Its slug, its name or its public id."""
    details: Mapped[str] = mapped_column(server_default=text("'{}'"))
    """JSON."""
    note: Mapped[str | None]
    curator: Mapped[str]
    decided_at: Mapped[datetime]


class Withdrawal(Base):
    """A story that is shown nowhere, from the latest decision on it."""

    __tablename__ = "withdrawals"

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    note: Mapped[str | None]
    withdrawn_at: Mapped[datetime]


class EndedSession(Base):
    """A session of a curator who logged out: its cookie may be younger than the longest that a session lasts."""

    __tablename__ = "ended_sessions"

    session_id: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime]


class EntityRedirect(Base):
    """An entity's old address and the slug that it leads to now."""

    __tablename__ = "entity_redirects"

    slug: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str]


class Proposal(Base):
    """A name in a story that looks like an entity's and is not in the gazetteer, with what speaks for it."""

    __tablename__ = "proposals"
    __table_args__ = (Index("ix_proposals_folded_story_id", "folded", "story_id"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str]
    kind: Mapped[str]
    score: Mapped[float]
    mention_count: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str]
    evidence: Mapped[str]
    """A sentence that has the name."""


class _TimelineItem:
    """Columns of a timeline row: a story at its publication or an event at its date, with what filters look at.

    The primary key is the reading order, so that a page of a timeline is one range of the table.
    """

    sort_date: Mapped[date] = mapped_column(primary_key=True)
    item_kind: Mapped[str] = mapped_column(String(5), primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int]
    end_date: Mapped[date | None]
    type: Mapped[str | None]
    category_id: Mapped[int | None]


class TimelineItem(Base, _TimelineItem):
    """All stories and events in time order."""

    __tablename__ = "timeline_items"
    __table_args__ = (
        CheckConstraint("item_kind IN ('event', 'story')", name="item_kind"),
        Index("ix_timeline_items_type", "type", "sort_date", "item_kind", "item_id"),
        Index("ix_timeline_items_category_id", "category_id", "sort_date", "item_kind", "item_id"),
        {"sqlite_with_rowid": False},
    )


class EntityTimelineItem(Base, _TimelineItem):
    """The same for each entity: the stories about it (and, ``about`` false, those that only mention it) and its events."""

    __tablename__ = "entity_timeline_items"

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True, sort_order=-1)
    about: Mapped[bool]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        return (CheckConstraint("item_kind IN ('event', 'story')", name="item_kind"), {"sqlite_with_rowid": False})


class EntityMonth(Base):
    """Activity of an entity by calendar month (rollup)."""

    __tablename__ = "entity_months"
    __table_args__ = (Index("ix_entity_months_month_stories", "month", "stories"), {"sqlite_with_rowid": False})

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    stories: Mapped[int] = mapped_column(Integer)
    events: Mapped[int] = mapped_column(Integer)


class EntityPair(Base):
    """In how many stories two entities occur together, kept in both directions (rollup)."""

    __tablename__ = "entity_pairs"
    __table_args__ = ({"sqlite_with_rowid": False},)

    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    stories: Mapped[int] = mapped_column(Integer)


class FacetCount(Base):
    """Rows of timelines by pairs of filter values (rollup): those of a scope (``entity:12``, or empty for all) that have a value.

    See ``app.store.facet_counts``.
    """

    __tablename__ = "facet_counts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    scope: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    rows: Mapped[int] = mapped_column(Integer)


class SearchDocument(Base):
    """The text of a story by field, as the full-text index of the engine reads it."""

    __tablename__ = "search_documents"

    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True)
    sort_date: Mapped[date | None] = mapped_column(index=True)
    title: Mapped[str]
    names: Mapped[str]
    summary: Mapped[str]
    sources: Mapped[str]
