"""Threads exported from Perplexity: footnotes ``[^T_N]`` (turn and number) and a list of addresses below each turn's answer.

Each turn is a story of its own. What stands in a hidden element was found but not cited. Older exports, which have ``[1][2]``
and "Citations:" with the addresses wrapped over lines, are articles as the format ``markdown`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParseError, Role, Title, cite
from app.importer.accounting import Ledger, share_out
from app.importer.article import Article, Marker, Reading, read_article
from app.importer.formats import Format, markdown
from app.importer.markdown import Block, Inline, Kind, read_blocks, read_inline, visible
from app.importer.references import Entry, read_entries

NAME = "perplexity"

_MARKER = re.compile(r"\[\^(?P<turn>\d{1,4})_(?P<number>\d{1,4})\]")
_DEFINITION = re.compile(r"(?:^|(?<=\n))[ \t]*\[\^(?P<turn>\d{1,4})_(?P<number>\d{1,4})\]:[ \t]*")
_LOGO = re.compile(r"<img\b[^>]{0,300}\br2cdn\.perplexity\.ai|pplx-full-logo", re.IGNORECASE)
_LONGEST_PROMPT = 120
#: What ends a line of a block, and an empty line.
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\r?\n|\r)|\r[^\S\n\r]*\r")


@dataclass(slots=True)
class _Turn:
    """A question and its answer: its blocks, and its number as its markers have it."""

    body: list[Block] = field(default_factory=list)
    number: str | None = None
    listed: bool = False


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a thread of Perplexity's: 0 to 1."""
    # These words are quicker to look for than the whole image.
    lowered = head.lower()
    if ("perplexity" in lowered or "pplx" in lowered) and _LOGO.search(head):
        return 0.98
    return 0.95 if _MARKER.search(head) else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The stories of a thread, one a turn that has an answer.

    Raises:
        ParseError: ``no-story``: no turn has any text; ``no-sources``: there is no list of addresses and no marker.
    """
    if not _MARKER.search(text):
        return [_older(story) for story in markdown.parse(text)]
    ledger = Ledger(text)
    turns, entries = _turns(read_blocks(text), ledger)
    stories: list[ParsedDocument] = []
    begins: list[int] = []
    for turn in turns:
        story = _story(turn, entries, text, ledger)
        if story is not None:
            stories.append(story)
            begins.append(turn.body[0].start)
    if not stories:
        raise ParseError("no-story", "a thread without an answer", 1)
    ledger.claim_punctuation()
    shares = share_out(text, *ledger.close(), begins)
    return [replace(story, spans=spans, warnings=warnings) for story, (spans, warnings) in zip(stories, shares, strict=True)]


def _older(story: ParsedDocument) -> ParsedDocument:
    """An older export with the header of the newer: its heading is the prompt all the same."""
    title = story.title
    if title.derived is None and len(title.text) <= _LONGEST_PROMPT:
        title = Title(title.text, "prompt")
    elif title.derived is None:
        title = Article(paragraphs=[*story.paragraphs]).titled()
    return replace(story, format=NAME, variant="numbered", title=title)


def _turns(blocks: Sequence[Block], ledger: Ledger) -> tuple[list[_Turn], dict[tuple[str, str], Entry]]:
    """The turns of a thread and all addresses in it by turn and number.

    Text below a list of addresses begins the next turn, and so does a heading below a rule where the markers after it are
    those of another turn: such a turn has no list, or all lists stand at the end.
    """
    turns = [_Turn()]
    entries: dict[tuple[str, str], Entry] = {}
    ahead = _numbers_ahead(blocks)
    after_rule = False
    for block, number in zip(blocks, ahead, strict=True):
        definitions = _definitions(block)
        if definitions:
            _add(definitions, entries, ledger)
            ledger.claim(block.start, block.end, Role.SOURCE_TITLE)
            turns[-1].number = turns[-1].number or definitions[0][0]
            turns[-1].listed = True
            continue
        current = turns[-1]
        asked = block.kind is Kind.HEADING and block.level == 1 and after_rule and bool(current.body)
        if (current.listed and block.kind is not Kind.RULE) or (
            asked and number not in (None, current.number or str(len(turns)))
        ):
            turns.append(_Turn())
        after_rule = block.kind is Kind.RULE
        turns[-1].body.append(block)
        if turns[-1].number is None and (marker := _MARKER.search(block.text)) and block.kind is not Kind.CODE:
            turns[-1].number = marker["turn"]
    return turns, entries


def _numbers_ahead(blocks: Sequence[Block]) -> list[str | None]:
    """For each block the number of the turn that the next marker names, at or behind it."""
    ahead: list[str | None] = []
    number: str | None = None
    for block in reversed(blocks):
        marker = _MARKER.search(block.text) if block.kind is not Kind.CODE else None
        number = marker["turn"] if marker else number
        ahead.append(number)
    return ahead[::-1]


def _definitions(block: Block) -> list[tuple[str, Entry]]:
    """The addresses that a block lists, each with the number of its turn."""
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return []
    matches = list(_DEFINITION.finditer(block.text))
    if not matches or matches[0].start():
        return []
    ends = [*(match.start() for match in matches[1:]), len(block.text)]
    return [
        (
            match["turn"],
            Entry(match["number"], int(match["number"]), read_inline(block.text[match.end() : end].strip()), block.line),
        )
        for match, end in zip(matches, ends, strict=True)
    ]


def _add(definitions: Sequence[tuple[str, Entry]], entries: dict[tuple[str, str], Entry], ledger: Ledger) -> None:
    for turn, entry in definitions:
        if entries.setdefault((turn, entry.label), entry) is not entry:
            message = f"address {entry.number} of turn {turn} is there twice; the first counts"
            ledger.warn("duplicate-source", entry.line, entry.text.text, message)


def _story(turn: _Turn, entries: dict[tuple[str, str], Entry], text: str, ledger: Ledger) -> ParsedDocument | None:
    def markers(inline: Inline, block: Block) -> Iterator[Marker]:
        for match in inline.prose(_MARKER):
            known = match["turn"] == turn.number and (match["turn"], match["number"]) in entries
            if not known:
                ledger.warn(
                    "unresolved-citation", block.line, match[0], "the turn has no address for this; the marker is left out"
                )
            yield Marker(match.start(), match.end(), cite(int(match["number"])) if known else (), unresolved=not known)

    prompt, answer = _prompt(turn.body, text, ledger)
    article = read_article(answer, Reading(text, ledger, markers), titled=False)
    if not article.paragraphs:
        return None
    title = Title(prompt, "prompt") if prompt and len(prompt) <= _LONGEST_PROMPT else article.titled()
    return ParsedDocument(
        format=NAME,
        variant=None,
        title=title,
        published=None,
        dek=(),
        paragraphs=tuple(article.paragraphs),
        sources=read_entries([entry for (number, _), entry in entries.items() if number == turn.number], ledger),
    )


def _prompt(body: Sequence[Block], text: str, ledger: Ledger) -> tuple[str, Sequence[Block]]:
    """What was asked, its characters claimed, and the blocks of the answer.

    The first line of a question is a heading, the others stand below it: those without an empty line between them are surely
    part of it. Where there are some, so may be what follows; that stays in the answer, with a warning.
    """
    first = next((index for index, block in enumerate(body) if block.text.strip() and block.kind is not Kind.HTML), None)
    if first is None or body[first].kind is not Kind.HEADING or body[first].level != 1:
        return "", body
    last = first
    while last + 1 < len(body) and _goes_on(body[last], body[last + 1], text):
        last += 1
    asked = " ".join(visible(block.text) for block in body[first : last + 1])
    for block in body[first : last + 1]:
        ledger.claim(block.start, block.end, Role.TITLE)
    following = body[last + 1] if last + 1 < len(body) else None
    if last > first and following is not None and following.kind is Kind.PARAGRAPH and not _MARKER.search(following.text):
        ledger.warn("unclear-prompt", following.line, following.text, "this may still be what was asked; taken as the answer")
    return asked, [*body[:first], *body[last + 1 :]]


def _goes_on(block: Block, following: Block, text: str) -> bool:
    if following.kind not in (Kind.PARAGRAPH, Kind.ITEM) or _MARKER.search(following.text):
        return False
    return _BLANK_LINE.search(text, block.end, following.start) is None


FORMAT = Format(NAME, "thread exported from Perplexity", sniff, parse)
