"""What a document proposes for the gazetteer: the candidates that are sure enough to be looked at by people."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from app.analysis.gazetteer import Gazetteer
from app.analysis.proposals.candidates import Candidate, find_candidates, same_group, settle, strength
from app.analysis.proposals.cues import THINGS, Cue, context_cues
from app.analysis.proposals.lexicon import load_lexicon
from app.analysis.proposals.runs import Run
from app.domain.entities import Kind, Mention, ProposedName
from app.domain.text import fold

#: Candidates of at least this score are proposed. Chosen on the sample corpus for few false ones.
PROPOSED = 0.45
#: At most so many of one document, the best first.
_MOST = 12
#: Of so many names of a summary the sources are asked, the surest first: no bound for a story, but for noise.
_ASKED_FOR = 80
#: How many places in the sources are looked at for what the words around a name say.
_LOOKED_AT = 3
#: So often, in at least two sources, a name may stand that dek and summary do not have.
_OFTEN = 4
_LONGEST_EVIDENCE = 320
_LONGEST_NAME = 60
_REASONS = 2
_TITLE_CASE = 0.6
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: It begins with a class and looks behind that afterwards, because a class is what the engine can skip to.
_STANDING_OUT = re.compile(r"[A-Z](?<![\w.@/#-].)(?:[\w’'-]*[a-z\d](?: [A-Z][\w’'-]*[a-z\d])+|[a-z]+[A-Z]\w+)(?![\w@/])")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s")


class Texts(NamedTuple):
    """Texts and, for each, what was recognised in it."""

    texts: Sequence[str]
    mentions: Sequence[Sequence[Mention]]


class _Words:
    """The words of texts, as white space parts them: collected when the first is asked for, for most documents ask for none."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(map(str.split, self._texts)))

    def __contains__(self, word: object) -> bool:
        return word in self._all


def propose(gazetteer: Gazetteer, summary: Texts, sources: Texts, own_names: Collection[str] = ()) -> tuple[ProposedName, ...]:
    """The names in a document that look like an entity's and are not in the gazetteer, the surest first.

    Args:
        gazetteer: what is known already; its names are never proposed, even where their conditions are not met.
        summary: the title, then the sentences of dek and summary.
        sources: the whole text of each source. They give evidence; a name that only they have must stand there often.
        own_names: outlets and authors of the document's sources, who are no matter of it.
    """
    known = _Words((*summary.texts[1:], *sources.texts))
    candidates = find_candidates(
        summary.texts, summary.mentions, gazetteer.kinds, known, headline=bool(summary.texts) and is_title_case(summary.texts[0])
    )
    mentioned = {mention.slug for found in summary.mentions for mention in found}
    merged = sorted(_merged(candidates, mentioned, gazetteer), key=lambda pair: -strength(pair[0]))[:_ASKED_FOR]
    told = {fold(name) for name in own_names}
    proposals = []
    for candidate, short in (*merged, *_only_in_sources(sources, {candidate.name for candidate in candidates}, gazetteer, known)):
        if fold(candidate.name) in told or len(candidate.name) > _LONGEST_NAME or gazetteer.has(candidate.name):
            continue
        in_sources = _ask_sources(candidate, sources, gazetteer.kinds)
        candidate.score = strength(candidate, in_sources)
        if candidate.score >= PROPOSED and candidate.kind is not Kind.PLACE:
            proposals.append(_proposal(candidate, short, summary, sources, in_sources))
    proposals.sort(key=lambda proposal: (-proposal.score, proposal.name))
    return tuple(proposals[:_MOST])


def is_title_case(title: str) -> bool:
    """Whether most words of a title have a capital, so that capitals say nothing in it."""
    words = [word for word in _WORD.findall(title) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words)


def _merged(
    candidates: Iterable[Candidate], mentioned: Collection[str], gazetteer: Gazetteer
) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    """The candidates; what only shortens one of them (a surname, a model without its maker) counts with it and speaks for it."""
    by_name = {candidate.name: candidate for candidate in candidates}
    longer: defaultdict[str, set[str]] = defaultdict(set)
    for name, candidate in by_name.items():
        words = name.split()
        if len(words) > 1 and candidate.kind is Kind.PERSON:
            longer[words[-1]].add(name)
        if len(words) > 1 and candidate.kind not in THINGS:
            longer[words[0]].add(name)
        if len(words) > 2 and candidate.kind in THINGS:
            longer[" ".join(words[1:])].add(name)
    mentioned_words = {word for slug in mentioned for word in gazetteer.by_slug[slug].name.split()}
    short: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(by_name.keys() & longer.keys()):
        if len(longer[name]) == 1 and name not in mentioned_words:
            (full,) = longer[name]
            by_name[full].places += by_name[name].places
            if full.endswith(name):
                by_name[full].context += [cue for cue in by_name[name].context if same_group(cue.kind, by_name[full].kind)]
                settle(by_name[full])
            short[full].append(name)
    for name, candidate in by_name.items():
        if name not in mentioned_words and name not in longer:
            yield candidate, tuple(sorted(short[name]))


def _ask_sources(candidate: Candidate, sources: Texts, kinds: Mapping[str, Kind]) -> int:
    """Let the words around a name in the sources say its kind; returns in how many of them it stands."""
    count = 0
    cues: list[Cue] = []
    lexicon = load_lexicon()
    for text in sources.texts:
        position = text.find(candidate.name)
        while position >= 0 and not _whole(text, position, position + len(candidate.name)):
            position = text.find(candidate.name, position + 1)
        if position < 0:
            continue
        count += 1
        if count <= _LOOKED_AT:
            run = Run(position, position + len(candidate.name), candidate.name, False, None)
            cues += context_cues(text, run, lexicon, kinds)
    if cues:
        candidate.context += cues
        settle(candidate)
    return count


def _only_in_sources(
    sources: Texts, told: Collection[str], gazetteer: Gazetteer, known: Container[str]
) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    """Names that stand often in two sources or more and nowhere in the summary."""
    if len(sources.texts) < 2:
        return
    counts: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for text in sources.texts:
        standing_out = Counter(_without_opener(name) for name in _STANDING_OUT.findall(text))
        counts += standing_out
        spread.update(standing_out.keys())
    for name, count in counts.items():
        if count < _OFTEN or spread[name] < 2 or name in told or gazetteer.has(name):
            continue
        texts, mentions = [], []
        for text, found in zip(sources.texts, sources.mentions, strict=True):
            start, end = _sentence_around(text, text.find(name))
            if start < end:
                texts.append(text[start:end])
                mentions.append(_within(found, start, end))
        candidates = find_candidates(texts, mentions, gazetteer.kinds, known)
        for candidate in candidates:
            if candidate.name == name:
                candidate.places = []
                candidate.score = min(candidate.score, 0.7)
                yield candidate, ()


def _without_opener(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in load_lexicon().openers else name


def _within(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [
        mention._replace(start=mention.start - start, end=mention.end - start)
        for mention in mentions
        if start <= mention.start and mention.end <= end
    ]


def _sentence_around(text: str, position: int) -> tuple[int, int]:
    """Where the sentence around a position begins and ends, cut at a length that can be read."""
    if position < 0:
        return 0, 0
    before = max(position - _LONGEST_EVIDENCE // 2, 0)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, before, position)]
    start = ends[-1] if ends else before
    match = _SENTENCE_END.search(text, position)
    end = match.end() if match else len(text)
    return start, min(end, start + _LONGEST_EVIDENCE)


def _whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _proposal(candidate: Candidate, short: tuple[str, ...], summary: Texts, sources: Texts, in_sources: int) -> ProposedName:
    mentions = len(candidate.places) or sum(text.count(candidate.name) for text in sources.texts)
    return ProposedName(
        candidate.name,
        candidate.kind,
        round(candidate.score, 2),
        mentions,
        _reason(candidate, short, mentions, in_sources, len(sources.texts)),
        _evidence(candidate, summary, sources),
    )


def _reason(candidate: Candidate, short: tuple[str, ...], mentions: int, in_sources: int, sources: int) -> str:
    """What speaks for a proposal: the strongest cues for its kind, and how often it stands where."""
    best: dict[str, float] = {}
    for cue in (*candidate.own, *candidate.context):
        if cue.kind is candidate.kind or (cue.kind in THINGS and candidate.kind in THINGS):
            best[cue.reason] = max(best.get(cue.reason, 0.0), cue.weight)
    said = sorted(best, key=lambda reason: (-best[reason], reason))[:_REASONS]
    times = "once" if mentions == 1 else f"{mentions} times"
    if short:
        times += f" (also as {', '.join(short)})"
    where = f"named {times}"
    if in_sources:
        where += f"; in {in_sources} of {sources} sources"
    reason = "; ".join((*said, where))
    return reason[0].upper() + reason[1:] + "."


def _evidence(candidate: Candidate, summary: Texts, sources: Texts) -> str:
    """The first sentence of dek or summary that has the name, else the title, else the first of a source."""
    indexes = [place.text for place in candidate.places]
    sentence = next((summary.texts[index] for index in indexes if index > 0), None)
    if sentence is None and indexes:
        sentence = summary.texts[0]
    if sentence is None:
        for text in sources.texts:
            start, end = _sentence_around(text, text.find(candidate.name))
            if start < end:
                return text[start:end].strip()
        return ""
    return sentence if len(sentence) <= _LONGEST_EVIDENCE else f"{sentence[: _LONGEST_EVIDENCE - 1]}…"
