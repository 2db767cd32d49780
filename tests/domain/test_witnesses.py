"""Which tellings are of one event."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

from app.domain.dates import day, month
from app.domain.events import DatedPhrase, Event, EventType, Participant, Role
from app.domain.witnesses import Telling, bucket, same_events


def telling(number: int, start: date, end: date | None = None, *, amount: int | None = None, bucket: str = "b") -> Telling:
    amounts = frozenset({(Decimal(amount), "USD")}) if amount else frozenset()
    return Telling(number, bucket, start, end or start, date(2025, 1, number), f"public-{number}", amounts)


def ids(*tellings: Telling) -> list[tuple[int, ...]]:
    return [tuple(telling.id for telling in group) for group in same_events(tellings)]


JUNE = (date(2025, 6, 1), date(2025, 6, 30))


def test_a_day_within_a_month_is_the_surer_telling_of_one_event() -> None:
    assert ids(telling(1, *JUNE), telling(2, date(2025, 6, 12))) == [(2, 1)]


def test_the_earlier_story_comes_first_when_both_are_as_sure() -> None:
    assert ids(telling(2, date(2025, 6, 12)), telling(1, date(2025, 6, 12))) == [(1, 2)]


def test_two_days_are_two_events() -> None:
    assert ids(telling(1, date(2025, 6, 12)), telling(2, date(2025, 6, 13))) == [(1,), (2,)]


def test_other_sums_in_one_month_are_other_events_but_on_one_day_they_are_a_disagreement() -> None:
    assert ids(telling(1, *JUNE, amount=60), telling(2, *JUNE, amount=600)) == [(1,), (2,)]
    assert ids(telling(1, date(2025, 6, 12), amount=60), telling(2, date(2025, 6, 12), amount=600)) == [(1, 2)]


def test_a_telling_without_a_sum_agrees_with_one_that_has_it() -> None:
    assert ids(telling(1, *JUNE, amount=60), telling(2, *JUNE)) == [(1, 2)]


def test_other_buckets_are_other_events() -> None:
    assert ids(telling(1, date(2025, 6, 12), bucket="a"), telling(2, date(2025, 6, 12))) == [(1,), (2,)]


def test_the_order_of_the_tellings_does_not_matter() -> None:
    tellings = (
        telling(1, *JUNE, amount=60),
        telling(2, date(2025, 6, 12), amount=600),
        telling(3, date(2025, 6, 12)),
        telling(4, date(2025, 6, 20), amount=60),
    )
    assert len({tuple(ids(*order)) for order in permutations(tellings)}) == 1


def event(kind: EventType, when: DatedPhrase | None, *participants: Participant) -> Event:
    return Event("summary", None, 0, when, kind, False, participants, ())


def test_the_two_who_lead_an_event_make_its_bucket() -> None:
    on_day = DatedPhrase(0, 3, "on", day(date(2025, 6, 12)), None, "day")
    in_june = DatedPhrase(0, 3, "in", month(2025, 6), None, "month")
    buyer, bought, bystander = Participant("a", Role.AGENT), Participant("b", Role.OBJECT), Participant("c")
    named = bucket(event(EventType.ACQUISITION, on_day, buyer, bought))
    assert named is not None
    assert named == bucket(event(EventType.ACQUISITION, in_june, bystander, bought, buyer))
    assert named == bucket(event(EventType.ACQUISITION, in_june, Participant("a"), Participant("b")))
    assert named != bucket(event(EventType.LAWSUIT, on_day, buyer, bought))
    assert named != bucket(event(EventType.ACQUISITION, on_day, buyer, bystander))


def test_too_little_known_makes_no_bucket() -> None:
    two = (Participant("a"), Participant("b"))
    on_day = DatedPhrase(0, 3, "on", day(date(2025, 6, 12)), None, "day")
    assert bucket(event(EventType.OTHER, on_day, *two)) is None
    assert bucket(event(EventType.LAUNCH, on_day, two[0])) is None
    assert bucket(event(EventType.LAUNCH, None, *two)) is None
