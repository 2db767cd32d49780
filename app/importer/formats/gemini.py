"""Research reports exported from Gemini: superscripts flattened to digits beside a full stop, and a list "Works cited".

Mostly the digits follow the stop ("takes time.51 It"), in some exports they stand before it ("fitting7. This"). A document does
one or the other, and the one that it does more often is the one that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParsedSource, ParseError, cite
from app.importer.accounting import Ledger
from app.importer.article import Marker, Reading, read_article
from app.importer.formats import Format
from app.importer.formats.markdown import take_references
from app.importer.glued import Vocabulary, read_glued
from app.importer.markdown import Block, Inline, Kind, read_blocks, read_inline
from app.importer.references import read_entries, trimmed

NAME = "gemini"

_AFTER = re.compile(r"(?P<stop>[.!?…,;:])(?P<closers>[\"”’'»)\]*]{0,5})(?P<digits>\d{1,6})(?=\s|$)")
_BEFORE = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[\"”’)\]%])|(?<=[A-Za-z]-))\d{1,6}(?=[.,;:!?](?:\s|$))"
    r"|(?<![\d.,$€£])(?:19|20)\d\d\d{1,2}(?=[.,;:!?](?:\s|$))"
)
_STOPS = ".!?…"
#: "in 2027.3 The": where points behind numbers are not escaped, a year's is not told from a number's.
_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d$")
#: The point of a numbered heading or item is escaped in any document.
_ESCAPED_POINT = re.compile(r"[^\W\d_][^\n]{0,200}\d\\\.")
_NEXT_SENTENCE = re.compile(r"\s+[\"“‘'(\[*]{0,2}[^\W\d_a-z]|\s*$")
_BESIDE_STOP = re.compile(r"[\w-]{0,40}\d{1,6}(?=[.,;:!?])")
_TOKEN = re.compile(r"[\w.-]{0,40}$")
#: Words that a number follows without being a citation.
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:no|nos|vol|fig|figs|sec|ch|pp?|v|vs|art|eq|ca|approx)$", re.IGNORECASE)
_SNIFFED_AFTER = re.compile(r"[^\W\d_\s][\"”’)*_]{0,4}\\?\.[\"”’)*_]{0,4}\d{1,3}(?=\s+[A-Z*\"“(]|\s*(?:\n|$))")
_SNIFFED_BEFORE = re.compile(r"[a-z][\"”’)*]{0,3}\d{1,2}\.\s+[A-Z]")
_BRACKETED = re.compile(r"(?<=\S)\s?\[\^?\d{1,4}\](?!:)")
_WORKS_CITED = re.compile(r"^#{1,6}\s+\**works cited", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(r"\n#{1,6} \S")
_SITE_WORDS, _WINDOW = 6, 150


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a report of Gemini's: 0 to 1."""
    if not _HEADING.search(f"\n{head}"):
        return 0.0
    after = sum(1 for _ in _SNIFFED_AFTER.finditer(head))
    before = sum(1 for _ in _SNIFFED_BEFORE.finditer(head))
    if sum(1 for _ in _BRACKETED.finditer(head)) > after:
        return 0.0
    if _WORKS_CITED.search(head):
        return 0.9
    if after > 2:
        return 0.8
    return 0.65 if after or before > 2 else 0.0


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
    numbers = frozenset(source.number for source in sources)
    before = _stands_before(body)
    escaped = _ESCAPED_POINT.search(text) is not None
    vocabulary = Vocabulary(lambda: (*(source.title for source in sources), *_prose(body)))

    def markers(inline: Inline, block: Block) -> Iterator[Marker]:
        read = _before_stop(inline, numbers, vocabulary) if before else _after_stop(inline, numbers, escaped)
        for marker, doubt in read:
            if doubt:
                ledger.warn(doubt, block.line, inline.text[max(0, marker.start - 30) : marker.end + 1], _DOUBTS[doubt])
            if marker.citations or marker.ends_sentence:
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


def _prose(body: Sequence[Block]) -> Iterator[str]:
    """The text of a report without the digits that may be markers."""
    return (_BESIDE_STOP.sub("", block.text) for block in body if block.kind is not Kind.CODE)


def _stands_before(body: Sequence[Block]) -> bool:
    after = before = 0
    for block in body:
        if block.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW):
            inline = read_inline(block.text)
            after += sum(1 for match in inline.prose(_AFTER) if _closes_sentence(inline, match))
            before += sum(1 for match in inline.prose(_BEFORE) if inline.text[match.start() - 1].islower())
    return before > after


def _after_stop(inline: Inline, numbers: frozenset[int], escaped: bool) -> Iterator[tuple[Marker, str | None]]:
    for match in inline.prose(_AFTER):
        start, digits = match.start("digits"), match["digits"]
        in_range = not digits.startswith("0") and int(digits) in numbers
        if not _closes_sentence(inline, match):
            if in_range and not escaped and _follows_year(inline.text, match):
                yield Marker(start, match.end(), cite(int(digits), uncertain=True)), "ambiguous-citation"
        elif in_range:
            yield Marker(start, match.end(), cite(int(digits))), None
        elif pair := _pair(digits, numbers):
            yield Marker(start, match.end(), cite(*pair, uncertain=True)), "ambiguous-citation"
        else:
            ends = match["stop"] in _STOPS and _NEXT_SENTENCE.match(inline.text, match.end()) is not None
            yield Marker(match.end(), match.end(), ends_sentence=ends), "citation-out-of-range"


def _closes_sentence(inline: Inline, match: re.Match[str]) -> bool:
    """Whether what stands before the digits is the stop of a sentence and not the point of a number or an abbreviation's."""
    at = match.start("stop")
    before = inline.text[at - 1 : at] if at else ""
    if not before or before.isspace():
        return bool(match["closers"])
    if before.isdigit():
        # "in 2020\\.1": Markdown's escape says that the point is one; "3.5" has none
        return bool(match["closers"]) or (at in inline.escaped and _NEXT_SENTENCE.match(inline.text, match.end()) is not None)
    return _ABBREVIATION.search(inline.text, max(0, at - 8), at) is None


def _follows_year(text: str, match: re.Match[str]) -> bool:
    at = match.start("stop")
    return (
        match["stop"] == "." and bool(_YEAR.search(text[max(0, at - 6) : at])) and bool(_NEXT_SENTENCE.match(text, match.end()))
    )


def _pair(digits: str, numbers: frozenset[int]) -> tuple[int, int] | None:
    """Digits that are too large for one number as two in rising order ("712": 7 and 12)."""
    for length in range(1, len(digits)):
        first, second = digits[:length], digits[length:]
        if not second.startswith("0") and int(first) < int(second) and {int(first), int(second)} <= numbers:
            return int(first), int(second)
    return None


def _before_stop(inline: Inline, numbers: frozenset[int], vocabulary: Vocabulary) -> Iterator[tuple[Marker, str | None]]:
    limit = max(numbers)
    for match in inline.prose(_BEFORE):
        reading = read_glued(inline.text[max(0, match.start() - _WINDOW) : match.end()], limit, vocabulary)
        if reading is None:
            continue
        if any(citation.number not in numbers for citation in reading.citations):
            yield Marker(match.end(), match.end()), "citation-out-of-range"
            continue
        sure = not any(citation.uncertain for citation in reading.citations)
        if inline.text[match.start() - 1] == "-" and not (reading.citations and sure and reading.kept):
            continue  # "COVID-19."
        marker = Marker(match.start() + reading.kept, match.end(), reading.citations)
        if not sure and not reading.kept and len(reading.citations) == 1 and not _is_name(inline.text, match, vocabulary):
            # a report seldom has two markers in a row, so that two digits are one number
            yield replace(marker, citations=cite(reading.citations[0].number)), None
        else:
            yield marker, reading.doubt


def _is_name(text: str, match: re.Match[str], vocabulary: Vocabulary) -> bool:
    token = _TOKEN.search(text, max(0, match.start() - 40), match.end())
    return token is not None and vocabulary.knows_name("", token[0])


def _with_site(source: ParsedSource) -> ParsedSource:
    """The source with the site behind its title as outlet: Gemini writes ``Title - Site``."""
    title, dash, site = source.raw_title.rpartition(" - ")
    title, site = trimmed(title), trimmed(site)
    words = site.split()
    if not dash or not title or not 0 < len(words) <= _SITE_WORDS or " | " in site or (len(words) > 1 and site[0].islower()):
        return source
    return replace(source, title=title, outlet=site)


FORMAT = Format(NAME, "research report exported from Gemini", sniff, parse)
