"""Sentences as tokens, each with the letter of its class in :mod:`app.analysis.dates.lexicon`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, overload

from app.analysis.dates.lexicon import CLASSES, MARKS, MONTHS, PARTS, SHORT_WEEKDAYS, WEEKDAYS
from app.domain.dates import SEASONS

_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun"
#: Holidays whose day is the same wherever the name is used, those of the United States among them.
_HOLIDAY = (
    r"(?:New Year['’]s(?: Day| Eve)?|Christmas(?: Day| Eve)?|Thanksgiving(?: Day)?|Halloween|Easter(?: Sunday| Monday)?"
    r"|Good Friday|Ash Wednesday|Palm Sunday|Juneteenth"
    r"|(?:Boxing|Labor|Memorial|Columbus|Election|Earth|May|Armistice|Remembrance|Bastille|Martin Luther King(?:,? Jr\.)?"
    r"|Veterans['’]?|Presidents['’]?"
    r"|(?:Valentine|St\.? Patrick|Mother|Father)['’]s) Day)\b|(?<![\w/.-])9/11(?![\w/])"
)
#: The forms of tokens; the first that fits counts, and the most frequent come first.
_FORMS = {
    "plain": r"[a-z]++(?![^\W_])",
    "mark": r"[^\w\s'’]",
    "holiday": _HOLIDAY,
    "Q": r"Q[1-4]\b|[1-4]Q\b",
    "H": r"H[12]\b|[12]H\b",
    "word": rf"(?:{_SHORT})\.(?!\w)|[^\W\d_]++|_+",
    "i": r"(?<![\w./-])(?:1[5-9]|20)\d\d-\d\d-\d\d(?:T[\d:.]{2,16}(?:Z|[+-][\d:]{2,5})?)?(?![\w/-])",
    "j": r"(?<![\w./-])(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])|/(?:\d\d)?\d\d)(?![\w/-])",
    "numeric": r"(?<![\w./-])(?:\d{1,2}/\d{1,2}/|\d{1,2}\.\d{1,2}\.)(?:19|20)\d\d(?![\w/])",
    "D": r"(?:1[5-9]|20)\d0['’]?s\b|['’]\d0s\b|[5-9]0s\b",
    "o": r"\d{1,2}(?:st|nd|rd|th)\b",
    "clock": r"\d{1,2}(?:[:.]\d\d)?\s?[ap](?:\.m\.|m\b)|\d{1,2}:\d\d",
    "number": r"\d+(?:[.,]\d+)*",
    "genitive": r"['’]s\b",
    "other": r"\S",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()))
#: The same tokens, each with the white space after it.
_PIECE = re.compile(rf"(?:{'|'.join(_FORMS.values())})(?: (?!\s)|\s*+)")
#: Stands for a class that has to be told from what is around the token.
_IN_CONTEXT = "\0"
_KINDS = {
    "genitive": "s",
    "clock": ":",
    "numeric": "3",
    "i": "i",
    "j": "j",
    "D": "D",
    "o": "o",
    "Q": "Q",
    "H": "H",
    "holiday": "&",
}
_PLAIN_CLASSES = CLASSES | dict.fromkeys(SEASONS, "S")
#: After a round number: "2000 jobs".
_COUNTED = re.compile(r"\s(?:[a-z]+[a-hj-rtv-z]s|people|men|women|children|staff)\b")
_CURRENCY = "$€£¥₹#@&+"
#: A number after the one and before the other of these stands alone.
_BEFORE_A_NUMBER = " \n([,"
_AFTER_A_NUMBER = frozenset({", ", ". ", ".\n", "; ", ": ", ")", ") ", "]", "] ", "]\n"})


class Token(NamedTuple):
    """A token at characters ``start`` to ``end`` of a sentence, with its lower-case form and its class."""

    start: int
    end: int
    text: str
    lower: str
    letter: str


class Tokens(Sequence[Token]):
    """The tokens of a sentence, of which ``letters`` has the classes.

    Most tokens are never looked at but by their class, so each is made when it is asked for.
    """

    __slots__ = ("_lowers", "_pieces", "_starts", "letters")

    def __init__(self, pieces: list[str], starts: list[int], letters: str) -> None:
        self._pieces = pieces
        self._starts = starts
        self.letters = letters
        self._lowers: list[str] | None = None

    @property
    def lowers(self) -> list[str]:
        """The lower-case forms."""
        if self._lowers is None:
            self._lowers = list(map(_lower, self._pieces))
        return self._lowers

    def lower(self, index: int) -> str:
        """The lower-case form of one token."""
        return _lower(self._pieces[index])

    def __len__(self) -> int:
        return len(self.letters)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        if isinstance(index, slice):
            return list(map(_token, self._pieces[index], self._starts[index], self.letters[index]))
        return _token(self._pieces[index], self._starts[index], self.letters[index])


def _token(piece: str, start: int, letter: str) -> Token:
    text, lower, length = _forms_of(piece)
    return Token(start, start + length, text, lower, letter)


def tokenise(sentence: str) -> Tokens:
    """Split a sentence into tokens and give each its class."""
    pieces = _PIECE.findall(sentence)
    starts = list(accumulate(map(len, pieces), initial=len(sentence) - len(sentence.lstrip())))
    letters = "".join(map(_letter, pieces))
    if _IN_CONTEXT in letters:
        read = list(letters)
        at = letters.find(_IN_CONTEXT)
        last = len(pieces) - 1
        while at >= 0:
            piece = pieces[at]
            letter = _IN_CONTEXT
            if (not at or pieces[at - 1][-1] in _BEFORE_A_NUMBER) and (
                piece[-1] in " \n" or at == last or pieces[at + 1] in _AFTER_A_NUMBER
            ):
                letter = _letter_alone(piece)
            read[at] = letter if letter != _IN_CONTEXT else _letter_in_context(sentence, starts[at], piece.rstrip())
            at = letters.find(_IN_CONTEXT, at + 1)
        letters = "".join(read)
    return Tokens(pieces, starts, letters)


@lru_cache(maxsize=1 << 14)
def _letter(piece: str) -> str:
    """The class of a token with the white space after it, or ``_IN_CONTEXT`` where what stands around it decides."""
    text = piece.rstrip()
    if text[0].isdigit() or text[1:2].isdigit():
        return _IN_CONTEXT
    return _letter_of(_TOKEN.match(text), text)


@lru_cache(maxsize=1 << 14)
def _letter_alone(piece: str) -> str:
    """The class of a token with digits that nothing before or after it makes part of something longer."""
    text = piece.rstrip()
    return _IN_CONTEXT if text.endswith("00") else _letter_in_context(text, 0, text)


@lru_cache(maxsize=1 << 14)
def _lower(piece: str) -> str:
    text = piece.rstrip().lower()
    return text.rstrip(".") if text[0].isalpha() else text


@lru_cache(maxsize=1 << 14)
def _forms_of(piece: str) -> tuple[str, str, int]:
    """A token without the white space after it, its lower-case form and its length."""
    text = piece.rstrip()
    return text, _lower(piece), len(text)


def _letter_in_context(sentence: str, start: int, text: str) -> str:
    if text.isdecimal():
        return _number_class(sentence, start, start + len(text), text)
    return _letter_of(_TOKEN.match(sentence, start), sentence)


def _letter_of(match: re.Match[str] | None, sentence: str) -> str:
    assert match is not None, "every character that is not white space begins a token"
    (start, end), text, kind = match.span(), match[0], match.lastgroup
    if kind == "plain":
        return _PLAIN_CLASSES.get(text, "_")
    if kind == "word":
        return _word_class(text, text.lower().rstrip("."))
    if kind == "number":
        return _number_class(sentence, start, end, text)
    if kind in ("mark", "other"):
        return MARKS.get(text, "_")
    letter = _KINDS[kind or ""]
    if letter in "oDQH" and (_glued(sentence, start, end) or text[4:5] in ("'", "’")):
        return "_"
    return letter


def _word_class(text: str, lower: str) -> str:
    if lower in MONTHS:
        return "M" if text[0].isupper() else "_"
    if lower in WEEKDAYS:
        return "W" if text[0].isupper() else "_"
    if lower in SHORT_WEEKDAYS:
        return "w" if text[0].isupper() else "_"
    if lower in SEASONS:
        return "S"
    return CLASSES.get(lower, "_")


def _number_class(sentence: str, start: int, end: int, text: str) -> str:
    if not text.isascii() or not text.isdigit() or _glued(sentence, start, end):
        return "_"
    if len(text) == 4:
        counted = text.endswith("00") and _COUNTED.match(sentence, end)
        return "y" if "1500" <= text <= "2099" and not counted else "_"
    if len(text) > 3 or int(text) == 0:
        return "_"
    return "d" if int(text) <= 31 and len(text) < 3 else "n"


def _glued(sentence: str, start: int, end: int) -> bool:
    """Whether a number is part of a longer word, a sum of money, a name such as GPT-4 or a version."""
    before, after = sentence[start - 1 : start], sentence[end : end + 1]
    if before and (before.isalnum() or before in _CURRENCY or before in "/._\\"):
        return True
    if before in ("-", "–") and start > 1:
        stem = sentence[max(0, start - 12) : start - 1].rpartition(" ")[2].lower().lstrip("(\"'“‘")
        if not (stem.isdigit() or stem in PARTS or stem in MONTHS or (stem.isalnum() and stem[:1].isdigit())):
            return True
    if after and (after.isalnum() or after in "/_@°$€£"):
        return True
    return after == "." and sentence[end + 1 : end + 2].isdigit()
