"""A story as its page needs it: sentences with their markers and findings, sources with what of them was used, events."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from sqlalchemy import Connection

from app.domain.dates import Interval
from app.store.story import (
    CitationRow,
    RevisionRow,
    SentenceRow,
    SourceRow,
    StoryDetail,
    StoryEntityRow,
    StoryEventRow,
    story_detail,
)
from app.web import links, words
from app.web.findings_view import FindingView, Segment, SourceText, segmented, shortened
from app.web.i18n import gettext
from app.web.story_check import StoryCheckView, UsedPassage, story_check
from app.web.timeline_rows import how_read, interval_of

#: Characters that are shown at most of a source from which nothing is known to be used.
EXCERPT = 280
#: Passages of a source that its page shows at most, and how many characters of them all.
PASSAGES, PASSAGES_LENGTH = 3, 700
#: Words that people read in a minute (M. Brysbaert, "How many words do we read per minute?", 2019: 238 for non-fiction).
WORDS_A_MINUTE = 238


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with its anchor and markers, the words marked that ``findings`` are about."""

    anchor: str
    text: tuple[Segment, ...]
    citations: tuple[CitationRow, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph with its anchor."""

    anchor: str
    heading: str | None
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """Words of a source that sentences of the story rest on, with the addresses of these."""

    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source, with the sentences that rest on it."""

    source: SourceRow
    published: Interval | None
    passages: tuple[SourcePassage, ...]
    """What of it was used, where the page shows passages."""
    further: int
    """Passages that are not shown."""
    text: tuple[Segment, ...]
    """All of its text with what was used marked, or its beginning; empty where the page shows passages or nothing."""
    shortened: bool
    cited: int
    inferred: int
    used: int | None
    """How much of its text stands behind the summary, in per cent; ``None`` where that is not known."""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event of the story."""

    edtf: str | None
    when: str
    type: str
    planned: bool
    weights: str
    """Whether the weights of what comes out are open, in words; empty where the sentence does not say."""
    open_weights: bool | None
    imprecise: bool
    note: str | None
    url: str
    event_url: str
    text: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story's page."""

    story: StoryDetail
    revision: RevisionRow
    published: Interval | None
    is_current: bool
    url: str
    permanent_url: str
    dek: tuple[SentenceView, ...]
    paragraphs: tuple[ParagraphView, ...]
    sources: tuple[SourceView, ...]
    missing_sources: tuple[int, ...]
    """Numbers that are cited but whose source the document does not carry."""
    events: tuple[EventView, ...]
    about: tuple[StoryEntityRow, ...]
    mentioned: tuple[StoryEntityRow, ...]
    sentence_count: int
    cited_count: int
    minutes: int
    language: str | None
    """As HTML takes it."""
    direction: str | None
    """``rtl`` or ``ltr`` where the language is known."""
    check: StoryCheckView | None
    """What the check of the current revision found."""


def story_view(connection: Connection, public_id: str, number: int | None, source_text: SourceText) -> StoryView | None:
    """A story with its current revision, or with revision ``number``; ``None`` where either does not exist."""
    story = story_detail(connection, public_id, number)
    if story is None:
        return None
    revision = story.revision
    summary = [sentence for paragraph in story.paragraphs for sentence in paragraph.sentences]
    numbers = {source.number for source in story.sources}
    cited = Counter(c.number for s in (*story.dek, *summary) for c in s.citations if not c.inherited)
    inferred = Counter(c.number for s in (*story.dek, *summary) for c in s.citations if c.inherited)
    check = story_check(connection, story, source_text)
    length = sum(len(sentence.text.split()) for sentence in summary)
    return StoryView(
        story=story,
        revision=revision,
        published=interval_of(revision.published_edtf),
        is_current=revision.number == story.current_revision,
        url=links.story(public_id, story.slug),
        permanent_url=links.story(public_id, story.slug, revision=revision.number),
        dek=tuple(_sentence(sentence, check) for sentence in story.dek),
        paragraphs=tuple(
            ParagraphView(f"p{paragraph.position}", paragraph.heading, tuple(_sentence(s, check) for s in paragraph.sentences))
            for paragraph in story.paragraphs
        ),
        sources=tuple(_source(source, source_text, cited, inferred, check) for source in story.sources),
        missing_sources=tuple(sorted((cited.keys() | inferred.keys()) - numbers)),
        events=tuple(_event(event) for event in story.events),
        about=tuple(entity for entity in story.entities if entity.about),
        mentioned=tuple(entity for entity in story.entities if not entity.about),
        sentence_count=len(summary),
        cited_count=sum(1 for sentence in summary if any(not c.inherited for c in sentence.citations)),
        minutes=max(round(length / WORDS_A_MINUTE), 1),
        language=revision.language,
        direction=_direction(revision.language),
        check=check,
    )


def _sentence(sentence: SentenceRow, check: StoryCheckView | None) -> SentenceView:
    anchor = links.sentence_anchor(sentence.part, sentence.position)
    checked = check.sentences.get(anchor) if check else None
    if checked is None:
        return SentenceView(anchor, (Segment(sentence.text, False),), sentence.citations, ())
    return SentenceView(anchor, checked.text, sentence.citations, checked.strong)


def _direction(language: str | None) -> str | None:
    try:
        return Locale.parse(language, sep="-").text_direction if language else None
    except (UnknownLocaleError, ValueError):
        return None


def _source(
    source: SourceRow, source_text: SourceText, cited: Counter[int], inferred: Counter[int], check: StoryCheckView | None
) -> SourceView:
    used = check.used.get(source.id, ()) if check and source.text else None
    text: tuple[Segment, ...] = ()
    passages: tuple[SourcePassage, ...] = ()
    is_cut = False
    if source_text == "full" and source.text:
        text = segmented(source.text, ((passage.start, passage.end) for passage in used or ()))
    elif source_text == "excerpt" and used:
        passages = _passages(source.text, used)
    elif source_text == "excerpt" and source.text:
        beginning, is_cut = excerpt(source.text)
        text = (Segment(beginning, False),)
    return SourceView(
        source=source,
        published=interval_of(source.published_edtf),
        passages=passages,
        further=len(used) - len(passages) if used and passages else 0,
        text=text,
        shortened=is_cut,
        cited=cited[source.number],
        inferred=inferred[source.number],
        used=_share(source.text, used) if used is not None else None,
    )


def _passages(text: str, used: tuple[UsedPassage, ...]) -> tuple[SourcePassage, ...]:
    """The passages that most sentences rest on, as many as are shown, in the order of the text."""
    room = PASSAGES_LENGTH
    chosen: list[UsedPassage] = []
    for passage in sorted(used, key=lambda passage: (-len(passage.anchors), passage.start)):
        if len(chosen) == PASSAGES:
            break
        if not chosen or passage.end - passage.start <= room:
            chosen.append(passage)
            room -= passage.end - passage.start
    return tuple(
        SourcePassage(shortened(text[passage.start : passage.end], PASSAGES_LENGTH), passage.anchors)
        for passage in sorted(chosen, key=lambda passage: passage.start)
    )


def _share(text: str, used: tuple[UsedPassage, ...]) -> int:
    return min(100, round(100 * sum(passage.end - passage.start for passage in used) / len(text)))


def excerpt(text: str) -> tuple[str, bool]:
    """The beginning of a text, at most EXCERPT characters, cut between words; and whether it was cut."""
    if len(text) <= EXCERPT:
        return text, False
    cut = text[: EXCERPT + 1]
    end = max((match.start() for match in re.finditer(r"\s", cut)), default=EXCERPT)
    return cut[:end].rstrip(" ,;:–—-"), True


def _unknown(phrase: str) -> str:
    """An unknown date, with the words that tell it where there are some."""
    return gettext("date unknown: “%(phrase)s”", phrase=phrase) if phrase else gettext("date unknown")


def _event(event: StoryEventRow) -> EventView:
    when = interval_of(event.edtf)
    return EventView(
        edtf=event.edtf,
        when=words.interval(when) if when else _unknown(event.phrase),
        type=event.type,
        planned=event.planned,
        weights=words.weights(event.open_weights),
        open_weights=event.open_weights,
        imprecise=when is None or when.precision != "day",
        note=how_read(event.phrase, event.anchor_edtf),
        url=f"#{links.sentence_anchor(event.sentence_part, event.sentence_position)}",
        event_url=links.event(event.public_id),
        text=event.sentence,
    )
