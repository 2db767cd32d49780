"""Fuzz the parsers: ``python -m bench.fuzz`` (or ``make fuzz``).

With atheris (``pip install atheris``; it is not among what the project needs) inputs are guided by coverage, without it they are
specimens damaged at random. Every failure is saved with the shortest input found that still fails in the same way.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

LONGEST = 16_384
#: An input of that length that takes longer, in seconds of process time, is a failure too.
SLOW = 3.0
#: Seconds for which a failing input is made shorter.
REDUCED_FOR = 10.0


@dataclass(slots=True)
class Report:
    """What came out for one format; ``failures`` by what went wrong."""

    executions: int = 0
    seconds: float = 0.0
    read: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    def write(self, file: Path) -> None:
        values = {name: getattr(self, name) for name in self.__slots__}
        part = file.with_suffix(".part")
        part.write_text(json.dumps(values), encoding="utf-8")
        part.replace(file)

    @classmethod
    def of(cls, file: Path) -> Report:
        return cls(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else cls()


class Trial:
    """Runs one parser on many texts and keeps the report up to date, for a fuzzer may end the process at any time."""

    def __init__(self, name: str, file: Path) -> None:
        self.form = _format(name)
        self.report = Report()
        self._file = file
        self._begin = self._written = time.monotonic()

    def run(self, text: str) -> None:
        fault, told = attempt(self.form, text)
        self.report.executions += 1
        self.report.read += told
        now = time.monotonic()
        new = fault is not None and fault not in self.report.failures
        if fault is not None and new:
            self.report.failures[fault] = text
        if new or now - self._written > 0.5:
            self.write(now)

    def write(self, now: float | None = None) -> None:
        self._written = now or time.monotonic()
        self.report.seconds = self._written - self._begin
        self.report.write(self._file)


def _format(name: str) -> Any:
    from app.importer.formats import format_named

    return format_named(name)


def attempt(form: Any, text: str) -> tuple[str | None, bool]:
    """What goes wrong with a text (``None``: nothing), and whether there are stories in it."""
    from tests.fuzz.invariants import check

    begin = time.process_time()
    try:
        stories = check(form, text)
    except Exception as error:
        return _signature(error), False
    if (took := time.process_time() - begin) > SLOW and len(text) <= LONGEST:
        return f"takes more than {SLOW:.0f} s", took > 0
    return None, not isinstance(stories, str)


def _signature(error: Exception) -> str:
    """What and where: the same for all inputs that fail in the same way. Where: in a parser, else in what was seen to."""
    frames = traceback.extract_tb(error.__traceback__)
    app = Path(__file__).parents[1] / "app"
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(app)]
    where = (own or frames)[-1]
    return f"{type(error).__name__} ({'/'.join(Path(where.filename).parts[-3:])}:{where.lineno}: {where.line})"


def reduced(form: Any, text: str, fault: str) -> str:
    """A shorter text that fails in the same way: ever smaller pieces are left out for as long as it does."""
    end = time.monotonic() + REDUCED_FOR
    size = len(text) // 2
    while size and time.monotonic() < end:
        at, shorter = 0, False
        while at < len(text) and time.monotonic() < end:
            candidate = text[:at] + text[at + size :]
            if attempt(form, candidate)[0] == fault:
                text, shorter = candidate, True
            else:
                at += size
        size = size if shorter and size == 1 else size // 2
    return text


def inputs(name: str) -> Iterator[tuple[str, bool]]:
    """All specimens, and whether they are of the format itself."""
    from app.importer.formats import all_formats
    from tests.fuzz.specimens import specimens

    for form in all_formats():
        yield from ((text, form.name == name) for text in specimens(form).values())


def at_random(trial: Trial, seconds: float, seed: int) -> None:
    """Damage specimens at random, those of the format itself more often than others."""
    from tests.fuzz.damage import at_random as damaged

    random = Random(seed)
    texts = [text for text, own in inputs(trial.form.name) for _ in range(10 if own else 1)]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        trial.run(damaged(random.choice(texts), random)[:LONGEST])


def guided(name: str, file: Path, seconds: float, seed: int) -> None:
    """Let atheris choose the inputs. It ends the process."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["app.importer", "app.analysis.sentences"], enable_loader_override=False):
        trial = Trial(name, file)
    from tests.fuzz.damage import at_random as damaged

    def one(data: bytes) -> None:
        trial.run(data.decode("utf-8", "replace"))

    def mutated(data: bytes, longest: int, number: int) -> bytes:
        if number % 2:
            return bytes(atheris.Mutate(data, longest))
        text = damaged(data.decode("utf-8", "replace"), Random(number))
        return text.encode("utf-8", "replace")[:longest]

    corpus = Path(tempfile.mkdtemp(dir=file.parent))
    for number, (text, _) in enumerate(inputs(name)):
        (corpus / str(number)).write_bytes(text.encode()[:LONGEST])
    options = [
        f"-max_total_time={max(1, round(seconds))}",
        f"-max_len={LONGEST}",
        f"-seed={seed}",
        "-print_final_stats=0",
        "-timeout=60",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus}/", str(corpus)], one, custom_mutator=mutated)
    atheris.Fuzz()


def fuzz(name: str, arguments: argparse.Namespace, directory: Path) -> Report:
    """Fuzz one format in a process of its own."""
    file = directory / f"{name}.json"
    command = [sys.executable, "-m", "bench.fuzz", "--format", name, "--into", str(file), "--seed", str(arguments.seed)]
    command += ["--seconds", str(arguments.seconds), *(["--random"] if arguments.random else [])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=arguments.seconds + 300, check=False)
    report = Report.of(file)
    if done.returncode and not report.executions:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    if done.returncode:
        report.failures[f"the process ended with {done.returncode}: {done.stderr[-200:]}"] = ""
    return report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description="Fuzz the parsers of all formats.")
    parser.add_argument("--seconds", type=float, default=60, help="for each format (default: 60)")
    parser.add_argument("--format", action="append", help="only this one; may be repeated")
    parser.add_argument(
        "--output", type=Path, default=Path(tempfile.gettempdir()) / "dateline-fuzz", help="where failing inputs go"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000 + 1)
    parser.add_argument("--random", action="store_true", help="damage specimens at random though atheris is installed")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    coverage = not arguments.random and importlib.util.find_spec("atheris") is not None
    if arguments.into:
        (name,) = arguments.format
        if coverage:
            guided(name, arguments.into, arguments.seconds, arguments.seed)
        trial = Trial(name, arguments.into)
        at_random(trial, arguments.seconds, arguments.seed)
        trial.write()
        return
    sys.exit(run(arguments, coverage))


def run(arguments: argparse.Namespace, coverage: bool) -> int:
    """Fuzz the formats one after the other, say what came out, and how many failures there are."""
    from app.importer.formats import all_formats

    print(
        f"{arguments.seconds:g} s for each format, {'guided by coverage' if coverage else 'at random'}, seed {arguments.seed}",
        flush=True,
    )
    arguments.output.mkdir(parents=True, exist_ok=True)
    failures = 0
    with tempfile.TemporaryDirectory() as directory:
        for name in arguments.format or [form.name for form in all_formats()]:
            report = fuzz(name, arguments, Path(directory))
            speed = report.executions / max(report.seconds, 0.001)
            read = report.read / max(report.executions, 1)
            print(
                f"{name:12} {report.executions:>9,} executions {speed:>7,.0f}/s, {read:.0%} read, {len(report.failures)} failures",
                flush=True,
            )
            for fault, text in report.failures.items():
                failures += 1
                text = reduced(_format(name), text, fault)
                file = arguments.output / f"{name}-{hashlib.sha256(fault.encode()).hexdigest()[:8]}.txt"
                file.write_bytes(text.encode("utf-8", "surrogatepass"))
                print(f"  {fault}\n  {text[:100]!r} ({len(text):,} characters, in {file})", flush=True)
    return min(failures, 1)


if __name__ == "__main__":
    main()
