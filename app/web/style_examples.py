"""Fixed examples for the style page: what templates are given, made up, without a store.

They are made by the same functions as what real pages show, from rows as the store would give them. Outlets, names and events
are invented.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.domain.dates import Interval, approximately, between, day, month, not_before, parse_edtf, part
from app.domain.findings import FindingKind, FindingState, Strength
from app.domain.stories import StoryFeatures
from app.store.entities import EntityRow, MonthRow
from app.store.events import AmountRow, CitedSource, EventRow, Participant, ToldEvent
from app.store.findings import FindingRow
from app.store.stories import StorySummary
from app.store.story import CitationRow, SourceRow
from app.store.timelines import Cursor, TimelineRow
from app.web.findings_view import DecisionView, FindingView, Segment, finding_view
from app.web.histogram import Histogram, histogram
from app.web.parameters import TimelineParameters
from app.web.sparkline import Sparkline, sparkline
from app.web.story_view import SourcePassage, SourceView
from app.web.threads import Surroundings
from app.web.timeline_filters import ChipView, ChoiceView, FieldView, Own
from app.web.timeline_rows import GroupView, grouped
from app.web.timeline_view import MoreView, TimelineView

HALCYON = EntityRow(1, "halcyon-labs", "Halcyon Labs", "company", "An invented laboratory", None, None, 128, 64)
OKAFOR = EntityRow(2, "ines-okafor", "Ines Okafor", "person", "Invented chief of it", None, None, 31, 12)
ROVER = EntityRow(3, "rover-4", "Rover 4", "model", None, None, None, 9, 7)
PATH = "/about/style"


@dataclass(frozen=True, slots=True)
class StyleView:
    """The style page: examples by component."""

    stories: tuple[StorySummary, ...]
    entities: tuple[EntityRow, ...]
    citations: tuple[CitationRow, ...]
    sources: tuple[SourceView, ...]
    around: Surroundings
    findings: tuple[FindingView, ...]
    timeline: TimelineView
    lanes: TimelineView
    activity: Sparkline
    quiet: Sparkline
    dates: tuple[Interval, ...]


def style_view() -> StyleView:
    """All examples."""
    return StyleView(
        stories=(_STORY, _DERIVED, _UNDATED),
        entities=(HALCYON, OKAFOR, ROVER),
        citations=(CitationRow(1, 1, False, False), CitationRow(2, 2, True, False), CitationRow(3, 3, False, True)),
        sources=_SOURCES,
        around=Surroundings(_CHAPTERS[1], _CHAPTERS, (), True),
        findings=tuple(_findings()),
        timeline=_timeline(grouped(_rows())),
        lanes=_timeline(grouped(_rows()[:5], _LANES), own=Own(lanes=(HALCYON, OKAFOR))),
        activity=_activity([1, 0, 3, 2, 5, 8, 4, 0, 2, 6, 12, 7]),
        quiet=_activity([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]),
        dates=tuple(parse_edtf(edtf) for edtf in _DATES),
    )


_DATES = (
    "2025-11-18",
    "2025-11",
    "2026-21",
    "2025-35",
    "2025-40",
    "2025",
    "202X",
    "2025-07~",
    "2025-05-19/2025-05-20",
    "../2025-12-04",
)


def _story(number: int, title: str, dek: str, edtf: str | None = "2025-11-18", derived: str | None = None) -> StorySummary:
    published = parse_edtf(edtf).sort_date if edtf else None
    slug = title.lower().replace(" ", "-")
    return StorySummary(number, f"0example{number:02d}", slug, title, derived, dek, edtf, published, 3, "companies", "Companies")


_STORY = _story(
    1,
    "Halcyon Labs turns to closed models",
    "The laboratory will sell Rover 4, says its new chief; the weights stay in the house.",
)
_DERIVED = _story(2, "Turbines for a data centre", "Halcyon Labs buys turbines.", "2025-10", "dek")
_UNDATED = _story(3, "What nobody dated", "When this was published is not known.", None)


_CHAPTERS = tuple(
    StoryFeatures(story.id, story.public_id, story.slug, story.title, story.dek, story.sort_date, {})
    for story in (_DERIVED, _STORY, _UNDATED)
)


def _source(number: int, title: str, url: str | None, outlet: str | None, author: str | None) -> SourceRow:
    slug = outlet.lower().replace(" ", "-") if outlet else None
    return SourceRow(number, number, title, url, author, "2025-11-17" if author else None, "", slug, outlet)


#: A source with passages that were used, one with the beginning of its text and nothing used, one that is not cited.
_SOURCES = (
    SourceView(
        source=_source(1, "Halcyon Labs makes a turn", "https://wire.example/turn", "The Sample Wire", "A. Invented"),
        published=day(date(2025, 11, 17)),
        passages=(
            SourcePassage("The laboratory will sell its next model and keep the weights.", ("s1",)),
            SourcePassage("Okafor said so to her staff.", ("s2", "s3")),
        ),
        further=2,
        text=(),
        shortened=False,
        cited=3,
        inferred=1,
        used=42,
    ),
    SourceView(
        source=_source(2, "Weights stay in the house", None, "Compute Desk", None),
        published=None,
        passages=(),
        further=0,
        text=(Segment("Nothing of this text stands behind the summary; ", False), Segment("this would be marked", True)),
        shortened=True,
        cited=1,
        inferred=0,
        used=0,
    ),
    SourceView(
        source=_source(3, "A source of nobody", None, None, None),
        published=None,
        passages=(),
        further=0,
        text=(),
        shortened=False,
        cited=0,
        inferred=0,
        used=None,
    ),
)


def _event(
    number: int,
    when: Interval,
    sentence: str,
    event_type: str = "launch",
    *,
    planned: bool = False,
    anchor: str | None = None,
    amounts: tuple[AmountRow, ...] = (),
    witnesses: tuple[ToldEvent, ...] = (),
) -> TimelineRow:
    event = EventRow(
        id=number,
        public_id=f"0event{number:04d}",
        edtf=when.edtf,
        type=event_type,
        planned=planned,
        reported=False,
        phrase="last month" if anchor else "",
        anchor_edtf=anchor,
        sentence_id=number,
        sentence=sentence,
        sentence_part="summary",
        sentence_position=number,
        participants=(
            Participant("halcyon-labs", "Halcyon Labs", "company", "agent"),
            Participant("rover-4", "Rover 4", "model", "object"),
        ),
        amounts=amounts,
        sources=(
            CitedSource(1, False, "A turn", "the-sample-wire", "The Sample Wire"),
            CitedSource(2, False, "Weights", None, "Compute Desk"),
        ),
    )
    return TimelineRow(Cursor(when.sort_date, "event", number), _STORY, event, witnesses)


def _rows() -> list[TimelineRow]:
    """A row of each kind, newest first."""
    told = _event(
        90,
        day(date(2025, 11, 19)),
        "Halcyon Labs raised $2.5 billion on Wednesday.",
        amounts=(AmountRow(Decimal(2_500_000_000), "USD"),),
    )
    assert told.event is not None
    return [
        _event(1, not_before(date(2026, 12, 4)), "The duties will not apply before 4 December 2026.", "regulation", planned=True),
        _event(2, part(2026, 21), "Rover 5 is planned for the spring.", planned=True),
        _event(3, day(date(2025, 12, 2)), "Halcyon Labs will open its laboratory in Lyon on 2 December.", planned=True),
        _event(
            4,
            day(date(2025, 11, 18)),
            "Halcyon Labs raised $2 billion from three funds.",
            "funding",
            amounts=(AmountRow(Decimal(2_000_000_000), "USD"), AmountRow(Decimal(150_000_000), "EUR")),
            witnesses=(ToldEvent(_DERIVED, told.event),),
        ),
        TimelineRow(Cursor(date(2025, 11, 18), "story", 1), _STORY, None),
        _event(5, day(date(2025, 11, 3)), "Ines Okafor became its chief on 3 November.", "hiring"),
        TimelineRow(Cursor(date(2025, 10, 1), "story", 2), _DERIVED, None),
        _event(6, month(2025, 10), "Last month it stopped publishing weights.", "statement", anchor="2025-11-18"),
        _event(7, approximately(month(2025, 7)), "Around July it began to train Rover 4."),
        _event(8, between(day(date(2025, 5, 19)), day(date(2025, 5, 20))), "It met its suppliers on 19 and 20 May.", "other"),
    ]


_LANES = {row.cursor: lanes for row, lanes in zip(_rows(), ((1,), (2,), (1, 2), (1,), (2,)), strict=False)}


def _timeline(
    groups: tuple[GroupView, ...],
    *,
    own: Own = Own(),  # noqa: B008
) -> TimelineView:
    return TimelineView(
        path=PATH,
        own=own,
        parameters=TimelineParameters(),
        groups=groups,
        continued=False,
        more=MoreView(PATH, PATH, None, "Earlier entries") if own.lanes is None else None,
        back_url=PATH,
        total=1284,
        histogram=_histogram(),
        wider=(ChipView("the whole time", PATH),),
        order=(ChipView("newest first", ""), ChipView("oldest first", PATH)),
        chosen=(ChipView("Launch", PATH), ChipView("since 1 June 2025", PATH)),
        names=(),
        also=(ChipView("Ines Okafor", PATH, 31), ChipView("Rover 4", PATH, 9)),
        fields=(
            FieldView(
                "type",
                "What happened",
                (ChoiceView("launch", "Launch", 412, True), ChoiceView("funding", "Funding", 1204, False)),
            ),
        ),
        undated=(_UNDATED,),
        unknown=(),
    )


def _histogram() -> Histogram | None:
    first = date(2024, 1, 15)
    by_day = Counter({first + timedelta(days=23 * step): 1 + (step * 7) % 11 for step in range(30)})
    return histogram(by_day, lambda start, end: f"{PATH}?from={start}&to={end}", (date(2024, 9, 1), date(2025, 6, 30)))


def _activity(counts: list[int]) -> Sparkline:
    months = [date(2025, number, 1) for number in range(1, 13)]
    rows = [MonthRow(month, count, 0) for month, count in zip(months, counts, strict=True) if count]
    return sparkline(rows, months[0], months[-1])


def _findings() -> list[FindingView]:
    """A finding of every look: each shape, strong and weak, with and without an answer, decided and open."""
    figure = _finding(
        1, FindingKind.VALUE, "$60 billion", "$600 billion", "The company put $600 billion into it over three years."
    )
    return [
        figure,
        _finding(2, FindingKind.ELSEWHERE, "in Lyon", None, "The laboratory opens in Lyon.", strength=Strength.WEAK),
        _finding(3, FindingKind.COVERAGE, "and to train it there", None, "The laboratory opens in Lyon."),
        _finding(4, FindingKind.UNSUPPORTED, "in Lyon", None, None),
        _finding(5, FindingKind.QUOTE, "“a fresh start”", "“a new start”", "Okafor called it “a new start”."),
        replace(figure, decision=DecisionView("confirmed", date(2025, 12, 1), "The source is right.")),
        replace(figure, passage=(), hidden=True),
    ]


_SENTENCE = "Halcyon Labs put $60 billion into a laboratory in Lyon, “a fresh start”, and to train it there."


def _finding(
    number: int,
    kind: FindingKind,
    words: str,
    source_words: str | None,
    passage: str | None,
    *,
    strength: Strength = Strength.STRONG,
) -> FindingView:
    start = _SENTENCE.index(words)
    found = passage.index(source_words) if passage and source_words else None
    row = FindingRow(
        id=number,
        public_id=f"0finding{number:02d}",
        kind=kind,
        strength=strength,
        state=FindingState.OPEN,
        reason="The summary and its source do not say the same.",
        start=start,
        end=start + len(words),
        source_start=found,
        source_end=found + len(source_words) if found is not None and source_words else None,
        passage_start=0 if passage else None,
        passage_end=len(passage) if passage else None,
        sort_date=date(2025, 11, 18),
        sentence_id=number,
        sentence=_SENTENCE,
        part="summary",
        position=number,
        source_id=1,
        source_number=2,
        source_title="A turn",
        source_url="https://wire.example/turn",
        passage=passage,
        source_words=source_words,
        outlet_slug="the-sample-wire",
        outlet_name="The Sample Wire",
        story_public_id=_STORY.public_id,
        story_slug=_STORY.slug,
        story_title=_STORY.title,
        story_updated_at=datetime(2025, 11, 18, tzinfo=UTC),
    )
    return finding_view(row, (), "excerpt")
