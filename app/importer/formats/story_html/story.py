"""The story of a page from its blocks: title, dek, headed paragraphs with their citations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.documents import Paragraph, Role, Sentence, Title
from app.importer.accounting import Ledger, tidy
from app.importer.article import Marker, take_out
from app.importer.assemble import assemble, plain_sentences
from app.importer.formats.story_html.account import Account
from app.importer.formats.story_html.blocks import NUMBER_ALONE, Block, Kind, Mark, Marked, goes_on, joined
from app.importer.formats.story_html.citations import Known, find_markers, with_powers
from app.importer.formats.story_html.metadata import head_title, without_site
from app.importer.formats.story_html.names import DEK_WORDS, tokens
from app.importer.formats.story_html.regions import Regions
from app.importer.formats.story_html.tree import Page
from app.importer.formats.text_dump.shapes import COUNT, REVIEWED, ends_sentence, is_furniture, is_name, summarised_at
from app.importer.lines import Line

_LONGEST_TITLE = 300
#: So many paragraphs from the headline on may be the dek.
_DEK_WITHIN = 2
_SHORTEST_DESCRIPTION = 40
_LABELS = re.compile(
    r"(?-i:[Bb]y(?: [A-Z][\w.'’-]+){1,5})|\d{1,3}[ -]min(?:ute)?s? read|advertisement|sponsored|listen to (?:this )?article"
    r"|(?:photo|image|illustration|credit|photograph)(?: credit)?s?(?: by)?: .{0,120}"
    r"|(?:(?:last )?updated|published|posted)(?: on| at)?:? .{0,40}\d.{0,20}(?<![.!?])"
    r"|(?:share|tweet|email|print|save|copy link|comments?)(?: this)?(?: article)?",
    re.IGNORECASE,
)

_WORD = re.compile(r"\w")


@dataclass(slots=True)
class Story:
    """What the blocks of a page tell; ``declared`` is the number of sources that the page says it has."""

    title: str | None = None
    dek: tuple[Sentence, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)
    declared: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of a page that may be told by the story: the headline, what stands between it and the body, the body."""

    headline: Block | None
    blocks: tuple[Block, ...]
    declared: int | None
    page_of_a_story: bool


def find_body(page: Page, regions: Regions, taken: set[int]) -> Body:
    """Leave out of the blocks of a page whatever is no part of its story."""
    blocks = page.blocks
    headline = next((index for index, block in enumerate(blocks) if block.level == 1 and regions.holds(block)), None)
    if headline is None:
        headline = next((index for index, block in enumerate(blocks) if block.level == 1 and index not in taken), None)
    kept: list[Block] = []
    declared: int | None = None
    marked = name_follows = False
    for index, block in enumerate(blocks):
        words = block.words
        if name_follows and is_name(words) and not NUMBER_ALONE.fullmatch(words):
            name_follows = False
            continue
        name_follows = words in ("Reviewed by", "Summarized by")
        count = COUNT.fullmatch(words)
        if count and declared is None and index not in taken:
            declared = int(count[1])
        if REVIEWED.fullmatch(words) or count:
            marked = True
        above = headline is not None and headline < index and block.node < regions.start
        held = regions.holds(block) or (above and not tokens(block.label).isdisjoint(DEK_WORDS))
        if index == headline or index in taken or not held or regions.is_furniture(block):
            continue
        if headline is not None and index < headline and regions.holds(blocks[headline]):
            continue
        if not _is_furniture(block, words):
            kept.append(block)
    return Body(blocks[headline] if headline is not None else None, tuple(kept), declared, marked)


def _is_furniture(block: Block, words: str) -> bool:
    if REVIEWED.fullmatch(words) or summarised_at(words) == 0 or is_furniture(Line(1, 0, words, gap=True)):
        return True
    if len(words) < 200 and _LABELS.fullmatch(words):
        return True
    covered = sum(mark.end - mark.start for mark in block.of(Mark.BUTTON))
    links = sum(mark.end - mark.start for mark in block.of(Mark.LINK) if mark.value[:1] != "#")
    length = len(block.text.strip())
    if NUMBER_ALONE.fullmatch(words) or block.kind is Kind.HEADING:
        return False
    return covered >= length or (links >= length and not ends_sentence(words))


def read_story(page: Page, body: Body, known: Known, description: str, account: Account) -> Story:
    """Title, dek and paragraphs. Headings without text of their own go in front of the next one."""
    story = Story(declared=body.declared)
    if body.headline is not None:
        site = tidy(page.meta.get("og:site_name", ""))
        title = body.headline.words[:_LONGEST_TITLE]
        if title.casefold() != site.casefold():
            story.title = without_site(title, site) if site else title
            account.claim(body.headline, Role.TITLE)
    story.title = story.title or head_title(page)[:_LONGEST_TITLE] or None
    blocks = list(body.blocks)
    at = _find_dek(blocks, page, body, known, description)
    if at is not None:
        dek = blocks.pop(at)
        account.claim(dek, Role.DEK)
        story.dek = plain_sentences(dek.words)
    headings: list[str] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind is Kind.HEADING:
            account.claim(block, Role.HEADING)
            headings.append(block.words)
        elif block.kind is Kind.CODE:
            account.ledger.warn("code-left-out", block.line, block.words, "program text is no part of a story; left out")
        else:
            end = _paragraph_end(blocks, index)
            parts = [block, *map(_as_marker, blocks[index + 1 : end])]
            paragraph = _read_paragraph(joined(parts), known, ": ".join(headings) or None, account)
            if paragraph is not None:
                story.paragraphs.append(paragraph)
                headings.clear()
            index = end - 1
        index += 1
    return story


def _find_dek(blocks: Sequence[Block], page: Page, body: Body, known: Known, description: str) -> int | None:
    """The dek among the first paragraphs: marked as such, or equal to the page's description, and without citations; on a story
    page with a count of sources also the paragraph above the first heading.
    """
    paragraphs = [index for index, block in enumerate(blocks) if block.kind is Kind.PARAGRAPH][:_DEK_WITHIN]
    for place, index in enumerate(paragraphs):
        block = blocks[index]
        heading = any(blocks[before].kind is Kind.HEADING for before in range(index))
        if heading and not (tokens(block.label) & DEK_WORDS):
            continue
        if any(marker.citations for marker in find_markers(block, known, Ledger("")).markers):
            continue
        if _is_marked_as_dek(block, page) or _is_description(block.words, description):
            return index
        above_heading = index + 1 < len(blocks) and blocks[index + 1].kind is Kind.HEADING
        if place == 0 and body.page_of_a_story and above_heading and ends_sentence(block.words):
            return index
    return None


def _is_marked_as_dek(block: Block, page: Page) -> bool:
    if tokens(block.label) & DEK_WORDS:
        return True
    parent = page.nodes[block.node].parent
    alone = Counter(page.nodes[other.node].parent for other in page.blocks if other.node > parent)[parent] == 1
    return parent >= 0 and alone and bool(tokens(page.nodes[parent].label) & DEK_WORDS)


def _is_description(words: str, description: str) -> bool:
    if len(description) < _SHORTEST_DESCRIPTION:
        return False
    beginning = description.rstrip(".…").casefold()
    same = words.rstrip(".…").casefold()
    return same == beginning or (description.endswith(("…", "...")) and same.startswith(beginning))


def _paragraph_end(blocks: Sequence[Block], start: int) -> int:
    """The index behind a paragraph that begins with block ``start``: markers in blocks of their own part it."""
    end = start + 1
    number = False
    while end < len(blocks) and blocks[end].kind in (Kind.PARAGRAPH, Kind.ITEM):
        words = blocks[end].words
        if NUMBER_ALONE.fullmatch(words):
            number = True
        elif not (goes_on(words) or (number and words[0].islower())):
            break
        else:
            number = False
        end += 1
    return end


def _as_marker(block: Block) -> Block:
    """A number in a block of its own as what it is where it parts a paragraph: a marker."""
    if not NUMBER_ALONE.fullmatch(block.words) or block.of(Mark.SUPERSCRIPT):
        return block
    return replace(block, marks=(*block.marks, Marked(Mark.CITATION, 0, len(block.text))))


def _read_paragraph(block: Block, known: Known, heading: str | None, account: Account) -> Paragraph | None:
    """A block of prose as a paragraph, its characters claimed; ``None`` where nothing is left once its markers are out."""
    found = find_markers(block, known, account.ledger)
    position = 0
    for marker in found.markers:
        account.claim(block, Role.SUMMARY, position, marker.start)
        account.claim(block, Role.CITATION if marker.citations else Role.FURNITURE, marker.start, marker.end)
        position = marker.end
    account.claim(block, Role.SUMMARY, position)
    plain, moved = _with_spaces(with_powers(block.text, found.powers), found.markers, found.kept)
    clean, places = take_out(plain, moved)
    paragraph = assemble(clean, places, heading)
    return paragraph if _WORD.search(clean) and paragraph.sentences else None


def _with_spaces(text: str, markers: Sequence[Marker], kept: Sequence[int]) -> tuple[str, list[Marker]]:
    """The text with a space before each superscript number that stays, and its markers where they stand then."""
    pieces: list[str] = []
    position = shift = 0
    moved: list[Marker] = []
    waiting = iter([*kept, len(text) + 1])
    place = next(waiting)
    for marker in (*markers, Marker(len(text), len(text))):
        while place < marker.start:
            pieces += (text[position:place], " ")
            position, shift = place, shift + 1
            place = next(waiting)
        moved.append(replace(marker, start=marker.start + shift, end=marker.end + shift))
    pieces.append(text[position:])
    return "".join(pieces), moved[:-1]


def titled(story: Story) -> Title | None:
    """The title as printed, else the first sentence; ``None`` where there is neither."""
    if story.title:
        return Title(story.title)
    if story.dek:
        return Title(story.dek[0].text[:_LONGEST_TITLE], "dek")
    first = next((sentence for paragraph in story.paragraphs for sentence in paragraph.sentences), None)
    return Title(first.text[:_LONGEST_TITLE], "summary") if first else None
