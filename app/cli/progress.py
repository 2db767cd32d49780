"""How far an import is: a bar on a terminal, a line now and then where there is none."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.cli.console import errors
from app.domain.stories import Outcome
from app.importer.containers import Sources
from app.importer.pipeline import Result
from app.importer.reanalysis import Reanalysis

#: Passes results on and shows how far the import is.
Advance = Callable[[Iterable[Result]], Iterator[Result]]

#: Seconds between two lines where there is no terminal.
_PAUSE = 5.0


class _Tally:
    """Documents so far, in all and in quarantine, and how fast they come."""

    def __init__(self) -> None:
        self.documents = self.quarantined = 0
        self._began = time.monotonic()

    def count(self, result: Result) -> None:
        self.documents += 1
        self.quarantined += result.outcome is Outcome.QUARANTINED

    @property
    def seconds(self) -> float:
        return max(time.monotonic() - self._began, 1e-6)

    def __str__(self) -> str:
        rate = self.documents / self.seconds
        text = f"{self.documents:,} done, {rate:,.0f}/s" if rate >= 10 else f"{self.documents:,} done, {rate:,.1f}/s"
        return f"{text}, {self.quarantined:,} quarantined" if self.quarantined else text


@contextmanager
def progress(sources: Sources) -> Iterator[Advance]:
    """Show how far an import of these sources is, while results pass through."""
    tally = _Tally()
    if not errors.is_terminal:
        yield lambda results: _lines(results, sources, tally)
        return
    columns = (
        TextColumn("importing"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[tally]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("importing", total=sources.size or None, tally="")

        def advance(results: Iterable[Result]) -> Iterator[Result]:
            for result in results:
                tally.count(result)
                bar.update(task, completed=sources.read, tally=str(tally))
                yield result

        yield advance


def _lines(results: Iterable[Result], sources: Sources, tally: _Tally) -> Iterator[Result]:
    due = _PAUSE
    for result in results:
        tally.count(result)
        if tally.seconds >= due:
            due = tally.seconds + _PAUSE
            share = sources.read / sources.size if sources.size else 0.0
            left = f", {share:.0%}, about {_duration(tally.seconds * (1 - share) / share)} left" if share else ""
            errors.print(f"{tally}{left}", highlight=False)
        yield result


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{rest} s"


def run_with_bar(reanalysis: Reanalysis) -> int:
    """Analyse the stories that wait for it, with a bar on a terminal; how many there were."""
    done = 0
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("analysing", total=reanalysis.left())
        for count in reanalysis.run():
            done += count
            progress.update(task, completed=done)
    return done
