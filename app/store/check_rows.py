"""What the check of a story found, as rows: pure, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.documents import Sentence
from app.domain.findings import Finding, FindingState
from app.domain.identifiers import short_id
from app.domain.stories import AnalysedStory
from app.store import schema
from app.store.buffer import Row, RowBuffer


class VerdictCounts(NamedTuple):
    """The sentences of a summary by verdict, and by (row id of an outlet that they cite themselves, verdict)."""

    sentences: Mapping[str, int]
    outlets: Mapping[tuple[int, str], int]


NO_VERDICTS = VerdictCounts({}, {})


def public_id(story_public_id: str, finding: Finding) -> str:
    """The address of a finding: two stories that say the same of the same source each have their own."""
    return short_id(f"finding:{story_public_id}:{finding.id}")


OPEN = FindingState.OPEN.value
#: The columns of a finding.
_FINDING = (
    *("id", "public_id", "story_id", "sentence_id", "kind", "strength", "rule", "version", "start_offset", "end_offset"),
    *("source_id", "source_start", "source_end", "passage_start", "passage_end", "reason", "sort_date", "category_id", "state"),
)


def add_checks(
    buffer: RowBuffer,
    story: AnalysedStory,
    summary: Sequence[Sentence],
    story_id: int,
    day: date | None,
    category_id: int | None,
    source_ids: Mapping[int, int],
    sentence_ids: Mapping[tuple[str, int], int],
    outlet_ids: Mapping[str, int],
) -> VerdictCounts:
    """Add the verdicts, passages and findings of a story that is listed under ``day``; ``summary`` is the document's.

    All findings are open: decisions on them are applied once they are stored.
    """
    add_check = buffer.appender(schema.Check, "sentence_id", "story_id", "verdict", "reason")
    add_passage = buffer.appender(schema.Evidence, "sentence_id", "position", "source_id", "start_offset", "end_offset", "score")
    add_finding = buffer.appender(schema.Finding, *_FINDING)
    ids = buffer.ids(schema.Finding)
    seen: set[str] = set()
    for check in story.analysis.checks:
        sentence_id = sentence_ids[check.part, check.index]
        add_check((sentence_id, story_id, check.verdict.value, check.reason))
        for position, (number, start, end, _, score) in enumerate(check.evidence, 1):
            add_passage((sentence_id, position, source_ids[number], start, end, score))
        for finding in check.findings:
            address = public_id(story.public_id, finding)
            if address in seen:  # the same sentence twice in one story
                continue
            seen.add(address)
            add_finding((next(ids), address, story_id, sentence_id, *_values(finding, source_ids), day, category_id, OPEN))
    return _verdict_counts(story, summary, outlet_ids)


def _values(finding: Finding, source_ids: Mapping[int, int]) -> Row:
    """The columns from ``kind`` to ``reason``."""
    passage = finding.passage
    number = finding.source if finding.source is not None else passage.source if passage else None
    return (
        finding.kind.value,
        finding.strength.value,
        finding.rule,
        finding.version,
        finding.start,
        finding.end,
        source_ids[number] if number is not None else None,
        finding.source_start,
        finding.source_end,
        passage.start if passage else None,
        passage.end if passage else None,
        finding.reason,
    )


def _verdict_counts(story: AnalysedStory, summary: Sequence[Sentence], outlet_ids: Mapping[str, int]) -> VerdictCounts:
    outlet_of = {source.number: outlet_ids[source.outlet] for source in story.document.sources if source.outlet}
    sentences: Counter[str] = Counter()
    outlets: Counter[tuple[int, str]] = Counter()
    for check in story.analysis.checks:
        if check.part != "summary":
            continue
        verdict = check.verdict.value
        sentences[verdict] += 1
        if outlet_of:
            cited = {outlet_of.get(citation.number) for citation in summary[check.index].citations}
            outlets.update([(outlet_id, verdict) for outlet_id in cited if outlet_id is not None])
    return VerdictCounts(sentences, outlets)
