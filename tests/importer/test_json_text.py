"""JSON with the place of every value."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.documents import ParseError, ParseWarning, Role, Span
from app.importer.accounting import Ledger, uncovered
from app.importer.json_fields import Fields, account
from app.importer.json_text import DEEPEST, Path, read_json
from tests.importer.formats.kagi.support import executed_lines

SPECIMEN = '{\n  "title": "A \\u201cplover\\u201d",\n  "empty": [],\n  "points": ["one", {"n": -12.5e1}],\n  "gone": null\n}\n'


def accounted(text: str, role_of: Callable[[Path], Role | None]) -> tuple[tuple[Span, ...], tuple[ParseWarning, ...]]:
    document = read_json(text)
    spans, warnings = account(document, Ledger(""), role_of)
    assert uncovered(text, spans) == []
    return spans, warnings


def error_of(text: str) -> ParseError:
    with pytest.raises(ParseError) as caught:
        read_json(text)
    return caught.value


def test_every_scalar_has_its_path_and_place_in_order() -> None:
    document = read_json(SPECIMEN)
    assert document.value == {"title": "A “plover”", "empty": [], "points": ["one", {"n": -125.0}], "gone": None}
    found = [(scalar.path, SPECIMEN[scalar.start : scalar.end]) for scalar in document.scalars]
    assert found == [
        (("title",), '"A \\u201cplover\\u201d"'),
        (("points", 0), '"one"'),
        (("points", 1, "n"), "-12.5e1"),
        (("gone",), "null"),
    ]
    assert SPECIMEN[slice(*document.containers["points", 1])] == '{"n": -12.5e1}'
    assert [document.line(scalar.start) for scalar in document.scalars] == [2, 4, 4, 5]


def test_lines_end_in_any_way() -> None:
    document = read_json("[1,\r\n2,\r3,\n4]")
    assert [document.line(scalar.start) for scalar in document.scalars] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "text", ["1", '"a"', "null", "[]", "{}", "[[]]", '[{"a":{}}]', "\ufeff [true , false]\t\r\n", "-0", "0.5E+2"]
)
def test_any_value_may_stand_alone(text: str) -> None:
    assert read_json(text).value == json.loads(text.lstrip("\ufeff"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "a value was expected, not the end of the text"),
        ("{\n'a': 1}", 2, 'a key in double quotes was expected, not "\'"'),
        ('{"a"\n1}', 2, "a colon was expected after the key, not '1'"),
        ('{"a": 1\n"b": 2}', 2, "a comma or } was expected, not '\"'"),
        ("[1,\n2", 2, "a comma or ] was expected, not the end of the text"),
        ("[1,\n]", 2, "a value was expected, not ']'"),
        ('{"a": 1,}', 1, "a key in double quotes was expected, not '}'"),
        ("{}\n\nx", 3, "'x' after the end of the value"),
        ("[01]", 1, "a comma or ] was expected, not '1'"),
        ("[nul]", 1, "a value was expected, not 'n'"),
        ('["a\nb"]', 1, "control character in a string"),
        ('[\n"abc', 2, "unterminated string"),
        ('[\n"\\x"]', 2, "escape"),
    ],
)
def test_what_is_not_json_is_refused_with_the_line_and_what_is_wrong(text: str, line: int, words: str) -> None:
    error = error_of(text)
    assert (error.code, error.line) == ("json", line)
    assert words in error.message


def test_deep_nesting_is_refused_rather_than_followed() -> None:
    assert read_json("[" * DEEPEST + "]" * DEEPEST).value
    for text in ("[" * 1_000_000, '{"a":' * 1_000_000, "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)):
        assert error_of(text).code == "json-depth"


def test_a_key_given_twice_has_its_last_value_and_the_first_is_reported() -> None:
    text = '{"a": {"b": "lost"},\n "a": {"b": "kept"}}'
    assert read_json(text).value == {"a": {"b": "kept"}}
    spans, warnings = accounted(text, lambda path: Role.SUMMARY)
    assert [text[span.start : span.end] for span in spans if span.role is Role.SUMMARY] == ['"kept"']
    assert [(warning.code, warning.line) for warning in warnings] == [("unrecognised", 1), ("duplicate-key", 2)]


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff x", "\\u0000", "\\u001b"])
def test_characters_that_no_database_takes_are_replaced_with_a_warning(escape: str) -> None:
    text = f'["a{escape}"]'
    value = read_json(text).value
    assert isinstance(value, list)
    assert str(value[0]).startswith("a\ufffd")
    str(value[0]).encode()
    assert [warning.code for warning in accounted(text, lambda path: Role.SUMMARY)[1]] == ["bad-character"]


def test_a_pair_of_halves_is_one_character() -> None:
    assert read_json('["\\ud83d\\udc26"]').value == ["\U0001f426"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400])
def test_what_is_no_number_is_left_out_with_a_warning(number: str) -> None:
    text = f'{{"a": {number}}}'
    assert read_json(text).value == {"a": None}
    assert "not-a-number" in [warning.code for warning in accounted(text, lambda path: Role.METADATA)[1]]


def test_a_whole_number_of_many_digits_does_not_crash() -> None:
    assert read_json("1" * 50).value == float("1" * 50)
    assert read_json("1" * 1_000_000).value is None


def test_what_has_no_role_is_reported_with_its_key_and_empty_values_are_not() -> None:
    text = '{"a": "known", "note": "Checked by hand", "e": "", "f": null, "g": [], "h": {}, "list": [7]}'
    spans, warnings = accounted(text, lambda path: Role.TITLE if path == ("a",) else None)
    assert [warning.excerpt for warning in warnings] == ['"note": "Checked by hand"', "7"]
    assert [text[span.start : span.end] for span in spans if span.role is Role.TITLE] == ['"known"']


def test_a_stretch_is_accounted_for_alone() -> None:
    text = '{"a": "one", "b": "two", "c": "three"}'
    document = read_json(text)
    at = text.index('"two"')
    inside, _ = account(document, Ledger(""), lambda path: Role.TITLE, [(at, at + 5)])
    around, _ = account(document, Ledger(""), lambda path: Role.DEK, [(0, at), (at + 5, len(text))])
    assert inside == (Span(at, at + 5, Role.TITLE),)
    assert [text[span.start : span.end] for span in around if span.role is Role.DEK] == ['"one"', '"three"']
    assert uncovered(text, sorted((*inside, *around), key=lambda span: span.start)) == []


def test_fields_remember_what_was_read() -> None:
    text = '{"title": " A  title ", "count": 12345678901234567890, "on": true, "list": ["x"]}'
    fields = Fields(read_json(text))
    root = fields.root
    assert root["title"].line_of_text(Role.TITLE) == "A title"
    assert root["count"].text(Role.METADATA) == "12345678901234567890"
    assert (root["on"].text(Role.METADATA), root["nowhere"]["at"]["all"].text(Role.METADATA)) == ("", "")
    assert [item.text(Role.SUMMARY) for item in root["list"]] == ["x"]
    assert {path: fields.role_of(path) for path in [("title",), ("count",), ("on",), ("list", 0)]} == {
        ("title",): Role.TITLE,
        ("count",): Role.METADATA,
        ("on",): None,
        ("list", 0): Role.SUMMARY,
    }


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_values_are_those_that_the_standard_library_reads(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    document = read_json(text)
    accounted(text, lambda path: None)
    if document.problems:
        return
    assert document.value == json.loads(text)
    for scalar in document.scalars:
        found: Any = json.loads(text)
        for step in scalar.path:
            found = found[step]
        assert json.loads(text[scalar.start : scalar.end]) == found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*'{}[]:,"\\ \n', '"a"', "1", "null", "NaN", "tru", "\\u12", "é"]) | st.text(max_size=3), max_size=20
    )
)
def test_anything_else_is_refused(pieces: list[str]) -> None:
    text = "".join(pieces)
    code = None
    try:
        accounted(text, lambda path: None)
    except ParseError as error:
        code = error.code
    if code is not None:
        assert code in ("json", "json-depth")
        with pytest.raises(ValueError, match=r".+"):
            json.loads(text)


SHAPES: dict[str, Callable[[int], str]] = {
    "one key": lambda n: "{" + ",".join('"a": [1]' for _ in range(n)) + "}",
    "one key, deep": lambda n: '{"a":{"a":1,"a":' * 20 + "[" + ",".join("1" * n) + "]" + "}}" * 20,
    "objects": lambda n: "[" + ",".join('{"a": "x", "b": []}' for _ in range(n)) + "]",
    "unknown": lambda n: "{" + ",".join(f'"k{i}": "x"' for i in range(n)) + "}",
    "lines": lambda n: "[\n" + ",\n".join("1" for _ in range(n)) + "]",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_length(shape: str) -> None:
    work = [executed_lines(partial(accounted, SHAPES[shape](size), lambda path: None)) for size in (300, 600)]
    assert work[1] < 2.3 * work[0]


@pytest.mark.parametrize(
    "text", ['"' + "a" * 3_000_000, '"' + "\\" * 2_999_999, "[" + " " * 3_000_000, "-" * 3_000_000, "1" * 3_000_000 + "."]
)
def test_one_endless_token_is_refused(text: str) -> None:
    assert error_of(text).code == "json"
