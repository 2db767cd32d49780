"""Archives and compressed files: zip, tar, gzip, bzip2, xz, told by their first bytes and not by their names."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase, BufferedReader
from typing import Any, BinaryIO, Protocol, cast

from app.importer.containers.items import Budget, ContainerError, Metered

#: Bytes of a file that say what it is.
HEAD = 512
#: Below this an archive within an archive is held in memory, above it in a temporary file.
_IN_MEMORY = 8 * 1024 * 1024

_COMPRESSED: tuple[tuple[bytes, Callable[[BinaryIO], Any], tuple[str, ...]], ...] = (
    (b"\x1f\x8b", lambda stream: gzip.GzipFile(fileobj=stream), (".gz", ".tgz")),
    (b"BZh", bz2.BZ2File, (".bz2", ".tbz2")),
    (b"\xfd7zXZ\x00", lzma.LZMAFile, (".xz", ".txz")),
)
#: What the decompressors and archive readers raise when an archive is not what it says.
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file within an archive: its name there (never a path to write to), and how to open it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


class Archive(Protocol):
    """An archive whose members can be gone through more than once."""

    def members(self) -> Iterator[Member]:
        """The regular files in it, in a stable order."""

    def close(self) -> None:
        """Let go of what it was read from, where that was a copy."""


def decompressed(head: bytes, stream: BinaryIO, budget: Budget) -> BufferedReader | None:
    """The stream unpacked, where it is one compressed file, else ``None``."""
    for magic, unpack, _ in _COMPRESSED:
        if head.startswith(magic):
            return BufferedReader(Metered(unpack(stream), budget), 65_536)
    return None


def bare_name(name: str) -> str:
    """The name of a compressed file without what says that it is compressed; ``.tgz`` becomes ``.tar``."""
    for _, _, suffixes in _COMPRESSED:
        for suffix in suffixes:
            if name.lower().endswith(suffix):
                return name[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")
    return name


def open_archive(head: bytes, stream: BinaryIO, budget: Budget) -> Archive | None:
    """The archive in ``stream``, or ``None`` where it is none.

    Raises:
        ContainerError: it says that it is one and cannot be read.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _Zip(*_seekable(stream), budget)
    if head[257:262] == b"ustar":
        return _Tar(*_seekable(stream))
    return None


def _seekable(stream: BinaryIO) -> tuple[BinaryIO, bool]:
    """The stream itself where it can go back, else a temporary copy of it; and whether it is a copy."""
    if stream.seekable():
        return stream, False
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the archive is read
    try:
        while data := stream.read(1024 * 1024):
            copy.write(data)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return cast("BinaryIO", copy), True


class _Zip:
    def __init__(self, stream: BinaryIO, is_copy: bool, budget: Budget) -> None:
        self._stream, self._is_copy = stream, is_copy
        try:
            self._zip = zipfile.ZipFile(stream)
        except DAMAGE as error:
            self.close()
            raise ContainerError("damaged-archive", f"not a readable zip archive: {error}") from error
        self._budget = budget

    def close(self) -> None:
        if self._is_copy:
            self._stream.close()

    def members(self) -> Iterator[Member]:
        for info in sorted(self._zip.infolist(), key=lambda info: info.filename):
            if not info.is_dir():
                yield Member(info.filename, info.file_size, lambda info=info: self._open(info))  # type: ignore[misc]

    def _open(self, info: zipfile.ZipInfo) -> BinaryIO:
        if info.flag_bits & 1:
            raise ContainerError("encrypted", f"{info.filename} is encrypted; unpack the archive and import the files")
        return BufferedReader(Metered(cast("BufferedIOBase", self._zip.open(info)), self._budget), 65_536)


class _Tar:
    """A tar archive takes no more room unpacked than packed; whoever unpacked it has counted its bytes."""

    def __init__(self, stream: BinaryIO, is_copy: bool) -> None:
        self._stream, self._is_copy = stream, is_copy

    def close(self) -> None:
        if self._is_copy:
            self._stream.close()

    def members(self) -> Iterator[Member]:
        self._stream.seek(0)
        try:
            archive = tarfile.open(fileobj=self._stream, mode="r:")  # noqa: SIM115 - the members are read from it
        except DAMAGE as error:
            raise ContainerError("damaged-archive", f"not a readable tar archive: {error}") from error
        for info in archive:
            vars(archive)["members"] = []  # tarfile would remember every member, whatever their number
            if info.isreg():
                yield Member(info.name, info.size, lambda info=info: self._open(archive, info))  # type: ignore[misc]

    @staticmethod
    def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
        stream = archive.extractfile(info)
        if stream is None:
            raise ContainerError("damaged-archive", f"{info.name} cannot be read")
        return cast("BinaryIO", stream)
