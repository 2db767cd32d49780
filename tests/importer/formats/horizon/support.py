"""Digests in our own words, and reading them with every character accounted for."""

from __future__ import annotations

from pathlib import Path

from app.domain.documents import NO_HINTS, Hints, ParsedDocument, ParseError, Span
from app.importer.accounting import uncovered
from app.importer.decoding import decode
from app.importer.formats import horizon
from app.importer.reading import Options, raw_document, read_document

SPECIMENS = Path(__file__).parent / "specimens"


def specimen(name: str) -> str:
    return (SPECIMENS / f"{name}.md").read_text(encoding="utf-8")


def read(text: str, **options: str) -> list[ParsedDocument]:
    """The stories of a whole file, front matter included; all that is not white space is accounted for, and understood."""
    stories = read_document(raw_document("digest.md", text.encode(), Options(**options)))
    check(decode(text.encode()), stories)
    assert not [warning for story in stories for warning in story.warnings if warning.code == "unrecognised"]
    return stories


def digest(*items: str, above: str = "", selected: int | None = None) -> str:
    """A digest of 4 May 2026 with the items."""
    count = len(items) if selected is None else selected
    return (
        f"# Horizon Daily - 2026-05-04\n\n> From 30 items, {count} important content pieces were selected\n\n---\n\n{above}"
        + "\n---\n\n".join(items)
    )


def item(
    *lines: str,
    head: str = "[Godwit opens its source](https://godwit.example/open) ⭐️ 8.0/10",
    text: str = "Godwit opened the source of its navigator.",
) -> str:
    return "\n\n".join((f'<a id="item-1"></a>\n### {head}', *((text,) if text else ()), *lines)) + "\n"


def parse(text: str, hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    stories = horizon.FORMAT.parse(text, hints)
    check(text, stories)
    return stories


def story(*lines: str, hints: Hints = NO_HINTS, **parts: str) -> ParsedDocument:
    """The one story of a digest with one item."""
    (only,) = parse(digest(item(*lines, **parts)), hints)
    return only


def check(text: str, stories: list[ParsedDocument]) -> None:
    if not stories:
        return
    spans: list[Span] = sorted({span for told in stories for span in told.spans}, key=lambda span: span.start)
    assert uncovered(text, spans) == []
    assert all(list(told.spans) == sorted(told.spans, key=lambda span: span.start) for told in stories)


def parse_or_refuse(text: str, hints: Hints = NO_HINTS) -> list[ParsedDocument] | str:
    """The stories, or the code of the error with which the digest was refused."""
    try:
        return parse(text, hints)
    except ParseError as error:
        return error.code


def passages(told: ParsedDocument) -> list[tuple[str | None, str]]:
    """Heading and text of each paragraph."""
    return [(part.heading, " ".join(sentence.text for sentence in part.sentences)) for part in told.paragraphs]


def warning_codes(told: ParsedDocument) -> list[str]:
    return [warning.code for warning in told.warnings]
