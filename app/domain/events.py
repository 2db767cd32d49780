"""Things that happened or are planned, each with a date and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.dates import Interval


class EventType(StrEnum):
    """What kind of thing happened; ``other`` where the sentence does not say it in a way that is recognised."""

    LAUNCH = "launch"
    RELEASE = "release"
    FUNDING = "funding"
    ACQUISITION = "acquisition"
    DEAL = "deal"
    INVESTMENT = "investment"
    RESULTS = "results"
    HIRING = "hiring"
    DEPARTURE = "departure"
    LAYOFF = "layoff"
    REORGANISATION = "reorganisation"
    LAWSUIT = "lawsuit"
    RULING = "ruling"
    REGULATION = "regulation"
    INVESTIGATION = "investigation"
    SECURITY = "security"
    RESEARCH = "research"
    STATEMENT = "statement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DatedPhrase:
    """Words that tell a time, at characters ``start`` to ``end`` (end excluded) of a sentence.

    ``interval`` is ``None`` where the words cannot be resolved ("last month" in a story of unknown date).
    ``anchor`` is the date against which a relative phrase was read. ``rule`` names the rule of the grammar.
    """

    start: int
    end: int
    text: str
    interval: Interval | None
    anchor: Interval | None
    rule: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money; ``currency`` is an ISO 4217 code."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event: where it is told, when it happened, what it is and who took part.

    ``part`` is ``dek``, ``summary`` or ``source``; ``number`` is the source's number there. ``sentence`` counts from 0 through
    the whole part. ``participants`` are entity slugs in order of mention.
    """

    part: str
    number: int | None
    sentence: int
    phrase: DatedPhrase
    type: EventType
    planned: bool
    participants: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
