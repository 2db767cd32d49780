"""Whether the weights of what an event releases are open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("open_weights", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("events", "open_weights")
