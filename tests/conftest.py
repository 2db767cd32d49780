"""What tests share: a database of each engine, a browser, and the rule that a skip says how to cure it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from tests.support.postgres import PostgresServer, find_server

#: The documents beside the checkout; tests that use them say so when they are not there.
SHARED = Path(__file__).parent.parent.parent / "shared"


def pytest_report_header() -> str:
    """Say whether a skip is allowed in this run."""
    return f"skips are {'failures (DATELINE_REQUIRE_ALL=1)' if _require_all() else 'allowed, each with its cure'}"


def _require_all() -> bool:
    return os.environ.get("DATELINE_REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turn a skip into a failure where everything is required. Documents beside the checkout are nobody's duty."""
    report = yield
    optional = item.get_closest_marker("shared") is not None
    if report.skipped and not hasattr(report, "wasxfail") and _require_all() and not optional:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome, report.longrepr = "failed", f"DATELINE_REQUIRE_ALL=1, but: {reason}"
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server: the one of DATELINE_TEST_POSTGRES_URL, else a private one from a wheel."""
    server, cure = find_server()
    if server is None:
        pytest.skip(cure)
    with server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on each engine."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store at this version's schema that stays empty: to copy it takes less than to migrate another one."""
    path = tmp_path_factory.mktemp("blank") / "store.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def blank_postgresql(postgres: PostgresServer) -> Iterator[str]:
    """The address of such a store on PostgreSQL."""
    with postgres.database() as url:
        _migrate(url)
        yield url


def _migrate(url: str) -> None:
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store at this version's schema, once on each engine."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("blank_sqlite"), tmp_path / "store.db")
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database(like=request.getfixturevalue("blank_postgresql")) as url:
        yield url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store at this version's schema, on each engine."""
    with Store(database_url) as store:
        yield store


@pytest.fixture(scope="session")
def shared() -> Path:
    """The directory with real documents beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout: real documents cannot be tested (cure: put them there)")
    return SHARED
