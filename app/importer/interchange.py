"""Dateline's own interchange format: JSON Lines, one story with its revisions a line, from one store into another.

A line carries what was parsed and the documents that it was parsed from, byte for byte; what analysis makes of it is not in it,
for the store that takes it in does that itself. What people decided are lines of their own, before the stories, so that these are
analysed with it. The JSON Schema is ``docs/interchange.schema.json``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    Tag,
    TypeAdapter,
    ValidationError,
)

from app.domain.curation import Action, Decision, Subject
from app.domain.dates import Interval, parse_edtf
from app.domain.documents import (
    Citation,
    Paragraph,
    ParsedDocument,
    ParsedSource,
    ParseError,
    ParseWarning,
    Published,
    RelatedLink,
    Sentence,
    Title,
)
from app.domain.stories import RawDocument
from app.importer.addresses import web_address
from app.store.revisions import StoredRevision, StoryHistory

NAME = "dateline"
#: A document in a line unpacks to no more than this.
_MOST_BYTES = 128 * 1024 * 1024

_TURNS = str.maketrans("", "", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _unturned(value: object) -> object:
    """A text without characters that turn its direction round: no export has them, and readers are shown it."""
    return value.translate(_TURNS) if isinstance(value, str) else value


#: A text that readers are shown.
Shown = Annotated[str, BeforeValidator(_unturned)]
#: One with something in it.
Words = Annotated[str, Field(pattern=r"\S"), BeforeValidator(_unturned)]
Number = Annotated[int, Field(ge=1, le=9999)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TitleModel(_Model):
    """A title, and what it was derived from where the document has none."""

    text: Words
    derived: Literal["url", "prompt", "dek", "source", "summary"] | None = None


class PublishedModel(_Model):
    """A date of publication in EDTF, and who says so."""

    edtf: Words
    source: Literal["related", "document", "front-matter", "sidecar", "option"]


class CitationModel(_Model):
    """A citation of a source by its number; ``uncertain`` where the digit may belong to the text."""

    number: Number
    uncertain: bool = False


class SentenceModel(_Model):
    """A sentence with its own citations and those that it inherits from the one before it."""

    text: Words
    citations: tuple[CitationModel, ...] = ()
    inherited: tuple[Number, ...] = ()


class ParagraphModel(_Model):
    """A paragraph and the heading above it."""

    sentences: Annotated[tuple[SentenceModel, ...], Field(min_length=1)]
    heading: Shown | None = None


class SourceModel(_Model):
    """A numbered source; ``raw_title`` is its title as printed."""

    number: Number
    title: Shown
    raw_title: str = ""
    outlet: Shown | None = None
    url: str | None = None
    published: str | None = None
    author: Shown | None = None
    text: Shown = ""


class RelatedModel(_Model):
    """A pointer to another story."""

    title: Shown | None = None
    url: str | None = None
    published: str | None = None
    category: Shown | None = None


class WarningModel(_Model):
    """What a parser could not make sense of."""

    code: Words
    line: int | None = None
    excerpt: str = ""
    message: str = ""


class DocumentModel(_Model):
    """A document as it came: its bytes compressed by zlib, in base64."""

    name: str
    format: Words
    variant: str | None = None
    sha256: Sha256
    hints: str = "{}"
    content: str


class RevisionModel(_Model):
    """One imported state of a story."""

    number: Annotated[int, Field(ge=1)]
    imported_at: datetime
    content_sha256: Sha256
    title: TitleModel
    published: PublishedModel | None = None
    url: str | None = None
    origin_id: str | None = None
    category: Shown | None = None
    language: str | None = None
    declared_sources: int | None = None
    dek: tuple[SentenceModel, ...] = ()
    paragraphs: tuple[ParagraphModel, ...] = ()
    sources: tuple[SourceModel, ...] = ()
    related: tuple[RelatedModel, ...] = ()
    warnings: tuple[WarningModel, ...] = ()
    documents: Annotated[tuple[DocumentModel, ...], Field(min_length=1)]


class StoryModel(_Model):
    """One line: a story with all its revisions, the first first."""

    dateline: Literal[1]
    id: Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{10}$")]
    identity: Words
    revisions: Annotated[tuple[RevisionModel, ...], Field(min_length=1)]


class DecidedModel(_Model):
    """What a person decided on an entity, a proposed name, a finding or a story."""

    action: Action
    subject: Subject
    subject_id: Words
    curator: str
    decided_at: AwareDatetime
    details: dict[str, JsonValue] = {}
    note: str | None = None


class DecisionModel(_Model):
    """One line: a decision. They stand in the order in which they were made."""

    dateline: Literal[1]
    decision: DecidedModel


def _kind_of_line(value: object) -> str:
    is_decision = "decision" in value if isinstance(value, dict) else isinstance(value, DecisionModel)
    return "decision" if is_decision else "story"


_LINE: TypeAdapter[StoryModel | DecisionModel] = TypeAdapter(
    Annotated[Annotated[StoryModel, Tag("story")] | Annotated[DecisionModel, Tag("decision")], Discriminator(_kind_of_line)]
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A revision as another store had it."""

    identity: str
    content_sha256: str
    imported_at: datetime
    document: ParsedDocument
    raw: tuple[RawDocument, ...]
    formats: tuple[tuple[str, str | None], ...]


def as_line(story: StoryHistory) -> str:
    """A story as one line of JSON, without the line break."""
    model = StoryModel(
        dateline=1,
        id=story.public_id,
        identity=story.identity,
        revisions=tuple(_revision_model(revision) for revision in story.revisions),
    )
    return model.model_dump_json(exclude_defaults=True)


def decision_as_line(decision: Decision) -> str:
    """A decision as one line of JSON, without the line break."""
    decided = DecidedModel(
        action=decision.action,
        subject=decision.subject,
        subject_id=decision.subject_id,
        curator=decision.curator,
        decided_at=decision.decided_at,
        details=dict(decision.details),
        note=decision.note,
    )
    return DecisionModel(dateline=1, decision=decided).model_dump_json(exclude_defaults=True)


def read_line(text: str) -> list[Restored] | Decision:
    """What one line says: the revisions of a story, or a decision.

    Raises:
        ParseError: ``interchange``: it is not what the schema asks for, or does not hold together; the message says where.
    """
    try:
        model = _LINE.validate_json(text)
        if isinstance(model, StoryModel):
            return [_restored(model, revision) for revision in model.revisions]
        return Decision(**dict(model.decision) | {"decided_at": model.decision.decided_at.astimezone(UTC)})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "the line"
        raise ParseError("interchange", f"{where}: {first['msg']}", 1) from error
    except (ValueError, zlib.error, binascii.Error) as error:
        raise ParseError("interchange", str(error), 1) from error


def schema() -> dict[str, object]:
    """The JSON Schema of a line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_LINE.json_schema(),
        "title": "A story, or a decision, in Dateline's interchange format (JSON Lines, one a line)",
    }


def _edtf(interval: Interval | None) -> str | None:
    return interval.edtf if interval else None


def _interval(edtf: str | None) -> Interval | None:
    return parse_edtf(edtf) if edtf else None


def _revision_model(revision: StoredRevision) -> RevisionModel:
    document = revision.document
    published = document.published
    return RevisionModel(
        number=revision.number,
        imported_at=revision.imported_at,
        content_sha256=revision.content_sha256,
        title=TitleModel.model_validate({"text": document.title.text, "derived": document.title.derived}),
        published=(
            PublishedModel.model_validate({"edtf": published.interval.edtf, "source": published.source}) if published else None
        ),
        url=document.url,
        origin_id=document.id,
        category=document.category,
        language=document.language,
        declared_sources=document.declared_sources,
        dek=tuple(_sentence_model(sentence) for sentence in document.dek),
        paragraphs=tuple(
            ParagraphModel(
                sentences=tuple(_sentence_model(sentence) for sentence in paragraph.sentences), heading=paragraph.heading
            )
            for paragraph in document.paragraphs
        ),
        sources=tuple(
            SourceModel(
                number=source.number,
                title=source.title,
                raw_title=source.raw_title,
                outlet=source.outlet,
                url=source.url,
                published=_edtf(source.published),
                author=source.author,
                text=source.text,
            )
            for source in document.sources
        ),
        related=tuple(
            RelatedModel(title=link.title, url=link.url, published=_edtf(link.published), category=link.category)
            for link in document.related
        ),
        warnings=tuple(
            WarningModel(code=warning.code, line=warning.line, excerpt=warning.excerpt, message=warning.message)
            for warning in document.warnings
        ),
        documents=tuple(
            DocumentModel(
                name=raw.name,
                format=form,
                variant=variant,
                sha256=raw.sha256,
                hints=raw.hints,
                content=base64.b64encode(zlib.compress(raw.content)).decode("ascii"),
            )
            for raw, (form, variant) in zip(revision.raw, revision.formats, strict=True)
        ),
    )


def _sentence_model(sentence: Sentence) -> SentenceModel:
    return SentenceModel(
        text=sentence.text,
        citations=tuple(CitationModel(number=citation.number, uncertain=citation.uncertain) for citation in sentence.citations),
        inherited=sentence.inherited,
    )


def _restored(story: StoryModel, revision: RevisionModel) -> Restored:
    return Restored(
        identity=story.identity,
        content_sha256=revision.content_sha256,
        imported_at=revision.imported_at,
        document=_document(revision),
        raw=tuple(_raw(document) for document in revision.documents),
        formats=tuple((document.format, document.variant) for document in revision.documents),
    )


def _document(revision: RevisionModel) -> ParsedDocument:
    published = revision.published
    numbers = [source.number for source in revision.sources]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"revision {revision.number} has two sources with one number")
    return ParsedDocument(
        format=revision.documents[-1].format,
        variant=revision.documents[-1].variant,
        title=Title(revision.title.text, revision.title.derived),
        published=Published(parse_edtf(published.edtf), published.source) if published else None,
        dek=tuple(_sentence(sentence) for sentence in revision.dek),
        paragraphs=tuple(
            Paragraph(tuple(_sentence(sentence) for sentence in paragraph.sentences), paragraph.heading)
            for paragraph in revision.paragraphs
        ),
        sources=tuple(
            ParsedSource(
                source.number,
                source.title,
                source.text,
                source.raw_title,
                source.outlet,
                _address(source.url),
                _interval(source.published),
                source.author,
            )
            for source in revision.sources
        ),
        related=tuple(
            RelatedLink(link.title, _address(link.url), _interval(link.published), link.category) for link in revision.related
        ),
        warnings=tuple(
            ParseWarning(warning.code, warning.line, warning.excerpt, warning.message) for warning in revision.warnings
        ),
        url=_address(revision.url),
        id=revision.origin_id,
        category=revision.category,
        language=revision.language,
        declared_sources=revision.declared_sources,
    )


def _sentence(sentence: SentenceModel) -> Sentence:
    citations = tuple(Citation(citation.number, citation.uncertain) for citation in sentence.citations)
    return Sentence(sentence.text, citations, sentence.inherited)


def _address(address: str | None) -> str | None:
    return web_address(address) if address else None


def _raw(document: DocumentModel) -> RawDocument:
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(base64.b64decode(document.content, validate=True), _MOST_BYTES)
    if not unpacking.eof:
        raise ValueError(f"document {document.name!r} is cut off, or unpacks to more than {_MOST_BYTES:,} bytes")
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError(f"document {document.name!r} is not the one with this fingerprint")
    return RawDocument(document.name, content, document.sha256, document.hints)
