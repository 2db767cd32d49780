"""Words that tell names from other words with capitals, and one kind of name from another (``data/names.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.domain.entities import Kind


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Closed lists, in lower case but for ``common_capitals``."""

    nouns: Mapping[str, Kind]
    """What a noun beside a name says of its kind: "the startup X", "X, a chatbot"."""
    heads: Mapping[str, Kind]
    """What the last word of a name (or the one before "of") says: "X Labs", "Institute of X"."""
    beside: Mapping[str, frozenset[str]]
    """Verbs and other words before or after a name that say what kind of thing does or has this."""
    titles: frozenset[str]
    openers: frozenset[str]
    """Words that stand before a name and are no part of it."""
    calendar: frozenset[str]
    peoples: frozenset[str]
    places: frozenset[str]
    place_pairs: frozenset[str]
    """Those of ``places`` that are two words."""
    common_capitals: frozenset[str]
    organisations: frozenset[str]
    """Acronyms of organisations that everybody knows."""
    given_names: frozenset[str]
    ordinary: frozenset[str]
    """English words that are no names: a capital says nothing of them at the beginning of a sentence."""


@lru_cache
def load_lexicon() -> Lexicon:
    """The lists of the data files beside the gazetteer."""
    folder = files("app.analysis").joinpath("data")
    data = tomllib.loads(folder.joinpath("names.toml").read_text("utf-8"))
    lines = folder.joinpath("words.txt").read_text("utf-8").splitlines()
    pairs = frozenset(pair.lower() for pair in data["capitals"].pop("place_pairs"))
    capitals = {name: frozenset(words.split()) for name, words in data["capitals"].items()}
    capitals["places"] |= pairs
    return Lexicon(
        nouns=_kinds(data["nouns"]),
        heads=_kinds(data["heads"]),
        beside={name: frozenset(words.split()) for name, words in data["beside"].items()},
        organisations=frozenset(data["organisations"]["acronyms"].split()),
        given_names=frozenset(data["people"]["given_names"].split()),
        ordinary=frozenset(word for line in lines if not line.startswith("#") for word in line.split()),
        place_pairs=pairs,
        **capitals,
    )


def _kinds(lists: Mapping[str, str]) -> dict[str, Kind]:
    return {word: Kind(kind) for kind, words in lists.items() for word in words.split()}
