"""What several parts of the analysis need of a document, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.dates import find_dates
from app.analysis.sentences import split_sentences
from app.domain.documents import ParsedDocument
from app.domain.events import DatedPhrase


@dataclass(frozen=True, slots=True)
class Reading:
    """The dates that each sentence of ``dek`` and ``summary`` tells, and where the sentences of each of the ``sources`` are."""

    dek: Sequence[Sequence[DatedPhrase]]
    summary: Sequence[Sequence[DatedPhrase]]
    sources: Sequence[Sequence[tuple[int, int]]]


def read(document: ParsedDocument) -> Reading:
    """Read a document. Time is linear in its length."""
    published = document.published.interval if document.published else None
    return Reading(
        find_dates([sentence.text for sentence in document.dek], published),
        # A phrase such as "a month later" may lean on the sentence before it, but not on another paragraph's.
        [
            found
            for paragraph in document.paragraphs
            for found in find_dates([sentence.text for sentence in paragraph.sentences], published)
        ],
        [split_sentences(source.text) for source in document.sources],
    )
