"""Incidents of the AI Incident Database: one incident with the reports of it, as JSON made from the database's CSV files.

``{"incident": {a row of incidents.csv}, "reports": [{rows of reports.csv}]}``. Values are the text that the CSV has: lists are
``["starbucks"]``, ``[3,4]``, or joined by a comma.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.documents import (
    NO_HINTS,
    Hints,
    Paragraph,
    ParsedDocument,
    ParsedSource,
    ParseError,
    Published,
    Role,
    Sentence,
    Title,
)
from app.importer.accounting import Ledger
from app.importer.assemble import assemble
from app.importer.formats import Format
from app.importer.json_fields import Field, Fields, account, read_address, read_day
from app.importer.json_text import read_json

NAME = "ai-incident"
CATEGORY = "AI incidents"
_PAGE = "https://incidentdatabase.ai/cite/{}/"

#: What the parties are called, and the column that names them.
_PARTIES = (
    ("Alleged deployer", "Alleged deployer of AI system"),
    ("Alleged developer", "Alleged developer of AI system"),
    ("Alleged harmed or nearly harmed parties", "Alleged harmed or nearly harmed parties"),
)
#: Known, but nothing that a story needs.
_INCIDENT_ASIDE = ("_id",)
_REPORT_ASIDE = (
    "_id",
    "date_downloaded",
    "date_modified",
    "date_submitted",
    "description",
    "epoch_date_downloaded",
    "epoch_date_modified",
    "epoch_date_published",
    "epoch_date_submitted",
    "image_url",
    "language",
    "ref_number",
    "submitters",
    "tags",
)
_KEYS = frozenset(["incident", "incident_id", "reports", "report_number", "source_domain"])
_KEY = re.compile(rf'"({"|".join(sorted(_KEYS))})"\s*:')
_ID = re.compile(r"[0-9]{1,9}")
#: An item in quotes or bare; a quote that is not closed goes to the end, so that nothing is looked at twice.
_ITEM = re.compile(r"[^\[\]\",]+|\"((?:[^\"\\]|\\.?)*+)\"?")
_ESCAPE = re.compile(r"\\(.)")


def sniff(head: str) -> float:
    """How sure it is that a document beginning with ``head`` is an incident with its reports: 0 to 1."""
    if head.lstrip("\ufeff \t\r\n")[:1] != "{":
        return 0.0
    keys = set(_KEY.findall(head))
    if keys >= {"incident", "incident_id"}:
        return 0.95
    return 0.8 if keys >= {"reports", "report_number"} else 0.0


def parse(text: str, _hints: Hints = NO_HINTS) -> list[ParsedDocument]:
    """The story of an incident (always one).

    Raises:
        ParseError: ``json`` or ``json-depth``: it cannot be read as JSON; ``no-incident``: it is JSON of another kind;
            ``no-story``: the incident has neither a title nor a description, and no report has a title.
    """
    document = read_json(text)
    fields = Fields(document)
    ledger = Ledger("")
    incident, reports = fields.root["incident"], fields.root["reports"]
    if not incident.is_object:
        raise ParseError("no-incident", "JSON without an incident: no object under the key “incident”", 1)
    sources = _sources(incident, reports, ledger)
    paragraphs = (*_summary(incident), *_parties(incident))
    title = _title(incident, sources)
    if not incident["description"].line_of_text(Role.SUMMARY):
        ledger.warn("no-summary", incident.line, title.text, "the incident has no description")
    number = _number(incident, ledger)
    day = read_day(incident["date"], Role.PUBLISHED, ledger)
    for key in _INCIDENT_ASIDE:
        incident[key].set_aside(Role.METADATA)
    spans, warnings = account(document, ledger, fields.role_of)
    story = ParsedDocument(
        format=NAME,
        variant=None,
        title=title,
        published=Published(day, "document") if day else None,
        dek=(),
        paragraphs=paragraphs,
        sources=sources,
        warnings=warnings,
        spans=spans,
        url=_PAGE.format(number) if number else None,
        id=f"aiid:{number}" if number else None,
        category=CATEGORY,
    )
    return [story]


def _summary(incident: Field) -> tuple[Paragraph, ...]:
    paragraph = assemble(incident["description"].line_of_text(Role.SUMMARY))
    return (paragraph,) if paragraph.sentences else ()


def _parties(incident: Field) -> tuple[Paragraph, ...]:
    """A paragraph that names the parties, a sentence for each kind. Names may hold stops, so it is not split like prose."""
    sentences = []
    for label, column in _PARTIES:
        names = _joined([_readable(name) for name in _items(incident[column], Role.SUMMARY)])
        if names:
            sentences.append(Sentence(f"{label}: {names}" + ("" if names.endswith(".") else ".")))
    return (Paragraph(tuple(sentences), "Parties"),) if sentences else ()


def _readable(name: str) -> str:
    """A name as people write it: of one that is written like an identifier ("example-labs"), the words with capitals."""
    if " " in name or name != name.lower():
        return name
    return " ".join(word[:1].upper() + word[1:] for word in name.replace("-", " ").split())


def _joined(names: Sequence[str]) -> str:
    names = list(filter(None, names))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _items(field: Field, role: Role) -> list[str]:
    """The items of a list, whether it is one, or text that has been one."""
    if isinstance(field.value, list):
        return [text for item in field if (text := item.line_of_text(role))]
    text = field.line_of_text(role)
    if not text.startswith("["):
        return [item for piece in text.split(",") if (item := piece.strip())]
    items = (_ESCAPE.sub(r"\1", match[1]) if match[1] is not None else match[0] for match in _ITEM.finditer(text))
    return [item for piece in items if (item := piece.strip())]


def _sources(incident: Field, reports: Field, ledger: Ledger) -> tuple[ParsedSource, ...]:
    """The reports in the order of the incident's list; without a list, as they come."""
    rows: dict[str, Field] = {}
    for row in reports:
        number = _plain_number(row["report_number"].line_of_text(Role.SOURCE_NUMBER))
        if number in rows:
            _leave_out(row, number, f"report {number} is given twice; the first counts", ledger)
        elif row.is_object:
            rows[number or f"row {len(rows)}"] = row
    listed = [_plain_number(item) for item in _items(incident["reports"], Role.SOURCE_NUMBER)]
    wanted = dict.fromkeys(listed or rows)
    for number, row in rows.items():
        if number not in wanted:
            _leave_out(row, number, f"the incident does not list report {number}", ledger)
    sources: list[ParsedSource] = []
    for number in wanted:
        if number in rows:
            sources.append(_source(len(sources) + 1, rows[number], ledger))
        else:
            ledger.warn(
                "missing-report", incident["reports"].line, number, f"the incident lists report {number}, which is not there"
            )
    return tuple(sources)


def _plain_number(text: str) -> str:
    """A number as a list has it: where columns are numbers with gaps, some programs write 5.0 for 5."""
    return text.removesuffix(".0")


def _leave_out(row: Field, number: str, message: str, ledger: Ledger) -> None:
    row.set_aside(Role.UNRECOGNISED)
    ledger.warn("unlisted-report", row.line, row["title"].line_of_text(Role.UNRECOGNISED) or number, message)


def _source(number: int, row: Field, ledger: Ledger) -> ParsedSource:
    title = row["title"].line_of_text(Role.SOURCE_TITLE)
    for key in _REPORT_ASIDE:
        row[key].set_aside(Role.METADATA)
    return ParsedSource(
        number=number,
        title=title,
        text=_text(row["text"]),
        raw_title=title,
        outlet=row["source_domain"].line_of_text(Role.METADATA) or None,
        url=read_address(row["url"], ledger),
        published=read_day(row["date_published"], Role.PUBLISHED, ledger),
        author=", ".join(_items(row["authors"], Role.METADATA)) or None,
    )


def _text(field: Field) -> str:
    """The text of a report with its paragraphs, an empty line between two."""
    lines = (" ".join(line.split()) for line in field.text(Role.SOURCE_TEXT).splitlines())
    return "\n\n".join(filter(None, lines))


def _title(incident: Field, sources: Sequence[ParsedSource]) -> Title:
    printed = incident["title"].line_of_text(Role.TITLE)
    if printed:
        return Title(printed)
    for paragraph in _summary(incident):
        return Title(paragraph.sentences[0].text, "summary")
    titled = next((source.title for source in sources if source.title), None)
    if titled is None:
        raise ParseError(
            "no-story", "the incident has neither a title nor a description, nor a report with a title", incident.line
        )
    return Title(titled, "source")


def _number(incident: Field, ledger: Ledger) -> str | None:
    text = _plain_number(incident["incident_id"].line_of_text(Role.METADATA))
    if _ID.fullmatch(text):
        return text
    ledger.warn("no-incident-id", incident.line, text, "no incident_id that is a number: the story has no id and no address")
    return None


FORMAT = Format(NAME, "an incident of the AI Incident Database with its reports, as JSON", sniff, parse, keys=_KEYS)
