"""What comparing a summary with its sources finds: a verdict on each sentence, and findings that someone should look at.

Verdicts are about the texts at hand. None of them means true or false.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """What the check says of one sentence."""

    SUPPORTED = "supported"
    """What it says is in a source that it cites."""
    DIFFERS = "differs"
    """A cited source has another value, name, date or wording in its place."""
    MISATTRIBUTED = "misattributed"
    """It is not in the source that it cites, but in another one."""
    UNCITED = "uncited"
    """It cites nothing, neither itself nor by the sentence before."""
    UNSUPPORTED = "unsupported"
    """It is in no source."""
    UNCHECKED = "unchecked"
    """There is no source text to compare it with, or nothing in it to compare."""


class FindingKind(StrEnum):
    """What a finding is about. The value is what addresses and filters use."""

    VALUE = "value"
    NAME = "name"
    DATE = "date"
    QUOTE = "quote"
    CERTAINTY = "certainty"
    COVERAGE = "coverage"
    ELSEWHERE = "elsewhere"
    UNCITED = "uncited"
    UNSUPPORTED = "unsupported"
    SOURCES_DISAGREE = "sources-disagree"


class Strength(StrEnum):
    """How much a finding says: ``strong`` is shown at its sentence, ``weak`` is folded away."""

    STRONG = "strong"
    WEAK = "weak"


class FindingState(StrEnum):
    """What people made of a finding: what their latest decision on it comes to."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    """Not for readers any more, but kept in the record."""
    CORRECTED = "corrected"


class Evidence(NamedTuple):
    """A passage that carries the content of a sentence: characters ``start`` to ``end`` of the text of source ``source``.

    ``score`` is the share of the sentence's weight that the passage has, 0 to 1.
    """

    source: int
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a sentence and its sources that someone should look at.

    ``id`` stays the same as long as the story, the sentence and the evidence are the same. ``start`` and ``end`` are the words of
    the sentence that it is about, ``source_start`` and ``source_end`` what stands in their place in the text of source ``source``
    (``None`` where nothing does). ``passage`` is the sentence of the source to show beside it. ``rule`` and its ``version`` say
    what made it; ``reason`` says it in one line of plain words.
    """

    id: str
    kind: FindingKind
    strength: Strength
    rule: str
    version: int
    start: int
    end: int
    text: str
    reason: str
    source: int | None = None
    source_start: int | None = None
    source_end: int | None = None
    source_text: str | None = None
    passage: Evidence | None = None


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """The verdict on one sentence of dek or summary. ``index`` counts from 0 in its part.

    ``reason`` says why it could not be checked. ``evidence`` has the one to three passages that carry it, the best first.
    """

    part: str
    index: int
    verdict: Verdict
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
