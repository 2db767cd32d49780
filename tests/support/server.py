"""The real server, in a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Seconds that the server may take to answer; a slow machine under load takes a few.
PATIENCE = 60


@contextmanager
def running_server(database_url: str, log: Path, **settings: str) -> Iterator[str]:
    """The address of a server on this database, stopped at the end. ``settings`` are names without ``DATELINE_``."""
    port = _free_port()
    environment = os.environ | {"DATELINE_DATABASE_URL": database_url} | {f"DATELINE_{k.upper()}": v for k, v in settings.items()}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(port)], env=environment, stdout=stream, stderr=stream
        )
        try:
            _wait_until_ready(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")
