"""Text of templates that no translator would see: what stands in the page without having gone through gettext."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

#: Attributes that people read or hear.
READ = frozenset(
    {"aria-label", "aria-description", "alt", "content", "data-done", "data-full", "data-say", "placeholder", "title"}
)
#: Elements whose text is no language.
NO_LANGUAGE = frozenset({"code", "kbd", "script", "style", "svg"})
#: Names of formats and things that are the same in every language.
SAME_EVERYWHERE = frozenset(
    "Atom BibTeX CSL-JSON CSV ICS JSON Markdown OPML RIS Wikidata EDTF Dateline width device-width initial-scale light dark article "
    "noindex true includeIndicatorCSS morphIgnore noSwap".split()
)
_FILLED = "\ufffc"
_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W\d_]")


def unwrapped(source: str) -> list[str]:
    """The texts of a template that are not wrapped."""
    tree = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True).parse(source)
    page = _Page("".join(_data(tree)))
    return [*page.texts, *_constants(tree)]


def _data(node: nodes.Node) -> Iterator[str]:
    """The HTML of a template with a mark where something is filled in. What a ``trans`` block holds is no data any more."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.AssignBlock):
            text = "".join(_data(child))
            # Attributes to be put into a tag later are no text.
            yield "" if re.match(r'\s*[\w-]+="', text) else text
        elif isinstance(node, nodes.Output):
            yield _FILLED
        else:
            yield from _data(child)


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._within: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NO_LANGUAGE:
            self._within.append(tag)
        attributes = dict(attrs)
        for name in READ & attributes.keys():
            if name != "content" or attributes.get("name") == "description":
                self._add(attributes[name] or "")

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self._add(data)

    def _add(self, text: str) -> None:
        if set(_WORD.findall(text)) - SAME_EVERYWHERE:
            self.texts.append(" ".join(text.replace(_FILLED, "…").split()))


def _constants(tree: nodes.Template) -> Iterator[str]:
    """Texts that are written by expressions: ``{{ "one" if … else "other" }}``, ``{{ "most " ~ … }}``, defaults."""
    for output in tree.find_all((nodes.Output, nodes.Assign)):
        for child in output.iter_child_nodes():
            if not isinstance(child, nodes.TemplateData):
                yield from _written(child)


def _written(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Const(value=str() as text):
            if set(_WORD.findall(text)) - SAME_EVERYWHERE and not re.fullmatch(r"[\w.:/-]+", text):
                yield text
        case nodes.CondExpr():
            branches = (node.expr1, node.expr2)
            words = [b.value for b in branches if isinstance(b, nodes.Const) and isinstance(b.value, str)]
            yield from (word for word in words if _WORD.search(word))
            for branch in branches:
                if branch is not None and not isinstance(branch, nodes.Const):
                    yield from _written(branch)
        case nodes.Concat() | nodes.Or() | nodes.And() | nodes.Add() | nodes.Tuple() | nodes.List() | nodes.Dict() | nodes.Pair():
            for child in node.iter_child_nodes():
                yield from _written(child)
        case nodes.Filter() | nodes.Getitem() | nodes.Getattr():
            if node.node is not None:
                yield from _written(node.node)
        case nodes.Call(node=nodes.Getattr() as method):
            yield from _written(method)
