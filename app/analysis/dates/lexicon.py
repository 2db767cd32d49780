"""The words that dates are made of, each with the letter of its class.

The grammar reads a sentence as a string of these letters, one a token; ``_`` stands for any other token.

=====  ========================================  =====  ========================================
class  tokens                                    class  tokens
=====  ========================================  =====  ========================================
``d``  1 to 31 in digits                         ``e``  early, mid, late
``o``  1st to 31st                               ``b``  beginning, middle, end
``n``  other numbers up to 999, and in words     ``z``  fiscal
``q``  first to fourth, final                    ``r``  last
``a``  a, an                                     ``p``  past, recent
``v``  few, several, couple                      ``x``  next
``y``  a year in digits                          ``L``  following
``D``  a decade: 2010s, '90s                     ``V``  previous
``i``  2023-11-17                                ``C``  coming
``j``  2023-11                                   ``h``  this, current
``3``  17/11/2023, 17.11.2023                    ``m``  that, same
``M``  a month                                   ``T``  the
``W``  a weekday                                 ``g``  ago
``w``  a weekday in short                        ``l``  later
``S``  a season                                  ``k``  earlier
``Q``  Q1 to Q4                                  ``f``  before
``H``  H1, H2                                    ``R``  to, through, until
``Y``  year                                      ``F``  from
``N``  month                                     ``B``  between
``K``  week                                      ``A``  and
``J``  day                                       ``I``  in
``G``  quarter                                   ``O``  of
``X``  decade                                    ``~``  over, during, for, within
``Z``  half                                      ``@``  now
``u``  years, months, …                          ``#``  ended
``U``  hour, minute                              ``s``  the genitive ending
``E``  weekend                                   ``c``  million, people, percent, …
``=``  period                                    ``*``  corresponding, comparable
``P``  morning, afternoon, …                     ``:``  a time of day
``t``  today, yesterday, …                       ``.``  a stop, colon or semicolon
``&``  a holiday                                 ``%``  century
=====  ========================================  =====  ========================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from string import ascii_letters
from typing import NamedTuple, overload

from ahocorasick_rs import AhoCorasick, MatchKind

from app.domain.dates import SEASONS


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY_NAMES)}
SHORT_WEEKDAYS = {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "thu": 3, "thur": 3, "thurs": 3}
#: Months that are also names or verbs and need more evidence than their capital.
DOUBTFUL_MONTHS = frozenset({"march", "april", "may", "june", "august"})

_SMALL_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: number for number, word in enumerate(_SMALL_NUMBERS, 1)}
NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1}
_DAYS = (
    "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
    "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
#: Ordinals that only days have.
DAYS = {word: number for number, word in enumerate(_DAYS, 5)} | {"thirtieth": 30}
DECADES = {"sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}
UNITS = {"year": "Y", "month": "N", "week": "K", "day": "J", "quarter": "G", "decade": "X"}
PLURAL_UNITS = {f"{word}s": letter for word, letter in UNITS.items()}
PARTS = {
    "early": "early", "mid": "mid", "late": "late", "beginning": "early", "start": "early", "middle": "mid", "end": "late",
    "close": "late",
}  # fmt: skip
DAY_OFFSETS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

_CLASSES: dict[str, str] = {
    **dict.fromkeys(NUMBERS, "n"),
    **dict.fromkeys(ORDINALS, "q"),
    **dict.fromkeys(DAYS, "o"),
    **dict.fromkeys(DECADES, "D"),
    **dict.fromkeys(("noon", "midnight", "midday"), ":"),
    **UNITS,
    **dict.fromkeys(PLURAL_UNITS, "u"),
    **dict.fromkeys(DAY_OFFSETS, "t"),
    **dict.fromkeys(("early", "mid", "late"), "e"),
    **dict.fromkeys(("beginning", "start", "middle", "end", "close"), "b"),
    **dict.fromkeys(("morning", "afternoon", "evening", "night"), "P"),
    **dict.fromkeys(("few", "several", "couple"), "v"),
    **dict.fromkeys(("following", "subsequent", "ensuing"), "L"),
    **dict.fromkeys(("previous", "preceding", "prior"), "V"),
    **dict.fromkeys(("coming", "upcoming"), "C"),
    **dict.fromkeys(("to", "through", "thru", "until", "till"), "R"),
    **dict.fromkeys(("over", "during", "for", "within"), "~"),
    **dict.fromkeys(("hour", "minute", "hours", "minutes"), "U"),
    **dict.fromkeys(("that", "same", "latest"), "m"),
    **dict.fromkeys(("corresponding", "comparable"), "*"),
    **dict.fromkeys(("fiscal", "financial", "fy"), "z"),
    **dict.fromkeys(words("million billion trillion thousand hundred percent per people points times"), "c"),
    "a": "a", "an": "a", "half": "Z", "weekend": "E", "last": "r", "past": "p", "recent": "p", "next": "x", "this": "h",
    "current": "h", "the": "T", "ago": "g", "later": "l", "earlier": "k", "before": "f", "from": "F", "between": "B",
    "and": "A", "in": "I", "of": "O", "now": "@", "ended": "#", "century": "%", "period": "=",
}  # fmt: skip
_MARKS = dict.fromkeys(".;:!?", ".") | {"-": "-", "–": "-", "—": "—", ",": ",", "%": "c", "(": "(", ")": ")"}


def _forms(names: Iterable[str]) -> frozenset[str]:
    """Words as they may be written: as they are, with a capital, in capitals."""
    return frozenset(form for word in names for form in (word, word.title(), word.upper()))


#: Words of which a sentence with a date, but without a year in digits, has at least one; as they are written.
TRIGGERS = _forms(
    [
        *DAY_OFFSETS,
        *DAYS,
        *DECADES,
        *SEASONS,
        *DECADES,
        *words("noon midnight midday nineteen twenty weekend morning afternoon evening night q1 q2 q3 q4 h1 h2 fy"),
    ]
) | (
    _forms([*MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS]).difference(MONTHS, WEEKDAYS, SHORT_WEEKDAYS)
    | words("a.m p.m Year Years")
    | words("Christmas Thanksgiving Halloween Easter Good Eve Day")
)
#: Words that make a trigger only together with one of ``RELATIONS``.
UNIT_TRIGGERS = _forms([*UNITS, *PLURAL_UNITS, "period"]) - TRIGGERS
RELATIONS = _forms(word for word, letter in _CLASSES.items() if letter in "rpxLVChmglkfbqI@~*")

#: A year, a decade, an ordinal, a time of day.
_IN_DIGITS = re.compile(
    r"[0-9’'](?:(?<=1)(?<!\d1)[5-9]\d\d|(?<=2)(?<!\d2)0\d\d|(?<=[’'])\d0s|(?<=\d)(?:st|nd|rd|th|\s?[ap]m)\b)", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = frozenset(ascii_letters)
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun"
#: Holidays whose day is the same wherever the name is used, those of the United States among them.
_HOLIDAY = (
    r"(?:New Year['’]s(?: Day| Eve)?|Christmas(?: Day| Eve)?|Thanksgiving(?: Day)?|Halloween|Easter(?: Sunday| Monday)?"
    r"|Good Friday|(?:Boxing|Labor|Memorial|Columbus|Election|Earth|Martin Luther King(?:,? Jr\.)?|Veterans['’]?|Presidents['’]?"
    r"|(?:Valentine|St\.? Patrick|Mother|Father)['’]s) Day)\b"
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
    "j": r"(?<![\w./-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\w/-])",
    "numeric": r"(?<![\w./-])(?:\d{1,2}/\d{1,2}/|\d{1,2}\.\d{1,2}\.)(?:19|20)\d\d(?![\w/])",
    "D": r"(?:1[5-9]|20)\d0['’]?s\b|['’]\d0s\b",
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
_PLAIN_CLASSES = _CLASSES | dict.fromkeys(SEASONS, "S")
#: After a round number: "2000 jobs".
_COUNTED = re.compile(r"\s(?:[a-z]+[a-rt-z]s|people|men|women|children|staff)\b")
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


#: Halves of a pair, which no document has and the matcher does not take.
_HALVES = re.compile("[\ud800-\udfff]")


def which_may_hold_dates(sentences: Sequence[str]) -> Iterator[bool]:
    """Whether each of some sentences has a word or a year without which there is no date; one pass over all of them."""
    text = "\n".join(sentences)
    places = [match.start() for match in _IN_DIGITS.finditer(text)]
    units: list[int] = []
    try:
        triggers = _triggers().find_matches_as_indexes(text)
    except UnicodeEncodeError:
        triggers = _triggers().find_matches_as_indexes(_HALVES.sub("\ufffd", text))
    for index, start, end in triggers:
        if text[end : end + 1] not in _LETTERS and (not start or text[start - 1] not in _LETTERS):
            (places if index < len(TRIGGERS) else units).append(start)
    places.sort()
    start = sure = unit = 0
    for sentence in sentences:
        end = start + len(sentence)
        found = sure < len(places) and places[sure] < end
        while sure < len(places) and places[sure] < end:
            sure += 1
        if unit < len(units) and units[unit] < end:
            found = found or not RELATIONS.isdisjoint(_WORD.findall(sentence))
            while unit < len(units) and units[unit] < end:
                unit += 1
        yield found
        start = end + 1


@lru_cache
def _triggers() -> AhoCorasick:
    return AhoCorasick([*sorted(TRIGGERS), *sorted(UNIT_TRIGGERS)], matchkind=MatchKind.LeftmostLongest)


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
        return _MARKS.get(text, "_")
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
    return _CLASSES.get(lower, "_")


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
