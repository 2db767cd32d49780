"""From bytes to text."""

from __future__ import annotations

import codecs
import re

from app.domain.documents import ParseError

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def decode(raw: bytes) -> str:
    """The text of a document: UTF-8 with or without byte order mark, or UTF-16 with one. Line ends stay as they are.

    Raises:
        ParseError: ``nul-byte``, ``invalid-utf-8`` (or ``invalid-utf-16``), or ``empty`` where there is nothing but white space.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode(raw, "utf-16")
        nul = text.find("\0")
        nul_byte = len(codecs.BOM_UTF16) + len(text[:nul].encode("utf-16-le")) if nul >= 0 else -1
    else:
        nul_byte = nul = raw.find(b"\0")
        text = "" if nul >= 0 else _decode(raw.removeprefix(codecs.BOM_UTF8), "utf-8", raw.startswith(codecs.BOM_UTF8) * 3)
    if nul >= 0:
        line = line_number(text, nul) if text else raw.count(b"\n", 0, nul) + 1
        raise ParseError("nul-byte", f"a NUL byte at byte {nul_byte:,} (line {line:,}): this is not a text", line)
    if not text or text.isspace():
        raise ParseError("empty", f"the document is empty ({len(raw):,} bytes, nothing but white space)", 1)
    return text


def line_number(text: str, offset: int) -> int:
    """The line, counted from 1, of a character offset; CRLF, CR and LF each end a line."""
    return 1 + len(_LINE_BREAK.findall(text, 0, offset))


def _decode(raw: bytes, encoding: str, skipped: int = 0) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = line_number(raw[: error.start].decode(encoding, "replace"), error.start)
        message = f"not valid {encoding.upper()} at byte {error.start + skipped:,} (line {line:,}): {error.reason}"
        raise ParseError(f"invalid-{encoding}", message, line) from error
