"""A timeline in other forms: JSON, an Atom feed, a table (CSV) and a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event
from starlette.responses import Response

from app.domain.dates import Interval, Precision
from app.store.events import EventRow, ToldEvent
from app.store.timelines import TimelineRow
from app.web import feeds, links, words

COLUMNS = (
    "date",
    "first_day",
    "last_day",
    "type",
    "planned",
    "weights",
    "text",
    "who",
    "amounts",
    "outlets",
    "sources",
    "told_by_stories",
    "story",
    "story_url",
    "url",
)


@dataclass(frozen=True, slots=True)
class TimelineExport:
    """A page of a timeline on its way out; all addresses are absolute, ``updated`` has the moments of the stories by row id."""

    title: str
    base_url: str
    url: str
    page_url: str
    next_url: str | None
    rows: Sequence[TimelineRow]
    updated: Mapping[int, datetime]
    name: str
    """Of a file, without suffix."""


def as_json(export: TimelineExport) -> Response:
    """Every entry with its sentence, who takes part, its sources, and the other stories that tell it."""
    body = {
        "title": export.title,
        "url": export.page_url,
        "next": export.next_url,
        "entries": [_entry(row, export.base_url) for row in export.rows],
    }
    return Response(json.dumps(body, ensure_ascii=False, indent=1), media_type="application/json", headers=_next(export))


def as_atom(export: TimelineExport) -> Response:
    """The entries as a feed, each with the day in its title."""
    entries = [
        feeds.Entry(
            export.base_url + _address(row),
            f"{words.interval(row.interval)}: {_text(row)}",
            f"{row.event.sentence}\n\n{row.story.title}" if row.event else row.story.dek,
            export.updated[row.story.id],
            _type(row),
        )
        for row in export.rows
    ]
    return feeds.atom(export.title, export.url, export.page_url, entries, export.next_url)


def as_csv(export: TimelineExport) -> Response:
    """The entries as a table."""
    return feeds.table(COLUMNS, _cells(export), f"{export.name}.csv", export.next_url)


def as_calendar(export: TimelineExport) -> Response:
    """The entries as whole days: a date that is not exact lasts as long as it may be, and what is planned is tentative."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dateline//Timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", export.title)
    for row in export.rows:
        calendar.add_component(_calendar_entry(row, export))
    headers = {"content-disposition": f'attachment; filename="{export.name}.ics"', **_next(export)}
    return Response(calendar.to_ical(), media_type="text/calendar; charset=utf-8", headers=headers)


#: The forms by the suffix of the address, with the entries of a page.
FORMS: dict[str, tuple[Callable[[TimelineExport], Response], int]] = {
    "json": (as_json, 100),
    "atom": (as_atom, 40),
    "csv": (as_csv, 500),
    "ics": (as_calendar, 500),
}


def _next(export: TimelineExport) -> dict[str, str]:
    return {"link": f'<{export.next_url}>; rel="next"'} if export.next_url else {}


def _address(row: TimelineRow) -> str:
    return links.event(row.event.public_id) if row.event else links.story(row.story.public_id, row.story.slug)


def _said_at(told: TimelineRow | ToldEvent) -> str:
    """The sentence in its story, or the story."""
    story, event = told.story, told.event
    sentence = (event.sentence_part, event.sentence_position) if event else None
    return links.story(story.public_id, story.slug, sentence=sentence)


def _text(row: TimelineRow) -> str:
    return row.event.sentence if row.event else row.story.title


def _type(row: TimelineRow) -> str:
    return row.event.type if row.event else "story"


def _date(when: Interval) -> dict[str, Any]:
    return {
        "edtf": when.edtf,
        "start": when.start and when.start.isoformat(),
        "end": when.end and when.end.isoformat(),
        "precision": when.precision.value,
        "approximate": when.approximate,
    }


def _entry(row: TimelineRow, base_url: str) -> dict[str, Any]:
    story, event = row.story, row.event
    entry: dict[str, Any] = {
        "id": event.public_id if event else story.public_id,
        "kind": "event" if event else "story",
        "url": base_url + _address(row),
        "date": _date(row.interval),
        "type": _type(row),
        "text": _text(row),
        "story": {
            "id": story.public_id,
            "url": base_url + links.story(story.public_id, story.slug),
            "title": story.title,
            "published": story.published.edtf if story.published else None,
            "category": story.category_slug,
            "sources": story.source_count,
        },
    }
    if event is not None:
        entry |= _of_event(event) | {
            "said_at": base_url + _said_at(row),
            "also_told": [
                {
                    "id": witness.event.public_id,
                    "said_at": base_url + _said_at(witness),
                    "story": witness.story.title,
                    "text": witness.event.sentence,
                    "edtf": witness.event.edtf,
                }
                for witness in row.witnesses
            ],
        }
    return entry


def _of_event(event: EventRow) -> dict[str, Any]:
    return {
        "planned": event.planned,
        "reported": event.reported,
        "open_weights": event.open_weights,
        "phrase": event.phrase or None,
        "read_against": event.anchor_edtf,
        "participants": [
            {"slug": participant.slug, "name": participant.name, "kind": participant.kind, "role": participant.role}
            for participant in event.participants
        ],
        "amounts": [{"value": float(amount.value), "currency": amount.currency} for amount in event.amounts],
        "sources": [
            {"number": source.number, "title": source.title, "outlet": source.outlet_name, "inherited": source.inherited}
            for source in event.sources
        ],
    }


_WEIGHTS = {True: "open", False: "closed", None: None}


def _cells(export: TimelineExport) -> Iterator[tuple[object, ...]]:
    for row in export.rows:
        event, when = row.event, row.interval
        yield (
            when.edtf,
            when.start,
            when.end,
            _type(row),
            "planned" if event and event.planned else None,
            _WEIGHTS[event.open_weights] if event else None,
            _text(row),
            "; ".join(participant.name for participant in event.participants) if event else None,
            "; ".join(f"{amount.value:f} {amount.currency}" for amount in event.amounts) if event else None,
            "; ".join(dict.fromkeys(source.outlet_name for source in event.sources if source.outlet_name)) if event else None,
            len(event.sources) if event else row.story.source_count,
            len(row.witnesses) + 1,
            row.story.title,
            export.base_url + _said_at(row),
            export.base_url + _address(row),
        )


def _calendar_entry(row: TimelineRow, export: TimelineExport) -> Event:
    when, planned = row.interval, bool(row.event and row.event.planned)
    first, last = when.start or when.end, when.end or when.start
    assert first is not None and last is not None, "what is on a timeline has a day"
    entry, url = Event(), export.base_url + _address(row)
    updated = export.updated[row.story.id]
    entry.add("uid", f"{row.event.public_id if row.event else row.story.public_id}@{export.base_url.partition('//')[2]}")
    entry.add("dtstamp", (updated if updated.tzinfo else updated.replace(tzinfo=UTC)).astimezone(UTC))
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", _plain(_text(row)))
    exact = when.precision is Precision.DAY and when.bounded and not when.approximate
    told = [] if exact else [f"{words.interval(when)} ({when.edtf})"]
    entry.add("description", _plain("\n".join([*told, row.story.title, export.base_url + _said_at(row)])))
    entry.add("categories", [_type(row)])
    entry.add("status", "TENTATIVE" if planned else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    entry.add("url", url)
    return entry


def _plain(text: str) -> str:
    """Without what a calendar may not hold: control characters, line breaks aside."""
    return "".join(character for character in text if character == "\n" or character >= " ")
