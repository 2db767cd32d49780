"""Each story says which analysis its derived rows are of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stories", sa.Column("analysis_version", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_stories_analysis_version_id", "stories", ["analysis_version", "id"])


def downgrade() -> None:
    op.drop_index("ix_stories_analysis_version_id", "stories")
    with op.batch_alter_table("stories") as batch_op:
        batch_op.drop_column("analysis_version")
