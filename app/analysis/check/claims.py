"""One sentence of dek or summary as the rules compare it with the sources, and what they find on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.analysis.check.sources import Sources
from app.analysis.evidence import Cover, Match, Query, is_supported
from app.analysis.measures import Quantity
from app.analysis.quantities import find_quantities
from app.domain.dates import Interval
from app.domain.entities import Mention
from app.domain.events import DatedPhrase
from app.domain.findings import Evidence, FindingKind, Strength

#: A sentence of which the sources have less than this is not about what they are about.
_CARRIED = 0.4
#: A passage with less of a sentence does not stand beside it.
_BESIDE = 0.15
#: What readers are shown beside a sentence, chosen on WiCE's dev set: at most so many passages, none with less of it than that;
#: the second best one where it has that share of what the best one has, and then those that add what is lacking.
_SHOWN = 3
_WORTH_SHOWING = 0.12
_AS_GOOD = 0.5
#: A sentence that tells more values or dates than this is a table; the rest of them is left alone.
MOST_TOLD = 40
#: So many times as much of a sentence as another passage: that one is about something else.
MUCH_MORE = 2.0


class Draft(NamedTuple):
    """A finding before it has its id: see :class:`app.domain.findings.Finding`.

    ``found`` is where its counterpart stands in the text of source ``source``.
    """

    kind: FindingKind
    strength: Strength
    rule: str
    start: int
    end: int
    reason: str
    source: int | None = None
    found: tuple[int, int] | None = None
    passage: Match | None = None


@dataclass
class Claim:
    """A sentence of dek or summary with what it says and where the sources may say it.

    ``cited`` are the sources that it cites itself, ``inherited`` those that the sentence before it cites; neither has a source
    without a text, of which ``without_text`` has those that it cites. ``dates`` are those that it tells, ``published`` is the
    story's own.
    """

    part: str
    index: int
    text: str
    cited: tuple[int, ...]
    inherited: tuple[int, ...]
    without_text: tuple[int, ...]
    mentions: Sequence[Mention]
    dates: Sequence[DatedPhrase]
    published: Interval | None
    sources: Sources

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities that it tells."""
        return find_quantities(self.text)[:MOST_TOLD]

    @cached_property
    def whole(self) -> Cover:
        """The passages of all sources that carry it together."""
        return self.query.cover()

    @cached_property
    def query(self) -> Query:
        """Its words, to be looked for in the sources."""
        return self.sources.passages.query(self.text)

    @cached_property
    def own(self) -> Cover:
        """The passages that carry it together, of the sources that it cites itself; of all where it cites none."""
        return self.query.cover(sources=self.cited) if self.cites_some else self.whole

    @property
    def cites_some(self) -> bool:
        """Whether it cites some of the sources and leaves out others."""
        return 0 < len(self.cited) < len(self.sources.by_number)

    @cached_property
    def aligned(self) -> tuple[Match, ...]:
        """The passages that stand beside it, of the sources that it cites or of all, the best first."""
        return self._beside(self.cited, self.own) if self.cites_some else self.elsewhere

    @cached_property
    def elsewhere(self) -> tuple[Match, ...]:
        """The passages that stand beside it, of all sources, the best first."""
        return self._beside(None, self.whole)

    @property
    def shown(self) -> tuple[Match, ...]:
        """One to three passages that carry what it says, for readers: of the sources that it cites, or else of all."""
        carrying = self._carrying(self.cited, self.own) if self.cites_some else ()
        return carrying or self._carrying(None, self.whole)

    def _carrying(self, sources: Collection[int] | None, cover: Cover) -> tuple[Match, ...]:
        best = self.query.best(2, sources)
        alike = [match for match in best if match.score >= best[0].score * _AS_GOOD]
        adding = [match for match in cover.matches if match not in alike]
        return tuple([match for match in (*alike, *adding)[:_SHOWN] if match.score >= _WORTH_SHOWING])

    def _beside(self, sources: Collection[int] | None, cover: Cover) -> tuple[Match, ...]:
        matches = {match.index: match for match in (*self.query.best(3, sources), *cover.matches)}
        return tuple([match for match in matches.values() if match.score >= _BESIDE])

    @cached_property
    def is_supported(self) -> bool:
        """Whether the sources have enough of it, wherever."""
        return is_supported(self.text, self.own) or (self.cites_some and is_supported(self.text, self.whole))

    @property
    def likeness(self) -> float:
        """How much of it all sources have together, 0 to 1."""
        return self.whole.score

    def carried_without(self, start: int, end: int) -> bool:
        """Whether the sources have what the sentence says besides characters ``start`` to ``end``, so that these stand out."""
        if self.likeness >= _CARRIED:
            return True
        rest = f"{self.text[:start]} {self.text[end:]}"
        return self.sources.passages.cover(rest, 3).score >= _CARRIED

    def leaves_out(self, start: int, end: int) -> bool:
        """Whether one passage that it cites has much of what the sentence says, but not characters ``start`` to ``end``.

        A sentence that is put together from several passages, or told in other words, may have these from any of them.
        """
        best = self.sources.passages.best(f"{self.text[:start]} {self.text[end:]}", 1, self.cited or None)
        return bool(best) and best[0].score >= _CARRIED


def evidence(match: Match) -> Evidence:
    """A passage as it is kept."""
    passage = match.passage
    return Evidence(passage.source, passage.start, passage.end, passage.text, round(match.score, 3))
