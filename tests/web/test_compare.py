"""Entities side by side."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

PATH = "/compare?entity=ines-okafor&entity=rover-4"


def test_each_row_is_in_the_lane_of_its_entity(client: TestClient) -> None:
    html = client.get(PATH + "&type=launch&type=departure").text
    lanes = set(re.findall(r'<li class="row[^"]*?(lane-\d to-\d)', html))
    assert lanes == {"lane-1 to-1", "lane-2 to-2"}
    for row in re.findall(r'<li class="row.*?(?=<li class="row|</ol>)', html, re.S):
        name = "Rover 4" if "lane-2" in row else "Ines Okafor"
        assert f">{name}</a>" in row


def test_what_they_share_is_listed_and_reaches_across(client: TestClient) -> None:
    assert "No story is about both" in client.get(PATH).text
    html = client.get("/compare?entity=halcyon-labs&entity=rover-4").text
    count = re.search(r'href="(/timeline[^"]*)">(\d+) stories are about both', html)
    assert count and "Named in " in html
    assert f"{count[2]} entries" in client.get(count[1].replace("&amp;", "&")).text
    assert "lane-1 to-2" in html


def test_more_rows_have_lanes_too(client: TestClient) -> None:
    part = re.search(r'hx-get="(/compare[^"]*before=[^"]*)"', client.get(PATH).text)
    assert part
    rows = client.get(part[1].replace("&amp;", "&"), headers={"HX-Request": "true", "HX-Target": "p#more"}).text
    assert "lane-" in rows and "<form" not in rows


def test_the_filters_keep_those_who_are_compared(client: TestClient) -> None:
    html = client.get(PATH + "&type=launch").text.partition('class="filters"')[2]
    assert re.findall(r'type="hidden" name="entity" value="([^"]*)"', html) == ["ines-okafor", "rover-4"]
    assert "lane-2" in html and "lane-1 to" not in html


@pytest.mark.parametrize(("path", "says"), [("/compare", "add them below"), ("/compare?entity=nobody", "nobody")])
def test_too_few_to_compare(client: TestClient, path: str, says: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert says in response.text


def test_more_than_four_are_refused(client: TestClient) -> None:
    response = client.get("/compare?" + "&".join(f"entity=e{number}" for number in range(5)))
    assert response.status_code == 400
    assert "4 can be compared" in response.text


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("json", "application/json"), ("atom", "application/atom+xml"), ("csv", "text/csv"), ("ics", "text/calendar")],
)
def test_a_comparison_has_the_forms_of_a_timeline(client: TestClient, form: str, media_type: str) -> None:
    there = PATH.replace("?", f".{form}?") + "&type=launch"
    html = client.get(PATH + "&type=launch").text
    assert there.replace("&", "&amp;") in html.partition('<p class="forms">')[2]
    if form != "csv":
        assert there.replace("&", "&amp;") in html.partition("<body")[0]
    answer = client.get(there)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(media_type)
    assert client.get(f"/compare.{form}").status_code == 200
    assert client.get(f"/compare.{form}?" + "&".join(f"entity=e{n}" for n in range(5))).status_code == 400


def test_the_forms_have_the_entries_of_all_lanes(client: TestClient) -> None:
    data = client.get(PATH.replace("?", ".json?")).json()
    assert data["title"].startswith("Compare Ines Okafor and Rover 4 · ")
    either = client.get(PATH.replace("/compare?", "/timeline.json?") + "&match=any").json()
    assert [entry["id"] for entry in data["entries"]] == [entry["id"] for entry in either["entries"]] != []
    page = client.get(PATH + "&pages=12").text
    assert all(entry["said_at"].removeprefix("http://127.0.0.1:8000") in page for entry in data["entries"] if "said_at" in entry)
    assert client.get("/compare.json?entity=nobody").json()["entries"] == []
