"""Research reports exported from Gemini: digits beside stops, and the list of works cited."""

from __future__ import annotations

import pytest

from app.domain.documents import Role
from app.importer.formats.gemini import FORMAT
from tests.importer.formats.markdown.support import codes, outcome, printed, sentences_of, story, well_formed


def report(body: str, *, sources: int = 12) -> str:
    entries = "".join(
        f"{n}. Title {n} \\- Tern Review, accessed October 5, 2025, [https://tern.example/{n}](https://tern.example/{n})  \n"
        for n in range(1, sources + 1)
    )
    return f"# **Tidal compute**\n\n{body}\n\n#### **Works cited**\n\n{entries}"


def cited(body: str) -> list[tuple[str, list[int]]]:
    return sentences_of(well_formed(FORMAT, report(body)))


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("Tern opened a site.1 It is wet.2", ("Tern opened a site.", [1])),
        ("Tern opened a site.12 It is wet.2", ("Tern opened a site.", [12])),
        ("Tern opened in 2020\\.1 It is wet.2", ("Tern opened in 2020.", [1])),
        ("Tern runs 14 MW\\.1 It is wet.2", ("Tern runs 14 MW.", [1])),
        ("Tern grew 3.5 percent.1 It is wet.2", ("Tern grew 3.5 percent.", [1])),
        ('Quill said "no."1 It is wet.2', ('Quill said "no."', [1])),
        ("Quill said “no.”1 It is wet.2", ("Quill said “no.”", [1])),
        ('Quill said "no".1 It is wet.2', ('Quill said "no".', [1])),
        ("Tern (of Orkney).1 It is wet.2", ("Tern (of Orkney).", [1])),
        ("Tern holds 40%.1 It is wet.2", ("Tern holds 40%.", [1])),
        ("Is it cheap?1 It is wet.2", ("Is it cheap?", [1])),
        ("Not yet\\!1 It is wet.2", ("Not yet!", [1])),
        ("It is the **Tern Pro**.1 It is wet.2", ("It is the Tern Pro.", [1])),
        ("It is the **Tern Pro.**1 It is wet.2", ("It is the Tern Pro.", [1])),
        ("It sells in the U.S.1 It is wet.2", ("It sells in the U.S.", [1])),
        ("Tern opened,1 then closed.3 It is wet.2", ("Tern opened, then closed.", [1, 3])),
        ("Tern opened;1 Quay closed.3 It is wet.2", ("Tern opened; Quay closed.", [1, 3])),
        ("Tern opened a site.1\nIt is wet.2", ("Tern opened a site.", [1])),
    ],
)
def test_digit_after_the_stop_is_a_citation_of_the_sentence_before(body: str, first: tuple[str, list[int]]) -> None:
    assert cited(body) == [first, ("It is wet.", [2])]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ternlet 4.5 runs at 2.5 MW, up 3.5 percent.",
        "It ran version 2.1 until 12.5 of them failed.",
        "See Fig.3 of the report and no.4 of the list.",
        "In 2024, 3 sites ran.",
        "It rates 8.5.",
        "The ratio is 3:1 today.",
        "See `a.1 b.2` there.",
    ],
)
def test_decimals_and_numbers_are_prose(sentence: str) -> None:
    assert cited(f"Tern opened.1 {sentence} It is wet.2") == [
        ("Tern opened.", [1]),
        (sentence.replace("`", ""), []),
        ("It is wet.", [2]),
    ]


def test_an_escaped_point_within_a_number_is_no_stop() -> None:
    assert cited("It grew 3\\.5 percent.1 It is wet.2") == [("It grew 3.5 percent.", [1]), ("It is wet.", [2])]


def test_a_year_whose_point_is_not_escaped_is_doubtful() -> None:
    document = story(FORMAT, report("Tern opened in 2020.1 It is wet.2"))
    assert sentences_of(document) == [("Tern opened in 2020.", [1]), ("It is wet.", [2])]
    assert [citation.uncertain for sentence in document.sentences for citation in sentence.citations] == [True, False]
    assert codes(document) == ["ambiguous-citation"]


def test_the_point_of_a_numbered_heading_says_nothing_of_points_in_prose() -> None:
    document = story(FORMAT, report("## **1\\. Tides**\n\nTern opened in 2020.1 It is wet.2"))
    assert sentences_of(document) == [("Tern opened in 2020.", [1]), ("It is wet.", [2])]


def test_where_points_are_escaped_a_plain_one_after_a_year_is_a_decimals() -> None:
    assert cited("It opened in 2019\\.1 Unity 2022.3 Pro is out.2") == [
        ("It opened in 2019.", [1]),
        ("Unity 2022.3 Pro is out.", [2]),
    ]


def test_digits_beyond_the_list_are_kept_with_a_warning_and_end_their_sentence() -> None:
    document = story(FORMAT, report("Tern trains little.99 It is wet.2"))
    assert sentences_of(document) == [("Tern trains little.99", []), ("It is wet.", [2])]
    assert [(warning.code, warning.line) for warning in document.warnings] == [("citation-out-of-range", 3)]


def test_digits_that_are_two_numbers_are_both_with_a_warning() -> None:
    document = story(FORMAT, report("Tern opened.712 It is wet.2"))
    assert sentences_of(document)[0] == ("Tern opened.", [7, 12])
    assert all(citation.uncertain for citation in document.sentences[0].citations)
    assert codes(document) == ["ambiguous-citation"]


def test_a_number_that_the_list_skips_is_no_citation() -> None:
    document = story(FORMAT, "# T\n\nTern opened.1 It is wet.2 It is cold.3\n\n## Works cited\n\n1. A\n3. B\n")
    assert sentences_of(document) == [("Tern opened.", [1]), ("It is wet.2", []), ("It is cold.", [3])]
    assert codes(document) == ["citation-out-of-range"]


def test_list_items_with_continuation_lines() -> None:
    body = "* **Tern:** Opened.1  \n  It is wet.2  \n* **Quay:** Closed.3  \n  1. On Monday.4  \n\nThen it rained.5"
    assert cited(body) == [
        ("Tern: Opened.", [1]),
        ("It is wet.", [2]),
        ("Quay: Closed.", [3]),
        ("On Monday.", [4]),
        ("Then it rained.", [5]),
    ]


def test_table_rows() -> None:
    assert cited("| Firm | Note |\n| :---- | :---- |\n| Tern | Opened.1 |\n| Quay | Closed.12 |") == [
        ("Firm | Note", []),
        ("Tern | Opened.", [1]),
        ("Quay | Closed.", [12]),
    ]


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("The site is fitting7. It is wet2. It is cold3.", ("The site is fitting.", [7])),
        ("It is the **Tern Pro**7. It is wet2. It is cold3.", ("It is the Tern Pro.", [7])),
        ('Quill said "no"7. It is wet2. It is cold3.', ('Quill said "no".', [7])),
        ("Tern holds 40%7. It is wet2. It is cold3.", ("Tern holds 40%.", [7])),
        ("It runs at 14 MW7. It is wet2. It is cold3.", ("It runs at 14 MW.", [7])),
        ("It opened in 20207. It is wet2. It is cold3.", ("It opened in 2020.", [7])),
        ("It beat GPT-47. It is wet2. It is cold3.", ("It beat GPT-4.", [7])),
        ("The site (in Orkney)12. It is wet2. It is cold3.", ("The site (in Orkney).", [12])),
        ("It costs 12. It is wet2. It is cold3.", ("It costs 12.", [])),
        ("It had COVID-11. It is wet2. It is cold3.", ("It had COVID-11.", [])),
        ("It costs $3.5, or 20,001. It is wet2. It is cold3.", ("It costs $3.5, or 20,001.", [])),
    ],
)
def test_digit_before_the_stop_is_a_citation_where_the_report_writes_so(body: str, first: tuple[str, list[int]]) -> None:
    document = well_formed(FORMAT, report(body))
    assert document.variant == "before-stop"
    assert sentences_of(document) == [first, ("It is wet.", [2]), ("It is cold.", [3])]


def test_a_name_with_a_digit_that_the_report_has_elsewhere_is_doubtful_before_a_stop() -> None:
    document = story(FORMAT, report("The Plover3 chip is new1. It is wet2. They sell Plover3. It is cold4."))
    assert sentences_of(document)[2] == ("They sell Plover3.", [3])
    assert document.sentences[2].citations[0].uncertain
    assert codes(document) == ["ambiguous-citation"]


def test_one_stray_digit_does_not_turn_the_whole_report() -> None:
    document = well_formed(FORMAT, report("Tern opened.1 It sells Plover3. It is wet.2"))
    assert document.variant == "after-stop"
    assert sentences_of(document) == [("Tern opened.", [1]), ("It sells Plover3.", []), ("It is wet.", [2])]


@pytest.mark.parametrize(
    ("entry", "title", "outlet", "url"),
    [
        (
            "Tides pay \\- Harbour Gazette, accessed October 5, 2025, [https://h.example/a](https://h.example/a)",
            "Tides pay",
            "Harbour Gazette",
            "https://h.example/a",
        ),
        ("Tides pay, accessed on October 5, 2025, <https://h.example/a>", "Tides pay", None, "https://h.example/a"),
        ("Tides pay, accessed 5 October 2025, https://h.example/a", "Tides pay", None, "https://h.example/a"),
        (
            "Tides pay | Quay Research, accessed October 5, 2025, https://h.example/a",
            "Tides pay",
            "Quay Research",
            "https://h.example/a",
        ),
        (
            "Tides pay | Markets \\- Quay, accessed October 5, 2025, https://h.example/a",
            "Tides pay | Markets",
            "Quay",
            "https://h.example/a",
        ),
        (
            "How a lab took its whole model to ... \\- Example Wire, accessed October 5, 2025, https://h.example/a",
            "How a lab took its whole model to ...",
            "Example Wire",
            "https://h.example/a",
        ),
        (
            "How a lab took its ..., accessed October 5, 2025, https://h.example/a",
            "How a lab took its ...",
            None,
            "https://h.example/a",
        ),
        (
            "C\\# at sea \\- a \\_field\\_ guide, accessed October 5, 2025, [https://h.example/a\\_b\\#c](https://h.example/a_b#c)",
            "C# at sea - a _field_ guide",
            None,
            "https://h.example/a_b#c",
        ),
        (
            'Quill: "We sell tokens" \\- Ledger, accessed October 5, 2025, https://h.example/a',
            'Quill: "We sell tokens"',
            "Ledger",
            "https://h.example/a",
        ),
        (
            "Annual report (2024), accessed October 5, 2025, https://h.example/a_(b)",
            "Annual report (2024)",
            None,
            "https://h.example/a_(b)",
        ),
        ("Harrow & Pike Note 14.pdf", "Harrow & Pike Note 14.pdf", None, None),
        ("How people accessed 40 models, https://h.example/a", "How people accessed 40 models", None, "https://h.example/a"),
        (
            "Tides pay \\- Reddit, accessed October 5, 2025, [h.example/a](https://h.example/a?x=1\\&y=2)",
            "Tides pay",
            "Reddit",
            "https://h.example/a?x=1&y=2",
        ),
    ],
)
@pytest.mark.parametrize("number", ["1. ", "1.  ", "> 1. "], ids=["one space", "two spaces", "quoted"])
def test_every_shape_of_a_work_cited(number: str, entry: str, title: str, outlet: str | None, url: str | None) -> None:
    text = f"# T\n\nTern opened.1 It is wet.\n\n#### **Works cited**\n\n{number}{entry}  \n"
    document = well_formed(FORMAT, text)
    assert [(source.title, source.outlet, source.url) for source in document.sources] == [(title, outlet, url)]
    assert document.sources[0].published is None


def test_a_quoted_list_without_dates() -> None:
    text = "# T\n\nTern opened.1 It is wet.2 It is cold.10\n\n> **Works cited**\n>\n" + "".join(
        f"> {n}. Title {n}, [https://t.example/{n}](https://t.example/{n})\n" for n in range(1, 11)
    )
    document = well_formed(FORMAT, text)
    assert [(source.number, source.title, source.url) for source in document.sources] == [
        (n, f"Title {n}", f"https://t.example/{n}") for n in range(1, 11)
    ]
    assert [numbers for _, numbers in sentences_of(document)] == [[1], [2], [10]]


def test_an_address_that_is_not_of_the_web_is_dropped_with_a_warning() -> None:
    document = story(
        FORMAT, "# T\n\nTern opened.1\n\n## Works cited\n\n1. Tides pay, accessed October 5, 2025, [x](javascript:x)\n"
    )
    assert document.sources[0].url is None
    assert codes(document) == ["bad-url"]


def test_without_a_list_it_is_refused() -> None:
    assert outcome(FORMAT, "# T\n\nTern opened.1 It is wet.2\n") == "no-sources"


def test_without_text_it_is_refused() -> None:
    assert outcome(FORMAT, "## Works cited\n\n1. A\n") == "no-story"


def test_text_behind_the_list_is_read() -> None:
    document = well_formed(FORMAT, report("Tern opened.1") + "\n## Annex\n\nIt is wet.2\n")
    assert sentences_of(document) == [("Tern opened.", [1]), ("It is wet.", [2])]


def test_citations_are_accounted_for_where_they_are_printed() -> None:
    text = report("Tern runs 14 of 41 sites in 2020\\.1 The **Pro**.4 It (1 of 4) said “no.”12")
    document = well_formed(FORMAT, text)
    assert printed(document, text, Role.CITATION) == ["1", "4", "12"]
    offsets = [span.start for span in document.spans if span.role is Role.CITATION]
    assert offsets == [text.index(".1 The") + 1, text.index(".4 It") + 1, text.index("”12") + 1]


def test_a_digit_of_the_prose_is_not_accounted_for_as_a_citation() -> None:
    text = report("**Bold** 1 x.1 It is wet.2")
    document = well_formed(FORMAT, text)
    assert [span.start for span in document.spans if span.role is Role.CITATION] == [
        text.index(".1 It") + 1,
        text.index("wet.2") + 4,
    ]


def test_line_endings_make_no_difference() -> None:
    text = report("* Tern opened.1  \n  It is wet in 2020\\.2  \n* Quay closed.3")
    document, other = well_formed(FORMAT, text), well_formed(FORMAT, text.replace("\n", "\r\n"))
    assert (other.paragraphs, other.sources) == (document.paragraphs, document.sources)
