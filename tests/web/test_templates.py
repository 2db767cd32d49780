"""What templates make of what they are given."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from app.domain.dates import Interval, between, day, month, not_before, part
from app.store.engine import Store
from tests.support.stories import make_story, store_stories
from tests.web.test_pages import PAGES

STORY = make_story(7)
ALL = [
    *PAGES,
    f"/stories/{STORY.public_id}/{STORY.slug}",
    f"/stories/{make_story(90).public_id}",
    "/nowhere",
    "/timeline?from=soon",
]


class Outline(HTMLParser):
    """Elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def outline(client: TestClient, path: str) -> list[tuple[str, dict[str, str | None]]]:
    return Outline(client.get(path).text).elements


def add_event(database_url: str, number: int, when: Interval, *, planned: bool = False) -> None:
    """A story with one event at a date of any precision."""
    story = make_story(number, title="About what is to come", sentence="It will be sold as a closed model.")
    event = replace(story.analysis.events[0], planned=planned)
    event = replace(event, phrase=replace(event.phrase, interval=when))
    with Store(database_url) as store:
        store_stories(store, replace(story, analysis=replace(story.analysis, events=(event,))))


def row(client: TestClient, path: str, text: str) -> str:
    """The row of a timeline that has this text."""
    return next(row for row in re.split(r'(?=<li class="row)', client.get(path).text)[1:] if text in row)


@pytest.mark.parametrize("path", ALL)
def test_nothing_on_a_page_needs_a_weaker_security_policy(client: TestClient, path: str) -> None:
    html = client.get(path)
    policy = html.headers["content-security-policy"]
    carried = re.findall('<(?:style|script type="module")>(.*?)</', html.text, re.DOTALL)
    for text in carried:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.count("sha256-") == len(carried)
    for tag, attributes in outline(client, path):
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert tag != "script" or attributes in ({"type": "module"}, {"type": "application/ld+json"}), attributes
        assert not (attributes.get("href") or "").startswith("javascript:")


@pytest.mark.parametrize("path", ALL)
def test_every_page_has_one_heading_a_title_and_anchors_that_are_its_own(client: TestClient, path: str) -> None:
    elements = outline(client, path)
    assert [tag for tag, _ in elements].count("h1") == 1
    assert re.search(r"<title>[^<]+</title>", client.get(path).text)
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in elements:
        if tag == "input" and attributes.get("type") == "search":
            assert attributes.get("aria-label")
        if tag == "a" and (attributes.get("href") or "").startswith("http"):
            assert attributes.get("rel") == "noopener nofollow"


def test_the_menu_says_where_one_is(client: TestClient) -> None:
    def current(path: str) -> list[str | None]:
        return [attributes.get("href") for tag, attributes in outline(client, path) if attributes.get("aria-current") == "page"]

    assert current("/timeline?type=launch") == ["/timeline"]
    assert current("/entities?kind=person&initial=I") == ["/entities?kind=person"]
    assert current("/about") == []


def test_a_day_stands_in_the_margin_and_is_written_once(client: TestClient) -> None:
    html = client.get("/timeline?entity=halcyon-labs&from=2025-02-01&to=2025-02-04").text
    days = re.findall(
        r'class="row([^"]*)">\s*<p class="when day"><time datetime="([\d-]+)"><span>(\w+) </span><b>(\d+)</b>', html
    )
    assert ("2025-02-04", "Tue", "4") in [entry[1:] for entry in days]
    seen: set[str] = set()
    for classes, machine, _, _ in days:
        assert ("same" in classes.split()) == (machine in seen)
        seen.add(machine)
    assert len(seen) < len(days)


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (month(2031, 10), "no day given"),
        (part(2031, 21), "no day given"),
        (between(day(date(2031, 5, 19)), day(date(2031, 5, 20))), "19–20 May 2031"),
        (not_before(date(2031, 12, 4)), "not before 4 December 2031"),
    ],
)
def test_a_date_that_is_no_day_looks_like_none(client: TestClient, database_url: str, when: Interval, says: str) -> None:
    add_event(database_url, 300, when, planned=True)
    entry = row(client, "/timeline?from=2030", "It will be sold")
    classes = re.match(r'<li class="([^"]*)"', entry)
    assert classes is not None and {"planned", "imprecise"} <= set(classes[1].split())
    assert "planned, " in entry and says in entry
    assert ("no day given" in entry) == (says == "no day given")
    assert 'class="when day"' not in entry


def test_a_planned_day_is_marked_by_a_word_as_well(client: TestClient, database_url: str) -> None:
    add_event(database_url, 301, day(date(2031, 3, 1)), planned=True)
    entry = row(client, "/timeline?from=2030", "It will be sold")
    assert 'class="row planned"' in entry and "Departure</a>, planned" in entry


def test_who_the_page_is_about_is_not_listed_as_taking_part(client: TestClient) -> None:
    def participants(path: str) -> set[str]:
        return {
            href
            for block in re.findall(r'<ul class="names".*?</ul>', client.get(path).text)
            for href in re.findall(r'href="([^"]*)"', block)
        }

    assert "/entities/halcyon-labs" in participants("/timeline")
    assert participants("/entities/halcyon-labs") == participants("/timeline") - {"/entities/halcyon-labs"} != set()


def test_text_finds_its_own_direction(client: TestClient, database_url: str) -> None:
    with Store(database_url) as store:
        store_stories(store, make_story(400, title="קצר", sentence="משפט אחד."))
    elements = outline(client, f"/stories/{make_story(400).public_id}")
    directions = {
        tag: attributes.get("dir") for tag, attributes in elements if tag in {"h1", "blockquote"} or attributes.get("id") == "p1"
    }
    assert directions == {"h1": "auto", "p": "auto", "blockquote": "auto"}


def test_nothing_between_two_names_leads_on_to_what_only_mentions_them(client: TestClient) -> None:
    html = client.get("/timeline?entity=rover-4&entity=ines-okafor").text
    assert "Nothing matches." in html
    assert 'href="/timeline?entity=rover-4&amp;entity=ines-okafor&amp;mentions=1"' in html
    assert 'name="mentions" value="1" checked' in client.get("/timeline?entity=rover-4&mentions=1").text


def test_what_lies_ahead_is_folded_above_what_has_happened_and_every_entry_is_on_one_page(
    client: TestClient, database_url: str
) -> None:
    add_event(database_url, 302, day(date(2031, 3, 1)), planned=True)
    first = client.get("/timeline?type=departure").text
    ahead, _, past = first.partition('class="expected"')[2].partition("</details>\n    ")
    assert "Planned and expected (1)" in ahead
    assert "It will be sold" in ahead and "It will be sold" not in past
    assert 'rel="prev"' not in first

    def entries(page: str) -> list[str]:
        return re.findall(r'<p class="what"><a href="([^"]*)"', page)

    pages, address = entries(first), first
    while following := re.search(r'<a href="(/timeline[^"]*)" rel="next"', address):
        address = client.get(following[1].replace("&amp;", "&")).text
        pages += entries(address)
    everything = entries(client.get("/timeline?type=departure&order=oldest&pages=12").text)
    assert sorted(pages) == sorted(everything)
    assert 'class="expected"' not in client.get("/timeline?type=departure&from=2030").text
