"""Who is curating: sessions in signed cookies, the token of every form, and patience with wrong passwords.

A session is nothing but its cookie: an id, the curator's name and what the next page has to tell, signed with a key made of the
admin token. So it works with any number of server processes, and another token ends all sessions. Only the ids of
sessions that ended before their time are stored (:mod:`app.store.ended_sessions`).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from app.config import Settings

COOKIE = "dateline_session"
#: Seconds that a session lasts.
LIFETIME = 12 * 3600
#: Where everything is for curators only.
ADMIN = "/admin"
#: Pages that curators see with buttons on them.
_SHARED = ("/findings/",)
#: Where a curator may be led to after logging in or deciding.
_NEXT = re.compile(r"/(?:admin|findings|stories)(?:/[\w.~%/-]*)?(?:\?[^\s\\#]*)?", re.ASCII)
_COOKIE_SENT = re.compile(rb"(?:^|;\s*)" + COOKIE.encode() + rb"=")


@dataclass(frozen=True, slots=True)
class Session:
    """A visit; ``curator`` is the name that was given with the right token, ``None`` before that."""

    id: str
    curator: str | None = None
    notice: str | None = None
    """What the next page tells."""
    about: str | None = None
    """The address of what it tells of."""


class Sessions:
    """Makes, reads and checks sessions for one admin token."""

    def __init__(self, token: str, secure: bool) -> None:
        self._token = hashlib.sha256(token.encode()).digest()
        self._key = hmac.digest(self._token, b"dateline session", "sha256")
        self._serializer = URLSafeTimedSerializer(self._key, salt="session", signer_kwargs={"digest_method": hashlib.sha256})
        self._secure = secure

    def begin(self, curator: str | None = None) -> Session:
        """A new session; whoever logs in gets one, so that an id that somebody knew before is worth nothing."""
        return Session(secrets.token_urlsafe(16), curator)

    def read(self, connection: HTTPConnection) -> Session | None:
        """The session of a request; ``None`` where its cookie is missing, too old or not ours."""
        try:
            values = self._serializer.loads(connection.cookies.get(COOKIE, ""), max_age=LIFETIME)
            return Session(*values)
        except (BadData, TypeError):
            return None

    def keep(self, response: Response, session: Session) -> None:
        """Send a session's cookie with a response."""
        value = self._serializer.dumps([session.id, session.curator, session.notice, session.about])
        text = value if isinstance(value, str) else value.decode()
        response.set_cookie(COOKIE, text, max_age=LIFETIME, path="/", httponly=True, samesite="strict", secure=self._secure)

    def end(self, response: Response) -> None:
        """Have the browser forget the session."""
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=self._secure)

    def form_token(self, session: Session) -> str:
        """What every form of this session carries."""
        return hmac.digest(self._key, f"form {session.id}".encode(), "sha256").hex()

    def is_form_token(self, session: Session, token: str) -> bool:
        """Whether a form was made for this session."""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def is_token(self, token: str) -> bool:
        """Whether this is the admin token; takes as long for a wrong one as for the right one."""
        return hmac.compare_digest(hashlib.sha256(token.encode()).digest(), self._token)


def sessions_for(settings: Settings) -> Sessions | None:
    """The sessions of these settings; ``None`` where no token is set, so that there is no administration by the web."""
    token = settings.admin_token.get_secret_value().strip() if settings.admin_token else ""
    return Sessions(token, settings.base_url.startswith("https:")) if token else None


def is_private(scope: Scope) -> bool:
    """Whether the answer to a request is for one curator only: it is kept nowhere and found by no search engine."""
    path: str = scope["path"]
    if path == ADMIN or path.startswith(f"{ADMIN}/"):
        return True
    return path.startswith(_SHARED) and any(
        name == b"cookie" and _COOKIE_SENT.search(value) is not None for name, value in scope["headers"]
    )


def safe_next(address: str | None, otherwise: str = ADMIN) -> str:
    """An address of this site to go on to; anything else leads to ``otherwise``."""
    return address if address and len(address) <= 2000 and _NEXT.fullmatch(address) else otherwise


class Attempts:
    """Wrong tokens by address: after ``most`` of them within ``seconds`` the next one has to wait.

    It is kept in the memory of one server process, for the ``remembered`` addresses that tried last.
    """

    def __init__(
        self, most: int = 5, seconds: float = 60.0, remembered: int = 4096, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._remembered, self._clock = most, seconds, remembered, clock
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Seconds after which this address may try again; 0 for now."""
        failed = self._failed.get(_network(address))
        if failed is None or len(failed) < self._most:
            return 0
        left = self._seconds - (self._clock() - failed[0])
        return max(int(left) + 1, 1) if left > 0 else 0

    def failed(self, address: str) -> None:
        """Count a wrong token."""
        network = _network(address)
        self._failed.setdefault(network, deque(maxlen=self._most)).append(self._clock())
        self._failed.move_to_end(network)
        while len(self._failed) > self._remembered:
            self._failed.popitem(last=False)


def _network(address: str) -> str:
    """What belongs to one subscriber: an IPv4 address, or the half of an IPv6 address that is the network's."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(parsed) >> 64 << 64)) if isinstance(parsed, IPv6Address) else address
