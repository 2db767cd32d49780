from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store at this version's schema, on each engine."""
    with Store(database_url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        yield store
