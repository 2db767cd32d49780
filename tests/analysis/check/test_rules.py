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


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Nearly half of the 320 lawyers would use it.", "Of the 320 lawyers 163, or 51 percent, would use it."),
        ("The campus draws 1,200 megawatts of power.", "The campus draws 1.2 gigawatts of power."),
        ("It values the firm at about $600 million.", "It values the firm at $612 million."),
        ("Three teams joined the unit.", "3 teams joined the unit."),
        (
            "It took 105 million euros, then 385 million in December.",
            "It took 105 million euros, then 385 million euros in December.",
        ),
        (
            "It won against Ada Venn, Bo Lund and eleven other authors.",
            "It won against thirteen authors, Ada Venn and Bo Lund among them.",
        ),
        ("The French lab Quillmark released a model for lawyers.", "Quillmark of Paris released a model for lawyers."),
        ("Unlike the old law, this one has no switch for models.", "The old law had a switch for models, this one has none."),
        ("The FTC sued the maker of the toy bear.", "The Federal Trade Commission sued the maker of the toy bear."),
        (
            "Readings of the cardiothoracic ratio (CTR) rose in Leeds and in Porto.",
            "Readings of the cardiothoracic ratio rose in Leeds and in Porto.",
        ),
        ("Investors at Nestlé backed the plan of Karén Bloe.", "Investors at Nestle backed the plan of Karen Bloe."),
        ("The paint with TiO2 lasts longer on walls.", "The paint with TiO 2 lasts longer on walls."),
        ("Pregnant nurses are at higher risk, the study found.", "The study found a higher risk in pregnancy among nurses."),
        ("More than half a million people signed up at once.", "At once 512,000 people signed up for it."),
        ("The road of 4,000 kilometres took five hours.", "It took five hours for the road of 2,485 miles."),
        ("The tool for lawyers costs $240 a year.", "The tool for lawyers costs 20 dollars per month."),
        ("Llama 3.1 has 405 billion parameters.", "Llama 3.1 comes with 405B parameters."),
        ("The two firms together employ 900 people.", "The first firm has 500 employees, the second 400."),
        ("She was born in the 1990s in Leeds.", "Born in 1994 in Leeds, she studied there."),
        ("The fund closed on 3 Nov.", "On November 3 the fund closed."),
        ("A New York court heard the case of Marrow Press.", "The case of Marrow Press was heard by a court in Manhattan."),
        ("The Bay Area start-up Quillmark fired 40 people.", "Quillmark, a start-up from San Francisco, fired 40 people."),
        ("Prime Minister Keir Starmer welcomed the deal.", "The British prime minister welcomed the deal."),
        ("Venn said she “didn't expect that” of them.", "“I did not expect that of them,” Venn said."),
        ("He “kicked the bucket” of milk.", "This is the act of kicking the bucket of milk."),
        ("Its owners receive 40% of the price in shares.", "The price is $1.35 billion, $540 million of it in its own shares."),
        ("Each of the trams costs the city 2.1 million kroner.", "The city pays 50.4 million kroner for the 24 trams."),
        ("The trial covered 3,600 hectares of the north.", "In the trial drones flew over 36 square kilometres of the north."),
        ("It hopes to see a forest fire within 15 minutes.", "It hopes to see a forest fire within a quarter of an hour."),
        (
            "It was insolvent 14 months after investors had valued it at $400 million.",
            "It is insolvent since May 2025; in March 2024 investors had valued it at $400 million.",
        ),
        ("She wrote that she had “mistaken applause for demand”.", "“I mistook applause for demand,” she wrote."),
        ("London explained that the text said too little.", "The British government explained that the text said too little."),
        ("Several Democrats in Congress spoke against it.", "Several Democratic members of Congress spoke against it."),
        ("It opened to visitors last month.", "On 12 October 2025 it opened to visitors."),
        ("The fund put in €20 million for robots.", "Of 46 million euros for robots the fund put in 20 million."),
        ("It saves 3.4 billion kronor a year with robots.", "With robots it saves SEK 3.4bn a year."),
        ("The start-up costs about $8 million.", "The start-up costs seven to nine million dollars."),
        ("The union has 2,500 members in Leeds.", "The union in Leeds has two and a half thousand members."),
        ("17 of 100 pairs come back to the shop.", "Dealers count 17 returns to the shop per hundred pairs."),
        ("The judge gave the company 30 days to answer.", "The judge gave the company a month to answer."),
        ("The tool failed in 15% of the cases in Leeds.", "In 85 percent of the cases in Leeds the tool was right."),
        ("It made 212 sofas for almost $400,000 in total.", "It made 212 sofas in total, at 1,886 dollars each."),
        ("The film cost ¥3.2 billion, about $21 million.", "The film cost 3.2 billion yen."),
        ("The judge gave the company until 14 March.", "On 28 February the judge gave the company two weeks."),
        ("Her tool, introduced in October 2024, is for lawyers.", "A year ago, in October, she introduced her tool for lawyers."),
        ("Tessel, founded in 2014, has an office in Leeds.", "Tessel, which is eleven years old, has an office in Leeds."),
        ("She wrote that she had “hired an intern and given him keys”.", "“I hired an intern and gave him keys,” she wrote."),
        ("Moe wrote: “Nobody asked us. Nobody told us.”", "“Nobody asked us,” Moe wrote. “Nobody told us.”"),
        ("Moe said the “organization favors free labor”.", "“The organisation favours free labour,” Moe said."),
        ("He opposed the race “down the long hill”.", "He opposed a race in which all lower their safety."),
        ("Ada Venn, once at Google, founded Tessel in Leeds.", "Ada Venn, once at Alphabet, founded Tessel in Leeds."),
        ("Tessel runs its tool for Leeds on ChatGPT.", "Tessel runs its tool for Leeds on a model of OpenAI."),
        ("Section 230 protects the site in Ohio from suits.", "A law of 1996 protects the site in Ohio from suits."),
        ("Its margin in Ohio widened by 3 percentage points.", "Its margin in Ohio widened from 12 to 15 percent."),
        ("The plant in Ohio makes 36,000 cars a year.", "The plant in Ohio makes 3,000 cars a month."),
        ("The price in Ohio went up to 99 cents.", "The price in Ohio went up to $0.99."),
        ("The union in Leeds asks for 6.5%, not 3.2%.", "In Leeds 3.2 per cent is on offer, the union wants six and a half."),
        ("Teachers in Leeds save five hours a week.", "Teachers in Leeds used to spend nine hours a week and now need four."),
        ("The robot in Leeds picks 2,400 tomatoes an hour.", "The robot in Leeds picks forty tomatoes a minute."),
        ("Songs of machines in Leeds are 0.5% of all plays.", "Songs of machines in Leeds are half a percent of all plays."),
        (
            "The 75-year-old spoke of it in an interview of 1 May 2023; he had told the company in April.",
            "Bo Lund, 75, whose early research laid foundations of machines that learn, has left the company in Leeds for good. "
            "He spoke of it in an interview of 1 May 2023; he had told the company in April that he would go.",
        ),
        ("Ada Venn of Leeds found the mistake in August.", "Ada Venn of Leeds found the mistake. That was two months ago."),
        ("HunterGirl came second in the song contest of Leeds.", "In the song contest of Leeds Hunter Girl came second."),
        ("The band of Leeds sang 'Rip It Up and Start Again' there.", "“Rip It Up” is what the band of Leeds sang there."),
        ("The Porto-based maker Tessel built a robot for Leeds.", "Tessel of Portugal built a robot for Leeds."),
    ],
)
def test_what_is_the_same_in_other_words_is_not_accused(sentence: str, source: str) -> None:
    assert [finding.reason for finding in findings_on(f"{sentence} [1]", source) if finding.strength is STRONG] == []


def test_an_age_is_not_worked_out_from_dates() -> None:
    source = "He spoke of it in an interview of 1 May 2023; he had told the company in April that he would go."
    sentence = "The 75-year-old spoke of it in an interview of 1 May 2023; he had told the company in April. [1]"
    assert [(finding.text, finding.strength) for finding in findings_on(sentence, source)] == [("75-year", STRONG)]


def test_where_somebody_is_from_is_folded_away() -> None:
    sentence = "The Norwegian maker Tessel closed a funding round of $84 million. [1]"
    [finding] = findings_on(sentence, ROUND.replace("Fjordvik", "Brightwater"))
    assert (finding.kind, finding.strength, finding.text) == (NAME, WEAK, "Norwegian")


def test_a_word_is_accused_once() -> None:
    sentence = "Halcyon Labs pledged $60 billion for data centres in the United States by the end of 2028. [1]"
    found = [finding for finding in findings_on(sentence, PLEDGE, OFFICE) if finding.strength is STRONG]
    assert [finding.text for finding in found] == ["$60 billion"]
