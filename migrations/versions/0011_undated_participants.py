"""Who takes part in events without a date, to be read without those that have one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEX = "ix_event_participants_undated"


def upgrade() -> None:
    op.add_column("event_participants", sa.Column("undated", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        sa.text("UPDATE event_participants SET undated = true WHERE event_id IN (SELECT id FROM events WHERE sort_date IS NULL)")
    )
    op.create_index(
        _INDEX,
        "event_participants",
        ["entity_id", "event_id"],
        sqlite_where=sa.text("undated = 1"),
        postgresql_where=sa.text("undated"),
    )


def downgrade() -> None:
    op.drop_index(_INDEX, "event_participants")
    with op.batch_alter_table("event_participants") as batch_op:
        batch_op.drop_column("undated")
