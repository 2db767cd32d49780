"""What scripting adds to pages that work without it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.scripts import ready, visit


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Page]:
    """A visitor with a mouse, a keyboard and scripting."""
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


@pytest.fixture
def story(visitor: Page) -> Page:
    """A story with citations."""
    visit(visitor, "/timeline?type=story")
    visitor.locator(".row.of-story .what a").first.click()
    expect(visitor.locator("article .cite").first).to_be_visible()
    ready(visitor)
    return visitor


def test_a_citation_under_the_pointer_shows_its_source_beside_it(story: Page) -> None:
    cite = story.locator("article .cite").first
    source = story.locator(str(cite.get_attribute("href")))
    card = story.get_by_role("tooltip")
    cite.hover()
    expect(card).to_be_visible()
    expect(card.locator(".source-title")).to_have_text(source.locator(".source-title").inner_text())
    shown = card.locator("blockquote").inner_text().strip()
    assert shown and any(shown in passage for passage in source.locator("blockquote").all_inner_texts())
    expect(card).to_be_in_viewport(ratio=1)
    story.mouse.wheel(0, 40)
    expect(card).to_be_hidden()
    cite.hover()
    expect(card).to_be_visible()
    story.locator("h1").hover()
    expect(card).to_be_hidden()


def test_the_keyboard_opens_and_closes_the_source_of_a_citation(story: Page) -> None:
    story.locator("article .cite").first.focus()
    story.keyboard.press("Shift+Tab")
    story.keyboard.press("Tab")
    expect(story.get_by_role("tooltip")).to_be_visible()
    story.keyboard.press("Escape")
    expect(story.get_by_role("tooltip")).to_be_hidden()


def test_a_filter_that_cannot_be_read_is_explained_on_a_page(visitor: Page) -> None:
    visit(visitor, "/timeline?entity=openai")
    visitor.get_by_label("When").fill("the day before yesteryear")
    visitor.get_by_label("When").press("Enter")
    expect(visitor.locator("h1")).to_have_text("That address cannot be read")
    expect(visitor.get_by_text("is not understood; write “since June”")).to_be_visible()
    expect(visitor).to_have_url(re.compile("entity=openai.*when=the"))


def test_a_month_stays_in_sight_while_its_entries_pass(visitor: Page) -> None:
    visit(visitor, "/timeline?to=2025")
    month = visitor.locator(".month:has(.row:nth-child(4))").first
    month.locator(".row").nth(3).evaluate("row => window.scrollTo(0, row.getBoundingClientRect().top + scrollY - 60)")
    heading = month.locator("h3").bounding_box()
    assert heading is not None and -1 <= heading["y"] < 20


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_text_is_readable_on_its_ground(browser: Browser, site: str, colours: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark" if colours == "dark" else "light")
    page = context.new_page()
    visit(page, "/timeline?entity=openai")
    ratios = page.evaluate(
        """() => {
            const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
            const light = (colour) => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
            };
            const ground = light(getComputedStyle(document.body).backgroundColor);
            return Object.fromEntries([".what a", ".meta", ".when", ".also .n", ".check .n", ".help", ".tag", ".chips .on a", "h1"].map(selector => {
                const ink = light(getComputedStyle(document.querySelector(selector)).color);
                return [selector, (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)];
            }));
        }"""
    )
    context.close()
    assert {selector: ratio for selector, ratio in ratios.items() if ratio < 4.5} == {}
    assert ratios[".what a"] >= 7
