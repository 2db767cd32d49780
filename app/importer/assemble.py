"""From marked text to sentences with citations: the same for every format."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from app.analysis.sentences import split_sentences
from app.domain.documents import Citation, Paragraph, Sentence


def assemble(text: str, markers: Sequence[tuple[int, Citation | None]] = (), heading: str | None = None) -> Paragraph:
    """A paragraph from its clean text and the places where its markers stood.

    Args:
        text: the paragraph without markers, its full stops back in place.
        markers: ``(offset, citation)`` in order; the offset is where the marker stood in ``text``, directly before the stop of
            the sentence that it belongs to, or after that stop and before the next sentence. Without a citation it is a marker
            that no source stands for.
        heading: the heading above the paragraph.
    """
    bounds = split_sentences(text)
    starts = [start for start, _ in bounds]
    own: list[tuple[Citation, ...]] = [()] * len(bounds)
    nothing = [False] * len(bounds)
    of_sentences = groupby(markers if bounds else (), key=lambda marker: max(0, bisect_left(starts, marker[0]) - 1))
    for index, of_one in of_sentences:
        citations = {citation.number: citation for citation in own[index]}
        for _, citation in of_one:
            if citation is None:
                nothing[index] = True
                continue
            known = citations.get(citation.number)
            if known is None or known.uncertain:
                citations[citation.number] = citation
        own[index] = tuple(citations.values())
    parts = zip(bounds, own, nothing, strict=True)
    sentences = (Sentence(text[start:end], citations, (), silent) for (start, end), citations, silent in parts)
    return Paragraph(carried_forward(sentences), heading)


def carried_forward(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences of one paragraph, those without a marker inheriting the numbers of the last one that has some."""
    result: list[Sentence] = []
    numbers: tuple[int, ...] = ()
    for sentence in sentences:
        if sentence.citations or sentence.cites_nothing:
            numbers = tuple(citation.number for citation in sentence.citations)
        inherited = () if sentence.citations else numbers
        result.append(sentence if sentence.inherited == inherited else replace(sentence, inherited=inherited))
    return tuple(result)


def plain_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text without citations."""
    return tuple(Sentence(text[start:end]) for start, end in split_sentences(text))
