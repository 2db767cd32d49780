"""Answers copied or exported from ChatGPT: markers that point at sources which the copy has lost, and links as citations.

``【12†source】``, ``【31†L290-L298】``, ``【F:path†L1-L9】``, ``citeturn0search15``,
``:contentReference[oaicite:0]{index=0}`` and ``[attached_file:1]`` are taken out and counted; where the document has a list of
sources, those with a number point into it.
A link with ``utm_source=chatgpt.com`` is a citation that still has its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParsedSource, cite
from app.importer.accounting import Ledger, tidy
from app.importer.addresses import web_address, without_chat_tracking
from app.importer.article import Marker, Reading, read_article
from app.importer.formats import Format
from app.importer.formats.markdown import Labels, bracketed, take_references
from app.importer.markdown import Block, Inline, Link, read_blocks
from app.importer.references import read_entries

NAME = "chatgpt"

#: The characters that ChatGPT puts around its own marks: "begin", "end", "part".
_BEGIN, _END, _PART = "\ue200", "\ue201", "\ue202"
_PRIVATE = f"[{_BEGIN}{_END}{_PART}]"
_LOST = re.compile(
    r"【(?P<number>\d{1,4})†[^】\n]{0,200}】"
    r"|【[^】\n]{0,300}†[^】\n]{0,100}】"
    rf"|{_PRIVATE}?(?:file)?cite(?:{_PRIVATE}?turn\d{{1,4}}[a-z]{{1,12}}\d{{1,4}}(?:{_PRIVATE}?L\d{{1,6}}(?:-L?\d{{1,6}})?)?)+{_END}?"
    rf"|{_BEGIN}[a-z_]{{1,30}}{_PART}[^{_BEGIN}{_END}]{{0,500}}{_END}"
    r"|:contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?"
    r"|\[attached_file:\d{1,4}\]"
    r"|\[oaicite:\d{1,4}\]"
)
#: Each mark has one of these, which is quicker to look for.
_SIGNS = ("†", _BEGIN, _PART, "citeturn", "oaicite:", "[attached_file:")
#: What is left of a mark that was cut.
_REMNANT = re.compile(_PRIVATE)
#: What stands between links in one pair of brackets.
_OPENING, _CLOSING = re.compile(r"[(（]\s*$"), re.compile(r"\s{0,4}[)）]")
_BETWEEN = re.compile(r"[\s,;·|]{0,6}(?:and\s)?")
_TRACKED = "utm_source=chatgpt.com"


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is an answer of ChatGPT's: 0 to 1."""
    if any(sign in head for sign in _SIGNS) and _LOST.search(head):
        return 0.95
    return 0.75 if _TRACKED in head and head.lstrip()[:1] not in ("<", "{") else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The story of an answer (always one). Markers without a source are counted in the warning ``unresolved-citations``.

    Raises:
        ParseError: ``no-story``: it has no text.
    """
    ledger = Ledger(text)
    body, entries = take_references(read_blocks(text), ledger)
    linked = _LinkedSources([*read_entries(entries, ledger)], ledger)
    labels = Labels.of(entries)
    lost: list[tuple[int, str]] = []

    def markers(inline: Inline, block: Block) -> Iterator[Marker]:
        for match in inline.prose(_LOST):
            number = labels.numbers.get((match["number"] or "").lstrip("0"))
            if number is None:
                lost.append((block.line, match[0]))
            yield Marker(match.start(), match.end(), cite(number) if number else (), unresolved=not number)
        yield from (Marker(match.start(), match.end()) for match in inline.prose(_REMNANT))
        yield from linked.markers(inline, block)
        if entries:
            yield from bracketed(inline, block, labels, ledger, [])

    article = read_article(body, Reading(text, ledger, markers))
    title = article.titled()
    if lost:
        line, printed = lost[0]
        count = f"{len(lost):,} citations point" if len(lost) > 1 else "1 citation points"
        ledger.warn(
            "unresolved-citations", line, printed, f"{count} at sources that the document does not carry; taken out of the text"
        )
    ledger.claim_punctuation()
    spans, warnings = ledger.close()
    return [
        ParsedDocument(
            format=NAME,
            variant=None,
            title=title,
            published=None,
            dek=(),
            paragraphs=tuple(article.paragraphs),
            sources=tuple(linked.sources),
            warnings=warnings,
            spans=spans,
        )
    ]


class _LinkedSources:
    """The sources of a document, and those that links in its text add to them."""

    def __init__(self, sources: list[ParsedSource], ledger: Ledger) -> None:
        self.sources = sources
        self._ledger = ledger
        self._numbers = {source.url: source.number for source in reversed(sources) if source.url}
        self._most = max((source.number for source in sources), default=0)

    def markers(self, inline: Inline, block: Block) -> Iterator[Marker]:
        """Links that are citations, several with the brackets around them, one by one without."""
        links = [link for link in inline.links if _TRACKED in link.address]
        text = inline.text
        first = 0
        while first < len(links):
            last = first
            while last + 1 < len(links) and _BETWEEN.fullmatch(text, links[last].end, links[last + 1].start):
                last += 1
            group, first = links[first : last + 1], last + 1
            numbers = [(link, self._number(link, inline, block)) for link in group]
            opening = _OPENING.search(text, max(0, group[0].start - 5), group[0].start)
            closing = _CLOSING.match(text, group[-1].end)
            if opening and closing:
                yield Marker(opening.start(), closing.end(), cite(*(number for _, number in numbers if number)))
            else:
                yield from (Marker(link.end, link.end, cite(number)) for link, number in numbers if number)

    def _number(self, link: Link, inline: Inline, block: Block) -> int | None:
        try:
            url = web_address(without_chat_tracking(link.address))
        except ValueError as error:
            self._ledger.warn("bad-url", block.line, link.address, str(error))
            return None
        if url not in self._numbers:
            self._most += 1
            self._numbers[url] = number = self._most
            words = tidy(inline.text[link.start : link.end])
            self.sources.append(ParsedSource(number, words or url, "", raw_title=words, url=url))
        return self._numbers[url]


FORMAT = Format(NAME, "answer copied or exported from ChatGPT", sniff, parse)
