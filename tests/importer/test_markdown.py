"""Markdown as blocks with their places, and inline text as readers see it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.importer.markdown import Kind, Link, read_blocks, read_inline, visible


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in read_blocks(text)]


def test_blocks_know_their_kind_place_and_line() -> None:
    text = "# Title\n\nProse\non two lines.\n\n- one\n\n  more\n- two\n\n3. three\n\n| a | b |\n|---|---|\n| c | d |\n\n---\n\n    code\n"
    blocks = read_blocks(text)
    assert [(block.kind, block.text, block.line) for block in blocks] == [
        (Kind.HEADING, "Title", 1),
        (Kind.PARAGRAPH, "Prose\non two lines.", 3),
        (Kind.ITEM, "one", 6),
        (Kind.ITEM, "more", 8),
        (Kind.ITEM, "two", 9),
        (Kind.ITEM, "three", 11),
        (Kind.ROW, "a | b", 13),
        (Kind.ROW, "c | d", 15),
        (Kind.RULE, "", 17),
        (Kind.CODE, "code\n", 19),
    ]
    assert [text[block.start : block.end] for block in blocks][1:4] == ["Prose\non two lines.", "- one", "more"]
    assert [block.number for block in blocks[2:6]] == [None, None, None, 3]
    assert [block.continued for block in blocks[2:6]] == [False, True, False, False]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_places_are_those_of_the_document_whatever_ends_its_lines(ending: str) -> None:
    text = ending.join(["# Title", "", "> Prose", "> goes on", "", "1. one", "   two", ""])
    blocks = read_blocks(text)
    assert [text[block.start : block.end] for block in blocks] == [
        "# Title",
        f"> Prose{ending}> goes on",
        f"1. one{ending}   two",
    ]
    assert [block.quoted for block in blocks] == [False, True, False]


def test_nested_items_have_levels() -> None:
    assert [(block.text, block.level) for block in read_blocks("- a\n  - b\n    1. c\n- d\n")] == [
        ("a", 1),
        ("b", 2),
        ("c", 3),
        ("d", 1),
    ]


def test_link_definitions_are_paragraphs() -> None:
    assert kinds('[1]: https://a.example "A"\n[2]: https://b.example\n') == [
        (Kind.PARAGRAPH, '[1]: https://a.example "A"\n[2]: https://b.example')
    ]


def test_a_rule_directly_below_prose_is_no_underline() -> None:
    assert kinds("A title\n---\n") == [(Kind.HEADING, "A title")]
    assert kinds("It closed.\n---\n") == [(Kind.PARAGRAPH, "It closed.")]
    assert kinds("It closed. [1]\n---\n") == [(Kind.PARAGRAPH, "It closed. [1]")]
    assert kinds("It closed[^1]\n---\n") == [(Kind.PARAGRAPH, "It closed[^1]")]
    assert kinds("[^1]: https://a.example\n---\n") == [(Kind.PARAGRAPH, "[^1]: https://a.example")]
    assert kinds("word " * 50 + "\n---\n") == [(Kind.PARAGRAPH, ("word " * 50).strip())]
    assert kinds("It closed.\n===\n") == [(Kind.HEADING, "It closed.")]


def test_html_is_without_what_is_not_shown() -> None:
    assert kinds("<div>a<!-- b -->c<style>d</style></div>\n") == [(Kind.HTML, "<div>ac</div>\n")]
    assert kinds("<script>\nlet a = 1\n</script>\n") == [(Kind.HTML, "\n")]
    assert kinds("<!-- [1]: https://a.example\n[2]: https://b.example -->\n") == [(Kind.HTML, "\n")]
    assert kinds("<pre>a[1]</pre>\n") == [(Kind.CODE, "<pre>a[1]</pre>\n")]
    assert kinds("<h2 id='x'>A <b>title</b></h2>\n") == [(Kind.HEADING, "A <b>title</b>")]
    assert kinds("<div>⁂</div>\n[^1]: a\n[^2]: b\n") == [(Kind.HTML, "<div>⁂</div>\n"), (Kind.PARAGRAPH, "[^1]: a\n[^2]: b")]


def test_blocks_do_not_overlap_where_html_and_definitions_touch() -> None:
    blocks = read_blocks("> <div>⁂</div>\n> [^1]: a\n> [^2]: b\n")
    assert [(block.start, block.end, block.line) for block in blocks] == [(0, 14, 1), (15, 34, 2)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("*a* **b** `c` ~d~", "a b c ~d~"),
        ("a\nb  \nc\\\nd", "a b c d"),
        ("a\\*b \\[1\\] &amp; &lt; &#39;", "a*b [1] & < '"),
        ("[words](https://a.example 'title')", "words"),
        ("[words](javascript:alert(1))", "words"),
        ("![picture](https://a.example/b.png) words", "words"),
        ("a<br>b<p>c</p>d", "a b c d"),
        ("a<sup>1</sup>", "a[1]"),
        ("a<sup>1,2</sup>", "a[1,2]"),
        ("a<sup>[1]</sup>", "a[1]"),
        ("a<sup><a href='#n'>1</a></sup>", "a[1]"),
        ("5<sup>th</sup>", "5th"),
        ("10<sup>-6</sup> m<sup>2</sup>", "10⁻⁶ m²"),
        ("10<sup>6</sup>", "10⁶"),
        ("in 2024<sup>6</sup>", "in 2024[6]"),
        ("a<sup>1", "a1"),
        ("a</sup>b", "ab"),
        ("a<b onclick='x'>c</b>", "ac"),
        ("", ""),
    ],
)
def test_text_as_readers_see_it(source: str, text: str) -> None:
    assert visible(source) == text


def test_links_stand_around_their_words() -> None:
    inline = read_inline(
        "See [the *Wire*](https://w.example), <https://a.example> and <a class=x href='https://b.example'>B</a>."
    )
    assert [inline.text[link.start : link.end] for link in inline.links] == ["the Wire", "https://a.example", "B"]
    assert [link.address for link in inline.links] == ["https://w.example", "https://a.example", "https://b.example"]


def test_a_link_in_a_superscript_stands_around_the_marker() -> None:
    inline = read_inline("A [B](https://b.example) a<sup>[2](https://w.example)</sup> c")
    assert inline.text == "A B a[2] c"
    assert inline.links == (Link(2, 3, "https://b.example"), Link(5, 8, "https://w.example"))


def test_an_anchor_is_no_link() -> None:
    assert read_inline("<a id='top'></a>words").links == ()


def test_code_and_what_is_hidden_is_known() -> None:
    inline = read_inline('a `b` <span style="display:none">c <i>d</i></span> e')
    assert [inline.text[start:end] for start, end in inline.code] == ["b"]
    assert [inline.text[start:end] for start, end in inline.hidden] == ["c d"]


def test_what_is_hidden_to_the_end_is_hidden() -> None:
    inline = read_inline("a <span style='display:none'>b")
    assert [inline.text[start:end] for start, end in inline.hidden] == ["b"]


def test_escaped_characters_are_known() -> None:
    inline = read_inline("in 2020\\.1 and 3.5")
    assert inline.escaped == frozenset({7})


@pytest.mark.parametrize("text", ["", "\n\n", "\x00", "\ud800", "﻿# T", "- " * 60 + "x", "> " * 60 + "x", "<div", "[" * 50])
def test_odd_documents_are_blocks_in_order(text: str) -> None:
    blocks = read_blocks(text)
    assert all(0 <= block.start <= block.end <= len(text) for block in blocks)
    assert all(before.end <= after.start for before, after in pairwise(blocks))
