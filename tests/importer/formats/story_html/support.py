"""Reading pages in tests: every character must be accounted for, whatever the test is about."""

from __future__ import annotations

from pathlib import Path

from app.domain.documents import NO_HINTS, ParsedDocument, ParseError, Role
from app.importer.accounting import uncovered
from app.importer.formats.story_html import FORMAT

SPECIMENS = Path(__file__).parent / "specimens"
SOURCES = """<h2>Sources</h2><ol><li id="ref-1"><a href="https://a.example/1">First report</a></li>
<li id="ref-2"><a href="https://a.example/2">Second report</a></li></ol>"""


def specimen(name: str) -> str:
    return (SPECIMENS / f"{name}.html").read_text(encoding="utf-8")


def parse(text: str) -> ParsedDocument:
    document = _read(text)
    assert not any(span.role is Role.UNRECOGNISED for span in document.spans)
    return document


def _read(text: str) -> ParsedDocument:
    (document,) = FORMAT.parse(text, NO_HINTS)
    assert uncovered(text, document.spans) == []
    return document


def parse_or_refuse(text: str) -> ParsedDocument | str:
    """The document, or the code of the error with which it was refused."""
    try:
        return _read(text)
    except ParseError as error:
        return error.code


def page(body: str, *, sources: str = SOURCES, head: str = "", title: str = "<h1>Kestrel Ships Plover</h1>") -> str:
    return f"<!DOCTYPE html>\n<html lang='en'><head>{head}</head><body><main>{title}\n{body}\n{sources}</main></body></html>"


def summary_of(document: ParsedDocument) -> list[list[tuple[str, list[int]]]]:
    """The sentences of each paragraph with their own citations."""
    return [
        [(sentence.text, [citation.number for citation in sentence.citations]) for sentence in paragraph.sentences]
        for paragraph in document.paragraphs
    ]


def cited(paragraph: str) -> list[tuple[str, list[int]]]:
    """The sentences of one paragraph on a page with two sources."""
    (sentences,) = summary_of(parse(page(f"<p>{paragraph}</p>")))
    return sentences


def warning_codes(document: ParsedDocument) -> list[str]:
    return [warning.code for warning in document.warnings]


def texts(text: str, document: ParsedDocument, role: Role) -> list[str]:
    return [text[span.start : span.end] for span in document.spans if span.role is role]
