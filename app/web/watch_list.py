"""The watch list: what came in about the names and threads that an address lists, since a moment that it gives.

The server keeps no list. A browser with scripting remembers the ids and the last visit; they come as parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fastapi import Request
from sqlalchemy import Connection

from app.store.arrivals import Arrival, arrivals
from app.store.entities import EntityRow, entities_named, entity_by_slug, with_versions
from app.store.related import entity_names
from app.store.stories import StorySummary, stories_by_id
from app.store.timeline_filter import TimelineFilter
from app.store.timelines import timeline_page
from app.web import links, words
from app.web.i18n import gettext
from app.web.parameters import MOST_WATCHED, BadParameter
from app.web.threads import about_whom, surroundings

#: The newest stories of each that are looked at, those shown where nothing is new, and the most that are shown at all.
_LOOKED_AT = 60
_SHOWN_ANYWAY = 3
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class WatchParameters:
    """What an address asks for; ``since`` has a time zone."""

    entity: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()
    since: datetime | None = None

    @classmethod
    def from_request(cls, request: Request) -> WatchParameters:
        """The parameters of a request.

        Raises:
            BadParameter: ``since`` is no moment, or there are too many ids.
        """
        query = request.query_params
        entity, thread = (tuple(dict.fromkeys(filter(None, query.getlist(name)))) for name in ("entity", "thread"))
        if len(entity) + len(thread) > MOST_WATCHED:
            raise BadParameter(
                gettext(
                    "A watch list holds %(most)s names and threads at most; this address has %(count)s. Take some away.",
                    most=MOST_WATCHED,
                    count=len(entity) + len(thread),
                )
            )
        return cls(entity, thread, _moment(query.get("since")))

    @property
    def since_text(self) -> str | None:
        """``since`` as it stands in addresses: to the second, in UTC."""
        return self.since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.since else None

    def url(self, form: str = "", *, since: bool = True) -> str:
        """The address of this list; ``form`` is the suffix of another representation."""
        return links.watch(self.entity, self.thread, self.since_text if since else None, form=form)


@dataclass(frozen=True, slots=True)
class WatchedStory:
    """A story about something watched: ``new`` since the last visit, or ``changed`` (a revision of it is)."""

    story: StorySummary
    arrival: Arrival
    new: bool
    changed: bool

    @property
    def address(self) -> str:
        """The story's page."""
        return links.story(self.story.public_id, self.story.slug)


@dataclass(frozen=True, slots=True)
class WatchedThing:
    """A name or a thread with its newest stories; ``same`` are all ids of a thread, one for each chapter."""

    parameter: str
    value: str
    same: tuple[str, ...]
    name: str
    label: str
    url: str
    without_url: str
    stories: tuple[WatchedStory, ...]
    all_stories: tuple[WatchedStory, ...]

    @property
    def feed_url(self) -> str:
        """Its own feed."""
        own = (self.value,)
        return links.watch(entity=own, form=".atom") if self.parameter == "entity" else links.watch(thread=own, form=".atom")

    @property
    def news(self) -> int:
        """How many of the stories are new or changed."""
        return sum(story.new or story.changed for story in self.all_stories)


@dataclass(frozen=True, slots=True)
class WatchView:
    """The page; ``unknown`` are ids that name nothing here."""

    parameters: WatchParameters
    things: tuple[WatchedThing, ...]
    unknown: tuple[str, ...]

    @property
    def news(self) -> int:
        """How many stories are new or changed; one about two watched names counts once."""
        return len({story.story.id for thing in self.things for story in thing.all_stories if story.new or story.changed})


def watch_view(connection: Connection, parameters: WatchParameters) -> WatchView:
    """What came in about everything watched, what has news first, then by its newest story."""
    things = [*_entities(connection, parameters), *_threads(connection, parameters)]
    found = {(thing.parameter, thing.value) for thing in things}
    asked = [("entity", slug) for slug in parameters.entity] + [("thread", thread) for thread in parameters.thread]
    things.sort(key=lambda thing: (thing.news > 0, _newest(thing)), reverse=True)
    return WatchView(parameters, tuple(things), tuple(value for name, value in asked if (name, value) not in found))


def with_name(connection: Connection, parameters: WatchParameters, typed: str) -> WatchParameters:
    """The list with the name that somebody typed into the form."""
    named = entities_named(connection, typed, 1)
    return replace(parameters, entity=tuple(dict.fromkeys((*parameters.entity, named[0].slug if named else typed))))


def newest(view: WatchView, limit: int) -> list[WatchedStory]:
    """The stories of a list, each once, the last to come in first."""
    stories = {story.story.id: story for thing in view.things for story in thing.all_stories}
    return sorted(stories.values(), key=lambda story: (story.arrival.current, story.story.id), reverse=True)[:limit]


def _entities(connection: Connection, parameters: WatchParameters) -> Iterator[WatchedThing]:
    for slug in parameters.entity:
        entity: EntityRow | None = entity_by_slug(connection, slug)
        if entity is None:
            continue
        about = TimelineFilter(entities=(with_versions(connection, entity.id),), types=("story",))
        rows = timeline_page(connection, about, _LOOKED_AT).rows
        stories = _marked(connection, [row.story for row in rows], parameters.since)
        others = replace(parameters, entity=tuple(other for other in parameters.entity if other != slug))
        yield WatchedThing(
            "entity",
            slug,
            (),
            entity.name,
            words.kind(entity.kind),
            links.entity(slug),
            others.url(),
            _shown(stories),
            stories,
        )


def _threads(connection: Connection, parameters: WatchParameters) -> Iterator[WatchedThing]:
    seen: set[int] = set()
    for public_id in parameters.thread:
        around = surroundings(connection, public_id)
        if around is None:
            continue
        first = around.address
        others = replace(parameters, thread=tuple(other for other in parameters.thread if other != public_id))
        if first.id in seen:  # two ids of one thread
            continue
        seen.add(first.id)
        rows = stories_by_id(connection, [chapter.id for chapter in around.thread])
        chapters = sorted(rows.values(), key=lambda story: (story.sort_date is not None, story.sort_date, story.id), reverse=True)
        stories = _marked(connection, chapters[:_LOOKED_AT], parameters.since)
        names = entity_names(connection, about_whom(around))
        yield WatchedThing(
            "thread",
            public_id,
            tuple(chapter.public_id for chapter in around.thread),
            ", ".join(list(names.values())[:3]) or rows[first.id].title,
            gettext("Thread"),
            links.thread(first.public_id, first.slug),
            others.url(),
            _shown(stories),
            stories,
        )


def _marked(connection: Connection, stories: list[StorySummary], since: datetime | None) -> tuple[WatchedStory, ...]:
    came = arrivals(connection, [story.id for story in stories])
    return tuple(
        WatchedStory(
            story,
            came[story.id],
            new=since is not None and came[story.id].first > since,
            changed=since is not None and came[story.id].first <= since < came[story.id].current,
        )
        for story in stories
    )


def _shown(stories: tuple[WatchedStory, ...]) -> tuple[WatchedStory, ...]:
    """What came in since the last visit; where that is nothing, the newest few."""
    news = tuple(story for story in stories if story.new or story.changed)
    return news[:_SHOWN] or stories[:_SHOWN_ANYWAY]


def _newest(thing: WatchedThing) -> str:
    day = thing.all_stories[0].story.sort_date if thing.all_stories else None
    return day.isoformat() if day else ""


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadParameter(gettext("since=%(text)s is not a moment; write 2026-11-20 or 2026-11-20T08:30Z", text=text)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
