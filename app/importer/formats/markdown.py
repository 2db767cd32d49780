"""Articles in Markdown with footnotes (``[^1]``), or with numbers in brackets (``[1]``) and a list of sources.

Footnotes may stand anywhere, a list below a heading such as "References" or "Works cited"; either may be one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParseError, Role
from app.importer.accounting import Ledger
from app.importer.article import Marker, Reading, read_article, split_references
from app.importer.formats import Format
from app.importer.markdown import Block, Inline, Kind, read_blocks, read_inline
from app.importer.references import Entry, citations_of, numbered, read_entries

NAME = "markdown"

#: "[1]", "[^note]", "[1, 3]", "[2-4]", "[1][2]" (one after the other), "[[1]]".
_MARKER = re.compile(r"\[{1,2}(?:\^(?P<note>[^\[\]\s]{1,60})|(?P<numbers>\d{1,4}(?:\s*[,;–-]\s*\d{1,4}){0,20}))\]{1,2}")
_DEFINITION = re.compile(r"(?:^|(?<=\n))[ \t]*\[(?P<note>\^)?(?P<label>[^\[\]\s]{1,60})\](?P<colon>:)?[ \t]+(?=\S)")
#: Entries of a list in one paragraph, wrapped anywhere: "[1] https://… [2] https://…".
_WRAPPED = re.compile(r"(?:^|(?<=\s))\[(?P<label>\d{1,4})\]\s+(?=<?https?://)")
_LABELLED_LIST = re.compile(r"(?:citations|sources|references):\s+(?=\[1\])", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_LONGEST_RANGE = 50
_ATX_HEADING = re.compile(r"(?:^|\n)#{1,6} \S")
_LINE = re.compile(r"(?:^|\n)(?:[-*+] |\d{1,3}\. |> )\S")
_LINK_OR_EMPHASIS = re.compile(r"\]\(https?://|\*\*\S")


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is an article in Markdown: 0 to 1."""
    if head.lstrip("\ufeff \t\r\n")[:1] in ("<", "{"):
        return 0.0
    markers = [match for match in _MARKER.finditer(head) if match.start() and head[match.start() - 1] != "\n"]
    if any(match["note"] for match in markers):
        return 0.7
    marks = sum(bool(mark.search(head)) for mark in (_ATX_HEADING, _LINE, _LINK_OR_EMPHASIS))
    if _ATX_HEADING.search(head):
        return 0.6 if markers else 0.4
    return 0.5 if markers and marks else 0.35 if marks > 1 else 0.2 if markers else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The story of an article (always one).

    Raises:
        ParseError: ``no-sources``: it has neither sources nor markers, so that it is no summary with citations; ``no-story``: it
            has no text.
    """
    ledger = Ledger(text)
    body, entries = take_references(read_blocks(text), ledger)
    sources = read_entries(entries, ledger)
    numbers = numbers_of(entries)
    unresolved: list[str] = []

    def markers(inline: Inline, block: Block) -> Iterator[Marker]:
        return bracketed(inline, block, numbers, ledger, unresolved)

    article = read_article(body, Reading(text, ledger, markers))
    if not sources and not unresolved:
        raise ParseError("no-sources", "an article in Markdown, but without sources and without citations", 1)
    title = article.titled()
    ledger.claim_punctuation()
    spans, warnings = ledger.close()
    return [
        ParsedDocument(
            format=NAME,
            variant="footnotes" if any(entry.label.startswith("^") for entry in entries) else "numbered",
            title=title,
            published=None,
            dek=(),
            paragraphs=tuple(article.paragraphs),
            sources=sources,
            warnings=warnings,
            spans=spans,
        )
    ]


def numbers_of(entries: Sequence[Entry]) -> dict[str, int]:
    """The number of each label."""
    return {entry.label: entry.number for entry in reversed(entries)}


def bracketed(inline: Inline, block: Block, numbers: dict[str, int], ledger: Ledger, unresolved: list[str]) -> Iterator[Marker]:
    """The bracketed markers of an inline text.

    A footnote that is defined nowhere goes out with a warning; a number that no source has stays in the text, with a warning
    where the document has sources.
    """
    for match in inline.prose(_MARKER):
        labels = [f"^{match['note']}"] if match["note"] else _expanded(match["numbers"])
        known, unknown = citations_of(labels, numbers)
        for label in unknown:
            unresolved.append(label)
            if match["note"]:
                ledger.warn("unresolved-citation", block.line, match[0], "no source has this label; the marker is left out")
            else:
                most = max(numbers.values(), default=0)
                ledger.warn(
                    "citation-out-of-range", block.line, match[0], f"no source has this number (there are {most}); kept as text"
                )
        if known or match["note"]:
            yield Marker(match.start(), match.end(), known)


def _expanded(numbers: str) -> list[str]:
    """``"1, 3-5"`` as labels; a range that is too long to be one stays as its two ends."""
    labels: list[str] = []
    for part in re.split(r"\s*[,;]\s*", numbers):
        span = _RANGE.fullmatch(part)
        if span and 0 < int(span[2]) - int(span[1]) <= _LONGEST_RANGE:
            labels += [str(number) for number in range(int(span[1]), int(span[2]) + 1)]
        else:
            labels += re.findall(r"\d+", part)
    return [label.lstrip("0") or "0" for label in labels]


def take_references(blocks: Sequence[Block], ledger: Ledger) -> tuple[list[Block], list[Entry]]:
    """The blocks of the article itself, and the entries of its list of sources and of its footnotes."""
    rest, listed = split_references(blocks)
    body: list[Block] = []
    found: list[tuple[str, str, Block]] = []
    for block in rest:
        entries = _definitions(block)
        if entries:
            found += entries
            ledger.claim(block.start, block.end, Role.SOURCE_TITLE)
        else:
            body.append(block)
    if listed:
        ledger.claim(listed[0].start, listed[0].end, Role.HEADING)
    for block in listed[1:]:
        entries = _definitions(block, listed=True) or _item(block, len(found))
        if entries:
            found += entries
            ledger.claim(block.start, block.end, Role.SOURCE_TITLE)
        elif block.kind in (Kind.HTML, Kind.RULE):
            ledger.claim(block.start, block.end, Role.FURNITURE)
        else:
            body.append(block)
    numbers = numbered([label.removeprefix("^") for label, _, _ in found])
    return body, [Entry(label, numbers[label.removeprefix("^")], read_inline(text), block.line) for label, text, block in found]


def _definitions(block: Block, listed: bool = False) -> list[tuple[str, str, Block]]:
    """The entries that a paragraph defines (``[^1]: …``, ``[1]: …``; within a list also ``[1] …``), by label."""
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return []
    text = block.text
    offset = 0
    if opening := _LABELLED_LIST.match(text):
        listed, offset = True, opening.end()
    first = _DEFINITION.match(text, offset) or (_WRAPPED.match(text, offset) if offset else None)
    if first is None:
        return []
    matches: Iterable[re.Match[str]] = _DEFINITION.finditer(text, offset)
    wrapped = [match for match in _WRAPPED.finditer(text) if match.start() >= offset]
    if len(wrapped) > 1:
        matches = wrapped
    found = [
        (match, f"^{match['label']}" if match.groupdict().get("note") else match["label"])
        for match in matches
        if listed or len(wrapped) > 1 or match.groupdict().get("colon")
    ]
    if not found or found[0][0].start() > offset:
        return []
    ends = [*(match.start() for match, _ in found[1:]), len(text)]
    return [(label, text[match.end() : end].strip(), block) for (match, label), end in zip(found, ends, strict=True)]


def _item(block: Block, before: int) -> list[tuple[str, str, Block]]:
    """An item of a list of sources, by its number or its place."""
    if block.kind is not Kind.ITEM:
        return []
    return [(str(block.number if block.number is not None else before + 1), block.text, block)]


FORMAT = Format(NAME, "article in Markdown with footnotes or numbered sources", sniff, parse)
