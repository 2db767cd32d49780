from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from app.config import Settings
from app.domain.events import EventType
from app.domain.stories import AnalysedStory
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from app.web.application import create_app
from tests.support.postgres import PostgresServer
from tests.support.stories import HALCYON, OKAFOR, ROVER, make_story, store_stories

#: A text that would be a script, a tag or a template if it were not escaped.
HOSTILE = '<script>alert(1)</script> & "quotes" {{ 777 * 77777 }}'


@pytest.fixture
def client(request: pytest.FixtureRequest, engine: str) -> Iterator[TestClient]:
    """A client of a site with forty made-up stories, one of them hostile, one undated; on each engine.

    A test that asks for ``database_url`` too has a site of its own; all others share one, and only read.
    """
    if "database_url" in request.fixturenames:
        with site(request.getfixturevalue("database_url")) as client:
            yield client
        return
    shared: TestClient = request.getfixturevalue(f"shared_{engine}")
    shared.cookies.clear()
    yield shared


@pytest.fixture(scope="session")
def shared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site on SQLite that tests share; made when it is first asked for."""
    with site(f"sqlite:///{tmp_path_factory.mktemp('site') / 'store.db'}") as client:
        yield client


@pytest.fixture(scope="session")
def shared_postgresql(postgres: PostgresServer) -> Iterator[TestClient]:
    """The site on PostgreSQL that tests share; it is gone before the server stops."""
    with postgres.database() as url, site(url) as client:
        yield client


@contextmanager
def site(database_url: str) -> Iterator[TestClient]:
    """A client of a site with forty made-up stories in a database that was empty."""
    with Store(database_url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        store_stories(store, *stories())
    settings = Settings(database_url=database_url, page_size=10)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def stories() -> Iterator[AnalysedStory]:
    """What is on the site."""
    first = date(2025, 1, 1)
    for number in range(38):
        yield make_story(
            number,
            title=f"Halcyon story {number}",
            published=first + timedelta(days=number),
            happened=first + timedelta(days=number - 3),
            event_type=EventType.LAUNCH if number % 3 == 0 else EventType.DEPARTURE,
            participants=(HALCYON, ROVER) if number % 3 == 0 else (HALCYON, OKAFOR),
            category="Policy and Regulation" if number % 4 == 0 else "Technology",
        )
    yield make_story(90, title=HOSTILE, sentence=HOSTILE, source_text=HOSTILE, outlet=HOSTILE, category=HOSTILE)
    yield make_story(91, title="A story of unknown date", published=None, happened=None)
