"""``dateline quarantine``: documents that could not be read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from app.analysis.gazetteer import load_gazetteer
from app.cli.console import errors, open_store, output
from app.cli.documents import sources_of
from app.config import get_settings
from app.domain.stories import Outcome, RawDocument
from app.importer.containers import Found, Unreadable
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.store.engine import Store
from app.store.quarantine import Rejected, quarantined, release

application = typer.Typer(help="Documents that could not be read: look at them, try them again, drop them.", no_args_is_help=True)

#: So much of a fingerprint names a document.
SHORT = 12

Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Beginnings of ids, as `quarantine list` shows them.")]
MaybeIds = Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="Beginnings of ids; all without any.")]


@application.command("list")
def list_documents() -> None:
    """List the documents in quarantine, the last first, with the reason."""
    with open_store(get_settings()) as store, store.read() as connection:
        found = quarantined(connection)
    if not found:
        output.print("nothing is in quarantine", highlight=False)
        return
    if not output.is_terminal:
        for item, at in found:
            print(item.sha256[:SHORT], f"{at:%Y-%m-%dT%H:%M}", item.code, _where(item), item.message, sep="\t")
        return
    table = Table("id", "when", "document", "reason", box=None, pad_edge=False)
    for item, at in found:
        table.add_row(item.sha256[:SHORT], f"{at:%Y-%m-%d %H:%M}", escape(_where(item)), escape(f"{item.message} ({item.code})"))
    output.print(table)


@application.command("show")
def show_document(ids: Ids) -> None:
    """Print documents in quarantine: the reason on standard error, the bytes as they came on standard output."""
    with open_store(get_settings()) as store:
        for item in _chosen(store, ids):
            errors.print(f"{item.sha256[:SHORT]} {_where(item)}: {item.message} ({item.code})", highlight=False, markup=False)
            if item.content is None:
                errors.print("its content was not kept", highlight=False)
            else:
                sys.stdout.buffer.write(item.content)
                sys.stdout.buffer.flush()


@application.command("retry")
def retry_documents(ids: MaybeIds = None) -> None:
    """Try documents again, as they came; one whose content was not kept is read from where it was."""
    settings = get_settings()
    with open_store(settings) as store:
        items = _chosen(store, ids or [])
        documents: list[Found | Unreadable] = []
        for item in items:
            if item.content is not None:
                documents.append(Found(RawDocument(item.name, item.content, item.sha256, item.hints)))
            elif Path(item.name).exists():
                documents.extend(sources_of([item.name], Options.from_json(item.hints), settings))
            else:
                errors.print(f"{item.name}: its content was not kept: {_cure(item.name)}", highlight=False, markup=False)
        results = list(Importer(store, load_gazetteer(), settings.import_batch).run(documents))
    for result in results:
        what = f": {result.message} ({result.code})" if result.message else f" → {result.story_id}" if result.story_id else ""
        output.print(f"{result.outcome}: {result.name}{what}", highlight=False, markup=False)
    if any(result.outcome is Outcome.QUARANTINED for result in results):
        raise typer.Exit(1)


def _cure(name: str) -> str:
    """What to do for a document that is not kept: the archive that it came in may still be there."""
    archive = next((str(parent) for parent in Path(name).parents if parent.is_file()), None)
    return f"import {archive} again" if archive else "it is not there any more"


@application.command("drop")
def drop_documents(ids: Ids) -> None:
    """Forget documents in quarantine."""
    with open_store(get_settings()) as store:
        items = _chosen(store, ids)
        with store.write() as connection:
            count = release(connection, [item.sha256 for item in items])
    output.print(f"dropped {count:,}", highlight=False)


def _chosen(store: Store, ids: Sequence[str]) -> list[Rejected]:
    """The documents of these ids; wrong usage where one names none."""
    with store.read() as connection:
        found = [item for item, _ in quarantined(connection, ids)]
    for name in ids:
        if not any(item.sha256.startswith(name) for item in found):
            raise typer.BadParameter(f"nothing in quarantine has an id that begins with {name!r}", param_hint="ID")
    return found


def _where(item: Rejected) -> str:
    return f"{item.name}:{item.line}" if item.line else item.name
