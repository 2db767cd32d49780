"""Where somebody may have wanted to go who asked for an address at which there is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.identifiers import as_short_id
from app.store.entities import EntityRow, entities_named, names_by_slug
from app.store.search import corrected, search
from app.store.stories import StorySummary, stories_with_id
from app.web import links, words
from app.web.i18n import N_, gettext

MOST = 6
#: Of each sort.
_NAMES, _STORIES = 3, 4
#: Longer last parts of an address are cut: nobody types them.
_LONGEST = 120
#: How alike an address and what is suggested for it are (``difflib``'s ratio, 0 to 1).
_ALIKE = 0.7
#: Words of an address that are looked for in stories, the longest ones.
_WORDS = 4
_PAGES = {
    "timeline": N_("The timeline"),
    "search": N_("Search"),
    "findings": N_("Findings"),
    "outlets": N_("Outlets"),
    "entities": N_("All names"),
    "compare": N_("Compare"),
    "about": N_("About this site"),
}
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?|json|md|bib|ris|csl|atom|csv|ics)$", re.IGNORECASE)


class Suggestion(NamedTuple):
    """A page that may have been meant; ``what`` says what it is."""

    title: str
    url: str
    what: str


def nearest(connection: Connection, path: str) -> tuple[Suggestion, ...]:
    """Pages whose address, name or title is near to a path; the likeliest first."""
    parts = [part for part in path[:2000].split("/") if part]
    if not parts:
        return ()
    last = _SUFFIX.sub("", _SUFFIX.sub("", parts[-1]))[:_LONGEST]
    found: dict[str, Suggestion] = {}
    for suggestion in _near(connection, parts, last):
        found.setdefault(suggestion.url, suggestion)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _near(connection: Connection, parts: list[str], last: str) -> Iterator[Suggestion]:
    if len(parts) > 1:
        yield from map(_story, stories_with_id(connection, as_short_id(parts[1]), _STORIES))
    words = re.findall(r"\w+", last)
    if len(parts) == 1:
        for page in get_close_matches(last.lower(), _PAGES, 1, _ALIKE):
            yield Suggestion(gettext(_PAGES[page]), f"/{page}", gettext("page"))
    yield from map(_entity, _entities(connection, " ".join(words), "-".join(words).lower()))
    yield from map(_story, islice(_stories(connection, words), _STORIES))


def _entities(connection: Connection, name: str, slug: str) -> Iterator[EntityRow]:
    named = entities_named(connection, name, _NAMES)
    if named:
        yield from named
        return
    known = names_by_slug(connection)
    for near in get_close_matches(slug, known, _NAMES, _ALIKE):
        yield known[near]


def _stories(connection: Connection, words: list[str]) -> Iterator[StorySummary]:
    longest = sorted((word for word in words if len(word) > 3), key=len, reverse=True)[:_WORDS]
    if not longest:
        return
    for text in (" ".join(longest), corrected(connection, longest), " ".join(longest[:2])):
        results = search(connection, text, _STORIES).results if text else ()
        if results:
            yield from (result.story for result in results)
            return


def _story(story: StorySummary) -> Suggestion:
    return Suggestion(story.title, links.story(story.public_id, story.slug), gettext("story"))


def _entity(entity: EntityRow) -> Suggestion:
    return Suggestion(entity.name, links.entity(entity.slug), words.kind(entity.kind))
