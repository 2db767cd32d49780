"""A parsed document, and what analysis found in it, as JSON: the form that scripts and acceptance checks rely on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.dates import Interval
from app.domain.documents import ParsedDocument, Sentence
from app.domain.entities import Entity
from app.domain.findings import CheckedSentence, Evidence, Finding, Verdict
from app.domain.stories import Analysis


def document_as_json(document: ParsedDocument) -> dict[str, Any]:
    """The document as plain dictionaries and lists, in the order of its parts."""
    return {
        "format": document.format,
        "variant": document.variant,
        "id": document.id,
        "url": document.url,
        "category": document.category,
        "language": document.language,
        "title": {"text": document.title.text, "derived": document.title.derived},
        "published": (
            {"edtf": document.published.interval.edtf, "source": document.published.source} if document.published else None
        ),
        "dek": [sentence.text for sentence in document.dek],
        "paragraphs": [
            {"heading": paragraph.heading, "sentences": [_sentence(sentence) for sentence in paragraph.sentences]}
            for paragraph in document.paragraphs
        ],
        "sources": [
            {
                "number": source.number,
                "title": source.title,
                "outlet": source.outlet,
                "url": source.url,
                "published": edtf(source.published),
                "author": source.author,
                "text": source.text,
            }
            for source in document.sources
        ],
        "related": [
            {"title": link.title, "url": link.url, "date": edtf(link.published), "category": link.category}
            for link in document.related
        ],
        "ranked": [{"rank": row.rank, "category": row.category, "title": row.title} for row in document.ranked],
        "warnings": [
            {"code": warning.code, "line": warning.line, "excerpt": warning.excerpt, "message": warning.message}
            for warning in document.warnings
        ],
    }


def edtf(interval: Interval | None) -> str | None:
    """A date in EDTF, or nothing."""
    return interval.edtf if interval else None


def _sentence(sentence: Sentence) -> dict[str, Any]:
    uncertain = [citation.number for citation in sentence.citations if citation.uncertain]
    return {
        "text": sentence.text,
        "citations": [citation.number for citation in sentence.citations],
        "inherited": list(sentence.inherited),
        **({"uncertain": uncertain} if uncertain else {}),
    }


def analysis_as_json(document: ParsedDocument, analysis: Analysis, entities: Mapping[str, Entity]) -> dict[str, Any]:
    """What analysis found, as plain dictionaries and lists: the entities, the most salient first, the events, and
    the names that the gazetteer lacks.
    """
    mentions: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for placed in analysis.mentions:
        in_source = placed.part == "source"
        mentions[placed.mention.slug].append(
            {
                "part": placed.part,
                "number": document.sources[placed.position].number if in_source else None,
                "sentence": None if in_source else placed.position,
                "start": placed.mention.start,
                "end": placed.mention.end,
                "text": placed.mention.text,
            }
        )
    slugs = sorted(mentions, key=lambda slug: (-analysis.salience.get(slug, 0.0), slug))
    return {
        "entities": [
            {
                "name": entities[slug].name,
                "kind": entities[slug].kind.value,
                "slug": slug,
                "aliases": [alias.name for alias in entities[slug].aliases],
                "salience": round(analysis.salience.get(slug, 0.0), 3),
                "about": slug in analysis.about,
                "mentions": mentions[slug],
            }
            for slug in slugs
        ],
        "events": [
            {
                "part": event.part,
                "number": event.number,
                "sentence": event.sentence,
                "phrase": event.phrase.text if event.phrase else None,
                "edtf": edtf(event.interval),
                "start": _iso(event.interval.start) if event.interval else None,
                "end": _iso(event.interval.end) if event.interval else None,
                "type": event.type.value,
                "planned": event.planned,
                "reported": event.reported,
                "open_weights": event.open_weights,
                "participants": [slug for slug, _ in event.participants],
                "roles": {slug: role.value for slug, role in event.participants},
                "amounts": [{"value": float(amount.value), "currency": amount.currency} for amount in event.amounts],
            }
            for event in analysis.events
        ],
        "proposals": [
            {
                "name": proposal.name,
                "kind": proposal.kind.value,
                "score": proposal.score,
                "mentions": proposal.mentions,
                "reason": proposal.reason,
                "evidence": proposal.evidence,
            }
            for proposal in analysis.proposals
        ],
    }


def check_as_json(document: ParsedDocument, checks: Sequence[CheckedSentence]) -> dict[str, Any]:
    """What the check found, as plain dictionaries and lists: the sentences of dek and summary in order, and verdicts counted."""
    parts = {"dek": document.dek, "summary": document.sentences}
    counts = Counter(check.verdict for check in checks)
    return {
        "title": document.title.text,
        "sentences": [
            {
                "index": check.index,
                "part": check.part,
                **_sentence(parts[check.part][check.index]),
                "verdict": check.verdict.value,
                "reason": check.reason,
                "evidence": [_evidence(passage) for passage in check.evidence],
                "findings": [_finding(finding) for finding in check.findings],
            }
            for check in checks
        ],
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
    }


def _evidence(passage: Evidence) -> dict[str, Any]:
    return passage._asdict()


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "strength": finding.strength.value,
        "rule": finding.rule,
        "version": finding.version,
        "start": finding.start,
        "end": finding.end,
        "summary_text": finding.text,
        "source": finding.source,
        "source_start": finding.source_start,
        "source_end": finding.source_end,
        "source_text": finding.source_text,
        "passage": _evidence(finding.passage) if finding.passage else None,
        "reason": finding.reason,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
