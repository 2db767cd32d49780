"""What comes out of a container, and how much of it may."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.domain.stories import RawDocument
from app.domain.text import printable

MEBIBYTE = 1024 * 1024
_CHUNK = 256 * 1024
#: What a document from standard input is called: every one of them.
STANDARD_INPUT_NAME = "standard input"


class NoDocuments(Exception):
    """A path that holds nothing to import, or does not exist; the message says which."""


class ContainerError(Exception):
    """A container that cannot be read to its end: damaged, locked, or too large. ``code`` is kebab-case."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was read."""

    raw: RawDocument


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document or container that could not be read, or is too large."""

    name: str
    sha256: str
    size: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How large things may be, in bytes and in number; the settings of the same names with ``DATELINE_`` before them."""

    max_document_bytes: int = 20 * MEBIBYTE
    max_archive_bytes: int = 8192 * MEBIBYTE
    max_archive_members: int = 2_000_000


def unreadable(name: str, code: str, message: str, size: int = 0) -> Unreadable:
    """Something whose content is not known: its name stands for it."""
    mark = hashlib.sha256(f"unreadable:{name}".encode("utf-8", "surrogateescape")).hexdigest()
    return Unreadable(printable(name), mark, size, code, printable(message))


class Budget:
    """What is left of the limits of one archive; everything that is unpacked from it counts, archives within it too."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bytes = limits.max_archive_bytes
        self._members = limits.max_archive_members

    def spend_bytes(self, count: int) -> None:
        """Count unpacked bytes.

        Raises:
            ContainerError: ``archive-too-large``.
        """
        self._bytes -= count
        if self._bytes < 0:
            most = self._limits.max_archive_bytes
            raise ContainerError("archive-too-large", f"unpacks to more than {most:,} bytes (setting DATELINE_MAX_ARCHIVE_BYTES)")

    def spend_member(self) -> None:
        """Count a member.

        Raises:
            ContainerError: ``archive-too-large``.
        """
        self._members -= 1
        if self._members < 0:
            most = self._limits.max_archive_members
            raise ContainerError("archive-too-large", f"has more than {most:,} members (setting DATELINE_MAX_ARCHIVE_MEMBERS)")


class Metered(io.RawIOBase):
    """A stream whose bytes are counted against a budget. Whatever stands before a damaged place is given before it is raised."""

    def __init__(self, stream: io.BufferedIOBase, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._damage: Exception | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer``, as far as there is something, and count."""
        view = memoryview(buffer)[:_CHUNK]
        length = 0
        while length < len(view) and (data := self._next(len(view) - length, length == 0)):
            view[length : length + len(data)] = data
            length += len(data)
        self._budget.spend_bytes(length)
        return length

    def _next(self, size: int, first: bool) -> bytes:
        try:
            if self._damage is None:
                return self._stream.read1(size)
        except Exception as error:
            # A decompressor that is asked again may go on behind the damage.
            self._damage = error
        if first and self._damage is not None:
            raise self._damage
        return b""


def read_document(name: str, stream: BinaryIO, limit: int) -> bytes | Unreadable:
    """The bytes of one document; of one that is larger than ``limit`` only the size and fingerprint."""
    pieces: list[bytes] = []
    size = 0
    digest = hashlib.sha256()
    while data := stream.read(_CHUNK):
        size += len(data)
        digest.update(data)
        if size <= limit:
            pieces.append(data)
        else:
            pieces.clear()
    if size > limit:
        message = f"{size:,} bytes, over the limit of {limit:,} (setting DATELINE_MAX_DOCUMENT_BYTES)"
        return Unreadable(printable(name), digest.hexdigest(), size, "too-large", message)
    return b"".join(pieces)


#: What the name of a document may end in, where a directory or an archive also holds other things.
DOCUMENT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".json", ".html", ".htm", ".xhtml")
CONTAINER_SUFFIXES = ".jsonl .ndjson .zip .tar .tgz .tbz2 .txz .tar.gz .tar.bz2 .tar.xz .gz .bz2 .xz .warc".split()
SIDECAR = ".meta.yaml"
#: What a directory may hold that is never a document.
_IGNORED = frozenset({"readme", "license", "licence", "changelog", "contributing", "copying"})


def is_wanted(name: str) -> bool:
    """Whether a file that nobody named looks like a document or a container of them by its name."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return False
    last = parts[-1].lower()
    if last.split(".")[0] in _IGNORED or last.endswith(SIDECAR):
        return False
    return last.endswith((*DOCUMENT_SUFFIXES, *CONTAINER_SUFFIXES))


def sidecar_names(name: str) -> tuple[str, ...]:
    """Names under which the sidecar of a document may stand: ``a.txt.meta.yaml``, ``a.meta.yaml``."""
    folder, slash, last = name.rpartition("/")
    stem = last.rpartition(".")[0] or last
    return (f"{name}{SIDECAR}", f"{folder}{slash}{stem}{SIDECAR}")


def listing(suffixes: Iterable[str] = (*DOCUMENT_SUFFIXES, *CONTAINER_SUFFIXES)) -> str:
    """The suffixes as a text for people."""
    return ", ".join(suffixes)
