"""Story pages saved as text: a summary with numbered citations and the sources that it cites.

Three layouts are read. A is the page as people see it: title, dek, headings, the summary, each marker in a block of its own.
B is an extraction that puts the sources first, drops title and headings, glues paragraphs together and markers to words. C is B
below a date line without a year. How each piece is told from the others is said where it is read: ``header``, ``sources``,
``summary`` (``markers``, ``paragraphs``), ``tail``.
"""

from __future__ import annotations

from app.domain.dates import not_before
from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParsedSource, ParseError, Published, Sentence, Title
from app.importer.accounting import Ledger, tidy
from app.importer.formats import Format
from app.importer.formats.text_dump.header import Header, curated_day, detect, read_header
from app.importer.formats.text_dump.shapes import COUNT, CURATED, CUT_MARKER, REVIEWED
from app.importer.formats.text_dump.sources import Sources, read_sources
from app.importer.formats.text_dump.summary import Summary, read_summary
from app.importer.formats.text_dump.tail import read_tail
from app.importer.glued import MOST_SOURCES, Vocabulary
from app.importer.lines import Line, split_lines

NAME = "text-dump"


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is a saved story page: 0 to 1."""
    lines = split_lines(head)
    variant = detect(lines)
    if variant is None:
        return 0.0
    if CURATED.fullmatch(lines[0].text) or COUNT.fullmatch(lines[0].text):
        return 0.95
    if variant == "A":
        return 0.9 if any(REVIEWED.fullmatch(line.text) for line in lines[:5]) else 0.5
    return 0.6 if lines[0].text == "[1]" else 0.4


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The story of a saved page (always one).

    Raises:
        ParseError: ``no-story``: the text has neither sources nor a summary.
    """
    lines = split_lines(text)
    ledger = Ledger(text)
    variant = detect(lines)
    if variant is None:
        raise ParseError("no-story", "neither sources nor a summary: no line of the text has the form of a story page's", 1)
    header = read_header(lines, variant, ledger)
    found = read_sources(lines, header.end, header.declared, variant, ledger)
    begin, end = (header.end, found.start) if found.after_summary else (found.end, len(lines))
    limit = max(header.declared or 0, *(source.number for source in found.sources), 0) or MOST_SOURCES
    vocabulary = Vocabulary(
        lambda: (
            *((header.title.text,) if header.title else ()),
            *(part for source in found.sources for part in (source.title, source.text)),
        )
    )
    summary = read_summary(lines[begin:end], limit, variant, vocabulary, ledger)
    tail = read_tail([*lines[begin + summary.rest : end], *(lines[found.end :] if found.after_summary else ())], ledger)
    if not any(source.title for source in found.sources) and not summary.dek and not summary.paragraphs:
        line = lines[-1].number
        raise ParseError("no-story", f"neither sources nor a summary below the header (the last line read is {line})", line)
    _check(lines, header, found, summary, ledger)
    related = (*summary.related, *tail.related)
    days = [link.published.start for link in related if link.published and link.published.start]
    newest = max(days, default=None)
    published = curated_day(header.curated_on, newest, ledger) if header.curated_on else None
    if published is None and newest is not None:
        published = Published(not_before(newest), "related")
    spans, warnings = ledger.close()
    document = ParsedDocument(
        format=NAME,
        variant=variant,
        title=_title(header, summary, found.sources),
        published=published,
        dek=summary.dek,
        paragraphs=summary.paragraphs,
        sources=found.sources,
        related=related,
        ranked=tail.ranked,
        warnings=warnings,
        spans=spans,
        declared_sources=header.declared,
    )
    return [document]


def _check(lines: list[Line], header: Header, found: Sources, summary: Summary, ledger: Ledger) -> None:
    """Warn where a document does not add up as a whole."""
    last = lines[-1]
    if header.declared is not None and header.declared != len(found.sources):
        message = f"the document says that it has {header.declared} sources; {len(found.sources)} were found"
        ledger.warn("source-count", None, f"{header.declared} Sources", message)
    if not summary.paragraphs:
        ledger.warn("no-summary", last.number, last.text[-60:], "the document has no summary")
    if CUT_MARKER.fullmatch(last.text) or _open_bracket(last.text):
        ledger.warn("cut", last.number, last.text[-60:], "the document breaks off within a bracket")
    elif summary.cut is not None:
        ledger.warn("cut", summary.cut.number, summary.cut.text[-60:], "the document breaks off within its summary")


def _open_bracket(text: str) -> bool:
    end = text[-40:]
    return end.rfind("[") > end.rfind("]")


def _title(header: Header, summary: Summary, sources: tuple[ParsedSource, ...]) -> Title:
    """The title as printed, else the first sentence of the dek, else the title of the first source, else the first sentence."""
    printed = tidy(header.title.text) if header.title else ""
    if printed:
        return Title(printed)
    sentences: tuple[Sentence, ...] = summary.dek
    if sentences:
        return Title(sentences[0].text, "dek")
    titled = next((source.title for source in sources if source.title), None)
    if titled is not None:
        return Title(titled, "source")
    sentences = tuple(sentence for paragraph in summary.paragraphs for sentence in paragraph.sentences)
    return Title(sentences[0].text, "summary")


FORMAT = Format(NAME, "story page saved as text, layouts A, B and C", sniff, parse)
