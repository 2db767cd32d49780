"""What several rules say of the same words is told once."""

from __future__ import annotations

import pytest

from app.domain.findings import FindingKind, Strength
from tests.support.checking import findings_on

SAID = 'Analyst Mia Okafor of Polaris Research said the market for robots would "come back by 2027, if not sooner."'


@pytest.mark.parametrize(
    ("quoted", "kinds"),
    [
        ("come back by 2028, if not sooner", [FindingKind.DATE]),
        ("come back by 2028, if not later", [FindingKind.DATE, FindingKind.QUOTE]),
        ("come back by 2027, if not later", [FindingKind.QUOTE]),
        ("come back by 2027, if not sooner", []),
    ],
)
def test_a_quotation_that_has_another_date_is_accused_of_that_alone(quoted: str, kinds: list[FindingKind]) -> None:
    found = findings_on(f'Mia Okafor of Polaris Research said the market for robots would "{quoted}".', SAID)
    assert [finding.kind for finding in found if finding.strength is Strength.STRONG] == kinds
