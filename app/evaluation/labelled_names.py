"""Entities of the gazetteer in documents that the project labelled itself, sentence by sentence, before Dateline had read them.

A file of labels (TOML) has for each document its name and for each sentence of title, dek and summary the hash of its text and
the slugs of the entities that it names; so it needs no text of the document.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.analysis.aliases import recognise
from app.analysis.gazetteer import Gazetteer
from app.domain.documents import ParsedDocument

_HASH_LENGTH = 12


@dataclass(slots=True)
class LabelScores:
    """Counts over one file of labels, and what went wrong: the sentence's hash, and slugs missing (``-``) or too many (``+``)."""

    documents: int = 0
    sentences: int = 0
    labelled: int = 0
    found: int = 0
    right: int = 0
    differences: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the mentions found that are labelled."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled mentions that were found."""
        return self.right / self.labelled if self.labelled else 0.0


def sentence_hash(text: str) -> str:
    """What stands for a sentence in a file of labels."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


def read_labels(path: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """For each document (by the name of its file) the hashes of its sentences and the slugs in each.

    Raises:
        ValueError: the file is not of that form.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return {document["file"]: [(row[0], list(row[1:])) for row in document["sentences"]] for document in data["document"]}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, IndexError) as error:
        raise ValueError(f"{path}: not a file of labels ({error})") from error


def evaluate_labels(labels: Path, documents: Iterable[tuple[str, Iterable[ParsedDocument]]], gazetteer: Gazetteer) -> LabelScores:
    """Score recognition on the documents that are labelled, each given as the name of its file and its stories.

    Sentences are matched by their hash, so a document that was changed since is measured on what is left of it.

    Raises:
        ValueError: the labels are not of the form, or none of the documents is labelled.
    """
    scores = LabelScores()
    labelled = read_labels(labels)
    for name, stories in documents:
        if name not in labelled:
            continue
        scores.documents += 1
        gold = dict(labelled[name])
        for story in stories:
            texts = [story.title.text, *(sentence.text for sentence in (*story.dek, *story.sentences))]
            bodies = [source.text for source in story.sources]
            for text, mentions in zip(texts, recognise(gazetteer, [*texts, *bodies]), strict=False):
                key = sentence_hash(text)
                if key in gold:
                    _count(scores, key, Counter(gold[key]), Counter(mention.slug for mention in mentions))
    if not scores.documents:
        raise ValueError(f"{labels} has labels for none of these documents")
    return scores


def _count(scores: LabelScores, key: str, gold: Counter[str], found: Counter[str]) -> None:
    scores.sentences += 1
    scores.labelled += gold.total()
    scores.found += found.total()
    scores.right += (gold & found).total()
    scores.differences += [(key, f"-{slug}") for slug in (gold - found).elements()]
    scores.differences += [(key, f"+{slug}") for slug in (found - gold).elements()]
