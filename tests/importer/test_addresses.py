"""Web addresses."""

from __future__ import annotations

import pytest

from app.importer.addresses import story_page_id, title_from_address, web_address


@pytest.mark.parametrize("text", ["https://a.example/", " http://a.example:8080/x?y=z#w ", "HTTPS://A.example/%20"])
def test_web_addresses_are_accepted(text: str) -> None:
    assert web_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        *[
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.example/",
            "/a",
            "a.example",
            "https://",
            "https:///a",
            "mailto:a@b.example",
        ],
        *["https://a.example/a b", "https://a.example/\nb", 'https://a.example/"x', "https://[::1", "https://a.example:port/"],
        "https://a.example/" + "a" * 2000,
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="address"):
        web_address(text)


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://a.example/news-story/some-slug-22416", "22416"),
        ("https://a.example/news-story/some-slug-22416/", "22416"),
        ("https://a.example/news-story/22416", "22416"),
        ("https://a.example/news-story/some-slug", None),
        ("https://a.example/tools/some-slug-1", None),
    ],
)
def test_the_id_in_the_address_of_a_story_page(address: str, number: str | None) -> None:
    assert story_page_id(address) == number


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://a.example/news-story/open-ai-and-soft-bank-talk-at-fledge-i-o-123", "OpenAI and SoftBank talk at fledge I/O"),
        ("https://a.example/2025/11/kestrel_ships_its-model.html?x=1", "Kestrel ships its model"),
        ("https://a.example/gr%C3%B6%C3%9Fe-z%C3%A4hlt", "Größe zählt"),
        ("https://a.example/2025/11/17", None),
        ("https://a.example/story", None),
        ("https://a.example/", None),
    ],
)
def test_a_title_from_an_address(address: str, title: str | None) -> None:
    assert title_from_address(address) == title
