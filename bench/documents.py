"""Realistic documents in the dump's layout B, as many as wanted: the same number gives the same document."""

from __future__ import annotations

import random

from app.analysis.gazetteer import load_gazetteer

_VERBS = (
    "released",
    "announced",
    "acquired",
    "sued",
    "hired",
    "raised $4.2 billion for",
    "opened",
    "presented",
    "bought",
    "left",
)
_NOUNS = "model chip laboratory product agreement round data centre ruling service result plan benchmark licence team".split()
_WORDS = (
    "the company said that its plan would take longer than expected because suppliers could not deliver in time while "
    "investors asked how much of the spending was going to pay for itself and whether rivals had found a cheaper way of "
    "training systems which customers in several countries were already using for work that used to need many people"
).split()
_MONTHS = "January February March April May June July August September October November December".split()


def make_document(number: int, source_words: int = 520, sources: int = 3) -> str:
    """One document of about ten kilobytes: sources, dek, five paragraphs of four sentences, related stories, ranks."""
    chance = random.Random(number)
    names = chance.sample([entity.name for entity in load_gazetteer().entities], 8)
    lines = [f"{sources} Sources"] * 2
    for position in range(1, sources + 1):
        title = f"{chance.choice(names)} {chance.choice(_VERBS)} a {chance.choice(_NOUNS)}, report {number}.{position}"
        lines += [f"[{position}]", title, _prose(chance, names, source_words)]
    dek = f"{_sentence(chance, names)} {_sentence(chance, names)}"
    lines += ["Share", "Share", "Copy Link", dek, ""]
    summary = ""
    for _ in range(5):
        first, *others = (_sentence(chance, names).removesuffix(".") for _ in range(4))
        summary += f"{first}\n{chance.randint(1, sources)}\n."
        summary += "".join(f" {text}{chance.randint(1, sources)}\n." if chance.random() < 0.5 else f" {text}." for text in others)
    lines += [summary + "Summarized by", "Navi", f"{chance.randint(1, 28):02d} Jan 2021•Technology", "", "1", "Technology"]
    front_matter = f"---\nid: bench-{number}\npublished: {_day(chance)}\ncategory: Technology\n---\n"
    return front_matter + "\n".join(lines) + "\n"


def _day(chance: random.Random) -> str:
    return f"{chance.randint(2022, 2026)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def _sentence(chance: random.Random, names: list[str]) -> str:
    start = chance.randrange(len(_WORDS) - 12)
    words = " ".join(_WORDS[start : start + chance.randint(6, 12)])
    when = chance.choice(
        ("", f" on {chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(2022, 2025)}", " last month", "")
    )
    return f"{chance.choice(names)} {chance.choice(_VERBS)} a {chance.choice(_NOUNS)}{when}, and {words}."


def _prose(chance: random.Random, names: list[str], words: int) -> str:
    text: list[str] = []
    while sum(len(sentence.split()) for sentence in text) < words:
        text.append(_sentence(chance, names))
    return " ".join(text)
