"""Importing: what becomes of documents, on both engines."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.analysis.gazetteer import load_gazetteer
from app.domain.differences import differences as changed
from app.domain.stories import Outcome
from app.importer.containers import Limits, open_sources
from app.importer.pipeline import Importer, Result
from app.importer.reading import Options
from app.resources import resource_dir
from app.store import schema
from app.store.engine import Store
from app.store.generation import generation
from app.store.migrations import Migrations
from app.store.quarantine import quarantined
from app.store.revisions import story_history
from app.store.rollups import differences
from app.store.story import StoryDetail, story_detail
from app.store.writer import raw_document
from tests.support.documents import VARIANT_A, VARIANT_B, another, with_front_matter

OWN_ID = {"id": "'22416'"}


def run(store: Store, *paths: Path, batch: int = 200, max_bytes: int = 10**6, **options: str) -> list[Result]:
    importer = Importer(store, load_gazetteer(), batch)
    return list(importer.run(open_sources([str(path) for path in paths], Options(**options), Limits(max_bytes))))


def detail(store: Store, public_id: str | None) -> StoryDetail:
    assert public_id is not None
    with store.read() as connection:
        found = story_detail(connection, public_id)
    assert found is not None
    return found


def count(store: Store, model: type[schema.Base]) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(model)).scalar_one()


def test_a_document_becomes_a_story_with_its_entities_and_events(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    (result,) = run(store, tmp_path, published="2025-11-20")
    story = detail(store, result.story_id)
    assert result.outcome is Outcome.NEW
    assert story.revision.title_derived == "dek"
    assert len(story.sources) == 2
    assert {entity.slug for entity in story.entities} == {"openai"}
    assert [(event.edtf, event.planned) for event in story.events] == [
        ("2025-10", False),
        ("2025-11-03", False),
        ("2026-21", True),
    ]
    with store.read() as connection:
        assert differences(connection) == []


def test_the_same_bytes_again_change_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    run(store, tmp_path)
    with store.read() as connection:
        before = generation(connection)
    (result,) = run(store, tmp_path)
    assert result.outcome is Outcome.UNCHANGED
    with store.read() as connection:
        assert generation(connection) == before
    assert count(store, schema.Document) == count(store, schema.Revision) == 1


def test_a_changed_document_makes_a_revision(store: Store, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text(VARIANT_B)
    run(store, document)
    document.write_text(VARIANT_B.replace("$4.2 billion in October 2025\n2", "$4.3 billion in October 2025\n2"))
    (result,) = run(store, document)
    assert result.outcome is Outcome.CHANGED
    with store.read() as connection:
        history = story_history(connection, result.story_id or "")
        assert differences(connection) == []
    assert history is not None
    changes = changed(*(revision.document for revision in history.revisions))
    assert [(change.what, change.kind) for change in changes] == [("summary", "changed")]
    assert [(piece.kind, piece.text) for piece in changes[0].words if piece.kind != "same"] == [
        ("removed", " $4.2"),
        ("added", " $4.3"),
    ]
    assert count(store, schema.Story) == 1


def test_other_white_space_is_no_change(store: Store, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text(VARIANT_B)
    run(store, document)
    document.write_bytes(VARIANT_B.replace("\n", "\r\n").encode() + b"\r\n\r\n")
    assert [result.outcome for result in run(store, document)] == [Outcome.UNCHANGED]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
@pytest.mark.parametrize("batch", [1, 10])
def test_two_variants_of_a_story_complete_each_other(store: Store, tmp_path: Path, order: tuple[str, str], batch: int) -> None:
    texts = {"a": VARIANT_A, "b": VARIANT_B}
    for position, variant in enumerate(order):
        (tmp_path / f"{position}.txt").write_text(with_front_matter(texts[variant], **OWN_ID))
    results = run(store, tmp_path, batch=batch)
    assert [result.outcome for result in results] == [Outcome.NEW, Outcome.CHANGED]
    story = detail(store, results[1].story_id)
    assert story.revision.title == "Halcyon closes its models" and story.revision.title_derived is None
    assert [paragraph.heading for paragraph in story.paragraphs] == ["A model for sale", "Money for the turn"]
    assert [bool(source.text) for source in story.sources] == [True, True]
    assert len(story.documents) == 2
    assert [result.outcome for result in run(store, tmp_path)] == [Outcome.UNCHANGED] * 2


def test_the_raw_document_is_kept_byte_for_byte(store: Store, tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + VARIANT_B.replace("\n", "\r\n").encode()
    (tmp_path / "a.txt").write_bytes(content)
    (result,) = run(store, tmp_path)
    assert result.outcome is Outcome.NEW
    with store.read() as connection:
        kept = raw_document(connection, connection.execute(select(schema.Document.id)).scalar_one())
    assert kept.content == content


def test_what_cannot_be_read_goes_to_quarantine_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    (tmp_path / "1-latin.txt").write_bytes(b"2 Sources\n\xff\xfe\xfa caf\xe9\n")
    (tmp_path / "2-nul.txt").write_bytes(b"2 Sources\n\x00\n")
    (tmp_path / "3-empty.txt").write_bytes(b"")
    (tmp_path / "4-prose.txt").write_text("Just a few words.\n")
    (tmp_path / "5-large.txt").write_text(VARIANT_B + "x" * 5000)
    (tmp_path / "6-yaml.txt").write_text("---\ntitle: [\n---\n" + VARIANT_B)
    (tmp_path / "7-good.txt").write_text(VARIANT_B)
    results = run(store, tmp_path, max_bytes=4000)
    assert [result.outcome for result in results] == [Outcome.QUARANTINED] * 6 + [Outcome.NEW]
    assert [result.code for result in results[:3]] == ["invalid-utf-8", "nul-byte", "empty"]
    assert "DATELINE_MAX_DOCUMENT_BYTES" in (results[4].message or "")
    assert results[0].line == 2 and results[1].line == 2
    assert count(store, schema.Quarantined) == 6
    assert count(store, schema.Story) == count(store, schema.Document) == 1


def test_a_document_that_can_be_read_after_all_leaves_quarantine(store: Store, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text(VARIANT_B)
    run(store, document, max_bytes=10)
    assert count(store, schema.Quarantined) == 1
    assert [result.outcome for result in run(store, document)] == [Outcome.NEW]
    assert count(store, schema.Quarantined) == 0


def test_a_document_or_archive_that_was_mended_leaves_quarantine(store: Store, tmp_path: Path) -> None:
    document, archive = tmp_path / "a.txt", tmp_path / "b.txt.gz"
    packed = gzip.compress(another(1).encode())
    document.write_bytes(b"\xff")
    archive.write_bytes(packed[:-40])
    (tmp_path / "c.txt").write_bytes(b"\xfe")
    assert [result.outcome for result in run(store, tmp_path)] == [Outcome.QUARANTINED] * 3
    document.write_text(VARIANT_B)
    archive.write_bytes(packed)
    assert [result.outcome for result in run(store, tmp_path)] == [Outcome.NEW, Outcome.NEW, Outcome.QUARANTINED]
    with store.read() as connection:
        assert [Path(item.name).name for item, _ in quarantined(connection)] == ["c.txt"]
    # Whatever brought the old bytes back: here it is a document that is known already.
    document.write_bytes(b"\xff")
    run(store, document)
    document.write_text(VARIANT_B)
    assert [result.outcome for result in run(store, document)] == [Outcome.UNCHANGED]
    assert count(store, schema.Quarantined) == 1


def test_documents_from_standard_input_are_not_taken_for_one_another(store: Store) -> None:
    for content in (b"\xff", VARIANT_B.encode()):
        importer = Importer(store, load_gazetteer(), 200)
        list(importer.run(open_sources(["-"], Options(), Limits(), io.BytesIO(content))))
    assert count(store, schema.Quarantined) == 1


def test_what_goes_back_to_an_earlier_text_at_its_place_is_followed(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    earlier, later = (with_front_matter(VARIANT_B, **OWN_ID, title=title) for title in ("Earlier", "Later"))
    for text, outcome in ((earlier, Outcome.NEW), (later, Outcome.CHANGED), (earlier, Outcome.CHANGED), (later, Outcome.CHANGED)):
        place.write_text(text)
        (result,) = run(store, place)
        assert (result.outcome, result.title) == (outcome, "Earlier" if text == earlier else "Later")
        assert [result.outcome for result in run(store, place)] == [Outcome.UNCHANGED]
    assert detail(store, result.story_id).revision.number == 4


def test_a_sidecar_that_is_taken_away_is_followed_and_words_of_the_command_line_stay(store: Store, tmp_path: Path) -> None:
    document, sidecar = tmp_path / "a.txt", tmp_path / "a.txt.meta.yaml"
    document.write_text(VARIANT_B)
    run(store, document)
    sidecar.write_text("category: Policy\n")
    assert [result.outcome for result in run(store, document)] == [Outcome.CHANGED]
    sidecar.unlink()
    (result,) = run(store, document)
    assert (result.outcome, detail(store, result.story_id).revision.category_name) == (Outcome.CHANGED, None)
    run(store, document, category="Said by hand")
    assert [result.outcome for result in run(store, document)] == [Outcome.UNCHANGED]
    assert detail(store, result.story_id).revision.category_name == "Said by hand"


def test_an_earlier_copy_elsewhere_does_not_win(store: Store, tmp_path: Path) -> None:
    for name, title in (("1.txt", "Earlier"), ("2.txt", "Later")):
        (tmp_path / name).write_text(with_front_matter(VARIANT_B, **OWN_ID, title=title))
    run(store, tmp_path)
    for path in (tmp_path, tmp_path / "1.txt"):
        assert {result.outcome for result in run(store, path)} == {Outcome.UNCHANGED}
    with store.read() as connection:
        assert connection.execute(select(schema.Story.title)).scalar_one() == "Later"


def test_options_say_what_a_document_has_lost(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    (result,) = run(store, tmp_path, title="Given title", published="2025-11-20", category="Policy", id="99")
    story = detail(store, result.story_id)
    assert (story.revision.title, story.revision.title_derived) == ("Given title", None)
    assert (story.revision.published_edtf, story.revision.published_source) == ("2025-11-20", "option")
    assert story.revision.category_name == "Policy"
    assert story.revision.origin_id == "99"


def test_a_date_that_is_only_bounded_leaves_the_story_undated(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VARIANT_B)
    (result,) = run(store, tmp_path)
    story = detail(store, result.story_id)
    assert (story.revision.published_edtf, story.revision.published_source) == ("2025-11-18/..", "related")
    with store.read() as connection:
        assert connection.execute(select(schema.Story.sort_date)).scalar_one() is None


def test_the_same_import_gives_the_same_addresses(store: Store, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(another(number))
    here = [result.story_id for result in run(store, tmp_path)]
    other = tmp_path_factory.mktemp("other")
    with Store(f"sqlite:///{other / 'other.db'}") as elsewhere:
        Migrations(elsewhere, resource_dir("migrations")).upgrade()
        assert [result.story_id for result in run(elsewhere, tmp_path, batch=2)] == here
    assert len(set(here)) == 5


@pytest.mark.shared
def test_the_seed(store: Store, shared: Path) -> None:
    (result,) = run(store, *(shared / "seed").glob("*.txt"), published="2025-12-11")
    story = detail(store, result.story_id)
    assert [len(source.text) for source in story.sources] == [1908, 8453]
    assert len(story.paragraphs) == 5 and len(story.dek) == 2
    summary = [sentence for paragraph in story.paragraphs for sentence in paragraph.sentences]
    own = [citation.number for sentence in summary for citation in sentence.citations if not citation.inherited]
    assert len(summary) == 21
    assert own == [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 2]
    assert len(story.related) == 3 and story.warnings == ()
    expected = (
        "meta mark-zuckerberg alexandr-wang yann-lecun avocado llama qwen alibaba google gemma openai gpt-oss deepseek nvidia "
        "jensen-huang scale-ai tbd-lab"
    )
    with store.read() as connection:
        mentioned = set(
            connection.scalars(select(schema.Entity.slug).join(schema.Mention, schema.Mention.entity_id == schema.Entity.id))
        )
    assert set(expected.split()) <= mentioned


def test_the_line_of_a_problem_counts_from_the_top_of_the_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(with_front_matter("Just a few words.\n", title="x", published="2025"))
    (result,) = run(store, tmp_path)
    assert result.outcome is Outcome.QUARANTINED
    assert result.line == 5
