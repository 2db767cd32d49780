"""One module a format: how sure it is that a document is its own, and how it reads it.

A format is a module (or package) in this folder with a ``FORMAT``. To add one, write the module: nothing else names it.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from app.domain.documents import Hints, ParsedDocument, ParseError
from app.importer.json_text import read_json

#: Characters from the beginning of a document that a format is recognised by.
HEAD = 4096
#: A format that is less sure than this does not get the document.
CONFIDENT = 0.3
#: How JSON begins that holds objects; also with the wrong quotes.
_JSON = re.compile(r"\ufeff?\s*(?:\{\s*(?:[\"'}]|\Z)|\[\s*\{)")
_KEY = re.compile(r'"([A-Za-z_]{2,40})"\s*:')


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    ``sniff(head)`` says how sure it is, from 0 to 1, of a document that begins with ``head``. ``parse(text, hints)`` gives the
    stories of a document, none where it tells none, and raises nothing but ``ParseError``; ``hints`` are what is said of the
    document beside its text, for a parser that needs to know (the year of a digest); they are added to the result later.

    ``keys`` are those that its JSON has, where it is JSON: what a file that cannot be read was meant to be is told by them.

    ``digest``: a document holds several stories, so that what is said of its title, address and id is not said of theirs.
    """

    name: str
    description: str
    sniff: Callable[[str], float]
    parse: Callable[[str, Hints], list[ParsedDocument]]
    digest: bool = False
    keys: frozenset[str] = frozenset()


@lru_cache
def all_formats() -> tuple[Format, ...]:
    """Every format, in the order of their names."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    found: list[Format] = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return tuple(sorted(found, key=lambda form: form.name))


def format_named(name: str) -> Format:
    """The format with this name.

    Raises:
        ParseError: ``unknown-format``: there is none; the message lists those that there are.
    """
    for form in all_formats():
        if form.name == name:
            return form
    raise ParseError("unknown-format", f"no format is called {name!r} (there are: {_names()})")


def recognise(text: str) -> Format:
    """The format that is surest of the document.

    Raises:
        ParseError: ``unknown-format``; the message lists what was looked for and the nearest match. ``json``: it begins like JSON
            and is none; the message says of which format it looks, and where it breaks.
    """
    head = text[:HEAD]
    confidence, best = max(((form.sniff(head), form) for form in all_formats()), key=lambda pair: pair[0])
    if confidence < CONFIDENT and _JSON.match(text):
        raise _unrecognised_json(text)
    if confidence < CONFIDENT:
        nearest = f"nearest: {best.name}, {confidence:.0%} sure" if confidence else "nothing in it is like any of them"
        raise ParseError("unknown-format", f"no known format (looked for: {_names()}; {nearest})", line=1)
    return best


def _unrecognised_json(text: str) -> ParseError:
    """Why a JSON text is of no known format, or where it is no JSON."""
    keys = set(_KEY.findall(text[:HEAD]))
    forms = [form for form in all_formats() if form.keys]
    nearest = max(forms, key=lambda form: len(form.keys & keys))
    like = f"{nearest.name} ({nearest.description})" if nearest.keys & keys else "JSON"
    try:
        read_json(text)
    except ParseError as error:
        return ParseError(error.code, f"looks like {like}, but is {error.message}", error.line) if error.code == "json" else error
    looked_for = "; ".join(f"{form.name}: {', '.join(sorted(form.keys))}" for form in forms)
    return ParseError("unknown-format", f"JSON, but of no known format (looked for keys of {looked_for})", line=1)


def _names() -> str:
    return ", ".join(form.name for form in all_formats())
