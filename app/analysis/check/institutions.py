"""Institutions, which writers call by their people or their street: a court is its judge, Downing Street the prime minister."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files

from app.analysis.check.geography import key_of


def is_institution(name: str) -> bool:
    """Whether a name is that of an institution, or ends with it: "Delhi High Court"."""
    return _of(name) is not None


def tells_institution(name: str, words: Collection[str]) -> bool:
    """Whether some of ``words``, those of a text, tell of the institution that has a name."""
    found = _of(name)
    if found is None:
        return False
    before, told_by = found
    return all(part in words for part in before) and any(all(part in words for part in other) for other in told_by)


def _of(name: str) -> tuple[list[str], list[list[str]]] | None:
    """What stands before the institution in a name, and the words, one or more together, that tell of it."""
    parts, known = key_of(name).split(), _load()
    for first in range(len(parts)):
        if told_by := known.get(" ".join(parts[first:])):
            return parts[:first], told_by
    return None


@lru_cache
def _load() -> dict[str, list[list[str]]]:
    data = tomllib.loads(files("app.analysis").joinpath("data/institutions.toml").read_text("utf-8"))
    return {
        name.replace("+", " "): [other.split("+") for other in line["told_by"].split()]
        for line in data["institutions"]
        for name in line["names"].split()
    }
