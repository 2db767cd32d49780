"""How fast pages are made, in process, against the same server answering a constant."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import tempfile
from pathlib import Path

from sqlalchemy import select

from app.analysis.gazetteer import load_gazetteer
from app.config import Settings
from app.importer.containers import Found
from app.importer.pipeline import Importer
from app.importer.reading import Options, raw_document
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from app.store.schema import Entity, Story
from app.web.application import create_app
from bench.documents import make_document
from bench.measure import async_rounds, report


async def get(app: object, path: str) -> int:
    status = 0

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = int(str(message["status"]))

    path, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": [(b"host", b"bench")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    await app(scope, receive, send)  # type: ignore[operator]
    return status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--requests", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'store.db'}"
        with Store(url) as store:
            Migrations(store, resource_dir("migrations")).upgrade()
            documents = (
                Found(raw_document(f"{n}.txt", make_document(n).encode(), Options())) for n in range(arguments.documents)
            )
            list(Importer(store, load_gazetteer(), 200).run(documents))
            with store.read() as connection:
                stories = [
                    f"/stories/{row[0]}/{row[1]}" for row in connection.execute(select(Story.public_id, Story.slug).limit(500))
                ]
                busiest = connection.scalars(select(Entity.slug).order_by(Entity.story_count.desc()).limit(50))
                entities = [f"/entities/{slug}" for slug in busiest]
        making = create_app(Settings(database_url=url, page_cache_bytes=0))
        keeping = create_app(Settings(database_url=url))

        @making.get("/constant")
        async def constant() -> str:
            return "x"

        async def measure() -> dict[str, float]:
            async with making.router.lifespan_context(making), keeping.router.lifespan_context(keeping):

                async def task(app: object, paths: list[str]) -> int:
                    for path in itertools.islice(itertools.cycle(paths), arguments.requests):
                        assert await get(app, path) == 200, path
                    return arguments.requests

                return await async_rounds(
                    {
                        "a constant": lambda: task(making, ["/constant"]),
                        "story": lambda: task(making, stories),
                        "entity with its timeline": lambda: task(making, entities),
                        "timeline of everything": lambda: task(making, ["/timeline"]),
                        "search for one word": lambda: task(making, ["/search?q=benchmark"]),
                        "front page": lambda: task(making, ["/"]),
                        "any of them, made before": lambda: task(keeping, ["/timeline", "/", *entities[:4]]),
                    },
                    arguments.rounds,
                )

        print(f"{arguments.documents:,} stories, {arguments.rounds} rounds of {arguments.requests} requests")
        report("Pages, in process", asyncio.run(measure()), "a constant", "requests")


if __name__ == "__main__":
    main()
