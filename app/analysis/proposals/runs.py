"""Words with capitals that stand together and may be a name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from app.analysis.proposals.lexicon import Lexicon
from app.domain.entities import Kind, Mention

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĘĚĜĞĠĢĤĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
#: Initials ("J.", "U.S."), or a word with a capital: "Roe", "O'Brien", "TensorFlow", "xAI", "t-SNE", "C++", "Node.js", "GPT-5".
_WORD = (
    rf"(?:(?:[{_UPPER}]\.){{1,4}}(?:[{_UPPER}](?!\w))?"
    rf"|(?:[{_UPPER}]|[a-z]{{1,2}}-?(?=[{_UPPER}]))[\w+]*"
    rf"(?:(?:['’](?!s\b)|[./&])(?=\w)\w+|-(?=[{_UPPER}\d])\w+(?:\.\d+)*)*[+#]*)"
)
_PARTICLE = r"(?:of|for|on|and|de|van|von|der|den|la|le|du|di|da|del|dos|bin|ibn|al|the|&)"
_VERSION = r"(?:[ ]v?(?!(?:19|20)\d\d\b)\d{1,3}(?:\.\d+)*[A-Za-z]?(?![\w,.]?\d)(?!\w))"
_RUN = re.compile(rf"(?<![\w@#/.’'-])({_WORD}(?:(?:[ ]{_PARTICLE}){{0,2}}[ ]{_WORD}|{_VERSION})*)")
_PIECE = re.compile(r"\S+")
#: What follows a number that counts things, and is no version.
_COUNTED = re.compile(
    r"[ -](?:million|billion|trillion|thousand|hundred|percent|per|points?|times|years?|months?|weeks?|days?|hours?|minutes?|"
    r"people|of|[a-z]{3,}s\b)|%"
)
_NUMBER = re.compile(r"v?\d[\w.]*")
_INITIALS = re.compile(rf"(?:[{_UPPER}]\.)+[{_UPPER}]?")
_BEFORE_OPENING = re.compile(r"(?:^|[.!?:…—–•*]\s*)[\"“‘'(\[«*_]*$|[\"“‘]$")
_ORGANISED = frozenset((Kind.INSTITUTION, Kind.LAW, Kind.COMPANY, Kind.LAB, Kind.INVESTOR))
_JOINING = frozenset(("of", "for", "on", "and", "the", "&"))


class Run(NamedTuple):
    """Characters ``start`` to ``end`` of a text that may be a name.

    ``opens``: it begins a sentence or a quotation, and may have its capital from that. ``maker``: the entity whose name it begins
    with, as in "Google Translate".
    """

    start: int
    end: int
    text: str
    opens: bool
    maker: str | None


class Token(NamedTuple):
    """One word of a run."""

    start: int
    end: int
    text: str
    key: str


def find_runs(
    text: str, taken: Sequence[Mention], lexicon: Lexicon, known: Container[str], *, headline: bool = False
) -> Iterator[Run]:
    """The runs of a text that no mention overlaps, without the titles and the ordinary words around them.

    ``known`` are words that the document also has in lower case. In a ``headline`` every word has a capital: only what is no
    ordinary word counts.
    """
    ends = [mention.end for mention in taken]
    for match in _RUN.finditer(text):
        if match[0].lower() in lexicon.openers or _is_within(match, taken, ends):
            continue
        tokens = _tokens(match, lexicon)
        if len(tokens) > 1 and _NUMBER.fullmatch(tokens[-1].text) and _COUNTED.match(text, tokens[-1].end):
            tokens.pop()
        start = match.start()
        opens = headline or start == 0 or _BEFORE_OPENING.search(text, max(start - 6, 0), start) is not None
        for free, maker in _free(tokens, taken, ends):
            for part in _parts(free, lexicon, maker):
                yield from _runs(text, part, lexicon, known, opens and part[0].start == start, maker, headline)
                maker = None


def _is_within(match: re.Match[str], taken: Sequence[Mention], ends: Sequence[int]) -> bool:
    """Whether a run is a mention or a part of one, as most are."""
    start, end = match.span()
    following = bisect_left(ends, end)
    return following < len(taken) and taken[following].start <= start


def is_ordinary(word: str, lexicon: Lexicon, known: Container[str]) -> bool:
    """Whether a word (lower case) is one that anybody uses: of the list, in another form, or in lower case in the document."""
    words = lexicon.ordinary
    if "-" in word:
        return all(is_ordinary(part, lexicon, known) for part in word.split("-"))
    if word in words or word in lexicon.openers:
        return True
    for ending in ("s", "es", "ed", "d", "ing", "ly", "er", "al", "'s", "’s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            if stem in words or (ending in ("ing", "ed", "es", "er") and f"{stem}e" in words):
                return True
    return word in known


def _tokens(match: re.Match[str], lexicon: Lexicon) -> list[Token]:
    """The words of a run; a place of two words is one."""
    offset = match.start()
    tokens: list[Token] = []
    for piece in _PIECE.finditer(match[0]):
        token = Token(offset + piece.start(), offset + piece.end(), piece[0], piece[0].lower())
        if tokens and (pair := f"{tokens[-1].key} {token.key}") in lexicon.place_pairs:
            tokens[-1] = Token(tokens[-1].start, token.end, f"{tokens[-1].text} {token.text}", pair)
        else:
            tokens.append(token)
    return tokens


def _free(tokens: list[Token], taken: Sequence[Mention], ends: Sequence[int]) -> Iterator[tuple[list[Token], Mention | None]]:
    """The stretches of tokens between mentions (in order, with their ends), each with the mention directly before it."""
    if not taken:
        yield tokens, None
        return
    maker: Mention | None = None
    free: list[Token] = []
    for token in tokens:
        following = bisect_right(ends, token.start)
        if following == len(taken) or taken[following].start >= token.end:
            free.append(token)
            continue
        if free:
            yield free, maker
            free = []
        maker = taken[following]
    if free:
        yield free, maker


def _parts(tokens: list[Token], lexicon: Lexicon, maker: Mention | None) -> Iterator[list[Token]]:
    """Tokens cut at titles, days and months, and at "of", "for", "on" and "and" where they do not join a name."""
    part: list[Token] = []
    for index, token in enumerate(tokens):
        key = token.key
        if (
            index == 0
            and maker is not None
            and key in ("of", "for", "on")
            and maker.text.rpartition(" ")[2].lower() in lexicon.heads
        ):
            part.append(token)
        elif key in lexicon.titles or key in lexicon.calendar or (key in _JOINING and not _joins(part, tokens, index, lexicon)):
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _joins(part: list[Token], tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    key = tokens[index].key
    if key == "&":
        return len(part) == 1 or lexicon.heads.get(tokens[-1].key) in _ORGANISED
    if key == "the":
        return bool(part) and part[-1].key in ("of", "for", "on")
    institution = any(lexicon.heads.get(token.key) in _ORGANISED for token in part)
    if key in ("of", "for", "on"):
        return institution
    joined = any(token.key in ("of", "for") for token in part)
    following = tokens[index + 1 :]
    ends = bool(following) and lexicon.heads.get(following[-1].key) is Kind.INSTITUTION
    return (institution and joined) or (ends and len(part) == 1 and part[0].key in lexicon.ordinary)


def _runs(
    text: str, part: list[Token], lexicon: Lexicon, known: Container[str], opens: bool, maker: Mention | None, headline: bool
) -> Iterator[Run]:
    if headline:
        for names in _split(part, lambda token: is_ordinary(token.key, lexicon, known)):
            yield from _runs(text, names, lexicon, known, True, None, False)
        return
    while part and part[-1].text in lexicon.common_capitals and (maker is not None or part[-1].text != "AI"):
        part = part[:-1]
    if not part:
        return
    if maker is not None and maker.end + 1 == part[0].start and len(part) > part[0].text.islower():
        yield Run(maker.start, part[-1].end, text[maker.start : part[-1].end], False, maker.slug)
        return
    part = _trimmed(part, lexicon)
    if part and not all(_says_nothing(token, lexicon) for token in part):
        start, end = part[0].start, part[-1].end
        yield Run(start, end, text[start:end], opens and start == part[0].start, None)


def _split(tokens: list[Token], cut: Callable[[Token], bool]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if cut(token):
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _trimmed(part: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens without what only stands before or after the name."""
    first, last = 0, len(part)
    while first < last and _leads(part, first, last, lexicon):
        first += 1
    while last > first and (part[last - 1].text[0].islower() and part[last - 1].text.islower()):
        last -= 1
    return part[first:last]


def _leads(part: list[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    token = part[first]
    if token.key in lexicon.openers or token.text.islower():
        return True
    if first + 1 == last:
        return False
    following = part[first + 1]
    if token.key in lexicon.peoples or token.text in ("US", "UK", "EU", "AI", "U.S.", "U.K."):
        return following.key not in lexicon.heads and following.key not in lexicon.ordinary and following.text[0].isupper()
    return False


def _says_nothing(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.text in lexicon.common_capitals
        or token.key in lexicon.peoples
        or token.key in lexicon.places
        or token.key in lexicon.calendar
        or not token.text[0].isalpha()
        or (len(token.text) == 1 and token.text != "R")
        or _INITIALS.fullmatch(token.text) is not None
    )
