"""The whole analysis takes time in proportion to the length of a document, whatever is in it."""

from __future__ import annotations

from statistics import median
from time import process_time

import pytest

from app.analysis.gazetteer import load_gazetteer
from app.analysis.sentences import split_sentences
from app.analysis.stories import analyse
from app.domain.dates import parse_edtf
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Published, Sentence, Title

#: What a document twice as long may take, as a multiple; 2 but for what else the machine does.
MOST = 2.5
#: Characters of the shorter document's summary; each of its sources has as many.
SHORT = 12_000

SHAPES = {
    "names": "Sam Altman of OpenAI met Satya Nadella of Microsoft, and Altman praised Nvidia's Jensen Huang. ",
    "dates": "It opened on 3 May 2023, closed in late July 2024 and reopens a month later, next spring or by 2027. ",
    "capitals": "The Joint Board Of Northern Harbour Works Met Old Mill Lane And Quarry Hill Friends. ",
    "sums": "It raised $4.2 billion at $61.5 billion, 12 percent above 2,400 orders of GPT-4 for 3 to 5 million euros. ",
    "quotations": "“We will wait,” she said, “until ‘they’ are ready”; he answered: “No, we may not (or so I hear).” ",
    "one long sentence": "and OpenAI said in May 2024 that Microsoft would pay $3 billion while Anthropic Labs Group waited ",
    "stops": "U.S. e.g. Inc. No. 5 ... ?! (a.m.) ",
    "no spaces": "OpenAI2024May$5bn",
}


def document_of(text: str) -> ParsedDocument:
    sentences = tuple(
        Sentence(text[start:end], (Citation(1 + index % 2),)) for index, (start, end) in enumerate(split_sentences(text))
    )
    return ParsedDocument(
        format="test",
        variant=None,
        title=Title("OpenAI and Microsoft"),
        published=Published(parse_edtf("2025-06-01"), "option"),
        dek=(),
        paragraphs=(Paragraph(sentences),),
        sources=tuple(ParsedSource(number, f"Source {number}", text) for number in (1, 2)),
    )


def seconds(document: ParsedDocument) -> float:
    begin = process_time()
    analyse(document, load_gazetteer())
    return process_time() - begin


@pytest.mark.parametrize("shape", SHAPES)
def test_a_document_twice_as_long_takes_twice_as_long(shape: str) -> None:
    piece = SHAPES[shape]
    short, long = (document_of(piece * (times * SHORT // len(piece))) for times in (1, 2))
    seconds(short)

    def ratio() -> float:
        # Both in turn, so that a busy moment of the machine meets both.
        return median(seconds(long) / seconds(short) for _ in range(5))

    # What is too high is measured again: a busy moment passes, growth is there every time.
    assert any(ratio() < MOST for _ in range(3))
