"""Events without a date, who does what in them, what merely is reported, and which tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CHILDREN = ("event_participants", "event_amounts")
_OPTIONAL: tuple[tuple[str, sa.types.TypeEngine[object]], ...] = (
    ("edtf", sa.Text()),
    ("sort_date", sa.Date()),
    ("precision", sa.Text()),
)


def upgrade() -> None:
    with _children_kept(), op.batch_alter_table("events") as batch_op:
        for name, column_type in _OPTIONAL:
            batch_op.alter_column(name, existing_type=column_type, nullable=True)
        batch_op.add_column(sa.Column("reported", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("predicate_start", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("predicate_end", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("bucket", sa.String(10), nullable=True))
        batch_op.create_index("ix_events_bucket", ["bucket"])
    op.add_column("event_participants", sa.Column("role", sa.Text(), server_default="participant", nullable=False))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM events WHERE sort_date IS NULL"))
    with op.batch_alter_table("event_participants") as batch_op:
        batch_op.drop_column("role")
    with _children_kept(), op.batch_alter_table("events") as batch_op:
        batch_op.drop_index("ix_events_bucket")
        for name in ("bucket", "predicate_end", "predicate_start", "reported"):
            batch_op.drop_column(name)
        for name, column_type in _OPTIONAL:
            batch_op.alter_column(name, existing_type=column_type, nullable=False)


@contextmanager
def _children_kept() -> Iterator[None]:
    """SQLite rebuilds a table by dropping it, which deletes what hangs on its rows: that is put aside and brought back."""
    if op.get_bind().dialect.name != "sqlite":
        yield
        return
    for name in _CHILDREN:
        op.execute(sa.text(f"CREATE TEMP TABLE kept_{name} AS SELECT * FROM {name}"))
    yield
    for name in _CHILDREN:
        op.execute(sa.text(f"INSERT OR IGNORE INTO {name} SELECT * FROM kept_{name}"))
        op.execute(sa.text(f"DROP TABLE kept_{name}"))
