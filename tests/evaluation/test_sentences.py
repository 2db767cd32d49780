"""Sentence boundaries scored against a treebank."""

from pathlib import Path

import pytest

from app.evaluation.sentences import evaluate_sentences

TREEBANK = """\
# newdoc id = GUM_news_rover
# newpar
# text = Acme opened.
1\tAcme\t_
# text = It closed at 5 p.m. on Monday.
# newpar
# newpar_block = p (2 s)
# text = A heading
# newpar
# text = Beta, Inc. grew; and
# text = shrank.

# newdoc id = GUM_vlog_rover
# text = so yeah
# text = i mean
"""


def test_boundaries_are_counted_over_prose_only(tmp_path: Path) -> None:
    (tmp_path / "test.conllu").write_text(TREEBANK, "utf-8")
    scores = evaluate_sentences(tmp_path)
    assert (scores.texts, scores.labelled, scores.found, scores.right) == (1, 4, 3, 3)
    assert scores.precision == 1.0
    assert scores.recall == 0.75
    assert round(scores.f1, 3) == 0.857


def test_other_genres_on_request(tmp_path: Path) -> None:
    (tmp_path / "test.conllu").write_text(TREEBANK, "utf-8")
    assert evaluate_sentences(tmp_path, {"vlog"}).labelled == 1


def test_a_directory_without_texts_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no \.conllu file"):
        evaluate_sentences(tmp_path)
