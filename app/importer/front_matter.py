"""What is said of a document beside its own text: front matter, and how such hints are added to what was parsed.

Front matter is read as YAML nodes, every scalar as the text that stands there: no implicit types, no tags, no aliases.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import yaml

from app.domain.dates import Interval, parse_edtf
from app.domain.documents import (
    Hints,
    ParsedDocument,
    ParsedSource,
    ParseError,
    ParseWarning,
    Published,
    SourceHint,
    Title,
)
from app.importer.addresses import title_from_address, web_address

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_T = TypeVar("_T")

#: Front matter may be so long, in characters, and so deep.
LONGEST = 65_536
_DEEPEST = 6
_LONGEST_VALUE = 1_000

_RULE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_END = re.compile(r"(?:(?<=\n)|(?<=\r))---[ \t]*(?:\r\n|\r|\n|\Z)")
_LINE_BREAK = re.compile(r"\r\n|\r")
_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?:\s|$)")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ].*", re.ASCII | re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_KEYS = ("title", "url", "published", "id", "category", "language", "sources")
#: The same under the names that site generators use for it.
_OTHER_NAMES = {"date": "published", "lang": "language", "link": "url", "source": "url", "canonical_url": "url"}
#: What site generators keep in front matter that says nothing of a story.
_FOREIGN = frozenset(
    "aliases author authors categories comments cover cssclasses description draft excerpt image images keywords lastmod "
    "layout linktitle math mermaid modified permalink pin pinned publishdate series slug "
    "subtitle summary tags toc type updated weight".split()
)
_SOURCE_KEYS = ("number", "title", "outlet", "url", "published", "author")


def split_front_matter(text: str) -> tuple[Hints, int]:
    """Read the front matter at the very top of a document.

    Returns:
        What it says, and the offset where the body begins: ``(Hints(), 0)`` where there is none. A rule (``---``) that is
        followed by something other than ``key: value`` lines is no front matter.

    Raises:
        ParseError: ``front-matter``: it is not YAML that says what front matter can say; with the line.
    """
    opening = _RULE.match(text)
    if opening is None:
        return Hints(), 0
    closing = _END.search(text, opening.end())
    if closing is None:
        if _has_known_key(text[opening.end() : opening.end() + LONGEST]):
            raise ParseError("front-matter", "front matter without its end: no line below it is ---", 1)
        return Hints(), 0
    block = _LINE_BREAK.sub("\n", text[opening.end() : min(closing.start(), opening.end() + LONGEST)])
    if block.strip() and not _is_mapping(block):
        return Hints(), 0
    if closing.start() - opening.end() > LONGEST:
        raise ParseError("front-matter", f"front matter longer than {LONGEST:,} characters", 1)
    return _Reader(block, first_line=2).hints(), closing.end()


def read_sidecar(text: str) -> Hints:
    """What a file beside a document (``NAME.meta.yaml``) says of it: the same as front matter, without the rules around it.

    Raises:
        ParseError: ``sidecar``: it is not YAML that says what front matter can say. The line in the sidecar is in the message,
            for the line of an error is one of the document.
    """
    if len(text) > LONGEST:
        raise ParseError("sidecar", f"its sidecar is longer than {LONGEST:,} characters")
    try:
        hints = _Reader(_LINE_BREAK.sub("\n", text), first_line=1).hints()
    except ParseError as error:
        raise ParseError("sidecar", f"its sidecar, line {error.line}: {error.message}") from error
    published = replace(hints.published, source="sidecar") if hints.published else None
    return replace(hints, published=published)


def combine(document: ParsedDocument, hints: Hints) -> ParsedDocument:
    """A document with what somebody says of it: hints win over what was derived and over the document itself.

    Without a title in document or hints, one is derived from the slug of the hinted address.

    Raises:
        ParseError: ``bad-url``: an address is not http or https.
    """
    for address in (hints.url, *(source.url for source in hints.sources)):
        if address is not None:
            try:
                web_address(address)
            except ValueError as error:
                raise ParseError("bad-url", str(error)) from error
    known = {source.number for source in document.sources}
    unknown = tuple(
        ParseWarning(
            "unknown-source-hint",
            None,
            f"source {hint.number}",
            "something is said of a source that the document lacks",
        )
        for hint in hints.sources
        if hint.number not in known
    )
    by_number = {hint.number: hint for hint in hints.sources}
    return replace(
        document,
        title=_title(document.title, hints),
        published=hints.published or document.published,
        url=hints.url or document.url,
        id=hints.id or document.id,
        category=hints.category or document.category,
        language=hints.language or document.language,
        sources=tuple(_with_hint(source, by_number.get(source.number)) for source in document.sources),
        warnings=(*document.warnings, *hints.warnings, *unknown),
    )


def together(*said: Hints) -> Hints:
    """What several say of a document, the last of them believed most; without their warnings."""
    merged = Hints()
    for hints in said:
        merged = Hints(
            title=hints.title or merged.title,
            url=hints.url or merged.url,
            published=hints.published or merged.published,
            id=hints.id or merged.id,
            category=hints.category or merged.category,
            language=hints.language or merged.language,
        )
    return merged


def of_each(hints: Hints) -> Hints:
    """What hints about a document that tells several stories say of each of them: not title, address, id or sources."""
    return replace(hints, title=None, url=None, id=None, sources=())


def _title(title: Title, hints: Hints) -> Title:
    if hints.title:
        return Title(hints.title)
    if title.derived is not None and hints.url and (readable := title_from_address(hints.url)):
        return Title(readable, "url")
    return title


def _with_hint(source: ParsedSource, hint: SourceHint | None) -> ParsedSource:
    if hint is None:
        return source
    return replace(
        source,
        title=hint.title or source.title,
        outlet=hint.outlet or source.outlet,
        url=hint.url or source.url,
        published=hint.published or source.published,
        author=hint.author or source.author,
    )


def _is_mapping(block: str) -> bool:
    """Whether a block reads like ``key: value`` lines: all that begin at the margin do, or the first has a known key."""
    lines = [line for line in block.splitlines() if line.strip() and line[0] not in " \t#-]}"]
    return bool(lines) and (_has_known_key(block) or all(_KEY.match(line) for line in lines))


def _has_known_key(block: str) -> bool:
    first = next((line for line in block.splitlines() if line.strip() and not line.startswith("#")), "")
    key = _KEY.match(first)
    return key is not None and key[0].rstrip().rstrip(":").rstrip() in _KEYS


class _Reader:
    """Reads the nodes of one block of front matter; lines are those of the document."""

    def __init__(self, block: str, first_line: int) -> None:
        self._block = block
        self._first_line = first_line
        self._warnings: list[ParseWarning] = []

    def hints(self) -> Hints:
        """What the block says."""
        root = self._compose()
        if root is None:
            return Hints()
        values = self._own(self._mapping(root, "front matter"))
        published = self._value(values, "published", _interval)
        return Hints(
            title=self._value(values, "title", _words),
            url=self._value(values, "url", web_address),
            published=Published(published, "front-matter") if published else None,
            id=self._value(values, "id", _words),
            category=self._value(values, "category", _words),
            language=self._value(values, "language", _language),
            sources=self._sources(values.get("sources")),
            warnings=tuple(self._warnings),
        )

    def _own(self, values: dict[str, yaml.Node]) -> dict[str, yaml.Node]:
        """The values under our own names; what has none is left out, with a warning unless it is of a site generator."""
        own: dict[str, yaml.Node] = {}
        for key, value in values.items():
            name = _OTHER_NAMES.get(key.lower(), key)
            if name in _KEYS:
                if name == key or name not in values:
                    own[name] = value
            elif key.lower() not in _FOREIGN:
                line = value.start_mark.line + self._first_line if value.start_mark else self._first_line
                message = f"unknown key {key[:40]!r} in front matter (known: {', '.join(_KEYS)}); left out"
                self._warnings.append(ParseWarning("front-matter-key", line, key[:80], message))
        return own

    def _compose(self) -> yaml.Node | None:
        depth = 0
        try:
            for event in yaml.parse(self._block, Loader=_Loader):
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    raise self._error(event, "aliases and anchors are not allowed")
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > _DEEPEST:
                        raise self._error(event, f"nested deeper than {_DEEPEST} levels")
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
            node: yaml.Node | None = yaml.compose(self._block, Loader=_Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "characters that YAML does not allow"
            raise ParseError("front-matter", f"not YAML: {problem}", mark.line + self._first_line if mark else 1) from error
        return None if _is_null(node) else node

    def _mapping(self, node: yaml.Node, what: str, allowed: tuple[str, ...] | None = None) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, f"{what} must be a mapping of {', '.join(allowed or _KEYS)}")
        values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._error(key, f"a key of {what} must be a single value")
            if allowed is not None and key.value not in allowed:
                raise self._error(key, f"unknown key {key.value[:40]!r} in {what} (known: {', '.join(allowed)})")
            if key.value in values:
                raise self._error(key, f"{key.value!r} is there twice")
            values[key.value] = value
        return {name: value for name, value in values.items() if not _is_null(value)}

    def _value(self, values: dict[str, yaml.Node], name: str, read: Callable[[str], _T]) -> _T | None:
        node = values.get(name)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(node, f"{name!r} must be a single value")
        if len(node.value) > _LONGEST_VALUE:
            raise self._error(node, f"{name!r} is longer than {_LONGEST_VALUE:,} characters")
        try:
            return read(node.value)
        except ValueError as error:
            raise self._error(node, f"{name!r}: {error}") from error

    def _sources(self, node: yaml.Node | None) -> tuple[SourceHint, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, "'sources' must be a list")
        hints: dict[int, SourceHint] = {}
        for item in node.value:
            values = self._mapping(item, "a source", _SOURCE_KEYS)
            number = self._value(values, "number", _number)
            if number is None:
                raise self._error(item, "a source must have its 'number'")
            if number in hints:
                raise self._error(item, f"source {number} is there twice")
            hints[number] = SourceHint(
                number=number,
                title=self._value(values, "title", _words),
                outlet=self._value(values, "outlet", _words),
                url=self._value(values, "url", web_address),
                published=self._value(values, "published", _interval),
                author=self._value(values, "author", _words),
            )
        return tuple(hints.values())

    def _error(self, at: yaml.Node | yaml.Event, message: str) -> ParseError:
        return ParseError("front-matter", message, at.start_mark.line + self._first_line if at.start_mark else 1)


def _is_null(node: yaml.Node | None) -> bool:
    return node is None or (isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null")


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ValueError("empty")
    return words


def _interval(text: str) -> Interval:
    timestamp = _TIME.fullmatch(text.strip())
    return parse_edtf(timestamp[1] if timestamp else text)


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text.strip()):
        raise ValueError(f"not a language tag such as en or pt-BR: {text[:40]!r}")
    return text.strip()


def _number(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text.strip()):
        raise ValueError(f"not a number from 1 to 9999: {text[:40]!r}")
    return int(text)
