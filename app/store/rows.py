"""A story as rows: pure, no database. Row numbers come from outside, so that everything can be stored in bulk."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
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
from app.store.facet_counts import Value
from app.store.facet_rows import story_facets

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
    facets: tuple[set[Value], ...] = ()
    """The filter values of each dated row, of a story that is being stored."""


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
    now: datetime,
) -> Contribution:
    """Add the rows of one revision and of what is derived from it; the row of the story itself is the writer's."""
    document = story.document
    revision_id = next(buffer.ids(schema.Revision))
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
    add_revision_document = buffer.appender(schema.RevisionDocument, "revision_id", "position", "document_id")
    for position, document_id in enumerate(document_ids, 1):
        add_revision_document((revision_id, position, document_id))
    source_ids = _add_sources(buffer, document, revision_id, references.outlets)
    sentence_ids = _add_sentences(buffer, document, revision_id, source_ids)
    add_link = buffer.appender(schema.RelatedLink, "revision_id", "position", "title", "url", "category_id", *_PUBLISHED)
    for position, link in enumerate(document.related, 1):
        category_id = references.categories[link.category] if link.category else None
        add_link((revision_id, position, link.title, link.url, category_id, *_days(link.published)))
    add_warning = buffer.appender(schema.StoryWarning, "revision_id", "position", "code", "line", "excerpt", "message")
    for position, warning in enumerate(document.warnings, 1):
        add_warning((revision_id, position, warning.code, warning.line, warning.excerpt, warning.message))
    return add_analysis(buffer, story, story_id, revision_id, source_ids, sentence_ids, references)


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


#: The columns of a publication date.
_PUBLISHED = ("published_edtf", "published_start", "published_end")


def _days(interval: Interval | None) -> tuple[str, date | None, date | None] | tuple[None, None, None]:
    return (interval.edtf, interval.start, interval.end) if interval else (None, None, None)


def _published(interval: Interval | None) -> dict[str, Any]:
    return dict(zip(_PUBLISHED, _days(interval), strict=True))


def _add_sources(buffer: RowBuffer, document: ParsedDocument, revision_id: int, outlets: Mapping[str, int]) -> dict[int, int]:
    numbers = buffer.ids(schema.Source)
    columns = ("id", "revision_id", "number", "title", "raw_title", "outlet_id", "url", "author", "text")
    add = buffer.appender(schema.Source, *columns, *_PUBLISHED)
    ids: dict[int, int] = {}
    for source in document.sources:
        ids[source.number] = source_id = next(numbers)
        add(
            (
                source_id,
                revision_id,
                source.number,
                source.title,
                source.raw_title or source.title,
                outlets[source.outlet] if source.outlet else None,
                source.url,
                source.author,
                source.text,
                *_days(source.published),
            )
        )
    return ids


def _add_sentences(
    buffer: RowBuffer, document: ParsedDocument, revision_id: int, source_ids: Mapping[int, int]
) -> dict[tuple[str, int], int]:
    ids: dict[tuple[str, int], int] = {}
    paragraph_ids, sentence_ids = buffer.ids(schema.Paragraph), buffer.ids(schema.Sentence)
    add_paragraph = buffer.appender(schema.Paragraph, "id", "revision_id", "position", "heading")
    add_sentence = buffer.appender(schema.Sentence, "id", "revision_id", "paragraph_id", "part", "position", "text")
    add_citation = buffer.appender(schema.Citation, "sentence_id", "position", "number", "source_id", "inherited", "uncertain")

    def add(part: str, index: int, sentence: Sentence, paragraph_id: int | None) -> None:
        ids[part, index] = sentence_id = next(sentence_ids)
        add_sentence((sentence_id, revision_id, paragraph_id, part, index + 1, sentence.text))
        position = 0
        for citation in sentence.citations:
            position += 1
            number = citation.number
            add_citation((sentence_id, position, number, source_ids.get(number), False, citation.uncertain))
        for number in sentence.inherited:
            position += 1
            add_citation((sentence_id, position, number, source_ids.get(number), True, False))

    for index, sentence in enumerate(document.dek):
        add("dek", index, sentence, None)
    index = 0
    for position, paragraph in enumerate(document.paragraphs, 1):
        paragraph_id = next(paragraph_ids)
        add_paragraph((paragraph_id, revision_id, position, paragraph.heading))
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
) -> Contribution:
    """Add the rows that are derived from a revision whose own rows are there, and say what they add to the rollups."""
    document = story.document
    sentences = document.sentences
    day = sort_date(document.published)
    category_id = references.categories[document.category] if document.category else None
    _add_mentions(buffer, story, revision_id, source_ids, sentence_ids, references.entities)
    _add_proposals(buffer, story, story_id)
    entities = _add_entities(buffer, story, story_id, references.entities)
    events, places = _add_events(buffer, story, sentences, story_id, revision_id, sentence_ids, references.entities)
    about = [entity_id for entity_id, (_, about) in entities.items() if about]
    dated = [(event.sort_date, event.type, event.participants, place) for event, place in zip(events, places, strict=True)]
    return Contribution(
        story_id=story_id,
        sort_date=day,
        category_id=category_id,
        entities=entities,
        events=tuple(events),
        verdicts=add_checks(buffer, story, sentences, story_id, day, category_id, source_ids, sentence_ids, references.outlets),
        facets=tuple(story_facets(story, sentences, day, category_id, about, dated, references)),
    )


def _add_mentions(
    buffer: RowBuffer,
    story: AnalysedStory,
    revision_id: int,
    source_ids: Mapping[int, int],
    sentence_ids: Mapping[tuple[str, int], int],
    entity_ids: Mapping[str, int],
) -> None:
    names = ("id", "revision_id", "entity_id", "part", "sentence_id", "source_id", "start_offset", "end_offset", "rule")
    add = buffer.appender(schema.Mention, *names)
    ids = buffer.ids(schema.Mention)
    source_of = [source_ids[source.number] for source in story.document.sources]
    # Most of a story's rows are these: nothing is looked up twice for the mentions of one text.
    place: tuple[str, int] | None = None
    sentence_id: int | None = None
    source_id: int | None = None
    for part, index, (slug, start, end, _, rule) in story.analysis.mentions:
        if place != (part, index):
            place = (part, index)
            sentence_id = sentence_ids.get(place)
            source_id = source_of[index] if part == "source" else None
        add((next(ids), revision_id, entity_ids[slug], part, sentence_id, source_id, start, end, rule))


def _add_entities(
    buffer: RowBuffer, story: AnalysedStory, story_id: int, entity_ids: Mapping[str, int]
) -> dict[int, tuple[float, bool]]:
    analysis = story.analysis
    counts = Counter([mention.slug for part, _, mention in analysis.mentions if part != "source"])
    entities: dict[int, tuple[float, bool]] = {}
    add = buffer.appender(schema.StoryEntity, "story_id", "entity_id", "mention_count", "salience", "about")
    for slug, salience in sorted(analysis.salience.items()):
        entity_id, about = entity_ids[slug], slug in analysis.about
        entities[entity_id] = (salience, about)
        add((story_id, entity_id, counts[slug], salience, about))
    return entities


#: The columns of an event.
_EVENT = (
    *("id", "public_id", "story_id", "revision_id", "sentence_id", "phrase", "phrase_start", "phrase_end", "rule", "anchor_edtf"),
    *("edtf", "start_date", "end_date", "sort_date", "precision", "type", "planned", "reported", "open_weights"),
    *("predicate_start", "predicate_end", "bucket"),
)


def _add_proposals(buffer: RowBuffer, story: AnalysedStory, story_id: int) -> None:
    names = ("story_id", "name", "folded", "kind", "score", "mention_count", "reason", "evidence")
    add = buffer.appender(schema.Proposal, *names)
    for proposal in {proposal.name: proposal for proposal in reversed(story.analysis.proposals)}.values():
        name, kind, score, mentions, reason, evidence = proposal
        add((story_id, name, proposal_key(name), kind.value, score, mentions, reason, evidence))


def _add_events(
    buffer: RowBuffer,
    story: AnalysedStory,
    summary: Sequence[Sentence],
    story_id: int,
    revision_id: int,
    sentence_ids: Mapping[tuple[str, int], int],
    entity_ids: Mapping[str, int],
) -> tuple[list[StoredEvent], list[tuple[str, int]]]:
    """Add the events of dek and summary; those with a date, which timelines show, are returned, and the sentence of each."""
    stored: list[StoredEvent] = []
    places: list[tuple[str, int]] = []
    seen: set[str] = set()
    ids = buffer.ids(schema.Event)
    add = buffer.appender(schema.Event, *_EVENT)
    add_participant = buffer.appender(schema.EventParticipant, "event_id", "entity_id", "position", "role", "undated")
    add_amount = buffer.appender(schema.EventAmount, "event_id", "position", "value", "currency")
    for event in story.analysis.events:
        if event.part == "source":
            continue
        sentence = (story.document.dek if event.part == "dek" else summary)[event.sentence]
        phrase, predicate = event.phrase, event.predicate
        start, end = (phrase.start, phrase.end) if phrase else predicate or (0, 0)
        public_id = short_id(f"event:{story.public_id}:{sentence.text}:{start}")
        if public_id in seen:  # the same sentence twice in one story tells one event
            continue
        seen.add(public_id)
        event_id, interval, kind = next(ids), phrase.interval if phrase else None, event.type.value
        words = (phrase.text, start, end, phrase.rule, phrase.anchor.edtf if phrase.anchor else None) if phrase else _NO_PHRASE
        days = (*_days(interval), interval.sort_date, interval.precision.value) if interval else _NO_DAYS
        add(
            (
                *(event_id, public_id, story_id, revision_id, sentence_ids[event.part, event.sentence]),
                *words,
                *days,
                *(kind, event.planned, event.reported, event.open_weights),
                *(predicate or (None, None)),
                bucket(event),
            )
        )
        participants: dict[int, str] = {}
        for slug, role in event.participants:
            participants.setdefault(entity_ids[slug], role.value)
        for position, (entity_id, part) in enumerate(participants.items(), 1):
            add_participant((event_id, entity_id, position, part, interval is None))
        for position, amount in enumerate(event.amounts, 1):
            add_amount((event_id, position, amount.value, amount.currency))
        if interval:
            stored.append(StoredEvent(event_id, interval.sort_date, interval.end, kind, tuple(participants)))
            places.append((event.part, event.sentence))
    return stored, places


_NO_PHRASE = ("", 0, 0, "", None)
_NO_DAYS = (None, None, None, None, None)


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
