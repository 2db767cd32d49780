"""The tree of a page, walked through once: its blocks, its elements as numbers, and what its head says.

lxml parses (libxml2, which forgives everything); it reads nothing from anywhere. It gives up below 256 levels of nesting and at
texts of ten million characters, which is then said in a warning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from app.importer.accounting import WHITE_SPACE, tidy
from app.importer.formats.story_html.blocks import Block, Kind, Mark, Marked, Place
from app.importer.formats.story_html.markup import Source
from app.importer.formats.story_html.names import FURNITURE_WORDS, RELATED, tokens
from app.importer.references import HEADING

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead "
    "tr ul".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DROPPED = frozenset(
    "script style template noscript svg math iframe object embed select option textarea input canvas audio video map head "
    "datalist meter progress frameset".split()
)
#: Left out unless they hold what belongs to the story, by their heading or label.
_ASIDE = frozenset(("nav", "footer", "aside", "form", "header"))
_ASIDE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu"))
#: Elements that hold the story or a part of it, whatever their label says.
_PARTS = frozenset(("article", "main", "section"))
_STORY = frozenset(("html", "body", "article", "main"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text)(?:\s|$)", re.IGNORECASE)
_REFERENCE_LABEL = re.compile(r"references|reflist|footnotes|endnotes|citations|bibliography|sources", re.IGNORECASE)
_CITATION_CLASS = re.compile(r"\b(?:cit(?:e|ation)s?|references?|footnotes?|source-?(?:ref|link|number|marker))\b", re.IGNORECASE)
_OUTLET_CLASS = re.compile(r"\b(?:outlet|publisher|publication|source-?name|site-?name)\b", re.IGNORECASE)
_PLAIN_SPACES = str.maketrans(dict.fromkeys(WHITE_SPACE, " "))
_LONGEST_LABEL = 300
#: So many elements of an aside are searched for its heading.
_PEEK = 200


@dataclass(frozen=True, slots=True)
class Node:
    """An element: the number of its parent, its name, and whether its label says that it is furniture."""

    parent: int
    tag: str
    label: str = ""
    furniture: bool = False


@dataclass(slots=True)
class Page:
    """A page: its blocks in order, its elements, and what its head says (``meta`` by name or property, ``links`` by ``rel``)."""

    source: Source
    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    language: str | None = None
    times: list[tuple[int, str, bool]] = field(default_factory=list)
    """``<time>``: the number of blocks before it, its value, and whether it says that it is the date of publication."""
    cut: str | None = None


def read_page(source: Source) -> Page:
    """Parse a page."""
    page = Page(source)
    parser = html.HTMLParser(huge_tree=False, remove_pis=True, no_network=True, encoding="utf-8")
    try:
        root = html.document_fromstring(source.copy.encode(), parser=parser)
    except etree.ParserError:
        return page
    page.cut = next((str(error.message) for error in parser.error_log if error.level_name == "FATAL"), None)
    _read_head(root, page)
    _Walk(page).through(root)
    return page


def _read_head(root: Any, page: Page) -> None:
    page.language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            page.meta.setdefault(name.strip().lower(), content)
    for element in root.iter("link"):
        for relation in (element.get("rel") or "").lower().split()[:10]:
            page.links.setdefault(relation, element.get("href") or "")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds inside of a block element."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    node: int = 0
    item: int = 0
    number: int | None = None
    label: str = ""


class _Walk:
    """Walks through a tree and puts blocks together."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._scopes = [_Scope()]
        self._open: list[int] = []
        self._lists: list[int] = []
        self._texts: list[str] = []
        self._places: list[Place] = []
        self._length = 0
        self._marks: list[Marked] = []
        self._begun: list[tuple[Any, Mark, int, str]] = []
        self._anchors: list[str] = []
        self._breaks = 0
        self._stories = 0

    def through(self, root: Any) -> None:
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walker:
            if event == "comment":
                self._run(element)
            elif event == "end":
                self._leave(element)
                self._write(element.tail)
            elif self._is_dropped(element):
                walker.skip_subtree()
                self._open.append(-1)
            else:
                self._enter(element)
                self._write(element.text)
        self._flush()

    def _run(self, comment: Any) -> None:
        """The text behind one of our comments: its place is known where it is what stands there in the source."""
        text = comment.tail
        if not text:
            return
        index = comment.text
        runs = self._page.source.runs
        if index.isascii() and index.isdigit() and len(index) < 10 and int(index) < len(runs):
            run = self._page.source.run(int(index))
            if run.text == text:
                self._places.append(Place(self._length, run))
        self._write(text)

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if not text.isspace():
            self._breaks = 0
        self._texts.append(text.translate(_PLAIN_SPACES))
        self._length += len(text)

    def _enter(self, element: Any) -> None:
        tag, page = element.tag, self._page
        label = _label(element)
        node = len(page.nodes)
        name = "main" if element.get("role") == "main" else tag
        furniture = label != "" and name not in _STORY and not FURNITURE_WORDS.isdisjoint(tokens(label))
        page.nodes.append(Node(self._open[-1] if self._open else -1, name, label, furniture))
        self._stories += name in _PARTS
        self._open.append(node)
        if tag in _BLOCKS:
            self._flush()
            self._scopes.append(self._scope(element, node, label))
        elif tag == "br":
            self._breaks += 1
            if self._breaks == 2:
                self._flush()
            self._write(" ")
        elif tag in ("td", "th") and "".join(self._texts[-1:]).strip():
            self._write(" | ")
        else:
            self._begin(element, tag, label)
        self._anchors.extend(value for value in (element.get("id"), element.get("name") if tag == "a" else None) if value)

    def _begin(self, element: Any, tag: str, label: str) -> None:
        value = ""
        match tag:
            case "sup":
                mark = Mark.SUPERSCRIPT
            case "a":
                mark, value = Mark.LINK, element.get("href") or ""
            case "button":
                mark = Mark.BUTTON
            case "code" | "kbd" | "samp":
                mark = Mark.CODE
            case "time":
                mark, value = Mark.TIME, element.get("datetime") or ""
                published = element.get("pubdate") is not None or "datepublished" in label.lower()
                self._page.times.append((len(self._page.blocks), value, published))
            case _ if tag == "cite" or _OUTLET_CLASS.search(label):
                mark, value = Mark.OUTLET, tag if tag == "cite" else ""
            case _ if _CITATION_CLASS.search(label):
                mark = Mark.CITATION
            case _:
                return
        self._begun.append((element, mark, self._length, value))
        if tag == "a" and _CITATION_CLASS.search(label):
            self._begun.append((element, Mark.CITATION, self._length, ""))

    def _scope(self, element: Any, node: int, label: str) -> _Scope:
        outer = self._scopes[-1]
        scope = replace(outer, node=node, label=label)
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return replace(scope, kind=Kind.HEADING, level=int(element.tag[1]))
            case "ol":
                self._lists.append(_integer(element.get("start"), 1) - 1)
            case "ul" | "menu" | "dir":
                self._lists.append(-1_000_000)
            case "li":
                return replace(scope, kind=Kind.ITEM, item=node, number=self._next_number(element))
            case "pre":
                return replace(scope, kind=Kind.CODE)
            case "figure" | "figcaption" | "caption":
                return replace(scope, kind=Kind.CAPTION)
        return scope

    def _next_number(self, element: Any) -> int | None:
        if not self._lists:
            return None
        number = self._lists[-1] + 1
        value = element.get("value")
        self._lists[-1] = number = _integer(value, number) if value else number
        return number if number > 0 else None

    def _leave(self, element: Any) -> None:
        node = self._open.pop()
        if node < 0:
            return
        self._stories -= self._page.nodes[node].tag in _PARTS
        while self._begun and self._begun[-1][0] is element:
            _, mark, start, value = self._begun.pop()
            self._marked(mark, start, value)
        if element.tag in _BLOCKS:
            self._flush()
            self._scopes.pop()
            if element.tag in ("ol", "ul", "menu", "dir") and self._lists:
                self._lists.pop()

    def _marked(self, mark: Mark, start: int, value: str) -> None:
        if start < self._length:
            self._marks.append(Marked(mark, start, self._length, value))

    def _flush(self) -> None:
        """End the block, if one has begun; what is marked beyond its end goes on being marked in the next."""
        if not self._length:
            return
        for index, (element, mark, start, value) in enumerate(self._begun):
            self._marked(mark, start, value)
            self._begun[index] = (element, mark, 0, value)
        text = "".join(self._texts)
        if text.strip() and tidy(text):
            self._page.blocks.append(self._block(text))
            self._anchors.clear()
        self._texts, self._places, self._marks, self._length = [], [], [], 0

    def _block(self, text: str) -> Block:
        scope = self._scopes[-1]
        line = None
        if self._places:
            place = self._places[0]
            line = self._page.source.line(place.run.source_of(len(place.run.text) - len(place.run.text.lstrip()), 0)[0])
        return Block(
            kind=scope.kind,
            text=text,
            places=tuple(self._places),
            marks=tuple(self._marks),
            level=scope.level,
            node=scope.node,
            item=scope.item,
            number=scope.number,
            label=scope.label,
            anchors=tuple(self._anchors),
            line=line,
        )

    def _is_dropped(self, element: Any) -> bool:
        tag = element.tag
        if tag in _DROPPED:
            return True
        attributes = element.attrib
        if attributes and _is_hidden(attributes):
            return True
        role = (attributes.get("role") or "").lower()
        if tag == "header" and self._stories:
            return False
        return (tag in _ASIDE or role in _ASIDE_ROLES) and not _belongs(element)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_HIDDEN_STYLE.search(attributes.get("style", "")) or _HIDDEN_CLASS.search(attributes.get("class", "")))


def _belongs(element: Any) -> bool:
    """Whether what is usually furniture holds a part of the story: its headline, its references, related stories."""
    if element.tag in ("nav", "footer", "aside") or element.get("role"):
        label = f"{_label(element)} {element.get('aria-label') or ''} {element.get('role') or ''}"
        if _REFERENCE_LABEL.search(label):
            return True
        for found in islice(element.iter(*_HEADINGS), 1):
            words = tidy("".join(islice((text for text in _texts_of(found)), _PEEK))[:200])
            return bool(HEADING.fullmatch(words) or RELATED.fullmatch(words))
        return False
    return next(element.iter("h1", "article"), None) is not None


def _texts_of(element: Any) -> Any:
    for part in element.iter():
        if isinstance(part.tag, str):
            yield part.text or ""
        if part is not element:
            yield part.tail or ""


def _label(element: Any) -> str:
    attributes = element.attrib
    if not attributes:
        return ""
    parts = (attributes.get(name) for name in ("class", "id", "itemprop", "data-testid"))
    return " ".join(part for part in parts if part)[:_LONGEST_LABEL]


def _integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else default
