"""Events that a document tells again: the summary in one sentence, its own timeline or a later paragraph in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.domain.events import Event, EventType

#: Of one day, one may do several things of these types.
_SEVERAL = frozenset((EventType.RELEASE, EventType.LAUNCH, EventType.DEAL, EventType.RESEARCH, EventType.HIRING))
#: What says too little to be told twice.
_VAGUE = frozenset((EventType.OTHER, EventType.STATEMENT))
#: With so many events of one type and date another one is compared.
_COMPARED = 20


def told_once(events: Iterable[Event]) -> list[Event]:
    """Events in their order, each as the sentence tells it that names most of those who take part; of two, the first.

    Time is linear.
    """
    kept: list[Event] = []
    places: defaultdict[tuple[EventType, str, bool], list[int]] = defaultdict(list)
    for event in events:
        if event.interval is None or event.type in _VAGUE:
            kept.append(event)
            continue
        alike = places[event.type, event.interval.edtf, event.planned]
        place = next((place for place in alike[:_COMPARED] if _same(kept[place], event)), None)
        if place is None:
            alike.append(len(kept))
            kept.append(event)
        elif len(event.participants) > len(kept[place].participants):
            kept[place] = event
    return sorted(kept, key=lambda event: event.sentence)


def _same(one: Event, other: Event) -> bool:
    """Whether two tellings of one type and date are surely of one event: of the same sums, or of the same people."""
    if one.amounts and other.amounts:
        return not set(one.amounts).isdisjoint(other.amounts)
    ours, theirs = ({slug for slug, _ in event.participants} for event in (one, other))
    if not ours or not theirs:
        return False
    return ours == theirs if one.type in _SEVERAL else ours <= theirs or theirs <= ours
