"""Kagi News (Kite): clusters of articles with a summary whose markers name domains, as JSON.

Four shapes hold clusters: the file of a category (``clusters``, in old files ``stories``), a page of the API's batch (``stories``
beside ``batchId``), a list, and a single cluster. Each cluster is a story. How each piece is read is said where it is read:
``sections`` (what is prose, and its headings), ``citations`` (``[domain#N]``), ``story`` (the rest).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from app.domain.dates import day
from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParseError, Published, Role
from app.importer.accounting import Ledger
from app.importer.formats import Format
from app.importer.formats.kagi.citations import marker_places
from app.importer.formats.kagi.story import NAME, Edition, read_language, read_outlets, read_story
from app.importer.json_fields import Field, Fields, account, read_day
from app.importer.json_text import JsonText, read_json

_KEY = re.compile(r'"([A-Za-z_]{2,40})"\s*:')
#: Keys that only clusters, and the files that hold them, have.
_OF_CLUSTERS = frozenset(["cluster_number", "short_summary", "talking_points", "unique_domains", "number_of_titles"])
_OF_EDITIONS = frozenset(["category", "categoryName", "batchId", "timestamp"])
_OF_ARTICLES = frozenset(["title", "link", "domain"])
#: Known of a file, but nothing that its stories need.
_ASIDE = ("read", "read_count", "readCount", "totalStories", "batchId", "categoryId")
#: Seconds since 1970 that may be a day of publication: from 2000 to 2099.
_SECONDS = range(946_684_800, 4_102_444_800)


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a file of Kagi News: 0 to 1."""
    if head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return 0.0
    keys = set(_KEY.findall(head))
    if len(keys & _OF_CLUSTERS) >= 2 or ("clusters" in keys and keys & _OF_EDITIONS):
        return 0.9
    if "stories" in keys and keys & _OF_EDITIONS:
        return 0.8
    if keys & _OF_CLUSTERS or {"batchId", "categoryName"} <= keys:
        return 0.7
    return 0.5 if "articles" in keys and keys >= _OF_ARTICLES else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The stories of a file, none where it is an edition without stories.

    Raises:
        ParseError: ``json`` or ``json-depth``: it cannot be read as JSON; ``no-clusters``: it is JSON of another kind;
            ``no-story``: there are clusters, but none of them says anything.
    """
    document = read_json(text)
    fields = Fields(document)
    clusters, own = _clusters(fields.root)
    about = Ledger("")
    edition = _edition(fields.root, about) if own else Edition()
    stories = []
    for cluster in clusters:
        ledger = Ledger("")
        story = read_story(cluster, edition, ledger) if cluster.is_object else None
        if story is not None:
            stories.append((story, ledger, document.containers[cluster.path]))
    if not stories and clusters:
        raise ParseError("no-story", "no cluster of the file has a title, a summary or articles", clusters[0].line)
    return _accounted(document, fields, about, stories)


def _clusters(root: Field) -> tuple[list[Field], bool]:
    """The clusters, and whether they stand within something that says more of them."""
    for key in ("clusters", "stories"):
        if isinstance(root[key].value, list) and (root[key].value or not root["stories"].value):
            return list(root[key]), True
    if isinstance(root.value, list):
        return list(root), False
    if any(root[key].value for key in ("title", "short_summary", "articles")):
        return [root], False
    if isinstance(root.value, dict) and root.value.keys() & {"clusters", "stories"}:
        return [], True
    message = "JSON without clusters: neither a category of Kagi News, nor a page of its API, nor a list of clusters, nor one"
    raise ParseError("no-clusters", message, 1)


def _edition(root: Field, ledger: Ledger) -> Edition:
    for key in _ASIDE:
        root[key].set_aside(Role.METADATA)
    names = [root[key].line_of_text(Role.METADATA) for key in ("category", "categoryName")]
    return Edition(
        category=next(filter(None, names), None),
        published=_published(root["timestamp"], ledger),
        language=read_language(root["language"]),
        outlets=read_outlets(root["domains"]),
    )


def _published(timestamp: Field, ledger: Ledger) -> Published | None:
    """The day, in UTC, of a time in seconds since 1970; newer files may write it as ISO 8601."""
    text = timestamp.line_of_text(Role.PUBLISHED)
    seconds = text.partition(".")[0]
    if not (seconds.isascii() and seconds.isdigit()):
        interval = read_day(timestamp, Role.PUBLISHED, ledger)
        return Published(interval, "document") if interval else None
    if len(seconds) > 12 or int(seconds) not in _SECONDS:
        ledger.warn("bad-date", timestamp.line, text, "the date is left out: not seconds since 1970 in this century")
        return None
    return Published(day(datetime.fromtimestamp(int(seconds), UTC).date()), "document")


def _accounted(
    document: JsonText, fields: Fields, about: Ledger, stories: list[tuple[ParsedDocument, Ledger, tuple[int, int]]]
) -> list[ParsedDocument]:
    """The stories with their spans and warnings; what stands around them goes to the first."""
    result = []
    for story, ledger, place in stories:
        spans, warnings = account(document, ledger, fields.role_of, [place], marker_places)
        result.append(replace(story, spans=spans, warnings=warnings))
    if result:
        edges = [0, *(offset for _, _, place in stories for offset in place), len(document.text)]
        around = list(zip(edges[::2], edges[1::2], strict=True))
        spans, warnings = account(document, about, fields.role_of, around, marker_places)
        result[0] = replace(
            result[0],
            spans=tuple(sorted((*spans, *result[0].spans), key=lambda span: span.start)),
            warnings=(*warnings, *result[0].warnings),
        )
    return result


FORMAT = Format(
    NAME,
    "Kagi News (Kite): JSON of a category, a batch, or single clusters",
    sniff,
    parse,
    digest=True,
    keys=_OF_CLUSTERS | {"articles", "clusters"},
)
