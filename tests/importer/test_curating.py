"""Decisions on entities and names, from the record to every story that they concern, without an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.analysis.gazetteer import load_gazetteer
from app.domain.curation import Decision
from app.domain.entities import Kind, ProposedName
from app.importer import curating
from app.importer.containers import Limits, open_sources
from app.importer.curating import Decided, Refused, accept, decide, merge, preview, reject, rename, reopen, retype, split
from app.importer.pipeline import Importer
from app.importer.reading import Options
from app.importer.reanalysis import Reanalysis
from app.resources import resource_dir
from app.store.engine import Store
from app.store.entities import entity_by_slug
from app.store.generation import generation
from app.store.migrations import Migrations
from app.store.proposals import QueuePlace, count_proposed, proposed, proposed_named
from app.store.schema import Entity, EntityRedirect, Proposal, Story, StoryEntity
from tests.support.contents import contents
from tests.support.documents import another
from tests.support.stories import make_story, store_stories


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Stories about Halcyon Labs, which the gazetteer lacks; the last one is about something else."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(another(number))
    other = another(9).replace("Halcyon Labs", "Acme").replace("Halcyon", "Acme").replace("OpenAI", "Mistral AI")
    (folder / "9.txt").write_text(other)
    return folder


def import_from(store: Store, folder: Path, jobs: int = 0) -> None:
    for _ in Importer(store, load_gazetteer(), 3, jobs).run(open_sources([str(folder)], Options(), Limits())):
        pass


def make(store: Store, decision: Decision, at_once: int = curating.AT_ONCE) -> Decided:
    return decide(store, load_gazetteer(), decision, at_once)


def stories_of(store: Store, slug: str) -> int:
    with store.read() as connection:
        entity = entity_by_slug(connection, slug)
        counted = connection.execute(
            select(func.count()).select_from(StoryEntity).where(StoryEntity.entity_id == (entity.id if entity else 0))
        ).scalar_one()
        assert entity is None or entity.story_count == counted
        return counted if entity else -1


def generation_of(store: Store) -> int:
    with store.read() as connection:
        return generation(connection)


def said(store: Store) -> dict[str, object]:
    """What a store says, without the events and findings that it remembers from before."""
    return {name: value for name, value in contents(store).items() if name != "retired"}


HALCYON = accept("Halcyon Labs", "Ada", kind="lab", aliases=("Halcyon",))


def as_imported_afresh(folder: Path, tmp_path: Path, decisions: Sequence[Decision]) -> dict[str, object]:
    """What a store says that had these decisions before it was filled."""
    with Store(f"sqlite:///{tmp_path / 'fresh.db'}") as fresh:
        Migrations(fresh, resource_dir("migrations")).upgrade()
        for decision in decisions:
            make(fresh, decision)
        import_from(fresh, folder)
        return said(fresh)


def test_accepting_a_name_updates_every_story_that_has_it_at_once(store: Store, folder: Path, tmp_path: Path) -> None:
    import_from(store, folder)
    before = generation_of(store)
    assert stories_of(store, "halcyon-labs") == -1
    decided = make(store, HALCYON)
    assert (decided.slug, decided.stories, decided.waiting) == ("halcyon-labs", 4, 0)
    assert (stories_of(store, "halcyon-labs"), generation_of(store)) == (4, before + 1)
    assert Reanalysis(store, load_gazetteer(), 10).left() == 0, "no other story is stale"
    assert said(store) == as_imported_afresh(folder, tmp_path, [HALCYON])


def test_every_sort_of_decision_leaves_what_a_fresh_import_gives(store: Store, folder: Path, tmp_path: Path) -> None:
    made = [
        HALCYON,
        accept("Rover 4", "Ada", kind="model"),
        rename("halcyon-labs", "Halcyon Research", "Ada"),
        merge("openai", "halcyon-labs", "Ada"),
        split("halcyon-research", ["OpenAI"], "Ada", kind="company"),
        retype("halcyon-research", "company", "Ada"),
        reject("Rover 4", "Ada"),
    ]
    import_from(store, folder)
    for decision in made:
        make(store, decision)
    assert (stories_of(store, "halcyon-research"), stories_of(store, "openai"), stories_of(store, "rover-4")) == (4, 4, -1)
    assert said(store) == as_imported_afresh(folder, tmp_path, made)


def test_old_addresses_lead_to_the_entity_for_good_and_no_row_is_left_behind(store: Store, folder: Path) -> None:
    import_from(store, folder)
    make(store, HALCYON)
    make(store, merge("halcyon-labs", "openai", "Ada", "One company by now."))
    make(store, rename("openai", "Open Research", "Ada"))
    with store.read() as connection:
        for slug in ("halcyon-labs", "openai", "open-research"):
            entity = entity_by_slug(connection, slug)
            assert entity is not None and (entity.slug, entity.story_count) == ("open-research", 4)
        redirects = {slug: target for slug, target in connection.execute(select(EntityRedirect.slug, EntityRedirect.target))}
        assert redirects == {"halcyon-labs": "open-research", "openai": "open-research"}
        left = connection.scalars(select(Entity.slug).where(Entity.slug.in_(["halcyon-labs", "openai"]))).all()
        assert left == []


@pytest.mark.parametrize("jobs", [0, 2])
def test_an_import_knows_what_was_decided(store: Store, folder: Path, jobs: int) -> None:
    make(store, HALCYON)
    import_from(store, folder, jobs)
    assert stories_of(store, "halcyon-labs") == 4


@pytest.mark.parametrize("jobs", [0, 2])
def test_what_is_decided_during_an_import_counts_for_what_is_underway(store: Store, folder: Path, jobs: int) -> None:
    results = Importer(store, load_gazetteer(), 1, jobs).run(open_sources([str(folder)], Options(), Limits()))
    next(results)
    make(store, HALCYON)
    for _ in results:
        pass
    assert stories_of(store, "halcyon-labs") == 4
    assert Reanalysis(store, load_gazetteer(), 10).left() == 0


def test_what_is_decided_during_reanalysis_counts(store: Store, folder: Path) -> None:
    import_from(store, folder)
    make(store, HALCYON, at_once=0)
    reanalysis = Reanalysis(store, load_gazetteer(), 2)
    runs = reanalysis.run()
    assert next(runs) == 2
    make(store, retype("halcyon-labs", "company", "Ada"), at_once=0)
    assert sum(runs) == 4
    assert (stories_of(store, "halcyon-labs"), reanalysis.left()) == (4, 0)
    with store.read() as connection:
        assert connection.scalars(select(Entity.kind).where(Entity.slug == "halcyon-labs")).all() == ["company"]


def test_a_decision_on_more_stories_than_fit_leaves_them_to_reanalysis(store: Store, folder: Path, tmp_path: Path) -> None:
    import_from(store, folder)
    make(store, HALCYON)
    merging = merge("halcyon-labs", "openai", "Ada")
    decided = make(store, merging, at_once=3)
    assert (decided.stories, decided.waiting) == (0, 4)
    with store.read() as connection:
        entity = entity_by_slug(connection, "halcyon-labs")
        assert entity is not None and entity.slug == "openai", "the address leads on at once"
    assert sum(Reanalysis(store, load_gazetteer(), 3).run()) == 4
    assert said(store) == as_imported_afresh(folder, tmp_path, [HALCYON, merging])
    with store.read() as connection:
        assert connection.scalars(select(Entity.id).where(Entity.slug == "halcyon-labs")).all() == []


def test_a_preview_counts_and_changes_nothing(store: Store, folder: Path) -> None:
    import_from(store, folder)
    make(store, HALCYON)
    before = generation_of(store), contents(store)
    with store.read() as connection:
        assert preview(connection, load_gazetteer(), merge("halcyon-labs", "openai", "Ada")).stories == 4
        refused = preview(connection, load_gazetteer(), merge("halcyon-labs", "nobody", "Ada"))
    assert refused.reason and "nobody" in refused.reason
    assert (generation_of(store), contents(store)) == before


def test_what_is_refused_is_not_recorded(store: Store, folder: Path) -> None:
    import_from(store, folder)
    before = generation_of(store)
    for decision in (
        accept("OpenAI", "Ada", kind="company"),
        accept("Mistral", "Ada", kind="planet", slug="mistral-planet"),
        merge("openai", "nobody", "Ada"),
        rename("openai", "Mistral AI", "Ada"),
    ):
        with pytest.raises(Refused):
            make(store, decision)
    with store.read() as connection:
        assert generation(connection) == before
        assert connection.execute(select(func.count()).select_from(EntityRedirect)).scalar_one() == 0


def with_proposals(number: int, *proposals: ProposedName):  # type: ignore[no-untyped-def]
    story = make_story(number)
    return replace(story, analysis=replace(story.analysis, proposals=proposals))


def name(text: str, score: float = 0.5, kind: Kind = Kind.COMPANY, evidence: str = "A sentence.") -> ProposedName:
    return ProposedName(text, kind, score, 2, "It has a company's suffix.", evidence)


def test_the_queue_has_each_name_once_and_those_of_most_stories_first(store: Store) -> None:
    store_stories(
        store,
        with_proposals(1, name("Brio Labs", 0.4), name("Zephyr")),
        with_proposals(2, name("Brio labs", 0.9, Kind.LAB, "Brio labs is a laboratory.")),
        with_proposals(3, name("Åse Moe", kind=Kind.PERSON), name("Brio Labs", 0.3)),
    )
    with store.read() as connection:
        rows = proposed(connection, 10)
        assert [(row.key, row.stories, row.mentions) for row in rows] == [
            ("brio labs", 3, 6),
            ("ase moe", 1, 2),
            ("zephyr", 1, 2),
        ]
        assert (rows[0].name, rows[0].kind, rows[0].spellings) == ("Brio labs", Kind.LAB, ("Brio labs", "Brio Labs"))
        assert rows[0].evidence[0].text == "Brio labs is a laboratory." and len(rows[0].evidence) == 3
        paged: list[str] = []
        place: QueuePlace | None = None
        while page := proposed(connection, 1, place):
            paged.append(page[0].key)
            place = QueuePlace.parse(str(page[0].place))
        assert paged == [row.key for row in rows]
        assert count_proposed(connection) == 3
        found = proposed_named(connection, "BRIO  LABS")
        assert found is not None and found.stories == 3 and proposed_named(connection, "nobody") is None


def test_what_was_decided_on_leaves_the_queue_until_it_is_put_back(store: Store) -> None:
    store_stories(store, with_proposals(1, name("Brio Labs"), name("Zephyr")))
    make(store, reject("Brio Labs", "Ada", "A brand of tea."))

    def queue() -> list[str]:
        with store.read() as connection:
            return [row.key for row in proposed(connection, 10)]

    assert queue() == ["zephyr"]
    make(store, reopen("brio labs", "Ada"))
    assert queue() == ["brio labs", "zephyr"]


def test_a_new_revision_replaces_what_a_story_proposes(store: Store) -> None:
    store_stories(store, with_proposals(1, name("Brio Labs"), name("Zephyr")))
    store_stories(store, replace(with_proposals(1, name("Zephyr")), content_sha256="1" * 64))
    with store.read() as connection:
        assert connection.scalars(select(Proposal.name)).all() == ["Zephyr"]
        assert connection.scalars(select(Story.current_revision)).all() == [2]
