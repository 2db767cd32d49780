"""Pointers to other stories: related stories, and a site's ranked list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.documents import RankedTopic, RelatedLink, Role
from app.importer.accounting import Ledger
from app.importer.addresses import web_address
from app.importer.formats.story_html.account import Account
from app.importer.formats.story_html.blocks import NUMBER_ALONE, Block, Kind, Mark, goes_on
from app.importer.formats.story_html.metadata import moment
from app.importer.formats.story_html.names import RANKED, RELATED
from app.importer.formats.text_dump.shapes import ends_sentence
from app.importer.formats.text_dump.tail import read_related, related_row
from app.importer.lines import Line

_LONGEST_ROW, _LONGEST_CATEGORY = 300, 60
_FEWEST_RANKS = 2


@dataclass(slots=True)
class Others:
    """Related and ranked stories, and the indices of their blocks."""

    related: list[RelatedLink] = field(default_factory=list)
    ranked: list[RankedTopic] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def find_others(blocks: Sequence[Block], taken: set[int], account: Account) -> Others:
    """Find the rows below a heading "Related Stories", and rows that are numbered from 1 on below one another."""
    others = Others()
    index = 0
    while index < len(blocks):
        end = index
        if index not in taken and len(blocks[index].text) < 200:
            if RELATED.fullmatch(blocks[index].words):
                account.claim(blocks[index], Role.FURNITURE)
                end = _read_related(blocks, index, taken, others, account)
            elif RANKED.fullmatch(blocks[index].words) or blocks[index].words == "1":
                end = _read_ranked(blocks, index, taken, others, account)
        others.taken.update(range(index, end))
        index = max(end, index + 1)
    return others


def _read_related(blocks: Sequence[Block], start: int, taken: set[int], others: Others, account: Account) -> int:
    rows: list[RelatedLink] = []
    level, index = blocks[start].level, start + 1
    item = -1
    while index < len(blocks) and index not in taken:
        block = blocks[index]
        link, row = _whole_link(block), related_row(block.words)
        if block.kind is Kind.HEADING and link is None and block.level <= (level or 6):
            break
        if row is not None:
            found = _dated(block, account)
            rows = _with(rows, found, fresh=not rows or rows[-1].published is not None)
        elif link is not None or _in_row(block, item):
            account.claim(block, Role.RELATED)
            rows = _add(rows, block, link, same=bool(block.item) and block.item == item, account=account)
        elif rows and rows[-1].published and not rows[-1].category and _is_short(block) and block.kind is not Kind.HEADING:
            account.claim(block, Role.RELATED)
            rows[-1] = replace(rows[-1], category=block.words)
        else:
            break
        item = block.item or -1
        index += 1
    others.related += rows
    return index


def _in_row(block: Block, item: int) -> bool:
    return bool(block.item) and (block.item == item or len(block.text) < _LONGEST_ROW)


def _add(rows: list[RelatedLink], block: Block, link: str | None, same: bool, account: Account) -> list[RelatedLink]:
    """Rows with the title of a story, its date where the block has one, or the category below a title."""
    times = [day for mark in block.of(Mark.TIME) if (day := moment(mark.value))]
    published = times[0] if times else None
    if same and rows and rows[-1].title and not (link and _address(link, account) != rows[-1].url):
        last = rows[-1]
        category = block.words if not times and not last.category and len(block.words) <= _LONGEST_CATEGORY else last.category
        rows[-1] = replace(last, published=last.published or published, category=category)
        return rows
    whole = _linked_part(block)
    title = " ".join((whole or block.text).split())[:_LONGEST_ROW]
    address = _address(link or next((mark.value for mark in block.of(Mark.LINK)), ""), account)
    found = RelatedLink(title, address, published)
    return _with(rows, found, fresh=not rows or rows[-1].title is not None)


def _with(rows: list[RelatedLink], found: RelatedLink, fresh: bool) -> list[RelatedLink]:
    if fresh:
        rows.append(found)
        return rows
    last = rows[-1]
    rows[-1] = RelatedLink(
        last.title or found.title, last.url or found.url, last.published or found.published, last.category or found.category
    )
    return rows


def _read_ranked(blocks: Sequence[Block], start: int, taken: set[int], others: Others, account: Account) -> int:
    """Rows "1", category, title; the index behind them. Fewer than two are none."""
    index = start if blocks[start].words == "1" else start + 1
    rows: list[RankedTopic] = []
    ends = index
    while index < len(blocks) and index not in taken:
        block = blocks[index]
        alone = NUMBER_ALONE.fullmatch(block.words) and block.words == str(len(rows) + 1)
        parts: list[Block] = []
        while alone and index + 1 + len(parts) < len(blocks) and len(parts) < 2:
            part = blocks[index + 1 + len(parts)]
            if NUMBER_ALONE.fullmatch(part.words) or goes_on(part.words) or not (_is_short(part) or _whole_link(part)):
                break
            parts.append(part)
        if not parts:
            break
        category = next((part.words for part in parts if not _whole_link(part)), None)
        title = next((part.words for part in parts if part.words != category), None)
        rows.append(RankedTopic(len(rows) + 1, category, title))
        ends = index = index + 1 + len(parts)
    if len(rows) < _FEWEST_RANKS:
        return start
    for block in blocks[start:ends]:
        account.claim(block, Role.RANKED)
    others.ranked += rows
    return ends


def _is_short(block: Block) -> bool:
    return len(block.words) <= _LONGEST_CATEGORY and not ends_sentence(block.words) and block.kind is not Kind.HEADING


def _whole_link(block: Block) -> str | None:
    """The address of the link that covers a block."""
    text = block.text
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return next((mark.value for mark in block.of(Mark.LINK) if mark.start <= begin and mark.end >= end), None)


def _linked_part(block: Block) -> str | None:
    return next((block.text[mark.start : mark.end] for mark in block.of(Mark.LINK) if mark.end - mark.start > 1), None)


def _dated(block: Block, account: Account) -> RelatedLink:
    """A row "04 Dec 2025•Technology"."""
    account.claim(block, Role.RELATED)
    ledger = Ledger(block.words)
    found = read_related(Line(block.line or 1, 0, block.words, gap=True), ledger)
    for warning in ledger.close([(0, block.line or 1)])[1]:
        account.ledger.warn(warning.code, block.line, warning.excerpt, warning.message)
    return found


def _address(text: str, account: Account) -> str | None:
    if not text or text[:1] == "#":
        return None
    try:
        return web_address(text)
    except ValueError as error:
        account.ledger.warn("bad-url", None, text, f"a related story: {error}")
        return None
