"""Which entities a story is about."""

from __future__ import annotations

from app.analysis.salience import ABOUT, salience


def test_a_story_is_about_what_its_title_names() -> None:
    assert salience(["borealis"], [], [], [["other"]] * 20)["borealis"] >= ABOUT


def test_one_mention_far_below_is_only_a_mention() -> None:
    sentences = [["borealis"]] * 19 + [["passer-by"]]
    scores = salience(["borealis"], ["borealis"], ["borealis"], sentences)
    assert scores["passer-by"] < ABOUT < scores["borealis"]


def test_more_sentences_weigh_more_until_it_is_often() -> None:
    def score(count: int) -> float:
        return salience([], [], [], [["borealis"]] * count + [[]] * (20 - count))["borealis"]

    assert score(1) < score(3) < score(5) == score(20)


def test_a_name_repeated_in_one_sentence_counts_once() -> None:
    once, twice = (salience([], [], [], [names, [], [], [], [], [], [], []])["a"] for names in (["a"], ["a", "a"]))
    assert once == twice
    assert salience(["a", "a"], [], [], [[]] * 8) == salience(["a"], [], [], [[]] * 8)


def test_dek_and_opening_without_the_title_make_a_subject() -> None:
    assert salience([], ["borealis"], ["borealis"], [["borealis"]])["borealis"] >= ABOUT


def test_every_score_lies_between_nothing_and_one() -> None:
    scores = salience(["a"], ["a", "b"], ["a"], [["a", "b", "c"]])
    assert scores["a"] == 1.0
    assert all(0 < score <= 1 for score in scores.values())
    assert scores["a"] > scores["b"] > scores["c"]


def test_a_story_without_a_summary_has_what_its_title_says() -> None:
    assert salience(["a"], [], [], []) == {"a": 0.35}
    assert salience([], [], [], []) == {}
