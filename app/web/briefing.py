"""The front page as a briefing: the newest day and its week, who is in the news, threads, findings, anniversaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Connection, select

from app.domain.dates import month_before, parse_edtf
from app.domain.findings import Strength
from app.domain.stories import StoryFeatures
from app.store import briefing
from app.store.briefing import ActiveEntity, EarlierRow, active_entities, count_between, earlier_years, stories_between
from app.store.findings import FindingFilter, findings
from app.store.listings import CountedRow, categories
from app.store.schema import StoreState
from app.store.stories import StoreSize, StorySummary, newest_stories, store_size, undated_stories
from app.web import words
from app.web.findings_view import FindingView, SourceText, finding_views
from app.web.sparkline import Sparkline, common_span, sparkline
from app.web.threads import Surroundings, surroundings

#: Stories of the newest day and of the six days before it that are shown.
OF_THE_DAY, OF_THE_WEEK = 6, 14
#: Where a week has fewer stories than this, those before it follow.
SPARSE = 8
#: Stories at least that the newest month must have to be compared for itself; else it is the newest three months.
ENOUGH_FOR_A_MONTH = 30
ACTIVE, THREADS, FINDINGS, YEARS = 8, 4, 4, 8
#: So many days from today's date in an earlier year still count as "around this day".
AROUND = 3
#: Of the newest stories so many are followed to their threads.
_FOLLOWED = 6
#: A thread whose first chapter is not older is new.
_NEW = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class DayView:
    """The stories of one day; ``total`` is how many there are."""

    day: date
    stories: tuple[StorySummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ActiveView:
    """An entity beside what is usual for it."""

    entity: ActiveEntity
    usual: str
    line: Sparkline


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread that the newest stories go on with."""

    first: StoryFeatures
    newest: StoryFeatures
    chapters: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Briefing:
    """The front page."""

    newest: DayView | None
    """``None`` where no story has a date."""
    week: tuple[DayView, ...]
    """The six days before the newest, those that have stories."""
    week_first: date | None
    week_total: int
    before: tuple[StorySummary, ...]
    """The newest stories before that week, where it has few."""
    undated: tuple[StorySummary, ...]
    """Stories without a date, where no story has one."""
    active: tuple[ActiveView, ...]
    active_months: str
    """The months in which activity is counted, in words."""
    threads: tuple[ThreadView, ...]
    findings: tuple[FindingView, ...]
    earlier: tuple[EarlierRow, ...]
    on_the_day: bool
    """Whether all of ``earlier`` is of exactly this day of the year."""
    categories: tuple[CountedRow, ...]
    size: StoreSize
    has_sample: bool


def front_page(connection: Connection, source_text: SourceText) -> Briefing:
    """The briefing of the store as it is."""
    day = briefing.newest_day(connection)
    newest, week, before = _days(connection, day) if day else (None, (), ())
    week_first = day - timedelta(days=6) if day else None
    active, months = _active(connection, day) if day else ((), "")
    strong = findings(connection, FindingFilter(strengths=(Strength.STRONG,)), FINDINGS)
    earlier = earlier_years(connection, day, YEARS, AROUND) if day else ()
    followed = [story for view in (newest, *week) if view for story in view.stories] + list(before)
    return Briefing(
        newest=newest,
        week=week,
        week_first=week_first,
        week_total=count_between(connection, week_first, day) if day and week_first else 0,
        before=before,
        undated=() if day else undated_stories(connection, OF_THE_WEEK),
        active=active,
        active_months=months,
        threads=_threads(connection, followed[:_FOLLOWED]),
        findings=finding_views(connection, strong, source_text),
        earlier=earlier,
        on_the_day=all(day and (row.day.month, row.day.day) == (day.month, day.day) for row in earlier),
        categories=categories(connection),
        size=store_size(connection),
        has_sample=connection.execute(select(StoreState.sample_imported_at)).scalar_one() is not None,
    )


def _days(connection: Connection, day: date) -> tuple[DayView, tuple[DayView, ...], tuple[StorySummary, ...]]:
    of_day = stories_between(connection, day, day, OF_THE_DAY)
    newest = DayView(day, of_day, count_between(connection, day, day))
    one = timedelta(days=1)
    of_week = stories_between(connection, day - timedelta(days=6), day - one, OF_THE_WEEK)
    week = tuple(_day(at, tuple(group)) for at, group in groupby(of_week, key=lambda story: story.sort_date))
    shown = len(of_day) + len(of_week)
    before: tuple[StorySummary, ...] = ()
    if shown < SPARSE:
        seen = {story.id for story in (*of_day, *of_week)}
        newest_of_all = newest_stories(connection, SPARSE + 2 + len(seen))
        before = tuple(story for story in newest_of_all if story.id not in seen)[: SPARSE + 2 - shown]
    return newest, week, before


def _day(at: date | None, stories: tuple[StorySummary, ...]) -> DayView:
    assert at is not None, "stories of a week have a day"
    return DayView(at, stories, len(stories))


def _active(connection: Connection, day: date) -> tuple[tuple[ActiveView, ...], str]:
    of_month = count_between(connection, day.replace(day=1), day)
    months = 1 if of_month >= ENOUGH_FOR_A_MONTH else 3
    found = active_entities(connection, day, months, ACTIVE)
    span = common_span(entity.months for entity in found)
    if span is None:
        return (), ""
    said = words.interval(parse_edtf(f"{month_before(day, months - 1):%Y-%m}/{day:%Y-%m}"))
    return tuple(ActiveView(one, words.decimal(one.usual), sparkline(one.months, *span)) for one in found), said


def _threads(connection: Connection, stories: Sequence[StorySummary]) -> tuple[ThreadView, ...]:
    """The threads of these stories, new ones first."""
    found: dict[int, ThreadView] = {}
    followed: set[int] = set()
    for story in stories:
        if story.id in followed:
            continue
        around = surroundings(connection, story.public_id)
        if around is None or len(around.thread) < 2:
            continue
        followed.update(chapter.id for chapter in around.thread)
        found.setdefault(around.thread[0].id, _thread(around))
    return tuple(sorted(found.values(), key=lambda thread: not thread.is_new)[:THREADS])


def _thread(around: Surroundings) -> ThreadView:
    first, newest = around.thread[0], around.thread[-1]
    is_new = bool(first.day and newest.day and newest.day - first.day <= _NEW)
    return ThreadView(first, newest, len(around.thread), is_new)
