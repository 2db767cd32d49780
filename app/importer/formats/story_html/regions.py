"""Which part of a page is the story, and which parts of that are furniture."""

from __future__ import annotations

from dataclasses import dataclass

from app.importer.formats.story_html.blocks import Block, Kind
from app.importer.formats.story_html.tree import Page

#: A block of so many characters is prose.
_PROSE = 40
#: The story is the landmark, or the innermost element, that has so much of the prose around it.
_LANDMARK, _INNERMOST = 0.5, 0.75
#: What bears the label of furniture is none where it has more than this part of the text, and more than so many characters.
_LARGEST_PART, _SMALL = 0.3, 200


@dataclass(frozen=True, slots=True)
class Regions:
    """Elements are numbered in their order, so that those within one are the numbers from its own up to its end."""

    start: int
    end: int
    _furniture: tuple[bool, ...]

    def holds(self, block: Block) -> bool:
        """Whether a block stands in the story's element."""
        return self.start <= block.node < self.end

    def is_furniture(self, block: Block) -> bool:
        """Whether a block stands in an element whose label says that it is furniture."""
        return block.kind is Kind.CAPTION or self._furniture[block.node]


def find_regions(page: Page) -> Regions:
    """Find the story's element: an article, else the main part, else the innermost element with most of the prose."""
    count = len(page.nodes)
    prose, length, blocks, ends = [0] * count, [0] * count, [0] * count, list(range(1, count + 1))
    headline = next((block.node for block in page.blocks if block.level == 1), None)
    for block in page.blocks:
        long = len(block.text.strip())
        length[block.node] += long
        blocks[block.node] += 1
        prose[block.node] += long if long >= _PROSE and block.kind in (Kind.PARAGRAPH, Kind.ITEM) else 0
    heaviest = [-1] * count
    for number in range(count - 1, 0, -1):
        parent = page.nodes[number].parent
        for sums in (prose, length, blocks):
            sums[parent] += sums[number]
        ends[parent] = max(ends[parent], ends[number])
        if heaviest[parent] < 0 or prose[number] >= prose[heaviest[parent]]:
            heaviest[parent] = number
    furniture: list[bool] = []
    for number, node in enumerate(page.nodes):
        large = length[number] > max(_SMALL, _LARGEST_PART * length[0])
        titled = headline is not None and number <= headline < ends[number]
        furniture.append((node.furniture and not large and not titled) or (node.parent >= 0 and furniture[node.parent]))
    start = _landmark(page, prose)
    if start is None:
        start = 0
        while (child := heaviest[start]) >= 0 and blocks[child] > 1 and prose[child] >= _INNERMOST * max(1, prose[start]):
            if headline is not None and not child <= headline < ends[child]:
                break
            start = child
    return Regions(start, ends[start] if count else 0, tuple(furniture))


def _landmark(page: Page, prose: list[int]) -> int | None:
    for tag in ("article", "main"):
        found = [number for number, node in enumerate(page.nodes) if node.tag == tag]
        best = max(found, key=lambda number: prose[number], default=None)
        if best is not None and prose[best] >= _LANDMARK * max(1, prose[0]):
            return best
    return None
