"""Events: each with everybody who tells it, and what they disagree on."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from app.domain.dates import Interval
from app.domain.witnesses import same_events
from app.store.events import AmountRow, EventRow, Participant, ToldEvent, event_id, tellings_beside, told_events
from app.store.story import event_was_in, story_detail
from app.store.withdrawals import withdrawal
from app.web import links
from app.web.findings_view import SourceText
from app.web.i18n import gettext
from app.web.site import Site, SiteDependency
from app.web.story_check import CheckedView, story_check
from app.web.templating import wants_part
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
    """An event: when, who, how much, and who says so; one that is gone leads to where it was."""
    view = await site.read(_view, public_id)
    if view is None:
        return await _gone(request, site, public_id)
    return site.templates.page(request, "pages/event.html", {"view": view})


@router.get("/events/{public_id}/evidence")
async def evidence(request: Request, site: SiteDependency, public_id: str) -> Response:
    """The passages behind the sentence that tells an event: a part of a page; as a page, the story beside its sources."""
    found = await site.read(_evidence, public_id, site.settings.source_text)
    if found is None:
        return await _gone(request, site, public_id)
    sentence, check_url = found
    if sentence is None or not wants_part(request, ""):
        return RedirectResponse(check_url, HTTPStatus.SEE_OTHER)
    return site.templates.page(request, "partials/evidence.html", {"sentence": sentence, "check_url": check_url})


async def _gone(request: Request, site: Site, public_id: str) -> Response:
    """Which story told an event that is not told now.

    Raises:
        HTTPException: none ever did.
    """
    story = await site.read(event_was_in, public_id)
    if story is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, gettext("There is no event at this address."))
    withdrawn = await site.read(withdrawal, story.public_id)
    return site.templates.page(request, "pages/event_gone.html", {"story": story, "withdrawn": withdrawn}, status=HTTPStatus.GONE)


def _evidence(connection: Connection, public_id: str, source_text: SourceText) -> tuple[CheckedView | None, str] | None:
    number = event_id(connection, public_id)
    if number is None:
        return None
    story, event = told_events(connection, [number])[number]
    anchor = links.sentence_anchor(event.sentence_part, event.sentence_position)
    detail = story_detail(connection, story.public_id, None)
    check = story_check(connection, detail, source_text) if detail else None
    return check.sentences.get(anchor) if check else None, f"{links.story_check(story.public_id)}#{anchor}"


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
