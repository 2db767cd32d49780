"""Markers in a paragraph: superscript numbers, links to the list of sources, numbers in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from app.domain.documents import Citation, cite
from app.importer.accounting import Ledger
from app.importer.article import Marker
from app.importer.formats.story_html.blocks import Block, Mark, Marked
from app.importer.formats.story_html.references import References

#: "1", "[1]", "[1, 2]", "1–3", "[1][2]"
_NUMBERS = re.compile(r"[\[(]?\s*\d{1,4}(?:\s*(?:[,;–-]|\]\s*,?\s*\[)\s*\d{1,4}){0,40}\s*[\])]?,?", re.ASCII)
_BRACKETED = re.compile(r"\[\s*\d{1,4}(?:\s*[,;–-]\s*\d{1,4}){0,40}\s*\]", re.ASCII)
_RANGE = re.compile(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?", re.ASCII)
#: What a superscript number is a power of.
_BASE = re.compile(r"(?:\d|\b(?:[mck]?m|ft|mi|s|x|n|r|e))\s?$", re.IGNORECASE)
_WIDEST_RANGE = 50
_LONGEST_SIGN = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What markers are resolved by: the list of sources, the numbers that exist, and whether superscripts are links here."""

    references: References
    numbers: frozenset[int]
    linked: bool

    def number(self, address: str) -> int | None:
        """The source that a link points at."""
        if address[:1] == "#":
            return self.references.anchors.get(unquote(address[1:200]))
        return self.references.urls.get(address.strip()) if len(address) < 2000 else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    mark: Mark | None
    links: tuple[Marked, ...]


def looks_like_marker(block: Block, mark: Marked, after: int = 0) -> bool:
    """Whether a stretch of a block has the form of a marker, whatever the sources are; ``after`` is the end of the one before."""
    words = block.text[mark.start : mark.end].strip()
    if len(words) > 60 or not _NUMBERS.fullmatch(words):
        return False
    if mark.mark is Mark.LINK:
        return mark.value[:1] == "#"
    return mark.mark is not Mark.SUPERSCRIPT or not _is_power(block, mark.start, after)


@dataclass(slots=True)
class Found:
    """The markers of a block that have sources; where superscripts stand that have none; and superscripts that are powers."""

    markers: list[Marker] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    powers: list[tuple[int, int]] = field(default_factory=list)


def _is_power(block: Block, start: int, after: int) -> bool:
    return _BASE.search(block.text[max(after, start - 4) : start]) is not None


def find_markers(block: Block, known: Known, ledger: Ledger) -> Found:
    """Tell the markers of a block from its text; numbers that no source has stay text, with a warning."""
    found = Found()
    after = 0
    for candidate in _candidates(block):
        words = block.text[candidate.start : candidate.end].strip()
        citations, unknown = _resolved(words, candidate, known, _is_power(block, candidate.start, after))
        after = candidate.end if citations else after
        if citations:
            numeric = candidate.mark in (None, Mark.SUPERSCRIPT, Mark.CITATION, Mark.BUTTON)
            goes = numeric or _NUMBERS.fullmatch(words) or len(words) <= _LONGEST_SIGN
            found.markers.append(Marker(candidate.start if goes else candidate.end, candidate.end, citations))
        elif candidate.mark is Mark.BUTTON:
            found.markers.append(Marker(candidate.start, candidate.end))
        elif candidate.mark is Mark.SUPERSCRIPT and not unknown:
            found.powers.append((candidate.start, candidate.end))
        if unknown:
            if candidate.mark is Mark.SUPERSCRIPT and not citations:
                found.kept.append(candidate.start)
            outcome = "left out" if citations else "kept as text"
            message = f"no source has the number {', '.join(map(str, unknown))}; {outcome}"
            ledger.warn("citation-out-of-range", block.line, block.text[max(0, candidate.start - 40) : candidate.end], message)
    return found


def _candidates(block: Block) -> Iterator[_Candidate]:
    """Stretches that may be markers, in order, without overlap, program text left out."""
    links = block.of(Mark.LINK)
    starts = [link.start for link in links]
    inner = [Marked(Mark.CODE, match.start(), match.end(), "[") for match in _BRACKETED.finditer(block.text)]
    marks = block.of(Mark.SUPERSCRIPT, Mark.LINK, Mark.BUTTON, Mark.CITATION, Mark.CODE)
    position = 0
    for mark in sorted((*marks, *inner), key=lambda one: (one.start, -one.end, one.mark is Mark.LINK)):
        if mark.start < position:
            continue
        bracketed = mark.mark is Mark.CODE and mark.value == "["
        if mark.mark is Mark.CODE and not bracketed:
            position = mark.end
            continue
        if mark.mark is Mark.LINK and not _is_sign(block.text[mark.start : mark.end], mark.value):
            continue
        if mark.mark is Mark.CITATION and mark.end - mark.start > 60:
            continue
        within = links[bisect_left(starts, mark.start) : bisect_left(starts, mark.end)]
        yield _Candidate(mark.start, mark.end, None if bracketed else mark.mark, tuple(within))
        position = mark.end


def _is_sign(words: str, address: str) -> bool:
    return address[:1] == "#" or (len(words) <= 60 and _NUMBERS.fullmatch(words.strip()) is not None)


def _resolved(words: str, candidate: _Candidate, known: Known, power: bool) -> tuple[tuple[Citation, ...], list[int]]:
    """The citations that a candidate stands for, and the numbers in it that no source has."""
    by_link = [number for link in candidate.links if (number := known.number(link.value)) is not None]
    if len(words) > 200 or not _NUMBERS.fullmatch(words):
        return cite(*dict.fromkeys(by_link)), []
    printed = _numbers(words)
    if by_link and len(by_link) == len(candidate.links) == max(1, len(printed)):
        return cite(*dict.fromkeys(by_link)), []
    bare = not candidate.links and words[0] not in "[("
    if candidate.mark is Mark.SUPERSCRIPT and bare and (known.linked or power):
        return (), []
    if candidate.mark is Mark.LINK and words[0] != "[" and candidate.links[0].value[:1] != "#":
        return (), []
    if candidate.mark is Mark.BUTTON and not set(printed) & known.numbers:
        return (), []
    return (
        cite(*(number for number in dict.fromkeys(printed) if number in known.numbers)),
        [number for number in dict.fromkeys(printed) if number not in known.numbers],
    )


def _numbers(words: str) -> list[int]:
    numbers: list[int] = []
    for match in _RANGE.finditer(words):
        first, last = int(match[1]), int(match[2] or match[1])
        numbers += range(first, last + 1) if first <= last < first + _WIDEST_RANGE else (first, last)
    return numbers


def links_superscripts(blocks: Sequence[Block]) -> bool:
    """Whether superscript markers are links on this page, so that other superscript numbers are none."""
    for block in blocks:
        links = {(link.start, link.end) for link in block.of(Mark.LINK) if link.value[:1] == "#"}
        for mark in block.of(Mark.SUPERSCRIPT) if links else ():
            within = any(mark.start <= start < mark.end for start, _ in links)
            if within and looks_like_marker(block, mark):
                return True
    return False
