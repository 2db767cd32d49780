"""The sources of a document as the rules need them: what they have is worked out when it is first asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from app.analysis.certainty import Hedge, hedges
from app.analysis.check.wording import plain, stands_in, word_set
from app.analysis.dates import find_dates_after
from app.analysis.evidence import Passage, Passages
from app.analysis.measures import Measure, Quantity
from app.analysis.quantities import find_quantities
from app.analysis.quotes import keys
from app.domain.dates import Interval
from app.domain.documents import ParsedSource
from app.domain.entities import Entity, Mention
from app.domain.events import DatedPhrase

#: So many places of one value are kept for each source, and so many values of about one size.
_MOST_PLACES = 12
_MOST_IN_PASSAGE = 160
_MOST_VALUES = 120
_PEOPLE = re.compile(r"\b[A-Z][a-z]{2,12}(?:ese|ians?|eans?|ans?|ish|ch)\b")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*(?:(?:\s(?:of|for|and|the|on)){0,2}[\s-][A-Z][\w’'-]*){1,7}")
_CAPITAL = re.compile(r"\b[A-Z]")
# Each begins with its letters and looks behind them afterwards, because that is what the engine can skip to.
_MONTHS = tuple(
    re.compile(rf"{month}(?<!\w{month})(?=[a-z]{{0,6}}\b)") for month in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
)


@dataclass(frozen=True)
class SourceMaterial:
    """One source: its number, text and date, the entities that were found in it, and every word that it has."""

    number: int
    text: str
    about: str
    """What stands beside the text and may back a name: title, outlet, author."""
    published: Interval | None
    mentions: Sequence[Mention]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the text and of what stands beside it, in lower case."""
        return word_set(f"{self.text} {self.about}")

    @cached_property
    def _folded(self) -> str:
        return f"{self.text} {self.about}".casefold()

    def has_word(self, word: str) -> bool:
        """Whether it has a word in lower case, as one of :attr:`words`; to look for a few is quicker than to read them all."""
        return stands_in(word, self._folded)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """The words that have accents, without them: "nestle" for Nestlé."""
        return frozenset(plain(word) for word in self.words if not word.isascii())

    def names_month(self, month: int) -> bool:
        """Whether the text names a month, 1 to 12."""
        return _MONTHS[month - 1].search(self.text) is not None

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The entities of the text."""
        return frozenset(mention.slug for mention in self.mentions)

    @cached_property
    def stems(self) -> frozenset[str]:
        """How the words begin, three to five letters: "norw" for Norway, to recognise the Norwegian."""
        return frozenset(word[:length] for word in self.words for length in (3, 4, 5) if length <= len(word) <= length + 6)

    @cached_property
    def peoples(self) -> frozenset[str]:
        """The first four letters of words that may tell where somebody is from: "norw" for Norwegian, to recognise Norway."""
        return frozenset(found[0].casefold()[:4] for found in _PEOPLE.finditer(self.text))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The capitals of the names in the text, in lower case: "ftc" for the Federal Trade Commission."""
        return frozenset(
            "".join(_CAPITAL.findall(found[0])).casefold()[first:]
            for found in _CAPITALISED.finditer(self.text)
            for first in (0, 1)
        )

    @cached_property
    def quoted(self) -> str:
        """The words of the text as quotations are compared, joined by spaces with one at either end."""
        return f" {' '.join(keys(self.text))} "


class _Told(NamedTuple):
    """Where sources tell values: the places by source and value, and the values by source and size."""

    values: dict[tuple[int, float], list[tuple[int, Quantity]]]
    near: dict[tuple[int, int], list[float]]


class Sources:
    """The sources of a document that have a text. What a rule asks for is worked out once."""

    def __init__(
        self,
        sources: Sequence[ParsedSource],
        bounds: Sequence[Sequence[tuple[int, int]]],
        mentions: Mapping[int, Sequence[Mention]],
        entities: Mapping[str, Entity],
    ) -> None:
        """``bounds`` are the sentences of each source, ``mentions`` its entities by its place in ``sources``.

        ``entities`` is the gazetteer by slug.
        """
        self.by_number: dict[int, SourceMaterial] = {}
        sentences: list[Sequence[tuple[int, int]]] = []
        for place, source in enumerate(sources):
            if source.text.strip() and source.number not in self.by_number:
                about = " ".join(filter(None, (source.title, source.raw_title, source.outlet, source.author)))
                self.by_number[source.number] = SourceMaterial(
                    source.number, source.text, about, source.published, mentions.get(place, ())
                )
                sentences.append(bounds[place])
        self.entities = entities
        self.passages = Passages([(source.number, source.text) for source in self.by_number.values()], sentences)
        self._quantities: dict[int, list[Quantity]] = {}
        self._currencies: dict[int, frozenset[str]] = {}
        self._versions: dict[str, frozenset[float]] = {}
        self._hedges: dict[int, list[Hedge]] = {}
        self._slugs: dict[int, frozenset[str]] = {}
        self._folded: dict[int, str] = {}
        self._dates: dict[int, list[DatedPhrase]] = {}

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The entities of all texts."""
        return frozenset().union(*(source.slugs for source in self.by_number.values()))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of all sources."""
        return frozenset().union(*(source.words for source in self.by_number.values()))

    def quantities(self, index: int) -> list[Quantity]:
        """The quantities of a passage, offsets counting from its beginning."""
        found = self._quantities.get(index)
        if found is None:
            found = self._quantities[index] = find_quantities(self.passages.all[index].text)[:_MOST_IN_PASSAGE]
        return found

    def currencies(self, source: int) -> frozenset[str]:
        """The currencies in which a source tells anything."""
        found = self._currencies.get(source)
        if found is None:
            found = self._currencies[source] = frozenset(
                quantity.unit
                for index, passage in enumerate(self.passages.all)
                if passage.source == source
                for quantity in self.quantities(index)
                if quantity.measure is Measure.MONEY
            )
        return found

    def hedges(self, index: int) -> list[Hedge]:
        """The words of a passage that hedge something, offsets counting from its beginning."""
        found = self._hedges.get(index)
        if found is None:
            found = self._hedges[index] = hedges(self.passages.all[index].text)
        return found

    @cached_property
    def _told(self) -> _Told:
        told = _Told({}, {})
        for index, passage in enumerate(self.passages.all):
            for quantity in self.quantities(index):
                for value in _values(quantity):
                    same_value = told.values.setdefault((passage.source, value), [])
                    if not same_value:
                        near = told.near.setdefault((passage.source, magnitude(value)), [])
                        if len(near) < _MOST_VALUES:
                            near.append(value)
                    if len(same_value) < _MOST_PLACES:
                        same_value.append((index, quantity))
        return told

    def holding(self, quantity: Quantity) -> list[tuple[int, Quantity]]:
        """The passages that hold a value or a number about as large as ``quantity``, each with what they tell.

        Not more than is needed to tell whether and where it stands, however often a source repeats it.
        """
        found: dict[tuple[int, int], tuple[int, Quantity]] = {}
        for source, value in product(self.by_number, _values(quantity)):
            key = magnitude(value)
            places = [*self._told.values.get((source, value), ())]
            for near in (key - 1, key, key + 1):
                for other in self._told.near.get((source, near), ()):
                    places += self._told.values[source, other]
            found |= {(index, other.start): (index, other) for index, other in places[:_MOST_VALUES]}
        return [found[place] for place in sorted(found)]

    def versions(self, unit: str) -> frozenset[float]:
        """The versions of a named thing that the sources tell; ``unit`` is its name in lower case."""
        found = self._versions.get(unit)
        if found is None:
            found = self._versions[unit] = frozenset(
                quantity.value
                for index in range(len(self.passages.all))
                # Looking for the name first saves reading the quantities of all other passages.
                if unit in self.folded(index)
                for quantity in self.quantities(index)
                if quantity.measure is Measure.VERSION and quantity.unit == unit
            )
        return found

    def mentions(self, index: int) -> Sequence[Mention]:
        """The entities of a passage, offsets counting from the beginning of the source's text."""
        return self._mentions.get(index, ())

    @cached_property
    def _mentions(self) -> Mapping[int, Sequence[Mention]]:
        found: defaultdict[int, list[Mention]] = defaultdict(list)
        starts = [passage.start for passage in self.passages.all]
        for number, source in self.by_number.items():
            own = self.passages.of_source[number]
            for mention in source.mentions:
                found[bisect_right(starts, mention.start, own.start, own.stop) - 1].append(mention)
        return found

    def slugs_of(self, index: int) -> frozenset[str]:
        """The entities of a passage."""
        found = self._slugs.get(index)
        if found is None:
            found = self._slugs[index] = frozenset(mention.slug for mention in self.mentions(index))
        return found

    def folded(self, index: int) -> str:
        """The text of a passage without case."""
        found = self._folded.get(index)
        if found is None:
            found = self._folded[index] = self.passages.all[index].text.casefold()
        return found

    def dates(self, index: int) -> list[DatedPhrase]:
        """The dates of a passage, offsets counting from its beginning, read against the date of its source."""
        found = self._dates.get(index)
        if found is None:
            passage = self.passages.all[index]
            texts = [item.text for item in self.around(index, 1, 0)]
            found = find_dates_after(texts, passage.text, self.by_number[passage.source].published)[:_MOST_IN_PASSAGE]
            self._dates[index] = found
        return found

    def around(self, index: int, before: int = 1, after: int = 1) -> list[Passage]:
        """The passages right before and after one in the same source."""
        return [self.passages.all[place] for place in self.near(index, before, after) if place != index]

    def near(self, index: int, before: int, after: int) -> list[int]:
        """The places of a passage and of those right before and after it in the same source."""
        every = self.passages.all
        source = every[index].source
        return [
            place for place in range(max(index - before, 0), min(index + after + 1, len(every))) if every[place].source == source
        ]


def magnitude(value: float) -> int:
    """A number that is the same for values of about the same size: by a tenth apart it grows or falls by at most one."""
    if value <= 0:
        return -1_000
    exponent, scaled = 0, value
    while scaled >= 10:
        scaled, exponent = scaled / 10, exponent + 1
    while scaled < 1:
        scaled, exponent = scaled * 10, exponent - 1
    return exponent * 6 + sum(scaled >= step for step in (1.5, 2.2, 3.2, 4.7, 6.8))


def _values(quantity: Quantity) -> tuple[float, ...]:
    """What a quantity may be found by: its value, and the number that tells it where that is another ("aged 23" for 23 years).

    A single digit may be the number of anything.
    """
    return (quantity.value,) if quantity.number in (quantity.value, *range(10)) else (quantity.value, quantity.number)
