"""``dateline parse``: what the importer reads out of a document, without a store."""

from __future__ import annotations

import json
from typing import Any

import typer
from rich.markup import escape
from rich.text import Text

from app.cli.console import output
from app.cli.documents import Readable
from app.cli.options import Category, Files, Format, InputFormat, OutputFormat, Published, StoryId, Title, Url, checked
from app.config import get_settings
from app.domain.documents import ParsedDocument, Sentence
from app.importer.json_form import document_as_json
from app.importer.reading import Options

#: Who says when a story was published.
_SAYS = {
    "option": "says --published",
    "front-matter": "says the front matter",
    "sidecar": "says the file beside it",
    "document": "says the document",
    "related": "not older than its newest related story, which is all that is known",
}


def parse_documents(
    files: Files,
    title: Title = None,
    url: Url = None,
    published: Published = None,
    story_id: StoryId = None,
    category: Category = None,
    input_format: InputFormat = None,
    output_format: Format = None,
) -> None:
    """Print what the importer reads out of documents, without a store: in colour for people, as JSON for scripts."""
    options = checked(Options(title=title, url=url, published=published, id=story_id, category=category, format=input_format))
    files_read = Readable(files, options, get_settings())
    stories = [story for item in files_read for story in item.stories]
    if as_json(output_format):
        print_json([document_as_json(story) for story in stories], files_read.documents)
    else:
        for story in stories:
            print_document(story)
    if files_read.failed:
        raise typer.Exit(1)


def as_json(chosen: OutputFormat | None) -> bool:
    """Whether to print JSON: as asked, else wherever standard output is not a terminal."""
    return chosen is OutputFormat.JSON or (chosen is None and not output.is_terminal)


def print_json(stories: list[dict[str, Any]], documents: int) -> None:
    """Print the story of a document as an object, those of several documents or of a digest as a list, and nothing else."""
    print(json.dumps(stories[0] if len(stories) == documents == 1 else stories, ensure_ascii=False, indent=2))


def print_document(document: ParsedDocument) -> None:
    """Print a document for people."""
    variant = f", variant {document.variant}" if document.variant else ""
    output.rule(f"[dim]{escape(document.format)}{escape(variant)}[/]", align="left")
    derived = f" [yellow](derived from the {document.title.derived})[/]" if document.title.derived else ""
    output.print(f"[bold]{escape(document.title.text)}[/]{derived}")
    if document.published:
        output.print(f"[dim]published {document.published.interval.edtf}: {_SAYS[document.published.source]}[/]")
    else:
        output.print("[dim]published: unknown[/]")
    if document.dek:
        output.print(Text(" ".join(sentence.text for sentence in document.dek), style="italic"))
    for paragraph in document.paragraphs:
        output.print()
        if paragraph.heading:
            output.print(f"[bold]{escape(paragraph.heading)}[/]")
        text = Text(" ").join(Text(sentence.text).append_text(_markers(sentence)) for sentence in paragraph.sentences)
        output.print(text)
    output.print()
    for source in document.sources:
        length = f"{len(source.text):,} characters"
        known = (source.outlet, source.published.edtf if source.published else None, source.author, length)
        about = " · ".join(filter(None, known))
        output.print(f"[cyan]\\[{source.number}][/] {escape(source.title)} [dim]{escape(about)}[/]")
    for link in document.related:
        row = " · ".join(filter(None, (link.published.edtf if link.published else "no date", link.category, link.title)))
        output.print(f"[dim]related: {escape(row)}[/]")
    for warning in document.warnings:
        where = f"line {warning.line}: " if warning.line else ""
        output.print(f"[yellow]warning[/] {where}{escape(warning.message)} [dim]({warning.code}: {escape(warning.excerpt)})[/]")
    output.print()


def _markers(sentence: Sentence) -> Text:
    text = Text()
    for citation in sentence.citations:
        text.append(f"[{citation.number}{'?' if citation.uncertain else ''}]", style="bold cyan")
    for number in sentence.inherited:
        text.append(f"({number})", style="dim cyan")
    return text
