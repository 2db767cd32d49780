"""What keeps a run of tokens that looks like a date from being read as one."""

from __future__ import annotations

from collections.abc import Callable

from app.analysis.dates.grammar import Phrase
from app.analysis.dates.holidays import NINE_ELEVEN
from app.analysis.dates.lexicon import DECADES, DOUBTFUL_MONTHS, MONTHS, NUMBERS, ORDINALS, words
from app.analysis.dates.setting import COUNTED, Setting, is_plural
from app.analysis.dates.tokens import Token, Tokens
from app.analysis.dates.verbs import PAST

_IN_TIME = words("in since during until till throughout through into")
_AROUND_TIME = _IN_TIME | words("by before after from to between and of for on over as")
_BEFORE_A_YEAR = _AROUND_TIME | words(
    "the a an his her its their our this that early late mid into circa around about year fiscal both or 's ’s ( [ , – — - "
    "end pre post years born died entire whole full calendar all than with versus vs compared against above below due "
    "approaching following"
)
_NAMED_DAYS = words("black cyber super good giving ash palm fat bloody holy easter each every")
_EVERY_WEEK = words("mornings afternoons evenings nights")
#: After a weekday that is part of a name.
_NAMED_AFTER_DAYS = words("school schools times papers newspapers football live")
_ANY = words("a an one some another")
_OWNING = words("the its their his her our a 's ’s")
_NEWS = words(
    "announcement announcements news launch release event update ruling hearing vote decision report move deal edition editions "
    "session trading meeting talks briefing statement verdict indictment lawsuit debate speech show race match game summit"
)
_RESULTS = words(
    "revenue revenues results earnings sales profit profits loss losses guidance report call income margin and or to"
)
#: What a year describes even where the word before it leads to no date ("expects 2014 sales of").
_OF_A_YEAR = (_RESULTS | words("outlook forecast budget spending")) - words("call report and or to")
#: "The 80s" as it is written without a mark, and what it counts in other sentences.
_BARE_DECADE = 3
_MEASURED = words(
    "degrees degree temperature temperatures highs lows humidity weather fahrenheit celsius percent percentile score scores "
    "scored shot rounds points age aged ages weight prices pounds mph heat"
)
#: What is told of a full year in advance; its results and reports come after it.
_FIGURES = words("revenue revenues sales profit profits loss losses income margin guidance outlook forecast budget spending")
_BEFORE_A_VERB = words("to will would can could may might should must did not only")
_AUXILIARIES = words("is are was were has had have will would can could may might should must did does do")
_AFTER_A_SEASON = (
    _AROUND_TIME | _AUXILIARIES | words("the a it he she they we when while but with that which last this next following")
)
_SHORT_MONTHS = frozenset(name for name in MONTHS if len(name) < 5) - {"may", "june", "july"}
_NUMBERED_BY_YEAR = words("resolution directive regulation decision order case rule law act file document report paper no")
#: What years in words begin with.
_CENTURIES = ("eighteen", "nineteen", "twenty")
#: Between two years.
_SPANNING = words("to and through until till or - – —")


def stands(phrase: Phrase, tokens: Tokens, sentence: str) -> bool:
    """Whether the words around ``phrase`` leave it a date."""
    if _is_address(phrase, sentence):
        return False
    check = _CHECKS.get(phrase.rule)
    return check is None or check(Setting(phrase, tokens))


def _is_address(phrase: Phrase, sentence: str) -> bool:
    """Part of a host name, a path or a handle: "monday.com", "/november"."""
    start, end = phrase.tokens[0].start, phrase.tokens[-1].end
    tail = sentence[end : end + 2]
    return sentence[max(0, start - 1) : start] in ("/", "@", "#", "_", "\\") or (
        len(tail) == 2 and tail[0] in "._@\\" and tail[1].isalnum() and not (tail[0] == "." and tail[1].isupper())
    )


def _capitalised(token: Token | None) -> bool:
    return token is not None and token.text[:1].isupper()


def _is_of_old(setting: Setting) -> bool:
    """Whether a year follows that is too early to be read as one ("October 1453")."""
    after = setting.after
    return after is not None and _is_year(after.text) and after.text < "1500"


def _day(setting: Setting) -> bool:
    phrase = setting.phrase
    if phrase.token("yWw"):
        return True
    if _is_of_old(setting):
        return False
    first, before, after = phrase.tokens[0], setting.before, setting.after
    if first.letter == "M":
        return not (setting.word in ("in", "since") and is_plural(after))
    return first.letter != "d" or not _capitalised(before) or setting.word in _AROUND_TIME


def _month(setting: Setting) -> bool:
    phrase = setting.phrase
    if phrase.token("yYrxhLVmC"):
        return True
    if _is_of_old(setting):
        return False
    name, before, after, word = phrase.the("M"), setting.before, setting.after, setting.word
    if word in ("each", "every"):
        return False
    if name.text.endswith(".") or name.lower in _SHORT_MONTHS:
        return name.text.endswith(".") and word in _AROUND_TIME | _OWNING
    if word == "least" or _ends_months(setting):
        return True
    if word in _OWNING:
        return after is not None and after.text.islower() and after.lower not in _AROUND_TIME | _AUXILIARIES
    if word in _IN_TIME:
        return True
    if name.lower in ("may", "march"):
        return word in _AROUND_TIME and (after is None or after.letter in ".,)R-A")
    if name.lower in DOUBTFUL_MONTHS or word in _AROUND_TIME:
        return word in _AROUND_TIME and not _capitalised(after)
    return not (_capitalised(after) or (_capitalised(before) and before is not None and before.letter == "_"))


def _ends_months(setting: Setting) -> bool:
    """Whether a month is the other end of "between January and …"."""
    if setting.word not in _SPANNING or setting.earlier not in MONTHS or setting.phrase.first < 3:
        return False
    return setting.tokens.lower(setting.phrase.first - 3) in _AROUND_TIME and not _capitalised(setting.after)


def _season(setting: Setting) -> bool:
    phrase = setting.phrase
    if phrase.token("yY"):
        return True
    name, after = phrase.the("S"), setting.after
    if after is not None and after.letter == "O":
        return setting.beyond in _CENTURIES
    if name.text[0].isupper():
        return False
    if phrase.token("hT") and name.lower == "fall" and after is not None and after.lower in ("in", "from", "by", "to"):
        return False
    if phrase.token("rxhCpmeb"):
        return True
    follows = after is None or not after.text.isalpha() or _capitalised(after) or after.lower in _AFTER_A_SEASON
    return follows and setting.word in _AROUND_TIME - {"to", "of", "and", "as", "on", "between"}


def _weekend(setting: Setting) -> bool:
    """Not one that its days tell ("the weekend of July 21-23")."""
    after = setting.after
    return after is None or after.letter != "O"


def _decade(setting: Setting) -> bool:
    """Not "in his nineties", nor a temperature or a score "in the 80s"."""
    token = setting.phrase.the("D")
    bare = len(token.text) == _BARE_DECADE
    if bare and not _MEASURED.isdisjoint(setting.tokens.lowers):
        return False
    return not (bare or token.lower in DECADES) or setting.phrase.token("T") is not None


def _century(setting: Setting) -> bool:
    """Not "a 20th century temple", which says of what kind a thing is, nor "its second century", nor a name."""
    after = setting.after
    described = after is not None and after.letter == "_" and after.lower not in _AFTER_A_SEASON
    return setting.phrase.tokens[-1].text.islower() and not described and setting.word not in _OWNING


def _year_before(setting: Setting) -> bool:
    """Not one of several months ("the year-earlier nine months")."""
    return setting.beyond != "months"


def _recurs(setting: Setting, after: Token) -> bool:
    """Whether a weekday is told of every week ("Monday and Tuesday nights")."""
    if after.letter != "A":
        return after.lower in _EVERY_WEEK
    return (
        setting.tokens.letters.startswith("W_", setting.phrase.last + 1)
        and setting.tokens.lower(setting.phrase.last + 2) in _EVERY_WEEK
    )


def _weekday(setting: Setting) -> bool:
    """Not "Black Friday", "Friday nights", "the first Friday" or "one Friday", nor another week's ("the Sunday before last")."""
    after, word = setting.after, setting.word
    if word in ORDINALS or (after is not None and (after.lower in _NAMED_AFTER_DAYS or _recurs(setting, after))):
        return False
    if word in _ANY and not _describes(after):
        return False
    another_week = (after is not None and after.letter == "f" and setting.beyond == "last") or (
        word == "from" and setting.earlier in ("week", "weeks")
    )
    return not another_week and (setting.phrase.letters[0] != "W" or word not in _NAMED_DAYS)


def _today(setting: Setting) -> bool:
    """Not "today's world" and "the people of tomorrow"."""
    if setting.phrase.letters[0] != "t":
        return True
    after = setting.after
    possessed = after is not None and after.letter == "s" and setting.beyond not in _NEWS
    return not possessed and setting.word not in ("of", "for")


def _unit(setting: Setting) -> bool:
    """Not what is written like a title ("This Week")."""
    return setting.phrase.tokens[-1].text.islower()


def _shifted(setting: Setting) -> bool:
    """Not a distance from what is told after it ("a year later than planned")."""
    after = setting.after
    return after is None or after.lower != "than"


def _next_unit(setting: Setting) -> bool:
    """Not the beginning of a longer word ("that year-end")."""
    after = setting.after
    return after is None or after.letter != "-"


def _in_time(setting: Setting) -> bool:
    """Not what goes on to say of what or when ("in a year that", "in two weeks of talks"); "in a week's" only before "time"."""
    after = setting.after
    if setting.phrase.letters[-1] == "s":
        return after is not None and after.lower == "time"
    return after is None or not (after.letter in "OmTf" or after.lower in ("when", "since", "after", "as", "or"))


def _quarter(setting: Setting) -> bool:
    """Not a quarter that says itself when it ended, which is a fiscal one; nor a "Q4" that may name anything else."""
    phrase = setting.phrase
    if phrase.token("yY") is not None:
        return True
    after = setting.after
    if phrase.token("Q") is None:
        return after is None or after.lower not in ("ended", "ending")
    ends = after is None or after.letter in ".,)" or after.lower in _AFTER_A_SEASON
    return (after is not None and after.lower in _RESULTS) or (ends and setting.word in _IN_TIME | {"by"})


def _duration(setting: Setting) -> bool:
    """Not an age, a fraction or a rate."""
    after, last = setting.after, setting.phrase.tokens[-1]
    if after is not None and (after.lower == "old" or (after.letter == "-" and not last.text.endswith("s"))):
        return False
    return last.lower != "quarters" or setting.phrase.token("-") is None


def _span(setting: Setting) -> bool:
    """Not what a verb tells ("will last two days")."""
    return setting.phrase.letters[0] != "r" or setting.word not in _BEFORE_A_VERB


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit()


def _year(setting: Setting) -> bool:
    phrase, after = setting.phrase, setting.after
    if phrase.letters[0] in "TY":
        return not is_plural(after)
    before = setting.before
    number, word = int(phrase.tokens[-1].text), setting.word
    certain = word in _IN_TIME | {"early", "late", "mid", "'s", "’s", "by"}
    results = after is not None and (after.lower in _OF_A_YEAR or (after.letter == "_" and setting.beyond in _OF_A_YEAR))
    if results and number % 100:
        return True
    described = before is not None and before.text.islower() and setting.earlier in _OWNING
    if before is not None and word not in _BEFORE_A_YEAR and not (described and after is not None and after.letter == "_"):
        return False
    if after is not None and (after.lower in COUNTED or after.letter in "cu:"):
        return False
    if is_plural(after):
        counted = word in ("and", "or", ",") and _is_year(setting.earlier)  # "the 2023 and 2024 models"
        return (number % 50 != 0 or _capitalised(after)) and (certain or counted or word in _OWNING)
    spanned = (word in _SPANNING and _is_year(setting.earlier)) or (word in ("between", "from") and _is_year(setting.beyond))
    if number % 50 == 0 and not certain and not spanned:
        return before is not None and before.letter in "sT"
    if number > 2040 or number < 1800:
        return certain and (after is None or after.letter != "_" or after.lower in _AROUND_TIME)
    if before is None:
        return after is None or after.letter != "."
    return word not in ("a", "an") or after is None or after.letter not in ".,)"


def _describes(after: Token | None) -> bool:
    """Whether a date describes the word after it ("a Friday meeting")."""
    return after is not None and after.text.isalpha() and after.lower not in _AFTER_A_SEASON


def _holiday(setting: Setting) -> bool:
    """Not what a holiday describes ("Christmas trees")."""
    phrase, after = setting.phrase, setting.after
    follows = after is None or not after.text.isalpha() or after.lower in _AFTER_A_SEASON
    if phrase.the("&").text == NINE_ELEVEN:
        return follows or (after is not None and after.letter == "!")
    word = setting.word
    if phrase.letters[0] == "&" and _capitalised(setting.before) and word not in _AFTER_A_SEASON:
        return False  # "Holocaust Remembrance Day"
    named = phrase.tokens[-1].text.endswith(("Day", "Eve")) and word not in _OWNING | {"an"}
    follows = follows or (named and after is not None and (after.lower in PAST or after.lower.endswith(("ed", "ing"))))
    if phrase.token("y") is not None:
        return True
    return follows and (phrase.token("Yrxh") is not None or word in _AROUND_TIME or word == "at" or named)


def _day_of_month(setting: Setting) -> bool:
    """Not "on the 9th floor"."""
    after = setting.after
    follows = after is None or after.letter in ".,)—RAO" or after.lower in _AROUND_TIME | _AUXILIARIES
    return follows and not (after is not None and after.letter in "OM") and setting.word in ("on", "by", "until", "since")


def _year_in_words(setting: Setting) -> bool:
    numbers = [token.lower for token in setting.phrase.tokens if token.letter == "n"]
    if setting.phrase.token("c"):
        return numbers[0] == "two" and "thousand" in (token.lower for token in setting.phrase.tokens)
    in_words = all(number in NUMBERS for number in numbers)
    if not in_words or numbers[0] not in _CENTURIES or NUMBERS[numbers[1]] < 10:
        return False
    after = setting.after
    if after is not None and (after.letter == "-" or (is_plural(after) and not _capitalised(after))):
        return False
    before = setting.before
    return before is None or before.letter in ".,M—" or setting.word in _BEFORE_A_YEAR


def _iso_month(setting: Setting) -> bool:
    """Not "resolution 2012/13" and "file 2012/45", but the season 2012/13."""
    first, slash, second = setting.phrase.tokens[0].text.partition("/")
    return not slash or (int(second) in (int(first) + 1, (int(first) + 1) % 100) and setting.word not in _NUMBERED_BY_YEAR)


def _full_year(setting: Setting) -> bool:
    """Not "a full year" or "the full year of training"; "full-year" only of results."""
    phrase, after = setting.phrase, setting.after
    if phrase.token("y") is not None:
        return True
    if phrase.token("-") is not None:
        return after is not None and after.lower in _FIGURES
    if phrase.letters[0] != "T" or (after is not None and after.letter in "Of#"):
        return False
    plainly = after is None or not after.text.isalpha() or after.lower in _AFTER_A_SEASON
    return plainly or setting.word in ("for", "over", "throughout")


def _same_unit(setting: Setting) -> bool:
    """Not "the year-end" and "the year's best"; of periods only the latest."""
    after, letters = setting.after, setting.phrase.letters
    if letters[-1] in "=J":
        return letters[-1] == "J" or setting.phrase.the("m").lower == "latest"
    return setting.word in ("in", "for", "during", "throughout") and (after is None or after.letter not in "-sO#")


def _part_of_year(setting: Setting) -> bool:
    after = setting.after
    return after is None or after.lower not in COUNTED


_CHECKS: dict[str, Callable[[Setting], bool]] = {
    "day": _day,
    "known_day": _day,
    "month": _month,
    "season": _season,
    "weekday": _weekday,
    "weekend": _weekend,
    "today": _today,
    "unit": _unit,
    "next_unit": _next_unit,
    "shifted": _shifted,
    "in_time": _in_time,
    "quarter": _quarter,
    "duration": _duration,
    "span": _span,
    "vague_span": _span,
    "year": _year,
    "holiday": _holiday,
    "century": _century,
    "iso_month": _iso_month,
    "full_year": _full_year,
    "year_before": _year_before,
    "decade": _decade,
    "day_of_month": _day_of_month,
    "year_in_words": _year_in_words,
    "same_unit": _same_unit,
    "part_of_year": _part_of_year,
}
