"""Pages that were made once are bytes until the store changes: in front of routing, validation, queries and templates.

An answer is kept for its address and what else it depends on, together with the store's generation. The generation is asked
for at every request, so that no reader sees an old page after an import, whichever process did it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import i18n
from app.web.sessions import is_private
from app.web.site import Site

#: Request headers that change what is answered, beside the address: whole page or part of one.
DEPENDS_ON = (b"hx-request", b"hx-target", b"hx-history-restore-request")
#: Addresses whose answers are not pages of the store.
PASSED_ON = ("/static/", "/healthz", "/readyz")
#: What is kept: pages, and the other forms that they have.
KEPT = ("text/html", "application/atom+xml", "application/json", "text/calendar", "text/csv")
OK, ERRORS = 200, 400
#: Compressing a page of 75 KB takes 2 ms, and 100 at 11.
BROTLI_QUALITY = 6
#: A smaller body is not worth the compression.
WORTH_COMPRESSING = 600

#: Path, query, the reader's language (the one that was found, not the headers that say it: those are many), other headers.
Key = tuple[str, bytes, str, tuple[bytes | None, ...]]


@dataclass(slots=True)
class _Page:
    status: int
    generation: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: str
    encoded: dict[str, bytes] = field(default_factory=dict)
    counted: int = 0
    """Bytes for which the cache has counted this page; compressing it later adds some."""

    @property
    def size(self) -> int:
        return len(self.body) + sum(map(len, self.encoded.values()))

    def in_encoding(self, accepted: str) -> tuple[bytes, str | None]:
        """The body as a client likes it, and the name of its encoding."""
        if len(self.body) < WORTH_COMPRESSING:
            return self.body, None
        for name in ("br", "gzip"):
            if re.search(rf"\b{name}\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", accepted):
                if name not in self.encoded:
                    self.encoded[name] = (
                        brotli.compress(self.body, quality=BROTLI_QUALITY)
                        if name == "br"
                        else gzip.compress(self.body, 6, mtime=0)
                    )
                return self.encoded[name], name
        return self.body, None


class PageCache:
    """Keeps pages, compresses them, and answers "not modified" to those who have them."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app = app
        self._most_bytes = most_bytes
        self._pages: OrderedDict[Key, _Page] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, from memory where that can be."""
        readable = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if not readable or scope["path"].startswith(PASSED_ON) or is_private(scope):
            await self.app(scope, receive, send)
            return
        site: Site = scope["app"].state.site
        headers = dict(scope["headers"])
        key = (scope["path"], scope["query_string"], i18n.language().code, tuple(headers.get(name) for name in DEPENDS_ON))
        current = await site.generation()
        page = self._pages.get(key)
        if page is None or page.generation != current:
            page = await self._make(scope, receive, send, current)
            if page is None:
                return
        await _answer(page, scope, send)
        if page.status == OK:
            self._keep(key, page)

    async def _make(self, scope: Scope, receive: Receive, send: Send, current: int) -> _Page | None:
        """Have the page made; anything that is no page goes straight to the client, and ``None`` is returned."""
        start: Message | None = None
        chunks: list[bytes] = []

        async def collect(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                if not _is_page(message):
                    await send(message)
            elif start is not None and _is_page(start):
                chunks.append(message.get("body", b""))
            else:
                await send(message if scope["method"] == "GET" else {**message, "body": b""})

        await self.app({**scope, "method": "GET"}, receive, collect)
        if start is None or not _is_page(start):
            return None
        body = b"".join(chunks)
        kept = [(name, value) for name, value in start["headers"] if name not in {b"content-length", b"vary"}]
        depends_on = [value.decode() for name, value in start["headers"] if name == b"vary"] or [i18n.VARY]
        vary = ", ".join(["accept-encoding", *depends_on])
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        fixed = [(b"vary", vary.encode()), (b"cache-control", b"no-cache")]
        return _Page(start["status"], current, [*kept, *fixed], body, etag)

    def _keep(self, key: Key, page: _Page) -> None:
        """Make a page the newest one, and forget the oldest while there are too many bytes."""
        self._forget(self._pages.pop(key, None))
        page.counted = page.size
        self._bytes += page.counted
        self._pages[key] = page
        while self._bytes > self._most_bytes and self._pages:
            self._forget(self._pages.popitem(last=False)[1])

    def _forget(self, page: _Page | None) -> None:
        if page is not None:
            self._bytes -= page.counted


def _is_page(start: Message) -> bool:
    """Whether this is the start of a page, be it that of an error, which is compressed like others but not kept."""
    return bool(
        (start["status"] == OK or start["status"] >= ERRORS)
        and Headers(raw=start["headers"]).get("content-type", "").startswith(KEPT)
    )


async def _answer(page: _Page, scope: Scope, send: Send) -> None:
    request = Headers(scope=scope)
    headers = MutableHeaders(raw=list(page.headers))
    body, encoding = page.in_encoding(request.get("accept-encoding", ""))
    # The same page in another encoding is another representation, so it needs another tag.
    headers["etag"] = page.etag if encoding is None else f'{page.etag[:-1]}-{encoding}"'
    if page.status != OK:
        del headers["etag"]
    elif headers["etag"] in {tag.strip().removeprefix("W/") for tag in request.get("if-none-match", "").split(",")}:
        await send({"type": "http.response.start", "status": 304, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b""})
        return
    if encoding:
        headers["content-encoding"] = encoding
    headers["content-length"] = str(len(body))
    await send({"type": "http.response.start", "status": page.status, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
