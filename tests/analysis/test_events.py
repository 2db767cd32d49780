"""From a document to its events: which date, what kind, who."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.analysis.gazetteer import load_gazetteer
from app.analysis.salience import ABOUT
from app.analysis.stories import analyse
from app.domain.dates import day, parse_edtf
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Published, Sentence, Title
from app.domain.events import Event, EventType


def document(
    *paragraphs: tuple[str, ...], published: str | None = "2025-12-11", dek: str = "", source: str = ""
) -> ParsedDocument:
    return ParsedDocument(
        format="text-dump",
        variant="B",
        title=Title("A title"),
        published=Published(parse_edtf(published), "option") if published else None,
        dek=(Sentence(dek),) if dek else (),
        paragraphs=tuple(Paragraph(tuple(Sentence(text, (Citation(1),)) for text in texts)) for texts in paragraphs),
        sources=(ParsedSource(1, "A source", source, published=day(date(2025, 12, 1))),) if source else (),
    )


def events(*paragraphs: tuple[str, ...], **options: str | None) -> list[Event]:
    return list(analyse(document(*paragraphs, **options), load_gazetteer()).events)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("OpenAI released GPT-4 on 14 March 2023.", EventType.RELEASE),
        ("Google launched Bard in March 2023.", EventType.LAUNCH),
        ("Anthropic raised $13 billion in September 2025.", EventType.FUNDING),
        ("Cognition agreed to acquire Windsurf on 14 July 2025.", EventType.ACQUISITION),
        ("The New York Times sued OpenAI on 27 December 2023.", EventType.LAWSUIT),
        ("Judge William Alsup ruled on 23 June 2025 that it was fair use.", EventType.RULING),
        ("Ilya Sutskever left OpenAI in May 2024.", EventType.DEPARTURE),
        ("Microsoft hired Mustafa Suleyman on 19 March 2024.", EventType.HIRING),
        ("Meta laid off 600 people on 22 October 2025.", EventType.LAYOFF),
        ("Nvidia reported revenue of $57.0 billion on 19 November 2025.", EventType.RESULTS),
        ("The governor vetoed the bill on 29 September 2024.", EventType.REGULATION),
        ("It rained on 3 May 2024.", EventType.OTHER),
    ],
)
def test_what_kind_of_event_a_sentence_tells(sentence: str, expected: EventType) -> None:
    (event,) = events((sentence,))
    assert event.type is expected


def test_who_takes_part_and_how_much() -> None:
    (event,) = events(("Amazon said on 25 September 2023 that it will invest up to $4 billion in Anthropic.",))
    assert [slug for slug, _ in event.participants] == ["amazon", "anthropic"]
    assert [(amount.value, amount.currency) for amount in event.amounts] == [(Decimal(4_000_000_000), "USD")]


def test_every_date_of_a_sentence_is_an_event_once() -> None:
    told = events(("After May 2023 and before June 2024, again in May 2023, it grew.",))
    assert [event.phrase.interval.edtf for event in told if event.phrase.interval] == ["2023-05", "2024-06"]


def test_what_lies_after_the_publication_is_planned() -> None:
    past, future = events(("It opened on 1 December 2025.", "It will close in spring 2026."))
    assert (past.planned, future.planned) == (False, True)


def test_without_a_date_of_publication_relative_dates_are_no_events() -> None:
    assert events(("OpenAI released it last month.", "It will close next spring."), published=None) == []
    told = events(("OpenAI released it last month.",), published="2025-12-11")
    assert [event.phrase.interval.edtf for event in told if event.phrase.interval] == ["2025-11"]


def test_a_date_leans_on_the_sentence_before_it_but_not_on_another_paragraph() -> None:
    together = events(("Meta cut 600 jobs in October 2025.", "Yann LeCun left a month later."))
    apart = events(("Meta cut 600 jobs in October 2025.",), ("Yann LeCun left a month later.",))
    assert [event.phrase.interval.edtf for event in together if event.phrase.interval] == ["2025-10", "2025-11"]
    assert [(event.phrase.text, event.interval and event.interval.edtf) for event in apart if event.phrase] == [
        ("October 2025", "2025-10"),
        ("a month later", None),
    ]


def test_sentences_are_counted_through_all_paragraphs() -> None:
    told = events(("No date here.", "It opened in May 2024."), ("It closed in June 2024.",))
    assert [(event.part, event.sentence) for event in told] == [("summary", 1), ("summary", 2)]


def test_the_dek_tells_only_what_the_summary_does_not() -> None:
    told = events(("It opened in May 2024.",), dek="It opened in May 2024 and closed in June 2024.")
    assert [(event.part, event.phrase.text) for event in told] == [("summary", "May 2024"), ("dek", "June 2024")]


def test_a_source_is_read_against_its_own_date() -> None:
    told = events(("Nothing dated.",), source="OpenAI released it last month.")
    assert [(event.part, event.number, event.phrase.interval.edtf) for event in told if event.phrase.interval] == [
        ("source", 1, "2025-11")
    ]


def test_a_story_is_about_what_leads_it_and_mentions_the_rest() -> None:
    story = document(
        ("OpenAI released a model.", "OpenAI did not say more."),
        ("It works.", "It is small."),
        ("Nvidia supplied the chips.", "Nothing else is known."),
        dek="OpenAI has a new model.",
    )
    analysis = analyse(story, load_gazetteer())
    assert analysis.about == {"openai"}
    assert set(analysis.salience) == {"openai", "nvidia"}
    assert analysis.salience["openai"] >= ABOUT > analysis.salience["nvidia"]
