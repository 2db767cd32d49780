"""What a sentence tells: which clause says what happened, and which date belongs to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.analysis.events.clauses import Clause, ClauseKind, split_clauses
from app.analysis.events.lexicon import Predicate, find_predicates, load_lexicon
from app.analysis.events.modality import is_real, quotations
from app.analysis.events.plainness import happens, may_be_plain
from app.domain.entities import Entity, Mention
from app.domain.events import DatedPhrase, EventType, Role

#: What makes of a verb after "to" something that is to come rather than what another one is for.
_INTENDED = re.compile(r"\b(?:expects?|plans?|hopes?|aims?|intends?|wants?|expected|scheduled|slated|due|set|ready|going) to\s+$")
#: Types of what comes out.
COMES_OUT = frozenset((EventType.RELEASE, EventType.LAUNCH))
#: What is longer than this many characters is a list or a table rather than a sentence.
_LONGEST = 2_000
#: A word before a verb's form that makes a noun or an adjective of it ("the launch", "its released model").
_NOMINAL = re.compile(
    r"(?:\b(?:an?|the|its|their|his|her|our|your|this|that|these|those|of|no|any|each|every|new|first|latest)|['’]s?)\s+$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
#: What a bare year follows where it tells a time, and does not describe a thing ("a 2017 paper", "the class of 2024").
_TIMELY = re.compile(
    r"(?:\b(?:in|by|since|from|until|till|during|for|through|throughout|before|after|between|and|to|early|late|mid|around|about|"
    r"into|over|or|[A-Z][a-z]+)|[,(;—–-])\s*$"
)
_FISCAL = re.compile(r"\s+(?:fiscal|financial) year\b")
_COMPARED = re.compile(r"\b(?:up|down|from|than|against|versus|compared (?:with|to))\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
#: What makes of a time the other side of a comparison: "up 12% from a year earlier", "62 percent more than in 2024".
_COMPARISON = re.compile(
    r"(?:\b(?:compared (?:with|to)|versus|against)|(?:%|\b(?:per ?cent|percent|times|points?|higher|lower|less|fewer|larger|"
    r"smaller|bigger|faster|slower|double|triple|half))[^,;:]{0,40}\bthan)\s+(?:in |during |for |at |the |that of ){0,2}$|"
    r"\bcompared (?:with|to) [^,;:]{1,50}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\b(?:up|down|rose|fell|grew|jumped|increased|decreased|dropped|climbed|doubled|tripled)\b|%|\bper ?cent\b)[^;:]{0,60}"
    r"\bfrom\s+(?:(?:about |just |only |some )?[$€£¥]?[\d.,]+(?:%| per ?cent| (?:m|b|tr)illion)? )?$"
)
_BEFORE = re.compile(r"(?:an?|one|the) (?:year|quarter|month)s? (?:earlier|ago|before)|the (?:previous|prior|preceding|same) \w+")
_PUT_OFF_TO = re.compile(r"\b(?:until|till|to)\s+(?:the |at least |early |mid-?|late |no earlier than )*$")
_NO_LAW = re.compile(
    r"\b(?:(?:job |staff )?cuts?|lay-?offs?|redundanc(?:y|ies)|departures?|resignations?|appointments?|promotions?|prices?|"
    r"pricing|fees|increases?|mergers?|acquisitions?|deals?|split|closures?|restructuring|changes)\s+"
    r"(?:(?:will|would|all|also|both) )*$",
    re.IGNORECASE,
)
_GIVEN_UNTIL = re.compile(r"\b(?:gave|gives?|given|giving|granted|has|have|had) [^,;:]{1,40}\b(?:until|till)\s+$")
_ANOTHER_VERB = re.compile(
    r"\b(?:and|but|then|it|he|she|they)\s+(?:\w+\s+){0,2}?\w+(?:ed|ose|ell|ew|ook|ame|ade|ent|eft|an|ill)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|did|does|do|became|went|came|took|made|gave|got|kept|began|lost|won|rose|"
    r"saw|ran|held|met|hit|set|put|led|grew|fell|\w{3,}ed|\w{3,}[a-z]s|\w+n['’]t)\b"
)

_PERIOD = re.compile(r"(?:that|which) (?:had )?(?:ended|ends|began|begins|closed|runs|ran)\b")
_ACTION = re.compile(
    r"\b(?:\w{2,}(?:ed|[oe]ll|ook|ent|eft|ought|ang|ank)|rose|grew|drew|ran|came|became|began|won|lost|met|hit|set|put|made|"
    r"gave|got|cut|saw|broke|spoke)\b"
)


class Told(NamedTuple):
    """One thing that a sentence tells: in which clause, by which words, and when (``None`` where no words tell it)."""

    clause: Clause
    predicate: Predicate | None
    phrase: DatedPhrase | None
    type: EventType


class Sentence(NamedTuple):
    """A sentence with what was found in it."""

    text: str
    clauses: Sequence[Clause]
    phrases: Sequence[DatedPhrase]
    mentions: Sequence[Mention]

    @property
    def conditional(self) -> bool:
        """Whether it names a condition."""
        return any(clause.kind is ClauseKind.CONDITION for clause in self.clauses)

    def clause_at(self, place: int) -> Clause:
        """The clause that a character belongs to."""
        return next((clause for clause in self.clauses if clause.holds(place)), self.clauses[0])

    def is_dated(self, clause: Clause) -> bool:
        """Whether a clause has a date of its own."""
        return any(clause.holds(phrase.start) for phrase in self.phrases)


def read(
    text: str, phrases: Sequence[DatedPhrase], mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> Sentence | None:
    """A sentence made ready; ``None`` where it cannot tell an event: a question, no sentence of prose, nothing plain or dated."""
    if len(text) > _LONGEST or text.rstrip("\"”’') ").endswith("?"):
        return None
    predicates = [item for item in find_predicates(text) if not _is_nominal(text, item)]
    phrases = [phrase for phrase in phrases if _tells_time(text, phrase) and not _is_beside(text, phrase)]
    if quoted := quotations(text):
        predicates = [item for item in predicates if not _inside(item.start, quoted)]
        phrases = [phrase for phrase in phrases if not _inside(phrase.start, quoted)]
    # Without a date only what is plainly done counts; see :func:`undated`.
    if not any(phrase.interval for phrase in phrases) and not any(
        (phrases or item.frame.plain) and may_be_plain(text, item, mentions, entities) and (phrases or happens(text, item))
        for item in predicates
    ):
        return None
    return Sentence(text, split_clauses(text, predicates, phrases, mentions), phrases, mentions)


def dated(sentence: Sentence) -> list[Told]:
    """What the sentence tells with a date, in the order of its dates and once for each."""
    found: list[Told] = []
    seen: set[str | None] = set()
    for phrase in sentence.phrases:
        edtf = phrase.interval.edtf if phrase.interval else None
        if edtf in seen:
            continue
        told = _told_at(sentence, phrase, found)
        if told is not None:
            seen.add(edtf)
            found.append(told)
    return found


def undated(sentence: Sentence) -> Told | None:
    """The first thing that the sentence tells plainly without a date."""
    for clause in sentence.clauses:
        if clause.kind in (ClauseKind.MAIN, ClauseKind.CONTENT) and (predicate := clause.predicate):
            if not predicate.frame.plain:
                continue
            if happens(sentence.text, predicate) and is_real(sentence.text, clause, predicate, conditional=sentence.conditional):
                return Told(clause, predicate, None, predicate.frame.type)
            return None
    return None


def aside(sentence: Sentence, told: Told) -> Told | None:
    """What a clause of its own tells plainly beside something dated that no known verb tells.

    "Orders soared in 2023 after Acme released Rover": the date is that of the orders, the release has none.
    """
    if told.predicate is not None or told.type is not EventType.OTHER:
        return None
    for clause in sentence.clauses:
        if clause.kind is ClauseKind.SUBORDINATE and clause.previous is told.clause and not sentence.is_dated(clause):
            predicate = _strong(clause)
            if (
                predicate is not None
                and predicate.frame.plain
                and happens(sentence.text, predicate)
                and is_real(sentence.text, clause, predicate, conditional=sentence.conditional)
            ):
                return Told(clause, predicate, None, predicate.frame.type)
    return None


def _told_at(sentence: Sentence, phrase: DatedPhrase, before: Sequence[Told]) -> Told | None:
    clause = sentence.clause_at(phrase.start)
    predicate = None if _is_period(sentence.text, clause) else _governing(sentence.text, clause, phrase)
    if predicate is None or predicate.frame.light:
        other = _other_clause(sentence, clause, predicate)
        if other is not None:
            clause, predicate = other, _strong(other)
        elif predicate is None and clause.kind is not ClauseKind.MAIN:
            carrier = _carrier(sentence, clause)
            if carrier is None:
                return None
            clause = carrier
    if any(told.clause is clause and told.predicate is predicate is not None for told in before):
        # The verb has its date; another one belongs to another verb or to a comparison.
        last = before[-1].phrase
        between = sentence.text[last.end : phrase.start] if last else ""
        if not _ANOTHER_VERB.search(between) or _COMPARED.search(sentence.text, 0, phrase.start):
            return None
        predicate = None
    if not is_real(sentence.text, clause, predicate, conditional=sentence.conditional):
        return None
    if predicate is None and not _tells_something(sentence, clause):
        return None
    if predicate is None or _is_of_another_kind(sentence.text, clause, predicate, phrase):
        return Told(clause, predicate, phrase, _by_noun(sentence.text, clause))
    return Told(clause, predicate, phrase, predicate.frame.type)


def _is_of_another_kind(text: str, clause: Clause, predicate: Predicate, phrase: DatedPhrase) -> bool:
    """Whether the nouns around a verb tell better what its date is of: what is put off comes "until" then, cuts are no law."""
    if predicate.frame.type is EventType.OTHER:
        return _PUT_OFF_TO.search(text, predicate.end, phrase.start) is not None
    if predicate.frame.type is EventType.REGULATION and predicate.frame.subject is Role.OBJECT:
        return _NO_LAW.search(text, clause.start, predicate.start) is not None
    return False


def _governing(text: str, clause: Clause, phrase: DatedPhrase) -> Predicate | None:
    """The predicate of a clause that a date belongs to: the nearest one, those before it and those that are not light first."""
    if len(clause.predicates) < 2:
        return clause.predicates[0] if clause.predicates else None

    def distance(item: Predicate) -> tuple[bool, bool, int]:
        after = item.start >= phrase.end
        return item.frame.light, after, item.start - phrase.end if after else max(phrase.start - item.end, 0)

    candidates = [item for item in clause.predicates if not _is_purpose(text, item, clause)]
    return min(candidates, key=distance, default=None)


def _is_period(text: str, clause: Clause) -> bool:
    """Whether a clause only says which time is meant ("the quarter that ended on 28 April")."""
    return clause.kind is ClauseKind.RELATIVE and _PERIOD.match(text, clause.start) is not None


def _is_purpose(text: str, predicate: Predicate, clause: Clause) -> bool:
    """Whether a verb only tells what another one of its clause is for ("joined in May to launch")."""
    strong = _strong(clause)
    if strong is None or strong.start >= predicate.start or not text.endswith("to ", 0, predicate.start):
        return False
    return _INTENDED.search(text, strong.end, predicate.start) is None


def _strong(clause: Clause) -> Predicate | None:
    return next((item for item in clause.predicates if not item.frame.light), None)


def _other_clause(sentence: Sentence, clause: Clause, said: Predicate | None) -> Clause | None:
    """The clause whose event a clause without one dates: what is said in it, or what it is added to."""
    if said is not None and said.frame.tells:
        if clause.kind is not ClauseKind.ATTRIBUTION:
            content = next(
                (item for item in sentence.clauses if item.previous is clause and item.kind is ClauseKind.CONTENT), None
            )
            if content is not None:
                real = _strong(content) and is_real(sentence.text, content, _strong(content), conditional=sentence.conditional)
                return content if real and not sentence.is_dated(content) else None
            if sentence.text[clause.start : said.start].strip(" ,"):
                return None
    elif said is not None:
        return None
    if clause.kind is ClauseKind.MAIN and said is None:
        return None
    item = clause.previous
    while item is not None:
        if _strong(item) is not None:
            return None if sentence.is_dated(item) else item
        item = item.previous
    return None


def _carrier(sentence: Sentence, clause: Clause) -> Clause | None:
    """The clause that says something at a date which stands in a piece without a verb ("After May 2023, it grew")."""
    if _verb_in(sentence.text, clause):
        return clause if not any(_strong(item) for item in sentence.clauses) else None
    return next((item for item in sentence.clauses if item.kind is ClauseKind.MAIN and item is not clause), None)


def _verb_in(text: str, clause: Clause) -> bool:
    return any(_FINITE.search(text, start, end) for start, end in clause.pieces)


def _tells_something(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause without a known verb tells that something happened, not only how things are."""
    if clause.kind not in (ClauseKind.MAIN, ClauseKind.CONTENT, ClauseKind.RELATIVE, ClauseKind.SUBORDINATE):
        return False
    if any(_strong(item) for item in sentence.clauses):
        return any(_ACTION.search(sentence.text, start, end) for start, end in clause.pieces)
    return clause.kind is ClauseKind.MAIN or _verb_in(sentence.text, clause)


def _by_noun(text: str, clause: Clause) -> EventType:
    return load_lexicon().type_of_nouns(text, clause.pieces) or EventType.OTHER


def _tells_time(text: str, phrase: DatedPhrase) -> bool:
    """Whether a phrase tells when; a year beside a noun ("a 2017 paper") describes a thing."""
    if not _YEAR.fullmatch(phrase.text):
        return True
    if _FISCAL.match(text, phrase.end):
        return True
    if phrase.start and not _TIMELY.search(text, max(phrase.start - 14, 0), phrase.start):
        return False
    # "in 2023 terms"
    return not re.match(r"\s+[a-z]{3,}(?:s|ms|es)\b(?<!\bwas)", text[phrase.end : phrase.end + 20])


def _is_beside(text: str, phrase: DatedPhrase) -> bool:
    """Whether something is only compared with how it was at this time, or somebody has until then."""
    before = max(phrase.start - 100, 0)
    return (
        _COMPARISON.search(text, before, phrase.start) is not None
        or _GIVEN_UNTIL.search(text, before, phrase.start) is not None
        or (_BEFORE.match(phrase.text) is not None and _FROM.search(text, before, phrase.start) is not None)
    )


def _is_nominal(text: str, predicate: Predicate) -> bool:
    """Whether the form of a verb is a noun or an adjective here; words of results and suits begin with nouns themselves."""
    if predicate.frame.type in (EventType.RESULTS, EventType.LAWSUIT) and predicate.end > predicate.head:
        return False
    match = _NOMINAL.search(text, max(predicate.start - 8, 0), predicate.start)
    if match is None:
        return False
    # "A model that launched in May": what is pointed at has not the form of the past.
    relative = match[0].lower().startswith("that") and text.endswith("ed", 0, predicate.head)
    return not (relative and predicate.frame.type in COMES_OUT)


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
