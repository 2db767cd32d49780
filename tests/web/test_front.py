"""The front page as a briefing, for stores of every size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from starlette.testclient import TestClient

from app.config import Settings
from app.domain.stories import AnalysedStory
from app.store.briefing import active_entities, earlier_years
from app.store.engine import Store
from app.web.application import create_app
from tests.support.findings import address, checked_story
from tests.support.stories import HALCYON, OKAFOR, ROVER, make_story, store_stories

NEWEST = date(2025, 12, 9)


@contextmanager
def front_page(url: str, *stories: AnalysedStory) -> Iterator[str]:
    with Store(url) as store:
        store_stories(store, *stories)
    with TestClient(create_app(Settings(database_url=url))) as client:
        response = client.get("/")
        assert response.status_code == 200
        yield response.text


def section(html: str, heading: str) -> str:
    """What stands under a heading, up to the next one of the same rank."""
    match = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)(?=<h2|</aside>|</section>)", html, re.DOTALL)
    assert match, heading
    return match[1]


def test_an_empty_store_says_what_to_do(database_url: str) -> None:
    with front_page(database_url) as html:
        assert "The store is empty." in html and "dateline import" in html


def test_stories_without_dates_are_listed_as_such(database_url: str) -> None:
    with front_page(database_url, make_story(1, title="Adrift", published=None, happened=None)) as html:
        assert "Adrift" in section(html, "Stories of unknown date")


def test_a_single_story_is_a_page(database_url: str) -> None:
    with front_page(database_url, make_story(1, title="The only one", published=NEWEST, happened=None)) as html:
        assert "The only one" in html and '<time datetime="2025-12-09">' in html
        assert "Earlier that week" not in html and "Threads that go on" not in html


def test_the_newest_day_leads_and_its_week_follows(database_url: str) -> None:
    stories = [make_story(n, title=f"Of the day {n}", published=NEWEST, happened=None) for n in range(9)]
    stories += [
        make_story(20 + n, title=f"Of the week {n}", published=NEWEST - timedelta(days=n), happened=None) for n in range(1, 7)
    ]
    stories.append(make_story(40, title="Too old", published=NEWEST - timedelta(days=7), happened=None))
    with front_page(database_url, *stories) as html:
        days = re.findall(r'<h2><time datetime="([^"]*)">', html)
        assert days == [str(NEWEST - timedelta(days=n)) for n in range(7)]
        assert len(re.findall(r"<h3[^>]*><a[^>]*>Of the day", html)) == 6 and "All 9 stories of the day" in html
        assert "/timeline?type=story&amp;from=2025-12-09&amp;to=2025-12-09" in html
        assert len(re.findall(r"<h3[^>]*><a[^>]*>Of the week", html)) == 6 and "Too old" not in html


def test_a_sparse_week_is_filled_with_what_came_before(database_url: str) -> None:
    stories = [make_story(n, title=f"Story {n}.", published=NEWEST - timedelta(days=40 * n), happened=None) for n in range(4)]
    with front_page(database_url, *stories) as html:
        before = section(html, "Before that")
        assert [f"Story {n}." in before for n in range(4)] == [False, True, True, True]


def test_who_is_above_the_usual_comes_before_who_is_always_there(database_url: str) -> None:
    always = [
        make_story(n, published=month_start, happened=None, participants=(HALCYON,))
        for month in range(12)
        for n, month_start in [
            (100 + 3 * month + k, date(2024 + (month + 9) // 12, (month + 9) % 12 + 1, 5 + k)) for k in range(3)
        ]
    ]
    now = [
        make_story(n, published=NEWEST, happened=None, participants=(HALCYON, ROVER) if n < 3 else (HALCYON,)) for n in range(9)
    ]
    with Store(database_url) as store:
        store_stories(store, *always, *now)
        with store.read() as connection:
            rover, halcyon = active_entities(connection, NEWEST, 3, 5)
    assert (rover.slug, rover.stories, rover.usual) == (ROVER.slug, 3, 0)
    assert (halcyon.slug, halcyon.stories, halcyon.usual) == (HALCYON.slug, 9, 9)
    assert sum(row.stories for row in halcyon.months) == 45


def test_strong_findings_are_shown_with_both_sides(database_url: str) -> None:
    with front_page(database_url, checked_story(1, published=NEWEST)) as html:
        findings = section(html, "Worth a second look")
        assert address(checked_story(1)) in findings
        assert "$60 billion" in findings and "$600 billion" in findings


def test_earlier_years_show_one_event_each_the_nearest_day_first(database_url: str) -> None:
    def told(number: int, day: date) -> AnalysedStory:
        return make_story(number, published=day + timedelta(days=30), happened=day, participants=(OKAFOR,))

    stories = [told(1, date(2024, 12, 11)), told(2, date(2024, 12, 9)), told(3, date(2023, 12, 12)), told(4, date(2022, 12, 14))]
    with front_page(database_url, make_story(5, published=NEWEST, happened=None), *stories) as html:
        around = section(html, "Around this day in earlier years")
        assert re.findall(r">(\d+ December \d+)<", around) == ["9 December 2024", "12 December 2023"]
        assert "Ines Okafor left Halcyon Labs" in around
    with Store(database_url) as store, store.read() as connection:
        assert earlier_years(connection, date(2024, 2, 29), 8, 0) == ()
