"""Pages as a reader without scripting gets them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from app.store.engine import Store
from tests.support.stories import make_story, store_stories
from tests.web.conftest import HOSTILE

STORY = make_story(7)
PAGES = [
    "/",
    "/timeline",
    "/entities",
    "/entities?kind=person&initial=I",
    "/entities/halcyon-labs",
    "/outlets",
    "/outlets/the-sample-wire",
    "/categories/technology",
    "/search",
    "/search?q=halcyon",
    "/about",
    f"/stories/{STORY.public_id}/history",
]


def hrefs(html: str) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*)"', html)]


def rows(html: str) -> list[str]:
    return re.findall(r'<p class="what"><a href="([^"]*)"', html)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_and_every_link_on_it_leads_somewhere(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    for href in set(hrefs(response.text)):
        if href.startswith("/"):
            assert client.get(href).status_code == 200, href
        elif href.startswith("#"):
            assert f'id="{href[1:]}"' in response.text, href


def test_a_story_page_links_each_marker_to_its_source(client: TestClient) -> None:
    response = client.get(f"/stories/{STORY.public_id}")
    assert response.status_code == 200
    markers = re.findall(r'<a class="cite([^"]*)" href="#source-(\d+)"', response.text)
    assert markers == [("", "1"), (" inferred", "1")]
    assert 'id="source-1"' in response.text
    assert 'id="s1"' in response.text and 'id="p1"' in response.text
    assert "The Sample Wire" in response.text


def test_the_short_and_the_wrong_address_of_a_story_lead_to_the_right_one(client: TestClient) -> None:
    short = client.get(f"/stories/{STORY.public_id}", follow_redirects=False)
    assert (short.status_code, short.headers["location"]) == (308, f"/stories/{STORY.public_id}/{STORY.slug}")
    wrong = client.get(f"/stories/{STORY.public_id}/an-older-title?revision=1", follow_redirects=False)
    assert wrong.headers["location"] == f"/stories/{STORY.public_id}/{STORY.slug}?revision=1"


def test_an_older_revision_stays_at_its_address_and_says_that_it_is_old(client: TestClient, database_url: str) -> None:
    with Store(database_url) as store:
        store_stories(store, make_story(7, title="A new title", sentence="Another sentence altogether."))
    current = client.get(f"/stories/{STORY.public_id}")
    older = client.get(f"/stories/{STORY.public_id}?revision=1")
    assert "Another sentence altogether." in current.text and "This is revision" not in current.text
    assert "left Halcyon Labs on that day" in older.text and "This is revision 1" in older.text
    history = client.get(f"/stories/{STORY.public_id}/history")
    assert "Revision 2" in history.text and "Revision 1" in history.text


def test_text_from_documents_is_escaped_wherever_it_appears(client: TestClient) -> None:
    paths = [
        "/",
        "/timeline",
        "/outlets",
        "/search?q=alert",
        f"/stories/{make_story(90).public_id}",
        "/entities/ines-okafor",
    ]
    for path in paths:
        html = client.get(path).text
        assert "<script>alert" not in html, path
        assert "60432729" not in html, path
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(f"/stories/{make_story(90).public_id}").text
    assert HOSTILE not in client.get("/").text


def test_a_timeline_pages_by_links_through_everything(client: TestClient) -> None:
    seen: list[str] = []
    path: str | None = "/entities/halcyon-labs"
    while path:
        html = client.get(path).text
        seen += rows(html)
        path = next((href for href in hrefs(html) if "before=" in href), None)
    # 38 dated stories with an event each, the hostile one with its own, none of the undated one
    assert len(seen) == 2 * 39
    assert len(set(seen)) == len(seen)


def test_going_later_again_gives_the_page_that_was_left(client: TestClient) -> None:
    first = client.get("/timeline")
    second = client.get(next(href for href in hrefs(first.text) if "before=" in href))
    back = client.get(next(href for href in hrefs(second.text) if "after=" in href))
    assert rows(back.text) == rows(first.text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("type=launch", 13),
        ("entity=rover-4", 26),
        ("entity=rover-4&type=story", 13),
        ("entity=rover-4&entity=ines-okafor", 0),
        ("kind=person&type=story", 26),
        ("category=policy-and-regulation&type=story", 10),
        ("from=2025-02", 7 + 4 + 2),
        ("to=2024", 3),
        ("from=2025-01-05&to=2025-01-05", 2),
    ],
)
def test_the_address_is_the_filter(client: TestClient, query: str, expected: int) -> None:
    html = client.get(f"/timeline?{query}").text
    count = re.search(r"data-say>(\d+) entr", html)
    assert count is not None and int(count[1]) == expected


def test_a_chip_takes_its_filter_away_and_keeps_the_others(client: TestClient) -> None:
    html = client.get("/timeline?entity=rover-4&type=launch&from=2025").text
    assert "/timeline?type=launch&from=2025" in hrefs(html)
    assert "/timeline?entity=rover-4&from=2025" in hrefs(html)
    assert "/timeline?entity=rover-4&type=launch" in hrefs(html)


def test_bars_of_the_histogram_narrow_the_range(client: TestClient) -> None:
    html = client.get("/timeline").text
    bar = next(href for href in hrefs(html) if "from=" in href and "to=" in href)
    assert client.get(bar).status_code == 200
    assert 0 < len(rows(client.get(bar).text)) < 80


def test_an_unknown_name_in_the_address_matches_nothing_and_says_so(client: TestClient) -> None:
    html = client.get("/timeline?entity=nobody").text
    assert re.search(r"names something that is not here: <a [^>]*>nobody</a>", html)
    assert rows(html) == []


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/timeline?from=soon", "from=soon is not a date"),
        ("/timeline?from=2026&to=2025", "is later than"),
        ("/timeline?type=nonsense", "type=nonsense is not known"),
        ("/timeline?before=nonsense", "is not a place in this timeline"),
        ("/entities?kind=nonsense", "kind=nonsense is not known"),
        ("/outlets/the-sample-wire?before=x", "is not a place in this timeline"),
        ("/search?q=x&page=0", "“page” must be 1 or more"),
        (f"/stories/{STORY.public_id}/x?revision=0", "“revision” must be 1 or more"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(client: TestClient, path: str, says: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert says in response.text.replace("&#39;", "'")


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/stories/0000000000",
        "/stories/0000000000/x",
        "/entities/nobody",
        "/outlets/none",
        "/categories/none",
        "/static/none.css",
    ],
)
def test_what_is_not_there_is_a_page_with_a_way_on(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Not here" in response.text and 'href="/timeline"' in response.text


def test_a_revision_that_does_not_exist_is_not_found(client: TestClient) -> None:
    response = client.get(f"/stories/{STORY.public_id}/{STORY.slug}?revision=9")
    assert response.status_code == 404
    assert "no revision 9" in response.text


def test_a_failure_is_a_page_with_a_number_and_without_details(client: TestClient, database_url: str) -> None:
    with Store(database_url) as store, store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE outlets RENAME TO outlets_away")
    response = client.get("/outlets")
    assert response.status_code == 500
    assert re.search(r"<code>[0-9a-f]{8}</code>", response.text)
    assert "outlets_away" not in response.text and "Traceback" not in response.text


def test_undated_stories_are_listed_apart_and_marked(client: TestClient) -> None:
    assert "A story of unknown date" in client.get("/timeline").text.partition("Undated")[2]
    assert "Date unknown" in client.get(f"/stories/{make_story(91).public_id}").text


def test_htmx_gets_the_part_that_it_asks_for(client: TestClient) -> None:
    headers = {"HX-Request": "true", "HX-Target": "div#explorer"}
    part = client.get("/timeline?type=launch", headers=headers)
    assert '<div id="explorer"' in part.text and "<!doctype" not in part.text
    assert part.headers["hx-push-url"] == "/timeline?type=launch"
    assert "HX-Request" in part.headers["vary"]
    restored = client.get("/timeline?type=launch", headers=headers | {"HX-History-Restore-Request": "true"})
    assert restored.text.startswith("<!doctype html>")
    results = client.get("/search?q=halcyon", headers={"HX-Request": "true", "HX-Target": "section#results"})
    assert results.text.lstrip().startswith('<section id="results"')


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("when=Q1+2025", "from=2025&to=2025-03"),
        ("when=since+2025-01-03&name=&type=launch", "type=launch&from=2025-01-03"),
        ("name=rover&entity=halcyon-labs", "entity=halcyon-labs&entity=rover-4"),
        ("name=&when=", ""),
    ],
)
def test_what_is_typed_leads_to_the_address_that_says_it(client: TestClient, typed: str, meant: str) -> None:
    response = client.get(f"/timeline?{typed}", follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == ("/timeline?" + meant).rstrip("?")


def test_more_rows_follow_those_that_are_there(client: TestClient) -> None:
    def followed(part: str) -> list[str]:
        return rows(client.get(part, headers={"HX-Request": "true", "HX-Target": "p#more"}).text)

    first = client.get("/timeline")
    more = re.search(r'href="([^"]*)"[^>]*hx-get="([^"]*)"[^>]*hx-replace-url="([^"]*)"', first.text)
    assert more
    page, part, both = (link.replace("&amp;", "&") for link in more.groups())
    assert rows(client.get(page).text) == followed(part)
    assert rows(client.get(both).text) == rows(first.text) + followed(part)


def test_every_value_of_the_form_counts_the_entries_that_it_leads_to(client: TestClient) -> None:
    form = client.get("/timeline?from=2025-01-10").text
    values = re.findall(r'name="(\w+)" value="([^"]*)"> [^<]*<span class="n">(\d+)<', form)
    assert {name for name, _, _ in values} == {"type", "kind", "outlet", "category"}
    for name, value, count in values:
        narrowed = client.get("/timeline", params={"from": "2025-01-10", name: value}).text
        assert f"data-say>{count} entr" in narrowed, (name, value)


def test_names_are_suggested_while_they_are_typed(client: TestClient) -> None:
    assert 'value="Rover 4"' in client.get("/entities/suggest?name=rov").text
    assert client.get("/entities/suggest?name=").text.strip() == ""


def test_an_outlet_and_a_thread_have_the_same_timeline(client: TestClient) -> None:
    html = client.get("/outlets/the-sample-wire?type=launch").text
    assert rows(html) and 'id="explorer"' in html


def test_search_finds_names_titles_and_says_its_order(client: TestClient) -> None:
    html = client.get("/search?q=halcyon").text
    assert 'href="/entities/halcyon-labs"' in html
    assert "most relevant first" in html
    assert re.search(r"<mark>Halcyon</mark>", html)
    assert "Nothing has all of these words" in client.get("/search?q=zebra").text


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/nowhere", "/static/css/base.css", "/healthz"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_health_follows_the_store(client: TestClient, database_url: str) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").text.startswith("ok")
    with Store(database_url) as store, store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE store_state RENAME TO state_away")
    assert client.get("/readyz").status_code == 503


def test_the_front_page_groups_by_day_newest_first(client: TestClient) -> None:
    days = re.findall(r'<time datetime="([\d-]+)"', client.get("/").text)
    assert days == sorted(days, reverse=True)
    assert days[0] == date(2025, 11, 18).isoformat()
