"""Entries of lists of sources: title, outlet, address, day, and nothing that they do not say."""

from __future__ import annotations

import pytest

from app.domain.documents import Citation, ParsedSource
from app.importer.accounting import Ledger
from app.importer.markdown import read_inline
from app.importer.references import HEADING, Entry, citations_of, numbered, read_entries, read_entry, split_outlet, trimmed

URL = "https://wire.example/a"


def read(text: str) -> tuple[ParsedSource, list[str]]:
    ledger = Ledger(text)
    source = read_entry(Entry("1", 1, read_inline(text), 7), ledger)
    return source, [warning.code for warning in ledger.close()[1] if warning.code != "unrecognised"]


def fields(text: str) -> tuple[str, str | None, str | None, str | None]:
    source, warnings = read(text)
    assert warnings == []
    return source.title, source.outlet, source.url, source.published.edtf if source.published else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[Tern opens]({URL})", ("Tern opens", None, URL, None)),
        (f"[Tern opens]({URL}) - Wire", ("Tern opens", "Wire", URL, None)),
        (f"[Tern opens]({URL}) — The Wire, 3 May 2025", ("Tern opens", "The Wire", URL, "2025-05-03")),
        (f"[Tern opens]({URL}) (The Wire, May 3, 2025)", ("Tern opens", "The Wire", URL, "2025-05-03")),
        (f"[Tern opens]({URL}), May 3, 2025, The Wire", ("Tern opens", "The Wire", URL, "2025-05-03")),
        (f"[Tern opens]({URL}) | 2025-05-03", ("Tern opens", None, URL, "2025-05-03")),
        (f"[Tern opens]({URL}) (May 2025)", ("Tern opens", None, URL, "2025-05")),
        (f"[Tern opens | The Wire]({URL})", ("Tern opens", "The Wire", URL, None)),
        (f"**[Tern opens]({URL})** *The Wire*", ("Tern opens", "The Wire", URL, None)),
        (f"Tern opens - {URL}", ("Tern opens", None, URL, None)),
        (f"Tern opens: {URL}.", ("Tern opens", None, URL, None)),
        (f"Tern opens ({URL})", ("Tern opens", None, URL, None)),
        (f"Tern opens <{URL}>", ("Tern opens", None, URL, None)),
        (f"Tern opens. [Link]({URL})", ("Tern opens", None, URL, None)),
        (f"Tern opens [{URL}]({URL})", ("Tern opens", None, URL, None)),
        (f"Tern opens [wire.example/...]({URL})", ("Tern opens", None, URL, None)),
        (f"Tern opens ([The Wire]({URL}))", ("Tern opens", "The Wire", URL, None)),
        (f"The Wire: [Tern opens]({URL})", ("The Wire: Tern opens", None, URL, None)),
        (
            f"The Wire, [Tern opens its second shop]({URL}), 3 May 2025.",
            ("Tern opens its second shop", "The Wire", URL, "2025-05-03"),
        ),
        (f"Update: [Tern opens its second shop]({URL})", ("Update: Tern opens its second shop", None, URL, None)),
        (f"Tern opens. Available at: {URL}", ("Tern opens", None, URL, None)),
        (f"Tern opens. Available at: <{URL}>", ("Tern opens", None, URL, None)),
        (f"Tern opens (via [Wire]({URL}))", ("Tern opens", "Wire", URL, None)),
        (f"Tern opens, URL: {URL}", ("Tern opens", None, URL, None)),
        (f"The missing link - {URL}", ("The missing link", None, URL, None)),
        (f"[The missing: link]({URL})", ("The missing: link", None, URL, None)),
        (f'{URL} "Tern opens"', ("Tern opens", None, URL, None)),
        (f"{URL} - Tern opens", ("Tern opens", None, URL, None)),
        (f'"Tern opens", The Wire, 3 May 2025, {URL}', ("Tern opens", "The Wire", URL, "2025-05-03")),
        (f'"Tern opens," The Wire, 3 May 2025, {URL}', ("Tern opens", "The Wire", URL, "2025-05-03")),
        (f'"Yes," she said, {URL}', ('"Yes," she said', None, URL, None)),
        (f"Tern opens, 3 May 2025. {URL}", ("Tern opens", None, URL, "2025-05-03")),
        (f"Tern opens (May 2025). {URL}", ("Tern opens", None, URL, "2025-05")),
        (f"What we knew in May 2025 - {URL}", ("What we knew in May 2025", None, URL, None)),
        (f"Tern opens, accessed 3 May 2025, {URL}", ("Tern opens", None, URL, None)),
        (f"Tern opens. {URL} (accessed on May 3, 2025)", ("Tern opens", None, URL, None)),
        (f"Tern opens. {URL} [Accessed: 2025-05-03]", ("Tern opens", None, URL, None)),
        (f"Tern öffnet. {URL}, abgerufen am 3. Mai 2025", ("Tern öffnet", None, URL, None)),
        (f"They accessed 40 servers in 2024 - {URL}", ("They accessed 40 servers in 2024", None, URL, None)),
        (f"Report (2024) - {URL}", ("Report (2024)", None, URL, None)),
        (f"What is next for the U.S. - {URL}", ("What is next for the U.S.", None, URL, None)),
        (f"How a lab ... - {URL}", ("How a lab ...", None, URL, None)),
        (f"Is it cheap? {URL}", ("Is it cheap?", None, URL, None)),
        (f'Quill: "We sell" - {URL}', ('Quill: "We sell"', None, URL, None)),
        (f"[Tern opens]({URL}) (PDF)", ("Tern opens", None, URL, None)),
        (f"[Tern opens]({URL}) - a long look at all that the firm has done", ("Tern opens", None, URL, None)),
        (f"[Tern opens]({URL}) in German", ("Tern opens", None, URL, None)),
        (f"[Tern opens]({URL}) - arXiv", ("Tern opens", "arXiv", URL, None)),
        (f"Tern opens. {URL} [↩](#ref-1)", ("Tern opens", None, URL, None)),
        (f"Tern opens {URL}_(b)", ("Tern opens", None, f"{URL}_(b)", None)),
        (f"[Tern opens]({URL}?utm_source=chatgpt.com)", ("Tern opens", None, URL, None)),
        (f"泰恩开业，《海港报》，{URL}。", ("泰恩开业，《海港报》，", None, URL, None)),
        (URL, ("wire.example/a", None, URL, None)),
        (f"<{URL}>", ("wire.example/a", None, URL, None)),
        (f"[{URL}]({URL})", ("wire.example/a", None, URL, None)),
        ("Tern note 14.pdf", ("Tern note 14.pdf", None, None, None)),
        ("A book, 2019", ("A book, 2019", None, None, None)),
        ("Big data:why it matters", ("Big data:why it matters", None, None, None)),
    ],
)
def test_every_way_to_write_an_entry(text: str, expected: tuple[str, str | None, str | None, str | None]) -> None:
    assert fields(text) == expected


def test_an_author_before_a_quoted_title() -> None:
    source, _ = read(f'Ada Quill, "Tokens at sea", *The Wire*, 4 June 2025. {URL}')
    assert (source.author, source.title, source.outlet) == ("Ada Quill", "Tokens at sea", "The Wire")
    assert source.raw_title == 'Ada Quill, "Tokens at sea", The Wire, 4 June 2025'


def test_the_printed_title_is_kept() -> None:
    assert read(f"[Tern opens | The Wire]({URL})")[0].raw_title == "Tern opens | The Wire"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/b", "mailto:a@b.example"],
)
@pytest.mark.parametrize("entry", ["Tern opens - {}", "[Tern opens]({})", "Tern opens <{}>", "Tern opens ({})"])
def test_an_address_that_is_not_of_the_web_is_dropped_with_a_warning(address: str, entry: str) -> None:
    source, warnings = read(entry.format(address))
    assert (source.title, source.url, warnings) == ("Tern opens", None, ["bad-url"])


def test_a_relative_link_is_no_address() -> None:
    source, warnings = read("[Tern opens](/docs/tern.pdf)")
    assert (source.title, source.url, warnings) == ("Tern opens", None, ["bad-url"])


def test_an_address_alone_that_is_dropped_is_still_what_the_source_is_called() -> None:
    source, _ = read("javascript:alert(1)")
    assert source.title == "javascript:alert(1)"


def test_of_two_entries_with_a_number_the_first_counts() -> None:
    ledger = Ledger("")
    entries = [Entry(str(n), n, read_inline(title), line) for n, title, line in ((2, "A", 1), (1, "B", 2), (2, "C", 3))]
    sources = read_entries(entries, ledger)
    assert [(source.number, source.title) for source in sources] == [(1, "B"), (2, "A")]
    assert [(warning.code, warning.line) for warning in ledger.close()[1]] == [("duplicate-source", 3)]


def test_labels_that_are_numbers_are_those_numbers_and_others_go_by_place() -> None:
    assert numbered(["3", "1", "3"]) == {"3": 3, "1": 1}
    assert numbered(["a", "1", "b", "a"]) == {"a": 1, "1": 2, "b": 3}
    assert numbered(["0", "1"]) == {"0": 1, "1": 2}
    assert numbered(["99999999999999999999"]) == {"99999999999999999999": 1}
    assert numbered([]) == {}


def test_labels_as_citations() -> None:
    assert citations_of(["1", "x", "2"], {"1": 1, "2": 2}) == ((Citation(1), Citation(2)), ("x",))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("A | B", ("A", "B")),
        ("A | B | C", ("A | B", "C")),
        ("A | far too many words for one", ("A | far too many words for one", None)),
        ("A|B", ("A|B", None)),
        (" | B", (" | B", None)),
    ],
)
def test_an_outlet_behind_a_bar(printed: str, expected: tuple[str, str | None]) -> None:
    assert split_outlet(printed) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- A title. ", "A title"),
        ('"A title"', "A title"),
        ('"A" and "B"', '"A" and "B"'),
        ("(A title)", "A title"),
        ("(A) title (B)", "(A) title (B)"),
        ("A title (", "A title"),
        ("A title)", "A title"),
        ("A title (2024)", "A title (2024)"),
        ("Tern Inc.", "Tern Inc."),
        ("“A title”,", "A title"),
        ("(((", ""),
        (")" * 900, ""),
    ],
)
def test_trimming(text: str, expected: str) -> None:
    assert trimmed(text) == expected


@pytest.mark.parametrize(
    "heading",
    [
        *("Sources", "SOURCES:", "References", "Reference", "Citations", "Works cited", "Works Cited:", "Bibliography", "Links"),
        *("7. Sources", "📚 Sources", "Sources (15)", "Sources used", "List of references", "References and further reading"),
        *(
            "Sources & citations",
            "Quellen",
            "Einzelnachweise",
            "Références",
            "Fuentes",
            "来源",
            "参考文献：",
            "出典",
            "المصادر",
            "แหล่งอ้างอิง",
        ),
    ],
)
def test_headings_of_lists(heading: str) -> None:
    assert HEADING.fullmatch(heading)


@pytest.mark.parametrize(
    "heading", ["Sources of power", "Open source", "Notes", "Source code", "A reference", "", "Sources say no"]
)
def test_other_headings(heading: str) -> None:
    assert not HEADING.fullmatch(heading)
