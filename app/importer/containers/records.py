"""Files that hold one document after another: JSON Lines, and web archives (WARC)."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from app.importer.containers.archives import DAMAGE
from app.importer.containers.items import ContainerError, Found, Limits, Unreadable, read_document, unreadable
from app.importer.reading import Options, raw_document

_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/json")
#: How a line of Dateline's own export begins; it may be longer than what is looked at.
_EXPORTED = re.compile(rb"(?:\xef\xbb\xbf)?\{\"dateline\": ?\d")
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    content: bytes
    complete: bool


def is_json_lines(name: str, head: bytes) -> bool:
    """Whether a file holds a JSON document on each line: by its name, else by its first line: an object of its own."""
    if name.lower().endswith((".jsonl", ".ndjson")) or _EXPORTED.match(head):
        return True
    first, _, rest = head.partition(b"\n")
    if not first.lstrip(b"\xef\xbb\xbf").startswith(b"{") or not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False


def read_json_lines(name: str, stream: BinaryIO, options: Options, limits: Limits) -> Iterator[Found | Unreadable]:
    """A document a line, named after its line; empty lines are none."""
    number = 0
    while True:
        number += 1
        line = stream.readline(limits.max_document_bytes + 2)
        if not line:
            return
        label = f"{name}:{number}"
        if len(line.rstrip(b"\r\n")) > limits.max_document_bytes:
            size = len(line)
            while line and not line.endswith(b"\n"):
                line = stream.readline(1024 * 1024)
                size += len(line)
            limit = limits.max_document_bytes
            message = f"a line of {size:,} bytes, over the limit of {limit:,} (setting DATELINE_MAX_DOCUMENT_BYTES)"
            yield unreadable(label, "too-large", message, size)
        elif content := line.strip().removeprefix(b"\xef\xbb\xbf"):
            yield Found(raw_document(label, content, options))


def is_web_archive(head: bytes) -> bool:
    """Whether a file is a WARC."""
    return head.startswith(b"WARC/")


def read_web_archive(name: str, stream: BufferedReader[Any], options: Options, limits: Limits) -> Iterator[Found | Unreadable]:
    """The pages of a web archive that were fetched well, each with its address; ``stream`` is decompressed.

    Raises:
        ContainerError: ``damaged-archive``: a record cannot be read, or is cut; the pages before it have been given.
    """
    begun = True
    try:
        records = ArchiveIterator(_Piecewise(stream))
        for record in records:
            page = _page(name, record, options, limits)
            _finish(record)
            try:
                records.read_to_end()
            except (EOFError, zlib.error):
                # What comes next is damaged. This record is whole.
                if page is not None:
                    yield page
                raise
            if records.err_count:
                raise ContainerError("damaged-archive", "a record of the web archive is longer than it says")
            if page is not None:
                yield page
            begun = bool(records.next_line)
        # warcio takes any EOFError for the end: that of a compressed file, which is raised again here, and that within headers.
        stream.read(1)
        if begun:
            raise ContainerError("damaged-archive", "the last record of the web archive is cut within its headers")
    except ContainerError:
        raise
    except Exception as error:
        # On damaged headers warcio raises whatever comes of them, such as an AttributeError, which says nothing to people.
        reason = f": {error}" if isinstance(error, (ArchiveLoadFailed, *DAMAGE)) else ", its headers are damaged"
        raise ContainerError("damaged-archive", f"a record of the web archive cannot be read{reason}") from error


class _Piecewise:
    """Reads what is there, not all that was asked for: a buffered reader forgets what it has when it meets with damage."""

    def __init__(self, stream: BufferedReader[Any]) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read1(size)


def _page(name: str, record: ArcWarcRecord, options: Options, limits: Limits) -> Found | Unreadable | None:
    """The page of a record; ``None`` where it has none that was fetched well."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    kind = record.http_headers.get_header("Content-Type") or ""
    if record.http_headers.get_statuscode() != "200" or not kind.lower().startswith(_PAGE_TYPES):
        return None
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    label = f"{name}:{address}"
    content = read_document(label, record.content_stream(), limits.max_document_bytes)
    if isinstance(content, Unreadable):
        return content
    charset = _CHARSET.search(kind)
    own = replace(options, url=options.url or address.strip("<>") or None, encoding=charset[1] if charset else None)
    return Found(raw_document(label, content, own))


def _finish(record: ArcWarcRecord) -> None:
    """Read a record to its end.

    Raises:
        ContainerError: it does not say how long it is, or is shorter than it says.
    """
    where = record.rec_headers.get_header("WARC-Target-URI") or "without an address"
    announced = (record.rec_headers.get_header("Content-Length") or "").strip()
    if not (announced.isascii() and announced.isdigit()):
        raise ContainerError("damaged-archive", f"a record of the web archive does not say how long it is ({where})")
    while record.raw_stream.read(_CHUNK):
        pass
    length = record.raw_stream.tell()
    if length < int(announced):
        message = f"a record of the web archive is cut: {length:,} of {int(announced):,} bytes are there ({where})"
        raise ContainerError("damaged-archive", message)
