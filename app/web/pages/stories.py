"""Stories: each with its sources, its events and its history."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from app.domain.dates import Interval
from app.domain.differences import differences
from app.store.revisions import story_history
from app.store.story import (
    CitationRow,
    RevisionRow,
    SentenceRow,
    SourceRow,
    StoryDetail,
    StoryEntityRow,
    StoryEventRow,
    story_address,
    story_detail,
)
from app.web import links, words
from app.web.findings_view import FindingView, Segment, SourceText
from app.web.site import SiteDependency
from app.web.story_check import StoryCheckView, story_check
from app.web.threads import surroundings
from app.web.timeline_rows import how_read, interval_of

router = APIRouter()

#: Characters of a source that an excerpt shows at most.
EXCERPT = 280

RevisionNumber = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


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
class SourceView:
    """A source, with the sentences that rest on it."""

    source: SourceRow
    published: Interval | None
    text: str | None
    shortened: bool
    cited: int
    inferred: int
    used: int | None
    """How much of its text stands behind the summary, in per cent; ``None`` where that is not known."""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event of the story."""

    when: str
    type: str
    planned: bool
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
    check: StoryCheckView | None
    """What the check of the current revision found."""


@router.get("/stories/{public_id}")
async def story_short(site: SiteDependency, public_id: str, revision: RevisionNumber = None) -> Response:
    """The short address of a story leads to its page."""
    address = await site.read(story_address, public_id)
    if address is None:
        raise HTTPException(404, "There is no story with this id.")
    return RedirectResponse(links.story(*address, revision=revision), status_code=308)


@router.get("/stories/{public_id}/history")
async def history(request: Request, site: SiteDependency, public_id: str) -> Response:
    """The revisions of a story, each with what it changed."""
    story = await site.read(story_history, public_id)
    if story is None:
        raise HTTPException(404, "There is no story with this id.")
    changes = [(), *(differences(older.document, newer.document) for older, newer in pairwise(story.revisions))]
    revisions = list(zip(story.revisions, changes, strict=True))[::-1]
    return site.templates.page(request, "pages/history.html", {"story": story, "revisions": revisions})


@router.get("/stories/{public_id}/check")
async def check_page(request: Request, site: SiteDependency, public_id: str) -> Response:
    """A story's summary beside the passages of its sources, sentence by sentence."""
    view = await site.read(_story_view, public_id, None, site.settings.source_text)
    if view is None:
        raise HTTPException(404, "There is no story with this id.")
    return site.templates.page(request, "pages/story_check.html", {"view": view})


@router.get("/stories/{public_id}/{slug}")
async def story_page(
    request: Request,
    site: SiteDependency,
    public_id: str,
    slug: str,
    revision: RevisionNumber = None,
) -> Response:
    """A story; with ``revision`` one of its earlier states."""
    view = await site.read(_story_view, public_id, revision, site.settings.source_text)
    if view is None:
        address = await site.read(story_address, public_id)
        if address is None:
            raise HTTPException(404, "There is no story with this id.")
        raise HTTPException(404, f"This story has no revision {revision}.")
    if slug != view.story.slug:
        return RedirectResponse(links.story(public_id, view.story.slug, revision=revision), status_code=308)
    around = await site.read(surroundings, public_id)
    return site.templates.page(request, "pages/story.html", {"view": view, "around": around})


def _story_view(connection: Connection, public_id: str, number: int | None, source_text: SourceText) -> StoryView | None:
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
        minutes=max(round(length / 230), 1),
        check=check,
    )


def _sentence(sentence: SentenceRow, check: StoryCheckView | None) -> SentenceView:
    anchor = links.sentence_anchor(sentence.part, sentence.position)
    checked = check.sentences.get(anchor) if check else None
    if checked is None:
        return SentenceView(anchor, (Segment(sentence.text, False),), sentence.citations, ())
    return SentenceView(anchor, checked.text, sentence.citations, checked.strong)


def _source(
    source: SourceRow, source_text: SourceText, cited: Counter[int], inferred: Counter[int], check: StoryCheckView | None
) -> SourceView:
    text: str | None = source.text or None
    shortened = False
    if source_text == "none":
        text = None
    elif source_text == "excerpt" and text is not None:
        text, shortened = excerpt(text)
    return SourceView(
        source,
        interval_of(source.published_edtf),
        text,
        shortened,
        cited[source.number],
        inferred[source.number],
        check.used.get(source.id) if check else None,
    )


def excerpt(text: str) -> tuple[str, bool]:
    """The beginning of a text, at most EXCERPT characters, cut between words; and whether it was cut."""
    if len(text) <= EXCERPT:
        return text, False
    cut = text[: EXCERPT + 1]
    end = max((match.start() for match in re.finditer(r"\s", cut)), default=EXCERPT)
    return cut[:end].rstrip(" ,;:–—-"), True


def _event(event: StoryEventRow) -> EventView:
    when = interval_of(event.edtf)
    return EventView(
        when=words.interval(when) if when else "date unknown",
        type=event.type,
        planned=event.planned,
        imprecise=when is None or when.precision != "day",
        note=how_read(event.phrase, event.anchor_edtf),
        url=f"#{links.sentence_anchor(event.sentence_part, event.sentence_position)}",
        event_url=links.event(event.public_id),
        text=event.sentence,
    )
