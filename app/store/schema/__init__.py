"""Tables and constraints.

Sorts of tables, each in a module of its own, and who writes them:

* :mod:`imported` and never changed: documents, stories, revisions and their parts (paragraphs, sentences, sources, citations, …);
* :mod:`analysed`: derived from the current revision of each story and replaced with it (mentions, events, checks, findings);
* :mod:`rollups` and indexes, kept in step in the same transaction (timelines, months, pairs, counts, search_documents);
* :mod:`entities`: the gazetteer as the store knows it;
* :mod:`curation`: what people decided.

Dates of limited precision are three columns: the EDTF string that says exactly what is known, and the first and last day covered.
"""

from __future__ import annotations

from app.store.schema.analysed import (
    Check,
    Event,
    EventAmount,
    EventParticipant,
    Evidence,
    Finding,
    Mention,
    Proposal,
    RetiredEvent,
    RetiredFinding,
)
from app.store.schema.base import Base, Id, StoreState
from app.store.schema.curation import Decision, EndedSession, Withdrawal
from app.store.schema.entities import Alias, Entity, EntityRedirect, EntityRelation
from app.store.schema.imported import (
    Category,
    Citation,
    Document,
    Outlet,
    Paragraph,
    Quarantined,
    RelatedLink,
    Revision,
    RevisionDocument,
    Sentence,
    Source,
    Story,
    StoryWarning,
)
from app.store.schema.rollups import (
    EntityMonth,
    EntityPair,
    EntityTimelineItem,
    EntityVerdict,
    FacetCount,
    OutletVerdict,
    SearchDocument,
    StoryEntity,
    TimelineItem,
)

__all__ = [
    "Alias",
    "Base",
    "Category",
    "Check",
    "Citation",
    "Decision",
    "Document",
    "EndedSession",
    "Entity",
    "EntityMonth",
    "EntityPair",
    "EntityRedirect",
    "EntityRelation",
    "EntityTimelineItem",
    "EntityVerdict",
    "Event",
    "EventAmount",
    "EventParticipant",
    "Evidence",
    "FacetCount",
    "Finding",
    "Id",
    "Mention",
    "Outlet",
    "OutletVerdict",
    "Paragraph",
    "Proposal",
    "Quarantined",
    "RelatedLink",
    "RetiredEvent",
    "RetiredFinding",
    "Revision",
    "RevisionDocument",
    "SearchDocument",
    "Sentence",
    "Source",
    "StoreState",
    "Story",
    "StoryEntity",
    "StoryWarning",
    "TimelineItem",
    "Withdrawal",
]
