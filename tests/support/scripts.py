"""The scripts of a page come after its first paint; whoever wants to see what they do waits for them."""

from __future__ import annotations

from playwright.sync_api import Page, Response

#: Importing the same module again waits until it has run; htmx takes up the page in a task after that.
_READY = """async () => {
    if (!matchMedia("(scripting: enabled)").matches) return false;
    const [, entry] = document.querySelector("head > script[type=module]").textContent.match(/"([^"]+)"/);
    await import(entry);
    await new Promise(done => setTimeout(done));
    return true;
}"""


def ready(page: Page) -> bool:
    """Wait for the page and its scripts; whether there is scripting at all."""
    page.wait_for_load_state()
    return bool(page.evaluate(_READY))


def visit(page: Page, address: str) -> Response | None:
    """Go to a page, and wait for its scripts."""
    response = page.goto(address)
    ready(page)
    return response
