from __future__ import annotations

from pathlib import Path

import pytest

from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an empty store at this version's schema."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
    return url
