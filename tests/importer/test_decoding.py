"""From bytes to text."""

from __future__ import annotations

import codecs

import pytest

from app.domain.documents import ParseError
from app.importer.decoding import decode, line_number


@pytest.mark.parametrize(
    "raw",
    [
        "Größe • 模型".encode(),
        codecs.BOM_UTF8 + "Größe • 模型".encode(),
        codecs.BOM_UTF16_LE + "Größe • 模型".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Größe • 模型".encode("utf-16-be"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE", "UTF-16 BE"],
)
def test_encodings(raw: bytes) -> None:
    assert decode(raw) == "Größe • 模型"


def test_line_ends_are_kept() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("raw", "code", "line", "words"),
    [
        (b"one\r\ntwo\rthr\xffee", "invalid-utf-8", 3, "; save it as UTF-8"),
        (codecs.BOM_UTF8 + b"one\n\xff", "invalid-utf-8", 2, "byte 7 "),
        (codecs.BOM_UTF16_LE + b"a", "invalid-utf-16", 1, "byte 2 "),
        (b"one\ntwo\0", "nul-byte", 2, "byte 7 "),
        (codecs.BOM_UTF16_LE + "one\n\0".encode("utf-16-le"), "nul-byte", 2, "byte 10 "),
        (
            "without a mark".encode("utf-16-le"),
            "nul-byte",
            1,
            "byte 1 (line 1): this looks like UTF-16 without its byte order mark",
        ),
        ("without a mark".encode("utf-16-be"), "nul-byte", 1, "this looks like UTF-16"),
        (bytes(range(32)) * 8, "nul-byte", 1, "this is not a text"),
        (b"", "empty", 1, "0 bytes"),
        (b" \r\n\xc2\xa0\t", "empty", 1, "6 bytes"),
        (codecs.BOM_UTF8, "empty", 1, "3 bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(raw: bytes, code: str, line: int, words: str) -> None:
    with pytest.raises(ParseError) as error:
        decode(raw)
    assert (error.value.code, error.value.line) == (code, line)
    assert words in error.value.message


@pytest.mark.parametrize(("text", "offset", "line"), [("ab", 1, 1), ("a\nb", 2, 2), ("a\r\nb\rc", 5, 3), ("\n\n\n", 3, 4)])
def test_line_of_an_offset(text: str, offset: int, line: int) -> None:
    assert line_number(text, offset) == line
