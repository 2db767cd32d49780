"""Who is meant in a document: through the public function, on texts of our own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.analysis.aliases import recognise
from app.analysis.gazetteer import load_gazetteer


def found(*texts: str) -> list[tuple[str, str]]:
    """What is recognised in the texts of one document: (slug, words), in order."""
    return [(mention.slug, mention.text) for mentions in recognise(load_gazetteer(), texts) for mention in mentions]


def slugs(*texts: str) -> list[str]:
    return [slug for slug, _ in found(*texts)]


def test_offsets_are_those_of_the_text() -> None:
    text = "„Ünïcode“ before: OpenAI’s Sam Altman, and 中文 after Nvidia."
    for mention in recognise(load_gazetteer(), [text])[0]:
        assert text[mention.start : mention.end] == mention.text
    assert slugs(text) == ["openai", "sam-altman", "nvidia"]


def test_the_longest_name_wins() -> None:
    assert slugs("Google DeepMind is not Google.") == ["google-deepmind", "google"]
    assert slugs("Claude 3.5 Sonnet by Anthropic") == ["claude-3-5-sonnet", "anthropic"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Qwen3-based app", ["qwen3"]),
        ("OpenAI's and Meta’s models", ["openai", "meta"]),
        ("a cluster of H100s", ["h100"]),
        ("Nvidia Corp. and Alibaba Group Holding Ltd. reported", ["nvidia", "alibaba"]),
        ("GPT-4o, not GPT-4", ["gpt-4o", "gpt-4"]),
        ("the Facebook parent said", ["meta"]),
        ("The maker of ChatGPT sued the company behind Claude.", ["openai", "anthropic"]),
        ("the parent of YouTube and DeepMind’s parent", ["google", "google"]),
    ],
)
def test_how_names_stand_in_sentences(text: str, expected: list[str]) -> None:
    assert slugs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The metaverse needs a meta-analysis.",
        "They scale up at a large scale, which is fair.",
        "Scale matters.",
        "A Gemini is born in June.",
        "Claude Monet painted water lilies, and Claude Shannon did not.",
        "The Amazon rainforest burns.",
        "An apple pie and an avocado.",
        "The bard sang of llamas.",
        "It is bound to cohere, to the perplexity of some.",
        "OpenAInt, Nvidiax and xNvidia are nobody.",
        "She broke her arm and an oracle had foreseen it.",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert slugs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Claude Lelouch films with AI.",
        "Claude Bourdin said that AI is a fad. Claude left.",
        "The painter Claude, long dead, would not have liked AI.",
        "Claude Shannon was modest. Claude never saw a chatbot.",
        "Claude Bourdin-Roy, who sells wine, fears AI.",
        "Claude left the room.",
    ],
)
def test_claude_is_somebody_where_the_words_beside_it_say_so(text: str) -> None:
    assert slugs(text) == []


@pytest.mark.parametrize(
    "text", ["The chatbot Claude answered.", "Schools let Claude mark essays; AI does it well.", "LLMs: Claude Fable is out."]
)
def test_claude_is_the_model_where_a_document_is_about_such(text: str) -> None:
    assert slugs(text) == ["claude"]


def test_claude_is_the_model_beside_a_person_of_that_name_where_its_maker_is_named() -> None:
    assert slugs("Claude Monet painted.", "Anthropic says that Claude paints.") == ["anthropic", "claude"]


def test_a_name_that_needs_company_counts_only_in_it() -> None:
    assert "scale-ai" in slugs("Scale AI was paid well.", "Scale labels data.")
    assert slugs("Gemini answers.", "Google made it.") == ["gemini", "google"]


def test_a_surname_counts_in_every_text_once_the_full_name_is_in_one() -> None:
    assert found("Huang spoke first.", "Later Jensen Huang left.") == [
        ("jensen-huang", "Huang"),
        ("jensen-huang", "Jensen Huang"),
    ]
    assert slugs("Huang spoke.") == []


def test_a_surname_that_two_people_share_stays_unresolved() -> None:
    text = "Dario Amodei and Daniela Amodei founded it. Amodei said so."
    assert slugs(text) == ["dario-amodei", "daniela-amodei"]


def test_a_surname_in_somebody_elses_name_is_not_him() -> None:
    assert slugs("Sam Altman was there.", "His brother Jack Altman invests.") == ["sam-altman"]
    assert slugs("Sam Altman was there.", "When Altman left, chief executive Altman smiled.") == ["sam-altman"] * 3


def test_an_acronym_in_parentheses_counts_from_then_on() -> None:
    texts = ("Safe Superintelligence (SSI) was founded by Ilya Sutskever.", "SSI has few employees.")
    assert slugs(*texts).count("safe-superintelligence") >= 2


def test_mentions_do_not_overlap_and_are_in_order() -> None:
    text = "Meta Superintelligence Labs at Meta hired Alexandr Wang of Scale AI; Wang leads MSL. Llama 4 Maverick and Llama 3.1 405B."
    mentions = recognise(load_gazetteer(), [text])[0]
    assert mentions
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize("text", ["", " ", "\x00", "(" * 10_000, "OpenAI" * 5_000, "Sam " * 20_000, "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 OpenAI"])
def test_any_text_is_read(text: str) -> None:
    for mention in recognise(load_gazetteer(), [text])[0]:
        assert text[mention.start : mention.end] == mention.text
