"""Which stories belong together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.analysis.related import Comparison, most_related, rarity, thread_of, words_of
from app.domain.stories import StoryFeatures

RARITIES = {"halcyon": rarity(1000, 4), "rover-4": rarity(1000, 2), "okafor": rarity(1000, 3), "nvidia": rarity(1000, 700)}


def story(number: int, day: date | None, *entities: str, title: str = "", dek: str = "") -> StoryFeatures:
    return StoryFeatures(number, f"{number:010}", "slug", title, dek, day, dict.fromkeys(entities, 0.8))


LEAVES = story(1, date(2025, 11, 3), "halcyon", "okafor", title="Ines Okafor leaves Halcyon", dek="The head of research goes.")
LETTER = story(2, date(2025, 11, 6), "halcyon", "okafor", title="Researchers write to Halcyon", dek="They want Ines Okafor back.")
RETURNS = story(
    3, date(2025, 12, 1), "halcyon", "okafor", title="Ines Okafor returns to Halcyon", dek="Research has its head again."
)
MODEL = story(4, date(2025, 11, 5), "halcyon", "rover-4", title="A model for phones", dek="Rover 4 is small.")
CHIPS = story(5, date(2025, 11, 4), "nvidia", title="Results of the quarter", dek="Sales of chips grew.")
MORE_CHIPS = story(6, date(2025, 11, 9), "nvidia", title="A ruling on exports", dek="A court in Washington.")
LATER = story(7, date(2026, 11, 3), "halcyon", "okafor", title="Ines Okafor leaves Halcyon again")
ALL = [LEAVES, LETTER, RETURNS, MODEL, CHIPS, MORE_CHIPS, LATER]


def comparison() -> Comparison:
    return Comparison(RARITIES)


def test_what_two_stories_share_is_the_same_both_ways() -> None:
    assert comparison().similarity(LEAVES, LETTER) == pytest.approx(comparison().similarity(LETTER, LEAVES))
    assert 0 <= comparison().similarity(LEAVES, CHIPS) < comparison().similarity(LEAVES, LETTER) <= 1


def test_a_rare_name_says_more_than_a_common_one() -> None:
    assert comparison().similarity(CHIPS, MORE_CHIPS) < 0.15 < comparison().similarity(LEAVES, LETTER)


@pytest.mark.parametrize("start", [LEAVES, LETTER, RETURNS])
def test_every_chapter_leads_to_the_same_thread(start: StoryFeatures) -> None:
    thread = thread_of(start, comparison(), lambda chapter: [other for other in ALL if other.id != chapter.id])
    assert [chapter.id for chapter in thread.chapters] == [1, 2, 3]
    assert thread.whole


@pytest.mark.parametrize("alone", [CHIPS, LATER])
def test_a_story_without_other_chapters_is_a_thread_of_one(alone: StoryFeatures) -> None:
    assert thread_of(alone, comparison(), lambda chapter: ALL) == ([alone], True)


def test_the_longer_apart_the_more_alike_two_chapters_are() -> None:
    alike = [(LEAVES, story(8, LEAVES.day and LEAVES.day + timedelta(days=days), "halcyon", title="A model")) for days in (3, 95)]
    near, far = (comparison().are_chapters(one, other) for one, other in alike)
    assert (near, far) == (True, False)


def test_words_alone_make_no_chapter() -> None:
    named = story(10, LEAVES.day, "rover-4", title=LEAVES.title, dek=LEAVES.dek)
    assert comparison().similarity(LEAVES, named) > 0.3
    assert not comparison().are_chapters(LEAVES, named)


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("Acme's model hacked a company in a test", "A court orders Acme to pay $567 million", False),
        ("Acme's model hacked a company in a test", "Acme's model is hacked in turn", True),
        ("Acme V4 is cheap", "Pictures for Acme v4", True),
        ("Acme V4 is cheap", "Pictures for Acme v5", False),
    ],
)
def test_a_name_that_many_stories_have_is_no_matter_of_its_own(one: str, other: str, are: bool) -> None:
    compared = Comparison({"acme": rarity(1000, 100)})
    day = date(2025, 11, 3)
    assert compared.are_chapters(story(1, day, "acme", title=one), story(2, day, "acme", title=other)) is are


def test_a_thread_has_a_longest_length() -> None:
    first = date(2025, 1, 1)
    chapters = [story(number, first + timedelta(days=number), "halcyon", "okafor", title="The same") for number in range(200)]
    thread = thread_of(chapters[100], comparison(), lambda chapter: chapters)
    assert not thread.whole
    assert [chapter.id for chapter in thread.chapters] == list(range(80, 120))


def test_an_undated_story_has_related_ones_but_no_thread() -> None:
    undated = story(9, None, "halcyon", "okafor", title="Ines Okafor speaks at Halcyon")
    assert thread_of(undated, comparison(), lambda chapter: ALL).chapters == [undated]
    assert most_related(undated, ALL, comparison(), 2)


def test_related_stories_come_nearest_first_and_not_at_any_price() -> None:
    found = most_related(LEAVES, ALL, comparison(), 5)
    assert [other.id for other in found][:2] == [3, 2]
    assert LEAVES not in found and CHIPS not in found


def test_words_are_compared_without_endings_and_small_words() -> None:
    assert words_of("The courts ruled on the licences", "A court's ruling of 2,000 licences")["licenc"] == 2
    assert "the" not in words_of("The the THE")
