"""Files that hold one document after another: JSON Lines, and web archives (WARC)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from app.importer.containers.items import ContainerError, Found, Limits, Unreadable, read_document, unreadable
from app.importer.reading import Options, raw_document

_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/json")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    content: bytes
    complete: bool


def is_json_lines(name: str, head: bytes) -> bool:
    """Whether a file holds a JSON document on each line: by its name, else by a first line that is an object of its own."""
    if name.lower().endswith((".jsonl", ".ndjson")):
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


def read_web_archive(name: str, stream: BinaryIO, options: Options, limits: Limits) -> Iterator[Found | Unreadable]:
    """The pages of a web archive that were fetched well, each with its address.

    Raises:
        ContainerError: ``damaged-archive``: a record cannot be read.
    """
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            kind = record.http_headers.get_header("Content-Type") or ""
            if record.http_headers.get_statuscode() != "200" or not kind.lower().startswith(_PAGE_TYPES):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            label = f"{name}:{address}"
            content = read_document(label, record.content_stream(), limits.max_document_bytes)
            if isinstance(content, Unreadable):
                yield content
                continue
            charset = _CHARSET.search(kind)
            own = replace(options, url=options.url or address.strip("<>") or None, encoding=charset[1] if charset else None)
            yield Found(raw_document(label, content, own))
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        raise ContainerError("damaged-archive", f"a record of the web archive cannot be read: {error}") from error
