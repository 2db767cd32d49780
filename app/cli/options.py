"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.domain.documents import ParseError
from app.importer.formats import format_named
from app.importer.reading import Options


class OutputFormat(StrEnum):
    """How a command prints what it found."""

    TEXT = "text"
    JSON = "json"


PATHS = "Documents; directories, archives (zip, tar, gz, bz2, xz), .jsonl, WARC, globs; - reads standard input."
Files = Annotated[list[str], typer.Argument(metavar="FILE...", help=PATHS)]
Title = Annotated[str | None, typer.Option(help="The story's title.")]
Url = Annotated[str | None, typer.Option(help="The story's address.")]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="When it was published: 2025-12-11, 2025-12 or any EDTF date.")
]
StoryId = Annotated[str | None, typer.Option("--id", help="The story's id at its origin.")]
Category = Annotated[str | None, typer.Option(help="What the story is filed under.")]
InputFormat = Annotated[
    str | None,
    typer.Option("--input-format", metavar="NAME", help="Read documents as this format (text-dump, kagi, …)."),
]
Format = Annotated[
    OutputFormat | None, typer.Option("--format", help="text for people (default on a terminal), json for scripts.")
]


def checked(options: Options) -> Options:
    """The options, or wrong usage where a date, an address or the name of a format cannot be read."""
    try:
        options.hints()
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published / --url") from error
    if options.format is not None:
        try:
            format_named(options.format)
        except ParseError as error:
            raise typer.BadParameter(error.message, param_hint="--format") from error
    return options
