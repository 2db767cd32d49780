"""Scoring threads against labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.analysis.gazetteer import load_gazetteer
from app.cli import application
from app.domain.dates import parse_edtf
from app.domain.documents import Paragraph, ParsedDocument, Published, Sentence, Title
from app.evaluation.threads import Agreement, evaluate_threads, read_threads, score
from tests.support.documents import VARIANT_B, with_front_matter


def partition(*threads: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(thread) for thread in threads for name in thread}


def test_pairs_and_stories_are_counted() -> None:
    scores = score(partition("abc", "de", "f"), partition("ab", "cd", "e", "f"))
    assert (scores.stories, scores.labelled, scores.found) == (6, 2, 2)
    assert scores.pairs == Agreement(1 / 2, 1 / 4)
    assert scores.b_cubed.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1 + 1) / 6)
    assert scores.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2 + 1) / 6)
    assert scores.missed == (("a", "c"), ("b", "c"), ("d", "e"))
    assert scores.wrong == (("c", "d"),)


def test_the_same_threads_are_all_right_and_none_are_none() -> None:
    same = score(partition("ab", "c"), partition("ab", "c"))
    assert (same.pairs.f1, same.b_cubed.f1) == (1.0, 1.0)
    assert score(partition("ab"), partition("a", "b")).pairs.f1 == 0.0


def document(title: str, published: str) -> ParsedDocument:
    paragraphs = (Paragraph((Sentence(f"{title}."),)),)
    return ParsedDocument("test", None, Title(title), Published(parse_edtf(published), "option"), (), paragraphs, ())


DOCUMENTS = [
    ("a.txt", [document("Sam Altman leaves OpenAI after a vote of its board", "2025-11-03")]),
    ("b.txt", [document("Sam Altman returns to OpenAI with another board", "2025-11-20")]),
    ("c.txt", [document("Mistral AI has a model for telephones", "2025-11-21")]),
    ("empty.txt", []),
]


def test_documents_are_put_into_threads_as_the_program_does(tmp_path: Path) -> None:
    labels = tmp_path / "labels.toml"
    labels.write_text('[[threads]]\nchapters = ["a", "b"]\n')
    scores = evaluate_threads(labels, DOCUMENTS, load_gazetteer())
    assert (scores.stories, scores.pairs.f1, scores.b_cubed.f1) == (3, 1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[threads]]\nmatter = 'none'\n", "does not hold labelled threads"),
        ("threads = 3\n", "does not hold labelled threads"),
        ("chapters = [\n", "Invalid value|Unclosed"),
        ('[[threads]]\nchapters = ["a", "b"]\n[[threads]]\nchapters = ["b", "c"]\n', "b in two threads"),
    ],
    ids=["no chapters", "no list", "no TOML", "twice"],
)
def test_labels_that_make_no_sense_are_refused(tmp_path: Path, text: str, message: str) -> None:
    labels = tmp_path / "labels.toml"
    labels.write_text(text)
    with pytest.raises(ValueError, match=message):
        read_threads(labels)


def test_a_label_without_a_document_is_named(tmp_path: Path) -> None:
    labels = tmp_path / "labels.toml"
    labels.write_text('[[threads]]\nchapters = ["a", "zebra"]\n')
    with pytest.raises(ValueError, match="no document named zebra"):
        evaluate_threads(labels, DOCUMENTS, load_gazetteer())


def test_the_command_prints_both_measures_and_the_differences(tmp_path: Path) -> None:
    for name, (title, day) in {
        "a": ("Sam Altman leaves OpenAI after a vote of its board", "2025-11-03"),
        "b": ("Sam Altman returns to OpenAI with another board", "2025-11-20"),
        "c": ("Mistral AI has a model for telephones", "2025-11-21"),
    }.items():
        (tmp_path / f"{name}.txt").write_text(with_front_matter(VARIANT_B, title=title, published=day, id=f"'{name}'"))
    labels = tmp_path / "labels.toml"
    labels.write_text('[[threads]]\nchapters = ["a", "c"]\n')
    arguments = ["evaluate", "threads", "--data", str(tmp_path), "--labels", str(labels), "--differences"]
    result = CliRunner().invoke(application, arguments)
    assert result.exit_code == 0
    assert "threads labelled: 1, found: 1" in result.stdout
    assert [line for line in result.stdout.splitlines() if line.startswith("too much")] == ["too much a b", "too much b c"]
    labels.write_text("chapters = [")
    refused = CliRunner().invoke(application, arguments)
    assert refused.exit_code == 2 and "--labels" in refused.output
