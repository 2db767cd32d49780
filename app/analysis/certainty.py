"""How certain a sentence makes what it says: told as a fact, as expected, as possible; and on whose word."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import IntEnum
from typing import NamedTuple

from app.analysis.evidence.terms import stem, terms
from app.analysis.signs import Sign, signs


class Certainty(IntEnum):
    """From a possibility to a fact."""

    POSSIBLE = 0
    EXPECTED = 1
    CONDITIONAL = 2
    """If something else is as it should be."""
    DECIDED = 3
    """As of what somebody "will" do, "has agreed to" or "promised"."""
    FACT = 4


class Hedge(NamedTuple):
    """Words that make less than a fact of something: characters ``start`` to ``end`` (end excluded) of a sentence.

    ``governs`` are the terms of the words right after them, the first of which is what is not sure.
    """

    start: int
    end: int
    text: str
    certainty: Certainty
    governs: tuple[str, ...]


#: Where a word begins: a boundary alone is where it ends, too, and there every alternative would be tried in vain.
_BEGINS = r"\b(?=[A-Za-z]{2})"
_POSSIBLE = (
    # "May" within a sentence is the month.
    r"may|^May(?!\s\d)|[Mm]ight|[Cc]ould(?!\snot\b)|[Ww]ould|[Pp](?:ossibly|erhaps|otentially)|"
    r"(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere|[Hh]as been|[Hh]ave been|[Hh]ad been|[Bb]een)\s(?:\w+ly\s)?"
    r"(?:considering|weighing|exploring|mulling|discussing|studying)|"
    r"[Cc]onsider(?:s|ed|ing)?|[Ww]eigh(?:s|ed|ing)?|[Ee]xplor(?:es|ed|ing)|[Mm]ull(?:s|ed|ing)|"
    r"[Ii]n\s(?:\w+\s)?talks\s(?:to|with|about|on|over)|(?:[Aa]ppear|[Ss]eem)(?:s|ed)?\sto|"
    r"(?:has|have|had)\syet\sto|[Uu]nclear\s(?:whether|if)|[Ww]hether\sto|[Tt]hreaten(?:s|ed|ing)?\sto|[Ss]uspect(?:s|ed)?\s(?:that|of)|"
    r"(?:is|are|was|were)\s(?:thought|believed|rumou?red|suspected|understood)\sto"
)
_TO_COME = r"(?:expected|slated|scheduled|due|likely|poised|set|projected|anticipated|tipped|supposed|intended)\sto"
_EXPECTED = (
    rf"(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere|[Bb]e|[Bb]een)\s(?:widely\s)?{_TO_COME}|[Ww]idely\s{_TO_COME}|"
    r"(?:[Ee]xpected|[Ss](?:lated|cheduled|et)|[Dd]ue|[Ll]ikely|[Pp](?:oised|rojected)|[Aa]nticipated|[Tt]ipped)\sto|"
    r"(?:[Ee]xpects?|[Pp]lan(?:s|ned|ning)?|[Aa]im(?:s|ed|ing)?|[Hh]op(?:es?|ed|ing)|[Ii]ntend(?:s|ed)?|[Ww]ant(?:s|ed)?|"
    r"[Ss](?:eeks?|eeking|ought)|[Pp]ropos(?:es?|ed|ing)|[Tt]arget(?:s|ing)?|[Tt](?:ries|rying|ried))\s(?:to|on)|"
    r"[Oo]n\s(?:track|course)\s(?:to|for)|(?:[Bb]id|[Oo]ffer(?:s|ed)?)\sto|(?:[Hh]opes?|[Gg]oal|[Tt]arget|[Ii]ntention|[Aa]mbition)\s(?:of|to|is\sto)|"
    r"(?:[Aa]sked|[Uu]rged|[Ii]nvited)\s(?:[\w'’]+\s){0,4}?to|"
    r"[Ee]xpects?|[Ss]lated|[Ee]xpected|[Ss]cheduled|[Pp]roposal|[Pp]lans?\sfor|[Ll]ikely|[Pp]robably"
)
_DECIDED = r"(?:[Aa]gree[ds]|[Pp](?:romise[ds]|ledge[ds])|[Vv]owed)\s(?:to|on)"
_HEDGE = re.compile(
    rf"{_BEGINS}(?:(?P<possible>{_POSSIBLE})|(?P<expected>{_EXPECTED})|(?P<decided>{_DECIDED}))\b(?!\s(?:19|20)\d\d)"
)
#: What hedges what a sentence says "will" be, besides. Too common or too weak to be looked for in any sentence.
_FAINTLY_POSSIBLE = (
    r"(?:[Cc]onceivabl|[Pp]ossibl|[Pp]otential)(?:e|y|ly|ity)?|[Uu]ncertain|[Uu]nclear|[Uu]ndecided|[Uu]nlikely|"
    r"[Uu]nder\s(?:\w+\s)?(?:consideration|discussion|review)|[Ww]hether|[Ww]hat\sif|"
    r"(?:[Bb]eing|[Ii]s|[Aa]re|[Ww]as|[Ww]ere|[Bb]een)\s(?:considered|examined|studied|discussed|weighed|explored|examining)|"
    r"[Tt]h(?:inks?|inking|ought)\s(?:about|of|that)|[Tt]alk(?:s|ed|ing)?\s(?:of|about)|[Ll]ooking\s(?:at|into)|"
    r"[Ee]xamin(?:es|ing)|[Gg]uess(?:es)?|[Ff]loat(?:s|ed|ing)?|[Mm]entions?|"
    r"[Rr]eportedly|[Ss]aid\sto|[Rr]eported\sto|[Rr]umou?r(?:s|ed)?|[Ss]ceptical|"
    r"(?:[Nn]o|[Nn]ot|[Nn]othing)\s(?:\w+\s)?(?:promises?|guarantees?d?|decisions?|certain|clear|sure|decided|final|rul(?:ed?|es|ing)\sout|out\sof\sthe\squestion)|"
    r"[Ss]cenarios?|(?<!no\s)[Dd]oubt(?:s|ed|ful)?|[Hh]ypothes[ei]s|[Pp]robability|"
    r"[Ff]ar\sfrom\s(?:certain|clear)|[Rr]emains\sto\sbe\sseen|[Oo]pen\squestion|"
    r"(?:free|allowed|permitted|entitled)\sto|[Mm]aybe|[Ss]upposedly|[Pp]resumably|[Aa]pparently|[Aa]llegedly|[Ii]n\stheory|"
    r"[Aa]t\s(?:best|the\searliest)|[Ww]ith\s(?:\w+\s){0,3}luck|[Cc]hances?|[Oo]dds|[Rr]isks?|[Tt]hreaten(?:s|ed|ing)?|"
    r"[Tt]oy(?:s|ing)\swith|[Nn]egotiat(?:es?|ed|ing|ions?)|[Ee]ye(?:d|ing)|[Dd]ream(?:s|ed|ing)?\sof|(?:has|have|had)\syet\sto|"
    r"not\syet"
)
_CONDITIONAL = r"[Ii]f|[Uu]nless|[Pp]rovided(?:\sthat)?|[Ss]ubject\sto|[Dd]epend(?:s|ing)?\son|[Pp]ending"
_FAINTLY_EXPECTED = (
    r"[Hh]op(?:es?|ed|ing)|[Ll]ook(?:s|ed|ing)\sto|[Aa]im(?:s|ed|ing)?\s(?:at|for)|[Ff]orecasts?|[Ee]stimates?|"
    r"[Bb]eliev(?:es?|ed)|[Ee]nvisages?|"
    r"[Ii]ntends?|[Aa]nticipat(?:es?|ed)|[Pp]redict(?:s|ed|ions?)?|[Rr]eckon(?:s|ed)?|[Dd]emand(?:s|ed|ing)?|"
    r"[Ff]ear(?:s|ed|ing)?|[Ww]arn(?:s|ed|ing)?|[Pp]repar(?:es|ing)\s(?:to|for)|[Cc]ount(?:s|ing)?\son|[Pp]encilled\sin|"
    r"[Aa]waits?|[Ii]n\sthe\sworks|[Ff]oresees?|[Oo]utlook|[Pp]roject(?:s|ed|ions?)|[Pp]lann(?:ed|ing)|[Pp]lans\s(?:an?|on)|"
    r"[Pp]ropos(?:es|ed|ing|als?)|[Ww]ant(?:s|ed)?|[Ss]eeks?|[Ii]ntentions?|"
    r"[Oo]ffer(?:s|ed)\sto|(?:an?|the|its|their)\soffer|(?:[Rr]eady|[Ww]illing|[Mm]eant)\sto|"
    r"[Ll]etters?\sof\sintent|[Dd]rafts?|[Ww]ish(?:es)?\s(?:to|list)|(?:has|have|had)\sin\smind|"
    r"(?:[Gg]oal|[Aa]im|[Ii]dea|[Tt]arget|[Aa]mbition)\s(?:is|was)"
)
_FAINT_HEDGE = re.compile(
    rf"{_BEGINS}(?:(?P<possible>{_FAINTLY_POSSIBLE})|(?P<expected>{_FAINTLY_EXPECTED})|(?P<conditional>{_CONDITIONAL}))\b"
)
_CERTAINTIES = {
    "possible": Certainty.POSSIBLE, "expected": Certainty.EXPECTED, "decided": Certainty.DECIDED,
    "conditional": Certainty.CONDITIONAL,
}  # fmt: skip
_WILL = re.compile(r"\b(?=[a-z'’])(?:will|shall|['’]ll|is going to|are going to)\b", re.IGNORECASE)
#: What tells of the future without "will" and without a hedge, or may do so: a date may be one to come.
_FORETELLS = re.compile(
    rf"{_BEGINS}(?:(?:is|are|was|were|be)\sto|to\sbe|should|must|won['’]t|next|soon|later|coming|starting|"
    r"tomorrow|ready|takes?\s(?:over|effect))\b",
    re.IGNORECASE,
)
#: What a sentence about what is over has, unlike "the vote takes place in March".
_OVER = re.compile(
    r"\b(?:was|were|had|did|said|told|found|made|took|gave|went|came|saw|held|ran|won|lost|sold|bought|spent|fell|rose|began|wrote|"
    r"heard|left|met|paid|built|kept|led|sat|spoke|stood|struck|sent|got|grew|drew|broke|chose|knew|thought|brought|flew|threw|"
    r"became|[a-z]{3,}ed)\b"
)
_ON_WHOSE_WORD = re.compile(
    rf"{_BEGINS}(?:(?P<nobody>reportedly|allegedly|rumou?red|unconfirmed|"
    r"(?:people|persons?|officials?|aides?|insiders?|sources?) (?:who (?:are |were |have been )?)?"
    r"(?:familiar|briefed|close|kn[eo]w(?: of)?|have seen|with knowledge)|"
    r"(?:officials?|sources?|people) (?:said|say|says|told|added)|"
    r"(?:to be|being) (?:named|identified|quoted by name)|condition of anonymity|anonymous|"
    r"(?:is|are|was) (?:said|understood) to)|"
    r"according to|claim(?:ed)?(?: (?:that|the|it|to)\b|s)|alleged|alleges|report(?:s|ed) (?:that|on)|report(?:s|ed)(?=[.,]|$))",
    re.IGNORECASE,
)
_ANY_WORD = re.compile(
    rf"{_BEGINS}(?:said|says|told|according|stated|states|announced|wrote|argu(?:e[sd]?|ing|ments?)|insist(?:s|ed|ing|ent)?|"
    r"added|noted|believ(?:e[sd]?|ing)|sources?|insiders?|people|found|finds|puts|counts|reports?|reported|"
    r"calculates?|account|own measurements)\b",
    re.IGNORECASE,
)
#: Where one clause ends and another begins.
_BOUNDARY = re.compile(
    r"[,;:](?=\s)|[()—–]|\b(?:and|but|which|who|whose|while|whereas|because|since|where|when|whether|how|if|that)\b"
)
#: The past of verbs that news is made of and that have their own, by the present with which hedges govern them.
_PASTS = {
    stem(present): stem(past)
    for present, past in (
        pair.split("/")
        for pair in "become/became begin/began bring/brought build/built buy/bought choose/chose come/came draw/drew fall/fell "
        "fight/fought find/found get/got give/gave go/went grow/grew hold/held keep/kept lead/led leave/left lose/lost make/made "
        "meet/met pay/paid rise/rose run/ran sell/sold send/sent spend/spent strike/struck take/took teach/taught win/won "
        "withdraw/withdrew write/wrote overtake/overtook".split()
    )
}
_NEXT_WORDS = re.compile(r"(?:\W+\w+){1,6}")
_GOVERNED = 3


def hedges(sentence: str) -> list[Hedge]:
    """The words of a sentence that hedge something, in order, with the terms that follow each."""
    return _found(_HEDGE, sentence) if signs(sentence) & Sign.HEDGE else []


def governs_any(hedge: Hedge, said: Collection[str]) -> bool:
    """Whether the first word that a hedge governs is among some terms, be it in the past: "bought" for "to buy"."""
    if not hedge.governs:
        return False
    term = hedge.governs[0]
    return term in said or _PASTS.get(term) in said


def faint_hedges(sentence: str) -> list[Hedge]:
    """Words that hedge what another sentence says "will" be, and that are no hedge where it says anything else."""
    return _found(_FAINT_HEDGE, sentence) if signs(sentence) & Sign.FAINT_HEDGE else []


def _found(pattern: re.Pattern[str], sentence: str) -> list[Hedge]:
    found = []
    for match in pattern.finditer(sentence):
        following = _NEXT_WORDS.match(sentence, match.end())
        governed = tuple(terms(following[0]))[:_GOVERNED] if following else ()
        found.append(Hedge(match.start(), match.end(), match[0], _CERTAINTIES[match.lastgroup or ""], governed))
    return found


def wills(sentence: str) -> list[re.Match[str]]:
    """Where a sentence says that something will be."""
    return [*_WILL.finditer(sentence)] if signs(sentence) & Sign.WILL else []


def foretells(sentence: str) -> bool:
    """Whether a sentence may tell of the future, and not only what is possible or expected."""
    return bool(wills(sentence)) or _FORETELLS.search(sentence) is not None


def is_over(sentence: str) -> bool:
    """Whether a sentence tells what is over; another one may mean the future by its present."""
    return _OVER.search(sentence) is not None


def clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The first and last character (excluded) of the clause around characters ``start`` to ``end``."""
    first = max((found.end() for found in _BOUNDARY.finditer(sentence, 0, start)), default=0)
    last = _BOUNDARY.search(sentence, end)
    return first, last.start() if last else len(sentence)


def unnamed_attribution(sentence: str) -> re.Match[str] | None:
    """Where a sentence says that it only passes on what others say who are not named, or do not show it."""
    return _ON_WHOSE_WORD.search(sentence) if signs(sentence) & Sign.UNNAMED else None


def attributed(sentence: str) -> bool:
    """Whether a sentence says in any way whose word it is."""
    return unnamed_attribution(sentence) is not None or (
        bool(signs(sentence) & Sign.WORD) and _ANY_WORD.search(sentence) is not None
    )
