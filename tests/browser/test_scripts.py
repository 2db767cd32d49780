"""Own scripts: the keyboard, what screen readers hear, where the focus is after a part of a page was replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.scripts import visit


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Page]:
    """A visitor with scripting; an error of a script fails the test."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_more_entries_are_announced_and_the_keyboard_goes_on_with_them(visitor: Page) -> None:
    visit(visitor, "/timeline")
    rows = visitor.locator(".row").count()
    more = visitor.locator("#more a")
    more.focus()
    more.press("Enter")
    expect(visitor.locator("#live")).to_have_text(re.compile(r"^\d+ more entries$"))
    assert visitor.locator(".row").count() > rows
    focused = visitor.evaluate("[...document.querySelectorAll('.row')].indexOf(document.activeElement.closest('.row'))")
    assert focused == rows


def test_a_filter_announces_what_is_left_and_keeps_the_focus(visitor: Page) -> None:
    visit(visitor, "/timeline")
    box = visitor.locator("input[name=type]").first
    box.focus()
    box.press("Space")
    expect(visitor.locator("#live")).to_have_text(re.compile(r"^\d[\d,]* entr(y|ies) under these filters$"))
    expect(visitor.locator("input[name=type]").first).to_be_focused()


def test_the_keys_work_on_after_going_back(visitor: Page) -> None:
    visit(visitor, "/timeline")
    visitor.locator("input[name=type]").first.check()
    expect(visitor).to_have_url(re.compile("type="))
    visitor.go_back()
    expect(visitor).not_to_have_url(re.compile("type="))
    expect(visitor.locator(".chips .on")).to_have_count(0)
    visitor.locator("h1").click()
    visitor.keyboard.press("j")
    expect(visitor.locator(".row .what a:visible").first).to_be_focused()
    visitor.keyboard.press("?")
    expect(visitor.get_by_role("dialog", name="Keys")).to_be_visible()
    visitor.keyboard.press("j")
    visitor.keyboard.press("Escape")
    expect(visitor.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_single_keys_can_be_switched_off_and_on_again(visitor: Page) -> None:
    visit(visitor, "/timeline")
    visitor.get_by_role("button", name="Keys").click()
    box = visitor.get_by_label("Single keys work")
    expect(box).to_be_checked()
    box.uncheck()
    visitor.get_by_role("button", name="Close").click()
    visit(visitor, "/entities/openai")
    for key in ("j", "/", "?"):
        visitor.keyboard.press(key)
    expect(visitor.locator(".row .what a:visible").first).not_to_be_focused()
    expect(visitor.locator("header input[type=search]")).not_to_be_focused()
    visitor.get_by_role("button", name="Keys").click()
    visitor.get_by_label("Single keys work").check()
    visitor.keyboard.press("Escape")
    visitor.keyboard.press("j")
    expect(visitor.locator(".row .what a:visible").first).to_be_focused()


def test_a_browser_that_keeps_nothing_still_works(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    visit(page, "/entities/openai")
    page.get_by_role("button", name="Watch OpenAI").click()
    page.keyboard.press("j")
    page.goto("/watch")
    expect(page.get_by_text("Nothing is on this watch list.")).to_be_visible()
    context.close()
    assert errors == []


def test_the_language_is_switched_where_one_reads(visitor: Page) -> None:
    visit(visitor, "/timeline?type=launch")
    visitor.get_by_role("button", name="Deutsch").click()
    expect(visitor).to_have_url(re.compile(r"/timeline\?type=launch$"))
    expect(visitor.locator("html")).to_have_attribute("lang", "de")
    visit(visitor, "/about")
    expect(visitor.locator("html")).to_have_attribute("lang", "de")
    visitor.get_by_role("button", name="English").click()
    expect(visitor.locator("html")).to_have_attribute("lang", "en")
