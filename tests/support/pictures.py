"""Comparing pictures of pages by eye, so to speak: what a reader would not notice is no difference.

Browsers of other versions smooth and place letters otherwise. So pictures are compared, and kept, at a quarter of their size,
and the measure is how much the mean colour of a block of 32 by 32 pixels of the page differs, in the worst block and channel. A
colour, a rule or a shape that changes shifts it; letters that are smoothed otherwise, or stand half a pixel further, do not.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops

#: How much smaller pictures are kept, and the side of a block in the smaller picture.
SMALLER, BLOCK = 4, 8
#: Levels (of 255) by which a block may differ. Other smoothing of letters makes 7, another accent 15, marks that are missing 24.
TOLERANCE = 12
#: Share by which a picture may be higher or lower: a line that breaks elsewhere is more than that.
STRETCH = 0.02


def smaller(picture: Path) -> Image.Image:
    """A picture as it is kept."""
    with Image.open(picture) as image:
        return image.convert("RGB").reduce(SMALLER)


def difference(image: Image.Image, other: Image.Image) -> float:
    """By how many levels the block differs that differs most; infinite where the sizes do not fit."""
    if image.width != other.width or abs(image.height - other.height) > max(2, STRETCH * other.height):
        return float("inf")
    if image.height != other.height:
        image = image.resize(other.size)
    blocks = ImageChops.difference(image.reduce(BLOCK), other.reduce(BLOCK))
    return float(max(greatest for _, greatest in blocks.getextrema()))  # type: ignore[misc]
