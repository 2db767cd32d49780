"""Who is meant within one document: full names first, then what the document calls them afterwards."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import zip_longest

from ahocorasick_rs import Implementation

from app.analysis.gazetteer import Gazetteer, Hit, Names, allowed, means_another
from app.domain.entities import Entity, Kind, Mention

_ORGANISATIONS = frozenset((Kind.COMPANY, Kind.LAB, Kind.INVESTOR, Kind.INSTITUTION))
#: The legal form after a company's name is part of the name.
_LEGAL_FORM = re.compile(
    r",? (?:Group )?(?:Holdings?,? )?(?:Inc|Corp|Corporation|Co|Ltd|Limited|LLC|PLC|plc|PBC|LP|GmbH|SE|AG|SA|NV|BV)\b"
    r"\.?(?:,? (?:Ltd|Inc|LLC)\b\.?)?"
)
#: "the Facebook parent", "ChatGPT maker", "TikTok's owner": the one to whom the named thing belongs.
_OWNER = re.compile(r"(?:['’]s)?[ -](?:parent company|parent|owner|maker)\b(?!-)")
#: … but not one of the many who own such a thing.
_ANY = re.compile(r"\b(?:an?|every|each|any)\s$", re.IGNORECASE)
#: "the maker of ChatGPT", "the company behind Claude": the same, before the name …
_OWNER_OF = re.compile(r"\b[Tt]he ((?:parent company|parent|owner|maker) of|(?:company|firm|start-?up|lab) behind) (?:the )?$")
#: How many characters before a name are read.
_BESIDE = 40
#: … which must end there: not "the maker of ChatGPT's rival", "the parent of a ChatGPT user", "the maker of Google Home".
_MORE = re.compile(
    r"['’-]| [A-Z]| (?:users?|subscribers?|customers?|victims?|rivals?|competitors?|clones?|alternatives?|wrappers?|apps?|"
    r"plug-?ins?|accessories|cases)\b"
)
#: Between a name and words that describe the one who bears it: "Borealis, the maker of NordChat", "Quill is the owner of …".
_APPOSITION = re.compile(r",? ?(?:[(—–-] ?|(?:is|was|as|became|becomes) )?")
_ACRONYM = re.compile(r"[\s,]*\([\"“]?([A-Z][A-Za-z&.\-]{1,9})[\"”]?\)")
_NEXT_NAME_WORD = re.compile(r" ([A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?)(?=[\s,.;:'’]|$)")
#: What shows that the one before or after is somebody and no thing: "the painter Claude …", "Claude Bourdin, who …".
_SOMEBODY_BEFORE = re.compile(
    r"\b(?:Mrs?|Ms|Dr|Prof(?:essor)?|Sir|[Ss]enator|[Mm]inister|[Pp]resident|[Mm]ayor|[Jj]udge|[Pp]ainter|[Aa]rtist|[Ss]culptor|"
    r"[Cc]omposer|[Mm]athematician|[Pp]hysicist|[Pp]hilosopher|[Nn]ovelist|[Ee]conomist|[Ee]ngineer|[Rr]esearcher|[Ff]ilmmaker|"
    r"actor|footballer|hired|appointed|married|met)\.? $"
)
_SOMEBODY_AFTER = re.compile(
    r" [A-Z][a-zà-ÿ]+(?:[-'’][A-Z][a-zà-ÿ]+)?(?:, (?:who|whose|\d\d,)"
    r"| (?:who|whose|said|says|told|wrote|painted|composed|founded|joined|resigned|retired|married|died|was born|taught|"
    r"testified)\b)"
)
_SURNAME = re.compile(r" ([^\W\d_]+)")
#: Kinds of institutions by which a document calls the one that it names.
_SHORT_NAMES = frozenset("Commission Parliament Council Department Ministry Agency Authority Institute Bureau Senate".split())
_ARTICLE = re.compile(r"\b[Tt]he $")
#: What makes a short name part of a longer one: "the Commission on Trade", "the Parliament House".
_LONGER = re.compile(r" (?:of|on|for) | [A-Z]|-")
_NAME_WORD = re.compile(r"[A-Z][\w'’\-]*[a-z]")
#: What may stand before a surname although it begins with a capital: titles, and words that begin sentences.
_TITLES = (
    "mr mrs ms miss dr prof professor sir dame judge justice president vice-president secretary governor senator chairman chair "
    "chairwoman chief ceo cto cfo coo executive officer director founder co-founder cofounder minister chancellor commissioner "
    "representative congressman congresswoman republican democrat billionaire"
)
_CLAUSE_OPENERS = (
    "when while after before but and as if since though although because for from in on at by with the then now once under "
    "according what both neither either like unlike to that where until not nor so yet or his her its their our yesterday today "
    "meanwhile however earlier later still also instead"
)
_AFTER_SURNAME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december administration white house jr sr".split()
)
_BEFORE_SURNAME = frozenset((*_TITLES.split(), *_CLAUSE_OPENERS.split()))


def recognise(gazetteer: Gazetteer, texts: Sequence[str], on: date | None = None) -> list[list[Mention]]:
    """The entities of a document's texts, a list of mentions in order and without overlap for each text.

    A name of the gazetteer counts under its conditions. What belongs to one entity only may stand for it ("the TikTok owner",
    "the maker of ChatGPT"): to the one to whom it belonged ``on`` the day of the document, or, without it, belongs now.
    Somebody named in full in any of the texts is recognised by surname in all of them, unless two people of the document
    share it; so is an organisation by an acronym that is introduced in parentheses or made of the initials of its name, and
    an institution by its kind ("the Commission") where no other of that kind is named.
    """
    hits = gazetteer.find(texts)
    present = {hit.name for found in hits for hit in found}
    shared = {
        hit.name
        for text, found in zip(texts, hits, strict=True)
        for hit in found
        if hit.name in gazetteer.shared and (_is_given(gazetteer, text, hit) or _is_of_another(gazetteer, text, hit))
    }
    mentions = [_named(gazetteer, text, found, present, shared) for text, found in zip(texts, hits, strict=True)]
    later = _later_names(gazetteer, texts, mentions)
    if later:
        # They are few and looked for once: what is quick to make counts.
        names = Names(later, implementation=Implementation.NoncontiguousNFA)
        free = [list(_free(hits, found)) if hits else hits for hits, found in zip(names.find(texts), mentions, strict=True)]
        for name in _shared(later, texts, mentions, free):
            del later[name]
        mentions = [
            _with_later_names(text, found, hits, later) if hits else found
            for text, found, hits in zip(texts, mentions, free, strict=True)
        ]
    return [
        [
            _extended(gazetteer, text, before, mention, after, on)
            for before, (mention, after) in zip([None, *found], zip_longest(found, found[1:]), strict=False)
        ]
        for text, found in zip(texts, mentions, strict=True)
    ]


def surname(entity: Entity) -> str | None:
    """The name by which a text calls a person after the full name."""
    if entity.kind is not Kind.PERSON or " " not in entity.name:
        return None
    return entity.surname or entity.name.rpartition(" ")[2]


def _named(gazetteer: Gazetteer, text: str, hits: Iterable[Hit], present: Set[str], shared: Set[str]) -> list[Mention]:
    """Whom hits by start and the longest first mean, those left out that begin within the one before."""
    chosen: list[Mention] = []
    reach = 0
    for hit in hits:
        if hit.start >= reach and (mention := _mention(gazetteer, text, hit, present, shared)):
            chosen.append(mention)
            reach = mention.end
    return chosen


def _mention(gazetteer: Gazetteer, text: str, hit: Hit, present: Set[str], shared: Set[str]) -> Mention | None:
    """Who a hit means; nobody where its conditions leave none or more than one. A version says enough ("GPT-5").

    A name that somebody or something else in the document has, one of ``shared``, means a thing only beside its maker's name, and
    never in a sentence that shows the other meaning, unless it is told as its maker's there ("Google's Bard").
    """
    start, end, name = hit
    owner = gazetteer.certain.get(name)
    if owner is None:
        versioned = end - start > len(name)
        owners = [
            entity
            for entity, alias in gazetteer.names.get(name, ())
            if (versioned or not alias.needs or not present.isdisjoint(alias.needs))
            and (versioned or name not in shared or _maker_is_named(gazetteer, entity, present))
            and allowed(alias, text, hit)
            and (not means_another(alias, text, hit) or _is_its_makers(gazetteer, entity, text, start))
        ]
        if len(owners) != 1:
            return None
        owner = owners[0]
    return Mention(owner.slug, start, end, text[start:end], "name" if name == owner.name else "alias")


def _is_given(gazetteer: Gazetteer, text: str, hit: Hit) -> bool:
    """Whether a name of things is somebody's first name here, as a known surname or the words beside it show."""
    surnames = [alias.not_before for _, alias in gazetteer.names[hit.name] if alias.given]
    if not surnames:
        return False
    following = _SURNAME.match(text, hit.end)
    if following and any(following[1].lower() in known for known in surnames):
        return True
    return (
        _SOMEBODY_AFTER.match(text, hit.end) is not None
        or _SOMEBODY_BEFORE.search(text, max(hit.start - _BESIDE, 0), hit.start) is not None
    )


def _is_of_another(gazetteer: Gazetteer, text: str, hit: Hit) -> bool:
    """Whether the sentence shows that something else has the name of a thing, whose maker can tell it apart elsewhere."""
    return any(
        means_another(alias, text, hit) and not _is_its_makers(gazetteer, entity, text, hit.start)
        for entity, alias in gazetteer.names[hit.name]
    )


def _is_its_makers(gazetteer: Gazetteer, entity: Entity, text: str, start: int) -> bool:
    """Whether the name of its maker stands right before a thing's: "Google's Bard"."""
    before = text[max(start - _BESIDE, 0) : start]
    return any(before.endswith((f"{maker} ", f"{maker}'s ", f"{maker}’s ")) for maker in _makers(gazetteer, entity))


def _maker_is_named(gazetteer: Gazetteer, entity: Entity, present: Set[str]) -> bool:
    return any(maker in present for maker in _makers(gazetteer, entity))


def _makers(gazetteer: Gazetteer, entity: Entity) -> Iterator[str]:
    """The names of those who make a thing."""
    makers = (gazetteer.by_slug.get(relation.target) for relation in entity.relations if relation.kind == "maker")
    return (maker.name for maker in makers if maker is not None)


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """Of mentions by start and the longest first, those that no chosen one overlaps."""
    chosen: list[Mention] = []
    reach = 0
    for mention in found:
        if mention.start >= reach:
            chosen.append(mention)
            reach = mention.end
    return chosen


def _extended(
    gazetteer: Gazetteer, text: str, before: Mention | None, mention: Mention, after: Mention | None, on: date | None
) -> Mention:
    """The mention with the words beside it that belong to the name, or that turn it into its owner.

    In "the NordChat owner Ada Quill" the person ``after`` it is the owner, and NordChat stays what it is; so it does in
    "Borealis, the maker of NordChat", where the one ``before`` it is.
    """
    entity = gazetteer.by_slug[mention.slug]
    place = _owner_place(gazetteer, text, before, mention, after)
    if place and (owner := _owner(gazetteer, entity, on)):
        start, end = place
        return Mention(owner, start, end, text[start:end], "owner")
    if entity.kind in _ORGANISATIONS and mention.rule in ("name", "alias") and (match := _LEGAL_FORM.match(text, mention.end)):
        return mention._replace(end=match.end(), text=text[mention.start : match.end()])
    return mention


def _owner_place(
    gazetteer: Gazetteer, text: str, before: Mention | None, mention: Mention, after: Mention | None
) -> tuple[int, int] | None:
    """Where words stand that make of a name those of its owner, the name included."""
    if match := _OWNER.match(text, mention.end):
        a_person = after and after.start == match.end() + 1 and gazetteer.by_slug[after.slug].kind is Kind.PERSON
        if not a_person and not _ANY.search(text[max(mention.start - 10, 0) : mention.start]):
            return mention.start, match.end()
        return None
    if not text.endswith(("of ", "behind ", "the "), 0, mention.start):
        return None
    match = _OWNER_OF.search(text, max(mention.start - _BESIDE, 0), mention.start)
    if match is None or _MORE.match(text, mention.end):
        return None
    if before and before.end <= match.start() and _APPOSITION.fullmatch(text, before.end, match.start()):
        return None
    if after and _APPOSITION.fullmatch(text, mention.end, after.start):
        return None
    return match.start(1), mention.end


def _owner(gazetteer: Gazetteer, entity: Entity, on: date | None) -> str | None:
    """To whom something belonged on a day, or belongs now: its only maker or parent."""
    owners = [
        relation.target
        for relation in entity.relations
        if relation.kind in ("parent", "maker") and relation.holds(on) and relation.target in gazetteer.by_slug
    ]
    return owners[0] if len(owners) == 1 else None


def _later_names(gazetteer: Gazetteer, texts: Sequence[str], mentions: Sequence[Sequence[Mention]]) -> dict[str, tuple[str, str]]:
    """What the document may call its people and organisations besides their names: the entity and the rule for each."""
    named = [gazetteer.by_slug[slug] for slug in dict.fromkeys(mention.slug for found in mentions for mention in found)]
    surnames = _only((name, person.slug) for person in named if (name := surname(person)))
    later = {name: (slug, "surname") for name, slug in surnames.items()}
    later |= {name: (slug, "short") for name, slug in _short_names(named).items() if name not in gazetteer.names}
    acronyms = _only((_initials(entity.name), entity.slug) for entity in named if entity.kind in _ORGANISATIONS)
    for name, slug in acronyms.items():
        if len(name) > 2 and name not in gazetteer.names:
            later[name] = (slug, "acronym")
    for text, found in zip(texts, mentions, strict=True):
        for mention in found:
            match = _ACRONYM.match(text, mention.end, mention.end + 20)
            if match is None or match[1] in gazetteer.names:
                continue
            short = match[1].replace(".", "").upper()
            if _initials(mention.text).startswith(short) or _initials(mention.text, spelled=True).startswith(short):
                later[match[1]] = (mention.slug, "acronym")
    return later


def _short_names(named: Iterable[Entity]) -> dict[str, str]:
    """What the document calls its institutions with an article: "the Commission"."""
    return _only(
        (word, entity.slug)
        for entity in named
        if entity.kind is Kind.INSTITUTION and " " in entity.name
        for word in (entity.name.rpartition(" ")[2], entity.name.partition(" ")[0])
        if word in _SHORT_NAMES
    )


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The names that stand for one entity only."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for name, slug in pairs:
        owners[name].add(slug)
    return {name: next(iter(slugs)) for name, slugs in owners.items() if len(slugs) == 1}


def _shared(
    later: Mapping[str, tuple[str, str]],
    texts: Sequence[str],
    mentions: Sequence[Sequence[Mention]],
    free: Sequence[Sequence[Hit]],
) -> list[str]:
    """The surnames that somebody else in the document has at least as often as the one who is named in full."""
    in_full = Counter(mention.slug for found in mentions for mention in found)
    others = Counter(
        hit.name
        for text, hits in zip(texts, free, strict=True)
        for hit in hits
        if later[hit.name][1] == "surname" and _has_another_first_name(text, hit.start)
    )
    return [name for name, count in others.items() if count >= in_full[later[name][0]]]


def _initials(name: str, *, spelled: bool = False) -> str:
    """The first letters of the words with a capital; ``spelled``: all letters of those that are capitals only ("AI")."""
    words = [word for word in re.findall(r"\w+", name) if word[0].isupper() or word[0].isdigit()]
    return "".join(word if spelled and word.isupper() else word[0] for word in words)


def _free(hits: Iterable[Hit], taken: Sequence[Mention]) -> Iterator[Hit]:
    """The hits that no mention overlaps; both come in order."""
    position = 0
    for hit in hits:
        while position < len(taken) and taken[position].end <= hit.start:
            position += 1
        if position == len(taken) or hit.end <= taken[position].start:
            yield hit


def _with_later_names(
    text: str, found: list[Mention], hits: Sequence[Hit], later: Mapping[str, tuple[str, str]]
) -> list[Mention]:
    new = [
        Mention(slug, hit.start, hit.end, text[hit.start : hit.end], rule)
        for hit in hits
        if hit.name in later
        for slug, rule in (later[hit.name],)
        if _fits(rule, text, hit)
    ]
    return _longest(sorted((*found, *new), key=lambda mention: (mention.start, -mention.end))) if new else found


def _fits(rule: str, text: str, hit: Hit) -> bool:
    """Whether the words beside it let a hit stand for whom the rule says."""
    if rule == "surname":
        return not _has_another_first_name(text, hit.start) and not _is_a_first_name(text, hit.end)
    if rule == "short":
        return _ARTICLE.search(text, max(hit.start - 4, 0), hit.start) is not None and _LONGER.match(text, hit.end) is None
    return True


def _is_a_first_name(text: str, end: int) -> bool:
    """Whether a name follows directly, so that what looks like a surname is the first name of somebody else."""
    match = _NEXT_NAME_WORD.match(text, end)
    return match is not None and match[1].lower() not in _AFTER_SURNAME


def _has_another_first_name(text: str, start: int) -> bool:
    """Whether a word with a capital stands directly before a surname that is neither a title nor the beginning of a clause."""
    before = text[max(start - _BESIDE, 0) : start]
    words = before.split()
    if not words or not before[-1].isspace():
        return False
    word = words[-1].lstrip("\"'“‘(")
    if not _NAME_WORD.fullmatch(word) or word.endswith(("'s", "’s")):
        return False
    return word.lower() not in _BEFORE_SURNAME
