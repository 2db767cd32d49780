"""Any text is read with every character accounted for or refused, in time in proportion to its length."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.documents import Hints
from app.importer.formats import horizon
from tests.importer.formats.horizon.support import digest, item, parse, parse_or_refuse, specimen

NAMES = ["digest-en", "digest-zh", "headline", "empty"]
PIECES = [
    "### ", "## ", "# Horizon Daily - 2026-13-40\n", "> From 3 items, 3 important\n", "> Analyzed 4 items, but none\n", "> 3 条 2 条\n",
    '<a id="item-1"></a>', "[", "](", ")", "](javascript:x)", "⭐️ 9.0/10", "**", "「", "」", "**:", "**Tags**:", "rss · ", " · ", "Dec 31, 23:59",
    "Feb 29, 00:00", "[Discussion](https://a.example)", '<li><a href="', '">', "</a></li>", "<li>", "</ul>", "<details>", "---\n", "\n", "\r\n",
    "\r", "\t", "\u00a0", "\u202e", "\u200b", "\ufffd", "\0", "\x1b", "\u2028", "&#x0;", "&#xD800;", "\\", "`", "<!--", "1. [x](#item-1)",
]  # fmt: skip


def check(text: str, hints: Hints) -> None:
    assert 0 <= horizon.FORMAT.sniff(text[:4096]) <= 1
    stories = parse_or_refuse(text, hints)
    if isinstance(stories, str):
        assert stories == "no-story"
        return
    for told in stories:
        assert told.title.text.strip()
        assert all(sentence.text.strip() for sentence in told.sentences)
        assert [source.number for source in told.sources] == list(range(1, len(told.sources) + 1))
        assert all(source.url is None or source.url.lower().startswith(("http://", "https://")) for source in told.sources)
        repr(told).encode()


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    check(text, Hints())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_heap_of_markers(pieces: list[str]) -> None:
    check("".join(pieces), Hints())
    check(digest(item("".join(pieces))), Hints())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_digests_that_were_damaged(name: str, data: st.DataObject) -> None:
    text = specimen(name)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 60)))
        text = text[:start] + data.draw(st.sampled_from(["", *PIECES])) + text[end:]
    check(text, Hints(language=data.draw(st.sampled_from([None, "en"]))))


@pytest.mark.parametrize("text", ["\ud800", "### [\ud800](https://a.example/\ud800?a=\ud800)\n", "### &nbsp;\n", "### [](x)\n"])
def test_odd_characters(text: str) -> None:
    check(text, Hints())


def test_a_number_too_long_to_be_one() -> None:
    assert parse_or_refuse("> From 4 items, " + "9" * 5000 + " important\n") == "no-story"


SHAPES: dict[str, Callable[[int], str]] = {
    "items": lambda n: digest(*[item()] * (n // 20)),
    "sections": lambda n: digest(item()) + "## A section\n" * (n // 4),
    "spaces in a head": lambda n: digest(item(head="a" + " " * 20 * n + "b")),
    "stars": lambda n: digest(item(head="⭐️ 9.0/10 " * n + "b")),
    "references without an end": lambda n: digest(item('<li><a href="https://a.example/">' * n)),
    "references": lambda n: digest(item("\n".join(f'<li><a href="https://a.example/{i}">x</a></li>' for i in range(n)))),
    "open references": lambda n: digest(item('<li><a href="' * n)),
    "markup without an end": lambda n: digest(item("<details" * n + "x")),
    "markup": lambda n: digest(item("<ul> " * n + "x")),
    "origins": lambda n: digest(item("x · y" * n)),
    "labels": lambda n: digest(item(*["**「Background」** words"] * n)),
    "labels alone": lambda n: digest(item(*["**Background**:"] * n)),
    "lines of a paragraph": lambda n: digest(item("words here\n" * n)),
    "contents": lambda n: digest(item(), above="1. [x](#item-1)" * n + "\n"),
    "anchors": lambda n: digest(item("<a id='item-" * n)),
    "wrong links": lambda n: digest(item(*['<li><a href="javascript:x">x</a></li>'] * n)),
}


def seconds(text: str) -> float:
    times = []
    for _ in range(3):
        gc.collect()
        begin = time.process_time()
        horizon.FORMAT.parse(text, Hints())
        times.append(time.process_time() - begin)
    return median(times)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length(shape: str) -> None:
    """A ratio that is too high is measured again at twice the size: a clock is not, but growth is there every time."""
    short, long = (seconds(SHAPES[shape](size)) for size in (1_500, 3_000))
    if long > max(0.05, 2.5 * short):
        assert seconds(SHAPES[shape](6_000)) <= 2.5 * long


def test_what_is_slow_in_shape_is_read() -> None:
    for shape in SHAPES.values():
        parse(shape(100))
