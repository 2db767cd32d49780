"""A browser, and a server with the sample corpus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from app.cli.imports import import_sample
from app.config import Settings
from app.domain.stories import Outcome
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from tests.support.chromium import ARGUMENTS, CURE, executable
from tests.support.server import running_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a screen."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        except Error as error:
            pytest.skip(f"{CURE} ({str(error).splitlines()[0]})")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the sample corpus."""
    directory = tmp_path_factory.mktemp("site")
    url = f"sqlite:///{directory / 'store.db'}"
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        results = import_sample(store, Settings(database_url=url))
        assert results is not None
        assert {result.outcome for result in results} == {Outcome.NEW}
    with running_server(url, directory / "server.log") as address:
        yield address


@pytest.fixture(params=["with scripting", "without scripting"])
def context(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A fresh visitor, once with scripting and once without."""
    context = browser.new_context(base_url=site, java_script_enabled=request.param == "with scripting")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty page; whatever the browser complains about, or asks another host for, fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if "127.0.0.1" not in request.url else None)
    yield page
    assert complaints == []
