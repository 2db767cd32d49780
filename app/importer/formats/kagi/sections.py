"""The parts of a story below its summary: which there are, in which order, and how each is put into words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.dates import Interval, Precision
from app.domain.documents import Role
from app.importer.accounting import tidy
from app.importer.json_fields import Field, iso_date

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: Line breaks that were escaped twice; one alone before a small letter may be part of a path.
_ESCAPED_BREAK = re.compile(r"(?:\\r)?\\n(?:(?:\\r)?\\n)+|(?:\\r)?\\n(?![a-z])")
_YEAR = re.compile(r"\b[0-9]{4}\b")
_NUMBER = re.compile(r"\b[0-9]{1,2}\b")
_QUOTES = "\"“”„«»'‘’"
_LEADING_DASH = " -–—―"
_STOPS = ".!?…。！？:"


@dataclass(frozen=True, slots=True)
class Backing:
    """A source that is named beside a text, by its address or at least by its name."""

    address: Field
    name: Field


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph with its markers, the field that it comes from, and the sources named beside it."""

    text: str
    field: Field
    backing: tuple[Backing, ...] = ()


def read_sections(cluster: Field) -> Iterator[tuple[str | None, list[Prose]]]:
    """The summary, without a heading, and then each section with its heading; those that the story has."""
    for heading, read, keys in _SECTIONS:
        found = [prose for key in keys for prose in read(cluster[key])]
        if found:
            yield heading, found
        if heading == "Highlights" and (quote := _quote(cluster)):
            yield "Quote", [quote]


def paragraphs(field: Field) -> Iterator[Prose]:
    """The paragraphs of a text, or of each text of a list."""
    for item in field if isinstance(field.value, list) else (field,):
        text = _ESCAPED_BREAK.sub("\n", item.text(Role.SUMMARY))
        for line in text.splitlines():
            if words := flat(line):
                yield Prose(words, item)


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(tidy(text).split())


def _quote(cluster: Field) -> Prose | None:
    """The quote, with who said it before it, so that the words and their speaker stay in one sentence."""
    quote = cluster["quote"].line_of_text(Role.SUMMARY)
    author = cluster["quote_author"].line_of_text(Role.SUMMARY).lstrip(_LEADING_DASH)
    attribution = cluster["quote_attribution"].line_of_text(Role.SUMMARY).lstrip(_LEADING_DASH)
    if author.casefold() in attribution.casefold():
        author = ""
    speaker = ", ".join(filter(None, (author, attribution)))
    if not quote:
        return Prose(speaker, cluster["quote_attribution"]) if speaker else None
    if quote[0] not in _QUOTES:
        quote = f"“{quote}”"
    source = Backing(cluster["quote_source_url"], cluster["quote_source_domain"])
    return Prose(f"{speaker}: {quote}" if speaker else quote, cluster["quote"], (source,))


def _perspectives(field: Field) -> Iterator[Prose]:
    for item in field:
        if not item.is_object:
            yield from paragraphs(item)
            continue
        backing = tuple(Backing(source["url"], source["name"]) for source in item["sources"])
        for prose in paragraphs(item["text"]):
            yield Prose(prose.text, prose.field, backing)


def _timeline(field: Field) -> Iterator[Prose]:
    for item in field:
        if item.is_object:
            date, content = item["date"].line_of_text(Role.SUMMARY), item["content"].line_of_text(Role.SUMMARY)
            date = _date_in_words(date, item["date_iso"].line_of_text(Role.SUMMARY))
        else:
            date, _, content = item.line_of_text(Role.SUMMARY).partition("::")
        if text := flat(": ".join(filter(None, (date.strip().rstrip(":"), content.strip())))):
            yield Prose(text, item["content"] if item.is_object else item)


def _date_in_words(date: str, iso: str) -> str:
    """The date of an event as it is written; the one for machines where that has none, or lacks the year of the same day."""
    try:
        interval = iso_date(iso) if iso else None
    except ValueError:
        return date or iso
    if interval is None or _YEAR.search(date):
        return date
    same_day = interval.precision is Precision.DAY and str(interval.sort_date.day) in (
        number.lstrip("0") for number in _NUMBER.findall(date)
    )
    return _in_words(interval) if not date or same_day else date


def _in_words(interval: Interval) -> str:
    day = interval.sort_date
    if interval.precision is Precision.YEAR:
        return str(day.year)
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return month if interval.precision is Precision.MONTH else f"{day.day} {month}"


def _questions(field: Field) -> Iterator[Prose]:
    for item in field:
        if not item.is_object:
            yield from paragraphs(item)
            continue
        question, answer = (item[key].line_of_text(Role.SUMMARY) for key in ("question", "answer"))
        joint = " " if question.endswith(tuple(_STOPS)) else ": "
        if text := joint.join(filter(None, (question, answer))):
            yield Prose(text, item["answer"] if answer else item["question"])


_Reader = Callable[[Field], Iterator[Prose]]
#: In the order in which they are read: heading, how, and the keys whose texts stand below it.
_SECTIONS: tuple[tuple[str | None, _Reader, tuple[str, ...]], ...] = (
    (None, paragraphs, ("short_summary",)),
    ("Highlights", paragraphs, ("talking_points",)),
    ("Perspectives", _perspectives, ("perspectives",)),
    ("Timeline", _timeline, ("timeline",)),
    ("Historical background", paragraphs, ("historical_background",)),
    ("International reactions", paragraphs, ("international_reactions",)),
    ("Business angle", paragraphs, ("business_angle_text", "business_angle_points")),
    ("Technical details", paragraphs, ("technical_details", "technical_specifications")),
    ("Industry impact", paragraphs, ("industry_impact", "gaming_industry_impact")),
    ("Scientific significance", paragraphs, ("scientific_significance",)),
    # The sections of other categories, which a story on AI rarely has.
    ("Geopolitical context", paragraphs, ("geopolitical_context",)),
    ("Humanitarian impact", paragraphs, ("humanitarian_impact",)),
    ("Economic implications", paragraphs, ("economic_implications",)),
    ("Key players", paragraphs, ("key_players",)),
    ("Outlook", paragraphs, ("future_outlook",)),
    ("Performance statistics", paragraphs, ("performance_statistics", "league_standings")),
    ("User experience", paragraphs, ("user_experience_impact", "design_principles", "gameplay_mechanics")),
    ("Travel", paragraphs, ("travel_advisory", "destination_highlights", "culinary_significance")),
    ("What you can do", paragraphs, ("user_action_items", "diy_tips")),
    ("Questions", _questions, ("suggested_qna",)),
    ("Did you know", paragraphs, ("did_you_know",)),
)
