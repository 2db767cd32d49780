"""How fast documents are analysed: the check alone and all of it, in documents of 10 KB a second on one core.

Each figure is an interleaved median beside a baseline in the same run, splitting the same texts into sentences, so that figures of
a busy machine can be compared. "First" is the one pass in which the documents are met for the first time, as an import meets
them: their words are not remembered yet. At the end one document of sixty sources of 50 KB, and the memory that it takes.
"""

from __future__ import annotations

import argparse
import resource
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import app.importer.preloaded  # noqa: F401  what is loaded once is no document's
from app.analysis.check import check_document
from app.analysis.gazetteer import load_gazetteer
from app.analysis.reading import Reading, read
from app.analysis.sentences import split_sentences
from app.analysis.stories import analyse
from app.cli.documents import Parsed, parse_files
from app.config import get_settings
from app.domain.documents import ParsedDocument
from app.domain.stories import Analysis, RawDocument
from app.importer.reading import Options, read_document
from app.importer.workers import seldom_collecting
from bench.documents import make_document

UNIT = 10_000
ROUNDS = 7
SECONDS = 0.4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="documents to analyse besides the sample corpus and made-up ones")
    arguments = parser.parse_args()
    sample = Path(__file__).parents[1] / "app" / "sample"
    sets = {"sample corpus": parsed(sorted(sample.glob("*.txt"))), "made-up documents": made_up(20)}
    for path in arguments.paths:
        sets[path.name] = parsed([path])
    print(
        f"{'documents of 10 KB a second':<32}{'first':>8}{'check':>8}{'import':>8}{'all':>8}{'baseline':>10}   check : baseline"
    )
    with seldom_collecting():  # as an import does
        for name, documents in sets.items():
            report(name, documents)
        report_big()


def report(name: str, documents: Sequence[tuple[int, ParsedDocument]]) -> None:
    """One line: the check by itself, the analysis as an import does it, and all of it with the events of sources."""
    gazetteer = load_gazetteer()
    start = process_time()
    analyses = [analyse(document, gazetteer, source_events=False) for _, document in documents]
    first = sum(size for size, _ in documents) / UNIT / (process_time() - start)
    ready = [(size, document, analysis, read(document)) for (size, document), analysis in zip(documents, analyses, strict=True)]
    tasks: dict[str, Callable[[ParsedDocument, Analysis, Reading], object]] = {
        "check": lambda document, analysis, reading: check_document(document, analysis.mentions, gazetteer.by_slug, reading),
        "import": lambda document, _analysis, _reading: analyse(document, gazetteer, source_events=False),
        "all": lambda document, _analysis, _reading: analyse(document, gazetteer),
        "baseline": lambda document, _analysis, _reading: [split_sentences(source.text) for source in document.sources],
    }
    rates: dict[str, list[float]] = {task: [] for task in tasks}
    for _ in range(ROUNDS):
        for task, run in tasks.items():
            done, start = 0, process_time()
            while process_time() - start < SECONDS:
                for size, document, analysis, reading in ready:
                    run(document, analysis, reading)
                    done += size
            rates[task].append(done / UNIT / (process_time() - start))
    median = {task: statistics.median(values) for task, values in rates.items()}
    figures = "".join(
        f"{median[task]:>{width},.0f}" for task, width in (("check", 8), ("import", 8), ("all", 8), ("baseline", 10))
    )
    print(f"{name:<32}{first:>8,.0f}{figures}   1 : {median['baseline'] / median['check']:.1f}")


def report_big() -> None:
    """A document of sixty sources of 50 KB: seconds, and megabytes above what was in use before."""
    size, document = document_of(make_document(7, source_words=8_000, sources=60))
    gazetteer = load_gazetteer()
    before = peak()
    start = process_time()
    analyse(document, gazetteer, source_events=False)
    seconds = process_time() - start
    print(f"60 sources of 50 KB ({size / 1e6:.1f} MB): {seconds:.2f} s, {peak() - before:.0f} MB more than before")


def peak() -> float:
    """The most memory that the process has had so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def parsed(paths: Sequence[Path]) -> list[tuple[int, ParsedDocument]]:
    """The stories of files, each with its share of the file's bytes."""
    found: list[tuple[int, ParsedDocument]] = []
    for item in parse_files(list(map(str, paths)), Options(), get_settings()):
        if isinstance(item, Parsed):
            found += [(len(item.raw.content) // len(item.stories), story) for story in item.stories]
    return found


def made_up(count: int) -> list[tuple[int, ParsedDocument]]:
    """Documents of the generator."""
    return [document_of(make_document(number)) for number in range(count)]


def document_of(text: str) -> tuple[int, ParsedDocument]:
    """A generated document, parsed, with its size in bytes."""
    content = text.encode()
    return len(content), read_document(RawDocument("made-up.txt", content, ""))[0]


if __name__ == "__main__":
    main()
