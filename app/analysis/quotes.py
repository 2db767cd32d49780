"""Quotations in running prose, and whether a text has the same words, typography aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from app.analysis.signs import Sign, signs
from app.analysis.wordwise import Wordwise

_QUOTED = re.compile(r"“(?P<curly>[^“”]{2,600})”|(?<![\w\"])\"(?P<plain>[^\"]{2,600})\"(?!\w)|«(?P<angle>[^«»]{2,600})»")
_WORD = re.compile(r"[^\W_]+(?:['’.\-\u2010\u2011][^\W_]+)*")
#: What a writer may do to a quotation: leave something out, or put a word of their own into brackets.
_LEFT_OUT = re.compile(r"\s*(?:\[[^\]]{0,80}\]|\(…\)|\.{3,}|…|\. \. \.)\s*")
_HYPHENS = re.compile(r"[-\u2010\u2011’'.]")


class Quotation(NamedTuple):
    """The words between quotation marks: characters ``start`` to ``end`` (end excluded, marks excluded) of a text."""

    start: int
    end: int
    text: str


class Word(NamedTuple):
    """A word as it is compared, and where it stands."""

    key: str
    start: int
    end: int


class Nearest(NamedTuple):
    """The stretch of a text that is most like a quotation; ``likeness`` 0 to 1 is the share of the quotation's words in order."""

    start: int
    end: int
    likeness: float


def find_quotations(text: str) -> list[Quotation]:
    """What stands between double quotation marks in ``text``, in order."""
    found: list[Quotation] = []
    if not signs(text) & Sign.QUOTE:
        return found
    for match in _QUOTED.finditer(text):
        group = match.lastgroup or "plain"
        found.append(Quotation(match.start(group), match.end(group), match[group]))
    return found


def is_title(quotation: str) -> bool:
    """Whether quoted words are the title of something: nearly all the longer ones have a capital."""
    longer = [match[0] for match in _WORD.finditer(quotation) if len(match[0]) > 3 or match[0][0].isdigit()]
    return bool(longer) and sum(not word[0].islower() for word in longer) * 4 >= len(longer) * 3


def words(text: str) -> list[Word]:
    """The words of ``text`` without case, punctuation, hyphens and apostrophes: what typography may change is not compared."""
    return [Word(_key(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def _key(word: str) -> str:
    return _HYPHENS.sub("", word).casefold()


_KEYS = Wordwise(lambda run: (run.casefold(),) if run.isalnum() else tuple(map(_key, _WORD.findall(run))))


def keys(text: str) -> list[str]:
    """The words of ``text`` as they are compared."""
    return _KEYS.read(text)


def pieces(quotation: str) -> list[list[str]]:
    """The words of a quotation, in the runs that must stand together: it may be cut by an ellipsis or brackets."""
    runs = [keys(piece) for piece in _LEFT_OUT.split(quotation)]
    return [run for run in runs if run]


#: Quotations of fewer words are names and words held at arm's length rather than somebody's words.
FEWEST_WORDS = 3
_NEGATED = "do does did is are was were have has had would could should must need".split()
_CONTRACTED = (
    {f"{verb}nt": (verb, "not") for verb in _NEGATED}
    | {"cant": ("can", "not"), "cannot": ("can", "not"), "wont": ("will", "not"), "shant": ("shall", "not")}
    | {f"{word}ve": (word, "have") for word in ("we", "you", "they", "i")}
    | {"youre": ("you", "are"), "theyre": ("they", "are")}
    # "Well" is "we'll" without its apostrophe; both sides of a comparison are read so.
    | {f"{word}ll": (word, "will") for word in ("we", "you", "they", "i", "it", "he", "she")}
    | {"im": ("i", "am"), "its": ("it", "is"), "thats": ("that", "is"), "theres": ("there", "is")}
)


def spelled_out(words: Iterable[str]) -> list[str]:
    """Words as they are compared, the contracted ones in full: "did not" for "didn't"."""
    return [part for word in words for part in _CONTRACTED.get(word, (word,))]


def holds(text: str, runs: list[list[str]]) -> bool:
    """Whether ``text``, the words of a source joined by spaces with one at either end, has all runs one after the other."""
    position = 0
    for run in runs:
        at = text.find(f" {' '.join(run)} ", position)
        if at < 0:
            return False
        position = at + 1
    return True


def nearest(quotation: str, passage: str) -> Nearest | None:
    """Where ``passage`` comes closest to ``quotation``; ``None`` where it shares no word with it.

    The longest common runs are found by Ratcliff and Obershelp's method, as Python's ``difflib`` has it.
    """
    ours, theirs = words(quotation), words(passage)
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    longest = max(blocks, key=lambda block: block.size)
    near = [block for block in blocks if abs((block.b - block.a) - (longest.b - longest.a)) <= len(ours)]
    before, after = near[0].a, len(ours) - near[-1].a - near[-1].size
    first = max(near[0].b - before, 0)
    last = min(near[-1].b + near[-1].size + after, len(theirs)) - 1
    return Nearest(theirs[first].start, theirs[last].end, sum(block.size for block in near) / len(ours))
