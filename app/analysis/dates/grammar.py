"""The grammar of dates: which runs of token classes tell a time.

A rule is a regular expression over the class letters of :mod:`app.analysis.dates.lexicon`; those that can begin with a token's
class are tried in order. What a run of tokens means is left to :mod:`app.analysis.dates.resolution`, and whether it means
anything in its surroundings to :mod:`app.analysis.dates.guards`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.analysis.dates.lexicon import words
from app.analysis.dates.tokens import Token, Tokens

_YEAR_OF = "(?:,?O?y(?!c)|,?O?[rxh]Y|O?T?m{1,2}Y|OT[LV]Y)"
_YEAR = f"(?:Iy(?!c)|{_YEAR_OF})"
_OF_YEAR = "(?:O?T?z?Y?y(?!c)|O?[rxh]Y|OTz?Y)"
_PART = "(?:T?e-?|T?bO)"
_DAY = "[do](?!c)"
_COUNT = "(?:[nd](?:-?[nd])?|aZ|a?vO?|a)"
_UNIT = "[YNKGXJu]"

#: Each rule with the classes that it can begin with. The first rule that matches counts.
_RULES: tuple[tuple[str, str, str], ...] = (
    ("iso_day", "i", "i"),
    ("iso_month", "j", "j"),
    ("numeric_day", "3", "3"),
    ("known_day", "TM", r"T?Md(?=_?!)|(?<=!O)Md(?!,?O?y)"),
    (
        "day_range",
        "BMFdoT",
        f"B?M{_DAY}A{_DAY}(?![uM]){_YEAR}?|F?M{_DAY}[-R]{_DAY}(?!u){_YEAR}?|[FB]?T?[do][-RA]T?{_DAY}O?M{_YEAR}?",
    ),
    ("day", "#WwrxhCMTdo", rf"#?(?:(?:[rxh]?C?[Ww]|hpW),?\(?)?(?:[rh]?MT?{_DAY}|T?[do]O?M|TqOM){_YEAR}?"),
    ("holiday", "Trxh&", f"T?[rxh]?&P?{_YEAR}?"),
    ("week_of_day", "TKE", f"T?[KE]OM{_DAY}(?![-R]{_DAY}){_YEAR}?"),
    ("part_in_month", "Tqr", f"T?[qr](?:[KJ]O|[WE][OI])M{_YEAR}?"),
    ("months_of_year", "Tqr", f"T?(?:q[nd]u|r[nd]u(?=O)){_OF_YEAR}"),
    ("months", "TM", f"T?M(?:-?R-?|-)M-?[=G]{_YEAR_OF}?"),
    ("part_of_month", "Teb", f"{_PART}T?M{_YEAR}?"),
    ("same_period", "T*mG=yr", "T?(?:[*m]?[G=]|[*m]N)(?:,?O?rY|,?aY[gk]|[OI]?y(?!c)|,?TYf)|T?y[G=]|rYs[G=]"),
    ("quarter_ended", "TzqG", "T?(?:z-?)?(?:q-?)?G(?=m?#(?:I?M|[do]M|T[do]OM))"),
    ("quarter", "ebTrxhYzyqQ", f"{_PART}?(?:(?:[rxh]Y|y)s(?:q-?|r)G|(?:T?Y-[gk])?z?T?y?T?z?q-?G|T?rG(?=O)|Q)(?:{_OF_YEAR}|z)?"),
    ("year_before", "TaY", "[Ta]?Y-[gk]G?"),
    ("half", "TqrxhyH", f"(?:[rxh]Y|y)s[qr]-?Z|T?(?:[qr]Z|H){_OF_YEAR}"),
    ("decade", "ebTD", f"{_PART}?T?D"),
    ("century", "ebToq", f"{_PART}?T?[oq]%"),
    ("fiscal_year", "Tzy", "T?z-?Y?y|T?yzY"),
    ("full_year", "T°", "T?°-?Yy?(?!c)"),
    ("year_range", "y", "y-[ydn]"),
    ("part_of_year", "ebT", f"{_PART}T?Y?y(?!c)"),
    ("month", "TrxhLVmCM", f"(?:T?(?:[rxhLVm]C?|C))?M{_YEAR}?"),
    ("season", "ebTrxhCpmS", f"{_PART}?T?(?:[rxhCpm]|hp)?S{_YEAR_OF}?"),
    ("half_ago", "nda", "(?:(?:[nd](?:-?[nd])?|a)Aa-?ZY?u|[nda]YAa-?Z)g"),
    ("ago", "ndavZ", f"{_COUNT}{_UNIT}g(?:t|[hr][NK]|W)?|(?:Za|(?<!O)[an])%g"),
    ("shifted", "ndav", rf"{_COUNT}{_UNIT}(?:[lk]|f(?=[.,)]|$))"),
    ("from_now", "ndav", f"{_COUNT}{_UNIT}F[@tW]"),
    ("in_time", "I", f"I{_COUNT}{_UNIT}s?"),
    ("span", "TrpxCh", "T?[rpxC][nd]u|[Th]p[YNKGXJ]|(?<=[I~])T[rx][YNKXJ]"),
    ("vague_span", "TrpxC", "T?[rpxC](?:a?vO?)?[uU]"),
    ("unit", "kleTbrxh", "(?:[kle]|T?bO)?[rxh][YNKGX]"),
    ("rest_of_unit", "kleTbY", "(?:[kle]I|T?bO)T[YNKGX]|Ys?-?b"),
    ("before_last", "T", "T[YNKP]fr(?![YNKGXJWMSE])"),
    ("next_unit", "Tm", "T(?:[LVrxC]|m)[YNKGXJ]|T[LVx]P|T?m[YNKJP]|T[YNKJ][lk]|T[YNKJP][f›](?=[.,)]|$)"),
    ("weekday", "rxheklTW", "[ekl]?WP?O?[rxh]K|(?:[rxhekl]|T[LV]|h[Cp])?WP?s?"),
    ("today", "eklthrT", "TJ[f›]t|[ekl]?tP?|hP|rP"),
    ("weekend", "rxhT", "(?:[rxhT]|T[LVC]|hp)E"),
    ("duration", "ndavTu", f"{_COUNT}-?(?:{_UNIT}|U)|T?u"),
    ("year", "TYy", "(?:T?Y)?y(?!c)"),
    ("year_in_words", "TYn", "(?:T?Y)?n(?:n-n|nn?)|T?Yncn?"),
    ("day_of_month", "T", "To"),
    ("clock", ":", ":"),
    ("same_unit", "Tkl", "T[GY]|Tm=|[kl]ITJ"),
)


def _grammar_of(letter: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, first, pattern in _RULES if letter in first))


#: The rules that can begin with a class: a few of all, which is quicker than one pattern.
_GRAMMARS = {letter: _grammar_of(letter) for letter in sorted(set("".join(first for _, first, _ in _RULES)))}
#: Classes that begin nothing by themselves, in which most tokens are; what they begin goes on with a class of note.
_NOT_ALONE = "TanIdeqrhmBFbpxLVCklv"
_OTHERS = "".join(letter for letter in _GRAMMARS if letter not in _NOT_ALONE)
_BEGINNING = re.compile(f"[{re.escape(_OTHERS)}]|[{_NOT_ALONE}](?![]_.,;)(]|$)")

#: Kinds of ends that do not make a range with one another: "moved from Friday to December" tells of two dates.
_WEEKDAYS, _UNITS = words("weekday"), words("part_of_month quarter part_of_year month season decade year")
#: Rules whose phrases can be an end of a range.
_ENDS = words("iso_day iso_month numeric_day day part_of_month quarter part_of_year month season weekday decade year")
_JOINED = _ENDS | {"range", "year_in_words"}
#: Rules whose phrases may have their year in words after them.
_YEARLESS = words("day month season quarter")
#: Rules whose phrases tell a distance or a relation, which a date right beside them may explain ("a day later, on 3 May").
_EXPLAINED = words("shifted next_unit ago half_ago")
_DAYS = words("iso_day numeric_day day")
_EXPLAINING = _DAYS | words("year month part_of_month part_in_month season quarter part_of_year")
_BEFORE_AN_EXPLANATION = words("on in at")
_BEFORE_A_DISTANCE = words("about almost exactly just less more nearly only some than")
_NAMING_YEARS = frozenset("yYij3")
#: Words between a quarter and its last day: "that ended in".
_TO_ITS_END = 3


class Phrase(NamedTuple):
    """Tokens ``first`` to ``last`` (excluded) of a sentence under one rule, with their classes.

    A ``range`` has its two ``ends``; so has a phrase that takes its year or all of its meaning from the one beside it: itself and
    that one.
    """

    rule: str
    first: int
    last: int
    tokens: tuple[Token, ...]
    letters: str
    ends: tuple[Phrase, ...] = ()

    @property
    def names_year(self) -> bool:
        """Whether the phrase has a year of its own, in digits or as "last year", or takes one over."""
        return bool(self.ends) or self.rule == "decade" or not _NAMING_YEARS.isdisjoint(self.letters)

    @property
    def is_explained(self) -> bool:
        """Whether the phrase means what the one right beside it says in other words."""
        return bool(self.ends) and self.rule in _EXPLAINED

    def token(self, letters: str) -> Token | None:
        """The first token of one of these classes."""
        for at, letter in enumerate(self.letters):
            if letter in letters:
                return self.tokens[at]
        return None

    def the(self, letters: str) -> Token:
        """The first token of one of these classes, of which the rule has one."""
        token = self.token(letters)
        assert token is not None, "the rule has one"
        return token

    def all(self, letters: str) -> list[Token]:
        """Every token of these classes."""
        return [token for token in self.tokens if token.letter in letters]


def find_phrases(tokens: Tokens) -> Iterator[Phrase]:
    """Every run of tokens that a rule matches, from left to right, without overlap."""
    for rule, first, last in find_runs(tokens.letters):
        if rule == "ago" and first > 1 and tokens.lower(first - 1) == "or" and tokens.letters[first - 2] in "nd":
            first -= 2  # "three or four years ago"
        yield _phrase(rule, first, last, tokens)


def _phrase(rule: str, first: int, last: int, tokens: Tokens, ends: tuple[Phrase, ...] = ()) -> Phrase:
    return Phrase(rule, first, last, tuple(tokens[first:last]), tokens.letters[first:last], ends)


def find_runs(letters: str) -> Iterator[tuple[str, int, int]]:
    """The same of classes alone: the rule, the first and the last place (excluded)."""
    reach = 0
    for begin in _BEGINNING.finditer(letters):
        first = begin.start()
        if first >= reach and (match := _GRAMMARS[letters[first]].match(letters, first)) is not None:
            reach = match.end()
            yield str(match.lastgroup), first, reach


def _may_range(first: Phrase, last: Phrase) -> bool:
    rules = {first.rule, last.rule}
    return _WEEKDAYS.isdisjoint(rules) or _UNITS.isdisjoint(rules)


def _explains(date: Phrase, phrase: Phrase, tokens: Tokens) -> bool:
    """Whether a date says in other words what the phrase beside it says.

    "Two weeks later, on November 30, 2022" and "on January 20, less than a week earlier, …".
    """
    if phrase.rule not in _EXPLAINED or phrase.ends or date.rule not in _EXPLAINING:
        return False
    years = phrase.token("YX") is not None or "years" in tokens.lowers[phrase.first : phrase.last]
    if (years or date.rule not in _DAYS) and not date.names_year:
        return False
    if phrase.first < date.first:
        comma, *rest = tokens.lowers[phrase.last : date.first] or [""]
        return comma == "," and (not rest or (len(rest) == 1 and rest[0] in _BEFORE_AN_EXPLANATION))
    comma, *rest = tokens.lowers[date.last : phrase.first] or [""]
    return comma == "," and _BEFORE_A_DISTANCE.issuperset(rest) and tokens.letters[phrase.last : phrase.last + 1] in ("", *",.)")


def combine(phrases: Sequence[Phrase], tokens: Tokens) -> list[Phrase]:
    """Join neighbours that belong together: "from March to May 2024" is a range, "March and May 2024" share their year."""
    combined: list[Phrase] = []
    for phrase in reversed(phrases):
        following = combined[-1] if combined else None
        if phrase.rule == "quarter_ended" and following is not None and following.first - phrase.last <= _TO_ITS_END:
            combined.append(phrase._replace(ends=(phrase, following)))
            continue
        if following is not None and _explains(following, phrase, tokens):
            combined.append(phrase._replace(ends=(phrase, following)))
            continue
        link = tokens.letters[phrase.last : following.first] if following else ""
        opener = tokens.letters[phrase.first - 1] if phrase.first else ""
        if following is None or phrase.rule not in _ENDS or following.rule not in _JOINED:
            combined.append(phrase)
        elif (
            following.rule != "range"
            and _may_range(phrase, following)
            and (link in ("-", "R") or (link == "A" and opener == "B"))
        ):
            first = phrase.first - (opener in ("F", "B"))
            combined[-1] = _phrase("range", first, following.last, tokens, (phrase, following))
        elif following.rule == "year_in_words":
            if phrase.rule in _YEARLESS and link in ("", ",", "O"):
                combined[-1] = _phrase(phrase.rule, phrase.first, following.last, tokens, (phrase, following))
            else:
                combined.append(phrase)
        elif (
            (link in ("A", ",", ",A") or (link == "_" and tokens.lower(phrase.last) == "or"))
            and following.names_year
            and not phrase.names_year
        ):
            combined.append(phrase._replace(ends=(phrase, following)))
        else:
            combined.append(phrase)
    combined.reverse()
    for at in range(1, len(combined)):
        if _explains(combined[at - 1], combined[at], tokens):
            combined[at] = combined[at]._replace(ends=(combined[at], combined[at - 1]))
    return combined
