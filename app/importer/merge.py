"""Two documents of one story, made into one: each layout of a page has what the other has lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.documents import Paragraph, ParsedDocument, ParsedSource, ParseWarning, Published, Sentence, Title
from app.importer.assemble import carried_forward

#: Who is believed about a date, the least first; and what a title was derived from.
_PUBLISHED = ("related", "document", "front-matter", "sidecar", "option")
_DERIVED = ("summary", "source", "dek", "prompt", "url", None)


def merge(older: ParsedDocument, newer: ParsedDocument) -> ParsedDocument:
    """The richer of two documents of one story, part by part.

    A part that only one of them has is taken from there: sources and their texts, headings, dek, title, dates, related and
    top stories. Two summaries with the same sentences, or of which one breaks off, are one summary: the longer text, the
    citations of the newer where both have the sentence, headings and paragraphs of the one with headings. So which of two such
    documents comes first makes no difference to what the story says. Where they contradict each other the newer is right; but
    what a document says wins over what was derived. ``spans`` belong to one text and are empty.
    """
    if older.language and newer.language and older.language != newer.language:
        return _in_one_language(older, newer)
    sources = _sources(older.sources, newer.sources)
    declared = max((count for count in (older.declared_sources, newer.declared_sources) if count is not None), default=None)
    complete = declared == len(sources)
    return replace(
        newer,
        variant=_variants(older, newer),
        title=_title(older.title, newer.title),
        published=_published(older.published, newer.published),
        dek=newer.dek or older.dek,
        paragraphs=_paragraphs(older.paragraphs, newer.paragraphs),
        sources=sources,
        related=newer.related or older.related,
        ranked=newer.ranked or older.ranked,
        warnings=_warnings(older, newer, complete),
        spans=(),
        url=newer.url or older.url,
        id=newer.id or older.id,
        category=newer.category or older.category,
        language=newer.language or older.language,
        declared_sources=declared,
    )


def _in_one_language(older: ParsedDocument, newer: ParsedDocument) -> ParsedDocument:
    """A story that is told in two languages keeps one text, whichever came first: the English one, else by language tag."""
    ours = min(newer, older, key=lambda document: (not (document.language or "").startswith("en"), document.language))
    return replace(ours, variant=_variants(older, newer), spans=())


def _variants(older: ParsedDocument, newer: ParsedDocument) -> str | None:
    return "+".join(sorted({*_letters(older.variant), *_letters(newer.variant)})) or None


def _letters(variant: str | None) -> list[str]:
    return variant.split("+") if variant else []


def _title(older: Title, newer: Title) -> Title:
    return older if _DERIVED.index(older.derived) > _DERIVED.index(newer.derived) else newer


def _published(older: Published | None, newer: Published | None) -> Published | None:
    if older is None or newer is None:
        return newer or older
    if older.source == newer.source == "related":
        return max(older, newer, key=lambda published: published.interval.sort_date)
    return older if _PUBLISHED.index(older.source) > _PUBLISHED.index(newer.source) else newer


def _sources(older: Sequence[ParsedSource], newer: Sequence[ParsedSource]) -> tuple[ParsedSource, ...]:
    merged = {source.number: source for source in older}
    for source in newer:
        known = merged.get(source.number)
        merged[source.number] = source if known is None else _source(known, source)
    return tuple(merged[number] for number in sorted(merged))


def _source(older: ParsedSource, newer: ParsedSource) -> ParsedSource:
    cut = len(older.text) > len(newer.text) and older.text.startswith(newer.text)
    return replace(
        newer,
        title=newer.title or older.title,
        text=older.text if cut else newer.text,
        raw_title=newer.raw_title or older.raw_title,
        outlet=newer.outlet or older.outlet,
        url=newer.url or older.url,
        published=newer.published or older.published,
        author=newer.author or older.author,
    )


def _paragraphs(older: tuple[Paragraph, ...], newer: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """One summary where both are the same or one breaks off, else the newer."""
    ours, theirs = _sentences(newer), _sentences(older)
    shared = _shared(ours, theirs)
    shorter = min(len(ours), len(theirs))
    if not shorter:
        return newer or older
    texts = max(ours, theirs, key=_extent)
    cut = theirs if texts is ours else ours
    if shared < shorter and not (shared == shorter - 1 and not _is_complete(cut[-1])):
        return newer
    sentences = [*ours[:shared], *texts[shared:]]
    longer = older if texts is theirs else newer
    headed = newer if any(paragraph.heading for paragraph in newer) else older
    if not any(paragraph.heading for paragraph in headed):
        headed = newer if shared == len(ours) == len(theirs) else longer
    starts = {at: heading for at, heading in _starts(longer).items() if headed is longer or at >= shared}
    starts |= {at: heading for at, heading in _starts(headed).items() if at <= shared and at < len(sentences)}
    bounds = sorted(starts)
    return tuple(
        Paragraph(carried_forward(sentences[start:end]), starts[start])
        for start, end in zip(bounds, [*bounds[1:], len(sentences)], strict=True)
    )


def _sentences(paragraphs: Sequence[Paragraph]) -> list[Sentence]:
    return [sentence for paragraph in paragraphs for sentence in paragraph.sentences]


def _starts(paragraphs: Sequence[Paragraph]) -> dict[int, str | None]:
    """Heading of each paragraph by the number of its first sentence."""
    starts: dict[int, str | None] = {}
    at = 0
    for paragraph in paragraphs:
        if paragraph.sentences:
            starts[at] = paragraph.heading
        at += len(paragraph.sentences)
    return starts


def _shared(one: Sequence[Sentence], other: Sequence[Sentence]) -> int:
    """How many sentences from the beginning have the same text."""
    shared = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours.text != theirs.text:
            break
        shared += 1
    return shared


def _extent(sentences: Sequence[Sentence]) -> tuple[int, bool, int]:
    """How much of a summary there is: its sentences, and how far the last of them goes."""
    return len(sentences), _is_complete(sentences[-1]), len(sentences[-1].text)


def _is_complete(sentence: Sentence) -> bool:
    """Whether a sentence ends with a stop, so that it is not one that breaks off."""
    return sentence.text.rstrip("\"'”’»)]」』")[-1:] in tuple(".!?…。！？｡؟।۔")


def _warnings(older: ParsedDocument, newer: ParsedDocument, complete: bool) -> tuple[ParseWarning, ...]:
    """The warnings of both; what one document lacked and the other has is no longer missing."""
    cured = {"source-count"} if complete else set()
    if older.paragraphs or newer.paragraphs:
        cured.add("no-summary")
    both = dict.fromkeys((*older.warnings, *newer.warnings))
    return tuple(warning for warning in both if warning.code not in cured)
