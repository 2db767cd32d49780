"""Snapshots of the AI Incident Database: ``incidents.csv`` and ``reports.csv``, made into one document an incident.

The two files belong together: an incident names its reports by number. The reports are kept in a temporary file, because there
are more of them than fit comfortably into memory.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shelve
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.importer.containers.items import ContainerError, Found, Limits, Unreadable, unreadable
from app.importer.reading import Options, raw_document

INCIDENTS, REPORTS = "incidents.csv", "reports.csv"
OTHER_HALF = {INCIDENTS: REPORTS, REPORTS: INCIDENTS}

_NUMBER = re.compile(r"\d+")
#: Columns of a report that say something of it; the rest is housekeeping of the database.
_REPORT_COLUMNS = ("report_number", "title", "authors", "date_published", "source_domain", "url", "language", "text")

Open = Callable[[], BinaryIO]


def read_snapshot(
    name: str, open_incidents: Open, open_reports: Open, options: Options, limits: Limits
) -> Iterator[Found | Unreadable]:
    """A document for each incident, with its reports.

    Raises:
        ContainerError: ``damaged-snapshot``: a file is not the CSV that it should be.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-") as directory:
        with shelve.open(str(Path(directory) / "reports"), flag="n") as reports:  # noqa: S301 - written two lines below
            with _rows(open_reports, REPORTS) as rows:
                for row in rows:
                    reports[str(row.get("report_number", ""))] = {key: row[key] for key in _REPORT_COLUMNS if row.get(key)}
            with _rows(open_incidents, INCIDENTS) as rows:
                for row in rows:
                    label = f"{name}#{row.get('incident_id', '?')}"
                    numbers = _NUMBER.findall(row.get("reports") or "")
                    own = [reports[number] for number in numbers if number in reports]
                    content = json.dumps({"incident": row, "reports": own}, ensure_ascii=False, sort_keys=True).encode()
                    if len(content) > limits.max_document_bytes:
                        limit = limits.max_document_bytes
                        message = f"{len(content):,} bytes, over the limit of {limit:,} (setting DATELINE_MAX_DOCUMENT_BYTES)"
                        yield unreadable(label, "too-large", message, len(content))
                    else:
                        yield Found(raw_document(label, content, options))


def incomplete(name: str, missing: str) -> Unreadable:
    """One of the two files, without the other beside it."""
    message = f"half a snapshot of the AI Incident Database: {missing} has to stand beside it"
    return unreadable(name, "incomplete-snapshot", message)


@contextmanager
def _rows(opened: Open, name: str) -> Iterator[Iterator[dict[str, str]]]:
    csv.field_size_limit(sys.maxsize)
    try:
        with io.TextIOWrapper(opened(), "utf-8", errors="replace", newline="") as text:
            reader = csv.DictReader(text, escapechar="\\", restkey="", restval="")
            if not reader.fieldnames:
                raise ContainerError("damaged-snapshot", f"{name} is empty")
            yield ({key: value for key, value in row.items() if isinstance(value, str) and key} for row in reader)
    except csv.Error as error:
        raise ContainerError("damaged-snapshot", f"{name} is not readable CSV: {error}") from error
