"""Which events of several stories are one event with several witnesses, and what they disagree on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.domain.events import Event, EventType, Role
from app.domain.identifiers import short_id

#: Who tells an event apart from others of its type comes before who else is named.
_LEADING = (Role.AGENT, Role.OBJECT, Role.FORMER, Role.NEW)


class Telling(NamedTuple):
    """One story's telling of an event, as far as it matters for whether another one tells the same.

    ``start`` and ``end`` are the first and last day; ``published`` is the story's day; ``amounts`` are values with currencies.
    """

    id: int
    bucket: str
    start: date
    end: date
    published: date | None
    public_id: str
    amounts: frozenset[tuple[Decimal, str]]

    @property
    def is_day(self) -> bool:
        """Whether it gives the day."""
        return self.start == self.end


def bucket(event: Event) -> str | None:
    """What events share that may be the same: type, month and the two who lead it; ``None`` where too little is known.

    Two who take part are needed: what one does in a month is too often more than one thing.
    """
    interval = event.interval
    if interval is None or event.type is EventType.OTHER or interval.start is None or interval.end is None:
        return None
    if (interval.start.year, interval.start.month) != (interval.end.year, interval.end.month):
        return None
    leading = [slug for role in _LEADING for slug, other in event.participants if other is role]
    rest = sorted(slug for slug, role in event.participants if role is Role.PARTICIPANT)
    pair = sorted(list(dict.fromkeys((*leading, *rest)))[:2])
    return short_id(f"{event.type}:{interval.start.year}-{interval.start.month:02d}:{':'.join(pair)}") if len(pair) == 2 else None


def same_events(tellings: Iterable[Telling]) -> list[tuple[Telling, ...]]:
    """Put tellings together that are of one event; the first of each group is the one to show.

    The tellings that are surest of the date come first, then those of the earliest stories, and each joins the first group whose
    first member tells the same: the result does not depend on the order in which they come.
    """
    groups: list[list[Telling]] = []
    for telling in sorted(tellings, key=_surest_first):
        for group in groups:
            if _same(group[0], telling):
                group.append(telling)
                break
        else:
            groups.append([telling])
    return [tuple(group) for group in groups]


def _surest_first(telling: Telling) -> tuple[int, date, str]:
    return (telling.end - telling.start).days, telling.published or date.max, telling.public_id


def _same(first: Telling, other: Telling) -> bool:
    if first.bucket != other.bucket or first.start > other.end or other.start > first.end:
        return False
    # Two who name one day disagree about the sum; of a month, other sums are other events.
    agree = not first.amounts or not other.amounts or not first.amounts.isdisjoint(other.amounts)
    return agree or (first.is_day and other.is_day)
