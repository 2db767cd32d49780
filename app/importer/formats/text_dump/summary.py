"""The summary of a story page: dek, headings, paragraphs and their markers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.documents import Citation, Paragraph, RelatedLink, Role, Sentence, cite
from app.importer.accounting import Ledger, tidy
from app.importer.assemble import assemble, plain_sentences
from app.importer.formats.text_dump.markers import own_line_numbers
from app.importer.formats.text_dump.paragraphs import split_glued, weak_break
from app.importer.formats.text_dump.shapes import (
    DIGITS,
    DOTTED_NAME,
    begins_lower,
    continues,
    ends_sentence,
    is_furniture,
    is_heading_form,
    is_name,
    related_stories_at,
    stops,
    summarised_at,
)
from app.importer.formats.text_dump.tail import read_related, related_row, tail_start
from app.importer.glued import Vocabulary, read_glued
from app.importer.lines import Line

#: The dek is the first line that ends like a sentence or has so many characters, among the first few.
_DEK_LENGTH, _DEK_WITHIN = 80, 3


@dataclass(frozen=True, slots=True)
class Summary:
    """Dek and paragraphs; ``rest`` is the index of the first line after them, ``cut`` the line in which the text breaks off."""

    dek: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    related: tuple[RelatedLink, ...]
    rest: int
    cut: Line | None


@dataclass(slots=True)
class _Draft:
    """A paragraph that is being put together."""

    heading: Line | None = None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    quotes: int = 0
    markers: list[tuple[int, Citation]] = field(default_factory=list)
    since_marker: list[str] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The piece of text that was added last."""
        return self.pieces[-1] if self.pieces else ""

    @property
    def marked(self) -> bool:
        """Whether a marker was added last."""
        return bool(self.markers) and not self.since_marker

    def add(self, text: str) -> None:
        """Add a piece of text."""
        self.pieces.append(text)
        self.since_marker.append(text)
        self.length += len(text)
        self.quotes += text.count('"')

    def mark(self, citation: Citation) -> None:
        """Add a marker here."""
        self.markers.append((self.length, citation))
        self.since_marker.clear()


def read_summary(lines: Sequence[Line], limit: int, variant: str, vocabulary: Vocabulary, ledger: Ledger) -> Summary:
    """Read dek and paragraphs from the beginning of ``lines``.

    Args:
        lines: everything below the sources (or below the header, where the summary comes first).
        limit: the highest number of a source.
        variant: the layout; only in B and C does a marker on its own line show that a new paragraph has begun.
        vocabulary: the words of the sources.
        ledger: where characters and warnings are noted.
    """
    body, rest, closed = _without_closing_line(lines, ledger)
    text, related = _without_furniture(body, ledger)
    last = text[-1:]
    dek_at = _find_dek(text, variant)
    dek: tuple[Sentence, ...] = ()
    if dek_at is not None:
        line = text[dek_at]
        ledger.claim(line.start, line.end, Role.DEK)
        dek = plain_sentences(tidy(line.text))
        text = text[dek_at + 1 :]
    reader = _Reader(text, limit, variant, vocabulary, ledger)
    paragraphs = tuple(reader.paragraphs())
    open_end = not closed and rest == len(lines) and bool(last) and not ends_sentence(last[-1].text)
    cut = last[-1] if open_end else None
    return Summary(dek, paragraphs, related, rest, cut)


def _without_closing_line(lines: Sequence[Line], ledger: Ledger) -> tuple[list[Line], int, bool]:
    """The lines of the summary, the index of the first line after it, and whether a closing line ends it."""
    for index, line in enumerate(lines):
        at = summarised_at(line.text)
        if at < 0:
            continue
        body = [*lines[:index], *([line.up_to(at)] if line.text[:at].strip() else [])]
        label = line.after(at)
        ledger.claim(label.start, label.end, Role.FURNITURE)
        index += 1
        if label.text.lower().endswith(" by") and index < len(lines) and _is_writer(lines[index]):
            ledger.claim(lines[index].start, lines[index].end, Role.FURNITURE)
            index += 1
        return body, index, True
    end = tail_start(lines)
    return list(lines[:end]), end, False


def _is_writer(line: Line) -> bool:
    return is_name(line.text) and related_row(line.text) is None and not DIGITS.fullmatch(line.text) and not is_furniture(line)


def _without_furniture(lines: Sequence[Line], ledger: Ledger) -> tuple[list[Line], tuple[RelatedLink, ...]]:
    """The lines that are text or markers, and the related stories in between."""
    text: list[Line] = []
    related: list[RelatedLink] = []
    for line in lines:
        row = related_row(line.text)
        if row is not None and row["year"] is not None:
            related.append(read_related(line, ledger))
            continue
        if is_furniture(line):
            ledger.claim(line.start, line.end, Role.FURNITURE)
            continue
        at = related_stories_at(line.text)
        if at > 0:
            label = line.after(at)
            ledger.claim(label.start, label.end, Role.FURNITURE)
            line = line.up_to(at)
        text.append(line)
    return text, tuple(related)


def _find_dek(lines: Sequence[Line], variant: str) -> int | None:
    """Index of the dek: in B and C the first line, a blank one below it; in A the first that is prose. No marker follows it."""
    for index, line in enumerate(lines[:_DEK_WITHIN]):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if DIGITS.fullmatch(line.text) or continues(line) or (after is not None and _is_continuation(after)):
            return None
        if variant != "A" and (after is None or after.gap):
            return index
        if ends_sentence(line.text) or (len(line.text) >= _DEK_LENGTH and not is_heading_form(line.text)):
            return index
    return None


def _is_continuation(line: Line) -> bool:
    return bool(DIGITS.fullmatch(line.text) or DOTTED_NAME.match(line.text)) or continues(line) or begins_lower(line)


class _Reader:
    """Walks through the lines of a summary and puts its paragraphs together."""

    def __init__(self, lines: list[Line], limit: int, variant: str, vocabulary: Vocabulary, ledger: Ledger) -> None:
        self._lines = lines
        self._limit = limit
        self._own_line_begins_paragraph = variant != "A"
        self._vocabulary = vocabulary
        self._ledger = ledger
        self._draft = _Draft()
        self._done: list[_Draft] = []

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs, in order."""
        index = 0
        while index < len(self._lines):
            if DIGITS.fullmatch(self._lines[index].text):
                end = own_line_numbers(self._lines, index)
                if self._takes_markers(end):
                    self._own_lines(index, end)
                index = end
            else:
                self._text(index)
                index += 1
        self._close()
        for draft in self._done:
            yield assemble("".join(draft.pieces), draft.markers, tidy(draft.heading.text) if draft.heading else None)

    def _takes_markers(self, end: int) -> bool:
        """Whether numbers on lines of their own, with line ``end`` after them, belong to the paragraph before them.

        After a complete sentence they may be the first row of a list that this document has lost the beginning of.
        """
        if not self._draft.pieces:
            return False
        after = self._lines[end] if end < len(self._lines) else None
        if self._draft.marked or not ends_sentence(self._draft.last) or (after is not None and continues(after)):
            return True
        return after is not None and ends_sentence(after.text)

    def _own_lines(self, index: int, end: int) -> None:
        """Numbers on lines of their own: markers of the text before them."""
        if self._own_line_begins_paragraph and self._draft.markers:
            self._part_late()
        for line in self._lines[index:end]:
            number = int(line.text)
            if 1 <= number <= self._limit and not line.text.startswith("0"):
                self._ledger.claim(line.start, line.end, Role.CITATION)
                self._draft.mark(*cite(number))
            else:
                message = f"number {number} is higher than the number of sources ({self._limit}); kept as text"
                self._ledger.warn("citation-out-of-range", line.number, line.text, message)
                self._ledger.claim(line.start, line.end, Role.SUMMARY)
                self._draft.add(f" {line.text}")

    def _part_late(self) -> None:
        """A marker on its own line is a paragraph's first: if the paragraph has one already, its end was overlooked."""
        since = "".join(self._draft.since_marker)
        at = weak_break(since)
        if at is None:
            return
        draft = self._draft
        kept = "".join(draft.pieces)[: draft.length - len(since) + at]
        draft.pieces = [kept]
        self._close()
        self._draft.add(since[at:])

    def _text(self, index: int) -> None:
        line = self._lines[index]
        after = self._lines[index + 1] if index + 1 < len(self._lines) else None
        goes_on = bool(self._draft.pieces) and self._goes_on(line)
        if not goes_on:
            self._close()
            if not continues(line) and self._is_heading(line, after):
                self._draft.heading = line
                return
            if self._draft.heading is not None:
                heading = self._draft.heading
                self._ledger.claim(heading.start, heading.end, Role.HEADING)
        reading = read_glued(line.text, self._limit, self._vocabulary) if after is not None and stops(after) else None
        prose = line if reading is None else line.up_to(len(line.text.rstrip("0123456789")) + reading.kept)
        self._ledger.claim(prose.start, prose.end, Role.SUMMARY)
        self._add(tidy(prose.text), joined=continues(line))
        if reading is None:
            return
        self._ledger.claim(prose.end, line.end, Role.CITATION)
        if reading.doubt is not None:
            ending = line.text[-60:]
            messages = {
                "ambiguous-citation": "the digits before the stop may be a marker, part of the text, or both",
                "citation-out-of-range": f"the digits before the stop are no number up to {self._limit}; kept as text",
            }
            self._ledger.warn(reading.doubt, line.number, ending, messages[reading.doubt])
        for citation in reading.citations:
            self._draft.mark(citation)

    def _goes_on(self, line: Line) -> bool:
        """Whether a line belongs to the paragraph before it."""
        if continues(line):
            return True
        if ends_sentence(self._draft.last):
            return False
        return _is_continuation(line) or self._draft.marked or not line.gap

    def _is_heading(self, line: Line, after: Line | None) -> bool:
        return after is not None and not _is_continuation(after) and is_heading_form(line.text)

    def _add(self, text: str, joined: bool) -> None:
        if not text:
            return
        parts = split_glued(text, after_marker=self._draft.marked, quotes=self._draft.quotes)
        for position, part in enumerate(parts):
            if position:
                self._close()
                part = part.lstrip()
            elif self._draft.pieces and not joined:
                part = f" {part}"
            self._draft.add(part)

    def _close(self) -> None:
        """End the paragraph, if one has begun; a heading that waits for its paragraph stays."""
        if self._draft.pieces:
            self._done.append(self._draft)
            self._draft = _Draft()
