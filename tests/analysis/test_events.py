"""From a document to its events: which date, what kind, who."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.analysis.events.modality import is_planned
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
        # The nearest noun or a longer verb would say otherwise.
        ("OpenAI postponed the release of its open model on 11 July 2025.", EventType.OTHER),
        ("OpenAI delayed the launch of GPT-6 until March 2026.", EventType.LAUNCH),
        ("Lip-Bu Tan took over in March 2025.", EventType.HIRING),
        ("Meta took over Manus in March 2025.", EventType.ACQUISITION),
        ("Apple lost its head of models, Ruoming Pang, in July 2025.", EventType.DEPARTURE),
        ("The White House accused firms of copying models in April 2025.", EventType.STATEMENT),
        ("Getty Images lost most of its case in London on 4 November 2025.", EventType.RULING),
        ("It is the case that Getty Images brought against it in 2023.", EventType.LAWSUIT),
        ("The lawsuit, filed in August 2025 in San Francisco, says ChatGPT coached him.", EventType.LAWSUIT),
        ("The trial has no end in sight; a ruling is expected in March 2026.", EventType.RULING),
        ("Staff sought to unionise in May 2025 over a contract with the army.", EventType.OTHER),
        ("The cuts take effect on 15 January 2026.", EventType.OTHER),
        ("The rules take effect on 15 January 2026.", EventType.REGULATION),
    ],
)
def test_what_kind_of_event_a_sentence_tells(sentence: str, expected: EventType) -> None:
    (event,) = events((sentence,))
    assert event.type is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Meta put out the weights of Llama 3.1 on 23 July 2024.", True),
        ("OpenAI released gpt-oss, its first open-weight models since GPT-2, in August 2025.", True),
        ("DeepSeek-R1 appeared on 20 January 2025 under the MIT licence.", True),
        ("Mistral AI released Mixtral in December 2023 with downloadable weights.", True),
        ("xAI open-sourced Grok-1 on 17 March 2024.", True),
        ("Alibaba released Qwen3, an open-source model, on 28 April 2025.", True),
        ("Meta released Llama 3, whose weights anyone can download, on 18 April 2024.", True),
        ("Alibaba released Qwen3 on 28 April 2025 under the Apache 2.0 license.", True),
        ("OpenAI plans to release an open-weight model in the summer of 2026.", True),
        ("Google launched Gemini 3 on 18 November 2025 without publishing the weights.", False),
        ("Google launched Gemini 3 on 18 November 2025 behind an API only.", False),
        ("OpenAI released GPT-4, a proprietary model, on 14 March 2023.", False),
        ("OpenAI launched GPT-5 on 7 August 2025 as a closed-source model.", False),
        ("OpenAI released GPT-4 on 14 March 2023, but not the weights.", False),
        ("Google released Gemini 3, which is not an open-weight model, on 18 November 2025.", False),
        ("Alibaba released Qwen3 on 28 April 2025, no longer a closed model.", True),
        ("Mistral AI released Mixtral in December 2023 as an open-weight alternative to proprietary models.", True),
        ("Google launched Gemini 3 on 18 November 2025.", None),
        ("Google launched Gemini 3 on 18 November 2025 as a rival to the open-weight Llama 4.", None),
        ("Google launched Gemini 3 on 18 November 2025, while Llama 4 is open-weight.", None),
        ("Google launched Gemini 3 on 18 November 2025 through its API.", None),
        ("Anthropic launched Claude 3 in March 2024, days after it had closed a round.", None),
        ("OpenAI launched a closed beta of Sora in February 2024.", None),
        ("OpenAI released Codex, an open-source coding tool, on 16 April 2025.", None),
        ("OpenAI open-sourced its Swarm framework on 11 October 2024.", None),
        ("OpenAI launched GPT-5 on 7 August 2025 and promised to publish the weights of an older model.", None),
        ("Alibaba released the small Qwen3 as an open-weight model on 28 April 2025 and kept the large one closed.", None),
        ("Nvidia launched a chip for open-weight models on 5 March 2025.", None),
        ("Weights & Biases launched Weave in April 2024.", None),
        ("MIT researchers released a model with Nvidia in May 2024.", None),
        ("Meta acquired Manus, a maker of open-weight models, in December 2025.", None),
        ("Hugging Face launched SmolVLA, a small open model, on 3 June 2025.", True),
        ("Zhipu AI open-sourced GLM-4.5 on 28 July 2025.", True),
        ("OpenAI's first open-weight model in years, gpt-oss, was released on 5 August 2025.", True),
        ("DeepSeek released DeepSeek-R1 on 5 May 2025 under the MIT licence.", True),
        ("DeepSeek released DeepSeek-R1 for developers on 5 May 2025 under the MIT licence.", True),
        ("Moonshot AI released Kimi K2 in July 2025 as open source.", True),
        ("Nvidia released an open-source library for models in March 2025.", None),
        ("Anthropic launched Claude 3 with a proprietary chip and a new model in March 2024.", None),
        ("OpenAI released GPT-4 on 14 March 2023 and kept the weights to itself.", False),
        ("Epoch AI published an index of open-weight models in March 2025.", None),
        ("Google launched Gemini 3 on 18 November 2025, and will open the weights later.", None),
        ("Google launched Gemini 3 on 18 November 2025 only through its API.", False),
        ("Google launched Gemini 3 on 18 November 2025 for users of its closed models.", None),
        ("xAI released Grok-1 on 17 March 2024, and the weights are not available.", False),
        ("Mistral AI released Mistral Large on 26 February 2024, its first model whose weights are not public.", False),
    ],
)
def test_whether_a_sentence_says_that_what_comes_out_has_open_weights(sentence: str, expected: bool | None) -> None:
    (event,) = events((sentence,))
    assert event.open_weights is expected


def test_each_of_two_releases_has_the_weights_that_its_own_clause_tells() -> None:
    told = events(
        ("Alibaba released Qwen3 on 28 April 2025, and Google launched its closed model Gemini 3 on 18 November 2025.",)
    )
    assert [event.open_weights for event in told] == [None, False]


def test_who_takes_part_and_how_much() -> None:
    (event,) = events(("Amazon said on 25 September 2023 that it will invest up to $4 billion in Anthropic.",))
    assert [slug for slug, _ in event.participants] == ["amazon", "anthropic"]
    assert [(amount.value, amount.currency) for amount in event.amounts] == [(Decimal(4_000_000_000), "USD")]


@pytest.mark.parametrize(
    ("sentence", "kind", "roles"),
    [
        # Who makes it is told by another verb than when it comes out.
        (
            "Apple is building an assistant called Siri, slated for release in June 2026.",
            "release",
            {"apple": "agent", "siri": "object"},
        ),
        ("Apple is testing Siri, which is due out in June 2026.", "release", {"apple": "agent", "siri": "object"}),
        ("Siri, which Apple is building, is expected to launch in June 2026.", "launch", {"apple": "agent", "siri": "object"}),
        (
            "Apple is building a phone while Amazon plans to launch Alexa in June 2026.",
            "launch",
            {"amazon": "agent", "alexa": "object"},
        ),
        # A noun tells it.
        ("Apple's launch of Siri in October 2011 pleased few.", "launch", {"apple": "agent", "siri": "object"}),
        ("The launch of Siri in October 2011 brought Apple new customers.", "launch", {"apple": "agent", "siri": "object"}),
        ("The launch of Siri's successor in October 2025 disappointed many.", "launch", {"siri": "participant"}),
        # What is popular, used or described does not come out.
        ("Demand for open-source tools rose in May 2025 with the success of Grok.", "other", {"grok": "participant"}),
        ("A shop in Oslo, built on Grok, hired two people in May 2025.", "hiring", {}),
        ("The market appeared calm in May 2025, with Grok in the news.", "other", {"grok": "participant"}),
    ],
)
def test_who_brings_out_what_and_what_does_not_come_out(sentence: str, kind: str, roles: dict[str, str]) -> None:
    (event,) = events((sentence,))
    assert event.type.value == kind
    assert {slug: role.value for slug, role in event.participants} == roles


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        (
            "Nvidia reported revenue of $57.0 billion on 19 November 2025, which is 62 percent more than a year earlier.",
            ["2025-11-19"],
        ),
        ("Revenue at Nvidia fell 12% in November 2025 from a year earlier.", ["2025-11"]),
        ("Anthropic's revenue passed $9 billion in November 2025, up from $1 billion a year earlier.", ["2025-11"]),
        ("Microsoft spent $80 billion in October 2025, compared with $55 billion in 2024.", ["2025-10"]),
        ("Nvidia raised its prices by 5% from 1 May 2025.", ["2025-05-01"]),
        ("More than a year ago, in May 2024, Scale AI raised $1 billion.", ["2024-05"]),
        ("The judge dismissed xAI's suit, but gave it until 17 October 2025 to file again.", []),
        ("Microsoft has rights to the models until 2032.", []),
        ("Ilya Sutskever had considered ousting Sam Altman before November 2023.", []),
    ],
)
def test_a_time_to_which_something_is_compared_or_that_was_only_weighed_is_no_event(sentence: str, dates: list[str]) -> None:
    assert [event.interval.edtf for event in events((sentence,)) if event.interval] == dates


@pytest.mark.parametrize(
    ("sentence", "slugs", "sums"),
    [
        ("Databricks raised more than $4 billion on 9 December 2025.", {"databricks"}, [4_000_000_000]),
        ("Meta spent 40% more than $50 billion in October 2025.", {"meta"}, []),
        (
            "Safe Superintelligence, the start-up Ilya Sutskever co-founded after leaving OpenAI, raised $1 billion in May 2025.",
            {"safe-superintelligence"},
            [1_000_000_000],
        ),
        ("Mistral AI, a company founded by former Meta staff, raised €600 million in June 2024.", {"mistral-ai"}, [600_000_000]),
        ("Nvidia and its partner Merrin-Webb sued Perplexity in June 2025.", {"nvidia", "perplexity"}, []),
        ("Judges questioned firms, among them Alphabet, Meta and OpenAI, in June 2025.", {"alphabet", "meta", "openai"}, []),
    ],
)
def test_what_describes_a_name_or_stands_before_a_sum_hides_neither(sentence: str, slugs: set[str], sums: list[int]) -> None:
    (event,) = events((sentence,))
    assert {slug for slug, _ in event.participants} >= slugs
    assert [amount.value for amount in event.amounts] == sums


@pytest.mark.parametrize(
    ("first", "again", "told"),
    [
        # With its own timeline a document tells much twice; the sentence that names more is kept.
        ("OpenAI was sued on 8 December 2025.", "8 December 2025: The New York Times sued OpenAI.", [1]),
        ("Anthropic raised $13 billion in September 2025.", "September 2025: Anthropic raises $13 billion from Iconiq.", [1]),
        ("Anthropic raised $13 billion in September 2025.", "In September 2025 Anthropic raised another $2 billion.", [0, 1]),
        ("Google launched Bard in March 2023.", "In March 2023 Google launched Imagen.", [0, 1]),
        ("Anthropic sued xAI on 8 December 2025.", "Meta sued OpenAI on 8 December 2025.", [0, 1]),
    ],
)
def test_what_a_summary_tells_twice_is_one_event(first: str, again: str, told: list[int]) -> None:
    assert [event.sentence for event in events((first,), (again,))] == told


def test_what_a_clause_tells_beside_a_dated_one_has_not_its_date() -> None:
    orders, release = events(("Orders soared in May 2025 after xAI released Grok 3.",))
    assert (orders.type, orders.interval and orders.interval.edtf) == (EventType.OTHER, "2025-05")
    assert (release.type, release.interval) == (EventType.RELEASE, None)
    assert {slug: role.value for slug, role in release.participants} == {"xai": "agent", "grok-3": "object"}


def test_every_date_of_a_sentence_is_an_event_once() -> None:
    told = events(("After May 2023 and before June 2024, again in May 2023, it grew.",))
    assert [event.phrase.interval.edtf for event in told if event.phrase.interval] == ["2023-05", "2024-06"]


def test_what_lies_after_the_publication_is_planned() -> None:
    past, future = events(("It opened on 1 December 2025.", "It will close in spring 2026."))
    assert (past.planned, future.planned) == (False, True)


@pytest.mark.parametrize(
    "words",
    [
        "will open", "shall open", "would open", "is expected to open", "expects to open", "is due to open", "is slated for it",
        "is scheduled for it", "is set to open", "plans to open", "planned it", "is planning to open", "aims to open",
        "intends to open", "is to open", "are to open", "opens it by the end of it", "is going to open", "hopes to open",
        "is about to open", "prepares to open", "is preparing to open", "pledged to open", "targets it", "targeted it",
        "is in talks", "considers it", "is considering it", "weighs it", "is weighing it", "explores it", "is exploring it",
        "seeks it", "is seeking it", "wants to open", "is close to it", "nears it", "is nearing it", "opens over the next days",
        "is expected in May", "WILL open",
    ],
)  # fmt: skip
def test_what_is_planned_is_told_by_many_words(words: str) -> None:
    assert is_planned(f"The lab {words}.", None, None)
    assert not is_planned("The lab opened.", None, None)


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


def test_who_takes_part_is_told_in_every_sentence_of_a_source() -> None:
    text = "OpenAI released GPT-5 in August. Microsoft sued OpenAI on 3 November 2025. Meta bought Scale AI."
    found = [event for event in events(("Nothing happened.",), source=text) if event.part == "source"]
    assert [[slug for slug, _ in event.participants] for event in found] == [
        ["openai", "gpt-5"],
        ["microsoft", "openai"],
        ["meta", "scale-ai"],
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
