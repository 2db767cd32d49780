"""Where paragraphs that were glued together come apart: a stop directly followed by a capital."""

from __future__ import annotations

import re

from app.importer.formats.text_dump.shapes import CLOSERS, STOPS

_GLUE = re.compile(rf"[{re.escape(STOPS)}]+[{re.escape(CLOSERS)}]*(?=\S)")
_OPENERS = "“‘«([「『"
_CURRENCY = "$€£¥"
_RIGHT_WORD = re.compile(r"[^\W_]{0,40}")
_WINDOW = 60

#: Words that begin sentences and are never the second half of a name: they part even what stands after a capital or a digit.
_STARTERS = frozenset(
    [
        "The",
        "This",
        "These",
        "Those",
        "That",
        "A",
        "An",
        "In",
        "On",
        "At",
        "As",
        "It",
        "Its",
        "By",
        "For",
        "From",
        "With",
        "While",
        "When",
        "Where",
        "What",
        "Who",
        "How",
        "Why",
        "If",
        "Although",
        "However",
        "Meanwhile",
        "According",
        "After",
        "Before",
        "Since",
        "Despite",
        "But",
        "And",
        "Yet",
        "Still",
        "Some",
        "Many",
        "Most",
        "Several",
        "Both",
        "Another",
        "Unlike",
        "Instead",
        "Additionally",
        "Moreover",
        "Furthermore",
        "Critics",
        "Analysts",
        "Investors",
        "Researchers",
        "Experts",
        "Users",
        "Developers",
        "Companies",
        "He",
        "She",
        "They",
        "We",
        "There",
        "Here",
        "To",
        "One",
        "Two",
        "Three",
        "Not",
        "No",
        "Under",
        "During",
        "Over",
        "Earlier",
        "Last",
        "Next",
    ]
)
#: What stands after the dot in names of companies, domains and libraries.
_SUFFIXES = frozenset(["AI", "IO", "NET", "COM", "ORG", "JS", "TS", "TV", "GG", "Ai", "Io", "Net", "Com", "Org", "Js"])
#: Abbreviations that stand before a name.
_TITLES = frozenset(["Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Sgt", "Capt", "vs", "No"])


def split_glued(text: str, *, after_marker: bool = False, quotes: int = 0) -> list[str]:
    """Part a piece of text where a paragraph ends and the next begins without a space between them.

    A stop parts when a capital follows directly and a lower-case letter, a closing quote or bracket, or a marker stands before
    it; after a capital or digit only a word that begins sentences parts. Names and abbreviations ("U.S.", "01.AI", "Ph.D.") stay
    whole.

    Args:
        text: a piece of a paragraph.
        after_marker: whether a marker stands directly before the piece.
        quotes: how many straight double quotes the paragraph has before the piece.
    """
    parts: list[str] = []
    start = 0
    counted, seen = 0, quotes
    for match in _GLUE.finditer(text):
        seen += text.count('"', counted, match.start())
        counted = match.start()
        at = _part_at(text, match, seen, after_marker and match.start() == 0)
        if at is not None:
            parts.append(text[start:at])
            start = at
            seen += text.count('"', counted, at)
            counted = at
    parts.append(text[start:])
    return parts


def weak_break(text: str) -> int | None:
    """The place in ``text`` where a paragraph may end although its last word ends in a capital or a digit ("OpenAI.Meta").

    Asked only where a marker on a line of its own shows that a new paragraph has begun.
    """
    for match in _GLUE.finditer(text):
        left, right = text[match.start() - 1 : match.start()], text[match.end()]
        word = _right_word(text, match.end())
        if match.start() == 0 or text[match.end() - 1] not in STOPS or (left.isdigit() and right.isdigit()):
            continue
        begins = right.isupper() or right.isdigit() or right in _CURRENCY + '"' + _OPENERS
        if (
            begins
            and word not in _SUFFIXES
            and not _is_pointed(text, match.start(), match.end(), word)
            and not _in_address(text, match)
        ):
            return match.end()
    return None


def _part_at(text: str, match: re.Match[str], quotes: int, after_marker: bool) -> int | None:
    stop, at = match.start(), match.end()
    closers = match[0].lstrip(STOPS)
    if closers.startswith('"') and quotes % 2 == 0:
        # An even number of quotes before it: this one opens the next paragraph.
        at -= len(closers)
        closers = ""
    right = text[at]
    first = at + 1 if right in '"' + _OPENERS and at + 1 < len(text) else at
    if not (text[first].isupper() or (right in _CURRENCY and text[at + 1 : at + 2].isdigit())):
        return None
    if after_marker:
        return at
    left = text[stop - 1 : stop]
    word = _right_word(text, first)
    if not left or left.isspace() or _is_pointed(text, stop, at, word) or _in_address(text, match):
        return None
    before = _left_word(text, stop)
    if before in _TITLES:
        return None
    if closers or left.islower() or left in CLOSERS + "%" or (left.isalpha() and not left.isupper()):
        is_name = word in _SUFFIXES and (before[:1].isupper() or len(before) == 1)
        return None if is_name and not closers else at
    return at if word in _STARTERS or right in _OPENERS else None


def _is_pointed(text: str, stop: int, at: int, word: str) -> bool:
    """Whether the stop belongs to an abbreviation with several ("U.S.A", "Ph.D.", "e.g.Foo")."""
    if len(word) == 1 and text[at + 1 : at + 2] in (".", "", ",", ")"):
        return True
    pointed = stop >= 2 and text[stop - 2] == "." and text[stop - 1].isalpha()
    return pointed and (text[stop - 1].islower() or word not in _STARTERS)


def _in_address(text: str, match: re.Match[str]) -> bool:
    left = text[max(0, match.start() - _WINDOW) : match.start()].rpartition(" ")[2]
    return "://" in left or "@" in left or left.startswith("www.") or "_" in left


def _left_word(text: str, stop: int) -> str:
    window = text[max(0, stop - _WINDOW) : stop]
    return re.split(r"[^\w&'’-]", window)[-1]


def _right_word(text: str, at: int) -> str:
    match = _RIGHT_WORD.match(text, at)
    return match[0] if match else ""
