"""Citation markers whose brackets were lost: digits glued to the word before them ("monetize2", "GPT-42": GPT-4 and [2])."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.documents import Citation, cite

#: The highest number of a marker where a document does not say how many sources it has.
MOST_SOURCES = 99

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
#: Families of models whose names end in a number.
_MODEL = re.compile(
    r"(?:GPT-?|Llama[ -]|Claude(?: Opus| Sonnet| Haiku)? |Gemini |Gemma |Grok[ -]|Phi-|Qwen|Mixtral |"
    r"Mistral (?:Large|Small|Medium) |DeepSeek[ -][VR]|Ernie |Sora |Veo |Imagen |Midjourney V|DALL-E |Kimi K|GLM-|"
    r"o|V|R)\d(?:\.\d)?",
    re.ASCII,
)
_WORD = re.compile(r"\w+")
#: Digits, and what says that a name or number does not end with them. It begins with a class, not with a look behind, for
#: which the whole text would be tried character by character.
_DIGITS = re.compile(r"[0-9][0-9]*+([A-Za-z]|[.,:](?=[0-9]))?")
_PUNCTUATION = ".,;:!?…\"'“”‘’()[]{}«»"
_LONGEST_WORD = 60
_LONGEST_RUN = 12
#: So many names are looked for in the texts before those of the texts are collected, which takes as long as to look for fifty: a
#: summary has a dozen markers, and most of them stand behind a word that is no name.
_LOOKED_FOR = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """How digits at the end of a text were read: ``kept`` of them stay in the prose, the rest are ``citations``.

    ``doubt`` is the code of the warning that this deserves.
    """

    citations: tuple[Citation, ...]
    kept: int
    doubt: str | None = None


class Vocabulary:
    """The names and numbers of a document's sources and title, by which a name with a digit is told from a word with a marker.

    Each part of it is collected when it is first asked for.
    """

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self._texts = texts
        self._names: set[str] | None = None
        self._words: set[str] | None = None
        self._looked_for = 0

    def has_word(self, word: str) -> bool:
        """Whether the document has this word elsewhere."""
        if self._words is None:
            self._words = {match[0] for text in self._texts() for match in _WORD.finditer(text)}
        return word in self._words

    def knows_name(self, before: str, token: str) -> bool:
        """Whether ``token``, which ends in a digit and stands after the word ``before``, is a name or number of its own."""
        pair = f"{before} {token}"
        if _YEAR.fullmatch(token) or _MODEL.fullmatch(token) or _MODEL.fullmatch(pair):
            return True
        if self._names is None and self._looked_for < _LOOKED_FOR:
            self._looked_for += 1
            if not any(token in text for text in self._texts()):
                return False
        if self._names is None:
            self._names = self._collected()
        # A small number says nothing by itself, only together with the word before it ("May 19").
        return (pair if token.isdigit() and len(token) < 3 else token) in self._names

    def _collected(self) -> set[str]:
        names: set[str] = set()
        for text in self._texts():
            for match in _DIGITS.finditer(text):
                if match[1]:
                    continue
                start, end = match.span()
                *before, word = text[max(0, start - 2 * _LONGEST_WORD) : end].rsplit(None, 2)[-2:]
                token = word.lstrip(_PUNCTUATION)
                names.add(token)
                if before and token.isdigit():
                    names.add(f"{before[0].strip(_PUNCTUATION)} {token}")
        return names


def read_glued(text: str, limit: int, vocabulary: Vocabulary) -> Reading | None:
    """Read the digits at the end of a text that is followed by a stop.

    The longest number that is at most ``limit`` and leaves a word, year or known name intact is the marker. Where another
    reading is as good, both are kept: digits that may belong to the prose stay in it, and the citation is uncertain.

    Returns:
        ``None`` where the text does not end in a digit.
    """
    stem = text.rstrip("0123456789")
    run = text[len(stem) :]
    if not run:
        return None
    if len(run) > _LONGEST_RUN:
        return Reading((), len(run), "citation-out-of-range")
    window = (stem[-2 * _LONGEST_WORD :] + run).split()
    token, before = window[-1].lstrip(_PUNCTUATION), (window[-2].strip(_PUNCTUATION) if len(window) > 1 else "")
    word = token[: len(token) - len(run)]
    if _is_word(stem):
        return _after_word(word, before, run, limit, vocabulary)
    return _in_number(word, before, run, limit, vocabulary, spaced=stem[-1:].isspace())


def _is_word(stem: str) -> bool:
    """Whether what stands before the digits is complete without them: a letter, a sign, a bracket; not "3." or "GPT-"."""
    last = stem[-1:]
    if not last or last.isspace() or last in "-–—/#$€£¥+_=@\\":
        return False
    return not (last in ".,:" and stem[-2:-1].isdigit())


def _after_word(word: str, before: str, run: str, limit: int, vocabulary: Vocabulary) -> Reading:
    """The word is complete without the digits: "models2"."""
    for kept in range(1, len(run)):
        number = _number(run[kept:], limit)
        if number and _number(run, limit) is None and vocabulary.knows_name(before, word + run[:kept]):
            return Reading(cite(number), kept)
    number = _number(run, limit)
    if number is not None:
        if vocabulary.knows_name(before, word + run):
            bare = vocabulary.has_word(word)
            return Reading(cite(number, uncertain=True), 0 if bare else len(run), "ambiguous-citation")
        if _several(run, limit):
            return Reading(cite(number, uncertain=True), 0, "ambiguous-citation")
        return Reading(cite(number), 0)
    several = _several(run, limit)
    if several:
        certain = limit < 10
        citations = cite(*several, uncertain=not certain)
        return Reading(citations, 0, None if certain else "ambiguous-citation")
    return Reading((), len(run), "citation-out-of-range")


def _in_number(word: str, before: str, run: str, limit: int, vocabulary: Vocabulary, spaced: bool) -> Reading:
    """The first digits belong to a name or number, the last may be a marker: "GPT-42", "Llama 42", "20252"."""
    splits = [(kept, number) for kept in range(1, len(run)) if (number := _number(run[kept:], limit))]
    whole_known = vocabulary.knows_name(before, word + run)
    for kept, number in splits:
        if vocabulary.knows_name(before, word + run[:kept]):
            if whole_known:
                return Reading(cite(number, uncertain=True), len(run), "ambiguous-citation")
            return Reading(cite(number), kept)
    alone = _number(run, limit)
    if alone is not None and (word.endswith("-") or (spaced and not word)):
        return Reading(cite(alone, uncertain=True), len(run), "ambiguous-citation")
    if splits and not whole_known:
        return Reading(cite(splits[0][1], uncertain=True), len(run), "ambiguous-citation")
    return Reading((), len(run), "ambiguous-citation" if whole_known or alone else "citation-out-of-range")


def _number(digits: str, limit: int) -> int | None:
    """The digits as a number from 1 to ``limit`` without a leading zero."""
    if digits.startswith("0") or len(digits) > 4:
        return None
    number = int(digits)
    return number if number <= limit else None


def _several(run: str, limit: int) -> tuple[int, ...]:
    """The digits as several numbers in rising order, each at most ``limit`` ("123": 1, 2, 3); empty where they are not."""
    numbers: list[int] = []
    position = 0
    while position < len(run):
        for length in (1, 2):
            number = _number(run[position : position + length], limit) if position + length <= len(run) else None
            if number is not None and (not numbers or number > numbers[-1]):
                numbers.append(number)
                position += length
                break
        else:
            return ()
    return tuple(numbers) if len(numbers) > 1 else ()
