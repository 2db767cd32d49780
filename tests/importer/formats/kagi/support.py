"""A cluster in our own words, and reading it with every character accounted for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from app.domain.documents import NO_HINTS, ParsedDocument, ParseError, Span
from app.importer.accounting import uncovered
from app.importer.formats import kagi


def article(domain: str, number: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "title": f"Report {number} of {domain}",
        "link": f"https://{domain}/report-{number}",
        "domain": domain,
        "date": f"2026-05-1{number}T09:30:00+00:00",
        "author": None,
        "image": "",
        "image_caption": "",
        **values,
    }


def cluster(**values: Any) -> dict[str, Any]:
    """A cluster with three articles, two of them from one domain."""
    return {
        "cluster_number": 1,
        "unique_domains": 2,
        "number_of_titles": 3,
        "category": "Birds",
        "title": "Plover ships a small model",
        "short_summary": "Plover shipped a model [heron.example#1]. It runs on phones [marsh.example#2].",
        "did_you_know": "",
        "talking_points": [],
        "quote": "",
        "quote_author": "",
        "quote_attribution": "",
        "quote_source_url": "",
        "quote_source_domain": "",
        "location": "Plover Bay",
        "emoji": "🐦",
        "perspectives": [],
        "timeline": [],
        "historical_background": "",
        "primary_image": {"url": "https://heron.example/i.png", "caption": "A bird", "credit": "Heron", "link": ""},
        "articles": [article("marsh.example"), article("heron.example", 2), article("marsh.example", 3)],
        **values,
    }


def category(*clusters: Any, **values: Any) -> dict[str, Any]:
    return {"category": "AI", "timestamp": 1_778_630_400, "read": 12, "clusters": list(clusters), **values}


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def parse(value: Any) -> list[ParsedDocument]:
    """The stories of a value written as JSON, or of a text."""
    text = value if isinstance(value, str) else written(value)
    stories = kagi.FORMAT.parse(text, NO_HINTS)
    if stories:
        spans: list[Span] = sorted((span for story in stories for span in story.spans), key=lambda span: span.start)
        assert uncovered(text, spans) == []
    return stories


def read(**values: Any) -> ParsedDocument:
    """The story of one cluster."""
    (story,) = parse(cluster(**values))
    return story


def parse_or_refuse(text: str) -> list[ParsedDocument] | str:
    try:
        return parse(text)
    except ParseError as error:
        return error.code


def section(story: ParsedDocument, heading: str | None) -> list[str]:
    """The paragraphs of a section."""
    return [text for found, text, _ in sections(story) if found == heading]


def sections(story: ParsedDocument) -> list[tuple[str | None, str, list[int]]]:
    """Heading of the section, text and own citations of each paragraph."""
    result = []
    heading = None
    for paragraph in story.paragraphs:
        heading = paragraph.heading or heading
        numbers = [citation.number for sentence in paragraph.sentences for citation in sentence.citations]
        result.append((heading, " ".join(sentence.text for sentence in paragraph.sentences), numbers))
    return result


def warning_codes(story: ParsedDocument) -> list[str]:
    return [warning.code for warning in story.warnings]


def executed_lines(call: Callable[[], Any]) -> int:
    """The work that a call is, the same on every machine: the lines of Python that it executes."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
