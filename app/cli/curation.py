"""What the commands of curators share: who decides, on what store, and how it is told."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from app.domain.curation import Decision
from app.domain.text import printable

Note = Annotated[str | None, typer.Option(help="Why; it is kept beside the decision.")]
Curator = Annotated[
    str | None,
    typer.Option(help="Who decides (default: the user of this machine).", envvar="DATELINE_CURATOR", show_default=False),
]


def curator_named(name: str | None) -> str:
    """The curator's name: as given, else the user's of this machine."""
    if name is None:
        try:
            name = getpass.getuser()
        except (OSError, KeyError):
            name = "unknown"
    name = " ".join(name.split())
    if not name or printable(name) != name:
        raise typer.BadParameter("a name is needed", param_hint="--curator")
    return name


def print_json(value: object) -> None:
    """Print something for scripts."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def say(*columns: str) -> None:
    """Print a line for people, columns by tabs; what comes from documents cannot move the cursor."""
    print("\t".join(map(printable, columns)))


def as_json(decision: Decision) -> Mapping[str, Any]:
    """A decision for scripts."""
    return {
        "action": decision.action.value,
        "subject": decision.subject.value,
        "id": decision.subject_id,
        "details": dict(decision.details),
        "note": decision.note,
        "curator": decision.curator,
        "decided_at": decision.decided_at.isoformat(timespec="seconds"),
    }


def as_line(decision: Decision) -> str:
    """A decision on one line."""
    details = ", ".join(f"{key}={_shown(value)}" for key, value in sorted(decision.details.items()) if value)
    note = f" — {decision.note}" if decision.note else ""
    return f"{decision.decided_at:%Y-%m-%d %H:%M}  {decision.action} {decision.subject_id}  {details}  ({decision.curator}){note}"


def _shown(value: object) -> str:
    return "/".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
