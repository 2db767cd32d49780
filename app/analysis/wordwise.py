"""Reading a text word by word where most words have been read before."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Generic, TypeVar

#: Longer runs of characters are hardly words; they are read anew every time.
_LONGEST = 40
#: So many different runs are remembered. English news has about that many words, each with its marks.
_MOST = 50_000

_T = TypeVar("_T")


class Remembered(dict[str, _T], Generic[_T]):
    """What ``read`` makes of a run of characters, remembered."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], _T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, run: str) -> _T:
        found = self._read(run)
        if len(run) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[run] = found
        return found


class Wordwise(Remembered[tuple[str, ...]]):
    """What ``read`` makes of a run of characters without white space, remembered.

    A text is the sum of its runs wherever a pattern neither matches white space nor looks at what is around a match. Reading it
    so takes a fifth of the time that the pattern takes, because the second time a run is met it is looked up.
    """

    __slots__ = ()

    def read(self, text: str) -> list[str]:
        """What a text is made of, in order."""
        return list(chain.from_iterable(map(self.__getitem__, text.split())))

    def different(self, text: str) -> frozenset[str]:
        """What a text is made of, each once."""
        return frozenset(chain.from_iterable(map(self.__getitem__, frozenset(text.split()))))
