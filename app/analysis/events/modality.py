"""Whether what a clause tells happened, is still to come, is only said, or is no fact at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ahocorasick_rs import AhoCorasick

from app.analysis.events.clauses import Clause, ClauseKind
from app.analysis.events.lexicon import Predicate
from app.analysis.signs import Sign, signs
from app.domain.dates import Interval

#: Words that put a clause's matter into the future.
_FUTURE = re.compile(
    r"\b(?:will|shall|would|expected (?:to|in|on|by|this|next|early|late)|expects? to|due to|slated|scheduled|set to|plans? to|"
    r"planned|planning to|aims? to|"
    r"intends? to|"
    r"is to|are to|by the end of|going to|hopes? to|about to|prepares? to|preparing to|pledged? to|targets?|targeted|in talks|"
    r"consider(?:s|ing)|weigh(?:s|ing)|explor(?:es|ing)|seek(?:s|ing)|wants? to|close to|near(?:s|ing)|over the next)\b",
    re.IGNORECASE,
)
#: The pattern is tried only where one of these stands, for looking for words is many times quicker.
_FUTURE_BEGINS = AhoCorasick(
    (
        "will,shall,would,expect,due to,slated,scheduled,set to,plan,aim,intend,is to,are to,by the end of,going to,hope,"
        "about to,prepar,pledge,target,in talks,consider,weigh,explor,seek,want,close to,near,over the next"
    ).split(",")
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no longer|without|instead of|rather than|cannot|neither|nor|nobody|no one|hardly|barely|nothing)|"
    r"n['’]t)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_AVOIDED = re.compile(
    r"\b(?:fail\w*|declin\w+|refus\w+|reject\w*|den(?:y|ies|ied)|abandon\w*|cancel\w*|scrap\w*|shelv\w+|unable|yet|called off|"
    r"ruled out|"
    r"stopped short|no (?:plans?|intention|need)|opposed|dropped (?:its|the|a) (?:plans?|bid)|walked away|threaten\w*|tried|"
    r"attempt\w*|offered|"
    r"urged|called (?:for|on)|asked|wanted)\b[^,;]{0,60}?\b(?:to|of|from)\s+(?:be\s+)?(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_WEIGHED = re.compile(r"\b(?:considered|weighed|discussed|mulled|ruled out)\s+$")
_HYPOTHETICAL = re.compile(r"\b(?:could|might|may|can|should|must|ought to)\s+(?:\w+\s+){0,3}$")
_WOULD = re.compile(r"\bwould\s+(?:\w+\s+){0,3}$")
_FAILED = re.compile(r"\b(?:fell through|collapsed|came to nothing|voted down)\b")
#: Verbs whose content is an opinion, not a report.
_OPINIONS = ("argu", "predict", "warn", "suggest", "den", "ask", "promis", "urg")
_REPORTED = re.compile(
    r"\b(?:reportedly|allegedly|rumou?red|(?:is|are|was|were) (?:also )?(?:said|believed|reported|thought|understood) to|"
    r"people familiar|sources (?:say|said))\b",
    re.IGNORECASE,
)
_REPORTED_HOLDS = AhoCorasick(
    (
        "reportedly,allegedly,rumor,rumour,said to,believed to,reported to,thought to,understood to,people familiar,"
        "sources say,sources said"
    ).split(",")
)
#: A party that speaks of itself.
_ITSELF = re.compile(
    r"\b(?:it|he|she|they|both|the (?:two |three |chip|search |iphone )?(?:company|companies|firms?|start-?ups?|lab|group|"
    r"maker|giant))\s*$",
    re.IGNORECASE,
)
_DISBELIEF = re.compile(
    r"\b(?:not|never|nobody|no one|none|could|might|may|would|expects?|predicts?|forecasts?|estimates?|believes?|thinks?|"
    r"fears?|unclear)\b|n['’]t\b"
)


def is_real(sentence: str, clause: Clause, predicate: Predicate | None, *, conditional: bool) -> bool:
    """Whether a clause tells a fact or a plan: nothing denied, supposed, asked for, or (``conditional``) tied to a condition."""
    if clause.kind in (ClauseKind.CONDITION, ClauseKind.COMPARISON):
        return False
    doubtful = signs(sentence) & Sign.DOUBT
    if predicate is None:
        disbelieved = doubtful and any(_DISBELIEF.search(sentence, start, end) for start, end in clause.pieces)
        return not disbelieved and not conditional
    told = clause.previous.predicate if clause.kind is ClauseKind.CONTENT and clause.previous else None
    if told is not None and sentence[told.start : told.head].lower().startswith(_OPINIONS):
        return False
    lead = sentence[max(clause.start, predicate.start - 120) : predicate.start]
    if doubtful and _is_doubted(sentence, lead, clause, predicate, told, conditional=conditional):
        return False
    return not (conditional and _is_to_come(lead))


def _is_doubted(
    sentence: str, lead: str, clause: Clause, predicate: Predicate, told: Predicate | None, *, conditional: bool
) -> bool:
    """Whether words around a predicate deny or suppose it: in what leads to it, after it, or where ``told`` passes it on."""
    if _NEGATED.search(lead) or _AVOIDED.search(lead) or _WEIGHED.search(lead) or _HYPOTHETICAL.search(lead):
        return True
    if _FAILED.search(sentence, predicate.end, clause.pieces[-1][1]):
        return True
    if told is not None and clause.previous:
        before = sentence[max(clause.previous.start, told.start - 60) : told.start]
        if _NEGATED.search(before):
            return True
    supposed = conditional or not (told or any(item.frame.light for item in clause.predicates))
    return supposed and _WOULD.search(lead) is not None


def _is_to_come(words: str) -> bool:
    """Whether words put their matter into the future."""
    return bool(_FUTURE_BEGINS.find_matches_as_indexes(words.lower())) and _FUTURE.search(words) is not None


def is_planned(sentence: str, interval: Interval | None, published: Interval | None) -> bool:
    """Whether something lies after the publication, or, where dates do not tell, is told as still to come."""
    if published is not None and interval is not None:
        if published.end is not None and interval.start is not None and interval.start > published.end:
            return True
        if published.start is not None and interval.end is not None and interval.end < published.start:
            return False
    return _is_to_come(sentence)


def is_hedged(sentence: str, clause: Clause) -> bool:
    """Whether a clause itself says that it passes on what others say ("reportedly")."""
    return bool(_REPORTED_HOLDS.find_matches_as_indexes(sentence.lower())) and any(
        _REPORTED.search(sentence, start, end) for start, end in clause.pieces
    )


def speaks_of_itself(words: str, speakers: Collection[str], parties: Collection[str]) -> bool:
    """Whether those who tell something are those who do it: by name, or as "it" and "the company" in ``words``."""
    return not set(parties).isdisjoint(speakers) or _ITSELF.search(words) is not None


def quotations(sentence: str) -> Sequence[tuple[int, int]]:
    """Where words of others stand in quotation marks, titles and single words left aside."""
    if '"' not in sentence and "“" not in sentence:
        return ()
    return [match.span() for match in _QUOTED.finditer(sentence) if match[0].count(" ") >= _SHORT]


_QUOTED = re.compile(r"[“\"][^”\"“]*[”\"]?")
_SHORT = 3
