"""Daily digests of Horizon: items with a link, a paragraph, labelled remarks and a list of references, none cited inline.

Each item is a story. Its link is source 1, the discussion of it (where there is one) source 2, the references follow. The day of
an item has no year; it is the last such day that is at most one day after the digest's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.dates import Interval, Precision, day
from app.domain.documents import (
    NO_HINTS,
    Hints,
    Paragraph,
    ParsedDocument,
    ParsedSource,
    ParseError,
    Published,
    Role,
    Title,
)
from app.domain.text import slugify
from app.importer.accounting import Ledger, share_out, tidy
from app.importer.addresses import normalised, title_from_address, web_address
from app.importer.assemble import assemble
from app.importer.formats import Format
from app.importer.lines import Line, split_lines
from app.importer.markdown import read_inline, visible

NAME = "horizon"

#: "> From 26 items, 9 important content pieces were selected", "> Analyzed 4 items, but none met …": in English or Chinese.
_SELECTED = re.compile(
    r">\s*(?:From (?P<all>\d{1,6}) items?, (?P<selected>\d{1,6}) important|Analyzed \d{1,6} items?, but none"
    r"|(?P<chinese>\D{0,40}\d{1,6} ?条(?:\D{0,40}?(?P<chosen>\d{1,6}) ?条)?)).*",
    re.IGNORECASE,
)
#: What stands at the top instead of front matter in some digests: "# Horizon Daily - 2026-09-13".
_HEADLINE = re.compile(r"#\s+Horizon\b.{0,60}?(?P<date>\d{4}-\d{2}-\d{2}).*")
_ANCHOR = re.compile(r"<a id=\"item-[\w-]{1,80}\"></a>")
_SCORE = re.compile(r"⭐\ufe0f?\s*\d{1,2}(?:\.\d{1,2})?/10\s*$")
_SECTION = re.compile(r"##\s+(?P<name>\S.*)")
_ITEM = re.compile(r"###\s+(?P<head>\S.*)")
_CONTENTS = re.compile(r"\d{1,3}\.\s+\[.*\]\(#item-[\w-]{1,80}\).*|\*\*[^*]{1,80}\*\*")
_LABEL = re.compile(
    r"\*\*「(?P<quoted>[^*「」]{1,40})」\*\*[:：]?\s*(?P<said>.*)|\*\*(?P<plain>[^*]{1,40})\*\*[:：]\s*(?P<text>.*)"
)
_TAGS = re.compile(r"\*\*(?:Tags|标签)\*\*[:：]", re.IGNORECASE)
#: "hackernews · somebody · Sep 12, 04:09 · [Discussion](https://…)"
_ORIGIN = re.compile(
    r"(?P<kind>\w{1,20}) · (?P<who>.{1,120}?) · (?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2})(?:, \d{1,2}:\d{2})?(?: · (?P<more>.*))?"
)
_ORIGIN_START = re.compile(r"(?:hackernews|rss|reddit|github|twitter|telegram|x)\s+·\s", re.IGNORECASE)
_REFERENCE = re.compile(
    r"<li>\s*<a\s+href=\"(?P<address>[^\"]*)\"[^>]*>(?P<title>(?:(?!</a>|<li>).)*)</a>\s*(?:</li>)?", re.IGNORECASE
)
_MARKUP = re.compile(r"(?:</?(?:details|summary|ul|li)\b[^>]*>|References|参考链接|参考资料|\s)+|-{3,}", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: Origins whose day is that of a discussion, not of what is linked.
_FORUMS = {"hackernews": "Hacker News", "reddit": "Reddit"}


@dataclass(slots=True)
class _Passage:
    """A paragraph as its lines, and what stands in bold before it."""

    heading: str | None
    lines: list[str]


@dataclass(slots=True)
class _Item:
    head: Line
    category: str | None
    passages: list[_Passage] = field(default_factory=list)
    origin: re.Match[str] | None = None
    references: list[tuple[str, str, int]] = field(default_factory=list)
    #: Whether the line before belongs to the last passage.
    in_passage: bool = False


@dataclass(slots=True)
class _Digest:
    items: list[_Item]
    selected: int | None
    """How many items it says that it has: ``None`` where it does not say."""
    counted: Line | None
    language: str | None


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a digest of Horizon's: 0 to 1."""
    start = head.lstrip()
    return 0.95 if _ANCHOR.search(head) or _SELECTED.match(start) or _HEADLINE.match(start) else 0.0


def parse(text: str, hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The stories of a digest, one an item; none on a day without items.

    Raises:
        ParseError: ``no-story``: it has no items and does not say that there are none, so it is cut or no digest.
    """
    ledger = Ledger(text)
    lines = split_lines(text)
    digest = _read(lines, ledger)
    if not digest.items:
        if digest.selected == 0:
            return []
        raise ParseError("no-story", "no items, and no line which says that there are none", lines[0].number if lines else None)
    if digest.selected is not None and digest.counted and digest.selected != len(digest.items):
        message = f"the digest says that it has {digest.selected} items, but has {len(digest.items)}"
        ledger.warn("item-count", digest.counted.number, digest.counted.text, message)
    headline = _headline_day(lines[0], ledger)
    said = replace(hints, published=hints.published or headline, language=hints.language or digest.language)
    stories = [_story(item, said, ledger) for item in digest.items]
    ledger.claim_punctuation()
    shares = share_out(text, *ledger.close(), [item.head.start for item in digest.items])
    return [replace(story, spans=spans, warnings=warnings) for story, (spans, warnings) in zip(stories, shares, strict=True)]


def _headline_day(line: Line, ledger: Ledger) -> Published | None:
    """The day in the digest's own headline."""
    headline = _HEADLINE.fullmatch(line.text)
    if headline is None:
        return None
    ledger.claim(line.start, line.end, Role.PUBLISHED)
    try:
        return Published(day(date.fromisoformat(headline["date"])), "document")
    except ValueError:
        ledger.warn("bad-date", line.number, line.text, "the digest's date does not exist")
        return None


def _read(lines: Sequence[Line], ledger: Ledger) -> _Digest:
    digest = _Digest([], None, None, None)
    category: str | None = None
    item: _Item | None = None
    for line in lines:
        role: Role | None = None
        if section := _SECTION.fullmatch(line.text):
            category, item, role = visible(section["name"]) or None, None, Role.HEADING
        elif _ITEM.fullmatch(line.text):
            item, role = _Item(line, category), Role.TITLE
            digest.items.append(item)
        elif item is not None:
            role = _read_line(line, item)
        elif _ANCHOR.fullmatch(line.text) or (not digest.items and _is_opening(line, digest)):
            role = Role.FURNITURE
        if role is not None:
            ledger.claim(line.start, line.end, role)
    return digest


def _is_opening(line: Line, digest: _Digest) -> bool:
    """Whether a line above the items is one of those that every digest has there; what they count is kept."""
    if (selected := _SELECTED.fullmatch(line.text)) and digest.counted is None:
        digest.counted = line
        digest.selected = int(selected["selected"] or selected["chosen"] or 0)
        digest.language = "zh" if selected["chinese"] else "en"
    return line.text.startswith(">") or _CONTENTS.fullmatch(line.text) is not None


def _read_line(line: Line, item: _Item) -> Role | None:
    """Read one line of an item; what it is, ``None`` where that is not known."""
    text = line.text
    joins, item.in_passage = item.in_passage and not line.gap, False
    if _ANCHOR.fullmatch(text) or _MARKUP.fullmatch(text):
        return Role.FURNITURE
    if _TAGS.match(text):
        return Role.METADATA
    if item.origin is None and (origin := _ORIGIN.fullmatch(text)):
        item.origin = origin
        return Role.METADATA
    if _ORIGIN_START.match(text):
        return None
    references = [(match["address"], match["title"], line.number) for match in _REFERENCE.finditer(text)]
    if references:
        item.references += references
        return Role.SOURCE_TITLE
    item.in_passage = True
    if label := _LABEL.fullmatch(text):
        said = label["said"] or label["text"]
        item.passages.append(_Passage(tidy(label["quoted"] or label["plain"]) or None, [said] if said else []))
    elif item.passages and (joins or not item.passages[-1].lines):
        item.passages[-1].lines.append(text)
    else:
        item.passages.append(_Passage(None, [text]))
    return Role.SUMMARY


def _story(item: _Item, said: Hints, ledger: Ledger) -> ParsedDocument:
    issued = _issued(said.published)
    inline = read_inline(_SCORE.sub("", item.head.text.lstrip("#").strip()))
    address = _web(inline.links[0].address, item.head.number, ledger) if inline.links else None
    paragraphs = tuple(_paragraphs(item.passages))
    title = _title(tidy(inline.text), address, paragraphs, item.head)
    if not paragraphs:
        ledger.warn("no-summary", item.head.number, title.text, "the item has no text")
    where = normalised(address) if address else f"{issued.isoformat() if issued else 'undated'}:{slugify(title.text)}"
    return ParsedDocument(
        format=NAME,
        variant=said.language,
        title=title,
        published=said.published,
        dek=(),
        paragraphs=paragraphs,
        sources=tuple(_sources(item, title.text, address, _day(item.origin, issued), ledger)),
        id=f"{NAME}:{where}",
        category=item.category,
        language=said.language,
    )


def _paragraphs(passages: Iterable[_Passage]) -> Iterable[Paragraph]:
    for passage in passages:
        paragraph = assemble(visible("\n".join(passage.lines)), (), passage.heading)
        if paragraph.sentences:
            yield paragraph


def _title(printed: str, address: str | None, paragraphs: Sequence[Paragraph], head: Line) -> Title:
    if printed:
        return Title(printed)
    if address and (readable := title_from_address(address)):
        return Title(readable, "url")
    if paragraphs:
        return Title(paragraphs[0].sentences[0].text, "summary")
    return Title(head.text)


def _sources(item: _Item, title: str, address: str | None, posted: Interval | None, ledger: Ledger) -> list[ParsedSource]:
    """The link, the discussion of it, and the references that are neither."""
    kind, who, more = item.origin.group("kind", "who", "more") if item.origin else ("", "", None)
    who = visible(who)
    forum = _FORUMS.get(kind.lower())
    sources: list[ParsedSource] = []
    if address:
        outlet = who if kind.lower() == "rss" else None
        sources.append(ParsedSource(1, title, "", title, outlet or None, address, None if forum else posted))
    discussion = read_inline(more).links if more else ()
    if discussion and (discussed := _web(discussion[0].address, item.head.number, ledger)) and discussed != address:
        name = f"Discussion: {title}"
        # "reddit · r/community · somebody": who said it stands last; elsewhere it is who wrote what is discussed.
        author, opened = (who.rpartition(" · ")[2] or None, posted) if forum else (None, None)
        sources.append(ParsedSource(len(sources) + 1, name, "", name, forum, discussed, opened, author))
    known = {source.url for source in sources}
    for link, printed, line in item.references:
        url = _web(tidy(link), line, ledger)
        words = tidy(printed) or url
        if words and (url is None or url not in known):
            known.add(url)
            sources.append(ParsedSource(len(sources) + 1, words, "", words, url=url))
    return sources


def _web(address: str, line: int, ledger: Ledger) -> str | None:
    try:
        return web_address(address)
    except ValueError as error:
        ledger.warn("bad-url", line, address, str(error))
        return None


def _issued(published: Published | None) -> date | None:
    """The day of the digest, by which the years of its items are known; ``None`` where no single day is given."""
    return published.interval.start if published and published.interval.precision is Precision.DAY else None


def _day(origin: re.Match[str] | None, issued: date | None) -> Interval | None:
    if origin is None or issued is None or origin["month"] not in _MONTHS:
        return None
    # A digest is issued in one time zone and its items posted in others: on 31 December some are of 1 January.
    for year in (issued.year + 1, issued.year, issued.year - 1):
        try:
            posted = date(year, _MONTHS.index(origin["month"]) + 1, int(origin["day"]))
        except ValueError:
            continue
        if (posted - issued).days <= 1:
            return day(posted)
    return None


FORMAT = Format(NAME, "daily digest of Horizon, in Markdown", sniff, parse, digest=True)
