"""Articles made to break or to be slow: nothing but ``ParseError``, and work in proportion to the length.

The work is counted in lines of Python that are executed, as in ``tests/importer/formats/text_dump/test_hostile.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importer.formats import Format, chatgpt, gemini, markdown, perplexity
from tests.importer.formats.markdown.support import outcome, sentences_of, stories, story
from tests.importer.formats.markdown.test_realistic import REPORTS
from tests.importer.formats.text_dump.test_hostile import executed_lines

FORMATS = (chatgpt.FORMAT, gemini.FORMAT, markdown.FORMAT, perplexity.FORMAT)
CODES = (None, "no-sources", "no-story")
PIECES = [
    *(
        "[1]",
        "[^1]",
        "[^1_1]",
        "[1, 3-5]",
        "[[1]](https://x.example)",
        "[1](https://x.example)",
        "[a][1]",
        "【1†source】",
        "citeturn0search1",
    ),
    *(
        "\ue200cite\ue202turn0search0\ue201",
        "\ue202",
        ":contentReference[oaicite:0]{index=0}",
        "[T](https://x.example?utm_source=chatgpt.com)",
    ),
    *(
        "word.1 ",
        "word1. ",
        "2020\\.1 ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "---\n",
        "===\n",
        "# ",
        "## Sources\n",
        "**Sources**\n",
        "Citations: ",
    ),
    *("> ", "- ", "1. ", "    ", "\t", "| a | b |\n|--|--|\n", "```\n", "`", "*", "**", "_", "\\", "(", ")", "[", "]", "](", "<"),
    *(
        "<div>",
        "</div>",
        "<sup>",
        "</sup>",
        "<span style='display:none'>",
        "</span>",
        "<a href='x'>",
        "</a>",
        "<li>",
        "<h2>a</h2>",
        "<!--",
        "-->",
    ),
    *(
        "<script>",
        "[1]: ",
        "[^1]: ",
        "[^1_1]: ",
        "https://x.example/ ",
        "javascript:x ",
        "accessed 3 May 2025",
        " - ",
        " | ",
        '"',
    ),
    *("&amp;", "\x00", "\x0b", "\u2028", "\u00a0", "\ufeff", "\u200b", "\ud800", "中文。", "١", "word ", "Word. "),
]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_read_or_refused(form: Format, text: str) -> None:
    assert outcome(form, text) in CODES
    assert 0 <= form.sniff(text) <= 1


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_pieces_are_read_or_refused(form: Format, pieces: Sequence[str]) -> None:
    assert outcome(form, "".join(pieces)) in CODES


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_reports_with_a_piece_put_in_or_cut_out_are_read_or_refused(form: Format, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(list(REPORTS.values())))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 60)))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) * data.draw(st.sampled_from([0, 1, 1, 30])) + text[end:]
    assert outcome(form, text) in CODES


LIST = "\n\n## Sources\n\n1. [T](https://x.example/1)\n"


def body(piece: str) -> Callable[[int], str]:
    return lambda n: f"# T\n\nA[1] b.1 {piece * n}{LIST}"


def blocks(piece: str) -> Callable[[int], str]:
    return lambda n: f"# T\n\nA[1] b.1\n\n{piece * n}\n{LIST}"


def lines(piece: str, head: str = "") -> Callable[[int], str]:
    return lambda n: f"# T\n\nA[1] b.1 [^1_1][^1].\n\n{head}" + "".join(piece.format(i) for i in range(1, n + 1))


ANY: dict[str, Callable[[int], str]] = {
    "open brackets": body("["),
    "open labels": body("[a]["),
    "open links": body("[a]("),
    "asterisks": body("*a "),
    "bold": body("**a"),
    "bold in bold": body("a**b"),
    "backticks": body("`a"),
    "tags": body("<a "),
    "comments": body("<!--"),
    "superscripts": body("<sup>1</sup>"),
    "linked superscripts": body("<sup>[1](https://x.example)</sup> "),
    "open superscripts": body("<sup>"),
    "hidden": body("<i style='display:none'>a</i> [1] "),
    "code": body("`a` [1] "),
    "entities": body("&amp;"),
    "exclamations": body("a!1 "),
    "quotes": blocks("> > > > x [1]\n"),
    "items": blocks("- x [1]\n"),
    "rows": blocks("| a [1] | b |\n|--|--|\n"),
    "html": blocks("<div>\nx\n</div>\n\n"),
    "rules below prose": blocks("a.\n---\n"),
    "lists of sources": blocks("## Sources\n\nx\n\n"),
    "headings": blocks("## H\n\n"),
    "references": lines("{0}. [T {0}](https://x.example/{0}) - Wire, 3 May 2025\n", "## Sources\n\n"),
    "works cited": lines(
        "{0}. T \\- W, accessed October 5, 2025, [https://x.example/{0}](https://x.example/{0})  \n", "## Works cited\n\n"
    ),
    "items of an item": lines("   - x\n", "## Sources\n\n1. T\n"),
    "html list": lines("<li><a href='https://x.example'>T</a>\n", "## Sources\n\n<ol>\n"),
    "footnotes of one paragraph": lines("[^{0}]: T {0} https://x.example/{0}\n"),
    "addresses of one turn": lines("[^1_{0}]: https://x.example/{0}\n"),
    "wrapped addresses": lines("[{0}] https://x.example/{0} ", "Citations: "),
    "turns": lines("# Q\n\nA[^{0}_1].\n\n[^{0}_1]: https://x.example\n\n---\n\n"),
}
OWN: dict[str, tuple[Format, Callable[[int], str]]] = {
    "numbers": (markdown.FORMAT, body("Word[1]. ")),
    "ranges": (markdown.FORMAT, body("Word[1-9]. ")),
    "links that are numbers": (markdown.FORMAT, body("Word.[1](https://x.example/1) ")),
    "links by label": (markdown.FORMAT, lambda n: "# T\n\n" + "[a][1] " * n + "\n\n[1]: https://x.example\n"),
    "digits after stops": (gemini.FORMAT, body("Word here.1 ")),
    "digits before stops": (gemini.FORMAT, body("Word here1. ")),
    "digits beyond the list": (gemini.FORMAT, body("Word here.99 ")),
    "names with digits": (gemini.FORMAT, body("word here1. a Plover1 b Plover1. ")),
    "markers": (perplexity.FORMAT, lambda n: "# T\n\n" + "Word[^1_1]. " * n + "\n\n[^1_1]: https://x.example\n"),
    "unresolved markers": (perplexity.FORMAT, lambda n: "# T\n\n" + "Word[^1_2]. " * n + "\n\n[^1_1]: https://x.example\n"),
    "tethers": (chatgpt.FORMAT, body("【1†source】")),
    "open tethers": (chatgpt.FORMAT, body("【")),
    "turns of ChatGPT": (chatgpt.FORMAT, body("citeturn0search1")),
    "private-use characters": (chatgpt.FORMAT, body("\ue200cite\ue202")),
    "tracked links": (chatgpt.FORMAT, lines("([T](https://x.example/{0}?utm_source=chatgpt.com)) ")),
    "tracked links in one pair of brackets": (
        chatgpt.FORMAT,
        lambda n: "(" * n + "".join(f"[T](https://x.example/{i}?utm_source=chatgpt.com)" for i in range(n)) + ")" * n,
    ),
}
CASES = [(form, shape) for form in FORMATS for shape in ANY.values()] + list(OWN.values())


@pytest.mark.parametrize(
    ("form", "shape"),
    CASES,
    ids=[f"{form.name}-{name}" for form in FORMATS for name in ANY] + [f"{form.name}-{name}" for name, (form, _) in OWN.items()],
)
def test_work_grows_with_the_length(form: Format, shape: Callable[[int], str]) -> None:
    def work(n: int) -> int:
        return executed_lines(lambda: outcome(form, shape(n)))

    work(10)  # what is made once is made now
    assert work(120) < 2.5 * work(60)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize(
    "line",
    [
        *(
            "a" * 200_000,
            "a bc " * 40_000,
            "[" * 200_000,
            "[a" * 100_000,
            "a]" * 100_000,
            "9" * 200_000,
            " " * 200_000 + "a",
            "*" * 200_000,
        ),
        *(
            ">" * 200_000,
            "- " * 100_000,
            "【" * 200_000,
            '"' * 200_000,
            "." * 200_000,
            "(" * 200_000,
            "<" * 200_000,
            "\\" * 200_000,
        ),
        *(
            "|" * 200_000,
            "#" * 200_000,
            "1. " * 66_000,
            "accessed " * 22_000,
            ", " * 100_000,
            "!" * 200_000,
            "\ue200" * 200_000,
            "a1" * 100_000,
        ),
    ],
    ids=lambda line: line[:4].strip(),
)
def test_one_line_of_200_kilobytes_is_read(form: Format, line: str) -> None:
    assert outcome(form, f"# T\n\nA[1] b.1 [^1_1] {line}{LIST}") in CODES
    part = line[:20_000]
    for text in (f"# T\n\nA[1] b.1 [^1_1]\n\n## Sources\n\n1. {part}\n", f"{part}](", f"T\n{part}\n---\n[1]: {part}"):
        assert outcome(form, text) in CODES


def test_five_thousand_references() -> None:
    entries = "".join(f"{n}. [Title {n}](https://x.example/{n})\n" for n in range(1, 5_001))
    document = story(markdown.FORMAT, f"# T\n\nFirst [1]. Last [5000].\n\n## Sources\n\n{entries}")
    assert len(document.sources) == 5_000
    assert sentences_of(document) == [("First.", [1]), ("Last.", [5_000])]
    assert document.warnings == ()


def test_five_thousand_footnotes_in_one_paragraph() -> None:
    notes = "".join(f"[^{n}]: Title {n}. https://x.example/{n}\n" for n in range(1, 5_001))
    document = story(markdown.FORMAT, f"# T\n\nFirst[^1]. Last[^5000].\n\n{notes}")
    assert len(document.sources) == 5_000
    assert sentences_of(document) == [("First.", [1]), ("Last.", [5_000])]


def test_a_thousand_turns() -> None:
    text = "".join(f"# Q {t}?\n\nAnswer {t}[^{t}_1].\n\n[^{t}_1]: https://x.example/{t}\n\n---\n\n" for t in range(1, 1_001))
    documents = stories(perplexity.FORMAT, text)
    assert [document.sources[0].url for document in documents] == [f"https://x.example/{t}" for t in range(1, 1_001)]


def test_nesting_without_end_is_pointed_out() -> None:
    document = story(markdown.FORMAT, "# T\n\nA [1].\n\n" + ">" * 5_000 + " deep [1]\n" + LIST)
    assert [warning.code for warning in document.warnings] in ([], ["unrecognised"])
    assert sentences_of(document)[0] == ("A.", [1])


def test_warnings_of_one_kind_are_counted_rather_than_repeated() -> None:
    document = story(markdown.FORMAT, "# T\n\n" + "Word [7]. " * 3_000 + LIST)
    assert len(document.warnings) == 100
    assert document.warnings[-1].message == "2,901 more of this kind"


def test_markup_in_prose_is_not_kept_as_markup() -> None:
    document = story(markdown.FORMAT, f"# T\n\nIt <b onclick='x()'>said</b> <script>alert(1)</script> [1].{LIST}")
    assert sentences_of(document) == [("It said alert(1).", [1])]


@pytest.mark.parametrize("bullet", ["- ", "1. ", "> "], ids=["bullets", "numbers", "quotations"])
@pytest.mark.parametrize("depth", [15, 60, 400])
def test_nothing_is_lost_in_or_below_deep_nesting(bullet: str, depth: int) -> None:
    step = bullet if bullet == "> " else " " * len(bullet)
    nested = "".join(f"{step * level}{bullet}Quay opened level {level}.\n" for level in range(depth))
    told = story(markdown.FORMAT, f"# Tern\n\nTern opened [1].\n\n{nested}\nTern closed [2].\n\n## Sources\n\n1. A\n2. B\n")
    text = " ".join(text for text, _ in sentences_of(told))
    assert all(f"level {level}." in text for level in range(depth))
    assert text.endswith("Tern closed.")
    assert [source.title for source in told.sources] == ["A", "B"]
