"""Which passage of a source is the best one."""

from __future__ import annotations

import pytest

from app.analysis.evidence import Passages

SAID = "The harbour museum opens its new glass wing for modern painters on 4 May with music and speeches"
MENU = f"{SAID} today {' '.join(f'Section{chr(letter)} Visits' for letter in range(ord('a'), ord('z')))}."
FILLER = "Rain is forecast for most of the coast. " * 9


@pytest.mark.parametrize("worse", [f"{MENU}\n\n", f"{SAID}\n\n"], ids=["menu", "heading"])
def test_a_sentence_is_better_than_a_menu_or_a_heading(worse: str) -> None:
    [best] = Passages([(1, f"{worse}{FILLER}{SAID}.")]).best(f"{SAID} today.", limit=1)
    assert best.passage.text == f"{SAID}."


def test_the_beginning_of_a_source_is_better_than_its_end() -> None:
    [best] = Passages([(1, ""), (2, f"{SAID}. {FILLER}{SAID} later today.")]).best(f"{SAID} today.", limit=1)
    assert best.passage.text == f"{SAID}."
