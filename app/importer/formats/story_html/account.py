"""What the characters of a page turned out to be, said block by block."""

from __future__ import annotations

from app.domain.documents import Role, Span
from app.importer.accounting import Ledger, uncovered
from app.importer.formats.story_html.blocks import Block
from app.importer.formats.story_html.markup import Source


class Account:
    """Claims stretches of blocks in the ledger of the page; whatever is left over is markup and furniture."""

    def __init__(self, source: Source) -> None:
        self.ledger = Ledger(source.text)
        self._source = source
        self._claimed: list[Span] = []

    def claim(self, block: Block, role: Role, start: int = 0, end: int | None = None) -> None:
        """Say what the characters ``start`` to ``end`` (its end, unless given) of a block are."""
        for first, last in block.source(start, len(block.text) if end is None else end):
            self._claimed.append(Span(first, last, role))

    def close(self) -> None:
        """Hand everything to the ledger. Where a stretch was claimed twice, the first claim counts."""
        position = 0
        kept: list[Span] = []
        for span in sorted(self._claimed, key=lambda span: (span.start, span.end)):
            if span.start >= position and span.start < span.end:
                kept.append(span)
                position = span.end
        for span in kept:
            self.ledger.claim(span.start, span.end, span.role)
        for start, end in uncovered(self._source.text, kept):
            self.ledger.claim(start, end, Role.FURNITURE)
