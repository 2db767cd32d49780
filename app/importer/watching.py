"""Waiting for documents: which paths were added or changed, once whoever writes them has finished."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence

from watchfiles import Change, watch

from app.importer.containers.items import SIDECAR, is_wanted

#: Seconds in which a file must neither grow nor change before it is read.
SETTLED = 1.0
_STEP = 0.2


def changed_paths(paths: Sequence[str], stopped: Callable[[], bool]) -> Iterator[list[str]]:
    """The documents that are added or changed below ``paths``, in sets, until ``stopped`` says so.

    A file that is still being written is waited for. A changed sidecar counts as a change of its document.
    """
    named = {os.path.abspath(path) for path in paths}
    for changes in watch(*named, stop_event=_Stop(stopped), debounce=400, step=50, raise_interrupt=False):
        touched = {path for change, path in changes if change is not Change.deleted}
        documents = sorted({document for path in touched for document in _documents(path) if _is_watched(document, named)})
        ready = [path for path in documents if _settled(path, stopped)]
        if ready:
            yield ready


class _Stop:
    """What ``watch`` asks whether to end; it wants an event."""

    def __init__(self, stopped: Callable[[], bool]) -> None:
        self.is_set = stopped


def _documents(path: str) -> list[str]:
    if not path.endswith(SIDECAR):
        return [path]
    stem = path.removesuffix(SIDECAR)
    folder, name = os.path.split(stem)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [os.path.join(folder, other) for other in names if other == name or os.path.splitext(other)[0] == name]


def _is_watched(path: str, named: set[str]) -> bool:
    if path in named:
        return True
    return any(is_wanted(os.path.relpath(path, root)) for root in named if path.startswith(root + os.sep))


def _settled(path: str, stopped: Callable[[], bool]) -> bool:
    """Wait until a file has kept its size and time for a while; false where it went away."""
    seen: tuple[int, int] | None = None
    since = time.monotonic()
    while not stopped():
        try:
            status = os.stat(path)
        except OSError:
            return False
        now = (status.st_size, status.st_mtime_ns)
        if now != seen:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since >= SETTLED:
            return True
        time.sleep(_STEP)
    return False
