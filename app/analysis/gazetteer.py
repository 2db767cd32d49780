"""The curated list of organisations, people and models; its names are found by one pass of Aho and Corasick's automaton.

A. V. Aho and M. J. Corasick: Efficient string matching. Communications of the ACM 18(6), 1975.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

import ahocorasick_rs

from app.domain.entities import Alias, Entity, Kind, Relation
from app.domain.text import fold

#: Ties that an entity's line may name.
RELATIONS = ("parent", "maker", "family", "member", "stake")


_WORD_AFTER = re.compile(r"[\s\-–—]*([\w.]+)")
_WORD_BEFORE = re.compile(r"([\w.]+)[\s\-–—\"'“‘(]*$")
#: Words that may have a capital before a name and are no part of it.
_NO_PART_OF_A_NAME = frozenset(
    "the a an in on at by for from with to of and but or if as when while after before since until under last this that us u.s "
    "however meanwhile still then now both what who how why where".split()
)
#: How far a neighbouring word is looked for.
_NEIGHBOURHOOD = 40
#: How far the sentence of a name is read for what else may be meant by it, and where it ends.
_SENTENCE_REACH = 120
_SENTENCE = re.compile(r"[.!?][\"”’)]?\s|\n")
_LETTERS = re.compile(r"[^\W\d_]+")
#: A version that is written as one word with the name of its family: "Qwen3.8", "GPT-5.6", "claude-opus-5".
_VERSION = re.compile(r"(?:-[a-z]{2,9}(?=-))?-?v?\d{1,3}(?:\.\d{1,3})*[A-Za-z]{0,2}(?!\w)")
#: Where a name may be broken into its word and its number: "GPT-4", "Qwen3", "Llama 4".
_WORD_AND_NUMBER = re.compile(r"(?<=[A-Za-z]{3})[- ]?(?=\d)")
#: Characters that are written for a plainer one. Each is replaced by one character, so that places stay what they are.
_LOOK_ALIKES = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u2019", "'"),
    ("\u02bc", "'"),
)
#: Halves of characters, which a document in JSON can hold although no encoding has them.
_SURROGATES = re.compile("[\ud800-\udfff]")


_NONE: Mapping[str, str] = MappingProxyType({})


class Hit(NamedTuple):
    """A name at characters ``start`` to ``end`` of a text, before it is known whose name it is."""

    start: int
    end: int
    name: str


class Names:
    """A set of names, found in texts by one pass. Typographic apostrophes, hyphens and spaces count as the plain ones."""

    def __init__(
        self, names: Iterable[str], plural: Iterable[str] = (), implementation: ahocorasick_rs.Implementation | None = None
    ) -> None:
        self._names = sorted(set(names))
        self.plural = frozenset(plural)
        """Names that keep their meaning with the "s" of the plural: things, of which there are many."""
        self._implementation = implementation

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        plain = [_whole(_plain(name)) for name in self._names]
        return ahocorasick_rs.AhoCorasick(plain, matchkind=ahocorasick_rs.MatchKind.Standard, implementation=self._implementation)

    def find(
        self, texts: Sequence[str], families: Set[str] = frozenset(), identifiers: Mapping[str, str] = _NONE
    ) -> list[list[Hit]]:
        """All names that stand as whole words in each of the texts, by their start and the longest first; they may overlap.

        A name in ``families`` may carry a version, one in ``identifiers`` must; the version is then part of the hit. Of an
        identifier the hit has the name that it stands for.
        """
        found: list[list[Hit]] = [[] for _ in texts]
        # No name has a line break, so that none is found across two texts.
        text = _plain("\n".join(texts))
        lengths = iter(map(len, texts))
        hits, first, last = iter(found), 0, -1
        here: list[Hit] = []
        for index, start, end in self._matches(text):
            while last < end:
                here, first = next(hits), last + 1
                last = first + next(lengths)
            name = self._names[index]
            if start > first and text[start - 1] != " " and not _begins(text, start):
                continue
            if name in families and (version := _VERSION.match(text, end)):
                here.append(Hit(start - first, version.end() - first, identifiers.get(name, name)))
            elif name not in identifiers and (_ends(text, end) or (name in self.plural and _ends_plural(text, end))):
                here.append(Hit(start - first, end - first, name))
        for here in found:
            if len(here) > 1:
                here.sort(key=_by_place)
        return found

    def _matches(self, text: str) -> Sequence[tuple[int, int, int]]:
        """Names by their number, start and end, wherever they stand, in the order of their ends."""
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            return self._automaton.find_matches_as_indexes(_whole(text), overlapping=True)


def _by_place(hit: Hit) -> tuple[int, int, int]:
    return hit.start, -hit.end, -len(hit.name)


class Gazetteer:
    """Entities, and their names as one automaton."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = tuple(entities)
        self.by_slug: Mapping[str, Entity] = {entity.slug: entity for entity in self.entities}
        names: defaultdict[str, dict[str, tuple[Entity, Alias]]] = defaultdict(dict)
        for entity in self.entities:
            own = {alias.name: alias for alias in entity.aliases}
            for name in dict.fromkeys((entity.name, *own)):
                for spelling in _spellings(name, entity.kind):
                    names[spelling].setdefault(entity.slug, (entity, own.get(name, Alias(name))))
        self.names: Mapping[str, tuple[tuple[Entity, Alias], ...]] = {
            name: tuple(owners.values()) for name, owners in names.items()
        }
        """Who a name may mean, and under which conditions."""
        self.certain: Mapping[str, Entity] = {
            name: owners[0][0] for name, owners in self.names.items() if len(owners) == 1 and _counts_anywhere(owners[0][1])
        }
        """Who a name means wherever it stands: what most names are."""
        self.shared: Set[str] = {
            name
            for name, owners in self.names.items()
            if any(alias.given or (alias.unless and _has_maker(entity)) for entity, alias in owners)
        }
        """Names of things that in some documents are the names of somebody or something else."""
        families = {
            name
            for name, owners in self.names.items()
            if name[-1].isalpha() and all(entity.kind is Kind.MODEL and not _version(entity) for entity, _ in owners)
        }
        needed = {name for owners in self.names.values() for _, alias in owners for name in alias.needs}
        self._identifiers = {name.lower(): name for name in families if " " not in name and name.lower() not in self.names}
        """How identifiers of models write the name of their family: in lower case, with a version ("gpt-5.5")."""
        self._families = frozenset((*families, *self._identifiers))
        things = {
            name
            for name, owners in self.names.items()
            if name[-1].isalpha()
            and all(entity.kind in (Kind.PRODUCT, Kind.CHIP) and not alias.needs for entity, alias in owners)
        }
        self._patterns = Names({*self.names, *needed, *self._identifiers}, things)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kind of each entity, by slug."""
        return {entity.slug: entity.kind for entity in self.entities}

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(fold(name) for name in self.names)

    def has(self, name: str) -> bool:
        """Whether somebody or something has this name, whatever its conditions, case and accents."""
        return fold(name) in self._folded

    def find(self, texts: Sequence[str]) -> list[list[Hit]]:
        """All names that stand as whole words in each of the texts, by their start and the longest first; they may overlap.

        Names that only serve as a condition of others (``needs``) are among them.
        """
        return self._patterns.find(texts, self._families, self._identifiers)


def _has_maker(entity: Entity) -> bool:
    return any(relation.kind == "maker" for relation in entity.relations)


def _counts_anywhere(alias: Alias) -> bool:
    """Whether a name has no conditions."""
    return not (alias.needs or alias.alone or alias.given or alias.not_before or alias.not_after or alias.unless)


def allowed(alias: Alias, text: str, hit: Hit) -> bool:
    """Whether the words beside a hit let it count as this alias."""
    if alias.alone and (match := _WORD_BEFORE.search(text[max(hit.start - _NEIGHBOURHOOD, 0) : hit.start])):
        word = match[1]
        if word[0].isupper() and word.lower().rstrip(".") not in _NO_PART_OF_A_NAME:
            return False
    if alias.not_before:
        match = _WORD_AFTER.match(text, hit.end, hit.end + _NEIGHBOURHOOD)
        if match and match[1].lower().rstrip(".") in alias.not_before:
            return False
    if alias.not_after:
        match = _WORD_BEFORE.search(text[max(hit.start - _NEIGHBOURHOOD, 0) : hit.start])
        if match and match[1].lower().rstrip(".") in alias.not_after:
            return False
    return True


def means_another(alias: Alias, text: str, hit: Hit) -> bool:
    """Whether words in the sentence of a hit show that something else of its name is meant."""
    if not alias.unless:
        return False
    start, end = max(hit.start - _SENTENCE_REACH, 0), hit.end + _SENTENCE_REACH
    around = text[start:end].lower()
    for word in alias.unless:
        if word in around:
            break
    else:
        # Nearly always: to look for a few words is quicker than to take the sentence apart.
        return False
    before = _SENTENCE.split(text[start : hit.start])[-1]
    after = _SENTENCE.split(text[hit.end : end], 1)[0]
    return not set(_LETTERS.findall(f"{before} {after}".lower())).isdisjoint(alias.unless)


def _plain(text: str) -> str:
    if text.isascii():
        return text
    for typographic, plain in _LOOK_ALIKES:
        text = text.replace(typographic, plain)
    return text


def _whole(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)


def _version(entity: Entity) -> bool:
    return any(relation.kind == "family" for relation in entity.relations)


def _spellings(name: str, kind: Kind) -> Iterable[str]:
    """The ways in which a name is written; a model's word and number stand apart, together or with a hyphen."""
    if kind is not Kind.MODEL:
        return (name,)
    return dict.fromkeys((name, *(_WORD_AND_NUMBER.sub(glue, name, count=1) for glue in ("", " ", "-"))))


def _begins(text: str, start: int) -> bool:
    before = text[start - 1]
    if before == "'":
        # "O'Dell" is not Dell.
        return not (start > 1 and text[start - 2].isupper() and not text[start - 3 : start - 2].isalnum())
    return not (_continues(before) and _continues(text[start]))


def _ends_plural(text: str, end: int) -> bool:
    return text[end] == "s" and not text[end + 1 : end + 2].isalnum()


def _ends(text: str, end: int) -> bool:
    if end == len(text) or text[end] == " ":
        return True
    following, after = text[end], text[end + 1 : end + 2]
    if following == "+" and not after.isalnum():
        # "Google+" and "Disney+" are something else.
        return False
    if text[end - 1].isdigit():
        # "Llama 3" is not in "Llama 3.1", nor "GPT-4" in "GPT-4o"; but the plural of a chip is still the chip.
        if following == "." and after.isdigit():
            return False
        if following == "s" and not after.isalnum():
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
    lists = ("not_before", "not_after", "needs", "unless")
    words: dict[str, tuple[str, ...]] = {key: tuple(value[key]) for key in lists if key in value}
    return Alias(
        value["name"],
        alone=value.get("alone", False),
        given=value.get("given", False),
        **words,
    )


def _relation(name: str, target: str | dict[str, Any]) -> Relation:
    if isinstance(target, str):
        return Relation(name, target)
    return Relation(name, target["to"], target.get("since"), target.get("until"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
