"""Writes story pages as text, in each of the three layouts, from a structured story: the inverse of the text-dump parser."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

_MARKERS = re.compile(r"(?P<space>\s*)(?P<markers>(?:\{\d+\})+)")
_MARKER = re.compile(r"\{(\d+)\}")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class SourceSpec:
    number: int
    title: str
    text: str
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    author: str | None = None


@dataclass(frozen=True)
class ParagraphSpec:
    """``text`` has its markers as ``{1}`` directly before the stop, with or without a space before them."""

    text: str
    heading: str | None = None


@dataclass(frozen=True)
class RelatedSpec:
    date: date
    category: str | None = None


@dataclass(frozen=True)
class StorySpec:
    title: str
    dek: str
    paragraphs: Sequence[ParagraphSpec]
    sources: Sequence[SourceSpec]
    related: Sequence[RelatedSpec] = ()
    id: str | None = None
    url: str | None = None
    published: date | None = None
    category: str | None = None
    language: str | None = None
    variant: str = "B"
    front_matter: str = "full"


@dataclass(frozen=True)
class Quirks:
    """What a page has besides the story. The defaults are what real pages have.

    ``related_stories_after``: the label stands after so many paragraphs (``None``: nowhere). ``stray``: the number of a source marker
    after the summary. ``ranked``: categories of the top stories. ``outlets``: sources (by number) whose title ends in ``| Outlet``.
    ``cut``: so many characters are kept.
    """

    duplicated: bool = True
    related_stories_after: int | None = 1
    writer: str | None = "Navi"
    stray: int | None = None
    ranked: Sequence[str] = field(default=("Technology", "Technology", "Policy and Regulation"))
    outlets: frozenset[int] = frozenset()
    editor: str = "Ada Example"
    credit: str | None = "Example Photo Agency"
    image_text: bool = False
    sources: bool = True
    line_end: str = "\n"
    cut: int | None = None


def story_from_mapping(mapping: Mapping[str, Any]) -> StorySpec:
    """A story from the YAML form of the sample corpus.

    Raises:
        KeyError: something that every story needs is missing.
    """
    return StorySpec(
        title=mapping["title"],
        dek=mapping["dek"],
        paragraphs=[ParagraphSpec(part["text"], part.get("heading")) for part in mapping["paragraphs"]],
        sources=[
            SourceSpec(
                number=source["number"],
                title=source["title"],
                text=source["text"],
                outlet=source.get("outlet"),
                url=source.get("url"),
                published=_day(source.get("published")),
                author=source.get("author"),
            )
            for source in mapping["sources"]
        ],
        related=[RelatedSpec(_required_day(row["date"]), row.get("category")) for row in mapping.get("related") or ()],
        id=mapping.get("id"),
        url=mapping.get("url"),
        published=_day(mapping.get("published")),
        category=mapping.get("category"),
        language=mapping.get("language"),
        variant=mapping.get("variant", "B"),
        front_matter=mapping.get("front_matter", "full"),
    )


def _required_day(value: date | str) -> date:
    """A day as YAML gives it: as a date, or as the text of one where it was quoted."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _day(value: date | str | None) -> date | None:
    return None if value is None else _required_day(value)


def render_document(story: StorySpec, **quirks: Any) -> str:
    """Front matter and page as the story itself asks for them."""
    return render_front_matter(story, story.front_matter) + render(story, story.variant, **quirks)


def render_front_matter(story: StorySpec, extent: str) -> str:
    """YAML between rules: ``full``, ``partial`` (nothing of the sources) or ``none`` (empty)."""
    if extent == "none":
        return ""
    if extent not in ("full", "partial"):
        raise ValueError(f"front matter is full, partial or none, not {extent!r}")
    names = ("title", "url", "published", "id", "category", "language")
    values: dict[str, Any] = {name: getattr(story, name) for name in names if getattr(story, name) is not None}
    if extent == "full":
        names = ("number", "outlet", "url", "published", "author")
        values["sources"] = [
            {name: getattr(source, name) for name in names if getattr(source, name) is not None} for source in story.sources
        ]
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n"


def render(story: StorySpec, variant: str, **quirks: Any) -> str:
    """The page in layout ``A``, ``B`` or ``C``; ``quirks`` are the fields of :class:`Quirks`."""
    how = Quirks(**quirks)
    layout = {"A": _render_a, "B": _render_b, "C": _render_c}[variant]
    text = layout(story, how)
    return text[: how.cut].replace("\n", how.line_end)


def _render_a(story: StorySpec, how: Quirks) -> str:
    blocks = [story.title, f"Reviewed by{how.editor}", _count(story), "Share", story.dek]
    if how.image_text:
        blocks.append("News article")
    for number, paragraph in enumerate(story.paragraphs, start=1):
        if paragraph.heading:
            blocks.append(paragraph.heading)
        for piece, markers in _pieces(paragraph.text):
            blocks += [piece, *map(str, markers)]
        if how.credit and number == 1:
            blocks += [f"Source: {how.credit}"] * 2
        if number == how.related_stories_after and number < len(story.paragraphs):
            blocks.append("Related Stories")
    if how.writer:
        blocks += ["Summarized by", how.writer]
    if how.sources:
        for source in story.sources:
            blocks += [f"[{source.number}]", _source_title(source, how), source.text]
    if how.stray:
        blocks.append(f"[{how.stray}]")
    blocks += [_related(row) for row in story.related]
    for rank, category in enumerate(how.ranked, start=1):
        blocks += [str(rank), category]
    return "\n\n".join(blocks) + "\n"


def _render_b(story: StorySpec, how: Quirks) -> str:
    lines = [_count(story)] * (2 if how.duplicated else 1)
    return "\n".join([*lines, *_from_sources_on(story, how)]) + "\n"


def _render_c(story: StorySpec, how: Quirks) -> str:
    lines = ["Curated by THEOUTPOST"]
    if story.published:
        day = story.published
        lines.append(f"On {_WEEKDAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]}, 8:09 AM UTC")
    return "\n".join([*lines, _count(story), *_from_sources_on(story, how)]) + "\n"


def _from_sources_on(story: StorySpec, how: Quirks) -> list[str]:
    lines: list[str] = []
    for source in story.sources if how.sources else ():
        lines += [f"[{source.number}]", _source_title(source, how), source.text]
    lines += ["Share"] * (2 if how.duplicated else 1) + ["Copy Link", story.dek, ""]
    lines += _glued_summary(story.paragraphs, how).split("\n")
    if how.stray:
        lines.append(f"[{how.stray}]")
    for row in story.related:
        lines += [_related(row), ""]
    for rank, category in enumerate(how.ranked, start=1):
        lines += [str(rank), category, ""]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _glued_summary(paragraphs: Sequence[ParagraphSpec], how: Quirks) -> str:
    """No headings, nothing between paragraphs; a paragraph's first marker on a line of its own, later ones glued to the word."""
    text = ""
    for number, paragraph in enumerate(paragraphs, start=1):
        first = True
        for piece, markers in _pieces(paragraph.text):
            text += piece
            if markers:
                numbers = [str(marker) for marker in markers]
                text += "\n" + "\n".join(numbers) + "\n" if first else "".join(numbers) + "\n"
                first = False
        if number == how.related_stories_after and number < len(paragraphs):
            text += "Related Stories\n"
    return text + (f"Summarized by\n{how.writer}" if how.writer else "")


def _pieces(text: str) -> list[tuple[str, list[int]]]:
    """The text between markers, each with the markers after it."""
    pieces: list[tuple[str, list[int]]] = []
    position = 0
    for match in _MARKERS.finditer(text):
        pieces.append((text[position : match.start()].lstrip(), [int(number) for number in _MARKER.findall(match["markers"])]))
        position = match.end()
    if text[position:].strip():
        pieces.append((text[position:].lstrip(), []))
    return pieces


def _count(story: StorySpec) -> str:
    return f"{len(story.sources)} Source{'s' if len(story.sources) != 1 else ''}"


def _source_title(source: SourceSpec, how: Quirks) -> str:
    return f"{source.title} | {source.outlet}" if source.number in how.outlets else source.title


def _related(row: RelatedSpec) -> str:
    text = f"{row.date.day:02d} {_MONTHS[row.date.month - 1]} {row.date.year}"
    return f"{text}•{row.category}" if row.category else text
