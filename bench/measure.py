"""Measuring ratios: the thing and its baseline in turn, A B A B …, medians of the rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping


def rounds(
    tasks: Mapping[str, Callable[[], Callable[[], int]]], count: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Units per second of each task, the median of ``count`` interleaved rounds.

    On a machine that is busy with other things ``time.process_time`` is the better ``clock``, where one process does all.

    A task makes ready, which is not timed, and returns what is: a function that says how many units it did.
    """
    rates: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(count):
        for name, task in tasks.items():
            run = task()
            start = clock()
            units = run()
            rates[name].append(units / (clock() - start))
    return {name: statistics.median(values) for name, values in rates.items()}


async def async_rounds(tasks: Mapping[str, Callable[[], Awaitable[int]]], count: int) -> dict[str, float]:
    """The same for tasks of an event loop; the first round warms up and does not count."""
    rates: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(count + 1):
        for name, task in tasks.items():
            start = time.perf_counter()
            units = await task()
            rates[name].append(units / (time.perf_counter() - start))
    return {name: statistics.median(values[1:]) for name, values in rates.items()}


def report(title: str, rates: Mapping[str, float], baseline: str, unit: str) -> None:
    """Print rates and their ratio to the baseline."""
    print(f"\n{title}")
    for name, rate in rates.items():
        print(f"  {name:<44} {rate:>10,.0f} {unit}/s   {rate / rates[baseline]:6.2f}")
