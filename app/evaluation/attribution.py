"""How well supported claims are told from others, on AttributionBench (Li et al. 2024; OSU-NLP-Group/AttributionBench).

A claim is a sentence that a machine wrote, the references are the passages that it cites; people judged whether they support it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from typing import Any

from app.analysis.evidence import SUPPORTED, Cover, Passages, supports
from app.analysis.evidence.support import features
from app.evaluation.jsonl import read_sets

_KEYS = ("claim", "references", "attribution_label", "src_dataset")
_MARKER = re.compile(r"\s*\[\d{1,2}\]")
_ADDRESS = re.compile(r"\[\d{1,2}\] https?://\S+\s*")


@dataclass(frozen=True, slots=True)
class SupportScores:
    """How many supported claims and unsupported ones of one part of a set were judged ``right`` and ``wrong``."""

    name: str
    part: str
    supported_right: int
    supported_wrong: int
    unsupported_right: int
    unsupported_wrong: int

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return self.supported_right + self.supported_wrong + self.unsupported_right + self.unsupported_wrong

    @property
    def macro_f1(self) -> float:
        """The mean of the F1 of "supported" and the F1 of "not supported"."""
        errors = self.supported_wrong + self.unsupported_wrong
        pair = [2 * right / (2 * right + errors) for right in (self.supported_right, self.unsupported_right) if right]
        return sum(pair) / 2


def evaluate_support(directory: Path) -> list[SupportScores]:
    """Score :func:`supports` on each ``*.jsonl`` file of ``directory``: its parts by name, then the whole of it.

    Raises:
        ValueError: the directory holds no such file, or one of another form.
    """
    scores = []
    for name, rows in read_sets(directory, _KEYS):
        counts: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
        for row in rows:
            claim, cover = _read(row)
            judged = supports(claim, cover) >= SUPPORTED
            counts[row["src_dataset"]][_is_supported(row), judged == _is_supported(row)] += 1
        parts = [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]
        scores += [
            SupportScores(name, part, *(count[key] for key in ((True, True), (True, False), (False, True), (False, False))))
            for part, count in parts
        ]
    return scores


def fit_support(directory: Path, rounds: int = 1500, rate: float = 4.0) -> tuple[float, ...]:
    """Fit the logistic function of :mod:`app.analysis.evidence.support` to every file of ``directory``.

    Maximum likelihood by gradient descent from zero, so that it comes out the same every time.

    Returns:
        The weights of the features in their order, and the intercept last.

    Raises:
        ValueError: the directory holds no such file, or one of another form.
    """
    rows = [row for _, rows in read_sets(directory, _KEYS) for row in rows]
    examples = [((*features(*_read(row)), 1.0), _is_supported(row)) for row in rows]
    weights = [0.0] * len(examples[0][0])
    for _ in range(rounds):
        gradient = [0.0] * len(weights)
        for values, supported in examples:
            error = supported - 1 / (1 + math.exp(-sum(map(mul, weights, values))))
            gradient = [total + error * value for total, value in zip(gradient, values, strict=True)]
        weights = [weight + rate * total / len(examples) for weight, total in zip(weights, gradient, strict=True)]
    return tuple(weights)


def _read(row: dict[str, Any]) -> tuple[str, Cover]:
    """The claim without its citation markers, and what of it the references cover."""
    claim = _MARKER.sub("", row["claim"]).strip()
    return claim, Passages([(number, _ADDRESS.sub("", text)) for number, text in enumerate(row["references"], 1)]).cover(claim)


def _is_supported(row: dict[str, Any]) -> bool:
    return bool(row["attribution_label"] == "attributable")
