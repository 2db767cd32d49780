"""The citation check: each sentence of dek and summary against the texts of the sources that it cites.

Verdicts are about the texts at hand. A sentence without a citation of its own is compared with all sources: nobody is blamed for
a citation that was only carried forward to it. So is the dek, which cites nothing by custom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from app.analysis.check import certainty, citations, dates, directions, disagreements, names, quotations, speakers, values
from app.analysis.check.claims import MOST_TOLD, Claim, Draft, evidence
from app.analysis.check.sources import Sources
from app.analysis.check.verdicts import verdict_on
from app.analysis.quotes import keys
from app.analysis.reading import Reading, read
from app.domain.dates import Interval
from app.domain.documents import ParsedDocument, Sentence
from app.domain.entities import Entity, Mention
from app.domain.events import DatedPhrase
from app.domain.findings import CheckedSentence, Evidence, Finding, FindingKind, Verdict
from app.domain.identifiers import short_id
from app.domain.stories import PlacedMention

__all__ = ["check_document"]

_VERSIONS = {
    rule.RULE: rule.VERSION for rule in (values, directions, names, dates, quotations, certainty, citations, disagreements)
} | {"coverage": values.VERSION}
#: The rules whose findings :func:`_together` puts together, in its order.
_RULES = (
    values.values,
    directions.directions,
    dates.dates,
    quotations.quotations,
    names.names,
    speakers.speakers,
    certainty.certainty,
    disagreements.disagreements,
)
#: So many sentences are checked at once; what has been worked out for them is then forgotten.
_AT_ONCE = 32


def check_document(
    document: ParsedDocument,
    mentions: Sequence[PlacedMention],
    entities: Mapping[str, Entity],
    reading: Reading | None = None,
) -> tuple[CheckedSentence, ...]:
    """The verdict on each sentence of dek and summary, in order, with the passages beside it and the findings on it.

    Args:
        document: what was parsed.
        mentions: the entities that were found in its texts.
        entities: the gazetteer by slug.
        reading: the document's sentences and dates, if they are known.

    Time is linear in the length of sources and summary. Any text can be checked.
    """
    reading = reading or read(document)
    placed: defaultdict[tuple[str, int], list[Mention]] = defaultdict(list)
    for item in mentions:
        placed[item.part, item.position].append(item.mention)
    sources = Sources(
        document.sources,
        reading.sources,
        {position: found for (part, position), found in placed.items() if part == "source"},
        entities,
    )
    if not sources.by_number:
        return tuple(
            CheckedSentence(part, index, Verdict.UNCHECKED, _without_texts(document))
            for part, sentences in (("dek", document.dek), ("summary", document.sentences))
            for index in range(len(sentences))
        )
    of_fields = document.of_fields
    expected = any(sentence.citations for sentence in document.sentences)
    published = document.published.interval if document.published else None
    told = [
        (part, index, sentence, dates[index])
        for part, sentences, dates in (("dek", document.dek, reading.dek), ("summary", document.sentences, reading.summary))
        for index, sentence in enumerate(sentences)
    ]
    checked: list[CheckedSentence] = []
    for first in range(0, len(told), _AT_ONCE):
        claims = [
            _claim(part, index, sentence, placed[part, index], dates, published, sources)
            for part, index, sentence, dates in told[first : first + _AT_ONCE]
        ]
        checked += _check(claims, expected, of_fields)
    return tuple(checked)


def _claim(
    part: str,
    index: int,
    sentence: Sentence,
    mentions: Sequence[Mention],
    dates: Sequence[DatedPhrase],
    published: Interval | None,
    sources: Sources,
) -> Claim:
    own = dict.fromkeys(citation.number for citation in sentence.citations if not citation.uncertain)
    # A digit that may belong to the prose is as little to be relied upon as a citation that was carried forward.
    inferred = (*(citation.number for citation in sentence.citations if citation.uncertain), *sentence.inherited)
    return Claim(
        part,
        index,
        sentence.text,
        tuple([number for number in own if number in sources.by_number]),
        tuple([number for number in inferred if number in sources.by_number]),
        tuple([citation.number for citation in sentence.citations if citation.number not in sources.by_number]),
        mentions,
        dates[:MOST_TOLD],
        published,
        sources,
    )


def _without_texts(document: ParsedDocument) -> str:
    return "The document has no text of its sources." if document.sources else "The document has no sources."


def _check(claims: Sequence[Claim], expected: bool, of_fields: Set[int]) -> Iterator[CheckedSentence]:
    reasons = [_unchecked(claim, of_fields) for claim in claims]
    compared = [claim for claim, reason in zip(claims, reasons, strict=True) if reason is None]
    shown = [tuple(map(evidence, claim.shown)) for claim in compared]
    found = zip(shown, _drafts(compared, expected), strict=True)
    for claim, reason in zip(claims, reasons, strict=True):
        if reason is not None:
            yield CheckedSentence(claim.part, claim.index, Verdict.UNCHECKED, reason)
            continue
        passages, drafts = next(found)
        yield CheckedSentence(
            claim.part,
            claim.index,
            verdict_on(claim, drafts),
            evidence=passages,
            findings=tuple([_finding(claim, draft) for draft in drafts]),
        )


def _unchecked(claim: Claim, of_fields: Set[int]) -> str | None:
    """Why a sentence cannot be checked, or ``None``."""
    if claim.part == "summary" and claim.index in of_fields:
        return "The line lists what a form says, not what a source tells."
    if claim.without_text and not claim.cited and not claim.inherited:
        return f"There is no text of source {' and '.join(map(str, dict.fromkeys(claim.without_text)))}."
    if not any(character.isalnum() for character in claim.text):
        return "The sentence has nothing to compare."
    return None


def _drafts(claims: Sequence[Claim], expected: bool) -> list[list[Draft]]:
    """What the rules say of each claim."""
    # One rule after the other, each for all claims: what a rule needs is still in the processor's caches then, which takes a
    # tenth off the time of everything.
    by_rule = [[[*rule(claim)] for claim in claims] for rule in _RULES]
    of_citations = [[*citations.citations(claim, expected=expected and claim.part == "summary")] for claim in claims]
    return [_together(*found) for found in zip(claims, *by_rule, of_citations, strict=True)]


def _together(
    claim: Claim,
    of_values: list[Draft],
    of_directions: list[Draft],
    of_dates: list[Draft],
    of_quotations: list[Draft],
    of_names: list[Draft],
    of_speakers: list[Draft],
    of_certainty: list[Draft],
    of_disagreements: list[Draft],
    of_citations: list[Draft],
) -> list[Draft]:
    """What the rules say of one claim, each word accused once; what is about a part already accused is left out."""
    found = of_values + of_directions + of_dates
    found += [draft for draft in of_quotations if not _differs_only_there(claim, draft, found)]
    accused = [(draft.start, draft.end) for draft in found]
    for draft in of_names + of_speakers:
        if not any(draft.start < end and start < draft.end for start, end in accused):
            found.append(draft)
    kinds = {draft.kind for draft in found}
    covered = any(draft.kind in (FindingKind.COVERAGE, FindingKind.ELSEWHERE) for draft in of_citations)
    if covered and FindingKind.COVERAGE in kinds:
        of_citations = [draft for draft in of_citations if draft.kind is not FindingKind.COVERAGE]
    return found + of_certainty + of_disagreements + of_citations


def _differs_only_there(claim: Claim, quotation: Draft, accused: Sequence[Draft]) -> bool:
    """Whether a quotation is word for word but for figures and dates that are accused already."""
    within = [draft for draft in accused if draft.source == quotation.source and _holds(quotation, draft)]
    if not within or quotation.found is None or quotation.source is None:
        return False
    ours, theirs = claim.text[: quotation.end], claim.sources.by_number[quotation.source].text[: quotation.found[1]]
    for start, end in sorted({(draft.start, draft.end) for draft in within}, reverse=True):
        ours = f"{ours[:start]} {ours[end:]}"
    for start, end in sorted({draft.found for draft in within if draft.found}, reverse=True):
        theirs = f"{theirs[:start]} {theirs[end:]}"
    return keys(ours[quotation.start :]) == keys(theirs[quotation.found[0] :])


def _holds(quotation: Draft, draft: Draft) -> bool:
    """Whether what is accused stands within a quotation, and what it is compared with in the quoted words."""
    if quotation.found is None or draft.found is None or draft.strength is not quotation.strength:
        return False
    inside = quotation.start <= draft.start and draft.end <= quotation.end
    return inside and quotation.found[0] <= draft.found[0] and draft.found[1] <= quotation.found[1]


def _finding(claim: Claim, draft: Draft) -> Finding:
    text = claim.text[draft.start : draft.end]
    passage: Evidence | None = evidence(draft.passage) if draft.passage else None
    source_text = None
    if draft.found is not None and draft.source is not None:
        source_text = claim.sources.by_number[draft.source].text[slice(*draft.found)]
    identity = ("finding", claim.text, draft.kind.value, text, source_text or "", passage.text if passage else "")
    return Finding(
        id=short_id("\x1f".join(identity)),
        kind=draft.kind,
        strength=draft.strength,
        rule=draft.rule,
        version=_VERSIONS[draft.rule],
        start=draft.start,
        end=draft.end,
        text=text,
        reason=draft.reason,
        source=draft.source,
        source_start=draft.found[0] if draft.found else None,
        source_end=draft.found[1] if draft.found else None,
        source_text=source_text,
        passage=passage,
    )
