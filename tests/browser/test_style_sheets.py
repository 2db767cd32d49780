"""Pages carry the style sheets that they need, and no page lacks one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.resources import resource_dir
from app.web.static import minified
from tests.support.visits import visits

#: The rules of the sheets given that something on the page answers to, states of the pointer and keyboard left aside.
MATCHING = """sheets => {
    const states = /::?(before|after|marker|hover|focus-visible|focus|active|backdrop|target|popover-open|details-content)\\\\b/g;
    const matching = rules => [...rules].flatMap(rule => {
        const nested = rule.cssRules ? matching(rule.cssRules) : [];
        if (!(rule instanceof CSSStyleRule)) return nested;
        return document.querySelector(rule.selectorText.replace(states, "")) ? [rule.selectorText, ...nested] : nested;
    });
    return Object.entries(sheets).flatMap(([name, text]) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return matching(sheet.cssRules).map(selector => `${name}: ${selector}`);
    });
}"""
#: What a sheet says only to undo what another, which the page lacks too, has said.
UNDONE = {"findings: .count .meta"}


def sheets() -> dict[str, str]:
    return {path.stem: minified(path.read_text()) for path in Path(resource_dir("static") / "css").glob("*.css")}


def test_no_page_lacks_a_style_sheet(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    lacking = {}
    for name, path in visits(site).items():
        page.goto(path)
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        carried = page.evaluate("[...document.querySelectorAll('style')].map(style => style.textContent.slice(-200))")
        absent = {sheet: text for sheet, text in sheets().items() if not any(text.endswith(end) for end in carried)}
        if found := set(page.evaluate(MATCHING, absent)) - UNDONE:
            lacking[name] = found
    assert lacking == {}
    context.close()


@pytest.mark.parametrize("sheet", sorted(resource_dir("static").glob("css/*.css")), ids=lambda path: path.stem)
def test_a_browser_reads_the_same_rules_in_what_is_served(browser: Browser, sheet: Path) -> None:
    page = browser.new_page()
    read = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); return [...sheet.cssRules].map(rule => rule.cssText).join('') }"
    written, served = (
        re.sub(r"([,:])\s", r"\1", page.evaluate(read, css)) for css in (sheet.read_text(), minified(sheet.read_text()))
    )
    page.close()
    assert served == written != ""
