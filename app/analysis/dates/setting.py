"""A phrase with the words beside it, on which it depends whether it tells a date, and what these are."""

from __future__ import annotations

from typing import NamedTuple

from app.analysis.dates.grammar import Phrase
from app.analysis.dates.lexicon import words
from app.analysis.dates.tokens import Token, Tokens

#: What numbers count.
COUNTED = words(
    "people men women children workers employees staff km kg mw gw kw mb gb tb gpus cpus tokens dollars euros yuan pounds "
    "yen feet miles metres meters points hours minutes seconds watts parameters degrees gmt utc hrs h calories bits bytes "
    "pixels"
)
_PLURAL_IN_S = ("ss", "us", "is")
_VERBS_IN_S = words("says does goes shows remains seems begins ends comes makes takes gives means includes")


class Setting(NamedTuple):
    """A phrase among the tokens of its sentence; what stands beside it is looked at only where a check asks for it."""

    phrase: Phrase
    tokens: Tokens

    @property
    def before(self) -> Token | None:
        """The token directly before the phrase."""
        return self.tokens[self.phrase.first - 1] if self.phrase.first else None

    @property
    def after(self) -> Token | None:
        """The token directly after the phrase."""
        return self.tokens[self.phrase.last] if self.phrase.last < len(self.tokens) else None

    @property
    def word(self) -> str:
        """The word before the phrase, in lower case."""
        return self.tokens.lower(self.phrase.first - 1) if self.phrase.first else ""

    @property
    def earlier(self) -> str:
        """The word before that one."""
        return self.tokens.lower(self.phrase.first - 2) if self.phrase.first > 1 else ""

    @property
    def beyond(self) -> str:
        """The word after the one after the phrase."""
        return self.tokens.lower(self.phrase.last + 1) if self.phrase.last + 1 < len(self.tokens) else ""


def is_plural(token: Token | None) -> bool:
    """Whether a word looks like a noun in the plural: what a count is followed by."""
    if token is None:
        return False
    lower = token.lower
    if lower in COUNTED or token.letter in "cu":
        return True
    return len(lower) > 3 and lower[-1] == "s" and lower[-2:] not in _PLURAL_IN_S and lower not in _VERBS_IN_S
