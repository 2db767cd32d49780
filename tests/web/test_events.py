"""An event's own page: everybody who tells it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.events import DatedPhrase, EventType
from app.store.engine import Store
from tests.support.stories import HALCYON, ROVER, make_story, store_stories


def _first_event(client: TestClient, path: str) -> str:
    (found,) = set(re.findall(r'href="(/events/[^"]+)"', client.get(path).text))
    return str(found)


def test_a_timeline_row_leads_to_its_event_with_date_people_and_sources(client: TestClient) -> None:
    html = client.get(_first_event(client, "/timeline?type=launch&from=2025-01-04&to=2025-01-04")).text
    assert "Saturday 4 January 2025" in html and "Launch" in html
    assert "$14.3bn" in html
    assert 'href="/entities/halcyon-labs"' in html and 'href="/entities/rover-4"' in html
    assert "Told by 1 story" in html and "The Sample Wire" in html


def test_stories_that_disagree_are_shown_as_each_says_it(client: TestClient, database_url: str) -> None:
    with Store(database_url) as store:
        store_stories(
            store,
            *(
                make_story(
                    number,
                    title=f"Teller {number}",
                    published=date(2026, 3, number - 90),
                    happened=date(2026, 3, 1),
                    participants=(HALCYON, ROVER),
                    amount=amount,
                )
                for number, amount in ((92, 60_000_000_000), (93, 600_000_000_000))
            ),
        )
    timeline = client.get("/timeline?type=departure&from=2026-03&to=2026-03").text
    assert "Told by 2 stories, which disagree" in timeline and "$600bn:" in timeline
    page = client.get(_first_event(client, "/timeline?type=departure&from=2026-03&to=2026-03")).text
    assert "disagree about the sum" in page
    assert page.index("Teller 92") < page.index("Teller 93")


@pytest.mark.parametrize(("are_open", "words", "cell"), [(True, "open weights", "open"), (False, "closed weights", "closed")])
def test_a_release_says_everywhere_whether_its_weights_are_open(
    client: TestClient, database_url: str, are_open: bool, words: str, cell: str
) -> None:
    story = make_story(97, happened=date(2026, 4, 1), event_type=EventType.RELEASE)
    (event,) = story.analysis.events
    with Store(database_url) as store:
        events = (replace(event, open_weights=are_open),)
        store_stories(store, replace(story, analysis=replace(story.analysis, events=events)))
    span = "type=release&from=2026-04&to=2026-04"
    page = _first_event(client, f"/timeline?{span}")
    assert f"Release</a> · {words}" in client.get(f"/timeline?{span}").text
    assert f"Release · {words}" in client.get(page).text
    assert f"Release</a> · {words}" in client.get(f"/stories/{story.public_id}").text
    (entry,) = client.get(f"/timeline.json?{span}").json()["entries"]
    assert entry["open_weights"] is are_open
    (row,) = csv.DictReader(io.StringIO(client.get(f"/timeline.csv?{span}").text.lstrip("\ufeff")))
    assert row["weights"] == cell


def test_a_release_that_does_not_tell_its_weights_shows_nothing_of_them(client: TestClient) -> None:
    span = "type=launch&from=2025-01-04&to=2025-01-04"
    assert "weights</" not in client.get(f"/timeline?{span}").text
    assert "weights" not in client.get(_first_event(client, f"/timeline?{span}")).text.partition("</h1>")[0].partition("<h1")[0]
    assert client.get(f"/timeline.json?{span}").json()["entries"][0]["open_weights"] is None


def test_an_event_whose_date_cannot_be_worked_out_shows_the_words_that_tell_it(client: TestClient, database_url: str) -> None:
    story = make_story(96)
    (event,) = story.analysis.events
    unread = replace(event, phrase=DatedPhrase(0, 14, "in fiscal 2025", None, None, "fiscal-year"))
    with Store(database_url) as store:
        store_stories(store, replace(story, analysis=replace(story.analysis, events=(unread,))))
    html = client.get(f"/stories/{story.public_id}").text
    assert "date unknown: “in fiscal 2025”" in html
    address = re.search(r'href="(/events/[^"]+)"', html)
    assert address
    page = client.get(address[1]).text
    assert "Date unknown" in page and "Time as told: “in fiscal 2025”" in page


def test_any_telling_leads_to_the_whole_event(client: TestClient, database_url: str) -> None:
    with Store(database_url) as store:
        store_stories(store, *(make_story(number, happened=date(2026, 3, 1)) for number in (94, 95)))
    story = make_story(95)
    event = re.search(r'href="(/events/[^"]+)"', client.get(f"/stories/{story.public_id}").text)
    assert event
    assert "Told by 2 stories" in client.get(event[1]).text


def test_the_address_of_an_event_outlives_it_until_the_event_is_back(client: TestClient, database_url: str) -> None:
    story = make_story(98, happened=date(2026, 5, 1))
    mended = make_story(98, happened=date(2026, 5, 1), sentence="Ines Okafor is said to have left Halcyon Labs.")
    page = f"/stories/{story.public_id}"

    def read(path: str) -> Response:
        return client.get(path, follow_redirects=False)

    with Store(database_url) as store:
        store_stories(store, story)
        address = _first_event(client, page)
        assert (read(address).status_code, read(f"{address}/evidence").status_code) == (200, 303)
        store_stories(store, mended)
        assert _first_event(client, page) != address
        for path in (address, f"{address}/evidence"):
            gone = read(path)
            assert gone.status_code == 410
            assert f'href="{page}/{story.slug}"' in gone.text and f'href="{page}/history"' in gone.text
        assert "no longer tells this event" in gone.text
        in_german = client.get(address, headers={"Accept-Language": "de"})
        assert "Dieses Ereignis gibt es hier nicht mehr" in in_german.text
        store_stories(store, story)
        assert (read(address).status_code, read(f"{address}/evidence").status_code) == (200, 303)


def test_an_unknown_event_is_not_found_with_a_reason(client: TestClient) -> None:
    response = client.get("/events/0000000000")
    assert response.status_code == 404
    assert "no event at this address" in response.text
