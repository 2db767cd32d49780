"""Reading documents for commands that work without a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from app.domain.documents import ParsedDocument, ParseError
from app.importer.files import Found, NoDocuments, Unreadable, list_files, read_files
from app.importer.reading import Options, raw_document, read_document

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A document that could not be read, and why."""

    name: str
    message: str
    line: int | None

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.message}" if self.line else f"{self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The stories of one document."""

    name: str
    stories: tuple[ParsedDocument, ...]


def parse_files(paths: Sequence[Path], options: Options, max_bytes: int) -> Iterator[Parsed | Unparsed]:
    """Parse files, directories and standard input, in the order given."""
    for path in paths:
        if path == STANDARD_INPUT:
            content = sys.stdin.buffer.read(max_bytes + 1)
            if len(content) > max_bytes:
                message = f"over the limit of {max_bytes:,} bytes (setting DATELINE_MAX_DOCUMENT_BYTES)"
                yield Unparsed("standard input", message, None)
            else:
                yield _parse(Found(raw_document("standard input", content, options)))
            continue
        try:
            files = list_files([path])
        except NoDocuments as error:
            raise typer.BadParameter(str(error), param_hint="FILE") from error
        for item in read_files(files, options, max_bytes):
            yield _parse(item)


def _parse(item: Found | Unreadable) -> Parsed | Unparsed:
    if isinstance(item, Unreadable):
        return Unparsed(item.name, item.message, None)
    try:
        return Parsed(item.raw.name, tuple(read_document(item.raw)))
    except ParseError as error:
        return Unparsed(item.raw.name, error.message, error.line)
