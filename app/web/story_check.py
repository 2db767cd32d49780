"""The check of one story as its pages show it: a line of counts, marks at sentences, and summary beside sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.findings import FindingState, Verdict
from app.store.finding_decisions import corrections
from app.store.findings import CheckRow, PassageRow, story_checks, story_findings
from app.store.story import SentenceRow, StoryDetail
from app.web import links
from app.web.findings_view import FindingView, Segment, SourceText, finding_views, segmented, shortened
from app.web.i18n import gettext, ngettext
from app.web.reasons import reason

#: A verdict as it is said of so many sentences.
_VERDICTS: Mapping[Verdict, Callable[[int], str]] = {
    Verdict.SUPPORTED: lambda n: ngettext("%(num)s supported by its citation", "%(num)s supported by their citation", n),
    Verdict.DIFFERS: lambda n: ngettext("%(num)s differs from what it cites", "%(num)s differ from what they cite", n),
    Verdict.MISATTRIBUTED: lambda n: ngettext(
        "%(num)s found in another source than it cites", "%(num)s found in another source than they cite", n
    ),
    Verdict.UNCITED: lambda n: ngettext("%(num)s without a citation", "%(num)s without citations", n),
    Verdict.UNSUPPORTED: lambda n: gettext("%(num)s not found in a source", num=n),
    Verdict.UNCHECKED: lambda n: gettext("%(num)s not checked", num=n),
}
#: Characters of a passage that are shown at most.
_PASSAGE = 600
#: Verdicts on sentences that have something from their sources.
_RESTING = (Verdict.SUPPORTED, Verdict.DIFFERS, Verdict.MISATTRIBUTED, Verdict.UNCITED)
#: A passage stands behind a sentence when it is its best one, or scores this and half of what the best one does.
_CARRIES = 0.3


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage of a source beside a sentence; ``text`` is empty where this site shows no source texts."""

    number: int
    outlet: str | None
    text: str
    tie: str | None
    """How the source is tied to the sentence where that is not by a citation of its own."""


@dataclass(frozen=True, slots=True)
class CheckedView:
    """A sentence with what its sources say. ``text`` has the words that differ marked."""

    anchor: str
    heading: str | None
    """Of the paragraph that the sentence opens."""
    text: tuple[Segment, ...]
    sentence: SentenceRow
    verdict: str
    reason: str | None
    passages: tuple[PassageView, ...]
    """Those that carry the sentence, without the ones that a strong finding shows."""
    fainter: tuple[PassageView, ...]
    """Those that only touch on it: folded away."""
    findings: tuple[FindingView, ...]

    @property
    def strong(self) -> tuple[FindingView, ...]:
        """What is shown at the sentence."""
        return tuple(finding for finding in self.findings if finding.strong)

    @property
    def weak(self) -> tuple[FindingView, ...]:
        """What is folded away."""
        return tuple(finding for finding in self.findings if not finding.strong)


class UsedPassage(NamedTuple):
    """A stretch of a source's text (characters ``start`` to ``end``) that sentences rest on; ``anchors`` are theirs, in order."""

    start: int
    end: int
    anchors: tuple[str, ...]


class Correction(NamedTuple):
    """A finding that is gone because the story was corrected: its page, when a curator said so, and in which words."""

    url: str
    day: date
    note: str | None


@dataclass(frozen=True, slots=True)
class StoryCheckView:
    """What the check says of a story."""

    url: str
    counts: tuple[str, ...]
    """The sentences of the summary by verdict, in words."""
    total: int
    sentences: Mapping[str, CheckedView]
    """By anchor, in the order of the story."""
    corrections: tuple[Correction, ...]
    used: Mapping[int, tuple[UsedPassage, ...]]
    """What of each source's text stands behind the summary, by row id of the source, in the order of the text."""

    @property
    def strong(self) -> tuple[FindingView, ...]:
        """The findings that are shown at their sentences."""
        return tuple(chain.from_iterable(sentence.strong for sentence in self.sentences.values()))

    @property
    def weak(self) -> tuple[FindingView, ...]:
        """The findings that are folded away."""
        return tuple(chain.from_iterable(sentence.weak for sentence in self.sentences.values()))


def story_check(connection: Connection, story: StoryDetail, source_text: SourceText) -> StoryCheckView | None:
    """The check of a story's current revision; ``None`` for an older one and for a story that was not checked."""
    if story.revision.number != story.current_revision:
        return None
    checks = story_checks(connection, story.public_id)
    if not checks:
        return None
    rows = story_findings(connection, story.public_id)
    shown = finding_views(connection, [row for row in rows if row.state is not FindingState.DISMISSED], source_text)
    by_sentence: defaultdict[int, list[FindingView]] = defaultdict(list)
    for finding in shown:
        by_sentence[finding.row.sentence_id].append(finding)
    sentences: dict[str, CheckedView] = {}
    for heading, sentence in _in_order(story):
        check = checks.get(sentence.id)
        if check is None:
            continue
        view = _checked(sentence, heading, check, tuple(by_sentence[sentence.id]), source_text)
        sentences[view.anchor] = view
    in_summary = [(s, checks[s.id].verdict) for paragraph in story.paragraphs for s in paragraph.sentences if s.id in checks]
    return StoryCheckView(
        url=links.story_check(story.public_id),
        counts=_counts(in_summary),
        total=len(in_summary),
        sentences=sentences,
        corrections=tuple(
            Correction(links.finding(made.subject_id), made.decided_at.date(), made.note)
            for made in corrections(connection, story.public_id)
        ),
        used=_used(story, checks),
    )


def _in_order(story: StoryDetail) -> list[tuple[str | None, SentenceRow]]:
    """The sentences of dek and summary; the first of a paragraph with its heading."""
    return [
        *((None, sentence) for sentence in story.dek),
        *(
            (paragraph.heading if index == 0 else None, sentence)
            for paragraph in story.paragraphs
            for index, sentence in enumerate(paragraph.sentences)
        ),
    ]


def _checked(
    sentence: SentenceRow, heading: str | None, check: CheckRow, findings: tuple[FindingView, ...], source_text: SourceText
) -> CheckedView:
    strong = [finding for finding in findings if finding.strong]
    shown = {(finding.row.source_id, finding.row.passage_start) for finding in strong}
    carrying = _carrying(check)
    passages = [passage for passage in check.evidence if (passage.source_id, passage.start) not in shown]
    return CheckedView(
        anchor=links.sentence_anchor(sentence.part, sentence.position),
        heading=heading,
        text=segmented(sentence.text, chain.from_iterable(finding.spans for finding in strong)),
        sentence=sentence,
        verdict=check.verdict,
        reason=reason(check.reason) if check.reason else None,
        passages=tuple(_passage(passage, sentence, source_text) for passage in passages if passage in carrying),
        fainter=tuple(_passage(passage, sentence, source_text) for passage in passages if passage not in carrying),
        findings=findings,
    )


def _passage(passage: PassageRow, sentence: SentenceRow, source_text: SourceText) -> PassageView:
    text = "" if source_text == "none" else shortened(passage.text, _PASSAGE)
    return PassageView(passage.source_number, passage.outlet_name, text, _tie(passage.source_number, sentence))


def _tie(number: int, sentence: SentenceRow) -> str | None:
    citations = {citation.number: citation.inherited for citation in sentence.citations}
    if number in citations:
        return gettext("carried forward") if citations[number] else None
    return gettext("not cited here") if citations else None


def _counts(checked: list[tuple[SentenceRow, Verdict]]) -> tuple[str, ...]:
    by_verdict = Counter(verdict for _, verdict in checked)
    # A citation of its own is a fact, one carried forward an inference.
    inferred = sum(1 for sentence, verdict in checked if verdict is Verdict.SUPPORTED and _is_carried_forward(sentence))
    by_verdict[Verdict.SUPPORTED] -= inferred
    counts: list[str] = []
    for verdict in Verdict:
        if by_verdict[verdict]:
            counts.append(_VERDICTS[verdict](by_verdict[verdict]))
        if verdict is Verdict.SUPPORTED and inferred:
            counts.append(gettext("%(num)s supported by a citation carried forward", num=inferred))
    return tuple(counts)


def _is_carried_forward(sentence: SentenceRow) -> bool:
    return bool(sentence.citations) and all(citation.inherited for citation in sentence.citations)


def _carrying(check: CheckRow) -> tuple[PassageRow, ...]:
    """The passages that carry a sentence: the best one, and those that come near it."""
    best = check.evidence[0].score if check.evidence else 0.0
    return tuple(
        passage
        for place, passage in enumerate(check.evidence)
        if place == 0 or (passage.score >= _CARRIES and passage.score >= best / 2)
    )


def _used(story: StoryDetail, checks: Mapping[int, CheckRow]) -> dict[int, tuple[UsedPassage, ...]]:
    """The passages that stand behind sentences, those that touch each other put together."""
    spans: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for _, sentence in _in_order(story):
        check = checks.get(sentence.id)
        if check is None or check.verdict not in _RESTING:
            continue
        for passage in _carrying(check):
            spans[passage.source_id].append((passage.start, passage.end, links.sentence_anchor(sentence.part, sentence.position)))
    return {source.id: _joined(spans[source.id]) for source in story.sources if source.text}


def _joined(spans: list[tuple[int, int, str]]) -> tuple[UsedPassage, ...]:
    found: list[UsedPassage] = []
    for start, end, anchor in sorted(spans, key=lambda span: span[:2]):
        if found and start <= found[-1].end:
            last = found.pop()
            anchors = last.anchors if anchor in last.anchors else (*last.anchors, anchor)
            found.append(UsedPassage(last.start, max(end, last.end), anchors))
        else:
            found.append(UsedPassage(start, end, (anchor,)))
    return tuple(found)
