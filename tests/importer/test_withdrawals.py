"""A withdrawn story is gone for readers, stays gone when it is imported again, and comes back whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.analysis.gazetteer import load_gazetteer
from app.config import Settings
from app.domain.curation import Action, Decision, Subject
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.importer.reanalysis import Reanalysis
from app.store.engine import Store
from app.store.rollups import differences
from app.store.schema import Event, Revision, Story, TimelineItem
from app.store.withdrawals import restore, withdraw, withdrawals
from app.web.application import create_app
from tests.support.contents import contents
from tests.support.documents import another

NOTE = "The document was a draft <b>of ours</b>."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(another(number))
    return folder


def import_all(store: Store, folder: Path) -> list[str | None]:
    sources = open_sources([str(folder)], Options(), Limits())
    return [result.story_id for result in Importer(store, load_gazetteer(), 2).run(sources)]


def decision(action: Action, story: str, note: str | None = None) -> Decision:
    return Decision(action, Subject.STORY, story, "Jo Doe", datetime.now(UTC), note=note)


def rows_of(store: Store, story: str) -> tuple[int, ...]:
    """How often a story is in the timeline, and its events and revisions."""
    with store.read() as connection:
        story_id = connection.execute(select(Story.id).where(Story.public_id == story)).scalar_one()
        return tuple(
            connection.execute(select(func.count()).select_from(model).where(model.story_id == story_id)).scalar_one()
            for model in (TimelineItem, Event, Revision)
        )


def test_a_withdrawn_story_stays_gone_and_comes_back_whole(store: Store, folder: Path, database_url: str) -> None:
    gone = import_all(store, folder)[1]
    assert gone is not None
    before, rows = contents(store), rows_of(store, gone)
    with store.write() as connection:
        assert not withdraw(connection, decision(Action.WITHDRAW, "0000000000", NOTE))
        assert withdraw(connection, decision(Action.WITHDRAW, gone, NOTE))
        assert not withdraw(connection, decision(Action.WITHDRAW, gone, NOTE))

    with store.read() as connection:
        assert differences(connection) == []
        assert [item.public_id for item in withdrawals(connection)] == [gone]
    assert rows_of(store, gone) == (0, 0, rows[2])
    assert {row[0] for row in contents(store)["search"]} == {row[0] for row in before["search"]} - {gone}

    events = {row[0] for row in before["events"]} - {row[0] for row in contents(store)["events"]}
    with TestClient(create_app(Settings(database_url=database_url))) as client:
        for event in events:
            response = client.get(f"/events/{event}")
            assert response.status_code == 410
            assert "The story that told it was withdrawn." in response.text and f'href="/stories/{gone}/' in response.text
        for path in (f"/stories/{gone}", f"/stories/{gone}/x", f"/stories/{gone}/x.json", f"/stories/{gone}/history"):
            response = client.get(path, follow_redirects=False)
            assert response.status_code == 410, path
            assert "The document was a draft &lt;b&gt;of ours&lt;/b&gt;." in response.text
        for path in ("/", "/timeline", "/search?q=halcyon", "/search?q=category:technology", "/categories/technology"):
            assert gone not in client.get(path).text, path

        (folder / "1.txt").write_text(another(1).replace("in Norway", "in Iceland"))
        assert import_all(store, folder)[1] == gone
        assert rows_of(store, gone) == (0, 0, rows[2] + 1)
        with store.read() as connection:
            assert differences(connection) == []
        assert client.get(f"/stories/{gone}").status_code == 410

        with store.write() as connection:
            assert restore(connection, decision(Action.RESTORE, gone))
            assert not restore(connection, decision(Action.RESTORE, gone))
        assert list(Reanalysis(store, load_gazetteer(), 10, only=gone).run()) == [1]
        assert rows_of(store, gone) == (rows[0], rows[1], rows[2] + 1)
        assert client.get(f"/stories/{gone}").status_code == 200
    after = contents(store)
    for what in ("counts", "events", "retired"):
        assert after[what] == before[what], what
