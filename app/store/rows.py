"""A story as rows: pure, no database. Row numbers come from outside, so that everything can be stored in bulk."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.curated import proposal_key
from app.domain.dates import Interval
from app.domain.documents import ParsedDocument, Published, Sentence
from app.domain.identifiers import short_id
from app.domain.stories import AnalysedStory, RawDocument
from app.domain.witnesses import bucket
from app.store import schema
from app.store.buffer import References, RowBuffer
from app.store.check_rows import NO_VERDICTS, VerdictCounts, add_checks

#: Bumped when a change of the parsers makes other rows of the same bytes.
PARSER_VERSION = 1


class StoredEvent(NamedTuple):
    """What rollups need to know of an event."""

    id: int
    sort_date: date
    end_date: date | None
    type: str
    participants: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one story adds to rollups and timelines: entities with (salience, about), events, and the verdicts on its summary."""

    story_id: int
    sort_date: date | None
    category_id: int | None
    entities: Mapping[int, tuple[float, bool]]
    events: tuple[StoredEvent, ...]
    verdicts: VerdictCounts = NO_VERDICTS


def sort_date(published: Published | None) -> date | None:
    """The day by which a story is listed: none when its publication is unknown or only bounded."""
    return published.interval.start if published and published.interval.bounded else None


def add_story(
    buffer: RowBuffer,
    story: AnalysedStory,
    story_id: int,
    revision: int,
    document_ids: tuple[int, ...],
    references: References,
    next_id: Callable[[type[schema.Base]], int],
    now: datetime,
) -> Contribution:
    """Add the rows of one revision and of what is derived from it; the row of the story itself is the writer's."""
    document = story.document
    revision_id = next_id(schema.Revision)
    buffer.add(
        schema.Revision,
        id=revision_id,
        story_id=story_id,
        number=revision,
        content_sha256=story.content_sha256,
        title=document.title.text,
        title_derived=document.title.derived,
        url=document.url,
        origin_id=document.id,
        language=document.language,
        category_id=references.categories[document.category] if document.category else None,
        published_source=document.published.source if document.published else None,
        declared_sources=document.declared_sources,
        parser_version=PARSER_VERSION,
        imported_at=now,
        **_published(document.published.interval if document.published else None),
    )
    for position, document_id in enumerate(document_ids, 1):
        buffer.add(schema.RevisionDocument, revision_id=revision_id, position=position, document_id=document_id)
    source_ids = _add_sources(buffer, document, revision_id, references, next_id)
    sentence_ids = _add_sentences(buffer, document, revision_id, source_ids, next_id)
    for position, link in enumerate(document.related, 1):
        buffer.add(
            schema.RelatedLink,
            revision_id=revision_id,
            position=position,
            title=link.title,
            url=link.url,
            category_id=references.categories[link.category] if link.category else None,
            **_published(link.published),
        )
    for position, warning in enumerate(document.warnings, 1):
        buffer.add(
            schema.StoryWarning,
            revision_id=revision_id,
            position=position,
            code=warning.code,
            line=warning.line,
            excerpt=warning.excerpt,
            message=warning.message,
        )
    return add_analysis(buffer, story, story_id, revision_id, source_ids, sentence_ids, references, next_id)


def add_document(
    buffer: RowBuffer, document_id: int, raw: RawDocument, format_name: str, variant: str | None, imported_at: datetime
) -> None:
    """Add the row of a raw document."""
    buffer.add(
        schema.Document,
        id=document_id,
        sha256=raw.sha256,
        name=raw.name,
        format=format_name,
        variant=variant,
        size=len(raw.content),
        content=zlib.compress(raw.content, zlib.Z_BEST_SPEED),
        hints=raw.hints,
        imported_at=imported_at,
    )


def story_values(
    story: AnalysedStory, revision: int, references: References, now: datetime, analysis_version: str
) -> dict[str, Any]:
    """What the row of a story says of its current revision."""
    document = story.document
    return {
        "current_revision": revision,
        "slug": story.slug,
        "title": document.title.text,
        "title_derived": document.title.derived,
        "dek": " ".join(sentence.text for sentence in document.dek),
        "category_id": references.categories[document.category] if document.category else None,
        "published_source": document.published.source if document.published else None,
        "sort_date": sort_date(document.published),
        "source_count": len(document.sources),
        "sentence_count": len(document.sentences),
        "warning_count": len(document.warnings),
        "updated_at": now,
        "analysis_version": analysis_version,
        **_published(document.published.interval if document.published else None),
    }


def search_values(story: AnalysedStory, names: Mapping[str, str]) -> dict[str, str]:
    """The fields of a story's search document; ``names`` gives an entity's names by slug."""
    document = story.document
    return {
        "title": document.title.text,
        "names": " · ".join(names[slug] for slug in sorted(story.analysis.salience) if slug in names),
        "summary": "\n".join(
            [
                " ".join(sentence.text for sentence in document.dek),
                *(
                    " ".join([*([paragraph.heading] if paragraph.heading else []), *(s.text for s in paragraph.sentences)])
                    for paragraph in document.paragraphs
                ),
            ]
        ),
        "sources": "\n".join(f"{source.title} {source.outlet or ''}\n{source.text}" for source in document.sources),
    }


def _published(interval: Interval | None) -> dict[str, Any]:
    return {
        "published_edtf": interval.edtf if interval else None,
        "published_start": interval.start if interval else None,
        "published_end": interval.end if interval else None,
    }


def _add_sources(
    buffer: RowBuffer,
    document: ParsedDocument,
    revision_id: int,
    references: References,
    next_id: Callable[[type[schema.Base]], int],
) -> dict[int, int]:
    ids: dict[int, int] = {}
    for source in document.sources:
        ids[source.number] = source_id = next_id(schema.Source)
        buffer.add(
            schema.Source,
            id=source_id,
            revision_id=revision_id,
            number=source.number,
            title=source.title,
            raw_title=source.raw_title or source.title,
            outlet_id=references.outlets[source.outlet] if source.outlet else None,
            url=source.url,
            author=source.author,
            text=source.text,
            **_published(source.published),
        )
    return ids


def _add_sentences(
    buffer: RowBuffer,
    document: ParsedDocument,
    revision_id: int,
    source_ids: Mapping[int, int],
    next_id: Callable[[type[schema.Base]], int],
) -> dict[tuple[str, int], int]:
    ids: dict[tuple[str, int], int] = {}
    add_sentence = buffer.appender(schema.Sentence, "id", "revision_id", "paragraph_id", "part", "position", "text")
    add_citation = buffer.appender(schema.Citation, "sentence_id", "position", "number", "source_id", "inherited", "uncertain")

    def add(part: str, index: int, sentence: Sentence, paragraph_id: int | None) -> None:
        ids[part, index] = sentence_id = next_id(schema.Sentence)
        add_sentence((sentence_id, revision_id, paragraph_id, part, index + 1, sentence.text))
        markers = [(citation.number, False, citation.uncertain) for citation in sentence.citations]
        markers += [(number, True, False) for number in sentence.inherited]
        for position, (number, inherited, uncertain) in enumerate(markers, 1):
            add_citation((sentence_id, position, number, source_ids.get(number), inherited, uncertain))

    for index, sentence in enumerate(document.dek):
        add("dek", index, sentence, None)
    index = 0
    for position, paragraph in enumerate(document.paragraphs, 1):
        paragraph_id = next_id(schema.Paragraph)
        buffer.add(schema.Paragraph, id=paragraph_id, revision_id=revision_id, position=position, heading=paragraph.heading)
        for sentence in paragraph.sentences:
            add("summary", index, sentence, paragraph_id)
            index += 1
    return ids


def add_analysis(
    buffer: RowBuffer,
    story: AnalysedStory,
    story_id: int,
    revision_id: int,
    source_ids: Mapping[int, int],
    sentence_ids: Mapping[tuple[str, int], int],
    references: References,
    next_id: Callable[[type[schema.Base]], int],
) -> Contribution:
    """Add the rows that are derived from a revision whose own rows are there, and say what they add to the rollups."""
    document, analysis = story.document, story.analysis
    counts: defaultdict[str, int] = defaultdict(int)
    add_mention = buffer.appender(
        schema.Mention,
        "id",
        "revision_id",
        "entity_id",
        "part",
        "sentence_id",
        "source_id",
        "start_offset",
        "end_offset",
        "rule",
    )
    source_of = [source_ids[source.number] for source in document.sources]
    for part, index, (slug, start, end, _, rule) in analysis.mentions:
        in_source = part == "source"
        counts[slug] += not in_source
        add_mention(
            (
                next_id(schema.Mention),
                revision_id,
                references.entities[slug],
                part,
                sentence_ids.get((part, index)),
                source_of[index] if in_source else None,
                start,
                end,
                rule,
            )
        )
    entities: dict[int, tuple[float, bool]] = {}
    add_entity = buffer.appender(schema.StoryEntity, "story_id", "entity_id", "mention_count", "salience", "about")
    for slug, salience in sorted(analysis.salience.items()):
        about = slug in analysis.about
        entities[references.entities[slug]] = (salience, about)
        add_entity((story_id, references.entities[slug], counts[slug], salience, about))
    events = _add_events(buffer, story, story_id, revision_id, sentence_ids, references, next_id)
    _add_proposals(buffer, story, story_id)
    day = sort_date(document.published)
    verdicts = add_checks(buffer, story, story_id, day, source_ids, sentence_ids, references, next_id)
    return Contribution(
        story_id=story_id,
        sort_date=day,
        category_id=references.categories[document.category] if document.category else None,
        entities=entities,
        events=events,
        verdicts=verdicts,
    )


def _add_proposals(buffer: RowBuffer, story: AnalysedStory, story_id: int) -> None:
    seen: set[str] = set()
    for proposal in story.analysis.proposals:
        if proposal.name in seen:
            continue
        seen.add(proposal.name)
        buffer.add(
            schema.Proposal,
            story_id=story_id,
            name=proposal.name,
            folded=proposal_key(proposal.name),
            kind=proposal.kind.value,
            score=proposal.score,
            mention_count=proposal.mentions,
            reason=proposal.reason,
            evidence=proposal.evidence,
        )


def _add_events(
    buffer: RowBuffer,
    story: AnalysedStory,
    story_id: int,
    revision_id: int,
    sentence_ids: Mapping[tuple[str, int], int],
    references: References,
    next_id: Callable[[type[schema.Base]], int],
) -> tuple[StoredEvent, ...]:
    """Add the events of dek and summary; those with a date, which timelines show, are returned."""
    stored: list[StoredEvent] = []
    seen: set[str] = set()
    sentences = {"dek": story.document.dek, "summary": story.document.sentences}
    add_participant = buffer.appender(schema.EventParticipant, "event_id", "entity_id", "position", "role")
    for event in story.analysis.events:
        if event.part == "source":
            continue
        sentence = sentences[event.part][event.sentence]
        start, end = (event.phrase.start, event.phrase.end) if event.phrase else event.predicate or (0, 0)
        public_id = short_id(f"event:{story.public_id}:{sentence.text}:{start}")
        if public_id in seen:  # the same sentence twice in one story tells one event
            continue
        seen.add(public_id)
        event_id = next_id(schema.Event)
        interval, phrase = event.interval, event.phrase
        buffer.add(
            schema.Event,
            id=event_id,
            public_id=public_id,
            story_id=story_id,
            revision_id=revision_id,
            sentence_id=sentence_ids[event.part, event.sentence],
            phrase=phrase.text if phrase else "",
            phrase_start=start if phrase else 0,
            phrase_end=end if phrase else 0,
            rule=phrase.rule if phrase else "",
            anchor_edtf=phrase.anchor.edtf if phrase and phrase.anchor else None,
            edtf=interval.edtf if interval else None,
            start_date=interval.start if interval else None,
            end_date=interval.end if interval else None,
            sort_date=interval.sort_date if interval else None,
            precision=interval.precision.value if interval else None,
            type=event.type.value,
            planned=event.planned,
            reported=event.reported,
            predicate_start=event.predicate[0] if event.predicate else None,
            predicate_end=event.predicate[1] if event.predicate else None,
            bucket=bucket(event),
        )
        participants: dict[int, str] = {}
        for slug, role in event.participants:
            participants.setdefault(references.entities[slug], role.value)
        for position, (entity_id, part) in enumerate(participants.items(), 1):
            add_participant((event_id, entity_id, position, part))
        for position, amount in enumerate(event.amounts, 1):
            buffer.add(schema.EventAmount, event_id=event_id, position=position, value=amount.value, currency=amount.currency)
        if interval:
            stored.append(StoredEvent(event_id, interval.sort_date, interval.end, event.type.value, tuple(participants)))
    return tuple(stored)


def fingerprint(document: ParsedDocument) -> str:
    """SHA-256 of what a document says, without where in the file it says it: equal content has an equal fingerprint."""
    said = (
        document.title,
        document.published,
        document.dek,
        document.paragraphs,
        document.sources,
        document.related,
        document.url,
        document.id,
        document.category,
        document.language,
    )
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()
