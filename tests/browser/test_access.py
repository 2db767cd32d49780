"""What every page owes to those who do not use a mouse, see little, or are made dizzy by movement: what axe-core cannot see."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PATHS = ("/", "/timeline", "/entities/openai", "/search?q=chips", "/watch?entity=openai&entity=meta", "/about")


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser with these options."""
    contexts = []

    def open_page(path: str, **options: object) -> Page:
        contexts.append(browser.new_context(base_url=site, **options))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_the_first_stop_leads_past_the_menu(visit: Callable[..., Page]) -> None:
    page = visit("/timeline")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_whoever_tabs_sees_where_they_are(visit: Callable[..., Page]) -> None:
    page = visit("/entities/openai")
    for _ in range(25):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            """() => {
                const here = document.activeElement, style = getComputedStyle(here);
                const hit = here.querySelector(".hit");
                const box = here.getBoundingClientRect();
                return {
                    what: here.outerHTML.slice(0, 80),
                    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                        || hit !== null && parseFloat(getComputedStyle(hit).strokeWidth) >= 2,
                    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
                };
            }"""
        )
        assert ring["ring"] and ring["seen"], ring


@pytest.mark.parametrize("path", PATHS)
def test_twice_the_size_fits_without_scrolling_sideways(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page = visit(path, viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_for_those_who_asked_for_stillness(visit: Callable[..., Page], path: str) -> None:
    moving = visit(path, reduced_motion="reduce").evaluate(
        """() => [...document.querySelectorAll("*")].filter(part => {
            const style = getComputedStyle(part);
            return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === "smooth";
        }).map(part => part.tagName)"""
    )
    assert moving == []


def test_marks_are_still_there_in_forced_colours(visit: Callable[..., Page]) -> None:
    page = visit("/timeline", forced_colors="active")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    drawn = page.evaluate(
        """() => [
            getComputedStyle(document.querySelector(".row:not(.planned, .imprecise)"), "::before").backgroundColor,
            getComputedStyle(document.querySelector(".histogram .bar")).fill,
            getComputedStyle(document.querySelector(".row:is(.planned, .imprecise)"), "::before").borderTopColor,
        ]"""
    )
    assert ground not in drawn


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_pressed_is_large_enough_for_a_finger(visit: Callable[..., Page], width: int) -> None:
    small = visit("/watch?entity=openai", viewport={"width": width, "height": 800}).evaluate(
        """() => [...document.querySelectorAll("header.site a, footer.site a, button")].filter(part => {
            const box = part.getBoundingClientRect();
            return part.checkVisibility() && Math.min(box.width, box.height) < 24 - 0.5 && box.width > 1;
        }).map(part => [part.outerHTML.slice(0, 60), part.getBoundingClientRect().height])"""
    )
    assert small == []
