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
    ],
)
def test_as_certain_as_the_source(sentence: str, source: str) -> None:
    assert hedges_on(sentence, source) == []
