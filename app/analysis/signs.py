"""Which words make it worth while to read a sentence for something: most sentences have nothing of most things.

Finding out takes a look-up a word. What is found by a pattern needs a word with its sign, so that nothing is missed by looking
at signs first; the reverse does not hold.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache, reduce
from operator import or_

from app.analysis.wordwise import Remembered


class Sign(IntEnum):
    """What a word may be part of."""

    DIGIT = 1
    NUMBER_WORD = 2
    """"Three", "twenty"; "million", "dozen"."""
    PART = 4
    """"Half", "third"."""
    DAY = 8
    """A year or a month."""
    HEDGE = 16
    """Words that make less than a fact of something."""
    WILL = 32
    WORD = 64
    """That somebody says something."""
    UNNAMED = 128
    """That those who say it are not named, or do not show it."""
    QUOTE = 256
    """A quotation mark."""
    ROUNDED = 512
    """That a number is not exact."""
    CURRENCY = 1024
    """A sign or a name of a currency."""
    DOUBT = 2048
    """That something is denied, avoided, supposed or not believed."""
    COMPARED = 4096
    """That a name after it only serves to describe somebody else."""
    TIME_UNIT = 8192
    """A unit of time."""
    FAINT_HEDGE = 16384
    """Words that hedge what another sentence says "will" be."""


NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen"
)
_PARTS = "half halves third thirds quarter quarters fifth fifths tenth tenths"
_HEDGES = (
    "may might could would possibly perhaps potentially considering weighing exploring mulling discussing studying consider "
    "considers considered weigh weighs weighed explores explored mull mulls mulled talks expected slated scheduled due likely "
    "poised set projected anticipated tipped expect expects plan plans planned planning aim aims aimed aiming hope hopes "
    "hoped hoping intend intends intended want wants wanted seek seeks seeking sought propose proposes proposed proposing "
    "target targets targeting tries trying tried agreed agrees promised promises pledged pledges vowed proposal yet unclear "
    "whether threaten threatens threatened threatening suspect suspects suspected thought believed rumored rumoured "
    "understood bid offer offers offered goal intention ambition asked urged invited appear appears appeared seem seems "
    "seemed supposed probably track course"
)
_FAINT_HEDGES = (
    "conceivable conceivably possible possibly possibility potential potentially uncertain unclear undecided unlikely "
    "consideration discussion review whether considered examined studied discussed weighed explored examining examines think "
    "thinks thinking thought talk talks talked talking looking guess guesses float floats floated floating mention mentions "
    "reportedly said reported rumor rumors rumored rumour rumours rumoured sceptical promise promises guarantee guarantees "
    "guaranteed decision decisions certain clear sure decided final ruled remains open free allowed permitted entitled maybe "
    "supposedly presumably apparently allegedly theory best earliest luck chance chances odds risk risks threaten threatens "
    "threatened threatening toys toying negotiate negotiates negotiated negotiating negotiation negotiations eyed eyeing "
    "dream scenario scenarios rule rules ruling dreams dreamed dreaming yet hope hopes hoped hoping aim aims aimed aiming "
    "forecast forecasts estimate estimates believe believes believed envisage envisages intend intends anticipate anticipates "
    "anticipated predict predicts predicted prediction predictions reckon reckons reckoned demand demands demanded demanding "
    "fear fears feared fearing warn warns warned warning prepares preparing count counts counting pencilled await awaits "
    "works foresee foresees outlook project projects projected projection projections planned planning plans proposes "
    "proposed proposing proposal proposals want wants wanted seek seeks intention intentions offer offers offered ready "
    "willing meant goal idea target ambition if unless provided subject depend depends depending pending question doubt "
    "doubts doubted doubtful hypothesis hypotheses probability intent draft drafts wish wishes mind"
)
_WILLS = "will shall ll going"
_SAYING = (
    "said says told according stated states announced wrote added noted source sources insider insiders people argue argues "
    "found finds puts counts report reports reported calculate calculates account own argued arguing argument arguments "
    "insist insists insisted insisting insistent believe believes believed believing"
)
_UNNAMED = (
    "according reportedly allegedly official officials aide aides anonymity named identified quoted people person persons "
    "source sources said rumored rumoured claim claims claimed alleged alleges unconfirmed anonymous reported reports "
    "understood insider insiders"
)
_ROUNDED = (
    "about around some roughly nearly almost approximately than over under up least close many much estimated just upwards above "
    "below excess exceeding exceeded topped surpassed surpassing c circa"
)
_COMPARED = (
    "former formerly ex rival rivals competitor competitors peer peers unlike like than versus similar alternative alternatives "
    "based built trained powered according as ahead behind critic critics maker makers backer backers veteran veterans alumni "
    "spin spinoff modelled compared such"
)
_TIME_UNITS = (
    "second seconds minute minutes hour hours day days week weeks fortnight fortnights month months quarter quarters "
    "year years decade decades century centuries"
)
#: Words of doubt, and codes of currencies with the "s" of the plural.
_DOUBTING = (
    "no not never none neither nor nobody nothing without instead rather cannot hardly barely unable yet called ruled stopped "
    "opposed dropped walked tried offered urged asked wanted could might may can should must ought would fell collapsed came "
    "voted expect expects predict predicts forecast forecasts estimate estimates believe believes think thinks fear fears unclear"
)
_CODES = "yen won rand usd eur gbp inr rs krw rmb cny jpy chf sek nok dkk pln zar brl mxn aed hkd aud nzd twd myr czk huf"
_BY_WORD: dict[str, int] = {}
for _sign, _words in (
    (Sign.NUMBER_WORD, NUMBER_WORDS),
    (Sign.PART, _PARTS),
    (Sign.HEDGE, _HEDGES),
    (Sign.FAINT_HEDGE, _FAINT_HEDGES),
    (Sign.WILL, _WILLS),
    (Sign.WORD, _SAYING),
    (Sign.UNNAMED, _UNNAMED),
    (Sign.ROUNDED, _ROUNDED),
    (Sign.COMPARED, _COMPARED),
    (Sign.TIME_UNIT, _TIME_UNITS),
    (Sign.DOUBT, _DOUBTING),
    (Sign.CURRENCY, " ".join(f"{_code} {_code}s" for _code in _CODES.split())),
):
    for _word in _words.split():
        _BY_WORD[_word] = _BY_WORD.get(_word, 0) | int(_sign)
#: How words begin that have a sign.
_MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_DOUBTED = tuple(
    "fail declin refus reject deny denie abandon cancel scrap shelv threaten attempt consider weigh mull discuss".split()
)
#: Names of currencies, wherever they stand in a word.
_CURRENCY = re.compile(
    "dollar|euro|pound|yuan|renminbi|rupee|franc|kron|reais|zloty|koruna|forint|peso|dirham|ringgit|shekel|rou?ble|lira"
)
#: "Złoty" has the one letter that tells.
_BY_CHARACTER = {
    "~": Sign.ROUNDED,
    **dict.fromkeys('"“”«»', Sign.QUOTE),
    **dict.fromkeys("$€£₹₩₪₽¥₺ł", Sign.CURRENCY),
}
_WORD = re.compile("[a-z]+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def _of_word(word: str) -> int:
    """The signs of a word of plain letters in lower case."""
    found = _BY_WORD.get(word, 0)
    if word.startswith(_MONTHS):
        found |= Sign.DAY
    if word.startswith(_DOUBTED):
        found |= Sign.DOUBT
    if _CURRENCY.search(word):
        found |= Sign.CURRENCY
    return int(found)


def _of_character(character: str) -> int:
    return int(Sign.DIGIT if character.isdigit() else _BY_CHARACTER.get(character, 0))


def _of_run(run: str) -> int:
    """The signs of a run of characters without white space: of its words, and of what else it has."""
    lower = run.lower()
    if lower.isascii() and lower.isalpha():
        return _WORDS[lower]
    found = reduce(or_, map(_WORDS.__getitem__, _WORD.findall(lower)), 0)
    found = reduce(or_, map(_CHARACTERS.__getitem__, run), found)
    if found & Sign.DIGIT and _YEAR.search(run):
        found |= Sign.DAY
    if "n't" in lower or "n’t" in lower:
        found |= Sign.DOUBT
    return int(found)


_WORDS, _CHARACTERS, _RUNS = Remembered(_of_word), Remembered(_of_character), Remembered(_of_run)


@lru_cache(maxsize=4096)
def signs(text: str) -> int:
    """The signs of all words of a text, put together: ``signs(text) & Sign.HEDGE``."""
    return reduce(or_, map(_RUNS.__getitem__, text.split()), 0)
