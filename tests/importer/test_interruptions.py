"""Imports that are killed, and imports that run into each other: the store is what one undisturbed import gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty documents: single ones, two variants of a story, a later state of one, an empty digest, one that cannot be read."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(50):
        (folder / f"{number:02}.txt").write_text(another(number))
    (folder / "05b.txt").write_text(another(5).replace("$4.2 billion", "$4.3 billion"))
    (folder / "20-b.txt").write_text(with_front_matter(VARIANT_B, id="'7'"))
    (folder / "30-a.txt").write_text(with_front_matter(VARIANT_A, id="'7'"))
    (folder / "31.txt").write_bytes(b"\xff\xff\xff\xff")
    (folder / "32.md").write_text("> Analyzed 9 items, but none met the importance threshold.\n")
    return folder


@pytest.fixture
def undisturbed(folder: Path, tmp_path: Path) -> Iterator[dict[str, object]]:
    url = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        run_import(url, str(folder), batch=200)
        yield contents(store)


def migrated(url: str) -> None:
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()


def test_an_import_that_is_killed_fifty_times_ends_as_one_that_is_not(
    database_url: str, folder: Path, undisturbed: dict[str, object]
) -> None:
    migrated(database_url)
    command = [sys.executable, "-m", "tests.support.interruptions", database_url, str(folder), "50", "22416"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 5, "the kills came too late to interrupt anything"
    with Store(database_url) as store:
        assert contents(store) == undisturbed


def test_two_imports_of_overlapping_folders_at_once(database_url: str, folder: Path, undisturbed: dict[str, object]) -> None:
    migrated(database_url)
    command = [sys.executable, "-m", "tests.support.interruptions", database_url, str(folder), "0", "1"]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(2)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said.decode()
    with Store(database_url) as store:
        assert contents(store) == undisturbed


def test_options_are_part_of_what_a_document_is(tmp_path: Path) -> None:
    assert Options(title="x", sidecar="id: 7").as_json() == '{"sidecar": "id: 7", "title": "x"}'
    assert Options.from_json(Options(format="kagi").as_json()) == Options(format="kagi")
