"""How fast timelines are made from a big store: rows made up directly, so that a hundred thousand stories take a minute.

Names are as unequal as in life (Zipf): the busiest takes part in a tenth of everything, most in a handful of stories.
"""

from __future__ import annotations

import argparse
import asyncio
import bisect
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from app.config import Settings
from app.domain.events import EventType
from app.domain.findings import Verdict
from app.resources import resource_dir
from app.store import facet_counts, rollups, schema
from app.store.buffer import RowBuffer, table_of
from app.store.dialects import dialect_of
from app.store.engine import Store
from app.store.migrations import Migrations
from app.web.application import create_app
from bench.pages import get

ENTITIES, OUTLETS, CATEGORIES = 2000, 120, 8
KINDS = ("company", "person", "model", "product", "lab", "institution")
FIRST_DAY, DAYS = date(2021, 1, 1), 1795
CHUNK = 2000
VERDICTS = [verdict.value for verdict in Verdict]


def fill(store: Store, stories: int) -> None:
    """Fill an empty store with so many stories."""
    chance = random.Random(7)
    weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(ENTITIES)))
    with store.write() as connection:
        connection.execute(
            insert(table_of(schema.Entity)),
            [
                {"id": n, "slug": f"name-{n}", "name": f"Name {n}", "initial": "N", "kind": KINDS[n % len(KINDS)]}
                for n in range(1, ENTITIES + 1)
            ],
        )
        for model, count in ((schema.Outlet, OUTLETS), (schema.Category, CATEGORIES)):
            rows = [
                {"id": n, "slug": f"{table_of(model).name}-{n}", "name": f"{model.__name__} {n}"} for n in range(1, count + 1)
            ]
            connection.execute(insert(table_of(model)), rows)
        for start in range(1, stories + 1, CHUNK):
            numbers = range(start, min(start + CHUNK, stories + 1))
            buffer = RowBuffer(lambda _: itertools.count(1))
            for number in numbers:
                _add(buffer, number, chance, weights)
            for table in schema.Base.metadata.sorted_tables:
                dialect_of(connection).insert_rows(connection, table, buffer.rows.get(table, []))
            buffer, counts = RowBuffer(lambda _: itertools.count(1)), rollups.Counts()
            for contribution in rollups.contributions(connection, numbers):
                rollups.add_timeline_rows(buffer, contribution)
                counts.count(contribution)
            for table, rows in buffer.rows.items():
                dialect_of(connection).insert_rows(connection, table, rows)
            rollups.apply(connection, counts)
            facet_counts.add(connection, numbers)


def _some(chance: random.Random, weights: Sequence[float], count: int) -> list[int]:
    return list({bisect.bisect(weights, chance.random() * weights[-1]) + 1 for _ in range(count)})


def _add(buffer: RowBuffer, story: int, chance: random.Random, weights: Sequence[float]) -> None:
    """A story with a revision, ten sentences with their checks, four sources, and two or three events."""
    day = FIRST_DAY + timedelta(days=int(DAYS * chance.random() ** 0.7))
    now = datetime(2026, 1, 1)
    category = chance.randint(1, CATEGORIES)
    names = _some(chance, weights, 7)
    published = {"published_edtf": day.isoformat(), "published_start": day, "published_end": day}
    buffer.add(
        schema.Story, id=story, public_id=f"{story:010d}", identity=f"made-up-{story}", current_revision=1, slug=f"story-{story}",
        title=f"Story {story} about something", title_derived=None, dek="What it is about, in a sentence or two.",
        category_id=category, published_source="front-matter", sort_date=day, source_count=4, sentence_count=10, warning_count=0,
        first_imported_at=now, updated_at=now, analysis_version="", **published,
    )  # fmt: skip
    buffer.add(
        schema.Revision, id=story, story_id=story, number=1, content_sha256="0" * 64, title=f"Story {story}", title_derived=None,
        url=None, origin_id=None, language="en", category_id=category, published_source=None, declared_sources=4,
        parser_version=1, imported_at=now, **published,
    )  # fmt: skip
    buffer.add(schema.Paragraph, id=story, revision_id=story, position=1, heading=None)
    for number in range(1, 5):
        buffer.add(
            schema.Source, id=story * 4 + number, revision_id=story, number=number, title="A source", raw_title="A source",
            outlet_id=min(int(chance.expovariate(0.06)) + 1, OUTLETS), url=None, author=None, text="",
            published_edtf=None, published_start=None, published_end=None,
        )  # fmt: skip
    for position in range(1, 11):
        sentence = story * 16 + position
        buffer.add(
            schema.Sentence, id=sentence, revision_id=story, paragraph_id=story, part="summary", position=position,
            text=f"Sentence {position} says that the company would take longer than it had thought, and why.",
        )  # fmt: skip
        buffer.add(
            schema.Citation, sentence_id=sentence, position=1, number=1, source_id=story * 4 + chance.randint(1, 4),
            inherited=False, uncertain=False,
        )  # fmt: skip
        verdict = "supported" if chance.random() < 0.85 else chance.choice(VERDICTS)
        buffer.add(schema.Check, sentence_id=sentence, story_id=story, verdict=verdict, reason=None)
    for place, entity in enumerate(names):
        buffer.add(
            schema.StoryEntity, story_id=story, entity_id=entity, mention_count=3, salience=0.9 - place / 10, about=place < 4
        )
    for position in range(chance.randint(2, 3)):
        event = story * 4 + position
        when = day - timedelta(days=int(chance.expovariate(0.05)))
        buffer.add(
            schema.Event, id=event, public_id=f"{event:010d}", story_id=story, revision_id=story,
            sentence_id=story * 16 + position + 1, phrase="that day", phrase_start=0, phrase_end=8, rule="made-up",
            anchor_edtf=None, edtf=when.isoformat(), start_date=when, end_date=when, sort_date=when, precision="day",
            type=chance.choice(list(EventType)).value, planned=False, reported=False, predicate_start=None, predicate_end=None,
            open_weights=None,
            bucket=f"{names[0]}.{when.toordinal() // 3 if chance.random() < 0.3 else event}",
        )  # fmt: skip
        for place, entity in enumerate(names[: chance.randint(1, 3)]):
            buffer.add(schema.EventParticipant, event_id=event, entity_id=entity, position=place, role="participant")


@contextmanager
def filled_store(path: Path | None, stories: int) -> Iterator[str]:
    """The address of a store with so many stories: one that is kept at ``path``, else one that goes away."""
    with tempfile.TemporaryDirectory() as directory:
        file = path or Path(directory) / "store.db"
        ready, url = file.exists(), f"sqlite:///{file}"
        if not ready:
            with Store(url) as store:
                Migrations(store, resource_dir("migrations")).upgrade()
                start = time.perf_counter()
                fill(store, stories)
                print(f"filled with {stories:,} stories in {time.perf_counter() - start:.0f} s")
        yield url


async def measure(url: str, requests: int) -> None:
    """Print the median and the 95th percentile of making each kind of page, without the page cache."""
    app = create_app(Settings(database_url=url, page_cache_bytes=0))
    with Store(url) as store, store.read() as connection:
        ranked = connection.scalars(select(schema.Entity.slug).order_by(schema.Entity.story_count.desc())).all()
    busy, some = ranked[:50], ranked[50:500:9]
    pages = {
        "timeline of everything": ["/timeline"],
        "of everything, under a filter": ["/timeline?type=funding", "/timeline?verdict=differs", "/timeline?from=2025"],
        "entity (names 1 to 50)": [f"/entities/{slug}" for slug in busy],
        "entity (the busiest)": [f"/entities/{busy[0]}"],
        "entity (names 51 to 500)": [f"/entities/{slug}" for slug in some],
        "entity under a filter": [f"/entities/{slug}?type=funding&from=2024" for slug in busy],
        "two entities": [f"/timeline?entity={busy[0]}&entity={slug}" for slug in busy[1:40]],
        "one outlet": [f"/outlets/outlets-{n}" for n in range(1, 10)],
    }
    async with app.router.lifespan_context(app):
        for name, paths in pages.items():
            times = []
            for path in itertools.islice(itertools.cycle(paths), requests + 2):
                start = time.process_time()
                status = await get(app, path)
                times.append((time.process_time() - start) * 1000)
                assert status == 200, path
            times = sorted(times[2:])
            print(f"  {name:<32} p50 {statistics.median(times):8.2f} ms   p95 {times[int(len(times) * 0.95)]:8.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--store", type=Path, help="Keep the store here, for the next time.")
    arguments = parser.parse_args()
    with filled_store(arguments.store, arguments.stories) as url:
        asyncio.run(measure(url, arguments.requests))


if __name__ == "__main__":
    main()
