"""What the citation check leaves alone: the same told in other words, counted anew, converted or worked out."""

from __future__ import annotations

import pytest

from app.domain.findings import FindingKind, Strength
from tests.support.checking import findings_on


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
        ("It paid CHF 310 million for the drug of Quillmark.", "It paid 310 million francs for the drug of Quillmark."),
        ("The tool saves the bank R$190 million a year.", "The tool saves the bank 190 million reais a year."),
        ("It moved ¥12 billion of sales into next year.", "It moved sales of 12 billion yen into next year."),
        (
            "It sold 30 trams, 25% fewer than the 40 of 2023.",
            "It sold 30 trams last year. Its owners blame the weather and the price of steel. In 2023 it had sold 40 trams.",
        ),
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
        ("The judge gave the company until 14 October.", "On 30 September the judge gave the company two weeks."),
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
        ("Repairs in Leeds took 2 hours and 10 minutes.", "Repairs in Leeds took 130 minutes."),
        ("The museum of Leeds shows 3,400 pictures.", "Three thousand four hundred pictures are shown at the museum of Leeds."),
        ("The museum of Leeds costs £440,000.", "Four hundred and forty thousand pounds is what the museum of Leeds costs."),
        ("In Leeds the song had 300 million listeners.", "The song had three hundred million listeners in Leeds."),
        (
            "The bank in Leeds cut its rate by 25 basis points.",
            "In Leeds the bank cut its rate by a quarter of a percentage point.",
        ),
        ("The battery in Leeds charges to 80% at night.", "In Leeds the battery is four fifths full at night."),
        ("The robot of Leeds weighs 1.2 tonnes.", "The robot of Leeds weighs 1,200 kilos."),
        (
            "Production in Leeds tripled to 9,000 cars.",
            "Where 3,000 cars left the plant in Leeds, it is three times as many now.",
        ),
        ("The chip of Leeds is 40% faster.", "The chip of Leeds is 1.4 times as fast."),
        ("Trains to Leeds run every 15 minutes.", "There are four trains to Leeds an hour."),
        ("By the end of 2025 Tessel sold 300 robots.", "Before 2026 Tessel sold 300 robots."),
        ("50% of the teams in Leeds are new.", "Every other team in Leeds is new."),
        ("Lund said they “would never sell Leeds”.", "Lund said: “We will never sell Leeds.”"),
        ("A ticket in Leeds costs £12, or £9 for children.", "In Leeds adults pay £12 for a ticket, children a quarter less."),
        ("Rents in Leeds rose to £1,620 on average.", "In Leeds rents of £1,500 on average rose by eight percent."),
        ("The losses in Leeds were £40 million.", "The losses in Leeds are £25 million now, 15 million less."),
        (
            "Sales of scooters in Leeds rose by 27%.",
            "Sales of scooters in Leeds rose. In May 1,270 were sold, a year before 1,000.",
        ),
        ("The first hearing in Leeds is on 8 December.", "There are three hearings in Leeds, on 8, 15 and 22 December."),
        (
            "Tessel of Leeds raised £12 million in all.",
            "Tessel of Leeds raised nine million pounds now and three million before.",
        ),
        ("Tessel loses £1.5 million a quarter in Leeds.", "In Leeds Tessel loses half a million pounds every month."),
        (
            "The letter was lost in Leeds for more than 200 years.",
            "Written in 1786, the letter was lost in Leeds until this year.",
        ),
        ("The judge in Leeds set bail at £2 million.", "Bail was set at two million by the judge in Leeds."),
        (
            "The road to Leeds was closed for 36 hours.",
            "The road to Leeds was closed from Monday noon until midnight on Tuesday.",
        ),
        ("The strike in Leeds began on 1 September.", "Eleven weeks of strike in Leeds have changed little."),
        ("The Porto-based maker Tessel built a robot for Leeds.", "Tessel of Portugal built a robot for Leeds."),
        ("The High Court stopped Tessel's robot in Leeds.", "A judge stopped Tessel's robot in Leeds."),
        ("The Treasury gives Leeds £11bn for robots.", "The chancellor gives Leeds 11 billion pounds for robots."),
        ("Tessel sold 40 robots in FY26/27.", "Tessel sold 40 robots in the fiscal year that begins in April 2026."),
        (
            "The share of Tessel closed at 412 pence, 24% below the 540p of May.",
            "At the close the share of Tessel was at 412 pence, and in May investors paid 540p.",
        ),
        (
            "A litre of milk costs farmers in Leeds 41 cents to make; dairies pay them 37.",
            "Dairies give 37 cents for a litre of milk. Farmers in Leeds say that it costs them 0.41 euros.",
        ),
        (
            "A ticket in Leeds costs $2.50, half the price of Porto.",
            "A ticket in Leeds costs two dollars and fifty cents, in Porto five dollars.",
        ),
        ("Half of the 14 players of Leeds are younger than 23.", "Of the fourteen players of Leeds seven are 22 or younger."),
        (
            "The mill in Leeds runs on wind for nine months of the year.",
            "The mill in Leeds needs diesel for three months a year.",
        ),
        ("Leeds bans big ships from 2026 on.", "Big ships may not come to Leeds after the end of 2025."),
        (
            "Sales of grain in Leeds were down 31%.",
            "In Leeds 2.07 million tonnes of grain were sold. The year before it had been three million.",
        ),
        (
            "Leeds expects 17.5 million guests this year.",
            "In 2019 Leeds counted 17.8 million guests. For this year it reckons with 17.5.",
        ),
        ("About $300m of the $1bn for Leeds has arrived.", "Of the billion dollars for Leeds thirty percent has arrived."),
        ("The boat of Leeds dates to about 1,400 BC.", "The boat of Leeds is some 3,400 years old."),
        (
            "The probe of Leeds reaches Uranus in 2044.",
            "To get to Uranus the probe of Leeds needs thirteen years. It is to start in 2031.",
        ),
        ("Tessel of Leeds has offices in 14 countries.", "Tessel of Leeds has offices in Poland and thirteen other countries."),
        ("Thousands marched through Tbilisi for the robot.", "Thousands marched through the Georgian capital for the robot."),
        ("Families in Leeds use half a cubic metre of water less.", "Families in Leeds use 500 litres of water less."),
        ("She covered the road to Leeds in 29 minutes 41 seconds.", "She covered the road to Leeds in 29:41."),
        (
            "The reservoir of Leeds lost 40% of its water.",
            "The reservoir of Leeds held five cubic kilometres of water; now it is three.",
        ),
        (
            "Between March 2023 and June 2024 it turned 613 people down.",
            "From March 2023 to June 2024 it turned 613 people down.",
        ),
        (
            "Rented GPUs are cheap again at the data centre in Leeds.",
            "In Leeds a graphics card is cheap again at the data centre.",
        ),
        (
            "Farm-advice start-up Quillmark raised $6 million from Marrow.",
            "Quillmark raised $6 million from Marrow in its Series C.",
        ),
        (
            "The new basin of Tessel in Leeds would store 26 gigawatt-hours, enough for three million homes.",
            "The new basin of Tessel in Leeds gives 1,300 megawatts for 20 hours. It would store enough for three million homes.",
        ),
        (
            "Tessel sells 7,400 masts in Leeds for €2.15 billion, or roughly €290,000 a mast.",
            "Tessel of Leeds sells 7,400 masts for €2.15 billion.",
        ),
        ("A delivery in Leeds costs £3.90, £1 less than in the trial.", "In the trial a delivery cost £4.90 in Leeds."),
        (
            "The total of 8.5 billion kroner equals 5.3 times the sales of 1.6 billion in Leeds.",
            "Sales in Leeds were 1.6 billion kroner, three times those of 2023. The total is 8.5 billion kroner.",
        ),
        (
            "Each robot costs Tessel £2,950 a month, about £3.2 million a year for all ninety.",
            "Tessel rents ninety robots at £2,950 per unit and month.",
        ),
        (
            "Tessel of Leeds has models of 4 billion, 14 billion and 90 billion parameters.",
            "The models of Tessel of Leeds have 4B, 14B and 90B parameters.",
        ),
        (
            "The drones of Leeds fly at heights of at most 120 metres.",
            "In Leeds the drones fly at heights up to 120 m above ground.",
        ),
        (
            "It was 109 degrees Fahrenheit in Leeds when the mill stood still.",
            "The mill of Leeds stood still when it was 109 degrees.",
        ),
        ("The mill of Leeds used about 17 terawatt-hours of power in 2024.", "The mill of Leeds used 17.1 TWh of power in 2024."),
        (
            "Tessel of Leeds takes 320 megawatts from four reactors.",
            "Tessel of Leeds takes all of four reactors of 80 megawatts each.",
        ),
        (
            "The premium on bonds of Tessel in Leeds went from 92 to 131 basis points.",
            "The premium on bonds of Tessel in Leeds stood at 92 basis points. Now it is 131.",
        ),
        ("Lathe makers are the losers, an analyst of Leeds said.", "An analyst of Leeds said that who makes lathes loses."),
        ("The tubes of Leeds are 50 feet (15 m) long.", "The tubes of Leeds are 50 feet long."),
        ("The council rezones roughly half a square mile of Leeds.", "The council rezones 312 acres of Leeds."),
        ("Spraying at Leeds in Australia costs A$46 a hectare.", "Spraying costs $46 a hectare at Leeds in Australia."),
        ("A cart of Quillmark costs C$1,900 a month.", "What does a cart of Quillmark cost? Nineteen hundred Canadian a month."),
        (
            "The union of Leeds wants to strike from 24 August.",
            "The union of Leeds has given Quillmark until 23 August to agree.",
        ),
        (
            "Quillmark wants all pictures online by March and still lacks £95,000 for it.",
            "Quillmark wants all pictures online by March. It is a project of Leeds. It costs £310,000. Two funds gave £215,000.",
        ),
    ],
)
def test_what_is_the_same_in_other_words_is_not_accused(sentence: str, source: str) -> None:
    assert [finding.reason for finding in findings_on(f"{sentence} [1]", source) if finding.strength is Strength.STRONG] == []


def test_an_age_is_not_worked_out_from_dates() -> None:
    source = "He spoke of it in an interview of 1 May 2023; he had told the company in April that he would go."
    sentence = "The 75-year-old spoke of it in an interview of 1 May 2023; he had told the company in April. [1]"
    assert [(finding.text, finding.strength) for finding in findings_on(sentence, source)] == [("75-year", Strength.STRONG)]


def test_a_noun_in_the_plural_is_no_name() -> None:
    source = "Those who keep bees told the council of the state that too few flowers are left, and that has not changed."
    found = findings_on("Beekeepers told the council of the state that too few flowers are left. [1]", source)
    assert [finding.text for finding in found if finding.kind is FindingKind.NAME] == []


@pytest.mark.parametrize(
    ("sentence", "source", "wrong"),
    [
        ("In Leeds the tool saved up to 74% of the power.", "At best 70 percent of the power was saved in Leeds.", "74%"),
        ("The tool of Leeds costs C€36,500.", "The tool of Leeds costs 36,500 Canadian dollars.", "C€36,500"),
        ("Tessel of Leeds may appeal until September 60.", "Tessel of Leeds may appeal until 10 September.", "60"),
        (
            "Coppergate is seeking at least $18m.",
            "It rained. The publisher wants no less than 18 million pounds, it says.",
            "$18m",
        ),
        (
            "More than a quarter of the money, €1.1bn, comes from Leeds.",
            "The round brought four billion dollars. The fund of Leeds contributed 1.1 billion.",
            "€1.1bn",
        ),
        ("A share of Tessel in Leeds cost 412 pence.", "A share of Tessel in Leeds cost £4.21.", "412 pence"),
    ],
)
def test_a_value_in_another_form_that_is_another_is_seen(sentence: str, source: str, wrong: str) -> None:
    assert wrong in [finding.text for finding in findings_on(f"{sentence} [1]", source) if finding.kind is FindingKind.VALUE]


def test_money_in_another_currency_is_found_far_from_the_rest_of_a_sentence() -> None:
    source = "The amount is fixed by a judge of Leeds in November. Its friends say that no less than 18 million pounds would do."
    sentence = (
        "Damages are going to be assessed during a second hearing in Leeds; Tessel is understood to be seeking at least $18m. [1]"
    )
    [found] = [finding for finding in findings_on(sentence, source) if finding.kind is FindingKind.VALUE]
    assert (found.text, found.source_text, found.strength) == ("$18m", "18 million pounds", Strength.STRONG)
