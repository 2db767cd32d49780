"""The curated list of organisations, people and models; its names are found by one pass of Aho and Corasick's automaton.

A. V. Aho and M. J. Corasick: Efficient string matching. Communications of the ACM 18(6), 1975.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import ahocorasick_rs

from app.domain.entities import Alias, Entity, Kind, Relation

#: Ties that an entity's line may name.
RELATIONS = ("parent", "maker", "family", "member")

_WORD_AFTER = re.compile(r"[\s\-–—]*([\w.]+)")
_WORD_BEFORE = re.compile(r"([\w.]+)[\s\-–—\"'“‘(]*$")
#: How far a neighbouring word is looked for.
_NEIGHBOURHOOD = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the gazetteer at characters ``start`` to ``end`` of a text, before it is known whose name it is."""

    start: int
    end: int
    name: str


class Gazetteer:
    """Entities, and their names as one automaton."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = tuple(entities)
        self.by_slug: Mapping[str, Entity] = {entity.slug: entity for entity in self.entities}
        names: defaultdict[str, list[tuple[Entity, Alias]]] = defaultdict(list)
        for entity in self.entities:
            own = {alias.name: alias for alias in entity.aliases}
            for name in dict.fromkeys((entity.name, *own)):
                names[name].append((entity, own.get(name, Alias(name))))
        self.names: Mapping[str, tuple[tuple[Entity, Alias], ...]] = {name: tuple(owners) for name, owners in names.items()}
        """Who a name may mean, and under which conditions."""
        needed = {name for owners in self.names.values() for _, alias in owners for name in alias.needs}
        self._patterns = sorted({*self.names, *needed})

    @cached_property
    def _automaton(self) -> Any:
        return ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(self, text: str) -> list[Hit]:
        """All names in a text that stand as whole words, the longest at each place, in order, without overlap.

        Names that only serve as a condition of others (``needs``) are among them.
        """
        found = [
            Hit(start, end, self._patterns[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _stands_alone(text, start, end)
        ]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        hits: list[Hit] = []
        reach = 0
        for hit in found:
            if hit.start >= reach:
                hits.append(hit)
                reach = hit.end
        return hits


def allowed(alias: Alias, text: str, hit: Hit) -> bool:
    """Whether the words beside a hit let it count as this alias."""
    if alias.not_before:
        match = _WORD_AFTER.match(text, hit.end, hit.end + _NEIGHBOURHOOD)
        if match and match[1].lower().rstrip(".") in alias.not_before:
            return False
    if alias.not_after:
        match = _WORD_BEFORE.search(text[max(hit.start - _NEIGHBOURHOOD, 0) : hit.start])
        if match and match[1].lower().rstrip(".") in alias.not_after:
            return False
    return True


def _stands_alone(text: str, start: int, end: int) -> bool:
    if start > 0 and _continues(text[start - 1]) and _continues(text[start]):
        return False
    if end == len(text):
        return True
    following = text[end]
    if text[end - 1].isdigit():
        # "Llama 3" is not in "Llama 3.1", nor "GPT-4" in "GPT-4o"; but the plural of a chip is still the chip.
        if following == "." and text[end + 1 : end + 2].isdigit():
            return False
        if following == "s" and not text[end + 1 : end + 2].isalnum():
            return True
    return not (_continues(following) and _continues(text[end - 1]))


def _continues(character: str) -> bool:
    """Whether a character may be part of the word beside it; scripts that are written without spaces never are."""
    return (character.isalnum() or character == "_") and not "\u2e80" <= character <= "\ud7ff"


@lru_cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the data files beside this module."""
    entities: list[Entity] = []
    folder = files("app.analysis").joinpath("data/gazetteer")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text("utf-8"))
            entities += (_entity(slug, line, data["kind"]) for slug, line in data["entity"].items())
    return Gazetteer(entities)


def _entity(slug: str, line: dict[str, Any], kind: str) -> Entity:
    return Entity(
        slug=slug,
        name=line["name"],
        kind=Kind(line.get("kind", kind)),
        aliases=tuple(_alias(alias) for alias in line.get("aliases", ())),
        relations=tuple(_relation(name, target) for name in RELATIONS if name in line for target in _listed(line[name])),
        description=line.get("description"),
        wikidata=line.get("wikidata"),
        url=line.get("url"),
        surname=line.get("surname"),
    )


def _alias(value: str | dict[str, Any]) -> Alias:
    if isinstance(value, str):
        return Alias(value)
    conditions = {key: tuple(words) for key, words in value.items() if key != "name"}
    return Alias(value["name"], **conditions)


def _relation(name: str, target: str | dict[str, Any]) -> Relation:
    if isinstance(target, str):
        return Relation(name, target)
    return Relation(name, target["to"], target.get("since"), target.get("until"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
