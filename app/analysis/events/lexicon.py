"""The words that say what happened, with the roles of whoever stands around them."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from app.domain.entities import Kind
from app.domain.events import EventType, Role

_ORGANISATIONS = frozenset((Kind.COMPANY, Kind.LAB, Kind.INVESTOR, Kind.INSTITUTION, Kind.PRODUCT))
_PEOPLE = frozenset((Kind.PERSON,))
#: Who can be what a frame asks for. Products are among the organisations: "TikTok" and "GitHub" are both.
KINDS: Mapping[str, frozenset[Kind]] = {
    "any": frozenset(Kind) - {Kind.PLACE},
    "organisation": _ORGANISATIONS,
    "person": _PEOPLE,
    "actor": _ORGANISATIONS | _PEOPLE,
    "thing": frozenset((Kind.MODEL, Kind.PRODUCT, Kind.CHIP)),
    "law": frozenset((Kind.LAW, Kind.MODEL, Kind.PRODUCT, Kind.CHIP)),
}


class Frame(NamedTuple):
    """What some verbs say: the event's type, and the roles and kinds of those before, after and beside them."""

    type: EventType
    subject: Role | None
    object: Role | None
    subject_is: frozenset[Kind]
    object_is: frozenset[Kind]
    prepositions: Mapping[str, Role]
    light: bool


class Predicate(NamedTuple):
    """Words of a sentence that say what happened. The verb itself ends at ``head``, all of them at ``end``."""

    start: int
    head: int
    end: int
    frame: Frame


class Lexicon(NamedTuple):
    """Verbs by the first two letters of their first word, and for each type its nouns as one pattern.

    Most words of a sentence need no more than one look-up.
    """

    verbs: Mapping[str, Sequence[tuple[Frame, re.Pattern[str]]]]
    nouns: Sequence[tuple[EventType, re.Pattern[str]]]


_WORD = re.compile(r"[A-Za-z][\w-]*")


@lru_cache
def load_lexicon() -> Lexicon:
    """The lexicon of ``data/events.toml``.

    Raises:
        ValueError: an entry is not as the file says it should be.
    """
    data = tomllib.loads(files("app.analysis").joinpath("data/events.toml").read_text("utf-8"))
    nouns = [(EventType(name), _pattern(words)) for name, words in data.pop("nouns").items()]
    begins: defaultdict[str, list[tuple[Frame, re.Pattern[str]]]] = defaultdict(list)
    for name, groups in data.items():
        for group in groups:
            frame = _frame(EventType(name), group)
            by_letters: defaultdict[str, list[str]] = defaultdict(list)
            for verb in group["verbs"]:
                for letters in _first_letters(verb):
                    by_letters[letters].append(verb)
            for letters, verbs in by_letters.items():
                begins[letters].append((frame, _pattern(verbs)))
    return Lexicon(dict(begins), nouns)


def find_predicates(sentence: str) -> list[Predicate]:
    """The predicates of a sentence in order; they may not overlap: the first counts, of those that begin together the longest."""
    verbs = load_lexicon().verbs
    found: list[Predicate] = []
    reach = 0
    for word in _WORD.finditer(sentence):
        candidates = verbs.get(sentence[word.start() : word.start() + 2].lower())
        if candidates is None or word.start() < reach:
            continue
        best: Predicate | None = None
        for frame, pattern in candidates:
            match = pattern.match(sentence, word.start())
            if match and (best is None or match.end() > best.end):
                best = Predicate(match.start(), word.end(), match.end(), frame)
        if best is not None:
            found.append(best)
            reach = best.head
    return found


def _frame(event_type: EventType, group: dict[str, Any]) -> Frame:
    return Frame(
        type=event_type,
        subject=Role(group["subject"]) if "subject" in group else None,
        object=Role(group["object"]) if "object" in group else None,
        subject_is=KINDS[group.get("subject_is", "any")],
        object_is=KINDS[group.get("object_is", "any")],
        prepositions={preposition: Role(role) for preposition, role in group.get("prepositions", {}).items()},
        light=group.get("light", False),
    )


def _pattern(alternatives: Sequence[str]) -> re.Pattern[str]:
    # What stands between the words of one expression does not reach over a comma. Longer ones come first.
    within = (alternative.replace(r"\S+ ", r"[^\s,;:]+ ") for alternative in sorted(alternatives, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(within)})(?!\w)", re.IGNORECASE)


def _first_letters(verb: str) -> set[str]:
    """The pairs of letters that a match of the expression ``verb`` can begin with.

    Raises:
        ValueError: it begins with something other than letters or a group of alternatives.
    """
    if plain := re.match(r"([a-z][a-z])(?![?*])", verb):
        return {plain[1]}
    if (group := re.match(r"([a-z]?)\(\?:([^()]+)\)(?![?*])(.*)", verb)) is None:
        raise ValueError(f"cannot tell how a match of {verb!r} begins: write its first two letters out")
    return {letters for alternative in group[2].split("|") for letters in _first_letters(group[1] + alternative + group[3])}
