"""``dateline db``: the schema, whether what is stored adds up, and backups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import errors, migrations, open_store, output, told_stories
from app.config import get_settings
from app.store.backups import BackupError, back_up, count_stories
from app.store.backups import restore as restore_backup
from app.store.rollups import differences

application = typer.Typer(help="The store: its schema, whether it adds up, backups.", no_args_is_help=True)

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)]


@application.command()
def upgrade() -> None:
    """Bring the store's schema to this version; creates the store when there is none."""
    with open_store(get_settings(), require_schema=False) as store:
        before = migrations(store).current()
        migrations(store).upgrade()
        after = migrations(store).current()
    output.print(f"schema {after}" if before == after else f"schema {before or 'none'} → {after}", highlight=False)


@application.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="Revision to go back to; base empties the database.")],
) -> None:
    """Take the schema back, with the data that only newer schemas can hold."""
    with open_store(get_settings(), require_schema=False) as store:
        known = migrations(store).known
        if revision not in {*known, "base"}:
            raise typer.BadParameter(
                f"there is no schema {revision}: base, or {min(known)} to {max(known)}", param_hint="REVISION"
            )
        migrations(store).downgrade(revision)
    output.print(f"schema {revision}", highlight=False)


@application.command()
def check() -> None:
    """Count the store's rollups anew and compare; exit 1 where they differ."""
    with open_store(get_settings()) as store, store.read() as connection:
        found = differences(connection)
    for line in found:
        errors.print(line, highlight=False, markup=False)
    if found:
        raise typer.Exit(1)
    output.print("all counts agree with the stories")


@application.command()
def backup(file: BackupFile) -> None:
    """Write the whole store to a new file, while servers and imports go on."""
    with open_store(get_settings()) as store:
        try:
            back_up(store, file)
        except BackupError as error:
            raise typer.BadParameter(str(error), param_hint="FILE") from error
        stories = count_stories(store)
    output.print(f"{file}: {told_stories(stories)}", highlight=False)


@application.command()
def restore(
    file: BackupFile,
    force: Annotated[bool, typer.Option("--force", help="Put it in place of the stories that are there.")] = False,
) -> None:
    """Fill the store from a backup, and bring that to this version's schema."""
    with open_store(get_settings(), require_schema=False) as store:
        if (there := count_stories(store)) and not force:
            raise typer.BadParameter(
                f"the store has stories ({there:,}); --force puts the backup in their place", param_hint="FILE"
            )
        try:
            restore_backup(store, file, migrations(store).known)
        except BackupError as error:
            raise typer.BadParameter(str(error), param_hint="FILE") from error
        migrations(store).upgrade()
        stories = count_stories(store)
    output.print(f"restored {told_stories(stories)}", highlight=False)
