"""The words that say what happened, with the roles of whoever stands around them."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

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
    """What some verbs say: the event's type, and the roles and kinds of those before, after and beside them.

    ``light`` verbs leave it to another one to tell what happened, as "plans" does; of these, those that ``tells`` marks pass on
    what somebody says. ``plain`` ones tell by themselves what happened.
    """

    type: EventType
    subject: Role | None
    object: Role | None
    subject_is: frozenset[Kind]
    object_is: frozenset[Kind]
    prepositions: Mapping[str, Role]
    light: bool
    tells: bool
    plain: bool


class Predicate(NamedTuple):
    """Words of a sentence that say what happened. The verb itself ends at ``head``, all of them at ``end``."""

    start: int
    head: int
    end: int
    frame: Frame


#: A frame with its place in the file, and the pattern of those of its verbs that begin with the same two letters.
_Candidate = tuple[int, Frame, re.Pattern[str]]


class Lexicon:
    """The verbs and nouns of events, found by how they begin: one pass over a sentence, and few patterns to try after it.

    ``verbs`` has, by how a verb begins, its frame with a pattern of all of the frame that share the first two letters; ``nouns``
    has a pattern for each type, in the order in which they are tried.
    """

    def __init__(self, verbs: Mapping[str, Sequence[_Candidate]], nouns: Mapping[EventType, Sequence[str]]) -> None:
        self._verb_stems = list(verbs)
        self._frames = list(verbs.values())
        self._verbs = AhoCorasick(self._verb_stems)
        self._candidates: dict[tuple[int, ...], Sequence[_Candidate]] = {}
        self._types = [(event_type, _pattern(words)) for event_type, words in nouns.items()]
        stems = [(stem, at) for at, words in enumerate(nouns.values()) for word in words for stem in _stems(word)]
        self._nouns = AhoCorasick([stem for stem, _ in stems])
        self._noun_types = [at for _, at in stems]

    def frames_in(self, sentence: str) -> list[tuple[int, Sequence[_Candidate]]]:
        """Places of a sentence at which a verb may begin, in order, with the frames that it may have."""
        found: dict[int, tuple[int, ...]] = {}
        for stem, start, _ in self._verbs.find_matches_as_indexes(_lower(sentence), overlapping=True):
            if start in found:
                found[start] += (stem,)
            elif not start or (before := sentence[start - 1]) == " " or not _is_inside(before) or _begins(sentence, start):
                found[start] = (stem,)
        return [(start, self._candidates_of(found[start])) for start in sorted(found)]

    def _candidates_of(self, stems: tuple[int, ...]) -> Sequence[_Candidate]:
        """The frames of verbs that begin with any of some stems, in the order of the file; the same ones come again and again."""
        known = self._candidates.get(stems)
        if known is None:
            candidates = {(candidate[0], candidate[2].pattern): candidate for stem in stems for candidate in self._frames[stem]}
            known = self._candidates[stems] = sorted(candidates.values(), key=lambda item: item[0])
        return known

    def type_of_nouns(self, text: str, pieces: Iterable[tuple[int, int]]) -> EventType | None:
        """The type whose nouns stand in pieces (start, end) of a text: the first in the order of types.

        What something happens about or amid is not what happens.
        """
        best = len(self._types)
        for start, end in pieces:
            for stem, place, _ in self._nouns.find_matches_as_indexes(_lower(text[start:end]), overlapping=True):
                at = self._noun_types[stem]
                is_noun = at < best and self._types[at][1].match(text, start + place, end)
                if is_noun and not _OCCASION.search(text, max(start + place - 40, start), start + place):
                    best = at
        return self._types[best][0] if best < len(self._types) else None


_OCCASION = re.compile(r"\b(?:over|about|amid|despite)\s(?:(?:an?|the|its|his|her|their)\s)?(?:[\w-]+\s){0,2}$")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_LETTER = re.compile(r"[A-Za-z]")


@lru_cache
def load_lexicon() -> Lexicon:
    """The lexicon of ``data/events.toml``.

    Raises:
        ValueError: an entry is not as the file says it should be.
    """
    data = tomllib.loads(files("app.analysis").joinpath("data/events.toml").read_text("utf-8"))
    nouns = {EventType(name): words for name, words in data.pop("nouns").items()}
    verbs: defaultdict[str, list[_Candidate]] = defaultdict(list)
    groups = [(name, group) for name, named in data.items() for group in named]
    for order, (name, group) in enumerate(groups):
        frame = _frame(EventType(name), group)
        by_letters: defaultdict[str, dict[str, None]] = defaultdict(dict)
        stems: defaultdict[str, set[str]] = defaultdict(set)
        for verb in group["verbs"]:
            for stem in _stems(verb):
                by_letters[stem[:2]][verb] = None
                stems[stem[:2]].add(stem)
        for letters, alternatives in by_letters.items():
            pattern = _pattern(list(alternatives))
            for stem in sorted(stems[letters]):
                verbs[stem].append((order, frame, pattern))
    return Lexicon(verbs, nouns)


def find_predicates(sentence: str) -> list[Predicate]:
    """The predicates of a sentence in order; they may not overlap: the first counts, of those that begin together the longest."""
    found: list[Predicate] = []
    reach = 0
    for start, candidates in load_lexicon().frames_in(sentence):
        if start < reach:
            continue
        best: tuple[int, Frame] | None = None
        for _, frame, pattern in candidates:
            match = pattern.match(sentence, start)
            if match and (best is None or match.end() > best[0]):
                best = match.end(), frame
        word = _WORD.match(sentence, start) if best is not None else None
        if best is not None and word is not None:
            found.append(Predicate(start, word.end(), best[0], best[1]))
            reach = word.end()
    return found


def _is_inside(character: str) -> bool:
    """Whether a character may stand within a word."""
    return character.isalnum() or character in "_-"


def _begins(sentence: str, start: int) -> bool:
    """Whether a word begins at ``start`` after a dash: "-led", but not "co-led"."""
    at = start - 1
    while at >= 0 and _is_inside(sentence[at]):
        if _LETTER.match(sentence, at):
            return False
        at -= 1
    return True


def _lower(text: str) -> str:
    """Lower case, character by character: places stay what they are."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(map(_lower_character, text))


def _lower_character(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _frame(event_type: EventType, group: dict[str, Any]) -> Frame:
    light, statement = group.get("light", False), event_type is EventType.STATEMENT
    return Frame(
        type=event_type,
        subject=Role(group["subject"]) if "subject" in group else None,
        object=Role(group["object"]) if "object" in group else None,
        subject_is=KINDS[group.get("subject_is", "any")],
        object_is=KINDS[group.get("object_is", "any")],
        prepositions={preposition: Role(role) for preposition, role in group.get("prepositions", {}).items()},
        light=light,
        tells=light and statement,
        plain=not light and not statement,
    )


def _pattern(alternatives: Sequence[str]) -> re.Pattern[str]:
    # What stands between the words of one expression does not reach over a comma. Longer ones come first. A word before a hyphen
    # makes part of another one ("open-source", "launch-day").
    within = (alternative.replace(r"\S+ ", r"[^\s,;:]+ ") for alternative in sorted(alternatives, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(within)})(?!-?\w)", re.IGNORECASE)


_PLAIN = re.compile(r"(?:[a-z -](?![?*+{]))*")
_GROUP = re.compile(r"\(\?:([^()]+)\)(?![?*+{])")


def _stems(verb: str) -> set[str]:
    """What a match of the expression ``verb`` can begin with, as far as that is told without choices.

    Raises:
        ValueError: that is less than two letters.
    """
    stems = set(_beginnings(verb))
    if any(len(stem) < _SHORTEST for stem in stems):
        raise ValueError(f"cannot tell how a match of {verb!r} begins: write its first two letters out")
    return stems


#: Letters that a stem has at least.
_SHORTEST = 2


def _beginnings(expression: str, before: str = "") -> Iterator[str]:
    plain = _PLAIN.match(expression)
    assert plain is not None, "the pattern may be empty"
    before += plain[0]
    group = _GROUP.match(expression, plain.end())
    if group is None:
        yield before
        return
    for alternative in group[1].split("|"):
        yield from _beginnings(alternative + (expression[group.end() :] if _PLAIN.fullmatch(alternative) else ""), before)
