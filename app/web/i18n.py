"""The language of a page: which one a reader gets, and the catalogue of its messages.

Messages are written in English where they are used, and that English is their key (gettext). The other languages are
``app/locale/*/LC_MESSAGES/messages.po``, compiled in memory when the server starts, so that nothing has to be built.

The language of a request is a context variable: what puts dates and counts into words is called from templates, from macros
that have no context, and from view models alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The language of the messages in templates and code.
SOURCE = "en"
#: Where a reader's choice is kept; without it the browser's preference counts.
COOKIE = "language"
#: What a page in the reader's language depends on beside its address.
VARY = "Accept-Language, Cookie"

_CATALOGUES = Path(__file__).parent.parent / "locale"
_COOKIE = re.compile(rb"(?:^|;\s*)" + COOKIE.encode() + rb"=([A-Za-z-]+)")
_ACCEPTED = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface: its tag, its own name, and how it writes dates and numbers."""

    code: str
    name: str
    locale: Locale
    translations: NullTranslations

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.locale.text_direction


def _source() -> Language:
    return Language(SOURCE, "English", Locale("en", "GB"), NullTranslations())


def _from_catalogue(path: Path) -> Language:
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    code = path.parent.parent.name
    locale = Locale.parse(code)
    return Language(code, locale.get_display_name() or code, locale, GNUTranslations(compiled))


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """The languages of the interface by their codes, that of the source first."""
    others = (_from_catalogue(path) for path in sorted(_CATALOGUES.glob("*/LC_MESSAGES/messages.po")))
    return {language.code: language for language in (_source(), *others)}


_current: ContextVar[str] = ContextVar("language", default=SOURCE)


def language() -> Language:
    """The language of this request; outside of requests that of the source."""
    return languages()[_current.get()]


def locale() -> Locale:
    """How this request's language writes dates, numbers and lists."""
    return language().locale


@lru_cache(maxsize=4096)
def negotiate(accepted: bytes, cookies: bytes = b"") -> str:
    """The code of the language to answer in: the reader's choice, else the best that the browser accepts, else the source's."""
    chosen = _COOKIE.search(cookies)
    if chosen and (code := chosen[1].decode()) in languages():
        return code
    preferences = [match for part in accepted.decode("latin-1").split(",") if (match := _ACCEPTED.fullmatch(part.strip()))]
    for match in sorted(preferences, key=lambda match: -float(match[2] or 1)):
        if match[1].lower() in languages() and float(match[2] or 1):
            return match[1].lower()
    return SOURCE


def set_language(code: str) -> None:
    """Answer the request at hand in this language."""
    _current.set(code)


class Languages:
    """Finds the language of each request, and says of each answer that it depends on it unless the answer says on what it does.

    It stays set when the request is over: the page of an unforeseen error is made outside of all middleware. Every request
    runs in a task of its own, and so in a context of its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        languages()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its language set."""
        if scope["type"] == "http":
            headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
            wanted = {name: value for name, value in headers if name in (b"accept-language", b"cookie")}
            set_language(negotiate(wanted.get(b"accept-language", b""), wanted.get(b"cookie", b"")))

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start" and not any(name == b"vary" for name, _ in message["headers"]):
                message["headers"] = [*message["headers"], (b"vary", VARY.encode())]
            await send(message)

        await self.app(scope, receive, send_varying)


@lru_cache(maxsize=8192)
def _number(code: str, value: int) -> str:
    return format_decimal(value, locale=languages()[code].locale)


def number(value: int) -> str:
    """A count with its thousands apart."""
    return _number(_current.get(), value)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a message of a table for the catalogue; it is translated where it is used."""
    return message


def gettext(message: str, /, **values: object) -> str:
    """A message in the reader's language, with its values in place (``%(name)s``)."""
    return language().translations.gettext(message) % written(values)


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """A message in the form that a count needs; the count itself is ``%(num)s``."""
    return language().translations.ngettext(one, many, count) % written({"num": count, **values})


def pgettext(context: str, message: str, /, **values: object) -> str:
    """A message that means different things in different places; ``context`` says which."""
    return language().translations.pgettext(context, message) % written(values)


def npgettext(context: str, one: str, many: str, count: int, /, **values: object) -> str:
    """A message that depends on a count and on a place."""
    return language().translations.npgettext(context, one, many, count) % written({"num": count, **values})


def written(values: Mapping[str, object]) -> dict[str, object]:
    """Values for a message, whole numbers as the language writes them; a year is no number, so it is given as text."""
    return {name: number(value) if type(value) is int else value for name, value in values.items()}
