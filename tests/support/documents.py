"""Small documents in the dump's layouts, with invented outlets and companies."""

from __future__ import annotations

#: Variant B: sources first, then dek and summary.
VARIANT_B = """2 Sources
2 Sources
[1]
Halcyon Labs plans a closed model
Halcyon Labs will sell access to Rover 4 from spring 2026. The model was trained in Norway.
[2]
Why Halcyon turned | The Sample Wire
Ines Okafor left Halcyon Labs on 3 November 2025. The company raised $4.2 billion in October 2025.
Share
Share
Copy Link
Halcyon Labs turns to closed models. The next one will be sold.

Halcyon Labs plans to sell Rover 4 from spring 2026
1
. Ines Okafor left the company on 3 November 2025, after OpenAI had hired two of her colleagues2
. She had led its research.The company raised $4.2 billion in October 2025
2
. It had been open for years.Summarized by
Navi
18 Nov 2025•Technology

2 May 2025

1
Technology
"""

#: The same story in variant A: title and headings, no sources.
VARIANT_A = """Halcyon closes its models

Reviewed byJo Doe

2 Sources

Share

Halcyon Labs turns to closed models. The next one will be sold.

A model for sale

Halcyon Labs plans to sell Rover 4 from spring 2026

1

. Ines Okafor left the company on 3 November 2025, after OpenAI had hired two of her colleagues

2

. She had led its research.

Money for the turn

The company raised $4.2 billion in October 2025

2

. It had been open for years.
"""


def with_front_matter(text: str, **fields: str) -> str:
    """The document with a block of front matter before it."""
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{text}"


def another(number: int) -> str:
    """A document of another story than any with another number."""
    return VARIANT_B.replace("Halcyon Labs plans a closed model", f"Halcyon Labs plans closed model number {number}")
