"""Dates, counts and names of things in words, for templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from app.domain.dates import Interval, Precision
from app.store.events import AmountRow

LOCALE = "en_GB"

#: The same few hundred dates and counts are on every page, and putting one into words takes as long as a query.
_remembered = lru_cache(maxsize=8192)

_CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_QUARTERS = {"33": "first quarter", "34": "second quarter", "35": "third quarter", "36": "fourth quarter"}
_HALVES = {"40": "first half", "41": "second half"}

KINDS = {
    "company": ("Company", "Companies"),
    "lab": ("Laboratory", "Laboratories"),
    "investor": ("Investor", "Investors"),
    "person": ("Person", "People"),
    "model": ("Model", "Models"),
    "product": ("Product", "Products"),
    "chip": ("Chip", "Chips"),
    "institution": ("Institution", "Institutions"),
    "law": ("Law", "Laws"),
    "place": ("Place", "Places"),
}
EVENT_TYPES = {
    "story": "Story",
    "launch": "Launch",
    "release": "Release",
    "funding": "Funding",
    "acquisition": "Acquisition",
    "deal": "Deal",
    "investment": "Investment",
    "results": "Results",
    "hiring": "Hiring",
    "departure": "Departure",
    "layoff": "Job cuts",
    "reorganisation": "Reorganisation",
    "lawsuit": "Lawsuit",
    "ruling": "Ruling",
    "regulation": "Regulation",
    "investigation": "Investigation",
    "security": "Security",
    "research": "Research",
    "statement": "Statement",
    "other": "Event",
}


#: What the check says of a sentence, as an adjective of it.
VERDICTS = {
    "supported": "Supported",
    "differs": "Differs from its source",
    "misattributed": "In another source",
    "uncited": "Without citation",
    "unsupported": "In no source",
    "unchecked": "Not checked",
}
#: What an entity does in an event; where the type of the event says it more plainly, in its words.
ROLES = {"agent": "acts", "object": "is concerned", "former": "is left", "new": "is joined", "participant": ""}
_ROLES_OF_TYPE = {
    ("acquisition", "agent"): "buys",
    ("acquisition", "object"): "is bought",
    ("departure", "object"): "leaves",
    ("departure", "agent"): "leaves",
    ("funding", "agent"): "invests",
    ("funding", "object"): "receives",
    ("hiring", "agent"): "hires",
    ("hiring", "object"): "is hired",
    ("investment", "agent"): "invests",
    ("investment", "object"): "receives",
    ("launch", "agent"): "launches",
    ("launch", "object"): "is launched",
    ("lawsuit", "agent"): "sues",
    ("lawsuit", "object"): "is sued",
    ("layoff", "agent"): "cuts jobs",
    ("release", "agent"): "releases",
    ("release", "object"): "is released",
    ("results", "agent"): "reports",
    ("statement", "agent"): "says",
}


def verdict(value: str) -> str:
    """What the check says of a sentence, in words."""
    return VERDICTS[value]


def role(value: str, event_type: str) -> str:
    """What an entity does in an event of this type; empty where the sentence does not say it plainly."""
    return _ROLES_OF_TYPE.get((event_type, value), ROLES[value])


def kind(value: str, *, plural: bool = False) -> str:
    """A kind of entity in words."""
    return KINDS[value][plural]


def event_type(value: str) -> str:
    """A type of event in words."""
    return EVENT_TYPES[value]


@_remembered
def number(value: int) -> str:
    """A count with its thousands apart."""
    return format_decimal(value, locale=LOCALE)


def counted(value: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 story", "2,310 stories"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a, b and c"."""
    return format_list(list(names), locale=LOCALE)


def money(amount: AmountRow) -> str:
    """A sum as headlines say it: "$14.3bn", "€600m", "CNY 10bn"."""
    sizes = ((10**12, "trn"), (10**9, "bn"), (10**6, "m"))
    size, unit = next((pair for pair in sizes if abs(amount.value) >= pair[0]), (1, ""))
    figure = format_decimal(round(float(amount.value) / size, 2), locale=LOCALE)
    return f"{_CURRENCIES.get(amount.currency, amount.currency + ' ')}{figure}{unit}"


@_remembered
def day(value: date) -> str:
    """A day in full: "18 November 2025"."""
    return format_date(value, "d MMMM y", locale=LOCALE)


@_remembered
def month(value: date) -> str:
    """A month with its year: "November 2025"."""
    return format_date(value, "MMMM y", locale=LOCALE)


@_remembered
def weekday(value: date) -> str:
    """A day of the week for a margin: "Tue"."""
    return format_date(value, "EEE", locale=LOCALE)


@_remembered
def short_day(value: date) -> str:
    """A day where there is little room: "18 Nov"."""
    return format_date(value, "d MMM", locale=LOCALE)


@_remembered
def short_month(value: date) -> str:
    """A month where there is little room: "Nov 2025"."""
    return format_date(value, "MMM y", locale=LOCALE)


@_remembered
def interval(value: Interval, *, weekday: bool = False) -> str:
    """A date exactly as precise as it is known: "18 November 2025", "spring 2026", "not before 4 December 2025"."""
    if value.start is None:
        return f"not after {day(_present(value.end))}"
    if value.end is None:
        return f"not before {day(value.start)}"
    words = _single(value, weekday=weekday)
    return f"about {words}" if value.approximate else words


def machine(value: Interval) -> str | None:
    """The date as HTML's ``time`` takes it, or nothing where that could not be as imprecise as the date is."""
    exact = value.precision in {Precision.DAY, Precision.MONTH, Precision.YEAR} and not value.approximate
    return value.edtf if exact else None


@_remembered
def margin(value: Interval) -> str:
    """A date for the margin of a timeline whose heading has the month: "Tue 18 Nov", "19–20 May", "spring 2026"."""
    if value.precision is Precision.DAY and value.start:
        words = format_date(value.start, "EEE d MMM", locale=LOCALE)
        return f"about {words}" if value.approximate else words
    return interval(value)


@_remembered
def heading(value: Interval) -> str:
    """What a timeline groups a date under: its month, or a longer span by its own name."""
    if value.start and value.end and (value.start.year, value.start.month) == (value.end.year, value.end.month):
        return month(value.start)
    words = interval(value)
    return words[0].upper() + words[1:]


def _single(value: Interval, *, weekday: bool) -> str:
    start, end = _present(value.start), _present(value.end)
    code = value.edtf.rstrip("~?%").rpartition("-")[2]
    match value.precision:
        case Precision.DAY:
            return format_date(start, "EEEE d MMMM y" if weekday else "d MMMM y", locale=LOCALE)
        case Precision.MONTH:
            return month(start)
        case Precision.SEASON:
            years = f"{start.year}–{end:%y}" if start.year != end.year else f"{start.year}"
            return f"{_SEASONS[code]} {years}"
        case Precision.QUARTER:
            return f"{_QUARTERS[code]} of {start.year}"
        case Precision.HALF:
            return f"{_HALVES[code]} of {start.year}"
        case Precision.YEAR:
            return str(start.year)
        case Precision.DECADE:
            return f"the {start.year}s"
        case Precision.RANGE:
            return _range(start, end)


def _range(start: date, end: date) -> str:
    if start == end:
        return day(start)
    whole_months = start.day == 1 and (end.day >= 28 and (end.month != date.fromordinal(end.toordinal() + 1).month))
    if whole_months and (start.month, end.month) == (1, 12):
        return f"{start.year} to {end.year}" if start.year != end.year else str(start.year)
    if whole_months:
        if (start.year, start.month) == (end.year, end.month):
            return month(start)
        first = format_date(start, "MMMM" if start.year == end.year else "MMMM y", locale=LOCALE)
        return f"{first} to {month(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    first = format_date(start, "d MMMM" if start.year == end.year else "d MMMM y", locale=LOCALE)
    return f"{first} to {day(end)}"


def _present(value: date | None) -> date:
    assert value is not None, "an interval has this end"
    return value
