"""How well running text is split into sentences, against Universal Dependencies treebanks such as GUM."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.analysis.sentences import split_sentences

#: Genres of GUM that read like what Dateline imports.
PROSE = frozenset({"academic", "bio", "essay", "news", "voyage"})


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Counts of boundaries between sentences, the end of a text not among them."""

    texts: int
    labelled: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the boundaries found that are labelled."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled boundaries that were found."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.labelled) if self.found + self.labelled else 0.0


def evaluate_sentences(directory: Path, genres: Collection[str] = PROSE) -> SentenceScores:
    """Score :func:`app.analysis.sentences.split_sentences` on every ``*.conllu`` file of ``directory``.

    The running text is put together again from the ``# text`` of the sentences, paragraphs with an empty line between them. A
    text's genre is the second part of its name (``GUM_news_afghan``); a treebank without genres counts as a whole.

    Raises:
        ValueError: the directory holds no text of these genres.
    """
    texts = labelled = found = right = 0
    for path in sorted(directory.glob("*.conllu")):
        for text, ends in _read_texts(path, genres):
            ours = {end for _, end in split_sentences(text)[:-1]}
            texts += 1
            labelled += len(ends)
            found += len(ours)
            right += len(ours & ends)
    if not texts:
        raise ValueError(f"no .conllu file with texts of these genres in {directory}: {', '.join(sorted(genres))}")
    return SentenceScores(texts, labelled, found, right)


def _read_texts(path: Path, genres: Collection[str]) -> Iterator[tuple[str, set[int]]]:
    """Each text with the offsets at which its sentences end, the last one excepted."""
    sentences: list[tuple[str, bool]] = []
    wanted, paragraph = True, False
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = "):
                if sentences:
                    yield _put_together(sentences)
                sentences = []
                parts = line.split("=", 1)[1].strip().split("_")
                wanted = len(parts) < 3 or parts[1] in genres
            elif line.startswith("# newpar") and not line.startswith("# newpar_"):
                paragraph = True
            elif line.startswith("# text = ") and wanted:
                sentences.append((line.removeprefix("# text = ").strip(), paragraph))
                paragraph = False
    if sentences:
        yield _put_together(sentences)


def _put_together(sentences: list[tuple[str, bool]]) -> tuple[str, set[int]]:
    text, ends = "", set()
    for sentence, opens_paragraph in sentences:
        if text:
            ends.add(len(text))
            text += "\n\n" if opens_paragraph else " "
        text += sentence
    return text, ends
