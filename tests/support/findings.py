"""Made-up stories that were checked: for tests of what is made of findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.dates import day
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Published, Sentence, Title
from app.domain.findings import CheckedSentence, Evidence, Finding, FindingKind, Strength, Verdict
from app.domain.identifiers import short_id
from app.domain.stories import AnalysedStory
from app.store.check_rows import public_id
from app.store.rows import fingerprint
from tests.support.stories import make_story

PLEDGE = "Halcyon Labs has pledged $60 billion for data centres by the end of 2028."
QUOTE = "“We never closed the door on open weights,” Ines Okafor said."
OFFICE = "A second office opens in Leeds."
TEXTS = (
    "Halcyon Labs will close its next model. Ines Okafor said: “We have not closed the door to open weights.” It was a long talk.",
    "Halcyon told its bankers of a pledge of $600 billion for data centres by the end of 2028. The office in Leeds opens in May.",
)


def passage(source: int, words: str, score: float = 0.8) -> Evidence:
    """The passage of a source that has these words."""
    start = TEXTS[source - 1].index(words)
    return Evidence(source, start, start + len(words), words, score)


def finding(
    kind: FindingKind,
    sentence: str,
    words: str,
    evidence: Evidence | None = None,
    answer: str | None = None,
    strength: Strength = Strength.STRONG,
    reason: str | None = None,
) -> Finding:
    """A finding on some words of a sentence, with what a passage has in their place."""
    start = sentence.index(words)
    at = TEXTS[evidence.source - 1].index(answer) if evidence and answer else None
    return Finding(
        id=short_id(f"{kind}:{sentence}:{words}"),
        kind=kind,
        strength=strength,
        rule=f"{kind}-test",
        version=1,
        start=start,
        end=start + len(words),
        text=words,
        reason=reason or f"The summary says {words}; source {evidence.source if evidence else '?'} says {answer}.",
        source=evidence.source if evidence else None,
        source_start=at,
        source_end=at + len(answer) if at is not None and answer else None,
        source_text=answer,
        passage=evidence,
    )


PLEDGED = passage(2, "Halcyon told its bankers of a pledge of $600 billion for data centres by the end of 2028.")
SAID = passage(1, "Ines Okafor said: “We have not closed the door to open weights.”")
OPENS = passage(2, "The office in Leeds opens in May.")
FIGURE = finding(FindingKind.VALUE, PLEDGE, "$60 billion", PLEDGED, "$600 billion")
QUOTATION = finding(
    FindingKind.QUOTE,
    QUOTE,
    "We never closed the door on open weights",
    SAID,
    "We have not closed the door to open weights",
    reason="The quotation reads otherwise in source 1.",
)
ELSEWHERE = finding(
    FindingKind.ELSEWHERE, OFFICE, OFFICE, OPENS, strength=Strength.WEAK, reason="Source 1 does not say this; source 2 does."
)


def checked_story(
    number: int,
    *,
    published: date | None = date(2025, 12, 11),
    outlet: str = "Example Business Daily",
    category: str | None = "Technology",
    figure: Finding | None = FIGURE,
) -> AnalysedStory:
    """A story of two paragraphs and four sentences: a supported one, a figure and a quotation that differ, one found elsewhere."""
    base = make_story(number, title=f"Halcyon closes its models, part {number}", published=published, category=category)
    opening = Sentence("Halcyon Labs will close its next model.", (Citation(1),))
    document: ParsedDocument = replace(
        base.document,
        title=Title(f"Halcyon closes its models, part {number}"),
        published=Published(day(published), "front-matter") if published else None,
        paragraphs=(
            Paragraph((opening, Sentence(PLEDGE, (Citation(2),)))),
            Paragraph((Sentence(QUOTE, (Citation(1),)), Sentence(OFFICE, (Citation(1),))), "What was said"),
        ),
        sources=(
            ParsedSource(1, "Halcyon’s next model will be closed", TEXTS[0], outlet="The Sample Wire"),
            ParsedSource(2, "Inside a pivot", TEXTS[1], outlet=outlet, url="https://example.com/pivot"),
        ),
    )
    checks = (
        CheckedSentence("dek", 0, Verdict.UNCITED),
        CheckedSentence("summary", 0, Verdict.SUPPORTED, None, (passage(1, "Halcyon Labs will close its next model."),)),
        CheckedSentence("summary", 1, Verdict.DIFFERS, None, (PLEDGED,), (figure,) if figure else ()),
        CheckedSentence("summary", 2, Verdict.DIFFERS, None, (SAID,), (QUOTATION,)),
        CheckedSentence("summary", 3, Verdict.MISATTRIBUTED, None, (OPENS,), (ELSEWHERE,)),
    )
    return replace(
        base,
        document=document,
        content_sha256=fingerprint(document),
        analysis=replace(base.analysis, checks=checks, events=(), mentions=()),
    )


def address(story: AnalysedStory, found: Finding = FIGURE) -> str:
    """The page of a finding of a story."""
    return f"/findings/{public_id(story.public_id, found)}"
