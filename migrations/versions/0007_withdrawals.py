"""Stories that were withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_withdrawals_story_id_stories"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_withdrawals")),
    )


def downgrade() -> None:
    op.drop_table("withdrawals")
