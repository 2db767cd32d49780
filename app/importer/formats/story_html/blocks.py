"""Blocks of a page: a paragraph, heading, item or row each, with what is marked in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.importer.accounting import BLANK, tidy
from app.importer.formats.story_html.markup import Run


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CODE = "code"
    CAPTION = "caption"


class Mark(StrEnum):
    """What a stretch of a block is marked as."""

    SUPERSCRIPT = "sup"
    LINK = "link"
    BUTTON = "button"
    CITATION = "citation"
    CODE = "code"
    OUTLET = "outlet"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Marked:
    """The characters ``start`` to ``end`` of a block are marked; ``value`` is an address or a point in time."""

    mark: Mark
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """From the character ``at`` of a block on, its text is ``run`` (from the run's beginning)."""

    at: int
    run: Run


@dataclass(frozen=True, slots=True)
class Block:
    """A block.

    ``text`` has white space as plain spaces, not yet single ones. ``node`` is the number of the innermost element around it,
    ``item`` that of the list item, ``anchors`` are the ids of elements that begin with it or in it, ``label`` is its class.
    """

    kind: Kind
    text: str
    places: tuple[Place, ...]
    marks: tuple[Marked, ...] = ()
    level: int = 0
    node: int = 0
    item: int = 0
    number: int | None = None
    label: str = ""
    anchors: tuple[str, ...] = ()
    line: int | None = None

    @property
    def words(self) -> str:
        """The text as people read it."""
        return tidy(self.text)

    def of(self, *marks: Mark) -> list[Marked]:
        """The stretches marked as one of these, in order, the outer before the inner."""
        return sorted((one for one in self.marks if one.mark in marks), key=lambda one: (one.start, -one.end))

    def source(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Where the characters ``start`` to ``end`` stand in the source, as far as known, white space at the ends left out."""
        at = max(0, bisect_right(self.places, start, key=lambda place: place.at) - 1)
        while at < len(self.places) and (place := self.places[at]).at < end:
            at += 1
            first, last = max(start, place.at), min(end, place.at + len(place.run.text))
            chunk = self.text[first:last]
            first, last = first + len(chunk) - len(chunk.lstrip(BLANK)), last - (len(chunk) - len(chunk.rstrip(BLANK)))
            if first < last:
                yield place.run.source_of(first - place.at, last - place.at)


def joined(blocks: Sequence[Block]) -> Block:
    """Blocks as one, a space between them."""
    if len(blocks) == 1:
        return blocks[0]
    texts: list[str] = []
    places: list[Place] = []
    marks: list[Marked] = []
    length = 0
    for block in blocks:
        places += (replace(place, at=place.at + length) for place in block.places)
        marks += (replace(mark, start=mark.start + length, end=mark.end + length) for mark in block.marks)
        texts += (block.text, " ")
        length += len(block.text) + 1
    return replace(blocks[0], text="".join(texts), places=tuple(places), marks=tuple(marks))


#: Marks of a stop that a paragraph which was parted by markers in blocks of their own goes on with.
_GOES_ON = re.compile(r"[.,;:!?)\]}”’»。，、](?!\w)")
NUMBER_ALONE = re.compile(r"(?:\[?\s*\d{1,4}\s*\]?)", re.ASCII)


def goes_on(words: str) -> bool:
    """Whether a text goes on with the sentence before it."""
    return _GOES_ON.match(words) is not None
