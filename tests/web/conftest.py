from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from app.config import Settings
from app.domain.events import EventType
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from app.web.application import create_app
from tests.support.stories import HALCYON, OKAFOR, ROVER, make_story, store_stories

#: A text that would be a script, a tag or a template if it were not escaped.
HOSTILE = '<script>alert(1)</script> & "quotes" {{ 777 * 77777 }}'


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    """A client of a site with forty made-up stories, one of them hostile, one undated; on each engine."""
    with Store(database_url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        first = date(2025, 1, 1)
        store_stories(
            store,
            *(
                make_story(
                    number,
                    title=f"Halcyon story {number}",
                    published=first + timedelta(days=number),
                    happened=first + timedelta(days=number - 3),
                    event_type=EventType.LAUNCH if number % 3 == 0 else EventType.DEPARTURE,
                    participants=(HALCYON, ROVER) if number % 3 == 0 else (HALCYON, OKAFOR),
                    category="Policy and Regulation" if number % 4 == 0 else "Technology",
                )
                for number in range(38)
            ),
            make_story(90, title=HOSTILE, sentence=HOSTILE, source_text=HOSTILE, outlet=HOSTILE, category=HOSTILE),
            make_story(91, title="A story of unknown date", published=None, happened=None),
        )
    settings = Settings(database_url=database_url, page_size=10)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
