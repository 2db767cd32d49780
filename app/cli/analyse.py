"""``dateline analyse``: what analysis finds in a document, without a store."""

from __future__ import annotations

from typing import Any

import typer
from rich.markup import escape
from rich.table import Table

from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.stories import analyse
from app.cli.console import output
from app.cli.documents import Readable
from app.cli.options import Category, Files, Format, InputFormat, Published, StoryId, Title, Url, checked
from app.cli.parse import as_json, print_document, print_json
from app.config import get_settings
from app.domain.documents import ParsedDocument
from app.domain.stories import Analysis
from app.importer.json_form import analysis_as_json, document_as_json
from app.importer.reading import Options


def analyse_documents(
    files: Files,
    title: Title = None,
    url: Url = None,
    published: Published = None,
    story_id: StoryId = None,
    category: Category = None,
    input_format: InputFormat = None,
    output_format: Format = None,
) -> None:
    """Print the entities and events that are found in documents, and names that the gazetteer lacks, without a store."""
    options = checked(Options(title=title, url=url, published=published, id=story_id, category=category, format=input_format))
    gazetteer = load_gazetteer()
    found: list[dict[str, Any]] = []
    files_read = Readable(files, options, get_settings())
    for item in files_read:
        for story in item.stories:
            analysis = analyse(story, gazetteer)
            if as_json(output_format):
                found.append(document_as_json(story) | analysis_as_json(story, analysis, gazetteer.by_slug))
            else:
                print_document(story)
                _print_analysis(story, analysis, gazetteer)
    if as_json(output_format):
        print_json(found, files_read.documents)
    if files_read.failed:
        raise typer.Exit(1)


def _print_analysis(document: ParsedDocument, analysis: Analysis, gazetteer: Gazetteer) -> None:
    entities = Table("entity", "kind", "salience", "mentions", box=None, pad_edge=False)
    for slug, salience in sorted(analysis.salience.items(), key=lambda pair: -pair[1]):
        entity = gazetteer.by_slug[slug]
        count = sum(1 for placed in analysis.mentions if placed.mention.slug == slug)
        mark = "[bold]" if slug in analysis.about else "[dim]"
        entities.add_row(f"{mark}{escape(entity.name)}[/]", entity.kind, f"{salience:.2f}", str(count))
    output.print(entities)
    events = Table("when", "type", "phrase", "sentence", box=None, pad_edge=False)
    for event in analysis.events:
        if event.part == "source":
            continue
        sentence = (document.dek if event.part == "dek" else document.sentences)[event.sentence].text
        when = event.interval.edtf if event.interval else "?"
        events.add_row(
            f"{when}{' planned' if event.planned else ''}",
            event.type,
            escape(event.phrase.text if event.phrase else ""),
            escape(sentence),
        )
    output.print(events)
    if analysis.proposals:
        proposals = Table("proposed name", "kind", "score", "reason", box=None, pad_edge=False)
        for proposal in analysis.proposals:
            proposals.add_row(escape(proposal.name), proposal.kind, f"{proposal.score:.2f}", escape(proposal.reason))
        output.print(proposals)
