"""Analysing stored stories again gives what a fresh import gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.stories import analyse
from app.domain.stories import Analysis
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.importer.reanalysis import Reanalysis
from app.resources import resource_dir
from app.store.engine import Store
from app.store.generation import generation
from app.store.migrations import Migrations
from app.store.schema import Story
from app.store.story import event_was_in
from tests.support.contents import contents
from tests.support.documents import VARIANT_A, VARIANT_B, another, with_front_matter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.txt").write_text(another(number))
    (folder / "8-a.txt").write_text(with_front_matter(VARIANT_A, id="'7'", published="2025-11-20"))
    (folder / "8-b.txt").write_text(with_front_matter(VARIANT_B, id="'7'", published="2025-11-20"))
    return folder


def import_with(store: Store, folder: Path, gazetteer: Gazetteer) -> None:
    for _ in Importer(store, gazetteer, 4).run(open_sources([str(folder)], Options(), Limits())):
        pass


def without(gazetteer: Gazetteer, *slugs: str) -> Gazetteer:
    return Gazetteer([entity for entity in gazetteer.entities if entity.slug not in slugs])


def generation_of(store: Store) -> int:
    with store.read() as connection:
        return generation(connection)


def test_a_new_name_is_found_in_every_story_without_an_import(store: Store, folder: Path, tmp_path: Path) -> None:
    whole = load_gazetteer()
    import_with(store, folder, without(whole, "openai"))
    before = generation_of(store)
    assert "openai" not in dict(row[:2] for row in contents(store)["counts"])
    reanalysis = Reanalysis(store, whole, batch=3)
    assert reanalysis.left() == 8
    assert list(reanalysis.run()) == [3, 3, 2]
    assert (reanalysis.left(), generation_of(store)) == (0, before + 1)
    with Store(f"sqlite:///{tmp_path / 'fresh.db'}") as fresh:
        Migrations(fresh, resource_dir("migrations")).upgrade()
        import_with(fresh, folder, whole)
        assert contents(store) == contents(fresh)


def test_what_has_todays_analysis_is_left_alone(store: Store, folder: Path) -> None:
    import_with(store, folder, load_gazetteer())
    before = generation_of(store)
    assert list(Reanalysis(store, load_gazetteer(), batch=3).run()) == []
    assert generation_of(store) == before


def test_it_goes_on_where_it_was_stopped(store: Store, folder: Path) -> None:
    import_with(store, folder, load_gazetteer())
    expected = contents(store)
    with store.write() as connection:
        connection.execute(update(Story).values(analysis_version="1:older"))
    run = Reanalysis(store, load_gazetteer(), batch=3).run()
    assert next(run) == 3
    run.close()
    again = Reanalysis(store, load_gazetteer(), batch=3)
    assert again.left() == 5
    assert list(again.run()) == [3, 2]
    assert contents(store) == expected


def test_events_that_a_newer_analysis_drops_are_remembered_until_they_are_back(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def analyse_again() -> None:
        with store.write() as connection:
            connection.execute(update(Story).values(analysis_version="1:older"))
        assert sum(Reanalysis(store, load_gazetteer(), batch=3).run()) == 8

    def without_events(*arguments: Any, **options: Any) -> Analysis:
        return replace(analyse(*arguments, **options), events=())

    import_with(store, folder, load_gazetteer())
    before = contents(store)
    events = [row[0] for row in before["events"]]
    monkeypatch.setattr("app.importer.reanalysis.analyse", without_events)
    analyse_again()
    assert contents(store)["events"] == []
    with store.read() as connection:
        assert events and all(event_was_in(connection, public_id) for public_id in events)
    monkeypatch.undo()
    analyse_again()
    assert contents(store) == before
    with store.read() as connection:
        assert not any(event_was_in(connection, public_id) for public_id in events)


def test_a_story_that_changes_meanwhile_keeps_its_new_analysis(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_with(store, folder, load_gazetteer())
    with store.write() as connection:
        connection.execute(update(Story).values(analysis_version="1:older"))
    (folder / "3.txt").write_text(another(3).replace("3 November 2025", "4 November 2025"))

    reanalysis = Reanalysis(store, load_gazetteer(), batch=50)
    original = store.write
    calls = iter([True])

    def write_after_an_import():  # type: ignore[no-untyped-def]
        if next(calls, False):
            monkeypatch.undo()
            import_with(store, folder, load_gazetteer())
        return original()

    monkeypatch.setattr(store, "write", write_after_an_import)
    list(reanalysis.run())
    with store.read() as connection:
        assert connection.scalars(select(Story.current_revision).order_by(Story.current_revision.desc())).first() == 2
    assert "2025-11-04" in {edtf for _, edtf, _, _ in contents(store)["events"]}
    assert reanalysis.left() == 0
