"""Documents to be checked, written in the shortest way: sentences that end with their markers, and texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.analysis.gazetteer import load_gazetteer
from app.analysis.stories import analyse
from app.domain.dates import parse_edtf
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Published, Sentence, Title
from app.domain.findings import CheckedSentence, Finding

_MARKERS = re.compile(r"\s*((?:\[\d+\])+)$")


def document_of(
    summary: Sequence[str], texts: Sequence[str], dek: Sequence[str] = (), published: str = "2025-11-20"
) -> ParsedDocument:
    """A document with one paragraph; a sentence without markers inherits those of the one before it."""
    sentences: list[Sentence] = []
    last: tuple[int, ...] = ()
    for line in summary:
        found = _MARKERS.search(line)
        own = tuple(map(int, re.findall(r"\d+", found[1]))) if found else ()
        sentences.append(Sentence(_MARKERS.sub("", line), tuple(map(Citation, own)), () if own else last))
        last = own or last
    return ParsedDocument(
        format="test",
        variant=None,
        title=Title("A test"),
        published=Published(parse_edtf(published), "option"),
        dek=tuple(map(Sentence, dek)),
        paragraphs=(Paragraph(tuple(sentences)),),
        sources=tuple(
            ParsedSource(number, f"Source {number}", text, outlet="The Sample Wire", published=parse_edtf(published))
            for number, text in enumerate(texts, 1)
        ),
    )


def checked(document: ParsedDocument) -> tuple[CheckedSentence, ...]:
    """The verdicts on its sentences."""
    return analyse(document, load_gazetteer(), source_events=False).checks


def findings_on(sentence: str, *texts: str) -> tuple[Finding, ...]:
    """The findings on the only sentence of a summary."""
    [check] = checked(document_of([sentence], texts))
    return check.findings
