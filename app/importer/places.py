"""Where in its file each sentence of a document begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from app.domain.documents import ParsedDocument, Role
from app.importer.decoding import line_starts

#: So many letters and digits tell a sentence from others where something in it is written otherwise in its file.
_ENOUGH = 24
_READ = frozenset((Role.DEK, Role.SUMMARY))
_UNREAD = re.compile(r"[\W_]+")


def sentence_lines(text: str, document: ParsedDocument) -> tuple[list[int], list[int]]:
    """The lines of its file, counted from 1, on which the sentences of a document's dek and those of its summary begin.

    Letters and digits are compared, in order and without markers: a file breaks its lines and marks up its words as it likes. A
    sentence whose letters are written otherwise (as entities or escapes) is told by its first or last ones, and one that cannot
    be told so has the line of the one before it.
    """
    offsets = [at for span in document.spans if span.role in _READ for at in range(span.start, span.end) if text[at].isalnum()]
    letters = "".join([text[at] for at in offsets])
    starts = line_starts(text)
    dek, summary = (
        [bisect_right(starts, offsets[place]) if offsets else 1 for place in _places(letters, [one.text for one in sentences])]
        for sentences in (document.dek, document.sentences)
    )
    return dek, summary


def _places(letters: str, sentences: Sequence[str]) -> Iterator[int]:
    """The place of each sentence among the letters and digits of its document."""
    place = behind = 0
    for sentence in sentences:
        wanted = _UNREAD.sub("", sentence)
        for part in (wanted, wanted[:_ENOUGH], wanted[-_ENOUGH:]):
            found = letters.find(part, behind)
            if found >= 0:
                place, behind = found, found + len(part)
                break
        yield place
