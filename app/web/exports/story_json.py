"""A story as JSON: what its page shows, under the names of ``dateline parse`` and ``dateline check``."""

from __future__ import annotations

from typing import Any

from app.store.story import CitationRow
from app.web.findings_view import FindingView
from app.web.story_view import EventView, SentenceView, SourceView, StoryView


def story_json(view: StoryView, base_url: str) -> dict[str, Any]:
    """The story in the revision of the page. Texts of sources only as far as the page shows them."""
    revision = view.revision
    return {
        "id": view.story.public_id,
        "url": base_url + view.url,
        "permanent_url": base_url + view.permanent_url,
        "revision": revision.number,
        "current_revision": view.story.current_revision,
        "imported_at": revision.imported_at.isoformat(),
        "first_imported_at": view.story.first_imported_at.isoformat(),
        "title": {"text": revision.title, "derived": revision.title_derived},
        "published": {"edtf": revision.published_edtf, "source": revision.published_source} if revision.published_edtf else None,
        "language": revision.language,
        "category": revision.category_name,
        "original_url": revision.url,
        "dek": [_sentence(view, sentence) for sentence in view.dek],
        "paragraphs": [
            {"heading": paragraph.heading, "sentences": [_sentence(view, sentence) for sentence in paragraph.sentences]}
            for paragraph in view.paragraphs
        ],
        "sources": [_source(item) for item in view.sources],
        "entities": [
            {
                "slug": entity.slug,
                "name": entity.name,
                "kind": entity.kind,
                "about": entity.about,
                "mentions": entity.mention_count,
                "salience": entity.salience,
                "url": f"{base_url}/entities/{entity.slug}",
            }
            for entity in (*view.about, *view.mentioned)
        ],
        "events": [_event(event, base_url) for event in view.events],
        "findings": [_finding(finding, base_url) for finding in (*view.check.strong, *view.check.weak)] if view.check else [],
    }


def _sentence(view: StoryView, sentence: SentenceView) -> dict[str, Any]:
    checked = view.check.sentences.get(sentence.anchor) if view.check else None
    return {
        "anchor": sentence.anchor,
        "text": "".join(segment.text for segment in sentence.text),
        "citations": _numbers(sentence.citations, inherited=False),
        "inherited": _numbers(sentence.citations, inherited=True),
        "verdict": checked.verdict if checked else None,
    }


def _numbers(citations: tuple[CitationRow, ...], *, inherited: bool) -> list[int]:
    return [citation.number for citation in citations if citation.inherited is inherited]


def _source(item: SourceView) -> dict[str, Any]:
    source = item.source
    return {
        "number": source.number,
        "title": source.title,
        "outlet": source.outlet_name,
        "url": source.url,
        "published": source.published_edtf,
        "author": source.author,
        "used_per_cent": item.used,
        "passages": [
            {"text": passage.text, "sentences": [anchor.removeprefix("#") for anchor in passage.sentences]}
            for passage in item.passages
        ],
        "text": "".join(segment.text for segment in item.text) or None,
        "shortened": item.shortened,
    }


def _event(event: EventView, base_url: str) -> dict[str, Any]:
    return {
        "edtf": event.edtf,
        "type": event.type,
        "planned": event.planned,
        "open_weights": event.open_weights,
        "anchor": event.url.removeprefix("#"),
        "sentence": event.text,
        "url": base_url + event.event_url,
    }


def _finding(finding: FindingView, base_url: str) -> dict[str, Any]:
    row = finding.row
    return {
        "id": row.public_id,
        "kind": row.kind.value,
        "strength": row.strength.value,
        "state": row.state.value,
        "anchor": finding.anchor,
        "summary_text": row.sentence[row.start : row.end],
        "source": row.source_number,
        "source_text": finding.answer,
        "reason": finding.matter,
        "url": base_url + finding.url,
    }
