"""Threads exported from Perplexity: footnotes ``[^T_N]`` (turn and number) and a list of addresses below each turn's answer.

Each turn is a story of its own. What stands in a hidden element was found but not cited. Older exports, which have ``[1][2]``
and "Citations:" with the addresses wrapped over lines, are articles as the format ``markdown`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.domain.documents import NO_HINTS, Citation, Hints, ParsedDocument, ParseError, Role, Title
from app.importer.accounting import Ledger, share_out
from app.importer.article import Marker, Reading, read_article
from app.importer.formats import Format
from app.importer.markdown import Block, Inline, Kind, read_blocks, read_inline
from app.importer.references import Entry, read_entries

NAME = "perplexity"

_MARKER = re.compile(r"\[\^(?P<turn>\d{1,4})_(?P<number>\d{1,4})\]")
_DEFINITION = re.compile(r"(?:^|(?<=\n))[ \t]*\[\^(?P<turn>\d{1,4})_(?P<number>\d{1,4})\]:[ \t]*")
_LOGO = re.compile(r"<img\b[^>]{0,300}\br2cdn\.perplexity\.ai|pplx-full-logo", re.IGNORECASE)
_LONGEST_PROMPT = 120


@dataclass(slots=True)
class _Turn:
    body: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a thread of Perplexity's: 0 to 1."""
    if _LOGO.search(head):
        return 0.98
    return 0.95 if _MARKER.search(head) else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The stories of a thread, one a turn that has an answer.

    Raises:
        ParseError: ``no-story``: no turn has any text.
    """
    ledger = Ledger(text)
    turns = [turn for turn in _turns(read_blocks(text), ledger) if any(block.kind is not Kind.RULE for block in turn.body)]
    stories: list[ParsedDocument] = []
    begins: list[int] = []
    for turn in turns:
        story = _story(turn, text, ledger)
        if story is not None:
            stories.append(story)
            begins.append(turn.body[0].start)
    if not stories:
        raise ParseError("no-story", "a thread without an answer", 1)
    ledger.claim_punctuation()
    shares = share_out(text, *ledger.close(), begins)
    return [replace(story, spans=spans, warnings=warnings) for story, (spans, warnings) in zip(stories, shares, strict=True)]


def _turns(blocks: Sequence[Block], ledger: Ledger) -> list[_Turn]:
    """The turns of a thread: text below a list of addresses begins the next."""
    turns = [_Turn()]
    for block in blocks:
        entries = _definitions(block) if block.kind in (Kind.PARAGRAPH, Kind.ITEM) else []
        if entries:
            turns[-1].entries += entries
            ledger.claim(block.start, block.end, Role.SOURCE_TITLE)
        else:
            if turns[-1].entries and block.kind is not Kind.RULE:
                turns.append(_Turn())
            turns[-1].body.append(block)
    return turns


def _definitions(block: Block) -> list[Entry]:
    matches = list(_DEFINITION.finditer(block.text))
    if not matches or matches[0].start():
        return []
    ends = [*(match.start() for match in matches[1:]), len(block.text)]
    return [
        Entry(match["number"], int(match["number"]), read_inline(block.text[match.end() : end].strip()), block.line)
        for match, end in zip(matches, ends, strict=True)
    ]


def _story(turn: _Turn, text: str, ledger: Ledger) -> ParsedDocument | None:
    known = {entry.number for entry in turn.entries}

    def markers(inline: Inline, block: Block) -> Iterator[Marker]:
        for match in inline.prose(_MARKER):
            number = int(match["number"])
            if number not in known:
                ledger.warn(
                    "unresolved-citation", block.line, match[0], "the thread has no address for this; the marker is left out"
                )
            yield Marker(match.start(), match.end(), (Citation(number),) if number in known else ())

    prompt = next((block for block in turn.body if block.kind is Kind.HEADING), None)
    prompt = prompt if prompt is not None and prompt.level == 1 else None
    article = read_article(turn.body, Reading(text, ledger, markers), titled=prompt is not None)
    if not article.paragraphs:
        return None
    asked = article.title if prompt is not None else None
    article.title = None
    title = Title(asked, "prompt") if asked and len(asked) <= _LONGEST_PROMPT else article.titled()
    return ParsedDocument(
        format=NAME,
        variant=None,
        title=title,
        published=None,
        dek=(),
        paragraphs=tuple(article.paragraphs),
        sources=read_entries(turn.entries, ledger),
    )


FORMAT = Format(NAME, "thread exported from Perplexity", sniff, parse)
