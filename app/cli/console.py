"""Where commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from sqlalchemy.exc import DBAPIError

from app.config import Settings
from app.resources import resource_dir
from app.store.engine import Store, StoreError, explain
from app.store.migrations import Migrations

output = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)


@contextmanager
def open_store(settings: Settings, *, require_schema: bool = True) -> Iterator[Store]:
    """The store of the settings, closed at the end.

    Raises:
        StoreError: it cannot be reached, or its schema is not this version's.
    """
    with Store(settings.database_url, settings.database_read_url) as store:
        try:
            if require_schema:
                migrations(store).require_current()
            yield store
        except DBAPIError as error:
            raise StoreError(f"the database does not work: {explain(error)} ({store.engine.url!r})") from error


def migrations(store: Store) -> Migrations:
    """The migrations of this version, for a store."""
    return Migrations(store, resource_dir("migrations"))


def told_stories(count: int) -> str:
    """A number of stories, in words."""
    return f"{count:,} {'story' if count == 1 else 'stories'}"
