"""``dateline check``: a draft, or a story of the store, compared with the sources that it cites; a linter for newsrooms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer
from rich.text import Text

from app.analysis.gazetteer import load_gazetteer
from app.analysis.stories import analyse
from app.cli.console import open_store, output
from app.cli.documents import Readable
from app.cli.options import Category, Files, InputFormat, Published, StoryId, Title, Url, checked
from app.cli.parse import print_json
from app.config import get_settings
from app.domain.documents import ParsedDocument, Sentence
from app.domain.findings import CheckedSentence, Finding, FindingKind, Strength, Verdict
from app.domain.identifiers import as_short_id, is_short_id
from app.domain.stories import RawDocument
from app.importer.decoding import decode
from app.importer.gazetteers import curated_gazetteer
from app.importer.json_form import check_as_json
from app.importer.places import sentence_lines
from app.importer.reading import Options
from app.store.revisions import stories_with, without_analysis

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class CheckFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


_DESCRIPTIONS = {
    FindingKind.VALUE: "A source has another value, or none has this one.",
    FindingKind.NAME: "A source has another name, or none has this one.",
    FindingKind.DATE: "A source has another date, or none has this one.",
    FindingKind.QUOTE: "A quotation is not word for word as in a source.",
    FindingKind.CERTAINTY: "A source is less certain, or says whose word it is.",
    FindingKind.COVERAGE: "Part of the sentence is only in a source that it does not cite.",
    FindingKind.ELSEWHERE: "The sentence is in a source that it does not cite, not in the one that it cites.",
    FindingKind.UNCITED: "The sentence cites no source.",
    FindingKind.UNSUPPORTED: "No source has enough of the sentence.",
    FindingKind.SOURCES_DISAGREE: "Two sources tell the same matter differently.",
}


_NO_SUMMARY = "No summary was found; `dateline import --explain FILE` shows what each line was taken for."
_NO_SOURCE_TEXTS = (
    "No cited source has its text in the document: there is nothing to compare with. "
    "docs/formats.md shows how to write a draft with its sources."
)


@dataclass(frozen=True)
class _Checked:
    raw: RawDocument
    document: ParsedDocument
    checks: tuple[CheckedSentence, ...]

    def sentence(self, check: CheckedSentence) -> Sentence:
        """The sentence that a verdict is on."""
        return (self.document.dek if check.part == "dek" else self.document.sentences)[check.index]

    def line(self, check: CheckedSentence) -> int:
        """The line of the file on which that sentence begins."""
        dek, summary = self._lines
        return (dek if check.part == "dek" else summary)[check.index]

    @cached_property
    def _lines(self) -> tuple[list[int], list[int]]:
        text = decode(self.raw.content, Options.from_json(self.raw.hints).encoding)
        return sentence_lines(text, self.document)


def check_documents(
    files: Files,
    title: Title = None,
    url: Url = None,
    published: Published = None,
    story_id: StoryId = None,
    category: Category = None,
    input_format: InputFormat = None,
    output_format: Annotated[
        CheckFormat, typer.Option("--format", help="text for people, json, github (annotations) or sarif for other programs.")
    ] = CheckFormat.TEXT,
    weak: Annotated[
        bool, typer.Option("--weak", help="Print the passages of weak findings too, not only what they say.")
    ] = False,
) -> None:
    """Compare each sentence of documents with their sources, without a store, or of stories that are stored, by their id.

    Exit code 1 where a finding is strong.
    """
    options = checked(Options(title=title, url=url, published=published, id=story_id, category=category, format=input_format))
    gazetteer = load_gazetteer()
    ids = [text for text in files if is_short_id(as_short_id(text)) and not Path(text).exists()]
    stories = [*_stored(ids)]
    paths = [text for text in files if text not in ids]
    files_read = Readable(paths, options, get_settings())
    for item in files_read:
        stories += [_Checked(item.raw, story, analyse(story, gazetteer, source_events=False).checks) for story in item.stories]
    _print(stories, len(ids) + files_read.documents, output_format, weak=weak)
    findings = [finding for story in stories for check in story.checks for finding in check.findings]
    if files_read.failed or any(finding.strength is Strength.STRONG for finding in findings):
        raise typer.Exit(1)


def _stored(ids: Sequence[str]) -> Iterator[_Checked]:
    """Stories of the store as they are now, with what people decided on names."""
    if not ids:
        return
    with open_store(get_settings()) as store, store.read() as connection:
        gazetteer = curated_gazetteer(connection, load_gazetteer()).gazetteer
        for text in ids:
            found = without_analysis(connection, stories_with(connection, [as_short_id(text)]))
            if not found:
                raise typer.BadParameter(f"{text} is no file here and no story of the store", param_hint="FILE")
            (_, story), *_ = found
            yield _Checked(story.raw[-1], story.document, analyse(story.document, gazetteer, source_events=False).checks)


def _print(stories: list[_Checked], documents: int, output_format: CheckFormat, *, weak: bool) -> None:
    match output_format:
        case CheckFormat.JSON:
            print_json([check_as_json(story.document, story.checks) for story in stories], documents)
        case CheckFormat.GITHUB:
            for story in stories:
                for line in _annotations(story):
                    print(line)
        case CheckFormat.SARIF:
            print(json.dumps(_sarif(stories), ensure_ascii=False, indent=2))
        case CheckFormat.TEXT:
            for story in stories:
                _print_story(story, weak=weak)


def _findings(story: _Checked) -> Iterator[tuple[CheckedSentence, Finding]]:
    for check in story.checks:
        for finding in check.findings:
            yield check, finding


def _print_story(story: _Checked, *, weak: bool) -> None:
    output.print(Text(story.document.title.text, style="bold"))
    output.print(Text(story.raw.name, style="dim"))
    for check, finding in _findings(story):
        strong = finding.strength is Strength.STRONG
        sentence = story.sentence(check)
        kind = Text(f"{finding.strength} {finding.kind}", style="bold red" if strong else "yellow")
        output.print(Text.assemble((f"  line {story.line(check)}: ", "dim"), kind, ": ", finding.reason))
        if not strong and not weak:
            continue
        cited = "".join(f"[{citation.number}]" for citation in sentence.citations)
        output.print(_marked(f"    summary {cited or '(no citation)'}: ", sentence.text, finding.start, finding.end))
        if finding.passage:
            passage = finding.passage
            found = (finding.source_start, finding.source_end) if finding.source == passage.source else (None, None)
            start, end = (None if offset is None else offset - passage.start for offset in found)
            output.print(_marked(f"    source [{passage.source}]: ", passage.text, start, end))
    counts = check_as_json(story.document, story.checks)["counts"]
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    output.print(Text(f"{len(story.checks)} sentences: {told or 'nothing to check'}", style="dim"))
    if all(check.verdict is Verdict.UNCHECKED for check in story.checks):
        output.print(Text(_NO_SOURCE_TEXTS if story.checks else _NO_SUMMARY))
    output.print()


def _marked(label: str, text: str, start: int | None, end: int | None) -> Text:
    """A passage with the words that differ in brackets of their own, so that colour is not needed to see them."""
    line = Text(label, style="dim")
    if start is None or end is None or not 0 <= start < end <= len(text) or end - start == len(text):
        return line.append(text, style="not dim")
    return (
        line.append(text[:start], style="not dim")
        .append(f"»{text[start:end]}«", style="not dim bold reverse")
        .append(text[end:], style="not dim")
    )


def _annotations(story: _Checked) -> Iterator[str]:
    """Workflow commands as GitHub Actions reads them from a log."""
    for check, finding in _findings(story):
        level = "error" if finding.strength is Strength.STRONG else "notice"
        name = _quoted(story.raw.name).replace(":", "%3A").replace(",", "%2C")
        yield f"::{level} file={name},line={story.line(check)},title=Dateline {finding.kind}::{_quoted(finding.reason)}"


def _quoted(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sarif(stories: list[_Checked]) -> dict[str, Any]:
    """The findings as a log of the Static Analysis Results Interchange Format (OASIS), version 2.1.0."""
    results = [
        {
            "ruleId": finding.kind.value,
            "level": "error" if finding.strength is Strength.STRONG else "note",
            "message": {"text": f"{finding.reason} Summary: {story.sentence(check).text}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(story.raw.name)},
                        "region": {"startLine": story.line(check)},
                    }
                }
            ],
            "partialFingerprints": {"dateline/v1": finding.id},
        }
        for story in stories
        for check, finding in _findings(story)
    ]
    rules = [{"id": kind.value, "shortDescription": {"text": text}} for kind, text in _DESCRIPTIONS.items()]
    driver = {"name": "dateline", "version": version("dateline"), "rules": rules}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
