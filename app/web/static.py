"""Static files under names that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PREFIX = "/static/"
FOR_EVER = "public, max-age=31536000, immutable"
#: Compressed at start-up; fonts and pictures are compressed already.
COMPRESSIBLE = frozenset({".css", ".js", ".svg", ".txt", ".md"})

_URL = re.compile(r"url\((?P<quote>[\"']?)(?P<path>[^\"')]+)(?P=quote)\)")


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    etag: str
    encoded: dict[str, bytes]


class StaticFiles:
    """Serves a directory from memory: each file under its own name, and for ever under a name with a hash of its content."""

    def __init__(self, directory: Path) -> None:
        self._hashed: dict[str, str] = {}
        self._files: dict[str, tuple[_File, bool]] = {}
        paths = sorted(path for path in directory.rglob("*") if path.is_file())
        # Style sheets last: what they refer to must have its name before theirs can be made.
        for path in sorted(paths, key=lambda path: path.suffix == ".css"):
            name = path.relative_to(directory).as_posix()
            content = path.read_bytes()
            if path.suffix == ".css":
                content = self._with_hashed_urls(content.decode(), name).encode()
            self._add(name, content)

    def url(self, name: str) -> str:
        """The address under which a file may be kept for ever.

        Raises:
            KeyError: there is no such file.
        """
        return PREFIX + self._hashed[name]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file."""
        path = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        if path not in self._files or scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(404)
        await self._response(path, Headers(scope=scope))(scope, receive, send)

    def _response(self, path: str, request: Headers) -> Response:
        file, for_ever = self._files[path]
        headers = {"etag": file.etag, "cache-control": FOR_EVER if for_ever else "no-cache", "vary": "accept-encoding"}
        if request.get("if-none-match") == file.etag:
            return Response(status_code=304, headers=headers)
        accepted = request.get("accept-encoding", "")
        encoding = next((name for name in file.encoded if re.search(rf"\b{name}\b", accepted)), None)
        if encoding:
            headers["content-encoding"] = encoding
        return Response(file.encoded[encoding] if encoding else file.content, media_type=file.media_type, headers=headers)

    def _add(self, name: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()[:10]
        stem, dot, suffix = name.rpartition(".")
        self._hashed[name] = f"{stem}.{digest}{dot}{suffix}"
        encoded = {}
        if dot + suffix in COMPRESSIBLE:
            encoded = {"br": brotli.compress(content, quality=11), "gzip": gzip.compress(content, 9, mtime=0)}
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = _File(content, media_type, f'"{digest}"', encoded)
        self._files[name] = (file, False)
        self._files[self._hashed[name]] = (file, True)

    def _with_hashed_urls(self, css: str, name: str) -> str:
        def replace(match: re.Match[str]) -> str:
            if match["path"].startswith("data:"):
                return match[0]
            target = (Path("/") / Path(name).parent / match["path"]).resolve().relative_to("/").as_posix()
            return f"url({self.url(target)})"

        return _URL.sub(replace, css)
