"""Names found and told apart, on CrossNER (Liu et al., AAAI 2021; github.com/zliucr/CrossNER), sentences of labelled tokens.

Each sentence is a document of its own, so nothing is learnt from the others. A labelled name counts as found when a mention of
the gazetteer or a candidate overlaps it (relaxed), as rightly typed when the one that overlaps it most is of its group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from app.analysis.aliases import recognise
from app.analysis.gazetteer import Gazetteer
from app.analysis.proposals import find_candidates, strength
from app.domain.entities import Kind

#: The labels of each group of kinds.
GROUPS: Mapping[str, frozenset[str]] = {
    "persons": frozenset(("person", "researcher")),
    "organisations": frozenset(("organisation", "university")),
    "products and algorithms": frozenset(("product", "algorithm")),
}
_GROUP_OF_KIND: Mapping[Kind, str] = {
    Kind.PERSON: "persons",
    **dict.fromkeys((Kind.COMPANY, Kind.LAB, Kind.INVESTOR, Kind.INSTITUTION), "organisations"),
    **dict.fromkeys((Kind.MODEL, Kind.PRODUCT, Kind.CHIP), "products and algorithms"),
}
_NO_SPACE_BEFORE = frozenset((",", ".", ";", ":", ")", "]", "?", "!", "%", "'", "’", "'s", "’s"))
_NO_SPACE_AFTER = frozenset("([")
_NAME = re.compile(r"[A-Z\d]")


class LabelledName(NamedTuple):
    """A labelled name at characters ``start`` to ``end`` of its sentence."""

    start: int
    end: int
    label: str


class Found(NamedTuple):
    """What Dateline found: its place, its group (none for places and laws) and its score (1 for the gazetteer's)."""

    start: int
    end: int
    group: str | None
    score: float


@dataclass(slots=True)
class GroupScores:
    """Counts of one group. ``named`` and the like count only labels with a capital or a digit, which is what a name has."""

    labelled: int = 0
    found: int = 0
    named: int = 0
    named_found: int = 0
    typed: int = 0
    """Of those found, how many are of the right group."""

    @property
    def recall(self) -> float:
        """Share of the labels that were found."""
        return self.found / self.labelled if self.labelled else 0.0

    @property
    def named_recall(self) -> float:
        """Share of the labels with a capital or a digit that were found."""
        return self.named_found / self.named if self.named else 0.0

    @property
    def accuracy(self) -> float:
        """Share of those found whose group is right."""
        return self.typed / self.found if self.found else 0.0


@dataclass(slots=True)
class NameScores:
    """Counts over one set at one threshold. ``hits``: how many of ``found`` overlap any label, of whatever kind."""

    sentences: int = 0
    found: int = 0
    hits: int = 0
    groups: dict[str, GroupScores] = field(default_factory=lambda: {name: GroupScores() for name in GROUPS})

    @property
    def precision(self) -> float:
        """Share of what was found that overlaps a label."""
        return self.hits / self.found if self.found else 0.0


def evaluate_names(directory: Path, gazetteer: Gazetteer, thresholds: Sequence[float]) -> dict[str, list[NameScores]]:
    """Score gazetteer and candidates on every ``*.txt`` file of ``directory``; for each file one result for each threshold.

    Raises:
        ValueError: there is no such file, or a line is not a token and a label.
    """
    paths = sorted(directory.glob("*.txt"))
    if not paths:
        raise ValueError(f"no .txt file in {directory}")
    results = {}
    for path in paths:
        scores = [NameScores() for _ in thresholds]
        for text, labels in read_sentences(path):
            found = _find(gazetteer, text)
            for threshold, score in zip(thresholds, scores, strict=True):
                _count(score, text, labels, [item for item in found if item.score >= threshold])
        results[path.stem] = scores
    return results


def read_sentences(path: Path) -> Iterator[tuple[str, list[LabelledName]]]:
    """The sentences of a file of tokens and BIO labels as running text, with the places of the labelled names.

    Raises:
        ValueError: a line is not a token and a label.
    """
    tokens: list[tuple[str, str]] = []
    for number, line in enumerate((*path.read_text("utf-8").split("\n"), ""), 1):
        if line.strip():
            token, tab, label = line.rstrip("\r").partition("\t")
            if not tab or not re.fullmatch(r"O|[BI]-\w+", label):
                raise ValueError(f"{path}, line {number}: not a token and a label")
            tokens.append((token, label))
        elif tokens:
            yield _running_text(tokens)
            tokens = []


def _running_text(tokens: list[tuple[str, str]]) -> tuple[str, list[LabelledName]]:
    text = ""
    quoted = False
    names: list[LabelledName] = []
    for word, label in tokens:
        closes = word == '"' and quoted
        opened = quoted and text.endswith('"')
        possessive = word == "s" and text.endswith(("'", "’"))
        if text and not (closes or opened or possessive or word in _NO_SPACE_BEFORE or text[-1] in _NO_SPACE_AFTER):
            text += " "
        start = len(text)
        text += word
        quoted ^= word == '"'
        if label[0] == "B":
            names.append(LabelledName(start, len(text), label[2:]))
        elif label[0] == "I" and names:
            names[-1] = names[-1]._replace(end=len(text))
    return text, names


def _find(gazetteer: Gazetteer, text: str) -> list[Found]:
    mentions = recognise(gazetteer, [text])
    found = [Found(mention.start, mention.end, _GROUP_OF_KIND.get(gazetteer.kinds[mention.slug]), 1.0) for mention in mentions[0]]
    for candidate in find_candidates([text], mentions, gazetteer.kinds):
        group = _GROUP_OF_KIND.get(candidate.kind)
        found += [Found(place.start, place.end, group, strength(candidate)) for place in candidate.places]
    return found


def _count(scores: NameScores, text: str, labels: list[LabelledName], found: list[Found]) -> None:
    scores.sentences += 1
    scores.found += len(found)
    scores.hits += sum(any(_overlap(item, label) for label in labels) for item in found)
    for group, names in GROUPS.items():
        counts = scores.groups[group]
        for label in labels:
            if label.label not in names:
                continue
            overlapping = [item for item in found if _overlap(item, label)]
            is_name = _NAME.search(text, label.start, label.end) is not None
            counts.labelled += 1
            counts.named += is_name
            if overlapping:
                counts.found += 1
                counts.named_found += is_name
                best = max(overlapping, key=lambda item: (_overlap(item, label), item.score))
                counts.typed += best.group == group


def _overlap(found: Found, label: LabelledName) -> int:
    """How many characters two spans share."""
    return max(min(found.end, label.end) - max(found.start, label.start), 0)
