"""The rule for quotations: word by word as in a source, whatever the typography."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.analysis.certainty import attributed
from app.analysis.check.claims import Claim, Draft
from app.analysis.evidence import Match
from app.analysis.evidence.terms import stem
from app.analysis.quotes import FEWEST_WORDS, Quotation, find_quotations, holds, is_title, keys, nearest, pieces, spelled_out
from app.domain.findings import FindingKind, Strength

RULE = "quote"
VERSION = 5

#: From here on a passage has the quotation in other words.
_ALTERED = 0.5
#: So many words are a phrase rather than a statement.
_PHRASE = 4
#: Words with so many letters of which the first are the same are forms of one.
_LONG = 6
_SAME_BEGINNING = 4
#: One word of so many may have another form in a longer quotation.
_FORMS_AMONG = 4
#: What becomes of a speaker's words in the sentence of another.
_FORMS = (
    frozenset("i me my mine myself we us our ours you your he him his himself she her hers they them their it its".split()),
    frozenset("am is are was were be been 's 're 'm".split()),
    frozenset("have has had having".split()),
    frozenset("do does did done".split()),
    frozenset("will would shall should".split()),
    frozenset("can could may might".split()),
)
#: "Nobody asked us," she said. "Nobody told us": what two parts of one quotation may have between them.
_SAYS_BETWEEN = re.compile(
    r"[,.?!]?[\"”]\s[^\"“”]{0,80}?\b(?:said|says|told|tells|added|adds|wrote|writes|explained|warned|continued|asked)\b[^\"“”]{0,60}[.,:]\s?[\"“]"
)
_SPELLINGS = (
    ("our", "or"), ("isa", "iza"), ("ise", "ize"), ("isi", "izi"), ("yse", "yze"), ("ll", "l"), ("tre ", "ter "),
    ("ence", "ense"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"(.)\1")


def quotations(claim: Claim) -> Iterator[Draft]:
    """The quotations of a sentence that no source has word by word."""
    for quotation in find_quotations(claim.text):
        runs = pieces(quotation.text)
        if sum(len(run) for run in runs) < FEWEST_WORDS or is_title(quotation.text):
            continue
        holders = [source.number for source in claim.sources.by_number.values() if holds(source.quoted, runs)]
        if not holders:
            if not _written_otherwise(claim, runs):
                yield _altered(claim, quotation)
        elif claim.cited and not set(holders) & set(claim.cited):
            reason = f"The quotation is in source {holders[0]}, which the sentence does not cite."
            best = claim.sources.passages.best(quotation.text, 1, holders)
            yield Draft(
                FindingKind.COVERAGE,
                Strength.WEAK,
                "coverage",
                quotation.start,
                quotation.end,
                reason,
                holders[0],
                None,
                best[0] if best else None,
            )


def _written_otherwise(claim: Claim, runs: list[list[str]]) -> bool:
    """Whether a source has the quotation but for "didn't", a hyphen, British spelling, or who says it in its midst."""
    ours = [_spelling(" ".join(spelled_out(run))).split() for run in runs]
    return any(
        holds(f" {_spelling(' '.join(spelled_out(source.quoted.split())))} ", ours)
        or all("".join(run) in source.quoted.replace(" ", "") for run in runs)
        or holds(f" {' '.join(keys(_SAYS_BETWEEN.sub(' ', source.text)))} ", runs)
        for source in claim.sources.by_number.values()
    )


def _spelling(words: str) -> str:
    """Words in lower case as American English spells them, more or less: both sides of a comparison go through it."""
    for british, american in _SPELLINGS:
        words = words.replace(british, american)
    return words


def _altered(claim: Claim, quotation: Quotation) -> Draft:
    best: tuple[float, Match, tuple[int, int]] | None = None
    for match in (*claim.sources.passages.best(quotation.text, 2), *claim.elsewhere[:1]):
        found = nearest(quotation.text, match.passage.text)
        if found and (best is None or found.likeness > best[0]):
            best = (found.likeness, match, (match.passage.start + found.start, match.passage.start + found.end))
    start, end = quotation.start, quotation.end
    if best is None or best[0] < _ALTERED:
        reason = "No source has these words."
        return Draft(FindingKind.QUOTE, _strength(claim, quotation), RULE, start, end, reason)
    _, match, place = best
    reason = f"The quotation is not word for word as in source {match.passage.source}."
    theirs = claim.sources.by_number[match.passage.source].text[slice(*place)]
    # "Kicked the bucket" for "kicking the bucket": a phrase that was fitted into the sentence.
    fitted = _is_fitted(keys(quotation.text), keys(theirs))
    return Draft(
        FindingKind.QUOTE,
        Strength.WEAK if fitted else _strength(claim, quotation),
        RULE,
        start,
        end,
        reason,
        match.passage.source,
        place,
        match,
    )


def _strength(claim: Claim, quotation: Quotation) -> Strength:
    """Weak for a phrase of nobody whom the sentence names: what is called so, or what the writer keeps away from."""
    is_phrase = sum(map(len, pieces(quotation.text))) <= _PHRASE and not quotation.text[:1].isupper()
    return Strength.WEAK if is_phrase and not attributed(claim.text) else Strength.STRONG


def _is_fitted(ours: list[str], theirs: list[str]) -> bool:
    """Whether some words differ in their forms alone: "given him the keys" for "gave him the keys", "her" for "my"."""
    if len(ours) != len(theirs):
        return False
    others = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    if len(ours) > _PHRASE and len(others) > len(ours) // _FORMS_AMONG:
        return False
    return all(_is_form(one, other) for one, other in others)


def _is_form(one: str, other: str) -> bool:
    if stem(one) == stem(other) or any(one in group and other in group for group in _FORMS):
        return True
    if min(len(one), len(other)) >= _LONG and one[:_SAME_BEGINNING] == other[:_SAME_BEGINNING]:
        return True
    # "Gave" and "given", "took" and "taken", "written" and "wrote".
    return {one[-1:], other[-1:]} & {"n", "e"} != set() and one[:1] == other[:1] and _consonants(one) == _consonants(other)


def _consonants(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word.removesuffix("en").removesuffix("n")))
