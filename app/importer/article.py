"""Articles in Markdown as stories: title, headed paragraphs with their citations, sources. What a marker is, a format says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.documents import Citation, Paragraph, ParseError, Role, Title
from app.importer.accounting import Ledger, tidy
from app.importer.assemble import assemble
from app.importer.markdown import Block, Inline, Kind, read_inline
from app.importer.references import HEADING

_STOPS = ".,;:!?)]…"
#: How far ahead of the last marker the next one is looked for in the source text of a block.
_WINDOW = 4_000
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Marker:
    """A stretch of visible text that is a citation marker and goes out of the prose, and what it cites."""

    start: int
    end: int
    citations: tuple[Citation, ...] = ()


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
                words = tidy(read_inline(block.text).text)
                is_title = titled and article.title is None and not article.paragraphs and not headings
                reading.ledger.claim(block.start, block.end, Role.TITLE if is_title else Role.HEADING)
                if is_title and words:
                    article.title = words[:_LONGEST_TITLE]
                elif words:
                    headings.append(words)
            case Kind.PARAGRAPH | Kind.ITEM | Kind.ROW:
                paragraph = read_paragraph(block, reading, ": ".join(headings) or None)
                if paragraph is not None:
                    article.paragraphs.append(paragraph)
                    headings.clear()
            case Kind.CODE:
                reading.ledger.claim(block.start, block.end, Role.FURNITURE)
                reading.ledger.warn("code-left-out", block.line, block.text, "program text is no part of a story; left out")
            case Kind.HTML | Kind.RULE:
                reading.ledger.claim(block.start, block.end, Role.FURNITURE)
    return article


def read_paragraph(block: Block, reading: Reading, heading: str | None = None) -> Paragraph | None:
    """A block of prose as a paragraph, its characters claimed; ``None`` where nothing is left once its markers are out."""
    inline = read_inline(block.text)
    found = [*_unseen(inline, reading.markers(inline, block))]
    _claim(block, inline, found, reading)
    clean, places = take_out(inline.text, found)
    paragraph = assemble(clean, places, heading)
    return paragraph if paragraph.sentences else None


def take_out(text: str, markers: Iterable[Marker]) -> tuple[str, list[tuple[int, Citation]]]:
    """Text without its markers and without the spaces that they leave behind, and where in it they stood."""
    pieces: list[str] = []
    places: list[tuple[int, Citation]] = []
    length = position = 0
    for marker in (*markers, Marker(len(text), len(text))):
        piece = _spaced(text[position : marker.start])
        last = pieces[-1] if pieces else " "
        if last.endswith(" ") and (not pieces or piece.startswith(" ") or piece[:1] in _STOPS):
            if piece.startswith(" "):
                piece = piece[1:]
            if pieces and piece[:1] and piece[:1] in _STOPS:
                pieces[-1] = last[:-1]
                length -= 1
        if piece:
            pieces.append(piece)
            length += len(piece)
        places.extend((length, citation) for citation in marker.citations)
        position = marker.end
    clean = "".join(pieces).rstrip()
    return clean, [(min(offset, len(clean)), citation) for offset, citation in places]


def _spaced(piece: str) -> str:
    """A stretch of prose, tidied, with one space at an end that had some."""
    words = tidy(piece)
    if not words:
        return " " if piece else ""
    return (" " if piece[0].isspace() else "") + words + (" " if piece[-1].isspace() else "")


def _unseen(inline: Inline, markers: Iterable[Marker]) -> Iterable[Marker]:
    """The markers in order, none within another; what readers do not see is one, and cites nothing."""
    hidden = [Marker(start, end) for start, end in inline.hidden]
    position = 0
    for marker in sorted([*markers, *hidden], key=lambda marker: (marker.start, -marker.end)):
        if marker.start >= position:
            yield marker
            position = marker.end


def _claim(block: Block, inline: Inline, markers: Sequence[Marker], reading: Reading) -> None:
    """Claim a block as summary, and the places of its markers as citations: each is looked for behind the one before it."""
    position = block.start
    for marker in markers:
        printed = inline.text[marker.start : marker.end].strip()
        before = inline.text[max(0, marker.start - 2) : marker.start]
        at, length = -1, len(printed)
        for wanted in (before + printed, printed, printed.strip("[]")):
            at = reading.text.find(wanted, position, min(block.end, position + _WINDOW)) if wanted else -1
            if at >= 0:
                at += len(wanted) - len(printed) if wanted.endswith(printed) else 0
                length = min(length, len(wanted))
                break
        if at < position:
            continue
        reading.ledger.claim(position, at, Role.SUMMARY)
        reading.ledger.claim(at, at + length, Role.CITATION)
        position = at + length
    reading.ledger.claim(position, block.end, Role.SUMMARY)


def split_references(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The body of an article, and the blocks of its list of sources with their heading: from the last heading that says so on,
    up to the next heading. Whatever stands behind that list belongs to the body.
    """
    for index in range(len(blocks) - 1, -1, -1):
        if is_references_heading(blocks[index]):
            end = next((after for after in range(index + 1, len(blocks)) if blocks[after].kind is Kind.HEADING), len(blocks))
            return [*blocks[:index], *blocks[end:]], blocks[index:end]
    return blocks, ()


def is_references_heading(block: Block) -> bool:
    """Whether a block is the heading of a list of sources: a heading, or a line of its own that says so."""
    if block.kind not in (Kind.HEADING, Kind.PARAGRAPH) or len(block.text) > 80:
        return False
    return HEADING.fullmatch(tidy(read_inline(block.text).text)) is not None
