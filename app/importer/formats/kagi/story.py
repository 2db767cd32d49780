"""One cluster as a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.dates import not_before
from app.domain.documents import Citation, Paragraph, ParsedDocument, ParsedSource, Published, Role, Title, cite
from app.domain.text import slugify
from app.importer.accounting import Ledger
from app.importer.addresses import normalised, web_address
from app.importer.assemble import assemble
from app.importer.formats.kagi.citations import Articles, take_markers
from app.importer.formats.kagi.sections import Backing, Prose, read_sections
from app.importer.json_fields import Field, read_address, read_day

NAME = "kagi"

#: Known, but nothing that a story needs.
_ASIDE = (
    "cluster_number",
    "unique_domains",
    "number_of_titles",
    "location",
    "emoji",
    "primary_image",
    "secondary_image",
    "expanded",
    "sourceLanguage",
)
_ARTICLE_ASIDE = ("image", "image_caption")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the file says of all its stories; ``outlets`` are the names of domains (in lower case)."""

    category: str | None = None
    published: Published | None = None
    language: str | None = None
    outlets: Mapping[str, str] | None = None


def read_story(cluster: Field, edition: Edition, ledger: Ledger) -> ParsedDocument | None:
    """The story of a cluster, without its spans and warnings, which the ledger has; ``None`` where it tells nothing."""
    outlets = {**(edition.outlets or {}), **read_outlets(cluster["domains"])}
    articles = [item for item in cluster["articles"] if item.is_object]
    domains = [item["domain"].line_of_text(Role.METADATA) for item in articles]
    sources = tuple(
        _source(number, item, domain, outlets, ledger)
        for number, (item, domain) in enumerate(zip(articles, domains, strict=True), start=1)
    )
    citing = _Citing(Articles(domains), sources, ledger)
    paragraphs = tuple(
        paragraph
        for heading, prose in read_sections(cluster)
        for paragraph in _headed(heading, [citing.paragraph(item) for item in prose])
    )
    title = _title(cluster["title"], citing, paragraphs, sources)
    if title is None:
        return None
    if not paragraphs:
        ledger.warn("no-summary", cluster.line, title.text, "the story has no summary")
    for key in _ASIDE:
        cluster[key].set_aside(Role.METADATA)
    newest = _not_before_newest(sources)
    return ParsedDocument(
        format=NAME,
        variant=None,
        title=title,
        published=edition.published or newest,
        dek=(),
        paragraphs=paragraphs,
        sources=sources,
        id=_id(cluster["id"].line_of_text(Role.METADATA), newest or edition.published, title),
        category=cluster["category"].line_of_text(Role.METADATA) or edition.category,
        language=read_language(cluster["selectedLanguage"]) or edition.language,
    )


def read_outlets(field: Field) -> dict[str, str]:
    """The names that a list of domains gives, by domain in lower case; a name may be the domain itself."""
    outlets = {}
    for item in field:
        name, domain = (item[key].line_of_text(Role.METADATA) for key in ("name", "domain"))
        item["favicon"].set_aside(Role.METADATA)
        if name:
            outlets[(domain or name).lower()] = name
    return outlets


def read_language(field: Field) -> str | None:
    """A language tag; ``None`` for words such as "default", which say nothing."""
    tag = field.line_of_text(Role.METADATA)
    primary, _, rest = tag.partition("-")
    plain = tag.isascii() and tag.replace("-", "").isalnum() and primary.isalpha()
    return tag if plain and len(primary) in (2, 3) and len(rest) <= 16 else None


def _source(number: int, item: Field, domain: str, outlets: Mapping[str, str], ledger: Ledger) -> ParsedSource:
    title = item["title"].line_of_text(Role.SOURCE_TITLE)
    for key in _ARTICLE_ASIDE:
        item[key].set_aside(Role.METADATA)
    return ParsedSource(
        number=number,
        title=title,
        text="",
        raw_title=title,
        outlet=outlets.get(domain.lower(), domain) or None,
        url=read_address(item["link"], ledger),
        published=read_day(item["date"], Role.PUBLISHED, ledger),
        author=item["author"].line_of_text(Role.METADATA) or None,
    )


class _Citing:
    """Turns prose into paragraphs with citations."""

    def __init__(self, articles: Articles, sources: Sequence[ParsedSource], ledger: Ledger) -> None:
        self._articles = articles
        self._ledger = ledger
        self._by_address: dict[str, int] = {}
        for source in sources:
            if source.url:
                self._by_address.setdefault(normalised(source.url), source.number)

    def plain(self, text: str, field: Field) -> str:
        """The text without markers, for what has no sentences to cite."""
        return self._take(text, field)[0]

    def paragraph(self, prose: Prose) -> Paragraph:
        """A paragraph; sources named beside it are cited by its first sentence, so that those after it inherit them."""
        text, markers = self._take(prose.text, prose.field)
        backing = [(0, citation) for backing in prose.backing for citation in self._named(backing)]
        paragraph = assemble(text, [*backing, *markers])
        if not paragraph.sentences and any(citation for _, citation in markers):
            self._warn(prose.text, prose.field, "a citation without words")
        return paragraph

    def _take(self, text: str, field: Field) -> tuple[str, tuple[tuple[int, Citation | None], ...]]:
        marked = take_markers(text, self._articles)
        for marker, reason in marked.unresolved:
            self._warn(marker, field, f"no article for this citation: {reason}")
        return marked.text, marked.markers

    def _named(self, backing: Backing) -> list[Citation]:
        """The article at an address, or where there is no address, the only one from a domain."""
        name = backing.name.line_of_text(Role.METADATA)
        address = "".join(backing.address.text(Role.METADATA).split())
        if not address and not name:
            return []
        number = self._by_address.get(_comparable(address)) if address else self._articles.only(name)
        if number is None:
            field = backing.address if address else backing.name
            self._warn(address or name, field, "no article for this citation: the story has none at this address or by this name")
            return []
        return list(cite(number))

    def _warn(self, text: str, field: Field, message: str) -> None:
        self._ledger.warn("unresolved-citation", field.line, text, message)


def _comparable(address: str) -> str:
    try:
        return normalised(web_address(address))
    except ValueError:
        return address


def _headed(heading: str | None, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs that say something, the first of them with the heading."""
    for paragraph in paragraphs:
        if paragraph.sentences:
            yield replace(paragraph, heading=heading)
            heading = None


def _title(field: Field, citing: _Citing, paragraphs: Sequence[Paragraph], sources: Sequence[ParsedSource]) -> Title | None:
    """The title as printed, else the first sentence, else the title of the first article that has one."""
    printed = citing.plain(field.line_of_text(Role.TITLE), field)
    if printed:
        return Title(printed)
    if paragraphs:
        return Title(paragraphs[0].sentences[0].text, "summary")
    titled = next((source.title for source in sources if source.title), None)
    return Title(titled, "source") if titled else None


def _not_before_newest(sources: Sequence[ParsedSource]) -> Published | None:
    """A story is not older than its newest article."""
    days = [source.published.start for source in sources if source.published and source.published.start]
    return Published(not_before(max(days)), "document") if days else None


def _id(given: str, day: Published | None, title: Title) -> str:
    """The cluster's own id, else that of its day and title. The day of its newest article it has in every file, and alone too."""
    if given:
        return f"{NAME}:{given}"
    return f"{NAME}:{day.interval.edtf if day else 'unknown'}:{slugify(title.text)}"
