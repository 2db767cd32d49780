"""Reading documents for commands that work without a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import typer
from rich.markup import escape

from app.cli.console import errors
from app.config import Settings
from app.domain.documents import ParsedDocument, ParseError
from app.domain.stories import RawDocument
from app.importer.containers import Found, Limits, NoDocuments, Sources, Unreadable, open_sources
from app.importer.formats import Format
from app.importer.reading import Options, read_as


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A document that could not be read, and why."""

    name: str
    message: str
    line: int | None
    raw: RawDocument | None = None

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.message}" if self.line else f"{self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The stories of one document."""

    raw: RawDocument
    format: Format
    stories: tuple[ParsedDocument, ...]


def sources_of(paths: Sequence[str], options: Options, settings: Settings, may_be_empty: bool = False) -> Sources:
    """The documents below paths; wrong usage where there are none, unless there may be."""
    limits = Limits(settings.max_document_bytes, settings.max_archive_bytes, settings.max_archive_members)
    try:
        return open_sources(paths, options, limits, sys.stdin.buffer, may_be_empty)
    except NoDocuments as error:
        raise typer.BadParameter(str(error), param_hint="PATH") from error


def parse_files(paths: Sequence[str], options: Options, settings: Settings) -> Iterator[Parsed | Unparsed]:
    """Parse files, directories, archives and standard input, in the order given."""
    for item in sources_of(paths, options, settings):
        yield _parse(item)


class Readable:
    """The documents of files that can be parsed, in the order given; what is wrong with the others is told on standard error."""

    def __init__(self, paths: Sequence[str], options: Options, settings: Settings) -> None:
        self._items = parse_files(paths, options, settings) if paths else iter(())
        self.documents = 0
        """How many there were so far, the others included."""
        self.failed = False
        """Whether there were others."""

    def __iter__(self) -> Iterator[Parsed]:
        for item in self._items:
            self.documents += 1
            if isinstance(item, Parsed):
                yield item
            else:
                self.failed = True
                errors.print(f"[bold red]error:[/] {escape(str(item))}", highlight=False)


def _parse(item: Found | Unreadable) -> Parsed | Unparsed:
    if isinstance(item, Unreadable):
        return Unparsed(item.name, item.message, None)
    try:
        form, stories = read_as(item.raw)
    except ParseError as error:
        return Unparsed(item.raw.name, error.message, error.line, item.raw)
    return Parsed(item.raw, form, tuple(stories))
