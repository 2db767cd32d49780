"""Markdown as the formats read it: blocks that know where they stand, and inline text as readers see it.

The grammar is markdown-it-py's (CommonMark with tables), minus link reference definitions: to Dateline ``[1]: https://…`` is
a source, not something to look away from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.importer.accounting import BLANK, line_starts, tidy

_HIDDEN = re.compile(r"<(\w+)\b[^>]*\bdisplay\s*:\s*none", re.IGNORECASE)
_TAG = re.compile(r"<\s*(/?)\s*(\w+)")


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
    of a numbered list, ``quoted`` says that it stands in a block quotation. The cells of a table's row are parted by " | ".
    """

    kind: Kind
    start: int
    end: int
    line: int
    text: str
    level: int = 0
    number: int | None = None
    quoted: bool = False


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


@lru_cache
def _grammar() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").disable(["reference", "text_join"])


@lru_cache
def _block_grammar() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").disable(["reference", "inline", "text_join"])


@dataclass(slots=True)
class _Reader:
    """Walks over block tokens and keeps what stands around them."""

    text: str
    starts: Sequence[int]
    quotes: int = 0
    heading: int = 0
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
                    self.heading = int(token.tag[1:])
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
                case "fence" | "code_block":
                    yield self._block(token, Kind.CODE, token.content)
                case "html_block":
                    yield self._block(token, Kind.HTML, token.content)
                case "hr":
                    yield self._block(token, Kind.RULE, "")

    _row_map: list[int] = field(default_factory=lambda: [0, 1])

    def _inline(self, token: Token) -> Block:
        if self.heading:
            return self._block(token, Kind.HEADING, token.content, level=self.heading)
        if not self.numbers:
            return self._block(token, Kind.PARAGRAPH, token.content)
        number = self.numbers[-1] if self.fresh else None
        self.fresh = False
        return self._block(token, Kind.ITEM, token.content, level=len(self.numbers), number=number)

    def _block(
        self, token: Token, kind: Kind, text: str, lines: list[int] | None = None, level: int = 0, number: int | None = None
    ) -> Block:
        first, last = lines or token.map or [0, 1]
        start = self.starts[min(first, len(self.starts) - 1)]
        end = self.starts[last] if last < len(self.starts) else len(self.text)
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip(BLANK))
        end = max(start, end - (len(raw) - len(raw.rstrip(BLANK))))
        return Block(kind, start, end, first + 1, text, level, number, bool(self.quotes))


def read_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown document, in order. What is nested deeper than 20 levels is read as plain text."""
    return list(_Reader(text, line_starts(text)).read(_block_grammar().parse(text)))


def read_inline(source: str) -> Inline:
    """Inline Markdown as readers see it: no emphasis, escapes or tags; links and pictures by their text.

    A superscript number (``<sup>1</sup>``) becomes ``[1]``, which is what it stands for.
    """
    tokens = _grammar().parseInline(source)
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
            case "image":
                self._write(token.content)
            case "html_inline":
                self._tag(token.content)

    def _tag(self, tag: str) -> None:
        match = _TAG.match(tag)
        name = match[2].lower() if match else ""
        closing = bool(match and match[1])
        if name == "br":
            self._write(" ")
        elif name == "sup":
            self._write("]" if closing else "[")
        elif self._hiding is None and (hidden := _HIDDEN.match(tag)):
            self._hiding = (hidden[1].lower(), self._length)
        elif self._hiding is not None and closing and name == self._hiding[0]:
            self._hidden.append((self._hiding[1], self._length))
            self._hiding = None

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
