"""The same figure the other way round: what rose in the summary and fell in its source."""

from __future__ import annotations

import pytest

from app.domain.findings import Finding, FindingKind, Strength
from tests.support.checking import findings_on


def found(sentence: str, *texts: str) -> list[Finding]:
    return [finding for finding in findings_on(sentence, *texts) if finding.rule == "direction"]


@pytest.mark.parametrize(
    ("sentence", "text", "said", "words", "strength"),
    [
        ("Alphabet shares fell 8% after it.", "Alphabet shares rose 8% in late trading.", "fell 8%", "rose 8%", Strength.STRONG),
        ("The stock is up 62% now.", "The stock is down 62% this year.", "up 62%", "down 62%", Strength.STRONG),
        (
            "Revenue fell by about 12% to $4 billion.",
            "Revenue grew 12% to $4 billion in the quarter.",
            "fell by about 12%",
            "grew 12%",
            Strength.STRONG,
        ),
        # Who falls is told in other words.
        (
            "Alphabet's shares fell 8% after the ruling.",
            "Shares of Alphabet rose 8% in late trading after the ruling.",
            "fell 8%",
            "rose 8%",
            Strength.WEAK,
        ),
    ],
)
def test_a_figure_that_goes_the_other_way(sentence: str, text: str, said: str, words: str, strength: Strength) -> None:
    (finding,) = found(sentence, text)
    assert (finding.kind, finding.strength, finding.text, finding.source_text) == (FindingKind.VALUE, strength, said, words)
    assert finding.reason == f"The summary says {said}; source 1 says {words}."


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("Alphabet shares rose 8%.", ["Alphabet shares jumped 8% in late trading."]),
        # Another thing, or the thing itself elsewhere.
        ("Profit rose 8% in the quarter.", ["Costs fell 8% in the quarter."]),
        ("Profit rose 8% in the quarter.", ["Costs fell 8%.", "Profit rose 8% in the quarter."]),
        ("Alphabet shares fell 8% on Monday.", ["Alphabet shares rose 8% on Friday and lost 8% on Monday."]),
        ("The price did not fall 8% as feared.", ["The price rose 8%."]),
        ("The price fell from $8 to $6.", ["The price rose to $8 and came down to $6."]),
    ],
)
def test_what_does_not_go_the_other_way(sentence: str, texts: list[str]) -> None:
    assert found(sentence, *texts) == []
