"""What people decided, as lines for curators to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.curation import Action, Decision, Subject
from app.web import links, words
from app.web.i18n import N_, gettext

_SENTENCES: Mapping[tuple[Subject, Action], str] = {
    (Subject.PROPOSAL, Action.ACCEPT): N_("%(name)s accepted"),
    (Subject.PROPOSAL, Action.REJECT): N_("%(name)s rejected"),
    (Subject.PROPOSAL, Action.REOPEN): N_("%(name)s put back into the queue"),
    (Subject.ENTITY, Action.MERGE): N_("%(subject)s merged into %(into)s"),
    (Subject.ENTITY, Action.SPLIT): N_("%(names)s split off from %(subject)s"),
    (Subject.ENTITY, Action.RENAME): N_("%(subject)s renamed to %(name)s"),
    (Subject.ENTITY, Action.RETYPE): N_("%(subject)s: kind changed to %(kind)s"),
    (Subject.FINDING, Action.CONFIRM): N_("Finding confirmed"),
    (Subject.FINDING, Action.DISMISS): N_("Finding dismissed"),
    (Subject.FINDING, Action.CORRECT): N_("Finding marked corrected"),
    (Subject.FINDING, Action.REOPEN): N_("Finding reopened"),
    (Subject.STORY, Action.WITHDRAW): N_("Story withdrawn"),
    (Subject.STORY, Action.RESTORE): N_("Story restored"),
}


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in a sentence."""

    day: date
    curator: str
    sentence: str
    url: str | None
    note: str | None


def decision_lines(decisions: Iterable[Decision]) -> tuple[DecisionLine, ...]:
    """These decisions, in their order."""
    return tuple(_line(decision) for decision in decisions)


def _line(decision: Decision) -> DecisionLine:
    details = decision.details
    names = [str(name) for name in (details.get("name"), *details.get("aliases", ())) if name]
    sentence = gettext(
        _SENTENCES.get((decision.subject, decision.action), N_("%(action)s: %(subject)s")),
        action=decision.action.value,
        subject=details.get("was") or decision.subject_id,
        name=details.get("name") or decision.subject_id,
        names=words.listed(names) if names else "",
        into=details.get("into_name") or details.get("into", ""),
        kind=words.kind(details["kind"]) if details.get("kind") in words.KINDS else "",
    )
    return DecisionLine(decision.decided_at.date(), decision.curator, sentence, _url(decision), decision.note)


def _url(decision: Decision) -> str | None:
    if decision.subject is Subject.FINDING:
        return links.finding(decision.subject_id)
    if decision.subject is Subject.STORY:
        return links.story_history(decision.subject_id)
    slug = decision.details.get("slug") or decision.details.get("into")
    if decision.subject is Subject.ENTITY:
        return links.admin_entity(slug or decision.subject_id)
    return links.admin_entity(slug) if slug and decision.action is Action.ACCEPT else None
