"""Made-up stories, ready to be stored: for tests of the store that need no parser and no analysis."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

from app.domain.dates import day
from app.domain.documents import (
    Citation,
    Paragraph,
    ParsedDocument,
    ParsedSource,
    Published,
    RelatedLink,
    Sentence,
    Title,
)
from app.domain.entities import Alias, Entity, Kind, Mention, Relation
from app.domain.events import Amount, DatedPhrase, Event, EventType, Participant
from app.domain.identifiers import short_id
from app.domain.stories import AnalysedStory, Analysis, PlacedMention, RawDocument
from app.store.engine import Store
from app.store.gazetteer import gazetteer_version, sync_gazetteer
from app.store.rows import fingerprint
from app.store.writer import StoryWriter

HALCYON = Entity("halcyon-labs", "Halcyon Labs", Kind.COMPANY, (Alias("Halcyon"),), description="An invented laboratory.")
OKAFOR = Entity("ines-okafor", "Ines Okafor", Kind.PERSON, relations=(Relation("member", "halcyon-labs"),))
ROVER = Entity("rover-4", "Rover 4", Kind.MODEL, relations=(Relation("maker", "halcyon-labs"),))
GAZETTEER = (HALCYON, OKAFOR, ROVER)


def make_story(
    number: int,
    *,
    published: date | None = date(2025, 11, 18),
    happened: date | None = date(2025, 11, 3),
    event_type: EventType = EventType.DEPARTURE,
    title: str | None = None,
    sentence: str = "Ines Okafor left Halcyon Labs on that day.",
    category: str | None = "Technology",
    outlet: str | None = "The Sample Wire",
    source_text: str = "A body about turbines.",
    participants: tuple[Entity, ...] = (OKAFOR, HALCYON),
    amount: int = 14_300_000_000,
) -> AnalysedStory:
    """A story with one paragraph of two sentences, one source and, unless ``happened`` is ``None``, one event."""
    identity = f"origin::{number}"
    document = ParsedDocument(
        format="text-dump",
        variant="B",
        title=Title(title or f"Story number {number}"),
        published=Published(day(published), "front-matter") if published else None,
        dek=(Sentence("A dek of one sentence."),),
        paragraphs=(Paragraph((Sentence(sentence, (Citation(1),)), Sentence("A second follows.", (), (1,))), "A heading"),),
        sources=(ParsedSource(1, f"What {number} is about", source_text, outlet=outlet),),
        related=(RelatedLink(published=day(date(2025, 1, 1)), category="Policy"),),
        category=category,
    )
    events: tuple[Event, ...] = ()
    if happened:
        phrase = DatedPhrase(0, 4, sentence[:4], day(happened), None, "day")
        taking_part = tuple(Participant(entity.slug) for entity in participants)
        events = (Event("summary", None, 0, phrase, event_type, False, taking_part, (Amount(Decimal(amount), "USD"),)),)
    analysis = Analysis(
        mentions=tuple(
            PlacedMention("summary", 0, Mention(entity.slug, 5 * position, 5 * position + 4, "name", "name"))
            for position, entity in enumerate(participants)
        ),
        salience={entity.slug: 1 - position / 10 for position, entity in enumerate(participants)},
        about=frozenset(entity.slug for entity in participants),
        events=events,
    )
    content = repr(document).encode()
    raw = RawDocument(f"story-{number}.txt", content, hashlib.sha256(content).hexdigest())
    return AnalysedStory(
        identity,
        short_id(identity),
        f"story-{number}",
        fingerprint(document),
        document,
        analysis,
        (raw,),
        (("text-dump", "B"),),
    )


def store_stories(store: Store, *stories: AnalysedStory) -> None:
    """Store stories in one transaction, as an import does."""
    with store.write() as connection:
        entity_ids = sync_gazetteer(connection, GAZETTEER, gazetteer_version(GAZETTEER))
        names = {entity.slug: entity.name for entity in GAZETTEER}
        writer = StoryWriter(connection, entity_ids, names, datetime.now(UTC), "test")
        for story in stories:
            writer.add(story, writer.find(story.identity))
        writer.flush()
