"""``dateline import``: documents into the store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy import select, update

from app.analysis.gazetteer import load_gazetteer
from app.cli.console import errors, open_store, output
from app.cli.options import Category, Published, StoryId, Title, Url, checked
from app.config import Settings, get_settings
from app.domain.stories import Outcome
from app.importer.files import NoDocuments, list_files, read_files
from app.importer.pipeline import Importer, Result
from app.importer.reading import Options
from app.resources import resource_dir
from app.store.engine import Store
from app.store.schema import StoreState

QUARANTINED = 1
#: Lines of the closing table; the report file has all.
SHOWN = 20

#: Passes results on and shows how far the import is.
Advance = Callable[[Iterable[Result]], Iterator[Result]]


def import_documents(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, or directories of documents.")],
    title: Title = None,
    url: Url = None,
    published: Published = None,
    story_id: StoryId = None,
    category: Category = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Write what became of each document.")] = None,
) -> None:
    """Import documents: new stories are stored, changed ones get a new revision, unreadable ones go to quarantine."""
    settings = get_settings()
    options = checked(Options(title=title, url=url, published=published, id=story_id, category=category))
    try:
        files = list_files(paths)
    except NoDocuments as error:
        raise typer.BadParameter(str(error), param_hint="PATH") from error
    if len(files) > 1 and (title or url or story_id):
        raise typer.BadParameter(f"names one story, but there are {len(files):,} documents", param_hint="--title / --url / --id")
    with open_store(settings) as store, _progress(len(files)) as advance:
        results = list(advance(import_files(store, settings, files, options)))
    if report is not None:
        report.write_text(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2) + "\n", "utf-8")
    _summarise(results)
    if any(result.outcome is Outcome.QUARANTINED for result in results):
        raise typer.Exit(QUARANTINED)


def import_files(store: Store, settings: Settings, files: Iterable[Path], options: Options) -> Iterator[Result]:
    """Import files into a store; a result for each document."""
    importer = Importer(store, load_gazetteer(), settings.import_batch)
    return importer.run(read_files(files, options, settings.max_document_bytes))


def import_sample(store: Store, settings: Settings) -> Iterator[Result] | None:
    """Import the bundled sample corpus, once in the life of a store; ``None`` where the store has had it."""
    with store.read() as connection:
        if connection.execute(select(StoreState.sample_imported_at)).scalar_one() is not None:
            return None
    return _import_sample(store, settings)


def _import_sample(store: Store, settings: Settings) -> Iterator[Result]:
    yield from import_files(store, settings, list_files([resource_dir("sample")]), Options())
    with store.write() as connection:
        connection.execute(update(StoreState).values(sample_imported_at=datetime.now(UTC)))


@contextmanager
def _progress(total: int) -> Iterator[Advance]:
    """A progress bar when standard error is a terminal, plain lines when it is not."""
    if not errors.is_terminal:
        yield _plain_lines(total)
        return
    columns = (TextColumn("importing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("importing", total=total)

        def advance(results: Iterable[Result]) -> Iterator[Result]:
            for result in results:
                progress.advance(task)
                yield result

        yield advance


def _plain_lines(total: int) -> Advance:
    step = max(total // 10, 1)

    def advance(results: Iterable[Result]) -> Iterator[Result]:
        for count, result in enumerate(results, 1):
            if count % step == 0 or count == total:
                errors.print(f"{count:,} of {total:,} documents", highlight=False)
            yield result

    return advance


def _summarise(results: list[Result]) -> None:
    counts = Counter(result.outcome for result in results)
    warned = sum(1 for result in results if result.warnings)
    parts = [f"{counts[outcome]:,} {outcome}" for outcome in Outcome if counts[outcome] or outcome is Outcome.NEW]
    if warned:
        parts.append(f"{warned:,} with warnings")
    output.print(", ".join(parts), highlight=False)
    rejected = [result for result in results if result.outcome is Outcome.QUARANTINED]
    if not rejected:
        return
    if errors.is_terminal:
        table = Table("document", "line", "reason", title="Quarantined", title_justify="left", box=None, pad_edge=False)
        for result in rejected[:SHOWN]:
            table.add_row(escape(result.name), str(result.line or ""), escape(f"{result.message} ({result.code})"))
        errors.print(table)
    else:
        for result in rejected[:SHOWN]:
            where = f"{result.name}:{result.line}" if result.line else result.name
            errors.print(f"quarantined: {where}: {result.message} ({result.code})", highlight=False, markup=False)
    if len(rejected) > SHOWN:
        errors.print(f"… and {len(rejected) - SHOWN:,} more", highlight=False)
