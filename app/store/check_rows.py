"""What the check of a story found, as rows: pure, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from app.domain.findings import Finding, FindingState
from app.domain.identifiers import short_id
from app.domain.stories import AnalysedStory
from app.store import schema
from app.store.buffer import References, RowBuffer


class VerdictCounts(NamedTuple):
    """The sentences of a summary by verdict, and by (row id of an outlet that they cite themselves, verdict)."""

    sentences: Mapping[str, int]
    outlets: Mapping[tuple[int, str], int]


NO_VERDICTS = VerdictCounts({}, {})


def public_id(story_public_id: str, finding: Finding) -> str:
    """The address of a finding: two stories that say the same of the same source each have their own."""
    return short_id(f"finding:{story_public_id}:{finding.id}")


def add_checks(
    buffer: RowBuffer,
    story: AnalysedStory,
    story_id: int,
    day: date | None,
    source_ids: Mapping[int, int],
    sentence_ids: Mapping[tuple[str, int], int],
    references: References,
    next_id: Callable[[type[schema.Base]], int],
) -> VerdictCounts:
    """Add the verdicts, passages and findings of a story that is listed under ``day``.

    All findings are open: decisions on them are applied once they are stored.
    """
    category = story.document.category
    category_id = references.categories[category] if category else None
    seen: set[str] = set()
    for check in story.analysis.checks:
        sentence_id = sentence_ids[check.part, check.index]
        buffer.add(schema.Check, sentence_id=sentence_id, story_id=story_id, verdict=check.verdict.value, reason=check.reason)
        for position, passage in enumerate(check.evidence, 1):
            buffer.add(
                schema.Evidence,
                sentence_id=sentence_id,
                position=position,
                source_id=source_ids[passage.source],
                start_offset=passage.start,
                end_offset=passage.end,
                score=passage.score,
            )
        for finding in check.findings:
            address = public_id(story.public_id, finding)
            if address in seen:  # the same sentence twice in one story
                continue
            seen.add(address)
            buffer.add(
                schema.Finding,
                id=next_id(schema.Finding),
                public_id=address,
                story_id=story_id,
                sentence_id=sentence_id,
                sort_date=day,
                category_id=category_id,
                state=FindingState.OPEN.value,
                **_values(finding, source_ids),
            )
    return _verdict_counts(story, references)


def _values(finding: Finding, source_ids: Mapping[int, int]) -> dict[str, Any]:
    number = finding.source if finding.source is not None else finding.passage.source if finding.passage else None
    return {
        "kind": finding.kind.value,
        "strength": finding.strength.value,
        "rule": finding.rule,
        "version": finding.version,
        "start_offset": finding.start,
        "end_offset": finding.end,
        "source_id": source_ids[number] if number is not None else None,
        "source_start": finding.source_start,
        "source_end": finding.source_end,
        "passage_start": finding.passage.start if finding.passage else None,
        "passage_end": finding.passage.end if finding.passage else None,
        "reason": finding.reason,
    }


def _verdict_counts(story: AnalysedStory, references: References) -> VerdictCounts:
    outlet_of = {source.number: source.outlet for source in story.document.sources}
    sentences: Counter[str] = Counter()
    outlets: Counter[tuple[int, str]] = Counter()
    for check in story.analysis.checks:
        if check.part != "summary":
            continue
        sentences[check.verdict.value] += 1
        cited = {outlet_of.get(citation.number) for citation in story.document.sentences[check.index].citations}
        for outlet_id in {references.outlets[outlet] for outlet in cited if outlet}:
            outlets[outlet_id, check.verdict.value] += 1
    return VerdictCounts(dict(sentences), dict(outlets))
