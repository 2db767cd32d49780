"""Research reports exported from Gemini: superscripts flattened to digits beside a full stop, and a list "Works cited".

Mostly the digits follow the stop ("takes time.51 It"), in some exports they stand before it ("fitting7. This"). A document does
one or the other, and the one that it does more often is the one that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.documents import NO_HINTS, Citation, Hints, ParsedDocument, ParsedSource, ParseError
from app.importer.accounting import Ledger
from app.importer.article import Marker, Reading, read_article
from app.importer.formats import Format
from app.importer.formats.markdown import numbers_of, take_references
from app.importer.glued import Vocabulary, read_glued
from app.importer.markdown import Block, Inline, Kind, read_blocks, read_inline
from app.importer.references import read_entries

NAME = "gemini"

_AFTER = re.compile(r"(?P<stop>[.!?…,;:])(?P<closers>[\"”’'»)\]]{0,3})(?P<digits>\d{1,6})(?=\s|$)")
_BEFORE = re.compile(r"(?<=[^\W\d_])\d{1,6}(?=[.,;:!?](?:\s|$))|(?<=[\"”’)\]%])\d{1,6}(?=[.,;:!?](?:\s|$))")
#: Words that a number follows without being a citation.
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:no|nos|vol|fig|figs|sec|ch|pp?|v|vs|art|eq|ca|approx)$", re.IGNORECASE)
_SNIFFED_AFTER = re.compile(r"[^\W\d_\s][\"”’)*_]{0,4}\\?\.[\"”’)*_]{0,4}\d{1,3}(?=\s+[A-Z*\"“(]|\s*(?:\n|$))")
_SNIFFED_BEFORE = re.compile(r"[a-z][\"”’)*]{0,3}\d{1,2}\.\s+[A-Z]")
_WORKS_CITED = re.compile(r"^#{1,6}\s+\**works cited", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"(?:^|\n)#{1,6} \S")
_SITE_WORDS, _WINDOW = 6, 150


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a report of Gemini's: 0 to 1."""
    if not _HEADING.search(head):
        return 0.0
    after = sum(1 for _ in _SNIFFED_AFTER.finditer(head))
    if _WORKS_CITED.search(head):
        return 0.9
    if after > 2:
        return 0.8
    return 0.65 if after or sum(1 for _ in _SNIFFED_BEFORE.finditer(head)) > 2 else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The story of a report (always one).

    Raises:
        ParseError: ``no-sources``: there is no list of sources, without which a digit cannot be told from a citation;
            ``no-story``: it has no text.
    """
    ledger = Ledger(text)
    body, entries = take_references(read_blocks(text), ledger)
    if not entries:
        raise ParseError("no-sources", "a report without its list of sources (Works cited)", 1)
    sources = tuple(_with_site(source) for source in read_entries(entries, ledger))
    limit = max(numbers_of(entries).values())
    before = _stands_before(body)
    vocabulary = Vocabulary(lambda: (source.title for source in sources))

    def markers(inline: Inline, block: Block) -> Iterator[Marker]:
        read = _before_stop(inline, limit, vocabulary) if before else _after_stop(inline, limit)
        for marker, doubt in read:
            if doubt:
                ledger.warn(doubt, block.line, inline.text[max(0, marker.start - 30) : marker.end + 1], _DOUBTS[doubt])
            if marker.citations:
                yield marker

    article = read_article(body, Reading(text, ledger, markers))
    title = article.titled()
    ledger.claim_punctuation()
    spans, warnings = ledger.close()
    return [
        ParsedDocument(
            format=NAME,
            variant="before-stop" if before else "after-stop",
            title=title,
            published=None,
            dek=(),
            paragraphs=tuple(article.paragraphs),
            sources=sources,
            warnings=warnings,
            spans=spans,
        )
    ]


_DOUBTS = {
    "ambiguous-citation": "the digits beside the stop may be a marker, part of the text, or both",
    "citation-out-of-range": "the digits beside the stop are no number of a source; kept as text",
}


def _stands_before(body: Sequence[Block]) -> bool:
    after = before = 0
    for block in body:
        if block.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW):
            inline = read_inline(block.text)
            after += sum(1 for match in inline.prose(_AFTER) if _closes_sentence(inline, match))
            before += sum(1 for match in inline.prose(_BEFORE) if inline.text[match.start() - 1].islower())
    return before > after


def _after_stop(inline: Inline, limit: int) -> Iterator[tuple[Marker, str | None]]:
    for match in inline.prose(_AFTER):
        if not _closes_sentence(inline, match):
            continue
        start, digits = match.start("digits"), match["digits"]
        if not digits.startswith("0") and int(digits) <= limit:
            yield Marker(start, match.end(), (Citation(int(digits)),)), None
        elif pair := _pair(digits, limit):
            yield Marker(start, match.end(), tuple(Citation(number, uncertain=True) for number in pair)), "ambiguous-citation"
        else:
            yield Marker(start, match.end()), "citation-out-of-range"


def _closes_sentence(inline: Inline, match: re.Match[str]) -> bool:
    """Whether what stands before the digits is the stop of a sentence and not the point of a number or an abbreviation's."""
    at = match.start("stop")
    before = inline.text[at - 1 : at]
    if not before or before.isspace():
        return bool(match["closers"])
    if before.isdigit():
        # "in 2020\.1": Markdown's escape says that the point is one; "3.5" has none
        return at in inline.escaped or bool(match["closers"])
    return _ABBREVIATION.search(inline.text, max(0, at - 8), at) is None


def _pair(digits: str, limit: int) -> tuple[int, int] | None:
    """Digits that are too large for one number as two in rising order ("712": 7 and 12)."""
    for length in range(1, len(digits)):
        first, second = digits[:length], digits[length:]
        if not second.startswith("0") and int(first) < int(second) <= limit:
            return int(first), int(second)
    return None


def _before_stop(inline: Inline, limit: int, vocabulary: Vocabulary) -> Iterator[tuple[Marker, str | None]]:
    for match in inline.prose(_BEFORE):
        reading = read_glued(inline.text[max(0, match.start() - _WINDOW) : match.end()], limit, vocabulary)
        if reading is None:
            continue
        certain = inline.text[match.start() - 1].islower() or not inline.text[match.start() - 1].isalpha()
        citations = tuple(Citation(citation.number, citation.uncertain or not certain) for citation in reading.citations)
        doubt = reading.doubt or (None if certain else "ambiguous-citation")
        yield Marker(match.start() + reading.kept, match.end(), citations), doubt


def _with_site(source: ParsedSource) -> ParsedSource:
    """The source with the site behind its title as outlet: Gemini writes ``Title - Site``."""
    title, dash, site = source.title.rpartition(" - ")
    if source.outlet is None and dash and title.strip() and 0 < len(site.split()) <= _SITE_WORDS:
        return replace(source, title=title.strip(), outlet=site.strip())
    return source


FORMAT = Format(NAME, "research report exported from Gemini", sniff, parse)
