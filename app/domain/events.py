"""Things that happened or are planned, each with the sentence that says so and, where it says it, the date."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

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


class Role(StrEnum):
    """What an entity does in an event.

    ``agent`` does it: launches, sues, buys, invests, hires. ``object`` is whom or what it is done to: the model launched, the
    company bought or sued, who receives the money, who is hired or leaves. ``former`` and ``new`` are the organisations that
    somebody leaves and joins. ``participant`` takes part in a way that the sentence does not say plainly.
    """

    AGENT = "agent"
    OBJECT = "object"
    FORMER = "former"
    NEW = "new"
    PARTICIPANT = "participant"


class Participant(NamedTuple):
    """An entity that takes part in an event, by its slug."""

    slug: str
    role: Role = Role.PARTICIPANT


@dataclass(frozen=True, slots=True)
class Event:
    """One event: where it is told, when it happened, what it is and who took part.

    ``part`` is ``dek``, ``summary`` or ``source``; ``number`` is the source's number there. ``sentence`` counts from 0 through
    the whole part. ``phrase`` is ``None`` where no words tell the time, and its interval where they cannot be resolved: the date
    is unknown then. ``predicate`` is where the words that say what happened begin and end in the sentence. ``planned``: told as
    still to come; ``reported``: told as what somebody says, not as a fact. ``participants`` are in order of mention.
    ``open_weights``: whether the weights of what is released or launched can be had; ``None`` where the sentence does not say.
    """

    part: str
    number: int | None
    sentence: int
    phrase: DatedPhrase | None
    type: EventType
    planned: bool
    participants: tuple[Participant, ...] = ()
    amounts: tuple[Amount, ...] = ()
    predicate: tuple[int, int] | None = None
    reported: bool = False
    open_weights: bool | None = None

    @property
    def interval(self) -> Interval | None:
        """When it happened, as far as the text says; ``None`` where it does not."""
        return self.phrase.interval if self.phrase else None
