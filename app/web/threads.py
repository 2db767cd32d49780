"""The stories around a story: its thread, and others that have something in common with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.analysis.related import Comparison, most_related, rarity, thread_of
from app.domain.stories import StoryFeatures
from app.store.related import neighbours, story_counts, story_features

#: Stories that a page points to besides those of the thread.
_MOST_RELATED = 5
#: Names that a thread is told by.
_NAMES = 6


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A thread in time order (of one, where a story stands alone), and related stories outside of it, the nearest first.

    ``whole`` unless the thread is longer than it is followed; it is what is nearest to the story then.
    """

    story: StoryFeatures
    thread: tuple[StoryFeatures, ...]
    related: tuple[StoryFeatures, ...]
    whole: bool

    @property
    def address(self) -> StoryFeatures:
        """The chapter whose id and title are the thread's: the first, or the story itself where the first may be out of reach."""
        return self.thread[0] if self.whole else self.story

    @property
    def strip(self) -> tuple[StoryFeatures, ...]:
        """The chapters next to the story: itself with two before and two after it."""
        at = next(place for place, chapter in enumerate(self.thread) if chapter.id == self.story.id)
        return self.thread[max(0, at - 2) : at + 3]


def surroundings(connection: Connection, public_id: str) -> Surroundings | None:
    """The stories around a story; ``None`` where there is none with this id."""
    story = story_features(connection, public_id)
    if story is None:
        return None
    rarities: dict[str, float] = {}
    read = {story.id: story}
    known: dict[int, Sequence[StoryFeatures]] = {}

    def around(chapter: StoryFeatures) -> Sequence[StoryFeatures]:
        if chapter.id not in known:
            known[chapter.id] = found = neighbours(connection, chapter, read)
            new = {slug for one in (chapter, *found) for slug in one.entities} - rarities.keys()
            if new:
                total, counts = story_counts(connection, new)
                rarities.update((slug, rarity(total, counts.get(slug, 0))) for slug in new)
        return known[chapter.id]

    comparison = Comparison(rarities)
    thread = thread_of(story, comparison, around)
    chapters = {chapter.id for chapter in thread.chapters}
    others = [other for other in around(story) if other.id not in chapters]
    related = most_related(story, others, comparison, _MOST_RELATED)
    return Surroundings(story, tuple(thread.chapters), tuple(related), thread.whole)


def about_whom(around: Surroundings) -> list[str]:
    """The slugs of what most of the chapters are about, the most frequent first."""
    counts = Counter(slug for chapter in around.thread for slug in chapter.entities)
    most = [
        slug for slug, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if 2 * count >= len(around.thread)
    ]
    return most[:_NAMES]
