"""What a page says of itself beside its text: title, address, date, language, description."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.dates import Interval, parse_edtf
from app.domain.documents import Published
from app.importer.accounting import Ledger, tidy
from app.importer.addresses import web_address
from app.importer.formats.story_html.markup import decoded
from app.importer.formats.story_html.tree import Page
from app.importer.references import split_outlet

_MOMENT = re.compile(r"\s*(\d{4}-\d{2}(?:-\d{2})?)(?:[T ].{0,40})?\s*", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_SUFFIX = re.compile(r"\s+[|–—·•-]\s+")
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "pubdate", "parsely-pub-date")
_LARGEST_DATA = 200_000
_MOST_ITEMS = 200


def moment(text: str) -> Interval | None:
    """The day (or month) of a date as machines write it; ``None`` where it is none."""
    match = _MOMENT.fullmatch(text[:100])
    try:
        return parse_edtf(match[1]) if match else None
    except ValueError:
        return None


def published(page: Page, times: Sequence[str], ledger: Ledger) -> Published | None:
    """When the page says that it was published: in its data, its head, or the ``times`` that stand above its prose."""
    said = [item["datePublished"] for item in _items(page) if isinstance(item.get("datePublished"), str)]
    said += [page.meta[name] for name in _DATES if name in page.meta]
    said += times
    for text in said:
        interval = moment(text)
        if interval is not None:
            return Published(interval, "document")
        ledger.warn("bad-date", None, text, "the date of publication that the page gives cannot be read")
    return None


def address(page: Page, ledger: Ledger) -> str | None:
    """The address of the page: its canonical link, else what it tells networks."""
    for text in (page.links.get("canonical"), page.meta.get("og:url")):
        if text and text.strip():
            try:
                return web_address(text)
            except ValueError as error:
                ledger.warn("bad-url", None, text, f"the address of the page: {error}")
    return None


def language(page: Page) -> str | None:
    """The language that the page says it is in."""
    text = (page.language or "").strip()
    return text if _LANGUAGE.fullmatch(text) else None


def description(page: Page) -> str:
    """The description in the head of the page, empty where it has none."""
    return tidy(" ".join((page.meta.get("description") or page.meta.get("og:description") or "").split()))


def head_title(page: Page) -> str:
    """The title in the head of the page, without the name of the site, empty where it has none."""
    site = tidy(page.meta.get("og:site_name", ""))
    for text in (page.meta.get("og:title", ""), _title_element(page)):
        title = without_site(tidy(" ".join(text.split())), site)
        if title and title.casefold() != site.casefold():
            return title
    return ""


def without_site(title: str, site: str) -> str:
    """A title without the name of the site at its end: after a bar any short one, after a dash only the one that is known."""
    parts = list(_SUFFIX.finditer(title))
    if parts and site and title[parts[-1].end() :].casefold() == site.casefold():
        return title[: parts[-1].start()]
    return split_outlet(title)[0]


def _title_element(page: Page) -> str:
    return decoded(page.source.text, *page.source.title).text[:2000] if page.source.title else ""


def _items(page: Page) -> Iterator[dict[str, Any]]:
    """The items of the page's data that have a date of publication, the outermost first."""
    for text in page.source.data[:20]:
        if len(text) > _LARGEST_DATA:
            continue
        try:
            waiting = [json.loads(text)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while waiting and seen < _MOST_ITEMS:
            value = waiting.pop(0)
            seen += 1
            if isinstance(value, list):
                waiting[:0] = value[:_MOST_ITEMS]
            elif isinstance(value, dict):
                if "datePublished" in value:
                    yield value
                waiting += [value[key] for key in ("@graph", "mainEntity") if key in value]
