"""Which format gets which document."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.documents import ParseError
from app.importer.formats import CONFIDENT, chatgpt, gemini, markdown, perplexity, recognise

DUMPS = sorted((Path(__file__).parents[3] / "data" / "dumps").glob("*.txt"))
OURS = (chatgpt.FORMAT, gemini.FORMAT, markdown.FORMAT, perplexity.FORMAT)

SPECIMENS = {
    "markdown: footnotes": ("markdown", "Tern opened[^1].\n\n[^1]: https://a.example\n"),
    "markdown: numbers": ("markdown", "# Tern opens\n\nTern opened [1].\n\n## Sources\n\n1. [A](https://a.example)\n"),
    "markdown: works cited": ("markdown", "# Tern opens\n\nTern opened [1]. Quay closed [2].\n\n## Works cited\n\n1. A\n2. B\n"),
    "markdown: underlined title": ("markdown", "Tern opens\n==========\n\nTern opened [1].\n\n[1]: https://a.example\n"),
    "markdown: older perplexity": (
        "markdown",
        "Tern opened a site[1][2].\n\nCitations:\n[1] https://a.example [2]\nhttps://b.example\n",
    ),
    "markdown: list in plain text": ("markdown", "Tern opened a site [1].\n\n[1] Tern opens - https://a.example\n"),
    "markdown: CRLF": ("markdown", "# Tern opens\r\n\r\nTern opened [1].\r\n\r\n[1]: https://a.example\r\n"),
    "gemini: list": ("gemini", "# **Tern**\n\nTern opened.1 It is wet.2\n\n#### **Works cited**\n\n1. A\n2. B\n"),
    "gemini: list beyond the head": ("gemini", "# **Tern**\n\n" + "Tern opened a site.1 It is wet.2 " * 200),
    "gemini: digit before the stop": ("gemini", "# Tern\n\n" + "Tern opened a site1. It is wet2. " * 200),
    "perplexity": ("perplexity", "# What did Tern do?\n\nIt opened[^1_1].\n\n[^1_1]: https://a.example\n"),
    "perplexity: logo": (
        "perplexity",
        '<img src="https://r2cdn.perplexity.ai/pplx-full-logo-primary-dark%402x.png"/>\n\n# What?\n\nA [1].\n',
    ),
    "chatgpt: tether": ("chatgpt", "# Tern\n\nTern opened【12†source】.\n"),
    "chatgpt: plain text": ("chatgpt", "Tern opened citeturn0search1.\n"),
    "chatgpt: links": ("chatgpt", "Tern opened ([Wire](https://wire.example/?utm_source=chatgpt.com)).\n"),
}


@pytest.mark.parametrize("name", SPECIMENS)
def test_each_document_gets_its_format(name: str) -> None:
    expected, text = SPECIMENS[name]
    assert recognise(text).name == expected


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_none_takes_a_text_dump(dump: Path) -> None:
    assert len(DUMPS) == 3
    head = dump.read_text(encoding="utf-8")[:4096]
    assert max(form.sniff(head) for form in OURS) < CONFIDENT
    assert recognise(head).name == "text-dump"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tern opened a site on Monday. It cost $3.5 million, said Ada Quill. In 2020 it had none.\n\nQuay closed.\n",
        "Tern opened a site on Monday [1]. It is wet.\n",
        "1. Tern\n2. Quay\n",
        "Dear Ada,\n\nI saw v.2 of it.\n\n- Ben\n",
        '{"markdown": "# T [1]"}',
        "<!doctype html>\n<h1>T</h1><p>A [1] <a href='?utm_source=chatgpt.com'>b</a></p>",
    ],
    ids=["nothing", "prose", "prose with a number", "list", "letter", "json", "html"],
)
def test_none_takes_what_is_not_its_own(text: str) -> None:
    assert max(form.sniff(text) for form in OURS) < CONFIDENT


def test_plain_prose_has_no_format() -> None:
    with pytest.raises(ParseError) as raised:
        recognise("Tern opened a site on Monday. Quay closed its own.\n")
    assert raised.value.code == "unknown-format"


@pytest.mark.parametrize("head", ["#" * 4096, "[" * 4096, "[^1" * 1365, "【" * 4096, "a." * 2048, "\n# " * 1365, "a1. " * 1024])
def test_looking_at_a_hostile_head_gives_an_answer(head: str) -> None:
    for form in OURS:
        assert 0 <= form.sniff(head) <= 1
