"""What a document says, as pure data: the result of parsing, before anything is understood or stored.

Whatever a document does not say stays ``None``; a value that was worked out says from what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.domain.dates import Interval


class ParseError(Exception):
    """A document that cannot be read: the only exception that a format parser raises.

    ``code`` is stable and kebab-case, ``line`` counts from 1 in the document (``None`` where no line is to blame).
    """

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something in a document that was not understood or does not add up. Never fatal.

    ``code`` is stable and kebab-case, ``line`` counts from 1, ``excerpt`` is the text concerned (at most 80 characters).
    """

    code: str
    line: int | None
    excerpt: str
    message: str


class Role(StrEnum):
    """What a span of a document turned out to be."""

    FRONT_MATTER = "front-matter"
    TITLE = "title"
    DEK = "dek"
    HEADING = "heading"
    SUMMARY = "summary"
    CITATION = "citation"
    SOURCE_NUMBER = "source-number"
    SOURCE_TITLE = "source-title"
    SOURCE_TEXT = "source-text"
    METADATA = "metadata"
    """An address, an outlet, an author, an id: what is known of the story or of a source beside its words."""
    PUBLISHED = "published"
    RELATED = "related"
    RANKED = "ranked"
    FURNITURE = "furniture"
    UNRECOGNISED = "unrecognised"


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (end excluded) of the decoded document and what they are."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Title:
    """A story's title.

    ``derived`` names what it was taken from (``url``, ``prompt``, ``dek``, ``source``, ``summary``) where the document has none.
    """

    text: str
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """When a story was published, and who says so.

    That is ``option``, ``sidecar``, ``front-matter``, ``document``, or ``related`` for a bound.
    """

    interval: Interval
    source: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One marker. ``uncertain`` where the digit may as well belong to the prose ("GPT-42")."""

    number: int
    uncertain: bool = False


@lru_cache(maxsize=16_384)
def cite(*numbers: int, uncertain: bool = False) -> tuple[Citation, ...]:
    """Markers with these numbers. The same numbers are the same objects: a document may have a million markers."""
    return tuple(Citation(number, uncertain) for number in numbers)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of dek or summary: clean text, markers out.

    ``citations`` are its own markers, in order; ``inherited`` are the numbers carried forward from the last cited
    sentence before it in its paragraph, empty where it has its own.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    inherited: tuple[int, ...] = ()
    cites_nothing: bool = field(default=False, repr=False, compare=False)
    """It has a marker that no source stands for (common knowledge, a number too high): nothing is carried into it or past it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the summary, with the heading above it where the document has one."""

    sentences: tuple[Sentence, ...]
    heading: str | None = None


#: Paragraphs that a format makes of the fields of a record: its name, and their heading. Nobody told that in sentences.
OF_FIELDS = frozenset({("ai-incident", "Parties")})


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """A numbered source. ``title`` is without an outlet suffix that was recognised; ``raw_title`` is as printed."""

    number: int
    title: str
    text: str
    raw_title: str = ""
    outlet: str | None = None
    url: str | None = None
    published: Interval | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A pointer to another story, as far as the document still has it."""

    title: str | None = None
    url: str | None = None
    published: Interval | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class RankedTopic:
    """A row of a site's list of top stories."""

    rank: int
    category: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class SourceHint:
    """What front matter or options say of one source."""

    number: int
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: Interval | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What somebody says of a document beside its own text: front matter, a sidecar file, command-line options."""

    title: str | None = None
    url: str | None = None
    published: Published | None = None
    id: str | None = None
    category: str | None = None
    language: str | None = None
    sources: tuple[SourceHint, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    """What somebody said that could not be understood."""


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One story as a document tells it.

    ``spans`` account for every character that is not white space, in order, without overlap.
    """

    format: str
    variant: str | None
    title: Title
    published: Published | None
    dek: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[ParsedSource, ...]
    related: tuple[RelatedLink, ...] = ()
    ranked: tuple[RankedTopic, ...] = ()
    warnings: tuple[ParseWarning, ...] = ()
    spans: tuple[Span, ...] = ()
    url: str | None = None
    id: str | None = None
    category: str | None = None
    language: str | None = None
    declared_sources: int | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the summary through all paragraphs: the numbering of ``#s1``, ``#s2``, …"""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @property
    def of_fields(self) -> frozenset[int]:
        """The positions of the sentences of the summary that were made of fields of a record."""
        found: list[int] = []
        position = 0
        for paragraph in self.paragraphs:
            after = position + len(paragraph.sentences)
            if (self.format, paragraph.heading) in OF_FIELDS:
                found += range(position, after)
            position = after
        return frozenset(found)

    @property
    def newest_related(self) -> date | None:
        """The latest day of a related story: the page cannot be older."""
        days = [link.published.start for link in self.related if link.published and link.published.start]
        return max(days, default=None)
