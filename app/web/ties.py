"""Who occurs with whom: arcs between the names of a list, drawn beside it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.web.i18n import ngettext

#: Height of a row of the list, width of the drawing, both in the units of the drawing (16 are one rem).
ROW, WIDTH = 28, 64
#: Arcs at most, the strongest ones: more is a scribble.
MOST_ARCS = 16
#: Thinnest and thickest line.
_THIN, _THICK = 0.75, 2.75


@dataclass(frozen=True, slots=True)
class Arc:
    """Two names of the list that occur together; ``path`` as SVG has it."""

    path: str
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Ties:
    """The drawing beside a list of names: a dot for each, arcs between those that occur together, the faintest first."""

    height: int
    dots: tuple[float, ...]
    arcs: tuple[Arc, ...]
    words: str
    """The strongest ties in words."""


def ties(names: Sequence[tuple[str, str]], together: Mapping[tuple[str, str], int]) -> Ties | None:
    """The drawing for a list of (slug, name), where pairs of slugs occur together in so many stories; ``None`` without any."""
    places = {slug: index for index, (slug, _) in enumerate(names)}
    known = {
        (first, second): count
        for (first, second), count in together.items()
        if first in places and second in places and places[first] < places[second]
    }
    strongest = sorted(known.items(), key=lambda pair: (-pair[1], places[pair[0][0]], places[pair[0][1]]))[:MOST_ARCS]
    if not strongest:
        return None
    most = strongest[0][1]
    named = dict(names)

    def label(pair: tuple[str, str], count: int) -> str:
        first, second = (named[slug] for slug in pair)
        return ngettext(
            "%(first)s and %(second)s: %(num)s story",
            "%(first)s and %(second)s: %(num)s stories",
            count,
            first=first,
            second=second,
        )

    arcs = [
        Arc(
            _arc(places[pair[0]], places[pair[1]], len(names)),
            round(_THIN + (_THICK - _THIN) * (count - 1) / max(most - 1, 1), 2),
            label(pair, count),
        )
        for pair, count in strongest
    ]
    return Ties(
        height=ROW * len(names),
        dots=tuple(_middle(index) for index in range(len(names))),
        arcs=tuple(reversed(arcs)),
        words="; ".join(arc.label for arc in arcs[:3]),
    )


def _middle(index: int) -> float:
    return ROW * (index + 0.5)


def _arc(first: int, second: int, count: int) -> str:
    """Half an ellipse on the left of the dots, the wider the further the two are apart."""
    height = ROW * (second - first) / 2
    reach = 10 + (WIDTH - 16) * (second - first) / max(count - 1, 1)
    return f"M{WIDTH - 4} {_middle(first):g}A{reach:.4g} {height:g} 0 0 0 {WIDTH - 4} {_middle(second):g}"
