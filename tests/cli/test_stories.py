"""The commands that take stories off the pages and put them back."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select

from app.store.engine import Store
from app.store.schema import Story
from tests.cli.test_commands import dateline
from tests.support.documents import another


def test_a_story_is_withdrawn_listed_and_restored(tmp_path: Path, url: str) -> None:
    (tmp_path / "story.txt").write_text(another(1))
    dateline("import", tmp_path / "story.txt", "--id", "one", url=url)
    story = only_id(url)
    assert dateline("stories", "withdraw", story, url=url).returncode == 2, "a reason must be given"
    assert dateline("stories", "withdraw", story, "--note", " ", url=url).returncode == 2
    assert dateline("stories", "withdraw", "0000000000", "--note", "No.", url=url).returncode == 2
    done = dateline("stories", "withdraw", story, "--note", "A draft.", "--curator", "Ada", url=url)
    assert (done.returncode, done.stdout) == (0, f"{story} is withdrawn\n"), done.stderr
    public_id, _, _, reason = dateline("stories", "withdrawn", url=url).stdout.strip().split("\t")
    assert (public_id, reason) == (story, "A draft.")
    assert dateline("db", "check", url=url).returncode == 0
    assert dateline("stories", "restore", story, url=url).stdout == f"{story} is shown again\n"
    assert dateline("stories", "restore", story, url=url).returncode == 2
    assert dateline("stories", "withdrawn", url=url).stdout == ""
    assert dateline("db", "check", url=url).returncode == 0


def test_stories_are_listed_the_last_changed_on_top(tmp_path: Path, url: str) -> None:
    dateline("db", "upgrade", url=url)
    assert dateline("stories", "list", url=url).stdout == "no stories\n"
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(another(number))
        dateline("import", tmp_path / f"{number}.txt", "--id", str(number), url=url)
    (tmp_path / "0.txt").write_text(another(0).replace("$4.2 billion", "$4.3 billion"))
    dateline("import", tmp_path / "0.txt", "--id", "0", "--title", "Mended", "--published", "2025-11-20", url=url)
    first, second = (line.split("\t") for line in dateline("stories", "list", url=url).stdout.splitlines())
    assert first[1:] == ["2025-11-20", "Mended"] and second[0] != first[0]
    (row,) = json.loads(dateline("stories", "list", "--limit", "1", "--format", "json", url=url).stdout)
    assert (row["id"], row["title"]) == (first[0], "Mended") and row["url"].endswith(f"/stories/{first[0]}/mended")
    assert dateline("check", first[0], url=url).returncode in (0, 1)


def test_an_export_leaves_withdrawn_stories_out_unless_asked(tmp_path: Path, url: str) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(another(number))
    dateline("import", tmp_path, url=url)
    kept, gone = all_ids(url)
    dateline("stories", "withdraw", gone, "--note", "A draft.", url=url)
    part, whole = dateline("export", url=url), dateline("export", "--withdrawn", url=url)
    assert (story_ids(part.stdout), story_ids(whole.stdout)) == ([kept], [kept, gone])
    assert "1 withdrawn left out (--withdrawn writes them too)" in part.stderr
    assert "left out" not in whole.stderr
    # What was decided goes along either way: the story is withdrawn there as well, whoever brings it.
    for name, export in (("part", part), ("whole", whole)):
        other = f"sqlite:///{tmp_path / name}.db"
        dateline("db", "upgrade", url=other)
        dateline("import", "-", url=other, text=export.stdout)
        dateline("import", tmp_path / "0.txt", tmp_path / "1.txt", url=other)
        assert dateline("stories", "withdrawn", url=other).stdout.startswith(f"{gone}\t")
        assert dateline("export", "--withdrawn", url=other).stdout.splitlines()[0] == whole.stdout.splitlines()[0]
        assert story_ids(dateline("export", url=other).stdout) == [kept]


def story_ids(export: str) -> list[str]:
    lines = (json.loads(line) for line in export.splitlines())
    return [line["id"] for line in lines if "decision" not in line]


def all_ids(url: str) -> list[str]:
    with Store(url) as store, store.read() as connection:
        return list(connection.scalars(select(Story.public_id).order_by(Story.id)))


def only_id(url: str) -> str:
    with Store(url) as store, store.read() as connection:
        return str(connection.execute(select(Story.public_id)).scalar_one())
