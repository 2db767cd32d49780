"""The citation check scored on planted defects, WiCE and AttributionBench, with made-up data in their forms."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import application
from app.evaluation.attribution import evaluate_support, fit_support
from app.evaluation.planted import build, evaluate_planted, plant
from app.evaluation.wice import evaluate_evidence, evaluate_words

PLANTED = Path(__file__).parents[1] / "data" / "planted"
CLEAN: dict[str, Any] = {
    "published": "2025-11-20",
    "names": ["Tessel Robotics", "Fjordvik Capital"],
    "summary": [
        "Tessel Robotics raised $84 million in a round that Fjordvik Capital led in October 2025. [1]",
        'It may open a second factory in Gdansk, and "wages are lower there than here". [2]',
    ],
    "source": [
        {
            "title": "One",
            "outlet": "A",
            "published": "2025-11-18",
            "text": "In October 2025 Fjordvik Capital led a round of $84 million.",
        },
        {
            "title": "Two",
            "outlet": "B",
            "published": "2025-11-19",
            "text": 'It may open a factory: "Wages are lower there than here."',
        },
    ],
}


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def test_each_defect_changes_one_sentence_in_one_place() -> None:
    clean = build(CLEAN)
    defects = {defect.kind: defect for defect in plant(clean, CLEAN["names"], ["Quillmark"])}
    assert {
        "digit",
        "scale or unit",
        "currency or percent",
        "year",
        "month",
        "name",
        "quotation",
        "marker",
        "certainty",
    } <= defects.keys()
    for defect in defects.values():
        changed = [
            index
            for index, (one, other) in enumerate(zip(clean.sentences, defect.document.sentences, strict=True))
            if one != other
        ]
        assert changed == [defect.sentence]
        assert defect.document.sources == clean.sources
    assert "will open" in defects["certainty"].document.sentences[1].text
    assert [citation.number for citation in defects["marker"].document.sentences[defects["marker"].sentence].citations] != []


#: What `docs/quality.md` says of each file: the least recall by kinds, and the strong findings on the clean twins.
CLAIMED = {
    "development": ({"year": 0.95, "month": 0.95, "name": 0.95, "marker": 0.95, "certainty": 0.95, "quotation": 0.95}, 0.3, 0),
    "test": ({"year": 0.95, "month": 0.95, "name": 0.92, "marker": 0.95, "certainty": 0.85, "quotation": 0.95}, 0.3, 0),
    "second": ({"year": 0.84, "month": 0.95, "name": 0.97, "marker": 0.9, "certainty": 0.5, "quotation": 0.94}, 0.15, 0),
    "third": ({"year": 0.85, "month": 0.9, "name": 0.95, "marker": 0.85, "certainty": 0.65, "quotation": 0.95}, 0.14, 0),
    "sixth": ({"year": 0.95, "month": 0.95, "name": 0.95, "marker": 0.95, "certainty": 0.8, "quotation": 0.95}, 0.2, 0),
    "ninth": ({"year": 0.87, "month": 0.95, "name": 0.95, "marker": 0.95, "certainty": 0.78, "quotation": 0.95}, 0.13, 0),
    "tenth": ({"year": 0.92, "month": 0.95, "name": 0.97, "marker": 0.93, "certainty": 0.74, "quotation": 0.95}, 0.07, 0),
}


@pytest.mark.parametrize("name", CLAIMED)
def test_planted_defects_are_seen_as_often_as_is_claimed(name: str) -> None:
    least, of_the_same_story, strong = CLAIMED[name]
    scores = evaluate_planted(PLANTED / f"{name}.toml")
    recall = {kind: score.recall for kind, score in scores.kinds.items()}
    assert min(recall[kind] for kind in ("digit", "scale or unit", "currency or percent", "count")) >= 0.95
    assert {kind: recall[kind] for kind, bar in least.items() if recall[kind] < bar} == {}
    assert recall["name of the same story"] >= of_the_same_story
    assert scores.strong_false <= strong
    assert scores.documents >= 14
    assert scores.planted >= 200


def test_values_in_other_forms_are_not_held_against_a_summary() -> None:
    assert evaluate_planted(PLANTED / "fifth.toml").strong_false == 0


def test_wice_counts_marked_passages_and_flags(tmp_path: Path) -> None:
    evidence = ["The mill was built in 1890.", "It burned in 1911.", "Visitors like the garden."]
    write(
        tmp_path / "dev.jsonl",
        [
            {"claim": "The mill burned in 1911.", "evidence": evidence, "supporting_sentences": [[1]], "label": "supported"},
            {"claim": "The mill burned down in 1912.", "evidence": evidence, "supporting_sentences": [[1]], "label": "supported"},
            {"claim": "Trains run to Porto.", "evidence": evidence, "supporting_sentences": [], "label": "not_supported"},
            {
                "claim": "It cost Ada Venn $5 million to build the mill.",
                "evidence": evidence,
                "supporting_sentences": [[0]],
                "label": "supported",
            },
        ],
    )
    [scores] = evaluate_evidence(tmp_path)
    assert (scores.name, scores.claims, scores.among_three) == ("dev", 3, 3)
    assert scores.precision_at_1 == 1.0
    assert scores.labels == {"supported": 3, "not_supported": 1}
    assert scores.flagged <= 1


def test_strong_findings_are_scored_by_the_words_that_people_marked(tmp_path: Path) -> None:
    article = ["The mill of Leeds was built by Ada Venn in 1890.", "It burned down in the night of 5 May 1911."]
    claim = "The mill of Leeds was built by Ida Lundquist in 1890."
    tokens = [*claim.rstrip(".").split(), "."]
    rows = [
        {
            "claim": claim,
            "evidence": evidence,
            "claim_tokens": tokens,
            "non_supported_spans": [token in marked for token in tokens],
        }
        for evidence in (article, repr(article))
        for marked in (("Ida", "Lundquist"), ("1890",))
    ]
    write(tmp_path / "train.jsonl", rows)
    [scores] = evaluate_words(tmp_path)
    assert (scores.name, scores.claims, scores.strong, scores.on_marked, scores.precision) == ("train", 4, 4, 2, 0.5)


def test_attribution_is_scored_by_part_and_can_be_fitted(tmp_path: Path) -> None:
    rows = [
        {"claim": f"The mill of number {n} burned in 19{n} [1].", "references": [f"The mill of number {n} burned in 19{n}."],
         "attribution_label": "attributable", "src_dataset": "One"}
        for n in range(10, 14)
    ] + [
        {"claim": "Ada Venn sold the garden to Porto in 1999.", "references": ["The mill burned.", "[2] https://x.test Rain fell."],
         "attribution_label": "not attributable", "src_dataset": "Two"}
    ] * 4  # fmt: skip
    write(tmp_path / "dev.jsonl", rows)
    parts = evaluate_support(tmp_path)
    assert [(part.part, part.claims) for part in parts] == [("One", 4), ("Two", 4), ("all", 8)]
    assert parts[-1].macro_f1 == 1.0
    *weights, intercept = fit_support(tmp_path, rounds=50)
    assert weights[0] > 0
    assert intercept < weights[0]


@pytest.mark.parametrize("evaluate", [evaluate_evidence, evaluate_words, evaluate_support])
def test_data_of_another_form_is_said_to_be_so(evaluate: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no \.jsonl file"):
        evaluate(tmp_path)
    write(tmp_path / "dev.jsonl", [{"claim": "x"}])
    with pytest.raises(ValueError, match="line 1"):
        evaluate(tmp_path)


def test_the_commands_print_figures(tmp_path: Path) -> None:
    write(tmp_path / "dev.jsonl", [{"claim": "x y", "evidence": ["x y."], "supporting_sentences": [[0]], "label": "supported"}])
    result = CliRunner().invoke(application, ["evaluate", "check", "evidence", "--data", str(tmp_path)])
    assert (result.exit_code, "1.000" in result.stdout) == (0, True)
    row = {"claim": "x y", "evidence": ["x y."], "claim_tokens": ["x", "y"], "non_supported_spans": [False, True]}
    write(tmp_path / "dev.jsonl", [row])
    result = CliRunner().invoke(application, ["evaluate", "check", "words", "--data", str(tmp_path)])
    assert (result.exit_code, "precision" in result.stdout, "0.000" in result.stdout) == (0, True, True)
    (tmp_path / "none.toml").write_text("", "utf-8")
    result = CliRunner().invoke(application, ["evaluate", "check", "planted", "--data", str(tmp_path / "none.toml")])
    assert result.exit_code == 2
    assert "no document" in result.stderr
