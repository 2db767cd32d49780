"""Reading verdicts and findings: those of a story, and lists over all stories, the strong ones first and then the newest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.findings import FindingKind, FindingState, Strength, Verdict
from app.store.schema import (
    Category,
    Check,
    Entity,
    EntityVerdict,
    Evidence,
    Finding,
    Outlet,
    OutletVerdict,
    Sentence,
    Source,
    Story,
    StoryEntity,
)

#: What readers see: all but what a curator dismissed.
SHOWN = (FindingState.OPEN, FindingState.CONFIRMED, FindingState.CORRECTED)
#: Findings among which entities and outlets are counted.
COUNTED = 1000
_CHUNK = 500
_UNDATED = "undated"
#: Of the largest row id.
_DIGITS = 18


class FindingRow(NamedTuple):
    """A finding with its sentence, source and story. Offsets count characters of ``sentence`` and of the source's text."""

    id: int
    public_id: str
    kind: FindingKind
    strength: Strength
    state: FindingState
    reason: str
    start: int
    end: int
    source_start: int | None
    source_end: int | None
    passage_start: int | None
    passage_end: int | None
    sort_date: date | None
    sentence_id: int
    sentence: str
    part: str
    position: int
    source_id: int | None
    source_number: int | None
    source_title: str | None
    source_url: str | None
    passage: str | None
    """The text of the passage."""
    source_words: str | None
    """What stands in the source in the place of what differs."""
    outlet_slug: str | None
    outlet_name: str | None
    story_public_id: str
    story_slug: str
    story_title: str
    story_updated_at: datetime


class PassageRow(NamedTuple):
    """A passage that carries the content of a sentence."""

    source_id: int
    source_number: int
    outlet_name: str | None
    start: int
    end: int
    text: str
    score: float


class CheckRow(NamedTuple):
    """The verdict on a sentence, with the passages that carry it, the best first."""

    verdict: Verdict
    reason: str | None
    evidence: tuple[PassageRow, ...]


class Place(NamedTuple):
    """A place in a list of findings: what comes after it is weaker, older or was stored earlier."""

    strength: Strength
    day: date | None
    id: int

    def __str__(self) -> str:
        return f"{self.strength}.{self.day or _UNDATED}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that a string names.

        Raises:
            ValueError: it names none.
        """
        strength, day, row_id = text.split(".")
        if len(row_id) > _DIGITS:
            raise ValueError(text)
        return cls(Strength(strength), None if day == _UNDATED else date.fromisoformat(day), int(row_id))


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings; empty for any. Of ``entities`` a story must be about one of each group."""

    kinds: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    states: tuple[str, ...] = SHOWN
    entities: tuple[tuple[int, ...], ...] = ()
    outlet_ids: tuple[int, ...] = ()
    category_ids: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None


class FindingCount(NamedTuple):
    """How many findings are of this kind, strength and state in this category."""

    kind: str
    strength: str
    state: str
    category_id: int | None
    findings: int


class NamedCount(NamedTuple):
    """An entity or an outlet with a number of findings."""

    slug: str
    name: str
    findings: int


class Share(NamedTuple):
    """How many sentences could be checked, and how many of them are supported by what they cite."""

    supported: int
    checked: int

    @property
    def per_cent(self) -> int:
        """Of what was checked; 0 where nothing was."""
        return round(100 * self.supported / self.checked) if self.checked else 0


_FINDINGS: Select[*tuple[Any, ...]] = (
    select(
        Finding.id,
        Finding.public_id,
        Finding.kind,
        Finding.strength,
        Finding.state,
        Finding.reason,
        Finding.start_offset,
        Finding.end_offset,
        Finding.source_start,
        Finding.source_end,
        Finding.passage_start,
        Finding.passage_end,
        Finding.sort_date,
        Finding.sentence_id,
        Sentence.text,
        Sentence.part,
        Sentence.position,
        Finding.source_id,
        Source.number,
        Source.title,
        Source.url,
        func.substr(Source.text, Finding.passage_start + 1, Finding.passage_end - Finding.passage_start),
        func.substr(Source.text, Finding.source_start + 1, Finding.source_end - Finding.source_start),
        Outlet.slug,
        Outlet.name,
        Story.public_id,
        Story.slug,
        Story.title,
        Story.updated_at,
    )
    .join(Sentence, Sentence.id == Finding.sentence_id)
    .join(Story, Story.id == Finding.story_id)
    .outerjoin(Source, Source.id == Finding.source_id)
    .outerjoin(Outlet, Outlet.id == Source.outlet_id)
)


_ONE = _FINDINGS.where(Finding.public_id == bindparam("public_id"))
_OF_STORY = _FINDINGS.where(Story.public_id == bindparam("public_id")).order_by(
    Sentence.part, Sentence.position, Finding.strength, Finding.id
)
_STORY_ID = select(Story.id).where(Story.public_id == bindparam("public_id")).scalar_subquery()
_CHECKS = select(Check.sentence_id, Check.verdict, Check.reason).where(Check.story_id == _STORY_ID)
_EVIDENCE = (
    select(
        Evidence.sentence_id,
        Evidence.source_id,
        Source.number,
        Outlet.name,
        Evidence.start_offset,
        Evidence.end_offset,
        func.substr(Source.text, Evidence.start_offset + 1, Evidence.end_offset - Evidence.start_offset),
        Evidence.score,
    )
    .join(Check, Check.sentence_id == Evidence.sentence_id)
    .join(Source, Source.id == Evidence.source_id)
    .outerjoin(Outlet, Outlet.id == Source.outlet_id)
    .where(Check.story_id == _STORY_ID)
    .order_by(Evidence.sentence_id, Evidence.position)
)


def finding(connection: Connection, public_id: str) -> FindingRow | None:
    """One finding, in whatever state; ``None`` where there is none with this id now."""
    return next(iter(_rows(connection, _ONE, public_id=public_id)), None)


def story_findings(connection: Connection, story_public_id: str) -> tuple[FindingRow, ...]:
    """The findings of a story's current revision, in the order of its sentences, dismissed ones included."""
    return tuple(_rows(connection, _OF_STORY, public_id=story_public_id))


def story_checks(connection: Connection, story_public_id: str) -> dict[int, CheckRow]:
    """The verdicts on the sentences of a story's current revision, by row id of the sentence; empty where it was not checked."""
    parameters = {"public_id": story_public_id}
    checks = connection.execute(_CHECKS, parameters).all()
    evidence: defaultdict[int, list[PassageRow]] = defaultdict(list)
    if checks:
        for sentence_id, *passage in connection.execute(_EVIDENCE, parameters):
            evidence[sentence_id].append(PassageRow(*passage))
    return {
        sentence_id: CheckRow(Verdict(verdict), reason, tuple(evidence[sentence_id])) for sentence_id, verdict, reason in checks
    }


def verdicts(connection: Connection, sentence_ids: Iterable[int]) -> dict[int, Verdict]:
    """The verdicts on these sentences of current revisions, by row id; what was not checked is left out."""
    wanted = sorted(set(sentence_ids))
    found: dict[int, Verdict] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = connection.execute(
            select(Check.sentence_id, Check.verdict).where(Check.sentence_id.in_(wanted[start : start + _CHUNK]))
        )
        found.update((sentence_id, Verdict(verdict)) for sentence_id, verdict in rows)
    return found


def findings(connection: Connection, filters: FindingFilter, limit: int, after: Place | None = None) -> tuple[FindingRow, ...]:
    """Findings under a filter: the strong ones first, of each strength the newest first and those of undated stories last."""
    found: list[FindingRow] = []
    conditions = _conditions(filters)
    for strength in Strength:
        if filters.strengths and strength not in filters.strengths:
            continue
        for dated in (True, False):
            if len(found) >= limit or not _reaches(strength, dated, after):
                continue
            query = _FINDINGS.where(Finding.strength == strength.value, *conditions)
            query = query.where(Finding.sort_date.is_not(None) if dated else Finding.sort_date.is_(None))
            if after and after.strength == strength and (after.day is not None) == dated:
                query = query.where(_beyond(after))
            query = query.order_by(*([Finding.sort_date.desc()] if dated else []), Finding.id.desc())
            found += _rows(connection, query.limit(limit - len(found)))
    return tuple(found)


def counts(connection: Connection, filters: FindingFilter) -> tuple[FindingCount, ...]:
    """The findings under a filter by kind, strength, state and category."""
    columns = (Finding.kind, Finding.strength, Finding.state, Finding.category_id)
    query = select(*columns, func.count()).where(*_conditions(filters)).group_by(*columns)
    if filters.strengths:
        query = query.where(Finding.strength.in_(filters.strengths))
    return tuple(FindingCount(*row) for row in connection.execute(query))


def named_most(
    connection: Connection, filters: FindingFilter, limit: int
) -> tuple[tuple[NamedCount, ...], tuple[NamedCount, ...]]:
    """The entities and the outlets of most of the findings under a filter, counted among the ``COUNTED`` stored last."""
    query = select(Finding.id, Finding.story_id, Finding.source_id).where(*_conditions(filters))
    if filters.strengths:
        query = query.where(Finding.strength.in_(filters.strengths))
    newest = query.order_by(Finding.id.desc()).limit(COUNTED).subquery()
    entities = connection.execute(
        select(Entity.slug, Entity.name, func.count())
        .join(StoryEntity, StoryEntity.entity_id == Entity.id)
        .join(newest, newest.c.story_id == StoryEntity.story_id)
        .where(StoryEntity.about)
        .group_by(Entity.slug, Entity.name)
        .order_by(func.count().desc(), Entity.name)
        .limit(limit)
    )
    outlets = connection.execute(
        select(Outlet.slug, Outlet.name, func.count())
        .join(Source, Source.outlet_id == Outlet.id)
        .join(newest, newest.c.source_id == Source.id)
        .group_by(Outlet.slug, Outlet.name)
        .order_by(func.count().desc(), Outlet.name)
        .limit(limit)
    )
    return tuple(NamedCount(*row) for row in entities), tuple(NamedCount(*row) for row in outlets)


def category_names(connection: Connection, category_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Slug and name of categories by row id."""
    rows = connection.execute(select(Category.id, Category.slug, Category.name).where(Category.id.in_(category_ids)))
    return {row_id: (slug, name) for row_id, slug, name in rows}


_OF_ENTITY = select(EntityVerdict.verdict, EntityVerdict.sentences).where(EntityVerdict.entity_id == bindparam("id"))
_OF_OUTLET = select(OutletVerdict.verdict, OutletVerdict.sentences).where(OutletVerdict.outlet_id == bindparam("id"))


def entity_share(connection: Connection, entity_id: int) -> Share:
    """How much of the summaries of stories about an entity is supported by what they cite."""
    rows = connection.execute(_OF_ENTITY, {"id": entity_id})
    return _share({Verdict(verdict): sentences for verdict, sentences in rows})


def outlet_share(connection: Connection, outlet_id: int) -> Share:
    """How many of the sentences that cite an outlet are supported by what they cite."""
    rows = connection.execute(_OF_OUTLET, {"id": outlet_id})
    return _share({Verdict(verdict): sentences for verdict, sentences in rows})


def _share(sentences: dict[Verdict, int]) -> Share:
    checked = sum(count for verdict, count in sentences.items() if verdict is not Verdict.UNCHECKED)
    return Share(sentences.get(Verdict.SUPPORTED, 0), checked)


def _conditions(filters: FindingFilter) -> list[ColumnElement[bool]]:
    """All but the strength, by which lists go."""
    found: list[ColumnElement[bool]] = [Finding.state.in_(filters.states)]
    if filters.kinds:
        found.append(Finding.kind.in_(filters.kinds))
    if filters.outlet_ids:
        found.append(Finding.source_id.in_(select(Source.id).where(Source.outlet_id.in_(filters.outlet_ids))))
    return found + about_stories(filters, Finding.story_id, Finding.category_id, Finding.sort_date)


def about_stories(
    filters: FindingFilter,
    story_id: InstrumentedAttribute[int],
    category_id: InstrumentedAttribute[int | None],
    day: InstrumentedAttribute[date | None],
) -> list[ColumnElement[bool]]:
    """What a filter asks of the stories, whose columns these are."""
    found: list[ColumnElement[bool]] = []
    if filters.category_ids:
        found.append(category_id.in_(filters.category_ids))
    for group in filters.entities:
        about = select(StoryEntity.story_id).where(StoryEntity.entity_id.in_(group), StoryEntity.about)
        found.append(story_id.in_(about))
    if filters.first:
        found.append(day >= filters.first)
    if filters.last:
        found.append(day <= filters.last)
    return found


def _reaches(strength: Strength, dated: bool, after: Place | None) -> bool:
    """Whether anything of this strength, dated or not, comes after a place."""
    if after is None:
        return True
    order = list(Strength)
    return (order.index(strength), not dated) >= (order.index(after.strength), after.day is None)


def _beyond(place: Place) -> ColumnElement[bool]:
    if place.day is None:
        return Finding.id < place.id
    return (Finding.sort_date < place.day) | ((Finding.sort_date == place.day) & (Finding.id < place.id))


def _rows(connection: Connection, query: Select[*tuple[Any, ...]], **parameters: object) -> list[FindingRow]:
    return [
        FindingRow(row_id, public_id, FindingKind(kind), Strength(strength), FindingState(state), *rest)
        for row_id, public_id, kind, strength, state, *rest in connection.execute(query, parameters)
    ]
