"""Daily digests of Horizon: items with a link, a paragraph, labelled remarks and a list of references, none cited inline.

Each item is a story. Its link is source 1, the discussion of it (where there is one) source 2, the references follow. The day of
an item has no year; it is the last such day that is not after the digest's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.dates import Interval, day
from app.domain.documents import NO_HINTS, Hints, Paragraph, ParsedDocument, ParsedSource, Published, Role, Title
from app.domain.text import slugify
from app.importer.accounting import Ledger, share_out, tidy
from app.importer.addresses import normalised, web_address
from app.importer.assemble import assemble
from app.importer.formats import Format
from app.importer.lines import Line, split_lines
from app.importer.markdown import read_inline

NAME = "horizon"

_SELECTED = re.compile(r"> (?:From \d+ items?, \d+ important|Analyzed \d+ items?, but none|.{0,40}\d+ ?条)", re.IGNORECASE)
#: What stands at the top instead of front matter in some digests: "# Horizon Daily - 2026-09-13".
_HEADLINE = re.compile(r"#\s+Horizon\b.{0,60}?(?P<date>\d{4}-\d{2}-\d{2}).*")
_ANCHOR = re.compile(r"<a id=\"item-[\w-]{1,80}\"></a>")
_SCORE = re.compile(r"\s*⭐\ufe0f?\s*\d{1,2}(?:\.\d)?/10\s*$")
_SECTION = re.compile(r"##\s+(?P<name>\S.*)")
_ITEM = re.compile(r"###\s+(?P<head>\S.*)")
_CONTENTS = re.compile(r"\d{1,3}\.\s+\[.*\]\(#item-[\w-]{1,80}\).*|\*\*[^*]{1,80}\*\*")
_LABEL = re.compile(
    r"\*\*「(?P<quoted>[^*「」]{1,40})」\*\*[:：]?\s*(?P<said>.*)|\*\*(?P<plain>[^*]{1,40})\*\*[:：]\s*(?P<text>.*)"
)
_TAGS = re.compile(r"\*\*(?:Tags|标签)\*\*[:：]", re.IGNORECASE)
#: "hackernews · somebody · Sep 12, 04:09 · [Discussion](https://…)"
_ORIGIN = re.compile(
    r"(?P<kind>\w{2,20}) · (?P<who>.{1,120}?) · (?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2}), \d{1,2}:\d{2}(?: · (?P<more>.*))?"
)
_ORIGIN_START = re.compile(r"(?:hackernews|rss|reddit|github|twitter|telegram|x)\s+·\s", re.IGNORECASE)
_REFERENCE = re.compile(r"<li>\s*<a\s+href=\"(?P<address>[^\"]*)\"[^>]*>(?P<title>.*?)</a>\s*(?:</li>)?", re.IGNORECASE)
_MARKUP = re.compile(r"(?:</?(?:details|summary|ul|li)\b[^>]*>|References|参考链接|参考资料|\s)+|-{3,}", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: Origins whose day is that of a discussion, not of what is linked.
_FORUMS = {"hackernews": "Hacker News", "reddit": "Reddit"}


@dataclass(slots=True)
class _Item:
    head: Line
    category: str | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    origin: re.Match[str] | None = None
    references: list[tuple[str, str, int]] = field(default_factory=list)


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a digest of Horizon's: 0 to 1."""
    start = head.lstrip()
    return 0.95 if _ANCHOR.search(head) or _SELECTED.match(start) or _HEADLINE.match(start) else 0.0


def parse(text: str, hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The stories of a digest, one an item; none on a day without items."""
    ledger = Ledger(text)
    lines = split_lines(text)
    items = _items(lines, ledger)
    if not items:
        return []
    published = hints.published or _headline_day(lines[0], ledger)
    stories = [_story(item, published, hints, ledger) for item in items]
    ledger.claim_punctuation()
    shares = share_out(text, *ledger.close(), [item.head.start for item in items])
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


def _items(lines: Sequence[Line], ledger: Ledger) -> list[_Item]:
    items: list[_Item] = []
    category: str | None = None
    for line in lines:
        role = Role.FURNITURE
        if section := _SECTION.fullmatch(line.text):
            category, role = tidy(read_inline(section["name"]).text), Role.HEADING
        elif _ITEM.fullmatch(line.text):
            items.append(_Item(line, category))
            role = Role.TITLE
        elif items:
            found = _read_line(line, items[-1])
            if found is None:
                continue
            role = found
        elif not (_CONTENTS.fullmatch(line.text) or line.text.startswith(">") or _ANCHOR.fullmatch(line.text)):
            continue
        ledger.claim(line.start, line.end, role)
    return items


def _read_line(line: Line, item: _Item) -> Role | None:
    """Read one line of an item; what it is."""
    text = line.text
    if _ANCHOR.fullmatch(text) or _MARKUP.fullmatch(text):
        return Role.FURNITURE
    if _TAGS.match(text):
        return Role.METADATA
    if origin := _ORIGIN.fullmatch(text):
        item.origin = origin
        return Role.METADATA
    if _ORIGIN_START.match(text):
        return None
    references = list(_REFERENCE.finditer(text))
    if references:
        item.references += [(match["address"], match["title"], line.number) for match in references]
        return Role.SOURCE_TITLE
    label = _LABEL.fullmatch(text)
    heading, said = ((label["quoted"] or label["plain"]), label["said"] or label["text"] or "") if label else (None, text)
    words = tidy(read_inline(said).text)
    if words:
        item.paragraphs.append(assemble(words, (), tidy(heading) if heading else None))
    return Role.SUMMARY


def _story(item: _Item, digest: Published | None, hints: Hints, ledger: Ledger) -> ParsedDocument:
    issued = digest.interval.start if digest else None
    inline = read_inline(_SCORE.sub("", item.head.text.lstrip("#").strip()))
    title = tidy(inline.text) or "Untitled item"
    address = _web(inline.links[0].address, item.head.number, ledger) if inline.links else None
    origin, posted = item.origin, _day(item.origin, issued)
    forum = _FORUMS.get(origin["kind"].lower()) if origin else None
    sources: list[ParsedSource] = []
    if address:
        outlet = origin["who"].strip() if origin and forum is None and origin["kind"].lower() == "rss" else None
        sources.append(ParsedSource(1, title, "", title, outlet, address, None if forum else posted))
    discussion = read_inline(origin["more"]).links if origin and origin["more"] else ()
    if origin and discussion and (discussed := _web(discussion[0].address, item.head.number, ledger)) and discussed != address:
        name = f"Discussion: {title}"
        sources.append(ParsedSource(len(sources) + 1, name, "", name, forum, discussed, posted, origin["who"].strip()))
    for link, printed, line in item.references:
        url = _web(tidy(link), line, ledger)
        if url is None or url not in {source.url for source in sources}:
            words = tidy(printed)
            sources.append(ParsedSource(len(sources) + 1, words, "", words, url=url))
    where = normalised(address) if address else f"{issued.isoformat() if issued else 'undated'}:{slugify(title)}"
    return ParsedDocument(
        format=NAME,
        variant=hints.language,
        title=Title(title),
        published=digest,
        dek=(),
        paragraphs=tuple(paragraph for paragraph in item.paragraphs if paragraph.sentences),
        sources=tuple(sources),
        id=f"{NAME}:{where}",
        category=item.category,
        language=hints.language,
    )


def _web(address: str, line: int, ledger: Ledger) -> str | None:
    try:
        return web_address(address)
    except ValueError as error:
        ledger.warn("bad-url", line, address, str(error))
        return None


def _day(origin: re.Match[str] | None, issued: date | None) -> Interval | None:
    if origin is None or issued is None or origin["month"] not in _MONTHS:
        return None
    for year in (issued.year, issued.year - 1):
        try:
            posted = date(year, _MONTHS.index(origin["month"]) + 1, int(origin["day"]))
        except ValueError:
            continue
        # A digest is issued in one time zone and its items posted in others.
        if (posted - issued).days <= 1:
            return day(posted)
    return None


FORMAT = Format(NAME, "daily digest of Horizon, in Markdown", sniff, parse, digest=True)
