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

#: How files name others, by suffix: what stands before the path, the path, what stands behind it.
_REFERENCES = {
    ".css": re.compile(r"""(url\(["']?)(?!data:)([^"')]+)(["']?\))"""),
    ".js": re.compile(r"""^(import [^"']*["']|\} from ["'])(\.{1,2}/[^"']+)(["'];)""", re.MULTILINE),
}

#: What a style sheet does not need: comments, and space beside punctuation. Strings and addresses are found first, and kept.
_SPACE = r"(?:\s|/\*.*?\*/)"
_NEEDLESS = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\))|"""
    rf"""{_SPACE}*([{{}};,>]){_SPACE}*|(:){_SPACE}+|{_SPACE}+""",
    re.DOTALL,
)

#: The style sheets that pages carry themselves, in the order of the cascade; every page has the first.
SHEETS = ("base", "timeline", "compare", "story", "findings", "lists", "indexes", "watch", "desk")


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    etag: str
    encoded: dict[str, bytes]


class StaticFiles:
    """Serves a directory from memory: each file under its own name, and for ever under a name with a hash of its content."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._hashed: dict[str, str] = {}
        self._files: dict[str, tuple[_File, bool]] = {}
        for path in sorted(path for path in directory.rglob("*") if path.is_file()):
            self._add(path.relative_to(directory).as_posix())

    def url(self, name: str) -> str:
        """The address under which a file may be kept for ever.

        Raises:
            KeyError: there is no such file.
        """
        return PREFIX + self._hashed[name]

    def text(self, name: str) -> str:
        """The content of a text file, as it is served.

        Raises:
            KeyError: there is no such file.
        """
        return self._files[name][0].content.decode()

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

    def _add(self, name: str) -> None:
        if name in self._hashed:
            return
        content = (self._directory / name).read_bytes()
        stem, dot, suffix = name.rpartition(".")
        if references := _REFERENCES.get(dot + suffix):
            content = references.sub(lambda match: self._with_hash(match, name), content.decode()).encode()
        if suffix == "css":
            content = minified(content.decode()).encode()
        digest = hashlib.sha256(content).hexdigest()[:10]
        self._hashed[name] = f"{stem}.{digest}{dot}{suffix}"
        encoded = {}
        if dot + suffix in COMPRESSIBLE:
            encoded = {"br": brotli.compress(content, quality=11), "gzip": gzip.compress(content, 9, mtime=0)}
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = _File(content, media_type, f'"{digest}"', encoded)
        self._files[name] = (file, False)
        self._files[self._hashed[name]] = (file, True)

    def _with_hash(self, match: re.Match[str], name: str) -> str:
        """A reference in the file of this name, with the hash of what it refers to, which must be known before."""
        before, path, behind = match.groups()
        target = (Path("/") / Path(name).parent / path).resolve().relative_to("/").as_posix()
        self._add(target)
        return f"{before}{self.url(target)}{behind}"


def minified(css: str) -> str:
    """A style sheet that means the same in fewer characters."""
    text = _NEEDLESS.sub(lambda found: found[1] or found[2] or found[3] or " ", css)
    return text.replace(";}", "}").strip()


def style_sheets(static: StaticFiles) -> dict[str, str]:
    """The text of each style sheet by its name."""
    return {name: static.text(f"css/{name}.css") for name in SHEETS}
