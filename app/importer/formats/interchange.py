"""Dateline's own export: a line of it is a story with its revisions, or a decision. See ``app.importer.interchange``."""

from __future__ import annotations

from dataclasses import replace

from app.domain.curation import Decision
from app.domain.documents import NO_HINTS, Hints, ParsedDocument, Role, Span
from app.importer.formats import Format
from app.importer.interchange import NAME, read_line


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a line of an export: 0 to 1."""
    return 1.0 if head.lstrip()[:40].replace(" ", "").startswith('{"dateline":') else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The revisions of the story, the first first; none where the line is a decision.

    Raises:
        ParseError: ``interchange``: it is not a line of an export.
    """
    revisions = read_line(text)
    if isinstance(revisions, Decision):
        return []
    start = len(text) - len(text.lstrip())
    spans = (Span(start, len(text.rstrip()), Role.METADATA),)
    documents = [revision.document for revision in revisions]
    return [replace(document, spans=spans if not number else ()) for number, document in enumerate(documents)]


_KEYS = frozenset(["dateline", "decision", "identity", "revisions"])
FORMAT = Format(NAME, "Dateline's own export, one story a line", sniff, parse, digest=True, keys=_KEYS)
