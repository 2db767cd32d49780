"""Following names and threads without an account."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.support.scripts import ready, visit


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Page]:
    """A visitor with scripting whose browser keeps things."""
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


def test_what_is_watched_is_on_the_list_until_it_is_taken_off(visitor: Page) -> None:
    visit(visitor, "/entities/openai")
    button = visitor.get_by_role("button", name="Watch OpenAI")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    visit(visitor, "/entities/nvidia")
    visitor.get_by_role("button", name="Watch Nvidia").click()
    visitor.get_by_role("link", name="Watch list").click()
    expect(visitor).to_have_url(re.compile(r"/watch\?entity=openai&entity=nvidia$"))
    expect(visitor.locator(".watched h2")).to_have_count(2)
    visitor.get_by_role("button", name="Watch OpenAI").click()
    visitor.goto("/watch")
    expect(visitor).to_have_url(re.compile(r"/watch\?entity=nvidia&since="))
    expect(visitor.locator(".watched h2")).to_have_text(["Nvidia"])


def test_the_second_visit_says_what_is_new_since_the_first(visitor: Page) -> None:
    visit(visitor, "/entities/openai")
    visitor.get_by_role("button", name="Watch OpenAI").click()
    visitor.goto("/watch")
    expect(visitor).to_have_url(re.compile(r"entity=openai$"))
    ready(visitor)
    visitor.evaluate("localStorage.watch = JSON.stringify({...JSON.parse(localStorage.watch), visited: '2020-01-01T00:00Z'})")
    visitor.goto("/watch")
    expect(visitor.locator(".dek")).to_contain_text("since your last visit on 1 January 2020")
    expect(visitor.locator(".watched .tag").first).to_have_text("New")
    ready(visitor)
    visitor.goto("/watch")
    expect(visitor.locator(".dek")).to_contain_text("Nothing new since your last visit")


def test_a_thread_is_watched_by_whichever_of_its_chapters_is_known(visitor: Page) -> None:
    visit(visitor, "/search?q=altman")
    visitor.locator(".teaser a").first.click()
    visitor.locator("a[href^='/threads/']").first.click()
    button = visitor.locator("[data-watch=thread]")
    button.click()
    chapters = str(button.get_attribute("data-same")).split()
    assert len(chapters) > 1
    visitor.evaluate("id => localStorage.watch = JSON.stringify({thread: [id]})", chapters[-1])
    visitor.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    assert visitor.evaluate("JSON.parse(localStorage.watch).thread") == []


def test_a_list_that_came_as_a_link_is_kept_only_on_request(visitor: Page) -> None:
    visit(visitor, "/entities/openai")
    visitor.get_by_role("button", name="Watch OpenAI").click()
    visit(visitor, "/watch?entity=meta&entity=nvidia")
    keep = visitor.get_by_role("button", name="Keep this list in this browser")
    expect(keep).to_be_visible()
    assert visitor.evaluate("JSON.parse(localStorage.watch).entity") == ["openai"]
    keep.click()
    expect(keep).to_be_hidden()
    assert visitor.evaluate("JSON.parse(localStorage.watch).entity") == ["meta", "nvidia"]


def add(visitor: Page, name: str) -> None:
    visitor.get_by_label("Add a name").fill(name)
    visitor.get_by_role("button", name="Add", exact=True).click()


@pytest.mark.parametrize("late", [False, True], ids=["after the script has come", "before the script has come"])
def test_a_name_is_added_by_the_form(visitor: Page, late: bool) -> None:
    visit(visitor, "/entities/openai")
    visitor.get_by_role("button", name="Watch OpenAI").click()
    if late:
        visitor.route("**/static/js/watch*", lambda route: None)
    visitor.goto("/watch", wait_until="commit")
    if not late:
        expect(visitor.locator(".watched h2")).to_have_text(["OpenAI"])
    add(visitor, "nvidia")
    expect(visitor.get_by_role("heading", name="Nvidia")).to_be_visible()
    visitor.unroute_all()
    expect(visitor).to_have_url(re.compile(r"/watch\?entity=openai&entity=nvidia$"))
    ready(visitor)
    visit(visitor, "/entities/nvidia")
    expect(visitor.get_by_role("button", name="Watch Nvidia")).to_have_attribute("aria-pressed", "true")


def test_a_name_added_to_a_list_of_somebody_else_leaves_the_kept_one_alone(visitor: Page) -> None:
    visit(visitor, "/entities/openai")
    visitor.get_by_role("button", name="Watch OpenAI").click()
    visit(visitor, "/watch?entity=meta")
    add(visitor, "nvidia")
    expect(visitor.locator(".watched h2")).to_have_text(["Nvidia", "Meta"])
    expect(visitor.get_by_role("button", name="Keep this list in this browser")).to_be_visible()
    assert visitor.evaluate("JSON.parse(localStorage.watch).entity") == ["openai"]


def test_a_full_list_says_so_and_takes_no_more(visitor: Page) -> None:
    visit(visitor, "/about")
    visitor.evaluate("localStorage.watch = JSON.stringify({entity: Array.from({length: 40}, (_, number) => `name-${number}`)})")
    visit(visitor, "/entities/openai")
    visitor.get_by_role("button", name="Watch OpenAI").click()
    expect(visitor.locator("#live")).to_have_text("The watch list is full: it holds 40 names and threads.")
    assert visitor.evaluate("JSON.parse(localStorage.watch).entity.length") == 40


def test_only_ids_leave_the_browser(visitor: Page) -> None:
    visit(visitor, "/entities/openai")
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/static/" not in request.url:  # the browser asks for an icon when it likes
            asked.append(f"{request.method} {request.url} {request.post_data or ''}")

    visitor.on("request", note)
    button = visitor.get_by_role("button", name="Watch OpenAI")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert asked == []
    visitor.get_by_role("link", name="Watch list").click()
    expect(visitor.locator(".watched h2")).to_have_text(["OpenAI"])
    assert len(asked) == 1 and re.fullmatch(r"GET http://127\.0\.0\.1:\d+/watch\?entity=openai ", asked[0])


def test_without_scripting_the_address_is_the_list(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    visit(page, "/entities/openai")
    page.get_by_role("link", name="Watch OpenAI").click()
    expect(page).to_have_url(re.compile(r"/watch\?entity=openai$"))
    page.get_by_label("Add a name").fill("nvidia")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(re.compile(r"/watch\?entity=openai&entity=nvidia$"))
    page.get_by_role("link", name="Remove OpenAI").click()
    expect(page.locator(".watched h2")).to_have_text(["Nvidia"])
    context.close()
