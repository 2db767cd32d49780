"""``dateline check``: a draft compared with its sources, for people and for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import application
from app.config import get_settings

DRAFT = """\
---
id: draft-1
title: A pledge for data centres
published: 2025-11-20
---
2 Sources
2 Sources
[1]
Halcyon pledges billions, analysts nod
Halcyon Labs has pledged to spend $600 billion on data centres by the end of 2028. Its shares rose on the news.
[2]
Halcyon opens in Leeds
A second office of Halcyon opens in Leeds in May with 40 people, and the mayor will attend the ceremony there.
Share
Share
Copy Link
Halcyon Labs has pledged to spend more on data centres.

Halcyon Labs pledged to spend {sum} on data centres by the end of 2028
1
. Its shares rose on the news
1
. A second office opens in Leeds in May with 40 people
2
.
Summarized by
Navi
"""


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    (tmp_path / "wrong draft.txt").write_text(DRAFT.replace("{sum}", "$60 billion"), "utf-8")
    (tmp_path / "right.txt").write_text(DRAFT.replace("{sum}", "$600 billion"), "utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(application, ["check", *map(str, arguments)])


def test_both_passages_are_printed_with_the_differing_words_marked(drafts: Path) -> None:
    result = run(drafts / "wrong draft.txt")
    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    assert "line 19: strong value: The summary says $60 billion; source 1 says $600 billion." in words
    assert "summary [1]: Halcyon Labs pledged to spend »$60 billion« on data centres" in words
    assert "source [1]: Halcyon Labs has pledged to spend »$600 billion« on data centres" in words
    assert "1 differs" in words


def test_a_clean_draft_passes(drafts: Path) -> None:
    result = run(drafts / "right.txt")
    assert result.exit_code == 0
    assert "strong" not in result.stdout
    assert "4 sentences: 4 supported" in result.stdout


def test_where_nothing_can_be_compared_it_says_why(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(
        "# Halcyon\n\nHalcyon opens in Leeds [1].\n\n## Sources\n\n[1] Leeds. https://a.example/b\n"
    )
    (tmp_path / "sources.txt").write_text(DRAFT.partition("Share\n")[0])
    assert "No cited source has its text" in " ".join(run(tmp_path / "article.md").stdout.split())
    assert "No summary was found" in run(tmp_path / "sources.txt").stdout
    assert "No cited source" not in run(tmp_path / "sources.txt").stdout


def test_json_is_what_scripts_rely_upon(drafts: Path) -> None:
    result = run(drafts / "wrong draft.txt", "--format", "json")
    story = json.loads(result.stdout)
    sentence = next(item for item in story["sentences"] if item["findings"])
    assert {"index", "part", "text", "citations", "inherited", "verdict", "evidence", "findings"} <= sentence.keys()
    assert (sentence["part"], sentence["index"], sentence["citations"], sentence["verdict"]) == ("summary", 0, [1], "differs")
    [finding] = sentence["findings"]
    assert {"id", "kind", "strength", "summary_text", "source", "source_text", "reason"} <= finding.keys()
    assert (finding["kind"], finding["strength"]) == ("value", "strong")
    assert (finding["summary_text"], finding["source"], finding["source_text"]) == ("$60 billion", 1, "$600 billion")
    assert {"source", "start", "end", "text", "score"} <= sentence["evidence"][0].keys()
    assert story["counts"]["differs"] == 1
    assert sum(story["counts"].values()) == len(story["sentences"]) == 4


def test_github_gets_an_annotation_at_the_line(drafts: Path) -> None:
    result = run(drafts / "wrong draft.txt", "--format", "github")
    [line] = result.stdout.splitlines()
    assert line.startswith("::error file=")
    assert "wrong draft.txt,line=19,title=Dateline value::The summary says $60 billion" in line
    assert run(drafts / "right.txt", "--format", "github").stdout == ""


def test_each_sentence_has_its_own_line_however_alike_they_begin(tmp_path: Path) -> None:
    alike = DRAFT.replace("Its shares rose on the news\n1", "It did so with $70 million\n1").replace("{sum}", "$60 billion")
    (tmp_path / "alike.txt").write_text(
        alike.replace("A second office opens", "Halcyon Labs pledged to spend $5 million, it opens")
    )
    result = run(tmp_path / "alike.txt", "--format", "github")
    values = [line for line in result.stdout.splitlines() if "Dateline value" in line]
    assert [line.partition("line=")[2].partition(",")[0] for line in values] == ["19", "21", "23"]


def test_several_documents_are_a_list_however_many_have_a_story(drafts: Path) -> None:
    (drafts / "wrong draft.txt").write_bytes(b"\x00")
    found = json.loads(run(drafts, "--format", "json").stdout)
    assert [story["counts"]["supported"] for story in found] == [4]
    assert json.loads(run(drafts / "wrong draft.txt", "--format", "json").stdout) == []


def test_a_stored_story_is_checked_by_its_id(drafts: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATABASE_URL", url)
    get_settings.cache_clear()
    try:
        report = drafts / "report.json"
        CliRunner().invoke(application, ["import", str(drafts / "wrong draft.txt"), "--report", str(report)])
        [row] = json.loads(report.read_text())
        stored = run(row["story_id"], "--format", "json")
        nothing = run("0000000000")
    finally:
        get_settings.cache_clear()
    draft = run(drafts / "wrong draft.txt", "--format", "json")
    assert stored.exit_code == draft.exit_code == 1
    assert json.loads(stored.stdout) == json.loads(draft.stdout)
    assert nothing.exit_code == 2
    assert "no story of the store" in nothing.stderr


def test_sarif_has_what_the_standard_requires(drafts: Path) -> None:
    result = run(drafts, "--format", "sarif")
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    [report] = log["runs"]
    driver = report["tool"]["driver"]
    rules = {rule["id"]: rule["shortDescription"]["text"] for rule in driver["rules"]}
    assert driver["name"] == "dateline"
    assert {"value", "name", "date", "quote", "certainty", "coverage", "elsewhere", "uncited", "unsupported"} < rules.keys()
    [found] = report["results"]
    assert (found["ruleId"], found["level"]) == ("value", "error")
    assert "$600 billion" in found["message"]["text"]
    [location] = found["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("/wrong%20draft.txt")
    assert place["region"]["startLine"] == 19
    assert len(found["partialFingerprints"]["dateline/v1"]) == 10


def test_what_cannot_be_read_is_an_error_beside_the_others(drafts: Path) -> None:
    (drafts / "empty.txt").write_text("", "utf-8")
    result = run(drafts / "empty.txt", drafts / "right.txt")
    assert result.exit_code == 1
    assert "4 supported" in result.stdout
    assert "empty.txt" in result.stderr
