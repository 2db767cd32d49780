"""Dates, counts and names of things in the reader's language, for templates and view models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, wraps
from typing import ParamSpec
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from app.domain.dates import Interval, Precision
from app.domain.differences import Change
from app.store.events import AmountRow
from app.web import i18n
from app.web.i18n import N_, gettext, ngettext, pgettext
from app.web.i18n import number as number

P = ParamSpec("P")


def _remembered(make: Callable[P, str]) -> Callable[P, str]:
    """Keep what was put into words, for each language: the same few hundred dates are on every page, and each takes as long
    as a query.
    """

    @lru_cache(maxsize=8192)
    def kept(_language: str, *arguments: P.args, **options: P.kwargs) -> str:
        return make(*arguments, **options)

    @wraps(make)
    def in_language(*arguments: P.args, **options: P.kwargs) -> str:
        return kept(i18n.language().code, *arguments, **options)  # type: ignore[arg-type]

    return in_language


_CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_SIZES = ((10**12, N_("%(figure)strn")), (10**9, N_("%(figure)sbn")), (10**6, N_("%(figure)sm")))
_SEASONS = {
    "21": N_("spring %(year)s"),
    "22": N_("summer %(year)s"),
    "23": N_("autumn %(year)s"),
    "24": N_("winter %(year)s"),
}
_QUARTERS = {
    "33": N_("first quarter of %(year)s"),
    "34": N_("second quarter of %(year)s"),
    "35": N_("third quarter of %(year)s"),
    "36": N_("fourth quarter of %(year)s"),
}
_HALVES = {"40": N_("first half of %(year)s"), "41": N_("second half of %(year)s")}

KINDS = {
    "company": (N_("Company"), N_("Companies")),
    "lab": (N_("Laboratory"), N_("Laboratories")),
    "investor": (N_("Investor"), N_("Investors")),
    "person": (N_("Person"), N_("People")),
    "model": (N_("Model"), N_("Models")),
    "product": (N_("Product"), N_("Products")),
    "chip": (N_("Chip"), N_("Chips")),
    "institution": (N_("Institution"), N_("Institutions")),
    "law": (N_("Law"), N_("Laws")),
    "place": (N_("Place"), N_("Places")),
}
EVENT_TYPES = {
    "story": N_("Story"),
    "launch": N_("Launch"),
    "release": N_("Release"),
    "funding": N_("Funding"),
    "acquisition": N_("Acquisition"),
    "deal": N_("Deal"),
    "investment": N_("Investment"),
    "results": N_("Results"),
    "hiring": N_("Hiring"),
    "departure": N_("Departure"),
    "layoff": N_("Job cuts"),
    "reorganisation": N_("Reorganisation"),
    "lawsuit": N_("Lawsuit"),
    "ruling": N_("Ruling"),
    "regulation": N_("Regulation"),
    "investigation": N_("Investigation"),
    "security": N_("Security"),
    "research": N_("Research"),
    "statement": N_("Statement"),
    "other": N_("Event"),
}


UNITS = {
    "day": (N_("day"), N_("Day")),
    "week": (N_("week"), N_("Week")),
    "month": (N_("month"), N_("Month")),
    "quarter": (N_("quarter"), N_("Quarter")),
    "year": (N_("year"), N_("Year")),
}
#: What the check says of a sentence, as an adjective of it.
VERDICTS = {
    "supported": N_("Supported"),
    "differs": N_("Differs from its source"),
    "misattributed": N_("In another source"),
    "uncited": N_("Without citation"),
    "unsupported": N_("Not found in a source"),
    "unchecked": N_("Not checked"),
}
#: What an entity does in an event; where the type of the event says it more plainly, in its words.
ROLES = {"agent": N_("acts"), "object": N_("is concerned"), "former": N_("is left"), "new": N_("is joined"), "participant": ""}
_ROLES_OF_TYPE = {
    ("acquisition", "agent"): N_("buys"),
    ("acquisition", "object"): N_("is bought"),
    ("departure", "object"): N_("leaves"),
    ("departure", "agent"): N_("leaves"),
    ("funding", "agent"): N_("invests"),
    ("funding", "object"): N_("receives"),
    ("hiring", "agent"): N_("hires"),
    ("hiring", "object"): N_("is hired"),
    ("investment", "agent"): N_("invests"),
    ("investment", "object"): N_("receives"),
    ("launch", "agent"): N_("launches"),
    ("launch", "object"): N_("is launched"),
    ("lawsuit", "agent"): N_("sues"),
    ("lawsuit", "object"): N_("is sued"),
    ("layoff", "agent"): N_("cuts jobs"),
    ("release", "agent"): N_("releases"),
    ("release", "object"): N_("is released"),
    ("results", "agent"): N_("reports"),
    ("statement", "agent"): N_("says"),
}


#: What a title was taken from where the document has none: in a list, and as a remark below it.
_DERIVED = {
    "dek": (
        N_("title derived from the standfirst"),
        N_("The document has no title; this one is derived from its standfirst."),
    ),
    "summary": (
        N_("title derived from the first sentence"),
        N_("The document has no title; this one is derived from its first sentence."),
    ),
    "source": (
        N_("title derived from the first source"),
        N_("The document has no title; this one is derived from its first source."),
    ),
    "url": (
        N_("title derived from the address"),
        N_("The document has no title; this one is derived from its address."),
    ),
    "prompt": (
        N_("title derived from the question"),
        N_("The document has no title; this one is derived from the question that it answers."),
    ),
}


def derived(value: str, *, remark: bool = False) -> str:
    """What a title was taken from, in words."""
    return gettext(_DERIVED[value][remark])


#: The parts of a story that a revision can change, by their names in ``app.domain.differences``.
_PARTS = {
    "title": N_("Title"),
    "date of publication": N_("Date of publication"),
    "category": N_("Category"),
    "dek": N_("Standfirst"),
    "summary": N_("Summary"),
}
_CHANGES = {"added": N_("%(what)s added"), "removed": N_("%(what)s removed"), "changed": N_("%(what)s changed")}


def change(value: Change) -> str:
    """What a revision changed, in words: "Title changed", "Source 3 added"."""
    subject, _, number = value.what.rpartition(" ")
    if subject == "source":
        what = gettext("Source %(number)s", number=number)
    elif subject == "text of source":
        what = gettext("Text of source %(number)s", number=number)
    else:
        what = gettext(_PARTS[value.what])
    return gettext(_CHANGES[value.kind], what=what)


def verdict(value: str) -> str:
    """What the check says of a sentence, in words."""
    return gettext(VERDICTS[value])


def role(value: str, event_type: str) -> str:
    """What an entity does in an event of this type; empty where the sentence does not say it plainly."""
    words = _ROLES_OF_TYPE.get((event_type, value), ROLES[value])
    return gettext(words) if words else ""


def kind(value: str, *, plural: bool = False) -> str:
    """A kind of entity in words."""
    return gettext(KINDS[value][plural])


def event_type(value: str) -> str:
    """A type of event in words."""
    return gettext(EVENT_TYPES[value])


def weights(are_open: bool | None) -> str:
    """Whether the weights of what is released are open, in words; empty where that is not told."""
    if are_open is None:
        return ""
    return gettext("open weights") if are_open else gettext("closed weights")


def decimal(value: float) -> str:
    """A mean with one place behind the point, none from ten on: "2.4", "31"."""
    return format_decimal(round(value, 1 if value < 10 else None), locale=i18n.locale())


def counted(value: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 story", "2,310 stories". In the catalogue it is "%(num)s story", "%(num)s stories"."""
    return ngettext(f"%(num)s {one}", f"%(num)s {many or one + 's'}", value)


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a, b and c"."""
    return format_list(list(names), locale=i18n.locale())


def money(amount: AmountRow) -> str:
    """A sum as headlines say it: "$14.3bn", "€600m", "CNY 10bn"."""
    size, unit = next((pair for pair in _SIZES if abs(amount.value) >= pair[0]), (1, "%(figure)s"))
    figure = gettext(unit, figure=format_decimal(round(float(amount.value) / size, 2), locale=i18n.locale()))
    if sign := _CURRENCIES.get(amount.currency):
        return gettext("%(sign)s%(figure)s", sign=sign, figure=figure)
    return gettext("%(currency)s %(figure)s", currency=amount.currency, figure=figure)


def unit(value: str, *, heading: bool = False) -> str:
    """A unit of time (``day`` to ``year``), within a sentence or by itself."""
    return gettext(UNITS[value][heading])


def site_of(url: str) -> str:
    """An address as people say it: "openai.com"."""
    return urlsplit(url).netloc.removeprefix("www.") or url


@_remembered
def day(value: date) -> str:
    """A day in full: "18 November 2025"."""
    return _date(value, pgettext("date pattern", "d MMMM y"))


@_remembered
def month(value: date) -> str:
    """A month with its year: "November 2025"."""
    return _date(value, pgettext("date pattern", "MMMM y"))


@_remembered
def month_alone(value: date) -> str:
    """A month below its year: "November"."""
    return _date(value, pgettext("date pattern", "LLLL"))


@_remembered
def weekday(value: date) -> str:
    """A day of the week for a margin: "Tue"."""
    return _date(value, pgettext("date pattern", "EEE"))


@_remembered
def short_day(value: date) -> str:
    """A day where there is little room: "18 Nov"."""
    return _date(value, pgettext("date pattern", "d MMM"))


@_remembered
def short_month(value: date) -> str:
    """A month where there is little room: "Nov 2025"."""
    return _date(value, pgettext("date pattern", "MMM y"))


@_remembered
def interval(value: Interval, *, weekday: bool = False) -> str:
    """A date exactly as precise as it is known: "18 November 2025", "spring 2026", "not before 4 December 2025"."""
    if value.start is None:
        return gettext("not after %(day)s", day=day(_present(value.end)))
    if value.end is None:
        return gettext("not before %(day)s", day=day(value.start))
    words = _single(value, weekday=weekday)
    return gettext("about %(date)s", date=words) if value.approximate else words


def machine(value: Interval) -> str | None:
    """The date as HTML's ``time`` takes it, or nothing where that could not be as imprecise as the date is."""
    exact = value.precision in {Precision.DAY, Precision.MONTH, Precision.YEAR} and not value.approximate
    return value.edtf if exact else None


@_remembered
def margin(value: Interval) -> str:
    """A date for the margin of a timeline whose heading has the month: "Tue 18 Nov", "19–20 May", "spring 2026"."""
    if value.precision is Precision.DAY and value.start:
        words = _date(value.start, pgettext("date pattern", "EEE d MMM"))
        return gettext("about %(date)s", date=words) if value.approximate else words
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
            return _date(start, pgettext("date pattern", "EEEE d MMMM y")) if weekday else day(start)
        case Precision.MONTH:
            return month(start)
        case Precision.SEASON:
            years = f"{start.year}–{end:%y}" if start.year != end.year else str(start.year)
            return gettext(_SEASONS[code], year=years)
        case Precision.QUARTER:
            return gettext(_QUARTERS[code], year=str(start.year))
        case Precision.HALF:
            return gettext(_HALVES[code], year=str(start.year))
        case Precision.YEAR:
            return str(start.year)
        case Precision.DECADE:
            return gettext("the %(decade)ss", decade=str(start.year))
        case Precision.RANGE:
            return _range(start, end)


def _range(start: date, end: date) -> str:
    if start == end:
        return day(start)
    whole_months = start.day == 1 and (end.day >= 28 and (end.month != date.fromordinal(end.toordinal() + 1).month))
    if whole_months and (start.month, end.month) == (1, 12):
        return _from_to(str(start.year), str(end.year)) if start.year != end.year else str(start.year)
    if whole_months:
        if (start.year, start.month) == (end.year, end.month):
            return month(start)
        first = pgettext("date pattern", "MMMM") if start.year == end.year else pgettext("date pattern", "MMMM y")
        return _from_to(_date(start, first), month(end))
    if (start.year, start.month) == (end.year, end.month):
        first = _date(start, pgettext("date pattern", "d"))
        return f"{first}–{day(end)}"
    first = pgettext("date pattern", "d MMMM") if start.year == end.year else pgettext("date pattern", "d MMMM y")
    return _from_to(_date(start, first), day(end))


def _from_to(first: str, last: str) -> str:
    return gettext("%(first)s to %(last)s", first=first, last=last)


def _date(value: date, pattern: str) -> str:
    return format_date(value, pattern, locale=i18n.locale())


def _present(value: date | None) -> date:
    assert value is not None, "an interval has this end"
    return value
