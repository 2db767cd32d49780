"""A story ready to be stored: what its document says, and what analysis made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.documents import ParsedDocument
from app.domain.entities import Mention, ProposedName
from app.domain.events import Event
from app.domain.findings import CheckedSentence


@dataclass(frozen=True, slots=True)
class RawDocument:
    """An input file as it came. ``hints`` is the JSON of what the operator said beside it (``{}`` for nothing)."""

    name: str
    content: bytes
    sha256: str
    hints: str = "{}"


class PlacedMention(NamedTuple):
    """A mention and the text that it stands in.

    ``part`` is ``title``, ``dek``, ``summary`` or ``source``; ``position`` counts from 0: the sentence in its part (0 for the
    title), or the position of the source among the document's sources.
    """

    part: str
    position: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Analysis:
    """What analysis found in a document. ``salience`` has every entity of title, dek and summary, 0 to 1."""

    mentions: tuple[PlacedMention, ...] = ()
    salience: dict[str, float] = field(default_factory=dict)
    about: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()
    proposals: tuple[ProposedName, ...] = ()
    """Names that the gazetteer lacks."""
    checks: tuple[CheckedSentence, ...] = ()
    """A verdict on each sentence of dek and summary, in order."""


@dataclass(frozen=True, slots=True)
class AnalysedStory:
    """A story with its identity, its documents in the order in which they were merged, and its analysis."""

    identity: str
    public_id: str
    slug: str
    content_sha256: str
    document: ParsedDocument
    analysis: Analysis
    raw: tuple[RawDocument, ...]
    formats: tuple[tuple[str, str | None], ...]
    """Format and variant of each of ``raw``."""
    restored_at: datetime | None = None
    """When this state was first imported, for one that comes from another store and keeps its place in the story's history."""


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """What stories are compared by: words of title and dek, the day of publication, salience of what they are about by slug."""

    id: int
    public_id: str
    slug: str
    title: str
    dek: str
    day: date | None
    entities: Mapping[str, float]


class Outcome(StrEnum):
    """What became of a document at import."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    """Read and kept, but it tells no story: a digest on a day without news."""
    DECIDED = "decided"
    """It is what a person decided in another store, and was recorded."""
    QUARANTINED = "quarantined"
