"""Keeping account of a document: what every character turned out to be, and what did not add up."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter

from app.domain.documents import ParseWarning, Role, Span

#: Characters that no reader sees: zero-width space, joiner and mark, the soft hyphen, and controls that turn text around, by
#: which a text could look like another (Unicode Technical Report 36).
INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\u00ad\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WHITE_SPACE = "".join(filter(str.isspace, map(chr, range(0x3001))))
BLANK = WHITE_SPACE + INVISIBLE

#: An excerpt is at most this long.
EXCERPT = 80
#: So many warnings of one code are kept; the last of them says how many more there were.
MOST_OF_A_CODE = 100

_LINE_END = re.compile(r"\r\n|\r|\n")
_LETTER = re.compile(r"[^\W_]")
_ODD_SPACE = re.compile(r"[^\S\n]+")
_REMOVED = str.maketrans("", "", INVISIBLE)
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " "}


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of ``text`` begin; CRLF, CR and LF each end a line."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def uncovered(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches of ``text`` between ``spans`` that are not white space, each trimmed to what is not.

    Raises:
        ValueError: the spans overlap, are out of order, or reach beyond the text.
    """
    left: list[tuple[int, int]] = []
    position = 0
    for start, end, _ in chain(spans, (Span(len(text), len(text), Role.FURNITURE),)):
        if not position <= start <= end <= len(text):
            raise ValueError(f"span {start}-{end} overlaps the one before it (which ends at {position}) or is out of bounds")
        gap = text[position:start]
        if gap and not gap.isspace():
            left.append((position + len(gap) - len(gap.lstrip()), position + len(gap.rstrip())))
        position = end
    return left


def share_out(
    text: str, spans: Sequence[Span], warnings: Sequence[ParseWarning], begins: Sequence[int]
) -> list[tuple[tuple[Span, ...], tuple[ParseWarning, ...]]]:
    """The account of a document that tells several stories, divided among them.

    ``begins`` are the offsets at which the stories begin, rising; what stands before the first is the first story's.
    """
    starts = line_starts(text)
    first_lines = [bisect_right(starts, begin) for begin in begins]
    shares: list[tuple[list[Span], list[ParseWarning]]] = [([], []) for _ in begins]
    for span in spans:
        shares[max(0, bisect_right(begins, span.start) - 1)][0].append(span)
    for warning in warnings:
        shares[max(0, bisect_right(first_lines, warning.line or 1) - 1)][1].append(warning)
    return [(tuple(own), tuple(said)) for own, said in shares]


def tidy(text: str) -> str:
    """Text as people read it: plain single spaces, nothing invisible, the common HTML entities resolved."""
    if "&" in text:
        text = _ENTITY.sub(_resolved, text)
    if not text.isascii():
        text = text.translate(_REMOVED)
    if "  " in text or not text.isprintable():
        text = _ODD_SPACE.sub(" ", text)
    return text.strip()


def _resolved(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    printable = code in (0x9, 0xA) or (0x20 <= code < 0x110000 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000)
    return chr(code) if printable else match[0]


def excerpt(text: str) -> str:
    """The beginning of ``text``, on one line, short enough for a warning."""
    line = " ".join(text[: 4 * EXCERPT].split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"


class Ledger:
    """Collects what the characters of a document are, and the warnings."""

    def __init__(self, text: str) -> None:
        self._text = text
        # A document may have a million markers: as numbers they take a tenth of the room that they take as spans.
        self._starts, self._ends = array("q"), array("q")
        self._roles: list[Role] = []
        self._warnings: list[ParseWarning] = []
        self._counts: Counter[str] = Counter()

    def claim(self, start: int, end: int, role: Role) -> None:
        """Say what the characters ``start`` to ``end`` (end excluded) are; nothing is claimed twice."""
        if start < end:
            self._starts.append(start)
            self._ends.append(end)
            self._roles.append(role)

    def warn(self, code: str, line: int | None, text: str, message: str) -> None:
        """Note something that does not add up."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_CODE:
            self._warnings.append(ParseWarning(code, line, excerpt(text), message))

    def claim_punctuation(self) -> None:
        """Say of whatever nobody claimed and has no letter or digit that it is the format's own punctuation."""
        for start, end in uncovered(self._text, self._spans()):
            if not _LETTER.search(self._text, start, end):
                self.claim(start, end, Role.FURNITURE)

    def close(self, _: object = None) -> tuple[tuple[Span, ...], tuple[ParseWarning, ...]]:
        """Account for what nobody claimed, and return all spans and warnings in the order of the document."""
        starts: list[int] = []
        spans = self._spans()
        for start, end in uncovered(self._text, spans):
            if not self._text[start:end].strip(BLANK):
                spans.append(Span(start, end, Role.FURNITURE))
                continue
            starts = starts or line_starts(self._text)
            spans.append(Span(start, end, Role.UNRECOGNISED))
            self.warn("unrecognised", bisect_right(starts, start), self._text[start:end], "the format has no place for this text")
        for code, count in self._counts.items():
            if count > MOST_OF_A_CODE:
                last = max(index for index, warning in enumerate(self._warnings) if warning.code == code)
                more = count - MOST_OF_A_CODE + 1
                self._warnings[last] = ParseWarning(code, self._warnings[last].line, "", f"{more:,} more of this kind")
        warnings = sorted(self._warnings, key=lambda warning: (warning.line is None, warning.line or 0))
        spans.sort(key=itemgetter(0))
        return tuple(spans), tuple(warnings)

    def _spans(self) -> list[Span]:
        """What is claimed so far, in the order of the document."""
        spans = list(map(Span, self._starts, self._ends, self._roles))
        spans.sort(key=itemgetter(0))
        return spans
