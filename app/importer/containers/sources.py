"""Paths as an operator gives them, and the documents in them one after another."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

from app.importer.containers import incidents
from app.importer.containers.archives import DAMAGE, HEAD, Archive, bare_name, decompressed, open_archive
from app.importer.containers.items import (
    SIDECAR,
    STANDARD_INPUT_NAME,
    Budget,
    ContainerError,
    Found,
    Limits,
    NoDocuments,
    Unreadable,
    is_wanted,
    listing,
    read_document,
    sidecar_names,
    unreadable,
)
from app.importer.containers.records import is_json_lines, is_web_archive, read_json_lines, read_web_archive
from app.importer.reading import Options, raw_document

STANDARD_INPUT = "-"
_DEEPEST = 3
_LONGEST_SIDECAR = 65_536
#: Told by more than a document's first bytes: enough of a file to see its first line.
_PEEK = 65_536


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read, with its sidecar, and whether it is one half of a snapshot with or without the other beside it."""

    path: str
    size: int
    sidecar: str | None = None
    is_snapshot: bool = False
    other_half: str | None = None
    """What is missing beside it."""


@dataclass(slots=True)
class Sources:
    """The documents below some paths, each read when it is asked for.

    ``files`` and ``size`` (in bytes) are counted beforehand; ``read`` is how many of these bytes have been read so far.
    ``skipped`` counts, by the ending of their names, files that look like no document.
    """

    paths: tuple[str, ...]
    options: Options
    limits: Limits
    stdin: BinaryIO | None = None
    files: int = 0
    size: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    _finished: int = 0
    _current: BinaryIO | None = None

    @property
    def read(self) -> int:
        """Bytes read so far."""
        try:
            return self._finished + (self._current.tell() if self._current else 0)
        except (OSError, ValueError):
            return self._finished

    def __iter__(self) -> Iterator[Found | Unreadable]:
        """The documents, in a stable order: paths as given, directories and zip archives by name."""
        for file in _files(self.paths, Counter()):
            if file.path == STANDARD_INPUT:
                if self.stdin is not None:
                    patient = BufferedReader(_Patient(self.stdin), _PEEK)
                    yield from self._read(STANDARD_INPUT_NAME, cast("BinaryIO", patient))
                continue
            yield from self._read_file(file)
            self._finished += file.size

    def _read_file(self, file: _File) -> Iterator[Found | Unreadable]:
        try:
            if file.other_half:
                yield incidents.incomplete(file.path, file.other_half)
                return
            if file.is_snapshot:
                reports = str(Path(file.path).with_name(incidents.REPORTS))
                yield from incidents.read_snapshot(
                    file.path, partial(_open, file.path), partial(_open, reports), self.options, self.limits
                )
                return
            options = self.options
            if file.sidecar:
                with open(file.sidecar, "rb") as beside:
                    options = replace(options, sidecar=_sidecar_text(beside))
            with open(file.path, "rb", _PEEK) as stream:
                self._current = stream
                yield from self._read(file.path, self._current, options)
        except OSError as error:
            yield unreadable(file.path, "unreadable", _dangling(file.path) or error.strerror or str(error))
        except ContainerError as error:
            yield unreadable(file.path, error.code, error.message)
        finally:
            self._current = None

    def _read(self, name: str, stream: BinaryIO, options: Options | None = None) -> Iterator[Found | Unreadable]:
        return _Reader(self.limits, self.skipped).read(name, name, stream, options or self.options, 0)


class _Patient(RawIOBase):
    """A stream that gives as much as it is asked for while there is more: a pipe gives what has come so far."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer; how many bytes there were."""
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


def open_sources(
    paths: Sequence[str], options: Options, limits: Limits, stdin: BinaryIO | None = None, may_be_empty: bool = False
) -> Sources:
    """The documents below these paths: files, directories, globs, ``-`` for standard input.

    Raises:
        NoDocuments: a path does not exist, or a directory has nothing that looks like a document, unless it ``may_be_empty``.
    """
    expanded = tuple(dict.fromkeys(_first_half(path) for given in paths for path in _expanded(given)))
    skipped: Counter[str] = Counter()
    sources = Sources(expanded, options, limits, stdin, skipped=skipped)
    empty: str | None = None
    for path in expanded:
        files = 0
        for file in _files([path], skipped):
            files += 1
            sources.size += file.size
        sources.files += files
        if not files:
            empty = path
    if empty is not None and not may_be_empty and (not sources.files or not skipped):
        raise NoDocuments(f"{empty}: no documents in this directory (looked for files ending in {listing()})")
    return sources


def _expanded(given: str) -> list[str]:
    if given == STANDARD_INPUT or os.path.lexists(given):
        return [given]
    found = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []
    if not found:
        raise NoDocuments(f"{given}: no such file or directory")
    return found


def _first_half(path: str) -> str:
    """The reports of a snapshot stand for both its halves, as its incidents do."""
    folder, name = os.path.split(path)
    incident_file = os.path.join(folder, incidents.INCIDENTS)
    return incident_file if name == incidents.REPORTS and os.path.isfile(incident_file) else path


def _files(paths: Iterable[str], skipped: Counter[str]) -> Iterator[_File]:
    """The files below paths, nothing twice."""
    seen: set[Path] = set()
    for given in paths:
        if given == STANDARD_INPUT:
            yield _File(given, 0)
            continue
        root = Path(given)
        resolved = root.resolve()
        if resolved in seen or any(parent in seen for parent in resolved.parents):
            continue
        for file in _walk(given, skipped, top=True) if root.is_dir() else [_named(given)]:
            if not seen or not _is_below(Path(file.path).resolve(), seen):
                yield file
        seen.add(resolved)


def _is_below(path: Path, seen: set[Path]) -> bool:
    return path in seen or any(parent in seen for parent in path.parents)


def _named(path: str) -> _File:
    """A file that was named: it is read whatever its name."""
    sidecar = next((name for name in sidecar_names(path) if os.path.isfile(name)), None)
    folder, name = os.path.split(path)
    other = incidents.OTHER_HALF.get(name)
    complete = other is not None and os.path.isfile(os.path.join(folder, other))
    return _File(path, _size(path), sidecar, is_snapshot=complete, other_half=None if complete else other)


def _walk(directory: str, skipped: Counter[str], top: bool = False) -> Iterator[_File]:
    try:
        with os.scandir(directory) as entries:
            listed = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        if top:
            raise NoDocuments(f"{directory}: {error.strerror}") from error
        return
    names = {name for name, _ in listed}
    alone = {name for name in names if name.endswith(SIDECAR) and not name.startswith(".")}
    for name, is_directory in listed:
        path = os.path.join(directory, name)
        if is_directory:
            if not name.startswith(".") and name != "__MACOSX":
                yield from _walk(path, skipped)
        elif name == incidents.INCIDENTS:
            complete = incidents.REPORTS in names
            yield _File(path, _size(path), is_snapshot=complete, other_half=None if complete else incidents.REPORTS)
        elif is_wanted(name) and (os.path.isfile(path) or _leads_nowhere(path)):
            sidecar = next((beside for beside in sidecar_names(name) if beside in names), None)
            alone.discard(sidecar or "")
            yield _File(path, _size(path), os.path.join(directory, sidecar) if sidecar else None)
        elif not name.startswith(".") and not name.endswith(SIDECAR):
            skipped[os.path.splitext(name)[1].lower() or name] += 1
    # Who has written one expects that it is read: a slip in its name is told.
    skipped.update(f"{name} without its document" for name in alone)


def _leads_nowhere(path: str) -> bool:
    """Whether it is a link to what is not there: a document that somebody expects to be read."""
    return os.path.islink(path) and not os.path.exists(path)


def _dangling(path: str) -> str | None:
    """What to say of a link that leads nowhere, and what to do about it."""
    return f"a link to {os.readlink(path)}, where nothing is: mend the link, or remove it" if _leads_nowhere(path) else None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _open(path: str) -> BinaryIO:
    return open(path, "rb")


def _sidecar_text(stream: BinaryIO) -> str:
    return stream.read(_LONGEST_SIDECAR + 1).decode("utf-8-sig", "replace")


class _Reader:
    """Reads what a stream holds, whatever that is."""

    def __init__(self, limits: Limits, skipped: Counter[str]) -> None:
        self._limits = limits
        self._skipped = skipped
        self._budget = Budget(limits)

    def read(self, name: str, kind: str, stream: BinaryIO, options: Options, depth: int) -> Iterator[Found | Unreadable]:
        """The documents in ``stream``. ``kind`` is the name that tells what it is, its compression off.

        Raises:
            ContainerError: it is an archive that cannot be read, or is too large.
        """
        buffered = stream if isinstance(stream, BufferedReader) else BufferedReader(stream, _PEEK)  # type: ignore[type-var]
        head = buffered.peek(_PEEK)
        if depth > _DEEPEST:
            yield unreadable(
                name, "nested-archive", f"archives within archives are opened to a depth of {_DEEPEST}; unpack it first"
            )
            return
        if is_web_archive(head):
            yield from read_web_archive(name, buffered, options, self._limits)
            return
        try:
            unpacked = decompressed(head, cast("BinaryIO", buffered), self._budget)
            if unpacked is not None:
                with unpacked:
                    yield from self.read(name, bare_name(kind), cast("BinaryIO", unpacked), options, depth + 1)
                return
            archive = open_archive(head[:HEAD], cast("BinaryIO", buffered), self._budget)
            if archive is not None:
                with closing(archive):
                    yield from self._archive(name, archive, options, depth)
            elif is_json_lines(kind, head):
                yield from read_json_lines(name, cast("BinaryIO", buffered), options, self._limits)
            else:
                content = read_document(name, cast("BinaryIO", buffered), self._limits.max_document_bytes)
                yield content if isinstance(content, Unreadable) else Found(raw_document(name, content, options))
        except DAMAGE as error:
            if depth == 0 and isinstance(error, OSError) and error.errno:
                raise
            raise ContainerError("damaged-archive", f"cannot be unpacked: {error or type(error).__name__}") from error

    def _archive(self, name: str, archive: Archive, options: Options, depth: int) -> Iterator[Found | Unreadable]:
        sidecars: dict[str, str] = {}
        snapshots: dict[str, dict[str, Callable[[], BinaryIO]]] = {}
        for member in archive.members():
            self._budget.spend_member()
            folder, _, last = member.name.rpartition("/")
            if member.name.endswith(SIDECAR):
                with member.open() as stream:
                    sidecars[member.name] = _sidecar_text(stream)
            elif last in (incidents.INCIDENTS, incidents.REPORTS):
                snapshots.setdefault(folder, {})[last] = member.open
        for member in archive.members():
            folder, _, last = member.name.rpartition("/")
            label = f"{name}/{member.name}"
            pair = snapshots.get(folder, {})
            if last in pair:
                if last == incidents.INCIDENTS and incidents.REPORTS in pair:
                    yield from self._snapshot(label, archive, folder, options)
                elif last == incidents.INCIDENTS:
                    yield incidents.incomplete(label, incidents.REPORTS)
                continue
            if not is_wanted(member.name):
                if not member.name.endswith(SIDECAR):
                    self._skipped[os.path.splitext(last)[1].lower() or last] += 1
                continue
            own = next((sidecars[beside] for beside in sidecar_names(member.name) if beside in sidecars), None)
            yield from self._member(label, member.open, replace(options, sidecar=own) if own else options, depth)

    def _member(self, label: str, opened: Callable[[], BinaryIO], options: Options, depth: int) -> Iterator[Found | Unreadable]:
        try:
            with opened() as stream:
                yield from self.read(label, label, stream, options, depth + 1)
        except ContainerError as error:
            if error.code == "archive-too-large":
                raise
            yield unreadable(label, error.code, error.message)
        except DAMAGE as error:
            yield unreadable(label, "damaged-archive", f"cannot be unpacked: {error or type(error).__name__}")

    def _snapshot(self, label: str, archive: Archive, folder: str, options: Options) -> Iterator[Found | Unreadable]:
        prefix = f"{folder}/" if folder else ""

        def opener(wanted: str) -> Callable[[], BinaryIO]:
            def opened() -> BinaryIO:
                for member in archive.members():
                    if member.name == prefix + wanted:
                        return member.open()
                raise ContainerError("damaged-snapshot", f"{wanted} cannot be read")

            return opened

        yield from incidents.read_snapshot(label, opener(incidents.INCIDENTS), opener(incidents.REPORTS), options, self._limits)
