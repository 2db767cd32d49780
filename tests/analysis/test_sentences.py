"""Where sentences end, and where a stop ends nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme Inc. and Beta Corp. merged.",
        "The Gamma Group Holding Ltd., the people said, is open.",
        "The U.S. Senate and U.S. companies met in Washington, D.C., at noon.",
        "It moved to Oakland, Calif., in May.",
        "Dr. Jo A. Doe met Mr. J. R. Roe and Prof. Poe.",
        "It opened on Jan. 5 and closed on Dec. 9.",
        "It was No. 5 on p. 7 of vol. 2, cf. Fig. 3.",
        "It opens at 9 a.m. Monday and shuts at 5 p.m. EST daily.",
        "It fell at 10:35 a.m. (0735 GMT) Friday in Rome.",
        "It rose 3.5 percent to 1,950.25 points.",
        "The lab 01.AI uses .NET and Node.js on example.com today.",
        "It waited ... and waited… and left.",
        "“Why now?” said Doe.",
        '"It is done!" Jo Doe said on Monday.',
        'The firm "will sell access," it said.',
        "It fell (by 5 percent. Or so.) and rose again.",
        "He cited Smith et al. 2020 and others, e.g. Doe, i.e. himself.",
        "A text without any stop",
        "Yahoo! Finance was open.",
    ],
)
def test_these_are_one_sentence_each(sentence: str) -> None:
    assert split(sentence) == [sentence]
    assert split(f"It began. {sentence}") == ["It began.", sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Acme opened.", "Beta closed."],
        ["It is in the U.S.", "The rest is abroad."],
        ["It was sold to Acme Inc.", "It then closed."],
        ["It opens at 9 a.m.", "It shuts at noon."],
        ["He said: “It is over.”", "She left."],
        ["It ended (badly).", "(It had begun well.)", "It was over."],
        ["Is it done?!", "No!", "It is not."],
        ["It opened in 2024.", "5 people came."],
        ["It was released by Acme.", "xAI answered.", "iPhones sold well."],
        ["It waited...", "Then it left."],
        ["It grew.[1]", "It shrank. [2]", "It closed."],
        ["He is J. R. Roe Jr.", "He works here."],
        ["会议结束了。", "大家离开！", "为什么？"],
        ["यह समाप्त हुआ।", "सब चले गए।"],
        ["A heading", "And its text."],
    ],
)
def test_these_are_several_sentences(sentences: list[str]) -> None:
    glue = "\n\n" if sentences[0] == "A heading" else "" if "。" in sentences[0] else " "
    assert split(glue.join(sentences)) == sentences


def test_a_list_number_stays_with_its_item() -> None:
    assert split("1. Acme opened.\n\n2. Beta closed.") == ["1. Acme opened.", "2. Beta closed."]


def test_line_breaks_within_a_paragraph_do_not_separate() -> None:
    assert split("  Acme\nopened.\n Beta closed. \n") == ["Acme\nopened.", "Beta closed."]


def test_nothing_has_no_sentence() -> None:
    assert split_sentences("") == split_sentences(" \n\n\t ") == []


@given(st.text(alphabet="AaBb.!?…。\"'”()[]1 \n-,éİ", max_size=120))
def test_every_character_that_is_no_white_space_is_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    end = 0
    for start, stop in spans:
        assert end <= start < stop
        assert text[end:start].strip() == ""
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert text[end:].strip() == ""


@pytest.mark.parametrize("piece", [".", ". ", "(", "(a. B) ", "A.", '"', "? A ", "\n", ".[1]", "a" * 50])
def test_long_texts_are_split_in_one_go(piece: str) -> None:
    text = piece * 20_000
    assert "".join(split(text)).replace(" ", "") == "".join(text.split())


@pytest.mark.shared
def test_the_seed_document_has_twenty_one_sentences(shared: Path) -> None:
    files = sorted((shared / "seed").glob("*.txt"))
    body = "\n".join(files[0].read_text("utf-8").split("\n")[13:31])
    body = re.sub(r"\n?\.?Related Stories\n", ".\n\n", body).replace("Summarized by", "")
    body = re.sub(r"(?<=[^\s\d])\d\n(?=\.)|\n\d\n(?=\.)", "", body)
    body = re.sub(r"(?<=[a-z])\.\n?(?=[A-Z])", ".\n\n", body)
    assert len(split(body)) == 21


def test_a_long_run_of_dots_is_no_trap() -> None:
    text = "." * 200_000 + "a"  # takes hours where the time grows with the square of its length
    assert split_sentences(text) == [(0, len(text))]
