"""What a name's own words and the words around it say of its kind. Each cue is a vote with a weight; none decides alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.analysis.proposals.lexicon import Lexicon
from app.analysis.proposals.runs import Run
from app.domain.entities import Kind

ORGANISATIONS = frozenset((Kind.COMPANY, Kind.LAB, Kind.INVESTOR, Kind.INSTITUTION))
THINGS = frozenset((Kind.MODEL, Kind.PRODUCT, Kind.CHIP))


class Cue(NamedTuple):
    """A vote for a kind, 0 to 1, and what speaks for it in plain words."""

    kind: Kind
    weight: float
    reason: str


#: How far before a name is looked.
_REACH = 70
_ARTICLES = frozenset(("the", "a", "an"))
_SKIPPED = _ARTICLES | {"“", '"', "new", "then"}
_BEFORE = re.compile(r"[\w’'-]+|[,.;:()\"“”]")
_FOLLOWING = re.compile(r"(?:[ ][a-z][\w-]*){1,4}")
_POSSESSIVE = re.compile(r"['’]s? ([\w-]+(?: [a-z-]+)?)")
_APPOSITION = re.compile(
    r",? (?:is |was |are |were |became |remains |remained )?"
    r"(?:an? |the |one of the |one of |another |its |his |her |their |which is an? )"
)
_TO_HEAD = re.compile(r"[a-zA-Z][\w’'/-]*|[,.;:()]|\d\S*")
_STOP_AT_HEAD = frozenset("of for that which who at in from by with to where whose on as and , . ; : ( )".split())
_ROLE_AFTER_COMMA = re.compile(r", (?:(?:the|its|a|an|former|then|now|vice|co-|chief|senior|managing|general) ?)*([\w-]+)")
_BORN = re.compile(r" \((?:born|b\.|\d{4}|c\. )")
_WHO = re.compile(r", (?:who|whose)\b")
_COLLEAGUES = re.compile(r",? (?:and (?:his |her )?(?:colleagues|collaborators|students|team)|et al\b)")
_GLOSS = re.compile(r"([\w’'-]+(?:[ -][\w’'-]+){0,6}) ?\([\"“]?$")
_IN_BRACKETS = re.compile(r" \([\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\)")
_OF_SOMEWHERE = re.compile(r" (?:of|at|from) (?:the )?[A-Z]")
_MODEL_SHAPE = re.compile(
    r"(?:.*[a-z]{2,}|[A-Z]{2,})[- ]?v?\d+(?:\.\d+)*[A-Za-z]{0,2}"
    r"(?:[ -](?:Mini|Pro|Max|Ultra|Turbo|Flash|Preview|Instruct|Coder|Lite|Plus|Nano|[A-Z]\d*))*"
    r"|.*[- ]\d+(?:\.\d+)?[BMT]\b.*|.*(?:GPT|BERT|LLM|LM|VLM|Net|NET|former|GAN|VAE)\b.*"
)
_CHIP_SHAPE = re.compile(r"[A-Z]{1,3}\d{2,4}[A-Z]?[a-z]?(?: (?:Ultra|Max|Super))?")
_SOFTWARE_SHAPE = re.compile(
    r"(?:.*[a-z])?(?:ware|Bot|bot|DB|SQL|Script|Lib|Flow|Torch|Py|Hub|Base|Bench|OS|ML|Chat|Learn|\+\+|#)$"
    r"|.*Py[A-Z]\w+|\w+\.(?:js|py|rs|io)|[a-z][A-Z]\w+"
)
_COMPANY_SHAPE = re.compile(r".*(?:\.(?:ai|com)|[a-z.]AI|[ ]AI)$")
_ACRONYM = re.compile(r"[A-Z][A-Z\d&.-]+[A-Zs\d]?")
_CAMEL = re.compile(r"[A-Z]?[a-z]+[A-Z]\w*|[A-Z]{2,}[a-z]{2,}\w*")
_NAME_WORD = re.compile(r"[^\W\d_a-z][\w’'-]*[^\W\d_A-Z]\.?|[A-Z]\.?(?:[- ]?[A-Z]\.)*")
_SURNAME_PARTICLES = frozenset("van von de der den du di da del bin ibn al la".split())
#: How terms end, and surnames seldom do.
_TERM = re.compile(
    r"(?:ion|ing|ic|ical|ity|ary|ency|ance|ence|ness|ism|oder|izer|ware|ual|ous|ive|ment|ics|oid|sim|link|net|nix|nux|log)s?$"
)
#: Words before what an institution is about.
_BEFORE_TOPIC = frozenset(("of", "for", "on"))
_JOINING = _BEFORE_TOPIC | {"and", "&"}
_AUXILIARIES = frozenset("would will has have had also later then recently soon now first".split())
_INITIAL = re.compile(r"(?:[A-Z]\.-?)+")


def own_cues(name: str, lexicon: Lexicon, *, made: bool = False) -> Iterator[Cue]:
    """What a name says by itself; ``made``: it begins with the name of something known, as its maker or its family."""
    words = name.split()
    keys = [word.lower().rstrip(".,") for word in words]
    if len(words) > 1:
        yield from _heads(words, keys, lexicon, made)
        yield from _personal(words, keys, lexicon)
    elif keys[0] in lexicon.given_names:
        yield Cue(Kind.PERSON, 0.25, "it is a given name")
    elif _NAME_WORD.fullmatch(name) and not _TERM.search(name) and keys[0] not in lexicon.ordinary:
        yield Cue(Kind.PERSON, 0.12, "it is one word, like a surname")
    if name.isupper() and name.lower() in lexicon.organisations:
        yield Cue(Kind.INSTITUTION, 0.6, "it is an organisation’s well-known acronym")
    elif "&" in words:
        yield Cue(Kind.COMPANY, 0.45, "it is named like a company")
    elif _COMPANY_SHAPE.fullmatch(name) and not made:
        yield Cue(Kind.COMPANY, 0.55, "it is named like an AI company")
    else:
        yield from _thing(name, " " not in name)


def _heads(words: list[str], keys: list[str], lexicon: Lexicon, made: bool) -> Iterator[Cue]:
    """What the noun says that a name is built around: "Institute" in "Institute of Slow Machines", "Labs" in "Quantrell Labs"."""
    place = next((index for index, key in enumerate(keys) if key in _BEFORE_TOPIC), 0)
    head = place - 1
    kind = lexicon.heads.get(keys[head])
    if kind is Kind.PLACE and keys[0] in lexicon.given_names:
        return
    if kind is not None:
        weak = (kind in THINGS and not place) or (made and kind is Kind.COMPANY)
        yield Cue(kind, 0.5 if weak else 0.75, f"“{words[head]}” is part of the name")
    elif any(lexicon.heads.get(key) is Kind.INSTITUTION for key in keys):
        yield Cue(Kind.INSTITUTION, 0.5, "it is named like an institution")


def _thing(name: str, one_word: bool) -> Iterator[Cue]:
    """What the shape of a name says: letters and digits, capitals within a word, the endings of software."""
    if _CHIP_SHAPE.fullmatch(name):
        yield Cue(Kind.CHIP, 0.25, "it has the shape of a chip’s name")
        yield Cue(Kind.PRODUCT, 0.2, "it has letters and a number")
    elif _MODEL_SHAPE.fullmatch(name):
        yield Cue(Kind.MODEL, 0.5, "it has the shape of a model’s name and version")
    elif _SOFTWARE_SHAPE.fullmatch(name):
        yield Cue(Kind.PRODUCT, 0.4, "it has the shape of a product’s name")
    elif one_word and _ACRONYM.fullmatch(name):
        yield Cue(Kind.PRODUCT, 0.15, "it is an acronym")
    elif one_word and _CAMEL.fullmatch(name):
        yield Cue(Kind.PRODUCT, 0.2, "it has a capital within the word")
        yield Cue(Kind.COMPANY, 0.12, "it has a capital within the word")


def _personal(words: list[str], keys: list[str], lexicon: Lexicon) -> Iterator[Cue]:
    """Whether a name of two to five words is built like a person's."""
    if not 2 <= len(words) <= 5 or not all(
        _NAME_WORD.fullmatch(word) or key in _SURNAME_PARTICLES for word, key in zip(words, keys, strict=True)
    ):
        return
    if keys[-1] in lexicon.heads and keys[0] not in lexicon.given_names:
        return
    if keys[0].split("-")[0] in lexicon.given_names or keys[0] in lexicon.given_names:
        ordinary = keys[-1] in lexicon.ordinary or keys[-1] in lexicon.heads
        yield Cue(Kind.PERSON, 0.5 if ordinary else 0.75, f"{words[0]} is a given name")
    elif _INITIAL.fullmatch(words[0]) or (len(words) > 2 and _INITIAL.fullmatch(words[1])):
        yield Cue(Kind.PERSON, 0.7, "it has initials like a person’s name")
    elif any(key in _SURNAME_PARTICLES for key in keys[1:-1]):
        yield Cue(Kind.PERSON, 0.4, "it is built like a person’s name")
    elif (
        len(words) <= 3
        and not any(key in lexicon.ordinary or key in lexicon.heads or key in lexicon.places for key in keys)
        and not any(_ACRONYM.fullmatch(word) for word in words)
    ):
        yield Cue(Kind.PERSON, 0.35, "it is built like a person’s name")


def context_cues(text: str, run: Run, lexicon: Lexicon, kinds: Mapping[str, Kind]) -> Iterator[Cue]:
    """What the words around a name say."""
    maker = kinds.get(run.maker) if run.maker else None
    if maker in (Kind.LAB, Kind.INSTITUTION):
        yield Cue(maker, 0.45, f"it begins with the name of a known {maker.value}")
    elif maker in ORGANISATIONS:
        yield Cue(Kind.PRODUCT, 0.45, "it begins with its maker’s name")
    elif maker is not None and maker in THINGS:
        yield Cue(maker, 0.45, f"it begins with the name of a known {maker.value}")
    yield from _before(text, run, lexicon)
    yield from _after(text, run, lexicon)


def _before(text: str, run: Run, lexicon: Lexicon) -> Iterator[Cue]:
    start = max(run.start - _REACH, 0)
    before = _BEFORE.findall(text[start : run.start])
    many = " " in run.text
    article = False
    while before and before[-1].lower() in _SKIPPED:
        article |= before.pop().lower() in _ARTICLES
    if article and not many:
        yield Cue(Kind.PRODUCT, 0.15, "an article stands before it")
    if not before:
        return
    word, key = before[-1], before[-1].lower()
    kind = lexicon.nouns.get(key)
    if kind is not None:
        if not article:
            yield Cue(kind, 0.65, f"it follows “{word}”")
    elif key in lexicon.beside["naming"] and (noun := _noun_back(before, lexicon)) is not None:
        yield Cue(lexicon.nouns[noun], 0.6, f"it follows “{noun} {word}”")
    elif key in lexicon.beside["listing"] and (noun := _noun_back(before, lexicon)) is not None:
        yield Cue(lexicon.nouns[noun], 0.4, f"it is named as one of the {noun}")
    elif key in lexicon.beside["takes_person"]:
        yield Cue(Kind.PERSON, 0.35, f"it follows “{word}”")
    elif key in lexicon.beside["takes_organisation"] and key not in lexicon.beside["takes_thing"]:
        yield Cue(Kind.COMPANY, 0.4, f"it follows “{word}”")
    elif key in lexicon.beside["takes_thing"]:
        yield Cue(Kind.PRODUCT, 0.35, f"it follows “{word}”")
    elif key == "of" and (office := _office(before, lexicon)) is not None:
        yield Cue(Kind.COMPANY, 0.45, f"it follows “{office} of”")
    elif key == "at":
        yield Cue(Kind.COMPANY, 0.4, "it follows “at”")
    elif key == "from" and (degree := next((w for w in before[-8:-1] if w.lower() in lexicon.beside["degrees"]), "")):
        yield Cue(Kind.INSTITUTION, 0.5, f"it follows “{degree} … from”")
    elif key == "by" and (done := next((w for w in before[-3:-1] if w.lower() in lexicon.beside["done_by_organisations"]), "")):
        yield Cue(Kind.COMPANY, 0.2 if many else 0.4, f"it follows “{done} by”")
    elif key == "by" and many:
        yield Cue(Kind.PERSON, 0.15, "it follows “by”")
    elif key == "by":
        yield Cue(Kind.COMPANY, 0.15, "it follows “by”")
    elif key in ("to", "for") and len(before) > 1 and before[-2].lower() in lexicon.beside["goes_to"]:
        yield Cue(Kind.COMPANY, 0.35, f"it follows “{before[-2]} {word}”")
    elif key == "from" and len(before) > 1 and lexicon.nouns.get(before[-2].lower()) is Kind.PERSON:
        yield Cue(Kind.COMPANY, 0.45, f"it follows “{before[-2]} from”")
    elif key in ("from", "with") and not many:
        plain = key == "from" and not _ACRONYM.fullmatch(run.text)
        yield Cue(Kind.COMPANY, 0.3 if plain else 0.1, f"it follows “{word}”")
    elif key == "in":
        yield Cue(Kind.PLACE, 0.1, "it follows “in”")
    elif key in ("s", "'s", "’s") or key.endswith(("'s", "’s")):
        yield Cue(Kind.PRODUCT, 0.35, "it belongs to somebody: it follows a possessive")
    elif key == "(" and (gloss := _GLOSS.search(text[start : run.start])) and _abbreviates(run.text, gloss[1]):
        head = gloss[1].split()[-1].lower()
        kind = lexicon.heads.get(head) or lexicon.nouns.get(head)
        if kind is not None and gloss[1].islower():
            yield Cue(kind, 0.55, f"it is short for “{gloss[1]}”")


def _office(words: list[str], lexicon: Lexicon) -> str | None:
    """The office or membership before "of": whoever holds it belongs to an organisation."""
    word = words[-2].lower() if len(words) > 1 else ""
    return word if word in lexicon.titles or word in lexicon.beside["memberships"] else None


def _noun_back(words: list[str], lexicon: Lexicon) -> str | None:
    """The nearest noun before "called" or "such as" that says a kind."""
    for word in reversed(words[-6:-1]):
        if word in ".;:":
            return None
        if word.lower() in lexicon.nouns:
            return word.lower()
    return None


def _abbreviates(short: str, long: str) -> bool:
    letters = [character.lower() for character in short if character.isalpha()]
    initials = [word[0].lower() for word in re.split(r"[ -]", long) if word]
    return bool(letters) and letters[0] in initials and sum(letter in initials for letter in letters) * 3 >= len(letters) * 2


def _after(text: str, run: Run, lexicon: Lexicon) -> Iterator[Cue]:
    end = run.end
    if text[end : end + 1] in ("", ".", ";"):
        return
    many = " " in run.text
    if match := _POSSESSIVE.match(text, end):
        owned = match[1].split()
        if (
            owned[0].lower() in lexicon.beside["of_organisations"]
            or owned[-1] in lexicon.beside["of_organisations"]
            or owned[0] == "chief"
        ):
            yield Cue(Kind.COMPANY, 0.5, f"it stands before “{match[1]}”")
        elif owned[0][0].isupper():
            yield Cue(Kind.COMPANY, 0.3, f"{match[1]} belongs to it")
        else:
            yield Cue(Kind.COMPANY, 0.1, "something belongs to it")
        return
    if len(run.text.split()) > 2 and (match := _IN_BRACKETS.match(text, end)) and _abbreviates(match[1], run.text):
        joined = any(word in _JOINING for word in run.text.split())
        yield Cue(Kind.INSTITUTION if joined else Kind.PRODUCT, 0.4, f"it is abbreviated as {match[1]}")
        return
    if _WHO.match(text, end):
        yield Cue(Kind.PERSON, 0.55, "it stands before “who”")
        return
    if _COLLEAGUES.match(text, end):
        yield Cue(Kind.PERSON, 0.7, "it stands before “and colleagues”")
        return
    if _BORN.match(text, end):
        yield Cue(Kind.PERSON, 0.3, "a year follows in brackets")
        return
    if (
        many
        and _OF_SOMEWHERE.match(text, end)
        and all(_NAME_WORD.fullmatch(word) or word in _SURNAME_PARTICLES for word in run.text.split())
    ):
        yield Cue(Kind.PERSON, 0.3, "a place or an employer follows")
    if match := _APPOSITION.match(text, end):
        noun = _head_of(text, match.end(), lexicon)
        if noun is not None:
            yield Cue(lexicon.nouns[noun], 0.6, f"the text says what it is: “{noun}”")
            return
    if (
        (match := _ROLE_AFTER_COMMA.match(text, end))
        and lexicon.nouns.get(match[1].lower()) is Kind.PERSON
        and not _ACRONYM.fullmatch(run.text)
    ):
        yield Cue(Kind.PERSON, 0.6, f"the text says what it is: “{match[1]}”")
        return
    if match := _FOLLOWING.match(text, end):
        yield from _following(match[0].split(), many, lexicon)


def _following(words: list[str], many: bool, lexicon: Lexicon) -> Iterator[Cue]:
    word = words[0]
    if word in _AUXILIARIES and len(words) > 1:
        word = words[1]
    if word in lexicon.beside["says"]:
        yield Cue(Kind.PERSON, 0.4 if many else 0.25, f"it stands before “{word}”")
    elif word in lexicon.beside["lives"]:
        yield Cue(Kind.PERSON, 0.3, f"it stands before “{word}”")
    elif word in lexicon.beside["trades"]:
        yield Cue(Kind.COMPANY, 0.35, f"it stands before “{word}”")
    elif word in lexicon.beside["works"]:
        yield Cue(Kind.PRODUCT, 0.25, f"it stands before “{word}”")
    else:
        for count, word in enumerate(words):
            if word in lexicon.openers:
                return
            kind = lexicon.nouns.get(word) or lexicon.heads.get(word)
            if kind is Kind.PERSON or word in lexicon.beside["of_organisations"]:
                yield Cue(Kind.COMPANY, 0.55 if count == 0 else 0.35, f"it stands before “{word}”")
                return
            if kind is not None and (following := words[count + 1 : count + 2]) and following[0] in lexicon.nouns:
                continue
            if kind is not None:
                yield Cue(kind, 0.5 if count == 0 else 0.4, f"it stands before “{word}”")
                return


def _head_of(text: str, start: int, lexicon: Lexicon) -> str | None:
    """The noun that the phrase from ``start`` on is about: the last that says a kind before the phrase ends."""
    noun = None
    for count, match in enumerate(_TO_HEAD.finditer(text, start, start + 120)):
        word = match[0].lower()
        if count > 8 or word in _STOP_AT_HEAD:
            break
        if word in lexicon.nouns:
            noun = word
    return noun
