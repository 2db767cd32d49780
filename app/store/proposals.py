"""Names that the gazetteer lacks, as a queue for people: each name once, those of most stories first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, cast, func, select, union

from app.domain.curated import proposal_key
from app.domain.curation import Action, Subject
from app.domain.entities import Kind
from app.store.dialects import dialect_of
from app.store.dialects.search import words_of
from app.store.schema import Decision, Entity, Mention, Proposal, Revision, SearchDocument, Story

#: Sentences that a name is shown with.
EVIDENCE = 3
_CHUNK = 200
_PLACE = re.compile(r"(\d{1,18})\.(\d{1,3})\.(.+)", re.ASCII | re.DOTALL)


#: The best score of a name, in hundredths: as exact as an address can be.
_best_score: ColumnElement[int] = cast(func.round(100 * func.max(Proposal.score)), Integer)


class _Counted(NamedTuple):
    stories: int
    score: int
    mentions: int


class QueuePlace(NamedTuple):
    """A place in the queue: what comes after it is in fewer stories, has less that speaks for it, or is later in the alphabet."""

    stories: int
    score: int
    """The best score, in hundredths."""
    key: str

    def __str__(self) -> str:
        return f"{self.stories}.{self.score}.{self.key}"

    @classmethod
    def parse(cls, text: str) -> QueuePlace:
        """The place that a string names.

        Raises:
            ValueError: it names none.
        """
        match = _PLACE.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]), match[3])


class EvidenceRow(NamedTuple):
    """A sentence with a proposed name, and the story that it stands in."""

    text: str
    reason: str
    score: float
    story_public_id: str
    story_slug: str
    story_title: str
    sort_date: date | None


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A proposed name: as it is spelt where most speaks for it, its likeliest kind, and the best evidence."""

    key: str
    """The same for all spellings that differ in case and accents only."""
    name: str
    spellings: tuple[str, ...]
    kind: Kind
    score: float
    stories: int
    mentions: int
    evidence: tuple[EvidenceRow, ...]
    place: QueuePlace
    """Where it stands in the queue."""


def proposed(connection: Connection, limit: int, after: QueuePlace | None = None) -> tuple[ProposedRow, ...]:
    """Names that nobody has decided on, from a place in the queue on."""
    stories = func.count(func.distinct(Proposal.story_id))
    query = (
        select(Proposal.folded, stories, _best_score, func.sum(Proposal.mention_count))
        .where(Proposal.folded.not_in(_decided()))
        .group_by(Proposal.folded)
        .order_by(stories.desc(), _best_score.desc(), Proposal.folded)
        .limit(limit)
    )
    if after:
        later = (_best_score < after.score) | ((_best_score == after.score) & (Proposal.folded > after.key))
        query = query.having((stories < after.stories) | ((stories == after.stories) & later))
    return _rows(connection, {key: _Counted(*counted) for key, *counted in connection.execute(query)})


def proposed_named(connection: Connection, name: str) -> ProposedRow | None:
    """A proposed name, decided on or not; ``None`` where no story proposes it."""
    key = proposal_key(name)
    counted = connection.execute(
        select(func.count(func.distinct(Proposal.story_id)), _best_score, func.sum(Proposal.mention_count)).where(
            Proposal.folded == key
        )
    ).one()
    return _rows(connection, {key: _Counted(*counted)})[0] if counted[0] else None


def count_proposed(connection: Connection) -> int:
    """How many names wait for a decision."""
    return connection.execute(
        select(func.count(func.distinct(Proposal.folded))).where(Proposal.folded.not_in(_decided()))
    ).scalar_one()


def stories_concerned(connection: Connection, slugs: Collection[str], names: Collection[str]) -> Select[int]:
    """The ids of the stories whose analysis may change when these entities or the meaning of these names do.

    Stories that mention an entity are known; those with a name are found by the full-text index, which knows more of them
    rather than fewer.
    """
    mentioning = (
        select(Revision.story_id)
        .join(Mention, Mention.revision_id == Revision.id)
        .join(Entity, Entity.id == Mention.entity_id)
        .where(Entity.slug.in_(sorted(slugs)))
    )
    keys = sorted({proposal_key(name) for name in names})
    proposing = select(Proposal.story_id).where(Proposal.folded.in_(keys))
    found: list[Select[int]] = [mentioning, proposing]
    phrases = sorted({words for name in names if (words := words_of(name))})
    if phrases:
        found.append(dialect_of(connection).stories_naming(phrases))
    # Scripts without spaces are one long word to the index.
    for name in sorted(names):
        if any("\u2e80" <= character <= "\ud7ff" for character in name):
            columns = (SearchDocument.title, SearchDocument.summary, SearchDocument.sources)
            anywhere = [column.contains(name, autoescape=True) for column in columns]
            found.append(select(SearchDocument.story_id).where(anywhere[0] | anywhere[1] | anywhere[2]))
    either = union(*found).subquery()
    return select(Story.id).where(Story.id.in_(select(either.c[0]))).order_by(Story.id)


def _decided() -> Select[str]:
    """The names that people have decided on, those excepted that were put back into the queue."""
    last = select(func.max(Decision.id)).where(Decision.subject == Subject.PROPOSAL).group_by(Decision.subject_id)
    return select(Decision.subject_id).where(Decision.id.in_(last), Decision.action != Action.REOPEN)


def _rows(connection: Connection, counted: dict[str, _Counted]) -> tuple[ProposedRow, ...]:
    spellings: defaultdict[str, dict[str, Kind]] = defaultdict(dict)
    best: defaultdict[str, list[EvidenceRow]] = defaultdict(list)
    for keys in _chunks(list(counted)):
        place = func.row_number().over(
            partition_by=Proposal.folded, order_by=(Proposal.score.desc(), Proposal.mention_count.desc(), Proposal.story_id)
        )
        ranked = select(Proposal, place.label("place")).where(Proposal.folded.in_(keys)).subquery()
        rows = connection.execute(
            select(
                ranked.c.folded,
                ranked.c.name,
                ranked.c.kind,
                ranked.c.evidence,
                ranked.c.reason,
                ranked.c.score,
                Story.public_id,
                Story.slug,
                Story.title,
                Story.sort_date,
            )
            .join(Story, Story.id == ranked.c.story_id)
            .where(ranked.c.place <= EVIDENCE)
            .order_by(ranked.c.folded, ranked.c.place)
        )
        for key, name, kind, *evidence in rows:
            spellings[key].setdefault(name, Kind(kind))
            best[key].append(EvidenceRow(*evidence))
    return tuple(
        ProposedRow(
            key=key,
            name=next(iter(spellings[key])),
            spellings=tuple(spellings[key]),
            kind=next(iter(spellings[key].values())),
            score=best[key][0].score,
            stories=counts.stories,
            mentions=counts.mentions,
            evidence=tuple(best[key]),
            place=QueuePlace(counts.stories, counts.score, key),
        )
        for key, counts in counted.items()
    )


def _chunks(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK)]
