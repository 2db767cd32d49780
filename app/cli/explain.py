"""``dateline import --explain``: a document with what each of its characters was taken for, the way a compiler shows errors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.text import Text

from app.cli.console import errors, output
from app.domain.documents import ParsedDocument, ParseError, ParseWarning, Role, Span
from app.importer.containers import Sources, Unreadable
from app.importer.decoding import decode
from app.importer.reading import Options, read_as

_COLOURS = {
    Role.FRONT_MATTER: "magenta",
    Role.TITLE: "bold",
    Role.DEK: "italic",
    Role.HEADING: "bold blue",
    Role.SUMMARY: "default",
    Role.CITATION: "bold black on cyan",
    Role.SOURCE_NUMBER: "bold cyan",
    Role.SOURCE_TITLE: "cyan",
    Role.SOURCE_TEXT: "green",
    Role.METADATA: "magenta",
    Role.PUBLISHED: "bold magenta",
    Role.RELATED: "yellow",
    Role.RANKED: "yellow",
    Role.FURNITURE: "dim",
    Role.UNRECOGNISED: "bold white on red",
}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
#: Controls that turn text around or move the cursor: shown as what they are instead of obeyed.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GUTTER = 28


def explain_documents(sources: Sources) -> int:
    """Print each document line by line, with its roles, warnings below the lines that they are about.

    Returns:
        The exit code: 1 where a document could not be read.
    """
    failed = 0
    output.print(Text(" ").join(Text(role.value, style=colour) for role, colour in _COLOURS.items()))
    for item in sources:
        if isinstance(item, Unreadable):
            errors.print(f"[bold red]error[/]\\[{item.code}]: {escape(item.name)}: {escape(item.message)}", highlight=False)
            failed = 1
            continue
        output.rule(escape(item.raw.name), align="left")
        try:
            form, stories = read_as(item.raw)
            text = decode(item.raw.content, Options.from_json(item.raw.hints).encoding)
        except ParseError as error:
            where = f":{error.line}" if error.line else ""
            message = f"[bold red]error[/]\\[{error.code}]: {escape(item.raw.name)}{where}: {escape(error.message)}"
            errors.print(message, highlight=False)
            failed = 1
            continue
        output.print(f"[dim]{form.name}: {form.description}; stories: {len(stories)}[/]", highlight=False)
        _print_lines(text, stories)
    return failed


def _print_lines(text: str, stories: Sequence[ParsedDocument]) -> None:
    spans = sorted((span for story in stories for span in story.spans), key=lambda span: span.start)
    warnings: defaultdict[int, list[ParseWarning]] = defaultdict(list)
    for story in stories:
        for warning in story.warnings:
            warnings[warning.line or 0].append(warning)
    _print_warnings(warnings.pop(0, ()), 0)
    at = 0
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = match[0].rstrip("\r\n")
        if match.start() == len(text) and not line:
            break
        here: list[Span] = []
        while at < len(spans) and spans[at].start < match.end():
            here.append(spans[at])
            if spans[at].end > match.end():
                break
            at += 1
        _print_line(number, line, match.start(), here)
        _print_warnings(warnings.pop(number, ()), number)
    for number in sorted(warnings):
        _print_warnings(warnings[number], number)


def _print_line(number: int, line: str, offset: int, spans: Sequence[Span]) -> None:
    roles = "+".join(dict.fromkeys(span.role.value for span in spans)) if line.strip() else ""
    gutter = Text(f"{number:>6} {roles[:_GUTTER]:<{_GUTTER}} │ ", style="dim")
    body = Text(line)
    for span in spans:
        body.stylize(_COLOURS[span.role], max(0, span.start - offset), min(len(line), span.end - offset))
    output.print(gutter.append_text(_harmless(body)), soft_wrap=True)


def _harmless(text: Text) -> Text:
    if _HARMFUL.search(text.plain) is None:
        return text
    shown = Text()
    position = 0
    for match in _HARMFUL.finditer(text.plain):
        shown.append_text(text[position : match.start()])
        shown.append(f"<U+{ord(match[0]):04X}>", style="reverse")
        position = match.end()
    return shown.append_text(text[position:])


def _print_warnings(warnings: Iterable[ParseWarning], number: int) -> None:
    for warning in warnings:
        pointer = " " * 7 + ("^" * min(max(len(warning.excerpt), 1), 40) if number else "")
        output.print(
            f"[yellow]{pointer} warning\\[{warning.code}]: {escape(warning.message)}[/] [dim]{escape(warning.excerpt)}[/]",
            highlight=False,
        )
