"""The command line: one module a command group, each command calls one function of a layer below.

Exit codes: 0 all well, 1 some documents were quarantined (or a check failed), 2 wrong usage, 3 the store is unusable,
130 ended by Ctrl-C.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from app.cli import (
    analyse,
    check,
    database,
    entities,
    evaluate,
    exports,
    findings,
    imports,
    parse,
    quarantine,
    reanalyse,
    serve,
    stories,
)
from app.cli.console import errors
from app.store.engine import StoreError

STORE_UNUSABLE = 3

application = typer.Typer(
    name="dateline",
    help="Timelines of the AI industry from documents that hold a summary and the sources that it cites.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dateline {version('dateline')}")
        raise typer.Exit


@application.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None: ...


application.command("import")(imports.import_documents)
application.command("parse")(parse.parse_documents)
application.command("analyse")(analyse.analyse_documents)
application.command("check")(check.check_documents)
application.command("export")(exports.export_stories)
application.command("reanalyse")(reanalyse.reanalyse_stories)
application.command("serve")(serve.serve)
application.add_typer(database.application, name="db")
application.add_typer(quarantine.application, name="quarantine")
application.add_typer(stories.application, name="stories")
application.add_typer(entities.application, name="entities")
application.add_typer(findings.application, name="findings")
application.add_typer(evaluate.application, name="evaluate")


def main() -> None:
    """Run the command line; a store that cannot be used ends it with a message instead of a traceback."""
    try:
        application()
    except StoreError as error:
        errors.print(f"[bold red]error:[/] {error}", highlight=False)
        sys.exit(STORE_UNUSABLE)
