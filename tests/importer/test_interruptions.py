"""Imports that are killed, and imports that run into each other: the store is what one undisturbed import gives."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.importer.reading import Options
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from tests.support.contents import contents
from tests.support.documents import VARIANT_A, VARIANT_B, another, with_front_matter
from tests.support.interruptions import run_import

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files: single stories, two variants of a story, a later state of one, an empty digest, one that cannot be read."""
    folder = tmp_path_factory.mktemp("documents")
    for number in range(50):
        (folder / f"{number:02}.txt").write_text(another(number))
    (folder / "05b.txt").write_text(another(5).replace("$4.2 billion", "$4.3 billion"))
    (folder / "20-b.txt").write_text(with_front_matter(VARIANT_B, id="'7'"))
    (folder / "30-a.txt").write_text(with_front_matter(VARIANT_A, id="'7'"))
    (folder / "31.txt").write_bytes(b"\xff\xff\xff\xff")
    (folder / "32.md").write_text("> Analyzed 9 items, but none met the importance threshold.\n")
    return sorted(str(path) for path in folder.iterdir())


@pytest.fixture(scope="module")
def undisturbed(documents: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the store says after one import that nothing disturbed."""
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'store.db'}"
    migrated(url)
    run_import(url, documents, batch=200)
    with Store(url) as store:
        return contents(store)


def migrated(url: str) -> None:
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()


def interrupted(*arguments: str) -> str:
    command = [sys.executable, "-m", "tests.support.interruptions", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_an_import_that_is_killed_fifty_times_ends_as_one_that_is_not(
    database_url: str, documents: list[str], undisturbed: dict[str, object]
) -> None:
    assert int(interrupted("kill", database_url, "22416", "50", *documents)) == 50, "a kill came after the import was done"
    with Store(database_url) as store:
        assert contents(store) == undisturbed


def test_two_imports_of_overlapping_folders_at_once(
    database_url: str, documents: list[str], undisturbed: dict[str, object]
) -> None:
    interrupted("together", database_url, *documents[:45], "--", *documents[10:])
    with Store(database_url) as store:
        assert contents(store) == undisturbed


def test_the_workers_of_an_import_that_is_killed_end_with_it() -> None:
    command = [sys.executable, "-m", "tests.support.interruptions", "workers"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as importing:
        assert importing.stdout is not None
        workers = [int(number) for number in importing.stdout.readline().split()]
        importing.kill()
    assert len(workers) == 2
    until = time.monotonic() + 20
    while left := [worker for worker in workers if is_alive(worker)]:
        assert time.monotonic() < until, f"still there: {left}"
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat")
        return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_options_are_part_of_what_a_document_is(tmp_path: Path) -> None:
    assert Options(title="x", sidecar="id: 7").as_json() == '{"sidecar": "id: 7", "title": "x"}'
    assert Options.from_json(Options(format="kagi").as_json()) == Options(format="kagi")
