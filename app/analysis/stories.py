"""The whole analysis of one document: who, what, when, and whether its sources say so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from app.analysis.aliases import recognise
from app.analysis.check import check_document
from app.analysis.dates import find_dates
from app.analysis.events import events_of
from app.analysis.events.retold import told_once
from app.analysis.gazetteer import Gazetteer
from app.analysis.proposals import Texts, propose
from app.analysis.reading import Reading, read
from app.analysis.salience import ABOUT, salience
from app.domain.documents import ParsedDocument
from app.domain.entities import Entity, Mention
from app.domain.events import Event
from app.domain.stories import Analysis, PlacedMention

#: Bumped when a change of the analysis makes something else of the same document.
VERSION = 8


def analyse(document: ParsedDocument, gazetteer: Gazetteer, *, source_events: bool = True) -> Analysis:
    """The entities and dated events of a document's title, dek, summary and sources, and the verdict on each sentence.

    Without ``source_events`` the events that the sources tell are left out: they take most of the time, and nothing stores them.
    """
    dek = [sentence.text for sentence in document.dek]
    summary = [sentence.text for sentence in document.sentences]
    bodies = [source.text for source in document.sources]
    published = document.published.interval.sort_date if document.published else None
    found = recognise(gazetteer, [document.title.text, *dek, *summary, *bodies], published)
    in_title, rest = found[0], found[1:]
    in_dek, rest = rest[: len(dek)], rest[len(dek) :]
    in_summary, in_sources = rest[: len(summary)], rest[len(summary) :]
    opening = len(document.paragraphs[0].sentences) if document.paragraphs else 0
    scores = salience(
        [mention.slug for mention in in_title],
        [mention.slug for found_in in in_dek for mention in found_in],
        [mention.slug for found_in in in_summary[:opening] for mention in found_in],
        [[mention.slug for mention in found_in] for found_in in in_summary],
    )
    mentions = tuple(
        PlacedMention(part, index, mention)
        for part, texts in (("title", [in_title]), ("dek", in_dek), ("summary", in_summary), ("source", in_sources))
        for index, found_in in enumerate(texts)
        for mention in found_in
    )
    proposals = propose(
        gazetteer,
        Texts([document.title.text, *dek, *summary], [in_title, *in_dek, *in_summary]),
        Texts(bodies, in_sources),
        {name for source in document.sources for name in (source.outlet, source.author) if name},
    )
    reading = read(document)
    return Analysis(
        mentions=mentions,
        proposals=proposals,
        salience=scores,
        about=frozenset(slug for slug, score in scores.items() if score >= ABOUT),
        events=(
            *_summary_events(document, reading, in_dek, in_summary, gazetteer.by_slug),
            *(_source_events(document, reading, in_sources, gazetteer.by_slug) if source_events else ()),
        ),
        checks=check_document(document, mentions, gazetteer.by_slug, reading),
    )


def _summary_events(
    document: ParsedDocument,
    reading: Reading,
    in_dek: list[list[Mention]],
    in_summary: list[list[Mention]],
    entities: Mapping[str, Entity],
) -> list[Event]:
    published = document.published.interval if document.published else None
    texts = [sentence.text for sentence in document.sentences]
    events = told_once(events_of("summary", None, texts, reading.summary, in_summary, published, 0, entities))
    known = {event.interval.edtf for event in events if event.interval}
    dek = [sentence.text for sentence in document.dek]
    return events + [
        event
        for event in events_of("dek", None, dek, reading.dek, in_dek, published, 0, entities)
        if event.interval and event.interval.edtf not in known
    ]


def _source_events(
    document: ParsedDocument, reading: Reading, in_sources: list[list[Mention]], entities: Mapping[str, Entity]
) -> list[Event]:
    events: list[Event] = []
    for source, bounds, mentions in zip(document.sources, reading.sources, in_sources, strict=True):
        texts = [source.text[start:end] for start, end in bounds]
        placed: list[list[Mention]] = [[] for _ in bounds]
        starts = [start for start, _ in bounds]
        for mention in mentions:
            at = bisect_right(starts, mention.start) - 1
            start = starts[at]
            placed[at].append(mention._replace(start=mention.start - start, end=mention.end - start))
        events += events_of(
            "source", source.number, texts, find_dates(texts, source.published), placed, source.published, 0, entities
        )
    return events
