"""The one complete real page, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.documents import Role
from app.importer.decoding import decode
from tests.importer.formats.text_dump.support import parse, summary_of

pytestmark = pytest.mark.shared


@pytest.fixture
def text(shared: Path) -> str:
    files = sorted((shared / "seed").glob("*.txt"))
    if not files:
        pytest.skip("no ../shared/seed/*.txt: the real page cannot be tested (cure: put it there)")
    return decode(files[0].read_bytes())


def test_the_real_page(text: str) -> None:
    document = parse(text)
    assert [len(source.text) for source in document.sources] == [1908, 8453]
    assert len(document.sentences) == 21
    assert len(document.dek) == 2
    numbers = [[number for _, own in paragraph for number in own] for paragraph in summary_of(document)]
    assert numbers == [[1, 2], [1, 2, 1], [2, 1, 2], [1, 2], [2]]
    assert [(row.published and row.published.edtf, row.category) for row in document.related] == [
        ("2025-12-04", "Technology"),
        ("2024-07-26", None),
        ("2025-06-18", "Business and Economy"),
    ]
    assert [row.rank for row in document.ranked] == [1, 2, 3]
    assert document.published is not None
    assert document.published.interval.edtf == "2025-12-04/.."
    assert document.warnings == ()
    stray = [span for span in document.spans if span.role is Role.FURNITURE and text[span.start : span.end] == "[2]"]
    assert len(stray) == 1
