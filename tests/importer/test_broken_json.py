"""JSON that is none: what it was meant to be, and where it breaks."""

from __future__ import annotations

import pytest

from app.domain.documents import ParseError
from app.importer.reading import Options, raw_document, read_document

LIKE_AN_INCIDENT = r"looks like ai-incident \(.+\), but is not JSON: "


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"incident": {"x": 1', 1, f"{LIKE_AN_INCIDENT}a comma or }} was expected, not the end of the text, at column 21"),
        ('{\n "incident": {\n  "x" 1}}', 3, f"{LIKE_AN_INCIDENT}a colon was expected after the key, not '1', at column 7"),
        ('{"clusters": [\n', 2, r"looks like kagi \(.+\), but is not JSON: .+ at column 1"),
        ('{"title": "a",\n "b\n}', 2, "looks like JSON, but is not JSON: invalid control character in a string, at column 4"),
        ("{'clusters': 1}", 1, 'looks like JSON, but is not JSON: a key in double quotes was expected, not "\'", at column 2'),
        ('[{"title": "x"}}', 1, "looks like JSON, but is not JSON: a comma or ] was expected, not '}', at column 16"),
        # Enough of it is there to know it for what it is.
        (
            '{"category": "AI",\n "clusters": [{"short_summary": "a", "unique_domains": 1, }]}',
            2,
            "read as kagi: not JSON: a key in double quotes was expected, not '}', at column 59",
        ),
        # The line is that of the file, not of what stands below the front matter.
        ('---\ntitle: Tern\n---\n{"incident": {"x": 1', 4, f"{LIKE_AN_INCIDENT}.+ at column 21"),
    ],
)
def test_it_says_which_format_it_looks_like_and_where_it_breaks(text: str, line: int, message: str) -> None:
    with pytest.raises(ParseError, match=f"^{message}$") as raised:
        read_document(raw_document("a.json", text.encode(), Options()))
    assert (raised.value.code, raised.value.line) == ("json", line)


def test_json_of_another_kind_is_told_from_broken_json() -> None:
    with pytest.raises(ParseError, match=r"^JSON, but of no known format \(looked for keys of ai-incident: incident, ") as raised:
        read_document(raw_document("a.json", b'{"price": 1}', Options()))
    assert raised.value.code == "unknown-format"


def test_text_that_begins_with_a_bracket_is_no_json() -> None:
    with pytest.raises(ParseError, match=r"^no known format") as raised:
        read_document(raw_document("a.txt", b"[1, 2] are numbers.\n", Options()))
    assert raised.value.code == "unknown-format"
