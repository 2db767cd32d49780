"""How fast documents are imported, against storing the ready-made rows through SQLAlchemy's ORM without a search index."""

from __future__ import annotations

import argparse
import itertools
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.gazetteer import load_gazetteer
from app.analysis.stories import analyse
from app.importer.containers import Found
from app.importer.pipeline import Importer
from app.importer.reading import Options, raw_document, read_document
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from app.store.schema import Base, StoreState
from bench.documents import make_document
from bench.measure import report, rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=6)
    arguments = parser.parse_args()
    raws = [raw_document(f"{n}.txt", make_document(n).encode(), Options()) for n in range(arguments.documents)]
    gazetteer = load_gazetteer()
    size = sum(len(raw.content) for raw in raws) / len(raws)
    print(f"{len(raws):,} documents of {size:,.0f} bytes on average, {arguments.rounds} rounds")
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        numbers = itertools.count()

        def new_store() -> Store:
            store = Store(f"sqlite:///{directory / f'{next(numbers)}.db'}")
            Migrations(store, resource_dir("migrations")).upgrade()
            return store

        def imported(store: Store) -> int:
            return sum(1 for _ in Importer(store, gazetteer, 200).run(Found(raw) for raw in raws))

        filled = new_store()
        imported(filled)
        rows = _rows(filled)

        def through_the_orm() -> int:
            with new_store() as store, Session(store.engine.execution_options(dateline_write=True)) as session:
                for model, table_rows in rows:  # a table at a time: without relationships the ORM does not know their order
                    session.add_all(model(**values) for values in table_rows)
                    session.flush()
                session.commit()
            return len(raws)

        def whole_import() -> int:
            with new_store() as store:
                return imported(store)

        def parse_and_analyse() -> int:
            for raw in raws:
                for document in read_document(raw):
                    analyse(document, gazetteer)
            return len(raws)

        tasks = {
            "ORM add_all of ready rows, no search index": through_the_orm,
            "import: text to searchable story": whole_import,
            "of which parsing and analysis alone": parse_and_analyse,
        }
        report("Importing into SQLite", rounds(tasks, arguments.rounds), next(iter(tasks)), "documents")


def _rows(store: Store) -> list[tuple[type[Any], list[dict[str, Any]]]]:
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    found = []
    with store.read() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in {StoreState.__tablename__, "search_documents"}:
                found.append((models[table], [dict(row._mapping) for row in connection.execute(select(table))]))
    return found


if __name__ == "__main__":
    main()
