"""How well the passage that supports a claim is found, on WiCE (Kamoi et al., EMNLP 2023; github.com/ryokamoi/wice).

A claim is a sentence of Wikipedia, the evidence the sentences of the article that it cites. People marked every set of sentences
that supports the claim, wholly or in part.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.analysis.evidence import SUPPORTED, Passages, supports
from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.stories import analyse
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Sentence, Title
from app.domain.findings import Finding, FindingKind, Strength
from app.evaluation.jsonl import read_sets

_SUPPORTED = "supported"
_FLAGS = frozenset((FindingKind.VALUE, FindingKind.NAME))
_KEYS = ("claim", "evidence", "supporting_sentences", "label")
_WORD_KEYS = ("claim", "evidence", "claim_tokens", "non_supported_spans")


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


@dataclass(frozen=True, slots=True)
class WordScores:
    """Counts over one set of claims that are supported in part: their strong findings, and those ``on_marked`` words."""

    name: str
    claims: int
    strong: int
    on_marked: int

    @property
    def precision(self) -> float:
        """Share of the strong findings that are on words which people marked as not supported."""
        return self.on_marked / self.strong if self.strong else 0.0


def evaluate_words(directory: Path) -> list[WordScores]:
    """Score strong findings on claims of which people marked the words that the article does not support.

    The files are those of WiCE's ``non_supported_tokens``, one result for each. A finding is right when it is on a marked word.

    Raises:
        ValueError: the directory holds no such file, or one of another form.
    """
    gazetteer = load_gazetteer()
    scores = []
    for name, rows in read_sets(directory, _WORD_KEYS):
        strong = on_marked = 0
        for row in rows:
            marked = [*_marked(row)]
            found = _strong_findings(row["claim"], "\n\n".join(_sentences(row["evidence"])), gazetteer)
            strong += len(found)
            on_marked += sum(any(start < item.end and item.start < end for start, end in marked) for item in found)
        scores.append(WordScores(name, len(rows), strong, on_marked))
    return scores


def _sentences(evidence: str | list[str]) -> list[str]:
    """The sentences of an article, which are published as a list or as the Python source of one."""
    return evidence if isinstance(evidence, list) else list(ast.literal_eval(evidence))


def _marked(row: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Where the words that are marked as not supported stand in the claim."""
    end = 0
    for token, is_marked in zip(row["claim_tokens"], row["non_supported_spans"], strict=True):
        start = row["claim"].find(token, end)
        if start >= 0:
            end = start + len(token)
            if is_marked:
                yield start, end


def _is_flagged(claim: str, text: str, gazetteer: Gazetteer) -> bool:
    """Whether the check has a strong finding on a value or a name of a claim that cites a text."""
    return any(finding.kind in _FLAGS for finding in _strong_findings(claim, text, gazetteer))


def _strong_findings(claim: str, text: str, gazetteer: Gazetteer) -> Collection[Finding]:
    """What the check has on a claim that cites a text."""
    document = ParsedDocument(
        format="wice",
        variant=None,
        title=Title(""),
        published=None,
        dek=(),
        paragraphs=(Paragraph((Sentence(claim, (Citation(1),)),)),),
        sources=(ParsedSource(1, "", text),),
    )
    checks = analyse(document, gazetteer, source_events=False).checks
    return [finding for check in checks for finding in check.findings if finding.strength is Strength.STRONG]
