"""Commands as people and scripts run them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

import pytest
import uvicorn
from typer.testing import CliRunner

from app.cli import application, main
from app.config import get_settings
from app.store import engine
from app.store.engine import Store
from tests.support.documents import VARIANT_A, VARIANT_B, another, with_front_matter


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store' / 'dateline.db'}"


def dateline(*arguments: str | Path, url: str = "", text: str | None = None) -> subprocess.CompletedProcess[str]:
    """What ``dateline`` with these arguments does, without the second that a process of its own takes to begin."""
    environment = {"DATELINE_DATABASE_URL": url} if url else {}
    command = ["dateline", *map(str, arguments)]
    get_settings.cache_clear()
    with CliRunner().isolation(text, environment) as (output, errors, _), patch.object(sys, "argv", command):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        finally:
            get_settings.cache_clear()
        sys.stdout.flush()
        sys.stderr.flush()
        return subprocess.CompletedProcess(command, code, output.getvalue().decode(), errors.getvalue().decode())


def test_parse_prints_json_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    result = dateline("parse", tmp_path / "a.txt", "--format", "json")
    story = json.loads(result.stdout)
    assert (result.returncode, result.stderr) == (0, "")
    assert (story["format"], story["variant"]) == ("text-dump", "B")
    assert story["title"] == {"text": "Halcyon Labs turns to closed models.", "derived": "dek"}
    assert story["published"] == {"edtf": "2025-11-18/..", "source": "related"}
    assert [[s["citations"] for s in p["sentences"]] for p in story["paragraphs"]] == [[[1], [2], []], [[2], []]]
    assert [[s["inherited"] for s in p["sentences"]] for p in story["paragraphs"]] == [[[], [], [2]], [[], [2]]]
    assert story["sources"][1]["outlet"] == "The Sample Wire"
    assert story["related"][0] == {"title": None, "url": None, "date": "2025-11-18", "category": "Technology"}
    assert story["ranked"] == [{"rank": 1, "category": "Technology", "title": None}]


def test_parse_of_several_files_is_a_list_and_of_standard_input_one_story(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_A)
    (tmp_path / "b.txt").write_text(VARIANT_B)
    both = json.loads(dateline("parse", tmp_path, "--format", "json").stdout)
    assert [story["variant"] for story in both] == ["A", "B"]
    assert json.loads(dateline("parse", "-", text=VARIANT_B).stdout)["variant"] == "B"


def test_parse_for_people_names_what_is_derived(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    result = dateline("parse", tmp_path / "a.txt", "--format", "text")
    assert "derived from the dek" in result.stdout
    assert "2025-11-18/.." in result.stdout


def test_analyse_adds_entities_and_events(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B.replace("The company raised", "OpenAI raised"))
    story = json.loads(dateline("analyse", tmp_path / "a.txt", "--published", "2025-11-20", "--format", "json").stdout)
    (entity,) = [entity for entity in story["entities"] if entity["slug"] == "openai"]
    mention = entity["mentions"][0]
    sentence = [s["text"] for p in story["paragraphs"] for s in p["sentences"]][mention["sentence"]]
    assert sentence[mention["start"] : mention["end"]] == mention["text"] == "OpenAI"
    told = {event["edtf"]: event for event in story["events"] if event["part"] == "summary"}
    left, raised = told["2025-11-03"], told["2025-10"]
    assert (left["type"], left["start"], left["end"], left["planned"]) == ("departure", "2025-11-03", "2025-11-03", False)
    # Nobody in it is in the gazetteer: OpenAI only hired others.
    assert left["participants"] == []
    assert (raised["type"], raised["start"], raised["end"]) == ("funding", "2025-10-01", "2025-10-31")
    assert raised["open_weights"] is None
    assert raised["participants"] == ["openai"]


def test_analyse_proposes_names_that_the_gazetteer_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    story = json.loads(dateline("analyse", tmp_path / "a.txt", "--format", "json").stdout)
    (proposal,) = [proposal for proposal in story["proposals"] if proposal["name"] == "Halcyon Labs"]
    assert proposal["kind"] == "lab"
    assert "Halcyon Labs" in proposal["evidence"]
    assert proposal["reason"] in " ".join(dateline("analyse", tmp_path / "a.txt", "--format", "text").stdout.split())


def test_a_document_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"2 Sources\n\x00")
    result = dateline("parse", tmp_path / "bad.txt")
    assert result.returncode == 1
    assert "bad.txt:2:" in result.stderr
    assert result.stdout == "[]\n"


def test_import_counts_and_ends_with_one_when_something_was_quarantined(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(another(number))
    assert dateline("db", "upgrade", url=url).returncode == 0
    good = dateline("import", folder, url=url)
    assert (good.returncode, good.stdout) == (0, "3 new\n")
    (folder / "bad.txt").write_bytes(b"\xff\xff\xff")
    report = tmp_path / "report.json"
    bad = dateline("import", folder, "--report", report, url=url)
    assert bad.returncode == 1
    assert bad.stdout == "0 new, 3 unchanged, 1 quarantined\n"
    assert "bad.txt" in bad.stderr and "invalid-utf-8" in bad.stderr
    outcomes = {Path(row["name"]).name: row["outcome"] for row in json.loads(report.read_text())}
    assert outcomes == {"0.txt": "unchanged", "1.txt": "unchanged", "2.txt": "unchanged", "bad.txt": "quarantined"}
    assert dateline("db", "check", url=url).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "nowhere"], "no such file or directory"),
        (["import", "{empty}"], "no documents in this directory"),
        (["import", "{document}", "--published", "soon"], "not a date in EDTF"),
        (["parse", "{document}", "--url", "javascript:alert(1)"], "http"),
        (["import", "{document}", "{other}", "--title", "One title"], "names one story"),
        (["import", "{document}", "--format", "moon"], "no format is called 'moon' (there are: ai-incident, "),
        (["import", "{document}", "--report", "{empty}/none/report.json"], "json: No such file or directory"),
        (["import", "-", "--watch"], "files and directories can be watched, not -"),
        (["import", "{empty}/../*.txt", "--watch"], "files and directories can be watched, not "),
        (["import"], "Missing argument"),
        (["fly"], "No such command"),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_ends_with_two(tmp_path: Path, url: str, arguments: list[str], says: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(VARIANT_B)
    (tmp_path / "b.txt").write_text(another(1))
    dateline("db", "upgrade", url=url)
    places = {"empty": tmp_path / "empty", "document": tmp_path / "a.txt", "other": tmp_path / "b.txt"}
    result = dateline(*(argument.format(**places) for argument in arguments), url=url)
    assert result.returncode == 2
    assert says in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr


def test_the_version_is_told() -> None:
    result = dateline("--version")
    assert (result.returncode, result.stdout) == (0, f"dateline {version('dateline')}\n")


def test_a_store_that_cannot_be_made_and_a_schema_that_is_none_are_told(tmp_path: Path, url: str) -> None:
    (tmp_path / "file").write_text("x")
    nowhere = dateline("db", "upgrade", url=f"sqlite:///{tmp_path}/file/store.db")
    assert (nowhere.returncode, "there can be no store at" in nowhere.stderr) == (3, True)
    wrong = dateline("db", "downgrade", "9999", url=url)
    assert (wrong.returncode, "no schema 9999" in wrong.stderr) == (2, True)


def test_a_store_that_another_program_holds_says_so(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dateline("db", "upgrade", url=url)
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 0.1)
    with Store(url) as store, store.write():
        held = dateline("reanalyse", "--all", url=url)
    assert (held.returncode, "try again" in held.stderr) == (3, True)


def test_an_unusable_store_ends_with_three(tmp_path: Path, url: str) -> None:
    (tmp_path / "a.txt").write_text(with_front_matter(VARIANT_B, title="x"))
    missing = dateline("import", tmp_path / "a.txt", url=url)
    assert missing.returncode == 3
    assert "dateline db upgrade" in missing.stderr
    unreachable = dateline("db", "check", url="postgresql+psycopg://nobody@127.0.0.1:9/none")
    assert unreachable.returncode == 3
    assert "Traceback" not in unreachable.stderr
    other = dateline("db", "check", url="mysql://x")
    assert (other.returncode, "SQLite or PostgreSQL" in other.stderr) == (3, True)


def test_a_port_that_is_taken_is_named(url: str) -> None:
    dateline("db", "upgrade", url=url)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = dateline("serve", "--port", str(port), url=url)
    assert result.returncode == 2
    assert f"127.0.0.1:{port} is taken" in result.stderr


def test_links_lead_to_the_port_that_is_served(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dateline("db", "upgrade", url=url)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    addresses: list[str] = []
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: addresses.append(get_settings().base_url))
    monkeypatch.setenv("DATELINE_DATABASE_URL", url)
    for chosen in ("https://timelines.example", None):
        monkeypatch.setenv("DATELINE_BASE_URL", chosen or "")
        if chosen is None:
            monkeypatch.delenv("DATELINE_BASE_URL")
        get_settings.cache_clear()
        assert CliRunner().invoke(application, ["serve", "--port", str(port)]).exit_code == 0
    get_settings.cache_clear()
    assert addresses == ["https://timelines.example", f"http://127.0.0.1:{port}"]
