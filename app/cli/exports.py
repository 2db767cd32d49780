"""``dateline export``: stories out of the store."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from sqlalchemy import Connection

from app.cli.console import errors, open_store
from app.config import get_settings
from app.importer.interchange import as_line, decision_as_line
from app.store.curation import decisions
from app.store.revisions import all_stories
from app.store.withdrawals import withdrawals


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
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="Withdrawn stories too, for a copy of the whole store; they stay withdrawn in it.")
    ] = False,
) -> None:
    """Write what people decided and every story with its revisions and documents; `dateline import` of the result fills another
    store with the same. Withdrawn stories are left out.
    """
    with open_store(get_settings()) as store, store.read() as connection:
        if output is None:
            made, told = _write(connection, sys.stdout, withdrawn)
        else:
            unfinished = output.with_name(f"{output.name}.part")
            try:
                with unfinished.open("w", encoding="utf-8", newline="\n") as file:
                    made, told = _write(connection, file, withdrawn)
                unfinished.replace(output)
            except OSError as error:
                raise typer.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from error
        left_out = 0 if withdrawn else len(withdrawals(connection))
    decided = f" and {made:,} decisions" if made else ""
    errors.print(f"{told:,} stories{decided} as {export_format}", highlight=False)
    if left_out:
        errors.print(f"{left_out:,} withdrawn left out (--withdrawn writes them too)", highlight=False)


def _write(connection: Connection, file: TextIO, withdrawn: bool) -> tuple[int, int]:
    """The decisions, then the stories, which will be analysed with them; how many of each."""
    made = decisions(connection)
    file.writelines(decision_as_line(decision) + "\n" for decision in made)
    told = 0
    for story in all_stories(connection, withdrawn=withdrawn):
        file.write(as_line(story) + "\n")
        told += 1
    return len(made), told
