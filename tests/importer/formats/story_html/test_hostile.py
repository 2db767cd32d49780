"""Pages made to be slow or to break something: read or refused, in time in proportion to their length."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from time import process_time
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.documents import ParsedDocument
from app.importer.formats.story_html import FORMAT, sniff
from tests.importer.formats.story_html.support import SOURCES, page, parse, parse_or_refuse, specimen, warning_codes

SHAPES: dict[str, Callable[[int], str]] = {
    "markers": lambda n: page("<p>" + "Word here<sup>1</sup>. " * n + "</p>"),
    "linked markers": lambda n: page("<p>" + 'Word here<sup><a href="#ref-1">1</a></sup>. ' * n + "</p>"),
    "text markers": lambda n: page("<p>" + "Word here [1][2]. " * n + "</p>"),
    "unknown markers": lambda n: page("<p>" + "Word here<sup>9</sup>. " * n + "</p>"),
    "own blocks": lambda n: page("<div>Word</div>" + "<div>1</div><div>. More</div>" * n),
    "paragraphs": lambda n: page("<p>Some words are here[1].</p>" * n),
    "headings": lambda n: page("<h2>A heading</h2>" * n + "<p>Some words.</p>"),
    "source headings": lambda n: page("<p>Some words.</p>" + "<h2>Sources</h2>" * n),
    "sources": lambda n: page("<p>Some words.</p>", sources="<h2>Sources</h2><ol>" + "<li>A title here</li>" * n + "</ol>"),
    "labelled sources": lambda n: page(
        "<p>Some words.</p>", sources="<h2>Sources</h2>" + "".join(f"<p>[{i}] A title</p>" for i in range(1, n + 1))
    ),
    "links of one source": lambda n: page(
        "<p>x y.</p>", sources="<h2>Sources</h2><ol><li>" + "<a href='https://a.example'>a</a><cite>b</cite>" * n
    ),
    "related": lambda n: page("<p>x y.</p><h3>Related Stories</h3>" + "<a href='https://a.example'><h4>A title</h4></a>" * n),
    "related headings": lambda n: page("<p>x y.</p>" + "<h3>Related Stories</h3>" * n),
    "ranks": lambda n: page("<p>x y.</p>" + "<div>1</div><div>Technology</div>" * n),
    "divs": lambda n: page("<div>" * n + "deep words" + "</div>" * n),
    "asides": lambda n: page("<aside>" * n + "deep words" + "</aside>" * n),
    "inline": lambda n: page("<p>" + "<b>x</b>" * n + "</p>"),
    "lists": lambda n: page("<ul>" + "<li>an item of a list</li>" * n + "</ul>"),
    "anchors": lambda n: page("".join(f"<a id='ref-{i}'></a>" for i in range(n)) + "<p>x y.</p>"),
    "text layout": lambda n: specimen("text_layout").replace(
        "<div>Fees", "<div>Words" + "<sup>1</sup>. More words" * n + "</div><div>Fees"
    ),
    "entities": lambda n: page("<p>" + "&amp; word " * n + "</p>"),
    "labels": lambda n: page("<div class='share'>" * 2 + "<p class='dek'>x y.</p>" * n),
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
    assert executed_lines(lambda: parse_or_refuse(long)) < 2.3 * executed_lines(lambda: parse_or_refuse(short))


@pytest.mark.parametrize("shape", ["blocks of one source", "comments", "code"])
def test_time_grows_with_the_length(shape: str) -> None:
    """What is done within one line of Python (a search in a list) does not show in the number of lines."""
    make: dict[str, Callable[[int], str]] = {
        "blocks of one source": lambda n: page(
            "<p>x y.</p>", sources="<h2>Sources</h2><ol><li>" + "".join(f"<p id='a{i}'>A b</p>" for i in range(n))
        ),
        "comments": lambda n: page("<p>" + "a<!-- x -->b " * n),
        "code": lambda n: page("<p>" + "<code>a[1]</code> word " * n),
    }

    def seconds(length: int) -> float:
        text = make[shape](length)
        times = []
        gc.disable()
        try:
            for _ in range(5):
                begin = process_time()
                parse_or_refuse(text)
                times.append(process_time() - begin)
        finally:
            gc.enable()
        return min(times)

    # Quadratic work gives 16; memory that is used for the first time leaves four times the length at somewhat more than 4.
    assert seconds(8_000) < 10 * seconds(2_000)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<b>x</b>" * 200_000,
        "<b><i><a href=x>" * 50_000,
        "<p title='" + "a" * 12_000_000 + "'>x</p>",
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x</p>",
        "<" * 1_000_000,
        "&" * 1_000_000,
        "&#" + "9" * 1_000_000 + ";",
        "<!--" * 300_000,
        "<script>" * 300_000,
        "<p a='" * 200_000,
        '<a href="' * 200_000,
        "<x =" * 200_000,
        "[" * 1_000_000,
        "[1" * 300_000,
        "<p>" + " " * 2_000_000 + "x",
        "<p>" + "1, " * 300_000 + "</p>",
        "<sup>" + "1, " * 300_000 + "</sup>",
        "<ul><li>" * 50_000,
        "<table><tr><td>x" * 20_000,
        "<style>" + "x" * 11_000_000 + "</style>",
    ],
    ids=lambda body: body[:12],
)
def test_monsters_are_read_and_what_stands_above_them_is_kept(body: str) -> None:
    document = parse_or_refuse(page("<p>These words come first and stay[1].</p>" + body))
    assert isinstance(document, ParsedDocument)
    assert document.sentences[0].text.startswith("These words come first and stay")


def test_a_page_that_is_nested_too_deeply_is_cut_with_a_warning() -> None:
    document = parse(page("<p>Some words.</p>" + "<div>" * 100_000))
    assert "cut" in warning_codes(document)


def test_pictures_in_attributes_do_not_cut_a_page() -> None:
    picture = "<img src='data:image/png;base64," + "A" * 11_000_000 + "'>"
    document = parse(page(f"<p>Some words[1].</p>{picture}<p>More words[2].</p>"))
    assert len(document.paragraphs) == 2 and document.warnings == ()


def test_a_wrongly_declared_encoding_changes_nothing() -> None:
    text = "<?xml version='1.0' encoding='utf-16'?>" + page("<p>Käthe fragt Привет[1].</p>", head="<meta charset='koi8-r'>")
    assert parse(text).sentences[0].text == "Käthe fragt Привет."


@pytest.mark.parametrize(
    "text", ["a\0b", "a\ud800b", "&bogus;", "&#xFFFFFFF;", "&#0;", "&#128;", "&notit;", "\x01\x0b", "&amp;amp;lt;"]
)
def test_broken_characters_are_read(text: str) -> None:
    assert parse(page(f"<p>Some {text} words here[1].</p>")).sentences[0].citations


def test_data_that_is_nested_too_deeply_is_ignored() -> None:
    data = "[" * 90_000
    assert parse(page("<p>x y[1].</p>", head=f'<script type="application/ld+json">{data}</script>')).published is None


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert 0 <= sniff(text) <= 1
    parse_or_refuse(text)


PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<sup>", "</sup>", "<a href='#ref-1'>", "</a>", "<li id='ref-1'>", "<ol>", "</ol>", "<h1>", "</h1>",
    "<h2>Sources</h2>", "<h2>Related Stories</h2>", "[1]", "1", ". Then ", "Words are here", "<br>", "<table>", "<tr>", "<td>", "&amp;", "&",
    "<", ">", "<!--", "-->", "<!--1-->", "<script>", "</script>", "<title>", "</title>", "04 Dec 2025•Technology", "2 Sources", "Share",
    "Reviewed byAda", "<button>", "</button>", "<cite>", "</cite>", "</body>", "</html>", "<html>", "<body>", "<frameset>", "\r\n", "<form>",
    "<select>", "<textarea>", "<svg>", "<template>", "<math>", "<plaintext>", "<time datetime='2025-01-01'>", "</time>", "<code>", "</code>",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_heap_of_tags_is_read_or_refused(pieces: list[str]) -> None:
    parse_or_refuse("".join(pieces))
    parse_or_refuse(page("".join(pieces)))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["story_page", "article", "wiki", "text_layout"]), st.data())
def test_damaged_pages_are_read_or_refused(name: str, data: st.DataObject) -> None:
    text = specimen(name)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 200)))
        text = text[:start] + data.draw(st.sampled_from(["", *PIECES])) + text[end:]
    parse_or_refuse(text)


def test_hints_change_nothing() -> None:
    from app.domain.documents import Hints

    text = page("<p>x y[1].</p>", sources=SOURCES)
    assert FORMAT.parse(text, Hints(title="Other")) == [parse(text)]
