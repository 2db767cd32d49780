"""``dateline export``: stories out of the store."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import errors, open_store
from app.config import get_settings
from app.importer.interchange import as_line
from app.store.revisions import all_stories


class ExportFormat(StrEnum):
    """What stories are written as."""

    JSONL = "jsonl"


def export_stories(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to the terminal.")
    ] = None,
    export_format: Annotated[ExportFormat, typer.Option("--format", help="jsonl: one story with all its revisions a line.")] = (
        ExportFormat.JSONL
    ),
) -> None:
    """Write every story with its revisions and documents; `dateline import` of the result fills another store with the same."""
    count = 0
    with open_store(get_settings()) as store, store.read() as connection:
        if output is None:
            for story in all_stories(connection):
                sys.stdout.write(as_line(story) + "\n")
                count += 1
        else:
            unfinished = output.with_name(f"{output.name}.part")
            with unfinished.open("w", encoding="utf-8", newline="\n") as file:
                for story in all_stories(connection):
                    file.write(as_line(story) + "\n")
                    count += 1
            unfinished.replace(output)
    errors.print(f"{count:,} stories as {export_format}", highlight=False)
