"""Reading articles in tests: every character must be accounted for, and every citation must have its source."""

from __future__ import annotations

from app.domain.documents import NO_HINTS, ParsedDocument, ParseError, Role
from app.importer.accounting import uncovered
from app.importer.formats import Format

Summary = list[list[tuple[str, list[int]]]]


def stories(form: Format, text: str) -> list[ParsedDocument]:
    documents = form.parse(text, NO_HINTS)
    assert uncovered(text, [span for document in documents for span in document.spans]) == []
    for document in documents:
        numbers = {source.number for source in document.sources}
        assert len(numbers) == len(document.sources)
        for sentence in document.sentences:
            assert sentence.text.strip()
            assert numbers.issuperset(citation.number for citation in sentence.citations)
            assert numbers.issuperset(sentence.inherited)
    return documents


def story(form: Format, text: str) -> ParsedDocument:
    (document,) = stories(form, text)
    return document


def well_formed(form: Format, text: str) -> ParsedDocument:
    """The story of a document in which there is nothing to complain of."""
    document = story(form, text)
    assert document.warnings == ()
    return document


def outcome(form: Format, text: str) -> str | None:
    """The code of the error with which a document was refused, ``None`` where it was read."""
    try:
        stories(form, text)
    except ParseError as error:
        return error.code
    return None


def summary_of(document: ParsedDocument) -> Summary:
    """The sentences of each paragraph with their own citations."""
    return [
        [(sentence.text, [citation.number for citation in sentence.citations]) for sentence in paragraph.sentences]
        for paragraph in document.paragraphs
    ]


def sentences_of(document: ParsedDocument) -> list[tuple[str, list[int]]]:
    return [sentence for paragraph in summary_of(document) for sentence in paragraph]


def codes(document: ParsedDocument) -> list[str]:
    return [warning.code for warning in document.warnings]


def printed(document: ParsedDocument, text: str, role: Role) -> list[str]:
    """What the document has printed in one role."""
    return [text[span.start : span.end] for span in document.spans if span.role is role]
