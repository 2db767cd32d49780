"""Ways to damage a document, each a value that can be drawn, shrunk and printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

#: What is put into documents: markers, brackets, entities, characters that nobody sees or that turn the line round.
PIECES = (
    "", "1", "[1]", "[^1]", "[^1]: ", "[1_1]", "[0]", "[99999999999]", "[", "]", "[[", "]]", "(", ")", "](", "](https://a.example)",
    "](javascript:x)", "{", "}", "{}", '"', '\\"', ",", ":", "<", ">", "<!--", "-->", "<sup>", "</sup>", "<div>", "</div>", "<p>", "<br>",
    '<a href="', "</a>", "<script>", "</script>", "<li>", "&", "&amp;", "&#0;", "&#xD800;", "&#x27;", "\\", "\\u0000", "\\ud800", "\\n", "`",
    "```\n", "*", "**", "_", "~", "#", "# ", "## Sources\n", "#### **Works cited**\n", "### ", "> ", "- ", "1. ", "---\n", "===\n", "|", "|-|\n",
    ".", ". ", "!", "•", "·", "†", "【1†source】", "cite", "turn0search1", "\ue200", "\ue201", "\ue202", "2 Sources\n", "Share\n",
    "Related Stories", "Summarized by\n", "04 Dec 2025", "null", "true", "-1", "1e999", "NaN", "\n", "\n\n", "\r", "\r\n", "\t", "\v", "\f", " ",
    "\0", "\x01", "\x1b", "\x7f", "\x85", "\u00a0", "\u00ad", "\u061c", "\u200b", "\u200e", "\u202a", "\u202e", "\u2028", "\u2029", "\u2066",
    "\u2069", "\u3000", "\ufeff", "\ufffd", "\uffff", "\U000e0001", "\U0001f600", "e\u0301", "İ", "ß", "١", "²", "①",
)  # fmt: skip


class Kind(StrEnum):
    INSERT = "insert"
    DELETE = "delete"
    DUPLICATE = "duplicate"
    SWAP = "swap"
    TRUNCATE = "truncate"
    BEHEAD = "behead"
    DELETE_LINES = "delete lines"
    DUPLICATE_LINES = "duplicate lines"
    SWAP_LINES = "swap lines"
    TRUNCATE_LINE = "truncate line"
    LINE_ENDS = "line ends"


@dataclass(frozen=True, slots=True)
class Damage:
    """One change: what, where (in thousandths of characters or lines), how far, and what is put there."""

    kind: Kind
    at: int
    length: int
    piece: str

    def done_to(self, text: str) -> str:
        if self.kind is Kind.LINE_ENDS:
            return text.replace("\n", ("\r\n", "\r", "\u2028")[self.at % 3])
        if "line" in self.kind:
            return "".join(self._among(text.splitlines(keepends=True)))
        return "".join(self._among([text], unit=1))

    def _among(self, parts: list[str], unit: int = 0) -> Iterable[str]:
        """The parts (lines, or with ``unit`` characters) with the change made."""
        whole: str | list[str] = parts[0] if unit else parts
        start = min(len(whole), self.at * (len(whole) + 1) // 1000)
        end = min(len(whole), start + self.length)
        before, here, after = whole[:start], whole[start:end], whole[end:]
        beyond, rest = after[: self.length], after[self.length :]
        pieces: tuple[str | list[str], ...]
        match self.kind:
            case Kind.DELETE | Kind.DELETE_LINES:
                pieces = (before, after)
            case Kind.DUPLICATE | Kind.DUPLICATE_LINES:
                pieces = (before, here, here, after)
            case Kind.SWAP | Kind.SWAP_LINES:
                pieces = (before, beyond, here, rest)
            case Kind.TRUNCATE:
                pieces = (before,)
            case Kind.BEHEAD:
                pieces = (after,)
            case Kind.TRUNCATE_LINE:
                pieces = (before, [line[: self.length].rstrip("\r\n") + "\n" for line in here[:1]], here[1:], after)
            case _:
                pieces = (before, self.piece, after)
        return [part for piece in pieces for part in piece]


def damaged(text: str, changes: Iterable[Damage]) -> str:
    """The text with the changes made to it, one after the other."""
    for change in changes:
        text = change.done_to(text)
    return text


#: What is put in place of values of JSON.
ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    1e308,
    "",
    " ",
    [],
    {},
    [[]],
    [None],
    {"": ""},
    "1",
    "2025-05-06",
    "[a#1]",
    "javascript:x",
    "\ud800",
    "\0",
)


def at_random(text: str, random: Random) -> str:
    """The text with one to eight changes; half of the time, if it is JSON, they are made to its values and it stays JSON."""
    if text[:1] in ("{", "[") and random.random() < 0.5:
        try:
            root = damaged_values(json.loads(text), random)
            return json.dumps(root, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1)))
        except (ValueError, RecursionError):
            pass
    return damaged(text, [_any_damage(random) for _ in range(random.randint(1, 8))])


def damaged_values(root: Any, random: Random) -> Any:
    """A value of JSON (which is changed) with a few of the values in it damaged, swapped, left out or put twice."""
    for _ in range(random.randint(1, 5)):
        places = list(_places(root))
        if not places:
            break
        container, key = random.choice(places)
        other, other_key = random.choice(places)
        match random.randrange(5):
            case 0:
                container[key] = _copy(random.choice(ODD_VALUES))
            case 1:
                del container[key]
            case 2:
                container[key] = _copy(other[other_key])
            case 3 if isinstance(container, list):
                container.append(_copy(container[key]))
            case _ if isinstance(container[key], str):
                container[key] = damaged(container[key], [_any_damage(random) for _ in range(random.randint(1, 3))])
    return root


def _copy(value: Any) -> Any:
    """A value of its own, so that nothing is ever within itself."""
    return json.loads(json.dumps(value))


def _places(root: Any) -> Iterator[tuple[Any, Any]]:
    """Where a value stands, for every value within another."""
    left = [root]
    while left:
        value = left.pop()
        keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        for key in keys:
            yield value, key
            left.append(value[key])


def _any_damage(random: Random) -> Damage:
    return Damage(
        random.choice(list(Kind)), random.randrange(1000), random.choice((0, 1, 1, 2, 5, 20, 200)), random.choice(PIECES)
    )
