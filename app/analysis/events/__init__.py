"""From a sentence to the events that it tells: what kind of thing, when, who takes part as what, and whether it is still to come.

No parser: verbs are looked up, a date belongs to the verb of its clause, and roles are given to whoever stands around the verb
(``data/events.toml``). What a sentence does not say plainly stays unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.analysis.events.clauses import ClauseKind
from app.analysis.events.making import with_maker
from app.analysis.events.modality import is_hedged, is_planned, speaks_of_itself
from app.analysis.events.plainness import is_plain
from app.analysis.events.reading import Sentence, Told, aside, dated, read, undated
from app.analysis.events.roles import participants_of, subject_of
from app.analysis.events.weights import open_weights
from app.analysis.values import find_amounts
from app.domain.dates import Interval
from app.domain.entities import Entity, Mention
from app.domain.events import Amount, DatedPhrase, Event, Participant, Role

__all__ = ["events_of", "is_planned"]

_NOBODY: Mapping[str, Entity] = MappingProxyType({})
#: What stands before a sum that another one is compared with.
_COMPARED = re.compile(
    r"\b(?:from|(?<!\bmore )(?<!\bless )(?<!\bfewer )than|(?:%|\bper ?cent|\btimes) (?:more|less|fewer) than|against|versus|"
    r"compared (?:with|to))\s+(?:about |around |the |some )?$",
    re.IGNORECASE,
)


def events_of(
    part: str,
    number: int | None,
    sentences: Sequence[str],
    phrases: Sequence[Sequence[DatedPhrase]],
    mentions: Sequence[Sequence[Mention]],
    published: Interval | None,
    first: int = 0,
    entities: Mapping[str, Entity] = _NOBODY,
) -> list[Event]:
    """The events of one text, in the order in which it tells them.

    A dated phrase gives an event, once for each date of a sentence; a sentence without one does where it says plainly what
    happened and who did it or to whom. What is denied, asked, supposed, compared with or quoted is no event. Time is linear.

    Args:
        part: which part of the document the text is.
        number: the source's number there.
        sentences: its sentences.
        phrases: the dated phrases of each sentence.
        mentions: those who are named in each sentence.
        published: when the text was published, as far as that is known.
        first: the number of the first sentence in its part.
        entities: what is known about those named, by slug; it tells people from organisations and both from their products.
    """
    events: list[Event] = []
    for index, text in enumerate(sentences):
        if not phrases[index] and not mentions[index]:
            continue
        sentence = read(text, phrases[index], mentions[index], entities)
        if sentence is None:
            continue
        told = dated(sentence)
        without_date = (aside(sentence, told[0]) if told else None) if sentence.phrases else undated(sentence)
        for item in (*told, *([without_date] if without_date else ())):
            participants = participants_of(text, item.clause, item.predicate, mentions[index], entities)
            participants = with_maker(sentence, item, participants, entities)
            undatable = item.phrase is None or item.phrase.interval is None
            if undatable and not is_plain(item.predicate, participants):
                continue
            events.append(
                Event(
                    part=part,
                    number=number,
                    sentence=first + index,
                    phrase=item.phrase,
                    type=item.type,
                    planned=_is_planned(text, item, published),
                    participants=participants,
                    amounts=_amounts(text, item),
                    predicate=(item.predicate.start, item.predicate.end) if item.predicate else None,
                    reported=_is_reported(sentence, item, participants, entities),
                    open_weights=open_weights(text, item, sentence.clauses),
                )
            )
    return events


def _is_planned(text: str, told: Told, published: Interval | None) -> bool:
    start, end = told.clause.start, told.clause.pieces[-1][1]
    if told.phrase is None and told.predicate:
        end = told.predicate.end
    return is_planned(text[start:end], told.phrase.interval if told.phrase else None, published)


def _amounts(text: str, told: Told) -> tuple[Amount, ...]:
    """The sums of the event's clause, but not those to which they are compared; each once."""
    found = [
        Amount(item.value, item.currency)
        for item in find_amounts(text)
        if told.clause.holds(item.start) and not _COMPARED.search(text, max(item.start - 30, 0), item.start)
    ]
    return tuple(dict.fromkeys(found))


def _is_reported(sentence: Sentence, told: Told, participants: Sequence[Participant], entities: Mapping[str, Entity]) -> bool:
    """Whether what is told comes from somebody who is not a party to it."""
    text, clause = sentence.text, told.clause
    if is_hedged(text, clause):
        return True
    parties = [slug for slug, role in participants if role is not Role.PARTICIPANT]
    for source in sentence.clauses:
        content = clause.kind is ClauseKind.CONTENT and clause.previous is source
        if source is clause or not (content or source.kind is ClauseKind.ATTRIBUTION):
            continue
        said = source.predicate
        if said is None or text[source.start :].lower().startswith("according"):
            named = [item.slug for item in sentence.mentions if source.holds(item.start)]
            return not speaks_of_itself(text[source.start : source.pieces[-1][1]].rstrip(" ,."), named, parties)
        speakers = [item.slug for item in subject_of(text, source, said, sentence.mentions, entities) or ()]
        return not speaks_of_itself(text[source.start : said.start], speakers, parties)
    return False
