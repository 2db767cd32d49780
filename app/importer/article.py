"""Articles in Markdown as stories: title, headed paragraphs with their citations, sources. What a marker is, a format says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter

from app.domain.documents import Citation, Paragraph, ParseError, Role, Title
from app.importer.accounting import Ledger, tidy
from app.importer.assemble import assemble
from app.importer.markdown import Block, Inline, Kind, read_inline, visible
from app.importer.references import HEADING

_STOPS = ".,;:!?)]…。，、；：！？）」』”’»،؛؟।"
#: What Markdown may put between two characters that stand side by side for readers.
_MARKUP = "\\*_~`"
#: How far behind the place where a marker should be it is looked for in the source text of a block, and how often.
_WINDOW, _TRIES = 4_000, 50
_LONGEST_TITLE = 300
#: Asterisks that are bold to people and to CommonMark just asterisks, for what stands beside them ("**Sold.**1 It").
_BOLD = re.compile(r"(\*{2,3})(?=[^\s*])[^*]{1,500}(\*{2,3})")


@dataclass(frozen=True, slots=True)
class Marker:
    """A stretch of visible text that is a citation marker and goes out of the prose, and what it cites.

    Where ``ends_sentence``, a sentence ends there whatever it looks like. ``role`` is what its characters are. A marker that is
    ``unresolved`` has no source; one that stays in the text is as long as nothing.
    """

    start: int
    end: int
    citations: tuple[Citation, ...] = ()
    ends_sentence: bool = False
    role: Role = Role.CITATION
    unresolved: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading an article needs: the text, its ledger, and how a format finds its markers in a block's inline text."""

    text: str
    ledger: Ledger
    markers: Callable[[Inline, Block], Iterable[Marker]]


@dataclass(slots=True)
class Article:
    """Title and paragraphs of an article; ``opening`` is its first sentence, for want of a title."""

    title: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)

    def titled(self) -> Title:
        """The title as printed, else the first sentence.

        Raises:
            ParseError: ``no-story``: there is neither.
        """
        if self.title:
            return Title(self.title)
        for paragraph in self.paragraphs:
            if paragraph.sentences:
                return Title(paragraph.sentences[0].text[:_LONGEST_TITLE], "summary")
        raise ParseError("no-story", "no text below the headings", 1)


def read_article(blocks: Iterable[Block], reading: Reading, titled: bool = True) -> Article:
    """The blocks of an article's body. Where ``titled``, a heading above all prose is its title; headings without text of
    their own go in front of the next one.
    """
    article = Article()
    headings: list[str] = []
    for block in blocks:
        match block.kind:
            case Kind.HEADING:
                is_title = titled and article.title is None and not article.paragraphs and not headings
                words = _read_heading(block, reading, Role.TITLE if is_title else Role.HEADING)
                if is_title and words:
                    article.title = words[:_LONGEST_TITLE]
                elif words:
                    headings.append(words)
            case Kind.PARAGRAPH | Kind.ITEM | Kind.ROW | Kind.HTML:
                paragraph, stray = read_paragraph(block, reading, ": ".join(headings) or None)
                if paragraph is not None:
                    article.paragraphs.append(paragraph)
                    headings.clear()
                elif stray:
                    _cite_above(article, stray, block, reading)
            case Kind.CODE:
                reading.ledger.claim(block.start, block.end, Role.FURNITURE)
                reading.ledger.warn("code-left-out", block.line, block.text, "program text is no part of a story; left out")
            case Kind.RULE:
                reading.ledger.claim(block.start, block.end, Role.FURNITURE)
    return article


def _read_heading(block: Block, reading: Reading, role: Role) -> str:
    """A heading's words, its characters claimed. What it cites is no sentence's: the markers go out with a warning."""
    inline, found = _read(block, reading)
    if any(marker.citations for marker in found):
        reading.ledger.warn("citation-in-heading", block.line, inline.text, "a heading cites nothing; its markers are left out")
    _claim(block, inline, found, reading, role)
    return take_out(inline.text, found)[0]


def read_paragraph(block: Block, reading: Reading, heading: str | None = None) -> tuple[Paragraph | None, Sequence[Citation]]:
    """A block of prose as a paragraph, its characters claimed. Where nothing is left once its markers are out, there is no
    paragraph, but citations that no sentence has.
    """
    inline, found = _read(block, reading)
    clean, places = take_out(inline.text, found)
    if not any(map(str.isalnum, clean)):
        _claim(block, inline, found, reading, Role.FURNITURE)
        return None, [citation for _, citation in places if citation is not None]
    _claim(block, inline, found, reading, Role.SUMMARY)
    del inline, found  # of a document that is one paragraph this is as much as all that comes of it
    return assemble(clean, places, heading), ()


def _cite_above(article: Article, stray: Sequence[Citation], block: Block, reading: Reading) -> None:
    """Markers in a block of their own are taken as those of the sentence above, as far as there is one."""
    if not article.paragraphs:
        reading.ledger.warn("stray-citation", block.line, block.text, "no sentence stands before this marker; left out")
        return
    reading.ledger.warn(
        "stray-citation", block.line, block.text, "a marker apart from any sentence; taken as that of the last one"
    )
    last = article.paragraphs[-1]
    sentence = last.sentences[-1]
    own = {citation.number: citation for citation in (*(replace(one, uncertain=True) for one in stray), *sentence.citations)}
    cited = replace(sentence, citations=tuple(own[number] for number in sorted(own)), inherited=())
    article.paragraphs[-1] = replace(last, sentences=(*last.sentences[:-1], cited))


def _read(block: Block, reading: Reading) -> tuple[Inline, list[Marker]]:
    inline = read_inline(block.text)
    return inline, list(_unseen(inline, reading.markers(inline, block)))


def take_out(text: str, markers: Iterable[Marker]) -> tuple[str, list[tuple[int, Citation | None]]]:
    """Text without its markers and without the spaces that they leave behind, and where in it they stood."""
    pieces: list[str] = []
    places: list[tuple[int, Citation | None]] = []
    length = position = gap = 0
    for marker in chain(markers, (Marker(len(text), len(text)),)):
        piece = _spaced(text[position : marker.start])
        last = pieces[-1] if pieces else " "
        if last.endswith((" ", "\n")) and (not pieces or piece.startswith(" ") or piece[:1] in _STOPS):
            if piece.startswith(" "):
                piece = piece[1:]
            if pieces and piece[:1] and piece[:1] in _STOPS and last.endswith(" "):
                pieces[-1] = last[:-1]
                length -= 1
        elif gap > 1 and _would_touch(last, piece):
            piece = f" {piece}"
        if marker.ends_sentence:
            piece = f"{piece.rstrip()}\n\n"
        if piece:
            pieces.append(piece)
            length += len(piece)
        places.extend((length, citation) for citation in marker.citations)
        if marker.unresolved:
            places.append((length, None))
        position, gap = marker.end, marker.end - marker.start if marker.role is Role.CITATION else 0
    clean = "".join(pieces).rstrip()
    for index in range(len(places) - 1, -1, -1):
        if places[index][0] <= len(clean):
            break
        places[index] = (len(clean), places[index][1])
    return clean, places


def _would_touch(left: str, right: str) -> bool:
    """Whether two words of an alphabet run together where the marker between them is gone ("sold.[1]The")."""
    first = right[:1]
    return (first.isupper() or first.islower()) and (left[-1:].isascii() or left[-1:].islower()) and left[-1:] not in "([{'’-–/"


def _spaced(piece: str) -> str:
    """A stretch of prose, tidied, with one space at an end that had some."""
    words = tidy(piece)
    if not words:
        return " " if piece else ""
    return (" " if piece[0].isspace() else "") + words + (" " if piece[-1].isspace() else "")


def _unseen(inline: Inline, markers: Iterable[Marker]) -> Iterable[Marker]:
    """The markers in order, none within another; what readers do not see is one, and cites nothing."""
    hidden = [Marker(start, end, role=Role.FURNITURE) for start, end in inline.hidden]
    for match in inline.prose(_BOLD):
        if match.start() not in inline.escaped:
            hidden += [Marker(*match.span(group), role=Role.FURNITURE) for group in (1, 2)]
    position = 0
    found = [*markers, *hidden]
    # Of two that begin together the longer one comes first. Two sorts take less room than one by pairs.
    found.sort(key=attrgetter("end"), reverse=True)
    found.sort(key=attrgetter("start"))
    for marker in found:
        if marker.start >= position:
            yield marker
            position = marker.end


def _claim(block: Block, inline: Inline, markers: Sequence[Marker], reading: Reading, role: Role) -> None:
    """Claim a block, and the places of its markers as what they are: each is looked for behind the one before it."""
    position, seen = block.start, 0
    for marker in markers:
        # the cells of a row stand closer together than readers see them
        start = position if block.kind is Kind.ROW else position + marker.start - seen
        at, length = _printed(inline.text, marker, reading.text, start, block.end)
        if length:
            reading.ledger.claim(position, at, role)
            reading.ledger.claim(at, at + length, marker.role)
            position, seen = at + length, marker.end
    reading.ledger.claim(position, block.end, role)


def _printed(visible: str, marker: Marker, text: str, start: int, end: int) -> tuple[int, int]:
    """Where a marker that readers see in ``visible`` is printed in ``text``, and how long it is there; 0 where it cannot be told.

    Markup only adds characters, so that it is not before ``start``. Digits are common: what stands before must be the same.
    """
    printed = visible[marker.start : marker.end].strip()
    before = visible[max(0, marker.start - 2) : marker.start].strip()
    end = min(end, start + len(printed) + _WINDOW)
    inner = printed.strip("[]")
    for wanted, preceded in ((printed, before), (inner, ">"), (inner, "[")):
        at = start - 1
        for _ in range(_TRIES if wanted else 0):
            at = text.find(wanted, at + 1, end)
            if at < 0:
                break
            if _preceded(text, at, preceded):
                return at, len(wanted)
    return start, 0


def _preceded(text: str, at: int, characters: str) -> bool:
    """Whether ``characters`` stand before ``at``, markup and white space aside."""
    for character in reversed(characters):
        nearest = max(0, at - _TRIES)
        while at > nearest and (text[at - 1] in _MARKUP or text[at - 1].isspace()) and text[at - 1] != character:
            at -= 1
        if not at or text[at - 1] != character:
            return False
        at -= 1
    return True


def reference_sections(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where lists of sources may stand: from a heading that says so up to the next heading of its rank, the last one first."""
    for index in range(len(blocks) - 1, -1, -1):
        if is_references_heading(blocks[index]):
            level = blocks[index].level or 6
            after = range(index + 1, len(blocks))
            yield index, next((i for i in after if blocks[i].kind is Kind.HEADING and blocks[i].level <= level), len(blocks))


def is_references_heading(block: Block) -> bool:
    """Whether a block is the heading of a list of sources: a heading, or a line of its own that says so."""
    if block.kind not in (Kind.HEADING, Kind.PARAGRAPH, Kind.HTML) or len(block.text) > 120:
        return False
    return HEADING.search(block.text) is not None and HEADING.fullmatch(visible(block.text)) is not None
