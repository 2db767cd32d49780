"""What people come for, in a real browser, with scripting and without."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.scripts import ready, visit

PHONE = {"width": 360, "height": 740}


def entries(page: Page) -> int:
    """How many entries the timeline says it has."""
    match = re.match(r"(\d+) entr", page.locator("#timeline .count").inner_text())
    assert match is not None
    return int(match[1])


def test_from_the_front_page_to_a_story_and_its_source(page: Page) -> None:
    visit(page, "/")
    expect(page.get_by_text("Its outlets and authors are invented.")).to_be_visible()
    page.locator(".teaser h3 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.locator("article p .cite:not(.inferred)").first.click()
    expect(page).to_have_url(re.compile(r"#source-\d+$"))
    expect(page.locator(".sources li:target .source-title")).to_be_in_viewport()


def addresses(page: Page) -> list[str]:
    """Where the entries lead to, from the top."""
    return page.locator(".row .what a").evaluate_all("links => links.map(link => link.getAttribute('href'))")


def open_filters(page: Page) -> None:
    """Unfold the filters where they are not beside the timeline."""
    if not page.get_by_role("button", name="Show").is_visible():
        page.get_by_text("Filters", exact=True).click()


def choose(page: Page, name: str) -> None:
    """Tick a value of a filter; without scripting the form is sent by its button."""
    open_filters(page)
    page.get_by_label(name).check()
    if not ready(page):
        page.get_by_role("button", name="Show").click()


def test_a_companys_timeline_is_narrowed_and_widened_again(page: Page) -> None:
    visit(page, "/entities?kind=company")
    page.get_by_role("link", name="OpenAI", exact=True).click()
    expect(page.locator("h1")).to_have_text("OpenAI")
    everything = entries(page)
    choose(page, "Story")
    expect(page).to_have_url(re.compile(r"/entities/openai\?type=story$"))
    expect(page.locator(".chips .on")).to_contain_text("Story")
    assert 0 < entries(page) < everything
    page.get_by_role("link", name=re.compile("^Remove the filter")).click()
    expect(page).to_have_url(re.compile("/entities/openai$"))
    assert entries(page) == everything


def test_reading_on_and_coming_back_to_the_same_place(page: Page) -> None:
    visit(page, "/timeline?entity=openai")
    first_page = addresses(page)
    page.get_by_role("link", name="Earlier entries").click()
    if ready(page):
        expect(page).to_have_url(re.compile("pages=2"))
        assert addresses(page)[: len(first_page)] == first_page
    else:
        expect(page).to_have_url(re.compile("before="))
        assert not set(first_page) & set(addresses(page))
    shown, here = addresses(page), page.url
    assert set(shown) != set(first_page)
    page.locator(f'.row .what a[href="{shown[-1]}"]').last.click()
    expect(page).to_have_url(re.compile("/stories/"))
    page.go_back()
    expect(page).to_have_url(here)
    assert addresses(page) == shown
    expect(page.locator(".row").last).to_be_in_viewport()


def test_a_timeline_is_filtered_by_its_address_and_by_its_form(page: Page) -> None:
    visit(page, "/timeline?entity=nvidia&type=results&from=2024")
    by_address = entries(page)
    assert by_address >= 3
    expect(page.locator(".chips .on")).to_have_count(3)
    visit(page, "/timeline?entity=nvidia&type=results")
    page.get_by_label("When").fill("since 2024")
    page.get_by_label("When").press("Enter")
    expect(page).to_have_url(re.compile("from=2024"))
    expect(page).not_to_have_url(re.compile("when="))
    expect(page.locator(".chips .on")).to_have_count(3)
    assert entries(page) == by_address


def test_a_bar_of_the_histogram_narrows_the_range(page: Page) -> None:
    visit(page, "/entities/nvidia")
    everything = entries(page)
    page.locator(".histogram svg a").last.click()
    expect(page).to_have_url(re.compile("from=.*to="))
    assert 0 < entries(page) < everything


def test_searching_for_a_name_and_for_words(page: Page) -> None:
    visit(page, "/")
    page.locator("header input[type=search]").fill("Mistral")
    page.locator("header input[type=search]").press("Enter")
    expect(page.locator("#results .entity-card h2 a")).to_have_text("Mistral AI")
    expect(page.locator("#results mark").first).to_be_visible()
    page.locator("#results .teaser h2 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    visit(page, "/search?q=zebrafish")
    expect(page.get_by_text("Nothing has all of these words.")).to_be_visible()


def test_a_link_to_a_sentence_leads_to_it(page: Page) -> None:
    visit(page, "/timeline?entity=openai&type=departure")
    page.locator(".row:not(.of-story) .what a").first.click()
    expect(page).to_have_url(re.compile(r"#[sd]\d+$"))
    expect(page.locator("span:target")).to_be_in_viewport()


@pytest.mark.parametrize(
    "path", ["/", "/timeline", "/entities/meta", "/entities", "/outlets", "/search?q=chips", "/about", "/nowhere"]
)
@pytest.mark.parametrize("width", [360, 768, 1600])
def test_no_page_scrolls_sideways(browser: Browser, site: str, path: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 800})
    page = context.new_page()
    visit(page, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_keyboard_reaches_search_and_walks_a_timeline(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    visit(page, "/entities/openai")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".row .what a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".row .what a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("header input[type=search]")).to_be_focused()
    page.keyboard.type("j?")
    expect(page.locator("header input[type=search]")).to_have_value("j?")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    context.close()


def test_search_answers_while_one_types(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    visit(page, "/search")
    page.locator(".big-search input").press_sequentially("deepseek", delay=20)
    expect(page.locator("#results .entity-card h2 a")).to_have_text("DeepSeek")
    expect(page).to_have_url(re.compile("q=deepseek"))
    context.close()


def test_a_phone_gets_its_filters_folded(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport=PHONE)
    page = context.new_page()
    visit(page, "/timeline")
    expect(page.get_by_label("When")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_label("When")).to_be_visible()
    context.close()


def test_whoever_doubts_an_entry_sees_what_its_source_says(page: Page) -> None:
    visit(page, "/timeline?entity=openai&type=funding")
    proof = page.locator(".proof").first
    proof.locator("summary").click()
    if ready(page):
        expect(proof.locator("blockquote").first).to_be_visible()
    proof.get_by_role("link", name="Side by side with its sources").click()
    expect(page).to_have_url(re.compile(r"/check#s\d+$"))
    expect(page.locator("li:target blockquote").first).to_be_visible()


def test_what_has_yet_to_happen_does_not_hide_what_has(page: Page) -> None:
    visit(page, "/timeline")
    expect(page.locator(".row .what a >> visible=true").first).to_have_text(
        "Trump lets Nvidia sell H200 chips to approved customers in China"
    )
    page.get_by_text("Planned and expected").click()
    expect(page.locator(".expected .row.planned").first).to_be_visible()
    page.get_by_role("link", name="All that lies ahead").click()
    expect(page).to_have_url(re.compile("from=.*order=oldest"))
    expect(page.locator(".row.planned").first).to_be_visible()


def test_comparing_with_one_more(page: Page) -> None:
    visit(page, "/entities/openai")
    page.get_by_role("link", name=re.compile("^Compare")).click()
    page.get_by_label("Add a name to compare with").fill("Anthropic")
    page.get_by_role("button", name="Add").click()
    expect(page).to_have_url(re.compile("entity=openai&entity=anthropic"))
    expect(page.locator(".lane-heads h2")).to_have_text(["OpenAI", "Anthropic"])
    page.locator(".lane-heads li").first.get_by_role("link", name=re.compile("^remove")).click()
    expect(page.locator(".lane-heads h2")).to_have_text(["Anthropic"])


def test_a_question_typed_as_it_comes_to_mind_is_answered_with_who_says_so(page: Page) -> None:
    visit(page, "/")
    page.locator("header input[type=search]").fill("What happened at Meta's AI group since June 2025?")
    page.locator("header input[type=search]").press("Enter")
    page.get_by_role("link", name="Meta, from June 2025").click()
    expect(page).to_have_url(re.compile(r"/entities/meta\?from=2025-06$"))
    assert entries(page) > 5
    proof = page.locator(".proof").first
    proof.locator("summary").click()
    proof.get_by_role("link", name="Side by side with its sources").click()
    expect(page.locator("li:target blockquote").first).to_be_visible()


def test_a_researcher_takes_every_funding_of_two_years_along(page: Page) -> None:
    visit(page, "/entities/openai")
    choose(page, "Funding")
    expect(page).to_have_url(re.compile("type=funding"))
    open_filters(page)
    page.get_by_label("When").fill("2024 to 2025")
    page.get_by_label("When").press("Enter")
    expect(page).to_have_url(re.compile("from=2024.*to=2025"))
    table = page.request.get(str(page.get_by_role("link", name="table (CSV)").get_attribute("href")))
    rows = list(csv.DictReader(io.StringIO(table.text())))
    assert len(rows) == entries(page) > 0
    assert {row["type"] for row in rows} == {"funding"}


def test_whoever_wonders_about_a_date_learns_what_it_was_inferred_from(page: Page) -> None:
    visit(page, "/entities/meta")
    basis = page.locator(".row details", has_text="Date inferred").first
    basis.locator("summary").click()
    expect(basis).to_contain_text(re.compile("“.+”, read against "))


def test_two_names_without_a_common_story_still_have_common_mentions(page: Page) -> None:
    visit(page, "/compare?entity=openai&entity=anthropic")
    link = page.get_by_role("link", name=re.compile(r"^\d+ stories name both$"))
    count = int(link.inner_text().split()[0])
    link.click()
    assert entries(page) == count


def test_a_phone_keeps_a_name_on_its_watch_list(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    visit(page, "/entities/meta")
    page.get_by_role("button", name="Watch Meta").tap()
    page.goto("/watch")
    expect(page.locator(".watched h2")).to_have_text("Meta")
    context.close()
