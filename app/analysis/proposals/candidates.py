"""All that may be a name in the texts of a document, with its kind and how much speaks for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from app.analysis.proposals.cues import ORGANISATIONS, THINGS, Cue, context_cues, own_cues
from app.analysis.proposals.lexicon import Lexicon, load_lexicon
from app.analysis.proposals.runs import Run, find_runs, is_ordinary
from app.domain.entities import Kind, Mention

#: Everything from this strength on is a candidate: for measuring, not for people to look at.
CANDIDATE = 0.01
#: From this certainty on a candidate speaks for the kind of others: of those listed beside it, of what stands in brackets.
_SURE = 0.4
_BESIDE = 0.4
#: A text that says what something is by this weight is believed before the name's own shape.
_TOLD = 0.5
_SAME = 0.7
#: More words with capitals than that are no name but a heading, or noise.
_LONGEST_NAME = 100
#: How many places of one name are looked at for what the words around it say.
_LOOKED_AT = 4
#: What a run with nothing else to it is worth, by whether it has several words and stands inside a sentence anywhere.
_PLAIN = {(False, False): 0.08, (False, True): 0.4, (True, False): 0.45, (True, True): 0.6}
#: Ordinary words are a name when they are built like one: "Institute of Slow Machines".
_SURE_HEAD = 0.7
#: A surname alone names nobody.
_ONE_WORD_PERSON = 0.6
_TELLING = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d|[a-z]-[A-Z]")
_LINK = re.compile(r"(?:,? (?:and|or|&) |, |/| vs\.? )(?:the )?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LONGEST_LINK = 10
_SHORT = re.compile(r" \([\"“]?")


class Place(NamedTuple):
    """A candidate at characters ``start`` to ``end`` of text number ``text``."""

    text: int
    start: int
    end: int
    opens: bool


@dataclass(slots=True)
class Candidate:
    """Something that may be a name."""

    name: str
    places: list[Place] = field(default_factory=list)
    own: list[Cue] = field(default_factory=list)
    context: list[Cue] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    """Candidates and mentions in the same enumeration: names, or slugs with ``@`` before them."""
    same: set[str] = field(default_factory=set)
    """What stands in brackets behind it, or before it where it stands in brackets itself."""
    kind: Kind = Kind.PRODUCT
    certainty: float = 0.0
    """0 to 1: how sure the kind is."""
    score: float = 0.0
    """0 to 1: how much speaks for a name, of whatever kind."""


def find_candidates(
    texts: Sequence[str],
    mentions: Sequence[Sequence[Mention]],
    kinds: Mapping[str, Kind],
    known: Container[str] | None = None,
    headline: bool = False,
) -> list[Candidate]:
    """Everything in the texts of one document that may be a name and is no mention.

    Args:
        texts: a sentence or a title each.
        mentions: for each text what was recognised in it.
        kinds: of the entities that the mentions name, by slug.
        known: words that the document also has in lower case.
        headline: the first text is written with a capital on every word.
    """
    lexicon = load_lexicon()
    if known is None:
        known = {word for text in texts for word in _WORD.findall(text) if word[0].islower()}
    found: dict[str, Candidate] = {}
    for index, text in enumerate(texts):
        taken = mentions[index]
        runs = [
            run
            for run in find_runs(text, taken, lexicon, known, headline=headline and index == 0)
            if len(run.text) <= _LONGEST_NAME
        ]
        for run in runs:
            candidate = found.get(run.text)
            if candidate is None:
                candidate = found[run.text] = Candidate(
                    run.text, own=list(own_cues(run.text, lexicon, made=run.maker is not None))
                )
            if len(candidate.places) < _LOOKED_AT:
                candidate.context += context_cues(text, run, lexicon, kinds)
            candidate.places.append(Place(index, run.start, run.end, run.opens))
        if runs:
            _link(text, runs, taken, found)
    for candidate in found.values():
        _decide(candidate, lexicon, known)
    _spread(found, kinds)
    return list(found.values())


def _link(text: str, runs: Sequence[Run], taken: Sequence[Mention], found: Mapping[str, Candidate]) -> None:
    """Remember which names stand in one enumeration, and which abbreviate each other."""
    items: list[tuple[int, int, str]] = [(run.start, run.end, run.text) for run in runs]
    makers = {run.start for run in runs if run.maker is not None}
    items += [(mention.start, mention.end, f"@{mention.slug}") for mention in taken if mention.start not in makers]
    items.sort()
    chain = items[:1]
    counted = False
    for left, right in pairwise(items):
        between = text[left[1] : right[0]]
        if len(between) > _LONGEST_LINK or not _LINK.fullmatch(between):
            _join(chain, found, counted)
            chain, counted = [], False
            if _SHORT.fullmatch(between):
                _explain(left[2], right[2], found)
        else:
            counted |= between != ", "
        chain.append(right)
    _join(chain, found, counted)


def _explain(long: str, short: str, found: Mapping[str, Candidate]) -> None:
    """Remember that a name in brackets is short for the one before it."""
    for name, other in ((long, short), (short, long)):
        if name in found:
            found[name].same.add(other)


def _join(chain: Sequence[tuple[int, int, str]], found: Mapping[str, Candidate], counted: bool) -> None:
    """Let the names of an enumeration know each other; two names with nothing but a comma between them are none."""
    names = {name for _, _, name in chain}
    if len(names) > 2 or (len(names) == 2 and counted):
        for name in names:
            if name in found:
                found[name].beside |= names - {name}


def _decide(candidate: Candidate, lexicon: Lexicon, known: Container[str]) -> None:
    settle(candidate)
    candidate.score = _existence(candidate, lexicon, known)


def settle(candidate: Candidate) -> None:
    """Choose the kind for which most cues speak, the group first, then the kind within it; the same cue counts once.

    Within the group the text's word counts before the shape of the name: the phone "Pixel 8 Pro" is no model.
    """
    doubt: defaultdict[Kind, float] = defaultdict(lambda: 1.0)
    for cue in dict.fromkeys((*candidate.own, *candidate.context)):
        doubt[cue.kind] *= 1 - cue.weight
    groups: defaultdict[frozenset[Kind], float] = defaultdict(lambda: 1.0)
    for kind, left in doubt.items():
        groups[_group(kind)] *= left
    ranked = sorted(groups, key=lambda group: (groups[group], min(group)))
    if not ranked:
        candidate.kind, candidate.certainty = Kind.PRODUCT, 0.0
        return
    best = ranked[0]
    rival = 1 - groups[ranked[1]] if len(ranked) > 1 else 0.0
    told = [cue for cue in candidate.context if cue.kind in best and cue.weight >= _TOLD]
    candidate.kind = (
        max(told, key=lambda cue: (cue.weight, cue.kind)).kind
        if told
        else min(best & doubt.keys(), key=lambda kind: (doubt[kind], kind))
    )
    candidate.certainty = (1 - groups[best]) * (1 - rival / 2)


def strength(candidate: Candidate, in_sources: int = 0) -> float:
    """How much speaks for a candidate, 0 to 1: that it is a name, and that its kind is known.

    ``in_sources`` is the number of sources that have the name as well.
    """
    told = max((cue.weight for cue in candidate.context if cue.kind is candidate.kind), default=0.0)
    is_name = min(candidate.score + 0.4 * told + 0.1 * min(in_sources, 3), 1.0)
    score = is_name * (0.35 + 0.65 * candidate.certainty)
    return score * _ONE_WORD_PERSON if candidate.kind is Kind.PERSON and " " not in candidate.name else score


def same_group(one: Kind, other: Kind) -> bool:
    """Whether two kinds are of one group: organisations, things, or the same."""
    return _group(one) == _group(other)


def _group(kind: Kind) -> frozenset[Kind]:
    return ORGANISATIONS if kind in ORGANISATIONS else THINGS if kind in THINGS else frozenset((kind,))


def _existence(candidate: Candidate, lexicon: Lexicon, known: Container[str]) -> float:
    """How much speaks for a name of any kind."""
    name = candidate.name
    words = name.split()
    inside = sum(not place.opens for place in candidate.places)
    opening = len(candidate.places) - inside
    score = _PLAIN[len(words) > 1, inside > 0]
    if _TELLING.search(name):
        score += 0.2
    score += 0.1 * min(max(inside - 1, 0), 3) + 0.05 * min(opening if inside else opening - 1, 2)
    if all(is_ordinary(word.lower(), lexicon, known) for word in words):
        built = any(cue.weight >= _SURE_HEAD for cue in candidate.own)
        score *= 1.0 if built else 0.4 if len(words) > 1 else 0.25
    return min(score, 1.0)


def _spread(found: Mapping[str, Candidate], kinds: Mapping[str, Kind]) -> None:
    """Let names of one enumeration, and names that explain each other, speak for each other's kind."""
    sure = {name: (candidate.kind, candidate.certainty) for name, candidate in found.items() if candidate.certainty >= _SURE}
    for candidate in found.values():
        cues = []
        for others, weight, how in ((candidate.beside, _BESIDE, "it is listed beside"), (candidate.same, _SAME, "it stands for")):
            for other in sorted(others):
                if other[0] == "@" and (kind := kinds.get(other[1:])) is not None:
                    cues.append(Cue(kind, weight, f"{how} a known one"))
                elif other in sure:
                    kind, certainty = sure[other]
                    cues.append(Cue(kind, weight * certainty, f"{how} {other}"))
        if cues:
            candidate.context += cues
            settle(candidate)
