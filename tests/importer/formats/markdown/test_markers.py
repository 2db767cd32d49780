"""What cites and what does not, in articles in Markdown."""

from __future__ import annotations

import pytest

from app.domain.documents import Role
from app.importer.formats.markdown import FORMAT
from tests.importer.formats.markdown.support import codes, printed, sentences_of, story, summary_of, well_formed

SOURCES = "\n\n## Sources\n\n" + "".join(f"{n}. [Title {n}](https://wire.example/{n})\n" for n in range(1, 10))


def cited(prose: str) -> list[tuple[str, list[int]]]:
    return sentences_of(well_formed(FORMAT, f"# Tern opens a site\n\n{prose}{SOURCES}"))


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", [1]),
        ("[1, 3]", [1, 3]),
        ("[1,3]", [1, 3]),
        ("[1; 3]", [1, 3]),
        ("[2-4]", [2, 3, 4]),
        ("[2–4]", [2, 3, 4]),
        ("[1, 3-5]", [1, 3, 4, 5]),
        ("[1、3]", [1, 3]),
        ("[1][2]", [1, 2]),
        ("[1] [2]", [1, 2]),
        ("[[1]]", [1]),
        ("[[1]](https://wire.example/1)", [1]),
        ("[[1](https://wire.example/1)]", [1]),
        ("[1](https://wire.example/1)", [1]),
        ("[1](#source-1)", [1]),
        ("\\[1\\]", [1]),
        ("**[1]**", [1]),
        ("<sup>1</sup>", [1]),
        ("<sup>1, 2</sup>", [1, 2]),
        ("<sup>[1]</sup>", [1]),
        ("<sup>[1][2]</sup>", [1, 2]),
        ('<sup><a href="#s1">1</a></sup>', [1]),
        ("<sup>[1](https://wire.example/1)</sup>", [1]),
        ('<a href="https://wire.example/1">[1]</a>', [1]),
        ("[01]", [1]),
        ("[١]", [1]),
    ],
)
def test_every_shape_of_a_marker_leaves_the_sentence_and_cites(marker: str, numbers: list[int]) -> None:
    expected = [("Tern opened a site.", numbers), ("It then closed.", [])]
    for place in (f"Tern opened a site{marker}. It", f"Tern opened a site {marker}. It", f"Tern opened a site.{marker} It"):
        assert cited(f"{place} then closed.") == expected


def test_a_marker_after_a_quotation_mark_belongs_to_the_quotation() -> None:
    assert cited('Quill said: "We sell tokens."[1] Then she left.') == [
        ('Quill said: "We sell tokens."', [1]),
        ("Then she left.", []),
    ]


def test_markers_in_the_midst_of_a_sentence_leave_no_gap() -> None:
    assert cited("Tern [1], which is new, and Quay [2] (a rival [3]) merged.") == [
        ("Tern, which is new, and Quay (a rival) merged.", [1, 2, 3])
    ]


def test_the_same_number_twice_in_a_sentence_is_one_citation() -> None:
    assert cited("Tern [1] opened a site [1].") == [("Tern opened a site.", [1])]


def test_a_marker_glued_to_the_next_sentence_still_ends_its_own() -> None:
    assert cited("Tern opened a site.[1]The site is wet.") == [("Tern opened a site.", [1]), ("The site is wet.", [])]


def test_a_sentence_without_a_marker_inherits_within_its_paragraph_only() -> None:
    document = well_formed(FORMAT, f"# T\n\nTern opened [1]. It is wet.\n\nQuay closed.{SOURCES}")
    assert [sentence.inherited for sentence in document.sentences] == [(), (1,), ()]


@pytest.mark.parametrize(
    "prose",
    [
        "Quill said they [will] sell.",
        "It rained [sic] in May.",
        "It covers 40 km² of water.",
        "Call `rows[1]` first.",
        "Its site has [12](https://wire.example/sites) turbines.",
        "See [Quay](https://quay.example/) for more.",
    ],
)
def test_what_only_looks_like_a_marker_is_prose(prose: str) -> None:
    (sentence,) = cited(prose)
    assert sentence[1] == []
    assert [word for word in ("[will]", "[sic]", "40 km²", "rows[1]", "12", "Quay") if word in prose and word in sentence[0]]


def test_superscripts_that_are_exponents_or_endings_stay() -> None:
    assert cited("It took 10<sup>26</sup> steps on 3 m<sup>2</sup> for the 5<sup>th</sup> time.<sup>2</sup>") == [
        ("It took 10²⁶ steps on 3 m² for the 5th time.", [2])
    ]


def test_a_superscript_behind_a_year_is_a_citation() -> None:
    assert cited("Tern opened in 2024<sup>3</sup>.") == [("Tern opened in 2024.", [3])]


def test_a_number_beyond_the_list_stays_in_the_text_with_a_warning() -> None:
    document = story(FORMAT, f"# T\n\nTern opened [1]. Quay closed [42].{SOURCES}")
    assert sentences_of(document) == [("Tern opened.", [1]), ("Quay closed [42].", [])]
    assert [(warning.code, warning.line, warning.excerpt) for warning in document.warnings] == [
        ("citation-out-of-range", 3, "[42]")
    ]


@pytest.mark.parametrize(("marker", "inherited"), [("[42]", [(), ()]), ("[^42]", [(), ()]), ("[2042]", [(1,), (1,)])])
def test_nothing_is_carried_into_a_sentence_whose_marker_has_no_source_nor_past_it(
    marker: str, inherited: list[tuple[int, ...]]
) -> None:
    document = story(FORMAT, f"# T\n\nTern opened [1]. Quay closed {marker}. It stayed.{SOURCES}")
    assert [sentence.inherited for sentence in document.sentences[1:]] == inherited


def test_a_range_that_reaches_beyond_the_list_cites_what_there_is() -> None:
    document = story(FORMAT, f"# T\n\nTern opened [8-10].{SOURCES}")
    assert sentences_of(document) == [("Tern opened.", [8, 9])]
    assert codes(document) == ["citation-out-of-range"]


def test_a_footnote_that_is_defined_nowhere_goes_out_with_a_warning() -> None:
    document = story(FORMAT, "# T\n\nTern opened[^1]. Quay closed[^lost].\n\n[^1]: https://wire.example/1\n")
    assert sentences_of(document) == [("Tern opened.", [1]), ("Quay closed.", [])]
    assert codes(document) == ["unresolved-citation"]


def test_footnotes_with_numbers_and_with_names() -> None:
    text = "# T\n\nTern opened[^1]. Quay closed.[^quay-note]\n\n[^1]: A. https://a.example\n[^quay-note]: B. https://b.example\n"
    document = well_formed(FORMAT, text)
    assert document.variant == "footnotes"
    assert sentences_of(document) == [("Tern opened.", [1]), ("Quay closed.", [2])]
    assert [(source.number, source.title, source.url) for source in document.sources] == [
        (1, "A", "https://a.example"),
        (2, "B", "https://b.example"),
    ]


def test_a_link_by_label_is_words_with_a_citation() -> None:
    text = '# T\n\nThe [Tern Review][1] and [the "Wire"][w] agree.\n\n[1]: https://tern.example/a\n[w]: <https://w.example> "The W"\n'
    document = well_formed(FORMAT, text)
    assert sentences_of(document) == [('The Tern Review and the "Wire" agree.', [1, 2])]
    assert [(source.title, source.url) for source in document.sources] == [
        ("tern.example/a", "https://tern.example/a"),
        ("The W", "https://w.example"),
    ]


def test_an_editors_brackets_before_a_marker_stay() -> None:
    assert cited("They [the sellers][2] left.") == [("They [the sellers] left.", [2])]


def test_numbers_that_only_their_links_define_are_sources() -> None:
    document = story(
        FORMAT,
        "# T\n\nTern opened [[1]](https://a.example). Quay closed.[2](https://b.example)\n\n"
        "Both [[1]](https://a.example) are wet [1].\n",
    )
    assert sentences_of(document) == [("Tern opened.", [1]), ("Quay closed.", [2]), ("Both are wet.", [1])]
    assert [(source.number, source.url) for source in document.sources] == [(1, "https://a.example"), (2, "https://b.example")]
    assert document.warnings == ()


def test_a_number_that_links_to_two_addresses_is_the_first_with_a_warning() -> None:
    document = story(FORMAT, "# T\n\nTern opened [[1]](https://a.example). Quay closed [[1]](https://b.example).\n")
    assert [source.url for source in document.sources] == ["https://a.example"]
    assert codes(document) == ["duplicate-source"]


def test_table_rows_cite() -> None:
    text = f"# T\n\n| Firm | Note |\n|---|---|\n| Tern | opened [1] |\n| Quay | closed \\| sold [2] |{SOURCES}"
    document = well_formed(FORMAT, text)
    assert sentences_of(document) == [("Firm | Note", []), ("Tern | opened", [1]), ("Quay | closed | sold", [2])]
    assert printed(document, text, Role.CITATION) == ["[1]", "[2]"]


def test_nested_lists_cite_item_by_item() -> None:
    assert cited("- Tern opened [1]\n  - on Monday [2]\n    1. at noon [3]\n- Quay [4]\n\n  It closed [5].") == [
        ("Tern opened", [1]),
        ("on Monday", [2]),
        ("at noon", [3]),
        ("Quay", [4]),
        ("It closed.", [5]),
    ]


def test_a_block_quotation_cites() -> None:
    assert cited("> Quill said:\n> we sell tokens [1].\n> > Really [2].") == [
        ("Quill said: we sell tokens.", [1]),
        ("Really.", [2]),
    ]


def test_html_blocks_are_read_as_their_text() -> None:
    prose = "<p align='center'>Tern <b>opened</b> [1].</p>\n\n<!-- not [2] shown -->\n\n<script>\nlet a = [3]\n</script>\n\n<hr/>"
    assert cited(prose) == [("Tern opened.", [1])]


def test_what_readers_do_not_see_neither_cites_nor_tells() -> None:
    assert cited('Tern opened [1].<span style="display: none">Not [2] said.</span> It closed.') == [
        ("Tern opened.", [1]),
        ("It closed.", []),
    ]


def test_pictures_are_no_text() -> None:
    assert cited("![A chart of sites](https://tern.example/chart.png)\n\nTern ![logo](l.png) opened [1].") == [
        ("Tern opened.", [1])
    ]


@pytest.mark.parametrize("marker", ["[1](https://wire.example/1)", "[[1]](https://wire.example/1)"])
def test_a_linked_marker_behind_an_exclamation_mark_is_no_picture(marker: str) -> None:
    assert cited(f"Not yet!{marker} Tern waits.") == [("Not yet!", [1]), ("Tern waits.", [])]


def test_program_text_is_left_out_with_a_warning() -> None:
    document = story(FORMAT, f"# T\n\nTern opened [1].\n\n```python\nrows = a[2]\n```\n\n<pre>\nb[3]\n</pre>{SOURCES}")
    assert sentences_of(document) == [("Tern opened.", [1])]
    assert [(warning.code, warning.line) for warning in document.warnings] == [("code-left-out", 5), ("code-left-out", 9)]


def test_inline_code_keeps_its_brackets() -> None:
    assert cited("Call `a[1]` first [2].") == [("Call a[1] first.", [2])]


def test_a_marker_in_a_heading_is_taken_out_with_a_warning() -> None:
    document = story(FORMAT, f"# Tern opens [1]\n\nIt opened [1].\n\n## Then [2]\n\nIt closed.{SOURCES}")
    assert document.title.text == "Tern opens"
    assert [paragraph.heading for paragraph in document.paragraphs] == [None, "Then"]
    assert codes(document) == ["citation-in-heading"] * 2


def test_a_marker_in_a_block_of_its_own_cites_the_sentence_above_and_says_so() -> None:
    document = story(FORMAT, f"# T\n\nTern opened. It is wet.\n\n[1][2]\n\nQuay closed.{SOURCES}")
    assert summary_of(document) == [[("Tern opened.", []), ("It is wet.", [1, 2])], [("Quay closed.", [])]]
    assert all(citation.uncertain for citation in document.sentences[1].citations)
    assert codes(document) == ["stray-citation"]


def test_a_marker_above_all_prose_is_left_out_with_a_warning() -> None:
    document = story(FORMAT, f"# T\n\n[1]\n\nTern opened [2].{SOURCES}")
    assert sentences_of(document) == [("Tern opened.", [2])]
    assert codes(document) == ["stray-citation"]


def test_citations_are_accounted_for_where_they_are_printed() -> None:
    text = f"# T\n\n1 of *1* opened\\[1\\]. **Bold**[2] 3 <sup>3</sup> and &amp; [4](https://x.example).{SOURCES}"
    document = well_formed(FORMAT, text)
    assert printed(document, text, Role.CITATION) == ["1", "[2]", "3", "4"]


def test_no_other_digit_is_taken_for_a_citation() -> None:
    text = f"# T\n\n{'1 ' * 5_000}opened [1]. 1{SOURCES}"
    document = well_formed(FORMAT, text)
    assert [span.start for span in document.spans if span.role is Role.CITATION] == [text.index("[1]")]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("据报道，公司周一开业[1]。它在海边[2-3]。", [("据报道，公司周一开业。", [1]), ("它在海边。", [2, 3])]),
        ("据报道 [1] 。它在海边。[2]", [("据报道。", [1]), ("它在海边。", [2])]),
        ("บริษัทเปิดทำการวันจันทร์[1]", [("บริษัทเปิดทำการวันจันทร์", [1])]),
        ("افتتحت الشركة الموقع [1]؟ ثم أغلقته [2].", [("افتتحت الشركة الموقع؟", [1]), ("ثم أغلقته.", [2])]),
        ("Компания открылась[1]. Потом закрылась[2].", [("Компания открылась.", [1]), ("Потом закрылась.", [2])]),
    ],
    ids=["chinese", "chinese with spaces", "thai", "arabic", "russian"],
)
def test_scripts_other_than_latin(prose: str, expected: list[tuple[str, list[int]]]) -> None:
    assert cited(prose) == expected


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_line_endings_make_no_difference(ending: str) -> None:
    text = f"Tern opens\n==========\n\nTern opened [1]\nin May. It\nis wet [2].\n\n| a | b |\n|---|---|\n| c [3] | d |\n{SOURCES}"
    document = well_formed(FORMAT, text)
    other = well_formed(FORMAT, text.replace("\n", ending))
    assert (other.title, other.paragraphs, other.sources) == (document.title, document.paragraphs, document.sources)
    assert [span.role for span in other.spans] == [span.role for span in document.spans]
