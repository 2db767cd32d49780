"""Which stories belong together: by the entities that they are about, by their words, and by nearness in time.

Entities count by their rarity (inverse document frequency; K. Spärck Jones, 1972), words by the cosine of their counts. Measures
of near duplicates such as MinHash do not serve here: two stories of one matter share few phrases.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.stories import StoryFeatures

#: Days between two chapters of a thread that follow each other.
CHAPTER_DAYS = 100
#: What two stories have at least in common that are chapters of one thread: of the same day, and ``CHAPTER_DAYS`` apart.
CHAPTER_NEAR, CHAPTER_FAR = 0.16, 0.24
#: Chapters of a thread that are followed.
LONGEST = 40
#: Below this two stories are not worth pointing from one to the other.
RELATED = 0.06
#: Days in which half of the weight of nearness goes.
_HALF_LIFE = 90.0
_ENTITIES, _WORDS = 0.65, 0.35
#: Rarity times salience that counts half: what two stories share when both are about one thing that is neither rare nor common.
_LITTLE = 1.5

#: The rarity of a name that one story in twenty has.
_RARE = math.log(20)

_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*\d")
#: "V4", "R1"
_VERSION = re.compile(r"\b[A-Za-z]\d+\b")
_STOP = frozenset(
    "about above after again against all almost also although always among and another any are around because been before "
    "being below between both but came can come could did does doing done down during each either else even ever every few "
    "first for from further get gets give given gives goes going had has have having her here hers him his how however into "
    "its itself just last late later least less made make makes making many may might more most much must near nearly never "
    "new next nor not now off old once one only onto other our out over own part per put puts quite rather said same say "
    "says see seen set several she should since six some soon still such take takes than that the their them then there "
    "these they this those three through time told too took two under until upon use used uses very was way well were what "
    "when where whether which while who whose why will with within without would year years yet you your million billion "
    "percent company companies".split()
)


def words_of(*texts: str) -> Counter[str]:
    """The words of a story's title and dek that say something, roughly without endings, with their counts."""
    return Counter(_stem(match[0].lower()) for text in texts for match in _WORD.finditer(text) if match[0].lower() not in _STOP)


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def rarity(stories: int, with_it: int) -> float:
    """Inverse document frequency: how much it says that two of ``stories`` share what ``with_it`` of them have."""
    return math.log((stories + 1) / (with_it + 0.5))


class Comparison:
    """Compares stories by what they share.

    Args:
        rarities: how much it says that two stories are about the same entity, by slug (:func:`rarity`).
    """

    def __init__(self, rarities: Mapping[str, float]) -> None:
        self._rarities = rarities
        self._words: dict[int, tuple[Counter[str], float]] = {}

    def similarity(self, one: StoryFeatures, other: StoryFeatures) -> float:
        """How much two stories have in common, from 0 to 1, whenever they were published."""
        return _ENTITIES * self._shared_entities(one, other) + _WORDS * self._shared_words(one, other)

    def relatedness(self, one: StoryFeatures, other: StoryFeatures) -> float:
        """The same, less for stories that are far apart in time or undated."""
        nearness = 0.0
        if one.day is not None and other.day is not None:
            nearness = 0.5 ** (abs((one.day - other.day).days) / _HALF_LIFE)
        return self.similarity(one, other) * (0.6 + 0.4 * nearness)

    def are_chapters(self, one: StoryFeatures, other: StoryFeatures) -> bool:
        """Whether two stories follow each other in one thread: about somebody in common, and alike, the more the longer apart.

        What they share is a rare name, a version or a word that is no name: neither a company nor whoever writes on much is a
        matter of its own.
        """
        if one.day is None or other.day is None or one.entities.keys().isdisjoint(other.entities):
            return False
        apart = abs((one.day - other.day).days) / CHAPTER_DAYS
        if apart > 1 or self.similarity(one, other) < CHAPTER_NEAR + apart * (CHAPTER_FAR - CHAPTER_NEAR):
            return False
        shared = one.entities.keys() & other.entities.keys()
        if any(self._rarities.get(slug, 0.0) >= _RARE for slug in shared):
            return True
        names = {_stem(word) for slug in shared for word in slug.split("-")}
        if not (self._words_of(one)[0].keys() & self._words_of(other)[0].keys()) <= names:
            return True
        ours, theirs = (set(_VERSION.findall(story.title.upper())) for story in (one, other))
        return not ours.isdisjoint(theirs)

    def _shared_entities(self, one: StoryFeatures, other: StoryFeatures) -> float:
        """Weighted Jaccard coefficient of what the stories are about, the less the less they share: one company says little."""
        shared = total = 0.0
        for slug in one.entities.keys() | other.entities.keys():
            weight = max(self._rarities.get(slug, 0.0), 0.0)
            saliences = one.entities.get(slug, 0.0), other.entities.get(slug, 0.0)
            shared += weight * min(saliences)
            total += weight * max(saliences)
        return shared / total * shared / (shared + _LITTLE) if total else 0.0

    def _shared_words(self, one: StoryFeatures, other: StoryFeatures) -> float:
        """Cosine of the counts of words in title and dek."""
        (ours, length), (theirs, other_length) = self._words_of(one), self._words_of(other)
        if not length or not other_length:
            return 0.0
        return sum(ours[word] * theirs[word] for word in ours.keys() & theirs.keys()) / (length * other_length)

    def _words_of(self, story: StoryFeatures) -> tuple[Counter[str], float]:
        """The words of a story, and the length of their vector."""
        if story.id not in self._words:
            words = words_of(story.title, story.dek)
            self._words[story.id] = words, math.sqrt(sum(count * count for count in words.values()))
        return self._words[story.id]


def most_related(
    story: StoryFeatures, candidates: Sequence[StoryFeatures], comparison: Comparison, most: int
) -> list[StoryFeatures]:
    """The candidates that have most in common with a story, the nearest first; those with too little are left out."""
    scored = [(comparison.relatedness(story, other), other) for other in candidates if other.id != story.id]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [other for score, other in scored[:most] if score >= RELATED]


class Thread(NamedTuple):
    """Chapters in time order; ``whole`` unless there are more of them than are followed."""

    chapters: list[StoryFeatures]
    whole: bool


def thread_of(
    story: StoryFeatures,
    comparison: Comparison,
    neighbours: Callable[[StoryFeatures], Sequence[StoryFeatures]],
    most: int = LONGEST,
) -> Thread:
    """The thread that a story belongs to: all that follow from it by steps from chapter to chapter.

    Whether two stories are chapters depends on nothing but the two, so every member of a whole thread leads to the same one. A
    story that has no other chapter is a thread of one. Of a thread of ``most`` chapters and more these are the nearest in time
    to the story that few steps lead to.
    """
    nearest = [(0, story.id)]
    found = {story.id: story}
    while nearest and len(found) < most:
        chapter = found[heapq.heappop(nearest)[1]]
        for other in neighbours(chapter):
            if other.id not in found and comparison.are_chapters(chapter, other):
                found[other.id] = other
                heapq.heappush(nearest, (_days_between(story, other), other.id))
    chapters = heapq.nsmallest(most, found.values(), key=lambda chapter: (_days_between(story, chapter), chapter.id))
    return Thread(sorted(chapters, key=lambda chapter: (chapter.day or date.min, chapter.id)), whole=len(found) < most)


def _days_between(one: StoryFeatures, other: StoryFeatures) -> int:
    return abs(((one.day or date.min) - (other.day or date.min)).days)
