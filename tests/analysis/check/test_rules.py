"""Each rule of the citation check: what it says of a defect, and that it is silent on the clean twin."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from app.domain.findings import FindingKind, Strength
from tests.support.checking import findings_on

PLEDGE = "Halcyon Labs has pledged to spend $600 billion on data centres in the United States by the end of 2028."
ROUND = (
    "Tessel Robotics closed a funding round of $84 million on 14 October 2025. Fjordvik Capital led the round. "
    "The company builds arms for warehouses, and 12 grocers have tested them since March 2024. "
    "An arm lifts 35 kilograms, and the company wants to hire 140 engineers."
)
SHARE = "Market share of Corvid fell to 12 percent in the third quarter, from 19 percent a year before, the analysts said."
SPEECH = "Ingrid Moe told reporters in Oslo: “We are done with building prototypes that nobody can buy.” She then left the room."
PLANS = "Tessel may open a second factory in Gdansk next year, people familiar with its plans said."
OFFICE = "A second office of Halcyon opens in Leeds in May with 40 people, and the mayor will attend the ceremony there."


class Case(NamedTuple):
    """A sentence with a defect, its clean twin, the sources of both, and what is found on the first."""

    name: str
    defect: str
    clean: str
    sources: tuple[str, ...]
    kind: FindingKind
    strength: Strength
    text: str
    source_text: str | None


VALUE, NAME, DATE, QUOTE = FindingKind.VALUE, FindingKind.NAME, FindingKind.DATE, FindingKind.QUOTE
STRONG, WEAK = Strength.STRONG, Strength.WEAK

CASES = (
    Case(
        "money",
        "Halcyon Labs pledged $60 billion for data centres in the United States by the end of 2028. [1]",
        "Halcyon Labs pledged $600 billion for data centres in the United States by the end of 2028. [1]",
        (PLEDGE, OFFICE), VALUE, STRONG, "$60 billion", "$600 billion",
    ),
    Case(
        "currency",
        "Tessel Robotics closed a funding round of €84 million in October 2025. [1]",
        "Tessel Robotics closed a funding round of $84 million in October 2025. [1]",
        (ROUND,), VALUE, STRONG, "€84 million", "$84 million",
    ),
    Case(
        "scale",
        "Tessel Robotics closed a funding round of $84 billion in October 2025. [1]",
        "Tessel Robotics closed a funding round of $84m in October 2025. [1]",
        (ROUND,), VALUE, STRONG, "$84 billion", "$84 million",
    ),
    Case(
        "share",
        "The market share of Corvid fell to 14% in the third quarter, analysts said. [1]",
        "The market share of Corvid fell to 12% in the third quarter, analysts said. [1]",
        (SHARE,), VALUE, STRONG, "14%", "12 percent",
    ),
    Case(
        "count",
        "The company wants to hire 410 engineers, and an arm lifts 35 kilograms. [1]",
        "The company wants to hire 140 engineers, and an arm lifts 35 kilograms. [1]",
        (ROUND,), VALUE, STRONG, "410", "140",
    ),
    Case(
        "unit",
        "An arm of the company lifts 35 tonnes. [1]",
        "An arm of the company lifts 35 kilograms. [1]",
        (ROUND,), VALUE, STRONG, "35 tonnes", "35 kilograms",
    ),
    Case(
        "the one value of a sentence in other words",
        "The order, worth £52 million, is its largest ever. [1]",
        "The order, worth £58 million, is its largest ever. [1]",
        ("Palletworks has landed its biggest order so far: 1,150 robots for £58m, which go to Leeds and Bristol.",),
        VALUE, STRONG, "£52 million", "£58m",
    ),
    Case(
        "version",
        "Corvid put GPT-4 into its assistant for lawyers in Dublin. [1]",
        "Corvid put GPT-5 into its assistant for lawyers in Dublin. [1]",
        ("Corvid has put GPT-5 into its assistant for lawyers in Dublin.",), VALUE, STRONG, "GPT-4", "GPT-5",
    ),
    Case(
        "name in another's place",
        "The funding round of Tessel Robotics was led by Brightwater Partners. [1]",
        "The funding round of Tessel Robotics was led by Fjordvik Capital. [1]",
        ("The funding round of Tessel Robotics was led by Fjordvik Capital.", OFFICE),
        NAME, STRONG, "Brightwater Partners", "Fjordvik Capital",
    ),
    Case(
        "entity in another's place",
        "Google bought the start-up Tessel Robotics for its warehouses in Ohio. [1]",
        "Amazon.com bought the start-up Tessel Robotics for its warehouses in Ohio. [1]",
        ("Amazon bought the start-up Tessel Robotics for its warehouses in Ohio.",), NAME, STRONG, "Google", "Amazon",
    ),
    Case(
        "name of the same story in another's place",
        "The funding round of Tessel Robotics was led by Brightwater Partners. [1]",
        "The funding round of Tessel Robotics was led by Fjordvik Capital. [1]",
        (
            "The funding round of Tessel Robotics was led by Fjordvik Capital. A third of the money is for a plant. It will "
            "stand in Leeds. Work begins in May. Brightwater Partners owns the ground.",
        ),
        NAME, WEAK, "Brightwater Partners", "Fjordvik Capital",
    ),
    Case(
        "speaker of a quotation",
        "\"Wages are lower there than here,\" said Ada Venn. [1]",
        "\"Wages are lower there than here,\" said Bo Lund. [1]",
        (
            "“Wages are lower there than here,” said Bo Lund, who will run the plant. It opens in May. A mayor will come. "
            "So will a band. Ada Venn is the mayor.",
        ),
        NAME, WEAK, "Ada Venn", "Bo Lund",
    ),
    Case(
        "day",
        "Tessel Robotics closed the funding round on 17 October 2025. [1]",
        "Tessel Robotics closed the funding round on October 14, 2025. [1]",
        (ROUND,), DATE, STRONG, "17 October 2025", "14 October 2025",
    ),
    Case(
        "month",
        "Grocers have tested the arms of the company since May 2024. [1]",
        "Grocers have tested the arms of the company since March 2024. [1]",
        (ROUND,), DATE, STRONG, "May 2024", "March 2024",
    ),
    Case(
        "year",
        "Grocers have tested the arms of the company since March 2023. [1]",
        "Grocers have tested the arms of the company since early 2024. [1]",
        (ROUND,), DATE, STRONG, "March 2023", "March 2024",
    ),
    Case(
        "year that only another passage has",
        "The company stopped fraud worth $128 million in 2023, it said in its annual report. [1]",
        "The company stopped fraud worth $128 million in 2024, it said in its annual report. [1]",
        (
            "In its annual report the company says that it stopped fraud worth $128 million in 2024. It has grown. Its "
            "offices are in Oslo. Honest customers were blocked less often than in 2023.",
        ),
        DATE, WEAK, "2023", "2024",
    ),
    Case(
        "year of a month",
        "People close to the deal say that deliveries of power begin in November 2026. [1]",
        "People close to the deal say that deliveries of power begin in November 2027. [1]",
        (
            "Graywater will deliver 1,200 megawatts for fifteen years, beginning in November 2027. Its plant was built in 2026. "
            "People close to the deal put its value at $8.9 billion.",
        ),
        DATE, WEAK, "November 2026", "November 2027",
    ),
    Case(
        "year of a time told from the day of writing",
        "The prize of 2022 went to the makers of the network. [1]",
        "The prize of 2025 went to the makers of the network. [1]",
        ("On Tuesday this year's prize went to the makers of the network.",), DATE, WEAK, "2022", "this year",
    ),
    Case(
        "day beside a month of something else",
        "The law itself came into force on 1 September 2024 and has applied in part since 2 February 2025, with its first bans. [1]",
        "The law itself came into force on 1 August 2024 and has applied in part since 2 February 2025, with its first bans. [1]",
        (
            "The law was printed in the official gazette in July and came into force on 1 August 2024. Its first bans have "
            "applied since 2 February 2025.",
        ),
        DATE, STRONG, "1 September 2024", "1 August 2024",
    ),
    Case(
        "end of a range",
        "The vans of the company caught fire between November 2024 and May 2025. [1]",
        "The vans of the company caught fire between November 2024 and February 2025. [1]",
        ("Since November 2024 vans of the company caught fire, the last of them in February.",),
        DATE, WEAK, "between November 2024 and May 2025", None,
    ),
    Case(
        "name where the sources have little of the sentence",
        "Grandmaster Boden was thrown out after seventeen suspicious moves in the final. [1]",
        "Grandmaster Ada Venn was thrown out after seventeen suspicious moves in the final. [1]",
        ("The organisers excluded the grandmaster Ada Venn on Monday.",), NAME, WEAK, "Grandmaster Boden", None,
    ),
    Case(
        "name that opens its sentence and does something",
        "Quillreader, an app with 1.6 million users, has shut out the people of the state. [1]",
        "Solace, an app with 1.6 million users, has shut out the people of the state. [1]",
        ("The app Solace, with 1.6m users nationwide, has shut out everyone in the state.",), NAME, STRONG, "Quillreader", "Solace",
    ),
    Case(
        "name that ends like a plural and acts alone",
        "Palletworks has never made money with its robots, and that is not to change soon. [1]",
        "Hearthside has never made money with its robots, and that is not to change soon. [1]",
        ("With robots Hearthside never made any money so far, which is not to change soon.",), NAME, STRONG, "Palletworks", "Hearthside",
    ),
    Case(
        "quotation altered",
        "“We are done with building prototypes that anybody can buy,” Ingrid Moe said. [1]",
        "\"We are done with building prototypes that nobody can buy\", Ingrid Moe said. [1]",
        (SPEECH,), QUOTE, STRONG, "We are done with building prototypes that anybody can buy,",
        "We are done with building prototypes that nobody can buy",
    ),
    Case(
        "quotation not found",
        "Ingrid Moe told reporters in Oslo that \"profit comes before everything else here\". [1]",
        "Ingrid Moe told reporters in Oslo that \"we are done with building […] that nobody can buy\". [1]",
        (SPEECH,), QUOTE, STRONG, "profit comes before everything else here", None,
    ),
    Case(
        "certainty raised",
        "Tessel will open a second factory in Gdansk next year, people familiar with its plans said. [1]",
        "Tessel could open a second factory in Gdansk next year, people familiar with its plans said. [1]",
        (PLANS,), FindingKind.CERTAINTY, WEAK, "will", "may",
    ),
    Case(
        "certainty raised, beside another's decision",
        "Insurers will pay $28 for each test if a panel agrees. [1]",
        "Insurers could pay $28 for each test if a panel agrees. [1]",
        ("A panel that advises insurers will decide next year whether a test is covered. If it agrees, they could pay $28 a test.",),
        FindingKind.CERTAINTY, WEAK, "will", "could",
    ),
    Case(
        "certainty raised, of what is only weighed",
        "The company will try again in the autumn. [1]",
        "The company may try again in the autumn. [1]",
        ("A second attempt in the autumn is under consideration at the company.",),
        FindingKind.CERTAINTY, WEAK, "will", "under consideration",
    ),
    Case(
        "attribution dropped",
        "Halcyon has cut off its supplier in Leeds over late chips. [1]",
        "Halcyon has reportedly cut off its supplier in Leeds over late chips. [1]",
        ("Halcyon has cut off its supplier in Leeds over late chips, according to people familiar with the matter.",),
        FindingKind.CERTAINTY, WEAK, "Halcyon has cut off its supplier in Leeds over late chips.", "according to",
    ),
    Case(
        "citation does not cover",
        "Halcyon Labs has pledged $600 billion for data centres, and its second office opens in Leeds in May with 40 people. [1]",
        "Halcyon Labs has pledged $600 billion for data centres, and its second office opens in Leeds in May with 40 people. [1][2]",
        (PLEDGE, OFFICE), FindingKind.COVERAGE, WEAK, "40", "40",
    ),
    Case(
        "found elsewhere",
        "A second office of Halcyon opens in Leeds in May, and the mayor will attend the ceremony. [1]",
        "A second office of Halcyon opens in Leeds in May, and the mayor will attend the ceremony. [2]",
        (PLEDGE, OFFICE), FindingKind.ELSEWHERE, WEAK,
        "A second office of Halcyon opens in Leeds in May, and the mayor will attend the ceremony.", None,
    ),
    Case(
        "found elsewhere, in other words",
        "The mayor will speak when another Leeds branch begins its work this spring. [1]",
        "The mayor will speak when another Leeds branch begins its work this spring. [2]",
        (PLEDGE, "In Leeds the mayor is going to speak when a branch opens."), FindingKind.COVERAGE, WEAK,
        "The mayor will speak when another Leeds branch begins its work this spring.", None,
    ),
    Case(
        "found elsewhere, in other words throughout",
        "Cyclists who fell in town needed a doctor less often this spring. [1]",
        "Cyclists who fell in town needed a doctor less often this spring. [2]",
        (PLEDGE, "Since spring the town has counted hardly any accidents with bicycles."),
        FindingKind.COVERAGE, WEAK, "Cyclists who fell in town needed a doctor less often this spring.", None,
    ),
    Case(
        "in no source",
        "Farmers along the river fear for their harvest after weeks without rain. [1]",
        "Halcyon Labs pledged to spend $600 billion on data centres by the end of 2028. [1]",
        (PLEDGE, OFFICE), FindingKind.UNSUPPORTED, WEAK,
        "Farmers along the river fear for their harvest after weeks without rain.", None,
    ),
    Case(
        "sources disagree on a value",
        "Corvid sold 4,200 scanners to hospitals in Norway in the first quarter. [1][2]",
        "Corvid sold 4,200 scanners to hospitals in Norway in the first quarter. [1][2]",
        (
            "Corvid sold 4,200 scanners to hospitals in Norway in the first quarter.",
            "In the first quarter Corvid sold 3,100 scanners to hospitals in Norway.",
        ),
        FindingKind.SOURCES_DISAGREE, WEAK, "4,200", "3,100",
    ),
    Case(
        "sources disagree on a date",
        "The bridge of the Corvid campus was opened to visitors in March 2024. [1][2]",
        "The bridge of the Corvid campus was opened to visitors in March 2024. [1][2]",
        (
            "The bridge of the Corvid campus was opened to visitors in March 2024.",
            "Visitors remember that the bridge of the Corvid campus was opened in June 2024.",
        ),
        FindingKind.SOURCES_DISAGREE, WEAK, "March 2024", "June 2024",
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_defect_is_found_with_its_counterpart(case: Case) -> None:
    found = [finding for finding in findings_on(case.defect, *case.sources) if finding.kind is case.kind]
    assert [(item.strength, item.text, item.source_text) for item in found] == [(case.strength, case.text, case.source_text)]
    finding = found[0]
    assert case.defect[finding.start : finding.end] == finding.text
    assert finding.reason.endswith(".")
    assert finding.version >= 1
    if finding.source_text is not None:
        assert finding.source is not None
        assert case.sources[finding.source - 1][finding.source_start : finding.source_end] == finding.source_text


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.clean != case.defect], ids=[case.name for case in CASES if case.clean != case.defect]
)
def test_its_clean_twin_is_left_alone(case: Case) -> None:
    found = findings_on(case.clean, *case.sources)
    assert [(finding.kind.value, finding.text) for finding in found if finding.kind is not FindingKind.UNSUPPORTED] == []


def test_where_somebody_is_from_is_folded_away() -> None:
    sentence = "The Norwegian maker Tessel closed a funding round of $84 million. [1]"
    [finding] = findings_on(sentence, ROUND.replace("Fjordvik", "Brightwater"))
    assert (finding.kind, finding.strength, finding.text) == (NAME, WEAK, "Norwegian")


def test_a_word_is_accused_once() -> None:
    sentence = "Halcyon Labs pledged $60 billion for data centres in the United States by the end of 2028. [1]"
    found = [finding for finding in findings_on(sentence, PLEDGE, OFFICE) if finding.strength is STRONG]
    assert [finding.text for finding in found] == ["$60 billion"]
