"""What holds for every format and any text."""

from __future__ import annotations

import re

from app.domain.documents import NO_HINTS, ParsedDocument, ParseError, Sentence
from app.importer.accounting import line_starts, uncovered
from app.importer.formats import HEAD, Format

#: What stories may be exported with.
HIGHEST = 9999
#: What a title may be derived from, and who may say when a story was published: merging knows no others.
DERIVED = (None, "url", "prompt", "dek", "source", "summary")
PUBLISHED = ("option", "sidecar", "front-matter", "document", "related")
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def check(form: Format, text: str) -> list[ParsedDocument] | str:
    """Read a text, and see that what comes out is sound.

    Returns:
        The stories, or the code of the error with which the text was refused.

    Raises:
        AssertionError: it is not sound. Whatever else the parser raises is passed on, and a mistake too.
    """
    confidence = form.sniff(text[:HEAD])
    assert 0 <= confidence <= 1, f"sniff gives {confidence}"
    lines = len(line_starts(text))
    try:
        stories = form.parse(text, NO_HINTS)
    except ParseError as error:
        _check_error(error, lines)
        return error.code
    if stories:
        _check_spans(text, stories)
    for story in stories:
        _check_story(story)
        # A story that was exported has warnings about the document that it came from, whatever that was.
        for warning in story.warnings if story.format == form.name else ():
            assert _CODE.fullmatch(warning.code), f"code {warning.code!r} is not kebab-case"
            assert warning.line is None or 1 <= warning.line <= lines, f"{warning} of {lines} lines"
    return stories


def _check_error(error: ParseError, lines: int) -> None:
    assert _CODE.fullmatch(error.code), f"code {error.code!r} is not kebab-case"
    assert error.message, "an error without a message"
    assert error.line is None or 1 <= error.line <= lines, f"error in line {error.line} of {lines}"


def _check_spans(text: str, stories: list[ParsedDocument]) -> None:
    for story in stories:
        uncovered(text, story.spans)  # raises where they are out of order, overlap, or reach beyond the text
        assert all(span.start < span.end for span in story.spans), "an empty span"
    spans = sorted((span for story in stories for span in story.spans), key=lambda span: span.start)
    left = uncovered(text, spans)
    assert not left, f"not accounted for: {[text[start:end][:40] for start, end in left[:3]]}"


def _check_story(story: ParsedDocument) -> None:
    assert story.title.text.strip(), "no title"
    assert story.title.derived in DERIVED, f"a title derived from {story.title.derived!r}"
    assert story.published is None or story.published.source in PUBLISHED, f"published says {story.published}"
    for paragraph in story.paragraphs:
        assert paragraph.sentences, "a paragraph without sentences"
    for sentence in (*story.dek, *story.sentences):
        _check_sentence(sentence)
    numbers = [source.number for source in story.sources]
    assert all(1 <= number <= HIGHEST for number in numbers), f"sources {numbers}"
    assert len(set(numbers)) == len(numbers), f"a number of a source twice in {numbers}"
    for url in (story.url, *(source.url for source in story.sources), *(link.url for link in story.related)):
        assert url is None or url.lower().startswith(("http://", "https://")), f"address {url!r}"
    repr(story).encode()  # lone surrogates cannot be stored


def _check_sentence(sentence: Sentence) -> None:
    assert sentence.text.strip(), "a sentence without text"
    cited = [*(citation.number for citation in sentence.citations), *sentence.inherited]
    assert all(1 <= number <= HIGHEST for number in cited), f"citations {cited}"
