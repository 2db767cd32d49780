"""Threads and related stories, as a reader without scripting gets them."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.analysis.related import thread_of
from app.config import Settings
from app.domain.stories import StoryFeatures
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.store.engine import Store
from app.web.application import create_app
from app.web.threads import Surroundings
from tests.support.documents import VARIANT_B, with_front_matter

TITLES = {
    "2025-11-03": "Sam Altman leaves OpenAI after a vote of its board",
    "2025-11-05": "Researchers of OpenAI want Sam Altman back",
    "2025-11-20": "Sam Altman returns to OpenAI with another board",
    "2025-11-21": "A model for telephones",
}


@pytest.fixture
def client(database_url: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    from app.analysis.gazetteer import load_gazetteer

    for number, (day, title) in enumerate(TITLES.items()):
        name = "Kimi K2" if "model" in title else "Sam Altman"
        text = VARIANT_B.replace("Halcyon Labs plans to sell Rover 4", f"{name} and OpenAI went on with number {number}")
        text = text.replace("Halcyon Labs turns to closed models. The next one will be sold.", f"{title}, says the board.")
        (tmp_path / f"{number}.txt").write_text(with_front_matter(text, title=title, published=day, id=f"'{number}'"))
    with Store(database_url) as store:
        for _ in Importer(store, load_gazetteer(), 10).run(open_sources([str(tmp_path)], Options(), Limits())):
            pass
    with TestClient(create_app(Settings(database_url=database_url)), base_url="http://127.0.0.1") as client:
        yield client


def story_path(client: TestClient, title: str) -> str:
    html = client.get("/search", params={"q": title}).text
    return html.split('href="/stories/')[1].split('"')[0].split("#")[0]


def test_a_story_shows_the_chapters_beside_it_and_leads_to_its_thread(client: TestClient) -> None:
    titles = list(TITLES.values())
    page = client.get(f"/stories/{story_path(client, titles[1])}").text
    strip = page.split('<nav class="thread"')[1].split("</nav>")[0]
    assert "3 chapters" in strip and 'aria-current="page"' in strip
    assert [title for title in titles if title in strip] == titles[:3]
    thread = client.get(strip.split('href="')[1].split('"')[0])
    assert thread.status_code == 200
    assert thread.text.index(titles[0]) < thread.text.index(titles[1]) < thread.text.index(titles[2])
    assert titles[3] not in thread.text


def test_every_chapter_leads_to_the_address_of_the_thread(client: TestClient) -> None:
    addresses = {
        str(client.get(f"/threads/{story_path(client, title).split('/')[0]}").url) for title in list(TITLES.values())[:3]
    }
    assert len(addresses) == 1
    assert addresses.pop().partition("/threads/")[2].partition("/")[2].startswith("sam-altman-leaves")


def test_a_story_that_stands_alone_has_no_thread(client: TestClient) -> None:
    path = story_path(client, "telephones")
    answer = client.get(f"/threads/{path.split('/')[0]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, f"/stories/{path}")
    page = client.get(f"/stories/{path}").text
    assert '<nav class="thread"' not in page


def test_no_story_no_thread(client: TestClient) -> None:
    assert client.get("/threads/0000000000").status_code == 404


def test_the_list_has_every_thread_once_by_its_newest_chapter(client: TestClient) -> None:
    titles = list(TITLES.values())
    page = client.get("/threads").text
    assert page.count("<li>") == 1
    assert "3 chapters" in page and titles[2] in page and titles[3] not in page
    address = page.split('<h2><a href="')[1].split('"')[0]
    assert client.get(address, follow_redirects=False).status_code == 200
    assert client.get("/threads?before=nowhere").status_code == 400
    assert "No threads here" in client.get("/threads?before=1990-01-01.story.1").text


def test_a_thread_that_is_longer_than_it_is_followed_has_the_address_of_the_story_that_leads_to_it() -> None:
    first, middle, last = (
        StoryFeatures(number, f"{number:010}", "slug", "A title", "", date(2025, 11, number), {}) for number in (1, 2, 3)
    )
    assert Surroundings(middle, (first, middle, last), (), whole=True).address is first
    assert Surroundings(middle, (first, middle, last), (), whole=False).address is middle


def test_a_thread_that_is_cut_off_says_so_and_is_not_redirected(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.threads.thread_of", partial(thread_of, most=2))
    path = story_path(client, list(TITLES.values())[1])
    answer = client.get(f"/threads/{path}", follow_redirects=False)
    assert answer.status_code == 200
    assert "There are more than are shown" in answer.text
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/threads/{path}">' in answer.text
