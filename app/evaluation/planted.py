"""How many planted defects the citation check sees, and how often it accuses the clean twin of each document.

The documents are invented (``tests/data/planted``): a summary that its sources support, and every name in it that may be swapped.
A defect changes one sentence in one of ten ways. Planted defects are not the errors that writers make; they are reported as what
they are. What is planted is found by patterns of this module's own, so that it does not share the blind spots of the check.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.stories import analyse
from app.domain.dates import parse_edtf
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Published, Sentence, Title
from app.domain.findings import CheckedSentence, FindingKind, Strength

_MARKERS = re.compile(r"\s*((?:\[\d+\])+)$")
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_YEAR = re.compile(r"(?<![\d$€£,.])(?:19|20)\d\d(?![\d,.]\d|%)")
_VALUE = re.compile(r"(?<=[$€£])\d[\d,.]*\d?|(?<![\w$€£.,])\d+(?:\.\d+)?(?=%| (?:million|billion|trillion)\b)")
_SCALE = re.compile(
    r"(?<=\d )(?:million|billion|trillion|seconds|hours|minutes|kilograms|gigawatts|megawatts|km|millimetres|tonnes|litres)\b"
)
_SCALES = {
    "million": "billion", "billion": "million", "trillion": "billion", "seconds": "minutes", "minutes": "hours", "hours": "days",
    "kilograms": "tonnes", "gigawatts": "megawatts", "megawatts": "gigawatts", "km": "metres", "millimetres": "metres",
    "tonnes": "kilograms", "litres": "millilitres",
}  # fmt: skip
_CURRENCY = re.compile(r"[$€£](?=\d)|(?<=\d)%")
_CURRENCIES = {"$": "€", "€": "£", "£": "$", "%": " percentage points"}
_COUNT = re.compile(
    r"(?<![\w$€£.,-])(?!(?:19|20)\d\d\b)(?:\d{1,3}(?:,\d{3})+|\d{2,})(?=(?: of (?:its|the))? [a-z]+\b(?<!million)(?<!billion))"
)
_QUOTE = re.compile(r'"(?=(?:[^" ]+ ){2})([^"]{12,})"')
_HEDGE = re.compile(
    r"\b(?:(?:may|might|could) (?:\w+ly )?(?=\w)|(?:is|are) (?:expected|due|likely|in talks) to |"
    r"plans to |wants to |hopes to |expects to )|,? according to (?:[a-z]+ )+(?:familiar|close|officials|sources|people)[^,.]*"
)
_WORDS = re.compile(r"\w+")
_PER_DOCUMENT = 2
#: The sentence with a defect, and the characters that were changed in it; nothing where there is no place for one.
_Changed = tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class Planted:
    """A document with one defect: of which kind, in which sentence, and at which characters of it."""

    kind: str
    document: ParsedDocument
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DefectScore:
    """How many defects of one kind were planted, how many had a finding of a fitting kind, and how many a strong one."""

    planted: int
    caught: int
    strong: int

    @property
    def recall(self) -> float:
        """The share of them that were caught."""
        return self.caught / self.planted if self.planted else 0.0


@dataclass(frozen=True, slots=True)
class PlantedScores:
    """The score of each kind of defect, and what was found on the clean twins."""

    documents: int
    sentences: int
    kinds: Mapping[str, DefectScore]
    strong_false: int
    weak_false: Mapping[str, int]

    @property
    def planted(self) -> int:
        """How many defects were planted, those that no rule can see ("name of the same story") included."""
        return sum(score.planted for score in self.kinds.values())


_FITTING = {
    "digit": (FindingKind.VALUE,),
    "scale or unit": (FindingKind.VALUE,),
    "currency or percent": (FindingKind.VALUE,),
    "count": (FindingKind.VALUE,),
    "year": (FindingKind.DATE, FindingKind.VALUE),
    "month": (FindingKind.DATE,),
    "name": (FindingKind.NAME,),
    "quotation": (FindingKind.QUOTE,),
    "marker": (FindingKind.ELSEWHERE, FindingKind.COVERAGE),
    "certainty": (FindingKind.CERTAINTY,),
    "name of the same story": (FindingKind.NAME,),
}


def evaluate_planted(file: Path) -> PlantedScores:
    """Plant defects into the documents of a file, check each, and check the clean twins.

    Raises:
        ValueError: the file holds no document.
    """
    documents = tomllib.loads(file.read_text("utf-8")).get("document", [])
    if not documents:
        raise ValueError(f"no document in {file}")
    gazetteer = load_gazetteer()
    totals: dict[str, Counter[str]] = {kind: Counter() for kind in _FITTING}
    sentences = strong = 0
    weak: Counter[str] = Counter()
    for place, data in enumerate(documents):
        clean = build(data)
        before = _summary(clean, gazetteer)
        sentences += len(before)
        found = [finding for check in before for finding in check.findings]
        strong += sum(finding.strength is Strength.STRONG for finding in found)
        weak.update(finding.kind.value for finding in found if finding.strength is Strength.WEAK)
        others = documents[(place + 1) % len(documents)]["names"]
        for defect in plant(clean, data["names"], others):
            totals[defect.kind].update(_outcome(defect, before, gazetteer))
    kinds = {kind: DefectScore(count["planted"], count["caught"], count["strong"]) for kind, count in totals.items()}
    return PlantedScores(len(documents), sentences, kinds, strong, dict(weak))


def _outcome(defect: Planted, before: Sequence[CheckedSentence], gazetteer: Gazetteer) -> Iterator[str]:
    """``planted`` for each defect, ``caught`` and ``strong`` where a finding says so that the clean twin does not have."""
    yield "planted"
    fitting = _FITTING[defect.kind]
    known = {(finding.kind, finding.strength, finding.reason) for finding in before[defect.sentence].findings}
    told = [
        finding
        for finding in _summary(defect.document, gazetteer)[defect.sentence].findings
        if finding.kind in fitting
        and (finding.kind, finding.strength, finding.reason) not in known
        and (defect.kind in ("marker", "certainty") or (finding.start < defect.end and defect.start < finding.end))
    ]
    if told:
        yield "caught"
    if any(finding.strength is Strength.STRONG for finding in told):
        yield "strong"


def _summary(document: ParsedDocument, gazetteer: Gazetteer) -> list[CheckedSentence]:
    return [check for check in analyse(document, gazetteer, source_events=False).checks if check.part == "summary"]


def build(data: Mapping[str, Any]) -> ParsedDocument:
    """A document of the file as the importer would have parsed it."""
    sentences = []
    for line in data["summary"]:
        match = _MARKERS.search(line)
        numbers = re.findall(r"\d+", match[1]) if match else []
        sentences.append(Sentence(_MARKERS.sub("", line), tuple(Citation(int(number)) for number in numbers)))
    return ParsedDocument(
        format="planted",
        variant=None,
        title=Title(data["source"][0]["title"]),
        published=Published(parse_edtf(data["published"]), "document"),
        dek=(),
        paragraphs=(Paragraph(tuple(sentences)),),
        sources=tuple(
            ParsedSource(
                number,
                source["title"],
                source["text"].strip(),
                outlet=source["outlet"],
                published=parse_edtf(source["published"]),
            )
            for number, source in enumerate(data["source"], 1)
        ),
    )


def plant(document: ParsedDocument, names: Sequence[str], others: Sequence[str]) -> Iterator[Planted]:
    """The document's defects, at most two of a kind, each in a sentence of its own; ``others`` are names of another document."""
    for kind, change in _changes(names, others).items():
        planted = 0
        for index, sentence in enumerate(document.sentences):
            if planted == _PER_DOCUMENT:
                break
            changed = change(sentence.text, index)
            if changed is not None:
                text, start, end = changed
                planted += 1
                yield Planted(kind, _with(document, index, replace(sentence, text=text)), index, start, end)
    for index, sentence in [*enumerate(document.sentences)][:: max(len(document.sentences) - 1, 1)]:
        own = {citation.number for citation in sentence.citations}
        free = [source.number for source in document.sources if source.number not in own]
        if len(own) == 1 and free:
            moved = replace(sentence, citations=(Citation(free[index % len(free)]),))
            yield Planted("marker", _with(document, index, moved), index, 0, len(sentence.text))


def _with(document: ParsedDocument, index: int, sentence: Sentence) -> ParsedDocument:
    sentences = (*document.sentences[:index], sentence, *document.sentences[index + 1 :])
    return replace(document, paragraphs=(Paragraph(sentences),))


def _changes(names: Sequence[str], others: Sequence[str]) -> dict[str, Callable[[str, int], _Changed]]:
    """What each kind of defect does to the sentence of a number."""
    return {
        "digit": lambda text, index: _at(text, _VALUE, index, _other_digit),
        "scale or unit": lambda text, index: _at(text, _SCALE, index, lambda found, _: _SCALES[found]),
        "currency or percent": lambda text, index: _at(text, _CURRENCY, index, lambda found, _: _CURRENCIES[found]),
        "count": lambda text, index: _at(text, _COUNT, index, _other_digit),
        "year": lambda text, index: _at(text, _YEAR, index, lambda found, place: str(int(found) - 1 - place % 3)),
        "month": lambda text, index: _at(text, _MONTH, index, _other_month),
        "name": lambda text, index: _name(text, names, others[index % len(others)]),
        "quotation": lambda text, index: _at(text, _QUOTE, index, _other_words),
        "certainty": _certain,
        "name of the same story": lambda text, index: _name(text, names, names[index % len(names)]),
    }


def _at(text: str, pattern: re.Pattern[str], index: int, change: Callable[[str, int], str]) -> _Changed:
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = found[index % len(found)]
    new = change(match[0], index)
    return text[: match.start()] + new + text[match.end() :], match.start(), match.start() + len(new)


def _other_digit(number: str, index: int) -> str:
    """The number with its first or second digit changed; never a zero at its beginning."""
    places = [place for place, character in enumerate(number) if character.isdigit()][:2]
    place = places[index % len(places)]
    digit = str((int(number[place]) + 3 + index % 4) % 10)
    if place == 0 and digit == "0":
        digit = "1" if number[place] == "7" else "7"
    return number[:place] + digit + number[place + 1 :]


def _other_month(month: str, index: int) -> str:
    return _MONTHS[(_MONTHS.index(month) + 2 + index % 4) % 12]


def _other_words(quotation: str, index: int) -> str:
    """The quotation without one of its inner words, or with another in its place."""
    words = list(_WORDS.finditer(quotation))[1:-1]
    word = words[index * 2 % len(words)]
    new = "" if index % 2 else "really"
    return (quotation[: word.start()] + new + quotation[word.end() :]).replace("  ", " ")


def _name(text: str, names: Sequence[str], other: str) -> _Changed:
    for name in names:
        at = text.find(name)
        if at >= 0 and other not in text:
            return text[:at] + other + text[at + len(name) :], at, at + len(other)
    return None


def _certain(text: str, _index: int) -> _Changed:
    """The sentence with its hedge turned into "will", or without the words that say whose word it is."""
    found = list(_HEDGE.finditer(text))
    if not found:
        return None
    for match in reversed(found):
        new = "" if "according" in match[0] else "will "
        text = text[: match.start()] + new + text[match.end() :]
    return text, 0, len(text)
