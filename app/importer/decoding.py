"""From bytes to text."""

from __future__ import annotations

import codecs
import re

from app.domain.documents import ParseError

_META_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_WEB_CODEC = re.compile(r"iso8859-\d+|cp\d+|koi8-[ru]|mac-\w+|gb\w+|big5\w*|shift_jis\w*|euc_\w+|euc-\w+|iso2022_jp")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def decode(raw: bytes, encoding: str | None = None) -> str:
    """The text of a document: UTF-8 with or without byte order mark, or UTF-16 with one. Line ends stay as they are.

    What is neither is read in the ``encoding`` that somebody said, or that a page of HTML says of itself.

    Raises:
        ParseError: ``nul-byte``, ``invalid-utf-8`` (or ``invalid-utf-16``), or ``empty`` where there is nothing but white space.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode(raw, "utf-16")
        nul = text.find("\0")
        nul_byte = len(codecs.BOM_UTF16) + len(text[:nul].encode("utf-16-le")) if nul >= 0 else -1
    else:
        nul_byte = nul = raw.find(b"\0")
        text = "" if nul >= 0 else _utf_8_or(raw, encoding or _declared(raw))
    if nul >= 0:
        line = line_number(text, nul) if text else raw.count(b"\n", 0, nul) + 1
        what = "this is not a text"
        if _is_every_other(raw):
            what = "this looks like UTF-16 without its byte order mark; save it as UTF-8"
        raise ParseError("nul-byte", f"a NUL byte at byte {nul_byte:,} (line {line:,}): {what}", line)
    if not text or text.isspace():
        raise ParseError("empty", f"the document is empty ({len(raw):,} bytes, nothing but white space)", 1)
    return text


def _is_every_other(raw: bytes) -> bool:
    """Whether nearly every other byte of the beginning is NUL, as in a Latin text of two bytes a character."""
    head = raw[:1024]
    odd, even = head[1::2], head[::2]
    return len(head) >= 16 and any(
        zeros.count(0) > 0.9 * len(zeros) and not others.count(0) for zeros, others in ((odd, even), (even, odd))
    )


def _utf_8_or(raw: bytes, encoding: str | None) -> str:
    marked = raw.startswith(codecs.BOM_UTF8)
    try:
        return _decode(raw.removeprefix(codecs.BOM_UTF8), "utf-8", marked * 3)
    except ParseError:
        other = _single_byte_or_asian(encoding)
        if marked or other is None:
            raise
    try:
        return raw.decode(other)
    except UnicodeDecodeError:
        return _decode(raw, "utf-8")


def _declared(raw: bytes) -> str | None:
    """The encoding that a page of HTML declares in its first bytes."""
    match = _META_CHARSET.search(raw, 0, 1024)
    return match[1].decode("ascii") if match else None


def _single_byte_or_asian(name: str | None) -> str | None:
    """The codec of that name where it is one of texts on the web, and not one that unpacks or escapes."""
    if name is None:
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if _WEB_CODEC.fullmatch(found) else None


def line_number(text: str, offset: int) -> int:
    """The line, counted from 1, of a character offset; CRLF, CR and LF each end a line."""
    return 1 + len(_LINE_BREAK.findall(text, 0, offset))


def line_starts(text: str) -> list[int]:
    """The character offsets at which lines begin, the first line's among them."""
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


def _decode(raw: bytes, encoding: str, skipped: int = 0) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = line_number(raw[: error.start].decode(encoding, "replace"), error.start)
        cure = "; save it as UTF-8" if encoding == "utf-8" else ""
        message = f"not valid {encoding.upper()} at byte {error.start + skipped:,} (line {line:,}): {error.reason}{cure}"
        raise ParseError(f"invalid-{encoding}", message, line) from error
