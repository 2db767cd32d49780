"""Finding names: whole words, versions, spellings and the conditions under which a name counts."""

from __future__ import annotations

import pytest

from app.analysis.aliases import recognise
from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.domain.entities import Alias, Entity, Kind, Mention, Relation


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def found(gazetteer: Gazetteer, *texts: str) -> list[tuple[str, str]]:
    """What the first text mentions, as words and slug."""
    return [(mention.text, mention.slug) for mention in recognise(gazetteer, texts)[0]]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("a Qwen3-based model", [("Qwen3", "qwen3")]),
        ("OpenAI's GPT-4o and GPT-4", [("OpenAI", "openai"), ("GPT-4o", "gpt-4o"), ("GPT-4", "gpt-4")]),
        ("OpenAI’s plan", [("OpenAI", "openai")]),
        ("Nvidia sold H100s.", [("Nvidia", "nvidia"), ("H100", "h100")]),
        ("Meta offers Llama 3.1, not Llama 3.", [("Meta", "meta"), ("Llama 3.1", "llama-3-1"), ("Llama 3", "llama-3")]),
        ("the H1000 and XH100", []),
        ("metaverse, Metaphor, OpenAIs", []),
        ("阿里巴巴的Qwen3模型", [("Qwen3", "qwen3")]),
        ("Google DeepMind", [("Google DeepMind", "google-deepmind")]),
    ],
)
def test_a_name_counts_as_a_whole_word_and_the_longest_wins(
    gazetteer: Gazetteer, text: str, mentions: list[tuple[str, str]]
) -> None:
    assert found(gazetteer, text) == mentions


@pytest.mark.parametrize("spelling", ["Llama 4", "Llama-4", "Llama4", "Llama\u00a04", "Llama\u20114"])
def test_a_models_number_may_be_written_in_several_ways(gazetteer: Gazetteer, spelling: str) -> None:
    assert found(gazetteer, f"They tried {spelling} first.") == [(spelling, "llama-4")]


@pytest.mark.parametrize(
    ("text", "slug"), [("Qwen97.5", "qwen"), ("Qwen-97", "qwen"), ("Gemma 97", "gemma"), ("Gemma 3.97", "gemma")]
)
def test_a_version_that_nobody_listed_belongs_to_its_family(gazetteer: Gazetteer, text: str, slug: str) -> None:
    (mention,) = recognise(gazetteer, [f"Now {text} is out."])[0]
    assert mention.slug == slug
    assert text.startswith(mention.text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("gpt-97.5", "gpt"), ("claude-opus-97", "claude"), ("qwen97-max", "qwen"), ("GPT-97", "gpt"), ("Claude-97", "claude")],
)
def test_a_version_says_which_family_is_meant_even_in_lower_case(gazetteer: Gazetteer, text: str, slug: str) -> None:
    assert [mention[1] for mention in found(gazetteer, f"They tried {text} first.")] == [slug]


@pytest.mark.parametrize("text", ["iPhones", "H100s", "two Xeons"])
def test_things_have_a_plural(gazetteer: Gazetteer, text: str) -> None:
    assert len(found(gazetteer, f"They bought {text}.")) == 1


def test_a_name_that_must_stand_alone_may_follow_other_words(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "The Supreme Court ruled. In Congress, US Congress") == [
        ("Supreme Court", "us-supreme-court"),
        ("Congress", "us-congress"),
        ("US Congress", "us-congress"),
    ]


def test_offsets_are_characters_of_the_text_as_it_was_given(gazetteer: Gazetteer) -> None:
    text = "Ünïcödé 😀 — d’accord: Scale\u00a0AI und 通义 Qwen"
    for mention in recognise(gazetteer, [text])[0]:
        assert text[mention.start : mention.end] == mention.text
    assert found(gazetteer, text) == [("Scale\u00a0AI", "scale-ai"), ("Qwen", "qwen")]


@pytest.mark.parametrize(
    "text",
    [
        "a Meta-analysis of trials",
        "The Amazon rainforest burns.",
        "An Apple pie",
        "He broke his Arm in May",
        "A fair price for fair work",
        "Claude Monet painted it for Claude Shannon.",
        "Gemini is a sign of the zodiac.",
        "the bard and the Bard",
        "models of low perplexity cohere",
        "at Scale",
        "X marks the spot",
        "o1 and o3",
        "The Solar System",
        "Dennis O'Dell and Sean O’Dell",
        "Google+ and Disney+",
        "the Michigan Supreme Court and the African National Congress",
        "released under the MIT License, MIT-licensed",
        "PyTorch Geometric",
        "It costs gpt and claude, in lower case",
        "X-ray pictures",
    ],
)
def test_words_that_only_look_like_a_name_are_left_alone(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize(
    ("text", "elsewhere", "slug"),
    [
        ("Scale lost a customer.", "Scale AI labels data.", "scale-ai"),
        ("They moved to FAIR.", "Meta has a research group.", "fair"),
        ("Gemini got better.", "Google said so.", "gemini"),
        ("Gemini got better.", "Google DeepMind said so.", "gemini"),
        ("Claude wrote it.", "Anthropic confirmed it.", "claude"),
        ("They posted it on X.", "Elon Musk saw it.", "x-corp"),
        ("Cursor grows.", "It is an AI code editor.", "cursor"),
        ("Harvey grows.", "Lawyers use legal AI.", "harvey"),
        ("Runway grows.", "It makes video models.", "runway"),
        ("Only o1 knew.", "OpenAI trained it.", "o1"),
    ],
)
def test_a_name_that_needs_another_one_counts_only_beside_it(gazetteer: Gazetteer, text: str, elsewhere: str, slug: str) -> None:
    assert found(gazetteer, text, "Nothing of the kind.") == []
    assert [mention[1] for mention in found(gazetteer, text, elsewhere)] == [slug]


@pytest.mark.parametrize(
    ("slug", "other", "same"),
    [
        (
            "gemini",
            "ChatGPT told those born in June that Gemini is their sign of the zodiac.",
            "ChatGPT and Gemini told those born in June the same.",
        ),
        ("gemini", "OpenAI paid in bitcoin through Gemini.", "OpenAI lost customers to Gemini."),
        ("gemini", "Google has read that Gemini, a constellation, rises late.", "Google's Gemini names every constellation."),
        ("llama", "The zoo told Meta that Llama and goat get along.", "A farm in Peru told Meta that it uses Llama."),
        ("phi", "Phi Beta Kappa elected nine students.", "Phi runs on a telephone."),
        ("bard", "A graduate of Bard College joined Google.", "A graduate joined Google to work on Bard."),
        ("ernie", "Bert and Ernie left Sesame Street, said Baidu.", "Ernie left the laboratory, said Baidu."),
        ("siri", "The novelist Siri Hustvedt read in Oslo.", "The Norwegian of Siri is good."),
        ("manus", "Refugees were held on Manus.", "Travellers book with Manus."),
        ("mistral-ai", "Mistral and other winds dry the Rhône's banks.", "Mistral and other companies hire in Lyon."),
        ("amazon", "Loggers went deeper into the Amazon.", "Drivers left Amazon."),
    ],
)
def test_what_a_sentence_is_about_tells_a_name_from_its_namesake(gazetteer: Gazetteer, slug: str, other: str, same: str) -> None:
    assert slug not in [mention[1] for mention in found(gazetteer, other)]
    assert slug in [mention[1] for mention in found(gazetteer, same)]


def test_a_namesake_in_a_document_takes_the_name_from_a_thing_whose_maker_it_does_not_name(gazetteer: Gazetteer) -> None:
    exchange = "The Winklevoss brothers own Gemini. OpenAI does not."
    assert "gemini" not in [mention[1] for mention in found(gazetteer, "Gemini fell by a tenth.", exchange)]
    assert "gemini" in [mention[1] for mention in found(gazetteer, "Gemini got better.", exchange, "Google said so.")]


def test_a_name_is_found_where_it_stands_in_its_text_and_never_across_two(gazetteer: Gazetteer) -> None:
    assert gazetteer.find(["", "Google", "DeepMind’s model, called GPT", "-5 by OpenAI", "’Dell, OpenAI"]) == [
        [],
        [(0, 6, "Google")],
        [(0, 8, "DeepMind"), (25, 28, "GPT")],
        [(6, 12, "OpenAI")],
        [(1, 5, "Dell"), (7, 13, "OpenAI")],
    ]


@pytest.mark.parametrize("text", ["", "\ud800 OpenAI \udfff", "\x00" * 50, "GPT-" * 5000, "(" * 5000 + "Meta" + ")" * 5000])
def test_hostile_text_is_read_like_any_other(gazetteer: Gazetteer, text: str) -> None:
    for mention in recognise(gazetteer, [text, text])[0]:
        assert text[mention.start : mention.end] == mention.text


def test_an_entity_that_is_written_like_another_is_told_by_its_conditions() -> None:
    gazetteer = Gazetteer(
        (
            Entity("mercury-lab", "Mercury Lab", Kind.LAB, (Alias("Mercury", needs=("Mercury Lab",)),)),
            Entity("mercury-bank", "Mercury Bank", Kind.COMPANY, (Alias("Mercury", needs=("Mercury Bank",)),)),
        )
    )
    assert found(gazetteer, "Mercury grew.", "Mercury Bank opened.") == [("Mercury", "mercury-bank")]
    assert found(gazetteer, "Mercury grew.", "Mercury Bank opened.", "Mercury Lab closed.") == []


def test_the_rule_says_whether_it_was_the_name_or_an_alias(gazetteer: Gazetteer) -> None:
    assert recognise(gazetteer, ["AWS"])[0] == [Mention("amazon-web-services", 0, 3, "AWS", "alias")]
    assert recognise(gazetteer, ["Anthropic"])[0] == [Mention("anthropic", 0, 9, "Anthropic", "name")]


def test_ties_carry_the_days_on_which_they_began_and_ended(gazetteer: Gazetteer) -> None:
    ties = gazetteer.by_slug["google-deepmind"].relations
    assert [(tie.target, str(tie.since), str(tie.until)) for tie in ties if tie.kind == "parent"] == [
        ("alphabet", "2015-10-02", "2023-04-20"),
        ("google", "2023-04-20", "None"),
    ]
    assert Relation("family", "qwen") in gazetteer.by_slug["qwen3"].relations


@pytest.mark.parametrize(
    ("slug", "kind", "target", "since"),
    [
        ("facebook", "maker", "meta", "2021-10-28"),
        ("x-corp", "parent", "xai", "2025-03-28"),
        ("scale-ai", "stake", "meta", "2025-06-12"),
        ("whatsapp", "maker", "meta", "2014-10-06"),
    ],
)
def test_what_belongs_to_whom_since_when(gazetteer: Gazetteer, slug: str, kind: str, target: str, since: str) -> None:
    assert [str(tie.since) for tie in gazetteer.by_slug[slug].relations if (tie.kind, tie.target) == (kind, target)] == [since]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Qianwen, Alibaba", "qwen"),
        ("Tongyi by Alibaba", "qwen"),
        ("通义千问", "qwen"),
        ("Tongyi Lab of Alibaba", "tongyi-lab"),
        ("Twitter", "x-corp"),
    ],
)
def test_other_spellings_and_former_names(gazetteer: Gazetteer, text: str, slug: str) -> None:
    assert found(gazetteer, text)[0][1] == slug
