"""``dateline stories``: which there are, taking one off the pages, and putting it back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from app.analysis.gazetteer import load_gazetteer
from app.cli.console import open_store, output
from app.cli.curation import Curator, curator_named, print_json, say
from app.cli.options import Format, OutputFormat
from app.config import get_settings
from app.domain.curation import Action, Decision, Subject
from app.importer.reanalysis import Reanalysis
from app.store.stories import stories_stored_last
from app.store.withdrawals import restore, withdraw, withdrawals

application = typer.Typer(help="Stories: list them, withdraw one, restore it, list the withdrawn ones.", no_args_is_help=True)

StoryId = Annotated[str, typer.Argument(metavar="STORY", help="The ten characters of a story's address.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")]


@application.command("list")
def list_stories(
    limit: Annotated[int, typer.Option(help="Stories at most.", min=1, max=100_000)] = 50,
    output_format: Format = None,
) -> None:
    """List the stories with their ids, those that were new or changed last on top."""
    settings = get_settings()
    with open_store(settings) as store, store.read() as connection:
        found = stories_stored_last(connection, limit)
    if output_format is OutputFormat.JSON:
        base = settings.base_url.rstrip("/")
        print_json(
            [
                {
                    "id": story.public_id,
                    "published": story.published_edtf,
                    "title": story.title,
                    "sources": story.source_count,
                    "url": f"{base}/stories/{story.public_id}/{story.slug}",
                }
                for story in found
            ]
        )
        return
    for story in found:
        say(story.public_id, story.published_edtf or "undated", story.title)
    if not found:
        say("no stories")


@application.command("withdraw")
def withdraw_story(
    story: StoryId,
    note: Annotated[str, typer.Option(metavar="TEXT", help="The reason; readers who come to its address see it.")],
    curator: Curator = None,
) -> None:
    """Take a story off all pages, timelines and searches. Its documents stay, and importing them again does not bring it back."""
    if not note.strip():
        raise typer.BadParameter("say why: readers see it", param_hint="--note")
    with open_store(get_settings()) as store, store.write() as connection:
        done = withdraw(connection, _decision(Action.WITHDRAW, story, note, curator))
    if not done:
        raise typer.BadParameter(f"no story that is shown has the id {story}", param_hint="STORY")
    output.print(f"{story} is withdrawn", highlight=False)


@application.command("restore")
def restore_story(story: StoryId, note: Note = None, curator: Curator = None) -> None:
    """Show a withdrawn story again."""
    settings = get_settings()
    with open_store(settings) as store:
        with store.write() as connection:
            done = restore(connection, _decision(Action.RESTORE, story, note, curator))
        if not done:
            raise typer.BadParameter(f"no story with the id {story} is withdrawn", param_hint="STORY")
        for _ in Reanalysis(store, load_gazetteer(), settings.import_batch, only=story).run():
            pass
    output.print(f"{story} is shown again", highlight=False)


@application.command("withdrawn")
def list_withdrawn() -> None:
    """List the withdrawn stories, the latest first, with the reason."""
    with open_store(get_settings()) as store, store.read() as connection:
        found = withdrawals(connection)
    if not output.is_terminal:
        for item in found:
            print(item.public_id, f"{item.withdrawn_at:%Y-%m-%dT%H:%M}", item.title, item.note or "", sep="\t")
        return
    if not found:
        output.print("no story is withdrawn", highlight=False)
        return
    table = Table("story", "when", "title", "reason", box=None, pad_edge=False)
    for item in found:
        table.add_row(item.public_id, f"{item.withdrawn_at:%Y-%m-%d %H:%M}", escape(item.title), escape(item.note or ""))
    output.print(table)


def _decision(action: Action, story: str, note: str | None, curator: str | None) -> Decision:
    return Decision(action, Subject.STORY, story, curator_named(curator), datetime.now(UTC), note=note)
