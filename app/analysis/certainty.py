"""How certain a sentence makes what it says: told as a fact, as expected, as possible; and on whose word."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from app.analysis.evidence.terms import terms


class Certainty(IntEnum):
    """From a possibility to a fact."""

    POSSIBLE = 0
    EXPECTED = 1
    FACT = 2


class Hedge(NamedTuple):
    """Words that make less than a fact of something: characters ``start`` to ``end`` (end excluded) of a sentence.

    ``governs`` are the terms of the words right after them, the first of which is what is not sure.
    """

    start: int
    end: int
    text: str
    certainty: Certainty
    governs: tuple[str, ...]


_POSSIBLE = (
    r"may|might|could|would|possibly|perhaps|potentially|"
    r"(?:is|are|was|were|has been|have been|had been|been)\s(?:\w+ly\s)?(?:considering|weighing|exploring|mulling|discussing|studying)|"
    r"consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|explor(?:es|ed|ing)|mull(?:s|ed|ing)|in\s(?:\w+\s)?talks\s(?:to|with|about|on|over)"
)
_EXPECTED = (
    r"(?:is|are|was|were|be|been)?\s?(?:widely\s)?(?:expected|slated|scheduled|due|likely|poised|set|projected|anticipated|tipped)\sto|"
    r"(?:expects?|plans?|planned|planning|aims?|aimed|aiming|hopes?|hoped|hoping|intends?|intended|wants?|wanted|seeks?|seeking|sought|"
    r"proposes?|proposed|proposing|targets?|targeting|tries|trying|tried|agreed|agrees|promised|promises|pledged|pledges|vowed)"
    r"\s(?:to|on)|expects?|slated|expected|scheduled|proposal|plans?\sfor|likely"
)
_HEDGE = re.compile(rf"\b(?:(?P<possible>{_POSSIBLE})|(?P<expected>{_EXPECTED}))\b(?!\s(?:19|20)\d\d)", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|shall|['’]ll|is going to|are going to)\b", re.IGNORECASE)
_ON_WHOSE_WORD = re.compile(
    r"\b(?:according to|reportedly|allegedly|people (?:familiar|briefed|close)|person (?:familiar|briefed)|sources? (?:said|say|says|told|"
    r"familiar|close)|the people (?:said|added)|people said|is said to|are said to|was said to|rumou?red|claims?|claimed|alleged|"
    r"alleges|unconfirmed|anonymous|reported|reports)\b",
    re.IGNORECASE,
)
_ANY_WORD = re.compile(
    r"\b(?:said|says|told|according|stated|states|announced|wrote|argu\w+|insist\w+|added|noted|believ\w+|sources?|insiders?|people)\b",
    re.IGNORECASE,
)
_NEXT_WORDS = re.compile(r"(?:\W+\w+){1,6}")
_GOVERNED = 3


def hedges(sentence: str) -> list[Hedge]:
    """The words of a sentence that hedge something, in order, with the terms that follow each."""
    found = []
    for match in _HEDGE.finditer(sentence):
        following = _NEXT_WORDS.match(sentence, match.end())
        governed = tuple(terms(following[0]))[:_GOVERNED] if following else ()
        certainty = Certainty.POSSIBLE if match["possible"] else Certainty.EXPECTED
        found.append(Hedge(match.start(), match.end(), match[0], certainty, governed))
    return found


def says_will(sentence: str) -> re.Match[str] | None:
    """Where a sentence says that something will be."""
    return _WILL.search(sentence)


def unnamed_attribution(sentence: str) -> re.Match[str] | None:
    """Where a sentence says that it only passes on what others say who are not named, or do not show it."""
    return _ON_WHOSE_WORD.search(sentence)


def attributed(sentence: str) -> bool:
    """Whether a sentence says in any way whose word it is."""
    return _ON_WHOSE_WORD.search(sentence) is not None or _ANY_WORD.search(sentence) is not None
