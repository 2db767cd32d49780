"""``dateline findings``: what the check found, and what people decide on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from app.cli.console import open_store
from app.cli.curation import Curator, Note, curator_named, print_json, say
from app.cli.options import Format, OutputFormat
from app.config import get_settings
from app.domain.curation import Action, Decision, Subject
from app.domain.findings import FindingKind, FindingState, Strength
from app.store.curation import decisions_on
from app.store.finding_decisions import Mended, decide, mended
from app.store.findings import FindingFilter, FindingRow, findings

application = typer.Typer(help="What the citation check found, and decisions on it.", no_args_is_help=True)

FindingId = Annotated[str, typer.Argument(metavar="ID", help="The finding's id, as in /findings/ID.")]

_TOLD = {
    Action.CONFIRM: "confirmed",
    Action.DISMISS: "dismissed",
    Action.CORRECT: "marked as corrected",
    Action.REOPEN: "open again",
}


@application.command("list")
def list_findings(
    state: Annotated[
        list[FindingState] | None, typer.Option(help="Of this state (default: open); may be given several times.")
    ] = None,
    strength: Annotated[list[Strength] | None, typer.Option(help="strong or weak.")] = None,
    kind: Annotated[list[FindingKind] | None, typer.Option(help="Of this kind; may be given several times.")] = None,
    limit: Annotated[int, typer.Option(help="Findings at most.", min=1, max=10_000)] = 50,
    output_format: Format = None,
) -> None:
    """List findings, strong ones first and then the newest."""
    filters = FindingFilter(
        kinds=tuple(value.value for value in kind or ()),
        strengths=tuple(value.value for value in strength or ()),
        states=tuple(value.value for value in state or (FindingState.OPEN,)),
    )
    with open_store(get_settings()) as store, store.read() as connection:
        rows = findings(connection, filters, limit + 1)
        gone = mended(connection, filters)[: limit + 1 - len(rows)] if FindingState.CORRECTED in filters.states else []
        made = decisions_on(
            connection, Subject.FINDING, [*(row.public_id for row in rows), *(one.decision.subject_id for one in gone)]
        )
    more, gone = len(rows) + len(gone) > limit, gone[: limit - len(rows)]
    if output_format is OutputFormat.JSON:
        print_json(
            [_as_json(row, made.get(row.public_id, [])) for row in rows[:limit]]
            + [_gone_as_json(one, made[one.decision.subject_id]) for one in gone]
        )
        return
    for row in rows[:limit]:
        columns = [row.public_id, row.state, row.strength, row.kind, row.reason, row.story_title]
        say(*columns, *(_told(decision) for decision in made.get(row.public_id, [])[-1:]))
    for one in gone:
        said = one.decision.details
        columns = [
            one.decision.subject_id,
            FindingState.CORRECTED,
            *(said.get(key, "") for key in ("strength", "kind", "reason")),
        ]
        say(*columns, one.story_title, _told(one.decision), "(gone from the story)")
    if more:
        say("… and more (--limit)")
    elif not rows and not gone:
        say("no findings of that sort")


@application.command("confirm")
def confirm_finding(finding_id: FindingId, note: Note = None, curator: Curator = None) -> None:
    """Say that a finding is right; readers see that, with the day and the note."""
    _decide(Action.CONFIRM, finding_id, note, curator)


@application.command("dismiss")
def dismiss_finding(finding_id: FindingId, note: Note = None, curator: Curator = None) -> None:
    """Take a finding from readers' pages; the record keeps it."""
    _decide(Action.DISMISS, finding_id, note, curator)


@application.command("correct")
def correct_finding(finding_id: FindingId, note: Note = None, curator: Curator = None) -> None:
    """Say that a finding was right and the document has been corrected since."""
    _decide(Action.CORRECT, finding_id, note, curator)


@application.command("reopen")
def reopen_finding(finding_id: FindingId, note: Note = None, curator: Curator = None) -> None:
    """Take the last decision on a finding back."""
    _decide(Action.REOPEN, finding_id, note, curator)


def _decide(action: Action, finding_id: str, note: str | None, curator: str | None) -> None:
    note = " ".join((note or "").split()) or None
    decision = Decision(action, Subject.FINDING, finding_id, curator_named(curator), datetime.now(UTC), note=note)
    with open_store(get_settings()) as store, store.write() as connection:
        if not decide(connection, decision):
            raise typer.BadParameter(f"there is no finding {finding_id!r}", param_hint="ID")
    say(f"{finding_id} is {_TOLD[action]}")


def _told(decision: Decision) -> str:
    note = f": {decision.note}" if decision.note else ""
    return f"({decision.curator}, {decision.decided_at:%Y-%m-%d}{note})"


def _as_json(row: FindingRow, made: list[Decision]) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "kind": row.kind.value,
        "strength": row.strength.value,
        "state": row.state.value,
        "reason": row.reason,
        "summary_text": row.sentence[row.start : row.end],
        "source": row.source_number,
        "source_text": row.source_words,
        "story": row.story_public_id,
        "title": row.story_title,
        "gone": False,
        "decisions": _decisions_as_json(made),
    }


def _gone_as_json(one: Mended, made: list[Decision]) -> dict[str, Any]:
    said = one.decision.details
    return {
        "id": one.decision.subject_id,
        "kind": said.get("kind"),
        "strength": said.get("strength"),
        "state": FindingState.CORRECTED.value,
        "reason": said.get("reason"),
        "summary_text": said.get("text"),
        "source": said.get("source"),
        "source_text": None,
        "story": one.story_public_id,
        "title": one.story_title,
        "gone": True,
        "decisions": _decisions_as_json(made),
    }


def _decisions_as_json(made: list[Decision]) -> list[dict[str, Any]]:
    return [
        {
            "action": decision.action.value,
            "note": decision.note,
            "curator": decision.curator,
            "decided_at": decision.decided_at.isoformat(timespec="seconds"),
        }
        for decision in made
    ]
