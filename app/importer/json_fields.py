"""Reading the values of a JSON text, and accounting for it: what was read is known, the rest is reported."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.dates import Interval, parse_edtf
from app.domain.documents import ParseWarning, Role, Span
from app.importer.accounting import Ledger, tidy
from app.importer.addresses import web_address
from app.importer.json_text import Json, JsonText, Path, Problem, Scalar, Stretch

#: Values that say nothing, so that nothing is lost where they are not understood.
_NOTHING = ('""', "null")
_DATE = re.compile(r"([0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?)(?:(?<=-[0-9]{2}-[0-9]{2})[T ].*)?")


class Fields:
    """Reads the values of a JSON text and remembers what each was taken for: :meth:`role_of` is the account of that."""

    def __init__(self, document: JsonText) -> None:
        self._document = document
        self._places = {scalar.path: scalar for scalar in document.scalars if not scalar.overridden}
        self._roles: dict[Path, Role] = {}

    @property
    def root(self) -> Field:
        """The whole value."""
        return Field(self, (), self._document.value)

    def role_of(self, path: Path) -> Role | None:
        """What the scalar at ``path`` was taken for, ``None`` where nobody has read it."""
        return self._roles.get(path)

    def take(self, path: Path, role: Role) -> None:
        """Note what the scalar at ``path`` is."""
        self._roles[path] = role

    def line(self, path: Path) -> int | None:
        """The line of the scalar, array or object at ``path``."""
        scalar = self._places.get(path)
        if scalar is not None:
            return self._document.line(scalar.start)
        place = self._document.containers.get(path)
        return self._document.line(place[0]) if place else None

    def raw(self, path: Path) -> str:
        """The scalar as it is written."""
        scalar = self._places[path]
        return self._document.text[scalar.start : scalar.end]


@dataclass(frozen=True, slots=True)
class Field:
    """A value within a JSON text. What is not there is ``None``, and empty; nothing is the wrong type, it only has no text."""

    fields: Fields
    path: Path
    value: Json

    def __getitem__(self, key: str) -> Field:
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Field(self.fields, (*self.path, key), value)

    def __iter__(self) -> Iterator[Field]:
        """The elements of an array, none where the value is not an array."""
        items = self.value if isinstance(self.value, list) else ()
        return (Field(self.fields, (*self.path, number), item) for number, item in enumerate(items))

    @property
    def line(self) -> int | None:
        """Where it stands, ``None`` where it is not there."""
        return self.fields.line(self.path)

    @property
    def is_object(self) -> bool:
        """Whether it has members with keys."""
        return isinstance(self.value, dict)

    def text(self, role: Role) -> str:
        """A string or number as text, tidied, its line breaks kept; noted as ``role``. Empty for anything else."""
        if isinstance(self.value, str):
            text = tidy(self.value)
        elif isinstance(self.value, int | float) and not isinstance(self.value, bool):
            text = self.fields.raw(self.path)
        else:
            return ""
        self.fields.take(self.path, role)
        return text

    def line_of_text(self, role: Role) -> str:
        """The same on one line."""
        return " ".join(self.text(role).split())

    def set_aside(self, role: Role) -> None:
        """Note this value and all that is in it as ``role``: known, but nothing that a story needs."""
        left: list[tuple[Path, Json]] = [(self.path, self.value)]
        while left:
            path, value = left.pop()
            if isinstance(value, dict):
                left.extend(((*path, key), item) for key, item in value.items())
            elif isinstance(value, list):
                left.extend(((*path, number), item) for number, item in enumerate(value))
            else:
                self.fields.take(path, role)


def read_address(field: Field, ledger: Ledger) -> str | None:
    """The address that a value gives, which may be broken over lines; not one of the web: ``None``, warning ``bad-url``."""
    text = "".join(field.text(Role.METADATA).split())
    if not text:
        return None
    try:
        return web_address(text)
    except ValueError as error:
        ledger.warn("bad-url", field.line, text, f"the address is left out: {error}")
        return None


def read_day(field: Field, role: Role, ledger: Ledger) -> Interval | None:
    """The day, month or year of an ISO 8601 date or time, as written there; anything else: ``None``, warning ``bad-date``."""
    text = field.line_of_text(role)
    if not text:
        return None
    try:
        return iso_date(text)
    except ValueError as error:
        ledger.warn("bad-date", field.line, text, f"the date is left out: {error}")
        return None


def iso_date(text: str) -> Interval:
    """The day, month or year of an ISO 8601 date or time; the time and its zone are cut off.

    Raises:
        ValueError: it is neither.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("not a date of the form 2025-05-06")
    return parse_edtf(match[1])


def account(
    document: JsonText,
    ledger: Ledger,
    role_of: Callable[[Path], Role | None],
    within: Sequence[Stretch] | None = None,
    citations: Callable[[str, int, int], Iterable[Stretch]] | None = None,
) -> tuple[tuple[Span, ...], tuple[ParseWarning, ...]]:
    """Say what the characters of a JSON text are.

    Keys and punctuation are furniture. A value that has no role is unrecognised, with its key, and gives a warning, unless it is
    empty.

    Args:
        document: the text.
        ledger: the warnings so far; a ledger of no text, for where a value stands is known here.
        role_of: what the scalar at a path is, ``None`` where it has no place.
        within: the stretches to account for, in order; the whole text if not given.
        citations: the stretches of markers between two offsets of a text; asked for values that are summary.

    Returns:
        Spans and warnings, in order.
    """
    spans: list[Span] = []
    for start, end in ((0, len(document.text)),) if within is None else within:
        _warn_of_problems(document, ledger, start, end)
        spans += _spans(document, ledger, role_of, citations, start, end)
    return tuple(spans), ledger.close()[1]


def _warn_of_problems(document: JsonText, ledger: Ledger, start: int, end: int) -> None:
    problems = document.problems
    for problem in problems[bisect_left(problems, start, key=_start) : bisect_left(problems, end, key=_start)]:
        excerpt = document.text[problem.start : problem.end]
        ledger.warn(problem.code, document.line(problem.start), excerpt, problem.message)


def _spans(
    document: JsonText,
    ledger: Ledger,
    role_of: Callable[[Path], Role | None],
    citations: Callable[[str, int, int], Iterable[Stretch]] | None,
    start: int,
    end: int,
) -> Iterator[Span]:
    """The spans from ``start`` to ``end``: the scalars, and between two of them what stands there."""
    text, scalars = document.text, document.scalars
    done = start
    for scalar in scalars[bisect_left(scalars, start, key=_start) : bisect_left(scalars, end, key=_start)]:
        role = None if scalar.overridden else role_of(scalar.path)
        if role is not None:
            yield from _furniture(text, done, scalar.start)
            inner = citations(text, scalar.start, scalar.end) if citations and role is Role.SUMMARY else ()
            yield from _value(scalar, role, inner)
        elif text[scalar.start : scalar.end] in _NOTHING:
            continue
        else:
            yield from _furniture(text, done, scalar.label)
            yield Span(scalar.label, scalar.end, Role.UNRECOGNISED)
            # The beginning is enough for an excerpt.
            unknown = text[scalar.label : min(scalar.end, scalar.label + 1000)]
            ledger.warn("unrecognised", document.line(scalar.label), unknown, "the format has no place for this value")
        done = scalar.end
    yield from _furniture(text, done, end)


def _start(item: Scalar | Problem) -> int:
    return item.start


def _furniture(text: str, start: int, end: int) -> Iterator[Span]:
    if start < end and not text[start:end].isspace():
        yield Span(start, end, Role.FURNITURE)


def _value(scalar: Scalar, role: Role, citations: Iterable[Stretch]) -> Iterator[Span]:
    edges = [scalar.start, *(offset for stretch in citations for offset in stretch), scalar.end]
    for number, (start, end) in enumerate(pairwise(edges)):
        if start < end:
            yield Span(start, end, Role.CITATION if number % 2 else role)
