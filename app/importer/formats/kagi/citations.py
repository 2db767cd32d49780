"""Markers of the form ``[domain#N]``: the N-th article of a domain, counted in the order of the story's list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.documents import Citation, cite
from app.importer.json_text import Stretch

#: What a marker says of common knowledge, for which there is no article.
COMMON = "common"
#: A story of more domains than this has its markers resolved by whole names only: to compare each with each would take too long.
_MOST_COMPARED = 200

_BRACKET = re.compile(r"\[([^\[\]\n]{1,600})\]")
_SEPARATOR = re.compile(r"[,;]")
_REFERENCE = re.compile(r"\s*(?P<domain>[^#]{1,253})#(?P<position>[0-9]{1,6})\s*")
#: A marker leaves no space before these.
_CLOSING = ".,;:!?)。，、；：！？）"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its markers; ``markers`` are where they stood, each with the article that it cites if there is one;
    ``unresolved`` are those that should have one, and why they have none.
    """

    text: str
    markers: tuple[tuple[int, Citation | None], ...]
    unresolved: tuple[tuple[str, str], ...]


class Articles:
    """Finds the article that a marker names."""

    def __init__(self, domains: Sequence[str]) -> None:
        """``domains`` are those of the articles, in the order of the list; articles are numbered from 1."""
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, domain in enumerate(domains, start=1):
            if domain:
                self._numbers[domain.lower()].append(number)
        self._bases: dict[str, list[str]] = defaultdict(list)
        for domain in self._numbers:
            self._bases[domain.partition(".")[0]].append(domain)
        self._known: dict[str, tuple[str | None, bool, str]] = {}

    def find(self, domain: str, position: int) -> Citation | str:
        """The citation of an article, or why there is none.

        Whole names come first, in any case; then a name without a dot is the first part of a domain ("plover" is plover.example);
        then part of a domain, or a domain part of it. Where several domains fit there is no article. A citation is uncertain
        where the parts do not end at a dot or hyphen.
        """
        name = domain.strip().lower()
        if name not in self._known:
            self._known[name] = self._domain(name)
        found, uncertain, reason = self._known[name]
        if found is None:
            return reason
        numbers = self._numbers[found]
        if not 1 <= position <= len(numbers):
            return f"the story has {len(numbers)} from {found}" if len(numbers) > 1 else f"the story has one from {found}"
        return cite(numbers[position - 1], uncertain=uncertain)[0]

    def only(self, domain: str) -> int | None:
        """The number of the article from a domain that has just one."""
        numbers = self._numbers.get(domain.strip().lower(), [])
        return numbers[0] if len(numbers) == 1 else None

    def _domain(self, name: str) -> tuple[str | None, bool, str]:
        """The domain that a marker means, whether that is uncertain, or why it means none."""
        if name in self._numbers:
            return name, False, ""
        found = self._bases.get(name, []) if "." not in name else []
        if not found and name and len(self._numbers) <= _MOST_COMPARED:
            found = [domain for domain in self._numbers if name in domain or domain in name]
        if not found:
            return None, False, "the story has none from there"
        if len(found) > 1:
            return None, False, f"it may mean {', '.join(found[:5])}"
        shorter, longer = sorted((name, found[0]), key=len)
        whole = re.search(rf"(?<![^.-]){re.escape(shorter)}(?![^.-])", longer) is not None
        return found[0], not whole, ""


def marker_places(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The markers between two offsets of a text."""
    return (match.span() for match in _BRACKET.finditer(text, start, end) if _references(match[1]) is not None)


def take_markers(text: str, articles: Articles) -> Marked:
    """Take the markers out of a line of prose, and close the gaps that they leave."""
    joiner = _Joiner()
    markers: list[tuple[int, Citation | None]] = []
    unresolved: list[tuple[str, str]] = []
    done = 0
    for match in _BRACKET.finditer(text):
        references = _references(match[1])
        if references is None:
            continue
        joiner.add(text[done : match.start()])
        done = match.end()
        at = joiner.gap()
        if not references:
            markers.append((at, None))
        for domain, position in references:
            found = articles.find(domain, position)
            if isinstance(found, str):
                unresolved.append((match[0], found))
                markers.append((at, None))
            else:
                markers.append((at, found))
    joiner.add(text[done:])
    return Marked(joiner.text, tuple(markers), tuple(unresolved))


def _references(inner: str) -> list[tuple[str, int]] | None:
    """What a bracket refers to (nothing, where it says that something is common knowledge); ``None``: it is prose."""
    references = []
    for piece in _SEPARATOR.split(inner) if "#" in inner else (inner,):
        match = _REFERENCE.fullmatch(piece)
        if match is not None:
            references.append((match["domain"], int(match["position"])))
        elif piece.strip() != COMMON:
            return None
    return references


class _Joiner:
    """Joins what stood before and after markers as if they had not been there."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._space = False
        self._after_marker = False

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, piece: str) -> None:
        body = piece.strip(" ")
        self._space = self._space or piece[:1] == " "
        if body:
            if self._length and self._apart(body):
                self._append(" ")
            self._append(body)
            self._space = piece[-1] == " "
            self._after_marker = False

    def gap(self) -> int:
        """A marker stood here: where that is in the text so far."""
        self._after_marker = True
        return self._length

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _apart(self, following: str) -> bool:
        first = following[0]
        if not self._after_marker:
            return self._space
        if first in _CLOSING:
            # ".NET" and ".5" keep the space before them.
            return self._space and first == "." and following[1:2].isalnum()
        # Where the marker alone parted two words, as in "the end.[a.example#1]The next"; scripts without spaces need none.
        return self._space or first.isupper() or first.islower() or first.isdigit()
