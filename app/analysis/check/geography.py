"""Countries, those who live there and their capitals, which writers use for each other and add from what everybody knows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from app.analysis.proposals.lexicon import load_lexicon

_WORD = re.compile(r"[^\W_]+")


class _Countries(NamedTuple):
    """The number of each name's country, and the names of each country."""

    of: dict[str, int]
    names: tuple[frozenset[str], ...]
    metonyms: frozenset[str]


def is_place(name: str) -> bool:
    """Whether a name is that of a place, of those who live there, or of whom news calls after a place."""
    key = key_of(name)
    countries, lexicon = _load(), load_lexicon()
    if key in countries.of or key in countries.metonyms or key in lexicon.peoples or key in lexicon.places:
        return True
    return all(part in countries.of or part in lexicon.peoples or part in lexicon.places for part in key.split())


def are_countries(one: str, other: str) -> bool:
    """Whether both names tell a country; a town may be told by its district or region instead."""
    countries = _load()
    return key_of(one) in countries.of and key_of(other) in countries.of


def same_country(one: str, other: str) -> bool:
    """Whether two names may stand for the same country."""
    countries = _load()
    number = countries.of.get(key_of(one))
    return number is not None and number == countries.of.get(key_of(other))


def names_country(name: str, words: Collection[str]) -> bool:
    """Whether some of ``words``, those of a source, tell the country that a name stands for."""
    countries = _load()
    number = countries.of.get(key_of(name))
    return number is not None and any(all(part in words for part in other.split()) for other in countries.names[number])


def key_of(name: str) -> str:
    """A name as the lists of countries and institutions have it."""
    return " ".join(
        _WORD.findall(name.casefold().replace("u.s.", "us").removesuffix("'s").removesuffix("’s").removeprefix("the "))
    )


@lru_cache
def _load() -> _Countries:
    data = tomllib.loads(files("app.analysis").joinpath("data/countries.toml").read_text("utf-8"))
    names = tuple(frozenset(name.replace("+", " ") for name in line.split()) for line in data["countries"])
    metonyms = frozenset(name.replace("+", " ") for name in data["metonyms"].split())
    return _Countries({name: number for number, found in enumerate(names) for name in found}, names, metonyms)
