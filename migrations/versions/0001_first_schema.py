"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "categories",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
    )
    op.create_table(
        "documents",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=True),
        sa.Column("size", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("hints", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_documents_sha256_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("sha256", "hints", name=op.f("uq_documents_sha256_hints")),
    )
    op.create_table(
        "entities",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initial", sa.String(length=1), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("wikidata", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("story_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("event_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
        sa.UniqueConstraint("slug", name=op.f("uq_entities_slug")),
    )
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.create_index("ix_entities_kind_initial_name", ["kind", "initial", "name"], unique=False)

    op.create_table(
        "outlets",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
        sa.UniqueConstraint("slug", name=op.f("uq_outlets_slug")),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("quarantined_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("sha256", name=op.f("uq_quarantine_sha256")),
    )
    op.create_table(
        "store_state",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("generation", ID, server_default=sa.text("0"), nullable=False),
        sa.Column("gazetteer_version", sa.Text(), nullable=True),
        sa.Column("sample_imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_state_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_state")),
    )
    op.create_table(
        "timeline_items",
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("item_kind", sa.String(length=5), nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("category_id", ID, nullable=True),
        sa.CheckConstraint("item_kind IN ('event', 'story')", name=op.f("ck_timeline_items_item_kind")),
        sa.PrimaryKeyConstraint("sort_date", "item_kind", "item_id", name=op.f("pk_timeline_items")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("timeline_items", schema=None) as batch_op:
        batch_op.create_index("ix_timeline_items_category_id", ["category_id", "sort_date", "item_kind", "item_id"], unique=False)
        batch_op.create_index("ix_timeline_items_type", ["type", "sort_date", "item_kind", "item_id"], unique=False)

    op.create_table(
        "aliases",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_aliases_entity_id_entities"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity_id", "name", name=op.f("pk_aliases")),
    )
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.create_index("ix_aliases_folded_entity_id", ["folded", "entity_id"], unique=False)

    op.create_table(
        "entity_months",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_entity_months_entity_id_entities")),
        sa.PrimaryKeyConstraint("entity_id", "month", name=op.f("pk_entity_months")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("entity_months", schema=None) as batch_op:
        batch_op.create_index("ix_entity_months_month_stories", ["month", "stories"], unique=False)

    op.create_table(
        "entity_pairs",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_entity_pairs_entity_id_entities")),
        sa.ForeignKeyConstraint(["other_id"], ["entities.id"], name=op.f("fk_entity_pairs_other_id_entities")),
        sa.PrimaryKeyConstraint("entity_id", "other_id", name=op.f("pk_entity_pairs")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entity_relations",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.id"], name=op.f("fk_entity_relations_entity_id_entities"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["entities.id"], name=op.f("fk_entity_relations_target_id_entities"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", "kind", "target_id", name=op.f("pk_entity_relations")),
    )
    with op.batch_alter_table("entity_relations", schema=None) as batch_op:
        batch_op.create_index("ix_entity_relations_target_id", ["target_id"], unique=False)

    op.create_table(
        "entity_timeline_items",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("about", sa.Boolean(), nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("item_kind", sa.String(length=5), nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("category_id", ID, nullable=True),
        sa.CheckConstraint("item_kind IN ('event', 'story')", name=op.f("ck_entity_timeline_items_item_kind")),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_entity_timeline_items_entity_id_entities")),
        sa.PrimaryKeyConstraint("entity_id", "sort_date", "item_kind", "item_id", name=op.f("pk_entity_timeline_items")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("current_revision", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_derived", sa.Text(), nullable=True),
        sa.Column("dek", sa.Text(), nullable=False),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("published_source", sa.Text(), nullable=True),
        sa.Column("sort_date", sa.Date(), nullable=True),
        sa.Column("source_count", sa.Integer(), nullable=False),
        sa.Column("sentence_count", sa.Integer(), nullable=False),
        sa.Column("warning_count", sa.Integer(), nullable=False),
        sa.Column("first_imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_edtf", sa.Text(), nullable=True),
        sa.Column("published_start", sa.Date(), nullable=True),
        sa.Column("published_end", sa.Date(), nullable=True),
        sa.CheckConstraint("current_revision >= 1", name=op.f("ck_stories_current_revision")),
        sa.CheckConstraint("length(public_id) = 10", name=op.f("ck_stories_public_id_length")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_stories_category_id_categories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("identity", name=op.f("uq_stories_identity")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stories_public_id")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index("ix_stories_category_id_sort_date_id", ["category_id", "sort_date", "id"], unique=False)
        batch_op.create_index("ix_stories_sort_date_id", ["sort_date", "id"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_derived", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("origin_id", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("published_source", sa.Text(), nullable=True),
        sa.Column("declared_sources", sa.Integer(), nullable=True),
        sa.Column("parser_version", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_edtf", sa.Text(), nullable=True),
        sa.Column("published_start", sa.Date(), nullable=True),
        sa.Column("published_end", sa.Date(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_revisions_number")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_revisions_category_id_categories")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_revisions_story_id_stories"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("story_id", "number", name=op.f("uq_revisions_story_id_number")),
    )
    op.create_table(
        "search_documents",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_search_documents_story_id_stories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_search_documents")),
    )
    with op.batch_alter_table("search_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_documents_sort_date"), ["sort_date"], unique=False)

    op.create_table(
        "story_entities",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("mention_count", sa.Integer(), nullable=False),
        sa.Column("salience", sa.Double(), nullable=False),
        sa.Column("about", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_story_entities_entity_id_entities")),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_entities_story_id_stories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "entity_id", name=op.f("pk_story_entities")),
    )
    with op.batch_alter_table("story_entities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_entities_entity_id"), ["entity_id"], unique=False)

    op.create_table(
        "paragraphs",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.CheckConstraint("position >= 1", name=op.f("ck_paragraphs_position")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_paragraphs_revision_id_revisions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraphs")),
        sa.UniqueConstraint("revision_id", "position", name=op.f("uq_paragraphs_revision_id_position")),
    )
    op.create_table(
        "related_links",
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("published_edtf", sa.Text(), nullable=True),
        sa.Column("published_start", sa.Date(), nullable=True),
        sa.Column("published_end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_related_links_category_id_categories")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_related_links_revision_id_revisions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "position", name=op.f("pk_related_links")),
    )
    op.create_table(
        "revision_documents",
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_revision_documents_document_id_documents")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revisions.id"],
            name=op.f("fk_revision_documents_revision_id_revisions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("revision_id", "position", name=op.f("pk_revision_documents")),
    )
    with op.batch_alter_table("revision_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_documents_document_id"), ["document_id"], unique=False)

    op.create_table(
        "sources",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("raw_title", sa.Text(), nullable=False),
        sa.Column("outlet_id", ID, nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_edtf", sa.Text(), nullable=True),
        sa.Column("published_start", sa.Date(), nullable=True),
        sa.Column("published_end", sa.Date(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_sources_number")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_sources_outlet_id_outlets")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_sources_revision_id_revisions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("revision_id", "number", name=op.f("uq_sources_revision_id_number")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sources_outlet_id"), ["outlet_id"], unique=False)

    op.create_table(
        "warnings",
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_warnings_revision_id_revisions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "position", name=op.f("pk_warnings")),
    )
    op.create_table(
        "sentences",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("paragraph_id", ID, nullable=True),
        sa.Column("part", sa.String(length=7), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("(part = 'dek') = (paragraph_id IS NULL)", name=op.f("ck_sentences_paragraph")),
        sa.CheckConstraint("part IN ('dek', 'summary')", name=op.f("ck_sentences_part")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_sentences_position")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["paragraphs.id"], name=op.f("fk_sentences_paragraph_id_paragraphs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_sentences_revision_id_revisions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentences")),
        sa.UniqueConstraint("revision_id", "part", "position", name=op.f("uq_sentences_revision_id_part_position")),
    )
    with op.batch_alter_table("sentences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sentences_paragraph_id"), ["paragraph_id"], unique=False)

    op.create_table(
        "citations",
        sa.Column("sentence_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("inherited", sa.Boolean(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_citations_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_citations_source_id_sources"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sentence_id", "position", name=op.f("pk_citations")),
    )
    with op.batch_alter_table("citations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citations_source_id"), ["source_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("sentence_id", ID, nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("phrase_start", sa.Integer(), nullable=False),
        sa.Column("phrase_end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("anchor_edtf", sa.Text(), nullable=True),
        sa.Column("edtf", sa.Text(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("sort_date", sa.Date(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.CheckConstraint("start_date IS NULL OR end_date IS NULL OR start_date <= end_date", name=op.f("ck_events_dates")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_events_revision_id_revisions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_events_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_events_story_id_stories"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("public_id", name=op.f("uq_events_public_id")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_sentence_id"), ["sentence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_story_id"), ["story_id"], unique=False)

    op.create_table(
        "mentions",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("part", sa.String(length=7), nullable=False),
        sa.Column("sentence_id", ID, nullable=True),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint("part IN ('title', 'dek', 'summary', 'source')", name=op.f("ck_mentions_part")),
        sa.CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name=op.f("ck_mentions_span")),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_mentions_entity_id_entities")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_mentions_revision_id_revisions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_mentions_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_mentions_source_id_sources"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentions_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index("ix_mentions_revision_id_entity_id", ["revision_id", "entity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_sentence_id"), ["sentence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_source_id"), ["source_id"], unique=False)

    op.create_table(
        "event_amounts",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=24, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_amounts_event_id_events"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "position", name=op.f("pk_event_amounts")),
    )
    op.create_table(
        "event_participants",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_event_participants_entity_id_entities")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_participants_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "entity_id", name=op.f("pk_event_participants")),
    )
    with op.batch_alter_table("event_participants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_participants_entity_id"), ["entity_id"], unique=False)

    op.execute("INSERT INTO store_state (id) VALUES (1)")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(title, names, summary, sources, "
            "content='search_documents', content_rowid='story_id', tokenize='porter unicode61 remove_diacritics 2')"
        )
    else:
        # Weights as in bm25 of the other engine: title, names, summary, sources. The cut keeps a huge document under
        # the megabyte that PostgreSQL allows a tsvector.
        op.execute(
            "ALTER TABLE search_documents ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
            "setweight(to_tsvector('english', left(title, 1000)), 'A') || "
            "setweight(to_tsvector('english', left(names, 10000)), 'B') || "
            "setweight(to_tsvector('english', left(summary, 100000)), 'C') || "
            "setweight(to_tsvector('english', left(sources, 250000)), 'D')) STORED"
        )
        op.execute("CREATE INDEX ix_search_documents_vector ON search_documents USING gin (vector)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    with op.batch_alter_table("event_participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_participants_entity_id"))

    op.drop_table("event_participants")
    op.drop_table("event_amounts")
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentions_source_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_sentence_id"))
        batch_op.drop_index("ix_mentions_revision_id_entity_id")
        batch_op.drop_index(batch_op.f("ix_mentions_entity_id"))

    op.drop_table("mentions")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_story_id"))
        batch_op.drop_index(batch_op.f("ix_events_sentence_id"))
        batch_op.drop_index(batch_op.f("ix_events_revision_id"))

    op.drop_table("events")
    with op.batch_alter_table("citations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citations_source_id"))

    op.drop_table("citations")
    with op.batch_alter_table("sentences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sentences_paragraph_id"))

    op.drop_table("sentences")
    op.drop_table("warnings")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_outlet_id"))

    op.drop_table("sources")
    with op.batch_alter_table("revision_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_documents_document_id"))

    op.drop_table("revision_documents")
    op.drop_table("related_links")
    op.drop_table("paragraphs")
    with op.batch_alter_table("story_entities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_entities_entity_id"))

    op.drop_table("story_entities")
    with op.batch_alter_table("search_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_documents_sort_date"))

    op.drop_table("search_documents")
    op.drop_table("revisions")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index("ix_stories_sort_date_id")
        batch_op.drop_index("ix_stories_category_id_sort_date_id")

    op.drop_table("stories")
    op.drop_table("entity_timeline_items")
    with op.batch_alter_table("entity_relations", schema=None) as batch_op:
        batch_op.drop_index("ix_entity_relations_target_id")

    op.drop_table("entity_relations")
    op.drop_table("entity_pairs")
    with op.batch_alter_table("entity_months", schema=None) as batch_op:
        batch_op.drop_index("ix_entity_months_month_stories")

    op.drop_table("entity_months")
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.drop_index("ix_aliases_folded_entity_id")

    op.drop_table("aliases")
    with op.batch_alter_table("timeline_items", schema=None) as batch_op:
        batch_op.drop_index("ix_timeline_items_type")
        batch_op.drop_index("ix_timeline_items_category_id")

    op.drop_table("timeline_items")
    op.drop_table("store_state")
    op.drop_table("quarantine")
    op.drop_table("outlets")
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.drop_index("ix_entities_kind_initial_name")

    op.drop_table("entities")
    op.drop_table("documents")
    op.drop_table("categories")
