"""Bringing a database to the schema of this version, and saying whether it is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from app.store.engine import Store, StoreError


class Migrations:
    """The migrations in a directory, applied to one store."""

    def __init__(self, store: Store, directory: Path) -> None:
        self._store = store
        self._config = Config()
        self._config.set_main_option("script_location", str(directory).replace("%", "%%"))
        self._scripts = ScriptDirectory.from_config(self._config)

    @property
    def head(self) -> str:
        """The revision of the schema that this version of Dateline works with."""
        head = self._scripts.get_current_head()
        assert head is not None, "there is at least one migration"
        return head

    @property
    def known(self) -> frozenset[str]:
        """The revisions of the schema that this version of Dateline can bring to its own."""
        return frozenset(script.revision for script in self._scripts.walk_revisions())

    def current(self) -> str | None:
        """The revision that the database is at; ``None`` for an empty one."""
        with self._store.read() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def upgrade(self, revision: str = "head") -> None:
        """Migrate up.

        Raises:
            StoreError: the database was made by a version of Dateline that this one does not know.
        """
        with self._running() as connection:
            try:
                command.upgrade(self._with(connection), revision)
            except CommandError as error:
                raise StoreError(self._unknown(connection)) from error

    def downgrade(self, revision: str) -> None:
        """Migrate down to ``revision`` (``base`` for an empty database)."""
        with self._running() as connection:
            command.downgrade(self._with(connection), revision)

    def require_current(self) -> None:
        """Refuse to work on another schema than this version's.

        Raises:
            StoreError: with what to do about it.
        """
        current = self.current()
        if current is None:
            raise StoreError("the store is empty: run `dateline db upgrade` first")
        if current == self.head:
            return
        if current not in self.known:
            with self._store.read() as connection:
                raise StoreError(self._unknown(connection))
        raise StoreError(f"the store is at schema {current}, this version needs {self.head}: run `dateline db upgrade`")

    def _unknown(self, connection: Connection) -> str:
        current = MigrationContext.configure(connection).get_current_revision()
        return (
            f"the store is at schema {current}, which this version of Dateline does not know (it knows up to {self.head}): "
            "it was made by a newer version; update Dateline, or set DATELINE_DATABASE_URL to another store"
        )

    def _with(self, connection: Connection) -> Config:
        self._config.attributes["connection"] = connection
        return self._config

    @contextmanager
    def _running(self) -> Iterator[Connection]:
        with self._store.write() as connection:
            if connection.dialect.name == "sqlite":  # tables are rebuilt in place, their rows kept
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            yield connection
