"""Imports that are killed, or that run at once, in processes of their own.

    python -m tests.support.interruptions kill URL SEED KILLS PATH…
    python -m tests.support.interruptions together URL PATH… -- PATH…
    python -m tests.support.interruptions workers

The parent loads everything once and forks a child for each import, so that a kill falls into the import and not into the start of a
program.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import select
import signal
import sys
import time
from collections.abc import Sequence

from app.analysis.gazetteer import load_gazetteer
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer
from app.importer.reading import Options, raw_document
from app.importer.workers import Processes
from app.store.engine import Store
from tests.support.documents import another

#: Small batches, so that there are many moments at which something is half done.
_BATCH = 2
#: The longest time before the first kill, in seconds; later ones are fitted to how far an import gets.
_FIRST = 0.2


def run_import(url: str, paths: Sequence[str], batch: int = _BATCH, stored: int | None = None) -> None:
    """Import; ``stored`` is a pipe that gets a byte for each document."""
    with Store(url) as store:
        for _ in Importer(store, load_gazetteer(), batch).run(open_sources(list(paths), Options(), Limits())):
            if stored is not None:
                os.write(stored, b".")


def begin(url: str, paths: Sequence[str], stored: int | None = None) -> int:
    """Import in a child; returns its process id."""
    child = os.fork()
    if not child:
        try:
            run_import(url, paths, stored=stored)
        except BaseException as error:
            print(f"the import failed: {error!r}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return child


def succeeded(child: int) -> bool:
    """Wait for a child. Whether it got to its end; one that failed ends this program too."""
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit(1)
    return os.WIFEXITED(status)


def kill_often(url: str, paths: Sequence[str], kills: int, chance: random.Random) -> int:
    """Begin the import again and again and kill it at a random moment each time, then let it end. How many kills came in time.

    The moments lie between the start and a time within which about every third import gets as far as storing something new: so
    the kills fall into reading, storing and committing alike, and the import is not done before they are.
    """
    longest, landed = _FIRST, 0
    for _ in range(kills):
        reading, writing = os.pipe()
        child = begin(url, paths, writing)
        os.close(writing)
        time.sleep(chance.uniform(0.0, longest))
        os.kill(child, signal.SIGKILL)
        landed += not succeeded(child)
        stored = os.read(reading, 1) if select.select([reading], [], [], 0)[0] else b""
        os.close(reading)
        longest *= 0.8 if stored else 1.12
    if not succeeded(begin(url, paths)):
        sys.exit("the last import was to end undisturbed")
    return landed


def wait_with_workers() -> None:
    """Say which processes read for this one, and wait to be killed."""
    with Processes(2, ()) as workers:
        documents = [raw_document(str(number), another(number).encode(), Options()) for number in range(40)]
        for _ in workers.submit(documents).results():
            pass
        print(*(process.pid for process in multiprocessing.active_children()), flush=True)
        time.sleep(60)


def main() -> None:
    if sys.argv[1:] == ["workers"]:
        wait_with_workers()
        return
    mode, url, *rest = sys.argv[1:]
    load_gazetteer()
    if mode == "kill":
        seed, kills, *paths = rest
        print(kill_often(url, paths, int(kills), random.Random(int(seed))))
    else:
        middle = rest.index("--")
        both = [begin(url, paths) for paths in (rest[:middle], rest[middle + 1 :])]
        for child in both:
            succeeded(child)


if __name__ == "__main__":
    main()
