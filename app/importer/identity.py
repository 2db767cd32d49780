"""What makes two documents one story."""

from __future__ import annotations

import hashlib

from app.domain.documents import ParsedDocument
from app.domain.identifiers import short_id
from app.importer.addresses import normalised, story_page_id


def identity_key(document: ParsedDocument) -> str:
    """The identity of the story that a document tells; its title never is, for one story has several.

    In this order:

    1. ``origin::<id>``: the origin's id, given beside the document or read from the address of a story page
       (``…/news-story/<slug>-<id>``). The host is not part of it, so that the id alone and the address give the same key; whoever
       imports from two origins with ids of their own puts a prefix before the id.
    2. ``url:<address>``: normalised (https, lower-case host, no fragment, tracking parameters or final slash).
    3. ``sources:<sha256>``: the titles of the sources as printed, in order.
    4. ``title:<sha256>``: title and dek.
    """
    origin = (document.id or "").strip() or (story_page_id(document.url) if document.url else None)
    if origin:
        return f"origin::{origin}"
    if document.url:
        return f"url:{normalised(document.url)}"
    titles = [_plain(source.raw_title or source.title) for source in document.sources]
    if any(titles):
        return f"sources:{_digest(titles)}"
    return f"title:{_digest([_plain(document.title.text), *(_plain(sentence.text) for sentence in document.dek)])}"


def story_id(key: str) -> str:
    """The public id of the story with this identity: ten characters, the same in every store."""
    return short_id(key)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
