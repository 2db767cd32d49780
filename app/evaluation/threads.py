"""How well stories are put into threads, against threads that were labelled by hand (``tests/data/threads.toml``).

Pairs: of two stories in one thread, how many belong there. B-cubed (A. Bagga and B. Baldwin, *Entity-based cross-document
coreferencing using the vector space model*, 1998): the same for each story and its thread, averaged over stories, so that a large
thread does not outweigh the rest and a story that stands alone counts as well.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from app.analysis.gazetteer import Gazetteer
from app.analysis.related import Comparison, rarity, thread_of
from app.analysis.stories import analyse
from app.domain.documents import ParsedDocument
from app.domain.stories import StoryFeatures


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0


@dataclass(frozen=True, slots=True)
class ThreadScores:
    """Threads found against threads labelled. ``missed`` and ``wrong`` are pairs of names: not put together, or put together."""

    stories: int
    labelled: int
    found: int
    pairs: Agreement
    b_cubed: Agreement
    missed: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]


def evaluate_threads(
    labels: Path, documents: Iterable[tuple[str, Sequence[ParsedDocument]]], gazetteer: Gazetteer
) -> ThreadScores:
    """Score the threads of stories by the labels of a TOML file.

    Args:
        labels: the labelled threads, by the names of documents without suffix.
        documents: the name of each document with its stories, of which the first counts.
        gazetteer: who can be named.

    Raises:
        ValueError: the file is not one of labelled threads, or names a document that is not there.
    """
    stories = [
        _features(number, Path(name).stem, parsed[0], gazetteer)
        for number, (name, parsed) in enumerate(sorted(documents))
        if parsed
    ]
    return score(_partition([story.slug for story in stories], read_threads(labels)), find_threads(stories))


def read_threads(path: Path) -> list[frozenset[str]]:
    """The labelled threads of a TOML file, by the names of documents.

    Raises:
        ValueError: the file is not one of labelled threads, or a document is in two of them.
    """
    try:
        threads = [frozenset(map(str, thread["chapters"])) for thread in tomllib.loads(path.read_text("utf-8"))["threads"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name} does not hold labelled threads: {error!r}") from error
    twice = [name for name, count in Counter(name for thread in threads for name in thread).items() if count > 1]
    if twice:
        raise ValueError(f"{path.name} has {', '.join(sorted(twice))} in two threads")
    return threads


def find_threads(stories: Sequence[StoryFeatures]) -> dict[str, frozenset[str]]:
    """The thread of each of some stories, by their slugs, as the program works it out among these alone."""
    counts = Counter(slug for story in stories for slug in story.entities)
    comparison = Comparison({slug: rarity(len(stories), count) for slug, count in counts.items()})
    threads = {story.slug: thread_of(story, comparison, lambda _chapter: stories) for story in stories}
    return {slug: frozenset(chapter.slug for chapter in thread.chapters) for slug, thread in threads.items()}


def score(labelled: Mapping[str, frozenset[str]], found: Mapping[str, frozenset[str]]) -> ThreadScores:
    """Compare two partitions: the thread of each story by its name."""
    right, ours = _pairs(labelled), _pairs(found)
    shared = len(right & ours)
    precision = [len(found[name] & labelled[name]) / len(found[name]) for name in labelled]
    recall = [len(found[name] & labelled[name]) / len(labelled[name]) for name in labelled]
    return ThreadScores(
        stories=len(labelled),
        labelled=_threads(labelled),
        found=_threads(found),
        pairs=Agreement(shared / len(ours) if ours else 0.0, shared / len(right) if right else 0.0),
        b_cubed=Agreement(sum(precision) / len(labelled), sum(recall) / len(labelled)),
        missed=tuple(sorted(right - ours)),
        wrong=tuple(sorted(ours - right)),
    )


def _features(number: int, name: str, document: ParsedDocument, gazetteer: Gazetteer) -> StoryFeatures:
    analysis = analyse(document, gazetteer, source_events=False)
    published = document.published.interval if document.published else None
    return StoryFeatures(
        id=number,
        public_id=name,
        slug=name,
        title=document.title.text,
        dek=" ".join(sentence.text for sentence in document.dek),
        day=published.sort_date if published and published.bounded else None,
        entities={slug: analysis.salience[slug] for slug in analysis.about},
    )


def _partition(names: Sequence[str], threads: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    partition = {name: frozenset((name,)) for name in names}
    for thread in threads:
        if missing := thread - partition.keys():
            raise ValueError(f"there is no document named {', '.join(sorted(missing))}")
        partition.update(dict.fromkeys(thread, thread))
    return partition


def _pairs(partition: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    return {pair for thread in set(partition.values()) for pair in combinations(sorted(thread), 2)}


def _threads(partition: Mapping[str, frozenset[str]]) -> int:
    return sum(len(thread) > 1 for thread in set(partition.values()))
