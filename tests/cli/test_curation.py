"""The commands of curators: names and findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import application
from app.config import get_settings
from app.store.check_rows import public_id
from app.store.engine import Store
from tests.cli.test_commands import dateline
from tests.support.documents import another
from tests.support.findings import FIGURE, checked_story
from tests.support.stories import store_stories

STORY = checked_story(1)
ID = public_id(STORY.public_id, FIGURE)


def test_names_from_the_queue_to_their_history(tmp_path: Path, url: str) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(another(number))
    dateline("import", tmp_path / "0.txt", tmp_path / "1.txt", url=url)
    queue = json.loads(dateline("entities", "proposed", "--format", "json", url=url).stdout)
    assert all({"name", "kind", "score", "stories", "evidence"} <= row.keys() for row in queue)
    accepted = dateline("entities", "accept", "Halcyon Labs", "--kind", "lab", "--alias", "Halcyon", "--curator", "Ada", url=url)
    assert accepted.stdout == "accepted Halcyon Labs (/entities/halcyon-labs); 2 stories analysed again\n", accepted.stderr
    left = [row["name"] for row in json.loads(dateline("entities", "proposed", "--format", "json", url=url).stdout)]
    assert "Halcyon Labs" not in left
    would = dateline("entities", "merge", "halcyon-labs", "openai", "--dry-run", url=url)
    assert would.stdout == "2 stories would be analysed again\n"
    merged = dateline("entities", "merge", "halcyon-labs", "openai", "--note", "One company.", "--curator", "Bo", url=url)
    assert merged.stdout == "merged halcyon-labs into openai; 2 stories analysed again\n"
    split = dateline("entities", "split", "openai", "Halcyon Labs", "Halcyon", "--kind", "lab", url=url)
    assert split.stdout.startswith("split Halcyon Labs off from openai (/entities/halcyon-labs)")
    assert dateline("entities", "retype", "halcyon-labs", "company", url=url).returncode == 0
    renamed = dateline("entities", "rename", "halcyon-labs", "Halcyon Research", url=url)
    assert renamed.stdout.startswith("renamed halcyon-labs to Halcyon Research (/entities/halcyon-research)")
    history = json.loads(dateline("entities", "history", "halcyon-labs", "--format", "json", url=url).stdout)
    assert [made["action"] for made in history] == ["accept", "merge", "split", "retype", "rename"]
    assert (history[1]["curator"], history[1]["note"]) == ("Bo", "One company.")
    assert "rejected Halcyon Labs" in dateline("entities", "reject", "Halcyon Labs", url=url).stdout
    assert dateline("db", "check", url=url).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("accept", "OpenAI", "--kind", "lab"), "is the address of OpenAI"),
        (("accept", "Nobody Labs"), "no story proposes"),
        (("accept", "X", "--kind", "planet"), "planet"),
        (("merge", "openai", "nobody"), "no entity at 'nobody'"),
        (("merge", "openai", "nobody", "--dry-run"), "no entity at 'nobody'"),
        (("split", "openai", "OpenAI"), "rename it first"),
        (("rename", "openai", " "), "A name is not empty"),
        (("retype", "openai", "planet"), "planet"),
        (("history", "nobody"), "nobody"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage_with_the_reason(
    url: str, arguments: tuple[str, ...], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DATABASE_URL", url)
    get_settings.cache_clear()
    result = CliRunner().invoke(application, ["entities", *arguments])
    get_settings.cache_clear()
    said = " ".join(result.stderr.replace("│", " ").split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in said


def test_findings_are_listed_and_decided_on(url: str) -> None:
    with Store(url) as store:
        store_stories(store, STORY)
    rows = json.loads(dateline("findings", "list", "--strength", "strong", "--format", "json", url=url).stdout)
    assert [(row["kind"], row["state"]) for row in rows] == [("quote", "open"), ("value", "open")]
    assert (
        dateline("findings", "confirm", ID, "--note", "It says $600 billion.", "--curator", "Ada", url=url).stdout
        == f"{ID} is confirmed\n"
    )
    assert ID not in dateline("findings", "list", url=url).stdout
    listed = dateline("findings", "list", "--state", "confirmed", url=url).stdout
    assert listed.startswith(f"{ID}\tconfirmed\tstrong\tvalue\t") and "(Ada, " in listed and ": It says $600 billion.)" in listed
    for action, said in (("dismiss", "dismissed"), ("correct", "marked as corrected"), ("reopen", "open again")):
        assert dateline("findings", action, ID, url=url).stdout == f"{ID} is {said}\n"
    (row,) = [row for row in json.loads(dateline("findings", "list", "--format", "json", url=url).stdout) if row["id"] == ID]
    assert [made["action"] for made in row["decisions"]] == ["confirm", "dismiss", "correct", "reopen"]
    nothing = dateline("findings", "confirm", "nosuchid00", url=url)
    assert (nothing.returncode, "nosuchid00" in nothing.stderr) == (2, True)


def test_a_store_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    for arguments in (("entities", "proposed"), ("findings", "list")):
        result = dateline(*arguments, url=f"sqlite:///{tmp_path / 'empty.db'}")
        assert (result.returncode, result.stdout) == (3, ""), arguments
