"""Which sentences of the sources carry what a sentence says.

Two sentences are compared by the terms that they share, each weighed by how rare it is (IDF; Spärck Jones 1972) and numbers more
than words: the score of a passage is the share of the sentence's weight that it has. Order needs a little more: a passage is
better where it has the sentence's words next to each other, where the sentence before it has what it lacks (a pronoun stands for
that), and where it is running prose rather than a heading. Several passages are chosen by the greedy set cover.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from typing import Final, NamedTuple

from app.analysis.evidence.terms import EVERYDAY, terms
from app.analysis.sentences import split_sentences

# What follows was chosen on the 349 claims of WiCE's dev set.
_NUMBER: Final = 2.0
"""How much more a number weighs than a word that is as rare."""
_BACKGROUND: Final = 40
"""Sentences of ordinary English that are counted with those of the sources, so that few sources give sound weights as well."""
_EVERYDAY_SHARE: Final = 0.02
"""Share of ordinary sentences that have a given everyday word. Any other word is in none of them."""
_BEFORE: Final = 0.2
"""What a term in the sentence before counts for the order, where 1 is the same term in the passage."""
_ADJACENT: Final = 0.3
"""What two terms next to each other in both add to the order, where the terms themselves count 1."""
_HEADING: Final = 0.85
"""The rank of a heading or a table's row beside that of a sentence with the same words."""
_CANDIDATES: Final = 12
"""So many passages with the highest scores are put in order by more than their score."""
_LEAST_GAIN: Final = 0.03
"""A further passage must add that share of the sentence's weight."""
_RUN: Final = 3
"""So many sentences one after the other stand together."""
_PROSE_ENDS: Final = (".", "!", "?", '"', "”", "’", "'", ")", "…")


class Passage(NamedTuple):
    """A sentence of a source: characters ``start`` to ``end`` (end excluded) of the text of source number ``source``."""

    source: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A passage, its place in :attr:`Passages.all`, and the share (0 to 1) of a sentence's weight that it has."""

    passage: Passage
    index: int
    score: float


class Cover(NamedTuple):
    """Passages that carry a sentence together, the best first; ``score`` is the share of its weight that all of them have.

    ``together`` is the share that a run of three sentences has, the best run of each source; words of the sentence that are
    scattered over a long text support it less. ``pairs`` is the share of its pairs of neighbouring terms that are neighbours in one of them too; ``missing`` the terms that
    none of them has (see :func:`~app.analysis.evidence.terms.terms`), each with its share of the weight.
    """

    matches: tuple[Match, ...]
    score: float
    together: float
    pairs: float
    missing: Mapping[str, float]


class Passages:
    """The sentences of a document's sources, ready to be compared with those of its summary. Built once for each document."""

    __slots__ = ("_postings", "_terms", "all")

    def __init__(self, sources: Sequence[tuple[int, str]]) -> None:
        """Split and index the texts of ``sources``, pairs of a source's number and its text. Time is linear in their length."""
        self.all: tuple[Passage, ...] = tuple(
            Passage(number, start, end, text[start:end]) for number, text in sources for start, end in split_sentences(text)
        )
        self._terms = [terms(passage.text) for passage in self.all]
        self._postings: dict[str, list[int]] = {}
        for index, found in enumerate(self._terms):
            for term in set(found):
                self._postings.setdefault(term, []).append(index)

    def best(self, sentence: str, limit: int = 3, sources: Collection[int] | None = None) -> list[Match]:
        """The passages that have most of ``sentence``, the best first; only those of ``sources`` if given."""
        found = terms(sentence)
        weights = self._weigh(found)
        shares = self._shares(weights, sources)
        return [Match(self.all[index], index, min(shares[index], 1.0)) for index in self._rank(found, weights, shares, limit)]

    def cover(self, sentence: str, limit: int = 3, sources: Collection[int] | None = None) -> Cover:
        """At most ``limit`` passages that have most of ``sentence`` together; each after the best one adds to those before it."""
        found = terms(sentence)
        weights = self._weigh(found)
        shares = self._shares(weights, sources)
        chosen = self._rank(found, weights, shares, 1)
        missing = self._without(weights, chosen)
        while chosen and len(chosen) < limit:
            gains = self._shares(missing, sources)
            index = min(gains, key=lambda index: (-gains[index], -shares[index], index), default=None)
            if index is None or gains[index] < _LEAST_GAIN:
                break
            chosen.append(index)
            missing = self._without(missing, (index,))
        pairs = set(pairwise(found))
        held = pairs.intersection(pair for index in chosen for pair in pairwise(self._terms[index]))
        return Cover(
            tuple(Match(self.all[index], index, min(shares[index], 1.0)) for index in chosen),
            max(0.0, 1.0 - sum(missing.values())) if chosen else 0.0,
            max(0.0, self._together(weights, chosen)) if chosen else 0.0,
            len(held) / len(pairs) if pairs else 0.0,
            missing,
        )

    def _without(self, weights: Mapping[str, float], chosen: Iterable[int]) -> dict[str, float]:
        """Those of the weights whose terms none of the chosen passages has."""
        held = {term for index in chosen for term in self._terms[index]}
        return {term: weight for term, weight in weights.items() if term not in held}

    def _weigh(self, found: Sequence[str]) -> dict[str, float]:
        """The different terms of a sentence with their shares of its weight, which add up to 1."""
        weights = {term: self._rarity(term) * (_NUMBER if term[0].isdigit() else 1.0) for term in found}
        total = sum(weights.values())
        return {term: weight / total for term, weight in weights.items()}

    def _rarity(self, term: str) -> float:
        """The inverse document frequency of a term, over the passages and the background."""
        held = len(self._postings.get(term, ())) + (_BACKGROUND * _EVERYDAY_SHARE if term in EVERYDAY else 0.0)
        return math.log(1 + (1 + len(self.all) + _BACKGROUND) / (1 + held))

    def _shares(self, weights: Mapping[str, float], sources: Collection[int] | None) -> dict[int, float]:
        """The share of the weight that each passage has that has any."""
        shares: dict[int, float] = {}
        for term, weight in weights.items():
            for index in self._postings.get(term, ()):
                shares[index] = shares.get(index, 0.0) + weight
        if sources is None:
            return shares
        return {index: share for index, share in shares.items() if self.all[index].source in sources}

    def _rank(self, found: Sequence[str], weights: Mapping[str, float], shares: Mapping[int, float], limit: int) -> list[int]:
        """The ``limit`` best passages, the best first; of equals the first in the text."""
        candidates = nsmallest(max(limit, _CANDIDATES), shares, key=lambda index: (-shares[index], index))
        pairs = {pair: weights[pair[0]] + weights[pair[1]] for pair in pairwise(found)}
        whole = sum(pairs.values()) or 1.0
        # Terms that no source has are the same to every passage; what counts is the share of what can be had at all.
        known = sum(weight for term, weight in weights.items() if term in self._postings) or 1.0

        def rank(index: int) -> float:
            neighbours = set(pairwise(self._terms[index]))
            adjacent = sum(weight for pair, weight in pairs.items() if pair in neighbours)
            value = (shares[index] + _BEFORE * self._before(index, weights)) / known + _ADJACENT * adjacent / whole
            return value if self.all[index].text.endswith(_PROSE_ENDS) else value * _HEADING

        ranks = {index: rank(index) for index in candidates}
        return sorted(candidates, key=lambda index: (-ranks[index], index))[:limit]

    def _before(self, index: int, weights: Mapping[str, float]) -> float:
        """The share of the weight that the sentence before a passage adds to it."""
        if index == 0 or self.all[index - 1].source != self.all[index].source:
            return 0.0
        own, before = self._terms[index], self._terms[index - 1]
        return sum(weight for term, weight in weights.items() if term in before and term not in own)

    def _together(self, weights: Mapping[str, float], chosen: Iterable[int]) -> float:
        """The share of the weight that stands together: in one run of sentences around the best passage of each source."""
        best = {self.all[index].source: index for index in reversed(tuple(chosen))}
        left = dict(weights)
        for source, index in best.items():
            near = range(max(index - _RUN + 1, 0), min(index + _RUN, len(self.all)))
            held = {place: weights.keys() & self._terms[place] for place in near if self.all[place].source == source}
            runs = [
                set().union(*(held.get(start + step, ()) for step in range(_RUN))) for start in range(index - _RUN + 1, index + 1)
            ]
            run = max(runs, key=lambda run: sum(weight for term, weight in weights.items() if term in run))
            left = {term: weight for term, weight in left.items() if term not in run}
        return 1.0 - sum(left.values())
