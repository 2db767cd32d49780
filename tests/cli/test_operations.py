"""The commands of an operator: dry run, explain, watch, stop, quarantine, export."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.store.engine import Store
from app.store.generation import generation
from tests.cli.test_commands import dateline
from tests.support.documents import VARIANT_B, another


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(another(number))
    (folder / "bad.txt").write_bytes(b"\xff\xff\xff")
    (folder / "picture.png").write_bytes(b"x")
    return folder


def test_a_dry_run_says_what_would_be(folder: Path, url: str) -> None:
    result = dateline("import", folder, "--dry-run", url=url)
    assert (result.returncode, result.stdout) == (1, "would be: 3 new, 1 quarantined\n")
    assert "passed over, for they are not or are not called like documents: 1 .png" in result.stderr
    assert dateline("import", folder, "--jobs", "2", url=url).stdout == "3 new, 1 quarantined\n"


def test_quarantine_is_listed_shown_retried_and_dropped(folder: Path, url: str) -> None:
    (folder / "odd.txt").write_text("Nothing that any format knows.\n")
    dateline("import", folder, url=url)
    listed = [line.split("\t") for line in dateline("quarantine", "list", url=url).stdout.splitlines()]
    assert {(fields[2], Path(fields[3].partition(":")[0]).name) for fields in listed} == {
        ("invalid-utf-8", "bad.txt"),
        ("unknown-format", "odd.txt"),
    }
    bad = next(fields[0] for fields in listed if fields[2] == "invalid-utf-8")
    odd = next(fields[0] for fields in listed if fields[2] == "unknown-format")
    shown = dateline("quarantine", "show", odd, url=url)
    assert shown.stdout == "Nothing that any format knows.\n"
    assert "text-dump" in shown.stderr, "an unknown format lists what was looked for"
    again = dateline("quarantine", "retry", odd, url=url)
    assert (again.returncode, again.stdout.startswith(f"quarantined: {folder / 'odd.txt'}: no known format")) == (1, True)
    assert dateline("quarantine", "drop", bad, url=url).stdout == "dropped 1\n"
    assert len(dateline("quarantine", "list", url=url).stdout.splitlines()) == 1
    wrong = dateline("quarantine", "show", "zzz", url=url)
    assert (wrong.returncode, "zzz" in wrong.stderr) == (2, True)


def test_a_file_that_was_too_large_is_read_again_from_where_it_was(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "large.txt").write_text(VARIANT_B)
    monkeypatch.setenv("DATELINE_MAX_DOCUMENT_BYTES", "100")
    refused = dateline("import", tmp_path / "large.txt", url=url)
    assert refused.returncode == 1
    assert "DATELINE_MAX_DOCUMENT_BYTES" in refused.stderr
    monkeypatch.delenv("DATELINE_MAX_DOCUMENT_BYTES")
    retried = dateline("quarantine", "retry", url=url)
    assert (retried.returncode, retried.stdout.startswith("new: ")) == (0, True), retried.stderr
    assert dateline("quarantine", "list", url=url).stdout == "nothing is in quarantine\n"


def test_explain_shows_every_line_with_its_roles_and_stores_nothing(tmp_path: Path, url: str) -> None:
    text = VARIANT_B.replace("18 Nov 2025", "What is this line\n18 Nov 2025") + "\u202egnp.exe\n"
    (tmp_path / "a.txt").write_text(text)
    result = dateline("import", tmp_path / "a.txt", "--explain", url=url)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    shown = [line.partition(" │ ")[2] for line in lines if " │ " in line]
    assert [line.replace("<U+202E>", "\u202e") for line in shown] == text.splitlines()
    roles = {line.split()[1] for line in lines if " │ " in line and line.split()[1] != "│"}
    assert {"dek", "summary", "citation", "source-number", "source-title", "source-text", "related", "furniture"} <= roles
    assert any("warning[unrecognised]" in line and "What is this line" in line for line in lines)
    assert dateline("export", url=url).stdout == ""


def test_explain_names_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    result = dateline("import", tmp_path / "a.txt", "--explain")
    assert (result.returncode, "error[invalid-utf-8]" in result.stderr) == (1, True)


def test_an_export_is_imported_into_another_store(folder: Path, url: str, tmp_path: Path) -> None:
    dateline("import", folder, url=url)
    file = tmp_path / "stories.jsonl"
    assert dateline("export", "--format", "jsonl", "-o", file, url=url).returncode == 0
    lines = file.read_text().splitlines()
    assert len(lines) == 3
    other = f"sqlite:///{tmp_path / 'other.db'}"
    dateline("db", "upgrade", url=other)
    assert dateline("import", file, url=other).stdout == "3 new\n"
    assert dateline("export", url=other).stdout.splitlines() == lines
    assert dateline("import", "-", url=other, text=file.read_text()).stdout == "0 new, 3 unchanged\n"


def test_an_export_that_cannot_be_written_says_so(url: str, tmp_path: Path) -> None:
    result = dateline("export", "-o", tmp_path / "nowhere" / "stories.jsonl", url=url)
    assert (result.returncode, result.stdout) == (2, "")
    assert "cannot be written" in " ".join(result.stderr.replace("│", " ").split())


def version_in_a_process(seed: str) -> str:
    """The fingerprint of the gazetteer in a process that orders its sets by this seed."""
    program = (
        "from app.analysis.gazetteer import load_gazetteer; from app.store.gazetteer import gazetteer_version\n"
        "print(gazetteer_version(load_gazetteer().entities))"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def test_what_one_process_analysed_another_one_knows(folder: Path, url: str) -> None:
    dateline("import", folder, url=url)
    assert len({version_in_a_process(seed) for seed in ("1", "2")}) == 1
    with Store(url) as store, store.read() as connection:
        before = generation(connection)
    assert dateline("reanalyse", url=url).stdout == "every story has today's analysis\n"
    assert dateline("import", folder, url=url).stdout == "0 new, 3 unchanged, 1 quarantined\n"
    with Store(url) as store, store.read() as connection:
        assert generation(connection) == before


def test_a_report_lists_every_document(folder: Path, url: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    dateline("import", folder, "--report", report, url=url)
    rows = json.loads(report.read_text())
    assert [row["outcome"] for row in rows] == ["new", "new", "new", "quarantined"]
    assert rows[3]["code"] == "invalid-utf-8" and len(rows[0]["story_id"]) == 10


@contextmanager
def running(*arguments: str | Path, url: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DATELINE_DATABASE_URL": url, "DATELINE_IMPORT_BATCH": "1"}
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def eventually(condition: object, seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def stories(url: str) -> int:
    return len(dateline("export", url=url).stdout.splitlines())


def test_ctrl_c_ends_with_the_batch_and_says_how_to_go_on(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(2000):
        (folder / f"{number:04}.txt").write_text(another(number))
    database = tmp_path / "store.db-wal"
    with running("import", folder, url=url) as process:
        assert eventually(lambda: database.exists() and database.stat().st_size > 100_000)
        process.send_signal(signal.SIGINT)
        output, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopping when this batch is stored" in said and "goes on where this one ended" in said
    stored = int(output.split(" new")[0].replace(",", ""))
    assert 0 < stored < 2000
    assert stories(url) == stored


def test_watching_imports_what_is_added_once_it_is_whole(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    with running("import", folder, "--watch", url=url) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "0 new\n"
        assert "watching" in process.stderr.readline()
        time.sleep(0.5)
        text = another(1)
        with (folder / "1.txt").open("w") as file:
            for start in range(0, len(text), len(text) // 4):  # written in pieces, with pauses
                file.write(text[start : start + len(text) // 4])
                file.flush()
                time.sleep(0.3)
        (folder / "picture.png").write_bytes(b"x")
        line = process.stdout.readline()
        assert line.startswith("new: ") and "1.txt" in line
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert stories(url) == 1


def test_a_document_in_an_archive_that_was_too_large_names_the_archive_to_import_again(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("large.txt", VARIANT_B)
    monkeypatch.setenv("DATELINE_MAX_DOCUMENT_BYTES", "100")
    assert dateline("import", tmp_path / "a.zip", url=url).returncode == 1
    retried = dateline("quarantine", "retry", url=url)
    assert f"its content was not kept: import {tmp_path / 'a.zip'} again" in retried.stderr
