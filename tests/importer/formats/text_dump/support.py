"""Reading pages in tests: every character must be accounted for, whatever the test is about."""

from __future__ import annotations

from app.domain.documents import ParsedDocument, ParseError
from app.importer.accounting import uncovered
from app.importer.formats import text_dump

SOURCES = """[{number}]
Title {number}
Text {number} tells what happened.
"""


def parse(text: str) -> ParsedDocument:
    (document,) = text_dump.parse(text)
    assert uncovered(text, document.spans) == []
    return document


def parse_or_refuse(text: str) -> ParsedDocument | str:
    """The document, or the code of the error with which it was refused."""
    try:
        return parse(text)
    except ParseError as error:
        return error.code


def page(summary: str, *, sources: int = 3, extra_source_text: str = "", tail: str = "Summarized by\nNavi\n") -> str:
    """A page in layout B around a summary; the last source has ``extra_source_text`` in its text."""
    bodies = "".join(SOURCES.format(number=number) for number in range(1, sources + 1)).rstrip("\n")
    return (
        f"{sources} Sources\n{sources} Sources\n{bodies} {extra_source_text}\nShare\nShare\nCopy Link\nA dek.\n\n{summary}{tail}"
    )


def summary_of(document: ParsedDocument) -> list[list[tuple[str, list[int]]]]:
    """The sentences of each paragraph with their own citations."""
    return [
        [(sentence.text, [citation.number for citation in sentence.citations]) for sentence in paragraph.sentences]
        for paragraph in document.paragraphs
    ]


def warning_codes(document: ParsedDocument) -> list[str]:
    return [warning.code for warning in document.warnings]
