"""Static files under names that change with their content."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.resources import resource_dir
from app.web.static import StaticFiles, minified


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


def test_scripts_import_each_other_under_names_that_may_be_kept(directory: Path) -> None:
    (directory / "js").mkdir()
    (directory / "js/a.js").write_text('import "./b.js";\nimport { one, two } from "./c.js";\nconst text = "./b.js";')
    (directory / "js/b.js").write_text("import {\n  one,\n} from './c.js';")
    (directory / "js/c.js").write_text("export const one = 1, two = 2;")
    before, client = serve(directory)
    text = client.get(before.url("js/a.js")).text
    assert f'import "{before.url("js/b.js")}";' in text
    assert f'import {{ one, two }} from "{before.url("js/c.js")}";' in text
    assert 'const text = "./b.js";' in text
    (directory / "js/c.js").write_text("export const one = 2, two = 1;")
    after, _ = serve(directory)
    assert all(before.url(f"js/{name}.js") != after.url(f"js/{name}.js") for name in "abc")


def test_own_scripts_stay_small() -> None:
    scripts = list((resource_dir("static") / "js").glob("*.js"))
    assert len(scripts) > 3
    assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts) <= 6 * 1024


@pytest.mark.parametrize(
    ("css", "less"),
    [
        ("a { color: red; }\n\nb > c,\nd { margin: 0 1px }\n", "a{color:red}b>c,d{margin:0 1px}"),
        ("/* a { } */ a :hover { width: calc(1px + 2px); } /* end */", "a :hover{width:calc(1px + 2px)}"),
        ('a::after { content: " /* ; */  > "; }', 'a::after{content:" /* ; */  > "}'),
        ("a::after { content: '\\'  {'; }", "a::after{content:'\\'  {'}"),
        ("a { background: url(x  y) } /* ' */ b { --x: 1 }", "a{background:url(x  y)}b{--x:1}"),
        ("a b/**/ c { }", "a b c{}"),
    ],
)
def test_a_style_sheet_is_served_without_what_it_does_not_need(css: str, less: str) -> None:
    assert minified(css) == less
