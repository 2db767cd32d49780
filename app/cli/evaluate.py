"""``dateline evaluate``: the analysis measured on labelled data that other people published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.analysis.gazetteer import load_gazetteer
from app.analysis.proposals import CANDIDATE, PROPOSED
from app.cli.console import output
from app.cli.documents import Parsed, parse_files
from app.cli.evaluate_check import application as check
from app.config import get_settings
from app.domain.documents import ParsedDocument
from app.evaluation.dates import Score, evaluate_dates
from app.evaluation.entities import NameScores, evaluate_names
from app.evaluation.events import EventScores, evaluate_events
from app.evaluation.labelled_names import LabelScores, evaluate_labels
from app.evaluation.linking import LinkScores, evaluate_links
from app.evaluation.sentences import evaluate_sentences
from app.evaluation.threads import evaluate_threads
from app.importer.reading import Options
from app.resources import resource_dir

application = typer.Typer(help="Measure the analysis on labelled data (docs/quality.md).", no_args_is_help=True)
application.add_typer(check, name="check")

Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="The labelled data.", exists=True, file_okay=False)]


@application.command("dates")
def dates(data: Data) -> None:
    """Dates in TimeML texts (TempEval-3): relaxed span, exact value."""
    try:
        scores = evaluate_dates(data)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    table = _table(f"{scores.texts:,} texts, {scores.unresolved:,} phrases left without a date")
    for name, score in (("dates", scores.dates), ("all TIMEX3", scores.all)):
        _add(table, name, score)
    output.print(table)


#: The sentences that the project labelled itself; there only in a checkout.
LABELLED_EVENTS = Path(__file__).parents[2] / "tests" / "data" / "events.toml"


@application.command("events")
def events(
    data: Annotated[
        Path, typer.Option("--data", metavar="FILE", help="The labelled sentences.", exists=True, dir_okay=False)
    ] = LABELLED_EVENTS,
    only: Annotated[str | None, typer.Option("--set", metavar="NAME", help="One of the file's sets; all by default.")] = None,
) -> None:
    """Events in labelled sentences (TOML): types, dates, participants and their roles, amounts."""
    try:
        sets = evaluate_events(data, only)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    table = Table("", *sets, title=data.name, title_justify="left", box=None, pad_edge=False)
    for name, values in zip(_EVENT_ROWS, zip(*map(_event_cells, sets.values()), strict=True), strict=True):
        table.add_row(name, *values)
    output.print(table)


_EVENT_ROWS = (
    "sentences",
    "events",
    "type right",
    "date exact",
    "planned right",
    "reported right",
    "amounts right",
    "open weights right",
    "participants found",
    "roles right",
    "participants invented",
    "events too many",
    "… where there is none",
)


def _event_cells(scores: EventScores) -> tuple[str, ...]:
    right = (scores.types, scores.dates, scores.planned, scores.reported, scores.amounts)
    return (
        f"{scores.sentences:,}",
        f"{scores.events:,}",
        *(f"{count / max(scores.events, 1):.3f}" for count in right),
        f"{scores.weights:,} of {scores.told_weights:,}, {scores.invented_weights:,} invented",
        f"{scores.found / max(scores.participants, 1):.3f}",
        f"{scores.roles / max(scores.found, 1):.3f}",
        f"{scores.invented:,}",
        f"{scores.extra:,}",
        f"{scores.false:,} in {scores.silent:,} sentences",
    )


#: The sample corpus, and its threads as the project labelled them; the labels are there only in a checkout.
SAMPLE = resource_dir("sample")
LABELLED_THREADS = Path(__file__).parents[2] / "tests" / "data" / "threads.toml"


@application.command("threads")
def threads(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The documents.", exists=True, file_okay=False)] = SAMPLE,
    labels: Annotated[
        Path, typer.Option("--labels", metavar="FILE", help="Their threads.", exists=True, dir_okay=False)
    ] = LABELLED_THREADS,
    differences: Annotated[bool, typer.Option("--differences", help="Print the pairs that are missing or too much.")] = False,
) -> None:
    """Threads of labelled documents (TOML): by pairs of chapters, and by story (B-cubed)."""
    try:
        scores = evaluate_threads(labels, _documents(data), load_gazetteer())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--labels") from error
    title = f"{scores.stories:,} stories; threads labelled: {scores.labelled:,}, found: {scores.found:,}"
    table = Table("", "precision", "recall", "F1", title=title, title_justify="left", box=None, pad_edge=False)
    for name, one in (("pairs", scores.pairs), ("B-cubed", scores.b_cubed)):
        table.add_row(name, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}")
    output.print(table)
    if differences:
        for what, pairs in (("missing", scores.missed), ("too much", scores.wrong)):
            for pair in pairs:
                output.print(what, *pair, highlight=False)


@application.command("entities")
def entities(
    data: Data,
    labels: Annotated[
        Path | None,
        typer.Option("--labels", metavar="FILE", help="Labels of the documents in --data.", exists=True, dir_okay=False),
    ] = None,
    differences: Annotated[bool, typer.Option("--differences", help="With --labels: print what is missing or too much.")] = False,
) -> None:
    """Names: CrossNER (.txt), the benchmarks of Elevant (.benchmark.jsonl), or documents with labels (--labels)."""
    gazetteer = load_gazetteer()
    try:
        if labels is not None:
            _print_labels(evaluate_labels(labels, _documents(data), gazetteer), labels.name, differences)
        elif any(data.glob("*.benchmark.jsonl")):
            _print_links(evaluate_links(data, gazetteer))
        else:
            thresholds = {"candidates": CANDIDATE, "proposed": PROPOSED}
            for name, scores in evaluate_names(data, gazetteer, list(thresholds.values())).items():
                _print_names(name, dict(zip(thresholds, scores, strict=True)))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error


def _documents(data: Path) -> Iterator[tuple[str, tuple[ParsedDocument, ...]]]:
    for item in parse_files([str(data)], Options(), get_settings()):
        if isinstance(item, Parsed):
            yield Path(item.raw.name).name, item.stories


def _print_labels(scores: LabelScores, name: str, differences: bool) -> None:
    table = Table("", "documents", "sentences", "labels", "found", "precision", "recall", box=None, pad_edge=False)
    counts = (scores.documents, scores.sentences, scores.labelled, scores.found)
    table.add_row(name, *(f"{count:,}" for count in counts), f"{scores.precision:.3f}", f"{scores.recall:.3f}")
    output.print(table)
    if differences:
        for sentence, difference in scores.differences:
            output.print(f"{sentence} {difference}", highlight=False)


def _print_links(results: Mapping[str, tuple[LinkScores, LinkScores]]) -> None:
    table = Table(
        "",
        "gazetteer",
        "texts",
        "names",
        "links",
        "right",
        "same words",
        "right",
        "recall",
        "no entry",
        "wrong merges",
        box=None,
        pad_edge=False,
    )
    for name, pair in results.items():
        for gazetteer, scores in zip(("ours", "its labels"), pair, strict=True):
            table.add_row(
                name,
                gazetteer,
                *(f"{count:,}" for count in (scores.texts, scores.labelled, scores.made)),
                f"{scores.precision:.3f}",
                f"{scores.same:,}",
                f"{scores.same_precision:.3f}",
                f"{scores.recall:.3f}",
                f"{scores.without_entry:,}",
                f"{scores.wrong_merges:.3f} ({scores.merged_wrongly:,} of {scores.merged:,})",
            )
    output.print(table)


def _print_names(name: str, by_threshold: Mapping[str, NameScores]) -> None:
    sentences = next(iter(by_threshold.values())).sentences
    columns = ("labels", "found", "with a capital", "found", "type right")
    table = Table("", "", *columns, title=f"{name}: {sentences:,} sentences", title_justify="left", box=None, pad_edge=False)
    for threshold, scores in by_threshold.items():
        for group, counts in scores.groups.items():
            table.add_row(
                threshold,
                group,
                f"{counts.labelled:,}",
                f"{counts.recall:.3f}",
                f"{counts.named:,}",
                f"{counts.named_recall:.3f}",
                f"{counts.accuracy:.3f}",
            )
        table.add_row(threshold, f"{scores.found:,} found, of which labelled at all: {scores.precision:.3f}")
    output.print(table)


@application.command("sentences")
def sentences(data: Data) -> None:
    """Boundaries of sentences in CoNLL-U files (Universal Dependencies GUM), prose genres."""
    try:
        scores = evaluate_sentences(data)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    table = _table(f"{scores.texts:,} texts, {scores.labelled:,} boundaries")
    table.add_row("boundaries", *(f"{value:.3f}" for value in (scores.precision, scores.recall, scores.f1)), "")
    output.print(table)


def _table(title: str) -> Table:
    return Table("", "precision", "recall", "F1", "span F1", title=title, title_justify="left", box=None, pad_edge=False)


def _add(table: Table, name: str, score: Score) -> None:
    table.add_row(name, *(f"{value:.3f}" for value in (score.precision, score.recall, score.value_f1, score.span_f1)))
