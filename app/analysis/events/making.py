"""Who makes what comes out, where the verb of coming out does not say it: another verb does, or a noun.

"Acme is building a model called Rover, slated for release in May" has the maker before one verb and the release in another one;
"Acme's release of Rover in May drew criticism" has no verb of releasing at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.analysis.events.clauses import Clause
from app.analysis.events.lexicon import KINDS, Frame, Predicate
from app.analysis.events.reading import COMES_OUT, Sentence, Told
from app.analysis.events.roles import in_order, participants_of, takes_part
from app.domain.entities import Entity
from app.domain.events import EventType, Participant, Role

#: That something is being made; what follows is what.
_MAKING = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:(?:also|now|still|already|\w+ly)\s+)*(?:at work on|working on|putting together|"
    r"(?:build|develop|prepar|plann|test|train|mak|design|ready|finish|finali[sz]|creat|polish)ing)\b"
)
#: What ties the coming out to what is made: right before the verb of it or its noun.
_TO_COME = re.compile(
    r"\b(?:slated|scheduled|due|set|expected|planned|intended|meant|ready|on (?:course|track)|poised|likely|timed|for|with|"
    r"and (?:expects|plans|hopes|aims|intends|wants))"
    r"(?:\s+(?:for|to|be|an?|its|the))*\s+$"
)
#: What stands between the two where each has a subject of its own.
_APART = re.compile(r";|\b(?:but|while|whereas|because|after|when|if|although)\b|\band (?:is|has|will|it|they|he|she)\b")
_MAKES = Frame(
    type=EventType.RELEASE,
    subject=Role.AGENT,
    object=Role.OBJECT,
    subject_is=KINDS["actor"],
    object_is=KINDS["thing"],
    prepositions={},
    light=True,
    tells=False,
    plain=False,
)
_SAID = (Role.AGENT, Role.OBJECT)
_NOUN = r"(?:release|launch|debut|roll-?out|introduction|unveiling|publication)"
_OF = re.compile(rf"\b{_NOUN} of (?:the |its |an? )?(?:[a-z-]+ ){{0,3}}$")
_BY = re.compile(rf"\b{_NOUN} of [^,;]{{1,60}} by $")
_OWNS = re.compile(rf"['’]s? (?:[\w-]+ ){{0,3}}{_NOUN}\b")


def with_maker(
    sentence: Sentence, told: Told, participants: tuple[Participant, ...], entities: Mapping[str, Entity]
) -> tuple[Participant, ...]:
    """The participants of what comes out, with who makes it and what it is, as far as the sentence tells that elsewhere."""
    if told.type not in COMES_OUT:
        return participants
    roles = dict(participants)
    if len(set(roles.values()).intersection(_SAID)) == len(_SAID):
        return participants
    found = dict(_being_made(sentence, told, entities))
    if not found and told.predicate is None:
        found = dict(_by_noun(sentence, told, roles, entities))
    if Role.AGENT in found.values():
        # A product before the verb may stand as who does it, as a company would; who makes it tells otherwise.
        for slug, role in participants:
            if role is Role.AGENT and slug not in found and slug in entities and entities[slug].kind in _MAKES.object_is:
                found[slug] = Role.OBJECT
    kept = {slug: role for slug, role in participants if role in _SAID and found.get(slug) is not Role.OBJECT}
    for role in _SAID:
        # What the verb of coming out says itself counts more.
        if role in kept.values():
            found = {slug: other for slug, other in found.items() if other is not role and slug not in kept}
    return in_order(roles | found, sentence.mentions) if found else participants


def _being_made(sentence: Sentence, told: Told, entities: Mapping[str, Entity]) -> Iterator[Participant]:
    """Maker and thing of "is building X" where what is told is when X comes out."""
    text = sentence.text
    place = told.predicate.start if told.predicate else _noun_at(text, told)
    making = _MAKING.search(text, 0, place)
    if making is None:
        return
    tied = _TO_COME.search(text, making.end(), place)
    due = told.predicate is not None and told.predicate.frame.subject is Role.OBJECT
    if not (tied or due):
        return
    end = tied.start() if tied else place
    if _APART.search(text, making.end(), end):
        return
    own = sentence.clause_at(making.start())
    # One clause of all that stands before the coming out, for the name may stand in an apposition.
    clause = Clause(own.kind, [(own.start, end)], own.previous)
    predicate = Predicate(making.start(), making.end(), making.end(), _MAKES)
    for slug, role in participants_of(text, clause, predicate, sentence.mentions, entities):
        if role is not Role.PARTICIPANT:
            yield Participant(slug, role)


def _noun_at(text: str, told: Told) -> int:
    """Where the noun of coming out stands before the date; where none does, the date."""
    start, end = told.clause.start, told.phrase.start if told.phrase else told.clause.pieces[-1][1]
    match = re.search(rf"\b{_NOUN}\b", text[start:end])
    return start + match.start() if match else end


def _by_noun(sentence: Sentence, told: Told, roles: Mapping[str, Role], entities: Mapping[str, Entity]) -> Iterator[Participant]:
    """Who is named beside "release of", or makes what is: "the release of Rover won Acme friends"."""
    text = sentence.text
    things: list[Entity] = []
    agent = False
    for item in sentence.mentions:
        entity = entities.get(item.slug)
        if entity is None or not told.clause.holds(item.start) or not takes_part(text, item, entities):
            continue
        lead, owns = text[max(told.clause.start, item.start - 80) : item.start], _OWNS.match(text, item.end)
        if entity.kind in _MAKES.object_is and (owns or (_OF.search(lead) and not text.startswith(("'", "’"), item.end))):
            things.append(entity)
            yield Participant(item.slug, Role.OBJECT)
        elif entity.kind in _MAKES.subject_is and (owns or _BY.search(lead)):
            agent = True
            yield Participant(item.slug, Role.AGENT)
    if things and not agent:
        makers = {relation.target for thing in things for relation in thing.relations if relation.kind == "maker"}
        yield from (Participant(slug, Role.AGENT) for slug in roles if slug in makers)
