"""A curator at work, in a real browser, with scripting and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.analysis.gazetteer import load_gazetteer
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from tests.support.documents import another
from tests.support.scripts import visit
from tests.support.server import running_server

TOKEN = "correct horse battery staple"


@pytest.fixture(params=[True, False], ids=["with scripting", "without scripting"])
def desk(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of a site that has two stories, one of which says ten times what its source says."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "0.txt").write_text(another(0))
    (folder / "1.txt").write_text(
        another(1).replace(
            "The company raised $4.2 billion in October 2025\n2", "The company raised $42 billion in October 2025\n2"
        )
    )
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        for _ in Importer(store, load_gazetteer(), 10).run(open_sources([str(folder)], Options(), Limits())):
            pass
    with running_server(url, tmp_path / "server.log", admin_token=TOKEN) as address:
        context = browser.new_context(base_url=address, java_script_enabled=request.param)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        context.close()
        assert complaints == []


def test_from_logging_in_to_what_readers_see(desk: Page, request: pytest.FixtureRequest) -> None:
    visit(desk, "/admin/entities/proposed")
    desk.get_by_label("Your name").fill("Ada")
    desk.get_by_label("Token").fill(TOKEN)
    desk.get_by_role("button", name="Log in").click()
    expect(desk).to_have_url(re.compile("/admin/entities/proposed$"))
    form = desk.get_by_role("form", name="Decide on Halcyon Labs")
    form.get_by_label("Kind").select_option("lab")
    form.get_by_role("button", name="Accept").click()
    expect(desk.get_by_role("status").first).to_have_text("Done; 2 stories analysed again.")
    visit(desk, "/admin/entities/halcyon-labs")
    into = desk.get_by_label("Into which entity")
    into.press_sequentially("open")
    if "without" not in request.node.name:
        expect(desk.locator("#entities option[value=openai]")).to_be_attached()
    into.fill("openai")
    desk.get_by_role("button", name="Merge …").click()
    expect(desk.locator(".dek")).to_have_text("2 stories will be analysed again.")
    desk.get_by_role("button", name="Merge", exact=True).click()
    expect(desk.locator("h1")).to_have_text("OpenAI")
    visit(desk, "/entities/halcyon-labs")
    expect(desk).to_have_url(re.compile("/entities/openai$"))

    visit(desk, "/admin/findings?kind=value")
    desk.get_by_label("Note, shown to readers").first.fill("The source says $4.2 billion.")
    desk.get_by_role("button", name="Confirm").first.click()
    told = desk.get_by_role("status").first
    expect(told).to_have_text("Confirmed. Look at it")
    expect(told).to_be_focused()
    desk.get_by_role("link", name="Look at it").click()
    expect(desk.get_by_role("main")).to_contain_text("The source says $4.2 billion.")
    desk.get_by_role("button", name="Reopen").click()
    expect(desk.get_by_role("status").first).to_have_text("Open again. The desk of findings")
    desk.get_by_label("Note, shown to readers").fill("The source says $4.2 billion.")
    desk.get_by_role("button", name="Confirm").click()
    desk.get_by_role("status").first.get_by_role("link", name="The desk of findings").click()
    expect(desk).to_have_url(re.compile(r"/admin/findings\?state=confirmed&after="))
    desk.get_by_role("button", name="Log out").click()
    visit(desk, "/findings?state=confirmed")
    desk.locator(".finding .meta a").first.click()
    expect(desk.locator(".rulings")).to_contain_text(re.compile(r"Confirmed on \d+ \w+ \d{4}: The source says \$4\.2 billion\."))
    expect(desk.locator(".rulings")).not_to_have_css("margin-bottom", "0px")
    assert visit(desk, "/admin").status == 200  # type: ignore[union-attr]
    expect(desk.locator("h1")).to_have_text("Log in")
