"""The data files of the gazetteer: every line is checked, so that a slip in one of them is found here and not on a page."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from app.analysis.aliases import recognise
from app.analysis.gazetteer import RELATIONS, Gazetteer, load_gazetteer
from app.domain.entities import Alias, Kind

FILES = sorted(
    (file for file in files("app.analysis").joinpath("data/gazetteer").iterdir() if file.name.endswith(".toml")), key=str
)
KEYS = {"name", "description", "aliases", "kind", "surname", "wikidata", "url", *RELATIONS}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_there_are_at_least_six_hundred_entities_of_every_kind(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.entities) >= 600
    assert {entity.kind for entity in gazetteer.entities} == set(Kind)


def test_slugs_are_unique_and_plain(gazetteer: Gazetteer) -> None:
    counts = Counter(entity.slug for entity in gazetteer.entities)
    assert [slug for slug, count in counts.items() if count > 1] == []
    assert [slug for slug in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_names_are_unique(gazetteer: Gazetteer) -> None:
    counts = Counter(entity.name for entity in gazetteer.entities)
    assert [name for name, count in counts.items() if count > 1] == []


def test_a_name_that_two_entities_share_counts_for_each_only_under_conditions(gazetteer: Gazetteer) -> None:
    unguarded = {
        name: [entity.slug for entity, _ in owners]
        for name, owners in gazetteer.names.items()
        if len(owners) > 1 and any(not alias.needs for _, alias in owners)
    }
    assert unguarded == {}


def test_relations_lead_to_entities_and_end_after_they_begin(gazetteer: Gazetteer) -> None:
    relations = [(entity.slug, relation) for entity in gazetteer.entities for relation in entity.relations]
    assert [(slug, tie.target) for slug, tie in relations if tie.target not in gazetteer.by_slug or tie.target == slug] == []
    assert [(slug, tie) for slug, tie in relations if tie.since and tie.until and tie.until <= tie.since] == []


def test_people_have_at_least_two_names(gazetteer: Gazetteer) -> None:
    people = [entity for entity in gazetteer.entities if entity.kind is Kind.PERSON]
    assert [person.slug for person in people if " " not in person.name] == []
    assert [person.slug for person in people if person.surname and person.surname not in person.name] == []


def test_everything_is_described_in_a_few_words_without_a_full_stop(gazetteer: Gazetteer) -> None:
    wrong = [
        entity.slug
        for entity in gazetteer.entities
        if not entity.description or len(entity.description) > 100 or entity.description.endswith(".")
    ]
    assert wrong == []


def test_no_alias_repeats_another_one_or_the_name(gazetteer: Gazetteer) -> None:
    for entity in gazetteer.entities:
        names = [alias.name for alias in entity.aliases]
        assert len(names) == len(set(names)), entity.slug
        for alias in entity.aliases:
            assert alias != Alias(entity.name), entity.slug
            assert alias.name not in alias.needs, f"{entity.slug}: {alias.name} is its own condition"
            assert all(word == word.lower() for word in (*alias.not_before, *alias.not_after, *alias.unless)), entity.slug


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_has_only_keys_that_are_read(file: object) -> None:
    data = tomllib.loads(file.read_text("utf-8"))  # type: ignore[attr-defined]
    assert set(data) == {"kind", "entity"}
    for slug, line in data["entity"].items():
        assert set(line) <= KEYS, slug
        for alias in line.get("aliases", ()):
            assert isinstance(alias, str) or set(alias) <= {
                "name",
                "not_before",
                "not_after",
                "needs",
                "alone",
                "given",
                "unless",
            }, slug


def test_every_full_name_is_recognised_where_its_conditions_are_met(gazetteer: Gazetteer) -> None:
    lost = []
    for entity in gazetteer.entities:
        needs = next((alias.needs for alias in entity.aliases if alias.name == entity.name), ())
        for other in (*needs, None):
            texts = [f"We saw {entity.name}.", f"And {other}."]
            if entity.slug in {mention.slug for mention in recognise(gazetteer, texts)[0]}:
                break
        else:
            lost.append(entity.slug)
    assert lost == []
