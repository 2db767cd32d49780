"""Setting up: what a person without an environment, a network or a new Python is told."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
NEEDED = ("Makefile", "pyproject.toml", ".requirements", "README.md", "app/__init__.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a fresh checkout as setting up looks at."""
    if shutil.which("make") is None:
        pytest.skip("no make: install it (apt install make)")
    for name in NEEDED:
        source, target = ROOT / name, tmp_path / "checkout" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    return tmp_path / "checkout"


def make(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Variables of the make that runs these tests would reach the one under test.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PIP_"))}
    return subprocess.run(
        ["make", *arguments], cwd=checkout, env=inherited | environment, capture_output=True, text=True, check=False
    )


def test_an_old_python_is_named_with_what_to_do(checkout: Path) -> None:
    old = checkout / "python3.9"
    old.write_text(
        '#!/bin/sh\ncase "$*" in *version_info*) echo "Dateline needs Python 3.11 or newer; this is 3.9.2." >&2; exit 1;; esac\n'
    )
    old.chmod(0o755)
    result = make(checkout, "serve", f"PYTHON={old}")
    assert result.returncode != 0
    assert "Dateline needs Python 3.11 or newer" in result.stderr
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_is_said(checkout: Path) -> None:
    result = make(checkout, "serve", "PYTHON=")
    assert result.returncode != 0
    assert "Dateline needs Python 3.11 or newer" in result.stderr


def test_without_a_network_the_message_says_how_to_go_on(checkout: Path) -> None:
    unreachable = "http://127.0.0.1:9/simple"
    result = make(
        checkout,
        "serve",
        PIP_INDEX_URL=unreachable,
        PIP_EXTRA_INDEX_URL="",
        PIP_FIND_LINKS="",
        PIP_CONFIG_FILE=os.devnull,
        PIP_RETRIES="0",
        PIP_NO_CACHE_DIR="1",
    )
    assert result.returncode != 0
    assert "The package index could not be reached" in result.stderr
    assert "PIP_INDEX_URL" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (checkout / ".venv/.runtime").exists()


def test_make_lists_its_targets(checkout: Path) -> None:
    text = make(checkout).stdout
    for target in ("serve", "test", "lint", "bench", "lock"):
        assert f"make {target}" in text


def test_requirements_are_pinned_with_hashes_and_name_no_index() -> None:
    for file in (ROOT / ".requirements").iterdir():
        text = file.read_text()
        assert "index-url" not in text
        assert "://" not in text
        requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert requirements
        assert all("==" in line and line.endswith("\\") for line in requirements)


def test_the_containers_keep_what_the_documentation_promises() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    web, migrate = services["web"], services["migrate"]
    assert web["read_only"] is True
    assert web["cap_drop"] == ["ALL"]
    assert web["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert migrate["command"] == ["db", "upgrade"]
    assert migrate["restart"] == "no"
    assert "healthcheck" in services["database"]
    assert "healthcheck" in services["proxy"]
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    assert "USER 10001" in (ROOT / "Dockerfile").read_text()
    assert not any("password" in str(value).lower() and "${" not in str(value) for value in web["environment"].values())
