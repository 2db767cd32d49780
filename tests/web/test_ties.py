"""Arcs between the names of a list."""

from __future__ import annotations

from app.web.ties import MOST_ARCS, ROW, ties

NAMES = [("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")]


def test_names_that_occur_together_are_joined_the_thicker_the_oftener() -> None:
    drawn = ties(NAMES, {("a", "b"): 9, ("b", "a"): 9, ("a", "c"): 1, ("c", "a"): 1, ("a", "z"): 50})
    assert drawn is not None
    assert [arc.label for arc in drawn.arcs] == ["Alpha and Gamma: 1 story", "Alpha and Beta: 9 stories"]
    assert drawn.arcs[1].width > drawn.arcs[0].width
    assert drawn.words.startswith("Alpha and Beta: 9 stories")
    assert drawn.height == 3 * ROW
    assert drawn.dots == (ROW / 2, ROW * 1.5, ROW * 2.5)


def test_nothing_is_drawn_where_nobody_occurs_together() -> None:
    assert ties(NAMES, {("a", "z"): 3}) is None
    assert ties([], {}) is None


def test_only_the_strongest_ties_are_drawn() -> None:
    names = [(str(n), str(n)) for n in range(12)]
    drawn = ties(names, {(str(a), str(b)): a + b for a in range(12) for b in range(12) if a != b})
    assert drawn is not None
    assert len(drawn.arcs) == MOST_ARCS
    assert drawn.arcs[-1].label.startswith("10 and 11")
