"""What holds for every format: any text is read with every character accounted for, or refused, in time in proportion to its length.

A new format is covered by itself; all that it brings is a specimen (see ``tests/fuzz/specimens.py``).
"""

from __future__ import annotations

import gc
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli.explain import explain_documents
from app.domain.documents import NO_HINTS, ParseError
from app.importer.containers import Limits, open_sources
from app.importer.formats import HEAD, Format, all_formats, format_named, recognise
from app.importer.reading import Options
from tests.fuzz.damage import PIECES, Damage, Kind, damaged, damaged_values
from tests.fuzz.invariants import check
from tests.fuzz.specimens import module_of, specimens

every_format = pytest.mark.parametrize("form", all_formats(), ids=lambda form: form.name)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

DAMAGES = st.builds(
    Damage,
    st.sampled_from(Kind),
    st.integers(0, 999),
    st.sampled_from((0, 1, 2, 5, 20, 200)),
    st.sampled_from(PIECES) | st.text(max_size=3),
)


@every_format
def test_its_specimens_are_recognised_and_understood(form: Format) -> None:
    assert specimens(form), f"no specimen: put one into tests/importer/formats/{module_of(form)}/specimens/"
    told = 0
    for name, text in specimens(form).items():
        stories = check(form, text)
        assert not isinstance(stories, str), f"{name} is refused: {stories}"
        assert recognise(text).name == form.name, name
        assert not [warning for story in stories for warning in story.warnings if warning.code == "unrecognised"], name
        told += len(stories)
    assert told


@every_format
@settings(quickly, max_examples=60)
@given(text=st.text())
def test_any_text(form: Format, text: str) -> None:
    check(form, text)


@every_format
@settings(quickly, max_examples=60)
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text("ab. \n", max_size=6), max_size=30))
def test_any_heap_of_pieces(form: Format, pieces: list[str]) -> None:
    check(form, "".join(pieces))


@every_format
@settings(quickly, max_examples=100)
@given(data=st.data(), changes=st.lists(DAMAGES, min_size=1, max_size=4))
def test_damaged_specimens(form: Format, data: st.DataObject, changes: list[Damage]) -> None:
    text = specimens(form)[data.draw(st.sampled_from(sorted(specimens(form))))]
    check(form, damaged(text, changes))


@every_format
@settings(quickly, max_examples=60)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_damaged_values(form: Format, data: st.DataObject, seed: int) -> None:
    text = specimens(form)[data.draw(st.sampled_from(sorted(specimens(form))))]
    if text.startswith("{"):
        check(form, json.dumps(damaged_values(json.loads(text), Random(seed))))


def exported(**changes: Any) -> str:
    """A line of an export, with other values in its revision."""
    line = json.loads(specimens(format_named("dateline"))["interchange.json"])
    line["revisions"][0] |= changes
    return json.dumps(line)


#: What fuzzing has found, so that it is found every time.
FOUND: dict[str, tuple[str, Callable[[], str]]] = {
    "text-dump: a source with number 0": ("text-dump", lambda: "[0]\nA title\nSome text.\n"),
    "gemini: half of a pair where a day may be": ("gemini", lambda: "[1]: \ud800"),
    "dateline: a paragraph without sentences": ("dateline", lambda: exported(paragraphs=[{"sentences": []}])),
    "dateline: a sentence of blanks": ("dateline", lambda: exported(paragraphs=[{"sentences": [{"text": " "}]}])),
    "dateline: a title of blanks": ("dateline", lambda: exported(title={"text": " "})),
    "dateline: a title derived from nothing known": ("dateline", lambda: exported(title={"text": "A", "derived": "moon"})),
    "dateline: published as nobody known says": ("dateline", lambda: exported(published={"edtf": "2026", "source": "moon"})),
    "dateline: a source twice": (
        "dateline",
        lambda: exported(sources=[{"number": 1, "title": "A"}, {"number": 1, "title": "B"}]),
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_what_fuzzing_found(case: str) -> None:
    name, text = FOUND[case]
    check(format_named(name), text())


@every_format
@settings(quickly, max_examples=20)
@given(data=st.data())
def test_specimens_of_other_formats(form: Format, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(all_formats()))
    text = specimens(other)[data.draw(st.sampled_from(sorted(specimens(other))))]
    check(form, text[: data.draw(st.integers(0, len(text)))])


#: What documents are made of to be slow, at the beginning of lines …
BLOCKS = {
    "brackets": "[",
    "braces": "{",
    "objects": '{"a":',
    "quotations": ">",
    "lists": "- ",
    "elements": "<div>",
    "comments": "<!--",
    "newlines": "\n",
    "carriage returns": "\r\n",
    "lines": "a\n",
    "paragraphs": "A b.\n\n",
    "definitions": "[^1]: https://a.example/\n",
    "bars": "|",
    "digits": "7",
    "stars": "*",
    "backslashes": "\\",
}
#: … and within them.
INLINE = {
    "markers": "[1]",
    "footnotes": "word[^1] ",
    "lost markers": "【1†",
    "superscripts": "<sup>1</sup>",
    "sentences": "It is so.1 ",
    "brackets": "[",
    "links": "[a](",
    "elements": "<div>",
    "tags": "<",
    "comments": "<!--",
    "attributes": '<a href="',
    "quotes": '"',
    "digits": "7",
    "stars": "*",
    "emphasis": "*a ",
    "backslashes": "\\",
    "backticks": "`a",
    "entities": "&amp;",
    "spaces": " ",
    "addresses": "https://a.example/ ",
}
SMALLEST, LARGEST = 3_500, 400_000
#: Process times in seconds: below the first it is not worth looking closely, below the second a ratio says nothing.
NOTICED, MEASURED = 0.01, 0.05
#: By how much the time may grow when a document doubles.
MOST = 2.5


def alone(piece: str, _specimen: str, size: int) -> str:
    return piece * (size // len(piece))


def in_a_line(piece: str, specimen: str, size: int) -> str:
    """The piece over and over in the middle of the line of a specimen that has most words: in JSON that is within a text."""
    longest = max(specimen.splitlines(), key=lambda line: line.count(" "))
    at = specimen.index(longest) + longest.rfind(" ", 0, len(longest) // 2) + 1
    return specimen[:at] + alone(piece, "", size) + specimen[at:]


def lines_repeated(_piece: str, specimen: str, size: int) -> str:
    """The middle third of a specimen over and over."""
    lines = specimen.splitlines(keepends=True)
    first, last = len(lines) // 3, max(len(lines) // 3 + 1, 2 * len(lines) // 3)
    middle = "".join(lines[first:last])
    return "".join(lines[:first]) + middle * max(1, size // max(1, len(middle))) + "".join(lines[last:])


def each_line_repeated(_piece: str, specimen: str, size: int) -> str:
    """Every line of a specimen as often as every other."""
    times = max(1, size // max(1, len(specimen)))
    return "".join(line * times for line in specimen.splitlines(keepends=True))


def whole_repeated(_piece: str, specimen: str, size: int) -> str:
    return specimen * max(1, size // max(1, len(specimen)))


def on_one_line(_piece: str, specimen: str, size: int) -> str:
    return " ".join(specimen.split()) * max(1, size // max(1, len(specimen)))


Shape = Callable[[str, str, int], str]


def shapes(form: Format) -> Iterator[tuple[str, Callable[[int], str]]]:
    """All hostile documents for a format, by name, each a function of the size."""

    def sized(shape: Shape, piece: str, specimen: str) -> Callable[[int], str]:
        return lambda size: shape(piece, specimen, size)

    longest = max(specimens(form).values(), key=len, default="A line.\n")
    for name, piece in BLOCKS.items():
        yield name, sized(alone, piece, "")
    for name, piece in INLINE.items():
        yield f"{name} in a line", sized(in_a_line, piece, longest)
    for file, specimen in specimens(form).items():
        yield f"middle of {file}", sized(lines_repeated, "", specimen)
    for shape in (each_line_repeated, whole_repeated, on_one_line):
        yield shape.__name__.replace("_", " "), sized(shape, "", longest)


@contextmanager
def without_collections() -> Iterator[None]:
    """Times of a parser without those of the collector, which depend on everything that ran before."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def seconds(form: Format, text: str) -> float:
    begin = time.process_time()
    try:
        form.sniff(text[:HEAD])
        form.parse(text, NO_HINTS)
    except ParseError:
        pass
    return time.process_time() - begin


def looks_slow(form: Format, shape: Callable[[int], str]) -> bool:
    """Whether the time grows much faster than a document that becomes four times as long, and again where it is hardly noticed.

    What the specimen around it takes is not counted.
    """
    around = seconds(form, shape(0))
    size, before = SMALLEST, seconds(form, shape(SMALLEST))
    if before > NOTICED:
        return seconds(form, shape(2 * size)) - around > MOST * (before - around)
    while before < NOTICED and 4 * size <= LARGEST:
        size, now = 4 * size, seconds(form, shape(4 * size))
        if now > NOTICED and now - around > MOST * MOST * (before - around):
            return True
        before = now
    return False


def growth(form: Format, shape: Callable[[int], str]) -> float:
    """By how much the time grows when a document doubles that is long enough to be measured; where by much, it doubles again."""
    size = SMALLEST
    while size < LARGEST and seconds(form, shape(size)) < MEASURED:
        size *= 2
    half, whole = (_median(form, shape, length) for length in (size // 2, size))
    return whole / half if whole <= MOST * half else min(whole / half, _median(form, shape, 2 * size) / whole)


def _median(form: Format, shape: Callable[[int], str], size: int) -> float:
    text = shape(size)
    return median(seconds(form, text) for _ in range(3))


@every_format
def test_time_grows_with_the_length(form: Format) -> None:
    slow = {}
    with without_collections():
        for name, shape in shapes(form):
            if looks_slow(form, shape) and (ratio := growth(form, shape)) > MOST:
                slow[name] = round(ratio, 2)
    assert not slow, f"time grows faster than the length by {slow}"


@pytest.mark.parametrize(("power", "found"), [(1, False), (1.2, False), (1.5, True), (2, True)])
def test_slow_formats_would_be_found(power: float, found: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "seconds", lambda _, text: 0.003 + 0.1 * (len(text) / 50_000) ** power)
    form = all_formats()[0]
    assert (looks_slow(form, "7".__mul__) and growth(form, "7".__mul__) > MOST) is found


@every_format
def test_hostile_documents_are_accounted_for(form: Format) -> None:
    for name, shape in shapes(form):
        try:
            check(form, shape(1_500))
        except Exception as error:
            error.add_note(f"in: {name}")
            raise


def test_damage_does_what_it_says() -> None:
    text = "ab\ncd\nef\n"
    assert damaged(text, [Damage(Kind.INSERT, 0, 0, "X")]) == "X" + text
    assert damaged(text, [Damage(Kind.INSERT, 999, 1, "X")]) == text + "X"
    assert damaged(text, [Damage(Kind.DELETE, 0, 3, "")]) == "cd\nef\n"
    assert damaged(text, [Damage(Kind.SWAP, 0, 1, "")]) == "ba\ncd\nef\n"
    assert damaged(text, [Damage(Kind.TRUNCATE, 300, 0, "")]) == "ab\n"
    assert damaged(text, [Damage(Kind.DUPLICATE_LINES, 300, 1, "")]) == "ab\ncd\ncd\nef\n"
    assert damaged(text, [Damage(Kind.SWAP_LINES, 0, 2, "")]) == "ef\nab\ncd\n"
    assert damaged(text, [Damage(Kind.TRUNCATE_LINE, 300, 1, "")]) == "ab\nc\nef\n"
    assert damaged(text, [Damage(Kind.LINE_ENDS, 0, 0, "")]) == "ab\r\ncd\r\nef\r\n"


@every_format
def test_explain_prints_every_line_of_every_format(form: Format, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in specimens(form).items():
        (tmp_path / name).write_bytes(text.encode())
        options = Options(format=form.name)
        assert explain_documents(open_sources([str(tmp_path / name)], options, Limits())) == 0, name
        printed = capsys.readouterr().out
        shown = [line.partition(" │ ")[2] for line in printed.splitlines() if " │ " in line]
        assert f"{form.name}: " in printed
        assert len(shown) == len(text.splitlines()), name
        for line, source in zip(shown, text.splitlines(), strict=True):
            assert not source.isprintable() or line == source, name


@every_format
def test_what_turns_text_around_is_in_the_document_but_in_no_text_of_a_story(form: Format) -> None:
    for name, text in specimens(form).items():
        turned = re.sub(r"(?<=[a-z]) (?=[a-z])", " \u202e\u2066", text)
        assert turned != text, name
        try:
            stories = form.parse(turned, NO_HINTS)
        except ParseError:
            continue
        for story in stories:
            words = [sentence.text for sentence in (*story.dek, *story.sentences)]
            words += [
                story.title.text or "",
                *(source.title for source in story.sources),
                *(source.text for source in story.sources),
            ]
            assert not [word for word in words if "\u202e" in word or "\u2066" in word], name
