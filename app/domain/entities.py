"""Organisations, people, models and the other things that stories are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What an entity is. The value is what addresses and filters use."""

    COMPANY = "company"
    LAB = "lab"
    INVESTOR = "investor"
    PERSON = "person"
    MODEL = "model"
    PRODUCT = "product"
    CHIP = "chip"
    INSTITUTION = "institution"
    LAW = "law"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie to another entity, with the days on which it began and ended where known.

    ``kind`` is ``parent``, ``maker``, ``family``, ``member`` or ``stake`` (a part of it belongs to the other).
    """

    kind: str
    target: str
    since: date | None = None
    until: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether it held on a day; without one, whether it has not ended."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an entity and the conditions under which it counts.

    Upper and lower case must agree. ``not_before``: the name must not stand directly before one of these words (lower case),
    ``not_after``: nor directly after one of these. ``needs``: it counts only in a document that also has one of these names.
    ``alone``: it must not stand directly behind another word with a capital ("Michigan Supreme Court"). ``given``: people have
    it as their first name, too ("Claude"); where somebody in a document does, it counts only beside its maker's name.
    ``unless``: words (lower case) that show in the same sentence that something else of this name is meant ("zodiac").
    """

    name: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    alone: bool = False
    given: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the gazetteer.

    ``slug`` is its permanent address. An alias equal to ``name`` puts conditions on the name itself. ``surname`` is a person's,
    by which a text calls them after their full name. ``wikidata`` is set only where it was checked.
    """

    slug: str
    name: str
    kind: Kind
    aliases: tuple[Alias, ...] = ()
    relations: tuple[Relation, ...] = ()
    description: str | None = None
    wikidata: str | None = None
    url: str | None = None
    surname: str | None = None


class ProposedName(NamedTuple):
    """A name that looks like an entity's and is not in the gazetteer.

    ``kind`` is the likeliest, ``score`` 0 to 1 how much speaks for it, ``mentions`` how often the document has it,
    ``reason`` what speaks for it in plain words and ``evidence`` the sentence that does so best.
    """

    name: str
    kind: Kind
    score: float
    mentions: int
    reason: str
    evidence: str


class Mention(NamedTuple):
    """An entity at characters ``start`` to ``end`` (end excluded) of a text.

    ``rule`` says how it was recognised: ``name``, ``alias``, ``surname``, ``first-name``, ``acronym``, …
    """

    slug: str
    start: int
    end: int
    text: str
    rule: str
