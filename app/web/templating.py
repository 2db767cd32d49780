"""Templates: escaping is always on, and a name that is missing is an error instead of a gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.responses import HTMLResponse

from app.config import Settings
from app.domain.dates import parse_edtf
from app.web import i18n, links, words
from app.web.parameters import MOST_WATCHED
from app.web.security import content_security_policy
from app.web.static import SHEETS, StaticFiles, style_sheets

#: What an answer depends on beside its address: the same address is a page or a part of one, in the reader's language.
VARY = f"HX-Request, HX-Target, {i18n.VARY}"


#: Filters that write for the reader at hand.
_IN_WORDS: dict[str, Callable[..., object]] = {
    "change": words.change,
    "counted": words.counted,
    "day": words.day,
    "decimal": words.decimal,
    "derived": words.derived,
    "edtf": lambda text: words.interval(parse_edtf(text)),
    "event_type": words.event_type,
    "weights": words.weights,
    "interval": words.interval,
    "kind": words.kind,
    "listed": words.listed,
    "machine": words.machine,
    "margin": words.margin,
    "money": words.money,
    "month": words.month,
    "number": words.number,
    "role": words.role,
    "site_of": words.site_of,
    "unit": words.unit,
    "verdict": words.verdict,
    "weekday": words.weekday,
}


def _filter(put_into_words: Callable[..., object]) -> Callable[..., object]:
    """A filter whose result depends on the reader. Without the context Jinja would work it out once, for constants."""

    @pass_context
    def filtered(_context: Context, *arguments: object, **options: object) -> object:
        return put_into_words(*arguments, **options)

    return filtered


def _message(function: str) -> Callable[..., Markup]:
    """A function of gettext for templates: a message is ours and may have tags, what is filled in is escaped."""

    def translated(*arguments: str | int, **values: object) -> Markup:
        text = getattr(i18n.language().translations, function)(*arguments)
        if function.startswith("n"):
            values.setdefault("num", arguments[-1])
        return Markup(text) % i18n.written(values)  # noqa: S704

    @cache
    def constant(_language: str, *arguments: str) -> Markup:
        return translated(*arguments)

    @pass_context
    def message(_context: Context, *arguments: Any, **values: object) -> Markup:
        if values or function.startswith("n"):
            return translated(*arguments, **values)
        return constant(i18n.language().code, *arguments)

    return message


def _as_written(documents: str) -> Callable[..., Markup]:
    """Attributes for an element with words of a document: they keep their own language and direction on pages of any language.

    ``documents`` is the language of documents that do not say theirs.
    """

    @lru_cache
    def attributes(page: str, language: str | None, direction: str) -> Markup:
        if language is None and documents == page:
            return Markup('dir="{}"').format(direction)
        return Markup('lang="{}" dir="{}"').format(language or documents, direction)

    def as_written(language: str | None = None, direction: str | None = None) -> Markup:
        return attributes(i18n.language().code, language, direction or "auto")

    return as_written


class _Carried:
    """What one page carries in its head so that it is painted at once, noted while it is made: only that may be used on it."""

    def __init__(self, sheets: Mapping[str, str], entry: str) -> None:
        self._sheets = sheets
        self._entry = entry
        self.styles: list[str] = []
        self.scripts: list[str] = []

    def style(self, names: Sequence[str]) -> Markup:
        """The style sheets with these names, and the base, in the order of the cascade."""
        self.styles = [css for name, css in self._sheets.items() if name == SHEETS[0] or name in names]
        return Markup("".join(f"<style>{css}</style>\n" for css in self.styles))  # noqa: S704 - our own

    def script(self, *, at_once: bool = False) -> Markup:
        """What fetches the scripts: when the page is painted, for its fonts go first, or ``at_once`` where they make it."""
        fetch = f'import("{self._entry}")'
        self.scripts = [fetch if at_once else f"requestAnimationFrame(() => setTimeout(() => {fetch}))"]
        return Markup('<script type="module">{}</script>').format(Markup(self.scripts[0]))  # noqa: S704 - our own


class Templates:
    """The templates of a directory, as responses."""

    def __init__(self, directory: Path, static: StaticFiles, settings: Settings) -> None:
        self._sheets = style_sheets(static)
        self._entry = static.url("js/site.js")
        self._environment = Environment(
            loader=FileSystemLoader(directory),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Messages take their values as arguments of the function (newstyle), and a message's line breaks mean nothing.
        self._environment.newstyle_gettext = True  # type: ignore[attr-defined]
        self._environment.policies["ext.i18n.trimmed"] = True
        self._environment.globals |= {name: _message(name) for name in ("gettext", "ngettext", "pgettext", "npgettext")}
        self._environment.globals |= {
            "as_written": _as_written(settings.document_language),
            "language": i18n.language,
            "languages": i18n.languages(),
            "links": links,
            "most_watched": MOST_WATCHED,
            "static": static.url,
            "site_name": settings.site_name,
            "base_url": settings.base_url.rstrip("/"),
        }
        self._environment.filters |= {name: _filter(put_into_words) for name, put_into_words in _IN_WORDS.items()}

    def page(
        self,
        request: Request,
        name: str,
        context: dict[str, object],
        status: int = HTTPStatus.OK,
        headers: dict[str, str] | None = None,
    ) -> HTMLResponse:
        """A whole page, or a part of one where ``name`` is a partial."""
        carried = _Carried(self._sheets, self._entry)
        html = self._environment.get_template(name).render(request=request, carried=carried, **context)
        policy = content_security_policy(tuple(carried.styles), tuple(carried.scripts))
        return HTMLResponse(html, status, headers={"vary": VARY, "content-security-policy": policy, **(headers or {})})

    def error(
        self,
        request: Request,
        status: int,
        detail: str,
        reference: str | None,
        suggestions: Sequence[object],
        headers: dict[str, str] | None,
    ) -> HTMLResponse:
        """The page of an error, with other pages that may have been meant."""
        context: dict[str, object] = {"status": status, "detail": detail, "reference": reference, "suggestions": suggestions}
        return self.page(request, "pages/error.html", context, status, headers)


def wants_part(request: Request, target: str) -> bool:
    """Whether htmx asks for the part of a page with this id, rather than a browser for the page."""
    headers = request.headers
    if headers.get("hx-request") != "true" or headers.get("hx-history-restore-request") == "true":
        return False
    return headers.get("hx-target", "").endswith(target)
