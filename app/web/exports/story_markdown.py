"""A story as Markdown: its sentences with footnotes, in the form that the importer reads back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.store.story import CitationRow
from app.web import words
from app.web.story_view import SentenceView, SourceView, StoryView

#: Characters that Markdown would take for its own, and those at the beginning of a line.
_SPECIAL = re.compile(r"([\\`*_\[\]<>&])")
_AT_START = re.compile(r"^(\s*)([#+>=~|:-]|\d+[.)])")


def story_markdown(view: StoryView, base_url: str) -> str:
    """The whole story; sources with where they are, without their texts."""
    blocks = [*_front_matter(view, base_url), f"# {escaped(view.revision.title)}"]
    if view.dek:
        blocks.append(_sentences(view.dek))
    for paragraph in view.paragraphs:
        if paragraph.heading:
            blocks.append(f"## {escaped(paragraph.heading)}")
        blocks.append(_sentences(paragraph.sentences))
    if view.sources:
        blocks.append("\n".join(_source(item) for item in view.sources))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(lambda match: f"{match[1]}\\{match[2]}" if not match[2][0].isdigit() else _number(match), line)


def _number(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2][:-1]}\\{match[2][-1]}"


def _front_matter(view: StoryView, base_url: str) -> Iterable[str]:
    lines = ["---", f"title: {_quoted(view.revision.title)}"]
    if view.published and view.published.bounded:
        lines.append(f"published: {_quoted(view.published.edtf)}")
    if view.revision.category_name:
        lines.append(f"category: {_quoted(view.revision.category_name)}")
    if view.language:
        lines.append(f"language: {_quoted(view.language)}")
    lines += [f"url: {_quoted(base_url + view.permanent_url)}", "---"]
    return ["\n".join(lines)]


def _quoted(text: str) -> str:
    """A string of YAML."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sentences(sentences: Iterable[SentenceView]) -> str:
    return " ".join(_sentence(sentence) for sentence in sentences)


def _sentence(sentence: SentenceView) -> str:
    return escaped("".join(segment.text for segment in sentence.text)) + _markers(sentence.citations)


def _markers(citations: Iterable[CitationRow]) -> str:
    return "".join(f"[^{citation.number}]" for citation in citations if not citation.inherited)


def _source(item: SourceView) -> str:
    source = item.source
    title = escaped(source.title)
    if source.url:
        title = f"[{title}](<{source.url.replace('<', '%3C').replace('>', '%3E')}>)"
    rest = [
        escaped(source.outlet_name) if source.outlet_name else None,
        words.interval(item.published) if item.published else None,
    ]
    return f"[^{source.number}]: {', '.join(filter(None, [title, *rest]))}"
