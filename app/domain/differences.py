"""What changed between two revisions of a story: sentence by sentence, and within a sentence word by word.

The longest common runs are found by Ratcliff and Obershelp's method, as Python's ``difflib`` has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.domain.documents import ParsedDocument, ParsedSource

_PIECE = re.compile(r"\s*\S+")
#: Sentences that have less than this in common are two, not one that was changed.
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that is in both texts (``same``), only in the older (``removed``), or only in the newer (``added``)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One text that was added, removed or changed; ``what`` names it for people."""

    what: str
    kind: str
    words: tuple[Words, ...]


def differences(older: ParsedDocument, newer: ParsedDocument) -> tuple[Change, ...]:
    """The changes from one revision to the next, in the order of a story's parts: title, date, dek, summary, sources.

    A text of a source that changed is told by its length, not word by word.
    """
    return (
        *_value("title", older.title.text, newer.title.text),
        *_value("date of publication", _edtf(older), _edtf(newer)),
        *_value("category", older.category or "", newer.category or ""),
        *_sentences("dek", [sentence.text for sentence in older.dek], [sentence.text for sentence in newer.dek]),
        *_sentences("summary", _summary(older), _summary(newer)),
        *_sources(older.sources, newer.sources),
    )


def _edtf(document: ParsedDocument) -> str:
    return document.published.interval.edtf if document.published else ""


def _summary(document: ParsedDocument) -> list[str]:
    """The sentences with their own citations, so that a moved marker is a change."""
    return [
        sentence.text + "".join(f" [{citation.number}]" for citation in sentence.citations)
        for paragraph in document.paragraphs
        for sentence in paragraph.sentences
    ]


def _value(what: str, older: str, newer: str) -> list[Change]:
    if older == newer:
        return []
    if not older:
        return [Change(what, "added", (Words("added", newer),))]
    if not newer:
        return [Change(what, "removed", (Words("removed", older),))]
    return [Change(what, "changed", compare_words(older, newer))]


def _sentences(what: str, older: Sequence[str], newer: Sequence[str]) -> list[Change]:
    changes: list[Change] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before, after = list(older[start:end]), list(newer[new_start:new_end])
        while before and after:
            changes += _pair(what, before.pop(0), after.pop(0))
        changes += [Change(what, "removed", (Words("removed", text),)) for text in before]
        changes += [Change(what, "added", (Words("added", text),)) for text in after]
    return changes


def _pair(what: str, older: str, newer: str) -> list[Change]:
    words = compare_words(older, newer)
    same = sum(len(piece.text) for piece in words if piece.kind == "same")
    if same >= _SAME * min(len(older), len(newer)):
        return [Change(what, "changed", words)]
    return [Change(what, "removed", (Words("removed", older),)), Change(what, "added", (Words("added", newer),))]


def compare_words(older: str, newer: str) -> tuple[Words, ...]:
    """Two texts word by word."""
    old, new = _PIECE.findall(older), _PIECE.findall(newer)
    pieces: list[Words] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Words("same", "".join(old[start:end])))
            continue
        if start < end:
            pieces.append(Words("removed", "".join(old[start:end])))
        if new_start < new_end:
            pieces.append(Words("added", "".join(new[new_start:new_end])))
    return tuple(pieces)


def _sources(older: Sequence[ParsedSource], newer: Sequence[ParsedSource]) -> list[Change]:
    before = {source.number: source for source in older}
    after = {source.number: source for source in newer}
    changes: list[Change] = []
    for number in sorted(before.keys() | after.keys()):
        what = f"source {number}"
        old, new = before.get(number), after.get(number)
        if old is None or new is None:
            only = old or new
            assert only is not None
            kind = "removed" if new is None else "added"
            changes.append(Change(what, kind, (Words(kind, only.title),)))
            continue
        changes += _value(what, old.title, new.title)
        if old.text != new.text:
            changes += _value(f"text of {what}", f"{len(old.text):,} characters", f"{len(new.text):,} other characters")
    return changes
