"""Taking away what was derived from stories: before a newer revision or analysis, and when a story is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from app.store import facet_counts, finding_states, retired, rollups, schema
from app.store.dialects import dialect_of
from app.store.rows import Contribution

_CHUNK = 500


def remove_derived(connection: Connection, removed: Sequence[Contribution]) -> None:
    """Take away timeline rows, search documents, mentions, events and findings of stories, and what facets count of them.

    That the events and findings were there is kept, until :func:`app.store.retired.bring_back` finds them there again.
    ``removed`` is what they contribute now; the other counts are for :func:`app.store.rollups.apply`.
    """
    story_ids = [contribution.story_id for contribution in removed]
    facet_counts.add(connection, story_ids, -1)
    rollups.remove_timeline_rows(connection, removed)
    dialect_of(connection).unindex_stories(connection, story_ids)
    for start in range(0, len(story_ids), _CHUNK):
        chunk = story_ids[start : start + _CHUNK]
        revisions = select(schema.Revision.id).where(schema.Revision.story_id.in_(chunk))
        retired.retire(connection, chunk)
        connection.execute(delete(schema.SearchDocument).where(schema.SearchDocument.story_id.in_(chunk)))
        connection.execute(delete(schema.Mention).where(schema.Mention.revision_id.in_(revisions)))
        connection.execute(delete(schema.StoryEntity).where(schema.StoryEntity.story_id.in_(chunk)))
        connection.execute(delete(schema.Event).where(schema.Event.story_id.in_(chunk)))
        connection.execute(delete(schema.Proposal).where(schema.Proposal.story_id.in_(chunk)))
        finding_states.remove_checks(connection, chunk)
