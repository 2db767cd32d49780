"""What the check of summaries against their sources found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "checks",
        sa.Column("sentence_id", _ID, nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_checks_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_checks_story_id_stories"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sentence_id", name=op.f("pk_checks")),
    )
    op.create_index("ix_checks_story_id", "checks", ["story_id"])
    op.create_table(
        "evidence",
        sa.Column("sentence_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name=op.f("ck_evidence_span")),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_evidence_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_evidence_source_id_sources"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sentence_id", "position", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_source_id", "evidence", ["source_id"])
    op.create_table(
        "findings",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("sentence_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("source_id", _ID, nullable=True),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("passage_start", sa.Integer(), nullable=True),
        sa.Column("passage_end", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sort_date", sa.Date(), nullable=True),
        sa.Column("category_id", _ID, nullable=True),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.CheckConstraint("strength IN ('strong', 'weak')", name=op.f("ck_findings_strength")),
        sa.CheckConstraint("state IN ('open', 'confirmed', 'dismissed', 'corrected')", name=op.f("ck_findings_state")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_findings_category_id_categories")),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_findings_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_findings_source_id_sources"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_findings_story_id_stories"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_findings_public_id")),
    )
    op.create_index("ix_findings_story_id", "findings", ["story_id"])
    op.create_index("ix_findings_sentence_id", "findings", ["sentence_id"])
    op.create_index("ix_findings_source_id", "findings", ["source_id"])
    op.create_index("ix_findings_strength_sort_date_id", "findings", ["strength", "sort_date", "id"])
    op.create_index("ix_findings_state_strength_kind_category_id", "findings", ["state", "strength", "kind", "category_id"])
    op.create_table(
        "retired_findings",
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_retired_findings_story_id_stories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("public_id", name=op.f("pk_retired_findings")),
    )
    op.create_index("ix_retired_findings_story_id", "retired_findings", ["story_id"])
    for table, key, other in (
        ("entity_verdicts", "entity_id", "entities"),
        ("outlet_verdicts", "outlet_id", "outlets"),
    ):
        op.create_table(
            table,
            sa.Column(key, _ID, nullable=False),
            sa.Column("verdict", sa.Text(), nullable=False),
            sa.Column("sentences", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint([key], [f"{other}.id"], name=op.f(f"fk_{table}_{key}_{other}")),
            sa.PrimaryKeyConstraint(key, "verdict", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )


def downgrade() -> None:
    for name in ("outlet_verdicts", "entity_verdicts", "retired_findings", "findings", "evidence", "checks"):
        op.drop_table(name)
