"""Entries of a list of references, as sources: "Title - Site, accessed 5 October 2025, https://…" and its kin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.dates import find_dates
from app.domain.dates import Interval, Precision
from app.domain.documents import Citation, ParsedSource, cite
from app.domain.events import DatedPhrase
from app.importer.accounting import Ledger, tidy
from app.importer.addresses import web_address, without_chat_tracking
from app.importer.markdown import Inline

_HEADING_WORDS = (
    r"references?|sources?|citations?|works\s+cited|bibliography|footnotes|endnotes|links|"
    r"quellen(?:angaben|verzeichnis)?|referenzen|einzelnachweise|sources\s+des\s+citations|références|fuentes|referencias|"
    r"obras\s+citadas|fonti|riferimenti|fontes|referências|bronnen|источники|источники\s+информации|"
    r"来源|來源|引用的著作|引用文献|参考(?:链接|文献|资料|来源)|參考(?:連結|文獻|資料|來源)|出典|出典一覧|출처|참고\s*(?:자료|문헌)|"
    r"المصادر|المراجع|แหล่ง(?:ที่มา|อ้างอิง)|อ้างอิง"
)
#: What stands above a list of sources.
HEADING = re.compile(
    rf"\W{{0,6}}(?:\d{{1,2}}\.?\s+)?(?:(?:list\s+of|key|cited|primary|full)\s+)?(?:{_HEADING_WORDS})"
    r"(?:\s+(?:used|cited|consulted|list))?(?:\s+(?:and|&|und)\s+(?:references|sources|citations|notes|links|further\s+reading))?"
    r"(?:\s*\(\d{1,4}\))?\s*[:：]?",
    re.IGNORECASE,
)

_ADDRESS = re.compile(r"<?(https?://[^\s<>\"]+)>?", re.IGNORECASE)
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"\b(?:(?:javascript|vbscript):|data:\w+/|mailto:\w+@|(?:file|ftp|sftp)://)[^\s<>]*", re.IGNORECASE)
_DAY = (
    r"(?:[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
)
#: When somebody looked an address up: "accessed on October 5, 2025". "They accessed 40 servers" has no day.
_ACCESSED = re.compile(
    r"[,;.]?\s?[(\[]?\b(?:(?:last\s+)?(?:accessed|retrieved|visited|viewed)|abgerufen|zugriff|consulté|consultado|acessado|geopend|"
    rf"access\s+date)\b\s*:?(?:\s+(?:on|am|le|el|em|op))?\s*:?\s*{_DAY}[)\]]?",
    re.IGNORECASE,
)
#: Words that announce an address, and those that stand in for one.
_ANNOUNCED = re.compile(
    r"(?:\b(?:available|online|read) (?:at|from|on)|\bvia|[,;.:|–—(\[-] ?(?:url|link|available)):? ?$|\b(?:url|link): ?$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"\W*(?:link|source|url|here|read(?:\s+more)?|read\s+(?:it\s+)?here|open|view|article|web|原文|链接|↗|↩︎?)?\W*", re.IGNORECASE
)
#: '"A title", The Outlet, 3 May 2025', perhaps after an author.
_QUOTED_TITLE = re.compile(
    r"(?P<author>[^\"“”,:;.()]{2,60},\s)?[\"“](?P<title>[^\"“”]{2,400}?)"
    r"(?:[\"”]\s?[,.]|(?P<inner>[,.])[\"”])\s?(?P<rest>.+)",
    re.DOTALL,
)
#: What goes from the ends of a title: what parts it from its neighbours.
_EDGES = " \t\n,;:-–—|·*_<>\u00a0↩\ufe0e"
_PAIRS = {")": "(", "]": "[", "”": "“", "»": "«", '"': '"', "'": "'"}
_DOTTED = re.compile(r"(?:\.\.|\b\w\.\w\.|\b(?:Inc|Corp|Ltd|Co|Jr|Sr)\.)$")
_SEPARATORS = re.compile(r"\s[-–—|·]\s|[,;()]|\.\s")
#: What is said of a source in brackets without being its outlet.
_NO_OUTLET = frozenset("pdf paywall paywalled video html login archive archived subscription free link source".split())
_OUTLET_WORDS, _OUTLET_LENGTH = 5, 40
_LONGEST_DAY = 40
#: A link of so few words beside a name may be anything.
_FEWEST_OF_TITLE = 3
_LONGEST_TITLE = 500
_LONGEST_ENTRY = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list of sources: its label as markers name it, its number, its text, and the line that it begins in.

    ``links`` says that Markdown takes the entry for where ``[words][label]`` leads.
    """

    label: str
    number: int
    text: Inline
    line: int
    links: bool = False


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
    address, before, after = _around_address(entry.text)
    url = _checked(address, entry, ledger)
    title = trimmed(_ACCESSED.sub("", tidy(before))[:_LONGEST_ENTRY])
    rest = trimmed(_ACCESSED.sub("", tidy(after))[:_LONGEST_ENTRY])
    if not title:
        title, rest = rest, ""
    printed = title
    title, author, told = _quoted(title)
    title, outlet = split_outlet(title)
    title, published = _without_day(title)
    rest = ", ".join(filter(None, (told, rest)))
    if rest:
        named, day = _beside(rest)
        outlet, published = named or outlet, day or published
    if not title and address:
        title = _SCHEME.sub("", url or address)
    return ParsedSource(
        number=entry.number,
        title=title[:_LONGEST_TITLE],
        text="",
        raw_title=printed[:_LONGEST_TITLE],
        outlet=outlet,
        url=url,
        published=published,
        author=author,
    )


def trimmed(text: str) -> str:
    """A title or name without what parts it from its neighbours: separators, a final stop, quotation marks and brackets around
    all of it, and brackets that are only half there.
    """
    while True:
        shorter = _trimmed_once(text.strip(_EDGES))
        if shorter == text:
            return text
        text = shorter


def _trimmed_once(text: str) -> str:
    if text.endswith(".") and not _DOTTED.search(text[-8:]):
        return text[:-1]
    if text.endswith(("(", "[", "“", "«")):
        return text[:-1]
    for closing, opening in _PAIRS.items():
        inner = text[1:-1]
        if len(text) > 1 and text[0] == opening and text[-1] == closing and opening not in inner and closing not in inner:
            return inner
        if opening != closing and text.endswith(closing) and opening not in text:
            return text[:-1]
        if opening != closing and text.startswith((opening, closing)) and closing not in text[1:]:
            return text[1:]
    return text


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
    known = cite(*(numbers[label] for label in labels if label in numbers))
    return known, tuple(label for label in labels if label not in numbers)


def _around_address(text: Inline) -> tuple[str | None, str, str]:
    """The address of an entry, what stands before it (and the text of its link), and what stands after it."""
    link = next((link for link in text.links if not link.address.startswith("#")), None)
    if link is not None:
        words, before, after = text.text[link.start : link.end], text.text[: link.start], text.text[link.end :]
        if _is_address(words.strip(), link.address) or (before.strip(_EDGES) and _NO_TITLE.fullmatch(words)):
            return link.address, _unannounced(before), after
        title = _unannounced(before)
        if title.rstrip().endswith(("(", "[")) and title.strip(_EDGES + "(["):
            return link.address, title, f"{words}{after}"
        if _leads(before, words, after):
            return link.address, words, f"{before}{after}"
        return link.address, f"{before}{words}" if before.strip(_EDGES) else words, after
    bare = _ADDRESS.search(text.text)
    if bare:
        address = _bare(bare[1])
        return address, _unannounced(text.text[: bare.start(1)]), text.text[bare.start(1) + len(address) :]
    other = _OTHER_SCHEME.search(text.text)
    if other:
        return other[0], _unannounced(text.text[: other.start()]), text.text[other.end() :]
    return None, text.text, ""


def _leads(before: str, words: str, after: str) -> bool:
    """Whether an outlet stands before the link that is the title: "The Sample Wire, [A long title](…), 3 May 2025"."""
    name, told = trimmed(tidy(before)), tidy(after)
    dates = _dates(told)
    for phrase in reversed(dates):
        told = told[: phrase.start] + told[phrase.end :]
    return (
        len(dates) == 1
        and before.rstrip().endswith((",", ":", "–", "—", "|"))
        and len(words.split()) > max(len(name.split()), _FEWEST_OF_TITLE)
        and not any(map(str.isalnum, told))
        and _beside(name) == (name, None)
    )


def _is_address(words: str, address: str) -> bool:
    """Whether a link's words are its address, perhaps cut or without the scheme."""
    if _ADDRESS.match(words) or _OTHER_SCHEME.fullmatch(words):
        return True
    beginning = _SCHEME.sub("", words).rstrip("/….")
    return "." in beginning and _SCHEME.sub("", address).startswith(beginning)


def _unannounced(before: str) -> str:
    tail = tidy(before[-_LONGEST_DAY:])
    announced = _ANNOUNCED.search(tail)
    return before[:-_LONGEST_DAY] + tail[: announced.start()] if announced else before


def _bare(address: str) -> str:
    """An address in running text without the punctuation behind it; a bracket belongs to it where it opens within it."""
    address = address.rstrip(".,;:!?*_'’”»。，")
    while address.endswith((")", "]")) and address.count(address[-1]) > address.count(_PAIRS[address[-1]]):
        address = address[:-1].rstrip(".,;:!?*'’”»")
    return address


def _checked(address: str | None, entry: Entry, ledger: Ledger) -> str | None:
    if not address:
        return None
    try:
        return web_address(without_chat_tracking(address))
    except ValueError as error:
        ledger.warn("bad-url", entry.line, address, f"source {entry.number}: {error}")
        return None


def _without_day(title: str) -> tuple[str, Interval | None]:
    """A title without the day or month that it ends in, where that is set apart: ``"A title, 3 May 2025"``."""
    tail_from = max(0, len(title) - _LONGEST_DAY)
    tail = title[tail_from:]
    for phrase in _dates(tail)[-1:]:
        head = title[: tail_from + phrase.start].rstrip()
        precise = phrase.interval and phrase.interval.precision in (Precision.DAY, Precision.MONTH)
        if precise and not tail[phrase.end :].strip(" .)]") and head.endswith((",", ".", "(", "|", "[", "–", "—", "-")):
            return trimmed(head) or title, phrase.interval
    return title, None


def _quoted(title: str) -> tuple[str, str | None, str]:
    """``Author, "A title", The Outlet`` as title, author, and the rest."""
    match = _QUOTED_TITLE.fullmatch(title)
    if match is None or (match["inner"] and not _dates(match["rest"] or "")):
        return title, None, ""
    return trimmed(match["title"]), trimmed(match["author"] or "") or None, trimmed(match["rest"] or "")


def _dates(text: str) -> list[DatedPhrase]:
    return [phrase for phrase in find_dates([text[:200]], None)[0] if phrase.interval and phrase.interval.bounded]


def _beside(rest: str) -> tuple[str | None, Interval | None]:
    """Outlet and day in what stands beside a title, as far as it is plain: ``"The Sample Wire, 3 May 2025"``.

    The outlet is its first part, where that is short and begins like a name; the day is its only date.
    """
    dates = _dates(rest)
    day = dates[0].interval if len(dates) == 1 else None
    for phrase in reversed(dates):
        rest = f"{rest[: phrase.start]},{rest[phrase.end :]}"
    first = next(filter(None, map(trimmed, _SEPARATORS.split(rest[:200]))), "")
    words = first.split()
    if not first or len(first) > _OUTLET_LENGTH or len(words) > _OUTLET_WORDS or first.lower() in _NO_OUTLET:
        return None, day
    if not any(map(str.isalpha, first)) or not first[0].isalnum() or (len(words) > 1 and first[0].islower()):
        return None, day
    return first, day
