"""What counts as a name in a sentence: entities of the gazetteer, and words with capitals that are no ordinary ones."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.analysis.check.claims import Claim
from app.analysis.evidence.terms import EVERYDAY, FUNCTION_WORDS, stem
from app.analysis.measures import Measure
from app.analysis.proposals.lexicon import load_lexicon
from app.analysis.signs import NUMBER_WORDS

# It begins with a class of characters and looks behind it afterwards, because that is what the engine can skip to.
NAME = re.compile(r"[A-Z](?<![\w@#/.-].)[\w’'.-]*[\w](?:(?:\s(?:of|de|van|von|der|la|le|al|bin|the)){0,2}\s[A-Z][\w’'.-]*[\w])*")
WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['’]s?$")
#: Words with a capital that are no names: days, months, titles, words for peoples and things that headlines write so.
NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas easter thanksgiving eve day "
    "mr mrs ms dr prof sir president chief executive officer director minister senator judge "
    "premier governor mayor lord lady dame baroness captain colonel inspector superintendent archbishop bishop councillor "
    "commissioner representative congressman congresswoman archdeacon sergeant prince princess king queen "
    "professor chairman chair ceo cto cfo coo founder general secretary court supreme government ministry department "
    "commission parliament congress senate house committee board university institute company group inc corp ltd labs lab ai "
    "us u.s uk eu fy english american internet web north south east west northern southern eastern western the a an and of for "
    "in on at to by with from as its his her their our i we he she they it fahrenheit celsius kelvin".split()
)
#: What may stand between a name and its verb: "Relay, the agent, ", "Solace, an app with 1.6 million users, ".
_APPOSITION = r", (?:the|an?|its|who|which|whose) (?:[^,.;:]|(?<=\d)[.,](?=\d)){3,90},"
#: After what may be a verb and, if one follows, is a noun: "Smartphone makers are …".
_NO_SUBJECT = r"(?! (?:are|is|were|was|have|has|had|will|would|may|might|can|could|say|said|want|expect|face|do|did|see)\b)"
#: What follows the name of somebody who acts.
_ACTS = re.compile(
    r"(?: \d[\w.]*)?['’]s? |"
    rf",? (?:will|would|may|might|could|can|has|had|is|was|said|says|told|plans|also|[a-z]{{2,}}ed|[a-z]{{2,}}s{_NO_SUBJECT}) |"
    rf"{_APPOSITION} (?:will|would|may|might|could|can|has|had|is|was|does|did|[a-z]{{2,}}ed|[a-z]{{2,}}s) |"
    r", (?:which|who|whose) |"
    # "Relay and Ada Venn have".
    r" and [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* (?:have|had|are|were|will|said|say|[a-z]{2,}ed) "
)
#: What follows the name of one who acts, and no noun in the plural.
_ACTS_ALONE = re.compile(rf"(?:,|{_APPOSITION})? (?:has|is|was|does|says|wants) |, an? ")
_PLURAL = re.compile(r"(?:[^aeiousi]|[aeo])s$")
#: Nouns that stand without an article in the singular. Those with such endings do so too, or are no names.
_NOUN_ENDING = re.compile(r"(?:s|ing|tion|sion|ment|ness|ity|ance|ence|ism|ship|ly|age|ure|ware|work|logy|ics|cy|ty|ed|al)$")
_MASS_NOUNS = frozenset(
    "demand growth trade research news media money cash debt profit income credit access data code content music art film "
    "food water power energy heat fuel oil coal steel land traffic support interest evidence advice time space life death "
    "health care crime fraud law peace war hope fear trust talk work labour labor staff management production output supply "
    "pressure progress success failure everyone everybody someone somebody nobody nothing something anything anyone "
    "everything one none whoever whatever there here today yesterday tomorrow tonight together along whether instead still "
    "then thus hence indeed perhaps maybe two three four five six seven eight nine ten eleven twelve hundred thousand "
    "million police people women men children youth congress parliament government spring summer autumn winter christmas "
    "rain snow weather paper wood glass fish meat turnout revenue rainfall feedback wildlife livestock bread rice wheat corn "
    "copper gold silver iron lithium cobalt uranium concrete plastic homework rent anger panic silence overtime debris input "
    "cholera malaria cancer influenza smoke dust sand mud ice wind drought hunger poverty wealth luck blame praise "
    "freedom wisdom faith sport football cricket tennis chess tourism freight cargo jewellery furniture luggage".split()
)
#: A number, or that of a fiscal year, of a quarter or a half of one: "FY26".
_NUMBERED = re.compile(r"(?:fy|cy|[hq][1-4]|[1-4][hq])?\d*")
CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d")
#: "Rented GPUs", "Farm-advice start-up".
_NO_FIRST_NAME = re.compile(r"[A-Z][a-z]+(?:ed\b|-[a-z])")
#: Abbreviations of common nouns in the plural: "GPUs".
_ABBREVIATED_NOUN = re.compile(r"[A-Z]{2,5}s")


class Name(NamedTuple):
    """A name of a sentence at characters ``start`` to ``end`` (end excluded), with its entity where the gazetteer has it."""

    start: int
    end: int
    text: str
    slug: str | None


def names_of_sentence(claim: Claim) -> list[Name]:
    """The names of a sentence, in order: entities of the gazetteer, and words with capitals besides."""
    found = [Name(item.start, item.end, item.text, item.slug) for item in claim.mentions]
    # The currency of a sum is no name: "CHF 310 million".
    sums = [(item.start, item.end) for item in claim.quantities if item.measure is Measure.MONEY]
    taken = [*((item.start, item.end) for item in claim.mentions), *sums]
    for match in NAME.finditer(claim.text):
        start, end = match.span()
        if any(first < end and start < last for first, last in taken):
            continue
        text = match[0]
        first = text.split()[0]
        if (
            " " in text
            and opens(claim.text, start)
            and not CAMEL.search(first)
            and POSSESSIVE.sub("", first).casefold() in _OPENERS
        ):
            start += len(first) + 1
            text = text[len(first) + 1 :]
        text = POSSESSIVE.sub("", text)
        found.append(Name(start, start + len(text), text, None))
    return sorted(found)


_OPENERS = FUNCTION_WORDS | frozenset(
    "following despite once according former late early last next earlier later meanwhile however critics investors "
    "analysts researchers executives regulators chief underneath beneath beside besides throughout alongside amid "
    "amidst".split()
)
_NUMBERS = frozenset(NUMBER_WORDS.split())


def opens(text: str, start: int) -> bool:
    """Whether a word opens its sentence or a quotation, and may have its capital from that."""
    before = text[:start].rstrip()
    return not before or before[-1] in "\"“‘'(.:!?—–«"


def is_weighty(text: str, name: Name) -> bool:
    """Whether words with capitals are a name that must be in the sources."""
    parts = [word.casefold() for word in WORD.findall(name.text)]
    if all(part in NO_NAMES or (not part.isalpha() and _NUMBERED.fullmatch(part)) for part in parts):
        return False
    if " " not in name.text and opens(text, name.start):
        return bool(CAMEL.search(name.text)) or _acts(text, name)
    return len(name.text) > 2


def surely_names(claim: Claim, name: Name) -> list[str]:
    """The words of a name that have their capital from being one: no abbreviated nouns, and not the first word of a sentence
    if it is an everyday one, one that the sources have in some form, a participle or the half of an adjective.
    """
    words = [word for word in WORD.findall(name.text) if word.casefold() not in NO_NAMES and not word.isdigit()]
    if len(words) > 1 and opens(claim.text, name.start) and name.text.startswith(words[0]):
        first = stem(words[0].casefold())
        if first in EVERYDAY or first in claim.sources.passages.postings or _NO_FIRST_NAME.match(name.text):
            del words[0]
    return [word for word in words if word[0].isupper() and not _ABBREVIATED_NOUN.fullmatch(word)]


def _acts(text: str, name: Name) -> bool:
    """Whether a single word that opens a sentence does something, as no common noun in the singular can without an article."""
    word = name.text.casefold()
    if is_ordinary(word) or word in _MASS_NOUNS or len(word) <= 3:
        return False
    if _PLURAL.search(word):
        return _ACTS_ALONE.match(text, name.end) is not None
    if _NOUN_ENDING.search(word):
        return False
    return _ACTS.match(text, name.end) is not None


def may_open(text: str, name: Name) -> bool:
    """Whether a single word that opens a sentence may be a name, if a passage has one in its place."""
    word = name.text.casefold()
    return " " not in name.text and opens(text, name.start) and not is_ordinary(word) and word not in NO_NAMES and len(word) > 3


def is_ordinary(word: str) -> bool:
    """Whether a word in lower case is one that begins sentences and hardly ever a name."""
    ordinary = load_lexicon().ordinary
    return all(part in _OPENERS or part in ordinary or part in _NUMBERS or part.endswith("ly") for part in word.split("-"))


def words_of(told: list[Name]) -> frozenset[str]:
    """Every word of names, in lower case."""
    return frozenset(part for item in told for part in WORD.findall(item.text.casefold()))
