"""The clauses of a sentence, as far as words and marks tell them without parsing it.

A rough cut in linear time: sentences are broken at conjunctions, relative pronouns and marks, and the pieces put together again
where one resumes another ("Acme, which makes chips, sued Beta").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from app.analysis.events.lexicon import Predicate
from app.domain.entities import Mention
from app.domain.events import DatedPhrase


class ClauseKind(Enum):
    """What a clause is to its sentence."""

    MAIN = "main"
    RELATIVE = "relative"
    CONTENT = "content"
    SUBORDINATE = "subordinate"
    CONDITION = "condition"
    APPOSITION = "apposition"
    COMPARISON = "comparison"
    ATTRIBUTION = "attribution"


@dataclass(slots=True)
class Clause:
    """A clause: its pieces (start, end), its predicates, and the clause before it that it belongs to or follows."""

    kind: ClauseKind
    pieces: list[tuple[int, int]]
    previous: Clause | None = None
    predicates: list[Predicate] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.pieces[0][0]

    def holds(self, place: int) -> bool:
        """Whether a character of the sentence belongs to it."""
        # A loop, for most clauses are of one piece and this is asked most often of all.
        for start, end in self.pieces:  # noqa: SIM110
            if start <= place < end:
                return True
        return False

    @property
    def predicate(self) -> Predicate | None:
        """What it says happened: its first predicate that is not light, else its first."""
        return next((item for item in self.predicates if not item.frame.light), self.predicates[0] if self.predicates else None)


#: The members as names of their own: to look one up in its enumeration takes ten times as long, and a clause asks for some ten.
_MAIN, _RELATIVE, _CONTENT, _SUBORDINATE, _CONDITION, _APPOSITION, _COMPARISON, _ATTRIBUTION = ClauseKind
_KINDS = {
    **dict.fromkeys(("which", "who", "whom", "whose", "where"), _RELATIVE),
    **dict.fromkeys(
        ("after", "before", "when", "while", "because", "although", "though", "whereas", "since", "until", "once", "following"),
        _SUBORDINATE,
    ),
    **dict.fromkeys(("if", "unless", "whether", "had", "should", "were"), _CONDITION),
    **dict.fromkeys(("unlike", "than", "like", "compared", "as", "versus", "against", "ahead"), _COMPARISON),
    "according": _ATTRIBUTION,
    "that": _CONTENT,
}
#: Every break begins with one character of a class, which is quick to look for. After white space most words break nothing: the
#: letter that they begin with tells it before any word is tried.
_BREAK = re.compile(
    r"[\s;—:,()](?:(?<=\s)(?=[\s;—–\-abcfiostuvw])(?:\s*[;—]\s*|[–-]\s"
    r"|(?=(?:after|before|when|while|because|although|though|whereas|since|until|once|following|which|who|whom|whose|where"
    r"|if|unless|whether|unlike|than(?! (?:[$€£¥₹]|\d))|compared (?:with|to)|versus|according to|ahead of|that)\s)"
    r"|(?=and\s))"
    r"|(?<!\s)(?:(?<=[;—])\s*|(?<=:)\s|(?<=[,(])\s*(?=\S)|(?<=\))\s*))"
)
_OPENER = re.compile(
    r"(?:and |but |or |yet |so )?(?:(?:shortly|soon|just|only|days|weeks|months|hours|years|even) )*(\w+)", re.IGNORECASE
)
#: Words that tell a kind only where they open the sentence; "like" opens what is compared anywhere.
_OPENING_ONLY = frozenset("as like had should were against".split())
#: What the pattern passes over: only a piece that begins with one of these needs it, others are opened by their first word.
_PASSED = frozenset("and but or yet so shortly soon just only days weeks months hours years even".split())
_WORD = re.compile(r"\w+")
_COORDINATED = re.compile(r"(?:and|but|or|yet|so)\s")
_OPENING = re.compile(r"(?:Had|Should|Were)\s+(?!to\b)[A-Z]|(?:If|Unless|Whether|Unlike|Like|As with|Compared|According to)\b")
_AND = re.compile(r"(?:and|but|or|yet|then|also|later|soon|subsequently|has|have|had|was|is|will|would|\w+ly)\s+", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|became|went|came|took|made|gave|got|kept|"
    r"began|lost|won|rose|saw|ran|held|met|hit|set|put|led|grew|\w{3,}ed|\w{3,}n't|cannot)\b"
)
_ADVERBIAL = re.compile(
    r"(?:in|on|by|during|at|with|from|under|for|over|through|via|within|amid|despite|around|about|to|into|among|including|\d)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:that )?(?:it|they|he|she|we|the (?:two |three )?(?:company|companies|firm|start-?up|lab|group)|its)\b", re.IGNORECASE
)
#: What begins a description of the name before it ("Acme, a company founded in 2019, …").
_DESCRIPTION = re.compile(r"(?:an?|the|one of|its|his|her|their)\s")
_ADDRESSEE = re.compile(r"\s*(?:on|in|late|early|last|this|earlier)?\s*$", re.IGNORECASE)
_LIST = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*){0,3} (?:and|or) ")


def split_clauses(
    sentence: str, predicates: Sequence[Predicate], phrases: Sequence[DatedPhrase], mentions: Sequence[Mention]
) -> list[Clause]:
    """The clauses of a sentence, in order of their beginnings."""
    clauses: list[Clause] = []
    for start, end in _pieces(sentence, predicates, phrases, mentions):
        _place(clauses, sentence, start, end, [item for item in predicates if start <= item.start < end], mentions)
    return clauses


def _pieces(
    sentence: str, predicates: Sequence[Predicate], phrases: Sequence[DatedPhrase], mentions: Sequence[Mention]
) -> list[tuple[int, int]]:
    """Where the pieces of a sentence begin and end; no piece begins within a date or a name."""
    cuts = [0]
    for match in _BREAK.finditer(sentence):
        at = match.end()
        if _is_within(at, mentions) or _is_within(at, phrases):
            continue
        bare_and = sentence.startswith("and ", at) and not sentence[match.start() : at].strip()
        if bare_and and not _new_predicate(sentence, at, cuts[-1], predicates, mentions):
            continue
        cuts.append(at)
    said = next((item for item in predicates if item.frame.tells), None) if len(predicates) > 1 else None
    if said is not None and (content := _content(sentence, said, predicates, phrases, mentions)):
        cuts = sorted({*cuts, content})
    return [(start, end) for start, end in pairwise((*cuts, len(sentence))) if sentence[start:end].strip()]


def _is_within(place: int, items: Sequence[Mention] | Sequence[DatedPhrase]) -> bool:
    # A loop, as in :meth:`Clause.holds`: it is asked of every break.
    for item in items:  # noqa: SIM110
        if item.start < place < item.end:
            return True
    return False


def _new_predicate(sentence: str, at: int, since: int, predicates: Sequence[Predicate], mentions: Sequence[Mention]) -> bool:
    """Whether "and" begins another clause: a predicate stands before it, and after it another one or its subject."""
    if not any(since <= item.start < at for item in predicates):
        return False
    place = at
    while match := _AND.match(sentence, place):
        place = match.end()
        if any(item.start == place for item in predicates):
            return True
    following = next((item for item in predicates if item.start >= place), None)
    if following is None or following.start - place > 60:
        return False
    subject = any(place <= item.start < following.start for item in mentions)
    return subject and not re.search(r"\bto\s+$|[,;]", sentence[place : following.start])


def _content(
    sentence: str, said: Predicate, predicates: Sequence[Predicate], phrases: Sequence[DatedPhrase], mentions: Sequence[Mention]
) -> int | None:
    """Where the content of "said" begins without "that": after the verb, whom it was told to and when."""
    following = next((item for item in predicates if item.start > said.head), None)
    if following is None:
        return None
    at = said.head
    skipped = [(item.start, item.end) for item in phrases]
    if sentence[said.start : said.head].lower().startswith("t"):  # "told Acme"
        skipped += [(item.start, item.end) for item in mentions]
    for start, end in sorted(skipped):
        if start < following.start and _ADDRESSEE.match(sentence[at:start]):
            at = end
    between = sentence[at : following.start]
    if not re.match(r"\s+\S", between) or re.search(r"[,;]|\bthat\b|\bto\s+$", between):
        return None
    if not (_PRONOUN.match(between.strip()) or any(at <= item.start < following.start for item in mentions)):
        return None
    return at + 1


def _place(
    clauses: list[Clause], sentence: str, start: int, end: int, predicates: list[Predicate], mentions: Sequence[Mention]
) -> None:
    """Put a piece to the clause that it continues, or begin a new one."""
    last = clauses[-1] if clauses else None
    kind = _kind(sentence, start, last)
    if last is None or kind is not _MAIN:
        clauses.append(Clause(kind, [(start, end)], last, predicates))
        return
    piece = sentence[start:end]
    parted = ";" in sentence[max(start - 2, 0) : start]
    waiting = None if parted else next((item for item in reversed(clauses) if item.kind is _MAIN and not item.predicates), None)
    coordinated = _COORDINATED.match(piece)
    if predicates or _VERB.search(piece):
        resumes = waiting is not None and not (
            _reduced(sentence, start, end, predicates, waiting) or _describes(sentence, start, end, predicates, waiting, mentions)
        )
        if waiting is not None and resumes and (predicates or not _is_name(piece, mentions, start)):
            _continue(waiting, start, end, predicates)
            return
        opens = coordinated or predicates or sentence[start - 2 : start - 1] in ";:—"
        if opens or not any(item.kind is _MAIN for item in clauses):
            clauses.append(Clause(_MAIN, [(start, end)], last, predicates))
            if _tells(clauses[-1], sentence):
                clauses[-1].kind = _ATTRIBUTION
            elif waiting is not None:
                clauses[-1].kind = _RELATIVE
        else:
            clauses.append(Clause(_APPOSITION, [(start, end)], last))
        return
    if _ADVERBIAL.match(piece) or coordinated or _is_name(piece, mentions, start) or _begins_list(piece, mentions, start):
        target = waiting or (last if last.kind not in (_APPOSITION, _COMPARISON) else _main(clauses))
        _continue(target, start, end, predicates)
        return
    clauses.append(Clause(_APPOSITION, [(start, end)], last))


def _kind(sentence: str, start: int, last: Clause | None) -> ClauseKind:
    begins = start == 0 or sentence[start - 1] in '“"'
    if begins and (match := _OPENING.match(sentence, start)):
        return _KINDS.get(match[0].split()[0].lower(), _MAIN)
    opener = _WORD.match(sentence, start)
    word = opener[0].lower() if opener else ""
    if word in _PASSED and (opener := _OPENER.match(sentence, start)):
        word = opener[1].lower()
    if word in _OPENING_ONLY:
        return _COMPARISON if word == "like" else _MAIN
    kind = _KINDS.get(word, _MAIN)
    if kind is _CONTENT and not (last and any(not item.frame.plain for item in last.predicates)):
        return _RELATIVE
    return kind


def _reduced(sentence: str, start: int, end: int, predicates: list[Predicate], waiting: Clause) -> bool:
    """Whether a piece is a participle that describes ("Acme, founded in 2019, …") rather than what ``waiting`` says."""
    if not predicates or predicates[0].start != start or waiting.pieces[-1][1] != start:
        return False
    verb = sentence[start : predicates[0].head]
    return (
        verb.endswith(("ed", "nt", "ught", "ld"))
        and bool(re.match(r"\s+(?:by|in|on|at|with|from|as|to|last)\b", sentence[predicates[0].head : end]))
        and "," in sentence[end - 2 : end]
    )


def _describes(
    sentence: str, start: int, end: int, predicates: list[Predicate], waiting: Clause, mentions: Sequence[Mention]
) -> bool:
    """Whether a piece describes the name that ``waiting`` is ("Acme, the start-up Ada founded, …")."""
    # It goes to the next comma, before which it may have a clause of its own.
    if waiting.pieces != [(waiting.start, start)] or "," not in sentence[end - 2 :]:
        return False
    if not _DESCRIPTION.match(sentence, start) or all(item.frame.tells for item in predicates):
        return False
    name = len(sentence[:start].rstrip(" ,"))
    return any(item.end == name and sentence[waiting.start : item.start] in ("", "The ") for item in mentions)


def _tells(clause: Clause, sentence: str) -> bool:
    """Whether a clause only names who says what the clauses before it tell (", Reuters reported")."""
    said = clause.predicate
    if said is None or not said.frame.tells:
        return False
    start, end = clause.pieces[0]
    return len(sentence[start : said.start].split()) <= 8 and "," not in sentence[said.end : end].rstrip(" ,.")[:1]


def _is_name(piece: str, mentions: Sequence[Mention], start: int) -> bool:
    """Whether a piece is no more than a name: "its authority, the Garante, fined"."""
    end = start + len(piece.rstrip(" ,.)"))
    start += len("the ") if piece.startswith("the ") else 0
    return any(item.start == start and item.end >= end for item in mentions)


def _begins_list(piece: str, mentions: Sequence[Mention], start: int) -> bool:
    """Whether a piece begins with a name that does not describe: "A, B and C", not "A's chief"."""
    return _LIST.match(piece) is not None or any(
        item.start == start and not piece[item.end - start :].startswith(("'s ", "’s ")) for item in mentions
    )


def _continue(clause: Clause, start: int, end: int, predicates: list[Predicate]) -> None:
    clause.pieces.append((start, end))
    clause.predicates += predicates


def _main(clauses: Sequence[Clause]) -> Clause:
    return next((item for item in reversed(clauses) if item.kind not in (_APPOSITION, _COMPARISON)), clauses[-1])
