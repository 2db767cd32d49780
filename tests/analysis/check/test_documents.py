"""What the citation check says of a document: verdicts, passages, and ids that stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.analysis.gazetteer import load_gazetteer
from app.analysis.stories import analyse
from app.domain.documents import ParsedDocument
from app.domain.findings import FindingKind, Strength, Verdict
from app.domain.stories import RawDocument
from app.importer.reading import read_document
from tests.support.checking import checked, document_of

TEXTS = (
    "Halcyon Labs has pledged to spend $600 billion on data centres by the end of 2028. Its shares rose on the news.",
    "A second office of Halcyon opens in Leeds in May with 40 people, and the mayor will attend the ceremony there.",
)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Halcyon Labs pledged to spend $600 billion on data centres by the end of 2028. [1]", Verdict.SUPPORTED),
        ("Halcyon Labs pledged to spend $60 billion on data centres by the end of 2028. [1]", Verdict.DIFFERS),
        ("A second office of Halcyon opens in Leeds in May, and the mayor will attend the ceremony. [1]", Verdict.MISATTRIBUTED),
        ("A second office of Halcyon opens in Leeds in May, and the mayor will attend the ceremony.", Verdict.UNCITED),
        ("Farmers along the river fear for their harvest after weeks without rain. [2]", Verdict.UNSUPPORTED),
        ("A third office opens in Porto. [9]", Verdict.UNCHECKED),
        ("… [1]", Verdict.UNCHECKED),
    ],
)
def test_a_sentence_has_one_verdict(sentence: str, verdict: Verdict) -> None:
    cited = "Its shares rose on the news of the pledge for data centres. [1]"
    check = checked(document_of([sentence, cited], TEXTS))[0]
    assert check.verdict is verdict
    assert (check.reason is not None) == (verdict is Verdict.UNCHECKED)


def test_every_sentence_of_a_long_summary_has_its_own_verdict() -> None:
    told = {
        "Halcyon Labs pledged to spend $600 billion on data centres by the end of 2028. [1]": Verdict.SUPPORTED,
        "… [1]": Verdict.UNCHECKED,
        "Halcyon Labs pledged to spend $60 billion on data centres by the end of 2028. [1]": Verdict.DIFFERS,
    }
    checks = checked(document_of([*told] * 30, TEXTS))
    assert [check.index for check in checks] == [*range(90)]
    assert [check.verdict for check in checks] == [*told.values()] * 30


def test_a_carried_citation_is_not_blamed() -> None:
    document = document_of(
        ["Halcyon Labs pledged $600 billion for data centres. [1]", "A second office of Halcyon opens in Leeds in May."], TEXTS
    )
    second = checked(document)[1]
    assert (second.verdict, second.findings) == (Verdict.SUPPORTED, ())


def test_the_dek_is_checked_against_all_sources() -> None:
    document = document_of(["Its shares rose on the news. [1]"], TEXTS, dek=["Halcyon opens an office in Leeds for $60 billion."])
    dek = checked(document)[0]
    assert (dek.part, dek.index) == ("dek", 0)
    assert FindingKind.UNCITED not in {finding.kind for finding in dek.findings}


def test_passages_stand_beside_a_sentence_with_their_places() -> None:
    [check] = checked(document_of(["Halcyon Labs pledged to spend $600 billion on data centres by the end of 2028. [1]"], TEXTS))
    best = check.evidence[0]
    assert TEXTS[best.source - 1][best.start : best.end] == best.text
    assert best.text.startswith("Halcyon Labs has pledged")
    assert 0.5 < best.score <= 1
    assert len(check.evidence) <= 3


def test_the_first_passage_is_the_best_one_and_not_the_one_with_most_words() -> None:
    menu = (
        "Data centres Spending Pledge Leeds Shares News Video Weather " * 6
        + "Halcyon Labs $600 billion data centres spend by end of 2028"
    )
    told = "Halcyon Labs has pledged to spend $600 billion on data centres, and to do so before 2029 begins."
    [check] = checked(
        document_of(
            ["Halcyon Labs pledged to spend $600 billion on data centres by the end of 2028. [1]"], (f"{menu}\n\n{told}",)
        )
    )
    assert check.evidence[0].text == told
    assert check.evidence[0].score < check.evidence[1].score


def test_a_passage_that_has_all_of_a_sentence_stands_alone() -> None:
    text = (
        "Halcyon Labs will open a second office in Leeds on Monday. "
        "Leeds is a city in Yorkshire with an office of the council at its centre."
    )
    [check] = checked(document_of(["Halcyon Labs will open a second office in Leeds on Monday. [1]"], (text,)))
    assert [passage.text[:12] for passage in check.evidence] == ["Halcyon Labs"]


def test_what_the_best_passages_lack_is_shown_rather_than_what_they_have() -> None:
    text = (
        "Halcyon Labs has chosen Leeds for the second office of its robotics group. "
        "The second group is a robotics group with an office too. "
        "Leeds had no office of a robotics group. "
        "Rents there are controlled by the council, which counted for more than anything else."
    )
    [check] = checked(
        document_of(
            ["Halcyon Labs chose Leeds for a second office of its robotics group as the council can control rents. [1]"], (text,)
        )
    )
    assert [passage.text.split()[0] for passage in check.evidence] == ["Halcyon", "The", "Rents"]


def test_without_source_texts_nothing_is_checked_and_it_says_why() -> None:
    document = document_of(["Halcyon Labs pledged $600 billion. [1]"], ("", " \n"))
    [check] = checked(document)
    assert (check.verdict, check.reason) == (Verdict.UNCHECKED, "The document has no text of its sources.")
    [check] = checked(replace(document, sources=()))
    assert check.reason == "The document has no sources."


def test_a_finding_keeps_its_id_while_sentence_and_evidence_are_the_same() -> None:
    sentence = "Halcyon Labs pledged to spend $60 billion on data centres by the end of 2028. [1]"
    [alone] = checked(document_of([sentence], TEXTS))
    after, _ = checked(
        document_of([sentence, "Its shares rose on the news. [1]"], (TEXTS[0] + " More was said later.", TEXTS[1]))
    )
    assert [finding.id for finding in alone.findings] == [finding.id for finding in after.findings]
    [corrected] = checked(document_of([sentence], (TEXTS[0].replace("$600", "$500"), TEXTS[1])))
    assert {finding.id for finding in alone.findings}.isdisjoint(finding.id for finding in corrected.findings)


def test_the_real_page_has_one_value_that_differs(shared: Path) -> None:
    [path] = (shared / "seed").glob("*.txt")
    found = [
        (finding.kind, finding.text, finding.source, finding.source_text)
        for story in _stories(path)
        for check in analyse(story, load_gazetteer(), source_events=False).checks
        for finding in check.findings
        if finding.strength is Strength.STRONG or finding.kind in (FindingKind.QUOTE, FindingKind.NAME, FindingKind.DATE)
    ]
    assert found == [(FindingKind.VALUE, "$60 billion", 2, "$600 billion")]


def _stories(path: Path) -> list[ParsedDocument]:
    return read_document(RawDocument(path.name, path.read_bytes(), ""))
