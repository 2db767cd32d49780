"""Addresses: each is written in one place."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from app.store.findings import FindingRow, Place
from app.store.timelines import Cursor
from app.web.parameters import TimelineParameters


def story(public_id: str, slug: str, *, revision: int | None = None, sentence: tuple[str, int] | None = None) -> str:
    """A story's page; ``sentence`` is a (part, position) to jump to."""
    query = f"?revision={revision}" if revision is not None else ""
    anchor = f"#{sentence_anchor(*sentence)}" if sentence else ""
    return f"/stories/{public_id}/{quote(slug)}{query}{anchor}"


def story_form(public_id: str, slug: str, form: str, *, revision: int | None = None, sources: bool = False) -> str:
    """A story in another form: ``bib``, ``ris``, ``csl.json``, ``md`` or ``json``; with ``sources``, what it cites as well."""
    return _with_query(f"/stories/{public_id}/{quote(slug)}.{form}", {"revision": revision, "sources": 1 if sources else None})


def thread(public_id: str, slug: str) -> str:
    """The thread that a story belongs to; its own address is that of its first chapter."""
    return f"/threads/{public_id}/{quote(slug)}"


def threads(before: str | None = None) -> str:
    """The list of threads."""
    return _with_query("/threads", {"before": before})


def story_history(public_id: str) -> str:
    """A story's revisions."""
    return f"/stories/{public_id}/history"


def story_check(public_id: str) -> str:
    """A story's summary beside the passages of its sources."""
    return f"/stories/{public_id}/check"


def finding(public_id: str) -> str:
    """The page of a finding."""
    return f"/findings/{public_id}"


def findings(query: Mapping[str, object], path: str = "/findings", /, **changes: object) -> str:
    """Findings under these parameters of the list, by name, some of them changed."""
    return _with_query(path, {**query, **changes})


def sentence_anchor(part: str, position: int) -> str:
    """The anchor of a sentence in its story's page: ``s12`` in the summary, ``d1`` in the dek."""
    return f"{'d' if part == 'dek' else 's'}{position}"


def event(public_id: str) -> str:
    """An event with everybody who tells it."""
    return f"/events/{public_id}"


def entity(slug: str) -> str:
    """An entity's page."""
    return f"/entities/{quote(slug)}"


def login(next_address: str = "") -> str:
    """Where curators log in, to go on to an address of this site."""
    return _with_query("/admin/login", {"next": next_address})


def admin_entity(slug: str) -> str:
    """Where curators change an entity."""
    return f"/admin/entities/{quote(slug)}"


def admin_finding(finding: FindingRow) -> str:
    """The curators' queue of findings from this one on, among those of its state."""
    just_before = Place(finding.strength, finding.sort_date, finding.id + 1)
    return _with_query("/admin/findings", {"state": finding.state.value, "after": str(just_before)})


def admin_proposed(**changes: object) -> str:
    """The queue of proposed names."""
    return _with_query("/admin/entities/proposed", changes)


def entities(kind: str | None = None, initial: str | None = None) -> str:
    """The index of entities."""
    return _with_query("/entities", {"kind": kind, "initial": initial})


def compare(slugs: tuple[str, ...]) -> str:
    """Entities side by side."""
    return _with_query("/compare", {"entity": slugs})


def watch(entity: tuple[str, ...] = (), thread: tuple[str, ...] = (), since: str | None = None, *, form: str = "") -> str:
    """What is new about these since a moment; ``form`` is a suffix (``.atom``)."""
    return _with_query(f"/watch{form}", {"entity": entity, "thread": thread, "since": since})


def outlet(slug: str) -> str:
    """An outlet's page."""
    return f"/outlets/{quote(slug)}"


def category(slug: str) -> str:
    """A category's page."""
    return f"/categories/{quote(slug)}"


def search(text: str, page: int = 1) -> str:
    """Results of a search."""
    return _with_query("/search", {"q": text, "page": page if page > 1 else None})


def timeline(parameters: TimelineParameters, path: str = "/timeline", **changes: object) -> str:
    """A timeline under these parameters, some of them changed; the place in it is given up unless it is among the changes."""
    return _with_query(path, {**state(parameters), **changes})


def state(parameters: TimelineParameters) -> dict[str, object]:
    """The parameters of a timeline as its address names them, without the place in it."""
    return {
        "entity": parameters.entity,
        "type": parameters.type,
        "kind": parameters.kind,
        "category": parameters.category,
        "outlet": parameters.outlet,
        "verdict": parameters.verdict,
        "from": parameters.first,
        "to": parameters.last,
        "match": "any" if parameters.any_entity else None,
        "mentions": "1" if parameters.mentions else None,
        "order": "oldest" if parameters.oldest_first else None,
    }


def fields(parameters: TimelineParameters) -> list[tuple[str, str]]:
    """The same as the hidden fields of a form."""
    return _pairs(state(parameters))


def _with_query(path: str, values: Mapping[str, object]) -> str:
    pairs = _pairs(values)
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _pairs(values: Mapping[str, object]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, tuple) and not isinstance(value, Cursor):
            pairs += [(name, str(item)) for item in value]
        elif value is not None and value != "":
            pairs.append((name, str(value)))
    return pairs
