"""One page of every type, on whatever a running site has."""

from __future__ import annotations

import html
import re
import urllib.request
from collections.abc import Mapping

#: Pages that are there on any site, by what they are called in reports.
FIXED = {
    "front": "/",
    "timeline": "/timeline",
    "timeline, filtered": "/timeline?entity=openai&type=funding&from=2023",
    "timeline, nothing matches": "/timeline?entity=openai&from=1950&to=1951",
    "entity": "/entities/openai",
    "person": "/entities/sam-altman",
    "compare": "/compare?entity=openai&entity=anthropic",
    "compare, nothing chosen": "/compare",
    "index of names": "/entities",
    "index of companies": "/entities?kind=company",
    "outlets": "/outlets",
    "threads": "/threads",
    "findings": "/findings",
    "search": "/search?q=deepseek",
    "search, empty": "/search",
    "search, nothing found": "/search?q=zebrafish",
    "watch list": "/watch?entity=openai&entity=meta&since=2020-01-01",
    "watch list, empty": "/watch",
    "search, narrowed": "/search?q=openai+category:technology",
    "about": "/about",
    "help": "/help",
    "not found": "/nowhere",
    "not found, with suggestions": "/entities/opnai",
    "wrong parameter": "/timeline?from=yesteryear",
}
#: Pages whose address depends on what is stored: where a link to one stands, and what it looks like.
LINKED = {
    "story": ("/", r"/stories/[0-9a-z]{10}/[^\"#?/]+"),
    "event": ("/timeline", r"/events/[0-9a-z]{10}"),
    "finding": ("/findings", r"/findings/[0-9a-z]{10}"),
    "outlet": ("/outlets", r"/outlets/[^\"#?/.]+"),
    "category": ("/", r"/categories/[^\"#?/.]+"),
    "thread": ("/threads", r"/threads/[^\"#?.]+"),
}
#: Pages that belong to a story.
OF_STORY = {"side by side": "check", "history": "history"}


def visits(address: str) -> dict[str, str]:
    """The path of a page of each type at ``address``, by its name.

    Raises:
        LookupError: the site links to no page of some type.
    """
    found = {name: linked(address, *where) for name, where in LINKED.items()}
    story = "/".join(found["story"].split("/")[:3])
    return FIXED | found | {name: f"{story}/{part}" for name, part in OF_STORY.items()}


def linked(address: str, page: str, pattern: str) -> str:
    """The first link on a page of the site whose path is ``pattern``.

    Raises:
        LookupError: there is none.
    """
    if match := re.search(f'href="({pattern})"', fetch(address + page).decode()):
        return html.unescape(match[1])
    raise LookupError(f"{page} has no link like {pattern}")


def fetch(url: str, headers: Mapping[str, str] | None = None) -> bytes:
    """What the site answers, be it an error page."""
    request = urllib.request.Request(url, headers=dict(headers or {}))
    opener = urllib.request.build_opener(_KeepErrors())
    with opener.open(request, timeout=60) as response:
        content: bytes = response.read()
    return content


class _KeepErrors(urllib.request.HTTPErrorProcessor):
    """The page of an error is a page too."""

    def http_response(self, request, response):  # type: ignore[no-untyped-def]
        return response
