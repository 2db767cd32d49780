"""Lists of sources and footnotes: where they stand and how they are written."""

from __future__ import annotations

import pytest

from app.domain.documents import ParsedDocument
from app.importer.formats.markdown import FORMAT
from tests.importer.formats.markdown.support import codes, outcome, sentences_of, story, well_formed

PROSE = "# Tern opens\n\nTern opened a site [1]. Quay closed [2].\n\n"
BOTH = [(1, "Tern opens", "https://tern.example/a"), (2, "Quay closes", "https://quay.example/b")]


def listed(document: ParsedDocument) -> list[tuple[int, str, str | None]]:
    return [(source.number, source.title, source.url) for source in document.sources]


@pytest.mark.parametrize(
    "sources",
    [
        "## Sources\n\n1. [Tern opens](https://tern.example/a)\n2. [Quay closes](https://quay.example/b)\n",
        "**Sources**\n\n1. [Tern opens](https://tern.example/a)\n2. [Quay closes](https://quay.example/b)\n",
        "**Sources:**\n1. [Tern opens](https://tern.example/a)\n2. [Quay closes](https://quay.example/b)\n",
        "Sources\n-------\n\n1. [Tern opens](https://tern.example/a)\n1. [Quay closes](https://quay.example/b)\n",
        "### 📚 References (2)\n\n* [Tern opens](https://tern.example/a)\n* [Quay closes](https://quay.example/b)\n",
        "## 7. Works cited\n\n1) Tern opens - https://tern.example/a\n2) Quay closes - https://quay.example/b\n",
        "## References\n\n[1] Tern opens - https://tern.example/a\n[2] Quay closes - https://quay.example/b\n",
        "## References\n\n[1] Tern opens - https://tern.example/a\n\n[2] Quay closes - https://quay.example/b\n",
        "## References\n\n- [1] Tern opens - https://tern.example/a\n- [2] Quay closes - https://quay.example/b\n",
        "## References\n\n\\[1\\] Tern opens. <https://tern.example/a>\n**[2]** Quay closes. <https://quay.example/b>\n",
        "[1]: https://tern.example/a \"Tern opens\"\n[2]: <https://quay.example/b> 'Quay closes'\n",
        "[1]: Tern opens. https://tern.example/a\n[2]: Quay closes. https://quay.example/b\n",
        "[1] Tern opens - https://tern.example/a\n[2] Quay closes - https://quay.example/b\n",
        "**Citations:**\n[1] Tern opens: https://tern.example/a\n[2] Quay closes: https://quay.example/b\n",
        "## Sources\n\n### Papers\n\n1. [Tern opens](https://tern.example/a)\n\n### News\n\n2. [Quay closes](https://quay.example/b)\n",
        "## Sources\n\n1. [Tern opens](https://tern.example/a)\n   - the firm's own page\n2. **Quay closes**\n\n   https://quay.example/b\n",
        "## Sources\n\nTern opens: https://tern.example/a\nQuay closes: https://quay.example/b\n",
        "<details>\n<summary>Sources</summary>\n\n1. [Tern opens](https://tern.example/a)\n2. [Quay closes](https://quay.example/b)\n\n</details>\n",
        '## Sources\n\n<ol>\n<li><a href="https://tern.example/a">Tern opens</a></li>\n<li><a href="https://quay.example/b">Quay closes</a></li>\n</ol>\n',
        "## المصادر\n\n1. [Tern opens](https://tern.example/a)\n2. [Quay closes](https://quay.example/b)\n",
        "## 参考资料\n\n1. [Tern opens](https://tern.example/a)\n2. [Quay closes](https://quay.example/b)\n",
        "| Firm |\n|---|\n| Tern |\n\n[1]: https://tern.example/a 'Tern opens'\n\n[2]: https://quay.example/b (Quay closes)\n",
    ],
)
def test_every_shape_of_a_list(sources: str) -> None:
    document = well_formed(FORMAT, PROSE + sources)
    assert listed(document) == BOTH
    assert sentences_of(document)[:2] == [("Tern opened a site.", [1]), ("Quay closed.", [2])]
    assert sentences_of(document)[2:] in ([], [("Firm", []), ("Tern", [])])


def test_the_older_list_with_addresses_wrapped_anywhere() -> None:
    text = (
        "**Tern** opened a site[1][2]. It is wet[3].\n\nCitations:\n[1] https://tern.example/a [2]\n"
        "https://quay.example/b [3] https://tern.example/c\n[4]\nhttps://wire.example/d\n"
    )
    document = well_formed(FORMAT, text)
    assert [source.url for source in document.sources] == [
        "https://tern.example/a",
        "https://quay.example/b",
        "https://tern.example/c",
        "https://wire.example/d",
    ]
    assert sentences_of(document) == [("Tern opened a site.", [1, 2]), ("It is wet.", [3])]


def test_a_list_of_one_wrapped_address() -> None:
    document = well_formed(FORMAT, "**Tern** opened[1].\n\nCitations: [1] https://tern.example/a\n")
    assert [source.url for source in document.sources] == ["https://tern.example/a"]


def test_footnotes_stand_anywhere_and_may_be_one_paragraph() -> None:
    text = (
        "# T\n\nTern opened[^a].\n\n[^a]: Tern opens,\n  https://tern.example/a\n[^b]:https://quay.example/b\n\n"
        "Quay closed[^b].\n\n- [^c]: https://wire.example/c\n\nWire saw both[^c].\n"
    )
    document = well_formed(FORMAT, text)
    assert listed(document) == [
        (1, "Tern opens", "https://tern.example/a"),
        (2, "quay.example/b", "https://quay.example/b"),
        (3, "wire.example/c", "https://wire.example/c"),
    ]
    assert [numbers for _, numbers in sentences_of(document)] == [[1], [2], [3]]


def test_further_paragraphs_of_a_footnote_are_no_program_text() -> None:
    text = (
        "# T\n\nTern opened[^a]. Quay closed[^b].\n\n[^a]: [Tern opens](https://tern.example/a), The Wire\n\n"
        "    It is the second one.\n\n    It has forty rooms.\n\n[^b]: [Quay closes](https://quay.example/b)\n\n```\nprint()\n```\n"
    )
    document = story(FORMAT, text)
    assert [(source.title, source.outlet) for source in document.sources] == [("Tern opens", "The Wire"), ("Quay closes", None)]
    assert codes(document) == ["note-left-out", "code-left-out"]


def test_definitions_directly_below_a_rule_of_dashes_or_html() -> None:
    text = "# T\n\nTern opened[^1].\nQuay closed[^2].\n---\n<div>⁂</div>\n[^1]: https://tern.example/a\n[^2]: https://quay.example/b\n---\n"
    document = well_formed(FORMAT, text)
    assert [source.url for source in document.sources] == ["https://tern.example/a", "https://quay.example/b"]
    assert sentences_of(document) == [("Tern opened.", [1]), ("Quay closed.", [2])]


def test_title_outlet_and_date_behind_a_link() -> None:
    document = well_formed(FORMAT, PROSE + "## Sources\n\n1. [Tern opens](https://a.example) - Quay Post, 3 May 2025\n2. B\n")
    source = document.sources[0]
    assert (source.title, source.outlet) == ("Tern opens", "Quay Post")
    assert source.published is not None
    assert source.published.edtf == "2025-05-03"


def test_a_source_twice_counts_once_with_a_warning() -> None:
    document = story(FORMAT, PROSE + "[1]: https://a.example\n[2]: https://b.example\n[1]: https://c.example\n")
    assert [source.url for source in document.sources] == ["https://a.example", "https://b.example"]
    assert codes(document) == ["duplicate-source"]


def test_a_list_that_names_only_what_it_cites_keeps_its_numbers() -> None:
    document = well_formed(FORMAT, "# T\n\nTern opened [3]. Quay closed [7].\n\n## Sources\n\n3. A\n7. B\n")
    assert [source.number for source in document.sources] == [3, 7]
    assert [numbers for _, numbers in sentences_of(document)] == [[3], [7]]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.example"])
@pytest.mark.parametrize("entry", ["[Tern opens]({})", "Tern opens - {}", "Tern opens <{}>", '<a href="{}">Tern opens</a>'])
def test_an_address_that_is_not_of_the_web_is_dropped_with_a_warning(address: str, entry: str) -> None:
    document = story(FORMAT, f"{PROSE}## Sources\n\n1. {entry.format(address)}\n2. [B](https://b.example)\n")
    assert listed(document) == [(1, "Tern opens", None), (2, "B", "https://b.example")]
    assert codes(document) == ["bad-url"]


def test_hostile_links_in_the_text_are_their_words() -> None:
    document = well_formed(FORMAT, "# T\n\nSee [here](javascript:alert(1)) [1].\n\n[1]: https://a.example\n")
    assert sentences_of(document) == [("See here.", [1])]


def test_the_last_list_counts_and_prose_below_such_a_heading_stays_prose() -> None:
    text = (
        "# T\n\nTern opened [1].\n\n## Sources\n\nThe sources of tidal power are the moon and the sun [2].\n\n"
        "## References\n\n1. A\n2. B\n\n## About\n\nWritten by hand.\n"
    )
    document = well_formed(FORMAT, text)
    assert [(paragraph.heading, paragraph.sentences[0].text) for paragraph in document.paragraphs] == [
        (None, "Tern opened."),
        ("Sources", "The sources of tidal power are the moon and the sun."),
        ("About", "Written by hand."),
    ]
    assert [source.title for source in document.sources] == ["A", "B"]


def test_text_below_the_list_is_not_lost() -> None:
    document = well_formed(FORMAT, PROSE + "## Sources\n\n1. A\n2. B\n\nThis page was printed on Monday.\n")
    assert sentences_of(document)[-1] == ("This page was printed on Monday.", [])


def test_without_sources_and_markers_it_is_refused() -> None:
    assert outcome(FORMAT, "# Tern opens\n\nTern opened a **site**.\n") == "no-sources"


def test_without_prose_it_is_refused() -> None:
    assert outcome(FORMAT, "## Sources\n\n1. [A](https://a.example)\n") == "no-story"


def test_markers_without_a_list_are_kept_with_warnings() -> None:
    document = story(FORMAT, "# T\n\nTern opened [1].\n")
    assert sentences_of(document) == [("Tern opened [1].", [])]
    assert codes(document) == ["citation-out-of-range"]


@pytest.mark.parametrize("cut", range(0, 200, 7))
def test_a_copy_that_was_cut_anywhere_is_read_or_refused(cut: int) -> None:
    text = PROSE + "## Sources\n\n1. [Tern opens](https://tern.example/a)\n2. [Quay closes](https://quay.example/b)\n"
    assert outcome(FORMAT, text[: len(text) - cut]) in (None, "no-sources", "no-story")


def test_titles() -> None:
    assert well_formed(FORMAT, PROSE + "[1]: https://a.example\n\n[2]: https://b.example\n").title.derived is None
    untitled = well_formed(FORMAT, "Tern opened[^1]. It is wet.\n\n[^1]: https://a.example\n")
    assert (untitled.title.text, untitled.title.derived) == ("Tern opened.", "summary")
    html = well_formed(FORMAT, '<h1 align="center">Tern &amp; Quay</h1>\n\nTern opened[^1].\n\n[^1]: https://a.example\n')
    assert html.title.text == "Tern & Quay"


def test_headings_go_with_the_first_paragraph_below() -> None:
    text = "# T\n\nTern opened [1].\n\n## Sites\n\n### North\n\nWet [1].\n\nCold.\n\nSouth\n-----\n\nDry.\n\n[1]: https://a.example\n"
    document = well_formed(FORMAT, text)
    assert [paragraph.heading for paragraph in document.paragraphs] == [None, "Sites: North", None, "South"]
