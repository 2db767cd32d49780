"""A finding as templates need it: what the summary says, what the source says, and in which words they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from app.domain.curation import Decision, Subject
from app.domain.findings import FindingKind, FindingState, Strength
from app.store.curation import decisions_on
from app.store.finding_decisions import Mended
from app.store.findings import FindingRow
from app.web import links
from app.web.i18n import N_, gettext
from app.web.reasons import reason

SourceText = Literal["excerpt", "full", "none"]

#: Characters of a passage or a sentence around what differs.
_AROUND = 220
#: Characters of the words that differ, where they stand for themselves.
_CLAIM = 90
#: Longer stretches are marked whole instead of word by word.
_COMPARED = 600

#: What a kind of finding is called in a list, at its sentence, and at its sentence where no source has anything in its place.
KINDS: Mapping[str, tuple[str, str, str]] = {
    FindingKind.VALUE: (N_("Figure"), N_("Figure differs"), N_("Figure not found")),
    FindingKind.NAME: (N_("Name"), N_("Name differs"), N_("Name not found")),
    FindingKind.DATE: (N_("Date"), N_("Date differs"), N_("Date not found")),
    FindingKind.QUOTE: (N_("Quotation"), N_("Quotation differs"), N_("Quotation not found")),
    FindingKind.CERTAINTY: (N_("Certainty"), N_("Surer than the source"), N_("Surer than the source")),
    FindingKind.COVERAGE: (N_("Partly covered"), N_("Partly covered"), N_("Partly covered")),
    FindingKind.ELSEWHERE: (N_("In another source"), N_("In another source"), N_("In another source")),
    FindingKind.UNCITED: (N_("Without citation"), N_("Without citation"), N_("Without citation")),
    FindingKind.UNSUPPORTED: (N_("Not found in a source"), N_("Not found in a source"), N_("Not found in a source")),
    FindingKind.SOURCES_DISAGREE: (N_("Sources disagree"), N_("Sources disagree"), N_("Sources disagree")),
}
STRENGTHS: Mapping[str, str] = {Strength.STRONG: N_("Strong"), Strength.WEAK: N_("Weak")}
STATES: Mapping[str, str] = {
    FindingState.OPEN: N_("Open"),
    FindingState.CONFIRMED: N_("Confirmed"),
    FindingState.DISMISSED: N_("Dismissed"),
    FindingState.CORRECTED: N_("Corrected"),
}
#: What can be told without showing a source's text; a quotation is the text.
_FACTS = (FindingKind.VALUE, FindingKind.NAME, FindingKind.DATE)
_ABSENT = {
    FindingKind.COVERAGE: N_("only in part in the source that it cites"),
    FindingKind.UNCITED: N_("no citation"),
    FindingKind.UNSUPPORTED: N_("not found in a source"),
}
_NOWHERE = N_("in no source")
_SHAPES = {
    FindingKind.ELSEWHERE: "→",
    FindingKind.COVERAGE: "◐",
    FindingKind.UNCITED: "○",
    FindingKind.UNSUPPORTED: "○",
}


class Segment(NamedTuple):
    """Running text, or words that differ."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What a curator decided last, and when."""

    state: str
    day: date
    note: str | None


class MendedView(NamedTuple):
    """A finding that is gone because its document was corrected: what it was, as far as that was recorded."""

    url: str
    label: str
    matter: str | None
    sentence: str | None
    decision: DecisionView
    mended: Mended

    @property
    def story_url(self) -> str:
        """The story as it is now."""
        return links.story(self.mended.story_public_id, self.mended.story_slug)


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding. ``claim`` and ``answer`` say it in a line: Summary: $60 billion · Source 2: $600 billion."""

    row: FindingRow
    url: str
    kind: str
    label: str
    shape: str
    claim: str
    answer: str | None
    """The source's words in the place of the claim."""
    absent: str | None
    """Where there are none: what is the matter, in words."""
    matter: str
    """What is the matter, in a sentence."""
    spans: tuple[tuple[int, int], ...]
    """The characters of the sentence that differ; none where all of it does."""
    sentence: tuple[Segment, ...]
    passage: tuple[Segment, ...]
    """Empty where there is none, or where this site shows no source texts."""
    hidden: bool
    """There is a passage, but this site shows no source texts."""
    story_url: str
    decision: DecisionView | None

    @property
    def strong(self) -> bool:
        """Whether it is shown at its sentence."""
        return self.row.strength is Strength.STRONG

    @property
    def headline(self) -> str:
        """The finding in a line of plain text."""
        if self.answer:
            number = str(self.row.source_number)
            return gettext(
                "Summary: %(claim)s · Source %(number)s: %(answer)s", claim=self.claim, number=number, answer=self.answer
            )
        return gettext("Summary: %(claim)s · %(absent)s", claim=self.claim, absent=self.absent)

    @property
    def anchor(self) -> str:
        """The anchor of its sentence."""
        return links.sentence_anchor(self.row.part, self.row.position)


def finding_views(connection: Connection, rows: Sequence[FindingRow], source_text: SourceText) -> tuple[FindingView, ...]:
    """Findings with what was decided on them."""
    decided = [row.public_id for row in rows if row.state is not FindingState.OPEN]
    decisions = decisions_on(connection, Subject.FINDING, decided) if decided else {}
    return tuple(finding_view(row, decisions.get(row.public_id, [])[-1:], source_text) for row in rows)


def finding_view(row: FindingRow, latest: Iterable[Decision], source_text: SourceText) -> FindingView:
    """A finding with the latest of the decisions on it, if there is one."""
    _, differs, not_found = KINDS[row.kind]
    said = row.sentence[row.start : row.end]
    in_sentence, in_source = _differing(row, said)
    shows_source = source_text != "none"
    tells = shows_source or row.kind in _FACTS
    passage = _passage(row, in_source) if shows_source else ()
    return FindingView(
        row=row,
        url=links.finding(row.public_id),
        kind=gettext(KINDS[row.kind][0]),
        label=gettext(differs if row.source_words or row.kind in _ABSENT else not_found),
        shape=_SHAPES.get(row.kind, "≠"),
        claim=shortened(said.strip(), _CLAIM),
        answer=shortened(row.source_words.strip(), _CLAIM) if row.source_words and tells else None,
        absent=None if row.source_words and tells else _absent(row),
        matter=reason(row.reason) if tells or not row.source_words else f"{gettext(differs)}.",
        spans=tuple(in_sentence),
        sentence=segments(row.sentence, in_sentence),
        passage=passage,
        hidden=bool(row.passage) and not shows_source,
        story_url=links.story(row.story_public_id, row.story_slug, sentence=(row.part, row.position)),
        decision=next(
            (DecisionView(gettext(STATES[row.state]), made.decided_at.date(), made.note) for made in latest),
            None,
        ),
    )


def said_then(decision: Decision, source_text: SourceText) -> tuple[str | None, str | None]:
    """The sentence of a finding and what was the matter with it, as they were recorded with a decision on it."""
    matter = decision.details.get("reason")
    tells = source_text != "none" or decision.details.get("kind") in _FACTS
    return decision.details.get("sentence"), reason(matter) if matter and tells else None


def mended_view(mended: Mended, source_text: SourceText) -> MendedView:
    """A finding that a correction has settled."""
    decision = mended.decision
    kind = decision.details.get("kind", "")
    sentence, matter = said_then(decision, source_text)
    return MendedView(
        url=links.finding(decision.subject_id),
        label=gettext(KINDS[kind][1]) if kind in KINDS else gettext("Finding"),
        matter=matter,
        sentence=sentence,
        decision=DecisionView(gettext(STATES[FindingState.CORRECTED]), decision.decided_at.date(), decision.note),
        mended=mended,
    )


def _absent(row: FindingRow) -> str:
    number = str(row.source_number) if row.source_number else None
    if row.kind is FindingKind.ELSEWHERE:
        if number:
            return gettext("in source %(number)s, which it does not cite", number=number)
        return gettext("in a source that it does not cite")
    if row.kind is FindingKind.CERTAINTY:
        return gettext("source %(number)s is less sure", number=number) if number else gettext("the source is less sure")
    if row.kind is FindingKind.SOURCES_DISAGREE:
        return gettext("the sources differ among themselves")
    if row.source_words:
        return gettext("other words in source %(number)s", number=number) if number else gettext("other words in the source")
    return gettext(_ABSENT.get(row.kind, _NOWHERE))


def _differing(row: FindingRow, said: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The spans that differ, in the sentence and in the source's text."""
    whole = [] if said.strip(" .") == row.sentence.strip(" .") else [(row.start, row.end)]
    if row.source_words is None or row.source_start is None or row.source_end is None:
        return whole, []
    if row.kind is FindingKind.QUOTE and len(said) + len(row.source_words) <= _COMPARED:
        ours, theirs = differing_words(said, row.source_words)
        return _moved(ours, row.start), _moved(theirs, row.source_start)
    return whole, [(row.source_start, row.source_end)]


def differing_words(ours: str, theirs: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The character spans of the runs of words that only one of two texts has; case, marks and typography do not count."""
    our_words, their_words = _words(ours), _words(theirs)
    matcher = SequenceMatcher(None, [word.plain for word in our_words], [word.plain for word in their_words], autojunk=False)
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        [(our_words[start].start, our_words[end - 1].end) for _, start, end, _, _ in changed if start < end],
        [(their_words[start].start, their_words[end - 1].end) for _, _, _, start, end in changed if start < end],
    )


class _Word(NamedTuple):
    start: int
    end: int
    plain: str


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        plain = "".join(filter(str.isalnum, word.casefold()))
        if plain:
            found.append(_Word(start, at, plain))
    return found


def _moved(spans: Iterable[tuple[int, int]], by: int) -> list[tuple[int, int]]:
    return [(start + by, end + by) for start, end in spans]


def _passage(row: FindingRow, spans: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    if row.passage is None or row.passage_start is None or row.passage_end is None:
        return (Segment(shortened(row.source_words, 2 * _AROUND), True),) if row.source_words else ()
    inside = [(start, end) for start, end in spans if row.passage_start <= start and end <= row.passage_end]
    return segments(row.passage, _moved(inside, -row.passage_start))


def segments(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    """A text with the characters in ``spans`` marked, and what is far from any of them left out."""
    marked = segmented(text, spans)
    if len(text) <= 3 * _AROUND:
        return marked
    found: list[Segment] = []
    for index, (piece, is_marked) in enumerate(marked):
        if is_marked:
            found.append(Segment(shortened(piece, 2 * _AROUND), True))
            continue
        first, last = index == 0, index == len(marked) - 1
        if len(marked) == 1:
            found.append(Segment(shortened(piece, 3 * _AROUND), False))
        elif first:
            found.append(Segment(_ending(piece), False))
        elif last:
            found.append(Segment(shortened(piece, _AROUND), False))
        elif len(piece) > 2 * _AROUND:
            found.append(Segment(shortened(piece, _AROUND) + " " + _ending(piece), False))
        else:
            found.append(Segment(piece, False))
    return tuple(found)


def segmented(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    """The whole of a text with the characters in ``spans`` marked; spans that overlap are one."""
    found: list[Segment] = []
    at = 0
    for start, end in _merged(spans, len(text)):
        if start > at:
            found.append(Segment(text[at:start], False))
        found.append(Segment(text[start:end], True))
        at = end
    if at < len(text):
        found.append(Segment(text[at:], False))
    return tuple(found)


def _merged(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        start, end = max(start, 0), min(end, length)
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut between words where it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    beginning = text[: most + 1]
    cut = beginning.rfind(" ")
    return beginning[: cut if cut > 0 else most].rstrip(" ,;:–—-") + " …"


def _ending(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    end = text[-_AROUND:]
    return "… " + end[end.find(" ") + 1 :]
