"""What a store says, without when it was told and under which row numbers."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select, union_all

from app.importer.interchange import as_line
from app.store import schema
from app.store.curation import decisions
from app.store.engine import Store
from app.store.revisions import all_stories
from app.store.rollups import differences


def contents(store: Store) -> dict[str, Any]:
    """Stories with revisions and documents, what the analysis and the check found, search texts, counts and quarantine: all that must
    not depend on how an import went."""
    with store.read() as connection:
        assert differences(connection) == []
        stories = [_without_times(json.loads(as_line(story))) for story in all_stories(connection, withdrawn=True)]
        events = connection.execute(
            select(schema.Event.public_id, schema.Event.edtf, schema.Event.type, schema.Event.planned).order_by(
                schema.Event.public_id
            )
        )
        search = connection.execute(
            select(schema.Story.public_id, schema.SearchDocument.summary, schema.SearchDocument.names)
            .join(schema.SearchDocument, schema.SearchDocument.story_id == schema.Story.id)
            .order_by(schema.Story.public_id)
        )
        counts = connection.execute(
            select(schema.Entity.slug, schema.Entity.story_count, schema.Entity.event_count)
            .where(schema.Entity.story_count > 0)
            .order_by(schema.Entity.slug)
        )
        mentions = connection.execute(
            select(
                schema.Story.public_id,
                schema.Entity.slug,
                schema.Mention.part,
                schema.Sentence.position,
                schema.Source.number,
                schema.Mention.start_offset,
                schema.Mention.end_offset,
            )
            .join(schema.Revision, schema.Revision.id == schema.Mention.revision_id)
            .join(schema.Story, schema.Story.id == schema.Revision.story_id)
            .join(schema.Entity, schema.Entity.id == schema.Mention.entity_id)
            .outerjoin(schema.Sentence, schema.Sentence.id == schema.Mention.sentence_id)
            .outerjoin(schema.Source, schema.Source.id == schema.Mention.source_id)
        )
        checks = connection.execute(
            select(
                schema.Story.public_id,
                schema.Sentence.part,
                schema.Sentence.position,
                schema.Check.verdict,
                schema.Evidence.position,
                schema.Source.number,
                schema.Evidence.start_offset,
                schema.Evidence.end_offset,
                schema.Evidence.score,
            )
            .join(schema.Story, schema.Story.id == schema.Check.story_id)
            .join(schema.Sentence, schema.Sentence.id == schema.Check.sentence_id)
            .outerjoin(schema.Evidence, schema.Evidence.sentence_id == schema.Check.sentence_id)
            .outerjoin(schema.Source, schema.Source.id == schema.Evidence.source_id)
        )
        findings = connection.execute(select(schema.Finding.public_id, schema.Finding.kind, schema.Finding.state))
        retired = connection.execute(union_all(select(schema.RetiredEvent.public_id), select(schema.RetiredFinding.public_id)))
        proposals = connection.execute(
            select(schema.Story.public_id, schema.Proposal.name, schema.Proposal.mention_count).join(
                schema.Story, schema.Story.id == schema.Proposal.story_id
            )
        )
        verdicts = connection.execute(
            select(schema.Entity.slug, schema.EntityVerdict.verdict, schema.EntityVerdict.sentences).join(
                schema.Entity, schema.Entity.id == schema.EntityVerdict.entity_id
            )
        )
        withdrawn = connection.execute(
            select(schema.Story.public_id, schema.Withdrawal.note).join(
                schema.Story, schema.Story.id == schema.Withdrawal.story_id
            )
        )
        documents = connection.execute(select(schema.Document.sha256, schema.Document.hints).order_by(schema.Document.sha256))
        quarantine = connection.execute(
            select(schema.Quarantined.sha256, schema.Quarantined.code).order_by(schema.Quarantined.sha256)
        )
        return {
            "stories": sorted(stories, key=lambda story: story["id"]),
            "events": [tuple(row) for row in events],
            "search": [tuple(row) for row in search],
            **{
                name: sorted((tuple(row) for row in rows), key=repr)
                for name, rows in (
                    ("mentions", mentions),
                    ("checks", checks),
                    ("findings", findings),
                    ("retired", retired),
                    ("proposals", proposals),
                    ("verdicts", verdicts),
                    ("withdrawn", withdrawn),
                )
            },
            "counts": [tuple(row) for row in counts],
            "decisions": decisions(connection),
            "documents": [tuple(row) for row in documents],
            "quarantine": [tuple(row) for row in quarantine],
        }


def _without_times(story: dict[str, Any]) -> dict[str, Any]:
    for revision in story["revisions"]:
        del revision["imported_at"]
    return story
