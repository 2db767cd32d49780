"""The style page looks as it did when somebody last looked at it.

After a change that is meant: ``DATELINE_RENEW_PICTURES=1 pytest tests/browser/test_style.py -n 0``, look at the new pictures in
``tests/browser/baselines`` (git shows them), and commit them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from tests.support.pictures import TOLERANCE, difference, smaller
from tests.support.scripts import visit
from tests.support.server import running_server

BASELINES = Path(__file__).parent / "baselines"
WIDTHS, COLOURS = (360, 1280), ("light", "dark")


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that is being developed, without any story."""
    directory = tmp_path_factory.mktemp("style")
    url = f"sqlite:///{directory / 'store.db'}"
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
    with running_server(url, directory / "server.log", development="1") as address:
        yield address


@pytest.fixture(params=[(width, colours) for width in WIDTHS for colours in COLOURS], ids=lambda value: f"{value[0]}-{value[1]}")
def style_page(request: pytest.FixtureRequest, browser: Browser, empty_site: str) -> Iterator[tuple[str, Page]]:
    """The style page at a width and in a scheme of colours; its interface in the font that we serve, which is the same everywhere."""
    width, colours = request.param
    context = browser.new_context(
        base_url=empty_site,
        viewport={"width": width, "height": 900},
        color_scheme=colours,
        reduced_motion="reduce",
        locale="en-GB",
        bypass_csp=True,
    )
    page = context.new_page()
    visit(page, "/about/style")
    page.add_style_tag(content=":root { --sans: 'Source Serif 4' !important; --mono: 'Source Serif 4' !important }")
    # A picture waits for the fonts, whatever a reader does.
    page.evaluate(
        "document.querySelectorAll('style').forEach(style => style.textContent = style.textContent.replaceAll('optional', 'block'))"
    )
    page.evaluate("document.fonts.ready")
    yield f"{width}-{colours}", page
    context.close()


def test_every_component_looks_as_before(style_page: tuple[str, Page], tmp_path: Path) -> None:
    name, page = style_page
    sections = page.locator(".head, .specimen").evaluate_all(
        "parts => parts.map(part => [part.id || 'head', part.getBoundingClientRect().top + scrollY, part.getBoundingClientRect().height])"
    )
    page.screenshot(path=tmp_path / "whole.png", full_page=True)
    differing = {}
    with Image.open(tmp_path / "whole.png") as whole:
        for section, top, height in sections:
            picture = tmp_path / f"{name}-{section}.png"
            whole.crop((0, round(top), whole.width, round(top + height))).save(picture)
            now, baseline = smaller(picture), BASELINES / picture.name
            if os.environ.get("DATELINE_RENEW_PICTURES") == "1":
                now.save(baseline, optimize=True)
            with Image.open(baseline) as image:
                differs = difference(now, image.convert("RGB"))
            if differs > TOLERANCE:
                differing[str(picture)] = round(differs, 1)
    assert differing == {}, f"if this is meant, renew {BASELINES} (see the head of this file)"


def test_there_is_a_picture_of_every_component_and_no_other(style_page: tuple[str, Page]) -> None:
    name, page = style_page
    sections = page.locator(".head, .specimen").evaluate_all("parts => parts.map(part => part.id || 'head')")
    assert {f"{name}-{section}.png" for section in sections} == {path.name for path in BASELINES.glob(f"{name}-*.png")}
    assert sum(path.stat().st_size for path in BASELINES.glob("*.png")) < 600 * 1024


def test_a_mark_opens_its_finding(empty_site: str, browser: Browser) -> None:
    page = browser.new_page(base_url=empty_site)
    visit(page, "/about/style")
    page.keyboard.press("n")
    assert page.locator(".slip:popover-open .verdict").inner_text().endswith("Figure differs")
    page.close()
