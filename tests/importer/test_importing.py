"""What an operator can ask of an import: several processes, a dry run, to stop, to restore another store's stories."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import func, select

from app.analysis.gazetteer import load_gazetteer
from app.domain.curation import Action, Decision, Subject
from app.domain.stories import Outcome
from app.importer import curating, interchange
from app.importer.containers import Limits, Sources, open_sources
from app.importer.formats import interchange as interchange_format
from app.importer.interchange import as_line, decision_as_line, schema
from app.importer.pipeline import Importer, Result
from app.importer.reading import Options
from app.importer.reanalysis import Reanalysis
from app.resources import resource_dir
from app.store.curation import decisions
from app.store.engine import Store
from app.store.finding_decisions import decide
from app.store.generation import generation
from app.store.migrations import Migrations
from app.store.quarantine import quarantined
from app.store.revisions import all_stories
from app.store.schema import Document, Finding, Proposal, Story
from app.store.withdrawals import restore, withdraw
from tests.support.contents import contents
from tests.support.documents import VARIANT_A, VARIANT_B, another, with_front_matter

EMPTY_DAY = "---\ndate: 2026-08-04\nlang: en\n---\n\n> Analyzed 9 items, but none met the importance threshold.\n"


def migrated(url: str) -> Store:
    store = Store(url)
    Migrations(store, resource_dir("migrations")).upgrade()
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(another(number))
    (folder / "20-b.txt").write_text(with_front_matter(VARIANT_B, id="'7'"))
    (folder / "30-a.txt").write_text(with_front_matter(VARIANT_A, id="'7'"))
    (folder / "31.txt").write_bytes(b"\xff\xff")
    (folder / "40.md").write_text(EMPTY_DAY)
    return folder


def sources(folder: Path) -> Sources:
    return open_sources([str(folder)], Options(), Limits())


def run(store: Store, folder: Path, batch: int = 5, **options: Any) -> list[Result]:
    return list(Importer(store, load_gazetteer(), batch, **options).run(sources(folder)))


def count(store: Store, model: type[Any]) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(model)).scalar_one()


def test_several_processes_give_what_one_gives(store: Store, folder: Path, tmp_path: Path) -> None:
    results = run(store, folder, jobs=2)
    with migrated(f"sqlite:///{tmp_path / 'other.db'}") as other:
        assert run(other, folder) == results
        assert contents(store) == contents(other)


def test_a_dry_run_says_what_would_be_and_stores_nothing(store: Store, folder: Path) -> None:
    foreseen = Counter(result.outcome for result in run(store, folder, dry_run=True))
    assert foreseen == {Outcome.NEW: 13, Outcome.CHANGED: 1, Outcome.QUARANTINED: 1, Outcome.EMPTY: 1}
    with store.read() as connection:
        assert (count(store, Story), count(store, Document), generation(connection)) == (0, 0, 0)
        assert quarantined(connection) == []
    assert Counter(result.outcome for result in run(store, folder)) == foreseen
    (folder / "03.txt").write_text(another(3).replace("$4.2 billion", "$4.3 billion"))
    (folder / "50.txt").write_text(another(50))
    assert Counter(result.outcome for result in run(store, folder, dry_run=True)) == {
        Outcome.UNCHANGED: 14,
        Outcome.CHANGED: 1,
        Outcome.NEW: 1,
        Outcome.QUARANTINED: 1,
    }


def test_a_digest_without_stories_is_kept_and_known(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text(EMPTY_DAY)
    (first,) = run(store, tmp_path)
    (second,) = run(store, tmp_path)
    assert (first.outcome, second.outcome) == (Outcome.EMPTY, Outcome.UNCHANGED)
    assert (count(store, Document), count(store, Story)) == (1, 0)


def test_stopping_ends_with_the_batch_and_the_next_import_goes_on(store: Store, folder: Path) -> None:
    importer = Importer(store, load_gazetteer(), 4)
    results = []
    for result in importer.run(sources(folder)):
        results.append(result)
        importer.stop()
    assert [result.outcome for result in results] == [Outcome.NEW] * 4
    assert Counter(result.outcome for result in run(store, folder))[Outcome.UNCHANGED] == 4


def test_a_batch_ends_when_its_documents_are_large(store: Store, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(another(number))
    importer = Importer(store, load_gazetteer(), 200, batch_bytes=2 * len(another(0)))
    first = next(iter(importer.run(sources(tmp_path))))
    assert first.outcome is Outcome.NEW
    assert count(store, Story) == 2


def test_the_last_batch_is_stored_while_processes_still_read_the_rest_of_it(store: Store, tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(another(number))
    results = Importer(store, load_gazetteer(), 200, jobs=2).run(sources(tmp_path))
    first = next(results)
    assert (first.outcome, count(store, Story)) == (Outcome.NEW, 2)
    assert [result.outcome for result in results] == [Outcome.NEW] * 7


def test_the_format_can_be_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# Halcyon\n\nIt closed its models [1].\n\n## Sources\n\n1. [Why](https://a.example/)\n")
    named = open_sources([str(tmp_path)], Options(format="text-dump"), Limits())
    (wrong,) = Importer(store, load_gazetteer(), 1).run(named)
    assert (wrong.outcome, wrong.code) == (Outcome.QUARANTINED, "no-story")
    (right,) = run(store, tmp_path)
    assert right.outcome is Outcome.NEW


def exported(store: Store, path: Path) -> Path:
    with store.read() as connection:
        lines = [*map(decision_as_line, decisions(connection)), *map(as_line, all_stories(connection, withdrawn=True))]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def restored(store: Store, file: Path) -> Counter[Outcome]:
    importer = Importer(store, load_gazetteer(), 50)
    return Counter(result.outcome for result in importer.run(open_sources([str(file)], Options(), Limits())))


def stories(store: Store) -> list[dict[str, Any]]:
    with store.read() as connection:
        return [json.loads(as_line(story)) for story in all_stories(connection, withdrawn=True)]


def test_an_export_fills_another_store_with_the_same(store: Store, folder: Path, tmp_path: Path) -> None:
    run(store, folder)
    (folder / "03.txt").write_text(another(3).replace("$4.2 billion", "$4.3 billion"))
    (folder / "40.md").unlink()
    run(store, folder)
    file = exported(store, tmp_path / "stories.jsonl")
    with migrated(f"sqlite:///{tmp_path / 'other.db'}") as other:
        assert restored(other, file) == {Outcome.NEW: 13, Outcome.CHANGED: 2}
        assert stories(other) == stories(store)
        mine, theirs = contents(store), contents(other)
        assert {key: mine[key] for key in ("stories", "events", "search", "counts")} == {
            key: theirs[key] for key in ("stories", "events", "search", "counts")
        }
        with other.read() as connection:
            before = generation(connection)
        assert restored(other, file) == {Outcome.UNCHANGED: 15}
        with other.read() as connection:
            assert generation(connection) == before
        # The restored store knows the documents themselves, too.
        assert Counter(result.outcome for result in run(other, folder))[Outcome.UNCHANGED] == 14


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample corpus, and people's decisions of every sort on it."""
    with migrated(f"sqlite:///{tmp_path_factory.mktemp('curated') / 'store.db'}") as store:
        run(store, resource_dir("sample"), batch=100)
        with store.read() as connection:
            findings = connection.scalars(select(Finding.public_id).order_by(Finding.public_id)).all()
            story, other = connection.scalars(select(Story.public_id).order_by(Story.public_id).limit(2)).all()
            proposal = connection.scalars(select(Proposal.name).order_by(Proposal.name).limit(1)).one()
        curating.decide(store, load_gazetteer(), curating.merge("gemma", "gemini", "Ada"))
        curating.decide(store, load_gazetteer(), curating.accept(proposal, "Ada", kind="company"))
        with store.write() as connection:
            for action, finding in zip((Action.DISMISS, Action.CONFIRM), findings, strict=False):
                assert decide(connection, decision(action, Subject.FINDING, finding))
            assert withdraw(connection, decision(Action.WITHDRAW, Subject.STORY, story))
            assert withdraw(connection, decision(Action.WITHDRAW, Subject.STORY, other))
            assert restore(connection, decision(Action.RESTORE, Subject.STORY, other))
        reanalysed(store)
        yield store


def decision(action: Action, subject: Subject, subject_id: str) -> Decision:
    return Decision(action, subject, subject_id, "Ada", datetime.now(UTC), note="as the publisher asked")


def reanalysed(store: Store) -> None:
    assert all(Reanalysis(store, load_gazetteer(), 100).run())


def test_the_whole_sample_corpus_round_trips_with_what_people_decided(curated: Store, tmp_path: Path) -> None:
    file = exported(curated, tmp_path / "stories.jsonl")
    with migrated(f"sqlite:///{tmp_path / 'other.db'}") as other:
        assert restored(other, file)[Outcome.DECIDED] == 7
        assert stories(other) == stories(curated)
        assert contents(other) == contents(curated)
        with other.read() as connection:
            before = generation(connection)
        assert set(restored(other, file)) == {Outcome.UNCHANGED}
        assert contents(other) == contents(curated)
        with other.read() as connection:
            assert generation(connection) == before
    for line in file.read_text(encoding="utf-8").splitlines():
        jsonschema.validate(json.loads(line), schema())


def test_a_line_of_an_export_is_checked_once(
    curated: Store, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = exported(curated, tmp_path / "stories.jsonl")
    file.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[-3:]), encoding="utf-8")
    checked: list[str] = []
    read_line = interchange.read_line

    def counted(text: str) -> object:
        checked.append(text)
        return read_line(text)

    for module in (interchange, interchange_format):
        monkeypatch.setattr(module, "read_line", counted)
    assert restored(store, file) == {Outcome.NEW: 3}
    assert len(checked) == 3


def test_decisions_reach_stories_that_were_there_before_them(curated: Store, tmp_path: Path) -> None:
    file = exported(curated, tmp_path / "stories.jsonl")
    with migrated(f"sqlite:///{tmp_path / 'other.db'}") as other:
        run(other, resource_dir("sample"), batch=100)
        foreseen = Counter(result.outcome for result in run(other, file, dry_run=True))
        assert restored(other, file) == foreseen
        assert foreseen[Outcome.DECIDED] == 7
        reanalysed(other)
        assert contents(other) == contents(curated)


def test_what_was_decided_here_later_counts(curated: Store, store: Store, tmp_path: Path) -> None:
    with curated.read() as connection:
        finding, story = connection.execute(
            select(Finding.public_id, Story.public_id)
            .join(Story, Story.id == Finding.story_id)
            .where(Finding.state == "dismissed")
        ).one()
        told = next(one for one in all_stories(connection) if one.public_id == story)
        dismissal = next(made for made in decisions(connection) if made.subject_id == finding)

    def taken(made: Decision) -> Counter[Outcome]:
        file = tmp_path / "stories.jsonl"
        file.write_text(f"{decision_as_line(made)}\n{as_line(told)}\n", encoding="utf-8")
        return restored(store, file)

    def state() -> str:
        with store.read() as connection:
            return connection.execute(select(Finding.state).where(Finding.public_id == finding)).scalar_one()

    assert taken(dismissal) == {Outcome.DECIDED: 1, Outcome.NEW: len(told.revisions)}
    assert state() == "dismissed"
    with store.write() as connection:
        assert decide(connection, decision(Action.CONFIRM, Subject.FINDING, finding))
    older = replace(dismissal, curator="Eve")
    assert taken(older) == {Outcome.UNCHANGED: 1 + len(told.revisions)}
    assert state() == "confirmed"
    assert taken(replace(older, decided_at=datetime.now(UTC)))[Outcome.DECIDED] == 1
    assert state() == "dismissed"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"action": "burn"}, "decision.action"),
        ({"decided_at": "2026-01-01T00:00:00"}, "decision.decided_at"),
        ({"x": 1}, "decision.x"),
    ],
)
def test_a_decision_that_is_not_what_the_schema_asks_for(
    curated: Store, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    with curated.read() as connection:
        line = json.loads(decision_as_line(decisions(connection)[0]))
    line["decision"] |= change
    (tmp_path / "bad.jsonl").write_text(json.dumps(line))
    (result,) = run(curated, tmp_path / "bad.jsonl", dry_run=True)
    assert (result.outcome, result.code) == (Outcome.QUARANTINED, "interchange")
    assert says in (result.message or "")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"dateline": 2}, "dateline"),
        ({"id": "short"}, "id"),
        ({"revisions": []}, "revisions"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_line_that_is_not_what_the_schema_asks_for(store: Store, tmp_path: Path, change: dict[str, object], says: str) -> None:
    line = good_line(store, tmp_path) | change
    (tmp_path / "bad.jsonl").write_text(json.dumps(line))
    (result,) = run(store, tmp_path / "bad.jsonl")
    assert (result.outcome, result.code) == (Outcome.QUARANTINED, "interchange" if change.get("dateline") != 3 else "")
    assert says in (result.message or "")


def test_a_document_that_is_not_the_one_with_its_fingerprint_is_refused(store: Store, tmp_path: Path) -> None:
    line = good_line(store, tmp_path)
    line["revisions"][0]["documents"][0]["sha256"] = "0" * 64
    (tmp_path / "bad.jsonl").write_text(json.dumps(line))
    (result,) = run(store, tmp_path / "bad.jsonl")
    assert result.code == "interchange"
    assert "fingerprint" in (result.message or "")


def good_line(store: Store, tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    run(store, tmp_path / "a.txt")
    return stories(store)[0]


def test_the_schema_in_the_documentation_is_the_one_in_the_code() -> None:
    file = Path(__file__).parents[2] / "docs" / "interchange.schema.json"
    assert json.loads(file.read_text()) == json.loads(json.dumps(schema()))
