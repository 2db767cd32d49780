"""Whether passages support a sentence, judged by what of it they lack.

A logistic function of four shares. It sees words, not meaning: a sentence that turns its source round in the same words passes.
"""

from __future__ import annotations

import math
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


#: Fitted on AttributionBench's dev set by ``dateline evaluate support --fit``.
_WEIGHTS: Final = Features(together=1.58, pairs=2.08, number_missing=-0.98, names_missing=-1.88)
_INTERCEPT: Final = -1.27


def features(sentence: str, cover: Cover) -> Features:
    """The features of ``sentence`` and of the passages found for it."""
    capitalised = names(sentence) if cover.missing else frozenset()
    return Features(
        cover.together,
        cover.pairs,
        float(any(term[0].isdigit() for term in cover.missing)),
        sum(weight for term, weight in cover.missing.items() if term in capitalised),
    )


def supports(sentence: str, cover: Cover) -> float:
    """How likely it is that the passages of ``cover`` support ``sentence``, 0 to 1; 0 where there is no passage."""
    if not cover.matches:
        return 0.0
    pairs = zip(_WEIGHTS, features(sentence, cover), strict=True)
    return 1 / (1 + math.exp(-_INTERCEPT - sum(weight * value for weight, value in pairs)))
