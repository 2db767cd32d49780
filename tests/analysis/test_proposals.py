"""Names that the gazetteer lacks: what is proposed, as what, and above all what is not."""

from __future__ import annotations

import pytest

from app.analysis.aliases import recognise
from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.proposals import CANDIDATE, PROPOSED, Texts, find_candidates, propose
from app.analysis.stories import analyse
from app.domain.documents import Paragraph, ParsedDocument, ParsedSource, Sentence, Title
from app.domain.entities import Alias, Entity, Kind, ProposedName


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(
        (
            Entity("borealis", "Borealis", Kind.COMPANY, (Alias("Northlight", needs=("Aurora",)),)),
            Entity("ada-quill", "Ada Quill", Kind.PERSON),
            Entity("nordchat", "NordChat", Kind.PRODUCT),
        )
    )


def proposed(
    gazetteer: Gazetteer,
    *summary: str,
    title: str = "What happened",
    sources: tuple[str, ...] = (),
    own_names: tuple[str, ...] = (),
) -> dict[str, ProposedName]:
    texts = [title, *summary]
    found = recognise(gazetteer, [*texts, *sources])
    names = propose(gazetteer, Texts(texts, found[: len(texts)]), Texts(sources, found[len(texts) :]), own_names)
    return {name.name: name for name in names}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The job went to chief executive Jane Roebuck in May.", "Jane Roebuck", Kind.PERSON),
        ("Later Tomasz Wyrzyk, a professor at the school, left.", "Tomasz Wyrzyk", Kind.PERSON),
        ("It was found by Kees van der Zwaan and colleagues.", "Kees van der Zwaan", Kind.PERSON),
        ("The money went to the startup Zephyrine last week.", "Zephyrine", Kind.COMPANY),
        ("They bought Quantrell Labs for a billion.", "Quantrell Labs", Kind.LAB),
        ("The deal with Orbweave AI was signed.", "Orbweave AI", Kind.COMPANY),
        ("It was led by Tallgrass Ventures last week.", "Tallgrass Ventures", Kind.INVESTOR),
        ("The study by researchers at Umber Valley University was short.", "Umber Valley University", Kind.INSTITUTION),
        ("They asked the Institute of Slow Machines for advice.", "Institute of Slow Machines", Kind.INSTITUTION),
        ("Borealis’s new model Tundra-7B is small.", "Tundra-7B", Kind.MODEL),
        ("They compared it with Tundra 3.5, a language model.", "Tundra 3.5", Kind.MODEL),
        ("They use a chatbot called Pebblino at work.", "Pebblino", Kind.PRODUCT),
        ("They all use Borealis Composer at work.", "Borealis Composer", Kind.PRODUCT),
        ("Senators passed the Careful Machines Act in May.", "Careful Machines Act", Kind.LAW),
    ],
)
def test_a_new_name_is_proposed_with_its_kind(gazetteer: Gazetteer, sentence: str, name: str, kind: Kind) -> None:
    found = proposed(gazetteer, sentence)
    assert {name: proposal.kind for name, proposal in found.items()} == {name: kind}
    assert found[name].evidence == sentence
    assert PROPOSED <= found[name].score <= 1
    assert found[name].mentions == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Regulators met. Nobody came.",
        "Borealis hired Ada Quill on Monday in March.",
        "Quill said so, and Ms Quill left.",
        "The chief executive of the startup in Paris, France, is Chinese.",
        "Under the United Kingdom and New York it rained in South Korea.",
        "“Training is over,” said the CEO. “Models are cheap.”",
        "An American company of San Francisco in the Middle East sold GPUs and APIs.",
        "The startup Northlight needs its guard, and a borealis is a light.",
        "In Q3 2025 AI and IT grew by 3.5 percent.",
        "Chapter 3 has 12 pages, Section 4 has 7.",
        "They sold Borealis GPUs for the Borealis API and a Python LLM in YAML.",
        "Its NordChat software is from 2022.",
    ],
)
def test_other_words_with_capitals_are_not(gazetteer: Gazetteer, sentence: str) -> None:
    assert proposed(gazetteer, sentence) == {}


def test_a_title_in_which_every_word_has_a_capital_says_little(gazetteer: Gazetteer) -> None:
    assert proposed(gazetteer, "It was so.", title="Big Startup Foundation Model Launches Push Company Into New Markets") == {}
    found = proposed(gazetteer, "They like it.", title="Borealis Releases Open Model Tundra-7B for Everyone")
    assert list(found) == ["Tundra-7B"]


def test_outlets_and_authors_of_the_document_are_not_its_matter(gazetteer: Gazetteer) -> None:
    sentence = "The newspaper company Harbour Gazette reported it, said analyst Jane Roebuck."
    assert set(proposed(gazetteer, sentence)) == {"Harbour Gazette", "Jane Roebuck"}
    assert proposed(gazetteer, sentence, own_names=("Harbour Gazette", "Jane Roebuck")) == {}


def test_a_surname_counts_with_the_full_name(gazetteer: Gazetteer) -> None:
    found = proposed(gazetteer, "CEO Jane Roebuck spoke.", "Then Roebuck left.", "Critics of Roebuck cheered.")
    assert list(found) == ["Jane Roebuck"]
    assert found["Jane Roebuck"].mentions == 3
    assert "Roebuck" in found["Jane Roebuck"].reason


def test_a_model_without_its_maker_counts_with_the_full_name(gazetteer: Gazetteer) -> None:
    found = proposed(gazetteer, "They released Borealis Tundra 5, a model.", "Then Tundra 5 won.")
    assert [(name, proposal.mentions) for name, proposal in found.items()] == [("Borealis Tundra 5", 2)]


def test_sources_give_evidence(gazetteer: Gazetteer) -> None:
    sentence = "The rest went to Zephyrine."
    alone = proposed(gazetteer, sentence)
    backed = proposed(gazetteer, sentence, sources=("Zephyrine, a startup in Oslo, is new.", "They paid the startup Zephyrine."))
    assert alone == {}
    assert backed["Zephyrine"].kind is Kind.COMPANY
    assert "2 of 2 sources" in backed["Zephyrine"].reason
    assert backed["Zephyrine"].evidence == sentence


def test_a_name_of_the_sources_only_must_stand_there_often(gazetteer: Gazetteer) -> None:
    once = ("The money came from investor Tallgrass Ventures.", "Nobody else paid.")
    often = (
        "Tallgrass Ventures paid. Then Tallgrass Ventures paid again.",
        "It was Tallgrass Ventures. When Tallgrass Ventures paid, it rained.",
    )
    assert proposed(gazetteer, "Somebody paid.", sources=once) == {}
    found = proposed(gazetteer, "Somebody paid.", sources=often)
    assert (found["Tallgrass Ventures"].kind, found["Tallgrass Ventures"].mentions) == (Kind.INVESTOR, 4)


def test_names_of_one_enumeration_speak_for_each_other(gazetteer: Gazetteer) -> None:
    text = "It was shown to Borealis, Zephyrine and Quantrell in May."
    candidates = find_candidates([text], recognise(gazetteer, [text]), gazetteer.kinds)
    assert {candidate.name: candidate.kind for candidate in candidates} == {"Zephyrine": Kind.COMPANY, "Quantrell": Kind.COMPANY}


def test_candidates_have_their_places(gazetteer: Gazetteer) -> None:
    texts = ["Zephyrine grew.", "Then Zephyrine met Jane Roebuck."]
    candidates = find_candidates(texts, recognise(gazetteer, texts), gazetteer.kinds)
    assert {candidate.name: [(place.text, place.start, place.end) for place in candidate.places] for candidate in candidates} == {
        "Zephyrine": [(0, 0, 9), (1, 5, 14)],
        "Jane Roebuck": [(1, 19, 31)],
    }
    assert all(candidate.score >= CANDIDATE for candidate in candidates)


def test_the_reason_says_what_speaks_for_it(gazetteer: Gazetteer) -> None:
    reason = proposed(gazetteer, "The job went to chief executive Jane Roebuck in May.")["Jane Roebuck"].reason
    assert reason.endswith("named once.")
    assert "“”" not in proposed(gazetteer, "It came from Jane Roebuck.")["Jane Roebuck"].reason
    assert "given name" in reason


def test_the_whole_analysis_has_the_proposals() -> None:
    document = ParsedDocument(
        format="test",
        variant=None,
        title=Title("A round for Zephyrine"),
        published=None,
        dek=(),
        paragraphs=(Paragraph((Sentence("OpenAI paid the startup Zephyrine."), Sentence("Wyrzyk Wire saw it."))),),
        sources=(ParsedSource(1, "A round", "The startup Zephyrine is new.", outlet="Wyrzyk Wire"),),
    )
    assert [(proposal.name, proposal.kind, proposal.mentions) for proposal in analyse(document, load_gazetteer()).proposals] == [
        ("Zephyrine", Kind.COMPANY, 2)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud800 Foo",
        "A" * 50_000,
        "Ab " * 20_000,
        "Foo’s " * 5_000,
        "The A. B. C. " * 3_000,
        "X-Y-Z-1.2.3" * 2_000,
        "(Foo) " * 5_000,
        "Borealis " * 10_000,
        "Borealis Foo, " * 5_000,
        " ".join(f"to Zephyr{number:x}q" for number in range(10_000)),
        " ".join(f"to Ada Zephyr{number:x}q" for number in range(6_000)),
    ],
)
def test_any_text_is_read_in_linear_time(gazetteer: Gazetteer, text: str) -> None:
    assert len(proposed(gazetteer, text, title=text[:100], sources=(text, text))) <= 12
