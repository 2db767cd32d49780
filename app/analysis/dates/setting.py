"""A phrase with the words beside it, on which it depends whether it tells a date."""

from __future__ import annotations

from typing import NamedTuple

from app.analysis.dates.grammar import Phrase
from app.analysis.dates.tokens import Token, Tokens


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
