"""How well events are read, against sentences that were labelled by hand (``tests/data/events.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.stories import analyse
from app.domain.dates import parse_edtf
from app.domain.documents import Paragraph, ParsedDocument, Published, Sentence, Title
from app.domain.events import Amount, Event, EventType, Role


@dataclass(frozen=True, slots=True)
class LabelledEvent:
    """What an event should be; ``edtf`` is ``None`` where the sentence tells no date that can be worked out."""

    type: EventType
    edtf: str | None
    planned: bool
    reported: bool
    participants: Mapping[str, Role]
    amounts: frozenset[Amount]
    open_weights: bool | None


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence, the date against which it is read (EDTF), and its events; ``trap`` says what is meant to mislead."""

    text: str
    published: str
    events: tuple[LabelledEvent, ...]
    trap: str | None


@dataclass(frozen=True, slots=True)
class EventScores:
    """Counts over the sentences of a set.

    ``invented`` are participants that no event of their sentence has; ``extra`` events that match none, ``false`` those of them
    in sentences that tell no event at all. The counts of what is right are of labelled events, but those of roles, which are
    of participants that were found. ``told_weights`` are labelled events that say whether their weights are open, ``weights``
    those of them read right, ``invented_weights`` found events that say it otherwise or where no label does.
    """

    sentences: int = 0
    silent: int = 0
    events: int = 0
    types: int = 0
    dates: int = 0
    planned: int = 0
    reported: int = 0
    amounts: int = 0
    told_weights: int = 0
    weights: int = 0
    invented_weights: int = 0
    participants: int = 0
    found: int = 0
    roles: int = 0
    invented: int = 0
    extra: int = 0
    false: int = 0

    def __add__(self, other: Self) -> EventScores:
        return EventScores(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def evaluate_events(path: Path, only: str | None = None) -> dict[str, EventScores]:
    """Score the events of :func:`app.analysis.stories.analyse` on the sets of labelled sentences in a TOML file, or on one.

    Raises:
        ValueError: the file is not one of labelled sentences, or has no such set.
    """
    gazetteer = load_gazetteer()
    sets = read_labelled(path)
    if only is not None and only not in sets:
        raise ValueError(f"{path.name} has no set {only!r}, but {', '.join(sets)}")
    names = [only] if only else list(sets)
    return {name: sum((score(sentence, gazetteer) for sentence in sets[name]), EventScores()) for name in names}


def read_labelled(path: Path) -> dict[str, list[LabelledSentence]]:
    """The sets of labelled sentences in a TOML file.

    Raises:
        ValueError: the file is not one of labelled sentences.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return {name: [_sentence(line) for line in lines] for name, lines in data.items()}
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"{path.name} does not hold labelled sentences: {error!r}") from error


def events_in(sentence: LabelledSentence, gazetteer: Gazetteer) -> list[Event]:
    """The events that the analysis finds in a document of this one sentence."""
    document = ParsedDocument(
        format="text-dump",
        variant="B",
        title=Title(""),
        published=Published(parse_edtf(sentence.published), "option"),
        dek=(),
        paragraphs=(Paragraph((Sentence(sentence.text),)),),
        sources=(),
    )
    return list(analyse(document, gazetteer).events)


def score(sentence: LabelledSentence, gazetteer: Gazetteer) -> EventScores:
    """The counts of one sentence."""
    found = events_in(sentence, gazetteer)
    pairs = list(_pairs(sentence.events, found))
    allowed = {slug for event in sentence.events for slug in event.participants}
    named = {slug for event in found for slug, _ in event.participants}
    extra = len(found) - len(pairs)
    roles = [(label.participants, dict(event.participants)) for label, event in pairs]
    return EventScores(
        sentences=1,
        silent=not sentence.events,
        events=len(sentence.events),
        types=sum(label.type is event.type for label, event in pairs),
        dates=sum(label.edtf == _edtf(event) for label, event in pairs),
        planned=sum(label.planned == event.planned for label, event in pairs),
        reported=sum(label.reported == event.reported for label, event in pairs),
        told_weights=sum(label.open_weights is not None for label in sentence.events),
        weights=sum(label.open_weights is event.open_weights is not None for label, event in pairs),
        invented_weights=sum(event.open_weights is not None for event in found)
        - sum(label.open_weights is event.open_weights is not None for label, event in pairs),
        amounts=sum(label.amounts == frozenset(event.amounts) for label, event in pairs),
        participants=sum(len(event.participants) for event in sentence.events),
        found=sum(len(right.keys() & told.keys()) for right, told in roles),
        roles=sum(told.get(slug) is role for right, told in roles for slug, role in right.items()),
        invented=len(named - allowed),
        extra=extra,
        false=0 if sentence.events else extra,
    )


def _pairs(labels: Sequence[LabelledEvent], found: Sequence[Event]) -> Iterator[tuple[LabelledEvent, Event]]:
    """Each labelled event with a found one: the one of its date and type, else of its date, its type, else the first left."""
    waiting, left = list(labels), list(found)
    for dated, typed in ((True, True), (True, False), (False, True), (False, False)):
        for label in tuple(waiting):
            for event in left:
                if (not dated or label.edtf == _edtf(event)) and (not typed or label.type is event.type):
                    waiting.remove(label)
                    left.remove(event)
                    yield label, event
                    break


def _edtf(event: Event) -> str | None:
    return event.interval.edtf if event.interval else None


def _sentence(line: dict[str, Any]) -> LabelledSentence:
    return LabelledSentence(line["text"], line["published"], tuple(_event(event) for event in line["events"]), line.get("trap"))


def _event(line: dict[str, Any]) -> LabelledEvent:
    amounts = [amount.split() for amount in line.get("amounts", ())]
    return LabelledEvent(
        type=EventType(line["type"]),
        edtf=line.get("edtf"),
        planned=line.get("planned", False),
        reported=line.get("reported", False),
        participants={slug: Role(role) for slug, role in line.get("participants", {}).items()},
        amounts=frozenset(Amount(Decimal(value), currency) for value, currency in amounts),
        open_weights=line.get("open_weights"),
    )
