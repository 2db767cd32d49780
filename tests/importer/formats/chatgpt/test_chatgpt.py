"""Answers of ChatGPT: markers whose sources the copy has lost, and links that still are citations."""

from __future__ import annotations

import pytest

from app.domain.documents import Role
from app.importer.formats.chatgpt import FORMAT
from tests.importer.formats.markdown.support import codes, outcome, printed, sentences_of, story, well_formed

BEGIN, END, PART = "\ue200", "\ue201", "\ue202"
MARKERS = {
    "tether": "【12†source】",
    "tether with lines": "【31†L290-L298】",
    "file with lines": "【F:app/main.py†L1-L9】",
    "run of tethers": "【1†source】【2†L1-L4】",
    "turn": "citeturn0search15",
    "run of turns": "citeturn0search0turn0search1",
    "news and views": "citeturn12news3turn0view4",
    "file": "fileciteturn0file1",
    "turn in private-use characters": f"{BEGIN}cite{PART}turn0search0{END}",
    "run in private-use characters": f"{BEGIN}cite{PART}turn0search0{PART}turn0search1{END}",
    "lines in private-use characters": f"{BEGIN}cite{PART}turn3view0{PART}L290-L298{END}",
    "another mark in private-use characters": f"{BEGIN}navlist{PART}More on Tern{PART}turn0news1,turn0news2{END}",
    "content reference": ":contentReference[oaicite:0]{index=0}",
    "content reference without index": ":contentReference[oaicite:12]",
    "attached file": "[attached_file:1]",
}


@pytest.mark.parametrize("marker", MARKERS.values(), ids=MARKERS)
def test_every_marker_goes_out_of_the_prose_and_is_counted(marker: str) -> None:
    for text in (f"Tern opened{marker}. It is wet.", f"Tern opened {marker}. It is wet.", f"Tern opened.{marker} It is wet."):
        document = story(FORMAT, text)
        assert sentences_of(document) == [("Tern opened.", []), ("It is wet.", [])]
        assert codes(document) == ["unresolved-citations"]
        assert "".join(printed(document, text, Role.CITATION)) == marker


def test_all_markers_are_one_warning_with_their_number() -> None:
    document = story(FORMAT, "# Tern\n\nIt opened【1†source】【2†source】.\n\n- Wet citeturn0search1\n- Cold [attached_file:1]\n")
    (warning,) = document.warnings
    assert (warning.code, warning.line, warning.excerpt) == ("unresolved-citations", 3, "【1†source】")
    assert warning.message.startswith("4 citations point")


def test_one_marker_is_told_of_in_the_singular() -> None:
    assert story(FORMAT, "It opened【1†source】.\n").warnings[0].message.startswith("1 citation points")


def test_nothing_of_a_marker_is_ever_shown() -> None:
    text = "# T " + " ".join(MARKERS.values()) + "\n\n## H " + " ".join(MARKERS.values()) + "\n\n"
    text += "| a | b |\n|---|---|\n| " + " ".join(MARKERS.values()) + " c | d |\n\n> - " + " ".join(MARKERS.values()) + " e\n"
    text += f"\nRest{BEGIN} of a cut{PART} mark{END}.\n"
    document = story(FORMAT, text)
    shown = repr((document.title, document.paragraphs))
    assert not [part for part in ("†", "turn0", "cite", "oaicite", "attached", "\\ue20", BEGIN, END, PART) if part in shown]
    assert sentences_of(document) == [("a | b", []), ("c | d", []), ("e", []), ("Rest of a cut mark.", [])]
    assert (document.title.text, document.paragraphs[0].heading) == ("T", "H")


def test_markers_are_resolved_where_there_is_a_list() -> None:
    text = (
        "# Tern\n\nIt opened【2†source】. It is wet【01†L1-L4】【2†L5-L6】. It is cold [1]. It is far【9†source】.\n\n"
        "## Sources\n\n1. [A](https://a.example)\n2. [B](https://b.example?utm_source=chatgpt.com)\n"
    )
    document = story(FORMAT, text)
    assert sentences_of(document) == [("It opened.", [2]), ("It is wet.", [1, 2]), ("It is cold.", [1]), ("It is far.", [])]
    assert [source.url for source in document.sources] == ["https://a.example", "https://b.example"]
    assert [warning.excerpt for warning in document.warnings] == ["【9†source】"]


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://w.example/a?utm_source=chatgpt.com", "https://w.example/a"),
        ("https://w.example/a?utm_source=chatgpt.com&id=1", "https://w.example/a?id=1"),
        ("https://w.example/a?id=1&utm_source=chatgpt.com", "https://w.example/a?id=1"),
        ("https://w.example/a?utm_source=chatgpt.com#part", "https://w.example/a#part"),
    ],
    ids=["only parameter", "first", "last", "before a fragment"],
)
def test_the_tracking_parameter_is_taken_off(address: str, url: str) -> None:
    document = well_formed(FORMAT, f"Tern opened ([Wire]({address})). It is wet.\n")
    assert [(source.title, source.url) for source in document.sources] == [("Wire", url)]
    assert sentences_of(document) == [("Tern opened.", [1]), ("It is wet.", [])]


def tracked(words: str, number: int) -> str:
    return f"[{words}](https://w.example/{number}?utm_source=chatgpt.com)"


def test_a_link_in_brackets_is_a_citation_and_one_in_prose_keeps_its_words() -> None:
    document = well_formed(FORMAT, f"Tern opened. ({tracked('Wire', 1)}) The {tracked('Gazette', 2)} agrees.\n")
    assert sentences_of(document) == [("Tern opened.", [1]), ("The Gazette agrees.", [2])]
    assert [source.title for source in document.sources] == ["Wire", "Gazette"]


def test_several_links_in_one_pair_of_brackets() -> None:
    document = well_formed(FORMAT, f"Tern opened ({tracked('A', 1)}, {tracked('B', 2)}; {tracked('C', 3)}). It is wet.\n")
    assert sentences_of(document) == [("Tern opened.", [1, 2, 3]), ("It is wet.", [])]


def test_brackets_with_more_than_links_stay() -> None:
    document = well_formed(FORMAT, f"Tern opened (says {tracked('Wire', 1)}). It is wet.\n")
    assert sentences_of(document) == [("Tern opened (says Wire).", [1]), ("It is wet.", [])]


def test_one_address_is_one_source() -> None:
    document = well_formed(FORMAT, f"Tern opened ({tracked('Wire', 1)}). It is wet ({tracked('The Wire', 1)}).\n")
    assert len(document.sources) == 1
    assert [numbers for _, numbers in sentences_of(document)] == [[1], [1]]


def test_a_linked_address_that_is_listed_is_the_listed_source() -> None:
    text = f"Tern opened ({tracked('Wire', 1)}). Wet ({tracked('B', 2)}).\n\n## Sources\n\n1. Other\n4. {tracked('Wire', 1)}\n"
    document = well_formed(FORMAT, text)
    assert [numbers for _, numbers in sentences_of(document)] == [[4], [5]]
    assert [source.number for source in document.sources] == [1, 4, 5]


def test_links_without_the_parameter_are_only_links() -> None:
    document = story(FORMAT, "Tern【1†source】 opened ([Wire](https://w.example/a)).\n")
    assert (sentences_of(document), document.sources) == ([("Tern opened (Wire).", [])], ())


def test_an_address_that_is_not_of_the_web_is_dropped_with_a_warning() -> None:
    document = story(FORMAT, "Tern opened ([Wire](javascript:x?utm_source=chatgpt.com)).\n")
    assert (document.sources, codes(document)) == ((), ["bad-url"])
    assert sentences_of(document) == [("Tern opened.", [])]


def test_footnotes_are_read_as_in_any_article() -> None:
    document = well_formed(FORMAT, f"Tern opened[^1] ({tracked('Wire', 2)}).\n\n[^1]: https://a.example\n")
    assert sentences_of(document) == [("Tern opened.", [1, 2])]


def test_code_is_left_out() -> None:
    document = story(FORMAT, "Tern opened `a【1†source】`.\n\n```\nb【1†source】\n```\n")
    assert sentences_of(document) == [("Tern opened a【1†source】.", [])]
    assert codes(document) == ["code-left-out"]


def test_without_text_it_is_refused() -> None:
    assert outcome(FORMAT, "# 【1†source】\n") == "no-story"


def test_line_endings_make_no_difference() -> None:
    text = f"# Tern\n\nIt opened【1†source】.\n\n- Wet ({tracked('Wire', 1)})\n- Cold\n"
    document, other = story(FORMAT, text), story(FORMAT, text.replace("\n", "\r\n"))
    assert (other.paragraphs, other.sources, other.warnings) == (document.paragraphs, document.sources, document.warnings)
