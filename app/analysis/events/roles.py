"""Who takes part in an event, and as what: where the sentence says it plainly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.analysis.events.clauses import Clause, ClauseKind
from app.analysis.events.lexicon import KINDS, Frame, Predicate
from app.analysis.signs import Sign, signs
from app.domain.entities import Entity, Kind, Mention
from app.domain.events import EventType, Participant, Role

#: Words before a name that only serve to describe something else by it.
_DESCRIBES = re.compile(
    r"\b(?:former|formerly|ex|rivals?|competitors?|peers?|unlike|like|than|versus|similar to|alternatives? to|based on|"
    r"built (?:on|upon|around|atop)|trained (?:on|with|using)|powered by|(?:based|built|trained) on(?: [a-z-]+){1,3} (?:from|by)|"
    r"according to|as with|ahead of|behind|critics?|makers?|backers?|veterans?|alumni|spin-?off|modelled on|compared (?:with|to)|"
    r"rivals? (?:to|of|such as|like|including)|competitors? (?:to|of|such as|like|including)|such as)"
    r"(?: of| to)?[\s-]+(?:the |an? )?$",
    re.IGNORECASE,
)
#: What makes an adjective or a description of the name before it.
_DESCRIBED = re.compile(
    r"-(?:backed|based|style|like|owned|powered|funded|led|trained|class|compatible|only)\b"
    r"|(?:['’]s?)? (?:rivals?|competitors?|critics?|alumni|alumn[ai]e?|veterans?|alternatives?|clones?)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(led by|headed by|backed by|by|from|in|into|to|for|with|at|of|on|against|including|away|over|under|than|(?<!known )as|"
    r"about|through|via|between|among|after|before|without|using|toward|towards|alongside)"
    r"\s+(?:(?!and\b|that\b|who\b|which\b)[a-z%\d][\w%.-]*\s+){0,4}$"
)
_LINK = re.compile(
    r"(?:['’]s)?(?:,\s*(?:and\s+)?|\s+(?:and|&|or)\s+)(?:[A-Z][\w.]*(?: [A-Z][\w.]*)?(?:,\s*(?:and\s+)?|\s+(?:and|&|"
    r"or)\s+)){0,8}(?:the )?"
)
#: Words that open a clause and would be prepositions elsewhere.
_CONJUNCTION = re.compile(r"(?:\w+ )?(?:after|before|since|until)\s+", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:in|at|near|of|from|to|for|outside|across)\s+$")
_POSSESSIVE = re.compile(r"['’]s?\s")
#: Parts of an organisation that act for it.
_PART = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}(?:board|team|unit|lab|division|researchers|engineers|scientists|subsidiary|parent|management|"
    r"shares?|stock|revenue|sales|profits?|earnings|net income|"
    r"market (?:value|capitali[sz]ation)|shareholders|executives|lawyers|directors)\b",
    re.IGNORECASE,
)
#: People of an organisation, as they are called between its name and theirs.
_OFFICE = re.compile(
    r"(?:['’]s?)?\s(?:[\w-]+\s+){0,3}?(?:(?:co-?)?founders?|chiefs?|heads?|ceo|cto|cfo|coo|executives?|researchers?|"
    r"scientists?|engineers?|presidents?|chair\w*|directors?|leads?|leaders?|officers?|chief \w+(?: officer)?|employees?|"
    r"staff|veterans?)"
    r"(?:\s+(?:of|for)\s+[\w ]{0,20})?[\s,]*$",
    re.IGNORECASE,
)
#: Others beside a name that nobody knows: "Acme and its unit Merrin-Webb sued".
_AND_OTHERS = re.compile(r",? (?:and|&) (?:(?:its|the|an?|his|her|their) (?:[a-z-]+ ){0,3})?(?:[A-Z][\w.&’'-]*\s){1,4}")
_NEW = re.compile(r"\b(?:new|next|incoming)\b")
_AUXILIARY = re.compile(
    r"(?:has|have|had|is|are|was|were|be|been|being|will|would|to|also|then|later|now|not|did|does|do|already|first|just|soon|"
    r"never|itself|himself|herself|alone|both|all|each|"
    r"reportedly|quietly|planning|plans|plan|planned|expected|set|due|slated|scheduled|for|course|track|about|going|started|began|in|on|late|early|last|this|week|month|"
    r"year|years|ago|yesterday|today|inc|inc\.|corp\.?|\w+ly|"
    r"agreed|agrees|decided|wants|wanted|hopes|intends|aims|seeks|talks|considering|trying|tried|according|may|might|could|"
    r"can|should|shall|must|said|again|finally|once|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|"
    r"october|november|december|spring|summer|autumn|fall|winter|"
    r"\d[\d,.]*|it|he|she|they|that|who|which|earlier|recently)$",
    re.IGNORECASE,
)
_FEW = 5
#: Types of what is made and may stand before the verb by itself: "GPT-5 launched".
MADE = (EventType.LAUNCH, EventType.RELEASE, EventType.REGULATION)
_FOLLOWING = re.compile(r"\s+([a-z]+)")
#: Words that may follow a name without making it describe them.
_AFTER_A_NAME = frozenset(
    "a about after against alone amid an and are as at because before but by during earlier following for from had has have "
    "he here if in into is it "
    "itself later last less more next nor not now of off on once or out outright over since so than that the then there this "
    "through to "
    "today together too under until up was were when where which while who whose will with within without would yesterday "
    "altogether back away "
    "first again just only also free".split()
)
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got|gets)\s+(?:(?:not|never|also|later|then|already|reportedly|first|finally|"
    r"eventually|\w+ly)\s+)*$",
    re.IGNORECASE,
)
_PARTICIPLE_BY = re.compile(r"\s+(?:\w+\s+){0,2}by\b")


def participants_of(
    sentence: str, clause: Clause, predicate: Predicate | None, mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> tuple[Participant, ...]:
    """Who takes part in what ``predicate`` says in its clause, in order of mention.

    Whoever is only compared with, quoted, or used to describe somebody else takes no part, nor does a place.
    """
    here = [item for item in mentions if clause.holds(item.start)]
    groups = _groups(sentence, here)
    inside = [group for group in groups if takes_part(sentence, group[0], entities)]
    roles: dict[str, Role] = {}
    if predicate is None:
        for group in inside:
            _give(roles, group, Role.PARTICIPANT)
        return in_order(roles, mentions)
    frame = predicate.frame
    passive = is_passive(sentence, predicate)
    before = [group for group in inside if group[0].start < predicate.start]
    after = [group for group in inside if group[0].start >= predicate.start]
    subject = _subject(sentence, clause, predicate, before, mentions, entities)
    if subject is not None:
        _give_slot(roles, subject, frame, entities, passive=passive)
    object_given = False
    for group in after:
        role = _role_after(sentence, predicate, group, entities, passive, object_given)
        object_given |= role is frame.object and role is not None
        if frame.type is EventType.STATEMENT and not _addressed(group, entities):
            continue
        _give(roles, group, role or Role.PARTICIPANT)
    for group in before:
        _give(roles, group, _role_before(sentence, frame, group, subject, roles, entities))
    if frame.type in (EventType.HIRING, EventType.DEPARTURE):
        _give_offices(sentence, roles, mentions, entities)
    return in_order(roles, mentions)


def subject_of(
    sentence: str, clause: Clause, predicate: Predicate, mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> list[Mention] | None:
    """Who stands as the subject of a predicate; ``None`` where nobody does by name."""
    here = [item for item in mentions if clause.holds(item.start)]
    before = [
        group
        for group in _groups(sentence, here)
        if group[0].start < predicate.start and takes_part(sentence, group[0], entities)
    ]
    return _subject(sentence, clause, predicate, before, mentions, entities)


def is_passive(sentence: str, predicate: Predicate) -> bool:
    """Whether a predicate is told from the side of whom it was done to."""
    verb = sentence[predicate.start : predicate.head]
    if verb.endswith("ing") or (predicate.frame.type in MADE and predicate.frame.object is None):
        return False
    before = sentence[max(predicate.start - 40, 0) : predicate.start]
    return _BE.search(before) is not None or (
        verb.endswith(("ed", "ght", "led")) and _PARTICIPLE_BY.match(sentence, predicate.head) is not None
    )


def _groups(sentence: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions that are told as one, such as "A, B and C"."""
    groups: list[list[Mention]] = []
    for item in mentions:
        if groups and _LINK.fullmatch(sentence, groups[-1][-1].end, item.start):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def takes_part(sentence: str, mention: Mention, entities: Mapping[str, Entity]) -> bool:
    """Whether a name stands for itself, and neither describes, compares nor tells a place."""
    entity = entities.get(mention.slug)
    before = sentence[max(mention.start - 40, 0) : mention.start]
    if entity is not None and entity.kind is Kind.PLACE and _WHERE.search(before):
        return False
    if signs(sentence) & Sign.COMPARED and _DESCRIBES.search(before):
        return False
    return not _DESCRIBED.match(sentence, mention.end)


def _subject(
    sentence: str,
    clause: Clause,
    predicate: Predicate,
    before: Sequence[list[Mention]],
    mentions: Sequence[Mention],
    entities: Mapping[str, Entity],
) -> list[Mention] | None:
    """The nearest name before a predicate that no preposition and no other noun keeps from being its subject."""
    start = clause.start
    if clause.kind is ClauseKind.SUBORDINATE and (opener := _CONJUNCTION.match(sentence, start)):
        start = opener.end()
    for group in reversed(before):
        lead = sentence[start : group[0].start]
        if (match := _PREPOSITION.search(lead)) and not _acts_by(sentence, match):
            continue
        if _leads_to(sentence[group[-1].end : predicate.start], predicate):
            return group
    return None if before else _inherited(sentence, clause, predicate, mentions, entities)


def _acts_by(sentence: str, match: re.Match[str]) -> bool:
    """Whether a name after a preposition leads all the same: "shares of Acme fell"."""
    return (
        match[1] == "of"
        and re.search(r"(?:[Ss]hares?|[Ss]tocks?|[Bb]oard|[Ss]hareholders)\s+$", sentence[: match.start()][-30:]) is not None
    )


def _leads_to(between: str, predicate: Predicate) -> bool:
    """Whether what stands between a name and a verb lets the name be the verb's subject."""
    if between.isspace():
        return True
    if between[:1] in "-":
        return False
    if _PART.match(between):
        return True
    if _POSSESSIVE.match(between):
        # "Acme's revenue fell", where the verb is found with its noun
        return predicate.frame.type is EventType.RESULTS and predicate.end > predicate.head and between.count(" ") < _FEW
    if also := _AND_OTHERS.match(between):
        between = between[also.end() :]
    words = [word for word in re.split(r"[\s,()]+", between) if word]
    if "," in between:
        # What stands between commas describes the name.
        head, _, tail = between.partition(",")
        words = [word for word in (head + " " + tail.rpartition(",")[2]).split() if word]
    return all(_AUXILIARY.match(word) for word in words)


def _inherited(
    sentence: str, clause: Clause, predicate: Predicate, mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> list[Mention] | None:
    """The subject that a clause takes over from the one before it: "and bought", ", which bought", "said it bought"."""
    previous = clause.previous
    if previous is None:
        return None
    opening = sentence[clause.start : predicate.start].strip().lower()
    if clause.kind is ClauseKind.RELATIVE and opening.split(" ")[0] in ("which", "who", "that", ""):
        ended = [item for item in mentions if item.end <= clause.start and previous.holds(item.start)]
        gap = sentence[ended[-1].end : clause.start].strip() if ended else "x"
        if gap in ("", ","):
            return _groups(sentence, ended)[-1]
        return None
    if clause.kind is ClauseKind.RELATIVE and opening:
        return None
    words = [word for word in re.split(r"[\s,]+", opening) if word not in ("and", "but", "that", "")]
    same = all(_AUXILIARY.match(word) for word in words)
    company = re.match(r"(?:that )?(?:it|he|she|they)\b", opening)
    if not same and not company:
        return None
    if previous.predicate is None:
        return None
    if clause.kind is ClauseKind.CONTENT and not company:
        return None
    if clause.kind in (ClauseKind.SUBORDINATE, ClauseKind.APPOSITION, ClauseKind.COMPARISON, ClauseKind.CONDITION):
        return None
    return subject_of(sentence, previous, previous.predicate, mentions, entities)


def _give_slot(
    roles: dict[str, Role],
    group: Sequence[Mention],
    frame: Frame,
    entities: Mapping[str, Entity],
    *,
    passive: bool,
) -> None:
    """Give a group the role of subject, or of object in the passive, as far as what they are lets them have it."""
    first, second = (frame.object, frame.subject) if passive else (frame.subject, frame.object)
    first_is, second_is = (frame.object_is, frame.subject_is) if passive else (frame.subject_is, frame.object_is)
    if passive and frame.object is None:
        first, first_is = None, frame.subject_is
    for item in group:
        kind = entities[item.slug].kind if item.slug in entities else None
        if kind is None or kind in first_is:
            roles.setdefault(item.slug, first or Role.PARTICIPANT)
        elif frame.type in MADE and kind in second_is and second is Role.OBJECT:
            roles.setdefault(item.slug, second)
        else:
            roles.setdefault(item.slug, Role.PARTICIPANT)


def _role_after(
    sentence: str,
    predicate: Predicate,
    group: Sequence[Mention],
    entities: Mapping[str, Entity],
    passive: bool,
    object_given: bool,
) -> Role | None:
    frame = predicate.frame
    lead = sentence[predicate.head : group[0].start]
    possessive = _POSSESSIVE.match(sentence, group[-1].end) is not None
    kinds = {entities[item.slug].kind for item in group if item.slug in entities}
    if match := _PREPOSITION.search(lead):
        preposition = match[1].lower()
        if preposition == "by" and passive:
            return frame.subject if kinds <= frame.subject_is else None
        role = frame.prepositions.get(preposition)
        if role is None and " " in preposition:
            role = frame.prepositions.get(preposition.rpartition(" ")[2])
        if role is None:
            return None
        allowed = _allowed(frame, role)
        return role if kinds <= allowed else None
    if passive:
        return None
    if possessive:
        return _owner_role(frame, kinds)
    if frame.object is None or object_given or not kinds <= frame.object_is:
        return None
    following = _FOLLOWING.match(sentence, group[-1].end)
    if following and Kind.MODEL not in kinds and following[1] not in _AFTER_A_NAME:
        return None  # "hired OpenAI researchers"
    return frame.object


def _owner_role(frame: Frame, kinds: set[Kind]) -> Role | None:
    """The role of whoever owns what the verb is about: "launched Acme's Rover", "led Acme's round"."""
    if frame.type is EventType.FUNDING and kinds <= frame.object_is:
        return frame.object
    if frame.type in (EventType.INVESTIGATION, EventType.SECURITY, EventType.LAWSUIT) and kinds <= frame.object_is:
        return frame.object
    return None


def _allowed(frame: Frame, role: Role) -> frozenset[Kind]:
    if role is frame.object:
        return frame.object_is
    if role is frame.subject:
        return frame.subject_is
    return KINDS["organisation"] if role in (Role.FORMER, Role.NEW) else KINDS["actor"]


def _role_before(
    sentence: str,
    frame: Frame,
    group: Sequence[Mention],
    subject: Sequence[Mention] | None,
    roles: Mapping[str, Role],
    entities: Mapping[str, Entity],
) -> Role:
    """The role of a name before the verb that is not its subject."""
    kinds = {entities[item.slug].kind for item in group if item.slug in entities}
    owns = _POSSESSIVE.match(sentence, group[-1].end) is not None
    made = any(roles.get(item.slug) is Role.OBJECT for item in subject or ())
    if owns and made and frame.type in (EventType.LAUNCH, EventType.RELEASE) and kinds <= frame.subject_is:
        return Role.AGENT
    return Role.PARTICIPANT


def _give_offices(sentence: str, roles: dict[str, Role], mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
    """Whom a person worked for, where an office beside the name says it: "Acme's co-founder Ines Okafor joined Beta"."""
    for person in mentions:
        if roles.get(person.slug) is not Role.OBJECT:
            continue
        for other in mentions:
            entity = entities.get(other.slug)
            if entity is None or entity.kind not in _WORKPLACES or roles.get(other.slug) in (Role.AGENT, Role.NEW, Role.FORMER):
                continue
            if not takes_part(sentence, other, entities):
                continue
            if other.end <= person.start:
                between = sentence[other.end : person.start]
                if len(between) < 60 and _OFFICE.fullmatch(re.sub(r"\b[A-Z]\w+(?: \w+)* and $", "", between)):
                    comes = _NEW.search(between) and Role.NEW not in roles.values()
                    roles[other.slug] = Role.NEW if comes else Role.FORMER
            elif re.fullmatch(r",\s+", sentence[person.end : other.start]) and _OFFICE.match(
                sentence[other.end : other.end + 60].partition(",")[0] + " "
            ):
                roles[other.slug] = Role.FORMER


_WORKPLACES = frozenset((Kind.COMPANY, Kind.LAB, Kind.INVESTOR, Kind.INSTITUTION))


def _addressed(group: Sequence[Mention], entities: Mapping[str, Entity]) -> bool:
    """Whether somebody spoken to takes part: an authority does, a paper does not."""
    return all(item.slug in entities and entities[item.slug].kind is Kind.INSTITUTION for item in group)


def _give(roles: dict[str, Role], group: Sequence[Mention], role: Role) -> None:
    for item in group:
        if roles.get(item.slug, Role.PARTICIPANT) is Role.PARTICIPANT:
            roles[item.slug] = role


def in_order(roles: Mapping[str, Role], mentions: Sequence[Mention]) -> tuple[Participant, ...]:
    """Participants in the order in which they are mentioned."""
    order = dict.fromkeys(item.slug for item in mentions)
    return tuple(Participant(slug, roles[slug]) for slug in order if slug in roles)
