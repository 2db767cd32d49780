"""The search page: what was found, what it could be narrowed to, what was meant."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient


def results(html: str) -> list[str]:
    return re.findall(r'<h2 dir="auto"><a href="/stories/[^"]*">([^<]*)</a>', html)


def links_of(html: str, part: str) -> dict[str, str]:
    return {text: href.replace("&amp;", "&") for href, text in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part)}


def facets(html: str) -> dict[str, str]:
    match = re.search(r'<aside aria-label="Narrow the search">(.*?)</aside>', html, re.DOTALL)
    return links_of(html, match[1]) if match else {}


def test_an_exact_name_leads_with_its_card(client: TestClient) -> None:
    html = client.get("/search?q=halcyon").text
    card = re.search(r'<section class="entity-card".*?</section>', html, re.DOTALL)
    assert card and "An invented laboratory." in card[0] and html.index(card[0]) < html.index("data-say")
    assert links_of(html, card[0])["Halcyon Labs"] == "/entities/halcyon-labs"
    assert links_of(html, card[0])["Only stories about it"] == "/search?q=entity%3Ahalcyon-labs"
    assert 'class="entity-card"' not in client.get("/search?q=halcyo").text
    for typed in ("rover+4", "Rover-4", "rover4", "ROVER++4"):
        assert 'class="entity-card"' in client.get(f"/search?q={typed}").text, typed


def test_the_page_says_how_results_are_ordered(client: TestClient) -> None:
    assert "the most relevant first" in client.get("/search?q=halcyon").text
    assert "the newest first" in client.get("/search?q=category:technology").text


def test_facets_narrow_by_what_they_count(client: TestClient) -> None:
    html = client.get("/search?q=halcyon").text
    counts = dict(re.findall(r"<li><a[^>]*>([^<]*)</a> <b>(\d+)</b>", html))
    narrowed = facets(html)
    for value in ("Technology", "Rover 4"):
        html = client.get(narrowed[value]).text
        assert re.search(r"data-say>(\d+) stor", html)[1] == counts[value], value  # type: ignore[index]


def test_what_a_search_is_narrowed_to_can_be_taken_off(client: TestClient) -> None:
    html = client.get('/search?q=halcyon "story 3" category:technology from:2025').text
    chips = re.search(r'<ul class="chips" aria-label="Narrowed to">(.*?)</ul>', html, re.DOTALL)
    assert chips
    taken_off = links_of(html, chips[1])
    assert taken_off["Category: technology ×"] == "/search?q=halcyon+%22story+3%22+from%3A2025"
    assert set(taken_off) == {"Category: technology ×", "From: 2025 ×"}


def test_what_was_meant_is_one_link_away(client: TestClient) -> None:
    html = client.get("/search?q=Halycon").text
    assert "Nothing has all of these words." in html
    assert '<a href="/search?q=halcyon"><b>halcyon</b></a>' in html
    assert results(client.get("/search?q=halcyon").text)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("type:nonsense", "Types of events are: launch, release"),
        ("from:soon", "Dates are written <code>2025</code>"),
        ("entity:nobody", "Nothing here is called <code>entity:nobody</code>"),
        ("outlet:<b>", "<code>outlet:&lt;b&gt;</code>"),
        ("xyzzyq", "Try fewer of them"),
    ],
)
def test_nothing_found_says_why_and_what_to_do(client: TestClient, query: str, says: str) -> None:
    html = client.get("/search", params={"q": query}).text
    assert says in html and not results(html)


def test_the_first_visit_explains_the_operators(client: TestClient) -> None:
    html = client.get("/search").text
    assert '<details class="how operators" id="operators" open>' in html
    for operator in ('"closed model"', "-chips", "entity:meta", "type:funding", "from:2025-06", "outlet:", "category:"):
        assert operator.replace('"', "&#34;") in html or operator in html


def test_while_one_types_only_the_results_are_sent(client: TestClient) -> None:
    whole = client.get("/search?q=halcyon")
    part = client.get("/search?q=halcyon", headers={"hx-request": "true", "hx-target": "section#results"})
    assert part.text.lstrip().startswith('<section id="results"') and len(part.text) < len(whole.text)
    assert results(part.text) == results(whole.text)
    assert "HX-Target" in part.headers["vary"]


@pytest.mark.parametrize(
    ("typed", "names", "address"),
    [
        (
            "what happened at Halcyon's laboratory since June 2025?",
            "Halcyon Labs, from June 2025",
            "/entities/halcyon-labs?from=2025-06",
        ),
        ("halcyon seit Juni 2025", "Halcyon Labs, from June 2025", "/entities/halcyon-labs?from=2025-06"),
        (
            "Rover 4 and halcyon labs in 2025",
            "Rover 4 and Halcyon Labs, 2025",
            "/timeline?entity=rover-4&entity=halcyon-labs&from=2025&to=2025",
        ),
        ("did halcyon zebrafish", "Halcyon Labs", "/entities/halcyon-labs"),
    ],
)
def test_a_question_is_answered_with_its_timeline(client: TestClient, typed: str, names: str, address: str) -> None:
    html = client.get("/search", params={"q": typed}).text
    section = re.search(r'<section class="entity-card" aria-labelledby="asked">.*?</section>', html, re.DOTALL)
    assert section and links_of(html, section[0]) == {names: address}
    told = re.search(r"<p>(\d+) entr", section[0])
    assert told and f"{told[1]} entr" in client.get(address).text


@pytest.mark.parametrize("typed", ["halcyon", "halcyon since June 1990 until July 1990", "zebrafish since 2024", "2025", "may 5"])
def test_what_is_no_question_gets_no_answer(client: TestClient, typed: str) -> None:
    assert 'id="asked"' not in client.get("/search", params={"q": typed}).text


def test_search_engines_list_the_form_and_not_the_results(client: TestClient) -> None:
    form, results = (client.get(path).text for path in ("/search", "/search?q=halcyon"))
    assert 'name="description"' in form and "noindex" not in form
    assert '<meta name="robots" content="noindex">' in results
