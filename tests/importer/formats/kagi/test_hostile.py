"""Any text is read with every character accounted for or refused, in time in proportion to its length."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.documents import NO_HINTS
from app.importer.formats import kagi
from tests.importer.formats.kagi.support import article, category, cluster, executed_lines, parse_or_refuse, written
from tests.importer.formats.kagi.test_prose import FULL

SPECIMEN = written(category(cluster(**FULL), cluster(id=3)))
REFUSED = ("json", "json-depth", "no-clusters", "no-story")


def check(text: str) -> None:
    assert 0 <= kagi.FORMAT.sniff(text[:4096]) <= 1
    stories = parse_or_refuse(text)
    if isinstance(stories, str):
        assert stories in REFUSED
        return
    for story in stories:
        assert story.title.text
        assert all(paragraph.sentences for paragraph in story.paragraphs)
        numbers = {source.number for source in story.sources}
        assert all(citation.number in numbers for sentence in story.sentences for citation in sentence.citations)
        repr(story).encode()


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SPECIMEN)), st.integers(0, 40), st.text(max_size=3)), min_size=1, max_size=4))
def test_a_file_that_was_damaged(cuts: list[tuple[int, int, str]]) -> None:
    text = SPECIMEN
    for at, length, put in cuts:
        text = text[:at] + put + text[at + length :]
    check(text)


ATOMS = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        10**30,
        1.5,
        "",
        " ",
        "A text. More [marsh.example#1].",
        "[common]",
        "x#1",
        "[x#1]",
        "::",
        "\\n",
        "2025-05-06",
    ]
) | st.text(max_size=5)
ODD = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "url", "name", "date", "content", "domain", "link", "title", "sources"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=250, deadline=None)
@given(st.dictionaries(st.sampled_from([*cluster(**FULL), "domains", "id"]), ODD, max_size=6), st.booleans(), ODD)
def test_values_of_any_kind_anywhere(values: dict[str, Any], alone: bool, timestamp: Any) -> None:
    changed = cluster(**{**FULL, **values})
    check(json.dumps(changed if alone else category(changed, {}, cluster(), timestamp=timestamp, domains=timestamp)))


@pytest.mark.parametrize(
    "text", ["\ud800", '{"clusters": ["\ud800"]}', '[{"title": "\\ud800"}]', '{"title": "\\u0000"}', "[" * 99_999]
)
def test_odd_characters_and_deep_nesting(text: str) -> None:
    check(text)


SHAPES: dict[str, Callable[[int], Any]] = {
    "markers": lambda n: cluster(short_summary="Word [marsh.example#1]. " * n),
    "adjacent markers": lambda n: cluster(short_summary="Word" + "[marsh.example#1]" * n + "."),
    "unknown domains": lambda n: cluster(short_summary="".join(f"Word [d{i}.org#1]. " for i in range(n))),
    "articles": lambda n: cluster(articles=[article(f"d{i}.org") for i in range(n)], short_summary="Word [d1.org#1]."),
    "articles and unknown domains": lambda n: cluster(
        articles=[article(f"d{i}.org") for i in range(n + 200)], short_summary="".join(f"Word [e{i}.org#1]. " for i in range(n))
    ),
    "perspectives": lambda n: cluster(perspectives=[{"text": "A view.", "sources": [{"name": "x", "url": "https://x.org"}]}] * n),
    "clusters": lambda n: category(*[cluster(id=i) for i in range(n // 4)]),
    "unknown keys": lambda n: cluster(**{f"k{i}": "x" for i in range(n)}),
    "clusters that say nothing": lambda n: category(cluster(), *[{"emoji": "x"}] * n),
    "points": lambda n: cluster(talking_points=["Head: body."] * n),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_length(shape: str) -> None:
    work = [
        executed_lines(partial(kagi.FORMAT.parse, json.dumps(SHAPES[shape](size), indent=1), NO_HINTS)) for size in (200, 400)
    ]
    assert work[1] < 2.3 * work[0]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "[a" * 500_000,
        "a#1" * 500_000,
        " " * 1_000_000 + "x",
        "\\n" * 500_000 + "x",
        "a" * 1_000_000,
        "&" * 1_000_000,
    ],
    ids=["brackets", "open brackets", "hashes", "spaces", "breaks", "letters", "ampersands"],
)
def test_one_endless_text_is_read(text: str) -> None:
    assert kagi.FORMAT.parse(json.dumps(cluster(short_summary=text, quote=text, timeline=[text])), NO_HINTS)
