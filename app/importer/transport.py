"""How analysed stories go from process to process: as pickles that are made and read by C where Python's own are not.

A frozen dataclass with slots is pickled field by field in Python, and a named tuple asks Python for its values. A story has
hundreds of either, so that what they cost is most of the way.
"""

from __future__ import annotations

import copyreg
import dataclasses
from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from types import ModuleType
from typing import Any

from app.domain import dates, documents, entities, events, findings, stories


def use_quick_pickles(modules: Iterable[ModuleType] = (dates, documents, entities, events, findings, stories)) -> None:
    """Have the dataclasses and named tuples of these modules pickled quickly by this process.

    Whoever reads the pickles needs nothing of it. Every field of such a dataclass must be one of its arguments, in order.
    """
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__:
                _register(value)


def _register(kind: type[Any]) -> None:
    if issubclass(kind, tuple):
        copyreg.pickle(kind, partial(_reduced_tuple, kind))
    elif dataclasses.is_dataclass(kind) and hasattr(kind, "__slots__"):
        names = [field.name for field in dataclasses.fields(kind)]
        values = attrgetter(*names)
        single = len(names) == 1
        copyreg.pickle(kind, partial(_reduced_dataclass, kind, values, single))


def _reduced_tuple(kind: type[Any], value: tuple[Any, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return tuple.__new__, (kind, tuple(value))


def _reduced_dataclass(
    kind: type[Any], values: attrgetter[Any], single: bool, value: object
) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return kind, (values(value),) if single else values(value)
