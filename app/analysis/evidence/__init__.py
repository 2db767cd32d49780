"""Evidence: which passages of the sources carry a sentence of the summary, and whether they support it."""

from app.analysis.evidence.passages import Cover, Match, Passage, Passages, Query
from app.analysis.evidence.support import SUPPORTED, is_supported, supports

__all__ = ["SUPPORTED", "Cover", "Match", "Passage", "Passages", "Query", "is_supported", "supports"]
