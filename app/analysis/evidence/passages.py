"""Which sentences of the sources carry what a sentence says.

Two sentences are compared by the terms that they share, each weighed by how rare it is (IDF; Spärck Jones 1972) and numbers more
than words: the score of a passage is the share of the sentence's weight that it has. Order needs a little more: a passage is
better where it has the sentence's words next to each other, where the sentence before it has what it lacks (a pronoun stands for
that), and where it is a sentence rather than a heading or a list (:mod:`.priors`). Several are chosen by the greedy set cover.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Final, Generic, NamedTuple, TypeVar

from app.analysis.evidence.priors import prior
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
_CANDIDATES: Final = 12
"""So many passages with the highest scores are put in order by more than their score."""
_ORDERED: Final = 3
"""So many of them are asked for at most."""
_ROUNDING: Final = 1e-9
_LEAST_GAIN: Final = 0.03
"""A further passage must add that share of the sentence's weight."""
_RUN: Final = 3
"""So many sentences one after the other stand together."""

_LOOKED_UP: Final = 800
"""So many places of a sentence's terms are looked up in one source. Where there are more, only the first :data:`_RARE` passages
with its rarest terms are compared: only a long source that says the same again and again has that many, and time stays linear."""
_RARE: Final = 60
_FEW: Final = 400
"""With at most so many passages all sources are looked up at once, because most sentences are looked for in all in the end, and
into a list of all passages, which is quicker than a table of those that have any of the sentence."""

_Held = list[tuple[str, list[int]]]
"""Terms, each with the places of the passages that have it."""
_T = TypeVar("_T")


class Passage(NamedTuple):
    """A sentence of a source: characters ``start`` to ``end`` (end excluded) of the text of source number ``source``."""

    source: int
    start: int
    end: int
    text: str


# Not frozen: those are slow to make, and every sentence makes some.
@dataclass(slots=True)
class Match:
    """A passage, its place in :attr:`Passages.all`, and the share (0 to 1) of a sentence's weight that it has."""

    passage: Passage
    index: int
    score: float


class _Once(dict[int, _T], Generic[_T]):
    """What ``work`` makes of a passage by its place, worked out when it is first asked for."""

    def __init__(self, work: Callable[[int], _T]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, index: int) -> _T:
        found = self[index] = self._work(index)
        return found


class _Rarities(dict[str, float]):
    """The inverse document frequency of terms, over the passages and the background; numbers count more."""

    def __init__(self, postings: Mapping[str, Sequence[int]], passages: int) -> None:
        super().__init__()
        self._postings = postings
        sentences = 1 + passages + _BACKGROUND
        self._of_count = _Once(lambda held: math.log(1 + sentences / (1 + held)))
        self._of_everyday = _Once(lambda held: math.log(1 + sentences / (1 + (held + _BACKGROUND * _EVERYDAY_SHARE))))

    def __missing__(self, term: str) -> float:
        held = len(self._postings.get(term, ()))
        rarity = self._of_everyday[held] if term in EVERYDAY else self._of_count[held]
        if term[0].isdigit():
            rarity *= _NUMBER
        self[term] = rarity
        return rarity


class Passages:
    """The sentences of a document's sources, ready to be compared with those of its summary. Built once for each document."""

    __slots__ = ("all", "different", "of_source", "pairs", "postings", "priors", "rarities", "source_of")

    def __init__(self, sources: Sequence[tuple[int, str]], bounds: Sequence[Sequence[tuple[int, int]]] | None = None) -> None:
        """Index the sentences of ``sources``, pairs of a source's own number and its text. Time is linear in their length.

        ``bounds`` are the sentences of each text, if they are known (see :func:`~app.analysis.sentences.split_sentences`).
        """
        if bounds is None:
            bounds = [split_sentences(text) for _, text in sources]
        self.all: tuple[Passage, ...] = tuple(
            [
                Passage(number, start, end, text[start:end])
                for (number, text), found in zip(sources, bounds, strict=True)
                for start, end in found
            ]
        )
        self.source_of = [passage.source for passage in self.all]
        """The number of each passage's source."""
        ends = list(accumulate(map(len, bounds)))
        self.of_source = {
            number: range(end - len(found), end) for (number, _), found, end in zip(sources, bounds, ends, strict=True)
        }
        """The places of each source's passages."""
        texts = [passage.text for passage in self.all]
        in_order = list(map(terms, texts))
        self.different = _Once(lambda index: frozenset(in_order[index]))
        """The terms of a passage, each once."""
        self.pairs = _Once(lambda index: frozenset(pairwise(in_order[index])))
        """The pairs of neighbouring terms of a passage."""
        places = [place / len(found) for found in bounds for place in range(len(found))]
        self.priors = list(map(prior, texts, map(len, in_order), places))
        """What the rank of a passage is multiplied by."""
        self.postings: defaultdict[str, list[int]] = defaultdict(list)
        """The passages that have a term, in order."""
        postings = self.postings
        for index, held in enumerate(in_order):
            for term in frozenset(held):
                postings[term].append(index)
        self.rarities = _Rarities(postings, len(self.all))

    def best(self, sentence: str, limit: int = 3, sources: Collection[int] | None = None) -> list[Match]:
        """The passages that have most of ``sentence``, the best first; only those of ``sources`` if given."""
        return self.query(sentence).best(limit, sources)

    def cover(self, sentence: str, limit: int = 3, sources: Collection[int] | None = None) -> Cover:
        """At most ``limit`` passages that have most of ``sentence`` together; each after the best one adds to those before it."""
        return self.query(sentence).cover(limit, sources)

    def query(self, sentence: str) -> Query:
        """A sentence to be looked for more than once."""
        return Query(self, sentence)

    def before(self, index: int) -> frozenset[str]:
        """The terms of the passage right before one in the same source, none where there is no such passage."""
        follows = index > 0 and self.source_of[index - 1] == self.source_of[index]
        return self.different[index - 1] if follows else frozenset()


class Query:
    """A sentence that is looked for in passages. What all of its answers need is worked out once."""

    def __init__(self, passages: Passages, sentence: str) -> None:
        self._passages = passages
        self.terms = terms(sentence)
        rarity_of = passages.rarities
        rarities = {term: rarity_of[term] for term in self.terms}
        total = sum(rarities.values())
        weights = {term: rarity / total for term, rarity in rarities.items()}
        self.weights: Mapping[str, float] = weights
        """The different terms of the sentence with their shares of its weight, which add up to 1."""
        self._terms = frozenset(rarities)
        #: How often the most frequent term is in the sentence.
        self._repeated = 1 if len(self.terms) == len(weights) else max(map(self.terms.count, weights))
        self.pairs: Mapping[tuple[str, str], float] = {pair: weights[pair[0]] + weights[pair[1]] for pair in pairwise(self.terms)}
        """The pairs of neighbouring terms of the sentence, each with the weight of both."""
        self._different_pairs = frozenset(self.pairs)
        self._weight_of_pairs = sum(self.pairs.values()) or 1.0
        held = self._held(weights)
        # Terms that no source has are the same to every passage; what counts is the share of what can be had at all.
        self.known = sum([weights[term] for term, _ in held]) or 1.0
        """The share of its weight that is in terms which some source has."""
        #: Whether all sources are looked up at once, otherwise one by one as they are asked for.
        self._at_once = len(passages.all) <= _FEW and sum([len(places) for _, places in held]) <= _LOOKED_UP
        #: The share of the weight that passages of the sources looked up so far have, where they are not looked up at once.
        self._table: dict[int, float] = {}
        #: The share of the weight that each passage has.
        self._shares: Mapping[int, float] | Sequence[float] = self._listed(held) if self._at_once else self._table
        self._by_source: dict[int, dict[int, float]] = {}
        #: The candidates' ranks, negative, so that the best one comes first.
        self._ranks: dict[int, float] = {}
        self._matches: dict[int, Match] = {}
        self._found: dict[frozenset[int] | None, tuple[list[int], list[int]]] = {}
        #: The sources that have passages with terms of the sentence that are not among the shares.
        self._partial: set[int] = set()

    def best(self, limit: int = 3, sources: Collection[int] | None = None) -> list[Match]:
        """See :meth:`Passages.best`."""
        _, order = self._looked_up(sources)
        return [self._match(index) for index in order[:limit]]

    def cover(self, limit: int = 3, sources: Collection[int] | None = None) -> Cover:
        """See :meth:`Passages.cover`."""
        ranked, order = self._looked_up(sources)
        chosen = order[:1]
        missing = self._without(self.weights, chosen)
        while chosen and len(chosen) < limit:
            index = self._adds_most(missing, sources, ranked)
            if index is None:
                break
            chosen.append(index)
            missing = self._without(missing, (index,))
        score = max(0.0, 1.0 - sum(missing.values())) if chosen else 0.0
        return Cover(self, tuple([self._match(index) for index in chosen]), score, missing)

    def sources_with(self, share: float) -> set[int]:
        """The sources that have a passage with at least so much of its weight."""
        source_of, shares = self._passages.source_of, self._shares
        return {source_of[index] for index in self._places(None) if shares[index] >= share}

    def pairs_held(self, chosen: Iterable[int]) -> float:
        """The share of the sentence's pairs that passages have."""
        if not self.pairs:
            return 0.0
        held = [self._different_pairs & self._passages.pairs[index] for index in chosen]
        return len(frozenset().union(*held)) / len(self.pairs)

    def together(self, chosen: Iterable[int]) -> float:
        """The share of the weight that stands together: in one run of sentences around the best passage of each source."""
        passages = self._passages
        best = {passages.source_of[index]: index for index in reversed(tuple(chosen))}
        left: frozenset[str] = self._terms
        for source, index in best.items():
            near = range(max(index - _RUN + 1, 0), min(index + _RUN, len(passages.all)))
            held = {place: left & passages.different[place] for place in near if passages.source_of[place] == source}
            runs: list[frozenset[str]] = []
            for start in range(index - _RUN + 1, index + 1):
                run = [held[place] for place in range(start, start + _RUN) if place in held]
                runs.append(run[0].union(*run[1:]))
            heaviest = max(runs, key=self._weight)
            left -= heaviest
        return max(0.0, 1.0 - self._weight(left))

    def _match(self, index: int) -> Match:
        found = self._matches.get(index)
        if found is None:
            found = self._matches[index] = Match(self._passages.all[index], index, min(self._shares[index], 1.0))
        return found

    def _weight(self, held: Iterable[str]) -> float:
        return math.fsum(map(self.weights.__getitem__, held))

    def _without(self, weights: Mapping[str, float], chosen: Iterable[int]) -> Mapping[str, float]:
        """Those of the weights whose terms none of the chosen passages has."""
        for index in chosen:
            held = self._passages.different[index]
            weights = {term: weight for term, weight in weights.items() if term not in held}
        return weights

    def _looked_up(self, sources: Collection[int] | None) -> tuple[list[int], list[int]]:
        """The passages that have any of the sentence, those with the highest shares first, and the best of them in order."""
        key = None if sources is None else frozenset(sources)
        found = self._found.get(key)
        if found is None:
            # Of equals the first in the text comes first.
            ranked = sorted(self._places(key), key=self._shares.__getitem__, reverse=True)
            found = self._found[key] = ranked, self._order(ranked)
        return found

    def _places(self, sources: frozenset[int] | None) -> Sequence[int]:
        """The passages of some sources or of all in order, those at least that have any of the sentence."""
        of_source = self._passages.of_source
        if self._at_once and sources is None:
            return range(len(self._passages.all))
        among = [source for source in of_source if sources is None or source in sources]
        if self._at_once:
            return list(chain.from_iterable([of_source[source] for source in among]))
        return sorted(chain.from_iterable([self._shares_of(source) for source in among]))

    def _shares_of(self, source: int) -> dict[int, float]:
        """The share of the weight that the passages of a source have, looked up once."""
        shares = self._by_source.get(source)
        if shares is None:
            held = self._held(self.weights, source)
            if sum([len(places) for _, places in held]) > _LOOKED_UP:
                self._partial.add(source)
                shares = self._shares_of_rare(held)
            else:
                shares = self._sums(held)
            self._by_source[source] = shares
            self._table |= shares
        return shares

    def _held(self, terms: Iterable[str], source: int | None = None) -> _Held:
        """Those of the terms that passages have, each with these passages; only passages of ``source`` if given."""
        postings = self._passages.postings
        held = [(term, postings[term]) for term in terms if term in postings]
        if source is None:
            return held
        own = self._passages.of_source[source]
        first, end = own.start, own.stop
        cut = [(term, places[bisect_left(places, first) : bisect_left(places, end)]) for term, places in held]
        return [(term, places) for term, places in cut if places]

    def _sums(self, held: _Held) -> dict[int, float]:
        """The weights of terms added up by passage; ``held`` are the passages that have each."""
        sums: dict[int, float] = {}
        for term, places in held:
            weight = self.weights[term]
            for index in places:
                sums[index] = sums.get(index, 0.0) + weight
        return sums

    def _listed(self, held: _Held) -> list[float]:
        """The same for every passage."""
        sums = [0.0] * len(self._passages.all)
        for term, places in held:
            weight = self.weights[term]
            for index in places:
                sums[index] += weight
        return sums

    def _shares_of_rare(self, held: _Held) -> dict[int, float]:
        """The same for the first passages that have the rarest terms."""
        candidates: dict[int, None] = {}
        for _, found in sorted(held, key=lambda item: (len(item[1]), item[0])):
            candidates |= dict.fromkeys(found[: _RARE - len(candidates)])
            if len(candidates) >= _RARE:
                break
        return {index: self._weight(self._terms & self._passages.different[index]) for index in sorted(candidates)}

    def _adds_most(self, missing: Mapping[str, float], sources: Collection[int] | None, ranked: Iterable[int]) -> int | None:
        """Which of ``ranked``, passages of ``sources``, adds most of the terms that are still missing; of equals the first."""
        gains: dict[int, float] | list[float]
        if self._at_once:
            gains = self._listed(self._held(missing))
        else:
            gains = dict.fromkeys(ranked, 0.0)
            for source in self._passages.of_source if sources is None else sources:
                gains |= self._gains(missing, source)
        most = max(ranked, key=gains.__getitem__)
        return most if gains[most] >= _LEAST_GAIN else None

    def _gains(self, missing: Mapping[str, float], source: int) -> dict[int, float]:
        """How much of the missing terms the passages of a source have; of one of which only some have a share, only those."""
        held = self._held(missing, source)
        if source not in self._partial or not held:
            return self._sums(held)
        different = self._passages.different
        return {index: sum([missing[term] for term, _ in held if term in different[index]]) for index in self._by_source[source]}

    def _order(self, ranked: Sequence[int]) -> list[int]:
        """The :data:`_ORDERED` best of the passages with the highest shares, the best first; of equals the first in the text."""
        shares, ranks, known, priors = self._shares, self._ranks, self.known, self._passages.priors
        # Neighbours can add no more than twice a passage's share, or that as often as a term is repeated.
        most_adjacent = _ADJACENT * 2 * self._repeated / self._weight_of_pairs
        worst = 1.0
        best: list[tuple[float, int]] = []
        for index in ranked[:_CANDIDATES]:
            share = shares[index]
            if not share:
                break
            rank = ranks.get(index)
            if rank is None:
                # Most have so small a share that nothing else can bring them among the best. The sentence before can add no
                # more than the passage lacks; those that follow have smaller shares …
                most_before = known - share
                if -(share + _BEFORE * most_before) / known - share * most_adjacent > worst:
                    break
                # … and no more than it has itself.
                if self._at_once and (share_before := shares[index - 1] if index else 0.0) < most_before:
                    most_before = share_before
                    if (-(share + _BEFORE * most_before) / known - share * most_adjacent) * priors[index] > worst:
                        continue
                rank = ranks[index] = self._rank_of(index, share, most_before > 0)
            best.append((rank, index))
            if len(best) >= _ORDERED:
                best.sort()
                del best[_ORDERED:]
                worst = best[-1][0] + _ROUNDING
        return [index for _, index in sorted(best)]

    def _rank_of(self, index: int, share: float, may_lean: bool) -> float:
        """What a passage is ordered by, less for a better one; ``may_lean``: whether the one before may have what it lacks."""
        passages = self._passages
        if may_lean and (before := (self._terms & passages.before(index)) - passages.different[index]):
            share += _BEFORE * self._weight(before)
        rank = -share / self.known
        neighbours = self._different_pairs & passages.pairs[index]
        if neighbours:
            rank -= _ADJACENT * math.fsum(map(self.pairs.__getitem__, neighbours)) / self._weight_of_pairs
        return rank * passages.priors[index]


class Cover(NamedTuple):
    """Passages that carry a sentence together, the best first; ``score`` is the share of its weight that all of them have.

    ``missing`` are the terms that none of them has (see :func:`~app.analysis.evidence.terms.terms`), each with its share of the
    weight.
    """

    query: Query
    matches: tuple[Match, ...]
    score: float
    missing: Mapping[str, float]

    @property
    def together(self) -> float:
        """The share of the weight that a run of three sentences has, the best run of each source.

        Words of the sentence that are scattered over a long text support it less.
        """
        return self.query.together(match.index for match in self.matches) if self.matches else 0.0

    @property
    def pairs(self) -> float:
        """The share of the sentence's pairs of neighbouring terms that are neighbours in one of the passages too."""
        return self.query.pairs_held(match.index for match in self.matches)
