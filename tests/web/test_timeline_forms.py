"""Timelines in other forms: JSON, feeds, tables and calendars, under the filters of their pages."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from app.domain.dates import parse_edtf
from app.store.events import EventRow
from app.store.stories import StorySummary
from app.store.timelines import Cursor, TimelineRow
from app.web.exports.timeline import TimelineExport, as_calendar, as_csv
from tests.web.conftest import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = ["/timeline", "/entities/halcyon-labs", "/outlets/the-sample-wire", "/categories/technology"]
TYPES = {"json": "application/json", "atom": "application/atom+xml", "csv": "text/csv", "ics": "text/calendar"}


@pytest.mark.parametrize("path", PATHS)
def test_every_timeline_has_its_forms_and_says_so_in_its_head(client: TestClient, path: str) -> None:
    head = client.get(f"{path}?type=departure").text.partition("<body")[0]
    for form, media_type in TYPES.items():
        answer = client.get(f"{path}.{form}?type=departure")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media_type)
        if form != "csv":
            assert f'type="{media_type}"' in head
            assert f"{path}.{form}?type=departure" in head


def test_the_form_has_the_entries_of_the_page(client: TestClient) -> None:
    data = client.get("/timeline.json?type=departure").json()
    page = client.get("/timeline?type=departure&pages=12").text
    assert len(data["entries"]) > 5
    assert {entry["type"] for entry in data["entries"]} == {"departure"}
    for entry in data["entries"]:
        assert entry["said_at"].removeprefix("http://127.0.0.1:8000") in page
    assert client.get("/timeline.json?entity=nobody").json()["entries"] == []


def test_following_the_links_goes_through_everything_once(client: TestClient) -> None:
    everything, address, feeds = [], "/timeline.atom", 0
    while address:
        feed = ElementTree.fromstring(client.get(address).content)
        everything += [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        following = feed.find(f"{ATOM}link[@rel='next']")
        address, feeds = following.get("href", "").partition("8000")[2] if following is not None else "", feeds + 1
    counted = re.search(r"data-say>(\d+) entries", client.get("/timeline").text)
    assert feeds > 1
    assert counted is not None
    assert len(everything) == len(set(everything)) <= int(counted[1])
    assert client.get("/timeline.csv").text.count("\r\n") == len(everything) + 1


def test_who_has_the_feed_gets_no_second_copy(client: TestClient) -> None:
    first = client.get("/entities/halcyon-labs.atom")
    assert client.get("/entities/halcyon-labs.atom", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_what_documents_say_is_only_text_in_every_form(client: TestClient) -> None:
    assert HOSTILE in {entry["story"]["title"] for entry in client.get("/timeline.json").json()["entries"]}
    atom = client.get("/timeline.atom?type=story").text
    assert "<script>" not in atom


def test_a_filter_that_cannot_be_read_is_refused(client: TestClient) -> None:
    assert client.get("/timeline.json?type=nonsense").status_code == 400
    assert client.get("/entities/nobody.json").status_code == 404


def _export(*, edtf: str, planned: bool = False, sentence: str = "It opens, they say; or not.") -> TimelineExport:
    story = StorySummary(7, "0000000007", "a-story", "A story", None, "A dek.", "2025-03-01", date(2025, 3, 1), 1, "x", "X")
    event = EventRow(
        9, "0000000009", edtf, "launch", planned, False, "then", None, 3, sentence, "summary", 3, (), (), ()
    )  # fmt: skip
    row = TimelineRow(Cursor(parse_edtf(edtf).sort_date, "event", 9), story, event)

    updated = {7: datetime(2025, 3, 2, 10, tzinfo=UTC)}
    return TimelineExport(
        "Timeline",
        "https://example.org",
        "https://example.org/timeline.ics",
        "https://example.org/timeline",
        None,
        [row],
        updated,
        "timeline",
    )


@pytest.mark.parametrize(
    ("edtf", "planned", "first", "days", "status"),
    [
        ("2025-11-18", False, date(2025, 11, 18), 1, "CONFIRMED"),
        ("2026-02", False, date(2026, 2, 1), 28, "CONFIRMED"),
        ("2026-21", True, date(2026, 3, 1), 92, "TENTATIVE"),
        ("2025-12-04/..", True, date(2025, 12, 4), 1, "TENTATIVE"),
    ],
)
def test_a_calendar_has_whole_days_and_what_is_planned_is_tentative(
    edtf: str, planned: bool, first: date, days: int, status: str
) -> None:
    calendar = Calendar.from_ical(bytes(as_calendar(_export(edtf=edtf, planned=planned)).body))
    (entry,) = calendar.walk("VEVENT")
    assert entry.decoded("dtstart") == first
    assert entry.decoded("dtend") - first == timedelta(days=days)
    assert entry["status"] == status
    assert entry["summary"] == "It opens, they say; or not."
    assert entry["uid"] == "0000000009@example.org"
    assert (edtf in entry["description"]) is (days > 1 or ".." in edtf)


def test_a_table_holds_no_formula() -> None:
    answer = as_csv(_export(edtf="2025-11-18", sentence="=HYPERLINK(1)"))
    (row,) = csv.DictReader(io.StringIO(bytes(answer.body).decode()))
    assert row["text"] == "'=HYPERLINK(1)"
    assert (row["date"], row["type"], row["url"]) == ("2025-11-18", "launch", "https://example.org/events/0000000009")


def test_json_keeps_dates_as_imprecise_as_they_are(client: TestClient) -> None:
    entry = json.loads(client.get("/timeline.json?order=oldest").text)["entries"][0]
    assert set(entry["date"]) == {"edtf", "start", "end", "precision", "approximate"}
