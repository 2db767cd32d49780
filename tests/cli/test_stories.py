"""The commands that take stories off the pages and put them back."""

from __future__ import annotations

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


def only_id(url: str) -> str:
    with Store(url) as store, store.read() as connection:
        return str(connection.execute(select(Story.public_id)).scalar_one())
