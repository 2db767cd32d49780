"""How fast documents are imported: the whole way, and the storing stage alone, each against its baseline in the same run.

``python -m bench.import`` measures on SQLite, ``--postgres`` on a private PostgreSQL server as well; ``--stored 200000`` instead fills a
store with so many stories and compares importing into it with importing into an empty one. All that is compared is stored in
transactions of the same size.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.orm import Session

from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.domain.stories import RawDocument
from app.importer.containers import Found
from app.importer.identity import story_id
from app.importer.pipeline import Importer
from app.importer.reading import Options, raw_document
from app.importer.workers import Read, read_and_analyse, seldom_collecting
from app.resources import resource_dir
from app.store.dialects import dialect_of
from app.store.engine import Store
from app.store.migrations import Migrations
from app.store.quarantine import Rejected
from app.store.schema import Base, StoreState
from bench.documents import make_document
from bench.measure import report, rounds
from tests.support.postgres import find_server

BATCH = 200
ORM = "ORM add_all of ready rows, no search index"
RAW = "executemany of ready rows, with search index"
CORE = "SQLAlchemy Core insert of ready rows"
MEBIBYTE = 1024 * 1024

Rows = list[tuple[Table, list[tuple[Any, ...]]]]
Ready = Callable[[], Callable[[], int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=BATCH)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--postgres", action="store_true", help="measure on PostgreSQL as well")
    parser.add_argument("--stored", type=int, metavar="STORIES", help="compare a store of so many with an empty one")
    parser.add_argument("--jobs", type=int, default=0, help="processes for --stored")
    parser.add_argument("--cpu", action="store_true", help="count processor time, where the machine is busy; leaves out --jobs 2")
    arguments = parser.parse_args()
    clock = time.process_time if arguments.cpu else time.perf_counter
    if arguments.stored:
        grow(arguments.stored, arguments.documents, arguments.jobs, arguments.rounds, clock)
        return
    raws = [document(number) for number in range(arguments.documents)]
    size = sum(len(raw.content) for raw in raws) / len(raws)
    print(f"{len(raws):,} documents of {size:,.0f} bytes on average, {arguments.rounds} rounds")
    with tempfile.TemporaryDirectory() as directory:
        numbers = itertools.count()
        Bench("SQLite", lambda: f"sqlite:///{directory}/{next(numbers)}.db", raws, arguments.rounds, clock).run()
    if arguments.postgres:
        with postgres_databases() as new_url:
            Bench("PostgreSQL", new_url, raws, arguments.rounds, clock).run()


def document(number: int) -> RawDocument:
    return raw_document(f"{number}.txt", make_document(number).encode(), Options())


def new_importer(url: str, gazetteer: Gazetteer, jobs: int) -> tuple[Store, Importer]:
    """A store, and the importer that has brought its gazetteer and first story."""
    store = Store(url)
    Migrations(store, resource_dir("migrations")).upgrade()
    importer = Importer(store, gazetteer, BATCH, jobs)
    for _ in importer.run([Found(document(1_000_000))]):
        pass
    return store, importer


@contextmanager
def postgres_databases() -> Iterator[Callable[[], str]]:
    """New databases on a private server."""
    server, cure = find_server()
    if server is None:
        raise SystemExit(cure)
    with server, ExitStack() as stack:
        yield lambda: stack.enter_context(server.database())


class Bench:
    """The measurements on one engine. Every store has the gazetteer and one story before it is measured."""

    def __init__(
        self, engine: str, new_url: Callable[[], str], raws: list[RawDocument], count: int, clock: Callable[[], float]
    ) -> None:
        self.engine, self.new_url, self.raws, self.count, self.clock = engine, new_url, raws, count, clock
        self.gazetteer = load_gazetteer()
        filled, importer = self.new_importer()
        for _ in importer.run(Found(raw) for raw in raws):
            pass
        self.rows = added_rows(filled, self.new_store())
        self.story_ids = [row[0] for table, values in self.rows if table.name == "stories" for row in values]
        self.read = [read_and_analyse(raw, self.gazetteer) for raw in raws]

    def run(self) -> None:
        whole: dict[str, Ready] = {
            ORM: self.orm,
            "import, one process": lambda: self.importing(0),
            "import, --jobs 2": lambda: self.importing(2),
            "of which parsing and analysis": lambda: self.analysing,
            "of which storing": self.storing,
        }
        if self.clock is time.process_time:
            del whole["import, --jobs 2"]  # the work of other processes is not in it
        report(f"The whole import into {self.engine}", rounds(whole, self.count, self.clock), ORM, "documents")
        baseline: Ready = self.raw_sqlite if self.engine == "SQLite" else lambda: self.inserting(insert_core)
        stage: dict[str, Ready] = {
            RAW if self.engine == "SQLite" else CORE: baseline,
            "the store's insertion of ready rows": lambda: self.inserting(insert_bulk),
            "storing stage, from analysed stories": self.storing,
        }
        report(f"The storing stage on {self.engine}", rounds(stage, self.count, self.clock), next(iter(stage)), "stories")

    def new_store(self) -> Store:
        return self.new_importer()[0]

    def new_importer(self, jobs: int = 0) -> tuple[Store, Importer]:
        return new_importer(self.new_url(), self.gazetteer, jobs)

    def importing(self, jobs: int) -> Callable[[], int]:
        _, importer = self.new_importer(jobs)
        return lambda: sum(1 for _ in importer.run(Found(raw) for raw in self.raws))

    def analysing(self) -> int:
        return sum(1 for raw in self.raws if read_and_analyse(raw, self.gazetteer))

    def storing(self) -> Callable[[], int]:
        _, importer = self.new_importer()
        batches = [self.read[start : start + BATCH] for start in range(0, len(self.read), BATCH)]

        def run() -> int:
            with seldom_collecting():  # as in a run of the importer
                return sum(len(importer._store_batch(batch, importer._curated)) for batch in batches)

        return run

    def orm(self) -> Callable[[], int]:
        store = self.new_store()
        models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
        rows = [(models[table], as_dicts(table, values)) for table, values in self.rows if table.name != "search_documents"]

        def run() -> int:
            with Session(store.engine.execution_options(dateline_write=True)) as session:
                for model, values in rows:  # a table at a time: without relationships the ORM does not know their order
                    session.add_all(model(**value) for value in values)
                    session.flush()
                session.commit()
            return len(self.raws)

        return run

    def inserting(self, put: Callable[[Connection, Table, list[tuple[Any, ...]]], None]) -> Callable[[], int]:
        store = self.new_store()

        def run() -> int:
            with store.write() as connection:
                for table, values in self.rows:
                    put(connection, table, values)
                dialect_of(connection).index_stories(connection, self.story_ids)
            return len(self.raws)

        return run

    def raw_sqlite(self) -> Callable[[], int]:
        """What the driver can do: the rows as SQLite keeps them, one statement a table, and the index from the stored texts."""
        store = self.new_store()
        rows = [(table, [sqlite_values(row) for row in values]) for table, values in self.rows]

        def run() -> int:
            with store.write() as connection:
                driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
                for table, values in rows:
                    marks = ", ".join("?" for _ in table.columns)
                    driver.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)
                dialect_of(connection).index_stories(connection, self.story_ids)
            return len(self.raws)

        return run


def added_rows(filled: Store, before: Store) -> Rows:
    """The rows that ``filled`` has and ``before`` has not, by primary key, in the order in which tables depend on each other."""
    rows: Rows = []
    with filled.read() as new, before.read() as old:
        for table in Base.metadata.sorted_tables:
            if table.name == StoreState.__tablename__:
                continue
            keys = {tuple(row) for row in old.execute(select(*table.primary_key.columns))}
            places = [list(table.columns).index(column) for column in table.primary_key.columns]
            found = [tuple(row) for row in new.execute(select(*table.columns))]
            rows.append((table, [row for row in found if tuple(row[place] for place in places) not in keys]))
    return rows


def as_dicts(table: Table, values: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(table.columns.keys(), row, strict=True)) for row in values]


def insert_core(connection: Connection, table: Table, values: list[tuple[Any, ...]]) -> None:
    if values:
        connection.execute(insert(table), as_dicts(table, values))


def insert_bulk(connection: Connection, table: Table, values: list[tuple[Any, ...]]) -> None:
    dialect_of(connection).insert_rows(connection, table, values)


def sqlite_values(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value if isinstance(value, int | float | str | bytes | None) else str(value) for value in row)


def grow(stories: int, documents: int, jobs: int, count: int, clock: Callable[[], float]) -> None:
    """Fill a store, then import new documents into it and into an empty one in turn; and the storing process's memory meanwhile.

    What fills it are analysed stories under many identities, put in by the storing stage as an import would: to read 200,000
    documents takes hours and the store cannot tell. The documents that are measured are read, analysed and stored.
    """
    gazetteer = load_gazetteer()
    pattern = [read_and_analyse(document(number), gazetteer) for number in range(BATCH)]
    memory: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as directory:
        _, importer = new_importer(f"sqlite:///{directory}/filled.db", gazetteer, 0)
        with seldom_collecting():
            for first in range(0, stories, BATCH):
                importer._store_batch([renamed(item, first + place) for place, item in enumerate(pattern)], importer._curated)
                if (first + BATCH) % max(stories // 20, BATCH) == 0:
                    memory[first + BATCH] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                    print(f"  {first + BATCH:>9,} stories, {memory[first + BATCH]:6.0f} MB", flush=True)
        numbers = itertools.count(1_000_001)

        def importing(url: str) -> Callable[[], int]:
            _, importer = new_importer(url, gazetteer, jobs)
            raws = [document(next(numbers)) for _ in range(documents)]
            return lambda: sum(1 for _ in importer.run(Found(raw) for raw in raws))

        empty, full = "into an empty store", f"into a store of {stories:,} stories"
        rates = rounds(
            {
                empty: lambda: importing(f"sqlite:///{directory}/{next(numbers)}.db"),
                full: lambda: importing(f"sqlite:///{directory}/filled.db"),
            },
            count,
            clock,
        )
        report(f"Importing {documents:,} documents, --jobs {jobs or 1}", rates, empty, "documents")
        size = Path(f"{directory}/filled.db").stat().st_size / MEBIBYTE
    begin = min(memory)
    print(f"\nThe store has {size:,.0f} MB. The storing process had {memory[begin]:,.0f} MB at {begin:,} stories, "
          f"{max(memory.values()):,.0f} MB at {max(memory):,}: {max(memory.values()) / memory[begin]:.2f}")  # fmt: skip
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if workers:
        print(f"The largest worker had {workers:,.0f} MB.")


def renamed(item: Read | Rejected, number: int) -> Read:
    """A document that was read as another one that says the same."""
    assert isinstance(item, Read)
    identity = f"bench:{number}"
    raw = replace(item.raw, name=f"{number}.txt", sha256=hashlib.sha256(identity.encode()).hexdigest())
    (story,) = item.stories
    return replace(item, raw=raw, stories=(replace(story, identity=identity, public_id=story_id(identity), raw=(raw,)),))


if __name__ == "__main__":
    main()
