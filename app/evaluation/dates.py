"""How well dates are found and resolved, against texts whose time expressions were labelled by hand.

Scored as in TempEval-3 (UzZaman et al., SemEval-2013 task 1): a found phrase counts where it overlaps a labelled one, and counts
for the value F1 only where the TIMEX3 value agrees as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from app.analysis.dates import find_dates, find_durations
from app.analysis.sentences import split_sentences
from app.domain.dates import Interval, Precision, parse_edtf
from app.domain.events import DatedPhrase
from app.evaluation.timeml import LabelledPhrase, LabelledText, read_labelled_texts

_PARTS = {21: "SP", 22: "SU", 23: "FA", 24: "WI", 33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4", 40: "H1", 41: "H2"}
_LINK = re.compile(r"\s*(?:\bto\b|\bthrough\b|\buntil\b|\band\b|[-–—])\s*")
_DAYS_OF_A_WEEK, _SATURDAY = 7, 5
_NUMBERED = frozenset({"fiscal-year", "fiscal-quarter", "quarter-ended", "fiscal-quarter-ended"})
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: What some labels spell otherwise than TIMEX3: decades and centuries with their open digits, weeks of one digit.
_OPEN_DIGITS = re.compile(r"^(\d{2,3})XX?$")
_WEEK = re.compile(r"(?<=^\d{4}-W)(?=\d$)")
_UNCERTAIN = re.compile(r"[~?%]")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over one kind of expression. ``matched``: found and labelled overlap; ``right``: the values agree as well."""

    labelled: int
    found: int
    matched: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right in value."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was labelled that was found with the right value."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def value_f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.labelled) if self.found + self.labelled else 0.0

    @property
    def span_f1(self) -> float:
        """The same for overlap alone."""
        return 2 * self.matched / (self.found + self.labelled) if self.found + self.labelled else 0.0


@dataclass(frozen=True, slots=True)
class DateScores:
    """``dates``: expressions that have a place in the calendar, and only those; ``all``: durations, "now" and "daily" too.

    ``unresolved`` counts the found phrases that were left without a date; they are no dates and count in neither.
    """

    texts: int
    dates: Score
    all: Score
    unresolved: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A found expression with its TIMEX3 value."""

    start: int
    end: int
    value: str
    is_date: bool


def evaluate_dates(directory: Path) -> DateScores:
    """Score :func:`app.analysis.dates.find_dates` on the labelled texts under ``directory``.

    Raises:
        ValueError: the directory holds no labelled text.
    """
    texts = read_labelled_texts(directory)
    pairs = [(text, *answer(text)) for text in texts]
    return DateScores(
        len(texts),
        _total(
            score([item for item in text.phrases if is_calendar(item)], [item for item in found if item.is_date])
            for text, found, _ in pairs
        ),
        _total(score(text.phrases, found) for text, found, _ in pairs),
        sum(unresolved for _, _, unresolved in pairs),
    )


def is_calendar(label: LabelledPhrase) -> bool:
    """Whether a labelled expression has a place in the calendar."""
    return label.value[:2].isdigit()


def answer(text: LabelledText) -> tuple[list[Answer], int]:
    """What analysis finds in a text, and how many phrases it leaves unresolved."""
    spans = split_sentences(text.text)
    sentences = [text.text[start:end] for start, end in spans]
    published = parse_edtf(text.published[:10])
    answers, unresolved = [], 0
    for (offset, _), sentence, phrases in zip(spans, sentences, find_dates(sentences, published), strict=True):
        for phrase in phrases:
            values = list(_values(phrase))
            unresolved += not values
            answers += [Answer(offset + start, offset + end, value, not value.startswith("P")) for start, end, value in values]
        answers += [
            Answer(offset + item.start, offset + item.end, item.value, False)
            for item in find_durations(sentence)
            if not any(item.start < phrase.end and phrase.start < item.end for phrase in phrases)
        ]
    return answers, unresolved


def _values(phrase: DatedPhrase) -> Iterable[tuple[int, int, str]]:
    """The phrase's offsets with its TIMEX3 value; the two ends of a range one by one, as TimeML labels them."""
    if phrase.rule in _NUMBERED:
        value = _fiscal_value(phrase)
        if value is not None:
            yield phrase.start, phrase.end, value
            return
    if phrase.interval is None:
        return
    if phrase.rule in ("range", "day-range", "year-range"):
        first, _, last = phrase.interval.edtf.partition("/")
        link = next((item for item in _LINK.finditer(phrase.text) if item.start() > 0), None)
        if link is not None:
            yield phrase.start, phrase.start + link.start(), timex_value(parse_edtf(first), phrase)
            yield phrase.start + link.end(), phrase.end, timex_value(parse_edtf(last), phrase)
            return
    yield phrase.start, phrase.end, timex_value(phrase.interval, phrase)


def _fiscal_value(phrase: DatedPhrase) -> str | None:
    """The value of a period by its number and year, where both are told: TimeML takes companies' years for calendar ones."""
    number = next((_NUMBERS[word] for word in re.findall(r"[a-z]+", phrase.text.lower()) if word in _NUMBERS), None)
    year = _YEAR.search(phrase.text)
    told = year[0] if year is not None else phrase.interval.edtf[:4] if phrase.interval is not None else None
    if told is None or (number is None and phrase.rule != "fiscal-year"):
        return None
    return told if phrase.rule == "fiscal-year" else f"{told}-Q{number}"


def timex_value(interval: Interval, phrase: DatedPhrase) -> str:
    """The TIMEX3 value of an interval. "Late July" is July and "early 2025" is 2025, for TimeML keeps the part in ``mod``."""
    edtf = _UNCERTAIN.sub("", interval.edtf)
    if phrase.rule == "span":
        # Some spans are told by the word before them: "over the last year", but not "the last year".
        return next((item.value for item in find_durations(f"over {phrase.text}")), edtf)
    if interval.start is not None and interval.end is not None and interval.precision is Precision.RANGE:
        week = f"{interval.start.isocalendar().year}-W{interval.start.isocalendar().week:02d}"
        days = (interval.end - interval.start).days + 1
        if days == _DAYS_OF_A_WEEK and interval.start.weekday() == 0:
            return week
        if days == 2 and interval.start.weekday() == _SATURDAY:
            return f"{week}-WE"
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(*edtf.split("/"), strict=False))
        shared = "".join(character for character, _ in pairs)
        return shared.rpartition("-")[0] or shared
    if interval.precision is Precision.DECADE:
        return edtf[:3]
    if len(edtf) == len("2025-21") and int(edtf[5:]) in _PARTS:
        return f"{edtf[:5]}{_PARTS[int(edtf[5:])]}"
    return edtf


def score(labels: Sequence[LabelledPhrase], found: Sequence[Answer]) -> Score:
    """Pair each label with the answers that overlap it, each answer used once; one with the right value goes first."""
    free = list(found)
    matched = right = 0
    for label in labels:
        overlapping = [item for item in free if item.start < label.end and label.start < item.end]
        if not overlapping:
            continue
        best = next((item for item in overlapping if same_value(item.value, label.value)), overlapping[0])
        free.remove(best)
        matched += 1
        right += same_value(best.value, label.value)
    return Score(len(labels), len(found), matched, right)


def same_value(ours: str, theirs: str) -> bool:
    """Whether two TIMEX3 values agree, however they are written ("196X" is "196"); times of day are no matter of ours."""
    theirs = _WEEK.sub("0", _OPEN_DIGITS.sub(r"\1", theirs))
    return ours == theirs or (len(ours) == 10 and theirs[:11] == ours + "T")


def _total(scores: Iterable[Score]) -> Score:
    items = list(scores)
    return Score(*(sum(getattr(item, name) for item in items) for name in ("labelled", "found", "matched", "right")))
