"""What other machines read in the head of a story's page: schema.org as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from app.domain.dates import Interval
from app.web import links, words
from app.web.story_view import StoryView

#: Characters that could end the element that holds the data, or that old parsers of JavaScript stumble over.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def linked_data(view: StoryView, site_name: str, base_url: str) -> Markup:
    """A story as a schema.org ``Article``, as text that can stand in a ``script`` element of a data type."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": base_url + view.url,
        "url": base_url + view.url,
        "headline": view.revision.title,
        "description": description(view),
        "inLanguage": view.language,
        "datePublished": _date(view.published),
        "dateModified": view.revision.imported_at.date().isoformat(),
        "articleSection": view.revision.category_name,
        "isPartOf": {"@type": "WebSite", "name": site_name, "url": f"{base_url}/"},
        "about": [{"@type": "Thing", "name": entity.name, "url": base_url + links.entity(entity.slug)} for entity in view.about],
        "citation": [
            _present(
                {"@type": "Article", "name": item.source.title, "url": item.source.url, "datePublished": _date(item.published)}
            )
            for item in view.sources
        ],
    }
    text = json.dumps(_present(data), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704


def description(view: StoryView) -> str | None:
    """What a preview says of a story: its dek, else its first sentence."""
    sentences = view.dek or (view.paragraphs[0].sentences[:1] if view.paragraphs else ())
    return " ".join("".join(segment.text for segment in sentence.text) for sentence in sentences) or None


def _date(interval: Interval | None) -> str | None:
    return words.machine(interval) if interval else None


def _present(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, [], "")}
