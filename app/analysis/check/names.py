"""The rule for names: entities of the gazetteer by who they are, other names by their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from app.analysis.check.claims import Claim, Draft
from app.analysis.check.geography import are_countries, is_place, names_country, same_country
from app.analysis.check.institutions import is_institution, tells_institution
from app.analysis.check.naming import (
    CAMEL,
    NAME,
    NO_NAMES,
    POSSESSIVE,
    WORD,
    Name,
    is_ordinary,
    is_weighty,
    may_open,
    names_of_sentence,
    opens,
    surely_names,
    words_of,
)
from app.analysis.check.sources import SourceMaterial
from app.analysis.check.wording import context, plain, shared, stands_in, word_set
from app.analysis.evidence import Match
from app.analysis.proposals.lexicon import load_lexicon
from app.domain.entities import Kind
from app.domain.findings import FindingKind, Strength

RULE = "name"
VERSION = 8

#: A passage with less of the sentence is about something else.
_CARRIED = 0.4
#: What the words around two names must share for one to stand in the other's place.
_SAME_PLACE = 0.5
_LEAST_SHARED = 2
#: A passage with so much of a sentence tells the same, and who it begins with is of whom it tells it.
_SAME_SENTENCE = 0.5
_BEFORE_FIRST = 2
_SAME_BEGINNING = 5
_MARKS = frozenset(',;:"“”')
_GROUPS = (
    frozenset((Kind.COMPANY, Kind.LAB, Kind.INVESTOR, Kind.INSTITUTION)),
    frozenset((Kind.MODEL, Kind.PRODUCT, Kind.CHIP)),
)
_PEOPLES = re.compile(r"(?:ese|ians?|eans?|ans?|ish|i|ic|ch|ers?)$")
_SHORTEST_STEM = 4
_LONG_ACRONYM = 3
_SHORTEST_WHOLE = 6
_LONGEST_ENDING = 3
_OFFICE = re.compile(r"\b(President|Prime Minister|Chancellor|King|Queen|Pope) [A-Z]")
_OFFICE_REACH = 16
_GOVERNS = re.compile(r"['’]?s? (?:administration|government|presidency|cabinet|era)\b")
_TIES = frozenset(("parent", "maker", "family", "member"))
_PIECES = re.compile(r"\d+|[A-Z]+(?![^\W\d_A-Z])|[^\W\d_][^\W\d_A-Z]*")


def names(claim: Claim) -> Iterator[Draft]:
    """The names of a sentence that its sources do not have, or have another one in the place of."""
    told = names_of_sentence(claim)
    for name in told:
        there = name.slug is None and _plainly_there(claim, name)
        weighty = there or name.slug is not None or is_weighty(claim.text, name)
        if not weighty and not may_open(claim.text, name):
            continue
        if there or _in_sources(claim, name):
            if name.slug is None:
                if swapped := _swapped(claim, name, told):
                    yield _differs(name, *swapped, Strength.WEAK)
            elif not is_near(claim, name, claim.aligned) and (other := _in_its_place(claim, name, told)):
                yield _differs(name, *other, Strength.STRONG)
            continue
        if _explained(claim, name):
            continue
        carried = claim.carried_without(name.start, name.end)
        sure = _sure(claim, name)
        if not carried and not weighty:
            continue
        if other := _in_its_place(claim, name, told):
            sure = sure and not _may_stand_for(claim, name, *other)
            yield _differs(name, *other, Strength.STRONG if sure else Strength.WEAK)
        elif weighty and not (name.slug is None and name.text in load_lexicon().common_capitals):
            best = claim.aligned[0] if claim.aligned else None
            number = best.passage.source if best else None
            strength = Strength.STRONG if carried and sure and not _may_be_added(claim, name) else Strength.WEAK
            reason = f"The summary names {name.text}; no source does."
            yield Draft(FindingKind.NAME, strength, RULE, name.start, name.end, reason, number, None, best)


def _sure(claim: Claim, name: Name) -> bool:
    """Whether a name that is nowhere is surely one: of the gazetteer, or of words that are all names and have no relatives."""
    if name.slug is not None:
        return True
    if is_institution(name.text):
        return False
    parts = surely_names(claim, name)
    if not parts or not all(len(part) > 2 or part.isupper() for part in parts):
        return False
    if " " in name.text:
        # "Start Again" is half of a title.
        return not _partly_there(claim, parts) and not all(is_ordinary(part.casefold()) for part in parts)
    word = name.text.casefold()
    return not (word.isalpha() and (is_ordinary(word) or _has_relatives(claim, word))) or bool(CAMEL.search(name.text))


def _may_stand_for(claim: Claim, name: Name, match: Match, start: int, _end: int, text: str) -> bool:
    """Whether a name may be told for another in a passage: New York for Manhattan, Google for Alphabet."""
    if is_place(name.text) and not are_countries(name.text, text):
        return True
    return _has_ties(claim, name, {item.slug for item in claim.sources.mentions(match.index) if item.start == start})


def _may_be_added(claim: Claim, name: Name) -> bool:
    """Whether a writer may add a name from what everybody knows: where somebody is from, who holds an office, who makes it."""
    if is_place(name.text) or name.text.endswith("-based") or _holds_office(claim, name):
        return True
    return _has_ties(claim, name, claim.sources.slugs)


def _has_ties(claim: Claim, name: Name, others: Collection[str]) -> bool:
    """Whether an entity is the parent, maker or chief of one of ``others``, or the other way round: "Google's Gemini"."""
    if name.slug is None:
        return False
    entities = claim.sources.entities
    pairs = [(name.slug, other) for other in others] + [(other, name.slug) for other in others]
    return any(
        tie.kind in _TIES and tie.target == target
        for slug, target in pairs
        if (entity := entities.get(slug)) is not None
        for tie in entity.relations
    )


def _partly_there(claim: Claim, parts: Sequence[str]) -> bool:
    """Whether a source has some word of a name: it may go by another form of it there."""
    return any(part.casefold() in source.words for source in claim.sources.by_number.values() for part in parts)


def _has_relatives(claim: Claim, word: str) -> bool:
    """Whether sources have a word that begins like a long one: "pregnancy" beside "Pregnant", which then is no name."""
    beginning = word[: max(_SAME_BEGINNING, len(word) - _LONGEST_ENDING)]
    return len(word) > _SHORTEST_WHOLE and any(other.startswith(beginning) for other in claim.sources.words)


def _holds_office(claim: Claim, name: Name) -> bool:
    """Whether a name stands with a high office that the sources tell without it, or for a government."""
    if _GOVERNS.match(claim.text, name.end):
        return True
    office = _OFFICE.search(claim.text, max(name.start - _OFFICE_REACH, 0), name.end)
    return office is not None and word_set(office[1]) <= claim.sources.words


def _explained(claim: Claim, name: Name) -> bool:
    """Whether a name is the acronym of the words before it, in brackets: these are compared themselves."""
    if not name.text.isupper() or claim.text[name.start - 1 : name.start] != "(":
        return False
    words = WORD.findall(claim.text[: name.start])[-len(name.text) :]
    return any(word[0].casefold() == name.text[0].casefold() for word in words)


def _plainly_there(claim: Claim, name: Name) -> bool:
    """Whether one source has all words of a name, which is most often so."""
    sources = claim.sources.by_number.values()
    if any(stands_in(name.text, source.text) for source in sources):
        return True
    words = word_set(name.text)
    return any(all(map(source.has_word, words)) for source in sources)


def _in_sources(claim: Claim, name: Name) -> bool:
    if name.slug is not None and name.slug in claim.sources.slugs:
        return True
    return any(_has(source, name) or _tell(source.words, name) for source in claim.sources.by_number.values())


def _tell(words: Collection[str], name: Name) -> bool:
    """Whether the words of a text tell of a country or an institution in another way."""
    return names_country(name.text, words) or tells_institution(name.text, words)


def _has(source: SourceMaterial, name: Name) -> bool:
    """Whether a source has the words of a name, one of them by which it is known, or its initials."""
    parts = [part for part in WORD.findall(POSSESSIVE.sub("", name.text)) if len(part) > 1]
    telling = [part.casefold() for part in parts if part.casefold() not in NO_NAMES and part[0].isupper()] or [
        part.casefold() for part in parts
    ]
    if not telling:
        return True
    inner = [part.casefold() for part in parts if CAMEL.search(part) and _parted(source, part)]
    known = [part for part in telling if part in inner or _known(source, part)]
    if known and (len(telling) > 1 or known == telling):
        # "Grandmaster Venn" is not told of in a text that has only the word "grandmaster".
        as_name = len(known) == len(telling) or any(part in source.text for part in parts if part.casefold() in known)
        return as_name and len(known) * 2 >= len(telling)
    if "".join(telling) in source.words:
        return True
    if name.text.replace(".", "").isupper() and len(name.text) > 1:
        return _spelled_out(source, name.text.replace(".", "").casefold())
    initials = "".join(part[0] for part in WORD.findall(name.text) if part[0].isupper()).casefold()
    return len(initials) > 2 and initials in source.words


def _known(source: SourceMaterial, part: str) -> bool:
    words = source.words
    if part in words or f"{part}s" in words or (part.endswith("s") and part[:-1] in words):
        return True
    bare = plain(part)
    if bare in source.plain_words or (bare != part and bare in words):
        return True
    if len(part) < _SHORTEST_STEM:
        return False
    if len(part) > _SHORTEST_WHOLE and any(word.startswith(part.removesuffix("s")) for word in words):
        return True
    stem = _PEOPLES.sub("", part)[:5] if _PEOPLES.search(part) else None
    if stem and len(stem) >= 3 and stem in source.stems:
        return True
    return part[:4] in source.peoples


def _parted(source: SourceMaterial, part: str) -> bool:
    """Whether a source writes one word of a name in parts: "GPT-4" or "GPT 4" for "GPT4", "Hunter Girl" for "HunterGirl"."""
    pieces = _PIECES.findall(part)
    return len(pieces) > 1 and re.search(rf"\b{'[ -]?'.join(pieces)}\b", source.text, re.IGNORECASE) is not None


def _spelled_out(source: SourceMaterial, acronym: str) -> bool:
    """Whether the capitals of a name in the source make the acronym; a longer one may end with a place besides."""
    if acronym in source.acronyms:
        return True
    return len(acronym) >= _LONG_ACRONYM and any(other.startswith(acronym) for other in source.acronyms)


def is_near(claim: Claim, name: Name, matches: Sequence[Match]) -> bool:
    """Whether passages, or those around them, have a name or a word of it."""
    sources = claim.sources
    if name.slug and any(name.slug in sources.slugs_of(match.index) for match in matches):
        return True
    near = {place for match in matches for place in sources.near(match.index, 2, 1)}
    words = [part for part in WORD.findall(POSSESSIVE.sub("", name.text)) if len(part) > 2]
    if name.slug is None and len(words) > 1 and opens(claim.text, name.start):
        # "Composer" of "Composer Kaja Rand" is no word of her name where the source has it without a capital.
        title = words.pop(0)
        if any(title in sources.passages.all[place].text for place in near):
            return True
    if any(word.casefold().removesuffix("s") in sources.folded(place) for place in near for word in words):
        return True
    # Few names are told otherwise, and the words of a passage take long to read.
    may_be_told = is_place(name.text) or is_institution(name.text)
    return may_be_told and any(_tell(word_set(sources.passages.all[place].text), name) for place in near)


def _swapped(claim: Claim, name: Name, told: list[Name]) -> tuple[Match, int, int, str] | None:
    """The name in the place of one that the sources tell, but nowhere near the passages that carry the sentence."""
    carrying = [match for match in claim.aligned if match.score >= _CARRIED]
    if not carrying or any(name.text in match.passage.text for match in carrying):
        return None
    if not is_weighty(claim.text, name) or is_near(claim, name, carrying) or is_place(name.text):
        return None
    other = _in_its_place(claim, name, told) or _who_opens(claim, name, told)
    return None if other is None or _may_be_same(told, other[3]) else other


def _may_be_same(told: list[Name], other: str) -> bool:
    """Whether a source's name may be one of the sentence's in another form: "Democratic" beside "Democrats", or its acronym."""
    parts = WORD.findall(other)
    if not parts or (len(parts) == 1 and is_ordinary(other.casefold())):
        return True
    initials = "".join(part[0] for part in parts if part[0].isupper())
    if any(name.text.removesuffix("s") in (initials, other) for name in told):
        return True
    beginnings = {part[:_SAME_BEGINNING] for part in words_of(told)}
    return not beginnings.isdisjoint(part.casefold()[:_SAME_BEGINNING] for part in parts)


def _who_opens(claim: Claim, name: Name, told: list[Name]) -> tuple[Match, int, int, str] | None:
    """The name that opens the passage which has most of a sentence that opens with another."""
    match = claim.aligned[0]
    if match.score < _SAME_SENTENCE or not _is_first(claim.text, name.start):
        return None
    own_words = words_of(told)
    place = is_place(name.text)
    for start, end, text, slug in _names_of(claim, match):
        if not _is_first(match.passage.text, start):
            continue
        if (
            place == is_place(text)
            and own_words.isdisjoint(WORD.findall(text.casefold()))
            and _same_group(claim, name.slug, slug)
        ):
            return match, match.passage.start + start, match.passage.start + end, text
    return None


def _is_first(text: str, start: int) -> bool:
    """Whether characters from ``start`` on are the first of a sentence but for a title or an article."""
    before = text[:start]
    return len(before.split()) <= _BEFORE_FIRST and not any(mark in before for mark in _MARKS)


def _in_its_place(claim: Claim, name: Name, told: list[Name]) -> tuple[Match, int, int, str] | None:
    """The name that a passage has where the sentence has ``name``: the words around both are much the same."""
    about = context(claim.text, name.start, name.end)
    place = is_place(name.text)
    own_words = words_of(told)
    best: tuple[float, Match, int, int, str] | None = None
    for match in claim.aligned:
        passage = match.passage
        if match.score < _CARRIED:
            continue
        for start, end, text, slug in _names_of(claim, match):
            parts = WORD.findall(text.casefold())
            if any(part in own_words for part in parts) or not _same_group(claim, name.slug, slug):
                continue
            if place != is_place(text) or (place and same_country(name.text, text)):
                continue
            count, share = shared(about, context(passage.text, start, end))
            if count >= _LEAST_SHARED and share >= _SAME_PLACE and (best is None or share > best[0]):
                best = (share, match, passage.start + start, passage.start + end, text)
    return best[1:] if best else None


def _names_of(claim: Claim, match: Match) -> Iterator[tuple[int, int, str, str | None]]:
    passage = match.passage
    mentions = claim.sources.mentions(match.index)
    told = {item.slug for item in claim.mentions}
    for mention in mentions:
        if mention.slug not in told:
            yield mention.start - passage.start, mention.end - passage.start, mention.text, mention.slug
    for found in NAME.finditer(passage.text):
        start, end = passage.start + found.start(), passage.start + found.end()
        if any(mention.start < end and start < mention.end for mention in mentions):
            continue
        text = POSSESSIVE.sub("", found[0])
        name = Name(found.start(), found.start() + len(text), text, None)
        if is_weighty(passage.text, name):
            yield name.start, name.end, text, None


def _same_group(claim: Claim, one: str | None, other: str | None) -> bool:
    """Whether two names are of the same kind of thing, as far as that is known."""
    if one is None or other is None:
        return True
    if one == other:
        return False
    kinds = [entity.kind for entity in (claim.sources.entities.get(one), claim.sources.entities.get(other)) if entity]
    if len(kinds) < 2:
        return True
    return kinds[0] is kinds[1] or any(kinds[0] in group and kinds[1] in group for group in _GROUPS)


def _differs(name: Name, match: Match, start: int, end: int, text: str, strength: Strength) -> Draft:
    reason = f"The summary says {name.text}; source {match.passage.source} says {text}."
    return Draft(FindingKind.NAME, strength, RULE, name.start, name.end, reason, match.passage.source, (start, end), match)
