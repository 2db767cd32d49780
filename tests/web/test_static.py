"""Static files under names that change with their content."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.web.static import StaticFiles


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/a.woff2").write_bytes(b"font")
    (tmp_path / "css/site.css").write_text("@font-face { src: url('../fonts/a.woff2') } " + "a {} " * 200)
    return tmp_path


def serve(directory: Path) -> tuple[StaticFiles, TestClient]:
    static = StaticFiles(directory)
    app = Starlette()
    app.mount("/static", static)
    return static, TestClient(app)


def test_a_hashed_name_may_be_kept_for_ever(directory: Path) -> None:
    static, client = serve(directory)
    response = client.get(static.url("fonts/a.woff2"))
    assert response.content == b"font"
    assert "immutable" in response.headers["cache-control"]
    assert client.get("/static/fonts/a.woff2").headers["cache-control"] == "no-cache"


def test_a_changed_file_has_another_name_and_so_has_what_refers_to_it(directory: Path) -> None:
    before, _ = serve(directory)
    (directory / "fonts/a.woff2").write_bytes(b"another font")
    after, client = serve(directory)
    assert before.url("fonts/a.woff2") != after.url("fonts/a.woff2")
    assert before.url("css/site.css") != after.url("css/site.css")
    assert after.url("fonts/a.woff2") in client.get(after.url("css/site.css")).text


def test_text_is_compressed_as_the_browser_likes(directory: Path) -> None:
    static, client = serve(directory)
    url = static.url("css/site.css")
    with client.stream("GET", url, headers={"accept-encoding": "gzip, br"}) as response:
        assert response.headers["content-encoding"] == "br"
        assert b"font-face" in brotli.decompress(b"".join(response.iter_raw()))
    assert "content-encoding" not in client.get(url, headers={"accept-encoding": "identity"}).headers


def test_an_unchanged_file_is_not_sent_again(directory: Path) -> None:
    static, client = serve(directory)
    etag = client.get(static.url("css/site.css")).headers["etag"]
    again = client.get(static.url("css/site.css"), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["../secret", "%2e%2e/secret", "css", "", "css/site.0000000000.css"])
def test_nothing_else_is_served(directory: Path, path: str) -> None:
    (directory.parent / "secret").write_text("secret")
    assert serve(directory)[1].get(f"/static/{path}").status_code == 404


def test_a_missing_file_is_an_error_where_it_is_named(directory: Path) -> None:
    with pytest.raises(KeyError):
        StaticFiles(directory).url("css/none.css")
