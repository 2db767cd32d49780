"""Who is meant, on the benchmarks of Elevant (Bast et al., EMNLP 2022; github.com/ad-freiburg/elevant): texts, names linked.

A benchmark names every entity by its Wikidata id and label. Two gazetteers are measured: ours, on the entities that it shares
with a benchmark, and one made of the benchmark's own labels, which shows what the rules within a document (surname, acronym,
owner) link and how often wrongly, whoever is in the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from app.analysis.aliases import recognise
from app.analysis.gazetteer import Gazetteer
from app.domain.entities import Entity, Kind, Mention
from app.domain.text import fold, slugify
from app.evaluation.jsonl import read_sets

_ENDING = ".benchmark"
_KEYS = ("text", "labels", "evaluation_span")
_KINDS = (("Q215627", Kind.PERSON), ("Q43229", Kind.COMPANY), ("Q27096213", Kind.PLACE), ("Q2424752", Kind.PRODUCT))
#: A possessive or a stop may be part of a labelled name.
_LEEWAY = 2
#: Rules that take one name for another.
WITHIN_DOCUMENT = frozenset(("surname", "first-name", "acronym", "owner"))


class Link(NamedTuple):
    """A labelled name: its place, the entity's Wikidata id and label; a name for something without an entry has no id."""

    start: int
    end: int
    wikidata: str | None
    name: str
    type: str


class Article(NamedTuple):
    """A text, the part of it that is labelled, and the names of that part."""

    text: str
    start: int
    end: int
    links: tuple[Link, ...]


@dataclass(slots=True)
class LinkScores:
    """Counts of one benchmark. Only names count that stand at a labelled place; pronouns and descriptions are no names."""

    texts: int = 0
    labelled: int = 0
    """Labelled names of entities that the gazetteer has."""
    made: int = 0
    """Links that were made at labelled places whose entity has an id …"""
    right: int = 0
    """… and how many of them are right."""
    same: int = 0
    """Of the links made, those whose words are the labelled ones and no part of a longer name …"""
    same_right: int = 0
    """… and how many of them are right."""
    without_entry: int = 0
    """Links that were made where the benchmark says that there is an entity, and not which."""
    unlabelled: int = 0
    """Links that were made where the benchmark has no label."""
    merged: int = 0
    """Links that were made at labelled places by a rule within the document …"""
    merged_wrongly: int = 0
    """… and how many of them are wrong, or stand where the benchmark does not say which entity."""

    @property
    def precision(self) -> float:
        """Share of the links at labelled places that are right."""
        return self.right / self.made if self.made else 0.0

    @property
    def same_precision(self) -> float:
        """Share of the links on exactly the labelled words that are right."""
        return self.same_right / self.same if self.same else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled names that were rightly linked."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def wrong_merges(self) -> float:
        """Share of all links at labelled places that are wrong and were made by a rule within the document."""
        made = self.made + self.without_entry
        return self.merged_wrongly / made if made else 0.0


def evaluate_links(directory: Path, gazetteer: Gazetteer) -> dict[str, tuple[LinkScores, LinkScores]]:
    """Score each ``*.benchmark.jsonl`` file of ``directory``: with our gazetteer, and with the benchmark's own labels.

    Raises:
        ValueError: the directory holds no such file, or one of another form.
    """
    results = {}
    for name, rows in read_sets(directory, _KEYS, f"*{_ENDING}.jsonl"):
        articles = [_article(row) for row in rows]
        own = labels_as_gazetteer(articles)
        results[name.removesuffix(_ENDING)] = (_score(articles, gazetteer), _score(articles, own))
    return results


def labels_as_gazetteer(articles: Iterable[Article]) -> Gazetteer:
    """The labelled entities of a benchmark under their labels, without aliases; a label of two entities is left out."""
    names: dict[str, Link] = {}
    shared: set[str] = set()
    for link in (link for article in articles for link in article.links):
        if link.wikidata is None or not link.name[:1].isupper():
            continue
        if names.setdefault(link.name, link).wikidata != link.wikidata:
            shared.add(link.name)
    return Gazetteer(
        Entity(f"{slugify(name)}-{str(link.wikidata).lower()}", name, _kind(link.type), wikidata=link.wikidata)
        for name, link in names.items()
        if name not in shared
    )


def _kind(types: str) -> Kind:
    return next((kind for type_, kind in _KINDS if type_ in types.split("|")), Kind.PRODUCT)


def _article(row: Mapping[str, Any]) -> Article:
    start, end = row["evaluation_span"]
    links = []
    for label in row["labels"]:
        first, last = label["span"]
        known = str(label["entity_id"]).startswith("Q")
        is_name = row["text"][first : first + 1].isupper() or row["text"][first:last] == label["name"]
        if is_name and not label.get("coref") and label.get("type") not in ("QUANTITY", "DATETIME"):
            links.append(Link(first, last, label["entity_id"] if known else None, str(label["name"]), str(label.get("type"))))
    return Article(row["text"], start, end, tuple(links))


def _score(articles: Iterable[Article], gazetteer: Gazetteer) -> LinkScores:
    scores = LinkScores()
    by_id = {entity.wikidata: entity.slug for entity in gazetteer.entities if entity.wikidata}
    by_name = {fold(name): {entity.slug for entity, _ in owners} for name, owners in gazetteer.names.items()}
    for article in articles:
        scores.texts += 1
        meant = {link: _slugs(link, by_id, by_name) for link in article.links}
        scores.labelled += sum(bool(slugs) for slugs in meant.values())
        for mention in recognise(gazetteer, [article.text])[0]:
            if not article.start <= mention.start < article.end:
                continue
            link = max(article.links, key=lambda link: _overlap(link, mention), default=None)
            if link is None or not _overlap(link, mention):
                scores.unlabelled += 1
                continue
            right = mention.slug in meant[link]
            scores.made += link.wikidata is not None
            scores.without_entry += link.wikidata is None
            scores.right += right
            same = mention.start == link.start and abs(mention.end - link.end) <= _LEEWAY and link.wikidata is not None
            scores.same += same
            scores.same_right += same and right
            if mention.rule in WITHIN_DOCUMENT:
                scores.merged += 1
                scores.merged_wrongly += not right
    return scores


def _slugs(link: Link, by_id: Mapping[str, str], by_name: Mapping[str, set[str]]) -> set[str]:
    """The entities of the gazetteer that a label may stand for: by its id, and by its name where that has no id."""
    if link.wikidata is None:
        return set()
    if link.wikidata in by_id:
        return {by_id[link.wikidata]}
    known = set(by_id.values())
    return {slug for slug in by_name.get(fold(link.name), ()) if slug not in known}


def _overlap(link: Link, mention: Mention) -> int:
    return max(min(link.end, mention.end) - max(link.start, mention.start), 0)
