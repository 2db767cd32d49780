"""From the bytes of one document to what it says: decode, front matter off, recognise, parse, add what was said beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from app.domain.dates import parse_edtf
from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParseError, Published, Role, Span
from app.domain.stories import RawDocument
from app.domain.text import printable
from app.importer.addresses import web_address
from app.importer.decoding import decode, line_number
from app.importer.formats import Format, format_named, recognise
from app.importer.front_matter import combine, of_each, read_sidecar, split_front_matter, together


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator says of documents beside them: on the command line, or (``sidecar``) in a file of its own.

    The command line wins over a sidecar, a sidecar over front matter, front matter over the document. ``format`` names the
    format of documents that would be taken for something else, ``encoding`` what a server said of theirs.
    """

    title: str | None = None
    url: str | None = None
    published: str | None = None
    id: str | None = None
    category: str | None = None
    format: str | None = None
    sidecar: str | None = None
    encoding: str | None = None

    def as_json(self) -> str:
        """What is kept beside a raw document, so that it can be read again: only what was given."""
        given = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) is not None}
        return json.dumps(given, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Options:
        """The inverse of :meth:`as_json`."""
        values: Mapping[str, Any] = json.loads(text)
        return cls(**values)

    def hints(self) -> Hints:
        """What the command line says, as hints.

        Raises:
            ValueError: ``published`` is not a date in EDTF, or ``url`` not an address of the web.
        """
        published = Published(parse_edtf(self.published), "option") if self.published else None
        url = web_address(self.url) if self.url else None
        return Hints(title=self.title, url=url, published=published, id=self.id, category=self.category)


def raw_document(name: str, content: bytes, options: Options) -> RawDocument:
    """A document as it came, with its fingerprint."""
    return RawDocument(printable(name), content, hashlib.sha256(content).hexdigest(), options.as_json())


def read_document(raw: RawDocument) -> list[ParsedDocument]:
    """The stories of one document; none where it is a digest without any.

    Raises:
        ParseError: the document cannot be read.
    """
    return read_as(raw)[1]


def read_as(raw: RawDocument) -> tuple[Format, list[ParsedDocument]]:
    """The format of a document, and its stories.

    Raises:
        ParseError: the document cannot be read.
    """
    opened = open_document(raw)
    return opened.format, opened.stories()


@dataclass(frozen=True, slots=True)
class Opened:
    """A document whose format is known: ``text`` as decoded, the part of it that the format reads, from ``body_start`` on, and
    what was ``said`` beside it, the weakest first.
    """

    format: Format
    text: str
    body_start: int
    said: tuple[Hints, ...]

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.text[self.body_start :]

    def stories(self) -> list[ParsedDocument]:
        """What it tells.

        Raises:
            ParseError: the document cannot be read.
        """
        lines_before = line_number(self.text, self.body_start) - 1
        said = self.said
        with _counting_lines_from(lines_before):
            try:
                documents = self.format.parse(self.body, together(*said))
            except ParseError as error:
                if error.code != "json":
                    raise
                raise ParseError("json", f"read as {self.format.name}: {error.message}", error.line) from error
        if self.format.digest or len(documents) > 1:
            said = tuple(of_each(hints) for hints in said)
        stories = []
        for document in documents:
            story = _moved(document, self.body_start, lines_before)
            for hints in said:
                story = combine(story, hints)
            stories.append(story)
        return stories


def open_document(raw: RawDocument) -> Opened:
    """Decode a document, part it from its front matter and recognise its format.

    Raises:
        ParseError: the document cannot be decoded, its front matter not be read, or its format is unknown.
    """
    options = Options.from_json(raw.hints)
    text = decode(raw.content, options.encoding)
    front_matter, body_start = split_front_matter(text)
    said = (front_matter, read_sidecar(options.sidecar) if options.sidecar else NO_HINTS, options.hints())
    with _counting_lines_from(line_number(text, body_start) - 1):
        form = format_named(options.format) if options.format else recognise(text[body_start:])
    return Opened(form, text, body_start, said)


@contextmanager
def _counting_lines_from(before: int) -> Iterator[None]:
    """Have errors count lines from the beginning of the file instead of the end of the front matter."""
    try:
        yield
    except ParseError as error:
        raise ParseError(error.code, error.message, error.line and error.line + before) from error


def _moved(document: ParsedDocument, characters: int, lines: int) -> ParsedDocument:
    """The document with its spans and lines counted from the beginning of the file instead of the end of the front matter."""
    if not characters:
        return document
    spans = (
        Span(0, characters, Role.FRONT_MATTER),
        *(Span(span.start + characters, span.end + characters, span.role) for span in document.spans),
    )
    warnings = tuple(
        replace(warning, line=warning.line + lines if warning.line is not None else None) for warning in document.warnings
    )
    return replace(document, spans=spans, warnings=warnings)
