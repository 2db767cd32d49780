"""What decisions make of the gazetteer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.curated import CuratedEntities, apply_decisions, history_of, names_of, refusal
from app.domain.curation import Action, Decision, Subject
from app.domain.entities import Alias, Entity, Kind, Relation

NORTH = Entity("north", "North", Kind.COMPANY, (Alias("North Inc"), Alias("Norte", needs=("Lisbon",))))
SOUTH = Entity("south", "South", Kind.LAB, (Alias("South", not_before=("pole",)),), (Relation("parent", "north"),))
ADA = Entity("ada-lane", "Ada Lane", Kind.PERSON, relations=(Relation("member", "south"),), surname="Lane")
ENTITIES = (NORTH, SOUTH, ADA)


def decided(action: Action, about: str, **details: Any) -> Decision:
    subject = Subject.PROPOSAL if action in (Action.ACCEPT, Action.REJECT, Action.REOPEN) else Subject.ENTITY
    return Decision(action, subject, about, "Ada", datetime(2026, 1, 1, tzinfo=UTC), details)


def after(*decisions: Decision) -> CuratedEntities:
    return apply_decisions(ENTITIES, decisions)


ACCEPTED = decided(Action.ACCEPT, "brio", name="Brio", slug="brio", kind="model", aliases=["Brio One"])


def test_without_decisions_nothing_changes() -> None:
    assert after() == CuratedEntities(ENTITIES, {}, frozenset())


def test_an_accepted_name_is_an_entity_until_the_name_is_rejected_or_put_back() -> None:
    brio = after(ACCEPTED).by_slug["brio"]
    assert (brio.kind, names_of(brio)) == (Kind.MODEL, ("Brio", "Brio One"))
    for change in (Action.REJECT, Action.REOPEN):
        left = after(ACCEPTED, decided(change, "brio"))
        assert left.entities == ENTITIES and left.gone == {"brio"}
    again = after(ACCEPTED, decided(Action.REJECT, "brio"), ACCEPTED)
    assert "brio" in again.by_slug


def test_a_name_accepted_at_the_address_of_an_entity_is_another_name_of_it() -> None:
    curated = after(decided(Action.ACCEPT, "northern", name="Northern", slug="north", aliases=[]))
    assert names_of(curated.by_slug["north"]) == ("North", "North Inc", "Norte", "Northern")
    assert len(curated.entities) == 3


def test_a_merged_entity_leaves_its_names_with_their_conditions_its_ties_and_its_address() -> None:
    curated = after(decided(Action.MERGE, "south", into="north"))
    north = curated.by_slug["north"]
    assert north.aliases == (*NORTH.aliases, Alias("South", not_before=("pole",)))
    assert north.relations == (), "it is not its own parent"
    assert curated.by_slug["ada-lane"].relations == (Relation("member", "north"),)
    assert (curated.redirects, curated.gone) == ({"south": "north"}, {"south"})


def test_chains_of_old_addresses_collapse() -> None:
    curated = after(
        decided(Action.RENAME, "south", name="Austral", slug="austral"),
        decided(Action.MERGE, "austral", into="north"),
        decided(Action.RENAME, "north", name="Boreal", slug="boreal"),
    )
    assert curated.redirects == {"south": "boreal", "austral": "boreal", "north": "boreal"}
    assert names_of(curated.by_slug["boreal"]) == ("Boreal", "North Inc", "Norte", "Austral", "South", "North")
    assert curated.by_slug["boreal"].kind is Kind.COMPANY


def test_there_and_back_again_leaves_no_circle() -> None:
    curated = after(
        decided(Action.RENAME, "north", name="Boreal", slug="boreal"),
        decided(Action.RENAME, "boreal", name="North", slug="north"),
    )
    assert (curated.redirects, curated.by_slug["north"].name) == ({"boreal": "north"}, "North")


def test_splitting_off_gives_names_away_and_takes_a_merge_back() -> None:
    merge = decided(Action.MERGE, "south", into="north")
    curated = after(merge, decided(Action.SPLIT, "north", name="South", slug="south", kind="lab", aliases=[]))
    assert names_of(curated.by_slug["north"]) == ("North", "North Inc", "Norte")
    assert curated.by_slug["south"].aliases == (Alias("South", not_before=("pole",)),)
    assert curated.redirects == {} and curated.gone == set()
    to_another = after(decided(Action.SPLIT, "north", name="North Inc", slug="south", aliases=[]))
    assert names_of(to_another.by_slug["south"]) == ("South", "North Inc")


def test_a_renamed_person_keeps_a_surname_only_if_the_name_still_ends_with_it() -> None:
    for name, surname in (("Ada B. Lane", "Lane"), ("Ada Moss", None)):
        curated = after(decided(Action.RENAME, "ada-lane", name=name, slug="ada"))
        assert curated.by_slug["ada"].surname == surname


def test_a_kind_is_changed_and_decisions_on_old_addresses_follow() -> None:
    curated = after(
        decided(Action.RENAME, "south", name="Austral", slug="austral"), decided(Action.RETYPE, "south", kind="institution")
    )
    assert curated.by_slug["austral"].kind is Kind.INSTITUTION


@pytest.mark.parametrize(
    "decision",
    [
        decided(Action.MERGE, "nobody", into="north"),
        decided(Action.MERGE, "north", into="nobody"),
        decided(Action.MERGE, "north", into="north"),
        decided(Action.RENAME, "nobody", name="X", slug="x"),
        decided(Action.RETYPE, "north", kind="planet"),
        decided(Action.ACCEPT, "x", name="X", slug="x", kind="planet", aliases="not a list"),
        decided(Action.ACCEPT, "x"),
        decided(Action.SPLIT, "nobody", name="X", slug="x", kind="lab"),
        decided(Action.CONFIRM, "north"),
    ],
)
def test_a_decision_that_means_nothing_any_more_changes_nothing(decision: Decision) -> None:
    assert after(decision).entities == ENTITIES
    assert after(decision).redirects == {}


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (decided(Action.ACCEPT, "north", name="North", slug="north-2", kind="lab"), "a name of north already"),
        (decided(Action.ACCEPT, "x", name="X  Y", slug="x", kind="lab"), "single spaces"),
        (decided(Action.ACCEPT, "x", name="…", slug="x", kind="lab"), "no letter or digit"),
        (decided(Action.ACCEPT, "x", name="X", slug="X Y", kind="lab"), "is no address"),
        (decided(Action.ACCEPT, "x", name="X", slug="x"), "is no kind"),
        (decided(Action.ACCEPT, "x", name="Suggest", slug="suggest", kind="product"), "another page"),
        (decided(Action.MERGE, "north", into="nobody"), "no entity at 'nobody'"),
        (decided(Action.MERGE, "north", into="north"), "already"),
        (decided(Action.SPLIT, "north", name="North", slug="x", kind="lab"), "rename it first"),
        (decided(Action.SPLIT, "north", name="Norte", slug="north"), "an address of its own"),
        (decided(Action.SPLIT, "north", name="South", slug="x", kind="lab"), "a name of south"),
        (decided(Action.RENAME, "north", name="North", slug="north"), "already"),
        (decided(Action.RENAME, "north", name="Other", slug="south"), "another entity"),
        (decided(Action.RENAME, "north", name="South", slug="x"), "a name of south"),
        (decided(Action.RETYPE, "north", kind="company"), "already"),
        (decided(Action.RETYPE, "nobody", kind="company"), "no entity"),
    ],
)
def test_a_decision_without_sense_is_refused_with_the_reason(decision: Decision, reason: str) -> None:
    assert reason in (refusal(after(), decision) or "")


def test_the_history_of_an_entity_has_what_was_decided_at_its_earlier_addresses() -> None:
    made = [
        ACCEPTED,
        decided(Action.RENAME, "brio", name="Brio Labs", slug="brio-labs"),
        decided(Action.MERGE, "south", into="brio-labs"),
        decided(Action.RETYPE, "north", kind="lab"),
    ]
    assert history_of("brio-labs", made) == made[:3]
    assert history_of("north", made) == made[3:]
