"""Verdicts and findings in the store: kept with the story, decided on for good, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.domain.curation import Action, Decision, Subject
from app.domain.findings import FindingState, Strength, Verdict
from app.domain.stories import AnalysedStory
from app.store import finding_decisions, finding_states, rollups
from app.store.check_rows import public_id
from app.store.curation import decisions, record
from app.store.engine import Store
from app.store.findings import (
    FindingFilter,
    FindingRow,
    Place,
    counts,
    entity_share,
    finding,
    findings,
    named_most,
    outlet_share,
    story_checks,
    story_findings,
    verdicts,
)
from app.store.generation import generation
from app.store.schema import Entity, Outlet, OutletVerdict
from app.store.story import finding_was_in
from tests.support.findings import ELSEWHERE, FIGURE, PLEDGE, QUOTATION, checked_story
from tests.support.stories import make_story, store_stories

FIRST = date(2025, 12, 11)


def decide(store: Store, public_id: str, action: Action, note: str | None = None) -> bool:
    with store.write() as connection:
        made = Decision(action, Subject.FINDING, public_id, "Ada", datetime(2025, 12, 20, tzinfo=UTC), note=note)
        return finding_decisions.decide(connection, made)


def state_of(store: Store, public_id: str) -> FindingState | None:
    with store.read() as connection:
        row = finding(connection, public_id)
    return row.state if row else None


def with_sentence(story: AnalysedStory, title: str) -> AnalysedStory:
    """The next revision of a story: another title, the same sentences."""
    document = replace(story.document, title=replace(story.document.title, text=title))
    return replace(story, document=document, content_sha256=title.encode().hex().ljust(64, "0")[:64])


def test_a_checked_story_is_read_back_with_verdicts_passages_and_findings(store: Store) -> None:
    story = checked_story(1)
    store_stories(store, story)
    with store.read() as connection:
        checks = story_checks(connection, story.public_id)
        rows = story_findings(connection, story.public_id)
        by_id = verdicts(connection, [*checks, 10_000])
    assert [check.verdict for check in checks.values()] == [check.verdict for check in story.analysis.checks]
    assert by_id == {sentence_id: check.verdict for sentence_id, check in checks.items()}
    assert [[passage.text for passage in check.evidence] for check in checks.values()] == [
        [passage.text for passage in check.evidence] for check in story.analysis.checks
    ]
    figure = next(row for row in rows if row.kind == FIGURE.kind)
    assert (figure.sentence, figure.sentence[figure.start : figure.end]) == (PLEDGE, "$60 billion")
    assert (figure.source_number, figure.source_words, figure.outlet_name) == (2, "$600 billion", "Example Business Daily")
    assert figure.passage is not None and figure.passage.startswith("Halcyon told its bankers")
    assert [row.kind for row in rows] == [FIGURE.kind, QUOTATION.kind, ELSEWHERE.kind]


def test_the_same_finding_in_two_stories_and_the_same_sentence_twice_in_one(store: Store) -> None:
    one, other = checked_story(1), checked_story(2)
    checks = (*one.analysis.checks[:2], *one.analysis.checks[2:3], replace(one.analysis.checks[2], index=2))
    twice = replace(one, analysis=replace(one.analysis, checks=checks))
    store_stories(store, twice, other)
    with store.read() as connection:
        ids = [row.public_id for row in findings(connection, FindingFilter(), 100)]
    assert len(ids) == len(set(ids)) == 4
    assert {public_id(one.public_id, FIGURE), public_id(other.public_id, FIGURE)} <= set(ids)


def test_a_decision_outlives_the_next_revision_and_the_last_one_counts(store: Store) -> None:
    story = checked_story(1)
    store_stories(store, story)
    figure = public_id(story.public_id, FIGURE)
    with store.read() as connection:
        before = generation(connection)
    assert decide(store, figure, Action.DISMISS, "No matter.")
    with store.read() as connection:
        assert generation(connection) > before
    assert state_of(store, figure) is FindingState.DISMISSED
    store_stories(store, with_sentence(story, "Another title"))
    assert state_of(store, figure) is FindingState.DISMISSED
    assert decide(store, figure, Action.REOPEN)
    assert decide(store, figure, Action.CONFIRM)
    store_stories(store, with_sentence(story, "A third title"))
    assert state_of(store, figure) is FindingState.CONFIRMED
    with store.read() as connection:
        assert [made.action for made in decisions(connection, Subject.FINDING)] == [
            Action.DISMISS,
            Action.REOPEN,
            Action.CONFIRM,
        ]


def test_decisions_that_come_from_elsewhere_are_settled(store: Store) -> None:
    story = checked_story(1)
    store_stories(store, story)
    figure = public_id(story.public_id, FIGURE)
    with store.write() as connection:
        record(connection, [Decision(Action.CORRECT, Subject.FINDING, figure, "Ada", datetime(2025, 12, 20, tzinfo=UTC))])
        finding_states.settle(connection)
    assert state_of(store, figure) is FindingState.CORRECTED


def test_nothing_is_decided_on_what_is_not_there_or_cannot_be(store: Store) -> None:
    assert not decide(store, "nosuchid00", Action.CONFIRM)
    with pytest.raises(ValueError, match="no decision"):
        decide(store, "nosuchid00", Action.MERGE)
    with store.read() as connection:
        assert decisions(connection) == []


def test_a_finding_that_a_new_revision_takes_away_is_remembered_until_it_is_back(store: Store) -> None:
    story = checked_story(1)
    figure = public_id(story.public_id, FIGURE)
    store_stories(store, story)
    store_stories(store, with_sentence(checked_story(1, figure=None), "Mended"))
    with store.read() as connection:
        assert finding(connection, figure) is None
        gone = finding_was_in(connection, figure)
        assert gone is not None and gone.public_id == story.public_id
        assert finding_was_in(connection, "nosuchid00") is None
    store_stories(store, with_sentence(story, "Broken again"))
    with store.read() as connection:
        assert finding(connection, figure) is not None
        assert finding_was_in(connection, figure) is None


def all_pages(store: Store, filters: FindingFilter, size: int) -> list[FindingRow]:
    found: list[FindingRow] = []
    after: Place | None = None
    with store.read() as connection:
        while page := findings(connection, filters, size, after):
            found += page
            after = Place.parse(str(Place(page[-1].strength, page[-1].sort_date, page[-1].id)))
    return found


def ids(rows: Sequence[FindingRow]) -> list[str]:
    return [row.public_id for row in rows]


def test_pages_of_a_list_are_the_list_strong_first_then_newest_then_undated(store: Store) -> None:
    dated = [checked_story(number, published=FIRST - timedelta(days=number // 2)) for number in range(7)]
    store_stories(store, *dated, checked_story(50, published=None))
    with store.read() as connection:
        whole = findings(connection, FindingFilter(), 1000)
    assert len(whole) == 24
    order = [(list(Strength).index(row.strength), row.sort_date is None, -(row.sort_date or FIRST).toordinal()) for row in whole]
    assert order == sorted(order)
    for size in (1, 3, 16):
        assert ids(all_pages(store, FindingFilter(), size)) == ids(whole)


def test_filters_and_their_counts_agree(store: Store) -> None:
    store_stories(
        store,
        checked_story(1, outlet="Example Business Daily", category="Technology"),
        checked_story(2, outlet="The Other Paper", category="Policy and Regulation", published=date(2024, 1, 1)),
        make_story(9),
    )
    decide(store, public_id(checked_story(1).public_id, FIGURE), Action.DISMISS)
    with store.read() as connection:
        outlet_id = connection.execute(select(Outlet.id).where(Outlet.slug == "the-other-paper")).scalar_one()
        entity_id = connection.execute(select(Entity.id).where(Entity.slug == "halcyon-labs")).scalar_one()
        rover = connection.execute(select(Entity.id).where(Entity.slug == "rover-4")).scalar_one()
        sizes = {}
        for name, filters in {
            "all": FindingFilter(),
            "dismissed": FindingFilter(states=(FindingState.DISMISSED,)),
            "figures": FindingFilter(kinds=("value",)),
            "weak": FindingFilter(strengths=("weak",)),
            "outlet": FindingFilter(outlet_ids=(outlet_id,)),
            "entity": FindingFilter(entities=((entity_id, rover),)),
            "another entity": FindingFilter(entities=((entity_id,), (rover,))),
            "since": FindingFilter(first=date(2025, 1, 1)),
            "until": FindingFilter(last=date(2025, 1, 1)),
        }.items():
            rows = findings(connection, filters, 100)
            assert sum(count.findings for count in counts(connection, filters)) == len(rows), name
            sizes[name] = len(rows)
        entities, outlets = named_most(connection, FindingFilter(), 5)
    assert sizes == {
        "all": 5,
        "dismissed": 1,
        "figures": 1,
        "weak": 2,
        "outlet": 2,
        "entity": 5,
        "another entity": 0,
        "since": 2,
        "until": 3,
    }
    assert [(row.slug, row.findings) for row in entities] == [("halcyon-labs", 5), ("ines-okafor", 5)]
    assert [(row.slug, row.findings) for row in outlets] == [
        ("the-other-paper", 2),
        ("the-sample-wire", 2),
        ("example-business-daily", 1),
    ]


def test_shares_of_supported_sentences_follow_the_stories(store: Store) -> None:
    def shares() -> tuple[tuple[int, int], ...]:
        with store.read() as connection:
            entity_id = connection.execute(select(Entity.id).where(Entity.slug == "halcyon-labs")).scalar_one()
            outlet_id = connection.execute(select(Outlet.id).where(Outlet.slug == "the-sample-wire")).scalar_one()
            assert rollups.differences(connection) == []
            return entity_share(connection, entity_id), outlet_share(connection, outlet_id)

    story = checked_story(1)
    store_stories(store, story, checked_story(2))
    assert shares() == ((2, 8), (2, 6))
    checks = list(story.analysis.checks)
    checks[1] = replace(checks[1], verdict=Verdict.UNCHECKED, reason="No text.")
    changed = with_sentence(replace(story, analysis=replace(story.analysis, checks=tuple(checks))), "Another")
    store_stories(store, changed)
    assert shares() == ((1, 7), (1, 5))


def test_counts_that_went_wrong_are_told(store: Store) -> None:
    store_stories(store, checked_story(1))
    with store.write() as connection:
        connection.execute(update(OutletVerdict).values(sentences=OutletVerdict.sentences + 1))
    with store.read() as connection:
        told = rollups.differences(connection)
    assert told and all(line.startswith("outlet_verdicts") for line in told)


def test_what_is_dismissed_counts_nowhere_until_it_is_reopened(store: Store) -> None:
    def of_sentences() -> list[tuple[Verdict, str | None]]:
        with store.read() as connection:
            assert rollups.differences(connection) == []
            entity_id = connection.execute(select(Entity.id).where(Entity.slug == "halcyon-labs")).scalar_one()
            shares.append(entity_share(connection, entity_id))
            return [(check.verdict, check.reason) for check in story_checks(connection, story.public_id).values()][1:]

    shares: list[tuple[int, int]] = []
    story = checked_story(1)
    store_stories(store, story)
    as_found = of_sentences()
    figure, elsewhere = (public_id(story.public_id, one) for one in (FIGURE, ELSEWHERE))
    decide(store, figure, Action.DISMISS)
    decide(store, elsewhere, Action.DISMISS)
    aside = (Verdict.UNCHECKED, "A curator set aside what was found.")
    assert of_sentences() == [as_found[0], aside, as_found[2], aside]
    store_stories(store, with_sentence(story, "Another title"))
    assert of_sentences() == [as_found[0], aside, as_found[2], aside], "a new revision keeps it"
    decide(store, figure, Action.CONFIRM)
    assert of_sentences() == [as_found[0], as_found[1], as_found[2], aside]
    decide(store, elsewhere, Action.REOPEN)
    assert of_sentences() == as_found
    assert shares == [(1, 4), (1, 2), (1, 2), (1, 3), (1, 4)]
