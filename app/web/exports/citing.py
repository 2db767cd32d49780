"""Citing a story: as BibTeX, RIS and CSL-JSON for programs that manage references, and as a line of text for people.

Nothing is claimed that is not known: a story has no author, a date is written as precisely as it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.dates import Interval, Precision
from app.store.story import SourceRow
from app.web import words
from app.web.i18n import gettext
from app.web.story_view import StoryView
from app.web.timeline_rows import interval_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASON_CODES = {"21": 1, "22": 2, "23": 3, "24": 4}
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)


@dataclass(frozen=True, slots=True)
class Work:
    """Something that can be cited: a story, or an article that it rests on. What is not known is ``None``."""

    key: str
    """A name for it among others: ``dateline-1g2mzkp57c``."""
    title: str
    container: str | None
    """Where it was published: this site, or an outlet."""
    published: Interval | None
    url: str | None
    author: str | None = None
    abstract: str | None = None
    language: str | None = None
    note: str | None = None
    seen: date | None = None
    """When this state of it was imported."""


def story_work(view: StoryView, site_name: str, base_url: str) -> Work:
    """A story in the revision that a page shows, under its permanent address."""
    return Work(
        key=f"dateline-{view.story.public_id}",
        title=view.revision.title,
        container=site_name,
        published=view.published,
        url=base_url + view.permanent_url,
        abstract=" ".join("".join(segment.text for segment in sentence.text) for sentence in view.dek) or None,
        language=view.language,
        note=gettext("Revision %(number)s", number=str(view.revision.number)),
        seen=view.revision.imported_at.date(),
    )


def source_works(view: StoryView) -> tuple[Work, ...]:
    """The articles that a story cites."""
    return tuple(_source_work(view.story.public_id, item.source) for item in view.sources)


def _source_work(public_id: str, source: SourceRow) -> Work:
    return Work(
        key=f"dateline-{public_id}-{source.number}",
        title=source.title,
        container=source.outlet_name,
        published=interval_of(source.published_edtf),
        url=source.url,
        author=source.author,
    )


def in_text(work: Work) -> str:
    """A line of text: “Title.” Dateline, 9 December 2025. Revision 1, 25 November 2026. https://…"""
    return f"“{_sentence(work.title)}” {_where_and_when(work)} {work.url}"


def in_markdown(work: Work) -> str:
    """The same as Markdown, the title a link."""
    title = re.sub(r"([\\\[\]*_`<>])", r"\\\1", work.title)
    return f"[{_sentence(title)}](<{work.url}>) {_where_and_when(work)}"


def _sentence(title: str) -> str:
    return title if title.endswith(("?", "!", ".", "…")) else f"{title}."


def _where_and_when(work: Work) -> str:
    when = words.interval(work.published) if work.published else gettext("no date")
    state = f" {work.note}, {words.day(work.seen)}." if work.note and work.seen else ""
    return f"{work.container}, {when}.{state}"


def bibtex(works: Iterable[Work]) -> str:
    """Entries that BibTeX and biblatex read: ``year`` and ``month`` for the one, ``date`` (EDTF) for the other."""
    return "\n".join(_bibtex_entry(work) for work in works)


def _bibtex_entry(work: Work) -> str:
    fields: list[tuple[str, str]] = [("title", f"{{{{{_tex(work.title)}}}}}")]
    if work.author:
        fields.append(("author", f"{{{{{_tex(work.author)}}}}}"))
    if work.container:
        fields.append(("howpublished", f"{{{_tex(work.container)}}}"))
    if work.published:
        fields += _bibtex_date(work.published)
    if work.url:
        fields.append(("url", f"{{{work.url.replace('{', '%7B').replace('}', '%7D')}}}"))
    if work.seen:
        fields.append(("urldate", f"{{{work.seen.isoformat()}}}"))
    if work.language:
        fields.append(("langid", f"{{{_tex(work.language)}}}"))
    if work.abstract:
        fields.append(("abstract", f"{{{_tex(work.abstract)}}}"))
    if work.note:
        fields.append(("note", f"{{{_tex(work.note)}}}"))
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields)
    return f"@misc{{{work.key},\n{lines}\n}}\n"


def _bibtex_date(interval: Interval) -> list[tuple[str, str]]:
    found = []
    if interval.bounded and interval.start and interval.end and interval.start.year == interval.end.year:
        found.append(("year", f"{{{interval.start.year}}}"))
        if interval.start.month == interval.end.month:
            found.append(("month", _MONTHS[interval.start.month - 1]))
    return [*found, ("date", f"{{{interval.edtf}}}")]


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


def ris(works: Iterable[Work]) -> str:
    """Records in RIS, lines ending as its description wants them."""
    return "".join(_ris_record(work) for work in works)


def _ris_record(work: Work) -> str:
    fields: list[tuple[str, str | None]] = [
        ("TY", "ELEC"),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", work.author),
        ("T2", work.container),
        *_ris_date(work.published),
        ("AB", work.abstract),
        ("LA", work.language),
        ("N1", work.note),
        ("Y2", work.seen.strftime("%Y/%m/%d/") if work.seen else None),
        ("UR", work.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields if value is not None) + "\r\n"


def _ris_date(interval: Interval | None) -> list[tuple[str, str | None]]:
    """Year, and date as year/month/day/other; what is not known stays empty, and other says it in words."""
    if interval is None:
        return []
    day = interval.sort_date
    if interval.precision is Precision.DAY and not interval.approximate:
        return [("PY", f"{day.year}"), ("DA", day.strftime("%Y/%m/%d/"))]
    month = f"{day.month:02}" if interval.precision is Precision.MONTH else ""
    return [("PY", f"{day.year}"), ("DA", f"{day.year}/{month}//{words.interval(interval)}")]


def csl_json(works: Iterable[Work]) -> list[dict[str, Any]]:
    """Items of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""
    return [_csl_item(work) for work in works]


def _csl_item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": work.key,
        "type": "webpage",
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "container-title": work.container,
        "issued": _csl_date(work.published) if work.published else None,
        "accessed": {"date-parts": [_parts(work.seen, 3)]} if work.seen else None,
        "abstract": work.abstract,
        "language": work.language,
        "note": work.note,
        "URL": work.url,
    }
    return {key: value for key, value in item.items() if value is not None}


def _csl_date(interval: Interval) -> dict[str, Any]:
    if interval.start is None or interval.end is None:
        return {"literal": words.interval(interval)}
    code = interval.edtf.rstrip("~?%").rpartition("-")[2]
    found: dict[str, Any]
    match interval.precision:
        case Precision.DAY:
            found = {"date-parts": [_parts(interval.start, 3)]}
        case Precision.MONTH:
            found = {"date-parts": [_parts(interval.start, 2)]}
        case Precision.YEAR:
            found = {"date-parts": [_parts(interval.start, 1)]}
        case Precision.SEASON:
            found = {"date-parts": [_parts(interval.start, 1)], "season": _SEASON_CODES[code]}
        case _:
            found = {"date-parts": [_parts(interval.start, 3), _parts(interval.end, 3)]}
    return {**found, "circa": True} if interval.approximate else found


def _parts(day: date, precision: int) -> Sequence[int]:
    return [day.year, day.month, day.day][:precision]
