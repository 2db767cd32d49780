"""``dateline evaluate check``: the citation check measured on planted defects and on data that other people published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.analysis.evidence.support import Features
from app.cli.console import output
from app.evaluation.attribution import evaluate_support, fit_support
from app.evaluation.planted import evaluate_planted
from app.evaluation.wice import evaluate_evidence, evaluate_words

application = typer.Typer(help="Measure the citation check.", no_args_is_help=True)

#: The documents that the project wrote for this; there only in a checkout.
PLANTED = Path(__file__).parents[2] / "tests" / "data" / "planted" / "test.toml"
Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="A folder of .jsonl files.", exists=True, file_okay=False)]


@application.command("planted")
def planted(
    data: Annotated[
        Path,
        typer.Option("--data", metavar="FILE", help="Clean documents to plant defects in (TOML).", exists=True, dir_okay=False),
    ] = PLANTED,
) -> None:
    """Defects planted in invented documents: how many of each kind are seen, and what is flagged on the clean twins."""
    try:
        scores = evaluate_planted(data)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    title = f"{scores.documents:,} documents, {scores.sentences:,} sentences, {scores.planted:,} defects"
    table = Table("", "planted", "recall", "strong", title=title, title_justify="left", box=None, pad_edge=False)
    for kind, score in scores.kinds.items():
        table.add_row(kind, f"{score.planted:,}", f"{score.recall:.3f}", f"{score.strong:,}")
    output.print(table)
    weak = ", ".join(f"{count:,} {kind}" for kind, count in scores.weak_false.items()) or "none"
    output.print(f"clean twins: {scores.strong_false:,} strong in {scores.sentences:,} sentences; weak: {weak}")


@application.command("evidence")
def evidence(data: Data) -> None:
    """WiCE: supporting passages found, and strong findings on supported claims."""
    try:
        sets = evaluate_evidence(data)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    table = Table("", "claims", "P@1", "hit@3", "judged supported", "supported, flagged", box=None, pad_edge=False)
    for scores in sets:
        judged = (
            f"{label.replace('_', ' ')} {scores.judged_supported[label]:,}/{count:,}" for label, count in scores.labels.items()
        )
        table.add_row(
            scores.name,
            f"{scores.claims:,}",
            f"{scores.precision_at_1:.3f}",
            f"{scores.hit_at_3:.3f}",
            "\n".join(sorted(judged)),
            f"{scores.flagged:,}/{scores.labels['supported']:,}",
        )
    output.print(table)


@application.command("words")
def words(data: Data) -> None:
    """WiCE: strong findings on claims supported in part, and how many are on words that people marked as unsupported."""
    try:
        sets = evaluate_words(data)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    table = Table("", "claims", "strong", "on marked words", "precision", box=None, pad_edge=False)
    for scores in sets:
        table.add_row(scores.name, f"{scores.claims:,}", f"{scores.strong:,}", f"{scores.on_marked:,}", f"{scores.precision:.3f}")
    output.print(table)


@application.command("support")
def support(
    data: Data,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the weights to these claims and print them.")] = False,
) -> None:
    """AttributionBench: supported claims told from others."""
    try:
        if fit:
            *weights, intercept = fit_support(data)
            output.print(f"{Features(*weights)}, intercept {intercept:.3f}")
            return
        parts = evaluate_support(data)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from error
    table = Table("", "", "claims", "macro-F1", box=None, pad_edge=False)
    for scores in parts:
        table.add_row(scores.name, scores.part, f"{scores.claims:,}", f"{scores.macro_f1:.3f}")
    output.print(table)
