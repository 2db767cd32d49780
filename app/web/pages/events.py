"""Events: each with everybody who tells it, and what they disagree on."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import Response

from app.domain.dates import Interval
from app.domain.witnesses import same_events
from app.store.events import AmountRow, EventRow, Participant, ToldEvent, event_id, tellings_beside, told_events
from app.web import links
from app.web.i18n import gettext
from app.web.site import SiteDependency
from app.web.timeline_rows import how_read, interval_of, other_amounts

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TellingView:
    """One story's telling of an event."""

    story_url: str
    told: ToldEvent
    when: Interval | None
    note: str | None
    other_date: bool
    other_amounts: tuple[AmountRow, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with its tellings, the surest first."""

    event: EventRow
    when: Interval | None
    tellings: tuple[TellingView, ...]
    participants: tuple[Participant, ...]
    """Of all tellings."""

    @property
    def disagreements(self) -> tuple[str, ...]:
        """What the tellings disagree on, in words."""
        found = []
        if any(telling.other_date for telling in self.tellings):
            found.append(gettext("when it was"))
        if any(telling.other_amounts for telling in self.tellings):
            found.append(gettext("the sum"))
        return tuple(found)


@router.get("/events/{public_id}")
async def event_page(request: Request, site: SiteDependency, public_id: str) -> Response:
    """An event: when, who, how much, and who says so."""
    view = await site.read(_view, public_id)
    if view is None:
        raise HTTPException(
            404, gettext("There is no event at this address. Its sentence may have been changed by a new revision.")
        )
    return site.templates.page(request, "pages/event.html", {"view": view})


def _view(connection: Connection, public_id: str) -> EventView | None:
    number = event_id(connection, public_id)
    if number is None:
        return None
    groups = same_events(tellings_beside(connection, [number]))
    ids = next((ids for group in groups if number in (ids := [telling.id for telling in group])), [number])
    told = told_events(connection, ids)
    ordered = [told[one] for one in ids]
    shown = ordered[0].event
    everybody = {participant.slug: participant for one in reversed(ordered) for participant in reversed(one.event.participants)}
    return EventView(
        event=shown,
        when=interval_of(shown.edtf),
        tellings=tuple(_telling(one, shown) for one in ordered),
        participants=tuple(reversed(everybody.values())),
    )


def _telling(told: ToldEvent, shown: EventRow) -> TellingView:
    story, event = told
    return TellingView(
        story_url=links.story(story.public_id, story.slug, sentence=(event.sentence_part, event.sentence_position)),
        told=told,
        when=interval_of(event.edtf),
        note=how_read(event.phrase, event.anchor_edtf),
        other_date=event.edtf != shown.edtf,
        other_amounts=other_amounts(event, shown),
    )
