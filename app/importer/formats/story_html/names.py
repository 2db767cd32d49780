"""Words by which a page's parts are known."""

from __future__ import annotations

import re

#: A heading above pointers to other stories.
RELATED = re.compile(r"related (?:stories|articles|news|coverage|posts|reading)\s*:?", re.IGNORECASE)
#: A heading above a site's list of top stories.
RANKED = re.compile(r"(?:top|trending|most[ -]read) (?:stories|articles|news)|trending|most read\s*:?", re.IGNORECASE)
#: Part of a class: what bears it is no text of the story.
FURNITURE_WORDS = frozenset(
    "ad ads advert advertisement advertising breadcrumb breadcrumbs byline caption captions comments cookie cookies credit "
    "credits newsletter paywall promo promotion share sharing social sponsor sponsored subscribe toolbar".split()
)
#: Part of a class: what bears it is the dek.
DEK_WORDS = frozenset("abstract dek deck description excerpt lead lede standfirst subheadline subtitle summary teaser".split())

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def tokens(label: str) -> set[str]:
    """The words that a class or id is made of."""
    return {part.lower() for part in _PART.findall(label)}
