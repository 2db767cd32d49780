"""From marked text to sentences."""

from __future__ import annotations

import pytest

from app.domain.documents import Citation
from app.importer.assemble import assemble, plain_sentences

TEXT = "One is here. Two is there. Three is gone. Four is late."


def own(markers: list[tuple[int, int]]) -> list[list[int]]:
    paragraph = assemble(TEXT, [(offset, Citation(number)) for offset, number in markers])
    return [[citation.number for citation in sentence.citations] for sentence in paragraph.sentences]


@pytest.mark.parametrize("offset", [11, 12, 13], ids=["before the stop", "after it", "before the next sentence"])
def test_a_marker_belongs_to_the_sentence_before_it(offset: int) -> None:
    assert own([(offset, 7)]) == [[7], [], [], []]


def test_markers_keep_their_order() -> None:
    assert own([(11, 2), (11, 1), (25, 3), (len(TEXT), 4)]) == [[2, 1], [3], [], [4]]


def test_a_marker_before_everything_belongs_to_the_first_sentence() -> None:
    assert own([(0, 1)]) == [[1], [], [], []]


def test_sentences_without_a_marker_inherit_the_last_one_before() -> None:
    paragraph = assemble(TEXT, [(25, Citation(2)), (25, Citation(3))], heading="A heading")
    assert [sentence.inherited for sentence in paragraph.sentences] == [(), (), (2, 3), (2, 3)]
    assert paragraph.heading == "A heading"


def test_a_marker_repeated_in_a_sentence_is_one_and_certain_if_one_of_them_is() -> None:
    certain, uncertain = Citation(1), Citation(1, uncertain=True)
    for markers in ([(3, uncertain), (8, certain)], [(3, certain), (8, uncertain)]):
        assert assemble("One, two.", markers).sentences[0].citations == (certain,)


def test_sentences_of_a_dek() -> None:
    assert [sentence.text for sentence in plain_sentences(TEXT)][:2] == ["One is here.", "Two is there."]
    assert plain_sentences("") == ()


def test_an_empty_text_has_no_sentences() -> None:
    assert assemble(" ", [(0, Citation(1))]).sentences == ()
