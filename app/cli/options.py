"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.importer.reading import Options


class OutputFormat(StrEnum):
    """How a command prints what it found."""

    TEXT = "text"
    JSON = "json"


Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents; - reads standard input.")]
Title = Annotated[str | None, typer.Option(help="The story's title.")]
Url = Annotated[str | None, typer.Option(help="The story's address.")]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="When it was published: 2025-12-11, 2025-12 or any EDTF date.")
]
StoryId = Annotated[str | None, typer.Option("--id", help="The story's id at its origin.")]
Category = Annotated[str | None, typer.Option(help="What the story is filed under.")]
Format = Annotated[
    OutputFormat | None, typer.Option("--format", help="text for people (default on a terminal), json for scripts.")
]


def checked(options: Options) -> Options:
    """The options, or wrong usage where a date or address cannot be read."""
    try:
        options.hints()
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published / --url") from error
    return options
