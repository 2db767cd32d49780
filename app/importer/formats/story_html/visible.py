"""A page by its visible text, one block a line, as the text-dump format reads it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.documents import NO_HINTS, ParsedDocument, ParsedSource, ParseError
from app.importer.addresses import web_address
from app.importer.formats import text_dump
from app.importer.formats.story_html.account import Account
from app.importer.formats.story_html.blocks import Block, Kind, Mark
from app.importer.formats.story_html.citations import looks_like_marker, numbers_in, with_powers

_SURE = 0.9
_HEAD = 4096


@dataclass(slots=True)
class Rendering:
    """The text, and of each line: where it begins, its block, and the offset in the block at which it begins."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    lines: list[tuple[Block, int, int]] = field(default_factory=list)


def render(blocks: Sequence[Block]) -> Rendering:
    """The visible text of blocks, a blank line between them, markers and buttons in lines of their own."""
    rendering = Rendering()
    pieces: list[str] = []
    length = 0
    for block in blocks:
        if block.kind in (Kind.CODE, Kind.CAPTION):
            continue
        position = 0
        cuts: list[tuple[int, int, bool]] = []
        powers: list[tuple[int, int]] = []
        for mark in block.of(Mark.SUPERSCRIPT, Mark.LINK, Mark.BUTTON, Mark.CITATION):
            is_marker = looks_like_marker(block, mark, cuts[-1][1] if cuts else 0)
            if is_marker or mark.mark is Mark.BUTTON:
                cuts.append((mark.start, mark.end, is_marker))
            elif mark.mark is Mark.SUPERSCRIPT:
                powers.append((mark.start, mark.end))
        block = replace(block, text=with_powers(block.text, powers)) if powers else block
        for start, end, is_marker in (*cuts, (len(block.text), len(block.text), False)):
            start = max(position, start)
            for line, first, last in (*_prose(block, position, start), *(_numbers if is_marker else _prose)(block, start, end)):
                rendering.starts.append(length)
                rendering.lines.append((block, first, last))
                pieces.append(f"{line}\n\n")
                length += len(line) + 2
            position = max(position, end)
    rendering.text = "".join(pieces)
    return rendering


def _prose(block: Block, start: int, end: int) -> list[tuple[str, int, int]]:
    """A stretch of a block as one line, if there is something to read."""
    line = " ".join(block.text[start:end].split())
    return [(line, start, end)] if line else []


def _numbers(block: Block, start: int, end: int) -> list[tuple[str, int, int]]:
    """The numbers of a marker, each a line of its own; one that is alone has the brackets around it, too."""
    numbers = numbers_in(block, start, end)
    return [(str(number), *((first, last) if len(numbers) > 1 else (start, end))) for number, first, last in numbers]


def read_visible(blocks: Sequence[Block], account: Account) -> ParsedDocument | None:
    """The story as the text-dump format reads it from the visible text, with the addresses of its sources.

    Returns:
        ``None`` where the text does not begin like a story page or tells no story.
    """
    rendering = render(blocks)
    if text_dump.sniff(rendering.text[:_HEAD]) < _SURE:
        return None
    try:
        (document,) = text_dump.parse(rendering.text, NO_HINTS)
    except ParseError:
        return None
    line_of = [block.line for block, _, _ in rendering.lines]
    for span in document.spans:
        at = bisect_right(rendering.starts, span.start) - 1
        if at >= 0:
            block, first, last = rendering.lines[at]
            whole = span.end - span.start >= len(rendering.text[rendering.starts[at] : span.end].rstrip())
            start, end = (first, last) if whole else _part(rendering, at, span.start, span.end)
            account.claim(block, span.role, start, end)
    for warning in document.warnings:
        line = line_of[min(len(line_of), (warning.line + 1) // 2) - 1] if warning.line else None
        account.ledger.warn(warning.code, line, warning.excerpt, warning.message)
    addresses = _addresses(blocks)
    sources = tuple(_with_address(source, addresses, account) for source in document.sources)
    return replace(document, sources=sources, warnings=(), spans=())


def _part(rendering: Rendering, at: int, start: int, end: int) -> tuple[int, int]:
    """Where a part of a line stands in its block: found by its words, since the line has single spaces."""
    block, first, last = rendering.lines[at]
    before = rendering.text[rendering.starts[at] : start].split()
    inside = rendering.text[start:end]
    begin = first
    for word in before:
        begin = block.text.find(word, begin, last) + len(word)
    position = begin
    for word in inside.split():
        position = max(position, block.text.find(word, position, last) + len(word))
    return begin, position


def _addresses(blocks: Sequence[Block]) -> dict[str, str]:
    addresses: dict[str, str] = {}
    for block in blocks:
        for mark in block.of(Mark.LINK)[:1]:
            if mark.value[:1] != "#" and mark.end - mark.start >= len(block.text.strip()):
                addresses.setdefault(block.words, mark.value)
    return addresses


def _with_address(source: ParsedSource, addresses: dict[str, str], account: Account) -> ParsedSource:
    address = addresses.get(source.raw_title)
    if not address:
        return source
    try:
        return replace(source, url=web_address(address))
    except ValueError as error:
        account.ledger.warn("bad-url", None, address, f"source {source.number}: {error}")
        return source
