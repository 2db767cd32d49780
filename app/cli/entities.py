"""``dateline entities``: proposed names, and what people decide on entities."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.analysis.gazetteer import load_gazetteer
from app.cli.console import open_store, told_stories
from app.cli.curation import Curator, Note, as_json, as_line, curator_named, print_json, say
from app.cli.options import Format, OutputFormat
from app.cli.progress import run_with_bar
from app.config import get_settings
from app.domain.curated import history_of
from app.domain.curation import Decision, Subject
from app.domain.entities import Kind
from app.importer import curating
from app.importer.curating import Decided, Refused
from app.importer.reanalysis import Reanalysis
from app.store.curation import decisions
from app.store.engine import Store
from app.store.entities import entity_by_slug
from app.store.proposals import ProposedRow, count_proposed, proposed, proposed_named

application = typer.Typer(
    help="Names that the gazetteer lacks, and decisions on entities. Old addresses lead on for good.", no_args_is_help=True
)

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The entity's address, as in /entities/SLUG.")]
NewSlug = Annotated[str | None, typer.Option("--slug", help="The address (default: made of the name).")]
KindOption = Annotated[Kind | None, typer.Option("--kind", help="What it is.")]
Limit = Annotated[int, typer.Option(help="Names at most.", min=1, max=10_000)]


@application.command("proposed")
def list_proposed(limit: Limit = 50, output_format: Format = None) -> None:
    """List names that stories have and the gazetteer lacks, those of most stories first, with the best evidence."""
    with open_store(get_settings()) as store, store.read() as connection:
        rows = proposed(connection, limit)
        total = count_proposed(connection)
    if output_format is OutputFormat.JSON:
        print_json([_as_json(row) for row in rows])
        return
    for row in rows:
        say(row.name, row.kind, told_stories(row.stories), f"{row.score:.2f}", row.evidence[0].text)
    if total > len(rows):
        say(f"… and {total - len(rows):,} more (--limit)")
    elif not rows:
        say("no names are waiting")


@application.command("accept")
def accept_name(
    name: Annotated[str, typer.Argument(help="The name, as `entities proposed` shows it; another one is fine too.")],
    kind: KindOption = None,
    slug: Annotated[
        str | None,
        typer.Option("--slug", help="The address (default: made of the name); an entity's makes it another name of that one."),
    ] = None,
    alias: Annotated[list[str] | None, typer.Option("--alias", help="Another name of it; may be given several times.")] = None,
    called: Annotated[
        str | None, typer.Option("--name", help="What it is called, where that is not the name as proposed.")
    ] = None,
    curator: Curator = None,
) -> None:
    """Make a proposed name an entity; every story that has it is analysed again at once."""
    who = curator_named(curator)
    with open_store(get_settings()) as store:
        if kind is None:
            with store.read() as connection:
                known = entity_by_slug(connection, slug) if slug else None
                likely = None if known else proposed_named(connection, name)
            if known is None and likely is None:
                raise typer.BadParameter(f"no story proposes {name!r}: say what it is", param_hint="--kind")
            kind = likely.kind if likely else None
        decision = curating.accept(name, who, kind=kind.value if kind else None, slug=slug, aliases=alias or (), written=called)
        _decide(store, decision)


@application.command("reject")
def reject_name(name: Annotated[str, typer.Argument(help="The name.")], note: Note = None, curator: Curator = None) -> None:
    """Take a name out of the queue; one that was accepted is no entity any more."""
    with open_store(get_settings()) as store:
        _decide(store, curating.reject(name, curator_named(curator), note))


@application.command("reopen")
def reopen_name(name: Annotated[str, typer.Argument(help="The name.")], note: Note = None, curator: Curator = None) -> None:
    """Put a name back into the queue."""
    with open_store(get_settings()) as store:
        _decide(store, curating.reopen(name, curator_named(curator), note))


@application.command("merge")
def merge_entities(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The address of the one that goes.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The address of the one that stays.")],
    note: Note = None,
    curator: Curator = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many stories change; change nothing.")] = False,
) -> None:
    """Make two entities one: names and stories go to the one that stays, and the old address leads to it."""
    decision = curating.merge(old, new, curator_named(curator), note)
    with open_store(get_settings()) as store:
        if not dry_run:
            _decide(store, decision)
            return
        with store.read() as connection:
            seen = curating.preview(connection, load_gazetteer(), decision)
        if seen.reason:
            raise typer.BadParameter(seen.reason)
        say(f"{told_stories(seen.stories)} would be analysed again")


@application.command("split")
def split_entity(
    slug: Slug,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names that are another's; the first is its name.")],
    kind: KindOption = None,
    new_slug: NewSlug = None,
    note: Note = None,
    curator: Curator = None,
) -> None:
    """Give some names of an entity to another one, a new one unless --slug is an entity's address. Takes back a merge, too."""
    with open_store(get_settings()) as store:
        if kind is None:
            with store.read() as connection:
                entity = entity_by_slug(connection, slug)
            kind = Kind(entity.kind) if entity else None
        decision = curating.split(slug, names, curator_named(curator), kind=kind.value if kind else None, to=new_slug, note=note)
        _decide(store, decision)


@application.command("rename")
def rename_entity(
    slug: Slug,
    name: Annotated[str, typer.Argument(help="The new name.")],
    new_slug: NewSlug = None,
    note: Note = None,
    curator: Curator = None,
) -> None:
    """Give an entity another name, and an address to go with it; the old ones stay good."""
    with open_store(get_settings()) as store:
        _decide(store, curating.rename(slug, name, curator_named(curator), to=new_slug, note=note))


@application.command("retype")
def retype_entity(
    slug: Slug, kind: Annotated[Kind, typer.Argument(help="What it is.")], note: Note = None, curator: Curator = None
) -> None:
    """Change what kind of thing an entity is."""
    with open_store(get_settings()) as store:
        _decide(store, curating.retype(slug, kind.value, curator_named(curator), note))


@application.command("history")
def show_history(slug: Slug, output_format: Format = None) -> None:
    """List what people decided on an entity, the first first."""
    with open_store(get_settings()) as store, store.read() as connection:
        entity = entity_by_slug(connection, slug)
        made = history_of(entity.slug if entity else slug, decisions(connection, Subject.ENTITY, Subject.PROPOSAL))
    if entity is None and not made:
        raise typer.BadParameter(f"there is no entity at {slug!r}", param_hint="SLUG")
    if output_format is OutputFormat.JSON:
        print_json([as_json(decision) for decision in made])
        return
    for decision in made:
        say(as_line(decision))
    if not made:
        say(f"nobody has changed {slug}")


def _decide(store: Store, decision: Decision) -> None:
    """Make a decision and tell what became of it; wrong usage where it makes no sense."""
    try:
        decided = curating.decide(store, load_gazetteer(), decision)
    except Refused as refused:
        raise typer.BadParameter(str(refused)) from refused
    stories = decided.stories
    if decided.waiting:
        stories += run_with_bar(Reanalysis(store, load_gazetteer(), get_settings().import_batch))
    say(f"{_told(decided)}; {told_stories(stories)} analysed again")


def _told(decided: Decided) -> str:
    decision = decided.decision
    about = decision.details.get("name") or decision.subject_id
    where = f" (/entities/{decided.slug})" if decided.slug else ""
    return {
        "accept": f"accepted {about}{where}",
        "reject": f"rejected {about}",
        "reopen": f"put {about} back into the queue",
        "merge": f"merged {decision.subject_id} into {decision.details.get('into')}",
        "split": f"split {about} off from {decision.subject_id}{where}",
        "rename": f"renamed {decision.subject_id} to {about}{where}",
        "retype": f"{decision.subject_id} is of the kind {decision.details.get('kind')}",
    }[decision.action.value]


def _as_json(row: ProposedRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "spellings": list(row.spellings),
        "kind": row.kind.value,
        "score": round(row.score, 4),
        "stories": row.stories,
        "mentions": row.mentions,
        "evidence": [
            {
                "text": item.text,
                "reason": item.reason,
                "score": round(item.score, 4),
                "story": item.story_public_id,
                "title": item.story_title,
            }
            for item in row.evidence
        ],
    }
