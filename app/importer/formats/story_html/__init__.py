"""Story pages and articles saved as HTML: a summary with numbered citations and the sources that it cites.

lxml parses the page; what its parts are is told from their elements first and from their place second. Pages of the layout
that the text-dump format reads, but without a list of sources that is marked as one, are given to it as visible text.

Character accounting is exact: each stretch of text between two tags keeps its offsets on its way through the parser
(``markup``), entities included. Only where the parser moved or changed a stretch is its place not known; then it counts as
furniture, like all markup. What the head of a page says stands in markup and counts as furniture, too.

Nothing is fetched, and no program, style or hidden element is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.dates import not_before
from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParseError, Published
from app.importer.accounting import BLANK
from app.importer.formats import Format
from app.importer.formats.story_html import metadata
from app.importer.formats.story_html.account import Account
from app.importer.formats.story_html.citations import Known, links_superscripts
from app.importer.formats.story_html.markup import read_source
from app.importer.formats.story_html.others import Others, find_others
from app.importer.formats.story_html.references import References, find_references, is_heading
from app.importer.formats.story_html.regions import Regions, find_regions
from app.importer.formats.story_html.story import Story, find_body, read_story, titled
from app.importer.formats.story_html.tree import Page, read_page
from app.importer.formats.story_html.visible import read_visible
from app.importer.formats.text_dump.shapes import COUNT

NAME = "html"

_BEGINNING = re.compile(r"(?:[\s\ufeff]|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(
    r"<(?:div|p|section|article|main|head|body|h[1-6]|ul|ol|li|table|tr|td|meta|title|link|span|nav)\b[^<>]*>", re.I
)
_MANY_TAGS = 8
#: A block of so many characters that is no heading is prose.
_PROSE = 80


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a page in HTML: 0 to 1."""
    if _BEGINNING.match(head):
        return 0.9
    begins = head.lstrip(BLANK).startswith("<")
    return 0.5 if begins and sum(1 for _ in _MARKUP.finditer(head)) >= _MANY_TAGS else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The story of a page (always one).

    Raises:
        ParseError: ``no-story``: the page has no text that could be a story.
    """
    page = read_page(read_source(text))
    if not page.blocks:
        raise ParseError("no-story", "the page has no visible text", 1)
    regions = find_regions(page)
    account = _account(page)
    references = find_references(page, account)
    if references.weak:
        document = _visible(page, regions, references)
        if document is not None:
            return [document]
    others = find_others(page.blocks, references.taken, account)
    times = _times(page, regions, references.taken | others.taken)
    return [_finished(_structured(page, regions, references, others, account), page, times, others, account)]


def _visible(page: Page, regions: Regions, references: References) -> ParsedDocument | None:
    """The story by the visible text of the page; ``None`` where that is no story page, or its elements tell of more sources."""
    account = _account(page)
    others = find_others(page.blocks, set(), account)
    rest = [
        block
        for index, block in enumerate(page.blocks)
        if index not in others.taken and regions.holds(block) and (COUNT.fullmatch(block.words) or not is_heading(block))
    ]
    if not any(block.level == 1 for block in rest):
        rest = [*(block for block in page.blocks if block.level == 1), *rest]
    document = read_visible(rest, account)
    if document is None or len(document.sources) < len(references.sources):
        return None
    return _finished(document, page, _times(page, regions, others.taken), others, account)


def _account(page: Page) -> Account:
    account = Account(page.source)
    if page.cut:
        message = "nested too deeply, or too long a text; the rest of the page is not read"
        account.ledger.warn("cut", None, page.cut, message)
    return account


def _structured(page: Page, regions: Regions, references: References, others: Others, account: Account) -> ParsedDocument:
    body = find_body(page, regions, references.taken | others.taken)
    numbers = frozenset(source.number for source in references.sources) or frozenset(range(1, (body.declared or 0) + 1))
    known = Known(references, numbers, links_superscripts(body.blocks))
    story = read_story(page, body, known, metadata.description(page), account)
    title = titled(story)
    if title is None or not (story.paragraphs or story.dek or references.sources):
        raise ParseError("no-story", "the page has a title at most: no text that could be a story", 1)
    _check(story, references, account)
    return ParsedDocument(
        format=NAME,
        variant=None,
        title=title,
        published=None,
        dek=story.dek,
        paragraphs=tuple(story.paragraphs),
        sources=references.sources,
        declared_sources=story.declared,
    )


def _check(story: Story, references: References, account: Account) -> None:
    found = len(references.sources)
    if story.declared is not None and story.declared != found:
        message = f"the page says that it has {story.declared} sources; {found} were found"
        account.ledger.warn("source-count", None, f"{story.declared} Sources", message)
    if not story.paragraphs:
        account.ledger.warn("no-summary", None, "", "the page has no text beside its dek and its sources")


def _finished(document: ParsedDocument, page: Page, times: Sequence[str], others: Others, account: Account) -> ParsedDocument:
    """The document with what the page says of itself, and its account."""
    related = (*document.related, *others.related)
    published = metadata.published(page, times, account.ledger) or document.published
    days = [link.published.start for link in related if link.published and link.published.start]
    if published is None and days:
        published = Published(not_before(max(days)), "related")
    address = metadata.address(page, account.ledger)
    account.close()
    spans, warnings = account.ledger.close()
    return replace(
        document,
        format=NAME,
        published=published,
        url=address,
        language=metadata.language(page),
        related=related,
        ranked=(*document.ranked, *others.ranked),
        spans=spans,
        warnings=warnings,
    )


def _times(page: Page, regions: Regions, taken: set[int]) -> list[str]:
    """The points in time that the page marks as its publication, else those above the prose of the story."""
    blocks = page.blocks
    prose = next((index for index, block in enumerate(blocks) if len(block.text) >= _PROSE and not block.level), len(blocks))
    own = [time for time in page.times if time[0] not in taken and time[1]]
    marked = [value for _, value, publication in own if publication]
    return marked or [value for index, value, _ in own if index < prose and regions.holds(blocks[index])]


FORMAT = Format(NAME, "story page or article saved as HTML, with numbered citations", sniff, parse)
