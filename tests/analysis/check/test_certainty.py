"""Certainty: how sure a summary is of what "will" be beside how sure its source is, clause by clause."""

from __future__ import annotations

import pytest

from app.domain.findings import FindingKind
from tests.support.checking import findings_on


def hedges_on(sentence: str, source: str) -> list[str | None]:
    """The words of the source that make less of what a sentence says."""
    return [finding.source_text for finding in findings_on(f"{sentence} [1]", source) if finding.kind is FindingKind.CERTAINTY]


@pytest.mark.parametrize(
    ("sentence", "source", "hedge"),
    [
        (
            "The guild wants a tenth of it and will strike in November.",
            "A strike of the guild in November is expected.",
            "expected",
        ),
        (
            "The bank says that it will pay from July; four others will join it.",
            "The bank announced that it would pay as of July. Four more are examining it.",
            "are examining",
        ),
        ("The firm expects that a correction will come.", "My guess is that the firm sees a correction coming.", "guess"),
        ("The union warns that 700 jobs will go in Leeds.", "In Leeds, fears the union, 700 jobs are at risk.", "risk"),
        ("The plant in Leeds will open in May.", "If all goes well, the plant in Leeds opens in May.", "If"),
        ("The doctors will use the tool for notes.", "The doctors are free to use the tool for notes.", "free to"),
        ("Tessel bought Oxley for $2 billion.", "Tessel made a bid to buy Oxley for $2 billion.", "bid to"),
        ("Tessel will raise $350 million.", "Tessel is looking to raise $350 million.", "looking to"),
        (
            "Revenue of Tessel passed $46 million in January.",
            "Two people who have seen the books of Tessel say that revenue passed $46 million in January.",
            "people who have seen",
        ),
        (
            "Half of it goes into a plant in Leeds, where assembly will start in spring.",
            "Half of it goes into a plant in Leeds, where assembly may start in spring.",
            "may",
        ),
        ("Leeds has closed its old mill.", "Leeds has yet to close its old mill.", "has yet to"),
        ("The leak came from a firm in Riga.", "The leak is thought to have come from a firm in Riga.", "is thought to"),
        ("A court fined Oxley $3 million.", "They asked the court to fine Oxley $3 million.", "asked the court to"),
        ("Fares in Leeds will go up by 5.8%.", "A rise of fares in Leeds by 5.8 percent is in the draft.", "draft"),
        # The doubt stands in the sentence after the one with the rest, or before it.
        (
            "Funds move alike more often, by 0.7, so the next shock will hit all of them.",
            "Funds move alike more often, by 0.7. A shock might strike every one of them.",
            "might",
        ),
        ("Mill workers in Leeds will return.", "I could go back, she says. She has a letter from the mill in Leeds.", "could"),
        (
            "The talks in Leeds broke down over the price of the mill.",
            "It was the price of the mill on which the talks foundered, three people who know of them say.",
            "people who know of",
        ),
        # Half of the sentence is told elsewhere, on the word of nobody in particular.
        (
            "The state will pay for a fifth of the plant, though the Commission has not ruled on the aid.",
            "The state will pay a fifth of the plant's cost, officials said. The Commission looks into the aid.",
            "officials said",
        ),
    ],
)
def test_more_certain_than_the_source(sentence: str, source: str, hedge: str) -> None:
    assert hedges_on(sentence, source) == [hedge]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Ada Venn will leave Tessel in May.", "Ada Venn announced on Monday that she would leave Tessel in May."),
        ("Ada Venn will stay at Tessel for two years.", "Ada Venn has agreed to stay at Tessel for two years."),
        ("Tessel expects that its plant will open in May.", "Tessel expects to open its plant in May."),
        ("If a panel agrees, insurers will pay for the test.", "Insurers pay for the test if a panel agrees."),
        ("Tessel has not said when its robot will be ready.", "When the robot of Tessel may be ready is not known."),
        ("The vote in Leeds will take place on 2 December.", "The vote of Leeds takes place on 2 December."),
        ("Tessel is understood to seek £18m.", "People close to Tessel say that it wants 18 million pounds."),
        ("Most of the mill's staff will remain.", "Most of the mill's workers remain."),
        ("Most of the staff will stay at the mill.", "Most of the staff are to stay at the mill. It might be sold."),
        ("Nobody agreed on the price of the mill.", "They could not agree on the price of the mill."),
        ("Oxley had sales of $57 million in May.", "Oxley reported sales of $57 million in May."),
        ("Ada Venn found 29 errors in the test.", "There are 29 errors in the test, Ada Venn reports."),
    ],
)
def test_as_certain_as_the_source(sentence: str, source: str) -> None:
    assert hedges_on(sentence, source) == []


def test_a_will_where_the_source_foretells_nothing() -> None:
    told = "The court in Leeds heard the suit about the old mill. Four experts spoke."
    [finding] = [
        finding
        for finding in findings_on("The suit about the old mill in Leeds will go ahead. [1]", told)
        if finding.kind is FindingKind.CERTAINTY
    ]
    assert (finding.text, finding.source_text) == ("will", None)
    assert finding.passage is not None
    assert finding.passage.text == "The court in Leeds heard the suit about the old mill."
