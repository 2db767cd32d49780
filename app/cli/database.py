"""``dateline db``: the schema, and whether what is stored adds up."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.console import errors, migrations, open_store, output
from app.config import get_settings
from app.store.rollups import differences

application = typer.Typer(help="The store: its schema, and whether it adds up.", no_args_is_help=True)


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
