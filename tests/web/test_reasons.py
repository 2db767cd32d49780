"""The reasons of the check in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.analysis.check
from app.store.set_aside import REASON
from app.web import i18n
from app.web.reasons import REASONS, reason

CHECK = Path(app.analysis.check.__file__).parent


@pytest.fixture
def german() -> Iterator[None]:
    i18n.set_language("de")
    yield
    i18n.set_language(i18n.SOURCE)


def written() -> Iterator[str]:
    """What the rules write, with a number wherever a value is filled in."""
    for path in sorted(CHECK.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            elif isinstance(node, ast.JoinedStr):
                text = "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
            else:
                continue
            if text[:1].isupper() and text.endswith(".") and "\n" not in text and not docstring(text):
                yield text


def docstring(text: str) -> bool:
    return any(f'"""{text}' in path.read_text() for path in CHECK.glob("*.py"))


def test_every_reason_that_a_rule_can_give_is_known(german: None) -> None:
    reasons = set(written())
    assert len(reasons) > 12
    assert {text for text in reasons if reason(text) == text} == set()


def test_no_message_is_left_over() -> None:
    texts = set(written()) | {
        "The summary says it as a fact; source 7 says “7”.",
        "The summary says “7”; source 7 says “7”.",
        REASON,
    }
    for message in REASONS:
        pattern = message.replace("%(numbers)s", "7")
        for name in ("number", "other", "words", "said"):
            pattern = pattern.replace(f"%({name})s", "7")
        assert pattern in texts, message


@pytest.mark.parametrize(
    ("english", "in_german"),
    [
        ("There is no text of source 1 and 3.", "Von Quelle 1 und 3 liegt kein Text vor."),
        ("The summary says $2; source 3 says $4.", "Die Zusammenfassung sagt $2; Quelle 3 sagt $4."),
        (
            "The summary says it as a fact; source 2 says “could”.",
            "Die Zusammenfassung stellt es als Tatsache dar; Quelle 2 sagt „could“.",
        ),
        ("Something that an older check said.", "Something that an older check said."),
    ],
)
def test_a_reason_is_told_in_german(german: None, english: str, in_german: str) -> None:
    assert reason(english) == in_german


def test_in_english_it_is_as_the_check_wrote_it() -> None:
    for text in ("This is in source 2, not in 1 or 3, which the sentence cites.", "Source 1 says 5; source 2 says 100 %."):
        assert reason(text) == text
