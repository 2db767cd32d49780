"""Who is meant within one document: full names first, then what the document calls them afterwards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.analysis.gazetteer import Gazetteer, Hit, allowed
from app.domain.entities import Entity, Kind, Mention

_ACRONYM = re.compile(r"[\s,]*\([\"“]?([A-Z][A-Za-z&.\-]{1,9})[\"”]?\)")
_PREVIOUS_WORD = re.compile(r"(\S+)\s+$")
#: What may stand before a surname although it begins with a capital: titles, and words that begin sentences.
_TITLES = (
    "mr mrs ms miss dr prof professor sir judge justice president vice-president secretary governor senator chairman chief ceo "
    "cto cfo coo director founder co-founder minister commissioner representative congressman congresswoman"
)
_CLAUSE_OPENERS = (
    "when while after before but and as if since though although because for from in on at by with the then now once under "
    "according what both neither either like unlike to that where until not nor so yet or his her its their our"
)
_BEFORE_SURNAME = frozenset((*_TITLES.split(), *_CLAUSE_OPENERS.split()))


def recognise(gazetteer: Gazetteer, texts: Sequence[str]) -> list[list[Mention]]:
    """The entities of a document's texts, a list of mentions in order for each text.

    A name of the gazetteer counts under its conditions. Somebody named in full in any of the texts is recognised by surname
    in all of them, unless two people of the document share it; an acronym that is introduced in parentheses counts from then on.
    """
    hits = [gazetteer.find(text) for text in texts]
    present = {hit.name for found in hits for hit in found}
    mentions = [
        [mention for hit in found if (mention := _mention(gazetteer, text, hit, present))]
        for text, found in zip(texts, hits, strict=True)
    ]
    people = {slug for found in mentions for slug in _people(gazetteer, found)}
    local = dict(_acronyms(gazetteer, texts, mentions))
    surnames = _surnames(gazetteer.by_slug[slug] for slug in people)
    later = {**{name: (slug, "surname") for name, slug in surnames.items()}, **local}
    if later:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, later), key=len, reverse=True))})(?!\w)")
        for text, found in zip(texts, mentions, strict=True):
            found.extend(_later_mentions(text, found, pattern, later))
            found.sort(key=lambda mention: mention.start)
    return mentions


def surname(entity: Entity) -> str | None:
    """The name by which a text calls a person after the full name."""
    if entity.kind is not Kind.PERSON or " " not in entity.name:
        return None
    return entity.surname or entity.name.rpartition(" ")[2]


def _mention(gazetteer: Gazetteer, text: str, hit: Hit, present: set[str]) -> Mention | None:
    """Who a hit means; nobody where its conditions leave none or more than one."""
    owners = [
        entity
        for entity, alias in gazetteer.names.get(hit.name, ())
        if (not alias.needs or not present.isdisjoint(set(alias.needs) - {hit.name})) and allowed(alias, text, hit)
    ]
    if len(owners) != 1:
        return None
    rule = "name" if hit.name == owners[0].name else "alias"
    return Mention(owners[0].slug, hit.start, hit.end, text[hit.start : hit.end], rule)


def _people(gazetteer: Gazetteer, mentions: Iterable[Mention]) -> Iterator[str]:
    return (mention.slug for mention in mentions if gazetteer.by_slug[mention.slug].kind is Kind.PERSON)


def _surnames(people: Iterable[Entity]) -> dict[str, str]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for person in people:
        name = surname(person)
        if name:
            owners[name].add(person.slug)
    return {name: next(iter(slugs)) for name, slugs in owners.items() if len(slugs) == 1}


def _acronyms(
    gazetteer: Gazetteer, texts: Sequence[str], mentions: Sequence[Sequence[Mention]]
) -> Iterator[tuple[str, tuple[str, str]]]:
    for text, found in zip(texts, mentions, strict=True):
        for mention in found:
            match = _ACRONYM.match(text, mention.end, mention.end + 20)
            if match and match[1] not in gazetteer.names:
                letters = match[1].replace(".", "").upper()
                if _initials(mention.text).startswith(letters):
                    yield match[1], (mention.slug, "acronym")


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper() or word[0].isdigit())


def _later_mentions(
    text: str, found: Sequence[Mention], pattern: re.Pattern[str], later: dict[str, tuple[str, str]]
) -> list[Mention]:
    taken = sorted((mention.start, mention.end) for mention in found)
    position = 0
    new: list[Mention] = []
    for match in pattern.finditer(text):
        while position < len(taken) and taken[position][1] <= match.start():
            position += 1
        if position < len(taken) and taken[position][0] < match.end():
            continue
        slug, rule = later[match[0]]
        if rule == "surname" and _part_of_another_name(text, match.start()):
            continue
        new.append(Mention(slug, match.start(), match.end(), match[0], rule))
    return new


def _part_of_another_name(text: str, start: int) -> bool:
    """Whether a capitalised word stands directly before a surname that is neither a title nor the beginning of a clause."""
    match = _PREVIOUS_WORD.search(text[max(start - 40, 0) : start])
    if match is None:
        return False
    word = match[1].lstrip("\"'“‘(")
    if not word[:1].isupper() or word.endswith(("'s", "’s", ",", ".", ":", ";", "”", '"', ")")) or word.isupper():
        return False
    return word.lower().rstrip(".") not in _BEFORE_SURNAME
