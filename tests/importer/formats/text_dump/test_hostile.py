"""Documents made to be slow take time in proportion to their length.

Time itself is not asserted: the work is counted in lines of Python that are executed, which is the same on every machine, and what is left
to the regular expression engine is kept from growing by patterns that cannot backtrack far.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from app.importer.formats import text_dump
from tests.importer.formats.text_dump.support import page, parse, parse_or_refuse

SHAPES: dict[str, Callable[[int], str]] = {
    "own-line markers": lambda n: page("Word" + "\n1\n. Then more" * n + ".\n"),
    "glued markers": lambda n: page("Word" + "1\n. Then more" * n + ".\n"),
    "doubtful markers": lambda n: page("".join(f"Word GPT-{i}2\n. " for i in range(n)) + "End.\n"),
    "glued paragraphs": lambda n: page("words end here.The " * n + "end.\n"),
    "breaks shown by markers": lambda n: page("Word" + "\n1\n. x OpenAI.Meta y" * n + ".\n"),
    "quotes": lambda n: page('some "words." "And more." here."The ' * n + "end.\n"),
    "headings": lambda n: page("A heading line\n\n" * n),
    "labels": lambda n: page("Word\n" + "Related Stories\n" * n + "1\n.\n"),
    "numbers": lambda n: page("Word\n" + "1\n" * n),
    "numbers too high": lambda n: page("Word\n" + "7\n" * n + ".\n"),
    "stray markers": lambda n: page("Word\n1\n.\n") + "[2]\n" * n,
    "ranks": lambda n: page("Word\n1\n.\n") + "1\nTechnology\n" * n,
    "closing lines": lambda n: page("Word\n1\n.\n" + "Summarized by\n" * n),
    "sources": lambda n: page("Word\n1\n.\n", sources=n),
    "buttons": lambda n: "[1]\nTitle\nText\n" + "Share\n[9]\n" * n,
    "text of one source": lambda n: "[1]\nTitle\n" + "text\n" * n,
    "unknown lines": lambda n: page("Word\n1\n.\n") + "1\nRow\nwords that nobody knows\n" * n,
}


def executed_lines(call: Callable[[], Any]) -> int:
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_length(shape: str) -> None:
    short, long = SHAPES[shape](150), SHAPES[shape](300)
    assert executed_lines(lambda: text_dump.parse(long)) < 2.3 * executed_lines(lambda: text_dump.parse(short))


@pytest.mark.parametrize(
    "summary",
    [
        "Word " + "a" * 3_000_000 + ".\n",
        "Word" + "9" * 3_000_000 + "\n. More.\n",
        "[" * 3_000_000 + "\n",
        'x."' + '"' * 300_000 + "A\n",
        "Word " + " " * 3_000_000 + "2\n. More.\n",
        "\n" * 100_000 + "Text is here\n1\n.\n",
        "a word " * 500_000 + "here\n1\n.\n",
    ],
    ids=["letters", "digits", "brackets", "quotes", "spaces", "blank lines", "one long line"],
)
def test_one_endless_line_is_read(summary: str) -> None:
    document = parse(page(summary))
    assert document.paragraphs


def test_warnings_of_one_kind_are_counted_rather_than_repeated() -> None:
    document = parse(page("Word\n" + "7\n" * 5_000 + ".\n"))
    assert len(document.warnings) == 100
    assert document.warnings[-1].message == "4,901 more of this kind"


def test_markup_in_a_pasted_page_is_text() -> None:
    document = parse(page('It said <script>alert("x")</script> and [a](javascript:alert(1))\n1\n.\n'))
    assert document.sentences[0].text == 'It said <script>alert("x")</script> and [a](javascript:alert(1)).'


@pytest.mark.parametrize("text", ["\x00", "\ud800", "[1]\n" * 50, "0 Sources\n0 Sources\n0"])
def test_only_parse_errors_are_raised(text: str) -> None:
    assert parse_or_refuse(text) == "no-story"
