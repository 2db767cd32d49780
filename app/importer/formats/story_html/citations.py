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
from app.importer.glued import MOST_SOURCES

#: "1", "[1]", "[1, 2]", "1–3", "[1][2]"
_NUMBERS = re.compile(r"[\[(]?\s*\d{1,4}(?:\s*(?:[,;–-]|\]\s*,?\s*\[)\s*\d{1,4}){0,40}\s*[\])]?,?", re.ASCII)
_BRACKETED = re.compile(r"\[\s*\d{1,4}(?:\s*[,;–-]\s*\d{1,4}){0,40}\s*\]", re.ASCII)
_RANGE = re.compile(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?", re.ASCII)
#: What a superscript number is a power of: ten, two, a unit, a variable; not the ten of "December 10", nor the two of "Llama 2".
_BASE = re.compile(r"(?:(?:(?<![\w.,$€£¥-])|(?<=\dx))(?:10|2)|\b(?:[mck]?m|ft|mi|s|x|n|r|e))\s?$", re.IGNORECASE)
_NAMED = re.compile(r"[^\W\d_],?\s[A-Z][\w-]*\s\d+\s?$")
_FIGURE = re.compile(r"\d\s?$")
#: So many characters before a superscript say what it stands at.
_BEFORE = 24
_WIDEST_RANGE = 50
_LONGEST_SIGN = 4
_POWERS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


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
    return mark.mark is not Mark.SUPERSCRIPT or not _is_power(words, block.text[max(after, mark.start - _BEFORE) : mark.start])


def numbers_in(block: Block, start: int, end: int) -> list[tuple[int, int, int]]:
    """The numbers of a stretch that has the form of a marker, each with its place; those of a range have one place."""
    found = (match for match in _RANGE.finditer(block.text, start, end))
    return [(number, *match.span()) for match in found for number in _numbers(match[0])]


@dataclass(slots=True)
class Found:
    """The markers of a block that have sources; where superscripts stand that have none; and those that are powers, or may be."""

    markers: list[Marker] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    powers: list[tuple[int, int]] = field(default_factory=list)


def with_powers(text: str, powers: Sequence[tuple[int, int]]) -> str:
    """The text with powers as superscript characters, without which "10⁶" would read "106"; of the same length."""
    characters = list(text)
    for start, end in powers:
        characters[start:end] = text[start:end].translate(_POWERS)
    return "".join(characters)


def _is_power(words: str, before: str) -> bool:
    """Whether a superscript is an exponent by what stands before it. Nobody writes that something is to the power of one."""
    return words.isdigit() and words != "1" and _BASE.search(before) is not None and _NAMED.search(before) is None


def find_markers(block: Block, known: Known, ledger: Ledger) -> Found:
    """Tell the markers of a block from its text; numbers that no source has stay text, with a warning."""
    found = Found()
    after = 0
    for candidate in _candidates(block):
        words = block.text[candidate.start : candidate.end].strip()
        before = block.text[max(after, candidate.start - _BEFORE) : candidate.start]
        citations, unknown = _resolved(words, candidate, known, _is_power(words, before))
        after = candidate.end if citations else after
        if citations:
            numeric = candidate.mark in (None, Mark.SUPERSCRIPT, Mark.CITATION, Mark.BUTTON)
            goes = numeric or _NUMBERS.fullmatch(words) or len(words) <= _LONGEST_SIGN
            found.markers.append(Marker(candidate.start if goes else candidate.end, candidate.end, citations))
        elif candidate.mark is Mark.BUTTON:
            found.markers.append(Marker(candidate.start, candidate.end))
        elif candidate.mark is Mark.SUPERSCRIPT and (not unknown or (words.isdigit() and _FIGURE.search(before))):
            found.powers.append((candidate.start, candidate.end))
        elif candidate.mark is Mark.SUPERSCRIPT:
            found.kept.append(candidate.start)
        if unknown:
            if not citations and (candidate.start, candidate.end) not in found.powers[-1:] and min(unknown) <= MOST_SOURCES:
                found.markers.append(Marker(candidate.end, candidate.end, unresolved=True))
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
