"""How well the passage that supports a claim is found, on WiCE (Kamoi et al., EMNLP 2023; github.com/ryokamoi/wice).

A claim is a sentence of Wikipedia, the evidence the sentences of the article that it cites. People marked every set of sentences
that supports the claim, wholly or in part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.evidence import SUPPORTED, Passages, supports
from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.stories import analyse
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Sentence, Title
from app.domain.findings import FindingKind, Strength
from app.evaluation.jsonl import read_sets

_SUPPORTED = "supported"
_FLAGS = frozenset((FindingKind.VALUE, FindingKind.NAME))
_KEYS = ("claim", "evidence", "supporting_sentences", "label")


@dataclass(frozen=True, slots=True)
class EvidenceScores:
    """Counts over one set. ``first`` and ``among_three``: the best passage, or one of the best three, is marked as supporting.

    ``labels`` counts the claims by their label, ``judged_supported`` those of them that :func:`supports` takes for supported.
    """

    name: str
    claims: int
    first: int
    among_three: int
    labels: Mapping[str, int]
    judged_supported: Mapping[str, int]
    flagged: int
    """Claims labelled as supported that have a strong finding on a value or a name: false ones, or what the labels overlook."""

    @property
    def precision_at_1(self) -> float:
        """Share of the claims whose best passage is a marked one."""
        return self.first / self.claims if self.claims else 0.0

    @property
    def hit_at_3(self) -> float:
        """Share of the claims with a marked one among the best three."""
        return self.among_three / self.claims if self.claims else 0.0


def evaluate_evidence(directory: Path) -> list[EvidenceScores]:
    """Score :meth:`Passages.best` on the claims that have marked sentences, one result for each ``*.jsonl`` file.

    The article is put together from its sentences, a paragraph each, and split again by Dateline: a passage is right when it lies
    in a marked sentence.

    Raises:
        ValueError: the directory holds no such file, or one of another form.
    """
    return [_score(name, rows) for name, rows in read_sets(directory, _KEYS)]


def _score(name: str, rows: list[dict[str, Any]]) -> EvidenceScores:
    claims = first = among_three = flagged = 0
    judged: Counter[str] = Counter()
    gazetteer = load_gazetteer()
    for row in rows:
        starts, text = [], ""
        for sentence in row["evidence"]:
            starts.append(len(text))
            text += f"{sentence}\n\n"
        passages = Passages([(1, text)])
        judged[row["label"]] += supports(row["claim"], passages.cover(row["claim"])) >= SUPPORTED
        flagged += row["label"] == _SUPPORTED and _is_flagged(row["claim"], text, gazetteer)
        marked = {index for group in row["supporting_sentences"] for index in group}
        if not marked:
            continue
        hits = [bisect_right(starts, match.passage.start) - 1 in marked for match in passages.best(row["claim"])]
        claims += 1
        first += hits[:1] == [True]
        among_three += any(hits)
    return EvidenceScores(name, claims, first, among_three, Counter(row["label"] for row in rows), judged, flagged)


def _is_flagged(claim: str, text: str, gazetteer: Gazetteer) -> bool:
    """Whether the check has a strong finding on a value or a name of a claim that cites a text."""
    document = ParsedDocument(
        format="wice",
        variant=None,
        title=Title(""),
        published=None,
        dek=(),
        paragraphs=(Paragraph((Sentence(claim, (Citation(1),)),)),),
        sources=(ParsedSource(1, "", text),),
    )
    findings = [finding for check in analyse(document, gazetteer, source_events=False).checks for finding in check.findings]
    return any(finding.strength is Strength.STRONG and finding.kind in _FLAGS for finding in findings)
