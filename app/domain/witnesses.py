"""Which events of several stories are one event with several witnesses."""

from __future__ import annotations

from app.domain.events import Event, EventType, Role
from app.domain.identifiers import short_id

#: Who tells an event apart from others of its type comes before who else is named.
_LEADING = (Role.AGENT, Role.OBJECT, Role.FORMER, Role.NEW)


def bucket(event: Event) -> str | None:
    """What events share that may be the same: type, month and the two who lead it; ``None`` where too little is known."""
    interval = event.interval
    if interval is None or event.type is EventType.OTHER or not interval.bounded:
        return None
    leading = [slug for role in _LEADING for slug, other in event.participants if other is role]
    rest = [slug for slug, role in event.participants if role is Role.PARTICIPANT]
    pair = sorted(list(dict.fromkeys((*leading, *sorted(rest))))[:2])
    if not pair:
        return None
    return short_id(f"{event.type}:{interval.sort_date:%Y-%m}:{':'.join(pair)}")
