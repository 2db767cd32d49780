"""Whether passages support a sentence, judged by what of it they lack.

A logistic function of four shares. It sees words, not meaning: a sentence that turns its source round in the same words passes.
"""

from __future__ import annotations

import math
from operator import mul
from typing import Final, NamedTuple

from app.analysis.evidence.passages import Cover
from app.analysis.evidence.terms import names

#: From here on a sentence counts as supported. Half, for the weights were fitted on as many supported as unsupported claims.
SUPPORTED: Final = 0.5


class Features(NamedTuple):
    """What the judgement is made of, each 0 to 1."""

    together: float
    """Share of the sentence's weight that one run of three sentences has, the best run of each source."""
    pairs: float
    """Share of its pairs of neighbouring terms that are neighbours in a passage too."""
    number_missing: float
    """1 where a number of the sentence is in no passage."""
    names_missing: float
    """Share of the weight that is in names which no passage has."""


#: Fitted on AttributionBench's dev set by ``dateline evaluate check support --fit``.
_WEIGHTS: Final = Features(together=1.58, pairs=2.08, number_missing=-0.98, names_missing=-1.88)
_INTERCEPT: Final = -1.27
_ENOUGH: Final = math.log(SUPPORTED / (1 - SUPPORTED))


def features(sentence: str, cover: Cover) -> Features:
    """The features of ``sentence`` and of the passages found for it."""
    return Features(cover.together, cover.pairs, _number_missing(cover), _names_missing(sentence, cover))


def _number_missing(cover: Cover) -> float:
    return float(any(term[0].isdigit() for term in cover.missing))


def _names_missing(sentence: str, cover: Cover) -> float:
    if not cover.missing:
        return 0.0
    capitalised = names(sentence)
    return sum([weight for term, weight in cover.missing.items() if term in capitalised])


def supports(sentence: str, cover: Cover) -> float:
    """How likely it is that the passages of ``cover`` support ``sentence``, 0 to 1; 0 where there is no passage."""
    if not cover.matches:
        return 0.0
    return 1 / (1 + math.exp(-_evidence(features(sentence, cover))))


def is_supported(sentence: str, cover: Cover) -> bool:
    """Whether :func:`supports` comes to at least :data:`SUPPORTED`, most often without working out all of it."""
    if not cover.matches:
        return False
    # What stands together is at least what the best passage has; all that is missing may be names, or none of it.
    best = cover.matches[0].score
    pairs, number_missing = cover.pairs, _number_missing(cover)
    if _evidence(Features(best, pairs, number_missing, sum(cover.missing.values()))) >= _ENOUGH:
        return True
    if _evidence(Features(1.0, pairs, number_missing, 0.0)) < _ENOUGH:
        return False
    missing = _names_missing(sentence, cover)
    if _evidence(Features(best, pairs, number_missing, missing)) >= _ENOUGH:
        return True
    if _evidence(Features(1.0, pairs, number_missing, missing)) < _ENOUGH:
        return False
    return _evidence(Features(cover.together, pairs, number_missing, missing)) >= _ENOUGH


def _evidence(values: Features) -> float:
    """What speaks for support less what speaks against it, as logarithm of the odds."""
    return _INTERCEPT + math.fsum(map(mul, _WEIGHTS, values))
