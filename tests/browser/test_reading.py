"""Reading, checking, citing and finding again, in a real browser, with scripting and without."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.scripts import ready, visit


def open_a_story(page: Page) -> None:
    visit(page, "/search?q=hinton")
    page.locator("#results .teaser h2 a").first.click()
    expect(page.locator(".sources")).to_be_visible()
    ready(page)


def test_citing_a_story(page: Page) -> None:
    open_a_story(page)
    page.get_by_text("Cite", exact=True).click()
    expect(page.locator("#citation")).to_contain_text("?revision=1")
    copy = page.locator("#cite").get_by_role("button", name="Copy").first
    if ready(page):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy.click()
        expect(page.locator("#cite").get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()
    else:
        expect(copy).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").first.click()
    assert re.fullmatch(r"dateline-\w{10}\.bib", download.value.suggested_filename)


def test_sharing_one_sentence(page: Page) -> None:
    open_a_story(page)
    visit(page, page.url + "#s3")
    expect(page.locator("#s3")).to_be_in_viewport()
    page.get_by_text("Share", exact=True).click()
    ending = "#s3" if ready(page) else ""
    expect(page.locator("#permanent")).to_have_text(re.compile(r"\?revision=1" + ending + "$"))
    expect(page.locator("#cite p").first).to_be_hidden()


def test_from_a_source_back_to_the_sentence_that_rests_on_it(page: Page) -> None:
    open_a_story(page)
    page.locator(".sources .rests a").first.click()
    expect(page).to_have_url(re.compile(r"#[sd]\d+$"))
    expect(page.locator("span:target")).to_be_in_viewport()


def test_a_citation_shows_the_passage_that_its_sentence_rests_on(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    open_a_story(page)
    back = page.locator(".sources .rests a").first
    sentence, passage = str(back.get_attribute("href")), back.locator("xpath=ancestor::blockquote").inner_text()
    page.locator(f"{sentence} .cite").first.hover()
    expect(page.locator(".card blockquote")).to_have_count(1)
    assert page.locator(".card blockquote").inner_text().strip() in passage
    context.close()


def test_checking_a_claim_against_its_source(page: Page) -> None:
    visit(page, "/")
    page.locator(".briefs h3 a").first.click()
    expect(page.locator(".finding .versus, .finding .matter").first).to_be_visible()
    page.get_by_role("link", name="Side by side").first.click()
    expect(page.locator(".parallel > li:target")).to_be_in_viewport()
    first = page.locator("[data-finding]").first
    if ready(page):
        page.keyboard.press("n")
        expect(first).to_be_focused()
    sentence = page.locator(".parallel > li", has=page.locator(".found")).first
    expect(sentence.locator(".said")).to_be_visible()
    sentence.get_by_role("link", name=re.compile("entence")).click()
    expect(page).to_have_url(re.compile(r"/stories/\w{10}/[^/]+#[sd]\d+$"))
    expect(page.locator("span:target")).to_be_in_viewport()


def test_a_story_prints_as_a_clean_sheet(page: Page) -> None:
    open_a_story(page)
    page.emulate_media(media="print")
    for gone in ("header.site nav", "header.site form", "footer.site", "aside", ".use", ".rests"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".sources li").last).to_be_visible()
    expect(page.locator(".print-only")).to_have_text(re.compile(r"^http.*\?revision=1$"))


def test_narrowing_a_search_step_by_step(page: Page) -> None:
    visit(page, "/search?q=openai")
    expect(page.locator(".entity-card h2")).to_contain_text("OpenAI")
    facet = page.get_by_role("complementary", name="Narrow the search").get_by_role("link", name="Policy and Regulation")
    facet.click()
    expect(page).to_have_url(re.compile("category"))
    expect(page.locator(".chips .on")).to_have_text(re.compile("policy-and-regulation"))
    narrowed = page.locator("#results .teaser").count()
    assert 0 < narrowed < 20
    page.locator(".chips .on a").click()
    expect(page.locator(".chips .on")).to_have_count(0)


def test_a_slip_of_the_finger_is_understood(page: Page) -> None:
    visit(page, "/search?q=anthropci+settlement")
    page.get_by_role("link", name="anthropic settlement").click()
    expect(page.locator("#results .teaser").first).to_be_visible()


def test_a_broken_link_leads_to_the_story_after_all(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    open_a_story(page)
    title, address = page.locator("h1").inner_text(), page.url
    assert visit(page, address[:-12].replace("/stories/", "/stories/x")).status == 404  # type: ignore[union-attr]
    page.locator(".nearest").get_by_role("link", name=" ".join(title.split())).click()
    expect(page).to_have_url(address)
    context.close()


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
@pytest.mark.parametrize("width", [320, 360, 390, 560])
def test_the_menu_of_a_phone_has_no_line_with_one_word(browser: Browser, site: str, width: int, language: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 700}, locale=language)
    page = context.new_page()
    visit(page, "/timeline")
    boxes = [link.bounding_box() for link in page.locator("header.site nav a:not([data-watch-list])").all()]
    lines = Counter(round(box["y"]) for box in boxes if box)
    assert set(lines.values()) in ({3}, {6})
    brand, watch = page.locator(".brand").bounding_box(), page.locator("header.site [data-watch-list]").bounding_box()
    assert brand and watch
    assert watch["x"] > brand["x"] + brand["width"] and watch["y"] < min(lines) - watch["height"] / 2
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
