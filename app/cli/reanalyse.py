"""``dateline reanalyse``: entities, events and what is counted from them, worked out again for stored stories."""

from __future__ import annotations

from typing import Annotated

import typer

from app.analysis.gazetteer import load_gazetteer
from app.cli.console import open_store, output
from app.cli.progress import run_with_bar
from app.config import get_settings
from app.importer.reanalysis import Reanalysis
from app.store.revisions import forget_analyses


def reanalyse_stories(
    stories: Annotated[list[str] | None, typer.Argument(metavar="[STORY...]", help="Ids of stories to analyse again.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that have today's analysis already.")] = False,
) -> None:
    """Bring stored stories to the analysis and gazetteer of this version; what was imported stays as it is.

    It may be stopped: the next call goes on with what is left.
    """
    settings = get_settings()
    with open_store(settings) as store:
        if stories or everything:
            with store.write() as connection:
                marked = forget_analyses(connection, stories or [])
            if stories and marked != len(set(stories)):
                raise typer.BadParameter(f"{marked} of {len(set(stories))} are ids of stories", param_hint="STORY")
        done = run_with_bar(Reanalysis(store, load_gazetteer(), settings.import_batch))
    output.print(f"{done:,} stories analysed" if done else "every story has today's analysis", highlight=False)
