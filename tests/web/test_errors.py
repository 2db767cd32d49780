"""Pages for what is not there, cannot be read, or went wrong."""

from __future__ import annotations

import logging
import re

import pytest
from starlette.testclient import TestClient

from app.web.pages import about
from tests.support.stories import make_story

STORY = make_story(7)
ADDRESS = f"/stories/{STORY.public_id}/halcyon-story-7"


def suggestions(html: str) -> list[str]:
    match = re.search(r'<section class="nearest".*?</section>', html, re.DOTALL)
    return re.findall(r'href="([^"]*)"', match[0]) if match else []


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/halcyon-labs", "/entities/halcyon-labs"),
        ("/entities/halcyon-lab", "/entities/halcyon-labs"),
        ("/entities/halycon-labs", "/entities/halcyon-labs"),
        ("/people/ines-okafor.html", "/entities/ines-okafor"),
        ("/timelines", "/timeline"),
        (f"/stories/{STORY.public_id[:6]}", f"/stories/{STORY.public_id}/{STORY.slug}"),
        ("/2025/halycon-turbines", f"/stories/{make_story(37).public_id}/"),
    ],
)
def test_an_address_with_nothing_suggests_what_is_near(client: TestClient, path: str, meant: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert any(url.startswith(meant) for url in suggestions(response.text)), suggestions(response.text)


@pytest.mark.parametrize(
    "path", ["/zq", "/" + "x" * 3000, "/%00", "/stories/" + "-" * 500, "/entities/%F0%9F%98%80", "/a/b/c/d/e/f"]
)
def test_what_is_like_nothing_suggests_nothing_and_is_no_error(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404 and suggestions(response.text) == []


def test_a_failure_is_sorry_and_gives_a_number_that_is_logged(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_connection: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(about, "store_size", fail)
    with caplog.at_level(logging.ERROR, "dateline.web"):
        response = client.get("/about?fresh=1")
    assert response.status_code == 500
    assert "We are sorry" in response.text and "secret" not in response.text
    number = re.search(r"<code>([0-9a-f]{8})</code>", response.text)
    assert number and number[1] in caplog.text and "secret of the house" in caplog.text


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/search?page=soon", "“page” must be a whole number"),
        ("/search?page=1000", "“page” must be 100 or less"),
        (f"/search?q={'x' * 1001}", "“q” is too long: 1,000 characters are the most"),
        (f"{ADDRESS}.bib?sources=perhaps", "“sources” must be 1 or 0"),
    ],
)
def test_wrong_parameters_are_explained_in_plain_words(client: TestClient, path: str, says: str) -> None:
    response = client.get(path)
    assert response.status_code == 400 and says in response.text
