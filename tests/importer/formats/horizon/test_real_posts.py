"""The real digests, where they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.documents import ParsedDocument
from app.importer.reading import Options, raw_document, read_document

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def posts(shared: Path) -> dict[str, list[ParsedDocument]]:
    files = sorted((shared / "specimens" / "horizon").glob("*.md"))
    if not files:
        pytest.skip("no ../shared/specimens/horizon/*.md: real digests cannot be tested (cure: put them there)")
    return {file.name: read_document(raw_document(file.name, file.read_bytes(), Options())) for file in files}


def test_the_real_posts(posts: dict[str, list[ParsedDocument]]) -> None:
    assert len(posts) == 21
    assert sum(1 for stories in posts.values() if not stories) == 3
    stories = [story for told in posts.values() for story in told]
    assert len(stories) == 53
    assert sum(len(story.sources) for story in stories) == 134
    assert [warning for story in stories for warning in story.warnings] == []


def test_every_real_story_has_a_day_a_title_an_address_and_text(posts: dict[str, list[ParsedDocument]]) -> None:
    for name, stories in posts.items():
        for story in stories:
            assert story.published is not None and story.published.interval.edtf == name[:10]
            assert story.title.text and story.title.derived is None and "&" not in story.title.text.replace(" & ", "")
            assert story.sources[0].url is not None and story.id is not None and story.id.startswith("horizon:https://")
            assert story.category == "Technology News"
            assert story.paragraphs and story.paragraphs[0].heading is None


def test_the_days_of_real_items_are_near_those_of_their_digests(posts: dict[str, list[ParsedDocument]]) -> None:
    days = [
        (source.published.sort_date - story.published.interval.sort_date).days
        for stories in posts.values()
        for story in stories
        for source in story.sources
        if source.published and story.published
    ]
    assert len(days) == 53 and all(-2 <= distance <= 0 for distance in days)
