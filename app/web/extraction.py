"""Finds the messages of templates and code for the catalogue (``make messages``): Babel's own extractors, and ``counted``.

``{{ n | counted("story", "stories") }}`` and ``words.counted(n, "story", "stories")`` are the message "%(num)s story" with
its plural.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, BinaryIO, cast

from babel.messages.extract import extract_python
from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}

#: Line, name of the function, its message or messages, comments: what Babel's extractors yield.
Found = tuple[int, str, Any, Any]


def templates(file: BinaryIO, keywords: Collection[str], comment_tags: Sequence[str], options: dict[str, Any]) -> Iterator[Found]:
    """The messages of a template."""
    yield from babel_extract(file, list(keywords), comment_tags, {**options, **OPTIONS})
    file.seek(0)
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(file.read().decode())
    for node in tree.find_all(nodes.Filter):
        if node.name == "counted" and all(isinstance(argument, nodes.Const) for argument in node.args):
            yield node.lineno, "ngettext", _forms(*(argument.as_const() for argument in node.args)), []


def code(file: BinaryIO, keywords: Collection[str], comment_tags: Sequence[str], options: dict[str, Any]) -> Iterator[Found]:
    """The messages of a Python module."""
    functions: Any = [*keywords, "counted"]
    calls: Any = extract_python(file, functions, comment_tags, cast("Any", options))
    for line, function, messages, comments in calls:
        if function != "counted":
            yield line, function, messages, comments
        elif nouns := [message for message in messages if message]:
            yield line, "ngettext", _forms(*nouns), comments


def _forms(one: str, many: str | None = None) -> tuple[str, str]:
    return f"%(num)s {one}", f"%(num)s {many or one + 's'}"
