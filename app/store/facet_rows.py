"""The filter values of a story's dated rows, from the story itself: what ``facet_counts`` reads from tables otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from app.domain.documents import Sentence
from app.domain.stories import AnalysedStory
from app.store.buffer import References
from app.store.facet_counts import MONTH, Value

#: An event as filters see it: its day, its type, who takes part, and its sentence by part and number from 0.
Dated = tuple[date, str, Sequence[int], tuple[str, int]]


def story_facets(
    story: AnalysedStory,
    summary: Sequence[Sentence],
    day: date | None,
    category_id: int | None,
    about: Iterable[int],
    events: Iterable[Dated],
    references: References,
) -> Iterator[set[Value]]:
    """The values of each row of timelines that a story has: of itself, where its ``day`` is known, and of its dated events."""
    outlets = {source.number: references.outlets[source.outlet] for source in story.document.sources if source.outlet}
    verdicts = {(check.part, check.index): check.verdict.value for check in story.analysis.checks}
    kinds = references.kinds
    if day is not None:
        yield {
            *_values("story", day, category_id, about, kinds),
            *(_value("outlet", outlet) for outlet in outlets.values()),
            *(_value("verdict", verdict) for verdict in set(verdicts.values())),
        }
    for event_day, kind, participants, place in events:
        values = {*_values(kind, event_day, category_id, participants, kinds)}
        if outlets:
            sentence = (story.document.dek if place[0] == "dek" else summary)[place[1]]
            cited = (*(citation.number for citation in sentence.citations), *sentence.inherited)
            values.update(_value("outlet", outlets[number]) for number in cited if number in outlets)
        if place in verdicts:
            values.add(_value("verdict", verdicts[place]))
        yield values


def _values(kind: str, day: date, category_id: int | None, entities: Iterable[int], kinds: Mapping[int, str]) -> Iterator[Value]:
    yield _value("type", kind)
    yield _value(MONTH, day.isoformat()[:7])
    if category_id is not None:
        yield _value("category", category_id)
    for entity_id in entities:
        yield _value("entity", entity_id)
        yield _value("kind", kinds[entity_id])


@lru_cache(maxsize=20_000)
def _value(field: str, value: str | int) -> Value:
    return Value(field, str(value))
