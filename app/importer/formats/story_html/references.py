"""The list of sources of a page, and which of its entries a marker means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from app.domain.documents import ParsedSource, Role
from app.importer.accounting import tidy
from app.importer.formats.story_html.account import Account
from app.importer.formats.story_html.blocks import Block, Kind, Mark
from app.importer.formats.story_html.metadata import moment
from app.importer.formats.story_html.names import RANKED, RELATED
from app.importer.formats.story_html.tree import Page
from app.importer.formats.text_dump.shapes import BUTTON, ends_sentence
from app.importer.markdown import Inline, Link
from app.importer.references import HEADING, Entry, read_entry

_LABEL = re.compile(r"\s*(?:\[(?P<bracket>\d{1,4})\]|(?P<plain>\d{1,4})[.)](?=\s|$))[.:]?\s*", re.ASCII)
_NUMBER_ALONE = re.compile(r"\s*\[?(\d{1,4})\]?\s*", re.ASCII)
#: Ids of entries: "ref-1", "cite_note-a-3", "fn:2", "source3".
_ENTRY_ID = re.compile(
    r"(?:.{0,40}[-_:])?(?:ref(?:erence)?|source|src|cite(?:_note)?|citation|fn|footnote|endnote|note)s?[-_:.]?"
    r"(?:.{0,40}[-_:])?(\d{1,4})",
    re.IGNORECASE,
)
_BACK = re.compile(r"[\s\u21a9\ufe0e\ufe0f^↑⤴a-z,]{1,12}")
_PROSE_WORDS = 12
_LONGEST_REST = 200


@dataclass(slots=True)
class References:
    """The sources; ``anchors`` are the numbers by the ids of their entries, ``urls`` those by address; ``taken`` blocks."""

    sources: tuple[ParsedSource, ...] = ()
    anchors: dict[str, int] = field(default_factory=dict)
    urls: dict[str, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    weak: bool = True
    """Whether neither list items nor ids say where a source begins, only numbers do."""


@dataclass(frozen=True, slots=True)
class _Targets:
    """The ids that links of the page point at, and the lists that have items with such ids."""

    ids: set[str]
    lists: set[int]


@dataclass(slots=True)
class _Draft:
    number: int | None
    blocks: list[Block]
    label_end: int
    anchors: list[str]

    @property
    def marked(self) -> bool:
        """Whether an element says that the entry is one."""
        return bool(self.blocks[0].item) or any(_ENTRY_ID.fullmatch(anchor[:200]) for anchor in self.anchors)


def find_references(page: Page, account: Account) -> References:
    """Find the lists of sources: below a heading that says so, or of items that links of the text point at.

    Of several lists the one that most markers point at counts; numbers of another that are free are added to it.
    """
    blocks = page.blocks
    targets = _find_targets(page)
    lists: list[tuple[int, list[_Draft]]] = []
    references = References()
    index = 0
    while index < len(blocks):
        headed = is_heading(blocks[index])
        end, drafts = _read_list(page, index + headed, blocks[index].level if headed else 0, headed, targets)
        if drafts:
            references.taken.update(range(index, end))
            if headed:
                account.claim(blocks[index], Role.FURNITURE)
            lists.append((sum(anchor in targets.ids for draft in drafts for anchor in draft.anchors), drafts))
        index = max(end, index + 1)
    references.weak = not any(draft.marked for _, drafts in lists for draft in drafts)
    lists.sort(key=lambda pair: -pair[0])
    sources: dict[int, ParsedSource] = {}
    for _, drafts in lists:
        for place, draft in enumerate(drafts, 1):
            number = draft.number or place
            if number in sources:
                message = f"source {number} is there twice; the first counts"
                account.ledger.warn("duplicate-source", draft.blocks[0].line, draft.blocks[0].words, message)
                for block in draft.blocks:
                    account.claim(block, Role.METADATA)
                continue
            sources[number] = source = _read_source(number, draft, account)
            references.anchors.update(dict.fromkeys(draft.anchors, number))
            if source.url:
                references.urls.setdefault(source.url, number)
    references.sources = tuple(sources[number] for number in sorted(sources))
    return references


def _find_targets(page: Page) -> _Targets:
    ids = {
        unquote(mark.value[1:])
        for block in page.blocks
        for mark in block.marks
        if mark.mark is Mark.LINK and 1 < len(mark.value) < 200 and mark.value[0] == "#"
    }
    lists = {_list_of(page, block.item) for block in page.blocks if block.item and not ids.isdisjoint(block.anchors)}
    return _Targets(ids, lists)


def is_heading(block: Block) -> bool:
    """Whether a block says that a list of sources follows."""
    return len(block.text) < 200 and block.kind in (Kind.HEADING, Kind.PARAGRAPH) and HEADING.fullmatch(block.words) is not None


def _read_list(page: Page, start: int, level: int, headed: bool, targets: _Targets) -> tuple[int, list[_Draft]]:
    """The entries from block ``start`` on and the index behind them."""
    blocks = page.blocks
    drafts: list[_Draft] = []
    item = last = 0
    index = start
    while index < len(blocks):
        block = blocks[index]
        if (block.kind is Kind.HEADING and (not headed or block.level <= level)) or (index > start and is_heading(block)):
            break
        if RELATED.fullmatch(block.words[:100]) or RANKED.fullmatch(block.words[:100]) or BUTTON.fullmatch(block.words[:100]):
            break
        label = _LABEL.match(block.text) or _NUMBER_ALONE.fullmatch(block.text) or _number_before_link(block)
        entry_id = next((match for anchor in block.anchors if (match := _ENTRY_ID.fullmatch(anchor[:200]))), None)
        targeted = any(anchor in targets.ids for anchor in block.anchors)
        if drafts and item and _within(page, block.item, item):
            drafts[-1].blocks.append(block)
            drafts[-1].anchors += block.anchors
        elif drafts and item and _list_of(page, block.item) != _list_of(page, item):
            break
        elif (headed and (block.item or label or entry_id or _is_linked_title(block))) or (
            entry_id and (targeted or _list_of(page, block.item) in targets.lists)
        ):
            number = _number(block, label, entry_id)
            if number is not None and number <= last and not block.item:
                break
            last = number or last
            drafts.append(_Draft(number, [block], label.end() if label else 0, list(block.anchors)))
            item = block.item
        elif headed and drafts and not item and not block.item and block.kind in (Kind.PARAGRAPH, Kind.HEADING):
            drafts[-1].blocks.append(block)
        else:
            break
        index += 1
    return index, drafts


def _is_linked_title(block: Block) -> bool:
    """Whether a block begins with a link out of the page and has little else: the title of a source."""
    links = block.of(Mark.LINK)[:1]
    words = block.text[: links[0].start] if links else block.text
    return bool(links) and links[0].value[:1] != "#" and not words.strip() and len(block.text) - links[0].end < _LONGEST_REST


def _number_before_link(block: Block) -> re.Match[str] | None:
    """The number of a source where its title is a link and nothing stands between them: "1A title"."""
    links = block.of(Mark.LINK)[:1]
    return _NUMBER_ALONE.fullmatch(block.text, 0, links[0].start) if links and links[0].value[:1] != "#" else None


def _list_of(page: Page, item: int) -> int:
    return page.nodes[item].parent if item else 0


def _within(page: Page, item: int, outer: int) -> bool:
    """Whether a list item is another or stands in it."""
    while item > outer:
        item = page.nodes[item].parent
    return item == outer


def _number(block: Block, label: re.Match[str] | None, entry_id: re.Match[str] | None) -> int | None:
    if label:
        number = int(next(group for group in label.groups() if group))
    elif block.item:
        number = block.number or 0
    else:
        number = int(entry_id[1]) if entry_id else 0
    return number if number > 0 else None


def _read_source(number: int, draft: _Draft, account: Account) -> ParsedSource:
    """An entry as a source: title, what stands beside it, and below it prose as its text."""
    first, *rest = draft.blocks
    if not first.text[draft.label_end :].strip() and rest:
        account.claim(first, Role.SOURCE_NUMBER)
        first, *rest = rest
    elif draft.label_end:
        account.claim(first, Role.SOURCE_NUMBER, 0, draft.label_end)
    begin = draft.label_end if first is draft.blocks[0] else 0
    short: list[Block] = []
    prose: list[str] = []
    for block in rest:
        if _is_prose(block):
            prose.append(block.words)
            account.claim(block, Role.SOURCE_TEXT)
        else:
            short.append(block)
            account.claim(block, Role.METADATA)
    inline, outlet = _inline(first, begin, short)
    source = read_entry(Entry(str(number), number, inline, first.line or 1), account.ledger)
    days = [day for block in (first, *short) for mark in block.of(Mark.TIME) if (day := moment(mark.value))]
    _claim_title(first, begin, source, account)
    return replace(
        source, text="\n\n".join(prose), outlet=outlet or source.outlet, published=days[0] if days else source.published
    )


def _is_prose(block: Block) -> bool:
    return (ends_sentence(block.words) and len(block.text.split()) >= 4) or len(block.text.split()) > _PROSE_WORDS


def _inline(first: Block, begin: int, short: Sequence[Block]) -> tuple[Inline, str | None]:
    """An entry's line with its links, without its label, outlet and the links back to the text; and the outlet that it marks."""
    text = list(first.text)
    text[:begin] = " " * begin
    outlets: list[str] = []
    links: list[Link] = []
    titled = any("://" not in first.text[link.start : link.end] for link in first.of(Mark.LINK) if link.value[:1] != "#")
    for mark in first.of(Mark.OUTLET, Mark.LINK):
        words = first.text[mark.start : mark.end]
        if mark.mark is Mark.OUTLET and mark.value == "cite" and not titled and not first.text[begin : mark.start].strip():
            continue  # by the standard `cite` is a title; people write it around outlets too
        if mark.mark is Mark.LINK and mark.value[:1] != "#":
            links.append(Link(mark.start, mark.end, mark.value))
        elif mark.mark is Mark.OUTLET and len(words) <= 80 and mark.start >= max(begin, *(link.end for link in links[-1:]), 0):
            outlets.append(tidy(words))
            text[mark.start : mark.end] = " " * (mark.end - mark.start)
        elif mark.mark is Mark.LINK and _BACK.fullmatch(words):
            text[mark.start : mark.end] = " " * (mark.end - mark.start)
    line = "".join(text).rstrip(" ↩\ufe0e")
    for block in short:
        outlets += (tidy(block.text[mark.start : mark.end]) for mark in block.of(Mark.OUTLET))
        links += (Link(len(line), len(line), mark.value) for mark in block.of(Mark.LINK) if not links and mark.value[:1] != "#")
    return Inline(", ".join((line, *(block.words for block in short))), tuple(links)), next(
        (outlet for outlet in outlets if outlet), None
    )


def _claim_title(block: Block, begin: int, source: ParsedSource, account: Account) -> None:
    at = block.text.find(source.raw_title, begin) if source.raw_title else -1
    if at < 0:
        account.claim(block, Role.SOURCE_TITLE, begin)
        return
    end = at + len(source.raw_title)
    account.claim(block, Role.METADATA, begin, at)
    account.claim(block, Role.SOURCE_TITLE, at, end)
    account.claim(block, Role.METADATA, end)
