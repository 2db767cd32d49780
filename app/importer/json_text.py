"""JSON with the place of every value, so that a document that comes as JSON can be accounted for like any text.

The reader is iterative and takes time in proportion to the length. It is strict, but goes on where a file can still be
understood: a key given twice, a character that no database takes, ``NaN``. What was odd is kept as a problem, to be warned of.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TypeAlias

from app.domain.documents import ParseError
from app.importer.accounting import line_starts

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Path: TypeAlias = tuple[str | int, ...]
Stretch: TypeAlias = tuple[int, int]

#: Arrays and objects within each other; what comes deeper is refused.
DEEPEST = 64
#: Whole numbers with more digits are read as floating point: Python refuses to convert very long ones.
_LONGEST_INTEGER = 18

_SPACE = re.compile(r"[ \t\r\n]*+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?P<rest>(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)")
_WORD = re.compile(r"-?[A-Za-z]{1,20}")
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
_NOT_NUMBERS = ("NaN", "Infinity", "-Infinity")
#: Control characters that are not white space, and halves of characters.
_BAD = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_STRINGS = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, ``true``, ``false`` or ``null`` at ``start`` to ``end``.

    ``label`` is where its key begins, or ``start`` where it has none.
    ``overridden``: the key was given again later, so that this is not the value.
    """

    path: Path
    start: int
    end: int
    label: int
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a JSON text that did not keep it from being read."""

    code: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON text: its value, and the place of every scalar (in order) and of every array and object (by path)."""

    text: str
    value: Json
    scalars: tuple[Scalar, ...]
    containers: dict[Path, Stretch]
    problems: tuple[Problem, ...]
    lines: tuple[int, ...]
    """The offsets at which the lines begin."""

    def line(self, offset: int) -> int:
        """The line of a character, counted from 1."""
        return bisect_right(self.lines, offset)


def read_json(text: str) -> JsonText:
    """Read a JSON text.

    Where a key is given twice in one object, the last value is the value (warning ``duplicate-key``). ``NaN`` and infinities are
    ``None`` (``not-a-number``); characters that cannot be stored, halves of characters among them, become U+FFFD
    (``bad-character``). :func:`app.importer.json_fields.account` warns of them.

    Raises:
        ParseError: ``json``: it is not JSON; the message says what is wrong and at which column (from 1). ``json-depth``: it is
            nested too deep.
    """
    return _Reader(text).read()


@dataclass(slots=True)
class _Frame:
    """An array or object that is being read."""

    value: list[Json] | dict[str, Json]
    start: int
    first: int = 0
    """The number of the first scalar of the value that is being read."""
    scalars: dict[str, Stretch] = field(default_factory=dict)
    """By key, the numbers of the scalars of its value (end excluded)."""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 1 if text.startswith("\ufeff") else 0
        self._frames: list[_Frame] = []
        self._path: list[str | int] = []
        self._label: int | None = None
        self._scalars: list[Scalar] = []
        self._containers: dict[Path, Stretch] = {}
        self._problems: list[Problem] = []

    def read(self) -> JsonText:
        value = self._value()
        if self._peek():
            raise self._error(f"{self._found()} after the end of the value")
        lines = tuple(line_starts(self._text))
        return JsonText(self._text, value, tuple(self._scalars), self._containers, tuple(self._problems), lines)

    def _value(self) -> Json:
        while True:
            value: Json
            if self._peek() and self._text[self._at] in "[{":
                if not self._open():
                    continue
                value = self._close()
            else:
                value = self._scalar()
            while self._frames:
                self._keep(value)
                if self._next_member():
                    break
                value = self._close()
            else:
                return value

    def _open(self) -> bool:
        """Begin an array or object; whether it ends right there."""
        if len(self._frames) == DEEPEST:
            raise ParseError(
                "json-depth", f"arrays and objects within each other, more than {DEEPEST} deep", self._line(self._at)
            )
        frame = _Frame([] if self._text[self._at] == "[" else {}, self._at, len(self._scalars))
        self._frames.append(frame)
        self._at += 1
        if self._peek() == ("]" if isinstance(frame.value, list) else "}"):
            self._path.append(0)
            return True
        self._begin_member(frame)
        return False

    def _begin_member(self, frame: _Frame) -> None:
        """Go to the value of the next member: past its key, in an object."""
        frame.first = len(self._scalars)
        self._label = None
        if isinstance(frame.value, list):
            self._path.append(len(frame.value))
            return
        if self._peek() != '"':
            raise self._error(f"a key in double quotes was expected, not {self._found()}")
        start = self._at
        key = self._string()
        if self._peek() != ":":
            raise self._error(f"a colon was expected after the key, not {self._found()}")
        self._at += 1
        self._path.append(key)
        self._label = start
        if key in frame.value:
            self._override(frame.scalars[key])
            self._problems.append(Problem("duplicate-key", start, self._at, "given twice in one object; the last one counts"))

    def _override(self, scalars: Stretch) -> None:
        for number in range(*scalars):
            known = self._scalars[number]
            if not known.overridden:
                self._scalars[number] = Scalar(known.path, known.start, known.end, known.label, overridden=True)

    def _keep(self, value: Json) -> None:
        frame, name = self._frames[-1], self._path[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            frame.value[str(name)] = value
            frame.scalars[str(name)] = (frame.first, len(self._scalars))

    def _next_member(self) -> bool:
        """Go past a comma to the next member, or to the bracket that ends the array or object."""
        frame = self._frames[-1]
        closing = "]" if isinstance(frame.value, list) else "}"
        found = self._peek()
        if found == closing:
            return False
        if found != ",":
            raise self._error(f"a comma or {closing} was expected, not {self._found()}")
        self._at += 1
        self._path.pop()
        self._begin_member(frame)
        return True

    def _close(self) -> Json:
        frame = self._frames.pop()
        self._path.pop()
        self._at += 1
        self._containers[tuple(self._path)] = (frame.start, self._at)
        return frame.value

    def _scalar(self) -> Json:
        start = self._at
        label = start if self._label is None else self._label
        self._label = None
        value = self._string() if self._text[start : start + 1] == '"' else self._word()
        self._scalars.append(Scalar(tuple(self._path), start, self._at, label))
        return value

    def _word(self) -> Json:
        start = self._at
        if number := _NUMBER.match(self._text, start):
            self._at = number.end()
            if not number["rest"] and len(number[0].lstrip("-")) <= _LONGEST_INTEGER:
                return int(number[0])
            value = float(number[0])
            if math.isinf(value):
                self._problems.append(Problem("not-a-number", start, self._at, "too large for a number; left out"))
                return None
            return value
        word = _WORD.match(self._text, start)
        if word is not None and word[0] in _WORDS:
            self._at = word.end()
            return _WORDS[word[0]]
        if word is not None and word[0] in _NOT_NUMBERS:
            self._at = word.end()
            self._problems.append(Problem("not-a-number", start, self._at, "not a number that JSON knows; left out"))
            return None
        raise self._error(f"a value was expected, not {self._found()}")

    def _string(self) -> str:
        start = self._at
        try:
            value, self._at = _STRINGS.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            message = error.msg.removesuffix(" starting at").removesuffix(" at")
            raise self._error(f"{message[0].lower()}{message[1:]} in a string", error.pos) from error
        string = str(value)
        if _BAD.search(string):
            message = "a character that cannot be stored, written as U+FFFD"
            self._problems.append(Problem("bad-character", start, self._at, message))
            string = _BAD.sub("\ufffd", string)
        return string

    def _peek(self) -> str:
        """The next character that is not white space, ``""`` at the end."""
        space = _SPACE.match(self._text, self._at)
        assert space is not None, "every part of the pattern may be empty"
        self._at = space.end()
        return self._text[self._at : self._at + 1]

    def _found(self) -> str:
        return repr(self._text[self._at : self._at + 1]) if self._at < len(self._text) else "the end of the text"

    def _error(self, message: str, offset: int | None = None) -> ParseError:
        offset = self._at if offset is None else offset
        starts = line_starts(self._text)
        line = bisect_right(starts, offset)
        return ParseError("json", f"not JSON: {message}, at column {offset - starts[line - 1] + 1}", line)

    def _line(self, offset: int) -> int:
        return bisect_right(line_starts(self._text), offset)
