"""What people decide later: kept apart from what was imported, and applied again after every import.

Decisions are only ever added; the state of a thing is what all decisions on it, taken in order, come to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Subject(StrEnum):
    """What a decision is about. The value of ``subject_id`` is a slug, a proposed name, or a finding's or story's public id."""

    ENTITY = "entity"
    PROPOSAL = "proposal"
    FINDING = "finding"
    STORY = "story"


class Action(StrEnum):
    """What was decided, and which details go with it."""

    ACCEPT = "accept"
    """A proposed name is an entity: ``slug``, ``name``, ``kind``, ``aliases``."""
    REJECT = "reject"
    """A proposed name is none."""
    MERGE = "merge"
    """The entity is another one: ``into`` (slug), ``into_name``. Here and below ``was`` is what it was called then."""
    SPLIT = "split"
    """Some names of the entity are another one's: ``slug``, ``name``, ``kind``, ``aliases``."""
    RENAME = "rename"
    """The entity has another name: ``name``, ``slug``."""
    RETYPE = "retype"
    """The entity is of another kind: ``kind``."""
    CONFIRM = "confirm"
    """The finding is right. With every decision on a finding goes what it said: ``story``, ``kind``, ``strength``, ``sentence``,
    ``text`` (the words accused), ``source``, ``reason``."""
    DISMISS = "dismiss"
    """The finding is wrong or does not matter."""
    CORRECT = "correct"
    """The finding was right and the document has been corrected."""
    REOPEN = "reopen"
    """The decision before it is taken back."""
    WITHDRAW = "withdraw"
    """The story is shown no more."""
    RESTORE = "restore"
    """The withdrawn story is shown again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a person."""

    action: Action
    subject: Subject
    subject_id: str
    curator: str
    decided_at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
