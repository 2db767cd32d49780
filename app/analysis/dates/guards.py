"""What keeps a run of tokens that looks like a date from being read as one."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.dates.grammar import Phrase
from app.analysis.dates.lexicon import DOUBTFUL_MONTHS, MONTHS, Token, words

_IN_TIME = words("in since during until till throughout through")
_AROUND_TIME = _IN_TIME | words("by before after from to between and of for on over as")
_BEFORE_A_YEAR = _AROUND_TIME | words(
    "the a an his her its their our this that early late mid into circa around about year fiscal both or 's ’s ( [ , – — - end pre post "
    "entire whole full calendar all than"
)
_COUNTED = words(
    "people men women children workers employees staff km kg mw gw kw mb gb tb gpus cpus tokens dollars euros yuan pounds yen "
    "feet miles metres meters points hours minutes seconds watts parameters degrees gmt utc hrs h calories bits bytes pixels"
)
_NAMED_DAYS = words("black cyber super good giving ash palm fat bloody holy easter")
_OWNING = frozenset({"the", "its", "their", "his", "her", "our", "a", "'s", "’s"})
_SHORT_MONTHS = frozenset(name for name in MONTHS if len(name) < 5) - {"may", "june", "july"}
_PLURAL_IN_S = ("ss", "us", "is")


def stands(phrase: Phrase, tokens: Sequence[Token], sentence: str) -> bool:
    """Whether the words around ``phrase`` leave it a date."""
    before = tokens[phrase.first - 1] if phrase.first else None
    after = tokens[phrase.last] if phrase.last < len(tokens) else None
    check = _CHECKS.get(phrase.rule)
    return not _is_address(phrase, sentence) and (check is None or check(phrase, before, after))


def _is_address(phrase: Phrase, sentence: str) -> bool:
    """Part of a host name, a path or a handle: "monday.com", "/november"."""
    start, end = phrase.tokens[0].start, phrase.tokens[-1].end
    tail = sentence[end : end + 2]
    return sentence[start - 1 : start] in ("/", "@", "#", "_", "\\") or (len(tail) == 2 and tail[0] in "._@\\" and tail[1].isalnum())


def _capitalised(token: Token | None) -> bool:
    return token is not None and token.text[:1].isupper()


def _plural(token: Token | None) -> bool:
    """Whether a word looks like a noun in the plural: what a count is followed by."""
    if token is None:
        return False
    lower = token.lower
    return lower in _COUNTED or token.letter in "cu" or (len(lower) > 3 and lower[-1] == "s" and lower[-2:] not in _PLURAL_IN_S)


def _day(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    if phrase.token("y") or phrase.token("Ww"):
        return True
    first = phrase.tokens[0]
    if first.letter == "M":
        return not (before is not None and before.lower in ("in", "since") and _plural(after))
    return first.letter != "d" or not (_capitalised(before) and before is not None and before.letter not in "Ww")


def _month(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    name = phrase.the("M")
    if phrase.token("yYrxhLVmC"):
        return True
    word = "the" if phrase.tokens[0].letter == "T" else before.lower if before is not None else ""
    if word in ("each", "every"):
        return False
    if name.text.endswith(".") or name.lower in _SHORT_MONTHS:
        return name.text.endswith(".") and word in _AROUND_TIME | _OWNING
    if word in _OWNING:
        return after is not None and after.letter in "_bn" and after.text.islower() and after.lower not in _AROUND_TIME
    if name.lower in ("may", "march"):
        return word in _IN_TIME or (word in _AROUND_TIME and (after is None or after.letter in ".,)R-A"))
    if word in _AROUND_TIME:
        return True
    if name.lower in DOUBTFUL_MONTHS:
        return False
    return not (_capitalised(after) or (_capitalised(before) and before is not None and before.letter == "_"))


def _season(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    name = phrase.the("S")
    if phrase.token("y") or phrase.token("Y"):
        return True
    if after is not None and after.letter == "O":
        return False
    if name.lower == "fall" and phrase.token("hT") and after is not None and after.lower in ("in", "from", "by", "to"):
        return False
    if name.text[0].isupper():
        return False
    if phrase.token("rxhCpm"):
        return True
    word = before.lower if before is not None else ""
    return word in _AROUND_TIME - {"to", "of", "and", "as", "on", "between"} or bool(phrase.token("eb"))


def _weekday(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    if phrase.tokens[0].letter != "W" or before is None:
        return True
    return before.lower not in _NAMED_DAYS and before.lower not in ("each", "every")


def _today(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    """Not "today's world" and "the people of tomorrow"."""
    if after is not None and after.letter == "s" and phrase.token("t"):
        return False
    return before is None or before.lower not in ("of", "for") or phrase.token("t") is None


def _unit(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    """Not what is written like a title ("This Week")."""
    return phrase.tokens[-1].text.islower()


def _quarter(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    return phrase.token("yY") is not None or after is None or after.lower not in ("ended", "ending")


def _duration(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    """Not an age, a fraction or a rate."""
    last = phrase.tokens[-1]
    if after is not None and (after.lower == "old" or (after.letter == "-" and not last.text.endswith("s"))):
        return False
    return last.lower != "quarters" or phrase.tokens[-2].letter != "-"


def _year(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    if phrase.tokens[0].letter in "TY":
        return not _plural(after)
    number = int(phrase.tokens[-1].text)
    word = before.lower if before is not None else ""
    certain = word in _IN_TIME | {"early", "late", "mid", "'s", "’s", "by"}
    if before is not None and word not in _BEFORE_A_YEAR:
        return False
    if after is not None and (after.lower in _COUNTED or after.letter in "cu:"):
        return False
    if number % 50 == 0 and number != 2000 and not certain:
        return False
    if _plural(after):
        return number % 50 != 0 and (certain or word in ("the", "its", "their", "his", "her", "our"))
    if number % 50 == 0 and not certain:
        return before is not None and before.letter in "sT"
    if number > 2040 or number < 1800:
        return certain and (after is None or after.letter != "_" or after.lower in _AROUND_TIME)
    if before is None:
        return after is None or after.letter != "."
    if word in ("a", "an") and after is not None and after.letter in ".,)":
        return False
    return True


def _part_of_year(phrase: Phrase, before: Token | None, after: Token | None) -> bool:
    return after is None or after.lower not in _COUNTED


_CHECKS = {
    "day": _day,
    "month": _month,
    "season": _season,
    "weekday": _weekday,
    "today": _today,
    "unit": _unit,
    "quarter": _quarter,
    "duration": _duration,
    "year": _year,
    "part_of_year": _part_of_year,
}
