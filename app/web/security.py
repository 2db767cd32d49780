"""Headers that tell a browser to trust nothing but what this site sends."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.sessions import is_private

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}


#: Of what only one curator may see.
PRIVATE = {"cache-control": "no-store", "x-robots-tag": "noindex"}


@lru_cache(maxsize=64)
def content_security_policy(styles: tuple[str, ...] = (), scripts: tuple[str, ...] = ()) -> str:
    """What a page may use: files of this site, and sheets and scripts that it carries itself, by their hashes (CSP Level 3)."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *map(_source, scripts))),
            " ".join(("style-src 'self'", *map(_source, styles))),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class SecurityHeaders:
    """Adds the headers to every response that has not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = HEADERS | {"content-security-policy": content_security_policy()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with headers added to its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        private = is_private(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if private:
                    headers.update(PRIVATE)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
