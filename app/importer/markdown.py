"""Markdown as the formats read it: blocks that know where they stand, and inline text as readers see it.

The grammar is markdown-it-py's (CommonMark with tables), minus link reference definitions: to Dateline ``[1]: https://…`` is
a source, not something to look away from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.token import Token

from app.importer.accounting import BLANK, line_starts, tidy

_HIDDEN = re.compile(r"<(\w+)\b[^>]*\bdisplay\s*:\s*none", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(\w+)")
_ADDRESS_OF_LINK = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)
#: Elements of HTML that stand on lines of their own.
_ON_A_LINE = frozenset("br p div li ul ol tr td th dt dd h1 h2 h3 h4 h5 h6 summary details section blockquote center hr".split())
#: What no reader of HTML sees; where its end is missing it goes on to the end of the block.
_NOT_SHOWN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^<>]*>([^<]*(?:<(?!/?h[1-6]\b)[^<]*)*)</h\1\s*>\s*", re.IGNORECASE)
_PREFORMATTED = re.compile(r"\s*<pre\b", re.IGNORECASE)
_NOT_PROSE = re.compile(r"\s*<(?:[!?]|(?:script|style|pre|textarea)\b)", re.IGNORECASE)
#: A definition directly below HTML, which to CommonMark is part of the HTML.
_DEFINITION_LINE = re.compile(r"^[ ]{0,3}\[\^?[^\[\]\s]{1,60}\]:", re.MULTILINE)
#: A row of dashes below such a line is a rule, not the underline of a heading.
_SENTENCE_END = re.compile(r"[.!?。！？](?:[\"”’)\]*_ ]|\[\^?[\w, –-]{1,60}\])*$|\[\^[^\[\]\s]{1,60}\]$|^\[\^?[^\[\]\s]{1,60}\]:")
_LONGEST_HEADING = 200
_MARKER = re.compile(r"\[?\^?\d{1,4}(?:\s*[,;–-]\s*\d{1,4}){0,20}\]?(?:\[\^?\d{1,4}\])*")
#: What a superscript number is an exponent behind: a unit, or a number that is no year.
_BASE = re.compile(r"(?:(?<![^\W\d_])(?:[cdkmµn]?m|ft|mi|yd|s)|(?<!\d)(?!(?:19|20)\d\d$)\d+)$")
_EXPONENT = re.compile(r"[-−]?\d{1,4}", re.ASCII)
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    HTML = "html"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document: characters ``start`` to ``end``, beginning in ``line`` (from 1).

    ``text`` is its inline source, or the code or HTML as it stands. ``level`` is that of a heading, ``number`` that of an item
    of a numbered list, ``quoted`` says that it stands in a block quotation, ``continued`` that it is a further paragraph of the
    item before it, or code that is set in by spaces and so may be one of a footnote. The cells of a table's row are parted by
    " | ". HTML is without what no reader of it sees.
    """

    kind: Kind
    start: int
    end: int
    line: int
    text: str
    level: int = 0
    number: int | None = None
    quoted: bool = False
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link around the characters ``start`` to ``end`` of an inline text."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Inline:
    """Inline text as readers see it.

    ``code`` and ``hidden`` are stretches of it that are code, or that readers do not see; ``escaped`` are the offsets of
    characters that stood behind a backslash.
    """

    text: str
    links: tuple[Link, ...] = ()
    code: tuple[tuple[int, int], ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    escaped: frozenset[int] = frozenset()

    def prose(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of ``pattern`` that begin neither in code nor in what readers do not see, in order."""
        outside = iter(sorted((*self.code, *self.hidden)))
        start, end = next(outside, (len(self.text) + 1, 0))
        for match in pattern.finditer(self.text):
            while match.start() >= end and match.start() >= start:
                start, end = next(outside, (len(self.text) + 1, 0))
            if match.start() < start:
                yield match


class _Grammar(MarkdownIt):
    """CommonMark with tables. A link is a link wherever it leads: whoever takes its address checks it."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the name is markdown-it's
        return True


@lru_cache
def _grammar(links: bool) -> MarkdownIt:
    grammar = _Grammar("commonmark").enable("table").disable(["reference", "text_join"])
    return grammar if links else grammar.disable(["link", "image"])


#: Levels within each other that are read as such: a block quotation is one, an item of a list two. What is nested deeper is read
#: as the text of the innermost item, its bullets included. (The library would drop it, with all that stands below it.)
_DEEPEST = 100


def _text_where_deep(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A rule for blocks that comes before all others."""
    return not silent and state.level >= _DEEPEST and paragraph(state, first, last, silent)


@lru_cache
def _block_grammar() -> MarkdownIt:
    grammar = _Grammar("commonmark", {"maxNesting": _DEEPEST + 4}).enable("table").disable(["reference", "inline", "text_join"])
    grammar.block.ruler.before("table", "text_where_deep", _text_where_deep)
    return grammar


@dataclass(slots=True)
class _Reader:
    """Walks over block tokens and keeps what stands around them."""

    text: str
    starts: Sequence[int]
    quotes: int = 0
    heading: int = 0
    underline: str = ""
    numbers: list[int | None] = field(default_factory=list)
    fresh: bool = False

    def read(self, tokens: Sequence[Token]) -> Iterator[Block]:
        row: list[str] | None = None
        for token in tokens:
            match token.type:
                case "blockquote_open":
                    self.quotes += 1
                case "blockquote_close":
                    self.quotes -= 1
                case "list_item_open":
                    self.numbers.append(int(token.info[:9]) if token.info.isdigit() else None)
                    self.fresh = True
                case "list_item_close":
                    self.numbers.pop()
                case "heading_open":
                    self.heading, self.underline = int(token.tag[1:]), token.markup
                case "heading_close":
                    self.heading = 0
                case "tr_open":
                    row = []
                case "tr_close":
                    yield self._block(token, Kind.ROW, " | ".join(row or ()), self._row_map)
                    row = None
                case "inline":
                    if row is not None:
                        row.append(token.content)
                        self._row_map = token.map or [0, 1]
                    else:
                        yield self._inline(token)
                case "fence":
                    yield self._block(token, Kind.CODE, token.content)
                case "code_block":
                    yield replace(self._block(token, Kind.CODE, token.content), continued=True)
                case "html_block":
                    yield from self._html(token)
                case "hr":
                    yield self._block(token, Kind.RULE, "")

    _row_map: list[int] = field(default_factory=lambda: [0, 1])

    def _inline(self, token: Token) -> Block:
        if self.heading and not self._is_prose(token.content):
            return self._block(token, Kind.HEADING, token.content, level=self.heading)
        if not self.numbers:
            return self._block(token, Kind.PARAGRAPH, token.content)
        fresh, self.fresh = self.fresh, False
        block = self._block(token, Kind.ITEM, token.content, level=len(self.numbers))
        return replace(block, number=self.numbers[-1] if fresh else None, continued=not fresh)

    def _is_prose(self, text: str) -> bool:
        """Whether what CommonMark takes for an underlined heading is prose with a rule directly below it."""
        if self.underline != "-":
            return False
        return len(text) > _LONGEST_HEADING or _SENTENCE_END.search(text) is not None

    def _html(self, token: Token) -> Iterator[Block]:
        html, lines = token.content, token.map or [0, 1]
        definition = None if _NOT_PROSE.match(html) else _DEFINITION_LINE.search(html)
        if definition:
            split = lines[0] + html.count("\n", 0, definition.start())
            if split > lines[0]:
                yield self._html_block(token, html[: definition.start()], [lines[0], split])
            yield self._block(token, Kind.PARAGRAPH, html[definition.start() :].strip(), [split, lines[1]])
        else:
            yield self._html_block(token, html, lines)

    def _html_block(self, token: Token, html: str, lines: list[int]) -> Block:
        if heading := _HTML_HEADING.fullmatch(html):
            return self._block(token, Kind.HEADING, heading[2], lines, level=int(heading[1]))
        kind = Kind.CODE if _PREFORMATTED.match(html) else Kind.HTML
        return self._block(token, kind, _NOT_SHOWN.sub("", html), lines)

    def _block(self, token: Token, kind: Kind, text: str, lines: list[int] | None = None, level: int = 0) -> Block:
        first, last = lines or token.map or [0, 1]
        start = self.starts[min(first, len(self.starts) - 1)]
        end = self.starts[last] if last < len(self.starts) else len(self.text)
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip(BLANK))
        end = max(start, end - (len(raw) - len(raw.rstrip(BLANK))))
        return Block(kind, start, end, first + 1, text, level, None, bool(self.quotes))


def read_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown document, in order. Lists deeper than 50 levels are text of the innermost item."""
    return list(_Reader(text, line_starts(text)).read(_block_grammar().parse(text)))


def read_inline(source: str) -> Inline:
    """Inline Markdown as readers see it: no emphasis, escapes, tags or pictures; links by their text.

    A superscript number (``<sup>1</sup>``) becomes ``[1]``, which is what it stands for; behind a unit or a number it is an
    exponent.
    """
    # looking for the end of a link at every bracket takes long
    tokens = _grammar("](" in source).parseInline(source)
    builder = _InlineBuilder()
    for token in tokens[0].children or () if tokens else ():
        builder.add(token)
    return builder.inline()


def visible(source: str) -> str:
    """Inline Markdown as readers see it, tidied."""
    return tidy(read_inline(source).text)


class _InlineBuilder:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._open: list[tuple[int, str]] = []
        self._code: list[tuple[int, int]] = []
        self._hidden: list[tuple[int, int]] = []
        self._hiding: tuple[str, int] | None = None
        self._escaped: set[int] = set()
        self._raised: int | None = None

    def add(self, token: Token) -> None:
        match token.type:
            case "text":
                self._write(token.content)
            case "text_special":
                if token.info == "escape":
                    self._escaped.add(self._length)
                self._write(token.content)
            case "softbreak" | "hardbreak":
                self._write(" ")
            case "code_inline":
                self._code.append((self._length, self._length + len(token.content)))
                self._write(token.content)
            case "link_open":
                self._open.append((self._length, _attribute(token, "href")))
            case "link_close":
                if self._open:
                    start, address = self._open.pop()
                    self._links.append(Link(start, self._length, address))
            case "image" if _MARKER.fullmatch(token.content):
                # "Not yet![[9]](https://…)" is no picture
                start = self._length + 1
                self._write(f"!{token.content}")
                self._links.append(Link(start, self._length, _attribute(token, "src")))
            case "html_inline":
                self._tag(token.content)

    def _tag(self, tag: str) -> None:
        match = _TAG.match(tag)
        name = match[2].lower() if match else ""
        closing = bool(match and match[1])
        if name in _ON_A_LINE:
            self._write(" ")
        elif name == "sup" and not closing:
            self._raised = len(self._pieces)
        elif name == "sup":
            self._lower()
        elif name == "a":
            self._anchor(tag, closing)
        if self._hiding is None and (hidden := _HIDDEN.match(tag)):
            self._hiding = (hidden[1].lower(), self._length)
        elif self._hiding is not None and closing and name == self._hiding[0]:
            self._hidden.append((self._hiding[1], self._length))
            self._hiding = None

    def _anchor(self, tag: str, closing: bool) -> None:
        if not closing:
            address = _ADDRESS_OF_LINK.search(tag)
            self._open.append((self._length, address[1] or address[2] or address[3] or "" if address else ""))
        elif self._open:
            start, address_of_it = self._open.pop()
            if address_of_it:
                self._links.append(Link(start, self._length, address_of_it))

    def _lower(self) -> None:
        """Write what stood between ``<sup>`` and ``</sup>`` as the marker or exponent that it is."""
        first, self._raised = self._raised, None
        if first is None:
            return
        words = "".join(self._pieces[first:])
        bare = words.strip()
        before = "".join(self._pieces[max(0, first - 3) : first])[-12:]
        if _EXPONENT.fullmatch(bare) and _BASE.search(before):
            written = bare.translate(_RAISED)
        elif _MARKER.fullmatch(bare) and not bare.startswith("["):
            written = f"[{bare}]"
        else:
            return
        del self._pieces[first:]
        start = self._length = self._length - len(words)
        self._write(written)
        for index in range(len(self._links) - 1, -1, -1):
            if self._links[index].start < start:
                break
            self._links[index] = Link(start, self._length, self._links[index].address)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def inline(self) -> Inline:
        if self._hiding is not None:
            self._hidden.append((self._hiding[1], self._length))
        return Inline("".join(self._pieces), tuple(self._links), tuple(self._code), tuple(self._hidden), frozenset(self._escaped))


def _attribute(token: Token, name: str) -> str:
    value: Any = token.attrs.get(name, "")
    return str(value)
