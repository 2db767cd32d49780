"""``dateline evaluate``: the analysis measured on labelled data that other people published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.cli.console import output
from app.evaluation.dates import Score, evaluate_dates
from app.evaluation.sentences import evaluate_sentences

application = typer.Typer(help="Measure the analysis on labelled data (docs/quality.md).", no_args_is_help=True)

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
