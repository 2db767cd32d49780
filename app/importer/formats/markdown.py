"""Articles in Markdown with footnotes (``[^1]``), or with numbers in brackets (``[1]``) and a list of sources.

Footnotes may stand anywhere, a list below a heading such as "References" or "Works cited"; either may be one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParseError, Role, cite
from app.importer.accounting import Ledger
from app.importer.article import Marker, Reading, read_article, reference_sections
from app.importer.formats import Format
from app.importer.glued import MOST_SOURCES
from app.importer.markdown import Block, Inline, Kind, Link, read_blocks, read_inline
from app.importer.references import Entry, citations_of, numbered, read_entries

NAME = "markdown"

#: "[1]", "[^note]", "[1, 3]", "[2-4]", "[1][2]" (one after the other), "[[1]]".
_MARKER = re.compile(r"\[\[?(?:\^(?P<note>[^\[\]\s]{1,60})|(?P<numbers>\d{1,4}(?:\s?[,;、，،–—-]\s?\^?\d{1,4}){0,20}))\]\]?")
#: "[words][label]", which leads to where "[label]: https://…" says.
_LINK = re.compile(r"\[(?P<words>[^\[\]]{1,300})\](?P<end>\[(?P<label>[^\[\]\s]{1,60})\])")
#: The words of a link that is a marker: "[[1]](https://…)", "[1](https://…)".
_LINKED_NUMBER = re.compile(r"\[?\^?(\d{1,3})\]?")
_MAY_BE_LINKED = re.compile(r"\[\^?\d{1,3}\\?\]{0,2}\(|<a\b", re.IGNORECASE)
_LABEL = r"(?:\*\*)?\\?\[(?P<note>\\?\^)?(?P<label>[^\[\]\s\\]{1,60})\\?\](?:\*\*)?"
_DEFINITION = re.compile(rf"(?:^|(?<=\n))[ \t]*{_LABEL}(?:(?P<colon>:)\s*|[ \t]+)(?=\S)")
#: Entries of a list in one paragraph, wrapped anywhere: "[1] https://… [2] https://…".
_WRAPPED = re.compile(r"(?:^|(?<=\s))\[(?P<label>\d{1,4})\]:?\s+(?=<?https?://)")
_LABELLED_LIST = re.compile(
    r"[*_]{0,3}(?:citations|sources|references|works cited|footnotes)[*_]{0,3}[:：]?[*_]{0,3}\s+(?=(?:\*\*)?\\?\[)", re.IGNORECASE
)
_LIST_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_HAS_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s?[–—-]\s?\^?(\d+)")
_LONGEST_RANGE = 50
# What a line begins with is looked for behind its line break: a character that all matches begin with is found at once, while
# an alternative of "^" is tried at every character.
_ATX_HEADING = re.compile(r"\n#{1,6} \S")
_LINE = re.compile(r"\n(?:[-*+] |\d{1,3}\. |> )\S")
_ADDRESSED = re.compile(r"\]\(https?://")
_EMPHASIS = re.compile(r"\*\*\S")
_SETEXT_HEADING = re.compile(r"\n\S[^\n]{0,200}\r?\n={3,}[ \t]*\r?(?:\n|$)")
_LIST_OF_SOURCES = re.compile(
    r"\n[*_]{0,3}(?:citations|sources|references|works cited)[*_]{0,3}[:：]?[*_]{0,3}\s+\[?1[\].]", re.IGNORECASE
)
_FIRST_SOURCE = re.compile(r"\n\[\^?1\]:? .{0,300}https?://", re.IGNORECASE)


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is an article in Markdown: 0 to 1."""
    if head.lstrip("\ufeff \t\r\n")[:1] in ("<", "{"):
        return 0.0
    markers = [match for match in _MARKER.finditer(head) if match.start() and head[match.start() - 1] != "\n"]
    if any(match["note"] for match in markers):
        return 0.7
    lines = f"\n{head}"
    if _ATX_HEADING.search(lines) or ("\n===" in lines and _SETEXT_HEADING.search(lines)):
        return 0.6 if markers else 0.4
    marks = sum(
        (
            _LINE.search(lines) is not None,
            _ADDRESSED.search(head) is not None or _EMPHASIS.search(head) is not None,
            _LIST_OF_SOURCES.search(lines) is not None or _FIRST_SOURCE.search(head) is not None,
        )
    )
    return 0.5 if markers and marks else 0.35 if marks > 1 else 0.2 if markers else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The story of an article (always one).

    Raises:
        ParseError: ``no-sources``: it has neither sources nor markers, so that it is no summary with citations; ``no-story``: it
            has no text.
    """
    ledger = Ledger(text)
    body, entries = take_references(read_blocks(text), ledger)
    entries += linked_entries(body, entries, ledger)
    sources = read_entries(entries, ledger)
    labels = Labels.of(entries)
    unresolved: list[str] = []

    def markers(inline: Inline, block: Block) -> Iterator[Marker]:
        return bracketed(inline, block, labels, ledger, unresolved)

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


@dataclass(frozen=True, slots=True)
class Labels:
    """What the labels of entries stand for; ``words`` are those that Markdown takes for where ``[words][label]`` leads."""

    numbers: dict[str, int]
    words: frozenset[str]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Labels:
        """Those of the entries; of two with one label the first counts."""
        numbers = {entry.label: entry.number for entry in reversed(entries)}
        return cls(numbers, frozenset(entry.label for entry in entries if entry.links))

    @property
    def most(self) -> int:
        """The highest number."""
        return max(self.numbers.values(), default=0)


def bracketed(inline: Inline, block: Block, labels: Labels, ledger: Ledger, unresolved: list[str]) -> Iterator[Marker]:
    """The bracketed markers of an inline text, and the brackets of links that go by a label.

    A footnote that is defined nowhere goes out with a warning; a number that no source has stays in the text with a warning.
    """
    if labels.words:
        yield from _labelled_links(inline, labels)
    for link, number, bare in numbered_links(inline):
        if bare and str(number) in labels.numbers:
            yield Marker(link.start, link.end, cite(labels.numbers[str(number)]))
    for match in inline.prose(_MARKER):
        wanted = [f"^{match['note']}"] if match["note"] else _expanded(match["numbers"])
        known, unknown = citations_of(wanted, labels.numbers)
        for label in unknown:
            unresolved.append(label)
            if match["note"]:
                ledger.warn("unresolved-citation", block.line, match[0], "no source has this label; the marker is left out")
            else:
                ledger.warn(
                    "citation-out-of-range",
                    block.line,
                    match[0],
                    f"no source has this number (the highest is {labels.most}); " + ("left out" if known else "kept as text"),
                )
        if known or match["note"]:
            yield Marker(*_with_emphasis(inline.text, *match.span()), known, unresolved=not known)
        elif any(int(label) <= MOST_SOURCES for label in unknown):
            yield Marker(match.end(), match.end(), unresolved=True)


def _with_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """A marker with the asterisks around it that are none to CommonMark: "word**[1]**."."""
    stars = 2 if text[end : end + 2] == "**" else 1
    if text[max(0, start - stars) : start] == text[end : end + stars] == "*" * stars:
        return start - stars, end + stars
    return start, end


def _labelled_links(inline: Inline, labels: Labels) -> Iterator[Marker]:
    for match in inline.prose(_LINK):
        if match["label"] in labels.words and not _MARKER.fullmatch(f"[{match['words']}]"):
            yield Marker(match.start(), match.start() + 1)
            yield Marker(match.start("end") - 1, match.end(), cite(labels.numbers[match["label"]]))


def numbered_links(inline: Inline) -> Iterator[tuple[Link, int, bool]]:
    """The links of a text that are markers, their numbers, and whether they are without brackets.

    A number that stands where a number of the sentence may stand ("has [12](https://…) sites") is none.
    """
    text = inline.text
    for link in inline.links:
        match = _LINKED_NUMBER.fullmatch(text, link.start, link.end)
        if match is None:
            continue
        bare = text[link.start] != "["
        if bare and text[link.start - 1 : link.start] == "[" and text[link.end : link.end + 1] == "]":
            bare = False
        before, after = text[max(0, link.start - 2) : link.start].rstrip(), text[link.end : link.end + 2].lstrip()
        if bare and not (before.endswith((".", "!", "?", '"', "”", ")")) or not after or not after[0].isalnum()):
            continue
        yield link, int(match[1]), bare


def linked_entries(body: Iterable[Block], entries: Sequence[Entry], ledger: Ledger) -> list[Entry]:
    """Entries for the numbers that only links in the text itself define: ``[[5]](https://…)``."""
    known = {entry.label: "" for entry in entries}
    added: list[Entry] = []
    for block in body:
        if block.kind is Kind.CODE or not _MAY_BE_LINKED.search(block.text):
            continue
        for link, number, _ in numbered_links(read_inline(block.text)):
            label = str(number)
            if not number or not _HAS_ADDRESS.match(link.address):
                continue
            if label not in known:
                known[label] = link.address
                added.append(Entry(label, number, Inline(link.address), block.line))
            elif known[label] not in ("", link.address):
                ledger.warn("duplicate-source", block.line, link.address, f"{number} links to two addresses; the first counts")
    return added


def _expanded(numbers: str) -> list[str]:
    """``"1, 3-5"`` as labels; a range that is too long to be one stays as its two ends."""
    labels: list[str] = []
    for part in re.split(r"\s?[,;、，،]\s?", numbers):
        span = _RANGE.fullmatch(part)
        if span and 0 < int(span[2]) - int(span[1]) <= _LONGEST_RANGE:
            labels += [str(number) for number in range(int(span[1]), int(span[2]) + 1)]
        else:
            labels += [str(int(number)) for number in re.findall(r"\d+", part)]
    return labels


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry as found: its label, its inline source, where it stands."""

    label: str
    text: str
    line: int
    links: bool = False


def take_references(blocks: Sequence[Block], ledger: Ledger) -> tuple[list[Block], list[Entry]]:
    """The blocks of the article itself, and the entries of its list of sources and of its footnotes.

    The list is below the last heading that says so and has one.
    """
    begin, end, listed = _find_list(blocks)
    body: list[Block] = []
    found: list[_Found] = []
    open_note = False
    for index, block in enumerate(blocks):
        if begin <= index < end:
            continue
        entries = _definitions(block)
        if entries:
            found += entries
            ledger.claim(block.start, block.end, Role.SOURCE_TITLE)
        elif open_note and block.kind is Kind.CODE and block.continued:
            # To CommonMark, which knows no footnotes, it is program text.
            ledger.claim(block.start, block.end, Role.FURNITURE)
            ledger.warn("note-left-out", block.line, block.text.strip(), "a further paragraph of a footnote is not kept")
        else:
            body.append(block)
            open_note = False
            continue
        open_note = found[-1].label.startswith("^")
    taken = found + listed.entries
    for block, role in listed.claims:
        ledger.claim(block.start, block.end, role)
    labels = [entry.label.removeprefix("^") for entry in taken]
    numbers = numbered(labels)
    return body + listed.rest, [
        Entry(entry.label, numbers[label], read_inline(entry.text), entry.line, entry.links)
        for entry, label in zip(taken, labels, strict=True)
    ]


@dataclass(slots=True)
class _List:
    """A list of sources: its entries, what its blocks are, and those that are no part of it."""

    entries: list[_Found] = field(default_factory=list)
    claims: list[tuple[Block, Role]] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)


def _find_list(blocks: Sequence[Block]) -> tuple[int, int, _List]:
    for read in (_read_list, _read_lines):
        for begin, end in reference_sections(blocks):
            found = read(blocks[begin + 1 : end])
            if found.entries:
                found.claims.append((blocks[begin], Role.HEADING))
                return begin, end, found
    return 0, 0, _List()


def _read_list(blocks: Sequence[Block]) -> _List:
    """A list of sources of which each has a number, or an item of a list of its own."""
    found = _List()
    items = [block for block in blocks if block.kind is Kind.ITEM and not block.continued]
    level = items[0].level if items else 0
    numbers = {block.number for block in items if block.level == level}
    in_place = len(numbers) == 1 and len(items) > 1
    for block in blocks:
        role = Role.SOURCE_TITLE
        if entries := _definitions(block, listed=True):
            found.entries += entries
        elif block.kind is Kind.ITEM and (block.continued or block.level > level) and found.entries:
            last = found.entries[-1]
            found.entries[-1] = replace(last, text=f"{last.text} - {block.text}")
        elif block.kind is Kind.ITEM:
            number = len(found.entries) + 1 if in_place or block.number is None else block.number
            found.entries.append(_Found(str(number), block.text, block.line))
        elif block.kind is Kind.HTML and (parts := _LIST_ITEM.split(block.text)[1:]):
            first = len(found.entries) + 1
            found.entries += [_Found(str(place), part, block.line) for place, part in enumerate(parts, first)]
        elif block.kind is Kind.HEADING:
            role = Role.HEADING
        elif block.kind is Kind.RULE or (block.kind is Kind.HTML and not any(map(str.isalnum, read_inline(block.text).text))):
            role = Role.FURNITURE
        else:
            found.rest.append(block)
            continue
        found.claims.append((block, role))
    return found


def _read_lines(blocks: Sequence[Block]) -> _List:
    """A list of sources without numbers or items: every line that has an address is one."""
    found = _List()
    for block in blocks:
        lines = block.text.split("\n") if block.kind is Kind.PARAGRAPH else ()
        if lines and all(_HAS_ADDRESS.search(line) for line in lines):
            first = len(found.entries) + 1
            found.entries += [_Found(str(place), line, block.line) for place, line in enumerate(lines, first)]
            found.claims.append((block, Role.SOURCE_TITLE))
        else:
            found.rest.append(block)
    return found


def _definitions(block: Block, listed: bool = False) -> list[_Found]:
    """The entries that a block defines (``[^1]: …``, ``[1]: …``; within a list, or with an address each, also ``[1] …``)."""
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return []
    text = block.text
    offset = 0
    if opening := _LABELLED_LIST.match(text):
        listed, offset = True, opening.end()
    if not (_DEFINITION.match(text, offset) or (offset and _WRAPPED.match(text, offset))):
        return []
    matches = list(_DEFINITION.finditer(text, offset))
    wrapped = list(_WRAPPED.finditer(text, offset))
    if not matches or len(wrapped) > max(1, len(matches)):
        return [_Found(label, said, block.line) for _, label, said in _parts(text, wrapped)]
    parts = _parts(text, matches)
    if not listed and not all(_HAS_ADDRESS.search(said) for _, _, said in parts):
        parts = _parts(text, [match for match in matches if match["colon"]])
    if not parts or parts[0][0].start() > offset:
        return []
    return [
        _Found(f"^{label}" if match["note"] else label, said, block.line, match["colon"] is not None and not match["note"])
        for match, label, said in parts
    ]


def _parts(text: str, matches: Sequence[re.Match[str]]) -> list[tuple[re.Match[str], str, str]]:
    """What stands behind each label up to the next."""
    ends = [*(match.start() for match in matches[1:]), len(text)][: len(matches)]
    return [
        (match, str(int(match["label"])) if match["label"].isdecimal() else match["label"], text[match.end() : end].strip())
        for match, end in zip(matches, ends, strict=True)
    ]


FORMAT = Format(NAME, "article in Markdown with footnotes or numbered sources", sniff, parse)
