"""Reading and analysing documents: here, or in processes of their own while this one stores.

Everything here is a function of a document's bytes and the gazetteer, so it makes no difference where it runs.
"""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, Self

from app.analysis.gazetteer import Gazetteer, load_gazetteer
from app.analysis.stories import VERSION, analyse
from app.domain.curation import Decision
from app.domain.documents import ParsedDocument, ParseError
from app.domain.stories import AnalysedStory, RawDocument
from app.domain.text import slugify
from app.importer import interchange
from app.importer.gazetteers import CuratedGazetteer, with_decisions
from app.importer.identity import identity_key, story_id
from app.importer.reading import open_document
from app.importer.transport import use_quick_pickles
from app.store.quarantine import Rejected
from app.store.rows import fingerprint

#: Documents that go to a process at once: enough to make the way there worth it, few enough to keep all of them busy.
_PORTION = 10


@dataclass(frozen=True, slots=True)
class Read:
    """A document that could be read: its format and the stories that it tells, none where it is an empty digest.

    A line of another store's export may be a ``decision`` instead.
    """

    raw: RawDocument
    format: str
    stories: tuple[AnalysedStory, ...]
    decision: Decision | None = None


class Pending(Protocol):
    """Documents that are being read."""

    def results(self) -> Iterator[Read | Rejected]:
        """What became of each, in order, as soon as it is known."""


class Workers(Protocol):
    """Who reads documents."""

    def submit(self, raws: Sequence[RawDocument]) -> Pending:
        """Have documents read."""

    def use(self, curated: CuratedGazetteer) -> None:
        """Read what is submitted from now on with this gazetteer."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


def read_and_analyse(raw: RawDocument, gazetteer: Gazetteer) -> Read | Rejected:
    """A document's stories, analysed; or why it cannot be read."""
    try:
        opened = open_document(raw)
        name = opened.format.name
        if name == interchange.NAME:
            # A line says more than what it tells: identities, times, decisions.
            said = interchange.read_line(opened.body)
            if isinstance(said, Decision):
                return Read(raw, name, (), said)
            return Read(raw, name, tuple(restored(revision, gazetteer) for revision in said))
        documents = opened.stories()
    except ParseError as error:
        return Rejected(raw.name, raw.sha256, len(raw.content), raw.content, error.code, error.message, error.line, raw.hints)
    return Read(raw, name, tuple(analysed(document, (raw,), gazetteer) for document in documents))


def analysed(
    document: ParsedDocument,
    raw: tuple[RawDocument, ...],
    gazetteer: Gazetteer,
    formats: tuple[tuple[str, str | None], ...] | None = None,
) -> AnalysedStory:
    """A parsed document as a story. ``formats`` are those of ``raw``, where there are several."""
    identity = identity_key(document)
    return AnalysedStory(
        identity=identity,
        public_id=story_id(identity),
        slug=slugify(document.title.text),
        content_sha256=fingerprint(document),
        document=document,
        analysis=analyse(document, gazetteer, source_events=False),
        raw=raw,
        formats=formats or ((document.format, document.variant),),
    )


def restored(revision: interchange.Restored, gazetteer: Gazetteer) -> AnalysedStory:
    """A revision from another store as a story with its old identity and time."""
    document = revision.document
    return AnalysedStory(
        identity=revision.identity,
        public_id=story_id(revision.identity),
        slug=slugify(document.title.text),
        content_sha256=revision.content_sha256,
        document=document,
        analysis=analyse(document, gazetteer, source_events=False),
        raw=revision.raw,
        formats=revision.formats,
        restored_at=revision.imported_at,
    )


def analysed_again(item: Read, gazetteer: Gazetteer) -> Read:
    """A document that was read with another gazetteer."""
    stories = tuple(replace(story, analysis=analyse(story.document, gazetteer, source_events=False)) for story in item.stories)
    return replace(item, stories=stories)


def analysis_version(gazetteer: str) -> str:
    """What a stored analysis is of: the version of its code, and the fingerprint of the gazetteer as it was delivered."""
    return f"{VERSION}:{gazetteer[:16]}"


def searched_names(gazetteer: Gazetteer) -> dict[str, str]:
    """The names under which a story is found that is about an entity, by its slug."""
    return {
        entity.slug: " ".join(dict.fromkeys((entity.name, *(alias.name for alias in entity.aliases if not alias.needs))))
        for entity in gazetteer.entities
    }


def collect_seldom() -> None:
    """Look for garbage in cycles a thousand times less often.

    A batch makes a million objects that live until it is stored; none of them are in cycles, and looking is a tenth of the time.
    """
    gc.set_threshold(700_000)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """:func:`collect_seldom` for a while."""
    threshold = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


class OwnProcess:
    """Reads documents in this process, one at a time."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def submit(self, raws: Sequence[RawDocument]) -> Pending:
        """Nothing is read before it is asked for."""
        return _Here(raws, self._gazetteer)

    def use(self, curated: CuratedGazetteer) -> None:
        """From the next document on."""
        self._gazetteer = curated.gazetteer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass


@dataclass(frozen=True, slots=True)
class _Here:
    raws: Sequence[RawDocument]
    gazetteer: Gazetteer

    def results(self) -> Iterator[Read | Rejected]:
        return (read_and_analyse(raw, self.gazetteer) for raw in self.raws)


class Processes:
    """Reads documents in ``count`` processes; a process that dies ends the import with an error, not with a gap."""

    def __init__(self, count: int, decisions: Sequence[Decision] = ()) -> None:
        self._count = count
        self._pool = self._started(decisions)

    def use(self, curated: CuratedGazetteer) -> None:
        """Other processes take over; those that were there finish what they have."""
        self._pool.shutdown(wait=False)
        self._pool = self._started(curated.decisions)

    def _started(self, decisions: Sequence[Decision]) -> ProcessPoolExecutor:
        # Not forked from this process, whose threads and database connections they would share, but from one made for that.
        forks = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if forks else "spawn")
        if forks:
            context.set_forkserver_preload(["__main__", "app.importer.preloaded"])
        return ProcessPoolExecutor(self._count, context, initializer=_begin, initargs=(tuple(decisions),))

    def submit(self, raws: Sequence[RawDocument]) -> Pending:
        """The processes begin at once."""
        portions = [raws[start : start + _PORTION] for start in range(0, len(raws), _PORTION)]
        return _There([self._pool.submit(_read_portion, portion) for portion in portions])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _There:
    futures: Sequence[Future[list[Read | Rejected]]]

    def results(self) -> Iterator[Read | Rejected]:
        for future in self.futures:
            yield from future.result()


def _begin(decisions: Sequence[Decision]) -> None:
    """Ctrl-C reaches every process of a terminal; only the one that stores may decide what to do."""
    global _gazetteer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_import, daemon=True).start()
    use_quick_pickles()
    collect_seldom()
    _gazetteer = with_decisions(load_gazetteer(), decisions)


def _end_with_the_import() -> None:
    """An import that is killed tells nobody: without this its workers would wait for documents for ever."""
    importing = multiprocessing.parent_process()
    if importing is not None:
        multiprocessing.connection.wait([importing.sentinel])
        os._exit(1)


#: The gazetteer of this process, where it is one that reads for another.
_gazetteer: Gazetteer | None = None


def _read_portion(raws: Sequence[RawDocument]) -> list[Read | Rejected]:
    gazetteer = _gazetteer or load_gazetteer()
    return [_for_the_way(read_and_analyse(raw, gazetteer)) for raw in raws]


def _for_the_way(item: Read | Rejected) -> Read | Rejected:
    """Without the spans, which are never stored, so that there is less to carry from process to process."""
    if isinstance(item, Rejected):
        return item
    return replace(item, stories=tuple(replace(story, document=replace(story.document, spans=())) for story in item.stories))
