"""Events that are gone from their stories, so that their addresses still tell where they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retired_events",
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_retired_events_story_id_stories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("public_id", name=op.f("pk_retired_events")),
    )
    op.create_index("ix_retired_events_story_id", "retired_events", ["story_id"])


def downgrade() -> None:
    op.drop_table("retired_events")
