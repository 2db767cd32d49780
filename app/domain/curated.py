"""What decisions make of the gazetteer's entities: accepted names, merged, split, renamed and retyped entities, old addresses.

Everything here is a function of the entities as they are delivered and of the decisions in the order in which they were made.
Nothing fails: a decision whose entity is not there any more changes nothing. Whether a new decision makes sense is asked
before it is recorded (:func:`refusal`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.curation import Action, Decision, Subject
from app.domain.entities import Alias, Entity, Kind, Relation
from app.domain.text import fold, slugify

#: Longest name that a decision may give.
MOST_CHARACTERS = 120
#: What stands in the place of a slug in the addresses of other pages.
RESERVED = frozenset(("proposed", "suggest"))


@dataclass(frozen=True, slots=True)
class CuratedEntities:
    """Entities after all decisions. ``redirects`` leads from every address that an entity had to the one that it has now."""

    entities: tuple[Entity, ...]
    redirects: Mapping[str, str]
    gone: frozenset[str]
    """Slugs that were an entity's, delivered or made by a decision, and are none now."""

    @property
    def by_slug(self) -> dict[str, Entity]:
        """The entities by their address."""
        return {entity.slug: entity for entity in self.entities}

    def current(self, slug: str) -> str:
        """The address that an entity has now which is or was at ``slug``."""
        return self.redirects.get(slug, slug)

    def owners(self) -> dict[str, str]:
        """Whose each name is, as it is spelt; of a name that several have, one of them."""
        return {name: entity.slug for entity in self.entities for name in names_of(entity)}


def names_of(entity: Entity) -> tuple[str, ...]:
    """The name of an entity and its other names, each once."""
    return tuple(dict.fromkeys((entity.name, *(alias.name for alias in entity.aliases))))


def apply_decisions(entities: Iterable[Entity], decisions: Sequence[Decision]) -> CuratedEntities:
    """The entities that these decisions leave, by slug as they were delivered, new ones behind them."""
    delivered = tuple(entities)
    work = _Work(delivered)
    last_on_name = {
        decision.subject_id: index for index, decision in enumerate(decisions) if decision.subject is Subject.PROPOSAL
    }
    for index, decision in enumerate(decisions):
        if decision.subject is Subject.PROPOSAL:
            # A change of mind about a name takes back what was decided before.
            if decision.action is Action.ACCEPT and last_on_name[decision.subject_id] == index:
                work.accept(decision)
        elif decision.subject is Subject.ENTITY and decision.action in _STEPS:
            _STEPS[decision.action](work, decision)
    return work.result(delivered, decisions)


class _Work:
    """Entities on their way through the decisions."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = {entity.slug: entity for entity in entities}
        self.moved: dict[str, str] = {}

    def resolve(self, slug: str) -> str | None:
        """Where an address leads now; ``None`` where that is nowhere."""
        seen: set[str] = set()
        while slug not in self.entities:
            if slug in seen or slug not in self.moved:
                return None
            seen.add(slug)
            slug = self.moved[slug]
        return slug

    def accept(self, decision: Decision) -> None:
        self._give(decision, [Alias(name) for name in _names(decision)])

    def merge(self, decision: Decision) -> None:
        old, new = self.resolve(decision.subject_id), self.resolve(_text(decision, "into"))
        if old is None or new is None or old == new:
            return
        merged = self.entities.pop(old)
        target = self.entities[new]
        names = {alias.name: alias for alias in merged.aliases}
        aliases = (names.pop(merged.name, Alias(merged.name)), *names.values())
        self.entities[new] = replace(_with_aliases(target, aliases), relations=(*target.relations, *merged.relations))
        self.moved[old] = new

    def split(self, decision: Decision) -> None:
        old = self.resolve(decision.subject_id)
        if old is None:
            return
        source = self.entities[old]
        wanted = {name for name in _names(decision) if name != source.name}
        taken = [alias for alias in source.aliases if alias.name in wanted]
        self.entities[old] = replace(source, aliases=tuple(alias for alias in source.aliases if alias.name not in wanted))
        had = {alias.name for alias in taken}
        self._give(decision, [*taken, *(Alias(name) for name in _names(decision) if name not in had and name != source.name)])

    def rename(self, decision: Decision) -> None:
        old = self.resolve(decision.subject_id)
        if old is None:
            return
        entity = self.entities.pop(old)
        name = _text(decision, "name") or entity.name
        slug = _text(decision, "slug") or old
        slug = old if slug in self.entities else slug
        renamed = replace(entity, slug=slug, name=name, surname=_surname(entity, name))
        if name != entity.name:
            kept = tuple(alias for alias in renamed.aliases if alias.name != name or _conditional(alias))
            renamed = _with_aliases(replace(renamed, aliases=kept), (Alias(entity.name),))
        self.entities[slug] = renamed
        self.moved.pop(slug, None)
        if slug != old:
            self.moved[old] = slug

    def retype(self, decision: Decision) -> None:
        slug, kind = self.resolve(decision.subject_id), _kind(decision)
        if slug is not None and kind is not None:
            self.entities[slug] = replace(self.entities[slug], kind=kind)

    def result(self, delivered: Sequence[Entity], decisions: Sequence[Decision]) -> CuratedEntities:
        redirects = {slug: target for slug in self.moved if slug not in self.entities and (target := self.resolve(slug))}
        ever = {entity.slug for entity in delivered} | set(self.moved)
        ever |= {slug for decision in decisions if (slug := _text(decision, "slug")) and decision.subject is not Subject.FINDING}
        return CuratedEntities(
            tuple(replace(entity, relations=self._relations(entity)) for entity in self.entities.values()),
            redirects,
            frozenset(ever - self.entities.keys()),
        )

    def _relations(self, entity: Entity) -> tuple[Relation, ...]:
        """Ties to what is there now, none of them to the entity itself."""
        found: dict[tuple[str, str], Relation] = {}
        for relation in entity.relations:
            target = self.resolve(relation.target) or relation.target
            if target != entity.slug:
                found.setdefault((relation.kind, target), replace(relation, target=target))
        return tuple(found.values())

    def _give(self, decision: Decision, aliases: Sequence[Alias]) -> None:
        """Give names to the entity that a decision names, which is made where there is none."""
        slug, kind = _text(decision, "slug"), _kind(decision)
        if not slug or not aliases:
            return
        existing = self.resolve(slug)
        if existing is not None and not (decision.action is Action.SPLIT and existing != slug):
            self.entities[existing] = _with_aliases(self.entities[existing], aliases)
            return
        if kind is None:
            return
        name = _text(decision, "name") or aliases[0].name
        self.moved.pop(slug, None)
        self.entities[slug] = _with_aliases(Entity(slug, name, kind), aliases)


_STEPS = {Action.MERGE: _Work.merge, Action.SPLIT: _Work.split, Action.RENAME: _Work.rename, Action.RETYPE: _Work.retype}


def _with_aliases(entity: Entity, aliases: Iterable[Alias]) -> Entity:
    known = set(names_of(entity))
    own = [alias for alias in aliases if alias.name not in known or (alias.name == entity.name and _conditional(alias))]
    return replace(entity, aliases=(*entity.aliases, *{alias.name: alias for alias in own}.values()))


def _conditional(alias: Alias) -> bool:
    return bool(alias.not_before or alias.not_after or alias.needs or alias.unless)


def _surname(entity: Entity, name: str) -> str | None:
    return entity.surname if entity.surname and name.endswith(entity.surname) else None


def _text(decision: Decision, key: str) -> str:
    value = decision.details.get(key)
    return value if isinstance(value, str) else ""


def _names(decision: Decision) -> list[str]:
    """The names that a decision gives, the main one first."""
    aliases = decision.details.get("aliases")
    others = [name for name in aliases if isinstance(name, str)] if isinstance(aliases, list | tuple) else []
    return [name for name in dict.fromkeys((_text(decision, "name"), *others)) if name]


def _kind(decision: Decision) -> Kind | None:
    value = _text(decision, "kind")
    return Kind(value) if value in set(Kind) else None


def refusal(curated: CuratedEntities, decision: Decision) -> str | None:
    """Why a decision on an entity or a name makes no sense as things are, for the person who made it; ``None`` where it does."""
    if decision.subject is Subject.PROPOSAL:
        return _refused_names(curated, decision, ()) if decision.action is Action.ACCEPT else None
    entities = curated.by_slug
    entity = entities.get(curated.current(decision.subject_id))
    if entity is None:
        return f"There is no entity at {decision.subject_id!r}."
    match decision.action:
        case Action.MERGE:
            target = entities.get(curated.current(_text(decision, "into")))
            if target is None:
                return f"There is no entity at {_text(decision, 'into')!r} to merge it into."
            return f"{entity.name} is {target.name} already." if target.slug == entity.slug else None
        case Action.SPLIT:
            if entity.name in _names(decision):
                return f"{entity.name} is the name of {entity.slug} itself; rename it first, or split off other names."
            if _text(decision, "slug") == entity.slug:
                return "The new entity needs an address of its own."
            return _refused_names(curated, decision, (entity.slug,))
        case Action.RENAME:
            return _refused_rename(curated, entity, decision)
        case Action.RETYPE:
            if _kind(decision) is None:
                return f"{_text(decision, 'kind')!r} is no kind; it may be: {', '.join(Kind)}."
            return f"{entity.name} is of that kind already." if _kind(decision) is entity.kind else None
        case _:
            return f"{decision.action} is no decision on an entity."


def _refused_rename(curated: CuratedEntities, entity: Entity, decision: Decision) -> str | None:
    name, slug = _text(decision, "name"), _text(decision, "slug")
    if name == entity.name and slug in ("", entity.slug):
        return f"{entity.name} has that name and address already."
    owner = curated.owners().get(name)
    if owner not in (None, entity.slug):
        return f"{name!r} is a name of {owner}; merge the two, or choose another name."
    return _unfit(name) or (_unfit_slug(slug) or _taken(curated, slug) if slug and slug != entity.slug else None)


def _refused_names(curated: CuratedEntities, decision: Decision, whose: tuple[str, ...]) -> str | None:
    """Why the names of a decision cannot be given; ``whose`` are entities that they may have been of."""
    names, slug = _names(decision), _text(decision, "slug")
    if not names:
        return "It needs a name."
    owners = curated.owners()
    for name in names:
        if reason := _unfit(name):
            return reason
        owner = owners.get(name)
        if owner is not None and owner not in whose and owner != curated.current(slug):
            return f"{name!r} is a name of {owner} already; give it the address {owner} to make all of these its names."
    if reason := _unfit_slug(slug):
        return reason
    if curated.current(slug) in curated.by_slug and decision.action is Action.ACCEPT:
        return None
    if slug in curated.by_slug:
        return None
    return None if _kind(decision) else f"{_text(decision, 'kind')!r} is no kind; it may be: {', '.join(Kind)}."


def _unfit(name: str) -> str | None:
    if not name.strip() or name != " ".join(name.split()):
        return "A name is not empty and has single spaces between its words."
    if len(name) > MOST_CHARACTERS:
        return f"A name has at most {MOST_CHARACTERS} characters."
    return None if any(map(str.isalnum, name)) else f"{name!r} has no letter or digit."


def _unfit_slug(slug: str) -> str | None:
    if slug in RESERVED:
        return f"{slug!r} is the address of another page; choose another one."
    return None if slug and slug == slugify(slug) and slug != "-" else f"{slug!r} is no address; write words-like-these."


def _taken(curated: CuratedEntities, slug: str) -> str | None:
    return f"{slug} is the address of another entity; merge the two, or choose another." if slug in curated.by_slug else None


def proposal_key(name: str) -> str:
    """What a decision on a proposed name is recorded under: the same for all spellings that differ in case and accents only."""
    return fold(" ".join(name.split()))


def history_of(slug: str, decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that made an entity what it is: on its present and earlier addresses, and those that gave it names."""
    ordered = [decision for decision in decisions if decision.subject in (Subject.ENTITY, Subject.PROPOSAL)]
    addresses = {slug}
    while True:
        leading = {
            decision.subject_id
            for decision in ordered
            if (decision.action is Action.MERGE and _text(decision, "into") in addresses)
            or (decision.action is Action.RENAME and _text(decision, "slug") in addresses)
        }
        if leading <= addresses:
            break
        addresses |= leading
    return [
        decision
        for decision in ordered
        if (decision.subject is Subject.ENTITY and decision.subject_id in addresses)
        or _text(decision, "slug") in addresses
        or _text(decision, "into") in addresses
    ]
