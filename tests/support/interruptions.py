"""An import that is killed again and again, in processes of its own: ``python -m tests.support.interruptions URL FOLDER KILLS SEED``.

The parent process loads everything once and forks a child for each attempt, so that the moment of the kill falls into the import and
not into the start of a program. The last attempt is left alone.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

from app.analysis.gazetteer import load_gazetteer
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.store.engine import Store


def run_import(url: str, folder: str, batch: int) -> None:
    with Store(url) as store:
        for _ in Importer(store, load_gazetteer(), batch).run(open_sources([folder], Options(), Limits())):
            pass


def attempt(url: str, folder: str, batch: int, seconds: float | None) -> bool:
    """Import in a child; kill it after ``seconds``. Whether it got to its end."""
    child = os.fork()
    if not child:
        try:
            run_import(url, folder, batch)
        except BaseException as error:
            print(f"the import failed: {error!r}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit(1)
    return os.WIFEXITED(status)


def main() -> None:
    url, folder, kills, seed = sys.argv[1:]
    chance = random.Random(int(seed))
    load_gazetteer()
    killed = 0
    for _ in range(int(kills)):
        killed += not attempt(url, folder, batch=3, seconds=chance.uniform(0.0, 0.25))
    attempt(url, folder, batch=3, seconds=None)
    print(killed)


if __name__ == "__main__":
    main()
