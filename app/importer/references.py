"""Entries of a list of references, as sources: "Title - Site, accessed 5 October 2025, https://…" and its kin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.dates import find_dates
from app.domain.dates import Interval
from app.domain.documents import Citation, ParsedSource
from app.importer.accounting import Ledger, tidy
from app.importer.addresses import web_address, without_chat_tracking
from app.importer.markdown import Inline

#: What stands above a list of sources.
HEADING = re.compile(
    r"(?:\d+\.?\s+)?(?:references?|sources?|citations?|works\s+cited|bibliography|footnotes|links|endnotes|quellen|来源|参考(?:链接|文献))"
    r"\s*[:：]?",
    re.IGNORECASE,
)

_ADDRESS = re.compile(r"<?(https?://[^\s<>\"]+)>?", re.IGNORECASE)
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"\b(?:javascript|data|file|ftp|vbscript):\S+", re.IGNORECASE)
_ACCESSED = re.compile(
    r"[,;(]?\s*\b(?:accessed|retrieved|visited|abgerufen)\b(?:\s+(?:on|am))?[^,;]{0,20}(?:,\s*\d{4})?\)?", re.IGNORECASE
)
_EDGES = " \t,;:.-–—|()[]«»\"'*_<>\u00a0"
_SEPARATORS = re.compile(r"\s+[-–—|·]\s+")
_OUTLET_WORDS, _OUTLET_LENGTH = 5, 40
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list of sources: its label as markers name it, its number, its text, and the line that it begins in."""

    label: str
    number: int
    text: Inline
    line: int


def split_outlet(printed: str) -> tuple[str, str | None]:
    """A printed title as title and outlet: ``"A title | The Outlet"``; the outlet is short."""
    title, separator, outlet = printed.rpartition(" | ")
    if separator and title.strip() and outlet.strip() and len(outlet.split()) < _OUTLET_WORDS:
        return title.strip(), outlet.strip()
    return printed, None


def read_entry(entry: Entry, ledger: Ledger) -> ParsedSource:
    """An entry as a source: address, title, and what stands beside them as far as it is plain what it is.

    The day on which an address was looked up is not a date of publication. An address that is not one of the web is dropped
    with the warning ``bad-url``.
    """
    text = entry.text.text
    address, before, after = _around_address(entry.text)
    url = _checked(address or _other_scheme(text), entry, ledger)
    before, after = tidy(_ACCESSED.sub("", before)).strip(_EDGES), tidy(_ACCESSED.sub("", after)).strip(_EDGES)
    title, rest = (before, after) if before else ("", after)
    if not before and not address:
        title, rest = tidy(_ACCESSED.sub("", text)).strip(_EDGES), ""
    bare, outlet = split_outlet(title)
    if not bare and url:
        bare = _SCHEME.sub("", url)
    published = None
    if rest:
        published = _day(rest)
        outlet = _outlet(rest) or outlet
    return ParsedSource(
        number=entry.number,
        title=bare[:_LONGEST_TITLE],
        text="",
        raw_title=title[:_LONGEST_TITLE],
        outlet=outlet,
        url=url,
        published=published,
    )


def read_entries(entries: Sequence[Entry], ledger: Ledger) -> tuple[ParsedSource, ...]:
    """Entries as sources in the order of their numbers; of two with one number the first counts."""
    sources: dict[int, ParsedSource] = {}
    for entry in entries:
        if entry.number in sources:
            ledger.warn(
                "duplicate-source", entry.line, entry.text.text, f"source {entry.number} is there twice; the first counts"
            )
        else:
            sources[entry.number] = read_entry(entry, ledger)
    return tuple(sources[number] for number in sorted(sources))


def numbered(labels: Sequence[str]) -> dict[str, int]:
    """A number for each label: its own where all labels are numbers from 1 on, else its place."""
    plain = [label for label in dict.fromkeys(labels)]
    if all(label.isascii() and label.isdigit() and 1 <= int(label[:9]) <= 9999 for label in plain):
        return {label: int(label) for label in plain}
    return {label: place for place, label in enumerate(plain, 1)}


def citations_of(labels: Sequence[str], numbers: dict[str, int]) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """The citations that labels stand for, and the labels that no source has."""
    known = tuple(Citation(numbers[label]) for label in labels if label in numbers)
    return known, tuple(label for label in labels if label not in numbers)


def _around_address(text: Inline) -> tuple[str | None, str, str]:
    """The address of an entry, what stands before it (or the text of its link), and what stands after it."""
    for link in text.links:
        words = text.text[link.start : link.end]
        before = text.text[: link.start].strip(_EDGES)
        if _ADDRESS.match(words.strip()) or not words.strip():
            return link.address, before, text.text[link.end :]
        if not before:
            return link.address, words, text.text[link.end :]
        return link.address, f"{before} {words}".strip(), text.text[link.end :]
    bare = _ADDRESS.search(text.text)
    if bare:
        return bare[1].rstrip(".,;)]"), text.text[: bare.start()], text.text[bare.end() :]
    return None, text.text, ""


def _other_scheme(text: str) -> str | None:
    match = _OTHER_SCHEME.search(text)
    return match[0] if match else None


def _checked(address: str | None, entry: Entry, ledger: Ledger) -> str | None:
    if not address:
        return None
    try:
        return web_address(without_chat_tracking(address))
    except ValueError as error:
        ledger.warn("bad-url", entry.line, address, f"source {entry.number}: {error}")
        return None


def _day(rest: str) -> Interval | None:
    """The one date in what follows a title."""
    found = [phrase.interval for phrase in find_dates([rest[:200]], None)[0] if phrase.interval and phrase.interval.bounded]
    return found[0] if len(found) == 1 else None


def _outlet(rest: str) -> str | None:
    """The first part of what follows a title, where it is short and no date: ``"The Sample Wire, 3 May 2025"``."""
    first = _SEPARATORS.split(rest)[0].split(",")[0].strip(_EDGES)
    if not first or len(first) > _OUTLET_LENGTH or len(first.split()) > _OUTLET_WORDS or _day(first) or not first[0].isalnum():
        return None
    return None if first[0].isdigit() and not any(character.isalpha() for character in first) else first
