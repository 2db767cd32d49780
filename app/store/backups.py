"""A whole store as one file, and back: by SQLite's online backup, or PostgreSQL's own `pg_dump` and `pg_restore`."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, inspect, select, update

from app.store.engine import Store, StoreError
from app.store.generation import generation
from app.store.schema import StoreState, Story

#: The row of ``alembic_version`` in what `pg_restore` writes of that table alone.
_REVISION = re.compile(r"^COPY [^\n]*\balembic_version\b[^\n]*\n([^\n]+)\n", re.MULTILINE)


class BackupError(Exception):
    """The file cannot be written or is no backup of such a store; the message says which."""


def back_up(store: Store, target: Path) -> None:
    """Write the store as it is at one moment to a new file, while others read and write on.

    Raises:
        BackupError: the file is there already or cannot be written.
        StoreError: PostgreSQL's program is missing or failed.
    """
    if target.exists():
        raise BackupError(f"{target} is there already")
    unfinished = target.with_name(f"{target.name}.part")
    try:
        unfinished.touch()
        if store.engine.dialect.name == "sqlite":
            with closing(store.driver_connection()) as source, closing(sqlite3.connect(unfinished)) as copy:
                source.backup(copy)
                # A file that is kept or carried elsewhere is one file, without a log beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
        else:
            _run("pg_dump", "--format=custom", f"--file={unfinished}", store=store)
        unfinished.rename(target)
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}") from error
    except sqlite3.Error as error:
        raise BackupError(f"{target} cannot be written: {error}") from error
    finally:
        for name in (unfinished.name, f"{unfinished.name}-journal"):
            unfinished.with_name(name).unlink(missing_ok=True)


def count_stories(store: Store) -> int:
    """How many stories a restored backup would take the place of; a store without a schema has none."""
    with store.read() as connection:
        if not inspect(connection).has_table(Story.__tablename__):
            return 0
        return connection.execute(select(func.count()).select_from(Story)).scalar_one()


def restore(store: Store, source: Path, known: Collection[str]) -> None:
    """Put the store of a backup in place of this one. Its schema is that of the version which made it.

    Raises:
        BackupError: the file is no backup of a store in this kind of database, or its schema is none of those ``known``.
        StoreError: PostgreSQL's program is missing or failed.
            The store is then as it was, in either case.
    """
    before = _generation(store)
    if store.engine.dialect.name == "sqlite":
        with closing(_opened(source)) as backup:
            _require_known(source, backup.execute("SELECT version_num FROM alembic_version").fetchone()[0], known)
            try:
                with closing(store.driver_connection()) as target:
                    backup.backup(target)
            except sqlite3.Error as error:
                raise StoreError(f"{source} cannot be restored: {error}; the store is as it was") from error
    else:
        if not _starts_with(source, b"PGDMP"):
            raise BackupError(f"{source} is no backup of a store on PostgreSQL")
        table = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(source))
        if row := _REVISION.search(table):
            _require_known(source, row[1], known)
        store.dispose()
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run("pg_restore", *options, str(source), store=store)
    # A server that kept pages of the state before must not take one of the same number for them.
    with store.write() as connection:
        connection.execute(update(StoreState).values(generation=max(before, generation(connection)) + 1))


def _require_known(source: Path, revision: str, known: Collection[str]) -> None:
    if revision not in known:
        raise BackupError(
            f"{source} has schema {revision}, which this version of Dateline does not know (it knows up to {max(known)}): "
            "it was made by a newer version; update Dateline first"
        )


def _generation(store: Store) -> int:
    with store.read() as connection:
        return generation(connection) if inspect(connection).has_table(StoreState.__tablename__) else 0


def _starts_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(magic)) == magic
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}") from error


def _opened(path: Path) -> sqlite3.Connection:
    """A backup on SQLite, whole and of a store of ours."""
    if _starts_with(path, b"SQLite format 3\0"):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            whole = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            if whole and connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,):
                return connection
        except sqlite3.DatabaseError:
            pass
        connection.close()
    raise BackupError(f"{path} is no whole backup of a store on SQLite")


def _run(program: str, *arguments: str, store: Store | None = None) -> str:
    """What one of PostgreSQL's programs prints, run on the store's database, if any; the password goes by its environment."""
    found = shutil.which(program)
    if found is None:
        raise StoreError(f"{program} is not installed: it comes with PostgreSQL's client (postgresql-client)")
    password: dict[str, str] = {}
    if store is not None:
        url = store.engine.url.set(drivername="postgresql")
        arguments = (f"--dbname={url.set(password=None).render_as_string(hide_password=False)}", *arguments)
        if url.password:
            password = {"PGPASSWORD": str(url.password)}
    done = subprocess.run(  # noqa: S603 - no shell, and the arguments are ours
        [found, *arguments],
        env=os.environ | password,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StoreError(f"{program} failed: {done.stderr.strip()}")
    return done.stdout
