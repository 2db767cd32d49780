"""Names scored against labelled tokens, linked texts and our own labels, on small sets of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.analysis.gazetteer import Gazetteer
from app.analysis.proposals import CANDIDATE, PROPOSED
from app.domain.documents import Paragraph, ParsedDocument, Sentence, Title
from app.domain.entities import Entity, Kind
from app.evaluation.entities import evaluate_names, read_sentences
from app.evaluation.labelled_names import evaluate_labels, sentence_hash
from app.evaluation.linking import evaluate_links

TOKENS = """\
Borealis\tB-organisation
's\tO
Jane\tB-researcher
Roebuck\tI-researcher
(\tO
"\tO
Jo\tO
"\tO
)\tO
wrote\tO
TundraNet\tB-product
and\tO
gradient\tB-algorithm
descent\tI-algorithm
.\tO

He\tO
sang\tO
.\tO
"""


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(
        (
            Entity("borealis", "Borealis", Kind.COMPANY, wikidata="Q1"),
            Entity("ada-quill", "Ada Quill", Kind.PERSON),
            Entity("polar-ice-works", "Polar Ice Works", Kind.COMPANY),
        )
    )


def test_labelled_tokens_become_running_text_again(tmp_path: Path) -> None:
    (tmp_path / "test.txt").write_text(TOKENS)
    (text, names), (second, none) = read_sentences(tmp_path / "test.txt")
    assert text == 'Borealis\'s Jane Roebuck ("Jo") wrote TundraNet and gradient descent.'
    assert [(text[name.start : name.end], name.label) for name in names] == [
        ("Borealis", "organisation"),
        ("Jane Roebuck", "researcher"),
        ("TundraNet", "product"),
        ("gradient descent", "algorithm"),
    ]
    assert (second, none) == ("He sang.", [])


def test_names_are_counted_by_group_and_threshold(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (tmp_path / "test.txt").write_text(TOKENS)
    candidates, proposed = evaluate_names(tmp_path, gazetteer, [CANDIDATE, PROPOSED])["test"]
    assert candidates.sentences == 2
    things = candidates.groups["products and algorithms"]
    assert (things.labelled, things.found, things.named, things.named_found) == (2, 1, 1, 1)
    assert [candidates.groups[name].accuracy for name in ("persons", "organisations")] == [1.0, 1.0]
    assert candidates.found >= proposed.found
    assert candidates.groups["persons"].recall == 1.0


@pytest.mark.parametrize("line", ["Borealis", "Borealis\tX-company", "Borealis B-company"])
def test_a_line_that_is_no_label_is_named(tmp_path: Path, gazetteer: Gazetteer, line: str) -> None:
    (tmp_path / "test.txt").write_text(f"He\tO\n{line}\n")
    with pytest.raises(ValueError, match="line 2"):
        evaluate_names(tmp_path, gazetteer, [CANDIDATE])


def test_links_are_right_by_id_or_name(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = "Borealis grew. Ada Quill of Polar Ice Works (PIW) saw it; Quill smiled. PIW paid. Borealis is a light."
    labels = [
        label(text, "Borealis", "Q1", "Borealis Inc.", "Q43229"),
        label(text, "Ada Quill", "Q2", "Ada Quill", "Q215627"),
        label(text, "Polar Ice Works", "Q3", "Polar Ice Works", "Q43229"),
        label(text, "Quill smiled", "Q9", "Tom Quill", "Q215627"),
        label(text, "PIW paid", "Q3", "Polar Ice Works", "Q43229"),
        label(text, "Borealis is", "<NIL>", "Unknown", "OTHER"),
    ]
    row = {"text": text, "evaluation_span": [0, len(text)], "labels": labels}
    (tmp_path / "one.benchmark.jsonl").write_text(json.dumps(row))
    ((ours, own),) = evaluate_links(tmp_path, gazetteer).values()
    assert (ours.texts, ours.labelled, ours.made, ours.right, ours.without_entry) == (1, 4, 5, 4, 1)
    assert ours.unlabelled == 1
    assert (ours.same, ours.same_right) == (3, 3)
    assert (ours.merged, ours.merged_wrongly) == (2, 1)
    assert round(ours.wrong_merges, 3) == 0.167
    assert own.labelled == 5


def label(text: str, words: str, wikidata: str, name: str, type_: str) -> dict[str, object]:
    start = text.index(words)
    return {"span": [start, start + len(words)], "entity_id": wikidata, "name": name, "type": type_}


def test_own_labels_are_matched_by_the_hash_of_the_sentence(tmp_path: Path, gazetteer: Gazetteer) -> None:
    sentences = ("Borealis and Borealis grew.", "Nobody came.", "Ada Quill left.")
    story = ParsedDocument("test", None, Title("Borealis"), None, (), (Paragraph(tuple(map(Sentence, sentences))),), ())
    (tmp_path / "labels.toml").write_text(
        f'[[document]]\nfile = "a.txt"\nsentences = [["{sentence_hash(sentences[0])}", "borealis", "borealis"],'
        f' ["{sentence_hash(sentences[1])}"], ["{sentence_hash(sentences[2])}", "borealis"]]\n'
    )
    scores = evaluate_labels(tmp_path / "labels.toml", [("a.txt", [story]), ("b.txt", [story])], gazetteer)
    assert (scores.documents, scores.sentences, scores.labelled, scores.found, scores.right) == (1, 3, 3, 3, 2)
    assert [difference for _, difference in scores.differences] == ["-borealis", "+ada-quill"]
    with pytest.raises(ValueError, match="none of these documents"):
        evaluate_labels(tmp_path / "labels.toml", [("b.txt", [story])], gazetteer)


def test_a_file_that_holds_no_labels_is_said_to_be_so(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (tmp_path / "labels.toml").write_text('[[document]]\nname = "a"\n')
    with pytest.raises(ValueError, match="not a file of labels"):
        evaluate_labels(tmp_path / "labels.toml", [], gazetteer)
