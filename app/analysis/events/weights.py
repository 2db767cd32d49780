"""Whether what a sentence says came out has open weights: in its plain words, about this thing and no other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.analysis.events.clauses import Clause, ClauseKind
from app.analysis.events.reading import COMES_OUT, Told

#: One of these is in every sentence that says it, in lower case.
_TRIGGERS = ("weight", "open-", "open ", "proprietary", "closed", "licen", " api")
_MODEL = (
    r"(?:(?!(?:and|or|for|of|to|with|in|data|chips?)\b)\w[\w.-]*\s+){0,3}?"
    r"(?:models?|llms?|famil(?:y|ies)|versions?|weights|licen[cs]es?)\b"
)
_ENDS = r"(?=\s*(?:[,.;)]|$)|\s+(?:on|in|under|at)\b)"
#: Words that describe a thing, and, as ``deed``, those that say what was done with it: these are never about another thing.
_OPEN = re.compile(
    r"\bopen[\s-]weights?\b"
    rf"|\bopen[\s-]sourced?\s+{_MODEL}"
    r"|\b(?:an?|its|of|first)\s+(?:[\w-]+\s+)?open\s+(?:\w+\s+)?models?\b"
    r"|\bdownloadable\s+(?:\w+\s+)?weights\b"
    r"|\b(?:mit|apache)-licensed\b"
    rf"|(?P<deed>\b(?:as|is|are|was|were|be|fully|entirely|made|went)\s+open[\s-]sourced?{_ENDS}"
    r"|\bopen-?sourc(?:e|es|ed|ing)\b(?<!source)"
    r"|\b(?:releas(?:e|es|ed|ing)|publish(?:es|ed|ing)?|put(?:s|ting)? out|shar(?:e|es|ed|ing)|upload(?:s|ed|ing)?|"
    r"post(?:s|ed|ing)|open(?:s|ed|ing)|g(?:ave|iv(?:es|ing)) away)\s+(?:[\w-]+\s+){0,4}?weights\b"
    r"|\bma(?:de|kes|king)\s+(?:[\w-]+\s+){0,4}?weights\b[^,;]{0,60}?\b(?:public|open|available|downloadable)\b"
    r"|\bweights\s+(?:\w+\s+){0,3}?(?:(?:freely\s+|publicly\s+)?(?:available|downloadable|public|open)\b"
    r"|(?:can|could)\s+be\s+downloaded\b|(?:anyone|everyone|everybody|anybody)\s+(?:can|may|could)\b|on\s+hugging\s+face\b)"
    r"|\b(?:under|with|on)\s+(?:an?|the)\s+(?:[\w-]+\s+)?(?:mit|apache)(?:[\s-]2(?:\.0)?)?[\s-]licen[cs]e\b)",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    rf"\bclosed[\s-](?:source|weights?)\b|\bclosed\s+(?:\w+\s+)?models?\b|\bproprietary\s+{_MODEL}|\bapi-only\b"
    r"|(?P<deed>\b(?:keep|kept|keeping|keeps|stay\w*|remain\w*|is|are|was|were)\s+(?:[\w'’.-]+\s+){0,4}?(?:closed|proprietary)"
    r"(?=\s*(?:[,.;)]|$))"
    r"|\b(?:keep|kept|keeping|keeps|withh[eo]ld\w*)\s+(?:\w+\s+){0,2}?weights\b"
    r"|\bweights\s+(?:\w+\s+){0,2}?(?:stay\w*|remain\w*|kept)\s+(?:secret|private|closed|in-house)\b"
    r"|\b(?:behind|through|via)\s+(?:an?|its|the|their)\s+(?:\w+\s+)?api\s+(?:only|alone)\b"
    r"|\bonly\s+(?:available\s+)?(?:behind|through|via|by|over)\s+(?:an?|its|the|their)\s+(?:\w+\s+)?api\b)",
    re.IGNORECASE,
)
#: What is denied right before the words, or between "weights" and what would open them.
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|neither|nor|without|no longer|nobody|none|refus\w+ to|declin\w+ to|"
    r"stopped short of)|n['’]t)\s+(?!only\b|just\b)(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|never|no|neither)\b|n['’]t\b", re.IGNORECASE)
_NOT_THE_WEIGHTS = re.compile(
    r"\b(?:but|though|and)\s+(?:not|without)\s+(?:the|its|their|any)\s+(?:\w+\s+)?weights\b", re.IGNORECASE
)
#: What stands before words about something else: what it is compared with, made for, made of.
_OTHERS = re.compile(
    r"\b(?:(?:interest|demand|appetite|enthusiasm|adoption|popularity|success|rise|use|wave|market|race|debate)\s+(?:in|of|for|to|on|over)|"
    r"rivals?|alternatives?|competitors?|answer|response|challenges?|challengers?|competes?|competing|compete|unlike|like|"
    r"(?<!more )than|versus|against|compared|based|built|trained|tuned|beat\w*|beating|outperform\w*|surpass\w*|match\w*|"
    r"after|since|for|runs?|running|hosts?|hosting|serv(?:es?|ing)|supports?|supporting|marketplace|hub|catalogue|library|leaderboard|from|"
    r"replac\w+|instead|rather|(?:report|paper|study|index|list|ranking|guide|rules?)\s+(?:on|of|about|for)|about)\s+(?:[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:will|would|plans?|planned|planning|promis\w+|intends?|pledg\w+|hopes?|expect\w*|(?-i:may)|might|could|consider\w*|later)\b"
    r"[^,;]{0,120}$",
    re.IGNORECASE,
)
#: What is open source without having weights.
_SOFTWARE = re.compile(
    r"\b(?:tools?|toolkit|framework|library|sdk|protocol|compiler|data ?sets?|benchmark|editor|browser|app|plug-?in|client|"
    r"command line|cli|agent kit)\b",
    re.IGNORECASE,
)
_THE_MODEL = re.compile(r"\b(?:models?|llms?|weights)\b|\bopen-weights?\b", re.IGNORECASE)
#: A clause that goes on about the weights of what came out.
_ITS_WEIGHTS = re.compile(r"(?:and |but |though |while |although )?(?:the|its|their) (?:\w+ )?weights\b", re.IGNORECASE)
_BEFORE = 60


def open_weights(text: str, told: Told, clauses: Sequence[Clause]) -> bool | None:
    """Whether the sentence ``text`` says that what is told to come out has open weights; ``None`` where it does not say.

    Only launches and releases are read, in the words of their own clause and of what describes its things. What speaks both ways
    ("the small one is open-weight, the large one closed") says nothing.
    """
    if told.type not in COMES_OUT:
        return None
    lower = text.lower()
    if not any(trigger in lower for trigger in _TRIGGERS):
        return None
    about = [told.clause]
    for clause in clauses:
        if any(clause.previous is one for one in about) and (
            clause.kind in (ClauseKind.RELATIVE, ClauseKind.APPOSITION) or _ITS_WEIGHTS.match(text, clause.start)
        ):
            about.append(clause)
    pieces = [piece for clause in about for piece in clause.pieces]
    said = {value for start, end in pieces for value in _said(text, start, end, told)}
    if len(said) != 1:
        return None
    words = " ".join(text[start:end] for start, end in pieces)
    if _SOFTWARE.search(words) and not _THE_MODEL.search(words):
        return None
    return said.pop()


def _said(text: str, start: int, end: int, told: Told) -> list[bool]:
    """What a piece of a clause says of its weights, once for each time."""
    denied = _NOT_THE_WEIGHTS.search(text, start, end)
    found = [False] if denied else []
    for pattern, opens in ((_OPEN, True), (_CLOSED, False)):
        for match in pattern.finditer(text, start, end):
            at = match.start()
            lead = text[max(start, at - _BEFORE) : at]
            begins = max(start, told.predicate.end) if told.predicate else start
            if (denied and denied.start() <= at < denied.end()) or _LATER.search(text[begins:at]):
                continue
            no = _DENIED.search(lead) is not None or _DENIES.search(match[0]) is not None
            if not (no or match["deed"]) and _OTHERS.search(lead):
                continue
            found.append(opens is not no)
    return found
