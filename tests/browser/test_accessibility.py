"""WCAG 2.2 AA on every type of page and in its states, as far as a program can tell (axe-core)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.visits import FIXED, LINKED, OF_STORY, visits

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What depends on the colours.
COLOURS = ["cat.color"]


@pytest.fixture(scope="module")
def paths(site: str) -> dict[str, str]:
    return visits(site)


@pytest.fixture(scope="module", params=[(390, "light"), (390, "dark"), (1280, "light")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page of a phone, where most is folded, and of a desk, where most stands side by side."""
    width, colours = request.param
    context = browser.new_context(
        base_url=site, color_scheme=colours, viewport={"width": width, "height": 844}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    rules = {"resultTypes": ["violations"], "runOnly": COLOURS if dark else STANDARDS}
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("name", [*FIXED, *LINKED, *OF_STORY])
def test_a_page_can_be_used_by_everybody(page: Page, paths: dict[str, str], name: str) -> None:
    page.goto(paths[name])
    assert violations(page) == []


def test_so_it_can_with_everything_open(page: Page, paths: dict[str, str]) -> None:
    for name in ("timeline", "story", "side by side"):
        page.goto(paths[name])
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        assert violations(page) == [], name
    page.goto(paths["story"])
    page.locator("a.cite").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".card")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    assert violations(page) == []
