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
``!``  attack, riot, …                           ``›``  after
``°``  full
=====  ========================================  =====  ========================================
"""

from __future__ import annotations


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
_DECADE_NAMES = ("thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
DECADES = {name: number for number, name in zip(range(1930, 2000, 10), _DECADE_NAMES, strict=True)}
UNITS = {"year": "Y", "month": "N", "week": "K", "day": "J", "quarter": "G", "decade": "X"}
PLURAL_UNITS = {f"{word}s": letter for word, letter in UNITS.items()}
PARTS = {
    "early": "early", "mid": "mid", "late": "late", "beginning": "early", "start": "early", "middle": "mid", "end": "late",
    "close": "late",
}  # fmt: skip
DAY_OFFSETS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

#: The class of each word in lower case, but for months, weekdays and seasons, which depend on how they are written.
CLASSES: dict[str, str] = {
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
    **dict.fromkeys(words("attack attacks riot insurrection massacre"), "!"),
    "after": "›", "a": "a", "an": "a", "half": "Z", "weekend": "E", "last": "r", "past": "p", "recent": "p", "next": "x",
    "this": "h", "current": "h", "the": "T", "ago": "g", "later": "l", "earlier": "k", "before": "f", "from": "F", "between": "B",
    "and": "A", "in": "I", "of": "O", "now": "@", "ended": "#", "century": "%", "period": "=", "full": "°",
}  # fmt: skip
MARKS = dict.fromkeys(".;:!?", ".") | {"-": "-", "–": "-", "—": "—", ",": ",", "%": "c", "(": "(", ")": ")"}
