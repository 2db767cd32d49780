"""The source of a page before it is parsed: markup told from text, so that every stretch of text keeps its place.

A parser of HTML says of its nodes at most the line. So the parser gets a copy of the page in which a comment of ours with a
running number stands before each stretch of text; whatever comes out of the tree behind such a comment is that stretch.
Comments, scripts and styles of the page itself are left out of the copy, and so are the attributes of tags that are so long
that they hold a picture (or are an attack: a parser looks for each attribute among all others of its tag).
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from app.importer.accounting import line_starts

#: Tags longer than this are copied without their attributes.
_LONGEST_TAG = 4096

_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|</(?![a-zA-Z])[^>]*+(?:>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<rest>(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)(?:>|\Z)",
    re.DOTALL,
)
#: What these hold is no markup.
_RAW = frozenset("script style title textarea iframe xmp noembed noframes".split())
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE) for name in _RAW}
_STRUCTURED_DATA = re.compile(r"type\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_CODED = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{0,40});?|\r\n?")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text between two tags, entities resolved; ``places`` are pairs of offsets (in it, in the source)."""

    text: str
    end: int
    places: tuple[tuple[int, int], ...]

    def source_of(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``start`` to ``end`` of the run stand in the source."""
        return self._at(start), self._at(end)

    def _at(self, offset: int) -> int:
        if offset >= len(self.text):
            return self.end
        at = bisect_right(self.places, (offset, self.end)) - 1
        here, there = self.places[at]
        limit = self.places[at + 1][1] if at + 1 < len(self.places) else self.end
        return min(there + offset - here, limit)


@dataclass(slots=True)
class Source:
    """A page: its text, the copy that the parser gets, where the runs are, its title, and its data in JSON-LD."""

    text: str
    copy: str = ""
    runs: list[tuple[int, int]] = field(default_factory=list)
    title: tuple[int, int] | None = None
    data: list[str] = field(default_factory=list)
    _line_starts: list[int] = field(default_factory=list)

    def run(self, index: int) -> Run:
        """The run with this number."""
        start, end = self.runs[index]
        return decoded(self.text, start, end)

    def line(self, offset: int) -> int:
        """The line, from 1, of an offset; CRLF, CR and LF each end one."""
        return bisect_right(self.line_starts, offset)

    @property
    def line_starts(self) -> list[int]:
        """The offsets at which lines begin."""
        if not self._line_starts:
            self._line_starts = line_starts(self.text)
        return self._line_starts


def decoded(text: str, start: int, end: int) -> Run:
    """A stretch of source without markup as a run."""
    chunk = _NO_TEXT.sub("\ufffd", text[start:end])
    if "&" not in chunk and "\r" not in chunk:
        return Run(chunk, end, ((0, start),))
    pieces: list[str] = []
    places = [(0, start)]
    length = position = 0
    for match in _CODED.finditer(chunk):
        character = "\n" if match[0][0] == "\r" else html.unescape(match[0])
        before = chunk[position : match.start()]
        pieces += (before, character)
        length += len(before)
        position = match.end()
        places.append((length, start + match.start()))
        length += len(character)
        places.append((length, start + position))
    pieces.append(chunk[position:])
    return Run("".join(pieces), end, tuple(places))


def read_source(text: str) -> Source:
    """Tell the markup of a page from its text."""
    source = Source(text)
    clean = _NO_TEXT.sub("\ufffd", text)
    copy: list[str] = []
    position = 0
    while match := _MARKUP.search(clean, position):
        _add_text(clean, position, match.start(), source, copy)
        position = match.end()
        name = (match["name"] or "").lower()
        if name in _RAW and not match["close"]:
            ending = _RAW_END[name].search(clean, position)
            inner, position = (position, ending.start() if ending else len(clean)), ending.end() if ending else len(clean)
            if name == "title" and source.title is None:
                source.title = inner
            elif name == "script" and _STRUCTURED_DATA.search(match["rest"][:_LONGEST_TAG]):
                source.data.append(clean[slice(*inner)])
        elif name and name not in _RAW:
            copy.append(match[0] if len(match[0]) <= _LONGEST_TAG else f"<{match['close']}{name[:40]}>")
    _add_text(clean, position, len(clean), source, copy)
    source.copy = "".join(copy)
    return source


def _add_text(clean: str, start: int, end: int, source: Source, copy: list[str]) -> None:
    chunk = clean[start:end]
    if chunk and not chunk.isspace():
        copy.append(f"<!--{len(source.runs)}-->")
        source.runs.append((start, end))
    copy.append(chunk)
