"""Rows of timelines counted by pairs of filter values."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

#: The values of each dated story and event, each once.
_VALUES = """
CREATE TEMPORARY TABLE row_values AS
WITH dated AS (
    SELECT item_kind AS item, item_id AS id, category_id, COALESCE(type, 'story') AS type, sort_date FROM timeline_items
), who AS (
    SELECT 'story' AS item, story_id AS id, entity_id FROM story_entities WHERE about
    UNION ALL
    SELECT 'event', event_id, entity_id FROM event_participants
), reported AS (
    SELECT 'story' AS item, s.id, o.outlet_id
    FROM stories s JOIN revisions r ON r.story_id = s.id AND r.number = s.current_revision JOIN sources o ON o.revision_id = r.id
    UNION ALL
    SELECT 'event', e.id, o.outlet_id
    FROM events e JOIN citations c ON c.sentence_id = e.sentence_id JOIN sources o ON o.id = c.source_id
), judged AS (
    SELECT 'story' AS item, story_id AS id, verdict FROM checks
    UNION ALL
    SELECT 'event', e.id, c.verdict FROM events e JOIN checks c ON c.sentence_id = e.sentence_id
)
SELECT item, id, 'type' AS field, CAST(type AS TEXT) AS value FROM dated
UNION SELECT item, id, 'month', substr(CAST(sort_date AS TEXT), 1, 7) FROM dated
UNION SELECT d.item, d.id, 'category', CAST(d.category_id AS TEXT) FROM dated d WHERE d.category_id IS NOT NULL
UNION SELECT d.item, d.id, 'entity', CAST(w.entity_id AS TEXT) FROM dated d JOIN who w ON w.item = d.item AND w.id = d.id
UNION SELECT d.item, d.id, 'kind', CAST(n.kind AS TEXT) FROM dated d JOIN who w ON w.item = d.item AND w.id = d.id
    JOIN entities n ON n.id = w.entity_id
UNION SELECT d.item, d.id, 'outlet', CAST(r.outlet_id AS TEXT) FROM dated d JOIN reported r ON r.item = d.item AND r.id = d.id
    WHERE r.outlet_id IS NOT NULL
UNION SELECT d.item, d.id, 'verdict', CAST(j.verdict AS TEXT) FROM dated d JOIN judged j ON j.item = d.item AND j.id = d.id
"""
_COUNTS = """
INSERT INTO facet_counts (scope, field, value, rows)
SELECT '', field, value, count(*) FROM row_values GROUP BY field, value
UNION ALL
SELECT a.field || '\\:' || a.value, b.field, b.value, count(*)
FROM row_values a JOIN row_values b ON b.item = a.item AND b.id = a.id
WHERE a.field <> 'month' AND (a.field <> b.field OR a.value <> b.value)
GROUP BY a.field, a.value, b.field, b.value
"""


def upgrade() -> None:
    op.create_table(
        "facet_counts",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "field", "value", name=op.f("pk_facet_counts")),
        sqlite_with_rowid=False,
    )
    for statement in (
        _VALUES,
        "CREATE INDEX ix_row_values ON row_values (item, id, field, value)",
        _COUNTS,
        "DROP TABLE row_values",
    ):
        op.execute(sa.text(statement))


def downgrade() -> None:
    op.drop_table("facet_counts")
