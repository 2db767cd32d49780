"""All text of the interface goes through the catalogue, and the German one is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import _parse_mapping_toml  # type: ignore[attr-defined]
from babel.messages.pofile import read_po

from app.resources import resource_dir
from tests.support.unwrapped import unwrapped

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = resource_dir("templates")
GERMAN = ROOT / "app/locale/de/LC_MESSAGES/messages.po"
#: Seen only by those who work on the site.
NOT_FOR_READERS = frozenset({"pages/style.html"})

Key = tuple[str | None, str]


@cache
def in_use() -> frozenset[Key]:
    """The messages of templates and code, as ``make messages`` finds them."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        methods, options = _parse_mapping_toml(stream, style="pyproject.toml")
    found = extract_from_dir(ROOT, methods, options)
    return frozenset(_key(context, message) for _, _, message, _, context in found)


def _key(context: str | None, message: str | tuple[str, ...] | list[str]) -> Key:
    """What a message is found by: its singular, as a message with a plural may also be used without."""
    return context, message if isinstance(message, str) else message[0]


@cache
def german() -> Catalog:
    with GERMAN.open("rb") as stream:
        return read_po(stream, locale="de")


def messages() -> Iterator[tuple[Message, str, str]]:
    """Each message of the German catalogue with each of its forms in English and in German."""
    for message in german():
        if message.id:
            ours = message.id if isinstance(message.id, tuple | list) else (message.id,)
            theirs = message.string if isinstance(message.string, tuple | list) else (message.string,)
            assert len(ours) == len(theirs), message.id
            for one, other in zip(ours, theirs, strict=True):
                yield message, one, other


def words_of(path: str) -> list[str]:
    return unwrapped((TEMPLATES / path).read_text())


@pytest.mark.parametrize(
    "path", sorted({path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")} - NOT_FOR_READERS)
)
def test_no_text_of_a_template_is_left_out(path: str) -> None:
    assert words_of(path) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Some words</p>", ["Some words"]),
        ("<p>{{ _('Some words') }} · {{ name }} <code>import</code> <kbd>j</kbd></p>", []),
        ("{% trans %}Some <b>words</b>{% endtrans %}", []),
        ('<a aria-label="Go on" href="/timeline">{{ name }}</a>', ["Go on"]),
        ('<p>{{ "story" if one else "stories" }}</p>', ["story", "stories"]),
        ('{% set name = "All names" if all else name %}', ["All names"]),
        ('{{ "Compare " ~ names }}', ["Compare "]),
        ('<li{% if on %} class="on"{% endif %}>{{ links.entities("company") }}</li>', []),
        ("<p>{% if a %}One way{% else %}another{% endif %}</p>", ["One wayanother"]),
    ],
)
def test_what_counts_as_left_out(source: str, found: list[str]) -> None:
    assert unwrapped(source) == found


def test_the_german_catalogue_has_what_is_in_use_and_nothing_else() -> None:
    there = frozenset(_key(message.context, message.id) for message in german() if message.id)
    assert in_use() - there == set(), "run make messages, and translate what is new"
    assert there - in_use() == set(), "run make messages"


def test_nothing_is_untranslated_or_uncertain() -> None:
    assert [message.id for message, _, text in messages() if message.fuzzy or not text.strip()] == []


def test_a_translation_fills_in_the_same_values_and_has_the_same_tags() -> None:
    def parts(text: str) -> tuple[set[str], list[str]]:
        return set(re.findall(r"%\(\w+\)s|%%", text)), sorted(re.findall(r"<[^>]+>", text))

    for message, ours, theirs in messages():
        assert parts(theirs) == parts(ours), message.id
        assert theirs % dict.fromkeys(re.findall(r"%\((\w+)\)s", theirs), "x")
        # A straight quotation mark would end an attribute that the message is written into.
        assert '"' not in re.sub(r"<[^>]+>", "", theirs), message.id
        assert (ours[0].isspace(), ours[-1].isspace()) == (theirs[0].isspace(), theirs[-1].isspace()), message.id


def test_german_has_its_own_quotation_marks_and_is_polite() -> None:
    for _, _, theirs in messages():
        text = re.sub(r"<[^>]+>|\(auf Englisch\).*", "", theirs)
        assert "”" not in text, text
        assert not re.search(r"\b(dein|deine|dich|dir|du)\b", text, re.IGNORECASE), text
