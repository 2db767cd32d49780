"""Which entities a story is about, and which it only mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

#: A story is about an entity of at least this salience; timelines show these by default.
ABOUT = 0.35

#: What a place in the document is worth; the weights add up to one.
TITLE, DEK, OPENING, FREQUENCY = 0.35, 0.25, 0.15, 0.25
#: Share of the summary's sentences with the entity that is worth the whole of FREQUENCY.
OFTEN = 0.25


def salience(
    title: Iterable[str], dek: Iterable[str], opening: Iterable[str], sentences: Sequence[Iterable[str]]
) -> dict[str, float]:
    """How much a story is about each of its entities, 0 to 1.

    Args:
        title: entities of the title.
        dek: entities of the dek.
        opening: entities of the first paragraph.
        sentences: for each sentence of the summary its entities.
    """
    counts = Counter(slug for found in sentences for slug in set(found))
    often = max(OFTEN * len(sentences), 1.0)
    scores: defaultdict[str, float] = defaultdict(float)
    for places, weight in ((title, TITLE), (dek, DEK), (opening, OPENING)):
        for slug in set(places):
            scores[slug] += weight
    for slug, count in counts.items():
        scores[slug] += FREQUENCY * min(count / often, 1.0)
    return {slug: min(score, 1.0) for slug, score in scores.items()}
