"""Finding documents: files and directories, in a stable order, each within the size limit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.stories import RawDocument
from app.importer.reading import Options, raw_document

#: What a directory may hold that is never a document.
IGNORED_NAMES = frozenset({"README.md", "README.txt", "LICENSE", "LICENSE.md", "LICENSE.txt"})
DOCUMENT_SUFFIXES = frozenset({".txt", ".md", ".text"})


class NoDocuments(Exception):
    """A path that holds nothing to import, or does not exist; the message says which."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was read from its file."""

    raw: RawDocument


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, or is too large."""

    name: str
    sha256: str
    size: int
    code: str
    message: str


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to import: paths as given, directories recursively in the order of their names, nothing twice.

    Raises:
        NoDocuments: a path does not exist, or a directory has no document.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if _is_document(file, path))
            if not inside:
                suffixes = ", ".join(sorted(DOCUMENT_SUFFIXES))
                raise NoDocuments(f"{path}: no documents in this directory (looked for files ending in {suffixes})")
            files.update(dict.fromkeys(inside))
        elif path.exists():
            files[path] = None
        else:
            raise NoDocuments(f"{path}: no such file or directory")
    return list(files)


def _is_document(file: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
    return file.suffix.lower() in DOCUMENT_SUFFIXES and file.name not in IGNORED_NAMES and not hidden and file.is_file()


def read_files(files: Iterable[Path], options: Options, max_bytes: int) -> Iterator[Found | Unreadable]:
    """Read files one at a time; one over ``max_bytes`` is not read into memory."""
    for file in files:
        try:
            size = file.stat().st_size
            if size > max_bytes:
                yield Unreadable(
                    str(file),
                    _sha256(file),
                    size,
                    "too-large",
                    f"{size:,} bytes, over the limit of {max_bytes:,} (setting DATELINE_MAX_DOCUMENT_BYTES)",
                )
                continue
            yield Found(raw_document(str(file), file.read_bytes(), options))
        except OSError as error:
            name_only = hashlib.sha256(f"unreadable:{file}".encode("utf-8", "surrogateescape")).hexdigest()
            yield Unreadable(str(file), name_only, 0, "unreadable", error.strerror or str(error))


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
