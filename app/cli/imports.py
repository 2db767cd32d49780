"""``dateline import``: documents into the store."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, TextIO

import typer
from rich.markup import escape
from rich.table import Table
from sqlalchemy import select, update

from app.analysis.gazetteer import load_gazetteer
from app.cli.console import errors, open_store, output
from app.cli.documents import sources_of
from app.cli.explain import explain_documents
from app.cli.options import PATHS, Category, Published, StoryId, Title, Url, checked
from app.cli.progress import progress
from app.config import Settings, get_settings
from app.domain.stories import Outcome
from app.importer.containers import Sources
from app.importer.pipeline import Importer, Result
from app.importer.reading import Options
from app.importer.watching import changed_paths
from app.resources import resource_dir
from app.store.engine import Store
from app.store.schema import StoreState

QUARANTINED = 1
#: What a shell expects of a program that Ctrl-C ended.
INTERRUPTED = 130
#: Lines of the closing table; the report file has all.
SHOWN = 20


def import_documents(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=PATHS)],
    title: Title = None,
    url: Url = None,
    published: Published = None,
    story_id: StoryId = None,
    category: Category = None,
    input_format: Annotated[
        str | None, typer.Option("--format", "--input-format", metavar="NAME", help="Read documents as this format.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes that read and analyse; from 2 on one more stores.")] = 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would become of each document; store nothing.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on: import whatever is added or changed, until Ctrl-C.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Print what each character was taken for; store nothing.")] = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Write what became of each document.")] = None,
) -> None:
    """Import documents: new stories are stored, changed ones get a new revision, unreadable ones go to quarantine."""
    settings = get_settings()
    options = checked(Options(title=title, url=url, published=published, id=story_id, category=category, format=input_format))
    sources = sources_of(paths, options, settings, may_be_empty=watch)
    if sources.files > 1 and (title or url or story_id):
        raise typer.BadParameter(f"names one story, but there are {sources.files:,} files", param_hint="--title / --url / --id")
    if watch and (unwatched := [path for path in paths if not Path(path).exists()]):
        raise typer.BadParameter(f"files and directories can be watched, not {', '.join(unwatched)}", param_hint="--watch")
    if explain:
        raise typer.Exit(explain_documents(sources))
    with open_store(settings) as store, _reporting(report) as tally:
        importer = Importer(store, load_gazetteer(), settings.import_batch, jobs if jobs > 1 else 0, dry_run)
        with _stoppable(importer):
            _run(importer, sources, tally)
            if watch and not importer.stopping:
                _print_summary(tally, dry_run)
                _watch(importer, paths, options, settings, tally)
    _print_skipped(sources)
    _print_summary(tally, dry_run)
    if importer.stopping:
        errors.print("stopped; the same command goes on where this one ended", highlight=False)
        raise typer.Exit(INTERRUPTED)
    if tally.counts[Outcome.QUARANTINED]:
        raise typer.Exit(QUARANTINED)


def import_sources(store: Store, settings: Settings, sources: Sources) -> Iterator[Result]:
    """Import documents into a store; a result for each."""
    return Importer(store, load_gazetteer(), settings.import_batch).run(sources)


def import_sample(store: Store, settings: Settings) -> Iterator[Result] | None:
    """Import the bundled sample corpus, once in the life of a store; ``None`` where the store has had it."""
    with store.read() as connection:
        if connection.execute(select(StoreState.sample_imported_at)).scalar_one() is not None:
            return None
    return _import_sample(store, settings)


def _import_sample(store: Store, settings: Settings) -> Iterator[Result]:
    yield from import_sources(store, settings, sources_of([str(resource_dir("sample"))], Options(), settings))
    with store.write() as connection:
        connection.execute(update(StoreState).values(sample_imported_at=datetime.now(UTC)))


@dataclass(slots=True)
class _Results:
    """What became of documents so far: counted, the first rejections kept, each written to the report."""

    report: TextIO | None = None
    counts: Counter[Outcome] = field(default_factory=Counter)
    warned: int = 0
    rejected: list[Result] = field(default_factory=list)
    _written: int = 0

    def add(self, result: Result) -> None:
        self.counts[result.outcome] += 1
        self.warned += bool(result.warnings)
        if result.outcome is Outcome.QUARANTINED and len(self.rejected) < SHOWN:
            self.rejected.append(result)
        if self.report is not None:
            self.report.write(",\n " if self._written else "\n ")
            json.dump(asdict(result), self.report, ensure_ascii=False)
            self._written += 1


@contextmanager
def _reporting(path: Path | None) -> Iterator[_Results]:
    """Results that are written, as a JSON list, to ``path`` as they come; the file is whole only at the end."""
    if path is None:
        yield _Results()
        return
    unfinished = path.with_name(f"{path.name}.part")
    try:
        opened = unfinished.open("w", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="--report") from error
    with opened as file:
        file.write("[")
        try:
            yield _Results(file)
        finally:
            file.write("\n]\n")
    unfinished.replace(path)


@contextmanager
def _stoppable(importer: Importer) -> Iterator[None]:
    """Ctrl-C ends the import after the batch that is being stored; a second one at once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if importer.stopping:
            raise KeyboardInterrupt
        importer.stop()
        errors.print("stopping when this batch is stored (Ctrl-C again: at once) …", highlight=False)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run(importer: Importer, sources: Sources, tally: _Results) -> None:
    with progress(sources) as advance:
        for result in advance(importer.run(sources)):
            tally.add(result)


def _watch(importer: Importer, paths: Sequence[str], options: Options, settings: Settings, tally: _Results) -> None:
    errors.print("watching for new and changed documents (Ctrl-C ends it) …", highlight=False)
    for changed in changed_paths(paths, lambda: importer.stopping):
        for result in importer.run(sources_of(changed, options, settings)):
            tally.add(result)
            where = f" → {result.story_id}" if result.story_id else f": {result.message}" if result.message else ""
            output.print(f"{result.outcome}: {escape(result.name)}{escape(where)}", highlight=False)


def _print_skipped(sources: Sources) -> None:
    if sources.skipped:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sources.skipped.most_common(8))
        errors.print(f"passed over, for they are not or are not called like documents: {escape(kinds)}", highlight=False)


def _print_summary(tally: _Results, dry_run: bool) -> None:
    parts = [f"{tally.counts[outcome]:,} {outcome}" for outcome in Outcome if tally.counts[outcome] or outcome is Outcome.NEW]
    if tally.warned:
        parts.append(f"{tally.warned:,} with warnings")
    output.print(("would be: " if dry_run else "") + ", ".join(parts), highlight=False)
    _print_rejected(tally.rejected, tally.counts[Outcome.QUARANTINED])


def _print_rejected(rejected: Iterable[Result], count: int) -> None:
    shown = list(rejected)
    if not shown:
        return
    if errors.is_terminal:
        table = Table("document", "line", "reason", title="Quarantined", title_justify="left", box=None, pad_edge=False)
        for result in shown:
            table.add_row(escape(result.name), str(result.line or ""), escape(f"{result.message} ({result.code})"))
        errors.print(table)
    else:
        for result in shown:
            where = f"{result.name}:{result.line}" if result.line else result.name
            errors.print(f"quarantined: {where}: {result.message} ({result.code})", highlight=False, markup=False)
    if count > len(shown):
        errors.print(f"… and {count - len(shown):,} more (dateline quarantine list)", highlight=False)
