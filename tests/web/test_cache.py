"""Pages that were made once, and when they are made anew."""

from __future__ import annotations

import gzip

import brotli
import pytest
from starlette.testclient import TestClient

from app.config import Settings
from app.store.engine import Store
from app.web.application import create_app
from app.web.templating import Templates
from tests.support.stories import make_story, store_stories


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, database_url: str) -> list[str]:
    """The templates that were rendered, in order, on a site of one's own that has not made any yet."""
    names: list[str] = []
    original = Templates.page

    def page(self: Templates, request: object, name: str, *arguments: object, **options: object) -> object:
        names.append(name)
        return original(self, request, name, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Templates, "page", page)
    return names


def test_a_page_is_made_once(client: TestClient, made: list[str]) -> None:
    first, second = client.get("/timeline"), client.get("/timeline")
    assert first.text == second.text
    assert made == ["pages/timeline.html"]


def test_an_import_makes_pages_anew(client: TestClient, database_url: str, made: list[str]) -> None:
    client.get("/timeline?type=story")
    with Store(database_url) as store:
        store_stories(store, make_story(200, title="Something entirely new"))
    assert "Something entirely new" in client.get("/timeline?type=story").text
    assert len(made) == 2


def test_the_address_and_the_part_asked_for_are_kept_apart(client: TestClient) -> None:
    page = client.get("/timeline")
    part = client.get("/timeline", headers={"HX-Request": "true", "HX-Target": "div#explorer"})
    assert page.text.startswith("<!doctype html>")
    assert part.text.startswith('<div id="explorer"')
    assert client.get("/timeline").text == page.text
    assert client.get("/timeline?type=launch").text != page.text


def test_who_has_the_page_gets_no_second_copy(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0, gzip", "gzip"), ("", None)]
)
def test_pages_are_compressed_as_the_client_likes(client: TestClient, accepted: str, encoding: str | None) -> None:
    plain = client.get("/about", headers={"accept-encoding": "identity"})
    with client.stream("GET", "/about", headers={"accept-encoding": accepted}) as response:
        raw = b"".join(response.iter_raw())
        assert response.headers.get("content-encoding") == encoding
        assert int(response.headers["content-length"]) == len(raw)
        assert "accept-encoding" in response.headers["vary"]
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(raw) == plain.content


def test_errors_and_redirections_are_not_kept(client: TestClient, database_url: str, made: list[str]) -> None:
    story = make_story(201)
    assert client.get(f"/stories/{story.public_id}/{story.slug}").status_code == 404
    with Store(database_url) as store:
        store_stories(store, story)
    assert client.get(f"/stories/{story.public_id}/{story.slug}").status_code == 200
    assert client.get(f"/stories/{story.public_id}", follow_redirects=False).status_code == 308


def test_the_page_of_an_error_is_compressed_but_has_no_tag_to_be_kept_by(client: TestClient) -> None:
    answer = client.get("/nowhere", headers={"accept-encoding": "br"})
    assert (answer.status_code, answer.headers["content-encoding"], "etag" in answer.headers) == (404, "br", False)
    assert "Not here" in answer.text


def test_head_has_the_headers_of_the_page_and_no_body(client: TestClient) -> None:
    head, get = client.head("/about"), client.get("/about")
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == get.headers["content-length"]
    assert client.head("/nowhere").status_code == 404
    assert client.head("/nowhere").content == b""


def test_a_cache_without_room_keeps_nothing_and_still_answers(database_url: str, client: TestClient, made: list[str]) -> None:
    settings = Settings(database_url=database_url, page_cache_bytes=0)
    with TestClient(create_app(settings)) as without:
        assert without.get("/about").text == without.get("/about").text
    assert len(made) == 2


def test_the_oldest_pages_give_way_to_new_ones(database_url: str, client: TestClient, made: list[str]) -> None:
    room = len(client.get("/about").content) * 3
    with TestClient(create_app(Settings(database_url=database_url, page_cache_bytes=room))) as small:
        made.clear()
        for path in ("/about", "/search", "/about", "/outlets", "/entities", "/timeline", "/about"):
            small.get(path)
    assert made.count("pages/about.html") == 2
