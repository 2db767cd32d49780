"""The watch list: the page, the feed and the list of feeds, all from ids in the address."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from app.store.engine import Store
from app.store.schema import Revision, Story
from app.web.parameters import MOST_WATCHED
from tests.support.stories import OKAFOR, ROVER, make_story, store_stories

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def sections(html: str) -> dict[str, str]:
    """The part of the page about each watched thing, by its name."""
    parts = re.split(r'(?=<section class="watched">)', html)[1:]
    return {re.search(r"<h2[^>]*><a[^>]*>(.*?)</a>", part)[1]: part.split("</section>")[0] for part in parts}  # type: ignore[index]


def age(database_url: str) -> None:
    """Make all stories come in long ago."""
    with Store(database_url) as store, store.write() as connection:
        connection.execute(update(Story).values(first_imported_at=LONG_AGO))
        connection.execute(update(Revision).values(imported_at=LONG_AGO))


def test_each_name_has_its_newest_stories(client: TestClient) -> None:
    found = sections(client.get("/watch?entity=halcyon-labs&entity=rover-4").text)
    assert set(found) == {"Halcyon Labs", "Rover 4"}
    assert "Halcyon story 37" in found["Halcyon Labs"] and "Halcyon story 36" in found["Rover 4"]
    assert "Halcyon story 37" not in found["Rover 4"]
    assert ">New<" not in "".join(found.values())


def test_what_came_in_since_the_last_visit_is_marked_and_comes_first(client: TestClient, database_url: str) -> None:
    age(database_url)
    with Store(database_url) as store:
        store_stories(
            store,
            make_story(500, title="Rover is back", published=date(2026, 1, 5), participants=(ROVER,)),
            make_story(501, title="Rover is gone", published=date(2026, 1, 4), participants=(ROVER,)),
        )
    since = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%MZ")
    html = client.get(f"/watch?entity=ines-okafor&entity=rover-4&since={since}").text
    found = sections(html)
    assert list(found) == ["Rover 4", "Ines Okafor"]
    assert re.findall(r'dir="auto" href="[^"]*">([^<]*)</a>', found["Rover 4"]) == ["Rover is back", "Rover is gone"]
    assert found["Rover 4"].count(">New<") == 2 and ">New<" not in found["Ines Okafor"]
    assert "2 stories are new or changed since your last visit" in html
    assert "Nothing new since your last visit" in client.get("/watch?entity=rover-4&since=2999-01-01").text


def test_a_revision_is_a_change_and_not_news(client: TestClient, database_url: str) -> None:
    age(database_url)
    with Store(database_url) as store:
        store_stories(
            store, make_story(36, title="Halcyon story 36, corrected", published=date(2025, 2, 6), participants=(ROVER,))
        )
    since = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%MZ")
    found = sections(client.get(f"/watch?entity=rover-4&since={since}").text)
    assert "Halcyon story 36, corrected" in found["Rover 4"]
    assert ">Changed<" in found["Rover 4"] and ">New<" not in found["Rover 4"]


def test_any_chapter_names_its_thread(client: TestClient) -> None:
    found = sections(client.get(f"/watch?thread={make_story(30).public_id}&thread={make_story(31).public_id}").text)
    assert found
    assert all('data-watch="thread"' in part for part in found.values())


def test_a_name_is_added_by_the_form_and_taken_away_by_a_link(client: TestClient) -> None:
    added = client.get("/watch?entity=rover-4&name=Ines", follow_redirects=False)
    assert (added.status_code, added.headers["location"]) == (303, "/watch?entity=rover-4&entity=ines-okafor")
    without = re.search(r'class="unscripted" href="([^"]*)"', sections(client.get(added.headers["location"]).text)["Rover 4"])
    assert without is not None and without[1] == "/watch?entity=ines-okafor"


def test_an_empty_list_says_how_to_begin(client: TestClient) -> None:
    html = client.get("/watch").text
    assert "Nothing is on this watch list." in html and 'name="name"' in html and "<noscript>" in html


def test_what_is_not_here_is_said(client: TestClient) -> None:
    html = client.get("/watch?entity=nobody&entity=%3Cb%3E&entity=rover-4&thread=0000000000").text
    assert "The address names something that is not here: nobody, &lt;b&gt;, 0000000000." in html
    assert list(sections(html)) == ["Rover 4"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (
            "&".join(f"entity=e{number}" for number in range(MOST_WATCHED + 1)),
            "holds 40 names and threads at most; this address has 41",
        ),
        ("entity=rover-4&since=yesterday", "since=yesterday is not a moment"),
    ],
)
@pytest.mark.parametrize("form", ["", ".atom", ".opml"])
def test_what_cannot_be_read_is_explained(client: TestClient, query: str, says: str, form: str) -> None:
    answer = client.get(f"/watch{form}?{query}")
    assert answer.status_code == 400 and says in answer.text


def test_the_feed_has_each_story_once_at_its_permanent_address(client: TestClient) -> None:
    answer = client.get("/watch.atom?entity=halcyon-labs&entity=rover-4&since=2025-01-01")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 30
    assert all(re.fullmatch(r"http://127\.0\.0\.1:8000/stories/\w{10}/[\w-]+", url) for url in ids)
    # A feed reader visits for ever: the address of the feed must not say when somebody was last here.
    assert "since" not in (feed.findtext(f"{ATOM}id") or "")
    assert "Halcyon Labs, Rover 4" in (feed.findtext(f"{ATOM}title") or "")


def test_the_list_of_feeds_has_a_feed_that_answers_for_each(client: TestClient) -> None:
    answer = client.get(f"/watch.opml?entity=halcyon-labs&entity=ines-okafor&thread={make_story(30).public_id}")
    assert answer.headers["content-type"].startswith("text/x-opml")
    outlines = ElementTree.fromstring(answer.content).findall("body/outline")
    assert [outline.get("text") for outline in outlines][:2] == ["Halcyon Labs", OKAFOR.name]
    for outline in outlines:
        url = (outline.get("xmlUrl") or "").removeprefix("http://127.0.0.1:8000")
        assert client.get(url).headers["content-type"].startswith("application/atom+xml")


def test_pages_offer_to_watch_what_they_are_about(client: TestClient) -> None:
    html = client.get("/entities/rover-4").text
    assert '<button type="button" class="watch scripted" data-watch="entity" value="rover-4" aria-pressed="false"' in html
    assert '<noscript><a class="watch" href="/watch?entity=rover-4">' in html
