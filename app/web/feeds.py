"""Lists as feeds (Atom, RFC 4287), lists of feeds (OPML 2.0), and tables (CSV, RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from starlette.responses import Response

_ATOM = "http://www.w3.org/2005/Atom"
#: What XML 1.0 cannot hold.
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535))
#: A cell that begins with one of these is a formula to a spreadsheet, and what documents say is nobody's formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed; ``url`` is permanent and names it."""

    url: str
    title: str
    summary: str
    updated: datetime
    category: str


def atom(title: str, url: str, page_url: str, entries: Sequence[Entry], next_url: str | None = None) -> Response:
    """A feed at ``url`` of what ``page_url`` shows; all addresses are absolute. ``next_url`` is where older entries are."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _element(feed, "id", url)
    _element(feed, "title", title)
    _element(feed, "updated", _moment(max((entry.updated for entry in entries), default=datetime(2000, 1, 1, tzinfo=UTC))))
    _element(_element(feed, "author"), "name", title)
    _element(feed, "link", rel="self", href=url)
    _element(feed, "link", rel="alternate", type="text/html", href=page_url)
    if next_url:
        _element(feed, "link", rel="next", href=next_url)
    for entry in entries:
        item = _element(feed, "entry")
        _element(item, "id", entry.url)
        _element(item, "title", entry.title)
        _element(item, "updated", _moment(entry.updated))
        _element(item, "link", rel="alternate", type="text/html", href=entry.url)
        _element(item, "category", term=entry.category)
        _element(item, "summary", entry.summary)
    body = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list of feeds; both addresses are absolute."""

    text: str
    feed_url: str
    page_url: str


def opml(title: str, outlines: Sequence[Outline], name: str) -> Response:
    """A list of feeds (OPML 2.0) as a file of this name."""
    document = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(document, "head"), "title").text = title.translate(_UNPRINTABLE)
    body = ElementTree.SubElement(document, "body")
    for outline in outlines:
        text = outline.text.translate(_UNPRINTABLE)
        ElementTree.SubElement(
            body, "outline", type="rss", text=text, title=text, xmlUrl=outline.feed_url, htmlUrl=outline.page_url
        )
    content = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    return Response(content, media_type="text/x-opml", headers={"content-disposition": f'attachment; filename="{name}"'})


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str, next_url: str | None = None) -> Response:
    """A table as a file of this name. ``next_url`` is where it goes on."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    if next_url:
        headers["link"] = f'<{next_url}>; rel="next"'
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8; header=present", headers=headers)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _element(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text is not None:
        element.text = text.translate(_UNPRINTABLE)
    return element


def _moment(value: datetime) -> str:
    return value.replace(tzinfo=value.tzinfo or UTC).isoformat(timespec="seconds")
