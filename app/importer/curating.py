"""Decisions on entities and proposed names: recorded, and all that follows from them worked out at once.

A decision changes some names of the gazetteer. The stories that have one of these names, or mention an entity that is another one
by now, are analysed again in the transaction that records the decision; no other story can change. So a story's analysis always
knows all decisions, and only another analysis or another delivered gazetteer makes it stale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.analysis.gazetteer import Gazetteer
from app.analysis.stories import analyse
from app.domain.curated import proposal_key, refusal
from app.domain.curation import Action, Decision, Subject
from app.domain.entities import Alias
from app.domain.text import slugify
from app.importer.gazetteers import CuratedGazetteer, curated_gazetteer, with_decisions
from app.importer.workers import analysis_version, searched_names
from app.store.curation import record
from app.store.engine import Store
from app.store.gazetteer import drop_entities
from app.store.generation import bump
from app.store.proposals import stories_concerned
from app.store.revisions import mark_stale, without_analysis
from app.store.writer import StoryWriter

#: More stories than this are not analysed while whoever decides is waiting; they are marked, and ``dateline reanalyse`` has them.
AT_ONCE = 200


class Refused(ValueError):
    """A decision that makes no sense as things are; the message is for the person who made it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision: the address of the entity that it is about (``None`` for a name that is no entity's), how many
    stories were analysed again, and how many are waiting for it.
    """

    decision: Decision
    slug: str | None
    stories: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would do: ``reason`` is why it cannot be made, else ``stories`` is how many would be looked at again."""

    reason: str | None
    stories: int


def accept(
    name: str,
    curator: str,
    *,
    kind: str | None = None,
    slug: str | None = None,
    aliases: Sequence[str] = (),
    written: str | None = None,
) -> Decision:
    """That a proposed name is an entity's, called as it is ``written`` (default: as proposed), with other names.

    Where ``slug`` is the address of an entity, all these are other names of that one.
    """
    called = _tidy(written or name)
    others = dict.fromkeys(_tidy(alias) for alias in (*aliases, name))
    details = {"name": called, "aliases": [alias for alias in others if alias and alias != called], "kind": kind, "slug": slug}
    return _decision(Action.ACCEPT, Subject.PROPOSAL, proposal_key(name), curator, details)


def reject(name: str, curator: str, note: str | None = None) -> Decision:
    """That a proposed name is no entity; one that was accepted is none any more."""
    return _decision(Action.REJECT, Subject.PROPOSAL, proposal_key(name), curator, {"name": _tidy(name)}, note)


def reopen(name: str, curator: str, note: str | None = None) -> Decision:
    """That a proposed name is to be decided on anew."""
    return _decision(Action.REOPEN, Subject.PROPOSAL, proposal_key(name), curator, {"name": _tidy(name)}, note)


def merge(old: str, new: str, curator: str, note: str | None = None) -> Decision:
    """That the entity at ``old`` is the one at ``new``."""
    return _decision(Action.MERGE, Subject.ENTITY, old, curator, {"into": new}, note)


def split(
    slug: str, names: Sequence[str], curator: str, *, kind: str | None = None, to: str | None = None, note: str | None = None
) -> Decision:
    """That these names of an entity, the main one first, are another's: at ``to``, or at an address made of the name."""
    tidy = [tidied for name in names if (tidied := _tidy(name))]
    details = {"name": tidy[0] if tidy else "", "aliases": tidy[1:], "kind": kind, "slug": to}
    return _decision(Action.SPLIT, Subject.ENTITY, slug, curator, details, note)


def rename(slug: str, name: str, curator: str, *, to: str | None = None, note: str | None = None) -> Decision:
    """That an entity has another name and, at ``to`` or at an address made of that name, another address."""
    return _decision(Action.RENAME, Subject.ENTITY, slug, curator, {"name": _tidy(name), "slug": to}, note)


def retype(slug: str, kind: str, curator: str, note: str | None = None) -> Decision:
    """That an entity is of another kind."""
    return _decision(Action.RETYPE, Subject.ENTITY, slug, curator, {"kind": kind}, note)


def decide(store: Store, delivered: Gazetteer, decision: Decision, at_once: int = AT_ONCE) -> Decided:
    """Record a decision on an entity or a proposed name, and bring all stories that it concerns in step, in one transaction.

    Where more than ``at_once`` stories are concerned they are only marked: reanalysis has them next.

    Raises:
        Refused: the decision makes no sense as things are; nothing was done.
    """
    with store.write() as connection:
        before = curated_gazetteer(connection, delivered)
        made = _complete(before, decision)
        record(connection, [made])
        after = curated_gazetteer(connection, delivered)
        slug = _slug_of(after, made)
        if after.version == before.version:
            return Decided(made, slug, 0)
        done, waiting = bring_in_step(connection, before, after, at_once)
        bump(connection)
    return Decided(made, slug, done, waiting)


def bring_in_step(
    connection: Connection, before: CuratedGazetteer, after: CuratedGazetteer, at_once: int = AT_ONCE
) -> tuple[int, int]:
    """Analyse again the stories that the change of the gazetteer concerns, or mark them where there are more than ``at_once``.

    Returns:
        How many stories were analysed, and how many are waiting for it.
    """
    entity_ids = after.sync(connection, announce=False)
    story_ids = _concerned(connection, before.gazetteer, after.gazetteer)
    if len(story_ids) > at_once:
        mark_stale(connection, story_ids)
        return 0, len(story_ids)
    version = analysis_version(after.delivered_version)
    writer = StoryWriter(connection, entity_ids, searched_names(after.gazetteer), datetime.now(UTC), version)
    stories = [
        (parts, replace(story, analysis=analyse(story.document, after.gazetteer, source_events=False)))
        for parts, story in without_analysis(connection, story_ids)
    ]
    writer.replace_analysis(stories)
    drop_entities(connection, after.curated.gone)
    return len(stories), 0


def preview(connection: Connection, delivered: Gazetteer, decision: Decision) -> Preview:
    """What a decision would do, without making it."""
    before = curated_gazetteer(connection, delivered)
    try:
        made = _complete(before, decision)
    except Refused as error:
        return Preview(str(error), 0)
    after = with_decisions(delivered, (*before.decisions, made))
    return Preview(None, len(_concerned(connection, before.gazetteer, after)))


def _complete(before: CuratedGazetteer, decision: Decision) -> Decision:
    """The decision as it is recorded: with an address, and addresses are those of now.

    Raises:
        Refused: it makes no sense.
    """
    curated, entities = before.curated, before.curated.by_slug
    details = {key: value for key, value in decision.details.items() if value is not None}
    if "into" in details:
        details["into"] = curated.current(details["into"])
    about = curated.current(decision.subject_id) if decision.subject is Subject.ENTITY else decision.subject_id
    if decision.action in (Action.ACCEPT, Action.SPLIT, Action.RENAME) and not details.get("slug"):
        details["slug"] = slug = slugify(details["name"])
        # A name that is split off may go back to the address that a merge took from it; nothing else goes to another's unasked.
        owner = entities.get(slug if decision.action is Action.SPLIT else curated.current(slug))
        own = decision.action is Action.RENAME or (decision.action is Action.SPLIT and owner and owner.slug == about)
        if owner is not None and not own:
            raise Refused(
                f"{owner.slug} is the address of {owner.name} ({owner.kind}): "
                "name that address to give it these names, or name another one."
            )
    made = replace(decision, subject_id=about, details=details)
    if reason := refusal(curated, made):
        raise Refused(reason)
    if made.subject is Subject.ENTITY:
        # What the entities were called then, for whoever reads the record later.
        details["was"] = entities[about].name
        if "into" in details:
            details["into_name"] = entities[details["into"]].name
    return made


def _slug_of(after: CuratedGazetteer, made: Decision) -> str | None:
    """The address of the entity that a decision is about; ``None`` where it is about a name that is no entity's."""
    slug = made.details.get("slug") or (made.subject_id if made.subject is Subject.ENTITY else "")
    current = after.curated.current(slug)
    return current if current in after.gazetteer.by_slug else None


def _concerned(connection: Connection, before: Gazetteer, after: Gazetteer) -> Sequence[int]:
    """The stories whose analysis with one of these gazetteers may differ from that with the other."""
    slugs = {slug for slug in before.by_slug.keys() | after.by_slug.keys() if before.by_slug.get(slug) != after.by_slug.get(slug)}
    names = {name for name in before.names.keys() | after.names.keys() if _owners(before, name) != _owners(after, name)}
    return connection.scalars(stories_concerned(connection, slugs, names)).all()


def _owners(gazetteer: Gazetteer, name: str) -> list[tuple[str, Alias]]:
    return [(entity.slug, alias) for entity, alias in gazetteer.names.get(name, ())]


def _decision(
    action: Action, subject: Subject, subject_id: str, curator: str, details: Mapping[str, Any], note: str | None = None
) -> Decision:
    return Decision(action, subject, subject_id, curator, datetime.now(UTC), details, _tidy(note or "") or None)


def _tidy(text: str) -> str:
    return " ".join(text.split())
