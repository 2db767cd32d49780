"""A document with a very great many markers is read in little memory: so many bytes a marker, whatever the format."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable

import pytest

from app.importer.reading import Options, raw_document, read_document

MARKERS = 20_000
SOURCES = "\n\n## Sources\n\n1. [Why](https://a.example/)\n"


def kagi(count: int) -> str:
    article = {"title": "Why", "link": "https://a.example/", "domain": "a.example", "date": "2025-06-01T00:00:00"}
    cluster = {
        "cluster_number": 1,
        "title": "Tern",
        "short_summary": "Tern opened [a.example#1]. " * count,
        "articles": [article],
    }
    return json.dumps({"category": "AI", "timestamp": 1750000000, "clusters": [cluster]})


DOCUMENTS: dict[str, tuple[Callable[[int], str], int]] = {
    "side by side": (lambda count: f"# Tern\n\nTern opened{'[1]' * count}.{SOURCES}", 320),
    "a sentence each": (lambda count: f"# Tern\n\n{'Tern opened [1]. ' * count}{SOURCES}", 750),
    "kagi": (kagi, 650),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_marker_takes_little_memory(kind: str) -> None:
    write, most = DOCUMENTS[kind]
    read_document(raw_document("small", write(10).encode(), Options()))  # loads what is loaded once
    raw = raw_document("large", write(MARKERS).encode(), Options())
    tracemalloc.start()
    try:
        (document,) = read_document(raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(document.spans) > MARKERS
    assert peak / MARKERS < most
