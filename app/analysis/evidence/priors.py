"""What a passage is worth as evidence before its words are compared with those of a sentence."""

from __future__ import annotations

from typing import Final

# Chosen on WiCE: the 319 claims of its dev set with marked sentences, and 374 parts of claims of its training set.
_PROSE_ENDS: Final = (".", "!", "?", '"', "”", "’", "'", ")", "…")
_HEADING: Final = 0.85
"""The rank of a heading or a table's row beside that of a sentence with the same words."""
_LONG: Final = 35
"""A passage of more terms is a menu or a list rather than a sentence and has words by mere length: its rank falls with it."""
_LATE: Final = 0.08
"""What the last passage of a source loses of its rank: articles say first what they are about, pages end with other matters."""


def prior(text: str, length: int, place: float) -> float:
    """What the rank of a passage is multiplied by, 1 at most.

    ``text`` has ``length`` terms; ``place`` is the share (0 to 1) of its source's passages that come before it.
    """
    worth = 1 - _LATE * place
    if not text.endswith(_PROSE_ENDS):
        worth *= _HEADING
    return worth * _LONG / length if length > _LONG else worth
