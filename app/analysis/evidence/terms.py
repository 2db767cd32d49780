"""The terms by which two sentences are compared: words without their endings, numbers and units in one spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.analysis.wordwise import Wordwise

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[$€£¥%]")
_POSSESSIVE = re.compile(r"['’](?:s|d|ll|re|ve|m)?$")

#: Words that say nothing of what a sentence is about, and what is left of "9th", "1990s" and "don't". They are no terms.
FUNCTION_WORDS = frozenset(
    "a an the this that these those it its itself he him his himself she her hers herself they them their theirs themselves "
    "we us our ours you your yours i me my mine who whom whose which what where when why how there here "
    "and or but nor so yet if then than as while because although though since until unless whether "
    "of in on at by for from with without to into onto upon over under about after before between through during against "
    "within among across along around behind beyond near off out up down per via toward towards "
    "be am is are was were been being have has had having do does did doing done will would shall should can could may might "
    "must have not no also just only very too even still already again ever never both either neither each every all any some "
    "such more most other another own same many much few several one ones s t st nd rd th don't doesn't didn't".split()
)
_EVERYDAY_WORDS = (
    "accord add age ago allow announce appear area ask back base become begin best better big bring build business call case "
    "change city close come common company continue country course create current day develop different during early end event "
    "example expect fact family far feel final find first follow form former found full general get give go good government "
    "great group grow hand help high hold home hour house however human idea important include increase interest issue join "
    "keep kind know large last late later lead learn least leave left less level life like line list little live local long look "
    "lose lot low made main major make man market mean meet member men might million minute month move name national need new "
    "next night now number offer official often old open order part pay people person place plan play point possible power "
    "present problem program provide public put question read real receive recent remain report result return right role run "
    "said say second see seem seen sell send serve service set share show side since single site small social start state stay "
    "story study support system take talk team tell term thing think third time today told top total toward try turn type use "
    "used using various view want way week well went women word work world write year years yesterday young"
)
_SMALL_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_MONTHS = "january february march april may june july august september october november december"
#: Other spellings of a term.
_SPELLINGS = (
    {word: str(value) for value, word in enumerate(_SMALL_NUMBERS.split(), 2)}
    | {word: str(value * 10) for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
    | {month[:3]: month for month in _MONTHS.split() if month not in ("march", "may")}
    | {"sept": "september", "bn": "billion", "mn": "million", "tn": "trillion", "percent": "%", "pct": "%", "cent": "%"}
    | {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
)
#: "us" is a pronoun, these are not.
_COUNTRY = frozenset(("US", "U.S.", "USA", "U.S.A."))
_SHORTEST_STEM = 3
_DOUBLED = frozenset("bdfgmnprt")
_ENDINGS = ("ingly", "edly", "ing", "ed", "ly", "es", "s")
_VOWELS = re.compile("[aeiouy]+")


def terms(text: str) -> list[str]:
    """The terms of ``text`` in order, repetitions kept. Function words have none; a term that starts with a digit is a number."""
    return _TERMS.read(text)


def names(text: str) -> frozenset[str]:
    """Those terms of ``text`` that are written with a capital and are not its first word."""
    first = _TOKEN.search(text)
    return _NAMES.different(text[first.end() :]) if first else frozenset()


def _term(token: str) -> str:
    """The term of one token, empty for a function word."""
    if token[0].isdigit():
        return token.replace(",", "")
    if token in _COUNTRY:
        return "usa"
    word = token.casefold()
    if not word.isalpha():
        word = word.replace(".", "") if token.isupper() else _POSSESSIVE.sub("", word)
    if word in FUNCTION_WORDS:
        return ""
    return _SPELLINGS.get(word) or (word if token.isupper() else stem(word))


def stem(word: str) -> str:
    """Take the commonest English inflections off a word in lower case: plural, past, participle, adverb."""
    base = _without_ending(word)
    # "Controlled" is of "control" and "installed" of "install", but "called" of "call".
    return base[:-1] if base.endswith("ll") and len(_VOWELS.findall(base)) > 1 else base


def _without_ending(word: str) -> str:
    if len(word) <= _SHORTEST_STEM:
        return word
    if word.endswith(("ies", "ied")):
        # "Studied" is of "study", "died" of "die".
        return word[:-3] + "y" if len(word) > _SHORTEST_STEM + 1 else word[:-2]
    if not word.endswith(_ENDINGS) or word.endswith(("ss", "us", "is")):
        return word.removesuffix("e")
    for ending in _ENDINGS:
        if word.endswith(ending):
            base = word[: -len(ending)]
            if len(base) < _SHORTEST_STEM or not _VOWELS.search(base):
                continue
            if ending in ("ing", "ed") and base[-1] == base[-2] and base[-1] in _DOUBLED:
                base = base[:-1]
            return base.removesuffix("e") if len(base) > _SHORTEST_STEM else base
    return word.removesuffix("e")


def _tokens(run: str) -> Sequence[str]:
    return (run,) if run.isalpha() else _TOKEN.findall(run)


_TERMS = Wordwise(lambda run: tuple(filter(None, map(_term, _tokens(run)))))
_NAMES = Wordwise(lambda run: tuple(filter(None, [_term(token) for token in _tokens(run) if token[0].isupper()])))

#: The terms of words so frequent in English that sharing them says little, however few of the sources at hand have them.
EVERYDAY = frozenset(terms(_EVERYDAY_WORDS))
