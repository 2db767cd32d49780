"""Engines and transactions.

Readers see one consistent state each; writers take turns, one at a time, whatever the engine: SQLite by its own write lock
(``BEGIN IMMEDIATE``), PostgreSQL by an advisory lock. That is what lets the writer number rows itself and store in bulk.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

#: Seconds that a SQLite connection waits for another one's transaction before it gives up.
BUSY_TIMEOUT = 30.0
#: Key of the advisory lock that PostgreSQL writers take: "dateline" as eight bytes.
WRITER_LOCK = int.from_bytes(b"dateline")


class StoreError(Exception):
    """The store cannot be used as it is; the message says why and what to do."""


class Store:
    """One database, with its read and its write transactions."""

    def __init__(self, url: str, read_url: str | None = None) -> None:
        self.engine = _create_engine(url)
        self._read_engine = _create_engine(read_url) if read_url and read_url != url else self.engine
        self.blocking_is_cheap = self._read_engine.dialect.name == "sqlite"
        """Whether a read is a function call (SQLite) and may run in an event loop, or waits for a server."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection whose reads all see the same state."""
        with self._read_engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one writer's transaction: committed when the block ends, rolled back when it raises."""
        with self.engine.connect().execution_options(dateline_write=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
            yield connection

    def driver_connection(self) -> Any:
        """A reading connection of the driver itself, in autocommit, for the caller to close."""
        connection = self._read_engine.raw_connection()
        driver_connection = connection.driver_connection
        connection.detach()
        return driver_connection

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()
        self._read_engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.dispose()


def _create_engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"DATELINE_DATABASE_URL is not a database address: {url!r}") from error
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            try:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"there can be no store at {parsed.database}: {error.strerror}") from error
        engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT})
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed, pool_pre_ping=True, isolation_level="REPEATABLE READ")
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    raise StoreError(f"Dateline keeps its store in SQLite or PostgreSQL, not in {parsed.get_backend_name()!r}")


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = NORMAL",
        "temp_store = MEMORY",
        "cache_size = -65536",
        # 64 MB: a page that several batches of an import change, such as one of an index of hashes, is written to its place once.
        "wal_autocheckpoint = 16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("dateline_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """A writer must see what the writer before it committed, so its snapshot may not be older than the lock."""
    if connection.get_execution_options().get("dateline_write", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")


def explain(error: DBAPIError) -> str:
    """The driver's message on one line, without SQL and without the address of a manual."""
    if str(error.orig) == "database is locked":
        return f"another program has been writing for {BUSY_TIMEOUT:.0f} seconds: try again when it has ended"
    return str(error.orig).strip().splitlines()[0] if error.orig is not None else str(error)
